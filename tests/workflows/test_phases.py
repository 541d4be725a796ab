"""The files of the procedure: each phase of the work declares its own steps, and together they are all of it."""

from itertools import groupby

import pytest

from settings import PROJECT
from workflows.request import procedure
from workflows.request.procedure import PHASES, request
from workflows.request.states import request as declared

STEPS = PROJECT / "workflows" / "request" / "steps"


def test_every_file_of_steps_is_a_phase_and_the_procedure_says_in_which_order_to_read_them() -> None:
    named = [phase.__name__ for phase in PHASES]
    read = [line.split("`")[1] for line in (procedure.__doc__ or "").splitlines() if line.startswith("- `")]

    assert sorted(name.rpartition(".")[2] for name in named) == sorted(
        path.stem for path in STEPS.glob("*.py") if path.stem != "__init__"
    )
    assert read == ["workflows.request.states", *named]


def test_the_steps_follow_each_other_phase_by_phase_in_the_order_of_the_work() -> None:
    homes = [getattr(step.body, "__module__", "") for step in request.transitions.values()]

    ours = [home for home in homes if home.startswith("workflows.request.")]

    assert [home for home, _ in groupby(ours)] == [phase.__name__ for phase in PHASES]


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.__name__.rpartition(".")[2])
def test_a_phase_declares_on_the_one_machine(phase: object) -> None:
    assert getattr(phase, "request", None) is declared is request
