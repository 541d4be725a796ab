"""What the file of a row says of money."""

from typing import Any

from lab.procedures import names
from lab.procedures.fees import CHARGEABLE, PLACEHOLDER, FeeFact
from lab.procedures.file import Part, Written, said
from workflows.law import regime

PAY = {"pay_within": {"months": 1}, "unpaid": "decide"}


def money(read: Written) -> Part:
    """Yield the fees, the postage, and what becomes of what is short."""
    found = read.money
    if found.currency != "JPY" and (found.fees or found.answer_postage):
        yield "fees", {"currency": found.currency}
    yield "fee", [_fee(one, read) for one in _merged(found.fees)]
    if found.answer_postage:
        yield "answer_postage", _postage(read)
    if found.fees or found.answer_postage:
        then = {"then": "refuse:method_not_followed"} if "method_not_followed" in _grounds(read) else {}
        yield "fee_shortage", {"ask": True, **({"excess": found.excess} if found.excess else {}), **then}
        read.assumed.append("a fee that is short is asked for in the notice, then the request is refused")
    if found.refunded is False:
        yield "fee_refund", {"refused": False, "not_held": False}
    yield (
        "fee_extra",
        [
            {"code": code, "amount": amount, "rights": ["disclosure"], **said(names.EXTRAS[code])}
            for code, amount in found.surcharges
        ],
    )


def _grounds(read: Written) -> Any:
    try:
        return regime(read.values["regime"]).grounds
    except KeyError:
        return {}


def _merged(fees: tuple[FeeFact, ...]) -> list[tuple[FeeFact, int | None]]:
    """Return fees with what an electronic answer costs instead."""
    electronic = next((one.amount for one in fees if one.manner == "electronic"), None)
    paper_only = any(one.manner == "paper" for one in fees) and electronic is None
    return [
        (one, (0 if paper_only else electronic) if one.manner == "paper" else None)
        for one in fees
        if one.manner != "electronic"
    ]


def _fee(pair: tuple[FeeFact, int | None], read: Written) -> dict[str, Any]:
    one, electronic = pair
    values: dict[str, Any] = {"rights": list(one.rights), "amount": "estimated" if one.amount is None else one.amount}
    if one.assumed:
        read.assumed.append(f"the amount is not in the passage: {one.amount} stands for it")
    if one.per != "request":
        values["per"] = one.per
    if electronic is not None:
        values["electronic"] = electronic
    values |= {"by": list(one.by), "due": one.due}
    if read.money.starts_when_paid and one.due == "after_decision":
        values |= {"due": "after_identity", "amount": one.amount if one.amount is not None else _assumed(read)}
    if values["due"] in ("after_decision", "after_identity"):
        months = read.money.pay_within_months
        if months is None:
            read.assumed.append("the time to pay a bill is not in the passage: one month, then the lead decides")
            values |= PAY
        else:
            values |= {"pay_within": {"months": months}, "unpaid": "lapse"}
    if read.money.months_of_order and "money_order" in one.by:
        values["money_order_issued_within_months"] = read.money.months_of_order
    return values


def _assumed(read: Written) -> int:
    read.assumed.append(f"the amount is not in the passage: {PLACEHOLDER} stands for it")
    return PLACEHOLDER


POSTAGE = 460
"""Yen of stamps for an answer by simple registered post where the passage names none: an assumption."""


def _postage(read: Written) -> dict[str, Any]:
    found = read.money
    lawful = [right for right in CHARGEABLE if right in read.row.rights] or ["disclosure"]
    values: dict[str, Any] = {"rights": ["disclosure"] if read.values["regime"] == "jp-public" else lawful}
    if found.answer_stamps is None:
        read.assumed.append(f"the postage of the answer is not in the passage: {POSTAGE} stands for it")
    values["stamps"] = found.answer_stamps or POSTAGE
    if found.reply_envelope:
        values["envelope"] = True
    return values
