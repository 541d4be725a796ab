"""The doctor: everything stored is held against everything else; what can be derived is mended, evidence never is.

Cases are looked at some hundred at a time, each lot in one snapshot of its own, so that neither a million cases nor the
work that goes on meanwhile are in the way. Where the history is in question, nothing of the case is mended: timers made
from a false state would only hide it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from clock import machine_now
from models import case as cases
from models import letter as letters
from models import letter_kind, scan, staff
from models import office as office_table
from models import timer as timer_table
from models.command import WAITING as orders_waiting  # noqa: N811 - of two tables
from models.command import command
from models.effect import WAITING as effects_waiting  # noqa: N811 - of two tables
from models.effect import effect
from models.guards import present_triggers, wanted_triggers
from models.history import history
from models.incident import STILL_OPEN, incident
from models.writes import Writes
from services.audit import cases as cases_held
from services.audit import figures as figures_held
from services.audit import found as found_held
from services.audit import laws as laws_held
from services.audit import letters as letters_held
from services.audit import listed
from services.audit import log as log_held
from services.audit import orders as orders_held
from services.audit import procedures as procedures_held
from services.audit import sealed as sealed_held
from services.audit.chains import one_moment
from services.engine import folding, timers
from services.engine.folding import Folded, Shapes
from services.engine.loading import load
from services.engine.office import Office
from services.engine.order import Loaded
from services.engine.timers import Running
from services.engine.unit import UnitOfWork
from services.engine.versions import must_be_ours
from services.letters.strays import strays
from workflows.engine.machine import State
from workflows.engine.values import Actor, Reason
from workflows.registry import HOMES, known, machine, procedures

Tick = Callable[[int, int], None]

LOT = 300
STUCK = timedelta(minutes=5)
"""An order without an outcome or a letter not made for so long is stuck: the sweep looks every few seconds."""

_COUNT = select(func.count()).select_from(cases.case)
_LOT = select(cases.case).where(cases.case.c.id > bindparam("after")).order_by(cases.case.c.id).limit(LOT)
_HISTORY = (
    select(history)
    .where(history.c.case_id.in_(bindparam("ids", expanding=True)))
    .order_by(history.c.case_id, history.c.seq)
)
_EFFECTS: Select[Any] = select(effect.c.case_id, effect.c.subject, effect.c.copy, effect.c.state, effect.c.kind).where(
    effect.c.case_id.in_(bindparam("ids", expanding=True))
)
_STUCK_ORDERS = select(command.c.case_number, command.c.transition, command.c.placed_at).where(
    orders_waiting, command.c.placed_at < bindparam("before")
)
_STUCK_EFFECTS = (
    select(effect.c.case_number, effect.c.subject, effect.c.ordered_at, letters.letter.c.kind)
    .join(letters.letter, (letters.letter.c.number == effect.c.subject) & (letters.letter.c.copy == effect.c.copy))
    .where(effects_waiting, effect.c.ordered_at < bindparam("before"))
)
_DEFINITIONS = select(office_table.definition)
_PUT_OFF = select(incident.c.case_number, incident.c.subject).where(STILL_OPEN, incident.c.kind == "timer")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be. ``what`` is its code, ``detail`` the sentence."""

    case: str | None
    what: str
    detail: Reason


@dataclass(frozen=True, slots=True)
class TimerFault:
    """A timer that should not be there, should be there, or stands at another moment."""

    what: str
    key: tuple[int, str]
    stored: Row[Any] | None
    wanted: dict[str, Any] | None

    @property
    def finding(self) -> tuple[str, Reason]:
        """What the doctor says of it."""
        entry, name = self.key
        moment = self.wanted["due_at"].isoformat() if self.wanted is not None else "-"
        return self.what, Reason(f"doctor.{self.what}", {"timer": name, "entry": entry, "due_at": moment})


MENDABLE = frozenset(
    {
        "number_unused",
        "orphan_timer",
        "missing_timer",
        "misplaced_timer",
        "due_at_differs",
        "listed_differs",
        "no_next_moment",
        found_held.OLD_SPELLING,
        found_held.WORDS_DIFFER,
    }
)
"""What follows from the history, the definition and the calendar alone, and is nobody's evidence.

A number that is nobody's is not mended but answered for: whoever repairs says so in the office's log.
"""


def examine(unit: UnitOfWork, *, files: bool = True, tick: Tick = lambda done, of: None) -> Iterator[Finding]:
    """Yield everything that is not as it must be, case by case, then what belongs to no case.

    *tick* is told how many cases are done, of how many. *files* says whether every file is read, of letters and scans,
    and everybody's seal opened.
    """
    after, done = 0, 0
    with one_moment(unit) as db:
        total = int(db.execute(_COUNT).scalar_one())
    tick(0, total)
    while True:
        with one_moment(unit) as db:
            office = unit.office(db)
            rows = list(db.execute(_LOT, {"after": after}))
            found = list(_of_lot(db, rows, office, files=files)) if rows else []
            spooled = letters_held.spooled(db, rows) if rows and files else []
        if not rows:
            break
        yield from found
        for number, row in spooled:
            yield from (Finding(*told) for told in letters_held.of_file(number, row, office.settings.spool))
        after, done = rows[-1].id, done + len(rows)
        tick(done, max(done, total))
    with one_moment(unit) as db:
        yield from _of_no_case(db)
        yield from _of_the_record(db)
        yield from (Finding(*told) for told in figures_held.of_sums(db))
        spool = unit.office(db).settings.spool
    yield from _of_orders(unit)
    yield from (Finding(*told) for told in found_held.of_inquiries(unit))
    yield from (Finding(*told) for told in sealed_held.of_scans(unit, files=files))
    yield from (Finding(*told) for told in sealed_held.of_finds(unit, files=files))
    yield from (Finding(*told) for told in sealed_held.of_the_erased(unit))
    if files:
        yield from (Finding(one.case, one.what, one.detail) for one in strays(unit.look, spool))
    yield from (Finding(*told) for told in letters_held.templates())
    yield from (Finding(*told) for told in laws_held.of_files())


# -- a lot of cases ---------------------------------------------------------------------------------------------


def _of_lot(db: Connection, rows: Sequence[Row[Any]], office: Office, *, files: bool) -> Iterator[Finding]:
    shapes, put_off, stopped = _shapes(db), _put_off(db), letter_kind.stopped(db)
    lost = found_held.of_cases(db, rows, office, opening=files)
    ours = [row for row in rows if row.definition in HOMES]
    gone, unjudged = laws_held.gone(ours), procedures_held.unjudged(db, rows)
    loaded = load(db, [row for row in ours if row.number not in gone and row.id not in unjudged], office)
    histories = _histories(db, [row.id for row in rows])
    lying = scan.unregistered_since(db, [row.id for row in rows])
    effects: dict[int, list[Row[Any]]] = {}
    for found in db.execute(_EFFECTS, {"ids": [row.id for row in rows]}):
        effects.setdefault(found.case_id, []).append(found)
    numbers = [row.number for row in rows]
    given, known = orders_held.given(db, numbers), cases_held.last_known(db, {row.id: row.number for row in rows})
    figures = figures_held.of_cases(db, rows, office)
    yield from (Finding(number, "law_gone", why) for number, why in gone.items())
    yield from (Finding(*told) for told in laws_held.changed([row for row in ours if row.number not in gone]))
    for row in rows:
        own = procedures_held.of_case(row, histories.get(row.id, ()), readable=row.id not in unjudged)
        yield from (Finding(row.number, *told) for told in own)
        if row.number not in loaded and row.number not in gone:
            yield from (Finding(row.number, what, detail) for what, detail in _version(row, shapes))
    for one in loaded.values():
        folded = folding.fold(one.row.number, histories.get(one.row.id, ()), shapes)
        said = [
            *folded.faults,
            *_against_the_fold(one.row, folded),
            *_version(one.row, shapes),
            *_moments(one, folded, put_off, office),
            *listed.differs(one, listed.wanted(one, histories, lying, one.row.due_at, office)),
            *orders_held.never_given(one.row.number, histories.get(one.row.id, ()), given),
            *cases_held.cut(folded.seq, known.get(one.row.id)),
            *letters_held.letters(one, effects.get(one.row.id, ()), stopped, office),
            *lost.get(one.row.id, ()),
            *figures.get(one.row.id, ()),
        ]
        for what, detail in said:
            yield Finding(one.row.number, what, detail)


def _histories(db: Connection, ids: Sequence[int]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = {}
    for row in db.execute(_HISTORY, {"ids": list(ids)}):
        found.setdefault(row.case_id, []).append(row)
    return found


def _shapes(db: Connection) -> Shapes:
    """Return every definition that was ever recorded, and the one of this checkout."""
    known = {(row.name, row.version): row.shape for row in db.execute(_DEFINITIONS)}
    return {**{(each.name, each.machine.version): each.machine.shape() for each in procedures()}, **known}


def _states(row: Row[Any]) -> Mapping[str, State]:
    """Return the states of the case's procedure, as this code knows it."""
    return machine(row.definition).states if row.definition in HOMES else {}


def _put_off(db: Connection) -> frozenset[tuple[str, str]]:
    """Return the timers that were put off because they could not fire: they stand elsewhere for a reason."""
    return frozenset((row.case_number, row.subject.partition(" ")[0]) for row in db.execute(_PUT_OFF))


def _against_the_fold(row: Row[Any], folded: Folded) -> Iterator[tuple[str, Reason]]:
    for name in ("state", "seq", "entered_seq", "head"):
        stored, told = getattr(row, name), getattr(folded, name)
        if stored != told:
            params = {"field": name, "stored": str(stored)[:16], "folded": str(told)[:16] or "-"}
            yield f"{name}_differs", Reason("doctor.differs", params)
    state = _states(row).get(row.state)
    if state is not None and row.open is state.closed:
        yield "open_differs", Reason("doctor.open_differs", {"state": f"state.{row.state}"})


def _version(row: Row[Any], shapes: Shapes) -> Iterator[tuple[str, Reason]]:
    if (row.definition, row.version) not in shapes or row.state not in _states(row):
        params = {"definition": row.definition, "version": row.version, "present": dict(known()).get(row.definition, 0)}
        yield "unknown_version", Reason("doctor.unknown_version", params)


def _moments(
    one: Loaded, folded: Folded, put_off: Collection[tuple[str, str]], office: Office
) -> Iterator[tuple[str, Reason]]:
    """What is wrong with the deadlines of a case."""
    row = one.row
    if row.open and not one.timers:
        yield "no_next_moment", Reason("doctor.no_next_moment", {"state": f"state.{row.state}"})
    due, name = timers.next_of(one.timers)
    if (row.due_at, row.next) != (due, name) and not _same_moment(row, one.timers):
        params = {"stored": str(row.due_at), "timers": str(due)}
        yield "due_at_differs", Reason("doctor.due_at_differs", params)
    for fault in timer_faults(one, folded, put_off, office):
        yield fault.finding


def _same_moment(row: Row[Any], stored: Iterable[Row[Any]]) -> bool:
    """Whether several timers are due at the same earliest moment and the case names another one of them."""
    return any(one.due_at == row.due_at and one.name == row.next for one in stored) and row.due_at == min(
        one.due_at for one in stored
    )


def timer_faults(one: Loaded, folded: Folded, put_off: Collection[tuple[str, str]], office: Office) -> list[TimerFault]:
    """Return the timers of a case that its state, its history and the calendar do not account for."""
    row = one.row
    if row.state not in _states(row) or (row.definition, row.version) not in known():
        return []  # under another definition other deadlines run
    wanted = {run.key: run for run in timers.running(one.case)}
    stored = {(timer.entry_seq, timer.name): timer for timer in one.timers}
    faults = [TimerFault("orphan_timer", key, timer, None) for key, timer in stored.items() if key not in wanted]
    for key, run in wanted.items():
        timer = stored.get(key)
        if timer is None:
            if folded.adopted_seq >= folded.entered_seq > 0:
                continue  # how often it fired under the former definition stands in a sealed order
            due = _timer_of(one, run, folded.fired.get(key, 0) + 1, office)
            if due is not None:
                faults.append(TimerFault("missing_timer", key, None, due))
        elif (row.number, run.deadline.name) not in put_off:
            due = _timer_of(one, run, timer.fire_no, office, timer.put_off_until)
            if due is not None and due["due_at"] != timer.due_at:
                faults.append(TimerFault("misplaced_timer", key, timer, due))
    return faults


def _timer_of(one: Loaded, run: Running, fire_no: int, office: Office, until: Any = None) -> dict[str, Any] | None:
    due = run.due_at(fire_no, one.case, office)
    if due is None:
        return None
    return {
        "case_id": one.row.id,
        "entry_seq": run.entry_seq,
        "name": run.deadline.name,
        "fire_no": fire_no,
        "due_at": due if until is None else max(due, until),
        "scope": run.scope,
        "letter": run.letter,
        "legal": run.deadline.legal,
    }


# -- what belongs to no case ------------------------------------------------------------------------------------


def _of_no_case(db: Connection) -> Iterator[Finding]:
    before = machine_now(db) - STUCK
    for order in db.execute(_STUCK_ORDERS, {"before": before}):
        params = {"transition": order.transition, "since": order.placed_at.isoformat(timespec="seconds")}
        yield Finding(order.case_number, "stuck_command", Reason("doctor.stuck_command", params))
    stopped = letter_kind.stopped(db)
    for waiting in db.execute(_STUCK_EFFECTS, {"before": before}):
        if waiting.kind in stopped:
            continue
        params = {"letter": waiting.subject, "since": waiting.ordered_at.isoformat(timespec="seconds")}
        yield Finding(waiting.case_number, "stuck_letter", Reason("doctor.stuck_letter", params))
    for name in sorted(wanted_triggers(db.dialect.name) - present_triggers(db)):
        yield Finding(None, "trigger_missing", Reason("doctor.trigger_missing", {"trigger": name}))


def _of_the_record(db: Connection) -> Iterator[Finding]:
    log = log_held.read(db)
    for told in (*log_held.examine(db, log), *cases_held.wiped(db, log.missing, machine_now(db) - STUCK)):
        yield Finding(*told)


def _of_orders(unit: UnitOfWork) -> Iterator[Finding]:
    after = 0
    while True:
        with one_moment(unit) as db:
            office = unit.office(db)
            rows = orders_held.lot(db, after)
        if not rows:
            return
        yield from (Finding(*told) for told in orders_held.examine(rows, office))
        after = rows[-1].id


def wiring(
    schedule: Mapping[str, Mapping[str, Any]], tasks: Collection[str], queues: Collection[str]
) -> Iterator[Finding]:
    """Yield what beat rings for and nobody answers: an entry without a task, or on a queue that is not consumed."""
    for name, entry in schedule.items():
        if entry["task"] not in tasks:
            params = {"entry": name, "task": entry["task"]}
            yield Finding(None, "beat_without_task", Reason("doctor.beat_without_task", params))
        queue = entry.get("options", {}).get("queue")
        if queue not in queues:
            yield Finding(
                None, "beat_without_queue", Reason("doctor.beat_without_queue", {"entry": name, "queue": queue})
            )


# -- mending ----------------------------------------------------------------------------------------------------


def repair(numbers: Iterable[str], unit: UnitOfWork, who: Actor, tick: Tick = lambda done, of: None) -> list[Finding]:
    """Mend the timers and the next moment of these cases; return what was mended. Everything is in the office's log.

    Each case is looked at anew under its lock, so doing it twice is doing it once.
    """
    wanted = sorted(number for number in set(numbers) if not found_held.is_inquiry(number))
    mended = _mend_inquiries(set(numbers) - set(wanted), unit, who)
    for start in range(0, len(wanted), LOT):
        with unit.begin() as db:
            mended += _mend(db, wanted[start : start + LOT], unit.office(db), who)
        tick(min(start + LOT, len(wanted)), len(wanted))
    return mended


def _mend(db: Connection, numbers: Sequence[str], office: Office, who: Actor) -> list[Finding]:
    locked = cases.lock(db, numbers)
    for row in locked.values():
        must_be_ours(row)
    shapes, put_off = _shapes(db), _put_off(db)
    histories = _histories(db, [row.id for row in locked.values()])
    lying = scan.unregistered_since(db, [row.id for row in locked.values()])
    mended: list[Finding] = []
    changed = []
    rows = timers.Rows()
    lost = found_held.mend(db, locked.values(), office)
    mended += [Finding(row.number, *fault) for row in locked.values() for fault in lost.get(row.id, ())]
    unjudged = procedures_held.unjudged(db, locked.values())
    for one in load(db, [row for row in locked.values() if row.id not in unjudged], office).values():
        folded = folding.fold(one.row.number, histories.get(one.row.id, ()), shapes)
        if folded.faults or any(_against_the_fold(one.row, folded)):
            continue
        faults = timer_faults(one, folded, put_off, office)
        due, name = _take(rows, one, faults)
        done = [fault.finding for fault in faults]
        if (due, name) != (one.row.due_at, one.row.next):
            changed.append({"key_id": one.row.id, "key_seq": one.row.seq, "due_at": due, "next": name})
            params = {"stored": str(one.row.due_at), "timers": str(due)}
            done.append(("due_at_differs", Reason("doctor.due_at_differs", params)))
        right = listed.wanted(one, histories, lying, due, office)
        if others := list(listed.differs(one, right)):
            changed.append({"key_id": one.row.id, "key_seq": one.row.seq, **right})
            done += others
        mended += [Finding(one.row.number, what, detail) for what, detail in done]
    writes = Writes(db)
    rows.write(writes)
    writes.send()
    cases.write(db, changed)
    unused = cases_held.unanswered_for(db, [number for number in numbers if number not in locked])
    mended += [Finding(number, "number_unused", Reason("doctor.number_unused")) for number in unused]
    for finding in mended:
        details = {"case": finding.case, "what": finding.what, **finding.detail.params}
        staff.log(db, office.now, "doctor_repaired", who.name, details)
    return mended


def _mend_inquiries(numbers: Collection[str], unit: UnitOfWork, who: Actor) -> list[Finding]:
    if not numbers:
        return []
    with unit.begin() as db:
        office = unit.office(db)
        mended = [Finding(*told) for told in found_held.mend_inquiries(db, numbers, office)]
        for finding in mended:
            staff.log(db, office.now, "doctor_repaired", who.name, {"inquiry": finding.case, "what": finding.what})
    return mended


def _take(rows: timers.Rows, one: Loaded, faults: Sequence[TimerFault]) -> tuple[Any, str | None]:
    """Collect what mends the timers of one case and return its next moment then."""
    upcoming = {(timer.entry_seq, timer.name): timer.due_at for timer in one.timers}
    for fault in faults:
        if fault.wanted is None:
            upcoming.pop(fault.key)
        else:
            upcoming[fault.key] = fault.wanted["due_at"]
        if fault.stored is None and fault.wanted is not None:
            rows.new.append({"case": one.row.number, **fault.wanted})
        elif fault.stored is not None and fault.wanted is None:
            rows.gone.append(timer_table.key(fault.stored))
        elif fault.stored is not None and fault.wanted is not None:
            rows.moved.append({**timer_table.key(fault.stored), "due_at": fault.wanted["due_at"]})
    return min(((due, name) for (_, name), due in upcoming.items()), default=(None, None))
