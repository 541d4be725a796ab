"""P17: deadlines of searches, fired by the sweep that fires those of requests, so many due at once in one office.

Both are copies of one real case with its timers, each search beside a request of its own. Of each case one deadline is
due: of a request the lead is told, of a search its department is reminded.
"""

import time
import uuid
from collections.abc import Iterator
from datetime import date

from sqlalchemy import insert, literal, select

from lab.bench.bench import Bench
from lab.bench.figures import Measured
from lab.bench.house import CannotMeasure, House, postgres
from lab.bench.loading import analyse
from lab.bench.sweeps import arm, make_due
from models.case import case
from models.search import search
from services.engine import firing, orders
from services.engine.orders import Wanted
from services.office.staff import os_login
from settings import PROJECT
from tasks.client import Client
from tasks.unit import UNIT
from tests.office import TestOffice
from workflows.search.payloads import Ask
from workflows.search.procedure import PROCEDURE

DEPARTMENT = '\n[[department]]\ncode = "sales"\nja = "営業部"\nen = "Sales"\n'


def measure(bench: Bench) -> Iterator[Measured]:
    """Yield the figures of P17."""
    lot = bench.size(20, 10_000)
    with postgres() as server, House(server, broker=False, CLOCK="shifted") as house:
        office = _Office(house, lot, bench.rounds + 1)
        office.chase_requests(0)
        office.chase_searches(0)  # what is done once in a process is done
        for _ in bench.rounds_of([office.chase_requests, office.chase_searches]):
            bench.say(f"a request {office.requests[-1]:.2f} ms, a search {office.searches[-1]:.2f} ms")
    yield Measured("P17", tuple(office.searches[1:]), tuple(office.requests[1:]), f"{lot:,} due at once")


class _Office:
    """An office with so many lots of requests and of searches, of which one becomes due each time it is to chase."""

    def __init__(self, house: House, lot: int, lots: int) -> None:
        self.house, self.lot = house, lot
        self.requests: list[float] = []
        self.searches: list[float] = []
        house.activate()
        (house.home / "organisation.toml").write_text(
            (PROJECT / "organisation.toml").read_text(encoding="utf-8") + DEPARTMENT, encoding="utf-8"
        )
        house.to_a_working_day(1)
        [request] = house.open_cases(1)
        asked = _asked(house, request)
        self.first_request = arm(house, request, lot * lots)
        self.first_search = arm(house, asked, lot * lots, prefix=PROCEDURE.prefix)
        _beside(house, self.first_search, self.first_request, lot * lots)

    def chase_requests(self, _: int) -> None:
        """Chase the next lot of requests; keep the milliseconds a firing."""
        self.requests.append(self._chased(self.first_request + len(self.requests) * self.lot, "escalate"))

    def chase_searches(self, _: int) -> None:
        """Chase the next lot of searches; keep the milliseconds a firing."""
        self.searches.append(self._chased(self.first_search + len(self.searches) * self.lot, "remind"))

    def _chased(self, first: int, name: str) -> float:
        make_due(self.house, range(first, first + self.lot), name)
        began = time.perf_counter()
        fired = firing.sweep(UNIT, letters=False)
        seconds = time.perf_counter() - began
        if len(fired) < self.lot:
            raise CannotMeasure(f"{len(fired)} of {self.lot} were chased")
        return seconds * 1000 / len(fired)


def _asked(house: House, request: str) -> str:
    """Ask a department for a case; return the number of the search."""
    me, client = os_login(), Client(house.writing)
    ask = Ask(case=request, department="sales", what="every record", by=date(2099, 1, 5))
    client.accept(lambda db, office: [Wanted(uuid.uuid4().hex, "ask", ask, me, me, None, PROCEDURE.prefix)])
    with house.writing() as (db, office):
        orders.carry_out_one(db, client.tickets[0].command_id, office)
    return client.tickets[0].case


def _beside(house: House, searches: int, requests: int, count: int) -> None:
    """Let each copy of the search belong to a copy of the request."""
    office = TestOffice(house.settings.database_url, house.home, now=None, staffed=True)
    own = case.c.id.between(searches, searches + count - 1)
    with office.as_owner() as db:
        rows = select(case.c.id, case.c.id - searches + requests, literal("sales")).where(own)
        db.execute(insert(search).from_select(["case_id", "parent_id", "department"], rows))
    analyse(office.engine)
    office.close()
