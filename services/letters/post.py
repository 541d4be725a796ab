"""The post room beside the printer: the list of letters, what goes into the post and comes back, the counts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from models import case as cases
from models import command, letter_kind
from models.letter import letter
from services.engine.office import Office
from services.letters.declared import transition_for
from services.letters.printing import NoSuchLetter
from workflows.letters import LetterState, MailClass, RecordPosting, RecordReturn, ReturnReason

_COLUMNS: tuple[Any, ...] = (
    letter.c.number, letter.c.copy, letter.c.kind, letter.c.language, letter.c.pages, letter.c.sha256, letter.c.state,
    letter.c.posted_on, letter.c.returned_on, letter.c.batch, cases.case.c.number.label("case_number"),
    cases.case.c.definition,
)  # fmt: skip
_LIST = select(*_COLUMNS).join(cases.case, cases.case.c.id == letter.c.case_id).order_by(letter.c.id)
_UNPOSTED = _LIST.where(letter.c.state.in_([LetterState.ORDERED, LetterState.MADE, LetterState.PRINTED]))
_BATCH = _LIST.where(letter.c.batch == bindparam("of_batch"))
_NAMED = _LIST.where(letter.c.number.in_(bindparam("numbers", expanding=True)))
_VOID, _POSTED = letter.c.state == LetterState.VOID, letter.c.posted_on.is_not(None)
# One pass without grouping: a million letters are counted in the time a person does not notice.
_COUNTS = select(
    func.count().filter(letter.c.state == LetterState.ORDERED).label("ordered"),
    func.count(letter.c.made_at).label("made"),
    func.count().filter(letter.c.state == LetterState.MADE).label("waiting"),
    func.count(letter.c.printed_at).label("printed"),
    func.count().filter(letter.c.state == LetterState.PRINTED).label("tray"),
    func.count(letter.c.posted_on).label("posted"),
    func.count(letter.c.made_at).filter(_VOID, letter.c.printed_at.is_(None)).label("void_made"),
    func.count(letter.c.printed_at).filter(_VOID, ~_POSTED).label("void_printed"),
)


class NothingPrinted(LookupError):
    """No letter of this batch waits to be posted."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter to be recorded as posted or returned: the order to give for its case, in its procedure's words."""

    letter: str
    case: str
    transition: str
    payload: RecordPosting | RecordReturn


def letters(
    db: Connection, *, unposted: bool = False, case: str | None = None, numbers: Sequence[str] | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the letters in the order they were ordered, as the list shows them. No personal data."""
    statement = _UNPOSTED if unposted else _LIST
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
    found = _of_batch(db, batch, answered) if batch is not None else _named(db, numbers)
    return [
        Mail(
            row.number,
            row.case_number,
            transition_for(row.definition, RecordPosting),
            RecordPosting(letter=row.number, on=on, tracking=tracking, mail_class=mail_class),
        )
        for row in found
    ]


def homecoming(db: Connection, number: str, reason: ReturnReason, on: date | None) -> Mail:
    """Return the order that records that a letter came back. Raises NoSuchLetter."""
    (row,) = _named(db, [number])
    transition = transition_for(row.definition, RecordReturn)
    return Mail(row.number, row.case_number, transition, RecordReturn(letter=row.number, reason=reason, on=on))


def _named(db: Connection, numbers: Sequence[str]) -> list[Row[Any]]:
    wanted = list(dict.fromkeys(numbers))
    found = {row.number: row for row in db.execute(_NAMED, {"numbers": wanted})}
    if missing := [number for number in wanted if number not in found]:
        raise NoSuchLetter(missing)
    return [found[number] for number in wanted]


def _of_batch(db: Connection, batch: str, answered: Callable[[str], bool]) -> list[Row[Any]]:
    rows = list(db.execute(_BATCH, {"of_batch": batch}))
    wanted = [row for row in rows if row.state in (LetterState.PRINTED, LetterState.VOID) or answered(row.number)]
    if not any(row.state != LetterState.VOID for row in wanted):
        raise NothingPrinted(batch)
    return wanted


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
    """Return the letters of the house, counted two ways that must agree (the morning count).

    What was made, printed and posted is counted by its day; what waits, lies in the tray or is void by its state:
    made = printed + waiting + void before printing; printed = posted + in the tray + void after printing.
    Of those ordered and those waiting, ``stopped`` are kept back because their kind is stopped.
    """
    held = letter_kind.held(db, letter_kind.stopped(db)).values()
    counts = dict(db.execute(_COUNTS).mappings().one())
    balanced = (
        counts["made"] == counts["printed"] + counts["waiting"] + counts["void_made"]
        and counts["printed"] == counts["posted"] + counts["tray"] + counts["void_printed"]
    )
    return {**counts, "stopped": sum(ordered + made for ordered, made in held), "balanced": balanced}
