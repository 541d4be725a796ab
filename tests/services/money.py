"""What the tests of money go on from: two procedures of an office, what comes in an envelope, what a letter says."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from models.booking import booking
from models.effect import effect
from tests.office import GRANTED, MONDAY, TOKYO, VERIFIER, TestOffice, codes_of
from workflows.engine.codec import read
from workflows.office.money import Means, Per
from workflows.request.account import Paid
from workflows.request.letters import RequestLetter

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
    """Register the forms, with money in the envelope."""
    office.must(case, "receive_forms", replace(office.an_arrival(code, proven=proven), fees=paid))


def came(office: TestOffice, *paid: Paid) -> str:
    """Return a case whose forms came with money."""
    case, code = office.mailed()
    arrived(office, case, code, *paid)
    return case


def of(means: Means, amount: int, **more: Any) -> Paid:
    """Return what somebody found in the envelope."""
    return Paid(means=means, amount=str(amount), **more)


def lacking(office: TestOffice, case: str) -> list[str]:
    """Return why the case cannot be verified; nothing: it is."""
    return codes_of(office.do(case, "verify_identity", by=VERIFIER).reasons)


def in_the_books(office: TestOffice) -> int:
    """Return what all rows of the books come to."""
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


def at(office: TestOffice, day: date) -> None:
    """Move to the evening of a day."""
    office.move_to(datetime.combine(day, time(18, 0), TOKYO))
