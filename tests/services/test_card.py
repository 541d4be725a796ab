"""The office's card as it wants to appear: who answers for personal information, the seal, how years are counted."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lab.letters_sheet import OFFICE, a_letter
from services.letters import profile, stationery
from services.letters.profile import BadProfile, organisation
from services.letters.typesetting import TypesettingFailed, typeset
from settings import PROJECT, settings
from tests.services.paper import squeezed, text_of
from workflows.engine.values import Language
from workflows.letters import Organisation, Seal, Years
from workflows.request.values import LetterKind


@pytest.fixture
def own_card(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of the office's own card; its home is the one that counts."""
    monkeypatch.setenv("MADOGUCHI_HOME", str(home))
    settings.cache_clear()
    return home / "organisation.toml"


def card_with(file: Path, **lines: str) -> Organisation:
    """Write the sample card with some lines changed or added, and return what is read."""
    kept = [
        line
        for line in (PROJECT / "organisation.toml").read_text("utf-8").splitlines()
        if line.split(" ")[0] not in lines
    ]
    file.write_text("\n".join([*kept, *(f'{name} = "{value}"' for name, value in lines.items())]), "utf-8")
    profile._read.cache_clear()
    return organisation()


def reminder(card: Organisation, language: Language) -> str:
    return squeezed(text_of(typeset(replace(a_letter(LetterKind.REMINDER, language), organisation=card)).pdf))


def test_a_card_without_a_word_of_it_prints_neither_officer_nor_seal_and_western_years(own_card: Path) -> None:
    card = card_with(own_card)

    assert (card.officer_ja, card.seal, card.years) == ("", Seal.NONE, Years.WESTERN)
    assert "2027年1月22日" in reminder(card, Language.JA)
    assert "印" not in reminder(card, Language.JA)


@pytest.mark.parametrize(
    ("language", "seal", "wanted"),
    [
        (Language.JA, "omitted", ["個人情報保護管理者見本太郎", "（公印省略）", "令和9年1月22日", "令和8年11月24日"]),
        (Language.EN, "omitted", ["TaroMihon,PrivacyOfficer", "(issuedwithouttheoffice'sseal)", "22January2027"]),
        (Language.JA, "place", ["個人情報保護管理者見本太郎", "印", "令和9年1月22日"]),
    ],
)
def test_officer_seal_and_years_are_printed_as_the_office_wants(
    own_card: Path, language: Language, seal: str, wanted: list[str]
) -> None:
    officer = {"officer_ja": "個人情報保護管理者　見本 太郎", "officer_en": "Taro Mihon, Privacy Officer"}
    card = card_with(own_card, years="japanese", seal=seal, **officer)

    told = reminder(card, language).replace("’", "'")

    assert [words for words in wanted if words not in told] == []
    assert "2027年" not in told


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ({"seal": "round"}, "profile.choice"),
        ({"years": "chinese"}, "profile.choice"),
        ({"country": "England"}, "profile.country"),
        ({"officer_ja": "見本 太郎"}, "profile.officer"),
        ({"officer_ja": "見本 太郎\U0001f600", "officer_en": "Taro"}, "profile.unprintable"),
    ],
)
def test_what_cannot_be_is_named(own_card: Path, lines: dict[str, str], code: str) -> None:
    with pytest.raises(BadProfile) as bad:
        card_with(own_card, **lines)

    assert [reason.code for reason in bad.value.reasons] == [code]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2020, 1, 1), "令和2年1月1日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1989, 1, 8), "平成元年1月8日"),
    ],
)
def test_an_era_begins_on_its_day_and_its_first_year_has_a_name(day: date, said: str) -> None:
    assert stationery.day(day, Language.JA, Years.JAPANESE) == said
    assert stationery.day(day, Language.EN, Years.JAPANESE).endswith(str(day.year))


def test_a_card_too_tall_for_its_place_is_refused_and_never_printed_over_the_letter() -> None:
    tall = replace(OFFICE, hours_ja="平日 9時30分から18時30分まで。" * 60)

    with pytest.raises(TypesettingFailed, match="does not fit beside the window"):
        reminder(tall, Language.JA)
