"""The page about the procedure says what the procedure is."""

from pathlib import Path

from lab import workflow_doc
from workflows.request.procedure import request


def test_the_page_is_the_one_the_code_would_write(tmp_path: Path) -> None:
    written = tmp_path / "workflow.md"

    workflow_doc.main(written)

    assert workflow_doc.TARGET.read_text(encoding="utf-8") == written.read_text(encoding="utf-8"), (
        "run .venv/bin/python -m lab.workflow_doc"
    )


def test_every_state_transition_clock_and_guard_has_its_line() -> None:
    page = workflow_doc.page()

    for name in (*request.states, *request.transitions, *request.clocks):
        assert f"\n| `{name}` |" in page, name
    for transition in request.transitions.values():
        assert transition.text
        assert all(guard.__doc__ for guard in transition.unless)
