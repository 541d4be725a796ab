"""The values of the law: what is in force on a day, which row counts then, and which words a letter carries."""

from dataclasses import replace
from datetime import date

import pytest

from workflows import law
from workflows.engine.calendars import months_later
from workflows.law.law import Ground, JointUse, Majority, Paper, Proof, Purpose, RightLaw, Words, in_force
from workflows.law.values import Category, OutcomeName, RepresentativeKind, Right

LAW = law.regime("jp-appi")
D1, D2, D3, D4 = (date(2026, 12, day) for day in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("on", "first", "last", "inside"),
    [
        (D2, None, None, True),
        (D2, D2, None, True),
        (D1, D2, None, False),
        (D3, D2, None, True),
        (D2, None, D2, True),
        (D3, None, D2, False),
        (D1, None, D2, True),
        (D2, D2, D2, True),
        (D1, D2, D3, False),
        (D4, D2, D3, False),
    ],
)
def test_the_first_and_the_last_day_are_included(on: date, first: date | None, last: date | None, inside: bool) -> None:
    assert in_force(on, first, last) is inside


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 9, 1), 3, date(2026, 12, 1)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 1, 28), 1, date(2026, 2, 28)),
        (date(2026, 1, 29), 1, date(2026, 2, 28)),
        (date(2028, 1, 29), 1, date(2028, 2, 29)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 3, 31), 2, date(2026, 5, 31)),
        (date(2026, 10, 31), 26, date(2028, 12, 31)),
    ],
)
def test_months_end_on_the_day_of_the_same_number_or_the_months_last(day: date, months: int, end: date) -> None:
    assert months_later(day, months) == end


def test_words_are_found_by_their_language() -> None:
    words = Words(article="33(1)", ja="開示", en="disclosure")
    purpose = Purpose(category=Category.CUSTOMER, code="c", group="g", article="21", ja="{we}の開示", en="disclosure")
    harm = LAW.grounds["harm"]

    assert (words["ja"], words["en"]) == ("開示", purpose.words("en", "当会"))
    assert (words["ja"], purpose.words("ja", "当会")) == ("開示", "当会の開示")
    assert (harm.words("ja"), harm.words("en")) == (harm.ja, harm.en)


# -- what a row says when it leaves something out -------------------------------------------------------------------


def test_a_paper_asks_for_nothing_that_its_row_does_not_ask_for() -> None:
    row = Paper(code="card", article="x", photograph=True, shows_address=True)

    assert (row.masks, row.first, row.last, row.issued_from) == ((), None, None, None)
    assert (row.issued_within_months, row.address_issued_before) == (None, None)
    assert [row.unexpired, row.seal, row.second_person, row.never] == [False] * 4


def test_a_proof_asks_for_nothing_that_its_row_does_not_ask_for() -> None:
    row = Proof(kind=RepresentativeKind.AGENT, type="mandate", article="x")

    assert (row.first, row.last, row.issued_within_months, row.signature) == (None, None, None, False)


def test_a_rule_without_days_is_always_in_force() -> None:
    age = Majority(age=18, article="x")
    purpose = Purpose(category=Category.CUSTOMER, code="c", group="g", article="x", ja="x", en="x")
    use = JointUse(code="j", article="x", items=(), ja="x", en="x")

    assert {(row.first, row.last) for row in (age, purpose, use)} == {(None, None)}


def a_ground(**differs: object) -> Ground:
    sound = Ground(
        code="g", article="33(2)", ja="x", en="x", rights=frozenset({Right.DISCLOSURE}),
        outcomes=frozenset({OutcomeName.REFUSED}), states=frozenset({"id_verified"}),
    )  # fmt: skip
    return replace(sound, **differs)  # type: ignore[arg-type]


def test_a_ground_is_plain_unless_its_row_says_more() -> None:
    ground = a_ground()

    assert (ground.procedural, ground.exception) == (False, False)
    assert (ground.needs, ground.shown_as, ground.first, ground.last, dict(ground.articles)) == (None,) * 4 + ({},)


def test_a_right_costs_nothing_and_states_no_change_unless_its_row_says_so() -> None:
    law = RightLaw(right=Right.DISCLOSURE, article="33(1)", outcomes=(OutcomeName.GRANTED,))

    assert (law.first, law.fee, law.states_change, dict(law.by_reason)) == (None, False, False, {})


def test_a_ground_stands_under_its_own_article_for_a_right_that_has_one() -> None:
    ground = a_ground(articles={Right.CORRECTION: "34(2)"})

    assert ground.article_for(Right.CORRECTION) == "34(2)"
    assert ground.article_for(Right.DISCLOSURE) == "33(2)"


# -- which row counts -----------------------------------------------------------------------------------------------


def test_a_paper_is_judged_by_the_row_of_the_day_it_arrived() -> None:
    old = Paper(code="card", article="old", photograph=False, shows_address=False, last=D1)
    new = Paper(code="card", article="new", photograph=True, shows_address=True, first=D3)
    law = replace(LAW, papers=replace(LAW.papers, documents=(old, new)))

    assert [law.paper("card", day) for day in (D1, D2, D3)] == [old, None, new]
    assert law.paper("ticket", D1) is None
    assert law.documents == {"card": (old, new)}


def test_proofs_are_kept_by_whom_they_speak_for_and_what_they_are() -> None:
    one = Proof(kind=RepresentativeKind.AGENT, type="mandate", article="one", last=D1)
    two = Proof(kind=RepresentativeKind.AGENT, type="mandate", article="two", first=D2)
    other = Proof(kind=RepresentativeKind.MINOR, type="mandate", article="other")
    law = replace(LAW, papers=replace(LAW.papers, proofs=(one, other, two)))

    assert law.proofs == {
        (RepresentativeKind.AGENT, "mandate"): (one, two),
        (RepresentativeKind.MINOR, "mandate"): (other,),
    }


@pytest.mark.parametrize("order", [1, -1])
def test_the_age_of_majority_is_that_of_the_day_in_whatever_order_the_rows_stand(order: int) -> None:
    ages = (Majority(age=20, article="old", last=D1), Majority(age=18, article="new", first=D2))
    law = replace(LAW, papers=replace(LAW.papers, majority=ages[::order]))

    assert [law.majority_on(day).age for day in (D1, D2)] == [20, 18]


def test_each_right_has_its_article() -> None:
    assert LAW.articles == {right: LAW.rights[right].article for right in Right}
    assert LAW.articles[Right.PURPOSE_NOTICE] == "32(2)"


def test_a_letter_shows_a_ground_or_the_one_it_hides_behind() -> None:
    assert LAW.shown(LAW.grounds["record_excluded"]) is LAW.grounds["not_held"]
    assert LAW.shown(LAW.grounds["harm"]) is LAW.grounds["harm"]


def test_two_loaded_laws_are_one_only_where_they_are_the_same_object() -> None:
    assert replace(LAW) != LAW
    assert len({LAW, law.regime("jp-appi"), replace(LAW)}) == 2
