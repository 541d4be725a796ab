"""The same decision over many cases: told first, then carried out chunk by chunk, each case once and no more.

A run is an event in the office's log, and each case of it one order under the key ``bulk:RUN:CASE``. Who goes on with a
run that broke off finds by those keys what is done; the same order given again goes on with its own unfinished run.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from clock import machine_now
from models import case as cases
from models import command, office, staff
from services.engine import orders
from services.engine.accepting import accept_here
from services.engine.office import Office
from services.engine.order import Order, Outcome, Step, outcome_of
from services.engine.orders import Ticket
from services.engine.orders import Wanted as WantedOrder
from services.engine.sweep import GoOn, always
from services.engine.sweep import run as sweeping
from services.engine.transaction import actor_named, foresee_all
from services.engine.unit import UnitOfWork
from services.letters import events
from services.reports.worklist import Wanted, conditions
from workflows.engine.codec import to_plain
from workflows.engine.values import Reason
from workflows.letters import LetterEvent

CHUNK = 100
"""How many cases one transaction carries out: about a tenth of a second, which nobody at the counter notices."""
LOOK = 300
"""How many cases one transaction looks at for the preview."""
EXAMPLES = 3

_COMMAND = command.command
_LAST_CASE = select(func.max(cases.case.c.id))
_LAST_COMMAND = select(func.max(_COMMAND.c.id))
_EVENT = select(staff.office_event.c.details).where(staff.office_event.c.seq == bindparam("seq"))


class NoSuchRun(LookupError):
    """There is no unfinished run of that name for this very order."""


@dataclass(frozen=True, slots=True)
class BulkOrder:
    """One decision wanted of many cases; ``where`` is how the wanted cases were named, in a fixed spelling."""

    transition: str
    payload: Any
    wanted: Wanted
    where: str
    actor: str
    staff: str

    def order(self, case: str, key: str = "") -> WantedOrder:
        """Return the order about one of the cases."""
        return WantedOrder(key, self.transition, self.payload, self.actor, self.staff, case, swept=True)


@dataclass(slots=True)
class Tally:
    """What an order would do: how many cases, to which states, and which reasons speak against it how often."""

    selected: int = 0
    done: int = 0
    states: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    letters: Counter[tuple[str, LetterEvent]] = field(default_factory=Counter)
    examples: dict[str, list[tuple[str, Reason]]] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        """How many would be refused."""
        return self.selected - self.done

    def blame(self, case: str, reasons: tuple[Reason, ...]) -> None:
        """Count the reasons of one refusal, each once."""
        for code, reason in {reason.code: reason for reason in reasons}.items():
            self.reasons[code] += 1
            examples = self.examples.setdefault(code, [])
            if len(examples) < EXAMPLES:
                examples.append((case, reason))


@dataclass(frozen=True, slots=True)
class Run:
    """One giving of an order: its name, how many cases it began with, and whether it was begun before."""

    name: str
    event: int
    cases: int
    last_case: int
    since: int
    resumed: bool

    def key(self, case: str) -> str:
        """Return the key of the order about one case."""
        return f"bulk:{self.name}:{case}"


@dataclass(frozen=True, slots=True)
class Chunk:
    """The next cases of a run: the last one's id, and the orders about them; some may be answered already."""

    after: int
    tickets: Sequence[Ticket]

    @property
    def waiting(self) -> list[int]:
        """The ids of the orders that wait."""
        return [ticket.command_id for ticket in self.tickets if ticket.earlier is None]

    @property
    def first(self) -> int:
        """The first order that waits, 0 where none does."""
        return min(self.waiting, default=0)

    @property
    def last(self) -> int:
        """The last order that waits, 0 where none does."""
        return max(self.waiting, default=0)


# -- looking --------------------------------------------------------------------------------------------------------


def tally(unit: UnitOfWork, wanted: BulkOrder) -> Tally:
    """Return what the order would do now, by the very decision it would be carried out with; nothing is written."""
    found, after = Tally(), 0
    while True:
        with unit.look() as db:
            here = unit.office(db)
            rows = matching(db, here, wanted.wanted, after, LOOK)
            if not rows:
                return found
            actor = actor_named(db, wanted.staff, wanted.actor)
            asked = [Order(row.number, wanted.transition, wanted.payload, actor, "preview") for row in rows]
            foreseen = foresee_all(db, asked, {row.number: row for row in rows}, here)
        for row, step in zip(rows, foreseen, strict=True):
            found.selected += 1
            if isinstance(step, Step):
                found.done += 1
                found.states[str(step.decision.target)] += 1
                found.letters.update(events.counted(events.of_step(step)))
            else:
                found.blame(row.number, step.reasons)
        after = rows[-1].id


def matching(
    db: Connection, here: Office, wanted: Wanted, after: int, most: int, upto: int | None = None
) -> list[Row[Any]]:
    """Return the next cases wanted, by their ids after one and *upto* another (then locked), none of them erased."""
    # Of an erased case nothing can be sealed any more, and so nothing ordered.
    query = select(cases.case).where(
        cases.case.c.id > after, cases.case.c.erased_at.is_(None), *conditions(here, wanted)
    )
    if upto is not None:
        # The order in which everybody locks; whoever waits here looks again whether the case still matches.
        query = query.where(cases.case.c.id <= upto).with_for_update(key_share=True, of=cases.case)
    return list(db.execute(query.order_by(cases.case.c.id).limit(most)))


# -- a run ----------------------------------------------------------------------------------------------------------


def begin(
    db: Connection, here: Office, wanted: BulkOrder, count: int, *, resume: str | None = None, anew: bool = False
) -> Run:
    """Begin a run, or go on with the unfinished one of the very same order (unless it is to begin *anew*).

    Raises:
        NoSuchRun: *resume* names no unfinished run of this order.
    """
    mark = _mark(wanted, here)
    known = _marks(db, mark)
    begun = known.get(mark, 0)
    unfinished = begun > known.get(f"{mark}/done", 0)
    name = f"{mark.removeprefix('bulk/')}-{begun}"
    if resume is not None and not (unfinished and resume.upper() == name):
        raise NoSuchRun(resume)
    if unfinished and not anew:
        return _run(name, begun, db.execute(_EVENT, {"seq": begun}).scalar_one(), resumed=True)
    details = {
        "transition": wanted.transition,
        "where": wanted.where,
        "cases": count,
        "last_case": int(db.execute(_LAST_CASE).scalar_one() or 0),
        "since": int(db.execute(_LAST_COMMAND).scalar_one() or 0),
    }
    event = staff.log(db, here.now, "bulk_begun", wanted.actor, details)
    office.upsert(db, cases.counter, {"name": mark, "value": event}, ["name"])
    return _run(f"{mark.removeprefix('bulk/')}-{event}", event, details, resumed=False)


def place(db: Connection, here: Office, run: Run, wanted: BulkOrder, after: int) -> Chunk | None:
    """Accept the orders about the next cases; None where there are no more."""
    rows = matching(db, here, wanted.wanted, after, CHUNK, run.last_case)
    if not rows:
        return None
    tickets = accept_here(db, here, [wanted.order(row.number, run.key(row.number)) for row in rows])
    return Chunk(rows[-1].id, tickets)


def carry_out(unit: UnitOfWork, run: str, first: int, last: int, go_on: GoOn = always) -> list[Outcome]:
    """Carry out those orders of a run that wait, from the id *first* to *last*.

    What can never work is set aside; what met trouble that passes waits, and the sweep over orders carries it out.
    """
    work = replace(
        orders.WORK,
        claim=lambda db, office: [
            orders.Claimed(row, row.attempts, counted=False)
            for row in _waiting(db, run, first, last)
            if row.not_before is None or row.not_before <= machine_now(db)
        ],
        # No lease: the case's lock and the order's outcome keep it single. A failure is judged here and now.
        tries=lambda _: 0,
        most_tries=1,
    )
    return sweeping(work, unit, go_on)


def finish(db: Connection, here: Office, run: Run, wanted: BulkOrder, outcomes: Mapping[str, int]) -> None:
    """Write that the run came to its end: the same order given again is a new one."""
    mark = _mark(wanted, here)
    office.upsert(db, cases.counter, {"name": f"{mark}/done", "value": run.event}, ["name"])
    staff.log(db, here.now, "bulk_done", wanted.actor, {"run": run.name, **outcomes})


def results(unit: UnitOfWork, run: Run) -> Iterator[Outcome | None]:
    """Yield what became of every order of the run, whoever carried it out; None for one that still waits."""
    after = run.since
    mine = select(_COMMAND).where(_of(run.name)).order_by(_COMMAND.c.id).limit(LOOK)
    while True:
        with unit.look() as db:
            rows = list(db.execute(mine.where(_COMMAND.c.id > after)))
        if not rows:
            return
        yield from (outcome_of(row) if row.outcome is not None else None for row in rows)
        after = rows[-1].id


# -- small things ---------------------------------------------------------------------------------------------------


def _waiting(db: Connection, run: str, first: int, last: int) -> list[Row[Any]]:
    query = select(_COMMAND).where(_COMMAND.c.id.between(first, last), _COMMAND.c.outcome.is_(None), _of(run))
    return list(db.execute(query.order_by(_COMMAND.c.id)))


def _of(run: str) -> Any:
    return _COMMAND.c.key.startswith(f"bulk:{run}:", autoescape=True)


def _mark(wanted: BulkOrder, here: Office) -> str:
    """Return the counter of this very order: who, what, of which cases, with which payload."""
    # Without the number of the form: a run that broke off before an upgrade is gone on with after it.
    payload = json.dumps(to_plain(wanted.payload), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    said = [wanted.actor, wanted.transition, wanted.where, payload]
    return f"bulk/{here.keys.lookup_hash('bulk', json.dumps(said, ensure_ascii=False))[:8].upper()}"


def _marks(db: Connection, mark: str) -> dict[str, int]:
    query = select(cases.counter).where(cases.counter.c.name.in_((mark, f"{mark}/done")))
    return {row.name: row.value for row in db.execute(query)}


def _run(name: str, event: int, details: Mapping[str, Any], *, resumed: bool) -> Run:
    return Run(name, event, details["cases"], details["last_case"], details["since"], resumed)
