"""Asking a machine on behalf of somebody: which role may, and what is said to whoever may not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.workflows.small_machine import CHASE, a_machine
from workflows.engine.machine import Machine, Refused
from workflows.engine.payloads import Fired, Nothing
from workflows.engine.values import SYSTEM, Actor, Reason, Role

CLERK = Actor("sato", frozenset({Role.CLERK}))
LEAD = Actor("kudo", frozenset({Role.LEAD}))


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
