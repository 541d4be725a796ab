"""``python -m desk.celery_command worker ARGS...`` or ``flower ARGS...``: one of Celery's commands, as it is, alone.

``celery -A worker worker ARGS...`` is the same. It loads, for each worker, all the other commands as well, with a shell
and Flower's web server: 15 MB, and half of the time a worker takes to start.
"""

import sys
from importlib import import_module

import click
from celery.bin.base import CLIContext

COMMANDS = {
    "worker": ("celery.bin.worker", "worker", "worker"),
    "flower": ("flower.command", "flower", "tasks.viewer"),
}
"""Of each command its module, its name there, and the module of the application it is run with."""


def main(name: str, arguments: list[str]) -> None:
    """Run the command to its end, and end the process with its status."""
    module, called, application = COMMANDS[name]
    command: click.Command = getattr(import_module(module), called)
    told = CLIContext(app=import_module(application).app, no_color=False, workdir=None, quiet=False)
    # Flower looks for the options of the command above it.
    above = click.Context(click.Group("celery"), info_name="celery", obj=told)
    command.main(arguments, prog_name=name, parent=above)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
