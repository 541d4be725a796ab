"""One life of a case under a file, step by step: how it begins, what comes, who decides, how it is answered."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lab.procedures import purse
from lab.procedures.branches import CHOSEN, MAIN
from lab.procedures.heard import letters_of
from lab.procedures.papers import Asked, NothingFits, documents, proofs
from tests.office import APPROVER, CLERK, LEAD, MONDAY, TOKYO, VERIFIER, TestOffice
from tests.people import a_contact, a_person
from tests.services.righting import view
from workflows.engine.values import Language
from workflows.law import regime
from workflows.law.proving import Where
from workflows.law.values import OutcomeName, RepresentativeKind, Right, RightOutcome
from workflows.letters import DeliveryWay as DeliveredBy
from workflows.letters import MailClass
from workflows.office import OfficeProcedure
from workflows.office.afterwards import PapersEnd
from workflows.office.answer import AT_THE_OFFICE, IN_PERSON
from workflows.office.applied import applied
from workflows.office.execution import Manner
from workflows.office.forms import SUBJECT, needed
from workflows.office.money import Due, Fee, shown
from workflows.office.reading import parse
from workflows.office.start import Way
from workflows.office.times import Until
from workflows.request import papers_after
from workflows.request.charges import balance
from workflows.request.course import StepResult
from workflows.request.course_payloads import (
    Acknowledge,
    ApplyExecution,
    CarryOut,
    ChooseDelivery,
    EndPapers,
    FinishStep,
    HandOver,
    MoveWindow,
    OpenStep,
    TellReady,
)
from workflows.request.letters import RequestLetter
from workflows.request.payloads import (
    AskAgain,
    Decide,
    Fulfil,
    MailForms,
    Open,
    ReceiveForms,
    RecordPayment,
    VerifyIdentity,
)
from workflows.request.procedure import OPEN
from workflows.request.values import Channel, FormName, Party, Person, ToldHow
from workflows.words import say_all

_CHANNELS = {Way.COUNTER: Channel.VISIT, Way.EMAIL: Channel.EMAIL, Way.PHONE: Channel.PHONE}
_DUE = 'SELECT 1 FROM timer JOIN "case" ON "case".id = timer.case_id WHERE "case".number = :case LIMIT 1'
ITEMS = 3
"""So many documents are disclosed."""


class NotLived(Exception):
    """The life broke off: the message says at which step and why."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for, in which language; with ``typeset`` every letter is really made."""

    rights: tuple[Right, ...] = (Right.DISCLOSURE,)
    language: Language = Language.JA
    typeset: bool = False


ANYTHING = Asking()


def _looked_at(way: Way) -> Where:
    """Return where papers are looked at that come this way; whoever only spoke writes afterwards."""
    return Where.POST if way is Way.CONTACT or not way.written else way.looked_at


class Life:
    """One case of one invented person under the file an office adopted."""

    def __init__(self, office: TestOffice, text: str, name: str = MAIN, *, asked: Asking = ANYTHING) -> None:
        """Take note of who asks and by which way: the first one of the file, or the one the name says."""
        whole = parse(text)
        if not isinstance(whole, OfficeProcedure):
            raise NotLived("the file is refused")
        self.office, self.name, self.whole, self.asked = office, name, whole, asked
        self.law = applied(regime(str(whole.regime)), whole)
        self.kind = RepresentativeKind(name.removeprefix("asker ")) if name.startswith("asker ") else None
        self.way = Way(name.removeprefix("way ")) if name.startswith("way ") else self._usual_way()
        self.rights = self._asked_for()
        self.case = ""
        self.documents: tuple[str, ...] = ()
        self._seen: dict[str, RequestLetter] = {}

    def _usual_way(self) -> Way:
        """Return the first way of the file by which papers of this representative are taken."""
        rule = self.law.representative_rule(self.kind) if self.kind is not None else None
        ways = self.whole.start.ways
        if rule is None:
            return ways[0]
        return next((way for way in ways if _looked_at(way) in rule.where), ways[0])

    def _asked_for(self) -> tuple[Right, ...]:
        """Return what is asked for: disclosure, and on the main path the purposes too where they may be asked for."""
        known = [right for right in self.asked.rights if right in self.law.rights]
        wanted = (Right.PURPOSE_NOTICE, Right.DISCLOSURE) if self.name == MAIN else (Right.DISCLOSURE,)
        return tuple(right for right in wanted if right in known) or (Right.DISCLOSURE,)

    # -- the whole way ----------------------------------------------------------------------------------------------

    def whole_way(self) -> Iterator[RequestLetter]:
        """Live it; yield every letter in the order in which it was ordered. Raises NotLived."""
        try:
            self._begin()
            if self.name == MAIN or not self.way.written:
                self._ask_again()
            self._acknowledge()
            self._move_on()
            self._verify()
            self._pay_what_is_billed(Due.AFTER_IDENTITY)
            self._steps_before()
            self._decide()
            self._pay_what_is_billed(Due.AFTER_DECISION)
            self._release()
            self._deliver()
            self._carry_out()
            self._end_the_papers()
        except NothingFits as nobody:
            raise NotLived(str(nobody)) from None
        yield from self._seen.values()

    @property
    def state(self) -> str:
        """The state of the case."""
        return str(self.office.case(self.case).state)

    def do(self, transition: str, payload: Any = None, by: str = CLERK) -> None:
        """Carry out an order, and take note of the letters it orders. Raises NotLived where it is refused."""
        outcome = self.office.do(self.case or None, transition, payload, by)
        if outcome.outcome != "done":
            why = " ".join(say_all(outcome.reasons, "en")) or outcome.outcome
            raise NotLived(f"{transition} is refused: {why}")
        self.case = self.case or outcome.case
        self._listen()
        if self.state in OPEN and not self.office.ask(_DUE, case=self.case):
            raise NotLived(f"nothing is due for a case in {self.state} after {transition}")

    def _listen(self) -> None:
        for content in letters_of(self.office, self.case):
            self._seen.setdefault(f"{content.number}/{content.copy}", content)

    # -- how it begins ----------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        contact = self._contact()
        complete = self.name != MAIN
        if self.way is Way.CONTACT:
            self.do("open", contact)
            self._post_the_forms()
            self.do("receive_forms", self._arrival(complete=complete))
        else:
            came = self._arrival(complete=complete) if self.way.written else self._only_said()
            self.do("open", replace(contact, began=self.way, came=came))
        self._lift()

    def _contact(self) -> Open:
        kind = self.kind
        minor = kind is RepresentativeKind.MINOR
        subject = a_person(birth_date=date(2016, 5, 5) if minor else date(1980, 5, 5))
        acting: Person | None = a_person(kind=kind) if kind is not None else None
        return a_contact(
            rights=self.rights,
            channel=_CHANNELS.get(self.way, Channel.POST),
            language=self.asked.language if self.name == MAIN else Language.EN,
            subject=subject,
            representative=acting,
            address_on_record=False,
        )

    def _arrival(self, *, complete: bool) -> ReceiveForms:
        """Return what comes: all that the file asks for, or the bare forms."""
        now = self.office.now or MONDAY
        asked = Asked(self.law, self.rights, self._where, now.astimezone(TOKYO).date())
        holder = SUBJECT if self.kind is None else str(self.kind)
        papers = tuple(
            paper.code for paper in self.whole.start.papers if paper.always and paper.is_asked(self.rights, holder)
        )
        forms = tuple(FormName(form.code) for form in needed(self.rights, holder, papers, self.whole.start.forms))
        papers_shown = documents(asked, Party.SUBJECT, None) if complete else ()
        if complete and self.kind is not None:
            papers_shown += documents(asked, Party.REPRESENTATIVE, self.kind)
        self.documents = self.documents or tuple(one.type for one in papers_shown)
        acting = proofs(asked, self.kind) if complete and self.kind is not None else ()
        return ReceiveForms(
            arrived_at=now,
            code=self.office.code_of(self.case) if self.case and self.way is Way.CONTACT else None,
            forms=forms,
            signed=dict.fromkeys(forms, True),
            sealed=dict.fromkeys(forms, True),
            rights=self.rights,
            documents=papers_shown,
            authority=next(iter(acting), None),
            proofs=acting[1:],
            papers=papers if complete else (),
            fees=purse.with_forms(self.whole, self.law, self.rights, asked.day) if complete else (),
            envelope=True if complete else None,
            way=None if self.way is Way.CONTACT else self._brought_by,
        )

    def _only_said(self) -> ReceiveForms:
        """Return what comes of somebody who only telephones, or speaks at the counter."""
        return ReceiveForms(arrived_at=self.office.now or MONDAY, rights=self.rights, way=self.way)

    @property
    def _where(self) -> Where:
        return _looked_at(self.way)

    @property
    def _brought_by(self) -> Way:
        """The way on which papers come: whoever only spoke writes afterwards."""
        return self.way if self.way.written else Way.LETTER

    def _post_the_forms(self) -> None:
        self._code = self.office.code_of(self.case)
        self.office.make_letters(self.case, typeset=self.asked.typeset)
        self.office.print_letters(self.case)
        self.do("mail_forms", MailForms())

    def _lift(self) -> None:
        if self.office.case(self.case).hold:
            self.do("resume", by=LEAD)

    # -- what follows -----------------------------------------------------------------------------------------------

    def _ask_again(self) -> None:
        """One notice tells all that is missing; then all of it comes."""
        self.do("ask_again", AskAgain(), VERIFIER)
        self._post_the_forms()
        self.do("receive_forms", self._arrival(complete=True))
        self._lift()

    def _verify(self) -> None:
        self.do("verify_identity", VerifyIdentity(address_on_record=True, birth_date_seen=True), VERIFIER)

    def _steps_before(self) -> None:
        """Ask the committee, the institution: nothing is decided before."""
        for step in self.whole.desks.steps:
            if step.always and step.rights & set(self.rights):
                self.do("open_step", OpenStep(step=step.code), VERIFIER)
                self.do("finish_step", FinishStep(step=step.code, result=StepResult.AGREED), VERIFIER)

    def _move_on(self) -> None:
        """Let the request go to the last of several windows, and take note of the class of post that is chosen."""
        if self.name == MAIN and self.whole.desks.windows:
            self.do("move_window", MoveWindow(window=self.whole.desks.windows[-1].code))
        if self.name == CHOSEN:
            self._choose_and_pay(self.whole.answer.chosen[0])

    def _choose_and_pay(self, kind: MailClass) -> None:
        """Choose a class of post; what it costs is paid where the file says the price, else said to be paid."""
        price = next((extra.amount for extra in self.whole.fees.extras if extra.code == kind), None)
        self.do("choose_delivery", ChooseDelivery(mail_class=kind, paid=price is None))
        owed = balance(view(self.office, self.case), self.office.today)
        for charge, open_ in zip(owed.charges, owed.open, strict=True):
            if charge.code == kind and open_ and charge.by:
                amount = shown(open_, self.whole.fees.currency)
                self.do("record_payment", RecordPayment(means=charge.by[0], amount=amount))

    def _acknowledge(self) -> None:
        if any(promise.until is Until.ACKNOWLEDGEMENT for promise in self.whole.times.promises):
            self.do("acknowledge", Acknowledge(how=ToldHow.POST))

    def _decide(self) -> None:
        granted = {right: RightOutcome(outcome=OutcomeName.GRANTED, enclosures=ITEMS) for right in self.rights}
        rows = self._charged(Due.AFTER_DECISION, Due.WITH_ANSWER)
        currency = self.whole.fees.currency
        decided = Decide(
            outcomes=granted, counts=purse.counts(rows) or None, estimates=purse.estimates(rows, currency) or None
        )
        self.do("decide", decided, VERIFIER)

    def _release(self) -> None:
        if self.whole.answer.ways[0] not in IN_PERSON:
            self._pay_with_the_answer()
        self.do("fulfil", Fulfil(), APPROVER)
        if self.state != "fulfilled":
            raise NotLived(f"it ends in {self.state}")

    def _pay_what_is_billed(self, due: Due) -> None:
        """Post the bill, and pay what it asks for by the first means that is taken."""
        rows = self._charged(due)
        if not rows:
            return
        ahead = due is Due.AFTER_IDENTITY
        self.do("bill_ahead" if ahead else "bill", by=VERIFIER if ahead else APPROVER)
        self.office.make_letters(self.case, typeset=self.asked.typeset)
        self.office.post_letters(self.case)
        bill = view(self.office, self.case).account.bill
        if bill is None:
            raise NotLived(f"no bill asks for what is due {due}")
        amount = shown(bill.amount, self.whole.fees.currency)
        self.do("record_payment", RecordPayment(means=rows[0].by[0], amount=amount))

    def _charged(self, *dues: Due) -> list[Fee]:
        return purse.charged(self.whole, self.law, self.rights, self.office.today, *dues)

    # -- how the answer reaches its person --------------------------------------------------------------------------

    def _deliver(self) -> None:
        """Post the answer, or hand it over where the main way of the file is another."""
        self.office.make_letters(self.case, typeset=self.asked.typeset)
        self.office.print_letters(self.case)
        self._pay_with_the_answer()
        way = self._delivered_by()
        if way is DeliveredBy.POST:
            self.office.post_letters(self.case)
            return
        if way in AT_THE_OFFICE:
            self.do("choose_delivery", ChooseDelivery(way=way))
            self.do("tell_ready", TellReady(how=ToldHow.PHONE))
        paper = next(iter(self.documents), "drivers_licence") if way in IN_PERSON else None
        self.do("hand_over", HandOver(way=way, paper=paper, receipt=True))

    def _pay_with_the_answer(self) -> None:
        """Pay what is due with the answer and still open, each charge by the first means that is taken."""
        owed = balance(view(self.office, self.case), self.office.today, (Due.WITH_ANSWER,))
        for charge, open_ in zip(owed.charges, owed.open, strict=True):
            if open_ and charge.by:
                amount = shown(open_, self.whole.fees.currency)
                self.do("record_payment", RecordPayment(means=charge.by[0], amount=amount))

    def _delivered_by(self) -> DeliveredBy:
        """Return the way the answer goes: the main path by another way than the post where the file has one."""
        other = [way for way in self.whole.answer.ways if way is not DeliveredBy.POST]
        return other[0] if other and self.name == MAIN else self.whole.answer.ways[0]

    def _carry_out(self) -> None:
        """Choose the manner of a second stage, and have it carried out."""
        execution = self.whole.execution
        if execution.within is None or not execution.rights & set(self.rights):
            return
        manner = Manner.POST if Manner.POST in execution.manners else execution.manners[0]
        if execution.apply_within is not None:
            self.do("apply_execution", ApplyExecution(manner=manner))
        self.do("carry_out", CarryOut(manner=manner, paper=next(iter(self.documents), None)))

    def _end_the_papers(self) -> None:
        """Do with the papers that lie here what the office owes: what its file says, else the built-in procedure."""
        for kind, ending, _ in list(papers_after.owed(view(self.office, self.case))):
            if ending.end is PapersEnd.DESTROYED:
                self.do("end_papers", EndPapers(what=kind, end=ending.end))
