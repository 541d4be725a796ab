"""How our commands look: help in the language of the call, the global options in every place, wide characters."""

from collections.abc import Callable, Iterable, Sequence
from string import ascii_letters
from typing import Any

import click

from commands.context import LANGUAGES, call, said
from commands.wide import fold, pad, width
from workflows.words import beside, is_worded
from workflows.words.remarks import remarked

# What click itself writes: its words as they come, and the codes of ours.
_FIXED = {
    "Options": "shape.options",
    "Commands": "shape.commands",
    "Arguments": "shape.arguments",
    "Show this message and exit.": "shape.help",
}


def _ours(text: str) -> str:
    """Return what click says in its own words in the language of the call."""
    return said(_FIXED[text]) if text in _FIXED else text


class Formatter(click.HelpFormatter):
    """Help text folded by what characters really take, its fixed words in the language of the call."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how the command is called."""
        prog = prog if "/" in prog else f"./{prog}"
        super().write_usage(prog, args, said("shape.usage"))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        super().write_heading(_ours(heading))

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        indent = " " * self.current_indent
        for line in fold(text, self.width - self.current_indent):
            self.write(f"{indent}{line}\n" if line else "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and what they mean, in two columns."""
        rows, indent = list(rows), " " * self.current_indent
        first = min(max((width(term) for term, _ in rows), default=0), col_max) + col_spacing
        room = max(self.width - first - self.current_indent, 20)
        for term, meaning in rows:
            lines = fold(_ours(meaning), room)
            if width(term) > first - col_spacing:
                self.write(f"{indent}{term}\n")
            else:
                self.write(f"{indent}{pad(term, first)}{lines.pop(0) if lines else ''}".rstrip() + "\n")
            for line in lines:
                self.write(f"{indent}{' ' * first}{line}\n")


class Context(click.Context):
    """A context whose help is ours."""

    formatter_class = Formatter


class Option(click.Option):
    """An option whose help is a sentence of ours; ``words`` is its code, ``text`` what is shown where it has none.

    ``needed``: a call without it is refused, though not by click: it is told with whatever else is wrong.
    ``needless_with`` are flags beside which nobody needs it all the same.
    """

    needless_with: Sequence[str] = ()

    def __init__(self, *args: Any, words: str = "", text: str = "", needed: bool = False, **attributes: Any) -> None:
        """Keep them."""
        self.words, self.text, self.needed = words, text, needed
        super().__init__(*args, **attributes)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its meaning."""
        self.help = _help(self.words, self.text) or None
        if self.help and (self.needed or self.required):
            code = "shape.needed_without" if self.needless_with else "shape.needed"
            self.help = said(code, help=self.help, flags=list(self.needless_with))
        found = super().get_help_record(ctx)
        return None if found is None else (found[0], found[1].replace("  [required]", ""))


class Command(click.Command):
    """A command whose help is a sentence of ours; ``words`` is its code, ``text`` what is shown where it has none.

    *open_to_all*: whoever calls may, in an office or in none. *for_departments*: people of other departments may, too,
    who see what their own one was asked and nothing else.
    """

    context_class = Context

    def __init__(
        self,
        *args: Any,
        words: str = "",
        text: str = "",
        examples: Sequence[str] = (),
        file: str = "",
        open_to_all: bool = False,
        for_departments: bool = False,
        **attributes: Any,
    ) -> None:
        """Keep them; *examples* are lines, *file* shows what ``--file`` takes: else those kept beside the sentence."""
        self.words, self.text = words, text
        self.examples = examples
        self.file = file
        self.open_to_all = open_to_all
        self.for_departments = for_departments
        super().__init__(*args, **attributes)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does, and examples."""
        _write_help(formatter, _help(self.words, self.text), self.examples or beside(self.words, "EXAMPLES") or ())
        file = self.file or beside(self.words, "FILES") or ""
        if file:
            with formatter.section(said("shape.file")):
                for line in remarked(file, call().language).splitlines():
                    formatter.write(f"{' ' * formatter.current_indent}{line}\n")

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first paragraph."""
        return _help(self.words, self.text).split("\n", maxsplit=1)[0]

    def invoke(self, ctx: click.Context) -> Any:
        """Carry the command out, for somebody who may call it."""
        call().for_departments = self.for_departments or self.open_to_all
        if not self.open_to_all:
            _admit()
        return super().invoke(ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take several words after an option that may be repeated: ``--missing unsigned pages``."""
        return super().parse_args(ctx, _spread(self, args))


class Group(click.Group):
    """A group of commands whose help is a sentence of ours; ``words`` and ``text`` as a command's."""

    context_class = Context
    command_class = Command
    open_to_all = False
    """Whether only the commands below it ask who calls."""

    def invoke(self, ctx: click.Context) -> Any:
        """Carry out the command below, or this one, for somebody who may call it."""
        if not self.open_to_all:
            _admit()
        return super().invoke(ctx)

    def __init__(self, *args: Any, words: str = "", text: str = "", **attributes: Any) -> None:
        """Keep both."""
        self.words, self.text = words, text
        super().__init__(*args, **attributes)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command named first; where there is none, say which names come near."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            raise click.exceptions.NoSuchCommand(name, possibilities=self.list_commands(ctx), ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the group is for."""
        _write_help(formatter, _help(self.words, self.text), ())

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first paragraph."""
        return _help(self.words, self.text).split("\n", maxsplit=1)[0]


# How a command declares itself; ``words`` are codes.


def command(name: str, *, words: str, **attributes: Any) -> Callable[[Callable[..., Any]], Command]:
    """Declare a command of ours."""
    return click.command(name, cls=Command, words=words, **attributes)


def group(name: str, *, words: str, **attributes: Any) -> Callable[[Callable[..., Any]], Group]:
    """Declare a group of commands of ours."""
    return click.group(name, cls=Group, words=words, **attributes)


def option(*names: str, words: str, **attributes: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an option of ours."""
    return click.option(*names, cls=Option, words=words, **attributes)


def _admit() -> None:
    from commands.office import admit  # late: a help page is anybody's

    admit()


def _help(words: str, text: str = "") -> str:
    """Return the sentence of a help code, or *text* where a procedure brought none."""
    return text if text and not is_worded(words) else said(words)


def _write_help(formatter: click.HelpFormatter, help_: str, examples: Sequence[str]) -> None:
    for paragraph in help_.split("\n"):
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(paragraph)
    if examples:
        with formatter.section(said("shape.examples")):
            for example in examples:
                formatter.write(f"{' ' * formatter.current_indent}{example}\n")


def _spread(command: click.Command, args: list[str]) -> list[str]:
    """Return the arguments with a repeatable option said again before each further word that follows it."""
    repeatable = {name for p in command.params if isinstance(p, click.Option) and p.multiple for name in p.opts}
    if not repeatable:
        return args
    spread: list[str] = []
    repeating = None
    for argument in args:
        if argument.startswith("-"):
            repeating = argument if argument in repeatable else None
            spread.append(argument)
        elif repeating is not None and spread[-1] != repeating and not looks_like_a_case(argument):
            spread += [repeating, argument]
        else:
            spread.append(argument)
            if repeating is not None and looks_like_a_case(argument):
                repeating = None
    return spread


def looks_like_a_case(text: str) -> bool:
    """Whether a word is meant as a case's number, right or wrong: ``26-000017-Y``, ``T26-000017-D``."""
    parts = text.split("-")
    return len(parts) >= 3 and parts[0].lstrip(ascii_letters).isdigit() and parts[1].isdigit()


# -- the global options ---------------------------------------------------------------------------------------------


def _tell(name: str) -> Any:
    def keep(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
        if value:
            setattr(call(), name, value)

    return keep


def _globals() -> list[click.Option]:
    return [
        Option(
            ["--json"], is_flag=True, expose_value=False, callback=_tell("json"),
            words="shape.option.json",
        ),
        Option(
            ["--lang"], type=click.Choice(LANGUAGES), expose_value=False, callback=_tell("language"),
            words="shape.option.lang",
        ),
        Option(
            ["--quiet"], is_flag=True, expose_value=False, callback=_tell("quiet"),
            words="shape.option.quiet",
        ),
        Option(
            ["--as", "as_name"], metavar="NAME", expose_value=False, callback=_tell("as_name"),
            words="shape.option.as",
        ),
    ]  # fmt: skip


def with_globals(command: click.Command) -> click.Command:
    """Return the command with the global options added, and those below it: they are taken in every place."""
    present = {name for parameter in command.params for name in parameter.opts}
    command.params += [option for option in _globals() if option.opts[0] not in present]
    command.context_class = Context
    if isinstance(command, click.Group):
        for below in command.commands.values():
            with_globals(below)
    return command
