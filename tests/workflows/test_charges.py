"""What a request costs, what covers it, and what is asked for: never where the law forbids, never less than nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.law import regime
from workflows.law.values import ChargedFor, OutcomeName, Right, RightOutcome
from workflows.office import SOURCE
from workflows.office.money import (
    Due,
    Excess,
    Extra,
    Fee,
    Fees,
    For,
    Means,
    MeansRule,
    Per,
    Postage,
    Rate,
    Refund,
    Shortage,
    Unpaid,
)  # fmt: skip
from workflows.office.said import Said
from workflows.office.spans import days
from workflows.request import standing
from workflows.request.account import Account, Entry, NotTaken, Told, What
from workflows.request.case import Case
from workflows.request.charges import Charge, balance, booked, charges, coverage, refund_owed
from workflows.request.values import Override

TODAY = date(2026, 12, 1)
LAW = regime("jp-appi")
D, P, C = Right.DISCLOSURE, Right.PURPOSE_NOTICE, Right.CORRECTION


def a_case(fees: Fees, **more: Any) -> Case:
    given: dict[str, Any] = {
        "number": "26-000001-D", "state": "forms_returned", "seq": 3, "entered_seq": 3, "entered_on": TODAY,
        "opened_on": TODAY, "regime": LAW, "rights": {D: None}, "office": replace(SOURCE, fees=fees),
    }  # fmt: skip
    return Case(**{**given, **more})


def paid(*amounts: tuple[Means, int]) -> Account:
    return Account(
        entries=tuple(
            Entry(no=n, seq=2, what=What.PAYMENT, means=means, amount=amount, on=TODAY, recorded_on=TODAY)
            for n, (means, amount) in enumerate(amounts, start=1)
        )
    )


def granted(*rights: Right) -> dict[Right, RightOutcome | None]:
    return {right: RightOutcome(outcome=OutcomeName.GRANTED) for right in rights}


def lines(case: Case) -> list[tuple[str, int | None, int]]:
    return [(charge.label, charge.amount, charge.count) for charge in charges(case, TODAY)]


FLAT = Fees(
    rows=(Fee(rights=frozenset({D, P}), amount=500, by=(Means.STAMPS, Means.MONEY_ORDER), code="fee-1"),),
    shortage=Shortage(),
)


# -- what it costs ----------------------------------------------------------------------------------------------------


def test_once_per_request_whatever_rights_are_asked_for() -> None:
    assert lines(a_case(FLAT, rights={D: None, P: None})) == [("disclosure+purpose_notice", 500, 1)]


def test_once_per_right_and_by_the_number_of_names() -> None:
    (row,) = FLAT.rows
    each = replace(FLAT, rows=(replace(row, per=Per.RIGHT),))
    names = replace(FLAT, rows=(replace(row, per=Per.NAME),))

    assert lines(a_case(each, rights={D: None, P: None})) == [("disclosure+purpose_notice", 1000, 2)]
    assert lines(a_case(names)) == [("disclosure", 500, 1)]
    assert lines(a_case(names, account=Account(told=(Told(seq=2, counts={Per.NAME: 3}),)))) == [("disclosure", 1500, 3)]


def test_a_correction_costs_nothing_whatever_a_procedure_says() -> None:
    unlawful = replace(FLAT, rows=(replace(FLAT.rows[0], rights=frozenset(Right)),))

    assert lines(a_case(unlawful, rights={C: None})) == []
    assert lines(a_case(unlawful, rights={C: None, D: None})) == [("disclosure", 500, 1)]


def test_under_a_law_that_knows_no_fee_nothing_is_charged() -> None:
    assert lines(a_case(FLAT, regime=regime("eu-gdpr"))) == []


def test_what_is_charged_only_where_a_request_is_excessive_is_charged_once_two_people_found_it_so() -> None:
    row = Fee(
        rights=frozenset({D, C}), amount=2000, due=Due.AFTER_DECISION, by=(Means.CARD,), code="fee-1",
        when=ChargedFor.EXCESSIVE,
    )  # fmt: skip
    case = a_case(Fees(rows=(row,)), regime=regime("uk-gdpr"), rights=granted(D, C))
    covers = standing.covered(case, "charge:excessive")
    found = Override(what="charge:excessive", reason="", asked_by="a", approved_by=None, covers=covers)

    assert lines(case) == lines(replace(case, overrides=(found,))) == []
    assert lines(replace(case, overrides=(replace(found, approved_by="b"),))) == [("correction+disclosure", 2000, 1)]
    elsewhere = replace(case, regime=LAW, overrides=(replace(found, approved_by="b"),))
    assert lines(elsewhere) == [("disclosure", 2000, 1)]  # where a correction is free it is, whatever was found


def test_what_is_due_after_the_decision_is_of_what_is_granted_and_known_by_then() -> None:
    row = Fee(
        rights=frozenset({D, P}), amount=None, due=Due.AFTER_DECISION, by=(Means.TRANSFER,), code="fee-1",
        plus=(Rate(per=Per.PAGE, amount=20, free=10),),
    )  # fmt: skip
    case = a_case(Fees(rows=(row,)), rights={D: None, P: None})
    refused = RightOutcome(outcome=OutcomeName.REFUSED)
    decided = replace(case, rights={**granted(D), P: refused})
    told = Account(told=(Told(seq=5, counts={Per.PAGE: 12}, estimates={"fee-1": 3000}),))

    assert lines(case) == []
    assert {charge.label for charge in balance(decided, TODAY).untold} == {"disclosure"}
    assert lines(replace(decided, account=told)) == [("disclosure", 3000, 1), ("disclosure", 40, 2)]


def test_an_answer_on_a_disc_or_payment_by_card_may_have_an_amount_of_its_own() -> None:
    row = Fee(
        rights=frozenset({D}), amount=1100, electronic=1430, by=(Means.STAMPS, Means.CARD),
        amounts={Means.CARD: 1000}, code="fee-1",
    )  # fmt: skip
    case = a_case(Fees(rows=(row,)))

    assert lines(case) == [("disclosure", 1100, 1)]
    assert lines(replace(case, method="electronic")) == [("disclosure", 1430, 1)]
    assert lines(replace(case, account=paid((Means.CARD, 1000)))) == [("disclosure", 1000, 1)]


def test_what_is_chosen_beside_a_surcharge_and_tax_are_lines_of_their_own() -> None:
    fees = replace(
        FLAT,
        extras=(Extra(code="express", amount=300, said=Said(ja="速達", en="express")),),
        means=(MeansRule(means=Means.MONEY_ORDER, surcharge=50),),
        tax=10,
    )
    account = replace(paid((Means.MONEY_ORDER, 500)), told=(Told(seq=2, extras=("express",)),))

    assert lines(a_case(fees)) == [("disclosure", 500, 1), ("extra:tax", 50, 1)]
    assert lines(a_case(fees, account=account)) == [
        ("disclosure", 500, 1), ("extra:express", 300, 1), ("extra:money_order", 50, 1), ("extra:tax", 85, 1),
    ]  # fmt: skip


# -- what covers it ---------------------------------------------------------------------------------------------------


def charge(amount: int, *by: Means, due: Due = Due.WITH_FORMS) -> Charge:
    return Charge(code="x", of=For.FEE, rights=(D,), amount=amount, due=due, by=by)


def test_stamps_that_fit_both_go_where_the_money_order_does_not() -> None:
    fees = replace(FLAT, postage=Postage(rights=frozenset({D}), amounts=((None, 460),)))
    whole = a_case(fees, account=paid((Means.STAMPS, 460), (Means.MONEY_ORDER, 500)))
    wrong = a_case(fees, account=paid((Means.MONEY_ORDER, 960)))

    assert balance(whole, TODAY).lacking == 0
    assert (balance(wrong, TODAY).lacking, balance(wrong, TODAY).excess) == (460, 460)


MEANS = list(Means)[:4]
money = st.integers(min_value=1, max_value=900)
some_charges = st.lists(
    st.builds(
        lambda amount, by, due: charge(amount, *by, due=due),
        money,
        st.lists(st.sampled_from(MEANS), min_size=1, max_size=3, unique=True),
        st.sampled_from(Due),
    ),
    max_size=4,
)
some_payments = st.lists(st.tuples(st.sampled_from(MEANS), money), max_size=5)


@given(asked=some_charges, payments=some_payments, refunded=st.integers(min_value=0, max_value=500))
@settings(max_examples=300, deadline=None)
def test_as_much_is_covered_as_can_be_and_never_more_than_is_there(
    asked: list[Charge], payments: list[tuple[Means, int]], refunded: int
) -> None:
    covered = coverage(asked, list(paid(*payments).payments()), refunded)

    assert all(0 <= part <= (one.amount or 0) for part, one in zip(covered, asked, strict=True))
    assert sum(covered) <= max(0, sum(amount for _, amount in payments) - refunded)
    if not refunded:
        assert sum(covered) == most(asked, payments)


def most(asked: Sequence[Charge], payments: Sequence[tuple[Means, int]]) -> int:
    """Return the most that can be covered, by the cut of least capacity: tried out over all sets of charges."""
    total = sum(one.amount or 0 for one in asked)
    lost = 0
    for chosen in product((False, True), repeat=len(asked)):
        wanted = [one for one, taken in zip(asked, chosen, strict=True) if taken]
        reach = sum(amount for means, amount in payments if any(means in one.by for one in wanted))
        lost = max(lost, sum(one.amount or 0 for one in wanted) - reach)
    return total - lost


rows = st.builds(
    lambda rights, amount, per, by, due: Fee(rights=frozenset(rights), amount=amount, per=per, by=tuple(by), due=due),
    st.lists(st.sampled_from(Right), min_size=1, max_size=4),
    st.one_of(st.none(), st.integers(min_value=0, max_value=2000)),
    st.sampled_from(Per),
    st.lists(st.sampled_from(MEANS), min_size=1, max_size=3, unique=True),
    st.sampled_from(Due),
)
outcomes = st.sampled_from([None, *(RightOutcome(outcome=name) for name in OutcomeName)])
cases = st.builds(
    lambda rows, rights, payments, law, state, excess, counts: a_case(
        Fees(
            rows=tuple(replace(row, code=f"fee-{n}") for n, row in enumerate(rows)),
            shortage=Shortage(excess=excess),
            refund=Refund(refused=True),
        ),
        rights=rights,
        regime=regime(law),
        state=state,
        account=replace(
            paid(*payments),
            told=(Told(seq=2, counts=counts, estimates={f"fee-{n}": 700 for n in range(len(rows))}),),
        ),
    ),
    st.lists(rows, max_size=4),
    st.dictionaries(st.sampled_from(Right), outcomes, min_size=1, max_size=4),
    some_payments,
    st.sampled_from(["jp-appi", "eu-gdpr"]),
    st.sampled_from(["forms_returned", "id_verified", "fulfilled", "refused", "withdrawn", "lapsed"]),
    st.sampled_from(Excess),
    st.dictionaries(st.sampled_from(Per), st.integers(min_value=0, max_value=30)),
)


@given(case=cases)
@settings(max_examples=400, deadline=None)
def test_nothing_is_ever_charged_where_the_law_forbids_it_nor_asked_for_twice(case: Case) -> None:
    found = balance(case, TODAY)

    for line in found.charges:
        assert line.rights
        assert all(right in case.rights and case.regime.rights[right].fee for right in line.rights)
    assert 0 <= found.lacking == found.owed - found.covered
    assert found.covered <= case.account.paid
    assert found.covered + found.excess == case.account.kept
    paid_now = replace(
        case,
        account=replace(
            case.account,
            entries=(*case.account.entries, *(
                replace(paid((line.by[0], open_)).entries[0], no=100 + n)
                for n, (line, open_) in enumerate(zip(found.charges, found.open, strict=True)) if open_
            )),
        ),
    )  # fmt: skip
    assert balance(paid_now, TODAY).lacking == 0
    assert 0 <= refund_owed(case, TODAY) <= case.account.kept


@given(case=cases)
@settings(max_examples=200, deadline=None)
def test_a_payment_is_booked_to_the_yen(case: Case) -> None:
    account = Account()
    for entry in case.account.entries:
        covers = booked(charges(case, TODAY), account, entry)
        assert sum(covers.values()) == entry.amount
        assert all(amount > 0 for amount in covers.values())
        account = account.plus((replace(entry, covers=covers),))


# -- what goes back ---------------------------------------------------------------------------------------------------


def test_what_does_not_count_is_no_money_of_the_office() -> None:
    account = paid((Means.STAMPS, 500))
    stale = replace(account, entries=(replace(account.entries[0], not_taken=NotTaken.STALE),))

    assert (stale.paid, balance(a_case(FLAT, account=stale), TODAY).lacking) == (0, 500)


def test_too_much_goes_back_or_is_kept_as_the_office_says() -> None:
    case = a_case(FLAT, account=paid((Means.STAMPS, 620)))
    kept = replace(FLAT, shortage=Shortage(excess=Excess.KEPT))

    assert refund_owed(case, TODAY) == 120
    assert refund_owed(replace(case, office=replace(SOURCE, fees=kept)), TODAY) == 0


def test_a_bill_of_other_rights_keeps_back_nothing_that_was_too_much() -> None:
    billed = replace(FLAT.rows[0], due=Due.AFTER_DECISION, pay_within=days(14), unpaid=Unpaid.LAPSE)
    others = replace(FLAT, rows=(*FLAT.rows, replace(billed, rights=frozenset({P}), code="other")))
    own = replace(FLAT, rows=(*FLAT.rows, replace(billed, code="own")))
    case = a_case(FLAT, account=paid((Means.STAMPS, 620)))

    assert refund_owed(replace(case, office=replace(SOURCE, fees=others)), TODAY) == 120
    assert refund_owed(replace(case, office=replace(SOURCE, fees=own)), TODAY) == 0  # it may be due by then


def test_a_refused_request_gives_the_fee_back_where_the_office_says_so() -> None:
    refused = {D: RightOutcome(outcome=OutcomeName.REFUSED)}
    case = a_case(FLAT, state="refused", rights=refused, account=paid((Means.STAMPS, 500)))
    generous = replace(FLAT, refund=Refund(refused=True))

    assert refund_owed(case, TODAY) == 0
    assert refund_owed(replace(case, office=replace(SOURCE, fees=generous)), TODAY) == 500


def test_what_is_lacking_is_waived_by_two_people_alone() -> None:
    from workflows.request import standing
    from workflows.request.values import Override

    case = a_case(FLAT)
    asked = Override(what="fee", reason="", asked_by="sato", covers=standing.covered(case, "fee"))

    assert balance(replace(case, overrides=(asked,)), TODAY).lacking == 500
    assert balance(replace(case, overrides=(replace(asked, approved_by="mori"),)), TODAY).lacking == 0
