"""The steps every procedure has from the engine, and what a machine keeps of its declaration."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from workflows.engine.deadlines import NOTHING, Promise, every, working_days
from workflows.engine.machine import Decision, Machine, Refused, Start
from workflows.engine.payloads import Adopt, Fired, MovedTimer, Recount
from workflows.engine.values import SYSTEM, Actor, Reason, Role

WAS = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
MOVED = MovedTimer(
    name="remind",
    entry_seq=3,
    fire_no=2,
    was=WAS,
    now=WAS + timedelta(days=1),
    why=Reason("due_moved+now_closed_one", {"now_closed_last": "2026-11-20"}),
)
ADOPT = Adopt(before=3, now=4, firings={"remind": 2})


@dataclass(frozen=True)
class Thing:
    """As much of a case as the core looks at."""

    state: str = "waiting"
    number: str = "26-000017-Y"
    on_hold: bool = False


@dataclass(frozen=True)
class Moment:
    actor: Actor = SYSTEM


@dataclass(frozen=True)
class Written:
    """What a step writes."""

    details: dict[str, Any]


def after(case: Thing, target: str, change: Written, at: Moment) -> Thing:
    """Return the case as it stands afterwards."""
    return case


def promised(case: Thing) -> Promise:
    """Return what letters have promised: nothing."""
    return NOTHING


def a_machine() -> Machine[Written]:
    """Return waiting -> done, as it is once it has been checked."""
    machine: Machine[Written] = Machine("small", version=1, change=Written, after=after, promise=promised)
    waiting = machine.state("waiting", initial=True, deadlines=[every(working_days(1)).do("chase")])
    done = machine.state("done", closed=True)

    @machine.transition(by=[Role.CLERK], to=waiting)
    def begin(case: Any, p: Any, at: Any) -> Written:
        return Written({})

    @machine.transition(waiting, by=[Role.CLERK], to=done)
    def finish(case: Any, p: Any, at: Any) -> Written:
        return Written({})

    @machine.transition(waiting, by=[Role.SYSTEM], takes=Fired, on_hold=True)
    def chase(case: Any, p: Any, at: Any) -> Written:
        return Written({})

    machine.check()
    return machine


def details(step: str, payload: Any) -> dict[str, Any]:
    decision = a_machine().decide(Thing(), step, payload, Moment())
    assert isinstance(decision, Decision)
    assert decision.target == "waiting"
    return decision.change.details


def test_a_case_that_comes_under_a_newer_version_says_from_which_to_which() -> None:
    assert details("adopt", ADOPT) == {"from": 3, "to": 4}


def test_a_changed_calendar_is_written_with_each_deadline_it_moved_and_why() -> None:
    assert details("recount", Recount(event=7, moved=(MOVED,))) == {
        "event": 7,
        "moved": [
            {
                "timer": "remind",
                "entry": 3,
                "fire_no": 2,
                "was": "2026-11-24T00:30:00+00:00",
                "now": "2026-11-25T00:30:00+00:00",
                "why": ["due_moved+now_closed_one", {"now_closed_last": "2026-11-20"}],
            }
        ],
    }


def test_a_changed_calendar_that_moves_nothing_is_refused_and_names_the_case() -> None:
    refused = a_machine().decide(Thing(), "recount", Recount(event=7, moved=()), Moment())

    assert refused == Refused((Reason("nothing_moves", {"case": "26-000017-Y"}),))


@pytest.mark.parametrize(("step", "payload"), [("adopt", ADOPT), ("recount", Recount(event=7, moved=(MOVED,)))])
def test_these_steps_are_the_clock_s_alone_and_go_on_under_a_hold_and_when_all_is_over(step: str, payload: Any) -> None:
    machine = a_machine()
    clerk = Moment(Actor("sato", frozenset({Role.CLERK, Role.LEAD})))

    assert isinstance(machine.decide(Thing(), step, payload, clerk), Refused)
    for case in (Thing(on_hold=True), Thing("done")):
        assert isinstance(machine.decide(case, step, payload, Moment()), Decision)


def test_a_machine_keeps_what_it_was_declared_with() -> None:
    machine = a_machine()

    assert (machine.after, machine.change, machine.promise) == (after, Written, promised)
    assert Start(1, date(2026, 11, 9)).letter is None
