"""The sweep that takes a new secret of look-ups into use, where a lead asked for one."""

from services.request import rotating
from tasks.app import SILENT, app
from tasks.turns import Turn
from tasks.unit import UNIT


@app.task(name="keys.sweep", goes_to="clock", **SILENT)
def sweep(*, follows: bool = False) -> int:
    """Go on with it; return 0 where nothing is left to do."""
    with Turn("keys.sweep", follows=follows) as turn:
        return 0 if rotating.go_on(UNIT, turn) else 1
