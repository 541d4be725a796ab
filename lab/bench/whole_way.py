"""P13: the whole way of a request, from its opening until its identity is verified, letters made and printed.

Stage by stage over many requests at once, through the real workers of a desk: opened, the mailing typeset, printed,
posted, its return registered, verified. A stage is timed from the acceptance of its first order until the last outcome;
what people and the post do between two stages is not, such as reading the code off a form. The reference is a figure
carried over (lab/bench/report.py says from where).
"""

import time
from collections.abc import Iterator, Sequence
from typing import Any

from lab.bench.bench import Bench
from lab.bench.figures import Measured
from lab.bench.house import PATIENCE, CannotMeasure, House, bells_of, postgres
from models.session import engine
from services.engine.orders import Wanted
from services.letters.printing import print_letters
from tasks.bell import ring
from tasks.client import Client
from tasks.unit import UNIT
from tests.office import CLERK, VERIFIER, TestOffice
from workflows.engine.values import Actor, Role
from workflows.request.payloads import MailForms, VerifyIdentity

FIDES = 12.0
"""Privacy requests a second, as they were measured once elsewhere."""


def measure(bench: Bench) -> Iterator[Measured]:
    """Yield the figure of P13."""
    count, rates, shares = bench.size(5, 300, 1000), list[float](), ""
    with postgres() as server, House(server) as house:
        office = TestOffice(house.settings.database_url, house.home, now=None)
        house.activate()
        for _ in range(bench.rounds):
            stages = _walk(house, office, count)
            rates.append(count / sum(stages.values()))
            shares = ", ".join(f"{name} {seconds * 1000 / count:.1f}" for name, seconds in stages.items())
            bench.say(f"{rates[-1]:.1f}/s; ms a request: {shares}")
        office.close()
    yield Measured("P13", tuple(rates), (FIDES,) * len(rates), note=f"{count} a round; ms a request: {shares}")


def _walk(house: House, office: TestOffice, count: int) -> dict[str, float]:
    """Bring so many requests on their way; return the seconds of each stage."""
    stages: dict[str, float] = {}
    try:
        house.worker("desk1", pool="solo", queues="commands,clock")
        house.await_ready("desk1")
        contacts = house.contacts(count)
        stages["opened"], numbers = _given(house, "open", CLERK, contacts)
        codes = {number: office.code_of(number) for number in numbers}
        stages["typeset"] = _typeset(house, numbers)
        start = time.perf_counter()
        clerk = Actor(CLERK, frozenset({Role.CLERK}))
        print_letters(None, house.settings.var / "print", clerk, UNIT, engine(), language="en")
        stages["printed"] = time.perf_counter() - start
        stages["posted"], _ = _given(house, "mail_forms", CLERK, [(number, MailForms()) for number in numbers])
        returned = [(number, office.an_arrival(codes[number])) for number in numbers]
        stages["registered"], _ = _given(house, "receive_forms", CLERK, returned)
        verified = [(number, VerifyIdentity()) for number in numbers]
        stages["verified"], _ = _given(house, "verify_identity", VERIFIER, verified)
    finally:
        house.stop_workers()
    return stages


def _given(house: House, transition: str, by: str, wanted: Sequence[tuple[str | None, Any]]) -> tuple[float, list[str]]:
    """Give these orders, ring for each, wait for all; return the seconds and the cases' numbers."""
    tag = f"bench-{time.time_ns():x}"
    orders = [
        Wanted(f"{tag}-{index}", transition, payload, by, by, case) for index, (case, payload) in enumerate(wanted)
    ]
    start, client = time.perf_counter(), Client(house.writing)
    client.accept(lambda _db, _office: orders)
    ring(bells_of(client.tickets))
    client.wait(PATIENCE)
    seconds = time.perf_counter() - start
    undone = [one for one in map(client.outcome, client.tickets) if one is None or one.outcome != "done"]
    if undone:
        raise CannotMeasure(f"{len(undone)} of {len(wanted)} times {transition} was not done: {undone[0]}")
    return seconds, [ticket.case for ticket in client.tickets]


def _typeset(house: House, numbers: Sequence[str]) -> float:
    """Let the second worker make the letters, whose messages lie there since the opening; return the seconds."""
    queue = house.redis
    queue.rename("effects", "effects.aside")
    house.worker("desk2", queues="effects,bulk")
    house.await_ready("desk2")
    start = time.perf_counter()
    queue.rename("effects.aside", "effects")
    house.await_empty("effects")
    seconds = time.perf_counter() - start
    if unmade := house.ask("SELECT count(*) FROM effect WHERE state = 'waiting'"):
        raise CannotMeasure(f"{unmade} of {len(numbers)} letters were not made")
    return seconds
