"""Who works here: how a login becomes a member of staff, how members come and go. The office's log has every change."""

import os
import pwd
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, text, update

from clock import machine_now
from models import case as cases
from models import founding, mail, staff
from workflows.engine.values import Actor, Reason, Role
from workflows.names import folded, name_fault

ROLES = tuple(role for role in Role if role is not Role.SYSTEM)
_DATABASE_LOGIN = text("SELECT session_user")
_HAS_LOGIN = text("SELECT 1 FROM pg_roles WHERE rolname = :name AND rolcanlogin")


class NoSuchPerson(LookupError):
    """Nobody of that name works here."""


class LastLead(ValueError):
    """An office without a lead could never be mended from inside."""


class BadRoles(ValueError):
    """Roles that do not go together; ``reason`` says why, and what would work."""

    def __init__(self, reason: Reason) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__(reason.code)


class BadName(ValueError):
    """A name that nobody may have; ``reason`` says why, and what would work."""

    def __init__(self, reason: Reason) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__(reason.code)


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
        """Whether the person has any role in the office itself."""
        return bool(self.roles - {Role.HOLDER})

    @property
    def holds_only(self) -> bool:
        """Whether the person is of another department and answers what that one is asked, no more."""
        return self.roles == {Role.HOLDER}

    def is_lead(self) -> bool:
        """Whether the person is a lead."""
        return Role.LEAD in self.roles


def os_login() -> str:
    """Return who is logged in: by the user id, because environment variables say what one likes."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container may run under a number that has no name
        return f"uid-{os.getuid()}"


def session_login(db: Connection) -> str | None:
    """Return the login the database itself vouches for; None on SQLite, which knows none."""
    return None if db.dialect.name != "postgresql" else str(db.execute(_DATABASE_LOGIN).scalar_one())


def is_personal(db: Connection) -> bool:
    """Whether the database itself knows who asks: a personal login gives orders, and workers carry them out."""
    session = session_login(db)
    return session is not None and (session, "database") not in founding.service_logins(db)


def identify(db: Connection, login: str, as_name: str | None) -> Asker:
    """Return who asks: somebody without any role where the login is nobody's here.

    *login* is the operating system's. On PostgreSQL the database vouches for its own logins, so under a personal one
    that one asks, whoever the process says it is. Under a login of the service's the operating system's counts, unless
    that is the service's too, or a person's who has a database login to ask under. Logins are compared exactly, as the
    machine and the database compare them; a typed *as_name* as a reader does.

    Raises:
        NoSuchPerson: nobody is called *as_name*.
    """
    roles = {row.name: _roles(row) for row in staff.roles(db)}
    own, counts = _login(db, login)
    if as_name is None or as_name == own:
        return Asker(own, own, roles.get(own, frozenset()) if counts else frozenset())
    name = _named(roles, as_name)
    if not roles[name]:
        raise NoSuchPerson(as_name)
    return Asker(f"{name} (by {own})", name, roles[name])


def _login(db: Connection, login: str) -> tuple[str, bool]:
    """Return the login that asks, and whether it may be anybody."""
    session = session_login(db)
    if session is None:
        return login, True
    service = founding.service_logins(db)
    if (session, "database") not in service:
        return session, True
    return login, (login, "machine") not in service and not _has_database_login(db, login)


def _has_database_login(db: Connection, name: str) -> bool:
    return db.execute(_HAS_LOGIN, {"name": name}).first() is not None


def _is_the_services(db: Connection, name: str) -> bool:
    """Whether the only login of that name is one of the service's."""
    service = founding.service_logins(db)
    return (name, "database") in service or ((name, "machine") in service and not _has_database_login(db, name))


def _named(names: Iterable[str], typed: str) -> str:
    """Return the name meant by what somebody typed. Raises NoSuchPerson."""
    known = list(names)
    for name in known:
        if typed == name:
            return name
    for name in known:
        if folded(name) == folded(typed):
            return name
    raise NoSuchPerson(typed)


def member(db: Connection, typed: str) -> str:
    """Return the name of somebody who works here, as it is written here. Raises NoSuchPerson."""
    return _named((row.name for row in staff.everybody(db) if row.active), typed)


def first_lead(db: Connection, name: str, by: str, now: datetime) -> None:
    """Write the lead an office is founded with."""
    _write(db, name, [Role.LEAD], by, now)


def add(
    db: Connection, name: str, roles: Iterable[Role], by: Asker, now: datetime, *, department: str | None = None
) -> list[Role]:
    """Give a person exactly these roles, whoever they were before; return them in the order of the procedure.

    Raises:
        BadRoles: a holder answers for one *department* and has no other role, and nobody else is of one.
        BadName: nobody may have the name, or it is a login of the service's.
        LastLead: the office would be left without a lead.
    """
    # In turn, so that of two names that look alike, written at once, one is refused.
    staff.in_turn(db)
    if fault := name_fault(name, [row.name for row in staff.everybody(db)]):
        raise BadName(fault)
    if _is_the_services(db, name):
        raise BadName(Reason("name.service", {"name": name}))
    given: list[Role] = [role for role in ROLES if role in set(roles)]
    if (Role.HOLDER in given) != (department is not None) or (department is not None and len(given) > 1):
        raise BadRoles(Reason("staff.holder_alone"))
    if Role.LEAD not in given:
        _keep_a_lead(db, name)
    _write(db, name, given, by.name, now, department)
    return given


def remove(db: Connection, name: str, by: Asker, now: datetime) -> str:
    """Take all roles from a person; return their name, which stays, because the history names it.

    Raises:
        NoSuchPerson: nobody of that name works here.
        LastLead: the office would be left without a lead.
    """
    name = member(db, name)
    _keep_a_lead(db, name)
    db.execute(update(staff.staff).where(staff.staff.c.name == name).values(active=False, email=None, language=None))
    mail.forget(db, name, machine_now(db))
    staff.log(db, now, "staff_removed", by.name, {"name": name})
    return name


def assign(db: Connection, number: str, name: str, by: Asker, now: datetime) -> str:
    """Put a case into somebody's hands; return their name as it is written here.

    Raises:
        NoSuchPerson: nobody of that name works here.
    """
    name = member(db, name)
    (case,) = cases.lock(db, [number]).values()
    cases.write(db, [{"key_id": case.id, "key_seq": case.seq, "owner": name}])
    staff.log(db, now, "case_assigned", by.name, {"case": number, "owner": name, "before": case.owner})
    return name


def everyone(db: Connection) -> list[dict[str, Any]]:
    """Return all members of staff with their roles."""
    return [
        {
            "name": row.name,
            "roles": list(row.roles),
            "active": row.active,
            "department": row.department,
            "email": row.email,
            "language": row.language,
            "added_at": row.added_at,
            "added_by": row.added_by,
        }
        for row in staff.everybody(db)
    ]


def mailed(db: Connection, name: str, address: str | None, language: str | None, by: Asker, now: datetime) -> str:
    """Write where mail to a person goes, None for nowhere; return their name. The log does not hold the address.

    What the server refused for the old address is sent to the new one; where there is none, what waits is dropped.

    Raises:
        NoSuchPerson: nobody of that name works here.
    """
    name = member(db, name)
    db.execute(update(staff.staff).where(staff.staff.c.name == name).values(email=address, language=language))
    if address is None:
        mail.forget(db, name, machine_now(db))
    else:
        mail.again(db, name)
    staff.log(db, now, "staff_mail", by.name, {"name": name, "mailed": address is not None, "language": language})
    return name


def _keep_a_lead(db: Connection, leaving: str) -> None:
    others = [row for row in staff.everybody(db) if row.name != leaving and Role.LEAD in _roles(row)]
    if not others:
        raise LastLead(leaving)


def _write(db: Connection, name: str, roles: list[Role], by: str, now: datetime, department: str | None = None) -> None:
    from models.office import upsert

    row = {"name": name, "roles": [str(role) for role in roles], "active": True, "department": department}
    if staff.named(db, [name]):
        upsert(db, staff.staff, {**row, "added_at": now, "added_by": by}, ["name"])
    else:
        db.execute(insert(staff.staff), {**row, "added_at": now, "added_by": by})
    of = {} if department is None else {"department": department}
    staff.log(db, now, "staff_added", by, {"name": name, "roles": [str(role) for role in roles], **of})


def _roles(row: Any) -> frozenset[Role]:
    return frozenset(Role(role) for role in row.roles) - {Role.SYSTEM} if row.active else frozenset()
