"""``diagram``: the procedure as a picture."""

from commands.context import call
from commands.office import looking
from commands.output import answer
from commands.shape import command, option


@command("diagram")
@option("--live", is_flag=True)
def diagram(live: bool) -> None:
    """Print the diagram."""
    from services.reports.diagram import mermaid, standings

    standing = None
    if live:
        with looking() as (db, office):
            standing = standings(db, office)
    text = mermaid(call().language, standing)
    states = {name: {"count": here.count, "median_days": here.median_days} for name, here in (standing or {}).items()}
    answer({"mermaid": text, "states": states}, text.splitlines())
