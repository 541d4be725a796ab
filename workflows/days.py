"""A day as letters and published sheets write it."""

from datetime import date

from workflows.engine.values import Language
from workflows.letters import Years
from workflows.reading.dates import ERAS
from workflows.words import tell

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


def day(when: date, language: Language, years: Years = Years.WESTERN) -> str:
    """Return a day as letters write it: 2026年11月23日, 令和8年11月23日, 23 November 2026."""
    if language is not Language.JA:
        return tell("letters.day", language, year=when.year, month=_MONTHS[when.month - 1], day=when.day)
    year: object = when.year
    if years is Years.JAPANESE:
        era = next(era for era in reversed(ERAS) if when >= era.first)
        count = when.year - era.first.year + 1
        year = f"{era.name}{'元' if count == 1 else count}"
    return tell("letters.day", language, year=year, month=when.month, day=when.day)
