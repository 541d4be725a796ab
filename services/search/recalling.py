"""Questions whose case is closed are recalled: what the closing left in the outbox, carried out.

The case is locked while its questions are, always in this order. One that was reopened meanwhile keeps its questions.
"""

from typing import Any

from sqlalchemy import Connection, Row

from models import case as cases
from models import search
from services.departments.closing import KIND
from services.engine.office import Office
from services.engine.order import Order
from services.engine.outbox import Handler
from services.engine.transaction import carry_out
from services.engine.unit import UnitOfWork
from services.engine.upgrades import brought_up
from workflows.engine.payloads import Fired
from workflows.engine.values import SYSTEM


def _nothing(effect: Row[Any], office: Office, unit: UnitOfWork) -> None:
    """All of it is written with the closing of the work."""


def _recalled(db: Connection, effect: Row[Any], nothing: None, office: Office) -> None:
    parent = cases.find(db, effect.case_number)
    if parent is None or parent.open:
        return
    locked = brought_up(db, cases.lock(db, search.asked_for(db, [parent.id]).get(parent.id, ())), office)
    cause = f"closed:{parent.number}:{effect.seq}"
    orders = [
        Order(row.number, "recall", Fired(name="closed", fire_no=1), SYSTEM, cause)
        for row in locked.values()
        if row.open
    ]
    if orders:
        carry_out(db, orders, office, locked=locked)


HANDLER: Handler[None] = Handler(kind=KIND, do=_nothing, finish=_recalled)
