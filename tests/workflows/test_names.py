"""Names of the staff: nobody's can be taken for another's, and none is refused without a reason."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.names import folded, looks, name_fault
from workflows.words import say
from workflows.words.office import SENTENCES


@pytest.mark.parametrize(
    "name",
    [
        "sato", "Sato", "uid-10001", "o'neill", "EXAMPLE\\sato", "sato@example.com", "j.van-der-berg", "svc_1", "Zoë",
        "Łukasz", "佐藤", "さとう", "サトー", "佐藤 花子", "佐々木", "佐藤hanako", "見本・一郎", "Иван", "Νίκος",
        "김민수", "10001", "John Smith",
    ],
)  # fmt: skip
def test_a_name_people_have_is_a_name(name: str) -> None:
    assert name_fault(name, ["tanaka", name]) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name.length"),
        (" sato", "name.length"),
        ("x" * 81, "name.length"),
        ("system", "name.reserved"),
        ("System", "name.reserved"),
        ("ｓｙｓｔｅｍ", "name.reserved"),
        ("ѕуѕтем", "name.reserved"),  # Cyrillic throughout
        ("ｓａｔｏ", "name.spelling"),
        ("ﾀﾅｶ", "name.spelling"),
        ("ﬁlip", "name.spelling"),  # a ligature
        ("s\u0430to", "name.scripts"),  # a Cyrillic a
        ("sat\u03bf", "name.scripts"),  # a Greek omicron
        ("佐藤\u0430", "name.scripts"),
        ("김さとう", "name.scripts"),
        ("sa\u200bto", "name.unseen"),  # zero width space
        ("sa\u00adto", "name.unseen"),  # soft hyphen
        ("sa\u202eto", "name.unseen"),  # right to left override
        ("sa\u3164to", "name.unseen"),  # Hangul filler, a letter by category
        ("sato\ufe0f", "name.unseen"),  # variation selector
        ("two\nlines", "name.unseen"),
        ("\x1b[31msato", "name.unseen"),
        ("sa\ud800to", "name.unseen"),
        ("sᴀto", "name.character"),  # a small capital A
        ("sɑto", "name.character"),
        ("sato (by root)", "name.character"),
        ("sa  to", "name.character"),
        ("sato✓", "name.character"),
        ("...", "name.no_letter"),
    ],
)
def test_a_name_that_hides_something_is_refused_with_its_reason(name: str, code: str) -> None:
    fault = name_fault(name, ["tanaka"])

    assert fault is not None
    assert fault.code == code
    for language in ("ja", "en"):
        assert code not in say(fault, language)


@pytest.mark.parametrize(
    ("name", "other", "code"),
    [
        ("Sato", "sato", "name.taken"),
        ("SATO", "sato", "name.taken"),
        ("STRASSE", "straße", "name.taken"),
        ("satO", "sat0", "name.looks_like"),
        ("Ito", "lto", "name.looks_like"),
        ("k1m", "kim".replace("i", "l"), "name.looks_like"),
        ("arno", "amo", "name.looks_like"),
        ("сосо", "coco", "name.looks_like"),  # Cyrillic throughout
        ("ニ宮", "二宮", "name.looks_like"),  # a katakana ni for the kanji two
        ("タ子", "夕子", "name.looks_like"),
        ("ヘい", "へい", "name.looks_like"),
    ],
)
def test_two_people_never_have_names_one_could_take_for_each_other(name: str, other: str, code: str) -> None:
    fault = name_fault(name, ["tanaka", other])
    back = name_fault(other, ["tanaka", name])

    assert fault is not None
    assert back is not None
    assert fault.code == back.code == code
    assert fault.params == {"other": other}


@given(st.text(max_size=12), st.text(max_size=12))
def test_no_two_names_that_are_both_taken_are_one_after_folding(one: str, other: str) -> None:
    if name_fault(one) is None and name_fault(other, [one]) is None and one != other:
        assert folded(one) != folded(other)
        assert looks(one) != looks(other)
    if name_fault(one) is None:
        assert unicodedata.normalize("NFKC", one) == one
        assert one.isprintable()


def test_every_reason_against_a_name_has_words_of_its_own() -> None:
    assert {code for code in SENTENCES if code.startswith("name.")} == {
        "name.length", "name.unseen", "name.spelling", "name.character", "name.no_letter", "name.scripts",
        "name.reserved", "name.taken", "name.looks_like", "name.service",
    }  # fmt: skip
