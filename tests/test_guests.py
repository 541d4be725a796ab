"""A procedure beside the main one is a guest: of the engine, the queue's door and the command frame none names it."""

import re
from pathlib import Path

from settings import PROJECT
from workflows.registry import HOMES

ROOMS = ("workflows/engine", "services/engine", "tasks", "commands", "desk", "counter")
FILES = ("workflows/registry.py", "beat_schedule.py", "worker.py", "admin.py")
THEIR_WORD = {"workflows/engine/jobs.py": 1}
"""The word of the contract for what a person does next (``todo``): every procedure may use it."""


def naming(name: str) -> dict[str, int]:
    """Return the lines of each file of these rooms that name a procedure, its own commands left out."""
    word = re.compile(rf"\b{name}\b", re.IGNORECASE)
    paths = [path for room in ROOMS for path in sorted((PROJECT / room).rglob("*.py"))]
    paths += [PROJECT / file for file in FILES]
    found = {}
    for path in paths:
        where = str(path.relative_to(PROJECT))
        lines = sum(1 for line in path.read_text(encoding="utf-8").splitlines() if word.search(line))
        if lines and where != f"commands/{name}.py":
            found[where] = lines
    return found


def test_the_one_line_of_the_registry_is_all_that_names_searches() -> None:
    assert naming("search") == {"workflows/registry.py": 1, **THEIR_WORD}


def test_every_guest_has_both_its_rooms() -> None:
    for rules, deeds in HOMES.values():
        assert (PROJECT / Path(rules.replace(".", "/")) / "procedure.py").exists()
        assert (PROJECT / Path(deeds.replace(".", "/")) / "store.py").exists()
