"""Whatever file loads: an open case has a next moment, and goes on having one until it moves."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, run_state_machine_as_test

from services.engine import timers
from tests.walk import APPROVER, MONDAY, VERIFIER, addresses, agent, decision, names, rights
from tests.workflows.office.files import files
from tests.workflows.office.test_reading import REGIMES
from tests.workflows.test_covered_always import CALENDAR, PureWalk, stated
from tests.world import Told
from workflows.engine.payloads import Nothing
from workflows.office import OfficeProcedure
from workflows.office.reading import BadFile, read_procedure
from workflows.request.case import Case
from workflows.request.payloads import Fulfil, Open
from workflows.request.procedure import request
from workflows.request.values import CodeState

LAW = "jp-appi"
WAITED_FOR = ["times", "step", "answer", "execution", "documents", "fee", "answer_postage", "identity", "paper"]
"""What of a file a case may have to wait for."""
FIRINGS = 30
"""So often a deadline must be able to come again: for months, whatever is waited for."""


@st.composite
def procedures(draw: st.DrawFn) -> OfficeProcedure:
    """Draw a procedure that loads: of some parts, since those that say much seldom agree with each other."""
    for _ in range(4):
        parts = draw(st.lists(st.sampled_from(WAITED_FOR), min_size=1, max_size=2, unique=True))
        found = read_procedure(draw(files(oddly=False, parts=parts)), "procedure.toml", REGIMES, LAW)
        if not isinstance(found, BadFile):
            return found
    return OfficeProcedure()


class WaitingWalk(PureWalk):
    """One case under a procedure of an office's own."""

    whole: OfficeProcedure
    seen: set[str]
    case: Any = None

    @initialize(
        whole=procedures(), name=names, address=st.none() | addresses, acting=agent, wanted=rights, hint=st.booleans()
    )
    def a_first_contact(
        self, whole: OfficeProcedure, name: str, address: str | None, acting: str | None, wanted: Any, hint: bool
    ) -> None:
        self.whole = whole
        super().a_first_contact(name, address, acting, wanted, hint)

    def begin(self, contact: Open, told: Told) -> None:
        today = CALENDAR.today(MONDAY)
        blank = Case(number="26-000017-Y", state="", seq=0, entered_seq=0, entered_on=today, opened_on=today,
                     regime=REGIMES[LAW], office=self.whole, rights={}, code_state=CodeState.GOOD)  # fmt: skip
        self.case = replace(blank, stated={party: stated(who) for party, who in told.people.items()})
        assert self.order("open", contact, "sato")

    def _release(self, *, granted: bool) -> None:
        # Whether papers cover what is answered depends on the file; tests/procedures looks at that.
        self.order("decide", decision(self.rights(), granted=granted), VERIFIER)
        self.order("fulfil", Fulfil(), APPROVER) if granted else self.order("refuse", Nothing(), APPROVER)

    @invariant()
    def an_open_case_has_a_next_moment_until_it_moves(self) -> None:
        if self.case is None or request.states[self.case.state].closed:
            return
        runs = list(timers.running(self.case))
        self.seen.update(run.deadline.name for run in runs)
        if self.whole.digest:
            self.seen.add(f"under a file, {self.case.state}")
        office: Any = SimpleNamespace(calendar=CALENDAR)
        lasting = [run for run in runs if run.deadline.count(FIRINGS) is not None]
        ends = [run for run in runs if run.deadline.fires in ("lapse", "give_up_waiting", "refuse", "withdraw")]
        assert any(run.due_at(1, self.case, office) is not None for run in runs), self.case.state
        assert lasting or ends, self.case.state


def test_whatever_the_file_no_open_case_waits_without_a_next_moment() -> None:
    seen: set[str] = set()
    walk = type("CountingWalk", (WaitingWalk,), {"seen": seen})

    run_state_machine_as_test(walk, settings=settings(max_examples=100, stateful_step_count=14, deadline=None,
                                                      phases=[Phase.explicit, Phase.generate],
                                                      suppress_health_check=list(HealthCheck)))  # fmt: skip

    states = {f"under a file, {name}" for name, state in request.states.items() if not state.closed}
    assert states <= seen
    assert "promised" in seen
