"""Which version of the procedure is in force, and whether this code is older: then it judges nothing newer."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, text

from models import office
from models.migrations import known
from services.engine.trouble import Newer
from workflows.request import request

_NEWEST = select(func.max(office.definition.c.version)).where(office.definition.c.name == bindparam("name"))
_REVISION = text("SELECT version_num FROM alembic_version")


class OlderDefinition(office.DefinitionChanged, Newer):
    """A newer version of the definition is in force than this code knows."""


def newest(db: Connection, name: str) -> int | None:
    """Return the newest version of a definition that was ever in force."""
    found: int | None = db.execute(_NEWEST, {"name": name}).scalar_one()
    return found


def must_be_ours(row: Row[Any]) -> None:
    """Return where this code knows the version a case is under. Raises OlderDefinition: it must not be touched."""
    if row.version > request.version:
        raise OlderDefinition(f"{row.number} is under version {row.version}, this code has {request.version}")


def outdated(db: Connection) -> bool:
    """Whether newer code works on this database: what this code does not understand may be its."""
    version = newest(db, request.name)
    if version is not None and version > request.version:
        return True
    # What lies open in a row has the form its migration gave it.
    return any(revision not in known() for revision in db.execute(_REVISION).scalars())
