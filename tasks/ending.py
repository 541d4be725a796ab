"""The sweep over what nobody may keep any more: personal data of cases closed long ago, and what lies printed."""

from services.ending import retention
from tasks.app import SILENT, app
from tasks.turns import Turn
from tasks.unit import UNIT


@app.task(name="ending.sweep", goes_to="clock", **SILENT)
def sweep(*, follows: bool = False) -> int:
    """Erase what is due and what was asked for; return how many cases are gone."""
    with Turn("ending.sweep", follows=follows) as turn:
        return len(retention.sweep(UNIT, turn))
