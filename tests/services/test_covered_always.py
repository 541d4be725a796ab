"""The walk of tests.walk over real orders, sealed people and letters, on both databases."""

from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import select

from models.effect import effect
from tests.office import TestOffice
from tests.walk import MONDAY, Walk
from tests.world import Told
from workflows.engine.codec import read
from workflows.law.values import Right
from workflows.request.letters import RequestLetter
from workflows.request.payloads import Open


class RealWalk(Walk):
    office: ClassVar[TestOffice]
    case: str

    def begin(self, contact: Open, told: Told) -> None:
        self.office.now = MONDAY
        self.case = self.office.must(None, "open", contact).case
        self._lift()

    def order(self, name: str, payload: Any, by: str, then: Told | None = None) -> bool:
        self.office.now = self.now
        if name == "mail_forms":
            self.office.make_letters(self.case)
            self.office.print_letters(self.case)
        self._code = self.office.code_of(self.case) or getattr(self, "_code", None)
        done = self.office.do(self.case, name, payload, by).outcome == "done"
        self._code = self.office.code_of(self.case) or self._code
        self._lift()
        return done

    def _lift(self) -> None:
        """Let the lead look into what the system holds: the many cases of these few people look like fraud."""
        if self.office.case(self.case).hold:
            self.office.must(self.case, "resume", by="kudo")

    def state(self) -> str:
        return str(self.office.case(self.case).state)

    def verified(self) -> bool:
        return self.office.case(self.case).verified_by is not None

    def rights(self) -> tuple[Right, ...]:
        return tuple(Right(right) for right in self.office.case(self.case).facts["rights"])

    def code(self) -> str | None:
        return self._code

    def released(self) -> dict[str, Any]:
        sealed = select(effect).where(effect.c.case_number == self.case, effect.c.state == "waiting")
        row = self.office.ask(sealed.order_by(effect.c.id.desc()))[0]
        key = self.office.keys.get(self.case)
        said = read(RequestLetter, key.open_json("effect", "sealed", f"{row.subject}/{row.copy}", row.sealed))
        return {
            "subject": said.subject_name,
            "name": said.addressee.name,
            "address": said.addressee.address,
            "representative": said.representative_name,
            "rights": tuple(answer.right for answer in said.answers),
        }


def test_whatever_is_said_no_real_answer_leaves_uncovered(office: TestOffice) -> None:
    walk = type("WalkOfThisOffice", (RealWalk,), {"office": office})

    run_state_machine_as_test(
        walk,
        settings=settings(
            max_examples=12, stateful_step_count=14, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
