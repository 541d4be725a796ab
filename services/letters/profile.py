"""The organisation's card, usual law and policies, read from organisation.toml (the home's, else the project's)."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from services.office import backups, laws
from settings import PROJECT, settings
from workflows.engine.values import Language, Reason
from workflows.law import DEFAULT
from workflows.letters import Organisation, Seal, Years
from workflows.office.keeping import USUAL, Keeping
from workflows.office.keeping import read as read_keeping
from workflows.reading import countries
from workflows.words import say_all


class BadProfile(ValueError):
    """organisation.toml cannot be used; ``reasons`` name everything that is wrong with it."""

    def __init__(self, path: Path, reasons: list[Reason]) -> None:
        self.path, self.reasons = path, reasons
        super().__init__(f"{path}: {'; '.join(say_all(reasons, 'en'))}")


_CHOICES: dict[str, type[StrEnum]] = {"years": Years, "seal": Seal}
"""What of the card is chosen from a few words."""


SMALLEST_SHOWN = 3
"""The smallest number that figures for others show, where the file says nothing: what is less may point at a person."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What the file says. ``regime`` names the law of cases that are opened without one.

    ``smallest_shown`` is the smallest number that figures show; 1 shows them all.

    ``departments`` and ``plans`` are its ``[[department]]`` and ``[[search_plan]]`` tables, each as JSON: what they
    mean is their procedure's. ``keeping`` is its ``[retention]``, which counts once it is adopted.
    """

    card: Organisation
    policies: tuple[date, ...]
    regime: str
    departments: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    keeping: Keeping = USUAL
    smallest_shown: int = SMALLEST_SHOWN


@lru_cache(maxsize=4)
def _read(path: Path) -> Profile:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadProfile(path, [Reason("profile.no_toml", {"error": str(error)})]) from None
    return read(text, path)


def read(text: str, path: Path) -> Profile:
    """Return what the text of an organisation.toml says; *path* is where it lies, or is to lie. Raises BadProfile."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadProfile(path, [Reason("profile.no_toml", {"error": str(error)})]) from None
    faults: list[Reason] = []
    policies = values.pop("policies", None)
    if not isinstance(policies, list) or not policies or any(type(day) is not date for day in policies):
        faults.append(Reason("profile.policies"))
    regime = values.pop("regime", DEFAULT)
    if regime not in laws.names():
        faults.append(Reason("profile.regime", {"regime": repr(regime), "known": ", ".join(laws.names())}))
    smallest = values.pop("smallest_shown", SMALLEST_SHOWN)
    if type(smallest) is not int or smallest < 1:
        faults.append(Reason("profile.smallest_shown", {"value": repr(smallest)}))
    days = values.pop("backup_days", backups.USUAL)  # read where it counts
    if not backups.usable(days):
        faults.append(Reason("profile.backup_days", {"value": repr(days), "most": backups.MOST}))
    tables = {name: values.pop(name, []) for name in ("department", "search_plan")}
    for name, given in tables.items():
        if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
            faults.append(Reason("profile.tables", {"name": name}))
    keeping = read_keeping(values.pop("retention", {}))
    faults += keeping if isinstance(keeping, list) else []
    faults += _faults_of_card(values)
    card = None if faults else _card(values)
    if card is None or (faults := _faults_of_fit(card)):
        raise BadProfile(path, faults)
    departments, plans = (
        tuple(json.dumps(each, ensure_ascii=False, sort_keys=True, default=str) for each in given)
        for given in tables.values()
    )
    periods = keeping if isinstance(keeping, Keeping) else USUAL
    return Profile(card, tuple(sorted(policies or ())), str(regime), departments, plans, periods, int(smallest))


def _card(values: dict[str, Any]) -> Organisation:
    return Organisation(**{**values, **{name: kind(values[name]) for name, kind in _CHOICES.items() if name in values}})


def _faults_of_card(values: dict[str, Any]) -> list[Reason]:
    known = {field.name: field for field in fields(Organisation)}
    needed = [name for name, field in known.items() if field.default is MISSING and name not in values]
    faults = [Reason("profile.missing", {"name": name}) for name in needed]
    beside = ["policies", "regime", "retention", "smallest_shown", "backup_days", "department", "search_plan"]
    faults += [
        Reason("profile.unknown", {"name": name, "known": ", ".join([*known, *beside])})
        for name in values
        if name not in known
    ]
    faults += [
        Reason("profile.no_text", {"name": name})
        for name, value in values.items()
        if name in known and not isinstance(value, str)
    ]
    faults += [
        Reason("profile.choice", {"name": name, "value": repr(values[name]), "known": ", ".join(kind)})
        for name, kind in _CHOICES.items()
        if name in values and values[name] not in list(kind)
    ]
    if isinstance(country := values.get("country", "JP"), str) and countries.read(country) != country:
        faults.append(Reason("profile.country", {"value": repr(country)}))
    if bool(values.get("officer_ja")) != bool(values.get("officer_en")):
        faults.append(Reason("profile.officer"))
    return faults


def _faults_of_fit(card: Organisation) -> list[Reason]:
    """Whether our fonts carry the card and the return address fits above the window: else no letter could be made."""
    from services.letters import glyphs

    faults = []
    for field in fields(card):
        lacking = glyphs.printable(getattr(card, field.name) or "")
        if lacking:
            named = ", ".join(glyphs.named(glyph) for glyph in lacking)
            faults.append(Reason("profile.unprintable", {"name": field.name, "characters": named}))
    return [*faults, *(fault for language in Language if (fault := _too_long(card, language)))]


def _too_long(card: Organisation, language: Language) -> Reason | None:
    from services.letters import stationery, window

    taken = window.lines(stationery.card(card, language).return_line, window.RETURN_SIZE)
    if taken <= window.RETURN_LINES:
        return None
    named = f"address_{language}, name_{language}"
    return Reason("profile.too_long", {"names": named, "taken": taken, "most": window.RETURN_LINES})


def objection(values: Mapping[str, Any]) -> Reason | None:
    """Return why what is known of a card so far cannot become one: a return address that is too long; else None."""
    for language in Language:
        if values.get(f"name_{language}") and values.get(f"address_{language}"):
            bare = [field.name for field in fields(Organisation) if field.default is MISSING]
            known = {name: str(values.get(name) or "") for name in bare}
            if (fault := _too_long(_card({**known, "country": values.get("country") or "JP"}), language)) is not None:
                return fault
    return None


def forget() -> None:
    """Read the file again: it was written by this process."""
    _read.cache_clear()


def _path() -> Path:
    own = settings().home / "organisation.toml"
    return own if own.exists() else PROJECT / "organisation.toml"


def smallest_shown() -> int:
    """Return the smallest number that figures show (`workflows.suppressing`). Raises BadProfile."""
    return _read(_path()).smallest_shown


def departments_given() -> tuple[str, ...]:
    """Return the ``[[department]]`` tables of the office, each as JSON. Raises BadProfile."""
    return _read(_path()).departments


def plans_given() -> tuple[str, ...]:
    """Return the ``[[search_plan]]`` tables of the office, each as JSON. Raises BadProfile."""
    return _read(_path()).plans


def keeping_given() -> Keeping:
    """Return the periods the file says, adopted or not. Raises BadProfile."""
    return _read(_path()).keeping


def department_codes() -> list[str]:
    """Return by which codes the office calls its departments. Raises BadProfile."""
    return [str(json.loads(each).get("code")) for each in departments_given()]


def department_named(code: str, language: str) -> str:
    """Return what a department is called; by its code where the file knows it no more. Raises BadProfile."""
    given = [json.loads(each) for each in departments_given()]
    return next((str(each.get(language) or code) for each in given if each.get("code") == code), code)


def place() -> Path:
    """Return the file that is read."""
    return _path()


def organisation() -> Organisation:
    """Return the card that letters carry. Raises BadProfile."""
    return _read(_path()).card


def usual_regime() -> str:
    """Return the name of the law of a case that is opened without one. Raises BadProfile."""
    return _read(_path()).regime


def policy_in_force(day: date) -> date:
    """Return the publication day of the policy in force on *day*; the first one where none was yet (S1, S37)."""
    policies = _read(_path()).policies
    return max((published for published in policies if published <= day), default=policies[0])
