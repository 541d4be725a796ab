"""What the tests of putting right look at: a case's deadlines, its letters, its last row."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from models import case as cases
from models import history
from models.letter import letter
from models.session import reading
from models.timer import timer
from services.engine.loading import load
from services.request.loading import matter
from tests.office import TestOffice
from workflows.request.case import Case
from workflows.request.values import Correction


def deadlines(office: TestOffice, case: str) -> dict[str, tuple[int, datetime]]:
    """Return (how many-th firing, when) of each deadline of a case by its name."""
    rows = office.ask(select(timer).where(timer.c.case_id == office.case(case).id))
    return {row.name: (row.fire_no, row.due_at) for row in rows}


def overdue(office: TestOffice, case: str) -> bool:
    """Whether a date of the law runs for a case that has passed."""
    at = office.case(case).legal_at
    return at is not None and at <= office.now


def states_of(office: TestOffice, case: str) -> dict[str, str]:
    """Return the state of each letter of a case by kind and how many-th it is: ``{"01 request_forms": "posted"}``."""
    rows = office.ask(select(letter).where(letter.c.case_id == office.case(case).id).order_by(letter.c.id))
    return {f"{row.number[-2:]} {row.kind}": row.state for row in rows}


def last_row(office: TestOffice, case: str) -> Any:
    """Return the newest row of a case's history."""
    with reading(office.engine) as db:
        return history.of_case(db, office.case(case).id)[-1]


def transitions_of(office: TestOffice, case: str) -> list[str]:
    """Return the steps of a case in their order."""
    with reading(office.engine) as db:
        return [row.transition for row in history.of_case(db, office.case(case).id)]


def view(office: TestOffice, case: str) -> Case:
    """Return the case as the rules see it, its papers too."""
    with reading(office.engine) as db:
        row = cases.find(db, case)
        assert row is not None
        found: Case = load(db, [row], office.at(db), {"receive_again"})[case].case
    return found


def code_state(office: TestOffice, case: str, round_: int = 1) -> str:
    """Return what the code of a round's mailing is."""
    rows = office.ask(
        "SELECT state FROM form_code WHERE case_id = :case AND round = :round ORDER BY id",
        case=office.case(case).id,
        round=round_,
    )
    return str(rows[-1].state)


def claims_of(office: TestOffice, case: str) -> tuple[Correction, ...]:
    """Return what is kept of the corrections that are asked for."""
    with reading(office.engine) as db:
        return matter(office.case(case), office.at(db)).corrections
