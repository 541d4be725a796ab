"""``diagram``: the procedure as a picture."""

import click

from commands.context import call
from commands.office import looking
from commands.output import answer
from commands.shape import command, option
from workflows.registry import HOMES


@command("diagram", words="diagram.help.diagram")
@option("--live", is_flag=True, words="diagram.help.diagram.live")
@option(
    "--procedure", type=click.Choice(list(HOMES)), default=next(iter(HOMES)), words="diagram.help.diagram.procedure"
)
def diagram(live: bool, procedure: str) -> None:
    """Print the diagram."""
    from services.reports.diagram import mermaid, standings
    from workflows.registry import machine

    standing = None
    if live:
        with looking() as (db, office):
            standing = standings(db, office, machine(procedure))
    text = mermaid(machine(procedure), call().language, standing)
    states = {name: {"count": here.count, "median_days": here.median_days} for name, here in (standing or {}).items()}
    answer({"mermaid": text, "states": states}, text.splitlines())
