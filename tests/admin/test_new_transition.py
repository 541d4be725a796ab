"""A new transition needs its declaration and nothing else: no words, no list of commands; with words it has those.

It is added to a copy of the checkout, in which the script is called as a shell calls it.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from settings import PROJECT

CONTACT = "workflows/request/steps/contact.py"
DECLARED = '''
@request.transition(contacted, by=[CLERK])
def look_again(case: Case, p: object, at: At) -> Change:
    """Look at the request once more: nothing in it changes, but the history says that somebody did."""
    return Change()


'''
WORDED = """    "request.help.look_again": {
        "ja": "請求をもう一度見直します。",
        "en": "See the request again.",
    },
"""
ONE_CASE = """
import sys
from pathlib import Path
from models.session import migrate
from tests.office import CLERK, TestOffice
home = Path(sys.argv[1])
(home / "var").mkdir(parents=True)
url = f"sqlite:///{home / 'var' / 'madoguchi.sqlite3'}"
migrate(url)
office = TestOffice(url, home, demo=True)
number = office.opened()
office.must(number, "look_again", by=CLERK)
print(number, office.ask("SELECT transition FROM history ORDER BY seq DESC LIMIT 1")[0][0])
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of the checkout."""
    copy = tmp_path / "checkout"
    ours = {path.parent.name for path in PROJECT.glob("*/__init__.py")} | {"samples", "templates"}
    for folder in sorted(ours):
        shutil.copytree(PROJECT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path in [*PROJECT.glob("*.py"), *PROJECT.glob("*.toml")]:
        shutil.copy2(path, copy)
    (copy / ".venv").symlink_to((PROJECT / ".venv").resolve())
    return copy


def called(checkout: Path, *command: str) -> str:
    """Run one command in the copy and return what it said; it must succeed."""
    done = subprocess.run(
        command,
        cwd=checkout,
        env={"PATH": os.environ["PATH"], "MADOGUCHI_HOME": str(checkout / "home"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return " ".join(done.stdout.split())


def put(path: Path, text: str, before: str) -> None:
    """Write *text* into a file, before the last place in which the other text stands."""
    first, found, last = path.read_text(encoding="utf-8").rpartition(before)
    assert found
    path.write_text(f"{first}{text}{found}{last}", encoding="utf-8")


def test_a_transition_that_is_only_declared_is_ordered_explained_and_listed_in_both_languages(checkout: Path) -> None:
    assert "look-again" not in called(checkout, "./admin.py", "--help")

    put(checkout / CONTACT, DECLARED, "@request.transition(")

    number, done = called(checkout, ".venv/bin/python", "-c", ONE_CASE, str(checkout / "home")).split()
    assert done == "look_again"
    for language in ("ja", "en"):
        spoken = ("--lang", language)
        assert "look-again look at the request once more" in called(checkout, "./admin.py", "--help", *spoken)
        assert "Look at the request once more" in called(checkout, "./admin.py", "look-again", "--help", *spoken)
        assert "look-again" in called(checkout, "./admin.py", "bulk", "--help", *spoken)
        assert "look-again look at the request" in called(
            checkout, "./admin.py", "why", number, "--as", "sato", *spoken
        )
        assert "look-again" in called(checkout, "./admin.py", "history", number, *spoken)
        assert "look-again" in called(checkout, "./admin.py", "diagram", *spoken)


def test_a_transition_that_is_worded_says_so_at_once(checkout: Path) -> None:
    put(checkout / CONTACT, DECLARED, "@request.transition(")
    assert "見直します" not in called(checkout, "./admin.py", "--help", "--lang", "ja")

    put(checkout / "workflows/request/words/help.py", WORDED, '    "request.option.')

    assert "look-again 請求をもう一度見直します。" in called(checkout, "./admin.py", "--help", "--lang", "ja")
    assert "see the request again" in called(checkout, "./admin.py", "--help", "--lang", "en")
    assert "See the request again." in called(checkout, "./admin.py", "look-again", "--help", "--lang", "en")


def test_the_help_page_is_whole_where_nothing_can_be_kept(checkout: Path) -> None:
    (checkout / "commands/__pycache__").write_text("no folder", encoding="utf-8")

    assert "verify-identity" in called(checkout, "./admin.py", "--help")
    assert "verify-identity" in called(checkout, "./admin.py", "--help")


def test_a_list_that_was_damaged_or_is_another_procedures_is_made_again(checkout: Path) -> None:
    page = called(checkout, "./admin.py", "--help")
    (kept,) = (checkout / "commands/__pycache__").glob("steps.txt")
    for damaged in ("", "open", kept.read_text("utf-8").replace("open\t", "opened\t", 1)[9:], "\x00" * 40):
        kept.write_text(damaged, encoding="utf-8")

        assert called(checkout, "./admin.py", "--help") == page
