"""Money, lived through: enclosed, short, stale, billed, paid late, given back, put right; and the books of it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from models.booking import booking
from models.effect import effect
from models.session import reading
from services.reports import books
from tests.office import APPROVER, CLERK, GRANTED, LEAD, MONDAY, TOKYO, VERIFIER, TestOffice, codes_of
from tests.own_procedure import adopts
from tests.people import a_licence
from tests.services.righting import deadlines, last_row, states_of, view
from workflows.engine.codec import read
from workflows.engine.values import Role
from workflows.law.values import OutcomeName, Right
from workflows.office.money import Means, Per
from workflows.request.account import Paid
from workflows.request.letters import RequestLetter
from workflows.request.payloads import (
    Approve,
    AskAgain,
    AskOverride,
    Fulfil,
    ReceiveAgain,
    RecordPayment,
    Refund,
    TakeBack,
    UndoPayment,
    Withdraw,
)
from workflows.request.values import FormName, ToldHow

HEAD = f"from = {MONDAY.date().isoformat()}\n"
ENCLOSED = HEAD + (
    'fees = { receipts = "always" }\n'
    '[[fee]]\nrights = ["disclosure", "purpose_notice"]\namount = 500\nby = ["stamps", "money_order"]\n'
    "money_order_issued_within_months = 6\n"
    '[fee_shortage]\nthen = "refuse:method_not_followed"\n'
    "[fee_refund]\nwithdrawn = true\n"
)
BILLED = HEAD + (
    '[[fee]]\nrights = ["disclosure"]\namount = 1000\nplus = [{ per = "page", amount = 20 }]\n'
    'by = ["transfer", "cash_registered"]\ndue = "after_decision"\npay_within = { weeks = 2 }\nunpaid = "lapse"\n'
)
DECIDED = replace(GRANTED, counts={Per.PAGE: 10})
STAMPS, ORDER, TRANSFER = Means.STAMPS, Means.MONEY_ORDER, Means.TRANSFER


def arrived(office: TestOffice, case: str, code: str | None, *paid: Paid, proven: bool = True) -> None:
    office.must(case, "receive_forms", replace(office.an_arrival(code, proven=proven), fees=paid))


def came(office: TestOffice, *paid: Paid) -> str:
    """Return a case whose forms came with money."""
    case, code = office.mailed()
    arrived(office, case, code, *paid)
    return case


def of(means: Means, amount: int, **more: Any) -> Paid:
    return Paid(means=means, amount=str(amount), **more)


def lacking(office: TestOffice, case: str) -> list[str]:
    return codes_of(office.do(case, "verify_identity", by=VERIFIER).reasons)


def in_the_books(office: TestOffice) -> int:
    return sum(row.amount for row in office.ask(select(booking)))


def letter_said(office: TestOffice, case: str, kind: str) -> RequestLetter:
    """Return what the newest letter of that kind says, before it is made."""
    found = []
    waiting = select(effect).where(effect.c.case_number == case, effect.c.sealed.is_not(None))
    for row in office.ask(waiting.order_by(effect.c.id)):
        sealed = office.keys.get(case).open_json("effect", "sealed", f"{row.subject}/{row.copy}", row.sealed)
        content = read(RequestLetter, sealed)
        if content.kind == kind:
            found.append(content)
    return found[-1]


# -- with the forms ---------------------------------------------------------------------------------------------------


def test_a_fee_that_came_is_booked_and_confirmed_and_asked_for_no_more(office: TestOffice) -> None:
    adopts(office, ENCLOSED)
    case, code = office.mailed()
    office.must(
        case, "receive_forms", replace(office.an_arrival(code), fees=(of(STAMPS, 500),), rights=(Right.DISCLOSURE,))
    )

    office.must(case, "verify_identity", by=VERIFIER)

    assert view(office, case).paid_on == office.today
    (row,) = office.ask(select(booking))
    assert (row.label, row.kind, row.means, row.amount, row.currency, row.actor) == (
        "disclosure", "payment", "stamps", 500, "JPY", CLERK,
    )  # fmt: skip


def test_a_fee_that_is_missing_is_one_deficiency_among_the_others_in_one_notice(office: TestOffice) -> None:
    adopts(office, ENCLOSED)
    case, code = office.mailed()
    arrived(office, case, code, proven=False)

    assert "fee.fee_missing" in lacking(office, case)
    office.must(case, "ask_again", AskAgain())

    notice = letter_said(office, case, "deficiency_notice")
    assert last_row(office, case).details["missing"] == ["document:subject", "address", "fee"]
    assert "The fee of 500 yen was not enclosed. How to pay: postage stamps, postal money order." in notice.missing


def test_what_is_short_is_asked_for_and_what_came_never_again(office: TestOffice) -> None:
    adopts(office, ENCLOSED)
    case = came(office, of(STAMPS, 300))
    assert lacking(office, case) == ["fee.fee_short"]
    office.must(case, "ask_again", AskAgain())
    assert any("short of 200 yen" in line for line in letter_said(office, case, "deficiency_notice").missing)
    code = office.code_of(case)
    office.post_letters(case)

    arrived(office, case, code, of(STAMPS, 200), proven=False)

    assert lacking(office, case) == []
    assert in_the_books(office) == 500


@pytest.mark.parametrize(
    ("paid", "why"),
    [
        (of(Means.CASH, 500), "fee.wrong_means"),
        (of(ORDER, 500, issued_on=date(2026, 5, 8)), "fee.stale"),
    ],
    ids=["cash", "six months and a day"],
)
def test_what_is_not_taken_goes_back_and_is_no_money_of_the_office(office: TestOffice, paid: Paid, why: str) -> None:
    adopts(office, ENCLOSED)
    case, code = office.mailed()

    told = office.must(case, "receive_forms", replace(office.an_arrival(code), fees=(paid,)))

    assert codes_of(told.reasons) == [f"fee.goes_back_{why.partition('.')[2]}"]
    assert lacking(office, case) == [why, "fee.fee_missing"]
    assert office.ask(select(booking)) == []


def test_a_money_order_of_six_months_ago_is_taken(office: TestOffice) -> None:
    adopts(office, ENCLOSED)

    case = came(office, of(ORDER, 500, issued_on=date(2026, 5, 9)))

    assert lacking(office, case) == []


def test_money_orders_need_their_day_of_issue_and_amounts_must_be_some(office: TestOffice) -> None:
    adopts(office, ENCLOSED)
    case, code = office.mailed()
    arrival = office.an_arrival(code)

    refused = office.do(case, "receive_forms", replace(arrival, fees=(of(ORDER, 500), of(STAMPS, 0))))

    assert codes_of(refused.reasons) == ["fee.issued_on_missing", "fee.no_amount"]
    assert office.case(case).state == "forms_mailed"


def test_a_fee_is_waived_by_two_people_and_not_by_one(office: TestOffice) -> None:
    adopts(office, ENCLOSED)
    case = came(office)
    office.must(case, "override", AskOverride(what="fee", reason="lives on welfare"), by=VERIFIER)

    own = office.do(case, "approve", Approve(what="fee"), by=VERIFIER)
    assert (own.outcome, lacking(office, case)) == ("refused", ["fee.fee_missing"])

    office.must(case, "approve", Approve(what="fee"), by=APPROVER)
    office.must(case, "verify_identity", by=VERIFIER)
    assert in_the_books(office) == 0


def test_where_nothing_is_charged_nothing_can_be_asked_for_or_recorded(office: TestOffice) -> None:
    case = office.returned()

    asked = office.do(case, "ask_again", AskAgain(missing=("fee",), reason="why not"))
    paid = office.do(case, "record_payment", RecordPayment(means=STAMPS, amount="500"))

    assert codes_of(asked.reasons) == ["fee.none_charged"]
    assert codes_of(paid.reasons) == ["fee.none_charged"]


def test_forms_registered_anew_bring_their_money_anew(office: TestOffice) -> None:
    adopts(office, ENCLOSED)
    case = came(office, of(STAMPS, 300))
    again = ReceiveAgain(
        arrived_at=MONDAY,
        forms=(FormName.DISCLOSURE,),
        signed={FormName.DISCLOSURE: True},
        documents=(a_licence(),),
        fees=(of(STAMPS, 500),),
        why="a sheet of stamps stuck to the form",
    )

    office.must(case, "receive_again", again)

    assert [(row.kind, row.amount) for row in office.ask(select(booking).order_by(booking.c.entry, booking.c.seq))] == [
        ("payment", 300), ("taken_back", -300), ("payment", 500),
    ]  # fmt: skip
    assert view(office, case).account.kept == in_the_books(office) == 500


def test_an_arrival_taken_back_takes_its_money_back(office: TestOffice) -> None:
    adopts(office, ENCLOSED)
    case = came(office, of(STAMPS, 500))

    office.must(case, "undo_arrival", TakeBack(why="it was another case's"))

    assert (in_the_books(office), view(office, case).paid_on) == (0, None)


# -- payments and refunds, put right ----------------------------------------------------------------------------------


def test_a_payment_recorded_wrongly_is_taken_back_and_recorded_again(office: TestOffice) -> None:
    adopts(office, ENCLOSED)
    case = came(office)
    first = office.must(case, "record_payment", RecordPayment(means=STAMPS, amount="5000"))
    assert codes_of(first.reasons) == ["fee.nothing_lacking", "fee.too_much"]

    office.must(case, "undo_payment", UndoPayment(entry=1, why="a nought too many"))
    assert lacking(office, case) == ["fee.fee_missing"]
    twice = office.do(case, "undo_payment", UndoPayment(entry=1, why="again"))
    office.must(case, "record_payment", RecordPayment(means=STAMPS, amount="500"))

    assert codes_of(twice.reasons) == ["fee.no_such_entry"]
    assert (lacking(office, case), in_the_books(office)) == ([], 500)
    assert states_of(office, case)["02 receipt"] == "void"
    assert states_of(office, case)["03 receipt"] == "ordered"


def test_what_was_too_much_is_given_back_chased_and_never_more_than_was_paid(office: TestOffice) -> None:
    adopts(office, ENCLOSED)
    case = came(office, of(STAMPS, 620))
    assert "refund_owed" in deadlines(office, case)

    more = office.do(case, "refund", Refund(means=STAMPS, amount="700", why="too much"))
    office.must(case, "refund", Refund(means=STAMPS, amount="120", why="too much"))

    assert codes_of(more.reasons) == ["fee.more_than_paid"]
    assert "refund_owed" not in deadlines(office, case)
    assert (in_the_books(office), lacking(office, case)) == (500, [])
    office.must(case, "undo_payment", UndoPayment(entry=2, why="it never went"))
    assert "refund_owed" in deadlines(office, case)
    back = office.do(case, "undo_payment", UndoPayment(entry=1, why="nothing came"))
    assert back.outcome == "done"


def test_a_payment_of_which_money_was_given_back_is_not_taken_back_alone(office: TestOffice) -> None:
    adopts(office, ENCLOSED)
    case = came(office, of(STAMPS, 620))
    office.must(case, "refund", Refund(means=STAMPS, amount="120", why="too much"))

    refused = office.do(case, "undo_payment", UndoPayment(entry=1, why="nothing came"))

    assert codes_of(refused.reasons) == ["fee.given_back_already"]


def test_whoever_withdraws_gets_the_fee_back_and_the_lead_is_told_until_they_do(office: TestOffice) -> None:
    adopts(office, ENCLOSED)
    case = came(office, of(STAMPS, 500))
    office.post_letters(case)
    office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    office.working_day(office.today, 6)

    office.sweep()

    assert (last_row(office, case).transition, last_row(office, case).details["timer"]) == ("escalate", "refund_owed")
    office.must(case, "refund", Refund(means=Means.CASH_REGISTERED, amount="500", why="withdrawn"))
    assert "refund_owed" not in deadlines(office, case)


def test_what_stands_in_the_books_never_changes(office: TestOffice) -> None:
    adopts(office, ENCLOSED)
    came(office, of(STAMPS, 500))

    for statement in ("UPDATE booking SET amount = 1", "DELETE FROM booking"):
        with pytest.raises(DatabaseError, match="append-only"):
            office.tell(statement)


# -- the bill ---------------------------------------------------------------------------------------------------------


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
    assert "remind_payment" not in _steps(office, case)  # the last day is theirs to its end
    office.working_day(bill.pay_by, 1)
    office.sweep()
    assert _steps(office, case)[-1] == "remind_payment"
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


def test_a_case_that_lapsed_unpaid_is_taken_up_when_all_is_paid_after_all(office: TestOffice) -> None:
    adopts(office, BILLED)
    case = lapsed(office)

    transfer(office, case, 600)
    assert office.case(case).state == "lapsed"
    transfer(office, case, 600)

    assert office.case(case).state == "id_verified"
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


# -- the books --------------------------------------------------------------------------------------------------------


def test_the_books_agree_with_the_cases_to_the_yen_whichever_way_they_are_summed(office: TestOffice) -> None:
    adopts(office, ENCLOSED)
    first = came(office, of(STAMPS, 620))
    office.must(first, "refund", Refund(means=STAMPS, amount="120", why="too much"))
    second = came(office, of(ORDER, 500, issued_on=date(2026, 10, 1)))
    third = came(office, of(STAMPS, 300))
    office.must(third, "undo_payment", UndoPayment(entry=1, why="it was the second's"))
    kept = sum(view(office, case).account.kept for case in (first, second, third))

    with reading(office.engine) as db:
        at_ = office.at(db)
        told = {by: books.books(db, at_, None, None, by) for by in books.BY}
        before = books.books(db, at_, None, office.today - timedelta(days=1), "right")

    assert {by: one["totals"]["JPY"]["sum"] for by, one in told.items()} == dict.fromkeys(books.BY, kept)
    assert kept == in_the_books(office) == 1000
    assert {row["what"]: row["sum"] for row in told["means"]["rows"]} == {"stamps": 500, "money_order": 500}
    assert told["right"]["totals"]["JPY"] == {"paid": 1120, "given_back": 120, "sum": 1000}
    assert before["rows"] == []


def at(office: TestOffice, day: date) -> None:
    office.move_to(datetime.combine(day, time(18, 0), TOKYO))


def _steps(office: TestOffice, case: str) -> list[str]:
    from tests.services.righting import transitions_of

    return transitions_of(office, case)
