"""Loading a definition: what could strand, lose or silently reopen a case is refused, each fault by name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from workflows.deadlines import after, every, working_days
from workflows.machine import SYSTEM, Actor, BadDefinition, Machine, Refused, fingerprint
from workflows.payloads import Fired, Nothing
from workflows.values import Reason, Role

CLERK = Actor("sato", frozenset({Role.CLERK}))
LEAD = Actor("kudo", frozenset({Role.LEAD}))
CHASE = every(working_days(1)).do("chase")


@dataclass(frozen=True)
class Thing:
    """As much of a case as the core looks at."""

    state: str
    number: str = "26-000017-Y"
    on_hold: bool = False


@dataclass(frozen=True)
class Moment:
    actor: Actor = CLERK
    extras: dict[str, Any] = field(default_factory=dict)


def a_machine(**changed: Any) -> Machine[str]:
    """Return a small sound definition: waiting -> done, chased for ever; *changed* breaks it somewhere."""
    machine: Machine[str] = Machine("small", version=1)
    waiting = machine.state("waiting", initial=True, deadlines=changed.get("deadlines", [CHASE]))
    done = machine.state("done", closed=changed.get("closed", True))

    @machine.transition(by=[Role.CLERK], to=changed.get("opens_in", waiting))
    def begin(case: Any, p: Any, at: Any) -> str:
        return "begun"

    @machine.transition(waiting, by=[Role.CLERK], to=done, letters=changed.get("letters", []))
    def finish(case: Any, p: Any, at: Any) -> str:
        return "finished"

    @machine.transition(waiting, by=changed.get("chased_by", [Role.SYSTEM]), takes=Fired)
    def chase(case: Any, p: Any, at: Any) -> str:
        return "chased"

    extend: Callable[[Machine[str]], None] | None = changed.get("extend")
    if extend is not None:
        extend(machine)
    return machine


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

    fired = {"name": "<class 'str'>", "fire_no": "<class 'int'>", "letter": "str | None"}

    assert machine.shape() == {
        "name": "small",
        "version": 3,
        "states": {
            "waiting": {"initial": True, "closed": False, "anchor": "posted_on", "deadlines": [
                {"name": "chase", "fires": "chase", "unit": "working_days", "counts": [1], "step": 1,
                 "at_opening": True, "condition": "arrived"},
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
                           "at_opening": True, "condition": None}},
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
    from workflows.machine import State

    for name in ("first", "second"):

        @machine.transition(machine.states["waiting"], by=[Role.CLERK], to=State(f"no_{name}"))
        def leave(case: Any, p: Any, at: Any) -> str:
            return "left"

        machine.transitions[name] = machine.transitions.pop("leave")


def _a_closed_state_that_waits(machine: Machine[str]) -> None:
    machine.states["done"] = machine.state("done", closed=True, deadlines=[CHASE])


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "nobody opens": ({"extend": _nobody_opens}, "refused: no transition opens a case"),
    "the first of two unknown states": ({"extend": _unknown_states}, "leave: unknown state no_first"),
    "the second of two unknown states": ({"extend": _unknown_states}, "leave: unknown state no_second"),
    "a closed state that waits": ({"extend": _a_closed_state_that_waits}, "done: a closed state has deadlines"),
    "two starts": ({"extend": _second_start}, "exactly one initial state, has 2"),
    "an unreachable state": ({"extend": _nowhere}, "island: cannot be reached"),
    "a dead end": ({"extend": _dead_end}, "stuck: a dead end"),
    "a way out of a closed state": ({"extend": _quiet_reopening}, "undo: leads out of the closed state done"),
    "a deadline that fires nothing known": (
        {"deadlines": [CHASE, after(working_days(1)).do("vanish")]},
        "fires the unknown transition vanish",
    ),
    "a clock that fires nothing known": ({"extend": _clock_of_nothing}, "clock ghost: fires the unknown"),
    "a deadline that fires what is not possible there": (
        {"deadlines": [CHASE, after(working_days(1)).do("begin")]},
        "fires begin, which is not possible there",
    ),
    "a deadline that fires what only people may do": (
        {"chased_by": [Role.CLERK]},
        "fires chase, which the system may not do",
    ),
    "a waiting state whose deadlines end": (
        {"deadlines": [after(working_days(1), working_days(2)).do("chase")]},
        "waiting: waits, but its deadlines do not go on",
    ),
    "a waiting state without deadlines": ({"deadlines": []}, "waiting: waits, but its deadlines do not go on"),
    "deadlines that go on under a condition only": (
        {"deadlines": [CHASE.when("arrived")]},
        "waiting: waits, but its deadlines do not go on",
    ),
    "two deadlines of one name": ({"deadlines": [CHASE, CHASE]}, "two deadlines are named chase"),
    "a letter without a template": ({"letters": ["postcard"]}, "finish: no template for postcard"),
    "a start that opens elsewhere": ({"opens_in": "done"}, "begin: opens a case but not in the initial state"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_definition_that_could_strand_a_case_is_refused(fault: str) -> None:
    changes, complaint = FAULTS[fault]

    with pytest.raises(BadDefinition) as refusal:
        a_machine(**changes).check(letters=["answer"])

    assert complaint in str(refusal.value)


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


# -- asking ---------------------------------------------------------------------------------------------------------


def test_who_may_not_is_told_which_role_may() -> None:
    machine = a_machine()

    answer = machine.decide(Thing("waiting"), "finish", Nothing(), Moment(Actor("x", frozenset({Role.VERIFIER}))))

    assert answer == Refused((Reason("missing_role", {"roles": ["role.clerk"]}),))


@pytest.mark.parametrize("actor", [LEAD, CLERK, Actor("mori", frozenset(Role) - {Role.SYSTEM})])
def test_nobody_but_the_clock_does_what_the_clock_does(actor: Actor) -> None:
    machine = a_machine()

    by_person = machine.decide(Thing("waiting"), "chase", Fired(name="chase", fire_no=1), Moment(actor))
    by_clock = machine.decide(Thing("waiting"), "chase", Fired(name="chase", fire_no=1), Moment(SYSTEM))

    assert isinstance(by_person, Refused)
    assert not isinstance(by_clock, Refused)


def test_the_lead_may_do_what_a_clerk_may() -> None:
    answer = a_machine().decide(Thing("waiting"), "finish", Nothing(), Moment(LEAD))

    assert not isinstance(answer, Refused)
    assert (answer.source, answer.target) == ("waiting", "done")


def test_what_is_not_possible_here_says_what_is() -> None:
    answer = a_machine().decide(Thing("done"), "finish", Nothing(), Moment())

    assert isinstance(answer, Refused)
    assert [reason.code for reason in answer.reasons] == ["not_in_state"]
    assert answer.reasons[0].params["possible"] == []


def test_a_guard_is_asked_before_the_body_and_every_reason_is_given() -> None:
    machine: Machine[str] = Machine("guarded", version=1)
    start = machine.state("start", initial=True, deadlines=[CHASE])

    def never(case: Any, at: Any) -> Iterator[Reason]:
        yield Reason("first")
        yield Reason("second")

    @machine.transition(start, by=[Role.CLERK], unless=[never, never])
    def go(case: Any, p: Any, at: Any) -> str:
        raise AssertionError("the body must not be asked")

    answer = machine.decide(Thing("start"), "go", Nothing(), Moment())

    assert isinstance(answer, Refused)
    assert [reason.code for reason in answer.reasons] == ["first", "second", "first", "second"]
