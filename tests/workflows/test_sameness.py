"""Whether two people of one name are one: what is known of each, and the answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.request.sameness import Sameness, Traits, sameness

SAME, PERHAPS, ANOTHER = Sameness.SAME, Sameness.PERHAPS, Sameness.ANOTHER

TABLE: list[tuple[Traits, Traits, Sameness]] = [
    # a birth date known of both settles it, whatever else is known
    (Traits(birth="a"), Traits(birth="a"), SAME),
    (Traits(birth="a"), Traits(birth="b"), ANOTHER),
    (Traits(birth="a", address="x"), Traits(birth="a", address="y"), SAME),
    (Traits(birth="a", address="x", email="m"), Traits(birth="b", address="x", email="m"), ANOTHER),
    # known of one alone, it settles nothing; anything else that agrees makes them one
    (Traits(birth="a", address="x"), Traits(address="x"), SAME),
    (Traits(address="x", phone="1"), Traits(address="y", phone="1"), SAME),
    (Traits(address="x", email="m"), Traits(address="y", email="m"), SAME),
    (Traits(birth="a", address="x"), Traits(address="y"), PERHAPS),
    (Traits(address="x", phone="1", email="m"), Traits(address="y", phone="2", email="n"), PERHAPS),
    # nothing that both have: the name is all there is
    (Traits(), Traits(), SAME),
    (Traits(address="x"), Traits(phone="1"), SAME),
    (Traits(birth="a"), Traits(address="x"), SAME),
]


@pytest.mark.requirement("F6", "F7")
@pytest.mark.parametrize(("one", "other", "are"), TABLE)
def test_people_of_one_name_are_judged_by_what_else_is_known(one: Traits, other: Traits, are: Sameness) -> None:
    assert sameness(one, other) is are


known = st.none() | st.sampled_from("ab")
traits = st.builds(Traits, birth=known, address=known, phone=known, email=known)


@given(traits, traits)
def test_it_does_not_matter_who_asked_first(one: Traits, other: Traits) -> None:
    assert sameness(one, other) is sameness(other, one)
    assert sameness(one, one) is SAME


@given(traits, traits)
def test_nobody_is_another_person_for_having_moved(one: Traits, other: Traits) -> None:
    if sameness(one, other) is ANOTHER:
        assert None not in (one.birth, other.birth)
        assert one.birth != other.birth
