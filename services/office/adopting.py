"""Adopting a procedure of the office's own: a lead's act, dated, in the office's log, and never undone but by another.

Cases keep the procedure they began under, so an adoption moves no deadline and changes no case. The way back leads
forward: the former file, or the source's procedure, is adopted again from a day that is still to come.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from models import adopted, staff
from services.engine.office import Office
from services.office import laws, procedures
from services.office.procedures import NO_DIGEST, Version
from services.office.staff import Asker
from workflows.engine.values import Reason
from workflows.law import Regime
from workflows.office import OfficeProcedure
from workflows.office.reading import NAME, BadFile, digest, read_procedure

LOGGED = "procedure_adopted"
"""What a row of the office's log is called that tells of an adoption."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be adopted: the text (empty: the source's procedure), from which day, under which law."""

    text: str
    first: date
    regime: str

    @property
    def digest(self) -> str:
        """What names it."""
        return digest(self.text) if self.text else NO_DIGEST


class NotAdopted(Exception):
    """It cannot be adopted from that day; ``reason`` says what would work."""

    def __init__(self, reason: Reason) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__(reason.code)


def regimes() -> Mapping[str, Regime]:
    """Return the laws a file may name."""
    return {known.name: known for known in laws.regimes()}


def wanted(text: str, usual: str, first: date | None = None, name: str = NAME) -> Wanted | BadFile:
    """Return what a file's text asks for, or everything that is wrong with it; *first* stands in for its own day.

    *usual* is the law of cases that are opened without one; a file that names none is for it.
    """
    found = read_procedure(text, name, regimes(), usual)
    if isinstance(found, BadFile):
        return found
    return Wanted(text, first or _day(found), found.regime or usual)


def _day(found: OfficeProcedure) -> date:
    if found.first is None:
        raise ValueError("a file without its first day is not read")
    return found.first


def standing(what: Wanted, office: Office) -> Version | None:
    """Return the version by which *what* holds from that day already; None where it does not."""
    newest = procedures.counting(office.adopted, what.first)
    if newest is None:
        return Version(0, date.min, "", NO_DIGEST) if what.digest == NO_DIGEST else None
    same = newest.digest == what.digest and what.regime in (newest.regime, "")
    return newest if same else None


def objection(db: Connection, what: Wanted, office: Office) -> Reason | None:
    """Return why it cannot be adopted from that day; None where it can."""
    today = office.calendar.today(office.now)
    cases, last = adopted.began_since(db, what.first)
    if not cases or last is None:
        return None
    days = {"first": what.first.isoformat(), "today": today.isoformat(), "cases": cases, "last": last.isoformat()}
    if what.first < today:
        return Reason("procedure.over", days)
    if any(one.first == what.first for one in procedures.versions(office.adopted)):
        return Reason("procedure.from_twice", days)
    return None


def adopt(db: Connection, what: Wanted, who: Asker, office: Office) -> Version | None:
    """Adopt it and log it; None where it holds from that day already. Who may is the caller's to ask.

    The log comes first: it lets one writer in at a time, so that the numbers follow each other.

    Raises:
        NotAdopted: cases began on that day or since, and keep what they began under.
    """
    staff.in_turn(db)
    if standing(what, office) is not None:
        return None
    if (reason := objection(db, what, office)) is not None:
        raise NotAdopted(reason)
    number = 1 + max((one.number for one in procedures.versions(office.adopted)), default=0)
    version = Version(number, what.first, what.regime, what.digest)
    told = {"number": number, "first": what.first.isoformat(), "regime": what.regime, "digest": what.digest}
    adopted.add(
        db,
        {
            "number": number,
            "first": what.first,
            "regime": what.regime,
            "digest": what.digest,
            "text": what.text,
            "adopted_at": office.now,
            "adopted_by": who.name,
        },
    )
    staff.log(db, office.now, LOGGED, who.name, told)
    return version
