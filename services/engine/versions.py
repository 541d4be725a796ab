"""Which version of each procedure is in force, and whether this code is older: then it judges nothing newer."""

from typing import Any

from sqlalchemy import Connection, Row, func, select, text

from models import office
from models.migrations import known as known_revisions
from services.engine.trouble import Newer
from workflows.registry import known

_NEWEST_OF_ALL = select(office.definition.c.name, func.max(office.definition.c.version).label("newest")).group_by(
    office.definition.c.name
)
_REVISION = text("SELECT version_num FROM alembic_version")


class OlderDefinition(office.DefinitionChanged, Newer):
    """A newer version of the definition is in force than this code knows."""


def must_be_ours(row: Row[Any]) -> None:
    """Return where this code knows the version a case is under. Raises OlderDefinition: it must not be touched."""
    mine = dict(known()).get(row.definition)
    if mine is None or row.version > mine:
        under = f"version {row.version} of {row.definition}"
        raise OlderDefinition(f"{row.number} is under {under}, this code has {mine or 'none'}")


def outdated(db: Connection) -> bool:
    """Whether newer code works on this database: what this code does not understand may be its."""
    versions = {row.name: row.newest for row in db.execute(_NEWEST_OF_ALL)}
    mine = dict(known())
    if any(newest > mine.get(name, 0) for name, newest in versions.items()):
        return True
    # What lies open in a row has the form its migration gave it.
    return any(revision not in known_revisions() for revision in db.execute(_REVISION).scalars())
