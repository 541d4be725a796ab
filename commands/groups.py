"""The commands of a procedure beside the office's main one: its steps, and what it brings beside them."""

import importlib
from collections.abc import Mapping

import click

from commands.context import call
from commands.shape import Group, with_globals
from commands.transitions import step
from workflows.engine.procedure import Procedure
from workflows.helps import group_code, group_help


class Steps(Group):
    """The steps of a procedure that is not the office's main one: a command for each transition staff can order."""

    open_to_all = True

    def __init__(self, procedure: Procedure) -> None:
        """Take the procedure."""
        from workflows import registry

        text = group_help(procedure.name, call().language)
        super().__init__(registry.group_command(procedure.name), words=group_code(procedure.name), text=text)
        self.procedure = procedure

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return their names in the order of the definition, then those that are written for this procedure."""
        made = [each.command for each in self.procedure.machine.transitions.values() if each.by_staff]
        return list(dict.fromkeys([*made, *_written(self.procedure)]))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make one, unless it is written."""
        name = cmd_name.replace("_", "-")
        found = _written(self.procedure).get(name) or step(self.procedure, name)
        return None if found is None else with_globals(found)


def _written(procedure: Procedure) -> Mapping[str, click.Command]:
    """Return the commands beside its steps that a procedure brings, in a file of its name in this folder."""
    home = f"commands.{procedure.name}"
    try:
        found: Mapping[str, click.Command] = importlib.import_module(home).COMMANDS
    except ModuleNotFoundError as error:
        if error.name == home:  # a procedure need not bring any
            return {}
        raise
    return found
