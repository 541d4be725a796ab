"""One task for each transition a person can order: its name says in Flower what is done, its kwargs to which case."""

from typing import Any

from sqlalchemy.exc import DBAPIError

from models.limits import contended
from services.engine.group_commit import Door, Taken
from services.engine.trouble import NEWER
from tasks.app import app
from tasks.heartbeats import alive
from tasks.unit import UNIT
from workflows.engine.machine import Transition
from workflows.registry import procedures

_DOOR = Door(UNIT)


def _register(procedure: str, transition: Transition) -> None:
    @app.task(name=f"{procedure}.{transition.name}", goes_to="commands")
    def carry_out(case: str, order: int) -> str:
        alive("commands")  # a heartbeat of its own would wait behind a thousand orders
        try:
            outcome = _DOOR.answer(order)
        except Taken:
            return "taken"  # another worker carries it out with others
        except NEWER:
            return "newer"  # newer code works on this case: it will find the order
        except DBAPIError as error:
            if not contended(error):
                raise
            return "busy"  # somebody holds the case: the sweep will find the order
        return "gone" if outcome is None else outcome.outcome

    carry_out.__doc__ = transition.text


def register_all() -> dict[str, Any]:
    """Register a task for every transition staff can order, and return the tasks of the application."""
    for each in procedures():
        for transition in each.machine.transitions.values():
            if transition.by_staff:
                _register(each.name, transition)
    return dict(app.tasks)


register_all()
