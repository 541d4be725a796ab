"""Parcels: a kind of work that leaves the house and knows nothing of letters, for tests of the outbox."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select

from clock import machine_now
from models.effect import effect
from services.engine import outbox
from services.engine.office import Office
from services.engine.outbox import Handler, Step
from services.engine.unit import UnitOfWork
from tests.office import TestOffice


class Parcels:
    """Parcels handed to a carrier, who may be of another mind; it knows nothing of letters."""

    def __init__(self) -> None:
        self.trouble: Exception | None = None
        self.handed: list[str] = []
        self.written: list[tuple[str, int]] = []
        self.steps: list[Step] = []

    @property
    def handler(self) -> Handler[int]:
        """How a parcel is handed over."""
        return Handler(kind="parcel", do=self.hand, finish=self.write, seen=lambda step, row: self.steps.append(step))

    def hand(self, row: Row[Any], office: Office, transaction: UnitOfWork) -> int:
        """Hand one over; return its weight."""
        if self.trouble is not None:
            raise self.trouble
        self.handed.append(row.subject)
        return len(row.subject)

    def write(self, db: Any, row: Row[Any], weight: int, office: Office) -> None:
        """Write down what it weighed."""
        self.written.append((row.subject, weight))


def a_parcel(office: TestOffice) -> int:
    case = office.opened()
    with office.writing() as db:
        row = {"case_id": office.case(case).id, "seq": 1, "ord": 1, "case_number": case, "subject": f"{case}/P1"}
        row |= {"kind": "parcel", "sealed": b"where to", "ordered_at": machine_now(db) - timedelta(minutes=1)}
        return int(db.execute(insert(effect).values(**row).returning(effect.c.id)).scalar_one())


def stored(office: TestOffice, effect_id: int) -> Row[Any]:
    return office.ask(select(effect).where(effect.c.id == effect_id))[0]


def deliver(office: TestOffice, effect_id: int, parcels: Parcels) -> str:
    return outbox.deliver(effect_id, parcels.handler, office.unit)


def let_the_lease_pass(office: TestOffice) -> None:
    with office.writing() as db:
        db.execute(effect.update().values(claimed_at=datetime.now(UTC) - outbox.LEASE - timedelta(seconds=1)))
