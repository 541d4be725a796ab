"""The recipes of CONTRIBUTING, followed as they are printed in one copy of the project, then tried as a clerk would."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.office.staff import os_login
from settings import Settings, load
from tests.checkouts import Checkout, copied
from tests.recipes import RECIPES, Recipe, recipe
from tests.system.people_at_work import contact

PRINTED = re.compile(r"\b[A-Z]*\d\d-\d{6}-\w\b")


class Followed:
    """Recipes that were followed in a copy of the project, and the office whose desk runs from it."""

    def __init__(self, recipes: list[Recipe], folder: Path, settings: Settings) -> None:
        self.recipes = recipes
        self.settings = settings
        # What both raise is raised once.
        self.changes = list(dict.fromkeys(change for one in recipes for change in one.changes))
        self.checkout: Checkout = copied(folder, self.changes)

    def run(self, line: str, *, timeout: float = 1500) -> str:
        """Run one line as a shell does, in the copy; it must end well. Returns what it said."""
        theirs = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=self.checkout.folder,
            env={**theirs, **self.settings.environment(), "COLUMNS": "200"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        assert done.returncode == 0, f"{line}: {done.stdout}{done.stderr}"
        return done.stdout

    def admin(self, *words: str, stdin: str = "", by: str = "sato") -> Any:
        """Run ./admin.py of the copy as that person; return its JSON."""
        said = self.checkout.admin(self.settings, "--as", by, "--json", *words, stdin=stdin)
        assert said.status == 0, said
        return said.json

    def typed(self, recipe: Recipe, number: str = "") -> str:
        """Type what a recipe prints, and read what it shows; return the case's number, printed as `PRINTED`.

        Where no *number* is given the first answer tells it.
        """
        for shown, answer in recipe.typed:
            printed = PRINTED.findall(" ".join([shown, *answer]))[0]
            said = self.run(shown.replace(printed, number or printed)).splitlines()
            number = number or PRINTED.findall(said[0])[0]
            assert said == [line.replace(printed, number) for line in answer], shown
        return number

    def steps(self, case: str) -> list[str]:
        """Return the transitions of a case, as `history` tells them."""
        return [row["transition"] for row in self.admin("history", case)]

    def is_task(self, name: str) -> bool:
        """Whether workers know this task."""
        program = f"from worker import app; app.loader.import_default_modules(); print({name!r} in app.tasks)"
        return self.run(f'.venv/bin/python -c "{program}"') == "True\n"


@pytest.fixture
def follow() -> Iterator[Followed]:
    """Follow the recipes, their lines for the shell too; yield them with a desk of real processes in a new office."""
    folder = Path(tempfile.mkdtemp(prefix="mg-"))
    told = {"HOME": str(folder / "home"), "ALLOW_AS": "demo", "CLOCK": "shifted", "LANG": "en", "FLOWER_PORT": "0"}
    settings = load({f"MADOGUCHI_{name}": value for name, value in told.items()})
    made = Followed([recipe(heading) for heading in RECIPES], folder / "project", settings)
    try:
        for line in (line for one in made.recipes for line in one.lines):
            made.run(line)
        made.run(f".venv/bin/ruff check {' '.join(dict.fromkeys(change.path for change in made.changes))}")
        made.run(f"./admin.py office found --lead {os_login()}")
        made.run("./admin.py staff add sato --role clerk")
        with made.checkout.desk(settings, with_flower=False, with_metrics=False):
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.timeout(1800)
def test_the_recipes_for_a_transition_and_a_procedure_make_what_everything_knows(follow: Followed) -> None:
    # One copy and one desk: both are followed in any case, and fit each other.
    transition, procedure = follow.recipes
    a_transition_is_a_task_a_command_and_a_page(follow, transition)
    a_procedure_opens_a_case_that_everything_knows(follow, procedure)


def a_transition_is_a_task_a_command_and_a_page(made: Followed, recipe: Recipe) -> None:
    case = str(made.admin("open", "--file", "-", "--wait", "100", stdin=json.dumps(contact("hanako", 1)))["case"])

    made.typed(recipe, case)

    refused = made.checkout.admin(made.settings, "--as", "sato", "note-call", case, "--why", "and then " * 20)
    assert made.is_task("request.note_call")
    assert "note-call" in made.run("./admin.py --help")
    assert "Note that somebody telephoned" in made.run("./admin.py note-call --help")
    assert "note-call" in made.run(f"./admin.py --as sato why {case}")
    assert made.steps(case) == ["open", "note_call"]
    assert (refused.status, "at most 100 characters" in refused.err) == (1, True)
    assert "\n| `note_call` |" in (made.checkout.folder / "docs" / "workflow.md").read_text(encoding="utf-8")


def a_procedure_opens_a_case_that_everything_knows(made: Followed, recipe: Recipe) -> None:
    case = made.typed(recipe)

    shown = made.admin("show", case)
    assert made.is_task("suggestion.propose")
    assert (shown["case"], shown["definition"], shown["state"]) == (case, "suggestion 1", "answered")
    assert made.steps(case) == ["propose", "answer"]
    assert "suggestion" in made.run("./admin.py plan --procedure suggestion")
