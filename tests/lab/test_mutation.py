"""``make mutation``: what it makes of a module, that it judges honestly, and that its page and the reasons agree."""

import ast
import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from lab.bench import mutation, survivors
from lab.bench.mutants import OUTSIDE, _places, mutants
from lab.bench.subjects import SUBJECTS, TESTS, path_of
from lab.bench.trials import OfDatabase
from settings import PROJECT

REASONS = survivors.read()
PAGE = survivors.PAGE.read_text(encoding="utf-8")


def source_of(module: str) -> str:
    return (PROJECT / path_of(module)).read_text(encoding="utf-8")


def places_of(module: str) -> set[str]:
    """Return the name of every function and class, as mutants give their place."""
    return {name for name, _, _ in _places(source_of(module))} | {OUTSIDE}


# -- the page and the reasons ---------------------------------------------------------------------------------------


def test_every_module_has_a_row_and_at_least_ninety_of_a_hundred_killed() -> None:
    rows = survivors.rows_of(PAGE)

    assert list(rows) == list(SUBJECTS)
    assert [name for name, row in rows.items() if row.percent < mutation.LEAST] == []
    assert all(row.mutants >= row.tried == row.killed + row.survived >= row.hung for row in rows.values())


def test_every_survivor_has_a_reason_and_every_reason_a_survivor() -> None:
    reasons = Counter(reason.module for reason in REASONS)

    for name, row in survivors.rows_of(PAGE).items():
        # A sample need not meet every survivor that is known.
        assert row.survived <= reasons[name], name
        assert row.tried < row.mutants or row.survived == reasons[name], name
    assert set(reasons) <= set(SUBJECTS)
    assert len({(reason.module, *reason.name) for reason in REASONS}) == len(REASONS)


def test_the_page_is_what_its_rows_and_the_reasons_make_of_it() -> None:
    rows = survivors.rows_of(PAGE)

    assert survivors.page(list(rows.values())) == PAGE


def test_a_run_writes_the_rows_of_its_modules_and_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "mutation.md"
    page.write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(survivors, "PAGE", page)
    before = survivors.rows_of(PAGE)
    row = survivors.Row("services.engine.sweep", 300, 100, 95, 1, 5, "2031-01-02, 0123456789 with changes")

    survivors.write_rows([row])

    assert survivors.rows_of(page.read_text(encoding="utf-8")) == {**before, row.module: row}
    assert (row.percent, list(before)) == (95.0, list(SUBJECTS))


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
__all__ = ["LIMIT", "Count"]
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
    source = source_of("workflows.request.representation")
    programs = [ast.dump(ast.parse(mutant.source)) for mutant in mutants(source)]

    assert len(programs) > 150
    assert len({*programs, ast.dump(ast.parse(source))}) == len(programs) + 1


@pytest.mark.parametrize(("number", "most"), [(695, 40), (40, 40), (3, 40), (695, None)])
def test_a_sample_is_the_same_each_time_and_lies_evenly_over_the_source(number: int, most: int | None) -> None:
    chosen = mutation.sampled(number, most)
    steps = {then - one for one, then in pairwise(chosen)}

    assert chosen == mutation.sampled(number, most)
    assert len(chosen) == min(number, most or number)
    assert (chosen[0], len(steps) <= 2, max(steps) - min(steps) <= 1) == (0, True, True)
    assert number - chosen[-1] <= max(steps)


@dataclass(frozen=True)
class Asked:
    """A test as the plugin looks at it."""

    fixturenames: tuple[str, ...]
    callspec: SimpleNamespace | None = None


def test_tests_of_both_databases_run_on_sqlite_alone_and_those_of_postgresql_alone_run_last() -> None:
    none, sqlite = Asked(()), Asked(("database_url",), SimpleNamespace(params={"database_url": "sqlite"}))
    twin = Asked(("database_url",), SimpleNamespace(params={"database_url": "postgresql"}))
    own = Asked(("postgres_url", "postgres", "migrated_postgres"))
    first, last = ([none, sqlite, twin, own] for _ in range(2))

    OfDatabase(postgresql=False).pytest_collection_modifyitems(first)  # type: ignore[arg-type]
    OfDatabase(postgresql=True).pytest_collection_modifyitems(last)  # type: ignore[arg-type]

    assert (first, last) == ([none, sqlite], [own])


# -- the judge ------------------------------------------------------------------------------------------------------

RULES = "workflows.request.representation"
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
module = "workflows.request.representation"
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
    for name in ("settings.py", "release.py", "journal.py", "traces.py", "pyproject.toml"):
        shutil.copy(PROJECT / name, tmp_path)
    for folder in ("workflows", "workflows/request", "tests", "tests/workflows"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").touch()
    (tmp_path / "tests" / "conftest.py").touch()
    (tmp_path / "docs").mkdir()
    (tmp_path / path_of(RULES)).write_text(RULE)
    for test in SUBJECTS[RULES].tests:
        (tmp_path / TESTS.format(test)).write_text(RULE_TESTS)
    return tmp_path


def run(project: Path, reasons: list[tuple[str, str, str]]) -> subprocess.CompletedProcess[str]:
    text = "".join(REASON.format(place=place, was=was, now=now) for place, was, now in reasons)
    (project / "lab" / "bench" / "survivors.toml").write_text(text)
    (project / "lab" / "bench" / "mutation.py").write_text(
        (PROJECT / "lab" / "bench" / "mutation.py").read_text(encoding="utf-8").replace("LEAST = 90.0", "LEAST = 50.0")
    )
    return subprocess.run(
        [sys.executable, "-m", "lab.bench.mutation", RULES, "--jobs", "2"],
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
    (row,) = survivors.rows_of((small_project / "docs" / "mutation.md").read_text(encoding="utf-8")).values()
    assert (row.tried, row.survived, row.stated.endswith(", no revision")) == (row.mutants, len(ALIVE), True)
    assert "few: a reason for what no longer survives" in one_too_many.stderr


def test_tests_that_fail_by_themselves_kill_nothing(small_project: Path) -> None:
    (small_project / "tests" / "workflows" / "test_representation.py").write_text("def test_it():\n    assert False\n")

    said = run(small_project, [])

    assert said.returncode == 1
    assert "the tests must pass before any mutant" in said.stderr
