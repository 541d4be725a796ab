"""States of a young office that tests begin with, remembered: the first walk to one is made, every other is a copy.

Most tests open a case, or bring it to where their question begins, in an office in which nothing has happened yet.
What the database, the keystore and the office's folder hold after such a walk is remembered by what was walked, and
put in place where the same is asked of an office that is still as young. The steps of each walk are tried by tests of
their own, and walked once in every process that tests; a test that has put anything of its own in place of a part of
the product walks for itself.
"""

import copy
import filecmp
import functools
import os
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast
from weakref import WeakSet

import pytest
from sqlalchemy import Connection

from lab.letters_sheet import a_letter
from models.driver import sqlite_driver
from models.keys import STORE, Keys
from services.letters import profile, typesetting
from settings import Settings
from tests.lent import carry_out, emptying, newly_lent, rows_of
from workflows.engine.values import Language
from workflows.letters import LetterContent
from workflows.request.values import LetterKind

if TYPE_CHECKING:
    from tests.office import TestOffice

Walk = TypeVar("Walk", bound=Callable[..., Any])
FRESH = 120
"""Seconds for which a state is remembered: what waits for five minutes is trouble, by the machine's clock."""


@dataclass(slots=True)
class _State:
    """What there was after a walk: on SQLite a file, on PostgreSQL statements."""

    # its own number, by which it is known what was walked from it
    number: int
    returned: Any
    database: Path | str
    # rows of the keystore
    keys: list[tuple[Any, ...]]
    # a copy of what else lies in the office's folder; None: nothing does
    files: Path | None
    told: list[str]
    now: datetime | None
    # by the clock of `time.monotonic`
    made: float


@dataclass(slots=True)
class _Memory:
    """What this process remembers, and what it knows of the test that runs."""

    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="mg-")))
    states: dict[Any, _State] = field(default_factory=dict)
    asked: Counter[Any] = field(default_factory=Counter)
    # whether the next office is the first one of its test
    first: bool = False
    # a migrated, empty file of SQLite, of which tests are given copies
    template: Path | None = None
    number: int = 0


@functools.cache
def _memory() -> _Memory:
    return _Memory()


def begin() -> None:
    """Say that a test begins: the first office that it makes is one whose states are remembered."""
    _memory().first = True


def copied_from(template: Path) -> None:
    """Say what the SQLite databases of tests are copies of."""
    _memory().template = template


def forget() -> None:
    """Delete what is remembered."""
    shutil.rmtree(_memory().folder, ignore_errors=True)
    _memory.cache_clear()


def keystore(settings: Settings) -> tuple[Keys, bool]:
    """Return an office's new keystore, and whether it is the one of the states that are remembered.

    Only the first office of a test has that one: two offices do not share their secrets.
    """
    memory, keys = _memory(), Keys(settings.keys)
    if not memory.first or settings.keys.exists():
        keys.make()
        return keys, False
    memory.first = False
    there = memory.folder / "keys"
    if not there.exists():
        Keys(there).make()
    settings.keys.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(there, settings.keys)
    return keys, True


def founded(office: "TestOffice", found: Callable[[], None], *, shared: bool) -> None:
    """Found an office; *shared*: it has the keystore of the states that are remembered."""
    if not shared or not _untouched(office):  # whatever else was written there is not to be copied over
        found()
        return
    memory, key = _memory(), ("founded", office.now, *_what(office))
    if (state := memory.states.get(key)) is None:
        found()
        memory.states[key] = _seen(office, None)
    elif isinstance(state.database, str):
        _put(office, state)
    else:
        shutil.copyfile(state.database, str(office.engine.url.database))
    # Where the database's own clock counts, no state is of the moment at which it is put in place.
    office.young = None if office.now is None else (age(office), 0)


def _untouched(office: "TestOffice") -> bool:
    """Whether a database is as a test was given it."""
    if office.engine.dialect.name == "postgresql":
        return newly_lent(office.url)
    file, template = Path(str(office.engine.url.database)), _memory().template
    alone = not any(file.with_name(f"{file.name}-{part}").exists() for part in ("wal", "shm", "journal"))
    return template is not None and alone and file.exists() and filecmp.cmp(file, template, shallow=False)


def age(office: "TestOffice") -> Any:
    """Return what differs as soon as anything was written into an office's database, by whomever."""
    with office.engine.connect() as db:
        if db.dialect.name == "postgresql":
            return db.exec_driver_sql("SELECT pg_snapshot_xmax(pg_current_snapshot())::text").scalar_one()
        # Asked, not read from the file: closing that undoes this process's locks, and what others write is not seen.
        own = _driver(db)
        told = [own.execute(f"PRAGMA {name}").fetchone()[0] for name in ("data_version", "schema_version")]
        return id(own), own.total_changes, *told


def remembered(walk: Walk) -> Walk:
    """Let a walk be made once, and copied wherever it begins in an office as young, or after the same walks before."""

    @functools.wraps(walk)
    def ready(office: "TestOffice", *args: Any, **changes: Any) -> Any:
        # Another thread may be writing between a look and a copy.
        alone = threading.current_thread() is threading.main_thread()
        if office.young is None or not alone or _replaced() or office.young[0] != age(office):
            return walk(office, *args, **changes)
        memory, began = _memory(), office.young[1]
        key = (began, walk.__module__, walk.__qualname__, repr(args), repr(changes), office.now, *_what(office))
        state = memory.states.get(key)
        if state is not None and time.monotonic() - state.made < FRESH:
            _put(office, state)
            office.young = age(office), state.number
            return copy.deepcopy(state.returned)
        returned = walk(office, *args, **changes)
        memory.asked[key] += 1
        office.young = None
        # What is asked with something of the test's own, or after another walk, may be asked by that test alone.
        if memory.asked[key] > 1 or not (changes or began):
            state = memory.states[key] = _seen(office, copy.deepcopy(returned))
            office.young = age(office), state.number
        return returned

    return cast("Walk", ready)


def _what(office: "TestOffice") -> tuple[Any, ...]:
    says = sorted((name, value) for name, value in os.environ.items() if name.startswith("MADOGUCHI_"))
    apart = ("MADOGUCHI_HOME", "MADOGUCHI_DATABASE_URL", "MADOGUCHI_BROKER_URL")
    told = tuple(pair for pair in says if pair[0] not in apart)
    return type(office).__name__, office.engine.dialect.name, repr(office.founded), told, profile.place().read_bytes()


CARD = (profile, "_path")
"""What a test may put something else in place of: the organisation's card, by whose content a state is known."""


def _replaced() -> bool:
    """Whether the test, or what it stands on, has put anything of its own in place of a part of the product."""
    for patch in _patches:
        parts = [(place, name) for place, name, _ in patch._setattr if not isinstance(place, pytest.Config)]
        if any(part != CARD for part in parts) or any(place is not os.environ for place, *_ in patch._setitem):
            return True
    return False


_patches: WeakSet[Any] = WeakSet()


def watch_patches() -> None:
    """Know from now on of everything that pytest puts in place of something."""
    patch: Any = pytest.MonkeyPatch
    made = patch.__init__

    def noted(self: Any) -> None:
        made(self)
        _patches.add(self)

    patch.__init__ = noted


@functools.cache
def _sheet() -> typesetting.Typeset:
    return typesetting.typeset(a_letter(LetterKind.LAPSE_NOTICE, Language.EN))


def one_for_all(_: LetterContent) -> typesetting.Typeset:
    """Return the same sheet for every letter, which is typeset once."""
    return _sheet()


# -- a state, looked at and put in place ----------------------------------------------------------------------------


def _seen(office: "TestOffice", returned: Any) -> _State:
    memory = _memory()
    memory.number += 1
    here = memory.folder / str(memory.number)
    keys = _in_keystore(office, "SELECT * FROM case_key")
    files = here if _copied(office.settings.home, here) else None
    database: Path | str
    with office.engine.connect() as db:
        if db.dialect.name == "postgresql":
            database = f"{emptying(_driver(db))}; {rows_of(_driver(db))}"
        else:
            database = here.with_suffix(".sqlite3")
            copy = sqlite_driver().connect(database)
            _driver(db).backup(copy)
            copy.close()
    return _State(memory.number, returned, database, keys, files, list(office.told), office.now, time.monotonic())


def _put(office: "TestOffice", state: _State) -> None:
    with office.engine.connect() as db:
        if isinstance(state.database, str):
            carry_out(_driver(db), f"SET LOCAL session_replication_role = replica; {state.database}")
            _driver(db).commit()
        else:
            copy = sqlite_driver().connect(state.database)
            copy.backup(_driver(db))
            copy.close()
    if state.keys:
        marks = ", ".join("?" * len(state.keys[0]))
        _in_keystore(office, f"INSERT OR IGNORE INTO case_key VALUES ({marks})", state.keys)  # noqa: S608 - question marks
    if state.files is not None:
        shutil.copytree(state.files, office.settings.home, dirs_exist_ok=True)
    office.told[:] = state.told
    office.now = state.now


def _driver(db: Connection) -> Any:
    return db.connection.driver_connection


def _in_keystore(office: "TestOffice", sql: str, rows: list[tuple[Any, ...]] | None = None) -> list[tuple[Any, ...]]:
    store = sqlite_driver().connect(office.settings.keys / STORE, isolation_level=None)
    try:
        return list(store.execute(sql) if rows is None else store.executemany(sql, rows))
    finally:
        store.close()


def _copied(home: Path, there: Path) -> bool:
    """Copy what lies in an office's folder beside its keys and its database; return whether anything does."""
    shutil.copytree(home, there, ignore=lambda folder, names: [
        name for name in names if ".sqlite" in name or Path(folder, name) == home / "keys"
    ])  # fmt: skip
    return any(there.iterdir())
