"""Money, lived through: enclosed, short, stale, billed, paid late, given back, put right; and the books of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from models.booking import booking
from models.session import reading
from services.reports import books
from tests.checker import check
from tests.office import APPROVER, CLERK, GRANTED, MONDAY, VERIFIER, TestOffice, codes_of
from tests.own_procedure import adopts
from tests.people import a_licence
from tests.services.money import (
    ENCLOSED,
    HEAD,
    ORDER,
    STAMPS,
    arrived,
    came,
    in_the_books,
    lacking,
    letter_said,
    of,
)
from tests.services.righting import deadlines, last_row, states_of, view
from workflows.law.values import Right
from workflows.letters import DeliveryWay, RecordPosting
from workflows.office.money import Means
from workflows.request.account import Paid
from workflows.request.course_payloads import HandOver
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

# -- with the forms ---------------------------------------------------------------------------------------------------


@pytest.mark.requirement("S45")
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
    assert "The fee of 500 yen has not been paid. How to pay: postage stamps, postal money order." in notice.missing


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


# -- with the answer --------------------------------------------------------------------------------------------------

WITH_THE_ANSWER = HEAD + '[[fee]]\nrights = ["disclosure"]\namount = 500\nby = ["cash"]\ndue = "with_answer"\n'


def test_what_is_paid_with_the_answer_is_paid_before_it_is_handed_over(office: TestOffice) -> None:
    adopts(
        office,
        WITH_THE_ANSWER + '[answer]\nways = ["collected"]\n[answer.collect]\nwithin = { weeks = 2 }\nthen = "kept"\n',
    )
    case = office.fulfilled()
    office.make_letters(case)
    office.print_letters(case)
    handed = HandOver(way=DeliveryWay.COLLECTED, paper="passport", receipt=True)

    refused = office.do(case, "hand_over", handed)
    office.must(case, "record_payment", RecordPayment(means=Means.CASH, amount="500"))
    office.must(case, "hand_over", handed)

    assert codes_of(refused.reasons) == ["fee.pay_first"]


def test_an_answer_that_is_posted_is_made_only_once_what_is_due_with_it_is_paid(office: TestOffice) -> None:
    adopts(office, WITH_THE_ANSWER)
    case = office.verified()
    office.must(case, "decide", GRANTED, by=VERIFIER)

    held = office.do(case, "fulfil", Fulfil(), by=APPROVER)
    office.must(case, "record_payment", RecordPayment(means=Means.CASH, amount="500"))
    office.must(case, "fulfil", Fulfil(), by=APPROVER)
    office.make_letters(case)
    office.print_letters(case)
    number = view(office, case).letters[-1].number
    office.must(case, "undo_payment", UndoPayment(entry=1, why="it was another case's"))
    unpaid = office.do(case, "record_posting", RecordPosting(letter=number))
    office.must(case, "override", AskOverride(what="fee", reason="hardship"), by=CLERK)
    office.must(case, "approve", Approve(), by=APPROVER)
    office.must(case, "record_posting", RecordPosting(letter=number))

    assert [codes_of(one.reasons) for one in (held, unpaid)] == [["fee.pay_first"], ["fee.pay_first"]]
    assert codes_of(office.do(case, "override", AskOverride(what="fee", reason="more")).reasons) == ["answered_already"]


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
    told = office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    office.working_day(office.today, 6)

    office.sweep()

    assert "fee.too_much" in codes_of(told.reasons)
    assert (last_row(office, case).transition, last_row(office, case).details["timer"]) == ("escalate", "refund_owed")
    office.must(case, "refund", Refund(means=Means.CASH_REGISTERED, amount="500", why="withdrawn"))
    assert "refund_owed" not in deadlines(office, case)


def test_what_stands_in_the_books_never_changes(office: TestOffice) -> None:
    adopts(office, ENCLOSED)
    came(office, of(STAMPS, 500))

    for statement in ("UPDATE booking SET amount = 1", "DELETE FROM booking"):
        with pytest.raises(DatabaseError, match="append-only"):
            office.tell(statement)


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


def test_the_independent_checker_sees_books_that_say_something_else(office: TestOffice) -> None:
    adopts(office, ENCLOSED)
    case = came(office, of(STAMPS, 500))

    office.tamper("UPDATE booking SET amount = amount + 1")
    found = [finding for finding in check(office.url, office.settings.spool, settled=False) if finding.where == case]
    office.tamper("UPDATE booking SET amount = amount - 1")

    assert [(finding.invariant, finding.what) for finding in found] == [("I12", "entry 1 and the books disagree")]
