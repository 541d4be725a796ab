"""The steps of money, recorded wrongly; and what puts each right.

`MONEY_RECORDED` and `MONEY_PAYLOADS` go on from `tests/services/wrong_records.py`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.office import APPROVER, CLERK, GRANTED, LEAD, VERIFIER, TestOffice
from tests.own_procedure import adopts
from tests.services.righting import view
from workflows.engine.payloads import Nothing
from workflows.office.money import Means, Per
from workflows.request.payloads import Approve, AskOverride, RecordPayment, Refund, TakeBack, UndoPayment

WHY = "a slip of the finger"
WITH_THE_ANSWER = """
from = 2026-04-01
[[fee]]
rights = ["disclosure"]
amount = 500
by = ["cash"]
due = "with_answer"
[answer]
ways = ["collected"]
collect = { within = { weeks = 2 }, then = "kept" }
"""
"""A fee that stands in nobody's way until the answer is there."""
BILLED = """
from = 2026-04-01
[[fee]]
rights = ["disclosure"]
amount = 1000
plus = [{ per = "page", amount = 20 }]
by = ["transfer"]
due = "after_decision"
pay_within = { weeks = 2 }
unpaid = "lapse"
"""
AHEAD = BILLED.replace("after_decision", "after_identity").replace('plus = [{ per = "page", amount = 20 }]\n', "")
DECIDED = replace(GRANTED, counts={Per.PAGE: 10})
CASH = RecordPayment(means=Means.CASH, amount="500")
TRANSFER = RecordPayment(means=Means.TRANSFER, amount="1200")


def _paid(office: TestOffice, state: str) -> str:
    adopts(office, WITH_THE_ANSWER)
    case = office.in_state(state)
    office.must(case, "record_payment", CASH)
    return case


def _given_back(office: TestOffice, state: str) -> str:
    case = _paid(office, state)
    office.must(case, "refund", Refund(means=Means.CASH, amount="100", why=WHY))
    return case


def _taken_back(office: TestOffice, state: str) -> str:
    case = _paid(office, state)
    office.must(case, "undo_payment", UndoPayment(entry=1, why=WHY))
    return case


def _decided(office: TestOffice) -> str:
    adopts(office, BILLED)
    case = office.verified()
    office.must(case, "decide", DECIDED, by=VERIFIER)
    return case


def _billed(office: TestOffice) -> str:
    case = _decided(office)
    office.must(case, "bill", by=APPROVER)
    return case


def _billed_ahead(office: TestOffice) -> str:
    adopts(office, AHEAD)
    case = office.verified()
    office.must(case, "bill", by=CLERK)
    return case


def _withdrawn(office: TestOffice) -> str:
    case = _billed(office)
    office.must(case, "withdraw_bill", TakeBack(why=WHY))
    return case


def lapsed_unpaid(office: TestOffice) -> str:
    """Return a case whose bill was posted, reminded of and never paid."""
    case = _billed(office)
    office.post_letters(case)
    for _ in range(2):
        bill = view(office, case).account.bill
        assert bill is not None
        office.working_day(bill.remind_by or bill.pay_by or office.today, 1)
        office.sweep()
        office.post_letters(case) if office.case(case).open else None
    assert office.case(case).state == "lapsed"
    return case


def _paid_late(office: TestOffice) -> str:
    case = lapsed_unpaid(office)
    office.must(case, "record_payment", TRANSFER)
    return case


def _lapsed_after_all(office: TestOffice) -> str:
    case = _paid_late(office)
    office.must(case, "undo_payment", UndoPayment(entry=1, why=WHY))
    return case


def _reinstated(office: TestOffice) -> str:
    case = lapsed_unpaid(office)
    office.must(case, "reinstate", TakeBack(why=WHY), by=LEAD)
    return case


def waived(office: TestOffice, state: str, *, approved: bool) -> str:
    """Return a case whose bill, or whose fee with the answer, one person wants waived, or two did."""
    if state == "fulfilled":
        adopts(office, WITH_THE_ANSWER)
    case = _billed(office) if state == "id_verified" else office.fulfilled()
    office.must(case, "override", AskOverride(what="fee", reason=WHY))
    if approved:
        office.must(case, "approve", Approve(), by=APPROVER)
    return case


def _newest(office: TestOffice, case: str) -> int:
    return next(entry.no for entry in reversed(view(office, case).account.entries) if entry.undone is None)


def _payment(office: TestOffice, case: str) -> RecordPayment:
    return TRANSFER if view(office, case).account.bill is not None else CASH


MONEY_RECORDED: dict[str, Callable[[TestOffice, str], str]] = {
    "record_payment": _paid,
    "refund": _given_back,
    "undo_payment": _taken_back,
    "pay_late": lambda office, _: _paid_late(office),
    "undo_pay_late": lambda office, _: _lapsed_after_all(office),
    "bill": lambda office, _: _billed(office),
    "bill_ahead": lambda office, _: _billed_ahead(office),
    "withdraw_bill": lambda office, _: _withdrawn(office),
    "lapse_unpaid": lambda office, _: lapsed_unpaid(office),
    "reinstate_unpaid": lambda office, _: _reinstated(office),
}
MONEY_PAYLOADS: dict[str, Callable[[TestOffice, str], Any]] = {
    "record_payment": _payment,
    "pay_late": _payment,
    "undo_payment": lambda office, case: UndoPayment(entry=_newest(office, case), why=WHY),
    "undo_pay_late": lambda office, case: UndoPayment(entry=_newest(office, case), why=WHY),
    "bill": lambda *_: Nothing(),
    "withdraw_bill": lambda *_: TakeBack(why=WHY),
    "reinstate_unpaid": lambda *_: TakeBack(why=WHY),
}
MONEY_BY = {"bill": APPROVER, "reinstate_unpaid": LEAD}
