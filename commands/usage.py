"""What is said about a wrong command line: click's exceptions in our words; and words a person says beside it."""

import re
import sys

import click

from commands.context import said


def wording(error: click.UsageError, program: str) -> str:
    """Return what is wrong and where to read how it is right."""
    path = error.ctx.command_path if error.ctx is not None else program
    where = path if "/" in path else f"./{path}"
    return f"{_wrong(error)}\n{said('usage.see', where=where)}"


def _wrong(error: click.UsageError) -> str:
    if isinstance(error, click.exceptions.NoSuchCommand):
        return said("usage.no_command", name=error.command_name) + _near(error.possibilities)
    if isinstance(error, click.NoSuchOption):
        return said("usage.no_option", name=error.option_name) + _near(error.possibilities)
    parameter = error.param if isinstance(error, click.BadParameter) else None
    name = parameter.human_readable_name if parameter is not None else ""
    name = parameter.opts[0] if isinstance(parameter, click.Option) else name.upper()
    name = name or str(getattr(error, "param_hint", None) or "")
    if isinstance(error, click.MissingParameter):
        return said("usage.missing", name=_with_value(parameter, name, error.ctx))
    if isinstance(error, click.BadParameter):
        kind = parameter.type if parameter is not None else None
        if isinstance(kind, click.Choice):
            return said("usage.not_one_of", name=name, choices=[str(choice) for choice in kind.choices])
        return said("usage.bad_value", name=name, what=error.message)
    if isinstance(error, click.BadOptionUsage):
        return said("usage.needs_value", name=error.option_name)
    if (extra := _EXTRA.fullmatch(error.message)) is not None:
        return said("usage.extra", words=extra["words"])
    return said("usage.other", what=error.format_message())


_EXTRA = re.compile(r"Got unexpected extra arguments? \((?P<words>.*)\)", re.DOTALL)
"""What click says of words that no argument takes: it has no class of its own."""


def _with_value(parameter: click.Parameter | None, name: str, ctx: click.Context | None) -> str:
    """Return the name of an option with what may stand behind it: ``--out DIR``."""
    if not isinstance(parameter, click.Option) or ctx is None:
        return name
    return f"{name} {parameter.make_metavar(ctx)}"


def _near(names: object) -> str:
    found = [str(name) for name in names] if isinstance(names, (list, tuple)) else []
    return said("usage.near", near=found) if found else ""


def free_words(text: str | None) -> str | None:
    """Return what a person says in words of their own: ``-`` is read from standard input, which others do not see."""
    return sys.stdin.read().strip() if text == "-" else text
