"""What a row published beyond its main path: every other way, every other asker, every capability it was found to need.

Each is expressed by settings of the file or it is not, and shown by a life of a case or it is not; nothing else counts.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lab.procedures.file import Written
from lab.procedures.kinds import KINDS

MAIN, CHOSEN = "main", "chosen delivery"


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch of a row: its name (``way counter``), the settings that express it, and the life that shows it.

    ``settings`` empty: no key expresses it, and ``why`` says what is missing.
    """

    name: str
    settings: tuple[str, ...]
    life: str
    why: str = ""


def lives(read: Written) -> tuple[str, ...]:
    """Return the names of the lives a row needs: the main path, each other way, each asker."""
    ways = read.begins.ways[1:]
    kinds = [row["kind"] for row in read.values.get("representative", ()) if row.get("accepted", True)]
    chosen = (CHOSEN,) if read.values.get("answer", {}).get("chosen") else ()
    return (MAIN, *(f"way {way}" for way in ways), *(f"asker {kind}" for kind in kinds), *chosen)


def branches(read: Written) -> list[Branch]:
    """Return every published branch of a row, the main path aside."""
    needs = dict.fromkeys(need.capability for need in read.row.needs)
    return [
        *(Branch(name, _of_life(name), name) for name in lives(read)[1:]),
        *_lost(read),
        *(_needed(capability, read) for capability in needs),
    ]


def _of_life(name: str) -> tuple[str, ...]:
    if name == CHOSEN:
        return ("answer.chosen",)
    return ("start.ways",) if name.startswith("way ") else ("representative",)


_CHANNELS = {
    r"post|mail\b": ("contact", "own_download", "letter", "email"),
    r"visit": ("counter",),
    r"\bweb\b|application": ("web",),
    r"e-mail": ("email",),
    r"\bfax\b": ("fax",),
    r"\bphone\b|\boral\b|contact": ("contact", "phone"),
}
"""How the facts call a channel, and the ways of a file of which one must be there for it."""


def _lost(read: Written) -> Iterator[Branch]:
    """Yield the channels and askers of the facts that the file has nothing for: they are published all the same."""
    ways = set(read.begins.ways)
    for channel in read.row.channels:
        told = re.sub(r"\bno [^;]*|visits? not received", "", channel.lower())
        named = [needed for pattern, needed in _CHANNELS.items() if re.search(pattern, told)]
        if not named or not all(ways & set(needed) for needed in named):
            yield Branch(f"channel {channel}", (), MAIN, "no way of the file")
    written = {row["kind"] for row in read.values.get("representative", ())}
    for one in read.people.kinds:
        if KINDS.get(one.kind, one.kind) not in written:
            yield Branch(f"asker {one.kind}", (), MAIN, "no kind of the file")


def _needed(capability: str, read: Written) -> Branch:
    name = f"need {capability}"
    if capability not in NEEDS:
        return Branch(name, (), MAIN, "nobody has said yet which settings it comes to")
    settings = tuple(NEEDS[capability](read.values))
    return Branch(name, settings, _shown_by(capability, read), "" if settings else "no key expresses it")


def _shown_by(capability: str, read: Written) -> str:
    """Return the life that shows a need: the one that goes that way, else the main one."""
    every = lives(read)
    wanted = {
        "in_person": ("way counter",),
        "answer_mail_class": (CHOSEN,),
        "bereaved_family": ("asker bereaved",),
        "email_web_channel": ("way web", "way email", "way phone", "way fax"),
        "representative_rule": ("asker agent", "asker minor"),
        "representative_kinds": tuple(name for name in every if name.startswith("asker ")),
    }.get(capability, ())
    return next((name for name in wanted if name in every), MAIN)


Values = Mapping[str, Any]


def _has(*paths: str) -> Callable[[Values], Iterator[str]]:
    """Return what tells which of these keys stand in a file: ``answer.class``, ``fee``."""

    def found(values: Values) -> Iterator[str]:
        for path in paths:
            section, _, key = path.partition(".")
            held = values.get(section)
            rows = held if isinstance(held, list) else [held] if held else []
            if rows and (not key or any(key in row for row in rows)):
                yield path

    return found


def _way(*ways: str) -> Callable[[Values], Iterator[str]]:
    def found(values: Values) -> Iterator[str]:
        for way in values["start"]["ways"]:
            if way in ways:
                yield f"start.ways {way}"

    return found


_MORE_KINDS = ("bereaved", "executor", "bereaved_estate_administrator", "lawyer", "carer", "relative")


def _kinds(*kinds: str) -> Callable[[Values], Iterator[str]]:
    def found(values: Values) -> Iterator[str]:
        for row in values.get("representative", ()):
            if row["kind"] in kinds:
                yield f"representative.kind {row['kind']}"

    return found


def _billed(values: Values) -> Iterator[str]:
    for row in values.get("fee", ()):
        if row["due"] != "with_forms":
            yield f"fee.due {row['due']}"


def _by_right(values: Values) -> Iterator[str]:
    if any("rights" in row for row in values.get("identity", ())):
        yield "identity.rights"


def _aged(values: Values) -> Iterator[str]:
    if any(
        "within" in slot for row in values.get("representative", ()) for way in row.get("proofs", ()) for slot in way
    ):
        yield "representative.proofs within"


def _called_back(values: Values) -> Iterator[str]:
    if any(["call_back"] in row["enough"] for row in values.get("identity", ())):
        yield "identity.enough call_back"


def _sent(values: Values) -> Iterator[str]:
    if "email" in values["start"]["forms_sent_by"]:
        yield "start.forms_sent_by email"


def _other_ways(values: Values) -> Iterator[str]:
    for way in values.get("answer", {}).get("ways", ()):
        if way != "post":
            yield f"answer.ways {way}"


def _regime(values: Values) -> Iterator[str]:
    yield f"regime {values['regime']}"


def _promise(until: str | None) -> Callable[[Values], Iterator[str]]:
    def found(values: Values) -> Iterator[str]:
        for row in values.get("times", {}).get("promise", ()):
            if row.get("until") == until:
                yield "times.promise"

    return found


def _either(*each: Callable[[Values], Iterator[str]]) -> Callable[[Values], Iterator[str]]:
    def found(values: Values) -> Iterator[str]:
        for one in each:
            yield from one(values)

    return found


NEEDS: dict[str, Callable[[Values], Iterator[str]]] = {
    "start_at_returned": _way("own_download", "letter", "counter", "web", "email", "fax", "phone"),
    "fee_by_right": _has("fee"),
    "own_form_set": _has("form", "paper"),
    "email_web_channel": _way("web", "email", "fax", "phone"),
    "identity_rule": _either(_has("identity"), _aged),
    "in_person": _way("counter"),
    "representative_rule": _has("representative.proofs", "representative.where", "representative.answer_to"),
    "several_windows": _has("window"),
    "answer_mail_class": _has("answer.class", "answer.class_when", "answer.chosen"),
    "inbound_class": _has("start.inbound"),
    "deficiency_rule": _has("times.deficiency"),
    "seal_match": _has("form.seal", "paper"),
    "bereaved_family": _kinds("bereaved", "executor"),
    "representative_kinds": _kinds(*_MORE_KINDS),
    "identity_by_right": _by_right,
    "answer_other_than_post": _other_ways,
    "fee_after_decision": _billed,
    "answer_postage": _has("answer_postage"),
    "promised_time": _promise(None),
    "fee_shortage": _has("fee_shortage"),
    "documents_returned": _has("documents"),
    "forms_sent_electronically": _sent,
    "evidence_of_facts": _has("paper"),
    "minor_rules": _has("representative.consent_from", "representative.until_age"),
    "reply_envelope": _has("own_words"),
    "phone_identity_check": _called_back,
    "two_stage_execution": _has("execution"),
    "answer_to_stated_address": _has("answer.address"),
    "viewing_appointment": _other_ways,
    "regime_jp_public_body": _regime,
    "extra_decision_step": _has("step"),
    "regime_times_as_data": _regime,
    "more_rights": _has("rights"),
    "acknowledgement": _promise("acknowledgement"),
}
"""Which settings a capability comes to, looked up in the file that was written, never in the row."""
