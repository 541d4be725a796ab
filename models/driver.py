"""Which SQLite driver the house uses: a wheel with a sound library where there is one, else the standard library's."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

SOUND = (3, 51, 3)
"""Libraries before this one, from 3.7.0 on, can corrupt a WAL database with two connections (the WAL-reset bug)."""


def sqlite_driver() -> ModuleType:
    """Return the driver module (DB-API 2)."""
    try:
        return import_module("pysqlite3.dbapi2")
    except ImportError:
        return import_module("sqlite3")


_OF_THE_DISK = {"full": errno.ENOSPC, "I/O": errno.EIO, "unable to open": errno.EACCES, "readonly": errno.EROFS}


@contextmanager
def writing_to(place: Path) -> Iterator[None]:
    """Turn what SQLite says of the disk on which this file is written into the OSError that it is."""
    driver = sqlite_driver()
    try:
        yield
    except driver.OperationalError as error:
        for said, number in _OF_THE_DISK.items():
            if said in str(error):
                raise OSError(number, os.strerror(number), str(place)) from error
        raise


def journal_of(driver: ModuleType) -> str:
    """Return the journal mode this library may be trusted with."""
    return "WAL" if driver.sqlite_version_info >= SOUND else "DELETE"
