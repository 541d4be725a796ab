"""The sweep over unanswered orders."""

from clock import office_now
from models.session import transaction
from services.engine import orders
from services.engine.office import the_office
from tasks.app import app
from tasks.bell import letter_bells, ring
from tasks.turns import Turn


@app.task(name="orders.sweep", queue="clock")
def sweep(*, follows: bool = False) -> int:
    """Carry out every order whose bell was lost."""
    turn = Turn("orders.sweep", follows=follows)
    outcomes = orders.sweep(transaction, lambda db: the_office(db, office_now(db)), turn)
    ring(letter_bells((outcome.case, effect, 1) for outcome in outcomes for effect in outcome.effects))
    return len(outcomes)
