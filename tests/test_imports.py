"""The table of what may import what. Imports point one way: workflows <- models <- services <- tasks <- the scripts."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from settings import PROJECT
from tests.trees import tree
from workflows.registry import HOMES

# Folder or file of ours -> what of ours it may import besides itself.
MAY_IMPORT: dict[str, set[str]] = {
    "release": set(),
    # Reads what it is given, and hands it to whoever collects traces.
    "traces": {"release"},
    "journal": {"settings", "traces"},
    "settings": {"workflows", "release"},
    "workflows": set(),
    "models": {"workflows", "settings", "release"},
    "clock": {"models", "settings"},
    "services": {"models", "workflows", "settings", "release", "journal", "clock"},
    "tasks": {"services", "models", "workflows", "settings", "release", "journal", "clock"},
    "beat_schedule": {"tasks"},
    "worker": {"tasks", "beat_schedule"},
    # The admin script's commands, one file a noun.
    "commands": {
        "beat_schedule", "tasks", "services", "models", "workflows", "settings", "release", "journal", "clock",
    },
    # What has them ready, and the thin script that calls it.
    "counter": {"commands", "services", "models", "settings", "release", "journal", "clock"},
    "admin": {"counter"},
    "desk": {"beat_schedule", "tasks", "services", "models", "workflows", "settings", "release", "journal", "clock"},
    # What tries the product out from outside, and is in no image.
    "lab": {
        "commands", "desk", "tasks", "services", "models", "workflows", "settings", "release", "journal", "clock",
        "tests",
    },
    "tests": {
        "admin", "beat_schedule", "clock", "commands", "counter", "desk", "lab", "models", "services", "settings",
        "release", "journal", "tasks", "traces", "worker", "workflows",
    },
}  # fmt: skip
OURS = set(MAY_IMPORT)
# Rooms that serve any procedure -> what of workflows and services they may import besides themselves.
ROOMS: dict[str, set[str]] = {
    "workflows/engine": set(),
    "workflows/letters.py": {"workflows.engine", "workflows.reading"},
    "workflows/law": {"workflows.engine"},
    "workflows/disclosure": {"workflows.engine", "workflows.law"},
    "workflows/office": {"workflows.engine", "workflows.law", "workflows.letters"},
    "workflows/days.py": {"workflows.engine", "workflows.letters", "workflows.reading", "workflows.words"},
    "workflows/names.py": {"workflows.engine"},
    "workflows/registry.py": {"workflows.engine"},
    "workflows/reading": set(),
    "workflows/words": {"workflows.engine", "workflows.registry"},
    "workflows/tongue.py": {"workflows.engine", "workflows.words"},
    "workflows/lines.py": set(),
    "workflows/suppressing.py": set(),
    "workflows/helps.py": {"workflows.engine", "workflows.words"},
    "services/engine": {"workflows.engine", "workflows.registry", "workflows.words"},
    "services/office": {
        "services.engine", "workflows.engine", "workflows.law", "workflows.names", "workflows.office",
        "workflows.registry", "workflows.words",
    },
    "services/letters": {
        "services.engine", "services.office", "workflows.days", "workflows.engine", "workflows.law",
        "workflows.letters", "workflows.office", "workflows.reading", "workflows.registry", "workflows.words",
    },
    "services/returns": {
        "services.engine", "services.letters", "services.office", "services.request", "workflows.engine",
        "workflows.law", "workflows.letters", "workflows.request", "workflows.tongue", "workflows.words",
    },
    "services/reports": {
        "services.ending", "services.engine", "services.letters", "services.office", "services.returns",
        "workflows.engine",
        "workflows.helps", "workflows.law", "workflows.letters", "workflows.lines", "workflows.office",
        "workflows.registry", "workflows.suppressing", "workflows.tongue", "workflows.words",
    },
    "services/mail": {
        "services.engine", "services.office", "services.reports", "workflows.engine", "workflows.tongue",
    },
    "services/bulk.py": {
        "services.engine", "services.letters", "services.reports", "workflows.engine", "workflows.letters",
        "workflows.registry",
    },
    "services/bulk_page.py": {
        "services.bulk", "services.engine", "services.letters", "services.reports", "workflows.letters",
        "workflows.tongue",
    },
    "services/intake": {
        "services.engine", "services.letters", "services.office", "workflows.engine", "workflows.law",
        "workflows.letters", "workflows.reading", "workflows.request", "workflows.tongue", "workflows.words",
    },
    "services/departments": {
        "services.engine", "services.letters", "workflows.engine", "workflows.law", "workflows.search",
    },
    "services/backup": {
        "services.audit", "services.ending", "services.engine", "services.office", "workflows.engine",
        "workflows.registry",
    },
    "services/ending": {"services.engine", "services.letters", "workflows.engine", "workflows.office"},
    "services/disclosure": {
        "services.departments", "services.engine", "services.intake", "services.letters", "services.returns",
        "services.search", "workflows.disclosure", "workflows.engine", "workflows.law", "workflows.lines",
        "workflows.tongue",
    },
    "services/audit": {
        "services.ending", "services.engine", "services.letters", "services.office", "services.request",
        "services.reports", "services.returns",
        "workflows.disclosure", "workflows.engine", "workflows.letters", "workflows.lines", "workflows.office",
        "workflows.registry",
        "workflows.tongue", "workflows.words",
    },
}  # fmt: skip
# A procedure's two rooms, and what each of them may import: of procedures, only itself.
RULES = {
    "workflows.days",
    "workflows.disclosure",
    "workflows.engine",
    "workflows.law",
    "workflows.letters",
    "workflows.office",
    "workflows.reading",
    "workflows.words",
}
DEEDS = {*RULES, "services.engine", "services.letters", "services.office"}
for rules, deeds in HOMES.values():
    ROOMS |= {rules.replace(".", "/"): RULES, deeds.replace(".", "/"): {*DEEDS, rules}}
# What comes with an answer is opened where scans are, and a department's list is a page.
ROOMS["services/search"] |= {
    "services.departments", "services.intake", "services.returns", "workflows.lines", "workflows.tongue",
}  # fmt: skip
# Once somebody is verified, departments may be asked by themselves.
ROOMS["services/request"] |= {"services.departments"}

# What would give the rules a database, a queue, a clock or a die. Files are read once, as data of the law.
FOREIGN_TO_RULES = {
    "alembic", "celery", "click", "cryptography", "flower", "kombu", "logging", "os", "psycopg", "pysqlite3", "random",
    "redis", "requests", "rich", "secrets", "socket", "sqlalchemy", "sqlite3", "subprocess", "threading", "time",
    "uuid",
}  # fmt: skip
FOREIGN_TO_MODELS = {"celery", "click", "flower", "jinja2", "kombu", "redis", "rich", "typst"}
FOREIGN_TO_SERVICES = {"celery", "click", "flower", "kombu", "redis", "rich"}
# Asking the time. The office's clock comes in as an argument (clock.py asks it, at the door).
CLOCK_CALLS = {"now", "utcnow", "today"}


def sources() -> Iterator[tuple[str, Path]]:
    """Yield every Python file of ours with the row of the table it belongs to."""
    for owner in sorted(OURS):
        yield from ((owner, path) for path in [PROJECT / f"{owner}.py"] if path.exists())
        if (PROJECT / owner).is_dir():
            for path in sorted((PROJECT / owner).rglob("*.py")):
                if "__pycache__" not in path.parts:
                    yield owner, path


def imported(path: Path) -> set[str]:
    """Return the top-level names that a file imports anywhere, those for type checkers too."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide where a name comes from"
            names.add((node.module or "").partition(".")[0])
    return names


def test_imports_point_one_way() -> None:
    wrong = {
        str(path.relative_to(PROJECT)): sorted(strays)
        for owner, path in sources()
        if (strays := (imported(path) & OURS) - MAY_IMPORT[owner] - {owner})
    }

    assert wrong == {}


def modules(path: Path) -> set[str]:
    """Return the modules of ours that a file imports anywhere, by their first two names."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            top = node.module or ""
            found |= {top} if "." in top else {f"{top}.{alias.name}" for alias in node.names}
    return {".".join(name.split(".")[:2]) for name in found}


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_imports_only_what_stands_below_it(room: str) -> None:
    place = PROJECT / room
    own = ".".join(Path(room).with_suffix("").parts[:2])
    layers = {"services", "workflows"}

    wrong = {
        str(path.relative_to(PROJECT)): sorted(strays)
        for path in (place.rglob("*.py") if place.is_dir() else [place])
        if (strays := {name for name in modules(path) if name.split(".")[0] in layers} - ROOMS[room] - {own})
    }

    assert wrong == {}


def test_every_package_of_rules_and_deeds_is_a_room_and_no_two_stand_on_each_other() -> None:
    named = {".".join(Path(room).with_suffix("").parts[:2]): below for room, below in ROOMS.items()}
    found = {
        ".".join(path.relative_to(PROJECT).with_suffix("").parts[:2])
        for top in ("workflows", "services")
        for path in (PROJECT / top).iterdir()
        if (path / "__init__.py").exists() or (path.suffix == ".py" and path.stem != "__init__")
    }
    order: list[str] = []
    while left := [room for room in named if room not in order]:
        free = [room for room in left if named[room] <= set(order)]
        assert free, f"these stand on each other: {left}"
        order += free

    assert found == set(named)


OPENING = {
    "open", "read_bytes", "read_text", "write_bytes", "mkdir", "expanduser", "getpwuid", "getuid",
    "getuser", "is_dir", "is_file", "cwd",
}  # fmt: skip
OWN_FILES = {"main.py", "places.py", "scan.py", "status.py", "steps.py", "trouble.py"}
"""They open what is the office's: logs, Flower's address, a list kept beside the code, what a scan laid ready."""


def test_no_command_opens_what_was_named_nor_asks_who_is_logged_in_by_itself() -> None:
    # In a child of the counter it would do so as the office: services/office/caller.py asks the caller's end.
    wrong = [
        f"{path.name}:{node.lineno}"
        for path in sorted((PROJECT / "commands").glob("*.py"))
        if path.name not in OWN_FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in OPENING
        and not (node.args and isinstance(node.args[0], ast.Name) and node.args[0].id == "handle")  # open already
    ]

    assert wrong == []


ENGINE = ("workflows/engine", "services/engine")


@pytest.mark.parametrize("room", ENGINE)
def test_the_engine_names_no_procedure_no_letter_kind_and_no_paper(room: str) -> None:
    words = re.compile(r"\b(workflows|services)\.(request|letters|returns|law)\b|[\"']request[\"']")

    wrong = {
        str(path.relative_to(PROJECT)): found
        for path in sorted((PROJECT / room).glob("*.py"))
        if (found := [hit[0] for hit in words.finditer(_code(path))])
    }

    assert wrong == {}


def _code(path: Path) -> str:
    """Return a file without its comments and docstrings."""
    own = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(own):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(own)


@pytest.mark.parametrize(
    ("owner", "foreign"),
    [("workflows", FOREIGN_TO_RULES), ("models", FOREIGN_TO_MODELS), ("services", FOREIGN_TO_SERVICES)],
)
def test_each_layer_stays_free_of_what_belongs_to_another(owner: str, foreign: set[str]) -> None:
    wrong = {
        str(path.relative_to(PROJECT)): sorted(strays)
        for found, path in sources()
        if found == owner and (strays := imported(path) & foreign)
    }

    assert wrong == {}


# The keystore dates its own rows; no deadline and no history is made of them.
MAY_ASK_THE_TIME = {"models/keys.py"}


@pytest.mark.parametrize("owner", ["workflows", "models", "services"])
def test_nothing_below_the_tasks_asks_what_time_it_is(owner: str) -> None:
    asked = [
        f"{path.relative_to(PROJECT)}:{node.lineno}"
        for found, path in sources()
        if found == owner and str(path.relative_to(PROJECT)) not in MAY_ASK_THE_TIME
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCK_CALLS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date"}
    ]

    assert asked == []


def test_every_top_level_file_has_a_row_in_the_table() -> None:
    files = {path.stem for path in PROJECT.glob("*.py")}
    folders = {path.parent.name for path in PROJECT.glob("*/__init__.py")}

    assert files | folders <= OURS


# -- what is tried out from outside is not needed inside --------------------------------------------------------------

NOT_IN_THE_IMAGE = {"lab", "tests"}
EVERY_MODULE = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def test_nothing_but_itself_and_tests_imports_the_lab() -> None:
    assert {owner for owner, allowed in MAY_IMPORT.items() if "lab" in allowed} == {"tests"}
    assert {owner for owner, allowed in MAY_IMPORT.items() if "tests" in allowed} == {"lab"}


def in_the_image() -> list[Path]:
    """Return what the Dockerfile's ``COPY . /app`` takes, as .dockerignore says: nothing but what it names."""
    patterns = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    kept = [line[1:] for line in patterns if line.startswith("!")]
    left_out = {line for line in patterns if line and not line.startswith(("!", "#"))}
    assert left_out == {"*", "**/__pycache__", "**/*.pyc"}
    return [path for pattern in kept for path in sorted(PROJECT.glob(pattern))]


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """A folder with what lies in the image, and nothing else of ours but what Python compiled of it."""
    for path in in_the_image():
        if path.is_dir():
            shutil.copytree(path, tmp_path / path.name)
        else:
            shutil.copy(path, tmp_path)
    return tmp_path


def started(image: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run this Python in the image's folder, with a home beside it."""
    environment = {**os.environ, "MADOGUCHI_HOME": str(image / "home"), "MADOGUCHI_LANG": "en"}
    environment.pop("PYTHONPATH", None)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=image, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip


def test_the_image_holds_everything_that_runs_and_nothing_that_tries_it_out(image: Path) -> None:
    folders = {path.name for path in image.iterdir() if path.is_dir()}
    copied = re.findall(r"^COPY .*", (PROJECT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)

    assert {path.stem for path in image.glob("*.py")} | folders >= OURS - NOT_IN_THE_IMAGE
    assert not folders & NOT_IN_THE_IMAGE
    assert copied == ["COPY requirements.lock /", "COPY --from=packages /opt/venv /opt/venv", "COPY . /app"]


def test_every_module_of_the_image_can_be_imported_without_the_lab(image: Path) -> None:
    paths = [path.relative_to(image) for path in sorted(image.rglob("*.py")) if "migrations" not in path.parts]
    names = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths]

    done = started(image, "-c", EVERY_MODULE, *names)

    assert len(names) > 100
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["-m", "desk", "--help"], 0, "Keep the desk running"),
        (["-m", "desk.alive"], 2, "desk.alive"),
        (["-m", "desk.compose_secrets", "secrets", "for"], 0, ""),
        (["-m", "models.migrate"], 5, "no office here"),
        (["admin.py", "--help"], 0, "bring back what was set aside"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_typed_and_what_compose_runs_works_without_the_lab(
    image: Path, arguments: list[str], status: int, said: str
) -> None:
    (image / "secrets").mkdir()

    done = started(image, *arguments)

    assert done.returncode == status, done.stderr
    assert said in done.stdout + done.stderr
