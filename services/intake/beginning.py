"""The answers of a first start, as a person gives them one after the other or a file holds them all."""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from settings import PROJECT
from workflows.engine.values import Language, Role
from workflows.law import DEFAULT
from workflows.letters import Organisation

BUILT_IN, OWN_FILE = "built_in", "file"
"""Two of the procedures one can begin with; the others are the names of samples."""
SAMPLES = PROJECT / "samples" / "procedures"


class Part(StrEnum):
    """The parts of a first start, in their order; each is carried out by itself."""

    ORGANISATION = "organisation"
    OFFICE = "office"
    PROCEDURE = "procedure"
    STAFF = "staff"
    CALENDAR = "calendar"
    LETTER = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Organisation):
    """The office's card, its policies by their days of publication, and the law of its cases."""

    policies: tuple[date, ...]
    regime: str = DEFAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the office is founded as, for good. ``practice``: a demo on a clock that moves; ``alone``: one person.

    ``lead`` None: whoever founds it.
    """

    lead: str | None = None
    practice: bool = False
    alone: bool = False
    residency: str = "JP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """Which procedure holds: the built-in one, a sample by its folder's name, or a ``file``; ``first``: from when."""

    use: str
    file: str | None = None
    first: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who works in the office."""

    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who works in the office beside whoever founded it."""

    staff: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Days on which the office closes, both included; ``last`` None: one day."""

    name: str
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The office's days. ``year_end``: it closes from 29 December to 3 January, as the built-in calendar has it."""

    year_end: bool = True
    closed: tuple[Closure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The test letter."""

    language: Language = Language.JA


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A whole first start, as a file holds it; a part that is left out is not done."""

    organisation: Card | None = None
    office: Found | None = None
    procedure: Choosing | None = None
    staff: tuple[Member, ...] | None = None
    calendar: Days | None = None
    letter: Trial | None = None


def offered() -> tuple[str, ...]:
    """Return the procedures one can begin with: of the samples those under a law that is known here."""
    return (BUILT_IN, *sorted(samples()), OWN_FILE)


def samples() -> dict[str, str]:
    """Return the texts of the sample procedures that can be adopted here, by their names."""
    from services.office import laws

    found = {file.parent.name: file.read_text("utf-8") for file in SAMPLES.glob("*/procedure.toml")}
    known = laws.names()
    return {name: text for name, text in found.items() if tomllib.loads(text).get("regime", DEFAULT) in known}
