"""What lies in the house of a case and nobody has registered: one statement, asked for the clock's steps alone.

The clock must not say that nothing came while something lies there: scanned pages of the case, pages in the tray that
bear its code or number, orders that wait or were set aside, and pages in the tray that might be anybody's.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    Text,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from models.base import Moment
from models.command import command
from models.scan import scan_page, tray, tray_case
from services.engine.office import Office
from services.engine.order import Loaded
from workflows.request.case import InHouse

RECEIVES = ("receive_forms", "receive_own_forms", "reopen", "receive_again", "open_with_forms")
TAKE_BACK = ("undo_arrival", "undo_own_arrival", "undo_reopening")
_LYING = ("arriving", "waiting")
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_NUMBERS: BindParameter[Any] = bindparam("numbers", expanding=True)
_NO_CASE, _NO_NUMBER = cast(null(), Integer), cast(null(), Text)


def _pages() -> Select[Any]:
    # One arrival is one moment, however many pages it has.
    return (
        select(
            literal("page").label("what"),
            scan_page.c.case_id.label("case_id"),
            cast(null(), Text).label("number"),
            func.count().label("many"),
            scan_page.c.arrived_at.label("at"),
        )
        .where(scan_page.c.case_id.in_(_IDS), scan_page.c.state.in_(["arriving", "kept"]))
        .group_by(scan_page.c.case_id, scan_page.c.arrived_at)
    )


def _tray_pages() -> Select[Any]:
    return (
        select(literal("tray"), tray_case.c.case_id, _NO_NUMBER, func.count(), cast(null(), Moment))
        .join(tray, tray.c.number == tray_case.c.tray)
        .where(tray_case.c.case_id.in_(_IDS), tray.c.cleared_at.is_(None), tray.c.state.in_(_LYING))
        .group_by(tray_case.c.case_id)
    )


def _orders(what: str, of: ColumnElement[bool]) -> Select[Any]:
    given = select(literal(what), _NO_CASE, command.c.case_number, literal(1), command.c.office_at)
    return given.where(command.c.case_number.in_(_NUMBERS), of)


def _unsorted() -> Select[Any]:
    named = select(tray_case.c.tray).where(tray_case.c.tray == tray.c.number).exists()
    return (
        select(literal("unsorted"), _NO_CASE, _NO_NUMBER, func.count(), tray.c.arrived_at)
        .where(tray.c.cleared_at.is_(None), tray.c.state.in_(_LYING), ~named)
        .group_by(tray.c.arrived_at)
    )


_LOOK = union_all(
    _pages(),
    _tray_pages(),
    _orders("waiting", command.c.outcome.is_(None)),
    # What is set aside is not registered either, whatever somebody meant to do with it.
    _orders("set_aside", (command.c.outcome == "set_aside") & command.c.transition.in_(RECEIVES)),
    _unsorted(),
)


def look(db: Connection, loaded: Sequence[Loaded], office: Office) -> dict[str, InHouse]:
    """Return what lies in the house of each of these cases, by number."""
    given = {"ids": [one.row.id for one in loaded], "numbers": [one.row.number for one in loaded]}
    found: dict[tuple[str, object], list[Row[Any]]] = defaultdict(list)
    for row in db.execute(_LOOK, given):
        found[row.what, row.number or row.case_id].append(row)
    days = tuple(sorted({office.calendar.today(row.at) for row in found["unsorted", None]}))
    return {
        one.row.number: InHouse(
            pages=sum(row.many for row in found["page", one.row.id] if _of_this_round(row, one)),
            tray=sum(row.many for row in found["tray", one.row.id]),
            orders=len(found["waiting", one.row.number])
            + sum(1 for row in found["set_aside", one.row.number] if _of_this_round(row, one)),
            unsorted=days,
        )
        for one in loaded
    }


def _of_this_round(row: Row[Any], one: Loaded) -> bool:
    """Whether it came since the round began: what came before was registered, or the case would not wait again.

    Where a bill is waited for, it is the bill that began it: the forms came before, and were registered and verified.
    """
    bill = (one.row.facts.get("account") or {}).get("bill") if one.row.state == "id_verified" else None
    began = max((letter.ordered_at for letter in one.kept if _begins(letter, bill, one)), default=None)
    return began is None or bool(row.at >= began)


def _begins(letter: Row[Any], bill: Mapping[str, Any] | None, one: Loaded) -> bool:
    if bill is not None:
        return bool(letter.number == bill["letter"])
    return bool(letter.round == one.row.facts["rounds"])
