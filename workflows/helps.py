"""What the transitions of a procedure say of themselves: under which code, and in one line."""

from typing import TYPE_CHECKING, Any

from workflows.words import is_worded, tell

if TYPE_CHECKING:
    from workflows.engine.machine import Machine, Transition

LONG = 60
"""From this length on a one-line help keeps only its first clause."""


def short_help(machine: "Machine[Any]", transition: "Transition", language: str) -> str:
    """Return what a transition does in one line: the procedure's words for it, else its docstring."""
    code = help_code(machine, transition)
    text = tell(code, language) if is_worded(code) else transition.text
    if language == "ja" and is_worded(code):
        return text
    if len(text) > LONG:
        text = text.partition(":")[0].partition(";")[0]
    text = text.rstrip(".")
    return text[:1].lower() + text[1:]


def help_code(machine: "Machine[Any]", transition: "Transition") -> str:
    """Return the code under which a procedure may say what a transition does."""
    return f"{machine.name}.help.{transition.name}"


def group_code(procedure: str) -> str:
    """Return the code under which a procedure may say what it is for."""
    return f"{procedure}.help"


def group_help(procedure: str, language: str) -> str:
    """Return what a procedure is for in one line, as the name of its group of commands needs it."""
    code = group_code(procedure)
    return tell(code, language) if is_worded(code) else tell("transitions.group", language, name=procedure)
