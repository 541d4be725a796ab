"""``make mutation``: what it makes of a module, that it judges honestly, and that its page and the reasons agree."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lab.bench import mutation, survivors
from lab.bench.mutants import OUTSIDE, _places, mutants
from lab.bench.subjects import SUBJECTS, TESTS
from settings import PROJECT

REASONS = survivors.read()
PAGE = survivors.PAGE.read_text(encoding="utf-8")


def source_of(module: str) -> str:
    return (PROJECT / "workflows" / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")


def figures() -> dict[str, survivors.Row]:
    """Return the rows of the page's table by module."""
    pattern = r"^\| \[`([a-z._]+)`\]\(\S+\) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| [\d.]+ \|$"
    return {name: survivors.Row(name, *map(int, rest)) for name, *rest in re.findall(pattern, PAGE, re.MULTILINE)}


def places_of(module: str) -> set[str]:
    """Return the name of every function and class, as mutants give their place."""
    return {name for name, _, _ in _places(source_of(module))} | {OUTSIDE}


# -- the page and the reasons ---------------------------------------------------------------------------------------


def test_every_module_has_a_row_and_at_least_ninety_of_a_hundred_killed() -> None:
    rows = figures()

    assert list(rows) == list(SUBJECTS)
    assert [name for name, row in rows.items() if row.percent < mutation.LEAST] == []
    assert all(row.mutants == row.killed + row.survived >= row.hung for row in rows.values())


def test_every_survivor_has_a_reason_and_every_reason_a_survivor() -> None:
    counted = {name: row.survived for name, row in figures().items()}

    assert counted == {name: sum(reason.module == name for reason in REASONS) for name in SUBJECTS}
    assert len({(reason.module, *reason.name) for reason in REASONS}) == len(REASONS)


def test_the_page_lists_the_reasons_as_they_are_written() -> None:
    assert PAGE.endswith("\n".join([*survivors.listed(REASONS), ""]))


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: f"{reason.module}.{reason.place}")
def test_a_reason_is_a_sentence_about_lines_that_still_stand_there(reason: survivors.Reason) -> None:
    source = source_of(reason.module)
    stands = {line.strip() for line in source.splitlines()}

    assert reason.place in places_of(reason.module)
    assert {line.strip() for line in reason.was.splitlines()} <= stands
    assert len(reason.reason.split()) >= 5
    assert reason.reason.endswith(".")


@pytest.mark.parametrize("module", SUBJECTS)
def test_the_tests_and_places_of_a_module_exist(module: str) -> None:
    subject = SUBJECTS[module]

    assert set(subject.places) <= places_of(module)
    assert all((PROJECT / TESTS.format(name)).is_file() for name in subject.tests)


# -- the mutants ----------------------------------------------------------------------------------------------------

SMALL = '''
"""A module."""
Key = TypeVar("Key")
Alias: TypeAlias = "Key"
LIMIT = 3


class Count:
    def __new__(cls) -> "Count":
        return make(cls)

    @property
    def few(self) -> bool:
        return self.number < 3
'''


def test_what_runs_at_import_and_what_is_decorated_is_mutated_too() -> None:
    made = [mutant.name for mutant in mutants(SMALL)]

    assert made == [
        (OUTSIDE, "LIMIT = 3", "LIMIT = None"),
        (OUTSIDE, "LIMIT = 3", "LIMIT = 4"),
        ("Count.__new__", "return make(cls)", "return make(None)"),
        ("Count.few", "return self.number < 3", "return self.number <= 3"),
        ("Count.few", "return self.number < 3", "return self.number < 4"),
    ]


def test_every_mutant_of_a_rule_is_a_program_of_its_own() -> None:
    source = source_of("request.representation")
    programs = [ast.dump(ast.parse(mutant.source)) for mutant in mutants(source)]

    assert len(programs) > 150
    assert len({*programs, ast.dump(ast.parse(source))}) == len(programs) + 1


# -- the judge ------------------------------------------------------------------------------------------------------

# The rule is asked once, while the module is imported: a mutant of it must be awake by then.
RULE = """
LIMIT = 3


def few(number: int) -> bool:
    return number < LIMIT


def declared(*names: str) -> dict[str, bool]:
    return {name: few(len(name)) for name in names}


TABLE = declared("ab", "abcd")
"""
RULE_TESTS = """
from workflows.request.representation import TABLE


def test_two_are_few_and_four_are_not():
    assert TABLE == {"ab": True, "abcd": False}
"""
REASON = """
[[survivor]]
module = "request.representation"
place = "{place}"
was = '''{was}'''
now = '''{now}'''
reason = "The test of this test says nothing about it."
"""
ALIVE = [
    (OUTSIDE, "LIMIT = 3", "LIMIT = 4"),
    ("few", "return number < LIMIT", "return number <= LIMIT"),
]


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """A project of one rule and its tests, with the real machinery."""
    for name in ("desk", "lab/bench"):
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("lab/__init__.py", "lab/postgres.py"):
        shutil.copy(PROJECT / name, tmp_path / name)
    for name in ("settings.py", "pyproject.toml"):
        shutil.copy(PROJECT / name, tmp_path)
    for folder in ("workflows", "workflows/request", "tests", "tests/workflows"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").touch()
    (tmp_path / "tests" / "conftest.py").touch()
    (tmp_path / "workflows" / "request" / "representation.py").write_text(RULE)
    for test in SUBJECTS["request.representation"].tests:
        (tmp_path / "tests" / "workflows" / f"test_{test}.py").write_text(RULE_TESTS)
    return tmp_path


def run(project: Path, reasons: list[tuple[str, str, str]]) -> subprocess.CompletedProcess[str]:
    text = "".join(REASON.format(place=place, was=was, now=now) for place, was, now in reasons)
    (project / "lab" / "bench" / "survivors.toml").write_text(text)
    (project / "lab" / "bench" / "mutation.py").write_text(
        (PROJECT / "lab" / "bench" / "mutation.py").read_text(encoding="utf-8").replace("LEAST = 90.0", "LEAST = 50.0")
    )
    return subprocess.run(
        [sys.executable, "-m", "lab.bench.mutation", "request.representation", "--jobs", "2"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_survivor_needs_a_reason_and_a_reason_a_survivor(small_project: Path) -> None:
    all_but_one = run(small_project, ALIVE[1:])
    all_of_them = run(small_project, ALIVE)
    one_too_many = run(small_project, [*ALIVE, ("few", "return number < LIMIT", "return number > LIMIT")])

    assert (all_but_one.returncode, all_of_them.returncode, one_too_many.returncode) == (1, 0, 1)
    assert "now = '''\nLIMIT = 4'''" in all_but_one.stderr
    assert all_of_them.stderr == ""
    assert "few: a reason for what no longer survives" in one_too_many.stderr


def test_tests_that_fail_by_themselves_kill_nothing(small_project: Path) -> None:
    (small_project / "tests" / "workflows" / "test_representation.py").write_text("def test_it():\n    assert False\n")

    said = run(small_project, [])

    assert said.returncode == 1
    assert "the tests must pass before any mutant" in said.stderr
