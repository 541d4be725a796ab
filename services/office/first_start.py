"""How far the guided first start of an office came, and whether the people in it are enough for four eyes."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from models import staff
from services.engine.office import Office
from services.office.staff import Asker
from workflows.engine.values import Role

LOGGED = "first_start"
"""What a row of the office's log is called that tells of a part that was gone through."""
WORKING = (Role.CLERK, Role.VERIFIER, Role.APPROVER)
_PARTS = select(staff.office_event.c.details).where(staff.office_event.c.what == LOGGED)


def gone_through(db: Connection) -> frozenset[str]:
    """Return the parts that somebody has gone through here."""
    return frozenset(row.details["part"] for row in db.execute(_PARTS))


def note(db: Connection, part: str, who: Asker, office: Office) -> None:
    """Record that a part was gone through; once."""
    if part not in gone_through(db):
        staff.log(db, office.now, LOGGED, who.name, {"part": part})


def roles(db: Connection) -> Mapping[str, frozenset[Role]]:
    """Return who works here, with their roles."""
    return {row.name: frozenset(map(Role, row.roles)) for row in staff.everybody(db) if row.active}


def lacking(people: Iterable[frozenset[Role]]) -> list[Role]:
    """Return the roles that nobody has; the approver's too where whoever has it is the only one to verify.

    Whoever releases an answer is never the one who verified or decided it.
    """
    held = list(people)
    missing = [role for role in WORKING if not any(role in each for each in held)]
    verify, release = ([n for n, each in enumerate(held) if role in each] for role in (Role.VERIFIER, Role.APPROVER))
    if verify and verify == release and len(verify) == 1:
        missing.append(Role.APPROVER)
    return missing
