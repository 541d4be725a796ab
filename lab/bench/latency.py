"""P5: how long an order waits at an idle desk, from its commit to the transition's, through the real broker and worker.

Beside it stands the same deed called directly. Pairs of a hold and a resume go one way and the other in turn, so that a
drift of the machine hits both. The desk is a whole one, on SQLite.
"""

import time
from collections.abc import Iterator

from desk.supervisor import Desk
from lab.bench.bench import Bench
from lab.bench.figures import Measured, high
from lab.bench.house import CannotMeasure, House, turn
from models.session import reading, transaction
from services.engine import orders
from services.engine.office import the_office
from tasks.bell import order_bell, ring

PATIENCE = 30.0
LOOK = 0.0005
"""Seconds between two looks for the outcome: shorter than what is measured."""


def measure(bench: Bench) -> Iterator[Measured]:
    """Yield the figures of P5."""
    pairs = bench.size(3, 60)
    with House(broker=False) as house:
        [case] = house.open_cases(1)
        with Desk(house.settings, with_flower=True):
            _commit_to_commit(house, case, 4)  # until both have their connections
            rounds = [_commit_to_commit(house, case, 4 * pairs) for _ in range(bench.rounds)]
    for key, part in (("P5", 0.5), ("P5 p95", 0.95)):
        through = tuple(high(found, part) * 1000 for found, _ in rounds)
        directly = tuple(high(found, part) * 1000 for _, found in rounds)
        yield Measured(key, through, directly)


def _commit_to_commit(house: House, case: str, count: int) -> tuple[list[float], list[float]]:
    """Return the seconds from commit to commit: through broker and worker, and called directly."""
    through, direct = list[float](), list[float]()
    for number in range(count):
        transition, wanted = turn(number, [case])
        [ticket] = house.accept(transition, wanted)
        start = time.perf_counter()
        if (number // 2) % 2 == 0:
            ring([order_bell(ticket.transition, ticket.task_id, case, ticket.command_id)])
            _await(ticket.command_id)
            through.append(time.perf_counter() - start)
        else:
            with transaction() as db:
                orders.carry_out_one(db, ticket.command_id, the_office(db))
            direct.append(time.perf_counter() - start)
    return through, direct


def _await(command_id: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with reading() as db:
            if orders.answer_of(db, command_id) is not None:
                return
        time.sleep(LOOK)
    raise CannotMeasure(f"no worker carried out order {command_id}")
