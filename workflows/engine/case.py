"""What the engine sees of a case, of the moment and of a change; a procedure's own facts stand beside, in subclasses.

A `Case` is what `decide` looks at, a `Change` what it answers with: two plain values between the rules and the
database. `after` returns the case as it stands once a change is written, so that what follows from it (deadlines,
letters) is computed from the same facts that the database will hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from workflows.engine.calendars import Calendar, Held
from workflows.engine.past import Past, Stay
from workflows.engine.values import Actor, Reason, Role

NO_PAST = Past()
"""Of a case whose history nobody read."""


@dataclass(frozen=True, slots=True)
class OnHold:
    """A hold now in force. ``by`` is 'system' or a name; ``until`` the last day; ``seq`` the row that set it."""

    by: str
    code: str
    since: date
    until: date
    seq: int
    linked: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    """What the system found, as codes of sentences about the case and the ``cases`` it is linked with."""

    @property
    def by_system(self) -> bool:
        """Only the lead lifts a hold the system set."""
        return self.by == "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case as any procedure's rules see it; ``seq`` counts its history rows, days are the office's.

    ``held`` are former days on hold; ``hold`` is the present one. ``past`` is read for steps that look back alone.
    ``erased``: nobody can do anything in it any more, so no deadline runs and nothing is to be done.
    """

    number: str
    state: str
    seq: int
    entered_seq: int
    entered_on: date
    opened_on: date
    hold: OnHold | None = None
    held: tuple[Held, ...] = ()
    past: Past = NO_PAST
    erased: bool = False

    @property
    def on_hold(self) -> bool:
        """Whether the office's deadlines stand still."""
        return self.hold is not None

    @property
    def stretches(self) -> tuple[Held, ...]:
        """Every stretch on hold, the present one up to its last day; one the system set ends only when it is lifted."""
        if self.hold is None:
            return self.held
        return (*self.held, Held(self.hold.since, None if self.hold.by_system else self.hold.until))


CaseT = TypeVar("CaseT", bound=Case)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a transition writes, as far as any procedure may. None or empty: stays as it is.

    ``told`` is said to the person who ordered it although it was done; ``details`` are codes and numbers for the
    history row. ``back_to`` is the stay to which a step brings the case back: its deadlines go on where they stood.
    ``undoes`` is the row that the step takes back, ``replaces`` the one it takes the place of.
    """

    hold: OnHold | None = None
    lift_hold: bool = False
    back_to: Stay | None = None
    undoes: int | None = None
    replaces: int | None = None
    notices: tuple[Tell, ...] = ()
    told: tuple[Reason, ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)


def after(case: CaseT, target: str, change: Change, at: At, **facts: Any) -> CaseT:
    """Return the case as it stands once the change is written: what the database will say next time. Pure.

    ``facts`` are the fields of the procedure's own case that change.
    """
    moved, seq = target != case.state, case.seq + 1
    held = case.held
    if change.lift_hold and case.hold is not None and at.today > case.hold.since:
        # Lifted late, since nobody was there on its last day, a person's hold still counts to that day only.
        yesterday = at.today - timedelta(days=1)
        held = (*held, Held(case.hold.since, yesterday if case.hold.by_system else min(yesterday, case.hold.until)))
    core: dict[str, Any] = {
        "state": target,
        "seq": seq,
        "entered_seq": seq if moved else case.entered_seq,
        "entered_on": _entered_on(change, at) if moved else case.entered_on,
        "hold": None if change.lift_hold else (change.hold or case.hold),
        "held": held,
    }
    return replace(case, **core, **facts)


def _entered_on(change: Change, at: At) -> date:
    return at.today if change.back_to is None else change.back_to.since
