"""What is known of a case the moment it is opened: its hold, its links, whether it came word for word before.

Why it is held and what lifts that is said by its procedure, with the outcome (`told`); here stand the facts beside it.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from models import case as cases
from models import command as commands
from models.keys import KeyMissing, SealBroken
from services.engine.office import Office
from services.reports.worklist import hold_of, shown_hold
from workflows.engine.case import Case
from workflows.registry import opens

MANY = 500
"""How many cases one query asks for."""

_CASES = select(cases.case.c.number, cases.case.c.hold, cases.case.c.facts).where(
    cases.case.c.number.in_(bindparam("numbers", expanding=True))
)
_ORDERS = (
    select(commands.command)
    .where(
        commands.command.c.case_number.in_(bindparam("numbers", expanding=True)), commands.command.c.outcome == "done"
    )
    .order_by(commands.command.c.id)
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A case just opened: its hold as reports show it, the cases it is linked to, and the first that says the same."""

    hold: dict[str, Any] | None
    linked: tuple[str, ...]
    same_as: str | None = None

    @property
    def document(self) -> dict[str, Any]:
        """As programs read it."""
        return {"hold": self.hold, "linked": list(self.linked), "same_as": self.same_as}


def of_cases(db: Connection, numbers: Collection[str]) -> dict[str, Opened]:
    """Return what is known of these cases."""
    wanted, found = sorted(set(numbers)), dict[str, Opened]()
    for start in range(0, len(wanted), MANY):
        for row in db.execute(_CASES, {"numbers": wanted[start : start + MANY]}):
            found[row.number] = Opened(hold_of(row.hold), tuple(row.facts.get("linked", ())))
    return found


def of_case(db: Connection, number: str, office: Office) -> Opened | None:
    """Return what is known of one case, and whether one it is linked to was opened by the very same words."""
    found = of_cases(db, [number]).get(number)
    if found is None or not found.linked:
        return found
    return Opened(found.hold, found.linked, _same_as(db, number, found.linked, office))


def would_be(after: Case) -> Opened:
    """Return what would be known of a case that was not opened; *after* is how it would stand."""
    return Opened(shown_hold(after.hold), tuple(getattr(after, "linked", ())))


def _same_as(db: Connection, number: str, linked: Sequence[str], office: Office) -> str | None:
    orders = [
        row for row in db.execute(_ORDERS, {"numbers": [number, *linked]}) if opens(row.case_number, row.transition)
    ]
    said = {row.case_number: _said(row, office) for row in orders}
    mine = said.get(number)
    return next((other for other in linked if mine is not None and said.get(other) == mine), None)


def _said(row: Row[Any], office: Office) -> Any:
    try:
        return json.loads(office.keys.get(row.case_number).open("command", "sealed", row.key, row.sealed))
    except (KeyMissing, SealBroken, ValueError):
        return None
