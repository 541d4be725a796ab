"""How reports show what is stored: moments in the office's zone, and the names of what becomes due."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from services.engine.office import Office
from services.engine.timers import STANDING_STILL
from workflows.request.procedure import request
from workflows.words import noun

_LEGAL_NAMES = {
    "answer_due": ("GDPRの回答期限", "GDPR 12(3)"),
    "answer_due_extended": ("延長後の回答期限", "GDPR 12(3), extended"),
}
_OWN_NAMES = {"warn": ("法39条の予告", "APPI 39 nears"), "appi_39": ("法39条の期日", "APPI 39")}


def local(moment: datetime, office: Office) -> datetime:
    """Return the moment in the office's zone."""
    return moment.astimezone(ZoneInfo(office.calendar.zone))


def iso(moment: datetime | None, office: Office) -> str | None:
    """Return the moment as programs read it, in the office's zone; None also for a deadline that stands still."""
    return None if moment is None or moment >= STANDING_STILL else local(moment, office).isoformat(timespec="seconds")


def due_name(timer: str | None) -> str | None:
    """Return by which name a deadline is known outside: what it does, or the legal date it is.

    The clocks of letters and holds are escalations too; only the two dates of APPI 39 keep names of their own.
    """
    if timer is None or timer in _OWN_NAMES:
        return timer
    clock = request.clocks.get(timer)
    return "escalate" if clock is not None else timer


def due_words(name: str | None, language: str) -> str:
    """Return the words for what `due_name` gave."""
    if name is None:
        return "-"
    if name in _OWN_NAMES or name in _LEGAL_NAMES:
        ja, en = {**_OWN_NAMES, **_LEGAL_NAMES}[name]
        return ja if language == "ja" else en
    return noun(f"transition.{name}", language)


def nouns(group: str, codes: Iterable[str], language: str) -> str:
    """Return the words for several codes of a group, joined as the language joins them."""
    return ("、" if language == "ja" else ", ").join(noun(f"{group}.{code}", language) for code in codes)
