"""Which procedures there are. A new one is one name here and the folders of that name in workflows/ and services/."""

import importlib
from functools import cache

from workflows.engine.machine import Machine
from workflows.engine.procedure import Procedure

NAMES: tuple[str, ...] = ("request",)
"""The first one is the office's main procedure: its steps are commands without a word before them."""

Known = tuple[tuple[str, int], ...]
"""(name, version) of every procedure this code knows; of a case under anything else it knows nothing."""


@cache
def procedure(name: str) -> Procedure:
    """Return the procedure of that name. Raises KeyError where this code knows none."""
    if name not in NAMES:
        raise KeyError(f"there is no procedure {name!r}; known are {', '.join(NAMES)}")
    found: Procedure = importlib.import_module(f"workflows.{name}.procedure").PROCEDURE
    return found


def procedures() -> list[Procedure]:
    """Return every procedure, the main one first."""
    return [procedure(name) for name in NAMES]


def machine(name: str) -> "Machine[object]":
    """Return the machine of the procedure of that name. Raises KeyError."""
    return procedure(name).machine


def main() -> Procedure:
    """Return the office's main procedure."""
    return procedure(NAMES[0])


def of_number(number: str) -> Procedure:
    """Return the procedure a case belongs to, by what its number begins with."""
    return max((each for each in procedures() if number.startswith(each.prefix)), key=lambda each: len(each.prefix))


def opens(number: str, transition: str) -> bool:
    """Whether that transition opens a case of the procedure the number belongs to."""
    declared = of_number(number).machine.transitions.get(transition)
    return declared is not None and declared.opens


@cache
def known() -> Known:
    """Return every definition this code knows, with its version."""
    return tuple((each.name, each.machine.version) for each in procedures())
