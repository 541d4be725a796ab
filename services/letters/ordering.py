"""Letters ordered by a transition: their rows, and the effects that will make them, written in its transaction.

What a letter says is fixed now and sealed into its effect, so that a later amendment cannot change what was ordered and
a crash cannot make it twice in two ways.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, update

from clock import machine_now
from models.base import at_machine_time
from models.checkpoint import SHOWN
from models.effect import effect
from models.letter import letter
from models.writes import Part, Writes
from services.engine.office import Office
from workflows.engine.codec import to_plain, written
from workflows.letters import Letter, LetterContent, LetterFate, LetterState

_FATE_COLUMNS = (
    "state",
    "posted_on",
    "mail_class",
    "tracking",
    "returned_on",
    "return_reason",
    "voided_at",
    "void_seq",
)
_FATE = (
    update(letter)
    .where(letter.c.number == bindparam("key_number"), letter.c.copy == bindparam("key_copy"))
    .values({name: bindparam(f"new_{name}") for name in _FATE_COLUMNS})
)
_VOID_EFFECT = (
    update(effect)
    .where(effect.c.subject == bindparam("key_subject"), effect.c.state == "waiting")
    .values(state="void", sealed=None, done_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class Ordered:
    """A letter that step ``seq`` of a case orders, as its ``position``-th; ``content`` is all that it says.

    ``head`` is the hash of the row of the history that this step is.
    """

    case: str
    seq: int
    position: int
    letter: Letter
    content: LetterContent
    head: str

    def said(self, office: Office) -> LetterContent:
        """Return all that the letter says, with what whoever holds it can hold against the office's records.

        The row's number is not printed: how much was done in the office is not the reader's business (F1).
        """
        return replace(self.content, proof=self.head[:SHOWN], checkpoint=office.checkpoint or "")


@dataclass(frozen=True, slots=True)
class Fated:
    """What step ``seq`` of its case makes of a letter there is; ``stored`` is its row."""

    letter: Letter
    fate: LetterFate
    stored: Row[Any] | None
    seq: int


def order(writes: Writes, ordered: Sequence[Ordered], ids: Mapping[str, int], office: Office) -> list[Part]:
    """Give these letters and their effects to be written; return what the effects will be: ``case_number``, ``id``."""
    if not ordered:
        return []
    writes.add(letter, [_letter_row(one, ids[one.case], office) for one in ordered])
    effects = [_effect_row(one, ids[one.case], office) for one in ordered]
    rows, more = at_machine_time(writes.db, "ordered_at", effects, machine_now())
    return [writes.add(effect, rows, effect.c.id, effect.c.case_number, more=more)]


def decide_fates(db: Connection, fated: Sequence[Fated], office: Office) -> None:
    """Write what became of letters: posted, returned, or void (and then no longer to be made)."""
    if not fated:
        return
    db.execute(_FATE, [_fate_row(one, office) for one in fated])
    voided = [
        {"key_subject": one.letter.number, "now": office.now} for one in fated if one.fate.state is LetterState.VOID
    ]
    if voided:
        db.execute(_VOID_EFFECT, voided)


def _letter_row(one: Ordered, case_id: int, office: Office) -> dict[str, Any]:
    return {
        "number": one.letter.number,
        "copy": one.letter.copy,
        "ordinal": one.letter.ordinal,
        "case_id": case_id,
        "seq": one.seq,
        "kind": str(one.letter.kind),
        "language": str(one.content.language),
        "round": one.letter.round,
        "state": "ordered",
        "reply_by": one.letter.told,
        "ordered_at": office.now,
        "envelope": to_plain(one.content.envelope()),
    }


def _effect_row(one: Ordered, case_id: int, office: Office) -> dict[str, Any]:
    name = f"{one.letter.number}/{one.letter.copy}"
    return {
        "case_id": case_id,
        "seq": one.seq,
        "ord": one.position,
        "case_number": one.case,
        "kind": "letter",
        "subject": one.letter.number,
        "copy": one.letter.copy,
        "sealed": office.keys.get(one.case).seal_json("effect", "sealed", name, written(one.said(office))),
        "state": "waiting",
        "attempts": 0,
    }


_POSTING = ("posted_on", "mail_class", "tracking")
_RETURN = ("returned_on", "return_reason")


def _fate_row(one: Fated, office: Office) -> dict[str, Any]:
    fate = one.fate
    kept = {name: getattr(one.stored, name, None) for name in (*_POSTING, *_RETURN)}
    return {
        "key_number": one.letter.number,
        "key_copy": one.letter.copy,
        "new_state": str(fate.state),
        **{f"new_{name}": value for name, value in {**kept, **_recorded(fate, kept)}.items()},
        "new_voided_at": office.now if fate.state is LetterState.VOID else None,
        "new_void_seq": one.seq if fate.state is LetterState.VOID else None,
    }


def _recorded(fate: LetterFate, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a letter's fate changes of what is *kept* of its posting and its return."""
    if fate.amends:
        given = {"mail_class": fate.mail_class, "tracking": fate.tracking}
        return {"posted_on": fate.on, **{name: value for name, value in given.items() if value is not None}}
    if fate.takes_back is not None:
        return dict.fromkeys(_RETURN if fate.takes_back is LetterState.RETURNED else _POSTING)
    if fate.state is LetterState.POSTED:
        return {"posted_on": fate.on, "mail_class": fate.mail_class, "tracking": fate.tracking}
    if fate.state is LetterState.RETURNED:
        return {"returned_on": fate.on, "return_reason": None if fate.reason is None else str(fate.reason)}
    return {}
