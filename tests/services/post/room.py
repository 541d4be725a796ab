"""What a clerk does in the post room."""

from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from models import case as cases
from models.letter import letter
from services.letters import printing
from services.letters.printing import Printed
from tests.office import CLERK, TestOffice
from workflows.engine.values import Actor, Role
from workflows.request.payloads import Amend

SATO = Actor(CLERK, frozenset({Role.CLERK}))
MOVED = Amend(why="moved", subject={"address": "東京都千代田区千代田9-9"})


def printed(office: TestOffice, numbers: list[str] | None, folder: Path, **more: Any) -> Printed:
    return printing.print_letters(numbers, folder, SATO, office.unit, office.engine, language="ja", **more)


def made(office: TestOffice, *, typeset: bool = False, **changes: Any) -> str:
    """Return a case whose first letter is made, typeset where the test reads it."""
    case = office.opened(**changes)
    office.make_letters(case, typeset=typeset)
    return case


def letters_of(office: TestOffice, case: str) -> list[Row[Any]]:
    of_case = select(letter).join(cases.case, cases.case.c.id == letter.c.case_id).where(cases.case.c.number == case)
    return office.ask(of_case.order_by(letter.c.id))


def states(office: TestOffice, case: str) -> list[str]:
    return [row.state for row in letters_of(office, case)]
