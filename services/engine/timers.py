"""The deadlines of cases: which run, when each is due, and what a step changes in them.

Timers are derived from state, clock, calendar and what has been sent, and stored under their natural key.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row

from models import timer as timers
from models.writes import Writes
from services.engine.office import Office
from services.engine.order import Loaded, Order
from workflows.engine.calendars import Calendar, Held, StandsStillError
from workflows.engine.case import Case
from workflows.engine.deadlines import NOTHING, Deadline, Promise, due_at, last_day
from workflows.engine.deadlines import moved as moved_deadlines
from workflows.engine.declaring import Clock
from workflows.engine.machine import Machine
from workflows.engine.past import Stay
from workflows.engine.payloads import MovedTimer
from workflows.registry import of_number

STANDING_STILL = datetime(9999, 1, 1, tzinfo=UTC)
"""Where a deadline waits while a hold without an end runs: never due, and moved back when the case is resumed."""


@dataclass(frozen=True, slots=True)
class Running:
    """One deadline that runs: from which row, since which day, and the letter it belongs to.

    ``scope``: state | clock; ``stops``: whether days on hold stop it.
    """

    machine: Machine[Any]
    deadline: Deadline
    entry_seq: int
    anchor: date
    scope: str
    stops: bool
    letter: str | None = None

    @property
    def key(self) -> tuple[int, str]:
        """What tells it from the other deadlines of its case."""
        return self.entry_seq, self.deadline.name

    def due_at(self, fire_no: int, case: Case, office: Office) -> datetime | None:
        """Return when it fires the *fire_no*-th time: None if it does not, `STANDING_STILL` while nobody can say."""
        if self.deadline.count(fire_no) is None:
            return None
        due = due_at(self.deadline, fire_no, self.anchor, office.calendar, self.held(case), self.promise(case))
        if due is None:
            return STANDING_STILL
        if case.hold is not None and not self.machine.transitions[self.deadline.fires].on_hold:
            # What was overdue when the hold began waits for its end, and says nothing until then.
            until = None if case.hold.by_system else office.calendar.add_working_days(case.hold.until, 1)
            return STANDING_STILL if until is None else max(due, office.calendar.opening(until))
        return due

    def stands_at(self, row: Row[Any], case: Case, office: Office) -> datetime | None:
        """Return when a stored timer of it is due: as counted, and not before it is to be asked again."""
        due = self.due_at(row.fire_no, case, office)
        return due if due is None or row.put_off_until is None else max(due, row.put_off_until)

    def last_missed(self, fire_no: int, case: Case, office: Office) -> int:
        """Return the last firing that is due by now: after an outage it counts for all that were missed."""
        while (due := self.due_at(fire_no + 1, case, office)) is not None and due <= office.now:
            fire_no += 1
        return fire_no

    def last_day(self, fire_no: int, case: Case, office: Office) -> date | None:
        """Return up to which day something is theirs to send; None where it ends nobody's time."""
        if not self.deadline.whole_day:
            return None
        try:
            return last_day(self.deadline, fire_no, self.anchor, office.calendar, self.held(case), self.promise(case))
        except StandsStillError:
            return None

    def promise(self, case: Case) -> Promise:
        """Return what the letters of the case promise of it."""
        return self.machine.promise(case) if self.scope == "state" else NOTHING

    def held(self, case: Case) -> tuple[Held, ...]:
        """Return the days on hold that stop it."""
        return () if self.deadline.legal or not self.stops else case.stretches


def running(case: Case) -> Iterator[Running]:
    """Return every deadline that runs for a case as it stands; none in one that was erased."""
    if case.erased:
        return
    machine = of_number(case.number).machine
    state = machine.states[case.state]
    anchor = getattr(case, state.anchor) or case.entered_on
    for deadline in state.deadlines:
        if deadline.condition is None or machine.conditions[deadline.condition](case):
            counted = machine.counted(case, deadline)
            yield Running(machine, counted, case.entered_seq, anchor, "state", stops=True)
    yield from _clocks(case, machine, machine.clocks.values())


def of_the_law(case: Case) -> Iterator[Running]:
    """Return those of them that are dates of the law; warnings of one are none."""
    machine = of_number(case.number).machine
    return _clocks(case, machine, (clock for clock in machine.clocks.values() if clock.legal and not clock.warns))


def _clocks(case: Case, machine: Machine[Any], clocks: Iterable[Clock]) -> Iterator[Running]:
    for clock in clocks:
        for start in clock.starts(case):
            yield Running(machine, clock.over(start), start.entry, start.since, "clock", clock.stops, start.letter)


@dataclass(slots=True)
class Rows:
    """What a batch of transitions writes to the table of timers."""

    gone: list[dict[str, Any]] = field(default_factory=list)
    moved: list[dict[str, Any]] = field(default_factory=list)
    put_off: list[dict[str, Any]] = field(default_factory=list)
    new: list[dict[str, Any]] = field(default_factory=list)

    def write(self, writes: Writes, ids: Mapping[str, int] | None = None) -> None:
        """Give them to be written; ``ids`` tell the ids of cases that had none when their timers were armed."""
        new = [{"case_id": (ids or {}).get(row["case"], row["case_id"]), **_without_case(row)} for row in self.new]
        timers.write(writes, gone=self.gone, moved=self.moved, new=new, put_off=self.put_off)


def rearm(
    rows: Rows,
    case_id: int,
    stored: Sequence[Row[Any]],
    before: Case | None,
    after: Case,
    office: Office,
    fired: Order | None = None,
    earlier: Mapping[str, int] | None = None,
    *,
    asked: bool = False,
    back_to: Stay | None = None,
) -> tuple[datetime | None, str | None]:
    """Collect what changes in the timers of one case and return its next moment and that moment's name.

    Kept timers move where holds or the calendar changed; the one that ``fired`` makes way for its next firing, unless
    it was only ``asked`` whether it may: then it and those that would say the same wait for the next working day.
    ``earlier`` is given where the case comes under a newer definition: how often each deadline fired at most under the
    former one. ``back_to`` is the stay to which a step that puts something right brings the case back: what fired there
    has fired. So has what the past of the case, where it was read, says of a clock that runs again.
    """
    wanted = {run.key: run for run in running(after)}
    ran = {run.key for run in running(before)} if before is not None else set()
    arming = _Arming(rows, case_id, after, office)
    for row in stored:
        run = wanted.get((row.entry_seq, row.name))
        due = None if run is None else run.stands_at(row, after, office)
        mine = fired is not None and timers.key(row) == timers.key(fired.timer)
        # None of a deadline that runs: a newer definition lets it fire less often.
        if run is None or due is None or (mine and not asked):
            rows.gone.append(timers.key(row))
            if run is not None:
                arming.start(run, (fired.payload.fire_no if fired is not None and mine else row.fire_no) + 1)
        elif asked and run.deadline.grace is not None:
            arming.put_off(row, due, mine=mine)
        else:
            arming.keep(row, due)
    seen = {(row.entry_seq, row.name) for row in stored}
    for key, run in wanted.items():
        if key in seen:
            continue
        if earlier is not None:
            arming.start(run, 1 + earlier.get(run.deadline.name, 0))
        elif key not in ran:
            arming.start(run, 1 + _fired_before(run, before, back_to))
    return min(arming.upcoming, default=(None, None))


def _fired_before(run: Running, before: Case | None, back_to: Stay | None) -> int:
    """Return how often a deadline that begins to run has fired already."""
    if run.scope == "state":
        return 0 if back_to is None else back_to.fired.get(run.deadline.name, 0)
    return 0 if before is None else before.past.fired.get(run.key, 0)


@dataclass(slots=True)
class _Arming:
    """The timers of one case on their way into ``rows``; ``upcoming``: when each that stands is due, with its name."""

    rows: Rows
    case_id: int
    case: Case
    office: Office
    upcoming: list[tuple[datetime, str]] = field(default_factory=list)

    def start(self, run: Running, fire_no: int) -> None:
        """Arm a firing, where the deadline fires that often."""
        due = run.due_at(fire_no, self.case, self.office)
        if due is None:
            return
        self.rows.new.append(
            {
                "case": self.case.number,
                "case_id": self.case_id,
                "entry_seq": run.entry_seq,
                "name": run.deadline.name,
                "fire_no": fire_no,
                "due_at": due,
                "scope": run.scope,
                "letter": run.letter,
                "legal": run.deadline.legal,
            }
        )
        self.upcoming.append((due, run.deadline.name))

    def keep(self, row: Row[Any], due: datetime) -> None:
        """Leave a stored timer, moved where it is due at another time than it says."""
        if due != row.due_at:
            self.rows.moved.append({**timers.key(row), "due_at": due})
        self.upcoming.append((due, row.name))

    def put_off(self, row: Row[Any], due: datetime, *, mine: bool) -> None:
        """Let a stored timer wait until it is asked again; ``mine``: it is the one that was asked now."""
        until = _asked_again(self.office)
        due = max(due, until)
        put_off = {"due_at": due, "put_off_until": until, "asked": row.asked + mine}
        self.rows.put_off.append({**timers.key(row), **put_off})
        self.upcoming.append((due, row.name))


def _asked_again(office: Office) -> datetime:
    """Return when a deadline that was put off is asked again: when the office opens on the next working day."""
    return office.calendar.opening(office.calendar.add_working_days(office.calendar.today(office.now), 1))


def _without_case(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("case", "case_id")}


def next_of(stored: Iterable[Row[Any]]) -> tuple[datetime | None, str | None]:
    """Return the next moment among stored timers and its name."""
    return min(((row.due_at, row.name) for row in stored), default=(None, None))


def moves(loaded: Loaded, before: Calendar, office: Office) -> list[MovedTimer]:
    """Return which stored timers of a case are due at another moment now than under the calendar *before*.

    A timer that stands where it belongs already is left out: doing it twice is doing it once.
    """
    stored = {(row.entry_seq, row.name): row for row in loaded.timers}
    promise = of_number(loaded.row.number).machine.promise
    # What stands where it did moves nowhere, whatever is counted: put off, or kept back by a hold.
    compared = [
        ((row.entry_seq, row.name), run.deadline, row.fire_no, run.anchor, run.held(loaded.case))
        for run in running(loaded.case)
        if (row := stored.get(run.key)) is not None and run.stands_at(row, loaded.case, office) != row.due_at
    ]
    return [
        MovedTimer(
            name=moved.key[1],
            entry_seq=moved.key[0],
            fire_no=stored[moved.key].fire_no,
            was=stored[moved.key].due_at.astimezone(moved.now.tzinfo),
            now=moved.now,
            why=moved.reason,
        )
        for moved in moved_deadlines(compared, before, office.calendar, promise(loaded.case))
    ]


def caused(order: Order, decided: str, seq: int) -> Order:
    """Return the order under the cause of what was decided: a deadline that was put off has not fired yet.

    It may be asked many times, each from another row (``seq``) of the history.
    """
    if order.timer is None or decided == order.transition:
        return order
    row = order.timer
    return replace(order, cause=f"asked:{row.name}:{row.entry_seq}:{row.fire_no}:{seq}")
