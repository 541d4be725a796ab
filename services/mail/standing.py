"""What stands for one person in the morning: jobs, what is late, what nobody has read yet. Ids and numbers."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from models import search
from models.case import OPEN
from models.case import case as cases
from services.engine.office import Office
from services.office.staff import Asker
from services.reports.notices import notices
from services.reports.today import today
from workflows.engine.values import Role

MOST = 20
"""Lines of a message: whoever has more asks the list."""

_OF_DEPARTMENT = (
    select(cases.c.number, cases.c.facts)
    .join(search.search, search.search.c.case_id == cases.c.id)
    .where(search.search.c.department == bindparam("department"), OPEN, cases.c.state == "asked")
    .order_by(cases.c.id)
    .limit(MOST + 1)
)


def standing(db: Connection, person: Row[Any], office: Office) -> dict[str, Any]:
    """Return what stands for a member of staff (a row of `models.staff`), empty where nothing does."""
    roles = frozenset(Role(role) for role in person.roles)
    if Role.HOLDER in roles:
        return _of_department(db, person.department)
    told = today(db, office, Asker(person.name, person.name, roles))
    leads = Role.LEAD in roles
    todos = {
        todo: {name: counts[name] for name in ("mine", "unassigned", "overdue")}
        for todo, counts in told["todos"].items()
        if counts["mine"] or (leads and (counts["unassigned"] or counts["overdue"]))
    }
    unread = [line for line in notices(db, office, "en", unread=True, most=10 * MOST) if line["role"] in roles]
    lines = [{name: line[name] for name in ("case", "code", "params", "times", "first_at")} for line in unread[:MOST]]
    law = [line["case"] for line in told["law"]["lines"]] if leads else []
    if not (todos or lines or law):
        return {}
    return {"todos": todos, "lines": lines, "more": max(0, len(unread) - MOST), "law": law}


def _of_department(db: Connection, department: str) -> dict[str, Any]:
    found = list(db.execute(_OF_DEPARTMENT, {"department": department}))
    if not found:
        return {}
    asked = [{"case": row.number, "by": row.facts.get("due_on")} for row in found[:MOST]]
    return {"asked": asked, "more": max(0, len(found) - MOST)}
