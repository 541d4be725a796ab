"""What an answer waits for that is paid for: the fee due with it, and a class of post that has a price."""

from dataclasses import replace
from typing import Any

import pytest

from tests.workflows.test_course import NUMBER, TODAY, YES, an_office, answered, done, refused, verified
from tests.workflows.test_request import EVERYBODY, at
from workflows.law.values import Right
from workflows.letters import DeliveryWay, MailClass, MailExtra, RecordPosting
from workflows.office.answer import Answering, Collecting, NotCollected
from workflows.office.money import Due, Extra, Fee, Fees, Means, Shortage
from workflows.office.said import Said
from workflows.office.spans import days
from workflows.request import delivery, guards, picked, standing
from workflows.request.account import Account, Told
from workflows.request.course_payloads import ChooseDelivery, HandOver
from workflows.request.payloads import RecordPayment
from workflows.request.values import Override


@pytest.mark.parametrize("way", [DeliveryWay.POST, DeliveryWay.EMAIL, DeliveryWay.COLLECTED])
def test_no_answer_leaves_the_house_by_any_way_before_what_is_due_with_it_is_paid_or_lifted(way: DeliveryWay) -> None:
    row = Fee(rights=frozenset({Right.DISCLOSURE}), amount=500, by=(Means.CASH,), due=Due.WITH_ANSWER, code="fee-1")
    collect = Collecting(within=days(14), then=NotCollected.KEPT)
    answer = Answering(ways=(way,), own_risk=Said(ja="自己責任", en="own risk"), collect=collect)
    office = an_office(answer=answer, fees=Fees(rows=(row,)))
    case, decided = answered(office), replace(verified(office), rights={Right.DISCLOSURE: YES})
    leave: tuple[str, Any] = (
        ("record_posting", RecordPosting(letter=NUMBER))
        if way is DeliveryWay.POST
        else ("hand_over", HandOver(way=way, paper="passport", receipt=True))
    )

    held = list(guards.paid_before_it_goes(decided, at(EVERYBODY)))
    assert [reason.code for reason in held] == ([] if way is DeliveryWay.COLLECTED else ["fee.pay_first"])
    assert refused(case, *leave) == ["fee.pay_first"]
    paid = done(case, "record_payment", RecordPayment(means=Means.CASH, amount="500"))
    lifted = Override(what="fee", reason="", asked_by="x", approved_by="y", covers=standing.covered(case, "fee"))
    assert done(paid, *leave).answered
    assert done(replace(case, overrides=(lifted,)), *leave).answered


def test_a_class_of_post_that_has_a_price_is_used_once_that_is_paid_and_says_so_until_then() -> None:
    express = Extra(code="express", amount=300, said=Said(ja="速達", en="express"))
    special = Extra(code="addressee_only", amount=105, said=Said(ja="本人限定受取", en="addressee only"))
    row = Fee(rights=frozenset({Right.DISCLOSURE}), amount=500, by=(Means.STAMPS,), code="fee-1")
    office = an_office(fees=Fees(rows=(row,), extras=(express, special), shortage=Shortage()))
    case = done(verified(office), "record_payment", RecordPayment(means=Means.STAMPS, amount="500"))
    wish = ChooseDelivery(mail_class=MailClass.ADDRESSEE_ONLY, extras=(MailExtra.EXPRESS,))

    assert refused(case, "choose_delivery", replace(wish, paid=True)) == ["paid_is_recorded"]
    case = done(case, "choose_delivery", wish)
    assert (delivery.going(case).mail_class, delivery.going(case).extras) == (delivery.USUAL, ())
    assert [(reason.code, reason.params["what"]) for reason in picked.told_unpaid(case, TODAY)] == [
        ("choice_costs", "mail_class.addressee_only"), ("choice_costs", "mail_extra.express"),
    ]  # fmt: skip
    paid = done(case, "record_payment", RecordPayment(means=Means.STAMPS, amount="405"))
    goes = delivery.going(paid)
    assert (goes.mail_class, goes.extras) == (MailClass.ADDRESSEE_ONLY, (MailExtra.EXPRESS,))
    assert list(picked.told_unpaid(paid, TODAY)) == []
    again = done(paid, "choose_delivery", ChooseDelivery())
    assert (delivery.going(again).mail_class, again.account.extras) == (delivery.USUAL, ())


def test_what_was_ticked_on_the_form_and_paid_is_the_same_choice() -> None:
    express = Extra(code="express", amount=300, said=Said(ja="速達", en="express"))
    row = Fee(rights=frozenset({Right.DISCLOSURE}), amount=500, by=(Means.STAMPS,), code="fee-1")
    case = verified(an_office(fees=Fees(rows=(row,), extras=(express,), shortage=Shortage())))
    ticked = replace(case, account=Account(told=(Told(seq=2, extras=("express",)),)))

    assert delivery.going(ticked).extras == ()
    assert delivery.going(done(ticked, "record_payment", RecordPayment(means=Means.STAMPS, amount="800"))).extras == (
        MailExtra.EXPRESS,
    )


def test_where_the_law_allows_no_fee_nothing_that_has_a_price_is_offered() -> None:
    express = Extra(code="express", amount=300, said=Said(ja="速達", en="express"))
    case = replace(verified(an_office(fees=Fees(extras=(express,)))), rights={Right.CORRECTION: None})

    assert refused(case, "choose_delivery", ChooseDelivery(extras=(MailExtra.EXPRESS,))) == ["extra_not_offered"]
