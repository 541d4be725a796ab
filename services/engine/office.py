"""What a deed needs to know of the office: its calendar, its settings, its keys; read once per transaction."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection

from clock import Look, look
from models import founding, office
from models.founding import Founding
from models.keys import Keys
from settings import Says, Settings, settings
from workflows.engine.calendars import Calendar
from workflows.engine.case import At
from workflows.engine.values import SYSTEM, Actor, Reason
from workflows.words import say_all


class SaysOtherwise(Exception):
    """The environment contradicts what the office was founded as; ``reasons`` name each variable."""

    def __init__(self, reasons: list[Reason]) -> None:
        """Keep the reasons."""
        self.reasons = tuple(reasons)
        super().__init__(" ".join(say_all(self.reasons, "en")))


@dataclass(frozen=True, slots=True)
class Office:
    """The office at one moment. ``now`` is its time (aware), the same for all that one transaction does.

    What it *is* (a demo, one person alone, where its data lies) stands in ``founded``, from its own database.
    ``adopted`` are the procedures of its own it adopted, as stored (`models.adopted.in_brief`), ``checkpoint`` is the
    newest one as letters print it. ``stage`` is that of the secrets people are hashed under (`models.lookups`).
    ``ticking``: the time goes on while locks are waited for; else (a test that sets the time) the moment stands.
    """

    now: datetime
    calendar: Calendar
    keys: Keys
    settings: Settings
    founded: Founding
    ticking: bool = False
    adopted: str | None = None
    checkpoint: str | None = None
    stage: int = 1

    def at(self, actor: Actor = SYSTEM) -> At:
        """Return the circumstances under which *actor* asks the rules."""
        return At(self.now, actor, self.calendar, self.founded.sole)

    def own_keys(self) -> Keys:
        """Return the keys with which this office may seal something new.

        Raises KeysOfAnother where the keystore named is not the one it was founded with: what it sealed could never be
        opened at the office's own desk.
        """
        mark = self.founded.keys
        if mark is not None and self.keys.lookup_hash(*founding.KEYS_MARK) != mark:
            raise founding.KeysOfAnother("they are another office's")
        return self.keys

    def lookup(self, kind: str, value: str) -> str:
        """Return the keyed hash by which what tells of people is found: at the stage this office has reached."""
        return self.keys.lookup_hash(kind, value, self.stage)

    def waits_for_locks(self, db: Connection) -> bool:
        """Whether its time goes on until locks are held. SQLite takes its lock at BEGIN, before anybody asks."""
        return self.ticking and db.dialect.name != "sqlite"

    def later(self, now: datetime) -> "Office":
        """Return the office at the moment its locks are held: what was waited for happened before that."""
        return replace(self, now=max(self.now, now))


@lru_cache(maxsize=8)
def _keys(folder: Path) -> Keys:
    return Keys(folder)


def keys() -> Keys:
    """Return the keystore of the settings."""
    return _keys(settings().keys)


@lru_cache(maxsize=8)
def calendar(days: str | None) -> Calendar:
    """Return the office's calendar with the days staff added or removed, as `clock.Look` has them; the same is kept."""
    added, removed = office.exceptions(days)
    return Calendar(added=added, removed=tuple(sorted(removed)))


def the_office(db: Connection, seen: Look | None = None) -> Office:
    """Return the office as it is now, or as somebody has *seen* it in this transaction.

    Raises NoOffice where none was founded, SaysOtherwise where the environment contradicts what it was founded as.
    """
    founded = founding.read(db)
    agree(settings().says, founded)
    seen = seen or look(db)
    days = calendar(seen.days)
    return Office(seen.now, days, keys(), settings(), founded, True, seen.adopted, seen.checkpoint, seen.stage)


def contradictions(says: Says, office: Founding) -> list[Reason]:
    """Return a reason for each thing the environment says that the office is not; what it leaves unsaid is no word."""
    said = (
        ("office.says_demo", says.demo, office.demo, "MADOGUCHI_ALLOW_AS=demo"),
        ("office.says_clock", says.clock, office.clock, f"MADOGUCHI_CLOCK={says.clock}"),
        ("office.says_sole", says.sole, office.sole, f"MADOGUCHI_SOLE={'yes' if says.sole else 'no'}"),
        ("office.says_residency", says.residency, office.residency, f"MADOGUCHI_RESIDENCY={says.residency}"),
    )
    return [
        Reason(code, {"said": words, "is": "yes" if real is True else "no" if real is False else real})
        for code, wanted, real, words in said
        if wanted is not None and wanted != real
    ]


def agree(says: Says, office: Founding) -> None:
    """Return where the environment contradicts nothing. Raises SaysOtherwise."""
    if reasons := contradictions(says, office):
        raise SaysOtherwise(reasons)
