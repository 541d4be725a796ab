"""What is armed for a case, and what has fired."""

from datetime import datetime

from tests.office import TOKYO, TestOffice


def armed(office: TestOffice, case: str) -> dict[str, tuple[int, datetime]]:
    """Return the fire number and the office's moment of each timer of a case."""
    from sqlalchemy import select

    from models.timer import timer

    of = select(timer.c.name, timer.c.fire_no, timer.c.due_at).where(timer.c.case_id == office.case(case).id)
    return {row.name: (row.fire_no, row.due_at.astimezone(TOKYO)) for row in office.ask(of)}


def tokyo(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=TOKYO)  # type: ignore[misc,arg-type]  # year to minute


def fired(office: TestOffice, case: str) -> list[str]:
    query = (
        'SELECT h.transition FROM history h JOIN "case" c ON c.id = h.case_id'
        " WHERE c.number = :case AND h.actor = 'system' ORDER BY h.seq"
    )
    return [row.transition for row in office.ask(query, case=case)]
