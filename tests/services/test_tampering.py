"""Whoever tampers with what was recorded is told of by the first thing that is wrong (`tests.services.tampered`)."""

import ast
import io
import json
import shutil
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from string import Formatter
from types import ModuleType
from typing import Any

import pytest

from lab.postgres import Postgres, database_of
from models.signing import SigningKey, as_pem
from services.audit import checkpoints
from services.audit.exporting import export
from services.audit.signed import FILE
from settings import PROJECT
from tests.office import TestOffice
from tests.services.tampered import TAMPERINGS, lived

SANITY = ("who", "a row of no case", "an old row rewritten", "the end cut", "a case wiped", "the log rewritten")
"""Those that are tried on PostgreSQL, too: rows come from there in types of its own."""


@pytest.fixture(scope="module")
def sound(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> TestOffice:
    """An office on SQLite that worked and signed."""
    home = tmp_path_factory.mktemp("office")
    shutil.copyfile(migrated_sqlite, home / "office.sqlite3")
    made = TestOffice(f"sqlite:///{home / 'office.sqlite3'}", home)
    lived(made)
    made.close()
    return made


@pytest.fixture
def office(sound: TestOffice, tmp_path: Path) -> Iterator[TestOffice]:
    """A copy of it, to be tampered with."""
    home = tmp_path / "home"
    shutil.copytree(sound.settings.home, home)
    made = TestOffice(f"sqlite:///{home / 'office.sqlite3'}", home, staffed=True)
    yield made
    made.close()


@pytest.fixture(scope="module")
def sound_on_postgresql(
    postgres: Postgres, migrated_postgres: str, tmp_path_factory: pytest.TempPathFactory
) -> TestOffice:
    made = TestOffice(postgres.create(migrated_postgres), tmp_path_factory.mktemp("office"))
    lived(made)
    made.close()
    return made


NOT_EXPORTED = {
    "a role nobody gave": "it is no row of a history nor of the log",
    "the last line gone": "only the database knows that there was another",
    "the file gone": "that it is empty is nothing the script can know",
    "another key": "",
}
"""What the script cannot see, and why; the last one it names where it was given the office's key."""


def script() -> ModuleType:
    """Return the script for auditors as a module."""
    spec = spec_from_file_location("verify_history", PROJECT / "templates" / "evidence" / "verify_history.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = script()


def told_by_the_script(office: TestOffice, *more: str) -> dict[str, Any]:
    """Return what the script says of what this office exports, held against its checkpoints."""
    path = office.settings.home / "history.jsonl"
    with path.open("wb") as file:
        export(office.unit, file)
    said = io.StringIO()
    line = [str(path), "--checkpoints", str(office.settings.checkpoints / FILE), "--json", *more]
    SCRIPT.main(line, said)
    return dict(json.loads(said.getvalue()))


def must_be_named_by_the_script(office: TestOffice, name: str, number: str | None) -> None:
    if name in NOT_EXPORTED:
        return
    fault = told_by_the_script(office)["fault"]
    tampering = TAMPERINGS[name]
    assert fault["code"] == tampering.code.partition(".")[2]
    assert fault.get("case") == number
    kept = {key: value for key, value in (tampering.params or {}).items() if key != "id"}
    assert {key: fault[key] for key in kept} == kept


def must_be_named(office: TestOffice, name: str) -> None:
    tampering = TAMPERINGS[name]
    tampering.carry_out(office)
    found, _ = checkpoints.prove(office.unit)

    assert found.fault is not None
    number, reason = found.fault
    assert reason.code == tampering.code
    assert {key: reason.params[key] for key in tampering.params or ()} == (tampering.params or {})
    if tampering.case is None:
        assert number is None
    elif left := office.ask('SELECT number FROM "case" WHERE id = :id', id=tampering.case):
        assert number == left[0].number
    else:
        assert number is not None
    must_be_named_by_the_script(office, name, number)


def test_what_was_recorded_verifies(office: TestOffice) -> None:
    found, known = checkpoints.prove(office.unit)

    assert (found.fault, found.cases, found.rows, known.lines) == (None, 3, 8, 2)
    assert len(TAMPERINGS) - len(NOT_EXPORTED) > 40
    said = told_by_the_script(office)
    assert (said["ok"], said["cases"], said["rows"], said["lines"]) == (True, 3, 8, 2)


@pytest.mark.parametrize("name", TAMPERINGS)
def test_whoever_tampers_is_told_of(office: TestOffice, name: str) -> None:
    must_be_named(office, name)


@pytest.mark.parametrize("name", SANITY)
def test_whoever_tampers_is_told_of_on_postgresql(
    sound_on_postgresql: TestOffice, postgres: Postgres, tmp_path: Path, name: str
) -> None:
    home = tmp_path / "home"
    shutil.copytree(sound_on_postgresql.settings.home, home)
    office = TestOffice(postgres.create(database_of(sound_on_postgresql.url)), home, staffed=True)
    try:
        must_be_named(office, name)
    finally:
        office.close()
        postgres.drop(office.url)


def test_a_key_that_is_not_the_one_given_is_named_by_the_script(office: TestOffice, tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_text(as_pem(SigningKey(office.settings.keys).public()), "ascii")

    fine = told_by_the_script(office, "--key", str(key))
    TAMPERINGS["another key"].carry_out(office)
    fault = told_by_the_script(office, "--key", str(key))["fault"]

    assert fine["ok"] is True
    assert (fault["code"], fault["checkpoint"]) == ("key_unknown", 2)


def test_an_export_that_is_not_whole_is_named_by_the_script(office: TestOffice, tmp_path: Path) -> None:
    path, said = tmp_path / "history.jsonl", []
    with path.open("wb") as file:
        export(office.unit, file)
    lines = path.read_bytes().splitlines(keepends=True)
    for changed in (lines[:-1], lines[:-2], lines[1:], [*lines, lines[1]], [lines[0], *lines[2:]], [b"nothing"]):
        path.write_bytes(b"".join(changed))
        out = io.StringIO()
        said.append((SCRIPT.main([str(path), "--json"], out), json.loads(out.getvalue())["fault"]["code"]))

    assert [status for status, _ in said] == [1] * 6
    assert {code for _, code in said} == {"not_whole", "altered"}


def test_the_script_is_read_by_old_interpreters_and_needs_nothing_of_ours() -> None:
    tree = ast.parse((PROJECT / "templates/evidence/verify_history.py").read_text("utf-8"), feature_version=(3, 9))
    names = {
        (each.module if isinstance(each, ast.ImportFrom) else each.names[0].name).partition(".")[0]  # type: ignore[union-attr]
        for each in ast.walk(tree)
        if isinstance(each, ast.Import | ast.ImportFrom)
    }

    assert names - set(sys.stdlib_module_names) == {"cryptography"}


def test_the_script_says_the_same_in_both_languages() -> None:
    for code, (japanese, english) in SCRIPT.WORDS.items():
        wanted = [{name for _, name, _, _ in Formatter().parse(words) if name} for words in (japanese, english)]
        assert wanted[0] == wanted[1], code
        assert not japanese.isascii()
