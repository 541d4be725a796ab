"""The sweep over unanswered orders."""

from services.engine import orders
from tasks.app import SILENT, app
from tasks.turns import Turn
from tasks.unit import UNIT


@app.task(name="orders.sweep", goes_to="clock", **SILENT)
def sweep(*, follows: bool = False) -> int:
    """Carry out every order whose bell was lost."""
    with Turn("orders.sweep", follows=follows) as turn:
        return len(orders.sweep(UNIT, turn))
