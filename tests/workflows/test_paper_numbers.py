"""One number of a paper, read and typed in many ways, is one; two numbers are two."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.request import paper_numbers

LICENCE, RECORD = "drivers_licence", "driving_record_certificate"
CARD, SPECIAL = "residence_card", "special_permanent_resident_certificate"


def same(document_type: str, one: str, other: str) -> bool:
    return paper_numbers.compared(document_type, one) == paper_numbers.compared(document_type, other)


@pytest.mark.requirement("F6")
@pytest.mark.parametrize(
    ("document_type", "one", "other"),
    [
        (LICENCE, "305012345670", "3O5O12345670"),
        (LICENCE, "305012345670", "3o5o1234567O"),
        (LICENCE, "305012345670", "3050-1234-5670"),
        (LICENCE, "305012345670", "３０５０ １２３４ ５６７０"),
        (LICENCE, "305012345670", "第305012345670号"),
        (LICENCE, "305012345670", "No. 305012345670"),
        (LICENCE, "305012345670", "305Ol2345670"),
        (LICENCE, "305012345670", "3〇5〇12345670"),
        (LICENCE, "305012345670", "3\u041e5012345670"),  # a Cyrillic O
        (LICENCE, "305012345670", "3050ー1234ー5670"),
        (RECORD, "305012345670", "3O5O12345670"),
        ("passport", "TO1234567", "T01234567"),
        ("passport", "TO1234567", "TOI234567"),
        ("passport", "TK1234560", "tk 123456O"),
        ("passport", "ＴＫ１２３４５６０", "TK1234560"),
        ("passport", "C01X00T47", "CO1XOOT47"),  # not of Japan: letters anywhere
        (CARD, "AB12345670CD", "AB1234567OCD"),
        (CARD, "OB12345670CO", "0B12345670C0"),
        (CARD, "AB12345670CI", "AB 1234 5670 C1"),
        (SPECIAL, "AB12345670CD", "ab-12345670-cd"),
        (SPECIAL, "IB12345678OD", "1B123456780D"),
    ],
)
def test_one_number_read_in_two_ways_is_one(document_type: str, one: str, other: str) -> None:
    assert same(document_type, one, other)


@pytest.mark.requirement("F6")
@pytest.mark.parametrize(
    ("document_type", "one", "other"),
    [
        (LICENCE, "305012345670", "305012345671"),
        (LICENCE, "305012345670", "30501234567"),
        (LICENCE, "305012345670", "350012345670"),
        ("passport", "TK1234567", "TL1234567"),
        ("passport", "TO1234567", "TD1234567"),
        (CARD, "AB12345670CD", "AB12345670DC"),
    ],
)
def test_two_numbers_stay_two(document_type: str, one: str, other: str) -> None:
    assert not same(document_type, one, other)


def test_only_the_two_papers_of_driving_are_numbered_together() -> None:
    kinds = [paper_numbers.kind(document_type) for document_type in (LICENCE, RECORD, "passport", CARD, SPECIAL)]

    assert kinds[0] == kinds[1]
    assert len(set(kinds)) == 4


def test_the_shapes_are_those_printed_on_the_papers() -> None:
    printed = {LICENCE: "305012345670", "passport": "TK1234567", CARD: "AB12345678CD", SPECIAL: "AB12345678CD"}

    assert all(paper_numbers.compared(document_type, number) == number for document_type, number in printed.items())


@given(
    st.sampled_from([LICENCE, "passport", CARD, SPECIAL]),
    st.text("0123456789ABCIOLZ", min_size=1, max_size=14),
    st.data(),
)
def test_whoever_takes_o_for_0_and_i_for_1_anywhere_names_the_same_number(
    document_type: str, number: str, data: st.DataObject
) -> None:
    taken = {"O": "0", "0": "O", "I": "1", "1": "I"}
    misread = "".join(taken[sign] if sign in taken and data.draw(st.booleans()) else sign for sign in number)
    spaced = re.sub("(.{3})", r"\1 -", misread)

    assert same(document_type, number, misread)
    assert same(document_type, number, spaced)
