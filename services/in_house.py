"""What lies in the house of a case and nobody has registered: one statement, asked for the clock's steps alone.

The clock must not say that nothing came while something lies there: scanned pages of the case, pages in the tray that
bear its code or number, orders that wait or were set aside, and pages in the tray that might be anybody's.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BindParameter,
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
from services.office import Office
from workflows.case import InHouse

if TYPE_CHECKING:
    from services.loading import Loaded

RECEIVES = ("receive_forms", "reopen")
_LYING = ("arriving", "waiting")
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_NUMBERS: BindParameter[Any] = bindparam("numbers", expanding=True)
_AT = cast(null(), Moment)


def _pages() -> Select[Any]:
    return (
        select(
            literal("page").label("what"),
            scan_page.c.case_id.label("case_id"),
            cast(null(), Text).label("number"),
            scan_page.c.round.label("round"),
            scan_page.c.sort.label("sort"),
            func.count().label("many"),
            func.max(scan_page.c.scanned_at, type_=Moment).label("at"),
        )
        .where(scan_page.c.case_id.in_(_IDS), scan_page.c.state.in_(["arriving", "kept"]))
        .group_by(scan_page.c.case_id, scan_page.c.round, scan_page.c.sort)
    )


def _tray_pages() -> Select[Any]:
    return (
        select(
            literal("tray"), tray_case.c.case_id, cast(null(), Text), cast(null(), Integer), cast(null(), Text),
            func.count(), _AT,
        )
        .join(tray, tray.c.number == tray_case.c.tray)
        .where(tray_case.c.case_id.in_(_IDS), tray.c.cleared_at.is_(None), tray.c.state.in_(_LYING))
        .group_by(tray_case.c.case_id)
    )  # fmt: skip


def _orders() -> Select[Any]:
    # What is set aside is not registered either, whatever somebody meant to do with it.
    lost = (command.c.outcome == "set_aside") & command.c.transition.in_(RECEIVES)
    return select(
        literal("order"), cast(null(), Integer), command.c.case_number, cast(null(), Integer), command.c.outcome,
        literal(1), command.c.office_at,
    ).where(command.c.case_number.in_(_NUMBERS), command.c.outcome.is_(None) | lost)  # fmt: skip


def _unsorted() -> Select[Any]:
    named = select(tray_case.c.tray).where(tray_case.c.tray == tray.c.number).exists()
    return (
        select(
            literal("unsorted"), cast(null(), Integer), cast(null(), Text), cast(null(), Integer), cast(null(), Text),
            func.count(), tray.c.arrived_at,
        )
        .where(tray.c.cleared_at.is_(None), tray.c.state.in_(_LYING), ~named)
        .group_by(tray.c.arrived_at)
    )  # fmt: skip


_LOOK = union_all(_pages(), _tray_pages(), _orders(), _unsorted())


def look(db: Connection, loaded: "Sequence[Loaded]", office: Office) -> dict[str, InHouse]:
    """Return what lies in the house of each of these cases, by number."""
    given = {"ids": [one.row.id for one in loaded], "numbers": [one.row.number for one in loaded]}
    rows = list(db.execute(_LOOK, given))
    days = tuple(sorted({office.calendar.today(row.at) for row in rows if row.what == "unsorted"}))
    found: dict[tuple[str, object], list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.what, row.number if row.what == "order" else row.case_id].append(row)
    return {
        one.row.number: InHouse(
            pages=sum(row.many for row in found["page", one.row.id] if _unregistered(row, one)),
            tray=sum(row.many for row in found["tray", one.row.id]),
            orders=sum(1 for row in found["order", one.row.number] if _open(row, one)),
            unsorted=days,
        )
        for one in loaded
    }


def _unregistered(row: Row[Any], one: "Loaded") -> bool:
    """Whether these pages came since the round began: what came before was registered, or the case would not wait.

    A form of an earlier round that comes late counts too; a copy assigned late to an earlier round does not.
    """
    since = _round_began(one)
    return row.round == one.row.rounds or (row.sort != "document" and since is not None and row.at >= since)


def _open(row: Row[Any], one: "Loaded") -> bool:
    """Whether the order still waits, or was set aside since the round began."""
    since = _round_began(one)
    return row.sort is None or since is None or row.at >= since


def _round_began(one: "Loaded") -> datetime | None:
    began: list[datetime] = [letter.ordered_at for letter in one.letters if letter.round == one.row.rounds]
    return max(began, default=None)
