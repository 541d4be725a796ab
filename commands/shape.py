"""How our commands look: help in the language of the call, the global options in every place, wide characters."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from commands.context import LANGUAGES, call, said
from commands.wide import fold, pad, width

_HEADINGS = {"Options": "オプション", "Commands": "コマンド", "Arguments": "引数"}
_SENTENCES = {"Show this message and exit.": "この説明を表示して終わります。"}


class Formatter(click.HelpFormatter):
    """Help text folded by what characters really take, its fixed words in the language of the call."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how the command is called."""
        prog = prog if "/" in prog else f"./{prog}"
        super().write_usage(prog, args, said("使い方: ", "Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        super().write_heading(_HEADINGS.get(heading, heading) if call().language == "ja" else heading)

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
        fixed = _SENTENCES if call().language == "ja" else {}
        for term, meaning in rows:
            lines = fold(fixed.get(meaning, meaning), room)
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
    """An option whose help is in two languages: ``words`` (ja, en), else those kept under its command and its name."""

    def __init__(self, *args: Any, words: tuple[str, str] | None = None, **attributes: Any) -> None:
        """Keep both."""
        self.words = words
        super().__init__(*args, **attributes)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its meaning."""
        self.help = said(*(self.words or self._kept(ctx.command)))
        return super().get_help_record(ctx)

    def _kept(self, command: click.Command) -> tuple[str, str]:
        from workflows.words.admin.options import OPTIONS  # late, as all words: the page of all commands needs none
        from workflows.words.admin.steps import OPTIONS as OF_STEPS

        name = self.opts[0].removeprefix("--")
        return OPTIONS.get(f"{_title(command)} {name}") or OPTIONS.get(name) or OF_STEPS[name.replace("-", "_")]


class Command(click.Command):
    """A command whose help, with examples, is in two languages, kept under its ``title`` (its name, a group's before).

    A step of a case hands its own in: ``words`` is (ja, en), ``examples`` are lines.
    """

    context_class = Context

    def __init__(
        self,
        *args: Any,
        title: str = "",
        words: tuple[str, str] | None = None,
        examples: Sequence[str] = (),
        file: str = "",
        **attributes: Any,
    ) -> None:
        """Keep them; *file* shows what ``--file`` takes."""
        super().__init__(*args, **attributes)
        self.title = title or self.name or ""
        self.words = words
        self.examples = examples
        self.file = file

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does, and examples."""
        from workflows.words.admin.files import OF_OTHERS
        from workflows.words.admin.help import EXAMPLES

        _write_help(formatter, self.words or _help_of(self), self.examples or EXAMPLES.get(self.title, ()))
        file = self.file or OF_OTHERS.get(self.title, "")
        if file:
            with formatter.section(
                said("ファイルの書き方（* は必須。JSON も可）", "The file (* is needed; JSON will do too)")
            ):
                for line in file.splitlines():
                    formatter.write(f"{' ' * formatter.current_indent}{line}\n")

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first paragraph."""
        return said(*(self.words or _help_of(self))).split("\n", maxsplit=1)[0]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take several words after an option that may be repeated: ``--missing unsigned pages``."""
        return super().parse_args(ctx, _spread(self, args))


class Group(click.Group):
    """A group of commands whose help is in two languages."""

    context_class = Context
    command_class = Command

    def __init__(self, *args: Any, words: tuple[str, str] | None = None, **attributes: Any) -> None:
        """Keep them."""
        super().__init__(*args, **attributes)
        self.words = words

    def command(self, *args: Any, **attributes: Any) -> Callable[[Callable[..., Any]], click.Command]:  # type: ignore[override]  # always with a name
        """Add a command whose words are kept under both names."""
        return super().command(*args, title=f"{self.name} {args[0]}", **attributes)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the group is for."""
        _write_help(formatter, self.words or _help_of(self), ())

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first paragraph."""
        return said(*(self.words or _help_of(self))).split("\n", maxsplit=1)[0]


# How a command declares itself: what it says of itself is kept in workflows.words.admin.


def command(name: str) -> Callable[[Callable[..., Any]], Command]:
    """Declare a command of ours."""
    return click.command(name, cls=Command)


def group(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], Group]:
    """Declare a group of commands of ours."""
    return click.group(name, cls=Group, **attributes)


def option(*names: str, **attributes: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an option of ours."""
    return click.option(*names, cls=Option, **attributes)


def _title(command: click.Command) -> str:
    return getattr(command, "title", command.name or "")


def _help_of(command: click.Command) -> tuple[str, str]:
    from workflows.words.admin.help import HELP

    return HELP[_title(command)]


def _write_help(formatter: click.HelpFormatter, words: tuple[str, str], examples: Sequence[str]) -> None:
    for paragraph in said(*words).split("\n"):
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(paragraph)
    if examples:
        with formatter.section(said("例", "Examples")):
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
    """Whether a word is meant as a case's number, right or wrong: ``26-000017-Y``."""
    parts = text.split("-")
    return len(parts) >= 3 and parts[0].isdigit() and parts[1].isdigit()


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
            words=("答えを JSON 一つで出力します。", "answer with one JSON document"),
        ),
        Option(
            ["--lang"], type=click.Choice(LANGUAGES), expose_value=False, callback=_tell("language"),
            words=("画面の言葉。", "language of the screen"),
        ),
        Option(
            ["--quiet"], is_flag=True, expose_value=False, callback=_tell("quiet"),
            words=("必要なことだけを出力します。", "say only what must be said"),
        ),
        Option(
            ["--as", "as_name"], metavar="NAME", expose_value=False, callback=_tell("as_name"),
            words=("デモでのみ: この人として操作します。", "in demos only: act as this person"),
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
