"""What may be chosen for a file a department found, and what a release asks of it: the rules alone."""

from datetime import date

import pytest

from workflows import law
from workflows.disclosure import rules
from workflows.disclosure.values import SCALE, UNTREATED, Choice, File, Mask, Treatment
from workflows.engine.values import Reason
from workflows.law.values import OutcomeName, Right, RightOutcome
from workflows.request import searches
from workflows.request.searches import MOST_PRINTED, Searched

GRANTED = {Right.DISCLOSURE: RightOutcome(outcome=OutcomeName.GRANTED)}
ENCLOSED = Treatment(choice=Choice.ENCLOSED, by="tanaka")


def a_mask(**changes: object) -> Mask:
    return Mask(**{"number": 0, "ground": "harm", "by": "tanaka", "row": 1, **changes})  # type: ignore[arg-type]


def found(*files: File, act: str = "look") -> tuple[Searched, ...]:
    return (
        Searched(number="S26-000001-X", department="sales", act=act, open=False, due_on=date(2026, 11, 9),
                 since=date(2026, 11, 2), found="found", files=files),
    )  # fmt: skip


def a_file(treatment: Treatment = ENCLOSED, **changes: object) -> File:
    return File(**{"number": "F26-000001", "kind": "pdf", "pages": 1, "treatment": treatment, **changes})  # type: ignore[arg-type]


def test_a_ground_that_is_told_as_another_masks_nothing() -> None:
    regime = law.regime("jp-appi")

    known = rules.grounds(regime, Right.DISCLOSURE, date(2026, 11, 9))

    assert set(known) == {"harm", "business", "other_law"}
    assert not [code for code in known if regime.grounds[code].shown_as]


@pytest.mark.parametrize("regime", ["jp-appi", "jp-public", "eu-gdpr", "uk-gdpr"])
def test_every_law_has_a_ground_on_which_part_of_a_disclosure_is_masked(regime: str) -> None:
    assert rules.grounds(law.regime(regime), Right.DISCLOSURE, date(2026, 11, 9))


def test_numbers_of_masks_are_never_given_again_and_the_same_mask_counts_once() -> None:
    first = rules.masked(UNTREATED, [a_mask(row=1), a_mask(row=2)])
    assert isinstance(first, Treatment)
    lifted = rules.unmasked(first, [2], "mori")
    assert isinstance(lifted, Treatment)
    again = rules.masked(lifted, [a_mask(row=1), a_mask(row=2)])
    assert isinstance(again, Treatment)

    assert [(mask.number, mask.row) for mask in again.masks] == [(1, 1), (3, 2)]
    assert again.masked_by == ("tanaka", "mori")


def test_more_masks_than_a_file_takes_are_refused_whole() -> None:
    many = rules.masked(UNTREATED, [a_mask(row=row) for row in range(1, rules.MOST_MASKS + 2)])

    assert isinstance(many, Reason)
    assert many.code == "disclosing.too_many_masks"


def test_a_cell_is_black_where_a_row_and_a_column_cross() -> None:
    rows = [["a", "b"], ["c", "d"], ["e"]]

    assert rules.blacked(rows, [a_mask(row=2, column=2)]) == [["a", "b"], ["c", None], ["e"]]
    assert rules.blacked(rows, [a_mask(row=None, column=1)]) == [[None, "b"], [None, "d"], [None]]
    assert rules.blacked(rows, [a_mask(row=3)]) == [["a", "b"], ["c", "d"], [None]]


def test_boxes_are_those_of_their_page() -> None:
    masks = [a_mask(row=None, page=2, area=(0, SCALE // 2, SCALE, SCALE // 4))]

    assert (rules.boxes(masks, 1), rules.boxes(masks, 2)) == ([], [(0.0, 0.5, 1.0, 0.25)])


def codes(reasons: object) -> list[str]:
    return [reason.code for reason in reasons]  # type: ignore[attr-defined]


def test_what_a_department_did_is_not_asked_about() -> None:
    assert codes(searches.unchosen(found(a_file(UNTREATED), act="cease"), GRANTED)) == []
    assert codes(searches.unchosen(found(a_file(UNTREATED)), GRANTED)) == ["finds_unchosen"]


def test_a_mask_without_a_choice_is_no_copy_laid_in_by_hand() -> None:
    by_hand = {Right.DISCLOSURE: RightOutcome(outcome=OutcomeName.GRANTED, enclosures=1)}
    touched = Treatment(masks=(a_mask(),))

    assert codes(searches.unchosen(found(a_file(UNTREATED)), by_hand)) == []
    assert codes(searches.unchosen(found(a_file(touched)), by_hand)) == ["finds_unchosen"]


@pytest.mark.parametrize(
    "held", [Treatment(choice=Choice.ENCLOSED, masks=(a_mask(),)), Treatment(choice=Choice.WITHHELD, ground="harm")]
)
def test_what_is_held_back_is_not_granted_whole(held: Treatment) -> None:
    assert codes(searches.told_whole(found(a_file(), a_file(held)), GRANTED)) == ["finds_held_back"]
    assert codes(searches.told_whole(found(a_file()), GRANTED)) == []


def test_more_than_a_letter_holds_goes_onto_a_disc() -> None:
    much = found(a_file(pages=MOST_PRINTED), a_file(pages=1))

    assert codes(searches.too_much_paper(much, GRANTED, ())) == ["finds_too_many_pages"]
    assert codes(searches.too_much_paper(much, GRANTED, (Right.DISCLOSURE,))) == []
    assert codes(searches.too_much_paper(much[:1], GRANTED, ())) == ["finds_too_many_pages"]
    assert codes(searches.too_much_paper(found(a_file(pages=MOST_PRINTED)), GRANTED, ())) == []
