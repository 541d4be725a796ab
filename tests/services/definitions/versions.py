"""Versions of the procedure, and what stands of a case under them."""

from collections.abc import Callable
from datetime import date, datetime, time

from sqlalchemy import select

from models import history
from models.timer import timer
from services.engine import upgrades
from services.reports.plan import Plan, plan
from tests.office import MONDAY, TOKYO, TestOffice
from workflows.request.procedure import request

TENTH, FIFTEENTH, TWENTIETH = date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 8)
"""Working days after MONDAY; 2026-11-23 is a holiday."""


def start(office: TestOffice) -> None:
    """Do what a worker does first."""
    with office.writing() as db:
        upgrades.check_start(db, request, MONDAY)


Deploy = Callable[..., None]


def planned(office: TestOffice) -> Plan:
    return plan(office.unit, "request")


def at_opening(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), tzinfo=TOKYO)


def transitions_of(office: TestOffice, case: str) -> list[str]:
    rows = office.ask(
        select(history.history).where(history.history.c.case_id == office.case(case).id).order_by(history.history.c.seq)
    )
    return [row.transition for row in rows]


def timers_of(office: TestOffice, case: str) -> dict[str, tuple[int, datetime]]:
    rows = office.ask(select(timer).where(timer.c.case_id == office.case(case).id))
    return {row.name: (row.fire_no, row.due_at) for row in rows}
