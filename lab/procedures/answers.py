"""How the answer goes out, by when it is promised, what stands before it, and what becomes of the papers."""

import re
from dataclasses import dataclass

from lab.procedures.phrases import Phrase, left_of, words
from lab.procedures.rows import Row

CLASSES = {
    "delivery_certificate": r"proof of delivery|delivery certificate",
    "addressee_only": r"addressee-only",
    "general_registered": r"general registered|^registered mail",
    "simple_registered": r"simple registered",
    "record_tracked": r"recorded delivery|record-tracked",
    "express": r"\bexpress\b",
}
MANNERS = {
    "electronic": r"electronic|\brecord\b|pdf|by e-mail|e-mail,",
    "collect": r"by hand|handed over|pick(ed)?[- ]up|\bcopies\b.*ready",
    "oral": r"\borally\b|\boral\b|\bphone\b",
    "viewing": r"viewing",
    "disc": r"\bdisc\b|\bcd\b",
}
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}
_WORDS = words(
    "address subject's accepted wrong form missing corrected sent again purpose notice phone electronic halts "
    "branch e-mail subject chose addressee-only time days arrival correcting defects counted express paid "
    "payment back too much returned stamps incomplete official unclaimed unless asks used day after "
    "acceptance principle starts complete envelope marked red kept identity written answer about weeks pdf "
    "told general writing destroyed post hand refusal/notice disclosure proof delivery orally handed over "
    "posted usually 1-2 3-4 decision committee ready oral month medical institution first application manner "
    "correction halt choose pick-up come disc recorded 40 calendar working months extension acknowledged "
    "answered 20 receipt consent registered user line call histories"
)
"""What the facts say of it beside what is taken, and what other settings hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What an office promises: so many of a unit from a moment; ``about``: it says so."""

    count: int
    unit: str
    start: str
    about: bool = False
    pauses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """What was understood of the answer."""

    to: str | None
    mail_class: str | None
    class_granted: str | None
    chosen: tuple[str, ...]
    manners: tuple[str, ...]
    two_stage: bool
    choose_within_days: int | None
    steps: tuple[str, ...]
    promise: Promise | None
    extension_days: int | None
    acknowledged_within_days: int | None
    returned: bool | None
    destroyed: str | None
    handed_back: bool
    not_sent_again: bool
    unread: tuple[str, ...]


def answering(row: Row) -> Answering:
    """Return how it is answered, as far as the facts tell."""
    said, fee, after, unusual = (
        Phrase(row["answer"]),
        row["fee"].lower(),
        Phrase(row["documents_after"]),
        Phrase(row["unusual"]),
    )
    every = [code for code, pattern in CLASSES.items() if re.search(pattern, said.text)]
    granted = None
    if ";" in said.text and re.search(r"refusal", said.text) and len(every) > 1:
        first, second = said.text.split(";", 1)
        granted = next((code for code, pattern in CLASSES.items() if re.search(pattern, second)), None)
        every = [code for code, pattern in CLASSES.items() if re.search(pattern, first)]
    chosen: tuple[str, ...] = ()
    if re.search(r"if paid", said.text) or re.search(r"\+ \d+ addressee-only", fee):
        chosen = tuple(code for code in every if code != "simple_registered")
        every = ["simple_registered"]
    if not every and re.search(r"addressee-only", fee):
        every = ["addressee_only"]
    manners = tuple(code for code, pattern in MANNERS.items() if re.search(pattern, said.text))
    if row.needs_any("viewing_appointment") and "viewing" not in manners:
        manners += ("viewing",)
    if re.search(r"\bcopies are ready\b|when ready", fee + unusual.text) and "collect" not in manners:
        manners += ("collect",)
    return Answering(
        to="form" if re.search(r"on the form", said.text) else None,
        mail_class=every[0] if every else None,
        class_granted=granted,
        chosen=chosen,
        manners=manners,
        two_stage=row.needs_any("two_stage_execution"),
        choose_within_days=int(days[1]) if (days := re.search(r"(\d+) days to choose", said.text)) else None,
        steps=_steps(row, unusual),
        promise=_promise(row),
        extension_days=int(more[1]) if (more := re.search(r"\+ ?(\d+)(?! months)", row["time_limits"])) else None,
        acknowledged_within_days=int(ack[1])
        if (ack := re.search(r"acknowledged within (\d+) working days", row["time_limits"]))
        else None,
        returned=True if re.search(r"sent back|are returned", after.text + row["identity"].lower()) else
        False if re.search(r"not returned", after.text) else None,
        destroyed="after_answer" if re.search(r"destroyed after the answer", after.text) else None,
        handed_back=bool(re.search(r"not accepted", row["deficiency"].lower())),
        not_sent_again=bool(re.search(r"not sent again", said.text)),
        unread=left_of(_WORDS, said, after, Phrase(row["time_limits"]), Phrase(row["deficiency"]), unusual),
    )  # fmt: skip


def _steps(row: Row, unusual: Phrase) -> tuple[str, ...]:
    if not row.needs_any("extra_decision_step"):
        return ()
    if re.search(r"institution", unusual.text) or re.search(r"institution", " ".join(need.why for need in row.needs)):
        return ("institution",)
    return ("committee",)


def _promise(row: Row) -> Promise | None:
    """Return the first time that is promised; weeks, days, working days or months."""
    text = row["time_limits"].lower()
    found = re.search(
        r"(?:(\d+)-)?(\d+|one|two) (calendar |working )?(days?|weeks?|months?)",
        re.sub(r"acknowledged within[^;]*;", "", text),
    )
    if found is None:
        return None
    count = int(_NUMBERS.get(found[2], found[2]))
    unit = {"day": "days", "week": "weeks", "month": "months"}[found[4].rstrip("s")]
    if (found[3] or "").strip() == "working":
        unit = "working_days"
    start = "arrival"
    if re.search(r"complete|acceptance|papers are there|once identity", text):
        start = "complete"
    if re.search(r"defects? not counted|correction time not counted|correcting defects not counted", text):
        return Promise(count=count, unit=unit, start=start, about=False, pauses=True)
    about = bool(re.search(r"about|in principle|usually|\d-\d", text))
    return Promise(count=count, unit=unit, start=start, about=about)
