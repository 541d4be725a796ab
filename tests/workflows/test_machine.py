"""Loading a definition: what could strand, lose or silently reopen a case is refused, each fault by name."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.workflows.small_machine import CHASE, a_machine
from workflows.engine.deadlines import after, every, working_days
from workflows.engine.machine import BadDefinition, Machine, State, fingerprint
from workflows.engine.payloads import Fired
from workflows.engine.values import Reason, Role


def test_a_sound_definition_is_loaded_and_fingerprinted() -> None:
    machine = a_machine()

    machine.check()

    assert len(machine.fingerprint) == 16


def test_the_fingerprint_follows_the_shape_and_nothing_else() -> None:
    once, again, other = a_machine(), a_machine(), a_machine(deadlines=[every(working_days(2)).do("chase")])

    for machine in (once, again, other):
        machine.check()

    assert once.fingerprint == again.fingerprint != other.fingerprint


def test_the_shape_is_all_that_a_stored_case_depends_on() -> None:
    def never(case: Any, at: Any) -> Iterator[Reason]:
        return iter(())

    def since(case: Any) -> Iterator[Any]:
        return iter(())

    machine: Machine[str] = Machine("small", version=3)
    waiting = machine.state("waiting", initial=True, anchor="posted_on", deadlines=[CHASE.when("arrived")])
    done = machine.state("done", closed=True)
    clock = machine.clock(after(working_days(4)).do("finish_", name="law"), legal=True)(since)

    @machine.transition(waiting, done, by=[Role.LEAD, Role.CLERK], to=done, takes=Fired, unless=[never],
                        on_hold=True, reopens=True, letters=["b", "a"])  # fmt: skip
    def finish_(case: Any, p: Any, at: Any) -> str:
        """Bring it to an end.

        And say so.
        """
        return "finished"

    @machine.transition(by=[Role.CLERK], to=waiting)
    def begin(case: Any, p: Any, at: Any) -> str:
        return "begun"

    fired = {
        "name": "<class 'str'>", "fire_no": "<class 'int'>", "letter": "str | None", "missed": "<class 'int'>",
        "asked": "<class 'int'>", "last_day": "datetime.date | None",
    }  # fmt: skip
    kept = {"whole_day": False, "grace": None}

    assert machine.shape() == {
        "name": "small",
        "version": 3,
        "states": {
            "waiting": {"initial": True, "closed": False, "anchor": "posted_on", "deadlines": [
                {"name": "chase", "fires": "chase", "unit": "working_days", "counts": [1], "step": 1,
                 "at_opening": True, "condition": "arrived", **kept},
            ]},
            "done": {"initial": False, "closed": True, "anchor": "entered_on", "deadlines": []},
        },
        "transitions": {
            "finish": {"sources": ["done", "waiting"], "target": "done", "roles": ["clerk", "lead"], "payload": fired,
                       "on_hold": True, "reopens": True, "letters": ["a", "b"], "unless": ["never"]},
            "begin": {"sources": [], "target": "waiting", "roles": ["clerk"], "payload": {}, "on_hold": False,
                      "reopens": False, "letters": [], "unless": []},
        },
        "clocks": {"law": {"name": "law", "fires": "finish_", "unit": "working_days", "counts": [4], "step": None,
                           "at_opening": True, "condition": None, **kept}},
    }  # fmt: skip
    assert (clock.starts, clock.legal, machine.clocks["law"]) == (since, True, clock)
    assert machine.transitions["finish"].text == "Bring it to an end. And say so."
    assert machine.transitions["begin"].text == ""
    assert machine.fingerprint == ""


def test_the_fingerprint_of_a_shape_is_the_same_on_every_machine() -> None:
    shape = {"b": [1, None, True], "a": {"語": "word"}}

    assert fingerprint(shape) == fingerprint(dict(reversed(shape.items()))) == "798d1ba574d8c0da"
    assert fingerprint({**shape, "c": 1}) != fingerprint(shape)


def _second_start(machine: Machine[str]) -> None:
    machine.state("elsewhere", initial=True, deadlines=[])


def _nowhere(machine: Machine[str]) -> None:
    machine.state("island", closed=True)


def _dead_end(machine: Machine[str]) -> None:
    stuck = machine.state("stuck", deadlines=[every(working_days(1)).do("prod")])

    @machine.transition(machine.states["waiting"], by=[Role.CLERK], to=stuck)
    def stick(case: Any, p: Any, at: Any) -> str:
        return "stuck"

    @machine.transition(stuck, by=[Role.SYSTEM], takes=Fired)
    def prod(case: Any, p: Any, at: Any) -> str:
        return "prodded"


def _quiet_reopening(machine: Machine[str]) -> None:
    @machine.transition(machine.states["done"], by=[Role.CLERK], to=machine.states["waiting"])
    def undo(case: Any, p: Any, at: Any) -> str:
        return "undone"


def _clock_of_nothing(machine: Machine[str]) -> None:
    machine.clock(after(working_days(1)).do("vanish", name="ghost"))(lambda case: iter(()))


def _nobody_opens(machine: Machine[str]) -> None:
    del machine.transitions["begin"]


def _unknown_states(machine: Machine[str]) -> None:
    for name in ("first", "second"):

        @machine.transition(machine.states["waiting"], by=[Role.CLERK], to=State(f"no_{name}"))
        def leave(case: Any, p: Any, at: Any) -> str:
            return "left"

        machine.transitions[name] = machine.transitions.pop("leave")


def _a_closed_state_that_waits(machine: Machine[str]) -> None:
    machine.states["done"] = machine.state("done", closed=True, deadlines=[CHASE])


def _no_start(machine: Machine[str]) -> None:
    machine.states["waiting"].initial = False


def _a_way_from_nowhere(machine: Machine[str]) -> None:
    @machine.transition(State("limbo"), by=[Role.CLERK], to=machine.states["done"])
    def escape(case: Any, p: Any, at: Any) -> str:
        return "out"


def _two_letters(machine: Machine[str]) -> None:
    @machine.transition(machine.states["waiting"], by=[Role.CLERK], letters=["answer", "postcard", "telegram"])
    def write(case: Any, p: Any, at: Any) -> str:
        return "written"


def _a_state_that_goes_round(machine: Machine[str]) -> None:
    _a_step_of(machine, "stay", machine.states["waiting"])


def _a_step_of(machine: Machine[str], name: str, state: State) -> None:
    @machine.transition(state, by=[Role.SYSTEM], to=state, takes=Fired)
    def step(case: Any, p: Any, at: Any) -> str:
        return "round"

    machine.transitions[name] = machine.transitions.pop("step")


ENDS = "waiting: waits, but its deadlines do not go on until the case moves"
FAULTS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "nobody opens": ({"extend": _nobody_opens}, ["no transition opens a case"]),
    "no start": (
        {"extend": _no_start},
        [
            "needs exactly one initial state, has 0",
            "begin: opens a case but not in the initial state",
            "waiting: cannot be reached",
            "done: cannot be reached",
        ],
    ),
    "two starts": (
        {"extend": _second_start},
        [
            "needs exactly one initial state, has 2",
            "elsewhere: cannot be reached",
            "elsewhere: a dead end",
            "elsewhere: waits, but its deadlines do not go on until the case moves",
        ],
    ),
    "a start that opens elsewhere": (
        {"opens_in": "done"},
        ["begin: opens a case but not in the initial state"],
    ),
    "two unknown states": (
        {"extend": _unknown_states},
        ["leave: unknown state no_first", "leave: unknown state no_second"],
    ),
    "a way from an unknown state": ({"extend": _a_way_from_nowhere}, ["escape: unknown state limbo"]),
    "a closed state that waits": (
        {"extend": _a_closed_state_that_waits},
        ["done: the deadline chase fires chase, which is not possible there", "done: a closed state has deadlines"],
    ),
    "an unreachable state": ({"extend": _nowhere}, ["island: cannot be reached"]),
    "a dead end": ({"extend": _dead_end}, ["stuck: a dead end"]),
    "a way out of a closed state": (
        {"extend": _quiet_reopening},
        ["undo: leads out of the closed state done but is not declared as reopening"],
    ),
    "a deadline that fires nothing known": (
        {"deadlines": [CHASE, after(working_days(1)).do("vanish", name="ghost")]},
        ["waiting: the deadline ghost fires the unknown transition vanish"],
    ),
    "a clock that fires nothing known": (
        {"extend": _clock_of_nothing},
        ["clock ghost: fires the unknown transition vanish"],
    ),
    "a deadline that fires what is not possible there": (
        {"deadlines": [CHASE, after(working_days(1)).do("begin", name="again")]},
        ["waiting: the deadline again fires begin, which is not possible there"],
    ),
    "a deadline that fires what only people may do": (
        {"deadlines": [every(working_days(1)).do("chase", name="nag")], "chased_by": [Role.CLERK]},
        ["waiting: the deadline nag fires chase, which the system may not do"],
    ),
    "a waiting state whose deadlines end": (
        {"deadlines": [after(working_days(1), working_days(2)).do("chase")]},
        [ENDS],
    ),
    "a waiting state without deadlines": ({"deadlines": []}, [ENDS]),
    "deadlines that go on under a condition only": ({"deadlines": [CHASE.when("arrived")]}, [ENDS]),
    "a way out that leads back": (
        {"deadlines": [after(working_days(1)).do("stay")], "extend": _a_state_that_goes_round},
        [ENDS],
    ),
    "a mark that nothing explains": (
        {"deadlines": [CHASE, replace(CHASE, name="ask").when("raining")]},
        ["waiting: nothing says what 'raining' means"],
    ),
    "two deadlines of one name": ({"deadlines": [CHASE, CHASE]}, ["waiting: two deadlines are named chase"]),
    "three deadlines of one name, two of another": (
        {"deadlines": [CHASE, *[CHASE.when(str(n)) for n in range(2)], *[replace(CHASE, name="ask")] * 2]},
        ["waiting: two deadlines are named ask", "waiting: two deadlines are named chase"],
    ),
    "letters without a template": (
        {"extend": _two_letters},
        ["write: no template for postcard", "write: no template for telegram"],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_definition_that_could_strand_a_case_is_refused(fault: str) -> None:
    changes, complaints = FAULTS[fault]

    with pytest.raises(BadDefinition) as refusal:
        a_machine(**changes).check(letters=["answer"])

    assert list(refusal.value.faults) == complaints
    assert str(refusal.value) == f"the definition 'small' is refused: {'; '.join(complaints)}"


def _declared_reopening(machine: Machine[str]) -> None:
    @machine.transition(machine.states["done"], by=[Role.CLERK], to=machine.states["waiting"], reopens=True)
    def undo(case: Any, p: Any, at: Any) -> str:
        return "undone"


def _steps_that_stay(machine: Machine[str]) -> None:
    @machine.transition(machine.states["done"], by=[Role.CLERK])
    def annotate(case: Any, p: Any, at: Any) -> str:
        return "noted"

    _a_step_of(machine, "turn", machine.states["done"])


def _a_long_way(machine: Machine[str]) -> None:
    here = machine.states["waiting"]
    for name in ("first", "second", "third"):
        there = machine.state(name, deadlines=[CHASE])
        for step, target in ((f"on_to_{name}", there), (f"end_before_{name}", machine.states["done"])):

            @machine.transition(here, by=[Role.CLERK], to=target)
            def go(case: Any, p: Any, at: Any) -> str:
                return "gone"

            machine.transitions[step] = machine.transitions.pop("go")
        here = there
    everywhere = tuple(state for state in machine.states.values() if not state.closed)
    machine.transitions["chase"] = replace(machine.transitions["chase"], sources=everywhere)
    machine.transitions["finish"] = replace(machine.transitions["finish"], sources=(here, machine.states["waiting"]))


def _a_way_back_beside_a_step_that_stays(machine: Machine[str]) -> None:
    aside = machine.state("aside", deadlines=[CHASE])
    waiting = machine.states["waiting"]

    @machine.transition(waiting, by=[Role.CLERK], to=aside)
    def set_aside(case: Any, p: Any, at: Any) -> str:
        return "aside"

    @machine.transition(waiting, aside, by=[Role.CLERK], to=waiting)
    def take_up(case: Any, p: Any, at: Any) -> str:
        return "taken up"

    machine.transitions["chase"] = replace(machine.transitions["chase"], sources=(waiting, aside))


def _a_clock(machine: Machine[str]) -> None:
    machine.clock(after(working_days(1)).do("chase", name="law"))(lambda case: iter(()))


SOUND: dict[str, dict[str, Any]] = {
    "nothing special": {},
    "a declared reopening": {"extend": _declared_reopening},
    "steps that stay in a closed state": {"extend": _steps_that_stay},
    "states that are reached one after the other": {"extend": _a_long_way},
    "a way back that is a step of the first state": {"extend": _a_way_back_beside_a_step_that_stays},
    "a clock of the case": {"extend": _a_clock},
    "a letter with a template": {"letters": ["answer"]},
    "one deadline that goes on beside one that ends": {
        "deadlines": [after(working_days(1)).do("chase", name="a"), CHASE]
    },
}


@pytest.mark.parametrize("case", SOUND)
def test_a_definition_that_strands_nothing_is_loaded(case: str) -> None:
    machine = a_machine(**SOUND[case])

    machine.check(letters=["answer"])

    assert machine.fingerprint == fingerprint(machine.shape())


def test_every_fault_of_a_definition_is_named_at_once() -> None:
    def both(machine: Machine[str]) -> None:
        _nowhere(machine)
        _quiet_reopening(machine)

    with pytest.raises(BadDefinition) as refusal:
        a_machine(extend=both, deadlines=[]).check()

    assert len(refusal.value.faults) == 3


def test_ways_out_under_opposite_conditions_go_on_together() -> None:
    def leaves(machine: Machine[str]) -> None:
        for name in ("expire", "hand_over"):

            @machine.transition(machine.states["waiting"], by=[Role.SYSTEM], to=machine.states["done"], takes=Fired)
            def out(case: Any, p: Any, at: Any) -> str:
                return "out"

            machine.transitions[name] = machine.transitions.pop("out")

    both = [
        after(working_days(9)).do("expire").when("arrived"),
        after(working_days(9)).do("hand_over").when("not arrived"),
    ]

    a_machine(deadlines=both, extend=leaves).check()

    with pytest.raises(BadDefinition, match="do not go on"):
        a_machine(deadlines=both[:1], extend=leaves).check()
