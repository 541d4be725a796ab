"""Papers fill the slots of a rule: whatever the slots and the papers, no better filling exists."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from workflows.law.matching import Filled, Kind, easiest, fill, together
from workflows.law.proving import ANY, Age, Slot, Unit, Way

CODES = ("a", "b", "c", "d")
SLOTS = [Slot((code,)) for code in "wxyz"]


def by_trying(way: Way, kinds: Sequence[Kind], groups: Sequence[frozenset[str]]) -> tuple[int, int]:
    """Return the least that can be missing, and then be masked, by trying everything."""
    best = [(len(way), 0)]

    def go_on(slot: int, used: frozenset[str], missing: int, masked: int) -> None:
        if slot == len(way):
            best.append((missing, masked))
            return
        go_on(slot + 1, used, missing + 1, masked)
        for kind in kinds:
            barred = kind.code in used or any(kind.code in group and used & group for group in groups)
            if not barred and way[slot] in kind.fills:
                go_on(slot + 1, used | {kind.code}, missing, masked)
            elif not barred and way[slot] in kind.fills_masked:
                go_on(slot + 1, used | {kind.code}, missing, masked + 1)

    go_on(0, frozenset(), 0, 0)
    return min(best)


ways = st.lists(st.sampled_from(SLOTS), min_size=1, max_size=4).map(tuple)
slots = st.frozensets(st.sampled_from(SLOTS), max_size=3)
kinds = st.lists(st.sampled_from(CODES), unique=True, max_size=4).flatmap(
    lambda codes: st.tuples(*(st.builds(Kind, st.just(code), slots, slots) for code in codes))
)
groups = st.lists(st.frozensets(st.sampled_from(CODES), min_size=2, max_size=3), max_size=2)


@given(ways, kinds, groups)
def test_no_better_filling_exists(way: Way, held: tuple[Kind, ...], only_one_of: list[frozenset[str]]) -> None:
    assert fill(way, held, only_one_of).cost == by_trying(way, held, only_one_of)


@given(ways, kinds, groups)
def test_a_filling_is_one(way: Way, held: tuple[Kind, ...], only_one_of: list[frozenset[str]]) -> None:
    filled = fill(way, held, only_one_of)

    assert len(filled.used) == len(set(filled.used)) == len(way) - len(filled.missing)
    assert all(len(group & set(filled.used)) <= 1 for group in only_one_of)
    assert set(filled.to_mask) <= set(filled.used)


@given(ways, kinds, groups, st.builds(Kind, st.just("e"), slots, slots))
def test_a_paper_more_never_leaves_more(
    way: Way, held: tuple[Kind, ...], only_one_of: list[frozenset[str]], more: Kind
) -> None:
    assert fill(way, (*held, more), only_one_of).cost <= fill(way, held, only_one_of).cost


def test_the_first_paper_that_fits_is_not_always_the_one_to_take() -> None:
    """A licence fits both slots, a passport only the first: whoever gives the first slot the licence asks for more."""
    photo, licence = Slot(("photo",)), Slot(("licence",))

    filled = fill(
        (photo, licence), [Kind("licence", frozenset({photo, licence})), Kind("passport", frozenset({photo}))]
    )

    assert filled.is_complete


# ---- what is worth telling ------------------------------------------------------------------------------------------

PHOTO, PAPER, RECORD = Slot(("photo",)), Slot(("no_photo",)), Slot(("resident_record",))


def left(*missing: Slot) -> Filled:
    return Filled(missing, missing, (), ())


def test_a_way_that_asks_for_all_another_does_and_more_is_not_told() -> None:
    told = easiest([left(PAPER, RECORD), left(RECORD), left(PHOTO)])

    assert [one.missing for one in told] == [(RECORD,), (PHOTO,)]


def test_one_paper_serves_every_rule_it_can() -> None:
    anything, licences = Slot((ANY,)), Slot(("drivers_licence", "passport"))
    passports = Slot(("passport", "residence_card"), within=Age(30, Unit.DAYS))

    assert together([[(PHOTO,)], [(anything,)]]) == [(PHOTO,)]
    assert together([[(licences,)], [(passports,)]]) == [(Slot(("passport",), within=Age(30, Unit.DAYS)),)]
    assert together([[(PHOTO,)], [(RECORD,)]]) == [(PHOTO, RECORD)]
    assert together([]) == [()]
