"""Who is to be mailed what: at once what leads and departments were told, each working morning what stands.

At once means the first word of something, to a whole circle (the leads, or a department's people), and a circle no more
often than every `PAUSE`: what comes in between goes together. What was told before and nobody has read yet is not
mailed again; the morning's message counts it. A message is ordered, once by its key, in the transaction that marks what
it tells as mailed.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select, update

from clock import machine_now
from models import mail, staff
from models.case import counter
from models.incident import UNMAILED, notice
from models.office import upsert
from services.engine.office import Office
from services.engine.unit import UnitOfWork
from services.mail.standing import standing
from services.reports.notices import kind_of
from workflows.engine.values import Role

PAUSE = timedelta(minutes=10)
FRESH = timedelta(days=1)
"""What was told before that is in the morning's message anyway."""
MOST = 500
MARK = "mail/morning"
"""The counter that holds the last day, as its ordinal, whose mornings' messages were ordered."""

_MARK = select(counter.c.value).where(counter.c.name == MARK)
_NEW: Select[Any] = (
    select(notice).where(UNMAILED, notice.c.at > bindparam("since")).order_by(notice.c.at, notice.c.id).limit(MOST)
)
_SAME = select(notice).where(
    notice.c.read_at.is_(None),
    notice.c.code.in_(bindparam("codes", expanding=True)),
    notice.c.role.in_(bindparam("roles", expanding=True)),
    notice.c.mailed_at.is_not(None),
)
_MAILED = (
    update(notice)
    .where(notice.c.id.in_(bindparam("ids", expanding=True)), notice.c.mailed_at.is_(None))
    .values(mailed_at=bindparam("now"))
    .returning(notice.c.id)
)


def order(unit: UnitOfWork) -> int:
    """Order what is to be mailed now; return how many messages. Nothing where the office names no mail server."""
    with unit.look() as db:
        office = unit.office(db)
        if office.settings.smtp_url is None or not (circles(db, office) or _is_morning(db, office)):
            return 0
    with unit.begin() as db:
        office = unit.office(db)
        people = [row for row in staff.everybody(db) if row.active and row.email is not None]
        told = sum(_tell(db, circle, some, people, office) for circle, some in circles(db, office))
        return told + _morning(db, people, office)


# -- at once --------------------------------------------------------------------------------------------------------


def circle_of(row: Row[Any]) -> str:
    """Return to whom a notice goes: the leads, or the people of one department."""
    return "lead" if row.role == Role.LEAD else f"department/{row.params.get('department')}"


def circles(db: Connection, office: Office) -> list[tuple[str, list[Row[Any]]]]:
    """Return what each circle is to be told now; one that was told something a moment ago is left for later."""
    new = sorted(db.execute(_NEW, {"since": office.now - FRESH}), key=lambda row: (circle_of(row), row.at, row.id))
    if not new:
        return []
    here = machine_now(db)
    found = [(circle, list(some)) for circle, some in groupby(new, circle_of)]
    return [(c, some) for c, some in found if (last := mail.latest(db, c)) is None or last <= here - PAUSE]


def _tell(db: Connection, circle: str, some: Sequence[Row[Any]], people: Sequence[Row[Any]], office: Office) -> int:
    # What another sweep marks in this moment is its to tell: this one waits for it, and finds nothing left.
    marked = set(db.execute(_MAILED, {"ids": [row.id for row in some], "now": office.now}).scalars())
    mine = [row for row in some if row.id in marked]
    lines = [_line(row) for row in _first_words(db, mine)]
    if not lines:
        return 0
    here = machine_now(db)
    return mail.order(
        db,
        [
            {
                "key": f"{circle}/{mine[0].id}/{person.name}", "kind": "at_once", "circle": circle, "name": person.name,
                "ordered_at": here, "office_at": office.now, "says": {"lines": lines}, "state": "waiting",
                "attempts": 0,
            }
            for person in people
            if _belongs(person, circle)
        ],
    )  # fmt: skip


def _belongs(person: Row[Any], circle: str) -> bool:
    if circle == "lead":
        return Role.LEAD in person.roles
    return Role.HOLDER in person.roles and circle == f"department/{person.department}"


def _first_words(db: Connection, some: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Return those that say what nobody was mailed yet, one for each thing said, the newest of it."""
    codes, roles = sorted({row.code for row in some}), sorted({row.role for row in some})
    ids = {row.id for row in some}
    before = {kind_of(row) for row in db.execute(_SAME, {"codes": codes, "roles": roles}) if row.id not in ids}
    newest = {kind_of(row): row for row in some}
    return [row for kind, row in newest.items() if kind not in before]


def _line(row: Row[Any]) -> dict[str, Any]:
    return {"case": row.case_number, "code": row.code, "params": row.params}


# -- in the morning -------------------------------------------------------------------------------------------------


def _is_morning(db: Connection, office: Office) -> bool:
    """Whether the office has opened today and the messages of this morning were not ordered yet."""
    day = office.calendar.today(office.now)
    if not office.calendar.is_open(day) or office.now < office.calendar.opening(day):
        return False
    seen: int | None = db.execute(_MARK).scalar_one_or_none()
    return seen is None or seen < day.toordinal()


def _morning(db: Connection, people: Sequence[Row[Any]], office: Office) -> int:
    if not _is_morning(db, office):
        return 0
    day, here = office.calendar.today(office.now), machine_now(db)
    upsert(db, counter, {"name": MARK, "value": day.toordinal()}, ["name"])
    rows = [
        {
            "key": f"morning/{day.isoformat()}/{person.name}", "kind": "morning", "circle": None, "name": person.name,
            "ordered_at": here, "office_at": office.now, "says": says, "state": "waiting", "attempts": 0,
        }
        for person in people
        if (says := standing(db, person, office))
    ]  # fmt: skip
    return mail.order(db, rows)


# -- to see whether it works ----------------------------------------------------------------------------------------


class NoAddress(LookupError):
    """Nothing is sent to this person."""


def test(db: Connection, name: str, office: Office) -> bool:
    """Order a message that says that it came; return whether it is new. Raises NoAddress."""
    person = staff.named(db, [name])[name]
    if person.email is None:
        raise NoAddress(name)
    here = machine_now(db)
    row: dict[str, Any] = {
        "key": f"test/{here.isoformat()}/{name}", "kind": "test", "circle": None, "name": name, "ordered_at": here,
        "office_at": office.now, "says": {}, "state": "waiting", "attempts": 0,
    }  # fmt: skip
    return mail.order(db, [row]) == 1
