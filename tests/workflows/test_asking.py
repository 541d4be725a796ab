"""Asking a machine: what a transition would do to a case, why it may not, and what could be done instead."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from workflows.engine.deadlines import every, working_days
from workflows.engine.machine import Clock, Decision, Machine, Refused, State, fingerprint
from workflows.engine.payloads import Fired, Nothing
from workflows.engine.values import SYSTEM, Actor, Reason, Role

CLERK = Actor("sato", frozenset({Role.CLERK}))
CHASE = every(working_days(1)).do("chase")


@dataclass(frozen=True)
class Thing:
    """As much of a case as the core looks at."""

    state: str = "waiting"
    number: str = "26-000017-Y"
    on_hold: bool = False
    urgent: bool = False


@dataclass(frozen=True)
class Moment:
    actor: Actor = CLERK


@dataclass(frozen=True)
class Note:
    text: str = ""


def an_urgent_one(case: Thing, at: Moment) -> Iterator[Reason]:
    """Only where there is a moment to look at: a guard gets the circumstances, too."""
    if case.urgent and at.actor is not SYSTEM:
        yield Reason("urgent")


def a_machine() -> Machine[str]:
    """Return waiting -> done with a step of each kind, none of them checked by `Machine.check`."""
    machine: Machine[str] = Machine("small", version=1)
    waiting = machine.state("waiting", initial=True, deadlines=[CHASE])
    done = machine.state("done", closed=True)

    @machine.transition(by=[Role.CLERK], to=waiting)
    def begin(case: Any, p: Any, at: Any) -> str:
        return "begun"

    @machine.transition(waiting, by=[Role.CLERK], to=done, unless=[an_urgent_one])
    def send_off(case: Any, p: Any, at: Any) -> str:
        return "sent"

    @machine.transition(waiting, by=[Role.CLERK], on_hold=True, becomes=lambda case, p: p.text or None, takes=Note)
    def jot_down(case: Any, p: Any, at: Any) -> Any:
        return Refused((Reason("nothing_to_say"),)) if case.urgent else "noted"

    @machine.transition(waiting, by=[Role.CLERK], to=done, offered=lambda case: case.urgent)
    def rush(case: Any, p: Any, at: Any) -> str:
        return "rushed"

    @machine.transition(waiting, by=[Role.SYSTEM], takes=Fired)
    def chase(case: Any, p: Any, at: Any) -> str:
        return "chased"

    return machine


# -- what is declared -----------------------------------------------------------------------------------------------


def test_a_state_is_open_and_counts_from_its_entry_unless_it_says_otherwise() -> None:
    plain = State("waiting")
    declared = Machine[str]("small", version=1).state("waiting")

    for state in (plain, declared):
        assert (state.initial, state.closed, state.deadlines, state.anchor) == (False, False, (), "entered_on")
        assert state == "waiting"


def test_a_clock_is_the_offices_own_unless_it_says_that_it_is_the_laws() -> None:
    machine: Machine[str] = Machine("small", version=1)

    declared = machine.clock(CHASE)(lambda case: iter(()))

    assert declared.legal is False
    assert Clock(CHASE, declared.starts) == declared


def test_a_command_has_hyphens_where_its_transition_has_underscores() -> None:
    transitions = a_machine().transitions

    assert {name: transition.command for name, transition in transitions.items()} == {
        "begin": "begin",
        "send_off": "send-off",
        "jot_down": "jot-down",
        "rush": "rush",
        "chase": "chase",
    }


@dataclass(frozen=True)
class Letters:
    numbers: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Posting:
    letter: str
    tracking: str = ""


@pytest.mark.parametrize(("payload", "needed"), [(Nothing, False), (Note, False), (Letters, False), (Posting, True)])
def test_an_order_must_carry_what_has_no_default(payload: type[Any], needed: bool) -> None:
    machine: Machine[str] = Machine("small", version=1)

    @machine.transition(by=[Role.CLERK], takes=payload)
    def begin(case: Any, p: Any, at: Any) -> str:
        return "begun"

    assert machine.transitions["begin"].needs_payload is needed


@pytest.mark.parametrize(
    ("roles", "staff"), [([Role.CLERK], True), ([Role.SYSTEM], False), ([Role.SYSTEM, Role.LEAD], True), ([], False)]
)
def test_staff_can_order_what_is_not_the_clocks_alone(roles: list[Role], staff: bool) -> None:
    machine: Machine[str] = Machine("small", version=1)

    @machine.transition(by=roles)
    def begin(case: Any, p: Any, at: Any) -> str:
        return "begun"

    assert machine.transitions["begin"].by_staff is staff


@pytest.mark.parametrize(
    ("has", "wanted", "may"),
    [
        ({Role.CLERK}, {Role.CLERK, Role.VERIFIER}, True),
        ({Role.CLERK}, {Role.VERIFIER}, False),
        ({Role.CLERK}, set(), False),
        ({Role.LEAD}, {Role.APPROVER}, True),
        ({Role.LEAD}, {Role.SYSTEM}, False),
        ({Role.LEAD}, {Role.SYSTEM, Role.CLERK}, True),
        ({Role.LEAD}, set(), False),
        ({Role.SYSTEM}, {Role.SYSTEM}, True),
        ({Role.SYSTEM}, {Role.CLERK}, False),
    ],
)
def test_the_lead_stands_in_for_every_person_and_for_no_clock(has: set[Role], wanted: set[Role], may: bool) -> None:
    assert Actor("kudo", frozenset(has)).may_act_as(wanted) is may


def test_the_clock_is_called_system_and_is_nobody_else() -> None:
    assert Actor("system", frozenset({Role.SYSTEM})) == SYSTEM


def test_a_fingerprint_takes_what_json_has_no_word_for_as_it_is_written() -> None:
    assert fingerprint({"since": date(2026, 11, 2)}) == fingerprint({"since": "2026-11-02"})


# -- what would happen ----------------------------------------------------------------------------------------------


def test_what_opens_a_case_comes_from_nowhere() -> None:
    decided = a_machine().decide(Thing(), "begin", Nothing(), Moment())

    assert decided == Decision("begin", None, "waiting", "begun")


def test_a_step_with_a_target_goes_there_and_one_without_stays() -> None:
    machine = a_machine()

    assert machine.decide(Thing(), "send_off", Nothing(), Moment()) == Decision("send_off", "waiting", "done", "sent")
    assert machine.decide(Thing(), "jot_down", Note(), Moment()) == Decision("jot_down", "waiting", "waiting", "noted")


def test_an_order_that_is_another_step_is_decided_as_that_step() -> None:
    machine = a_machine()

    decided = machine.decide(Thing(), "jot_down", Note("send_off"), Moment())

    assert decided == Decision("send_off", "waiting", "done", "sent")
    assert machine.resolve(Thing(), "jot_down", Note("send_off")) is machine.transitions["send_off"]
    assert machine.resolve(Thing(), "jot_down", Note()) is machine.transitions["jot_down"]


def test_what_only_the_payload_can_tell_is_refused_by_the_body() -> None:
    answer = a_machine().decide(Thing(urgent=True), "jot_down", Note(), Moment())

    assert answer == Refused((Reason("nothing_to_say"),))


def test_a_guard_forbids_and_says_why() -> None:
    answer = a_machine().decide(Thing(urgent=True), "send_off", Nothing(), Moment())

    assert answer == Refused((Reason("urgent"),))


# -- what forbids it ------------------------------------------------------------------------------------------------


def test_on_hold_only_some_steps_are_possible_and_the_others_say_which() -> None:
    machine, held = a_machine(), Thing(on_hold=True)

    refused = machine.decide(held, "send_off", Nothing(), Moment())

    assert refused == Refused((Reason("on_hold", {"case": "26-000017-Y", "possible": ["jot-down"]}),))
    assert machine.decide(held, "jot_down", Note(), Moment()) == Decision("jot_down", "waiting", "waiting", "noted")


def test_on_hold_the_guards_of_what_is_possible_are_asked_too() -> None:
    machine = a_machine()

    @machine.transition(machine.states["waiting"], by=[Role.CLERK], on_hold=True, unless=[an_urgent_one])
    def lift(case: Any, p: Any, at: Any) -> str:
        return "lifted"

    def possible(case: Thing) -> object:
        answer = machine.decide(case, "send_off", Nothing(), Moment())
        assert isinstance(answer, Refused)
        return answer.reasons[0].params["possible"]

    assert possible(Thing(on_hold=True)) == ["jot-down", "lift"]
    assert possible(Thing(on_hold=True, urgent=True)) == ["jot-down"]


def test_an_order_that_may_be_given_on_hold_may_turn_out_to_be_one_that_may_not() -> None:
    machine, held = a_machine(), Thing(on_hold=True)

    decided = machine.decide(held, "jot_down", Note("send_off"), Moment())

    assert decided == Decision("send_off", "waiting", "done", "sent")
    assert [reason.code for reason in machine.obstacles(held, machine.transitions["send_off"], Moment())] == ["on_hold"]


def test_what_opens_a_case_asks_for_the_role_alone() -> None:
    machine, opening = a_machine(), a_machine().transitions["begin"]

    assert machine.obstacles(Thing("done", on_hold=True), opening, Moment()) == []
    assert machine.obstacles(Thing(), opening, Moment(SYSTEM)) == [Reason("missing_role", {"roles": ["role.clerk"]})]


def test_a_step_that_stays_is_not_possible_here() -> None:
    answer = a_machine().decide(Thing("done"), "jot_down", Note(), Moment())

    where = {"case": "26-000017-Y", "source": "state.done", "possible": []}
    assert answer == Refused((Reason("not_in_state", {**where, "command": "jot-down"}),))


def test_a_step_that_leads_elsewhere_has_no_way_from_here() -> None:
    machine = a_machine()
    stuck = machine.state("stuck")

    @machine.transition(stuck, by=[Role.CLERK], to=machine.states["waiting"])
    def pull_out(case: Any, p: Any, at: Any) -> str:
        return "out"

    away = machine.decide(Thing("stuck"), "rush", Nothing(), Moment())
    back = machine.decide(Thing("waiting"), "pull_out", Nothing(), Moment())

    from_there = {"case": "26-000017-Y", "source": "state.stuck", "possible": ["pull-out"]}
    from_here = {"case": "26-000017-Y", "source": "state.waiting", "possible": ["send-off", "jot-down"]}
    assert away == Refused((Reason("no_such_way", {**from_there, "target": "state.done"}),))
    # It would lead where the case stands already: that is no way, it is a step out of place.
    assert back == Refused((Reason("not_in_state", {**from_here, "command": "pull-out"}),))


# -- what could be done instead -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "possible"),
    [
        (Thing(), ["send-off", "jot-down"]),
        (Thing(urgent=True), ["jot-down", "rush"]),
        (Thing(on_hold=True), ["jot-down"]),
        (Thing("done"), []),
    ],
)
def test_what_is_possible_is_what_state_hold_and_guards_leave_to_staff(case: Thing, possible: list[str]) -> None:
    assert a_machine().possible(case, Moment()) == possible
