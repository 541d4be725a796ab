"""The switch of each kind of letter: a wrong template is stopped, and the office goes on.

While a kind is stopped its letters are ordered as ever and not made; those that are made stay out of the printer's
batches. What is on paper already is a fact: it can be posted, with a warning. A letter that a worker had in hand at the
moment of the stop is still made, and then kept out like the others. After the start the sweep rings for all that waits.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from models import letter_kind, staff
from services.engine.office import Office
from services.letters import declared
from services.office.staff import Asker
from workflows.engine.values import Reason
from workflows.letters import Letter, LetterState, StopReason

LONGEST_REASON = 200
WAITING = (LetterState.ORDERED, LetterState.MADE)
"""What a stop keeps back. What is printed already lies on a table, where no switch reaches it."""


class BadReason(ValueError):
    """The words do not fit on one line of the log."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of letter: whether it is stopped, since when, by whom, why, and how many letters wait for its start.

    ``since``, ``by`` and ``reason`` are None of a kind that was never stopped; of one that was started again they are
    the start's, and the reason is the former stop's.
    """

    kind: str
    stopped: bool
    since: datetime | None = None
    by: str | None = None
    reason: str | None = None
    to_be_made: int = 0
    to_be_printed: int = 0


def everything(db: Connection) -> list[Kind]:
    """Return all kinds in the order of the procedures."""
    rows = letter_kind.everything(db)
    held = letter_kind.held(db, letter_kind.stopped(db))
    return [_shown(kind, rows.get(kind), held.get(kind, (0, 0))) for kind in declared.kinds()]


def stopped(db: Connection) -> list[Kind]:
    """Return the kinds that are stopped now."""
    return [kind for kind in everything(db) if kind.stopped] if letter_kind.stopped(db) else []


def _shown(kind: str, row: Any, held: tuple[int, int]) -> Kind:
    if row is None:
        return Kind(kind, stopped=False)
    return Kind(kind, row.stopped, row.changed_at, row.changed_by, row.reason, *held)


def stop(db: Connection, kind: str, reason: str, who: Asker, office: Office) -> bool:
    """Stop a kind; False where it is stopped already, whoever did it and for whatever reason.

    Raises:
        BadReason: the reason is empty, more than a line, or too long.
        UnknownKind: no procedure sends such letters.
    """
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON or not words.isprintable():
        raise BadReason(reason)
    return _turn(db, kind, words, who, office, stopped=True)


def start(db: Connection, kind: str, who: Asker, office: Office) -> bool:
    """Let a kind be made and printed again; False where nothing stops it."""
    return _turn(db, kind, None, who, office, stopped=False)


def _turn(db: Connection, kind: str, reason: str | None, who: Asker, office: Office, *, stopped: bool) -> bool:
    """Turn the switch, and log it, unless it stands so already.

    The log comes first: it lets one writer in at a time. So of two leads the second sees what the first did, and a
    batch that is being recorded is recorded before the stop or looks at it (services/letters/printing.py).
    """
    kind = declared.kind(kind).name
    staff.in_turn(db)
    row = letter_kind.everything(db).get(kind)
    if stopped is (row is not None and row.stopped):
        return False
    why = reason if reason is not None else row.reason  # type: ignore[union-attr] # only a stopped kind is started
    letter_kind.write(db, kind, stopped=stopped, reason=why, by=who.name, now=office.now)
    details: dict[str, Any] = {"kind": kind} if reason is None else {"kind": kind, "reason": reason}
    staff.log(db, office.now, "letter_kind_stopped" if stopped else "letter_kind_started", who.name, details)
    return True


def reason_words(reason: str) -> str:
    """Return a stop's reason as it is worded: a code of ours by its noun, the lead's own words as they are."""
    return f"stop.{reason}" if reason in {str(code) for code in StopReason} else reason


def waiting_of(db: Connection, letters: Iterable[Letter]) -> list[Letter]:
    """Return those of these letters that wait because their kind is stopped."""
    kinds = letter_kind.stopped(db)
    return [one for one in letters if one.state in WAITING and one.kind in kinds]


def waits(waiting: Letter) -> Reason:
    """Return what is said of a letter that waits because its kind is stopped."""
    return Reason("letter.waits_stopped", {"letter": waiting.number, "kind": f"letter.{waiting.kind}"})
