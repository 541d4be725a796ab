"""Who works here: how a login becomes a member of staff, how members come and go. The office's log has every change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, text, update

from models import case as cases
from models import staff
from workflows.machine import Actor
from workflows.values import Role

ROLES = tuple(role for role in Role if role is not Role.SYSTEM)
_DATABASE_LOGIN = text("SELECT session_user")


class NoSuchPerson(LookupError):
    """Nobody of that name works here."""


class LastLead(ValueError):
    """An office without a lead could never be mended from inside."""


class BadName(ValueError):
    """A name that nobody may have."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who gives an order: ``name`` is recorded, ``staff`` the member whose roles count."""

    name: str
    staff: str
    roles: frozenset[Role]

    @property
    def actor(self) -> Actor:
        """The person as the rules see them."""
        return Actor(self.name, self.roles)

    @property
    def works_here(self) -> bool:
        """Whether the person has any role."""
        return bool(self.roles)

    def is_lead(self) -> bool:
        """Whether the person is a lead."""
        return Role.LEAD in self.roles


def identify(db: Connection, login: str, as_name: str | None, now: datetime, *, may_write: bool = True) -> Asker:
    """Return who asks; in a new office the first user becomes its lead.

    *login* is the operating system's; on PostgreSQL a personal database login, set by the database, counts instead.

    Raises:
        NoSuchPerson: nobody is called *as_name*.
    """
    everybody = {row.name: row for row in staff.everybody(db)}
    own = _database_login(db, everybody) or login
    if not everybody:
        if may_write:
            _write(db, own, [Role.LEAD], own, now)
        roles = {own: frozenset({Role.LEAD})}
    else:
        roles = {name: _roles(row) for name, row in everybody.items()}
    if as_name is None or as_name == own:
        return Asker(own, own, roles.get(own, frozenset()))
    if as_name not in roles or not roles[as_name]:
        raise NoSuchPerson(as_name)
    return Asker(f"{as_name} (by {own})", as_name, roles[as_name])


def add(db: Connection, name: str, roles: Iterable[Role], by: Asker, now: datetime) -> list[Role]:
    """Give a person exactly these roles, whoever they were before; return them in the order of the procedure.

    Raises:
        BadName: the name is empty, the clock's, or would not fit on a line.
        LastLead: the office would be left without a lead.
    """
    if not name.strip() or name != name.strip() or not name.isprintable() or len(name) > 80:
        raise BadName(name)
    if name.casefold() == "system" or " (by " in name:
        raise BadName(name)
    given: list[Role] = [role for role in ROLES if role in set(roles)]
    if Role.LEAD not in given:
        _keep_a_lead(db, name)
    _write(db, name, given, by.name, now)
    return given


def remove(db: Connection, name: str, by: Asker, now: datetime) -> None:
    """Take all roles from a person; the name stays, because the history names it.

    Raises:
        NoSuchPerson: nobody of that name works here.
        LastLead: the office would be left without a lead.
    """
    row = staff.named(db, [name]).get(name)
    if row is None or not row.active:
        raise NoSuchPerson(name)
    _keep_a_lead(db, name)
    db.execute(update(staff.staff).where(staff.staff.c.name == name).values(active=False))
    staff.log(db, now, "staff_removed", by.name, {"name": name})


def assign(db: Connection, number: str, name: str, by: Asker, now: datetime) -> None:
    """Put a case into somebody's hands.

    Raises:
        NoSuchPerson: nobody of that name works here.
    """
    row = staff.named(db, [name]).get(name)
    if row is None or not row.active:
        raise NoSuchPerson(name)
    (case,) = cases.lock(db, [number]).values()
    cases.write(db, [{"key_id": case.id, "key_seq": case.seq, "owner": name}])
    staff.log(db, now, "case_assigned", by.name, {"case": number, "owner": name, "before": case.owner})


def everyone(db: Connection) -> list[dict[str, Any]]:
    """Return all members of staff with their roles."""
    return [
        {
            "name": row.name,
            "roles": list(row.roles),
            "active": row.active,
            "added_at": row.added_at,
            "added_by": row.added_by,
        }
        for row in staff.everybody(db)
    ]


def _keep_a_lead(db: Connection, leaving: str) -> None:
    others = [row for row in staff.everybody(db) if row.name != leaving and Role.LEAD in _roles(row)]
    if not others:
        raise LastLead(leaving)


def _write(db: Connection, name: str, roles: list[Role], by: str, now: datetime) -> None:
    from models.office import upsert

    row = {"name": name, "roles": [str(role) for role in roles], "active": True}
    if staff.named(db, [name]):
        upsert(db, staff.staff, {**row, "added_at": now, "added_by": by}, ["name"])
    else:
        db.execute(insert(staff.staff), {**row, "added_at": now, "added_by": by})
    staff.log(db, now, "staff_added", by, {"name": name, "roles": [str(role) for role in roles]})


def _roles(row: Any) -> frozenset[Role]:
    return frozenset(Role(role) for role in row.roles) - {Role.SYSTEM} if row.active else frozenset()


def _database_login(db: Connection, everybody: Iterable[str]) -> str | None:
    """Return the database's own login where it is a member of staff, not one the whole office shares."""
    if db.dialect.name != "postgresql":
        return None
    login = str(db.execute(_DATABASE_LOGIN).scalar_one())
    return login if login in set(everybody) else None
