"""``list``: the work list."""

import click

from commands.context import said, tongue
from commands.office import asker, looking
from commands.output import gathered
from commands.shape import command, option
from commands.spans import span
from workflows.engine.jobs import Todo
from workflows.law.values import Right
from workflows.registry import procedures

STATES = list(dict.fromkeys(state for each in procedures() for state in each.machine.states))
"""Of all procedures."""


@command("list", words="worklist.help.list")
@option("--state", "states", multiple=True, type=click.Choice(STATES), words="worklist.help.list.state")
@option("--mine", is_flag=True, words="worklist.help.list.mine")
@option("--unassigned", is_flag=True, words="worklist.help.list.unassigned")
@option("--todo", type=click.Choice([str(todo) for todo in Todo]), words="worklist.help.list.todo")
@option("--overdue", is_flag=True, words="worklist.help.list.overdue")
@option("--stalled", is_flag=True, words="worklist.help.list.stalled")
@option("--due-within", metavar="5d", words="worklist.help.list.due_within")
@option("--right", type=click.Choice([str(right) for right in Right]), words="worklist.help.list.right")
@option("--owner", metavar="NAME", words="worklist.help.list.owner")
@option("--limit", type=click.IntRange(min=1), words="worklist.help.list.limit")
@option("--names", is_flag=True, words="worklist.help.list.names")
def list_(
    states: tuple[str, ...],
    mine: bool,
    unassigned: bool,
    todo: str | None,
    overdue: bool,
    stalled: bool,
    due_within: str | None,
    right: str | None,
    owner: str | None,
    limit: int | None,
    names: bool,
) -> None:
    """Show the work list."""
    from commands import find
    from services.office.absences import stood_for
    from services.reports.worklist import Wanted, lines, worklist
    from services.reports.worklist_page import worklist_page

    if owner is not None and (mine or unassigned):
        raise click.UsageError(said("worklist.one_of_them"))
    if names:
        find.may_see_names()
    with looking() as (db, office):
        owners: list[str | None] | None = None
        if owner is not None or mine or unassigned:
            whose = [owner] if owner is not None else stood_for(db, asker(db, office).staff, office) if mine else []
            owners = [*whose, *([None] if unassigned else [])]
        wanted = Wanted(
            states=states,
            right=None if right is None else Right(right),
            owners=owners,
            todo=None if todo is None else Todo(todo),
            overdue=overdue,
            stalled=stalled,
            due_within=None if due_within is None else span(due_within, "--due-within"),
            most=min(limit or find.MOST_NAMES, find.MOST_NAMES) if names else limit,
        )
        named = worklist(db, office, wanted) if names else []
        if names:
            find.names_of(db, office, named)
        show = gathered(named if names else lines(db, office, wanted), lambda rows: worklist_page(rows, tongue()))
    if names:
        find.names_shown(named)
    show()
