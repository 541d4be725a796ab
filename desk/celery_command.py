"""``python -m desk.celery_command -A worker worker ARGS...``: one of Celery's commands, as it is, alone.

``celery -A worker worker ARGS...`` is the same. It loads, for each worker, all the other commands as well, with a shell
and Flower's web server: 15 MB, and half of the time a worker takes to start.
"""

import sys
from importlib import import_module

import click
from celery.app.utils import find_app
from celery.bin.base import CLIContext

COMMANDS = {"worker": "celery.bin.worker", "flower": "flower.command"}
"""Of each command, which is called like that there, its module."""


def main(application: str, name: str, arguments: list[str]) -> None:
    """Run the command with the application of that module to its end, and end the process with its status."""
    command: click.Command = getattr(import_module(COMMANDS[name]), name)
    told = CLIContext(app=find_app(application), no_color=False, workdir=None, quiet=False)
    # Flower looks for the options of the command above it.
    above = click.Context(click.Group("celery"), info_name="celery", obj=told)
    command.main(arguments, prog_name=name, parent=above)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["-A", app, called, *others] if called in COMMANDS:
            main(app, called, others)
        case _:
            sys.exit(f"python -m desk.celery_command -A MODULE {'|'.join(COMMANDS)} ARGS...")
