"""What a case has been through, told by its history alone; and ways back that a definition may not name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from tests.workflows.small_machine import a_machine
from workflows.engine.machine import BadDefinition, Machine
from workflows.engine.past import past
from workflows.engine.values import Role


@dataclass(frozen=True)
class Row:
    seq: int
    transition: str
    source: str | None
    target: str
    details: Mapping[str, Any] = field(default_factory=dict)
    cause: str = "order:1"
    actor: str = "sato"
    at: int = 0


def day_of(at: int) -> date:
    return date(2026, 11, 9)


OPENED = Row(1, "open", None, "contacted")
CHASED = Row(2, "escalate", "contacted", "contacted", cause="timer:escalate:1:2")
MAILED = Row(3, "mail_forms", "contacted", "forms_mailed", {"letter": "L1"})
BACK = {"seq": 1, "since": "2026-11-02", "fired": {"escalate": 2}}
UNDONE = Row(4, "undo_mailing", "forms_mailed", "contacted", {"undoes": 3, "back_to": BACK})


def test_a_stay_knows_since_when_and_how_often_each_deadline_fired_in_it() -> None:
    told = past([OPENED, CHASED, MAILED], day_of)

    assert [(stay.state, stay.seq, stay.by, dict(stay.fired)) for stay in told.stays] == [
        ("contacted", 1, "open", {"escalate": 2}),
        ("forms_mailed", 3, "mail_forms", {}),
    ]
    assert told.before(told.last("mail_forms", letter="L1")) == told.stays[0]
    assert told.last("mail_forms", letter="L2") is None


def test_a_stay_gone_back_to_goes_on_with_what_had_fired_and_from_the_day_of_before() -> None:
    more = Row(5, "escalate", "contacted", "contacted", cause="timer:escalate:4:3")

    stay = past([OPENED, CHASED, MAILED, UNDONE], day_of).stay
    later = past([OPENED, CHASED, MAILED, UNDONE, more], day_of).stay

    assert stay is not None
    assert later is not None
    assert (stay.since, dict(stay.fired)) == (date(2026, 11, 2), {"escalate": 2})
    assert dict(later.fired) == {"escalate": 3}


def test_what_is_taken_back_stands_no_more_and_stands_again_where_that_is_taken_back() -> None:
    rows = [OPENED, MAILED, UNDONE]
    again = Row(5, "undo_undoing", "contacted", "forms_mailed", {"undoes": 4})

    assert [step.seq for step in past(rows, day_of).steps] == [1, 4]
    assert [step.seq for step in past([*rows, again], day_of).steps] == [1, 3, 5]


def test_what_took_the_place_of_another_goes_with_it() -> None:
    first = Row(2, "receive_forms", "forms_mailed", "forms_returned")
    anew = Row(3, "receive_again", "forms_returned", "forms_returned", {"replaces": 2})
    undone = Row(4, "undo_arrival", "forms_returned", "forms_mailed", {"undoes": 3})

    assert [step.seq for step in past([OPENED, first, anew], day_of).steps] == [1, 3]
    assert [step.seq for step in past([OPENED, first, anew, undone], day_of).steps] == [1, 4]


def test_clocks_that_fired_are_told_by_their_own_entry() -> None:
    rows = [OPENED, Row(2, "escalate", "contacted", "contacted", cause="timer:appi_39:0:1")]

    assert dict(past(rows, day_of).fired) == {(0, "appi_39"): 1}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"undone_by": ["nothing"]}, "undone by the unknown transition nothing"),
        ({"undone_by": ["finish"], "stands": "it does"}, "both to be undone and to stand"),
        ({"undone_by": ["chase"]}, "nothing that undoes it is possible in done"),
    ],
)
def test_a_way_back_that_is_none_is_refused_by_name(more: dict[str, Any], said: str) -> None:
    def extend(machine: Machine[str]) -> None:
        waiting, done = machine.states["waiting"], machine.states["done"]

        @machine.transition(waiting, by=[Role.CLERK], to=done, **more)
        def end(case: Any, p: Any, at: Any) -> str:
            return "ended"

    with pytest.raises(BadDefinition, match=said):
        a_machine(extend=extend).check()
