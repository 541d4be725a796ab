"""``diagram``: the procedure as a picture."""

import click

from commands.context import call
from commands.office import looking
from commands.output import answer
from commands.shape import Command, Option
from workflows.registry import NAMES


@click.command(
    "diagram",
    cls=Command,
    words=(
        "手続を Mermaid の状態遷移図として出力します。\n--live を付けると、各状態の件数と日数の中央値も示します。",
        (
            "The procedure as a Mermaid state diagram, made from its definition.\n"
            "--live adds how many cases stand in each state, and for how long in the median."
        ),
    ),
    examples=("./admin.py diagram > procedure.mmd", "./admin.py diagram --live"),
)
@click.option(
    "--live", cls=Option, is_flag=True, words=("いまの件数と日数も示します。", "with the cases there are now")
)
@click.option("--procedure", cls=Option, type=click.Choice(NAMES), default=NAMES[0],
              words=("手続の名前。", "which procedure"))  # fmt: skip
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
