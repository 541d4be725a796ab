"""Which procedures there are. A new one is one line in `HOMES`."""

import importlib
from functools import cache
from string import ascii_uppercase
from types import ModuleType

from workflows.engine.machine import BadDefinition, Machine
from workflows.engine.numbers import parse_case_number
from workflows.engine.procedure import Procedure

HOMES: dict[str, tuple[str, str]] = {
    "request": ("workflows.request", "services.request"),
    "search": ("workflows.search", "services.search"),
}
"""Of each procedure the packages of its rules (``procedure.py``, ``words.py``) and of its deeds (``store.py``).

The first one is the office's main procedure: its steps are commands without a word before them. The steps of another
are commands of a group of its name, which must not be a command's.
"""

WRITTEN = frozenset(
    {
        "assign",
        "audit",
        "backup",
        "board",
        "bulk",
        "calendar",
        "clock",
        "completion",
        "diagram",
        "disposals",
        "doctor",
        "draft",
        "erase",
        "evidence",
        "fees",
        "find",
        "forecast",
        "history",
        "import",
        "incidents",
        "init",
        "inquiry",
        "keys",
        "legal-hold",
        "letter-kinds",
        "letters",
        "list",
        "log",
        "mail",
        "metrics",
        "move",
        "notices",
        "office",
        "papers",
        "plan",
        "posted",
        "print",
        "procedure",
        "requeue",
        "restore",
        "retention",
        "returned",
        "scan",
        "show",
        "staff",
        "stats",
        "status",
        "today",
        "tray",
        "why",
    }
)
"""The commands that are not made from a procedure (commands/table.py), whose names no procedure's may be."""

Known = tuple[tuple[str, int], ...]
"""(name, version) of every procedure this code knows; of a case under anything else it knows nothing."""


@cache
def procedure(name: str) -> Procedure:
    """Return the procedure of that name. Raises KeyError where this code knows none."""
    if name not in HOMES:
        raise KeyError(f"there is no procedure {name!r}; known are {', '.join(HOMES)}")
    found: Procedure = importlib.import_module(f"{HOMES[name][0]}.procedure").PROCEDURE
    return found


def procedures() -> list[Procedure]:
    """Return every procedure, the main one first. Raises BadDefinition where two commands would have one name."""
    _must_be_told_apart(tuple(HOMES))
    return [procedure(name) for name in HOMES]


@cache
def _must_be_told_apart(names: tuple[str, ...]) -> None:
    """Raise BadDefinition where a step of the main procedure, or another's group, is called like another command."""
    first, *others = names
    main = procedure(first)
    taken = dict.fromkeys(WRITTEN, "a command of the office's own")
    for step in (each for each in main.machine.transitions.values() if each.by_staff):
        if step.command in taken:
            raise BadDefinition(main.name, [f"{step.name}: {step.command} is {taken[step.command]} already"])
        taken[step.command] = f"a step of {main.name}"
    for name in others:
        if (group := group_command(name)) in taken:
            raise BadDefinition(name, [f"its group of commands: {group} is {taken[group]} already"])
        taken[group] = f"the group of {name}"


def group_command(name: str) -> str:
    """Return the name of a procedure as a group of commands, written like those of its steps."""
    return name.replace("_", "-")


@cache
def hints(name: str) -> ModuleType | None:
    """Return what a procedure proposes to whoever is asked in place of a file (``asking.py``); None: nothing."""
    home = f"{HOMES[name][0]}.asking"
    try:
        return importlib.import_module(home)
    except ModuleNotFoundError as error:
        if error.name == home:  # a procedure need not propose anything
            return None
        raise


def machine(name: str) -> "Machine[object]":
    """Return the machine of the procedure of that name. Raises KeyError."""
    return procedure(name).machine


def main() -> Procedure:
    """Return the office's main procedure."""
    return procedures()[0]


def of_number(number: str) -> Procedure:
    """Return the procedure a case belongs to, by what its number begins with."""
    return _begun_with(number[: len(number) - len(number.lstrip(ascii_uppercase))], tuple(HOMES))


@cache
def _begun_with(letters: str, _: tuple[str, ...]) -> Procedure:
    return max((each for each in procedures() if letters.startswith(each.prefix)), key=lambda each: len(each.prefix))


def case_number_in(text: str) -> str | None:
    """Return the number of a case, of whichever procedure, as we write it; None where *text* is none."""
    for each in procedures():
        number = parse_case_number(text, each.prefix)
        if number is not None:
            return number
    return None


def opens(number: str, transition: str) -> bool:
    """Whether that transition opens a case of the procedure the number belongs to."""
    declared = of_number(number).machine.transitions.get(transition)
    return declared is not None and declared.opens


def known() -> Known:
    """Return every definition this code knows, with its version."""
    return tuple((each.name, each.machine.version) for each in procedures())
