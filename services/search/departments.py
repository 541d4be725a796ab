"""The departments an office may ask, from organisation.toml: ``[[department]]`` with ``code``, ``ja``, ``en``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from services.letters.profile import BadProfile, departments_given, place
from workflows.engine.values import Reason

USUAL_DAYS = 5
"""Working days a department has where the office says nothing else."""
USUAL_TIMEOUT = 60
"""Seconds a program may take."""
KEYS = ("code", "ja", "en", "days", "head", "run", "timeout_s", "sql")


@dataclass(frozen=True, slots=True)
class Department:
    """One department: how many working days it is given, its ``head`` in words; a program where one answers."""

    code: str
    ja: str
    en: str
    days: int = USUAL_DAYS
    head: str | None = None
    run: tuple[str, ...] = ()
    timeout_s: int = USUAL_TIMEOUT
    sql: Mapping[str, Any] | None = None

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


def _one(row: Mapping[str, Any], number: int, faults: list[Reason]) -> Department | None:
    """Return one department; None where something is wrong with it, which is noted."""
    before = len(faults)

    def fault(what: str, **params: object) -> None:
        faults.append(Reason(f"profile.department_{what}", {"number": number, **params}))

    for name in ("code", "ja", "en"):
        if not (isinstance(row.get(name), str) and row[name].strip()):
            fault("text", name=name)
    code = row.get("code")
    if isinstance(code, str) and not code.replace("-", "_").isidentifier():
        fault("code", code=repr(code))
    for name in ("days", "timeout_s"):
        if name in row and not (type(row[name]) is int and row[name] >= 1):
            fault("number", name=name, value=repr(row[name]))
    run = row.get("run", [])
    if not (isinstance(run, list) and all(isinstance(word, str) and word for word in run)):
        fault("run", value=repr(run))
    if "head" in row and not isinstance(row["head"], str):
        fault("text", name="head")
    if "sql" in row and not isinstance(row["sql"], dict):
        fault("sql", value=repr(row["sql"]))
    for unknown in row.keys() - set(KEYS):
        fault("unknown", name=unknown, known=", ".join(KEYS))
    if len(faults) > before:
        return None
    return Department(**{**row, "run": tuple(run)})
