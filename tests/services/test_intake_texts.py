"""The border: which texts are taken as they are, and which are refused with what would work."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake import parse
from services.intake.text import flaw, tidy
from tests.services.handed_in import an_opening, faults_of, payload_or_faults
from workflows.request.payloads import Amend, Decide, Open, ReceiveForms

# -- text ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("見本\u202e花子", "U+202E RIGHT-TO-LEFT OVERRIDE is a control character"),
        ("見本\x00花子", "U+0000 is a control character"),
        ("見本\n花子", "U+000A is a control character"),
        ("見本\x1b[31m", "U+001B is a control character"),
        ("見本\u2028花子", "U+2028 LINE SEPARATOR is a control character"),
        ("見本\u200b花子", "U+200B ZERO WIDTH SPACE is an invisible character"),
        ("\ufeff見本", "U+FEFF ZERO WIDTH NO-BREAK SPACE is an invisible character"),
        ("見本\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A is an invisible character"),
        ("\u3164", "U+3164 HANGUL FILLER"),
        ("\u2800 \u200d", "U+2800 BRAILLE PATTERN BLANK"),
        ("見本\ud842", "U+D842 is half of a surrogate pair"),
        ("見本\ue000", "U+E000 is a private-use character"),
        ("見本\ufffd", "U+FFFD REPLACEMENT CHARACTER"),
        ("見本\uffff", "U+FFFF"),
    ],
)
def test_a_name_that_cannot_be_printed_is_refused_with_its_code_point(name: str, message: str) -> None:
    assert message in faults_of(Open, an_opening(subject={"name": name}))["subject.name"]
    assert message in faults_of(Open, an_opening(subject={"name": "見本", "address": name}))["subject.address"]


@pytest.mark.parametrize(
    "name",
    [
        "髙橋 﨑子",
        "葛\U000e0100城 花子",
        "𠮷野 太郎",
        "O'Brien, Seán",
        "Łukasz Żółć",
        "神 \ufa19",
        "ｶﾅ ﾀﾛｳ",
        "{{7*7}} <script>",
        "=HYPERLINK('x')",
        "山田　太郎",
    ],
)
def test_a_name_is_kept_as_it_is_written(name: str) -> None:
    assert parse(Open, an_opening(subject={"name": name})).subject.name == name


def test_equal_names_become_equal_bytes() -> None:
    composed, apart = "ガブリエル José", "カ\u3099ブリエル Jose\u0301"

    assert parse(Open, an_opening(subject={"name": f"  {apart}\t"})).subject.name == composed


@given(st.text(max_size=50))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(
    st.text(
        alphabet=st.characters(
            categories=("L", "N", "P", "S"), exclude_characters="\u115f\u1160\u3164\uffa0\u2800\ufffd"
        )
    )
)
def test_letters_digits_and_signs_are_never_refused(text: str) -> None:
    assert flaw(text) is None


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (an_opening(subject={"name": "あ" * 201}), "subject.name"),
        (an_opening(subject={"name": "見本", "address": "あ" * 501}), "subject.address"),
        (an_opening(note="あ" * 10_001), "note"),
        (an_opening(subject={"name": " "}), "subject.name"),
        (an_opening(subject={"name": "見本", "email": "hanako"}), "subject.email"),
        (an_opening(subject={"name": "見本", "email": "a@example.com\nBcc: b@example.com"}), "subject.email"),
        (an_opening(subject={"name": "見本", "country": "Atlantis"}), "subject.country"),
        (an_opening(subject={"name": "見本", "phone": "110"}), "subject.phone"),
        (an_opening(subject={"name": "見本", "postcode": "100-001"}), "subject.postcode"),
        (an_opening(subject="見本 花子"), "subject"),
        (an_opening(address_on_record=1), "address_on_record"),
    ],
)
def test_each_field_has_its_bounds(data: dict[str, Any], field: str) -> None:
    assert set(faults_of(Open, data)) == {field}


def test_the_longest_of_each_is_accepted() -> None:
    subject = {"name": "あ" * 50, "address": "い" * 150, "kana": "う" * 200}

    payload = parse(Open, an_opening(subject=subject, note="う" * 10_000))

    assert (len(payload.subject.name), len(payload.subject.address or ""), len(payload.note or "")) == (50, 150, 10_000)


def test_postcodes_and_telephones_are_kept_in_half_width() -> None:
    subject = {
        "name": "見本",
        "postcode": "１００ー０００１",
        "phone": "０３−００００−００００",
        "email": "ａ@example.com",
    }

    read = parse(Open, an_opening(subject=subject)).subject

    assert (read.postcode, read.phone, read.email) == ("100-0001", "03-0000-0000", "a@example.com")


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates() | st.datetimes()
wild = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "type", "x"]), inner),
)


@given(st.dictionaries(st.sampled_from([*Open.__dataclass_fields__, *ReceiveForms.__dataclass_fields__]), wild))
@settings(max_examples=200)
def test_whatever_is_handed_in_the_answer_is_a_payload_or_faults(data: dict[str, Any]) -> None:
    for kind in (Open, Amend, ReceiveForms, Decide):
        answer = payload_or_faults(parse, kind, data)

        assert isinstance(answer, kind) or "".join(map(str, answer)).encode()


# -- the CSV of an import -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("見本 \U00012000子", "U+12000"),
        ("\U00031350", "U+31350"),
        ("می\u200cخواهم", "U+0645"),
        ("A \U0001f9ff", "U+1F9FF"),
    ],
)
def test_a_name_no_font_carries_is_refused_by_its_character_before_a_case_is_opened(name: str, named: str) -> None:
    faults = faults_of(Open, an_opening(subject={"name": name}))

    assert named in faults["subject.name"]
