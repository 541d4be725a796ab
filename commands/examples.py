"""What a step looks like on a command line: how it is typed, and an example where its words bring none."""

from collections.abc import Iterable

from commands.shape import Option
from workflows.engine.declaring import Transition
from workflows.engine.numbers import case_number
from workflows.engine.procedure import Procedure


def typed_as(procedure: Procedure, transition: Transition) -> str:
    """Return how a step is typed after ./admin.py."""
    from workflows.registry import HOMES, group_command

    group = "" if procedure.name == next(iter(HOMES)) else f"{group_command(procedure.name)} "
    return f"{group}{transition.command}"


def example(procedure: Procedure, transition: Transition, needed: Iterable[Option], *, file: bool) -> str:
    """Return an example with every option that is *needed*; *file*: what it carries comes as one."""
    words = [typed_as(procedure, transition)]
    if not transition.opens:
        words.append(case_number(2026, 17, procedure.prefix))
    words += ["--file FILE"] if file else [f"{one.opts[0]} {_value(one)}" for one in needed]
    return f"./admin.py {' '.join(words)}"


def _value(option: Option) -> str:
    """Return what an option might be given."""
    choices: list[str] = getattr(option.type, "words", [])
    if choices:
        return choices[0]
    plain = {"letter": f"{case_number(2026, 17)}-01", "department": "sales"}.get(str(option.name))
    return plain or {"DATE": "2026-12-10", "TEXT": '"..."'}.get(str(option.metavar), str(option.metavar))
