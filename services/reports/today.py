"""The day's page: what arrived, what is to be done and by whom, whose hold ends, what the law wants this week.

Everything is counted from indexes and as far as `MOST` only, and of what is listed the first few are read: however many
cases there are, it takes as long.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal, select, union_all

from models.case import ENDS_BY_ITSELF, OPEN, TO_DO, UNDER_THE_LAW
from models.case import case as cases
from models.incident import UNREAD, notice
from models.letter import UNPOSTED, letter
from models.scan import IN_TRAY, tray
from services.engine.moments import iso
from services.engine.office import Office
from services.letters.post import overdue_before
from services.office import absences
from services.office.staff import Asker
from services.reports.worklist import Wanted, hold_of, lines_of, worklist
from workflows.engine.jobs import Todo
from workflows.letters import LetterState

MOST = 1000
"""As far as anything is counted: who has more than that to do asks a list."""
FEW = 5
WEEK = timedelta(days=7)
_FIRST_CASE = select(cases.c.id).where(cases.c.id > 0).order_by(cases.c.id).limit(1)


def today(db: Connection, office: Office, who: Asker) -> dict[str, Any]:
    """Return the day as plain data; a count of `MOST` means that many or more."""
    mine = absences.stood_for(db, who.staff, office)
    day = office.calendar.today(office.now)
    return {
        "at": iso(office.now, office),
        "working_day": office.calendar.is_open(day),
        "who": {"name": who.staff, "roles": [str(role) for role in who.roles], "stands_in_for": mine[1:]},
        "counted_to": MOST,
        "any_cases": db.execute(_FIRST_CASE).first() is not None,
        "todos": _todos(db, office, mine),
        "mine": worklist(db, office, Wanted(owners=mine, most=FEW)),
        "arrived": _arrived(db, office),
        "letters": _letters(db, office),
        "holds": _holds(db, office),
        "law": _law(db, office),
        "notices": _notices(db),
        "away": [absences.told(row) for row in absences.everybody(db, day) if row.first <= day],
    }


def _counted(*conditions: ColumnElement[bool]) -> Any:
    """Return the number of cases for which these hold, as far as it is counted."""
    return select(func.count()).select_from(select(cases.c.id).where(*conditions).limit(MOST).subquery())


def _todos(db: Connection, office: Office, mine: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return for each job in how many cases it is next: in all, past its term, in my hands, in nobody's."""
    asked = []
    late = (cases.c.pressing, cases.c.press_at <= office.now)
    for todo in Todo:
        this = (TO_DO, cases.c.todo == str(todo))
        hands = sum((_counted(*this, cases.c.owner == name).scalar_subquery() for name in mine[1:]),
                    start=_counted(*this, cases.c.owner == mine[0]).scalar_subquery())  # fmt: skip
        asked.append(
            select(
                literal(str(todo)).label("todo"),
                _counted(*this).scalar_subquery().label("all"),
                _counted(*this, *late).scalar_subquery().label("overdue"),
                hands.label("mine"),
                _counted(*this, cases.c.owner.is_(None)).scalar_subquery().label("unassigned"),
            )
        )
    return {
        row.todo: {"all": row.all, "overdue": row.overdue, "mine": row.mine, "unassigned": row.unassigned}
        for row in db.execute(union_all(*asked))
    }


def _arrived(db: Connection, office: Office) -> dict[str, int]:
    """Return how many pages wait in the tray, and how many of them for more than a working day."""
    waiting = select(tray.c.scanned_at).where(IN_TRAY, tray.c.state == "waiting").limit(MOST).subquery()
    late = func.count().filter(waiting.c.scanned_at < overdue_before(office))
    row = db.execute(select(func.count().label("all"), late.label("late")).select_from(waiting)).one()
    return {"tray": row.all, "tray_late": row.late}


def _letters(db: Connection, office: Office) -> dict[str, int]:
    """Return how many letters are to be printed and to be posted, and how many should have been posted by now."""
    lying = select(letter.c.state, letter.c.made_at).where(UNPOSTED).limit(MOST).subquery()
    late = func.count().filter(lying.c.made_at < overdue_before(office))
    rows = db.execute(select(lying.c.state, func.count().label("all"), late.label("late")).group_by(lying.c.state))
    found = {row.state: row for row in rows}
    return {
        "print": sum(found[state].all for state in (LetterState.ORDERED, LetterState.MADE) if state in found),
        "post": found[LetterState.PRINTED].all if LetterState.PRINTED in found else 0,
        "late": sum(row.late for row in found.values()),
    }


def _holds(db: Connection, office: Office) -> dict[str, Any]:
    """Return the holds that end within a week, the first ones, and whether there are more."""
    until = office.calendar.today(office.now + WEEK)
    asked = select(cases.c.number, cases.c.hold, cases.c.owner, cases.c.hold_until).where(
        OPEN, ENDS_BY_ITSELF, cases.c.hold_until <= until
    )
    rows = list(db.execute(asked.order_by(cases.c.hold_until, cases.c.id).limit(FEW + 1)))
    lines = [{"case": row.number, **(hold_of(row.hold) or {}), "owner": row.owner} for row in rows[:FEW]]
    return {"lines": lines, "more": len(rows) > FEW}


def _law(db: Connection, office: Office) -> dict[str, Any]:
    """Return what the law wants within a week or wanted before, the first days first, and whether there is more."""
    soon: Select[Any] = select(cases.c.number).where(UNDER_THE_LAW, cases.c.legal_at <= office.now + WEEK)
    numbers = list(db.execute(soon.order_by(cases.c.legal_at, cases.c.id).limit(FEW + 1)).scalars())
    return {"lines": lines_of(db, office, numbers[:FEW]), "more": len(numbers) > FEW}


def _notices(db: Connection) -> dict[str, int]:
    """Return how many notices nobody has read, by role; what was told of one case for one reason counts once."""
    told = select(notice.c.role, notice.c.code, notice.c.case_number).where(UNREAD).distinct().limit(MOST).subquery()
    return {
        row.role: row.all for row in db.execute(select(told.c.role, func.count().label("all")).group_by(told.c.role))
    }
