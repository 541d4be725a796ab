"""The organisation's card and its published policies, read from organisation.toml (the home's, else the project's)."""

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path

from settings import PROJECT, settings
from workflows.values import Organisation


class BadProfile(ValueError):
    """organisation.toml cannot be used; the message names what is missing."""


@lru_cache(maxsize=4)
def _read(path: Path) -> tuple[Organisation, tuple[date, ...]]:
    with path.open("rb") as file:
        values = tomllib.load(file)
    policies = values.pop("policies", None)
    if not isinstance(policies, list) or not policies or any(type(day) is not date for day in policies):
        raise BadProfile(f"{path}: policies must list the days of publication, such as [2015-02-19]")
    try:
        return Organisation(**values), tuple(sorted(policies))
    except TypeError as wrong:
        raise BadProfile(f"{path}: {wrong}") from None


def _path() -> Path:
    own = settings().home / "organisation.toml"
    return own if own.exists() else PROJECT / "organisation.toml"


def organisation() -> Organisation:
    """Return the card that letters carry."""
    return _read(_path())[0]


def policy_in_force(day: date) -> date:
    """Return the publication day of the policy in force on *day*; the first one where none was yet (S1, S37)."""
    policies = _read(_path())[1]
    return max((published for published in policies if published <= day), default=policies[0])
