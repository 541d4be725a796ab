"""Whatever is telephoned, written and sent in whatever order: no answer goes where papers of the case do not cover it.

Over the pure rules; tests/services/test_covered_always.py walks the same way over real orders on both databases.
"""

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.walk import APPROVER, CLERK, LEAD, MONDAY, VERIFIER, Walk
from tests.world import Told, Who
from workflows.engine.calendars import Calendar
from workflows.engine.case import At
from workflows.engine.machine import Refused
from workflows.engine.values import Actor, Role
from workflows.law import regime
from workflows.law.values import Right
from workflows.letters import LetterState
from workflows.request.case import Case, after
from workflows.request.payloads import Open
from workflows.request.procedure import request
from workflows.request.values import CodeState, Party, Stated

CALENDAR = Calendar()
PEOPLE = {
    CLERK: Actor(CLERK, frozenset({Role.CLERK})),
    VERIFIER: Actor(VERIFIER, frozenset({Role.VERIFIER, Role.CLERK})),
    APPROVER: Actor(APPROVER, frozenset({Role.APPROVER})),
    LEAD: Actor(LEAD, frozenset({Role.LEAD})),
}


def stated(who: Who) -> Stated:
    """Return what a person states; the words stand for their commitments here."""
    return Stated(who.name, who.address, None if who.born is None else who.born.isoformat())


class PureWalk(Walk):
    case: Case

    def begin(self, contact: Open, told: Told) -> None:
        today = CALENDAR.today(MONDAY)
        blank = Case(number="26-000017-Y", state="", seq=0, entered_seq=0, entered_on=today, opened_on=today,
                     regime=regime("jp-appi"), rights={}, code_state=CodeState.GOOD)  # fmt: skip
        self.case = replace(blank, stated={party: stated(who) for party, who in told.people.items()})
        assert self.order("open", contact, CLERK)

    def order(self, name: str, payload: Any, by: str, then: Told | None = None) -> bool:
        at = At(self.now, PEOPLE[by], CALENDAR)
        proposed = None if then is None else {party: stated(who) for party, who in then.people.items()}
        decision = request.decide(replace(self.case, proposed=proposed), name, payload, at)
        if isinstance(decision, Refused):
            return False
        moved = after(self.case, decision.target, decision.change, at)
        # The printer is played: what was ordered lies printed on the table.
        letters = tuple(
            replace(x, state=LetterState.PRINTED, made_on=self.case.opened_on, printed_on=self.case.opened_on)
            if x.state is LetterState.ORDERED
            else x
            for x in moved.letters
        )
        self.case = replace(moved, letters=letters, proposed=None)
        return True

    def state(self) -> str:
        return self.case.state

    def verified(self) -> bool:
        return self.case.verified_by is not None

    def rights(self) -> tuple[Right, ...]:
        return tuple(self.case.rights)

    def code(self) -> str | None:
        return "read by the post room"

    def released(self) -> dict[str, Any]:
        # An answer is composed of what the case says when it is released (services.request.content).
        acting = self.told.people.get(Party.REPRESENTATIVE)
        return {
            "subject": self.told.people[Party.SUBJECT].name,
            "name": self.told.answered.name,
            "address": self.told.answered.address,
            "representative": None if acting is None else acting.name,
            "rights": tuple(self.case.rights),
        }


def test_whatever_is_said_no_answer_leaves_uncovered() -> None:
    answers: list[str] = []
    walk = type("CountingWalk", (PureWalk,), {"seen_released": lambda self: answers.append(self.case.state)})

    run_state_machine_as_test(walk, settings=settings(max_examples=125, stateful_step_count=18, deadline=None,
                                                      suppress_health_check=list(HealthCheck)))  # fmt: skip

    assert len(answers) >= 25, "the walks hardly ever come to an answer"
    assert {"fulfilled", "refused"} <= set(answers)
