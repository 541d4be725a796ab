"""A bill, lived through: made by somebody else, posted, reminded of, paid or not; the answer waits for it."""

from dataclasses import replace
from datetime import timedelta

from models.session import reading
from services.reports.cases import why
from tests.office import APPROVER, CLERK, GRANTED, LEAD, VERIFIER, TestOffice, codes_of
from tests.own_procedure import adopts
from tests.services.money import (
    BILLED,
    DECIDED,
    HEAD,
    TRANSFER,
    at,
    letter_said,
)
from tests.services.righting import states_of, transitions_of, view
from tests.services.scans_fakes import Scanner, cover, mark
from tests.services.test_law_clocks import council_bill, passport
from tests.services.test_legal_dates import reasons
from workflows.engine.values import Actor, Language, Role
from workflows.law.values import OutcomeName
from workflows.office.money import Per
from workflows.request.payloads import (
    Approve,
    AskOverride,
    Fulfil,
    RecordPayment,
    TakeBack,
)


def decided(office: TestOffice) -> str:
    case = office.verified()
    office.must(case, "decide", DECIDED, by=VERIFIER)
    return case


def billed(office: TestOffice) -> str:
    """Return a case whose bill was posted today."""
    case = decided(office)
    office.must(case, "bill", by=APPROVER)
    office.post_letters(case)
    return case


def transfer(office: TestOffice, case: str, amount: int) -> None:
    office.must(case, "record_payment", RecordPayment(means=TRANSFER, amount=str(amount)))


def test_a_decision_says_what_its_fee_is_counted_by(office: TestOffice) -> None:
    adopts(office, BILLED)
    case = office.verified()

    refused = office.do(case, "decide", GRANTED, by=VERIFIER)

    assert codes_of(refused.reasons) == ["fee.count_untold"]


def test_the_answer_is_held_until_the_bill_is_paid(office: TestOffice) -> None:
    adopts(office, BILLED)
    case = decided(office)
    assert codes_of(office.do(case, "fulfil", Fulfil(), by=APPROVER).reasons) == ["fee.unbilled"]

    office.must(case, "bill", by=APPROVER)
    assert letter_said(office, case, "bill").money.to_pay == "1,200 yen"  # type: ignore[union-attr]
    assert codes_of(office.do(case, "bill", by=APPROVER).reasons) == ["fee.billed_already"]
    office.post_letters(case)
    assert office.case(case).todo is None
    assert codes_of(office.do(case, "fulfil", Fulfil(), by=APPROVER).reasons) == ["fee.unpaid"]

    transfer(office, case, 700)
    assert codes_of(office.do(case, "fulfil", Fulfil(), by=APPROVER).reasons) == ["fee.unpaid"]
    transfer(office, case, 500)
    assert office.case(case).todo == "release"
    office.must(case, "fulfil", Fulfil(), by=APPROVER)


def test_who_decided_does_not_release_a_decision_by_its_bill(office: TestOffice) -> None:
    adopts(office, BILLED)
    case = decided(office)
    office.give_roles(VERIFIER, Role.VERIFIER, Role.APPROVER)

    refused = office.do(case, "bill", by=VERIFIER)

    assert codes_of(refused.reasons) == codes_of(office.do(case, "fulfil", Fulfil(), by=VERIFIER).reasons)[:2]
    assert "bill" not in str(states_of(office, case))


def test_a_bill_that_is_not_paid_is_reminded_of_once_and_then_lapses(office: TestOffice) -> None:
    adopts(office, BILLED)
    case = billed(office)
    bill = view(office, case).account.bill
    assert bill is not None
    assert bill.pay_by == office.calendar().add_working_days(office.today, 1) + timedelta(days=14)

    at(office, bill.pay_by)
    office.sweep()
    assert "remind_payment" not in transitions_of(office, case)  # the last day is theirs to its end
    office.working_day(bill.pay_by, 1)
    office.sweep()
    assert transitions_of(office, case)[-1] == "remind_payment"
    assert letter_said(office, case, "bill").money.reminds == bill.letter  # type: ignore[union-attr]
    office.working_day(office.today, 40)
    office.sweep()
    assert office.case(case).state == "id_verified"  # the reminder lies here: nothing follows before it is posted
    office.post_letters(case)
    reminder = view(office, case).account.bill
    assert reminder is not None
    assert reminder.remind_by is not None
    at(office, reminder.remind_by)
    office.sweep()
    assert office.case(case).state == "id_verified"
    office.working_day(reminder.remind_by, 1)
    office.sweep()

    assert office.case(case).state == "lapsed"
    assert [outcome.outcome for outcome in view(office, case).rights.values() if outcome] == [OutcomeName.GRANTED]
    assert letter_said(office, case, "lapse_notice").money.to_pay == "1,200 yen"  # type: ignore[union-attr]
    assert "disclosure_notification" not in str(states_of(office, case))


def lapsed(office: TestOffice) -> str:
    case = billed(office)
    for _ in range(2):
        bill = view(office, case).account.bill
        assert bill is not None
        office.working_day(bill.remind_by or bill.pay_by or office.today, 1)
        office.sweep()
        office.post_letters(case)
    assert office.case(case).state == "lapsed"
    return case


def stands(office: TestOffice, case: str) -> str | None:
    with reading(office.engine) as db:
        found = why(db, office.case(case), office.at(db), Actor(CLERK, frozenset({Role.CLERK})))
    said: str | None = found["stands"]
    return said


def test_a_case_that_lapsed_unpaid_is_taken_up_when_all_is_paid_after_all(office: TestOffice) -> None:
    adopts(office, BILLED)
    case = lapsed(office)

    transfer(office, case, 600)
    assert (office.case(case).state, stands(office, case)) == ("lapsed", "request.stands.lapsed_unpaid")
    told = office.must(case, "record_payment", RecordPayment(means=TRANSFER, amount="600"))

    assert office.case(case).state == "id_verified"
    assert "fee.nothing_lacking" in codes_of(told.reasons)
    assert "fee.too_much" not in codes_of(told.reasons)  # nothing goes back: it was paid after all
    office.must(case, "fulfil", Fulfil(), by=APPROVER)


def test_a_lapse_by_mistake_is_taken_back(office: TestOffice) -> None:
    adopts(office, BILLED)
    case = lapsed(office)

    office.must(case, "reinstate", TakeBack(why="it was paid in time"), by=LEAD)

    assert office.case(case).state == "id_verified"
    office.must(case, "bill", by=APPROVER)


def test_another_decision_drops_the_bill_and_the_next_asks_for_the_difference_alone(office: TestOffice) -> None:
    adopts(office, BILLED)
    case = billed(office)
    transfer(office, case, 1200)

    again = office.must(case, "decide", replace(DECIDED, counts={Per.PAGE: 30}), by=VERIFIER)
    office.must(case, "bill", by=APPROVER)

    assert "fee.bill_is_out" in codes_of(again.reasons)
    assert letter_said(office, case, "bill").money.to_pay == "400 yen"  # type: ignore[union-attr]


def test_a_bill_made_by_mistake_is_withdrawn(office: TestOffice) -> None:
    adopts(office, BILLED)
    case = decided(office)
    office.must(case, "bill", by=APPROVER)

    office.must(case, "withdraw_bill", TakeBack(why="the pages were counted twice"), by=APPROVER)

    assert states_of(office, case)["02 bill"] == "void"
    assert office.case(case).todo == "release"


def test_a_waived_bill_is_answered(office: TestOffice) -> None:
    adopts(office, BILLED)
    case = billed(office)

    office.must(case, "override", AskOverride(what="fee", reason="hardship"), by=CLERK)
    other = office.do(case, "override", AskOverride(what="document:subject", reason="known"), by=CLERK)
    office.must(case, "approve", Approve(), by=APPROVER)
    office.must(case, "fulfil", Fulfil(), by=APPROVER)

    assert codes_of(other.reasons) == ["fee.waived_alone"]


def test_a_bill_before_the_decision_comes_of_the_check_and_tells_nothing(office: TestOffice) -> None:
    adopts(
        office,
        HEAD + '[[fee]]\nrights = ["disclosure"]\namount = 800\nby = ["transfer"]\ndue = "after_identity"\n'
        'pay_within = { months = 1 }\nunpaid = "decide"\n',
    )
    case = office.verified()
    office.must(case, "bill", by=CLERK)

    said = letter_said(office, case, "bill").money
    office.post_letters(case)
    transfer(office, case, 800)
    office.must(case, "decide", GRANTED, by=VERIFIER)
    office.must(case, "fulfil", Fulfil(), by=APPROVER)

    assert said is not None
    assert (said.to_pay, said.releases) == ("800 yen", False)


def test_nobody_is_reminded_of_a_bill_while_something_of_theirs_lies_unregistered(
    office: TestOffice, scanner: Scanner
) -> None:
    adopts(office, BILLED)
    case = billed(office)
    bill = view(office, case).account.bill
    assert bill is not None
    assert bill.pay_by is not None
    scanner.scan(office, scanner.file(cover(bill.letter)))
    office.working_day(bill.pay_by, 1)

    first = [outcome.transition for outcome in office.sweep()]
    again = office.sweep()
    transfer(office, case, 1200)
    office.working_day(bill.pay_by, 2)
    office.sweep()

    assert ("put_off" in first, "remind_payment" in first, again) == (True, False, [])
    assert "remind_payment" not in transitions_of(office, case)
    office.must(case, "fulfil", Fulfil(), by=APPROVER)


def test_forms_that_were_scanned_and_registered_keep_no_bill_from_its_reminder(
    office: TestOffice, scanner: Scanner
) -> None:
    adopts(office, BILLED)
    case, code = office.mailed()
    scanner.scan(office, scanner.file(mark(case, code, 1), mark(case, code, 2), cover(f"{case}-01")))
    office.must(case, "receive_forms", office.an_arrival(code))
    office.working_day(office.today, 1)
    office.must(case, "verify_identity", by=VERIFIER)
    office.must(case, "decide", DECIDED, by=VERIFIER)
    office.must(case, "bill", by=APPROVER)
    office.post_letters(case)
    bill = view(office, case).account.bill
    assert bill is not None
    assert bill.pay_by is not None
    waits, standing = reasons(office, case), stands(office, case)
    office.working_day(bill.pay_by, 1)

    swept = [outcome.transition for outcome in office.sweep()]

    assert "remind_payment" in swept
    assert "put_off" not in swept
    # What `why` says of it: how long the bill may be paid; then what goes back, and when its papers go.
    assert standing == "request.stands.billed"
    assert waits[0].startswith(f"The bill {bill.letter} may be paid to the end of {bill.pay_by}")
    paid = office.must(case, "record_payment", RecordPayment(means=TRANSFER, amount="1500"))
    sent = office.must(case, "fulfil", Fulfil(), by=APPROVER)
    office.post_letters(case)
    gone = office.today + timedelta(days=30)
    back = "300 yen are to be given back; record it with refund."
    assert codes_of(paid.reasons) == ["fee.nothing_lacking", "fee.beyond"]
    assert "fee.too_much" in codes_of(sent.reasons)
    assert reasons(office, case) == [
        back,
        f"The identity documents are to be destroyed by {gone}; record it with end-papers.",
    ]


# -- only where a request is excessive --------------------------------------------------------------------------------

EXCESSIVE = """
from = 2026-04-01
regime = "uk-gdpr"
fees = { currency = "GBP" }
[[fee]]
rights = ["disclosure"]
amount = 20
by = ["card"]
due = "after_decision"
pay_within = { months = 1 }
unpaid = "decide"
when = "excessive"
"""


def test_a_request_two_people_find_excessive_is_billed_and_no_other_is(office: TestOffice) -> None:
    adopts(office, EXCESSIVE)
    case, code = office.mailed(regime="uk-gdpr", language=Language.EN)
    came = office.an_arrival(code, proven=False)
    office.must(case, "receive_forms", replace(came, documents=(passport(office), council_bill(office))))
    office.must(case, "verify_identity", by=VERIFIER)
    office.must(case, "decide", GRANTED, by=VERIFIER)

    free = office.do(case, "bill", by=APPROVER)
    unknown = office.do(case, "override", AskOverride(what="charge:further_copy", reason="x"), by=VERIFIER)
    office.must(case, "override", AskOverride(what="charge:excessive", reason="the ninth this year"), by=VERIFIER)
    own = office.do(case, "approve", Approve(), by=VERIFIER)
    office.must(case, "approve", Approve(), by=APPROVER)
    held = office.do(case, "fulfil", Fulfil(), by=APPROVER)
    office.must(case, "bill", by=APPROVER)

    assert codes_of(free.reasons) == ["fee.nothing_to_bill"]
    assert codes_of(unknown.reasons) == ["fee.not_charged_so"]
    assert codes_of(own.reasons) == ["asked_it_themselves"]
    assert codes_of(held.reasons) == ["fee.unbilled"]
    bill = view(office, case).account.bill
    assert bill is not None
    assert bill.amount == 2000
    office.must(case, "override", AskOverride(what="charge:excessive", reason="it was another's"), by=VERIFIER)
    office.must(case, "withdraw_bill", TakeBack(why="it asks for what is not owed"), by=APPROVER)
    office.must(case, "fulfil", Fulfil(), by=APPROVER)  # nobody finds it so any more
