"""What is accepted at the counter can be made into a letter: the window is measured before it is set."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lab.letters_sheet import a_letter
from services.intake import BadInput, parse
from services.letters import profile
from services.letters.profile import BadProfile
from services.letters.typesetting import TypesettingFailed, typeset
from settings import PROJECT
from tests.services.paper import squeezed, text_of
from workflows.engine.values import Language
from workflows.request.payloads import Amend, Inquiry, Open
from workflows.request.values import LetterKind, Person

CONTACT: dict[str, Any] = {"rights": ["disclosure"], "category": "customer", "channel": "post", "language": "en"}
TOO_LONG = {
    "address": ("東京都千代田区架空町一丁目" * 19)[:240],
    "name": "見本" * 30,
    "postcode": "〒100-0001東京中央",
}


def opened(**subject: str | None) -> Person:
    read: Person = parse(Open, {**CONTACT, "subject": subject}, language="en").subject
    return read


def faults_of(kind: type[Any], data: dict[str, Any], language: str = "en") -> dict[str, str]:
    with pytest.raises(BadInput) as bad:
        parse(kind, data, language=language)
    return {fault.field: fault.message for fault in bad.value.faults}


def is_made(person: Person, language: Language) -> bool:
    content = a_letter(LetterKind.REMINDER, language)
    addressee = replace(
        content.addressee,
        name=person.name,
        address=person.address or "",
        postcode=person.postcode,
        country=person.country,
    )
    try:
        made = typeset(replace(content, addressee=addressee, subject_name=person.name))
    except TypesettingFailed:
        return False
    return squeezed(person.name)[:20] in squeezed(text_of(made.pdf)) or not person.name.isascii()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_an_address_of_240_characters_is_refused_where_it_is_typed_and_told_what_fits(language: str) -> None:
    address = TOO_LONG["address"]

    asking = faults_of(
        Inquiry,
        {"about": "moved", "channel": "phone", "language": "en", "person": {"name": "Jane", "address": address}},
        language,
    )
    opening = faults_of(Open, {**CONTACT, "subject": {"name": "Jane", "address": address}}, language)
    amending = faults_of(Amend, {"why": "moved", "subject": {"address": address}}, language)

    assert list(asking) == ["person.address"]
    assert list(opening) == list(amending) == ["subject.address"]
    for number in ("240", "8", "5", "150"):
        assert number in opening["subject.address"]
    assert opening["subject.address"] == amending["subject.address"]


@pytest.mark.parametrize("party", ["subject", "representative"])
def test_a_name_too_long_for_its_lines_is_refused_for_both_parties(party: str) -> None:
    name = "Maximiliana Alexandrina " * 5
    people = {"subject": {"name": "Jane"}, "representative": {"name": "John", "kind": "agent"}}
    people[party] = {**people[party], "name": name}

    assert list(faults_of(Open, {**CONTACT, **people})) == [f"{party}.name"]


def test_a_postcode_that_no_font_carries_or_no_line_holds_is_refused() -> None:
    assert list(faults_of(Open, {**CONTACT, "subject": {"name": "Jane", "postcode": "😀"}})) == ["subject.postcode"]
    assert opened(name="Jane", country="GB", postcode="W" * 20).postcode == "W" * 20


def test_the_longest_honest_ones_are_accepted() -> None:
    longest = opened(
        name="Wolfeschlegelsteinhausenbergerdorff Adolph Blaine Charles David Earl Frederick",
        address="京都府京都市東山区三条通南二筋目白川筋西入二丁目北側南木之元町架空町一丁目二番地の三 "
        "グランドメゾン架空見本ヒルズ東館タワー棟一二三四号室 株式会社見本方",
        postcode="605-0001",
        country="JP",
    )

    assert all(is_made(longest, language) for language in Language)


def card_with(home: Path, **changes: str) -> None:
    """Write a home's own card, the project's with other values."""
    card = (PROJECT / "organisation.toml").read_text("utf-8")
    for name, value in changes.items():
        card = re.sub(rf"^{name} = .*$", f"{name} = {json.dumps(value, ensure_ascii=False)}", card, flags=re.MULTILINE)
    (home / "organisation.toml").write_text(card, "utf-8")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("address_ja", "東京都港区赤坂架空町一丁目" * 12, "address_ja, name_ja are too long"),
        ("address_en", "Invented Tower, Nowhere-dori, " * 12, "address_en, name_en are too long"),
        ("unit_ja", "窓口😀", "U+1F600"),
    ],
)
def test_a_card_that_no_letter_could_carry_is_refused_by_field(home: Path, field: str, value: str, told: str) -> None:
    card_with(home, **{field: value})

    with pytest.raises(BadProfile, match=re.escape(told)):
        profile._read(home / "organisation.toml")


@pytest.mark.parametrize("language", Language)
def test_the_longest_return_address_that_is_accepted_is_printed(home: Path, language: Language) -> None:
    content = a_letter(LetterKind.REMINDER, language)
    accepted = []
    for length in range(60, 200, 10):
        card_with(home, **{f"address_{language}": "架空町一丁目" * (length // 6), f"name_{language}": "見本商会"})
        try:
            accepted.append(profile._read(home / "organisation.toml").card)
        except BadProfile:
            break
        finally:
            profile._read.cache_clear()

    assert 2 <= len(accepted) < 14
    assert typeset(replace(content, organisation=accepted[-1])).pages


_SIGNS = st.sampled_from("Wwi1lM.-,  　、。ーっょ々亜見髙葛ヴォ・「」（）ＷｉÅß—…‥'\"/#$@ﾊﾟ")
_TEXTS = st.lists(_SIGNS, min_size=1, max_size=300).map("".join) | st.builds(
    lambda words, much: " ".join(words) * much,
    st.lists(st.text("Wimoaeー見本。、1-", min_size=1, max_size=30), min_size=1, max_size=8),
    st.integers(1, 5),
)


@settings(max_examples=60)
@given(
    name=_TEXTS,
    address=_TEXTS,
    postcode=st.sampled_from([None, "100-0001", "W" * 20]),
    country=st.sampled_from([None, "GB", "JP", "ZZ"]),
    language=st.sampled_from(Language),
)
@example(name="見" * 50, address="亜" * 150, postcode="W" * 20, country="GB", language=Language.JA)
@example(name="見" * 70, address="亜" * 150, postcode="W" * 20, country="GB", language=Language.JA)
@example(name="見" * 50, address="亜" * 180, postcode="W" * 20, country="GB", language=Language.JA)
@example(name="あ" * 50, address="い" * 150, postcode="100-0001", country=None, language=Language.EN)
@example(name="W" * 38, address="W" * 150, postcode="W" * 20, country="KR", language=Language.EN)
@example(name="ー" * 50, address="。" * 150, postcode="W" * 20, country="KR", language=Language.JA)
def test_whatever_is_accepted_is_made_into_a_letter(
    name: str, address: str, postcode: str | None, country: str | None, language: Language
) -> None:
    try:
        person = opened(name=name[:200], address=address[:500], postcode=postcode, country=country)
    except BadInput:
        return

    assert is_made(person, language)
