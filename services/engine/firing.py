"""The sweep over deadlines: it fires what is due, a batch of cases at a time.

A missed tick or a doubled one changes nothing: a timer fires when it is due and is then gone. A case that will not go
is set aside alone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row

from clock import machine_now
from models import case as cases
from models import retry as retries
from models import timer as timers
from models.writes import Writes
from services.engine import troubled
from services.engine.loading import housed, load
from services.engine.office import Office
from services.engine.order import Loaded, Order, Outcome
from services.engine.sweep import GoOn, Work, always, run
from services.engine.timers import Rows, running
from services.engine.transaction import carry_out
from services.engine.trouble import Fault
from services.engine.unit import UnitOfWork
from services.engine.upgrades import brought_up
from workflows.engine.case import Case
from workflows.engine.payloads import Fired
from workflows.engine.values import SYSTEM
from workflows.registry import known, of_number


class Contradiction(Exception):
    """The definition refuses a transition that one of its own deadlines fires; the message names the reasons."""


BATCH = 20
"""How many cases one transaction fires: so few that a person's order hardly waits behind it."""


def fire(db: Connection, office: Office, ids: Sequence[int], *, letters: bool) -> list[Outcome]:
    """Fire what is due, one timer a case, for these cases; return what became of them.

    ``letters`` chooses between the timers of letters and all others. The cases are locked in order (those somebody
    else holds are left for the next sweep), and the timers are read again under lock.

    Raises:
        Contradiction: the definition refuses what it itself fires.
    """
    locked = cases.lock_free(db, ids)
    troubled.settled(db, office, locked.values(), "timer")
    locked = brought_up(db, locked, office)
    orders, loaded = _orders(db, locked, office, letters=letters)
    if not orders:
        return []
    outcomes = carry_out(db, orders, office, locked=locked, loaded=loaded)
    refused = [reason.code for outcome in outcomes if outcome.outcome != "done" for reason in outcome.reasons]
    if refused:  # it must not be asked again at once for ever
        raise Contradiction(", ".join(dict.fromkeys(refused)))
    return outcomes


def _orders(
    db: Connection, locked: Mapping[str, Row[Any]], office: Office, *, letters: bool
) -> tuple[list[Order], dict[str, Loaded]]:
    """Return what is to be carried out of what is due in these locked cases, and the cases as they stand."""
    office_open = office.calendar.in_hours(office.now)
    loaded = load(db, list(locked.values()), office)
    orders, stale = [], Rows()
    for number, one in loaded.items():
        due = _first_due(one.timers, of_number(number).machine.first, office, office_open, letters)
        if due is None:
            continue
        if due.scope == "state" and due.entry_seq != one.row.entered_seq:
            stale.gone.append(timers.key(due))  # the second wall: a timer of a state the case has left
            continue
        orders.append(_order_of(locked[number], due, one.case, office))
    writes = Writes(db)
    stale.write(writes)
    writes.send()
    # Whatever says that nothing came looks first at what lies in the house.
    asking = {
        order.case
        for order in orders
        if of_number(order.case).machine.transitions[order.transition].becomes is not None
    }
    return orders, loaded | housed(db, {number: loaded[number] for number in asking}, office)


def _first_due(
    stored: Iterable[Row[Any]], first: Collection[str], office: Office, office_open: bool, letters: bool
) -> Row[Any] | None:
    """Return the timer to fire first: those the procedure names, such as the end of a hold, then the longest due."""
    due = [row for row in stored if _is_due(row, office, office_open, letters)]
    return min(due, key=lambda row: (row.name not in first, row.due_at, row.name), default=None)


def _is_due(row: Row[Any], office: Office, office_open: bool, letters: bool) -> bool:
    return row.due_at <= office.now and (row.legal or office_open) and (row.letter is not None) is letters


def _order_of(row: Row[Any], due: Row[Any], case: Case, office: Office) -> Order:
    machine = of_number(row.number).machine
    clock = machine.clocks.get(due.name) if due.scope != "state" else None
    deadlines = machine.states[row.state].deadlines if clock is None else (clock.deadline,)
    deadline = next(deadline for deadline in deadlines if deadline.name == due.name)
    run = next((run for run in running(case) if run.key == (due.entry_seq, due.name)), None)
    fire_no = due.fire_no if run is None else run.last_missed(due.fire_no, case, office)
    payload = Fired(
        name=due.name,
        fire_no=fire_no,
        letter=due.letter,
        missed=fire_no - due.fire_no,
        asked=due.asked,
        last_day=None if run is None else run.last_day(fire_no, case, office),
    )
    cause = f"timer:{due.name}:{due.entry_seq}:{fire_no}"
    return Order(row.number, deadline.fires, payload, SYSTEM, cause, timer=due)


def sweep(unit: UnitOfWork, go_on: GoOn = always, *, letters: bool) -> list[Outcome]:
    """Fire what is due, batch after batch, while *go_on* says so. A case that will not go is set aside alone."""
    with unit.begin() as db:
        troubled.moved_on(db, unit.office(db), "timer")
    return run(_work(letters=letters), unit, go_on)


def _work(*, letters: bool) -> Work[int, Outcome]:
    def claim(db: Connection, office: Office) -> list[int]:
        return timers.due_cases(
            db,
            office.now,
            office_open=office.calendar.in_hours(office.now),
            letters=letters,
            most=BATCH,
            known=known(),
            waits=retries.keeps_away(machine_now(db)),
        )

    def set_aside(db: Connection, office: Office, case_id: int, fault: Fault) -> None:
        due = _due_of(db, case_id, office, letters=letters)
        about = None if due is None else f"{due.name} #{due.fire_no}"
        text = f"refused: {fault.error}" if isinstance(fault.error, Contradiction) else fault.text
        troubled.set_aside(db, office, case_id, replace(fault, text=text), work="timer", subject=lambda _: about)

    return Work(
        claim=claim,
        together=lambda db, office, ids: fire(db, office, ids, letters=letters),
        put_back=partial(troubled.put_back, work="timer"),
        set_aside=set_aside,
        judge=troubled.judge,
        tries=lambda _: 0,
        most_tries=1,
        outcomes=list,
    )


def _due_of(db: Connection, case_id: int, office: Office, *, letters: bool) -> Row[Any] | None:
    office_open, stored = office.calendar.in_hours(office.now), timers.of_cases(db, [case_id]).get(case_id, ())
    machine = of_number(cases.number_of(db, case_id)).machine
    return _first_due(stored, machine.first, office, office_open, letters)
