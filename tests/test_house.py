"""What must agree in the project's own files: locks, Makefile, README, the gate."""

import ast
import hashlib
import importlib
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from desk import setup
from desk.hearing import SERVES
from models.migrations import known
from models.schema import written_for
from settings import PROJECT
from tests.trees import tree
from workflows.words import Sentences, Wording

LOCKS = [PROJECT / "requirements.lock", PROJECT / "requirements-dev.lock"]


def pins(lock: Path) -> dict[str, int]:
    """Return each pinned package with its number of hashes."""
    found: dict[str, int] = {}
    name = ""
    for line in lock.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([a-z0-9][a-z0-9._-]*)==\S+", line):
            name = match[1]
            found[name] = 0
        found[name] += line.count("--hash=sha256:")
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_pins_everything_by_hash_and_names_no_place(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")

    assert [name for name, hashes in pins(lock).items() if not hashes] == []
    assert len(pins(lock)) > 30
    assert not re.search(r"://|--index|--extra-index|--find-links|--trusted|^-e|^/|@ file", text, re.MULTILINE)


def test_the_locks_agree_with_each_other_and_with_what_is_asked_for() -> None:
    asked = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime, everything = (pins(lock) for lock in LOCKS)

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[\[<>=; ]", requirement)[0].lower() for requirement in requirements}

    assert runtime.items() <= everything.items()
    assert names(asked["project"]["dependencies"]) <= runtime.keys()
    assert names(asked["dependency-groups"]["dev"]) <= everything.keys()
    assert not names(asked["dependency-groups"]["dev"]) & runtime.keys()


def test_the_export_holds_the_versions_of_the_resolved_lock() -> None:
    resolved = tomllib.loads((PROJECT / "uv.lock").read_text(encoding="utf-8"))
    versions = {package["name"]: package["version"] for package in resolved["package"]}

    exported = dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", LOCKS[1].read_text(encoding="utf-8"), re.MULTILINE))

    assert exported == {name: version for name, version in versions.items() if name != "madoguchi"}


def makefile_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_make_alone_lists_every_target() -> None:
    listed = subprocess.check_output(["make", "--no-print-directory"], cwd=PROJECT, text=True)

    assert set(re.findall(r"make ([a-z-]+)", listed)) == makefile_targets()


@pytest.mark.skipif(not (PROJECT / "README.md").exists(), reason="no README yet")
def test_every_target_the_readme_names_exists() -> None:
    named = set(re.findall(r"`make ([a-z-]+)", (PROJECT / "README.md").read_text(encoding="utf-8")))

    assert named <= makefile_targets()


def test_every_target_runs_a_module_that_exists() -> None:
    modules = re.findall(r"-m ((?:desk|lab)[.a-z_]*)", (PROJECT / "Makefile").read_text(encoding="utf-8"))

    for module in modules:
        path = PROJECT / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module


def test_the_gate_is_executable_and_stops_at_the_first_fault() -> None:
    gate = PROJECT / ".ci" / "run"

    assert os.access(gate, os.X_OK)
    assert "set -euo pipefail" in gate.read_text(encoding="utf-8")
    assert gate.read_text(encoding="utf-8").rstrip().endswith("make test")


def test_every_folder_of_ours_is_a_package() -> None:
    # A folder without __init__.py loses to a wheel of the same name.
    for top in ("workflows", "models", "services", "tasks", "commands", "counter", "desk", "lab", "tests"):
        for folder in {path.parent for path in (PROJECT / top).rglob("*.py") if "__pycache__" not in path.parts}:
            assert (folder / "__init__.py").exists() or folder.name == "versions", folder


def test_setup_finds_its_work_done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lock = tmp_path / "requirements-dev.lock"
    lock.write_text("a==1\n", encoding="utf-8")
    stamp = tmp_path / "stamp"
    monkeypatch.setattr(setup, "LOCK", lock)
    monkeypatch.setattr(setup, "STAMP", stamp)
    monkeypatch.setattr(setup, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(setup, "OURS", ())
    monkeypatch.setattr(setup, "_run", lambda _command: None)
    made: list[str] = []
    monkeypatch.setattr(setup, "_make", lambda: made.append("made"))

    for content in ("a==1\n", "a==1\n", "a==2\n"):
        lock.write_text(content, encoding="utf-8")
        assert setup.main() == 0

    assert made == ["made", "made"]
    assert stamp.read_text(encoding="ascii").strip() == hashlib.sha256(b"a==2\n").hexdigest()


def test_setup_says_what_would_work_when_no_python_is_new_enough(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(setup, "_version", lambda _candidate: (3, 10))

    status = setup.main()

    assert status == 1
    assert "make setup PYTHON=" in capsys.readouterr().err


def test_setup_names_the_package_when_venv_is_not_complete(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = tmp_path / "python3"
    bare.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    bare.chmod(0o755)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(setup, "_interpreter", lambda: (str(bare), (3, 11)))
    monkeypatch.setattr("shutil.which", lambda _name: None)

    status = setup.main()

    assert status == 1
    assert "apt install python3-venv" in capsys.readouterr().err


# A released migration is never rewritten; the first one is the whole schema at once.
FIRST_SCHEMA = "models/migrations/versions/0001_the_first_schema.py"
MAY_BE_LONG = {FIRST_SCHEMA}
MAY_HAVE_LONG_FUNCTIONS = {FIRST_SCHEMA, "models/migrations/versions/0002_scanned_pages.py"}


AT_THE_TOP = {
    "CHANGELOG.md", "CONTRIBUTING.md", "Dockerfile", "Makefile", "README.md", "REVISION", "admin.py",
    "beat_schedule.py", "clock.py", "commands", "counter", "deploy", "desk", "docker-compose.yml", "docs", "hatch",
    "journal.py", "keys", "lab", "models", "mutants", "organisation.toml", "out", "pyproject.toml", "release.py",
    "requirements-dev.lock", "requirements.lock", "samples", "services", "settings.py", "tasks", "templates", "tests",
    "traces.py", "uv.lock", "var", "worker.py", "workflows",
}  # fmt: skip
"""What the project consists of, and what it writes while it runs (.gitignore)."""


def test_nothing_lies_at_the_top_that_nobody_meant() -> None:
    """Whatever writes where it stands, a test among others, would soon be part of the project."""
    found = {path.name for path in PROJECT.iterdir() if not path.name.startswith(".")}

    assert found - AT_THE_TOP - {"__pycache__"} == set()


def files_of_ours() -> dict[str, str]:
    """Return every Python file of the project by its name: the packages, their tests, and what lies at the top."""
    packages = sorted({path.parent for path in PROJECT.glob("*/__init__.py")})
    paths = [*PROJECT.glob("*.py"), *(path for package in packages for path in sorted(package.rglob("*.py")))]
    return {str(path.relative_to(PROJECT)): path.read_text(encoding="utf-8") for path in paths}


def test_no_file_of_ours_is_too_long_to_be_read() -> None:
    lengths = {name: len(text.splitlines()) for name, text in files_of_ours().items()}

    assert {"settings.py", "tests/test_house.py", "workflows/request/procedure.py"} <= lengths.keys()
    assert {name: lines for name, lines in lengths.items() if lines > 450} == {
        name: lengths[name] for name in MAY_BE_LONG
    }


WAITED_FOR = re.compile(
    r"\b(?:timeout=|(?:settimeout|mark\.timeout|wait|join|wait_ended|wait_ready|wait_started)\()(\d+(?:\.\d+)?)\b"
)


def test_no_test_hangs_on_how_quick_the_machine_is() -> None:
    """What is waited for has a minute at least, and a line that waits for less says why: ``# short: ...``."""
    hasty = {
        f"{name}:{number}": line.strip()
        for name, text in files_of_ours().items()
        if name.startswith("tests/")
        for number, line in enumerate(text.splitlines(), 1)
        for found in WAITED_FOR.finditer(line)
        if 0 < float(found[1]) < 60 and "# short: " not in line
    }

    assert hasty == {}


def test_no_function_of_ours_is_too_long_to_be_read() -> None:
    lengths = {
        (name, node.name): (node.end_lineno or 0) - node.lineno + 1  # what decorates it is not counted
        for name in files_of_ours()
        for node in ast.walk(tree(PROJECT / name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    long = {place: lines for place, lines in lengths.items() if lines > 60}

    assert {place: lines for place, lines in long.items() if place[0] not in MAY_HAVE_LONG_FUNCTIONS} == {}
    assert {name for name, _ in long} == MAY_HAVE_LONG_FUNCTIONS


def test_the_compose_file_and_the_makefile_start_the_same_workers() -> None:
    compose = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    supervisor = (PROJECT / "desk" / "supervisor.py").read_text(encoding="utf-8")

    for service in ("worker-commands", "worker"):
        command = compose[service]["command"]
        assert tuple(command[command.index("-Q") + 1].split(",")) in SERVES.values()
        assert f'"{command[command.index("--pool") + 1]}"' in supervisor


def pages_of_words() -> dict[str, Sentences]:
    """Return every page of sentences of desk/ and lab/ by its module; set-up has its own, for it runs before all."""
    files = [path for top in ("desk", "lab") for path in sorted((PROJECT / top).rglob("words.py"))]
    names = [".".join(path.relative_to(PROJECT).with_suffix("").parts) for path in files]
    return {**{name: importlib.import_module(name).SENTENCES for name in names}, "desk.setup": setup.WORDS}


@pytest.mark.parametrize("page", pages_of_words().values(), ids=pages_of_words())
def test_every_sentence_exists_in_both_languages_with_the_same_parameters(page: Sentences) -> None:
    for code, sentence in page.items():
        assert set(sentence) == {"ja", "en"}, code
        assert not sentence["ja"].isascii(), code
        japanese, english = (set(re.findall(r"\{(\w+)", sentence[language])) for language in ("ja", "en"))
        assert japanese == english, code


def test_a_sentence_in_two_languages_stands_on_a_page_of_words_and_is_said_in_one_way() -> None:
    astray = [
        f"{path.relative_to(PROJECT)}:{node.lineno}"
        for top in ("desk", "lab")
        for path in sorted((PROJECT / top).rglob("*.py"))
        if path.name != "words.py" and path != PROJECT / "desk" / "setup.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Dict | ast.Compare)
        for told in (node.keys if isinstance(node, ast.Dict) else node.comparators)
        if isinstance(told, ast.Constant) and told.value == "ja"
    ]
    ways = {
        type(getattr(importlib.import_module(name), "say", None)) for name in pages_of_words() if name != "desk.setup"
    }

    assert astray == []
    assert ways <= {Wording, type(None)}  # a page that several say has no voice of its own


def test_no_code_stands_on_two_pages_of_one_voice_and_codes_are_worded_as_nouns() -> None:
    say = Wording({"came": {"ja": "{who}: {code}", "en": "{who}: {code}"}})

    said = say("came", "en", who="subject", code=["state.fulfilled", "26-000001-D"])

    assert said == "subject: fulfilled, 26-000001-D"
    with pytest.raises(ValueError, match="worded twice: came"):
        Wording(say.sentences, {"came": {"ja": "来た", "en": "came"}})


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_a_new_office_has_the_tables_of_the_newest_migration_at_once(dialect: str) -> None:
    """tests/models/test_at_once.py holds that they are the same tables."""
    assert written_for(dialect) == max(known()), "after a new migration: .venv/bin/python -m lab.schema"
