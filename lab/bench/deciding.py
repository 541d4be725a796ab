"""P11: ``decide()``, the whole procedure with its guards, on real cases in every state, each with what it is about.

Timed is processor time of this process alone, so that what others take of the machine is left out.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lab.bench.bench import Bench
from lab.bench.figures import Measured, middle
from lab.bench.house import House
from models import case as cases
from models.session import reading
from services.engine.loading import load
from tests.office import CLERK, GRANTED, TestOffice
from workflows.engine.case import At
from workflows.engine.machine import Machine
from workflows.engine.payloads import Fired, Nothing
from workflows.engine.values import SYSTEM, Actor, Role
from workflows.letters import ReturnReason
from workflows.registry import main
from workflows.request.course_payloads import PostAgain
from workflows.request.payloads import (
    Amend,
    AskAgain,
    Fulfil,
    Hold,
    MailForms,
    Undeliverable,
    Unverify,
    VerifyIdentity,
    Void,
    Withdraw,
)
from workflows.request.values import HoldReason, ToldHow, VoidReason

STATES = ("contacted", "forms_mailed", "forms_returned", "id_verified", "fulfilled", "withdrawn", "voided")


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the rules: whether this may be done to this case now."""

    name: str
    case: Any
    transition: str
    payload: Any
    at: At


def measure(bench: Bench) -> Iterator[Measured]:
    """Yield the figures of P11."""
    machine, calls, worst = main().machine, bench.size(3, 400), ""
    with House(broker=False) as house:
        questions = list(_questions(house))
        middles, slowest = list[float](), list[float]()
        for _ in range(bench.rounds):
            found = {asked.name: _microseconds(machine, asked, calls) for asked in questions}
            middles.append(middle(list(found.values())))
            worst = max(found, key=lambda name: found[name])
            slowest.append(found[worst])
            bench.say(f"median {middles[-1]:.1f}, slowest {slowest[-1]:.1f} µs ({worst})")
    yield Measured("P11", tuple(middles), note=f"{len(questions)} pairs")
    yield Measured("P11 slowest", tuple(slowest), note=worst)


def _microseconds(machine: Machine[Any], asked: Question, calls: int) -> float:
    decide = machine.decide
    start = time.process_time()
    for _ in range(calls):
        decide(asked.case, asked.transition, asked.payload, asked.at)
    return (time.process_time() - start) / calls * 1e6


def _questions(house: House) -> Iterator[Question]:
    """Yield every pair of a state and a transition that leaves it, whatever the rules answer."""
    office = TestOffice(house.settings.database_url, house.home, now=None)
    numbers = {state: office.in_state(state) for state in STATES} | {"decided": office.decided()}
    arrival = office.an_arrival(None)
    with reading() as db:
        here = office.at(db)
        rows = [cases.find(db, number) for number in numbers.values()]
        wanted = list(main().machine.transitions)
        loaded = load(db, [row for row in rows if row is not None], here, wanted)
    payloads = _payloads(here.calendar.today(here.now), arrival)
    everybody = Actor(CLERK, frozenset(role for role in Role if role is not Role.SYSTEM))
    for called, number in numbers.items():
        one = loaded[number].case
        for name, transition in main().machine.transitions.items():
            if one.state in transition.sources and name in payloads:
                at = here.at(everybody if transition.by_staff else SYSTEM)
                yield Question(f"{name} in {called}", one, name, payloads[name], at)
                if name == "amend":  # of an amendment that takes away what was proven, all is asked anew
                    moved = {party: replace(said, address="elsewhere") for party, said in one.stated.items()}
                    there = Amend(why="moved", subject={"address": "elsewhere"})
                    yield Question(f"amend an address in {called}", replace(one, proposed=moved), name, there, at)
    office.close()


def _payloads(today: Any, arrival: Any) -> dict[str, Any]:
    """Return something to order for each transition but those that speak of one other letter, order or definition."""
    return {
        "amend": Amend(why="moved", note="by telephone"),
        "mail_forms": MailForms(),
        "undeliverable": Undeliverable(reason=ReturnReason.MOVED),
        "receive_forms": arrival,
        "ask_again": AskAgain(),
        "verify_identity": VerifyIdentity(),
        "unverify": Unverify(why="a mistake"),
        "decide": GRANTED,
        "fulfil": Fulfil(),
        "refuse": Nothing(),
        "withdraw": Withdraw(on=today, how=ToldHow.PHONE),
        "void": Void(reason=VoidReason.MISTAKE),
        "hold": Hold(reason=HoldReason.OTHER),
        "resume": Nothing(),
        "post_again": PostAgain(),
        "remind": Fired(name="remind", fire_no=1, letter=None),
        "escalate": Fired(name="escalate", fire_no=1, letter=None),
    }
