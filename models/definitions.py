"""Which versions of each procedure were ever in force, in which shape: asked by a start, recorded by a migration too.

A release without a migration is seen by nothing but its version. So the definitions are recorded with the migration,
before anybody can give an order that only the new code knows: old workers then leave alone what they do not understand.
"""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, func, select, type_coerce

from models.base import Moment, upserting_insert
from models.case import case
from models.office import definition
from workflows.engine.machine import Machine
from workflows.registry import procedures

_NEWEST = select(func.max(definition.c.version)).where(definition.c.name == bindparam("name"))


def newest(db: Connection, name: str) -> int | None:
    """Return the newest version of a definition that was ever in force."""
    found: int | None = db.execute(_NEWEST, {"name": name}).scalar_one()
    return found


def recorded(db: Connection, name: str) -> list[Row[Any]]:
    """Return the recorded versions of a definition, the oldest first."""
    return list(db.execute(select(definition).where(definition.c.name == name).order_by(definition.c.version)))


def stranding(db: Connection, machine: Machine[Any]) -> list[str]:
    """Return the states of recorded versions in which the machine could not move a case any more."""
    shapes = [row.shape for row in recorded(db, machine.name)]
    known = {name for shape in shapes for name, state in shape["states"].items() if not state["closed"]}
    return sorted(name for name in known if name not in machine.states or machine.states[name].closed)


def has_open_cases(db: Connection, name: str, state: str) -> bool:
    """Whether any open case of that procedure stands in that state."""
    found = exists().where(case.c.open, case.c.definition == name, case.c.state == state)
    return bool(db.execute(select(found)).scalar_one())


def record_newer(db: Connection) -> None:
    """Record each definition of this code that is newer than those in force; safe to call by many at once.

    One that no worker would start under is left out: it may still be mended under its number.
    """
    for machine in (each.machine for each in procedures()):
        latest = newest(db, machine.name)
        if latest is not None and latest >= machine.version:
            continue
        if any(has_open_cases(db, machine.name, state) for state in stranding(db, machine)):
            continue
        row = {
            "name": machine.name,
            "version": machine.version,
            "fingerprint": machine.fingerprint,
            "shape": machine.shape(),
            "recorded_at": db.execute(select(type_coerce(func.current_timestamp(), Moment))).scalar_one(),
        }
        db.execute(upserting_insert(db, definition).values(row).on_conflict_do_nothing())
