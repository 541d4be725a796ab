"""What becomes of the mail: the same for the same seed, independent of other mail, and wholly accounted for."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.post_office.chance import dice
from lab.post_office.fates import (
    ROUND_TRIP,
    USUAL,
    Ending,
    Envelope,
    Fate,
    Found,
    Leaf,
    Machine,
    Odds,
    Page,
    Piece,
    Ruin,
    Wear,
    fate,
    mixed_up,
    must_be_found,
)
from workflows.request.values import FormName

SEEDS = st.integers(0, 10**9)
ROUGH = replace(
    ROUND_TRIP, page_missing=0.3, page_doubled=0.3, ruined=0.5, spoilt=0.5, mixed_up=0.6, returned_twice=0.3,
    lost_out=0.05, undeliverable=0.1, never_answered=0.05, lost_back=0.05, late=0.2,
)  # fmt: skip
PIECES = st.builds(
    Piece,
    name=st.text("0123456789-", min_size=1, max_size=12),
    forms=st.dictionaries(st.sampled_from(FormName), st.integers(1, 4), min_size=1),
    papers=st.lists(st.sampled_from(["passport", "resident_record"]), unique=True).map(tuple),
    slip=st.booleans(),
)


def pages_of(one: Fate) -> list[Page]:
    return [page for envelope in one.envelopes for page in envelope.pages]


@given(SEEDS, PIECES)
def test_the_same_seed_gives_the_same_fate(seed: int, piece: Piece) -> None:
    assert fate(seed, piece, ROUGH) == fate(seed, piece, ROUGH)


@given(SEEDS, st.lists(PIECES, min_size=2, max_size=6, unique_by=lambda piece: piece.name))
def test_the_fate_of_a_piece_does_not_depend_on_other_pieces(seed: int, pieces: list[Piece]) -> None:
    there = {piece.name: fate(seed, piece, ROUGH) for piece in pieces}
    back = {piece.name: fate(seed, piece, ROUGH) for piece in reversed(pieces)}

    assert there == back


def test_another_seed_gives_other_fates() -> None:
    piece = Piece("26-000001-D", {FormName.DISCLOSURE: 2})

    assert len({fate(seed, piece) for seed in range(50)}) > 40


@given(SEEDS, PIECES)
def test_a_fate_is_whole_whatever_it_is(seed: int, piece: Piece) -> None:
    one = fate(seed, piece, ROUGH)

    assert bool(one.envelopes) == (one.ending is Ending.RETURNED)
    assert (one.reason is not None) == (one.day is not None) == (one.ending is Ending.UNDELIVERABLE)
    assert [envelope.day for envelope in one.envelopes] == sorted({envelope.day for envelope in one.envelopes})
    assert all(envelope.day >= 2 for envelope in one.envelopes)
    assert {page.leaf for page in pages_of(one)} <= set(piece.leaves)


@given(SEEDS, PIECES)
def test_only_one_page_of_an_envelope_is_lost_doubled_or_ruined(seed: int, piece: Piece) -> None:
    forms = {leaf for leaf in piece.leaves if leaf.form is not None}

    for envelope in fate(seed, piece, ROUGH).envelopes:
        copies = Counter(page.leaf for page in envelope.pages if page.leaf.form is not None)
        assert sum(abs(copies[leaf] - 1) for leaf in forms) <= 1
        assert sum(page.wear.ruin is not None for page in envelope.pages) <= 1
        assert all(page.leaf.form is not None for page in envelope.pages if page.wear.ruin or page.wear.spoil)
        assert not any(page.wear.ruin and page.wear.spoil for page in envelope.pages)


@given(SEEDS, PIECES)
def test_the_truth_names_every_page_of_a_form_exactly_once(seed: int, piece: Piece) -> None:
    pages = pages_of(fate(seed, piece, ROUGH))

    truth = must_be_found([piece], pages)

    for form, count in piece.forms.items():
        readable = Counter(page.leaf.page for page in pages if page.leaf.form is form and page.wear.ruin is None)
        if not readable:
            assert (piece.name, form) not in truth
            continue
        found = truth[piece.name, form]
        assert found.pages == count
        assert set(found.missing) == set(range(1, count + 1)) - set(readable)
        assert set(found.doubled) == {page for page, often in readable.items() if often > 1}


@given(SEEDS, st.lists(PIECES, min_size=1, max_size=8, unique_by=lambda piece: piece.name))
def test_mixing_up_loses_and_makes_no_page(seed: int, pieces: list[Piece]) -> None:
    envelopes = [envelope for piece in pieces for envelope in fate(seed, piece, ROUGH).envelopes]

    mixed = mixed_up(seed, envelopes, ROUGH)

    def lying(opened: list[Envelope]) -> Counter[Page]:
        return Counter(page for envelope in opened for page in envelope.pages)

    assert lying(mixed) == lying(envelopes)
    assert mixed == mixed_up(seed, envelopes, ROUGH)


def test_mixing_up_puts_two_peoples_pages_into_one_envelope() -> None:
    pieces = [Piece(f"{number}", {FormName.DISCLOSURE: 2}) for number in range(40)]
    envelopes = [envelope for piece in pieces for envelope in fate(3, piece, ROUND_TRIP).envelopes]

    mixed = mixed_up(3, envelopes, replace(ROUND_TRIP, mixed_up=0.5))

    assert any(len({page.piece for page in envelope.pages}) == 2 for envelope in mixed)


@pytest.mark.parametrize(
    ("odds", "ending"),
    [
        ("lost_out", Ending.LOST_ON_THE_WAY_OUT),
        ("undeliverable", Ending.UNDELIVERABLE),
        ("never_answered", Ending.NEVER_ANSWERED),
        ("lost_back", Ending.LOST_ON_THE_WAY_BACK),
    ],
)
def test_what_is_certain_always_happens(odds: str, ending: Ending) -> None:
    never: Odds = replace(USUAL, lost_out=0, undeliverable=0, never_answered=0, lost_back=0)
    piece = Piece("26-000001-D", {FormName.DISCLOSURE: 2})

    certain: Odds = replace(never, **{odds: 1.0})  # type: ignore[arg-type]

    assert {fate(seed, piece, certain).ending for seed in range(30)} == {ending}
    assert {fate(seed, piece, never).ending for seed in range(30)} == {Ending.RETURNED}


def test_each_enclosure_can_be_wrong_as_often_as_the_odds_say() -> None:
    pieces = [Piece(f"{number}", {FormName.DISCLOSURE: 2}, ("passport",)) for number in range(2000)]

    envelopes = [envelope for piece in pieces for envelope in fate(1, piece, USUAL).envelopes]

    def share(count: int) -> float:
        return count / len(envelopes)

    missing = sum(not any(page.leaf.paper for page in envelope.pages) for envelope in envelopes)
    short = sum(sum(page.leaf.form is not None for page in envelope.pages) == 1 for envelope in envelopes)
    assert share(missing) == pytest.approx(USUAL.paper_missing, abs=0.02)
    assert share(short) == pytest.approx(USUAL.page_missing, abs=0.015)
    assert share(sum(not envelope.signed for envelope in envelopes)) == pytest.approx(USUAL.unsigned, abs=0.02)
    assert share(sum(envelope.outdated for envelope in envelopes)) == pytest.approx(USUAL.outdated, abs=0.008)
    assert {page.wear.machine for envelope in envelopes for page in envelope.pages} == set(Machine)


def test_a_late_return_comes_after_the_case_has_lapsed() -> None:
    piece = Piece("26-000001-D", {FormName.DISCLOSURE: 2})

    days = [fate(seed, piece, replace(ROUND_TRIP, late=1)).envelopes[0].day for seed in range(50)]

    # Forty working days are eight weeks, without a holiday.
    assert min(days) >= 56


def test_what_no_machine_can_read_is_missing_from_its_form() -> None:
    piece = Piece("A", {FormName.DISCLOSURE: 2})
    clean, ruined = Wear(Machine.SCANNER), Wear(Machine.SCANNER, ruin=Ruin.TORN)
    pages = [Page("A", Leaf(FormName.DISCLOSURE, 1), 1, clean), Page("A", Leaf(FormName.DISCLOSURE, 2), 1, ruined)]

    assert must_be_found([piece], pages) == {("A", FormName.DISCLOSURE): Found(2, (2,), ())}


def test_dice_fall_the_same_for_the_same_matter_only() -> None:
    assert dice(1, "a", 2).random() == dice(1, "a", 2).random()
    assert len({dice(1, "a", 2).random(), dice(1, "a2").random(), dice(2, "a", 2).random()}) == 3
