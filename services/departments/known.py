"""The departments an office may ask, from organisation.toml: ``[[department]]`` with ``code``, ``ja``, ``en``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from services.letters.profile import BadProfile, departments_given, place
from workflows.engine.values import Reason

USUAL_DAYS = 5
"""Working days a department has where the office says nothing else."""
USUAL_TIMEOUT = 60
"""Seconds a program may take."""
KEYS = ("code", "ja", "en", "days", "head", "run", "timeout_s", "sql", "holder")


@dataclass(frozen=True, slots=True)
class Department:
    """One department: how many working days it is given, its ``head`` in words.

    Where a program answers: how it is started (``run``), or what it asks a database (``sql``), within ``timeout_s``
    seconds, and the member of staff in whose name it answers (``holder``).
    """

    code: str
    ja: str
    en: str
    days: int = USUAL_DAYS
    head: str | None = None
    run: tuple[str, ...] = ()
    timeout_s: int = USUAL_TIMEOUT
    sql: Mapping[str, Any] | None = None
    holder: str | None = None

    @property
    def is_program(self) -> bool:
        """Whether a program answers and not people."""
        return bool(self.run) or self.sql is not None

    def name(self, language: str) -> str:
        """Return its name in ``ja`` or ``en``."""
        return self.ja if language == "ja" else self.en


def departments() -> Mapping[str, Department]:
    """Return the departments by code, in the order of the file. Raises BadProfile naming each fault."""
    return _read(departments_given())


@lru_cache(maxsize=4)
def _read(given: tuple[str, ...]) -> Mapping[str, Department]:
    import json

    faults: list[Reason] = []
    found: dict[str, Department] = {}
    for number, row in enumerate(map(json.loads, given), start=1):
        one = _one(row, number, faults)
        if one is not None and one.code in found:
            faults.append(Reason("profile.department_twice", {"code": one.code}))
        elif one is not None:
            found[one.code] = one
    if faults:
        raise BadProfile(place(), faults)
    return found


def _statements(sql: Mapping[str, Any]) -> bool:
    """Whether a database and what it is asked are named."""
    listed = sql.get("statement")
    if not isinstance(sql.get("url"), str) or not isinstance(listed, list) or not listed:
        return False
    names = [each.get("name") for each in listed if isinstance(each, dict)]
    fine = all(isinstance(name, str) and name.replace("-", "_").isidentifier() for name in names)
    return fine and len(set(names)) == len(listed) and all(isinstance(each.get("text"), str) for each in listed)


def _one(row: Mapping[str, Any], number: int, faults: list[Reason]) -> Department | None:
    """Return one department; None where something is wrong with it, which is noted."""
    wrong = [*_faults_of_words(row), *_faults_of_a_program(row)]
    faults += [Reason(f"profile.department_{what}", {"number": number, **params}) for what, params in wrong]
    if wrong:
        return None
    return Department(**{**row, "run": tuple(row.get("run", ()))})


Fault = tuple[str, dict[str, object]]


def _faults_of_words(row: Mapping[str, Any]) -> Iterator[Fault]:
    for name in ("code", "ja", "en"):
        if not (isinstance(row.get(name), str) and row[name].strip()):
            yield "text", {"name": name}
    code = row.get("code")
    if isinstance(code, str) and not code.replace("-", "_").isidentifier():
        yield "code", {"code": repr(code)}
    for name in ("days", "timeout_s"):
        if name in row and not (type(row[name]) is int and row[name] >= 1):
            yield "number", {"name": name, "value": repr(row[name])}
    for name in ("head", "holder"):
        if name in row and not isinstance(row[name], str):
            yield "text", {"name": name}
    for unknown in row.keys() - set(KEYS):
        yield "unknown", {"name": unknown, "known": ", ".join(KEYS)}


def _faults_of_a_program(row: Mapping[str, Any]) -> Iterator[Fault]:
    run, sql = row.get("run"), row.get("sql")
    if run is not None:
        if not (isinstance(run, list) and run and all(isinstance(word, str) and word for word in run)):
            yield "run", {"value": repr(run)}
        elif not run[0].startswith("/"):
            yield "path", {"value": repr(run[0])}
    if sql is not None and not (isinstance(sql, dict) and _statements(sql)):
        yield "sql", {"value": repr(sql)}
    if (run is not None or sql is not None) and ("holder" not in row or (run is not None and sql is not None)):
        yield "program", {}
