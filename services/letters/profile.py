"""The organisation's card, usual law and policies, read from organisation.toml (the home's, else the project's)."""

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from settings import PROJECT, settings
from workflows import law
from workflows.engine.values import Language
from workflows.letters import Organisation


class BadProfile(ValueError):
    """organisation.toml cannot be used; ``ja`` and ``en`` name its place and everything that is wrong with it."""

    def __init__(self, path: Path, faults: list[tuple[str, str]]) -> None:
        self.ja = f"{path}: {'、'.join(ja for ja, _ in faults)}"
        self.en = f"{path}: {'; '.join(en for _, en in faults)}"
        super().__init__(self.en)


@dataclass(frozen=True, slots=True)
class Profile:
    """What the file says. ``regime`` names the law of cases that are opened without one."""

    card: Organisation
    policies: tuple[date, ...]
    regime: str


@lru_cache(maxsize=4)
def _read(path: Path) -> Profile:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadProfile(path, [(f"TOMLとして読めません（{error}）", f"it is no TOML ({error})")]) from None
    faults: list[tuple[str, str]] = []
    policies = values.pop("policies", None)
    if not isinstance(policies, list) or not policies or any(type(day) is not date for day in policies):
        faults.append(
            (
                "policiesには、ポリシーの公表日を[2015-02-19]のように並べてください",
                "policies must list the days of publication, such as [2015-02-19]",
            )
        )
    regime, known = values.pop("regime", law.DEFAULT), ", ".join(law.names())
    if regime not in law.names():
        faults.append(
            (
                f"regimeの{regime!r}という法令はありません。{known} のいずれかにしてください",
                f"regime is {regime!r}, which is no law known here; write one of {known}",
            )
        )
    faults += _faults_of_card(values) or _faults_of_fit(Organisation(**values))
    if faults:
        raise BadProfile(path, faults)
    return Profile(Organisation(**values), tuple(sorted(policies or ())), str(regime))


def _faults_of_card(values: dict[str, Any]) -> list[tuple[str, str]]:
    known = {field.name: field for field in fields(Organisation)}
    needed = [name for name in known if name not in ("phone", "hours_ja", "hours_en") and name not in values]
    faults = [(f"{name}がありません", f"{name} is missing") for name in needed]
    faults += [
        (f"{name}という項目はありません", f"there is no {name}; known are {', '.join([*known, 'policies', 'regime'])}")
        for name in values
        if name not in known
    ]
    faults += [
        (f"{name}は文字列（引用符の中）で書いてください", f"{name} must be a text in quotes")
        for name, value in values.items()
        if name in known and not isinstance(value, str)
    ]
    return faults


def _faults_of_fit(card: Organisation) -> list[tuple[str, str]]:
    """Whether our fonts carry the card and the return address fits above the window: else no letter could be made."""
    from services.letters import glyphs, stationery, window

    faults = []
    for field in fields(card):
        lacking = glyphs.printable(getattr(card, field.name) or "")
        if lacking:
            named = ", ".join(glyphs.named(glyph) for glyph in lacking)
            faults.append(
                (f"{field.name}の{named}は手元の字体にありません", f"{field.name} has {named}, which no font carries")
            )
    for language in Language:
        taken = window.lines(stationery.card(card, language).return_line, window.RETURN_SIZE)
        if taken > window.RETURN_LINES:
            names, most = f"address_{language}, name_{language}", window.RETURN_LINES
            ja = f"{names}が長すぎます。差出人の行に{taken}行になりますが、入るのは{most}行までです"
            en = f"{names} are too long: the return address takes {taken} lines above the window, and {most} fit"
            faults.append((ja, en))
    return faults


def _path() -> Path:
    own = settings().home / "organisation.toml"
    return own if own.exists() else PROJECT / "organisation.toml"


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
