"""What the engine sees of a case and of the moment, whatever its procedure keeps beside."""

from dataclasses import dataclass
from datetime import date, datetime

from workflows.engine.calendars import Calendar
from workflows.engine.values import Actor, Reason, Role


@dataclass(frozen=True, slots=True)
class OnHold:
    """A hold now in force. ``by`` is 'system' or a name; ``until`` the last day; ``seq`` the row that set it."""

    by: str
    code: str
    since: date
    until: date
    seq: int
    linked: tuple[str, ...] = ()

    @property
    def by_system(self) -> bool:
        """Only the lead lifts a hold the system set."""
        return self.by == "system"


@dataclass(frozen=True, slots=True)
class At:
    """The circumstances of a decision: the office's time (aware), who asks, and the office's calendar."""

    now: datetime
    actor: Actor
    calendar: Calendar
    sole: bool = False

    @property
    def today(self) -> date:
        """The day in the office's zone."""
        return self.calendar.today(self.now)


@dataclass(frozen=True, slots=True)
class Tell:
    """A notice to staff."""

    role: Role
    reason: Reason
