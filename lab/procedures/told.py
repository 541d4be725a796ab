"""What the letters of a life must tell of the facts, looked for in their text: fee, means, papers, times, delivery.

Looked for is what stands in the facts, by patterns of this module alone: a parser that misread a fact, a file that lost
it and a letter that does not tell it all come to light here.
"""

import re
from collections.abc import Iterator, Sequence

from lab.procedures.branches import CHOSEN, MAIN
from lab.procedures.file import Written
from lab.procedures.heard import Heard
from lab.procedures.rows import Row
from workflows.law import regime
from workflows.office.said import Said
from workflows.request.values import LetterKind
from workflows.words import noun, tell

Wanted = tuple[str, tuple[str, ...]]
"""What is looked for, for people, and the texts of which one must be there."""

_MEANS = {
    "stamps": r"(?<!reply )(?<!revenue )\bstamps\b",
    "money_order": r"money order",
    "transfer": r"\btransfer\b",
    "cash_registered": r"registered cash",
    "debit": r"\bdebit\b",
    "cheque": r"\bcheque\b",
}
_PAPERS = {
    "drivers_licence": r"\blicences?\b(?! of)",
    "passport": r"\bpassports?\b(?!s? issued)",
    "resident_record": r"\bresident records?\b",
    "seal_certificate": r"(?<!with )\bseal certificates?\b",
    "my_number_card": r"\bmy-number card",
    "pension_notebook": r"\bpension notebook",
}
_CLASSES = {
    "simple_registered": r"^simple registered|such as simple registered|notice simple registered",
    "addressee_only": r"^addressee-only",
    "general_registered": r"^general registered|^registered mail",
    "recorded_delivery": r"recorded delivery",
}
_UNITS = {
    "days": Said(ja="日", en="days"),
    "weeks": Said(ja="週間", en="weeks"),
    "months": Said(ja="か月", en="month"),
    "working_days": Said(ja="営業日", en="working days"),
}


def untold(read: Written, name: str, letters: Sequence[Heard]) -> list[str]:
    """Return what of the facts the letters of a life do not tell."""
    if not any(letter.kind == LetterKind.DISCLOSURE_NOTIFICATION for letter in letters):
        return ["any answer"]
    text, language = "\n".join(letter.text for letter in letters), letters[-1].language
    law = regime(read.values["regime"])
    for own in (law.court, law.complaint):  # a time the law gives is no time the office promises
        text = text.replace(own[language], "")
    wanted = [*(_main(read, language) if name == MAIN else ()), *_delivery(read, name, letters), *_proofs(read, name)]
    return [what for what, texts in wanted if not any(each in text for each in texts)]


def _main(read: Written, language: str) -> Iterator[Wanted]:
    yield from _money(read.row, language)
    yield from _papers(read, language)
    yield from _times(read, language)
    inbound = read.values["start"].get("inbound")
    if inbound and re.search(r"post|mail", "".join(read.row.channels)):
        yield f"the class of post to send it by, {inbound[0]}", (tell(f"said_begin.inbound.{inbound[0]}", language),)


def _money(row: Row, language: str) -> Iterator[Wanted]:
    fee = row["fee"].lower()
    if re.match(r"none\b", fee):
        return
    for figure in re.findall(r"(\d[\d,]*)(?:/[\d/]+)? (?:yen|dollars)", fee):
        yield f"the amount {figure}", (figure, f"{int(figure.replace(',', '')):,}")
    for means, pattern in _MEANS.items():
        if re.search(pattern, fee):
            yield f"payment by {means}", (noun(f"means.{means}", language),)


def _papers(read: Written, language: str) -> Iterator[Wanted]:
    said = read.row["identity"].lower()
    known = regime(read.values["regime"]).documents
    if "..." in said:  # the passage breaks off: its list is no whole one
        return
    for code, pattern in _PAPERS.items():
        if re.search(pattern, said) and code in known:
            yield f"the paper {code}", (noun(code, language),)
    if re.search(r"with photograph", said):
        yield "a photograph", ("写真", "photo")


def _times(read: Written, language: str) -> Iterator[Wanted]:
    said = re.sub(r"acknowledged within[^;]*;?", "", read.row["time_limits"].lower())
    found = re.search(r"(?:\d-)?(\d+) (calendar |working )?(day|week|month)s?", said)
    if found is None or not _promised(read):
        return
    unit = "working_days" if found[2] == "working " else f"{found[3]}s"
    told = _UNITS[unit][language]
    yield f"the time of {found[0]}", (f"{found[1]}{told}", f"{found[1]} {told}", f"{found[1]}{told[:-1]}")


_PROOFS = {
    ("agent", "subject_seal_certificate"): r"(mandate|agent)[^;]*seal certificate",
    ("minor", "family_register"): r"(minor|parent|legal)[^;]*(family )?register",
    ("bereaved", "family_register"): r"register",
    ("bereaved", "death_certificate"): r"proof of death|registers of the dead",
}


def _proofs(read: Written, name: str) -> Iterator[Wanted]:
    """Yield what the file must ask of whoever acts for somebody: what the facts name is not left to the law's table."""
    kind = name.removeprefix("asker ")
    said = (read.row["bereaved"] if kind == "bereaved" else read.row["representative"]).lower()
    asked = [row.get("proofs") for row in read.values.get("representative", ()) if row["kind"] == kind]
    for (of, code), pattern in _PROOFS.items():
        if of == kind and re.search(pattern, said) and code not in str(asked):
            yield f"the proof {code}", ("\0",)


def _delivery(read: Written, name: str, letters: Sequence[Heard]) -> Iterator[Wanted]:
    said = read.row["answer"].lower()
    answer = next(letter for letter in reversed(letters) if letter.kind == LetterKind.DISCLOSURE_NOTIFICATION)
    if name == CHOSEN:
        chosen = str(read.values["answer"]["chosen"][0])
        yield f"the class of post {chosen}", (answer.text,) if answer.envelope.mail_class == chosen else ("\0",)
        return
    for mail_class, pattern in _CLASSES.items():
        if re.search(pattern, said) and "delivery" not in said.split(";")[-1]:
            found = (answer.text,) if answer.envelope.mail_class == mail_class else ("\0",)
            yield f"the class of post {mail_class}", found


def _promised(read: Written) -> bool:
    """Tell whether the file promises the answer: what the law itself gives is no promise of the office."""
    return any("until" not in row for row in read.values.get("times", {}).get("promise", ()))
