"""What Flower and the broker show of searches: a step, the number of a search and ids, and nothing that was said."""

from tasks.app import app
from tasks.door import shapes
from workflows.search.procedure import search


def test_bells_of_searches_carry_numbers_alone() -> None:
    app.loader.import_default_modules()

    takes = {name: taken for name, taken in shapes(app.tasks).items() if name.startswith(("search.", "outgoing.do"))}

    by_staff = [f"search.{step.name}" for step in search.transitions.values() if step.by_staff]
    assert takes == {
        **{name: {"case": str, "order": int} for name in by_staff},
        "outgoing.do": {"case": str, "effect": int},
    }
