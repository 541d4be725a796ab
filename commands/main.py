"""``./admin.py``: find the command, run it, and turn whatever goes wrong into one clear message and an exit status.

The help page costs no more than this file, the table of commands and click: everything else is imported by the command
that needs it.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any

import click

from commands.context import INTERRUPTED, REFUSED, WRONG, Failure, begin, fails, said
from commands.shape import Group, with_globals
from commands.table import SECTIONS, TABLE, Row
from commands.terminal import guarded

PROGRAM = "admin.py"


class Root(Group):
    """All commands, known by name from the table and imported one at a time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(TABLE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        row = TABLE.get(cmd_name.replace("_", "-")) or _step_named(cmd_name.replace("_", "-"))
        if row is None:
            return None
        module = importlib.import_module(row.module)
        found = module.make(row.attribute) if row.made else getattr(module, row.attribute)
        return with_globals(found)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command named first; where there is none, say which names come near."""
        name = args[0]
        known = name.replace("_", "-") in TABLE or name.startswith("-") or _step_named(name.replace("_", "-"))
        if not known:
            raise click.exceptions.NoSuchCommand(name, possibilities=TABLE, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by section, from the table alone."""
        for section, words in SECTIONS.items():
            rows = [(name, said(row.ja, row.en)) for name, row in TABLE.items() if row.section == section]
            with formatter.section(said(*words)):
                formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Offer the names of commands from the table, without importing any."""
        from click.shell_completion import CompletionItem

        found = [
            CompletionItem(name, help=said(row.ja, row.en))
            for name, row in TABLE.items()
            if name.startswith(incomplete)
        ]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]


def _step_named(name: str) -> Row | None:
    """Return the row of a step that the procedure has and the table not yet; a slip of the finger is none."""
    from workflows.request.procedure import request

    step = next((t for t in request.transitions.values() if t.command == name and t.by_staff), None)
    return None if step is None else Row("steps", "commands.transitions", step.name, "", "", made=True)


root = with_globals(
    Root(
        "admin.py",
        words=(
            (
                "開示等の請求を受け付け、進め、答える窓口の操作です。\n"
                "各コマンドの説明は ./admin.py COMMAND --help で表示します。"
            ),
            (
                "Take up requests for disclosure, etc., carry them on, and answer them.\n"
                "./admin.py COMMAND --help explains a command, with examples."
            ),
        ),
    )
)


def main() -> None:
    """Run the script and end the process."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without Japanese must not end in a traceback
    status = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # the reader went away (| head): nothing to complain about
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(status)


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
        return _failed(fails(INTERRUPTED, "interrupted"))
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
