"""Which SQLite driver the house uses: a wheel with a sound library where there is one, else the standard library's."""

from types import ModuleType

SOUND = (3, 51, 3)
"""Libraries from 3.7.0 to the one before can corrupt a WAL database with two or more connections (the WAL-reset bug)."""


def sqlite_driver() -> ModuleType:
    """Return the driver module (DB-API 2)."""
    try:
        import pysqlite3.dbapi2 as driver
    except ImportError:
        import sqlite3 as driver
    return driver


def journal_of(driver: ModuleType) -> str:
    """Return the journal mode this library may be trusted with."""
    return "WAL" if driver.sqlite_version_info >= SOUND else "DELETE"
