"""Under an office's own procedure on real databases: its times fire, its steps hold back, its answers are fetched."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from models.incident import notice
from models.letter import letter
from models.session import reading
from services.engine.loading import load
from services.reports import cases as reports
from tests.office import APPROVER, CLERK, GRANTED, TOKYO, VERIFIER, TestOffice, codes_of
from tests.own_procedure import adopts
from tests.services.money import letter_said
from tests.services.righting import last_row, view
from workflows.engine.values import Actor, Role
from workflows.law.values import OutcomeName, Right, RightOutcome
from workflows.letters import DeliveryWay, MailClass, RecordPosting
from workflows.office.afterwards import PaperKind, PapersEnd
from workflows.office.execution import Manner
from workflows.office.money import Means
from workflows.request.course import StepResult
from workflows.request.course_payloads import (
    ApplyExecution,
    CarryOut,
    ChooseDelivery,
    EndPapers,
    FinishStep,
    HandOver,
    OpenStep,
    TellReady,
)
from workflows.request.payloads import Decide, Fulfil, RecordPayment
from workflows.request.values import ToldHow

TEXT = """
from = 2026-04-01
[answer]
ways = ["collected", "post"]
[answer.collect]
within = { weeks = 2 }
then = "post"
[times]
promise = [{ within = { weeks = 3 }, from = "arrival", words = "about" }]
[[step]]
code = "committee"
ja = "審査委員会"
en = "the committee"
within = { working_days = 5 }
[execution]
within = { days = 7 }
apply_within = { days = 30 }
[documents.evidence]
end = "destroyed"
within = { days = 14 }
"""


def at_opening(office: TestOffice, days: int) -> None:
    """Let so many days pass; it is just after the office's opening, and everything due is done."""
    day = office.today + timedelta(days=days)
    office.move_to(datetime.combine(day, time(9, 31), TOKYO))
    office.sweep()
    office.sweep(letters=True)


def notices(office: TestOffice, case: str) -> list[str]:
    """Return what staff were told of a case, in codes."""
    return [row.code for row in office.ask(select(notice.c.code, notice.c.params)) if row.params.get("case") == case]


def test_a_life_under_a_procedure_with_a_committee_a_counter_a_second_stage_and_papers(office: TestOffice) -> None:
    adopts(office, TEXT)
    case = office.verified()
    assert office.case(case).todo == "step"
    assert codes_of(office.do(case, "decide", GRANTED, by=VERIFIER).reasons) == ["step_not_opened"]
    office.must(case, "open_step", OpenStep(step="committee"))
    at_opening(office, 7)
    assert "notice.step_due" in notices(office, case)
    office.must(case, "finish_step", FinishStep(step="committee", result=StepResult.AGREED))
    office.must(case, "decide", GRANTED, by=VERIFIER)
    office.must(case, "fulfil", Fulfil(), by=APPROVER)
    office.make_letters(case)
    office.print_letters(case)
    number = view(office, case).letters[-1].number
    assert office.case(case).todo == "hand_over"
    assert codes_of(office.do(case, "record_posting", RecordPosting(letter=number)).reasons) == ["to_be_collected"]

    office.must(case, "tell_ready", TellReady(how=ToldHow.PHONE))
    assert office.case(case).legal_at is None  # it is there to be had
    office.must(case, "hand_over", HandOver(way=DeliveryWay.COLLECTED, paper="drivers_licence", receipt=True))
    assert last_row(office, case).transition == "hand_over"
    at_opening(office, 15)
    assert "notice.papers_due" in notices(office, case)
    office.must(case, "end_papers", EndPapers(what=PaperKind.EVIDENCE, end=PapersEnd.DESTROYED))
    office.must(case, "apply_execution", ApplyExecution(manner=Manner.POST))
    assert office.case(case).todo == "carry_out"
    at_opening(office, 7)
    assert "notice.execution_due" in notices(office, case)
    office.must(case, "carry_out", CarryOut(manner=Manner.POST))

    assert office.case(case).todo is None
    assert office.ask("SELECT name FROM timer WHERE case_id = :id", id=office.case(case).id) == []


def test_a_promise_is_told_chased_and_explained_and_ends_with_the_answer(office: TestOffice) -> None:
    adopts(office, TEXT)
    case = office.returned()

    at_opening(office, 21)
    told = notices(office, case).count("notice.promised")
    at_opening(office, 7)
    again = notices(office, case).count("notice.promised")

    assert (told, again) == (1, 2)
    with reading(office.engine) as db:
        loaded = load(db, [office.case(case)], office.at(db))[case]
        (shown,) = [each for each in reports.deadlines(loaded, office.at(db), "en") if each["name"] == "promised"]
    assert "why" in shown


def test_a_class_of_post_with_a_price_is_named_until_it_is_paid_and_goes_onto_the_letter_then(
    office: TestOffice,
) -> None:
    adopts(
        office,
        "from = 2026-04-01\nfee_shortage = { ask = true }\n"
        'fee_extra = [{ code = "addressee_only", amount = 105, ja = "本人限定受取", en = "addressee only" }]\n'
        '[[fee]]\nrights = ["disclosure"]\namount = 500\nby = ["cash"]\ndue = "with_answer"\n',
    )
    case = office.verified()
    office.must(case, "decide", GRANTED, by=VERIFIER)
    office.must(case, "record_payment", RecordPayment(means=Means.CASH, amount="500"))

    chosen = office.must(case, "choose_delivery", ChooseDelivery(mail_class=MailClass.ADDRESSEE_ONLY))
    with reading(office.engine) as db:
        dates = reports.why(db, office.case(case), office.at(db), Actor(CLERK, frozenset({Role.CLERK})))["dates"]
    held = office.do(case, "fulfil", Fulfil(), by=APPROVER)
    office.must(case, "record_payment", RecordPayment(means=Means.CASH, amount="105"))
    office.must(case, "fulfil", Fulfil(), by=APPROVER)

    assert codes_of(chosen.reasons) == ["choice_costs"]
    assert "choice_costs" in [reason.code for reason in dates]
    assert codes_of(held.reasons) == ["fee.pay_first"]
    assert letter_said(office, case, "disclosure_notification").mail_class is MailClass.ADDRESSEE_ONLY


def test_what_nobody_collects_goes_into_the_post_after_all(office: TestOffice) -> None:
    adopts(office, TEXT.replace("[[step]]", "[[step]]\nalways = false"))
    case = office.fulfilled()
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "tell_ready", TellReady(how=ToldHow.PHONE))
    number = view(office, case).letters[-1].number

    at_opening(office, 14)

    assert "notice.uncollected_post" in notices(office, case)
    assert office.case(case).todo == "post"
    office.must(case, "record_posting", RecordPosting(letter=number), by=CLERK)
    assert view(office, case).answered


def test_a_case_opened_before_the_procedure_keeps_its_own_and_has_none_of_its_clocks(office: TestOffice) -> None:
    case = office.returned()

    adopts(office, TEXT, first=office.today + timedelta(days=1))
    at_opening(office, 30)

    assert "notice.promised" not in notices(office, case)
    office.must(case, "verify_identity", by=VERIFIER)
    office.must(case, "decide", GRANTED, by=VERIFIER)


SUPPLY = """
from = 2026-04-01
[times.deficiency]
within = {{ weeks = 2 }}
then = "{then}"
[answer]
class = "record_tracked"
"""


def asked_again(office: TestOffice, then: str) -> str:
    """Return a case in which something was asked for again on the day the test begins."""
    adopts(office, SUPPLY.format(then=then))
    case = office.returned(proven=False)
    office.must(case, "ask_again")
    at_opening(office, 1)
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms")
    return case


def a_reminder_posted(office: TestOffice, case: str) -> None:
    """Let the week pass until the reminder is due, and post it."""
    at_opening(office, 7)
    office.post_letters(case)
    assert [each.kind for each in view(office, case).letters][-1] == "reminder"


def test_a_deficiency_takes_as_long_as_the_office_says_and_then_it_is_to_be_refused(office: TestOffice) -> None:
    case = asked_again(office, "returned")
    posted = office.today
    notice_told = view(office, case).letters[-1].told

    a_reminder_posted(office, case)
    at_opening(office, 8)  # the reminder gives five working days of its own, and Monday was a holiday
    waits = office.case(case).state
    at_opening(office, 1)

    assert notice_told == posted + timedelta(days=13)  # what the notice says of its own day, a day before its posting
    assert (waits, office.case(case).state, office.case(case).todo) == ("forms_mailed", "forms_returned", "decide")
    assert "notice.gave_up_refuse" in notices(office, case)
    no = RightOutcome(outcome=OutcomeName.REFUSED, ground="method_not_followed", explanation="-")
    office.must(case, "decide", Decide(outcomes={Right.DISCLOSURE: no}), by=VERIFIER)
    office.must(case, "refuse", by=APPROVER)
    office.make_letters(case)
    envelopes = office.ask(select(letter.c.envelope).where(letter.c.kind == "disclosure_notification"))
    assert [laid["what"] for laid in envelopes[0].envelope["enclosed"]] == [
        "papers_back"
    ]  # the form; nothing that proves came


def test_what_is_not_supplied_in_time_lapses_where_the_office_says_so_and_can_be_taken_up_again(
    office: TestOffice,
) -> None:
    case = asked_again(office, "lapse")

    a_reminder_posted(office, case)
    at_opening(office, 9)

    assert office.case(case).state == "lapsed"
    office.must(case, "reopen", office.an_arrival(None))
    assert office.case(case).state == "forms_returned"


def test_the_days_of_a_shorter_time_explain_themselves(office: TestOffice) -> None:
    case = asked_again(office, "decide")

    with reading(office.engine) as db:
        loaded = load(db, [office.case(case)], office.at(db))[case]
        told = {each["name"]: each["why"] for each in reports.deadlines(loaded, office.at(db), "en")}

    assert told["give_up_waiting"].startswith("calendar day 14 after 2026-11-10 is 2026-11-24")
    assert "so it is due when the office opens on 2026-11-25" in told["give_up_waiting"]
    assert told["remind"].startswith("calendar day 7 after 2026-11-10 is 2026-11-17")
