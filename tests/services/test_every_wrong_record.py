"""Every step of a request in every state, recorded wrongly, has a way back that works, or a reason why it needs none.

The steps are read from the procedure: a new one without a way back, or with one that nobody tried, fails here.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from models import case as cases
from models.session import reading
from services.engine.loading import load
from services.reports.cases import ways_back
from tests.office import CLERK, TestOffice
from tests.services.righting import last_row
from tests.services.wrong_records import BY, CANNOT_BE, PAYLOADS, RECORDED
from workflows.engine.machine import Transition
from workflows.request.procedure import request

STEPS = request.transitions
ON = {
    "void": "voided",  # what should not have been opened, or taken up again, is closed
    "reopen": "forms_returned",
    "ask_again": "contacted",
    "withdraw": "withdrawn",
    "receive_again": "forms_returned",  # what came is looked at again
}
"""Ways back that lead on, and not to where the case stood: what should have been recorded takes its place."""


def expected(way: str, state: str, target: str, *, arrived: bool, verified: bool) -> str:
    """Return where a case stands once a step that led from *state* to *target* is put right."""
    if way == "amend_posting":  # it was posted all the same
        return target
    if way == "reinstate":  # the forms are void and are sent anew; what had come is looked at again
        return "forms_returned" if arrived else "contacted"
    if way == "correct_answer":
        return "id_verified" if verified else "forms_returned"
    return ON.get(way, state)


def ways(step: Transition, source: str) -> list[str]:
    """Return the steps that put one right that was recorded in a state."""
    return [name for name in step.undone_by if (step.target or source) in STEPS[name].sources]


def wrong_records() -> Iterator[tuple[str, str, str]]:
    """Yield (step, state it is recorded in, step that puts it right), for every one that is declared."""
    for step in STEPS.values():
        for source in step.sources or ("",):
            for way in ways(step, source):
                if (step.name, source) not in CANNOT_BE:
                    yield step.name, source, way


def test_every_step_says_how_it_is_put_right_or_why_it_needs_not_be() -> None:
    assert [step.name for step in STEPS.values() if bool(step.undone_by) == bool(step.stands)] == []
    assert all(len(step.stands.split()) > 4 for step in STEPS.values() if not step.undone_by)


def test_every_step_in_every_state_has_a_way_back_that_is_tried_here() -> None:
    lost = [(step.name, source) for step in STEPS.values() if step.undone_by
            for source in step.sources or ("",) if not ways(step, source)]  # fmt: skip
    assert lost == []
    assert [step.name for step in STEPS.values() if step.undone_by and step.name not in RECORDED] == []
    assert {way for _, _, way in wrong_records()} <= PAYLOADS.keys()
    assert all(state in STEPS[step].sources for step, state in CANNOT_BE)


def on_both() -> Iterator[Any]:
    """Yield every wrong record on SQLite, and on PostgreSQL each step with each way back from the first of its states.

    What a step writes, and what is written when it is put right, does not depend on the state it started from.
    """
    seen = set()
    for step, state, way in wrong_records():
        yield pytest.param("sqlite", step, state, way, id=f"sqlite-{step}-{state}-{way}")
        if (step, way) not in seen:
            seen.add((step, way))
            yield pytest.param("postgresql", step, state, way, id=f"postgresql-{step}-{state}-{way}")


@pytest.mark.parametrize(("database_url", "step", "state", "way"), list(on_both()), indirect=["database_url"])
def test_what_was_recorded_wrongly_is_put_right(office: TestOffice, step: str, state: str, way: str) -> None:
    case = RECORDED[step](office, state)
    before = last_row(office, case)
    assert (before.transition, before.source or "") == (step, state)
    with reading(office.engine) as db:
        row = cases.find(db, case)
        assert row is not None
        seen = load(db, [row], office.at(db), set(STEPS))[case].case
        named = list(ways_back(seen))

    office.must(case, way, PAYLOADS[way](office, case), by=BY.get(way, CLERK))

    after = last_row(office, case)
    assert after.seq == before.seq + 1
    assert after.target == expected(
        way, state, before.target, arrived=seen.first_arrived_on is not None, verified=seen.verified_by is not None
    )
    if STEPS[way].looks_back:  # what is no step of the ordinary way is named by `why`
        lines = next(told["lines"] for told in named if told["seq"] == before.seq)
        assert any(line.split(" ")[0] == STEPS[way].line(case).split(" ")[0] for line in lines)
