"""Which SQLite driver the house uses: a wheel with a sound library where there is one, else the standard library's."""

from importlib import import_module
from types import ModuleType

SOUND = (3, 51, 3)
"""Libraries before this one, from 3.7.0 on, can corrupt a WAL database with two connections (the WAL-reset bug)."""


def sqlite_driver() -> ModuleType:
    """Return the driver module (DB-API 2)."""
    try:
        return import_module("pysqlite3.dbapi2")
    except ImportError:
        return import_module("sqlite3")


def journal_of(driver: ModuleType) -> str:
    """Return the journal mode this library may be trusted with."""
    return "WAL" if driver.sqlite_version_info >= SOUND else "DELETE"
