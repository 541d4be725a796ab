"""What leaves the house for a request beside letters: the discs of answers, made once each by the worker of effects."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from services.engine import trouble
from services.engine.outbox import Handler
from services.engine.trouble import Fault
from services.letters.enclosed import EnclosureDamaged
from services.request import discs


def _judge(error: Exception) -> Fault:
    """Say of a disc's failure what it was; nothing of what it holds."""
    fault = trouble.fault(error)
    if isinstance(error, EnclosureDamaged):
        return replace(fault, text=f"what it holds is gone or altered: {error}")
    return replace(fault, text="another disc lies under this number") if isinstance(error, discs.DiscTaken) else fault


DISC: Handler[Any] = Handler(
    kind=discs.KIND, do=discs.make, finish=discs.finish, judge=_judge, lease=timedelta(minutes=5)
)

HANDLERS: tuple[Handler[Any], ...] = (DISC,)
