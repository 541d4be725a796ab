"""What a procedure.toml says of money: read as it is meant, and refused where the law or good sense forbids it."""

from datetime import date

import pytest

from tests.workflows.office.test_reading import REGIMES, told
from workflows.law.values import ChargedFor, Right
from workflows.office.fees import Due, Fee, Fees, Means, Per
from workflows.office.money import Excess, For, Rate, Unpaid, in_units, shown
from workflows.office.reading import BadFile, read_procedure
from workflows.office.spans import Span, SpanUnit

HEAD = "from = 2026-12-01\n"
SHORTAGE = "[fee_shortage]\nask = true\n"
STAMPS = '[[fee]]\nrights = ["disclosure"]\namount = 500\nby = ["stamps"]\n'
BILL = (
    '[[fee]]\nrights = ["disclosure"]\namount = "estimated"\nby = ["cash_registered"]\ndue = "after_decision"\n'
    'pay_within = { months = 1 }\nunpaid = "lapse"\n'
)


def fees_of(text: str) -> Fees:
    found = read_procedure(HEAD + text, "procedure.toml", REGIMES)
    assert not isinstance(found, BadFile), found.placed()
    return found.fees


def test_stamps_with_the_forms() -> None:
    fees = fees_of(
        '[[fee]]\nrights = ["purpose_notice", "disclosure"]\namount = 500\nby = ["stamps"]\n[fee_shortage]\n'
        'then = "refuse:method_not_followed"\nexcess = "stamps"\n'
    )

    assert fees.rows == (
        Fee(rights=frozenset({Right.PURPOSE_NOTICE, Right.DISCLOSURE}), amount=500, by=(Means.STAMPS,), code="fee-1"),
    )
    assert fees.shortage is not None
    assert (fees.shortage.ask, fees.shortage.then, fees.shortage.excess) == (True, "method_not_followed", Excess.STAMPS)


def test_a_base_and_so_much_per_page_by_a_bill() -> None:
    fees = fees_of(
        '[[fee]]\nrights = ["disclosure"]\namount = 5000\nplus = [{ per = "half_hour", amount = 5000 }, '
        '{ per = "page", amount = 20, free = 10 }]\nby = ["transfer"]\ndue = "after_decision"\n'
        'pay_within = { weeks = 2 }\nunpaid = "decide"\n'
    )

    (row,) = fees.rows
    assert row.plus == (Rate(per=Per.HALF_HOUR, amount=5000), Rate(per=Per.PAGE, amount=20, free=10))
    assert (row.due, row.pay_within, row.unpaid) == (Due.AFTER_DECISION, Span(2, SpanUnit.WEEKS), Unpaid.DECIDE)


def test_postage_has_the_amount_of_the_day() -> None:
    fees = fees_of(
        '[answer_postage]\nrights = ["disclosure"]\nenvelope = true\n'
        "stamps = [{ from = 2024-10-01, amount = 460 }, { from = 2027-04-01, amount = 500 }]\n"
    )

    assert [row.amount for row in fees.rows_on(date(2027, 3, 31))] == [460]
    assert [(row.amount, row.of) for row in fees.rows_on(date(2027, 4, 1))] == [(500, For.POSTAGE)]


def test_a_money_order_ages_in_months_by_its_row_or_by_its_means() -> None:
    row = '[[fee]]\nrights = ["disclosure"]\namount = 800\nby = ["money_order"]\n'
    short = fees_of(row + "money_order_issued_within_months = 6\n" + SHORTAGE)
    long = fees_of(row + '[[fee_means]]\nmeans = "money_order"\nissued_within = { months = 6 }\n' + SHORTAGE)

    for fees in (short, long):
        assert fees.stale_from(Means.MONEY_ORDER, date(2026, 8, 31)) == date(2027, 2, 28)
        assert fees.stale_from(Means.CASH, date(2026, 8, 31)) is None


def test_under_the_gdpr_a_fee_is_for_excess_alone_and_a_further_copy_is_of_a_disclosure() -> None:
    (row,) = fees_of('regime = "eu-gdpr"\n' + BILL + 'when = "further_copy"\n').rows

    assert row.when is ChargedFor.FURTHER_COPY


def test_other_currencies_have_places_after_the_point() -> None:
    assert [in_units(value, "CAD") for value in (5, 0.25, "1,100.50", 0.125, -1, True, "x", None)] == [
        500, 25, 110050, None, None, None, None, None,
    ]  # fmt: skip
    assert [in_units(value, "JPY") for value in (500, "1,100", 0.5)] == [500, 1100, None]
    assert (shown(110050, "CAD"), shown(1100, "JPY")) == ("1,100.50", "1,100")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            STAMPS.replace('["disclosure"]', '["disclosure", "correction", "halt_use"]') + SHORTAGE,
            ("fee 1 (stamps): a fee may not be taken for correction, halt_use (APPI 38); it may for disclosure, "
            "provision_records, purpose_notice"),
        ),
        (
            'regime = "eu-gdpr"\n' + STAMPS + SHORTAGE,
            "fee 1 (stamps): a fee may not be taken for disclosure (GDPR 12(5)): under this law it is free",
        ),
        (
            '[answer_postage]\nrights = "all"\nstamps = 460\n',
            ("answer_postage: a fee may not be taken for correction, halt_provision, halt_use (APPI 38); it may for "
            "disclosure, provision_records, purpose_notice"),
        ),
        (
            'regime = "eu-gdpr"\n' + BILL.replace("disclosure", "correction") + 'when = "further_copy"\n',
            "fee 1 (cash_registered): a fee may not be taken for correction (GDPR 12(5)): under this law it is free",
        ),
        (
            STAMPS + 'when = "excessive"\n' + SHORTAGE,
            ("fee 1 (stamps): when (excessive) is found by those who decide: let due be after_decision, not "
            "with_forms"),
        ),
        (STAMPS, "nothing is said of what happens where fee-1 comes short; write a [fee_shortage]"),
        (
            STAMPS.replace("500", '"estimated"') + SHORTAGE,
            ("fee 1 (stamps): amount is known only with the decision, and must be there before; write an amount, or "
            "let due be after_decision or with_answer"),
        ),
        (
            STAMPS + 'per = "page"\n' + SHORTAGE,
            ("fee 1 (stamps): page can be counted only with the decision, and must be paid before; let due be "
            "after_decision or with_answer"),
        ),
        (STAMPS.replace('["stamps"]', "[]") + SHORTAGE, "fee 1: by is missing: there is no way to pay it"),
        (
            STAMPS + "amounts = { card = 400 }\n" + SHORTAGE,
            "fee 1 (stamps): amounts names card, which by does not; by names stamps",
        ),
        (
            BILL.replace("pay_within = { months = 1 }\n", ""),
            ("fee 1 (cash_registered): a bill is waited for, and pay_within is missing; say how long (pay_within) and "
            "what then (unpaid)"),
        ),
        (
            STAMPS + 'unpaid = "lapse"\n' + SHORTAGE,
            ("fee 1 (stamps): no bill is sent where due is with_forms; pay_within and unpaid belong to after_decision, "
            "after_identity"),
        ),
        (STAMPS + 'code = "a"\n' + STAMPS + 'code = "a"\n' + SHORTAGE, "fee: a is there twice"),
        (
            BILL + BILL,
            ("fee: fee-1, fee-2 are both estimated, for the same rights and due at the same time; make them one"),
        ),
        (
            STAMPS + "[fee_shortage]\nask = false\n",
            "fee_shortage: ask is false, so that it is neither asked for nor anything follows; write then",
        ),
        (
            STAMPS + '[fee_shortage]\nthen = "refuse:harm"\n',
            ("fee_shortage: then is refuse:harm, which is no procedural ground of refusal; known are "
            "refuse:identity_not_proven, refuse:method_not_followed, refuse:representation_not_proven"),
        ),
        (
            STAMPS + '[fee_shortage]\nthen = "wait"\n',
            "fee_shortage: then is wait; write it as refuse:method_not_followed",
        ),
        (
            STAMPS.replace("500", "500.5") + SHORTAGE,
            "fee 1 (stamps): amount is 500.5, which is no amount in yen; write a number from 0 on, without quotes",
        ),
        (
            STAMPS.replace("500", '"500"') + SHORTAGE,
            "fee 1 (stamps): amount is '500', which is no amount in yen; write a number from 0 on, without quotes",
        ),
        (
            STAMPS.replace("amount = 500\n", "") + SHORTAGE,
            "fee 1 (stamps): amount is missing",
        ),
    ],
    ids=lambda value: value.partition(":")[2][:40].strip() if ": " in value else "text",
)  # fmt: skip
def test_what_is_refused_is_named_with_its_place_and_the_article(text: str, fault: str) -> None:
    assert told(HEAD + text) == [
        f"procedure.toml: {fault}" if fault.startswith("nothing") else f"procedure.toml, {fault}"
    ]


def test_a_rule_that_stands_with_an_amount_of_0_needs_nothing_more() -> None:
    assert not fees_of('[[fee]]\nrights = ["disclosure"]\namount = 0\nby = ["money_order"]\n').charged
