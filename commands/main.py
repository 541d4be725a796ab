"""``./admin.py``: find the command, run it, and turn whatever goes wrong into one clear message and an exit status.

The help page costs no more than this file, the lists of commands, a few words and click: everything else is imported by
the command that needs it.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any

import click

from commands.context import INTERRUPTED, REFUSED, WRONG, Failure, begin, call, fails, said
from commands.shape import Group, Option, with_globals
from commands.steps import steps
from commands.table import OTHERS, SECTIONS, STEPS, WRITTEN
from commands.terminal import guarded

PROGRAM = "admin.py"


class Root(Group):
    """All commands: those of the table, imported one at a time, and those made from the procedures' transitions."""

    open_to_all = True

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return their names, the transitions first."""
        return names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one written command, or make one from a transition."""
        name = cmd_name.replace("_", "-")
        row = WRITTEN.get(name)
        if row is not None:
            found = getattr(importlib.import_module(row.module), row.attribute)
        else:
            found = importlib.import_module("commands.transitions").made(name)
        return None if found is None else with_globals(found)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by section, importing none."""
        lines = _lines()
        for section in SECTIONS:
            rows = [(name, line) for name, (where, line) in lines.items() if where == section]
            if rows:
                with formatter.section(said(f"table.section.{section}")):
                    formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Offer the names of commands, without importing any."""
        from click.shell_completion import CompletionItem

        found = [CompletionItem(name, help=line) for name, (_, line) in _lines().items() if name.startswith(incomplete)]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]


def names() -> list[str]:
    """Return the names of all commands, in the order of the help page."""
    return [*(step.command for step in steps()), *WRITTEN]


def _lines() -> dict[str, tuple[str, str]]:
    """Return the section and the one line of help of each command."""
    language = call().language
    made = {
        step.command: (OTHERS if step.group else STEPS, step.ja if language == "ja" else step.en) for step in steps()
    }
    return {**made, **{name: (row.section, said(f"table.{name}")) for name, row in WRITTEN.items()}}


def _tell_version(ctx: click.Context, parameter: click.Parameter, asked: bool) -> None:
    if not asked:
        return
    from commands.output import answer
    from release import VERSION

    answer({"version": VERSION}, [f"Madoguchi {VERSION}"])
    ctx.exit()


_VERSION = Option(["--version"], is_flag=True, expose_value=False, callback=_tell_version, words="main.help.version")
root = with_globals(
    Root("admin.py", words="main.help", params=[_VERSION], context_settings={"help_option_names": ["-h", "--help"]})
)


def main() -> None:
    """Run the script and end the process."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without Japanese must not end in a traceback
    status = run(sys.argv[1:])
    flush()
    raise SystemExit(status)


def flush() -> None:
    """Write out what is still held back."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # the reader went away (| head): nothing to complain about
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(arguments: Sequence[str]) -> int:
    """Carry out one call and return its exit status; no traceback ever leaves this function."""
    begin(arguments)
    with guarded(arguments):
        return _run(arguments)


def _run(arguments: Sequence[str]) -> int:
    try:
        result = root.main(list(arguments), prog_name=PROGRAM, standalone_mode=False)
    except Failure as failure:
        return _failed(failure)
    except click.exceptions.NoArgsIsHelpError as asked:
        sys.stderr.write(f"{asked.format_message()}\n")
        return WRONG
    except click.UsageError as wrong:
        from commands.usage import wording

        return _failed(Failure(WRONG, "usage", wording(wrong, PROGRAM)))
    except click.ClickException as refusal:
        return _failed(Failure(refusal.exit_code, "failed", refusal.format_message()))
    except (KeyboardInterrupt, click.Abort):
        return _failed(fails(INTERRUPTED, "interrupted", "main.interrupted"))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last wall between a fault and a reader
        from commands.trouble import explain

        return _failed(explain(error))
    return result if isinstance(result, int) else 0


def _failed(failure: Failure) -> int:
    from commands.output import failed

    return failed(failure)
