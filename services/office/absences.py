"""Who is away, and who stands in: their cases are on the substitute's list, and four eyes are not touched by it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from models import staff
from models.office import upsert
from models.staff import absence
from services.engine.office import Office
from services.office.staff import Asker, NoSuchPerson, member

_ALL = select(absence).order_by(absence.c.first, absence.c.name)


class NoSubstitute(ValueError):
    """Nobody stands in for themselves."""


class EndsBeforeItBegins(ValueError):
    """The last day away lies before the first, or before today."""


class NotAway(LookupError):
    """The person is not away, and is not to be."""


def away(
    db: Connection, name: str, substitute: str, first: date, last: date | None, by: Asker, office: Office
) -> dict[str, Any]:
    """Write that a person is away from *first* to *last* (None: until it is lifted), and return the absence.

    Raises:
        NoSuchPerson: one of the two does not work here.
        NoSubstitute: both are the same person.
        EndsBeforeItBegins: there is no day of it to come.
    """
    name, substitute = member(db, name), member(db, substitute)
    if name == substitute:
        raise NoSubstitute(name)
    if last is not None and (last < first or last < office.calendar.today(office.now)):
        raise EndsBeforeItBegins(last.isoformat())
    row = {"name": name, "first": first, "last": last, "substitute": substitute, "by": by.name}
    upsert(db, absence, row, ["name"])
    shown = told(row)
    staff.log(
        db, office.now, "staff_away", by.name, {key: shown[key] for key in ("name", "from", "until", "substitute")}
    )
    return shown


def back(db: Connection, name: str, by: Asker, office: Office) -> str:
    """Lift an absence, begun or to come; return the name. Raises NoSuchPerson, NotAway."""
    name = member(db, name)
    if db.execute(delete(absence).where(absence.c.name == name)).rowcount == 0:
        raise NotAway(name)
    staff.log(db, office.now, "staff_back", by.name, {"name": name})
    return name


def gone(db: Connection, name: str) -> list[str]:
    """Take out whatever is written of somebody who leaves; return for whom they stood in."""
    left = list(
        db.execute(select(absence.c.name).where(absence.c.substitute == name).order_by(absence.c.name)).scalars()
    )
    db.execute(delete(absence).where((absence.c.name == name) | (absence.c.substitute == name)))
    return left


def everybody(db: Connection, today: date) -> list[Row[Any]]:
    """Return the absences that are not over, the first to begin first."""
    return [row for row in db.execute(_ALL) if row.last is None or row.last >= today]


def stood_for(db: Connection, name: str, office: Office) -> list[str]:
    """Return whose cases are a person's to look after today: their own, and those of whom they stand in for.

    Whoever stands in and is away as well passes it on to their own substitute.
    """
    today = office.calendar.today(office.now)
    return closure(name, [(row.name, row.substitute) for row in everybody(db, today) if row.first <= today])


def closure(name: str, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Return the person and all whose cases come to them by these (who is away, who stands in)."""
    known, found = list(pairs), [name]
    for one in found:  # grows while it is gone through
        found += [who for who, stands_in in known if stands_in == one and who not in found]
    return found


def told(row: Any) -> dict[str, Any]:
    """Return an absence as plain data."""
    of = row if isinstance(row, dict) else row._asdict()
    return {
        "name": of["name"],
        "from": of["first"].isoformat(),
        "until": None if of["last"] is None else of["last"].isoformat(),
        "substitute": of["substitute"],
        "by": of["by"],
    }


__all__ = [
    "EndsBeforeItBegins", "NoSubstitute", "NoSuchPerson", "NotAway", "away", "back", "closure", "everybody", "gone",
    "stood_for", "told",
]  # fmt: skip
