"""``--where``: the cases that somebody typed, a printed list among them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from commands.context import WRONG, fails, tongue
from commands.office import looking

if TYPE_CHECKING:
    from services.reports.worklist import Wanted


def selected(texts: Sequence[str], definition: str | None = None) -> tuple["Wanted", str]:
    """Return the cases meant and their fixed spelling; ends the call with what is wrong."""
    from services.intake.selection import read_where
    from services.reports.worklist import Wanted

    wanted, spelling = read_where(texts, tongue())
    numbers = _named(wanted.pop("numbers"), wanted.pop("listed"))
    return Wanted(**wanted, numbers=numbers, definition=definition), spelling


def _named(numbers: Sequence[str] | None, listed: int | None) -> Sequence[str] | None:
    """Return the cases that were named: those of a printed list, of these the ones named one by one."""
    if listed is None:
        return numbers
    from services.returns import disposals

    try:
        with looking() as (db, _):
            there = disposals.listed(db, listed)
    except LookupError:
        raise fails(WRONG, "no_such_list", "bulk.no_such_list", list=listed) from None
    return there if numbers is None else [number for number in numbers if number in there]
