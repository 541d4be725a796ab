"""Whatever the file of an office says: what no procedure that loads can take away from the people who ask.

Files are made at random (tests.procedures.files), and cases walk at random under them (tests.walk): honest staff, an
adversary who telephones and writes what they like. What truly came is held against what the file names, by a matching
of this module's own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import permutations
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, run_state_machine_as_test

from lab.procedures import purse
from lab.procedures.toml import text_of
from tests.procedures.files import LAWFUL, RIGHTS, files, loaded, procedures, values
from tests.walk import APPROVER, CLERK, LEAD, MONDAY, VERIFIER, addresses, agent, decision, names, rights
from tests.workflows.test_covered_always import CALENDAR, PEOPLE, PureWalk, stated
from tests.world import Paper, Told, Who
from workflows.engine.case import At
from workflows.engine.machine import Refused
from workflows.engine.payloads import Nothing
from workflows.law import regime
from workflows.law.proving import ANY, NO_PHOTO, PHOTO, SOURCE_WAYS, Slot, Way, Where
from workflows.law.values import Right
from workflows.office import OfficeProcedure
from workflows.office.applied import applied
from workflows.office.forms import SUBJECT, needed
from workflows.office.money import Due, shown
from workflows.office.start import Way as Begun
from workflows.request.case import Case
from workflows.request.charges import balance
from workflows.request.course import StepResult
from workflows.request.course_payloads import FinishStep, OpenStep
from workflows.request.payloads import Fulfil, Open, ReceiveForms, RecordPayment
from workflows.request.procedure import request
from workflows.request.values import CodeState, FormName, Party

QUICK = settings(deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))


# -- the law ----------------------------------------------------------------------------------------------------------


@given(values())
@settings(QUICK, max_examples=100)
def test_no_file_that_loads_charges_for_a_right_of_which_the_law_knows_no_fee(found: Mapping[str, Any]) -> None:
    charged = {right for row in found.get("fee", ()) for right in row["rights"]}

    whole = loaded(text_of(found))

    if not charged <= set(LAWFUL):
        assert whole is None
    elif whole is not None:
        assert {str(right) for row in whole.fees.rows for right in row.rights} <= set(LAWFUL)


@given(files())
@settings(QUICK, max_examples=100)
def test_files_made_at_random_mostly_load_or_are_refused_without_falling_over(text: str) -> None:
    loaded(text)


# -- identity ---------------------------------------------------------------------------------------------------------


def fits(paper: Paper, slot: Slot, home: str) -> bool:
    """Tell whether a paper fills a slot."""
    of = paper.type in slot.of or ANY in slot.of or (PHOTO if paper.photo else NO_PHOTO) in slot.of
    return of and not (slot.address and paper.address != home)


def enough(ways: Iterable[Way], papers: Iterable[Paper], who: Who) -> bool:
    """Tell whether papers of different kinds fill every slot of some way: all assignments are tried."""
    speaking = {paper.type: paper for paper in papers if paper.name == who.name}
    kinds = list(speaking.values())
    return any(
        all(fits(paper, slot, who.address) for paper, slot in zip(chosen, way, strict=True))
        for way in ways
        for chosen in permutations(kinds, len(way))
    )


def named(whole: OfficeProcedure, where: Where) -> tuple[Way, ...]:
    """Return what the file names for papers that come this way; the source's rule where it says nothing."""
    return next((rule.enough for rule in whole.proof.identity if where in rule.where), SOURCE_WAYS)


class FileWalk(PureWalk):
    """One case under a file made at random."""

    whole: OfficeProcedure
    begun: Begun
    answers: list[str]

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
        law = applied(regime("jp-appi"), self.whole)
        self.begun = self.whole.start.ways[0]
        blank = Case(number="26-000017-Y", state="", seq=0, entered_seq=0, entered_on=today, opened_on=today,
                     regime=law, office=self.whole, rights={}, code_state=CodeState.GOOD)  # fmt: skip
        self.case = replace(blank, stated={party: stated(who) for party, who in told.people.items()})
        if self.begun is not Begun.CONTACT:
            contact = replace(contact, began=self.begun, came=ReceiveForms(arrived_at=self.now, rights=contact.rights))
        assert self.order("open", contact, "sato")

    def order(self, name: str, payload: Any, by: str, then: Told | None = None) -> bool:
        if name == "receive_forms" and payload.forms:
            payload = self._on_the_forms_of_the_office(payload)
        return super().order(name, payload, by, then)

    def _on_the_forms_of_the_office(self, came: ReceiveForms) -> ReceiveForms:
        """Return the envelope as somebody fills it who read what the file asks for: its forms, and the fee."""
        kind = self.case.representative
        ticked = came.rights or tuple(self.case.rights)
        own = needed(ticked, SUBJECT if kind is None else str(kind), (), self.whole.start.forms)
        forms = tuple(FormName(form.code) for form in own)
        signed = all((came.signed or {}).values())
        fees = purse.with_forms(self.whole, self.case.regime, ticked, CALENDAR.today(self.now))
        signs = dict.fromkeys(forms, signed)
        return replace(came, forms=forms, signed=signs, sealed=signs, fees=fees)

    def _release(self, *, granted: bool) -> None:
        for step in self.whole.desks.steps:
            self.order("open_step", OpenStep(step=step.code), VERIFIER)
            self.order("finish_step", FinishStep(step=step.code, result=StepResult.AGREED), VERIFIER)
        self._pay("bill_ahead", VERIFIER)
        rows = purse.charged(self.whole, self.case.regime, self.rights(), CALENDAR.today(self.now), *Due)
        told = purse.estimates(rows, self.whole.fees.currency) if granted else {}
        self.order("decide", replace(decision(self.rights(), granted=granted), estimates=told or None), VERIFIER)
        if granted:
            self._pay("bill", APPROVER)
            self._pay_with_the_answer()
        self.order("fulfil", Fulfil(), APPROVER) if granted else self.order("refuse", Nothing(), APPROVER)
        if self.state() in ("fulfilled", "refused") and not self.decided:
            self.decided = True
            self.seen_released()
            assert self.verified()

    def _pay(self, how: str, by: str) -> None:
        """Send a bill where one may be sent, and pay it."""
        self.order(how, Nothing(), by)
        bill = self.case.account.bill
        means = next((row.by[0] for row in self.whole.fees.rows if row.by), None)
        if bill is not None and means is not None:
            amount = shown(bill.amount, self.whole.fees.currency)
            self.order("record_payment", RecordPayment(means=means, amount=amount), CLERK)

    def _pay_with_the_answer(self) -> None:
        owed = balance(self.case, CALENDAR.today(self.now), (Due.WITH_ANSWER,))
        for charge, open_ in zip(owed.charges, owed.open, strict=True):
            if open_ and charge.by:
                amount = shown(open_, self.whole.fees.currency)
                self.order("record_payment", RecordPayment(means=charge.by[0], amount=amount), CLERK)

    def seen_released(self) -> None:
        type(self).answers.append(self.case.state)
        where = Where.POST if self.begun is Begun.CONTACT else self.begun.looked_at
        for party, who in self.told.people.items():
            came = [paper for holder, paper in self.ledger.papers if holder is party]
            ways = (*named(self.whole, where), *named(self.whole, Where.POST))
            assert enough(ways, came, who), f"{party} was answered without what the file names"


def test_whatever_the_file_nobody_is_answered_without_the_papers_it_names() -> None:
    answers: list[str] = []
    walk = type("WalkUnderFiles", (FileWalk,), {"answers": answers})

    run_state_machine_as_test(walk, settings=settings(QUICK, max_examples=100, stateful_step_count=14))

    assert len(answers) >= 12, "the walks hardly ever come to an answer"


@given(procedures(), st.sampled_from(RIGHTS))
@settings(QUICK, max_examples=60)
def test_whatever_the_file_who_verified_does_not_release(whole: OfficeProcedure, right: str) -> None:
    law = applied(regime("jp-appi"), whole)
    today = CALENDAR.today(MONDAY)
    case = Case(number="26-000017-Y", state="id_verified", seq=9, entered_seq=9, entered_on=today, opened_on=today,
                regime=law, office=whole, rights={Right(right): None}, verified_by=LEAD, decided_by=LEAD,
                addresses=frozenset({Party.SUBJECT}))  # fmt: skip

    decision = request.decide(case, "fulfil", None, At(MONDAY, PEOPLE[LEAD], CALENDAR))

    assert isinstance(decision, Refused)
    assert {"verified_it_themselves", "decided_it_themselves"} <= {reason.code for reason in decision.reasons}
