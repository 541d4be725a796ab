"""What letters say is true of the office and its law, and all of it is said in words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from lab.letters_sheet import OFFICE, a_letter
from services.letters import stationery
from services.letters.typesetting import typeset
from services.request.publishing import page
from settings import PROJECT
from tests.services.paper import EVERY, squeezed, text_of
from workflows import law
from workflows.engine.values import Language, Reason
from workflows.law.values import RECORDED_POST, Category, OutcomeName, RepresentativeKind, Right
from workflows.letters import Addressee, DeliveryWay, MailClass, MailExtra
from workflows.office import SOURCE, OfficeProcedure
from workflows.office.money import Due, Means
from workflows.office.reading import BadFile, parse
from workflows.office.start import Way
from workflows.request import letter_lines
from workflows.request.letters import RequestLetter
from workflows.request.rights import purposes
from workflows.request.values import Answer, LetterKind
from workflows.words import is_noun, say

CITY = replace(OFFICE, name_ja="例示市", name_en="City of Reiji")
COUNCIL = replace(CITY, name_ja="みほん州", name_en="Sampleshire Council", country="GB", postcode="SA1 1AA")
OF_A_COMPANY = re.compile(r"当社|貴社|弊社|自社|会社|\bcompan(?:y|ies)\b|\bbusiness\b", re.IGNORECASE)
JAPANESE = re.compile(
    r"簡易書留|特定記録|本籍|住民票|戸籍|マイナンバー|捺印|押印|記名|フリガナ|〒|registered domicile|My Number|"
    r"resident record|family register|\bseal(?:ed)?\b|katakana",
    re.IGNORECASE,
)


def read(text: str) -> OfficeProcedure:
    found = parse(text)
    assert not isinstance(found, BadFile), found.placed()
    return found


def of(card: object, regime: str, content: RequestLetter, **more: object) -> RequestLetter:
    return replace(content, organisation=card, regime=regime, **more)  # type: ignore[arg-type]


# ---- who speaks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_no_letter_of_a_public_body_speaks_as_a_company(kind: LetterKind, language: Language) -> None:
    content = of(CITY, "jp-public", a_letter(kind, language))

    assert OF_A_COMPANY.findall(squeezed(text_of(typeset(content).pdf))) == []


def test_the_word_of_the_office_itself_stands_in_its_letters() -> None:
    bill = a_letter(LetterKind.BILL, Language.JA)

    said = {we: squeezed(text_of(typeset(of(replace(CITY, we_ja=we), "jp-public", bill)).pdf)) for we in ("本市", "")}

    assert "本市の決定" in said["本市"]
    assert "当市の決定" in said[""]


def test_no_law_speaks_as_a_company() -> None:
    regimes = [law.regime(name) for name in law.names()]
    words = [text for regime in regimes for ground in regime.grounds.values() for text in (ground.ja, ground.en)]
    words += [appeal[language] for regime in regimes for appeal in regime.appeals for language in Language]

    assert len(words) > 100

    assert [text for text in words if re.search("当社|貴社|弊社|our compan", text)] == []


OWN_PURPOSE = """[[purpose]]
category = "customer"
code = "loans"
group = "services"
article = "APPI 32(1)(ii)"
ja = "{we}の融資のため"
en = "lending"
"""


def test_an_office_has_purposes_of_its_own_and_a_file_that_is_wrong_is_named(tmp_path: Path) -> None:
    file, before = tmp_path / "purposes.toml", law.further_folder()
    law.look_also_in(lambda: tmp_path)
    try:
        shipped = purposes(Category.CUSTOMER, "ja", date(2026, 11, 24), "当組合")
        file.write_text(OWN_PURPOSE, "utf-8")
        own, sound = purposes(Category.CUSTOMER, "ja", date(2026, 11, 24), "当組合"), law.faults()
        file.write_text(OWN_PURPOSE.replace("customer", "nobody"), "utf-8")
        wrong = law.faults()
    finally:
        law.look_also_in(before)

    assert len(shipped) > 5
    assert own == ("当組合の融資のため",)
    assert (sound, [*wrong]) == ({}, [file])


# ---- what its country knows -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "language"), [pair for pair in EVERY if pair[0] is not LetterKind.DISCLOSURE_NOTIFICATION]
)
def test_no_letter_under_another_countrys_law_gives_japanese_advice(kind: LetterKind, language: Language) -> None:
    content = of(COUNCIL, "uk-gdpr", a_letter(kind, language), missing=())
    content = replace(content, addressee=Addressee(name="T", postcode="SA1 2BB", address="12 Lane", country="GB"))

    assert JAPANESE.findall(text_of(typeset(content).pdf)) == []


def test_the_same_advice_stands_in_a_japanese_pack() -> None:
    told = text_of(typeset(a_letter(LetterKind.REQUEST_FORMS, Language.JA)).pdf)

    assert {"簡易書留", "本籍", "住民票", "記名", "フリガナ", "〒"} <= set(JAPANESE.findall(told))


@pytest.mark.parametrize("language", Language)
def test_a_letter_that_stays_in_its_country_names_none(language: Language) -> None:
    to = {country: Addressee(name="T", postcode="1", address="a", country=country) for country in ("GB", "JP")}

    def last(country: str, home: str) -> str:
        window = stationery.window(to[country], language, home)
        return (*window.before, window.name, *window.after)[-1]

    assert (last("GB", "GB") == "UNITED KINGDOM", last("JP", "JP") == "JAPAN") == (False, False)
    assert (last("GB", "JP"), last("JP", "GB")) == ("UNITED KINGDOM", "JAPAN")


def test_a_law_names_only_classes_of_post_that_leave_a_record() -> None:
    assert set(RECORDED_POST) == {str(post) for post in MailClass if post.tracked}


# ---- words, and nothing but words -----------------------------------------------------------------------------------

NO_WORDS = re.compile(
    r"\b[a-z]+(?:_[a-z]+)*\.[a-z_]+\b(?!@)|\b[a-z]+_[a-z_]+\b|\bNone\b|\{|\}|\[\]|(?<=\S)  +(?=\S)|。。|、、|\.\.|"
    r"（）|\(\)|：。|: ?\.|、。|, ?\.|　　"
)
"""A code, an empty list, a doubled blank or full stop, a value that is none."""
FREE = re.compile(r"[\w.]+@[\w.]+|ico\.org\.uk|[\w-]+\.toml|（　+）|（　　点）|\(number:　+\)|\(amount:　+\)")
"""Addresses, and room to write in."""

MINIMUM = "from = 2026-04-01\n"
NOT_TAKEN = 'not_accepted_ja = "お受けできません"\nnot_accepted_en = "not taken"\n'


def offices() -> Iterator[tuple[str, OfficeProcedure]]:
    """Yield an office for each way of beginning, not beginning, paying and answering."""
    yield "source", SOURCE
    for way in Way:
        yield (
            f"begins {way}",
            read(f'{MINIMUM}[start]\nways = ["contact", "{way}"]\n'.replace('"contact", "contact"', '"contact"')),
        )
        if way is not Way.CONTACT:
            yield f"refuses {way}", read(f'{MINIMUM}[start]\nways = ["contact"]\nnot_accepted = ["{way}"]\n{NOT_TAKEN}')
    for means, due in product(Means, (Due.WITH_FORMS, Due.AFTER_DECISION, Due.AFTER_IDENTITY)):
        billed = "" if due is Due.WITH_FORMS else 'pay_within = { weeks = 2 }\nunpaid = "lapse"\n'
        fee = f'[[fee]]\nrights = ["disclosure"]\namount = 300\nby = ["{means}"]\ndue = "{due}"\n{billed}'
        yield f"paid by {means} {due}", read(f"{MINIMUM}{fee}[fee_shortage]\nask = true\n")
    for answered in DeliveryWay:
        yield f"answers {answered}", read(f'{MINIMUM}[answer]\nways = ["{answered}"]\n')
    for post in MailClass:
        yield f"posts {post}", read(f'{MINIMUM}[answer]\nclass = "{post}"\n')
    for path in sorted((PROJECT / "samples" / "procedures").glob("*/procedure.toml")):
        yield path.parent.name, read(path.read_text(encoding="utf-8"))
    yield "everything", read((Path(__file__).parents[1] / "workflows/office/everything.toml").read_text("utf-8"))


OFFICES = dict(offices())


@cache
def no_words(text: str) -> list[str]:
    """Return what is no word for people; the same lines stand in many letters."""
    return NO_WORDS.findall(FREE.sub("", text))


def unworded(value: object) -> dict[str, list[str]]:
    """Return where a value says anything that is no word for people."""
    return {
        field: bad for field, text in stationery.texts(value).items()
        if not field.endswith(("name", "code")) and (bad := no_words(text))
    }  # fmt: skip


@pytest.mark.parametrize("office", OFFICES.values(), ids=OFFICES)
def test_what_follows_from_a_procedure_is_said_in_words(office: OfficeProcedure) -> None:
    regimes = [office.regime] if office.regime else ["jp-appi", "jp-public", "eu-gdpr", "uk-gdpr"]

    for regime, (kind, language) in product(regimes, EVERY):
        for representative in (None, RepresentativeKind.MINOR, RepresentativeKind.ADULT_WARD, RepresentativeKind.AGENT):
            content = replace(a_letter(kind, language), regime=regime, representative_kind=representative)
            assert unworded(content.told_under(office)) == {}
    for regime, language in product(regimes, Language):
        published = page(office, law.regime(regime), OFFICE, date(2026, 11, 24), language)
        assert unworded(replace(published, foot="", downloads=())) == {}


@pytest.mark.parametrize("name", law.names())
@pytest.mark.parametrize("language", Language)
def test_every_ground_of_every_law_is_said_in_words(name: str, language: Language) -> None:
    regime = law.regime(name)

    for ground in regime.grounds.values():
        for right in sorted(ground.rights & regime.rights.keys()) or [Right.DISCLOSURE]:
            answer = Answer(
                right=right,
                outcome="refused",  # type: ignore[arg-type]
                article=letter_lines.cited(regime.articles.get(right, ground.article), name, language),
                ground_article=letter_lines.cited(ground.article_for(right), name, language),
                ground_words=regime.shown(ground).words(language),
            )
            assert unworded(replace(answer, right="", outcome="")) == {}  # type: ignore[arg-type]


NAMED: dict[str, type[StrEnum]] = {
    "began": Way, "means": Means, "mail_class": MailClass, "mail_extra": MailExtra, "right": Right,
    "outcome": OutcomeName,
}  # fmt: skip


@pytest.mark.parametrize("group", NAMED)
def test_what_a_reason_names_by_a_code_has_a_word(group: str) -> None:
    assert [member for member in NAMED[group] if not is_noun(f"{group}.{member}")] == []


@pytest.mark.parametrize("way", Way)
def test_a_way_that_is_not_open_is_told_in_words(way: Way) -> None:
    reason = Reason("way_not_open", {"way": f"began.{way}", "known": [f"began.{known}" for known in Way]})

    assert [NO_WORDS.findall(say(reason, language)) for language in Language] == [[], []]


@pytest.mark.parametrize(("language", "word"), [(Language.JA, "代理"), (Language.EN, "representative")])
def test_the_bereaved_are_told_what_they_bring_and_called_nobodys_representative(language: Language, word: str) -> None:
    office, kind = OFFICES["05-bereaved"], RepresentativeKind("bereaved")
    content = replace(
        a_letter(LetterKind.REQUEST_FORMS, language), representative_kind=kind, rights=(Right.DISCLOSURE,)
    )

    parts = {part.name: part for part in content.told_under(office).parts}

    mine = [parts["guide.representative"], parts["check.representative"], parts["slip"], parts["guide.forms"]]
    said = [text for part in mine for text in (part.heading, *part.items, *(line.text for line in part.lines))]
    assert len(said) > 6
    assert [text for text in said if word in text] == []
