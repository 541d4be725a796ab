"""``completion``: what a shell reads to complete our commands, options and their values."""

import sys

import click

from commands.shape import command

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_ADMIN_PY_COMPLETE"
"""By which the shell asks: click makes it from the program's name."""


@command("completion", words="completion.help", open_to_all=True)
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script for a shell."""
    from click.shell_completion import BashComplete, FishComplete, ZshComplete

    from commands.main import PROGRAM, root

    made = dict(zip(SHELLS, (BashComplete, ZshComplete, FishComplete), strict=True))[shell]
    sys.stdout.write(f"{made(root, {}, PROGRAM, VARIABLE).source()}\n")
