"""The post room beside the printer: the list of letters, what goes into the post and comes back, the counts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from models import case as cases
from models import command, letter_kind
from models.letter import ODD, UNPOSTED, letter
from services.engine.office import Office
from services.engine.order import Order, Step
from services.engine.transaction import foresee_all
from services.letters.declared import righting_for, transition_for
from services.letters.printing import NoSuchLetter
from workflows.engine.machine import Refused
from workflows.engine.values import Actor
from workflows.letters import (
    AmendPosting,
    DeliveryWay,
    LetterState,
    MailClass,
    RecordPosting,
    RecordReturn,
    ReturnReason,
    UndoPosting,
    UndoReturn,
)

MANY = 500
"""How many cases one query asks for."""
ODD_SHOWN = 3
"""How many letters that do not add up are named."""

_COLUMNS: tuple[Any, ...] = (
    letter.c.number, letter.c.copy, letter.c.kind, letter.c.language, letter.c.pages, letter.c.sha256, letter.c.state,
    letter.c.posted_on, letter.c.returned_on, letter.c.batch, letter.c.envelope,
    cases.case.c.number.label("case_number"), cases.case.c.definition,
)  # fmt: skip
_LIST = select(*_COLUMNS).join(cases.case, cases.case.c.id == letter.c.case_id).order_by(letter.c.id)
_UNPOSTED = _LIST.where(UNPOSTED)
_BATCH = _LIST.where(letter.c.batch == bindparam("of_batch"))
_NAMED = _LIST.where(letter.c.number.in_(bindparam("numbers", expanding=True)))
_CASES = select(cases.case).where(cases.case.c.number.in_(bindparam("numbers", expanding=True)))
_IN_HOUSE: Select[Any] = select(letter.c.state, func.count().label("letters")).where(UNPOSTED).group_by(letter.c.state)
_ODD = select(letter.c.number).where(ODD).order_by(letter.c.id).limit(ODD_SHOWN + 1)


class NothingPrinted(LookupError):
    """No letter of this batch waits to be posted."""


class NothingPosted(LookupError):
    """No letter of this batch is recorded as posted."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter to be recorded as posted or returned: the order to give for its case, in its procedure's words."""

    letter: str
    case: str
    transition: str
    payload: RecordPosting | RecordReturn | UndoPosting | AmendPosting | UndoReturn


def letters(
    db: Connection,
    *,
    unposted: bool = False,
    case: str | None = None,
    numbers: Sequence[str] | None = None,
    most: int | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield the letters in the order they were ordered, as the list shows them. No personal data."""
    statement = (_UNPOSTED if unposted else _LIST).limit(most)
    if case is not None:
        statement = statement.where(cases.case.c.number == case)
    if numbers is not None:
        statement = statement.where(letter.c.number.in_(list(numbers)))
    return (_listed(row) for row in db.execute(statement.execution_options(yield_per=1000)))


def _listed(row: Row[Any]) -> dict[str, Any]:
    return {
        "letter": row.number,
        "case": row.case_number,
        "kind": row.kind,
        "language": row.language,
        "pages": row.pages,
        "sha256": row.sha256,
        "state": row.state,
        "posted_at": _iso(row.posted_on),
        "returned_at": _iso(row.returned_on),
        "copy": row.copy,
        "batch": row.batch,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# -- into the post and back -------------------------------------------------------------------------------------


def postings(
    db: Connection,
    numbers: Sequence[str],
    batch: str | None,
    *,
    on: date | None = None,
    tracking: str | None = None,
    mail_class: MailClass | None = None,
    answered: Callable[[str], bool] = lambda number: False,
) -> list[Mail]:
    """Return the orders that record the posting of these letters, or of all of a batch that wait for it.

    Of a batch those already posted are left alone, unless *answered* says that this very call was made for them before;
    a void one is ordered too, so that its refusal names the letter that replaced it.

    Raises:
        NoSuchLetter: some of the numbers belong to no letter.
        NothingPrinted: nothing in the batch waits to be posted.
    """
    found = wanted(db, numbers, batch, answered)
    return [posting(row, on=on, tracking=tracking, mail_class=mail_class) for row in found]


def wanted(
    db: Connection, numbers: Sequence[str], batch: str | None, answered: Callable[[str], bool] = lambda number: False
) -> list[Row[Any]]:
    """Return the letters `postings` is about, in the order of the batch or as they were named; raises as it does."""
    return _of_batch(db, batch, answered) if batch is not None else _named(db, numbers)


def posting(
    row: Row[Any], *, on: date | None = None, tracking: str | None = None, mail_class: MailClass | None = None
) -> Mail:
    """Return the order that records the posting of a letter, by the class it is meant to go by unless one is said."""
    meant = planned_class(row)
    payload = RecordPosting(
        letter=row.number,
        on=on,
        tracking=tracking,
        mail_class=mail_class or (None if meant is MailClass.ORDINARY else meant),
    )
    return Mail(row.number, row.case_number, transition_for(row.definition, RecordPosting), payload)


def _by_post(row: Row[Any]) -> bool:
    """Whether a letter is to be posted at all: an answer may be collected, say, and is not posted with its batch."""
    return bool((row.envelope or {}).get("way", DeliveryWay.POST) == DeliveryWay.POST)


def planned_class(row: Row[Any]) -> MailClass:
    """Return by which class of post a letter is meant to go; ordinary where nobody said."""
    return MailClass((row.envelope or {}).get("mail_class", MailClass.ORDINARY))


def put_right(
    db: Connection,
    numbers: Sequence[str],
    batch: str | None,
    payload: UndoPosting | AmendPosting | UndoReturn,
    *,
    answered: Callable[[str], bool] = lambda number: False,
) -> list[Mail]:
    """Return the orders that put right what was recorded of these letters, or of all of a batch that are posted.

    *payload* says what, of no letter yet.

    Raises:
        NoSuchLetter: some of the numbers belong to no letter.
        NothingPosted: nothing in the batch is recorded as posted.
        PutsNothingRight: the procedure of one of them does not know that.
    """
    found = _named(db, numbers)
    if batch is not None:
        rows = list(db.execute(_BATCH, {"of_batch": batch}))
        found = [row for row in rows if row.state == LetterState.POSTED or answered(row.number)]
        if not found:
            raise NothingPosted(batch)
    return [
        Mail(
            row.number,
            row.case_number,
            righting_for(row.definition, type(payload)),
            replace(payload, letter=row.number),
        )
        for row in found
    ]


def homecoming(db: Connection, number: str, reason: ReturnReason, on: date | None) -> Mail:
    """Return the order that records that a letter came back. Raises NoSuchLetter."""
    (row,) = _named(db, [number])
    transition = transition_for(row.definition, RecordReturn)
    return Mail(row.number, row.case_number, transition, RecordReturn(letter=row.number, reason=reason, on=on))


def _named(db: Connection, numbers: Sequence[str]) -> list[Row[Any]]:
    asked = list(dict.fromkeys(numbers))
    if not asked:
        return []
    found = {row.number: row for row in db.execute(_NAMED, {"numbers": asked})}
    if missing := [number for number in asked if number not in found]:
        raise NoSuchLetter(missing)
    return [found[number] for number in asked]


def _of_batch(db: Connection, batch: str, answered: Callable[[str], bool]) -> list[Row[Any]]:
    rows = list(db.execute(_BATCH, {"of_batch": batch}))
    waiting = [
        row
        for row in rows
        if answered(row.number) or row.state == LetterState.VOID or (row.state == LetterState.PRINTED and _by_post(row))
    ]
    if not any(row.state != LetterState.VOID for row in waiting):
        raise NothingPrinted(batch)
    return waiting


def foresee(db: Connection, mails: Sequence[Mail], who: Actor, office: Office) -> list[Step | Refused]:
    """Return what each of these orders would do now; nothing is written. Two of one case do not see each other."""
    found: dict[int, Step | Refused] = {}
    left = list(enumerate(mails))
    while left:
        some = list({mail.case: (position, mail) for position, mail in reversed(left)}.values())[:MANY]
        rows = {row.number: row for row in db.execute(_CASES, {"numbers": [mail.case for _, mail in some]})}
        orders = [Order(mail.case, mail.transition, mail.payload, who, "preview") for _, mail in some]
        found |= zip((position for position, _ in some), foresee_all(db, orders, rows, office), strict=True)
        left = [(position, mail) for position, mail in left if position not in found]
    return [found[position] for position in range(len(mails))]


def key_for(key: str, number: str, *, alone: bool) -> str:
    """Return the key of one order of a call that was given one key for all of them."""
    return key if alone else f"{key}/{number}"


def was_ordered(db: Connection, key: str) -> bool:
    """Whether an order was accepted under this key."""
    return command.by_key(db, key) is not None


# -- the count --------------------------------------------------------------------------------------------------


def overdue_before(office: Office) -> datetime:
    """Return the moment before which a letter was made that should have been posted by now: one working day ago."""
    calendar = office.calendar
    day = calendar.today(office.now)
    while calendar.opening(calendar.add_working_days(day, 1)) > office.now:
        day -= timedelta(days=1)
    return calendar.start_of(day + timedelta(days=1))


def morning_count(db: Connection) -> dict[str, Any]:
    """Return what lies in the house, and whether the letters add up (the morning count).

    ``ordered`` wait to be made, ``waiting`` for the printer, ``tray`` for the post; of those ordered and those waiting,
    ``stopped`` are kept back because their kind is stopped. They add up where of every letter ever ordered the days say
    what its state says: what is made was made and not printed, what is posted was made, printed and posted. Then what
    was made is what was printed, waits, or became void before, and what was printed is what was posted, lies in the
    tray, or became void before: not only in sum. ``odd`` names the first of those that do not.
    """
    held = letter_kind.held(db, letter_kind.stopped(db)).values()
    lying = {row.state: row.letters for row in db.execute(_IN_HOUSE)}
    odd = list(db.execute(_ODD).scalars())
    return {
        "ordered": lying.get(LetterState.ORDERED, 0),
        "waiting": lying.get(LetterState.MADE, 0),
        "tray": lying.get(LetterState.PRINTED, 0),
        "stopped": sum(ordered + made for ordered, made in held),
        "odd": [*odd[:ODD_SHOWN], *(["…"] if len(odd) > ODD_SHOWN else [])],
        "balanced": not odd,
    }
