"""What else leaves the house but letters: work a procedure brings for the worker of effects, in its ``outgoing.py``."""

import importlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from models import effect as effects
from services.engine import outbox
from services.engine.outbox import Handler
from services.engine.unit import UnitOfWork
from workflows.registry import HOMES


@cache
def handlers() -> Mapping[str, Handler[Any]]:
    """Return how each kind of such work is done, by kind. Raises ValueError where two procedures bring one kind."""
    found: dict[str, Handler[Any]] = {}
    for _, deeds in HOMES.values():
        for handler in _brought(f"{deeds}.outgoing"):
            if handler.kind in found:
                raise ValueError(f"two procedures bring work of the kind {handler.kind}")
            found[handler.kind] = handler
    return found


def _brought(home: str) -> tuple[Handler[Any], ...]:
    try:
        found: tuple[Handler[Any], ...] = importlib.import_module(home).HANDLERS
    except ModuleNotFoundError as error:
        if error.name == home:  # a procedure need not bring any
            return ()
        raise
    return found


def deliver(effect: int, unit: UnitOfWork) -> str:
    """Do one piece of such work; return what became of it, as `outbox.deliver` does, or "gone" where it is none."""
    with unit.look() as db:
        handler = handlers().get(effects.kind_of(db, effect) or "")
    return "gone" if handler is None else outbox.deliver(effect, handler, unit)
