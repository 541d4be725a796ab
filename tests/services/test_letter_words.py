"""What the letters say: names, reasons, deadlines and papers, read back from the PDF."""

import re
from dataclasses import fields, replace
from datetime import date
from itertools import product

import pytest

from lab.letters_sheet import a_letter
from services.letters.typesetting import typeset
from tests.services.paper import codes_on, pages_of, pdf_of, squeezed, text_of
from workflows import law
from workflows.engine.values import Language
from workflows.law.values import OutcomeName, RepresentativeKind, Right
from workflows.request import letter_lines
from workflows.request.enclosing import Enclosure
from workflows.request.letters import RequestLetter
from workflows.request.values import Answer, FormName, LetterKind

BEFORE_VERIFICATION = (
    LetterKind.REQUEST_FORMS,
    LetterKind.DEFICIENCY_NOTICE,
    LetterKind.REMINDER,
    LetterKind.LAPSE_NOTICE,
)


# ---- what the letters say -------------------------------------------------------------------------------------------


@pytest.mark.requirement("S16")
def test_the_forms_bear_their_official_names() -> None:
    names = {
        Language.JA: ["個人情報利用目的通知・開示請求書", "個人情報訂正等請求書", "個人情報利用停止等請求書", "委任状"],
        Language.EN: [
            "Personal information purpose of use notification/disclosure request form",
            "Personal information correction, etc. request form",
            "Personal information utilization halt, etc. request form",
            "Proxy statement",
        ],
    }

    for language, expected in names.items():
        text = squeezed(text_of(pdf_of(LetterKind.REQUEST_FORMS, language)))
        for name in expected:
            assert squeezed(name) in text


@pytest.mark.requirement("S16", "S26")
def test_an_agent_always_gets_the_proxy_statement_and_nobody_else_does() -> None:
    content = replace(a_letter(LetterKind.REQUEST_FORMS, Language.JA), forms=(FormName.DISCLOSURE,))
    parent = replace(content, representative_kind=RepresentativeKind.MINOR)

    agent_pages = [says for page in pages_of(typeset(content).pdf) for says in codes_on(page)]
    parent_text = text_of(typeset(parent).pdf)

    assert f"MG1 26-000017-Y {content.code} proxy 1/1" in agent_pages
    assert "委任状" not in parent_text


@pytest.mark.requirement("S20")
def test_the_answer_bears_the_published_name() -> None:
    assert "個人情報開示等通知書" in text_of(pdf_of(LetterKind.DISCLOSURE_NOTIFICATION, Language.JA))
    english = text_of(pdf_of(LetterKind.DISCLOSURE_NOTIFICATION, Language.EN))
    assert "Personal information disclosure notification" in english


@pytest.mark.requirement("S19")
@pytest.mark.parametrize("language", Language)
def test_a_deficiency_notice_says_exactly_what_is_missing(language: Language) -> None:
    content = a_letter(LetterKind.DEFICIENCY_NOTICE, language)

    text = squeezed(text_of(pdf_of(LetterKind.DEFICIENCY_NOTICE, language)))

    for number, sentence in enumerate(content.missing, start=1):
        assert squeezed(f"{number}.{sentence}") in text
    assert f"{len(content.missing) + 1}." not in text.split(squeezed(content.missing[-1]))[1][:12]


@pytest.mark.requirement("S27")
@pytest.mark.parametrize("language", Language)
def test_the_checklist_says_what_to_black_out(language: Language) -> None:
    regime = law.regime()
    text = squeezed(text_of(pdf_of(LetterKind.REQUEST_FORMS, language)))

    offered = letter_lines.papers(regime, date(2026, 11, 24), language)

    assert len(offered) >= 9
    for paper in offered:
        assert squeezed(paper.name) in text
        assert squeezed(paper.notes[0] if paper.notes else "") in text
    masks = "黒塗り：本籍" if language is Language.JA else "Black out: registered domicile"
    assert text.count(squeezed(masks)) >= 3


@pytest.mark.requirement("S22")
def test_the_papers_offered_are_those_in_force_on_the_day_of_the_letter() -> None:
    before = replace(a_letter(LetterKind.REQUEST_FORMS, Language.EN), dated=date(2024, 11, 1))
    after = a_letter(LetterKind.REQUEST_FORMS, Language.EN)

    old, new = text_of(typeset(before).pdf), text_of(typeset(after).pdf)

    assert "health insurance card" in old
    assert "eligibility certificate" not in old
    assert "health insurance card" not in new
    assert "eligibility certificate" in new


@pytest.mark.requirement("S21", "S49")
@pytest.mark.parametrize("language", Language)
def test_every_outcome_of_every_right_has_its_sentence_its_reason_and_the_way_to_complain(language: Language) -> None:
    base = a_letter(LetterKind.DISCLOSURE_NOTIFICATION, language)
    regime = law.regime()
    pairs = [(right, outcome) for right, law in regime.rights.items() for outcome in law.outcomes]
    answers = tuple(
        Answer(right=right, outcome=outcome, article=regime.articles[right], explanation=f"because {number}.")
        for number, (right, outcome) in enumerate(pairs)
    )

    text = squeezed(text_of(typeset(replace(base, answers=answers)).pdf))

    for number, _ in enumerate(pairs):
        assert f"because{number}." in text
    label = "決定" if language is Language.JA else "Decision"
    sentences = re.findall(rf"{label}(.+?)(?:請求の根拠|Requestedunder)", text)
    assert len(sentences) >= len(pairs)
    assert squeezed(regime.complaint[language]) in text
    assert squeezed(regime.court[language]) in text


@pytest.mark.requirement("S36")
@pytest.mark.parametrize(
    ("language", "line"),
    [
        (Language.JA, "ご連絡した提供先など見本システム株式会社、見本販売株式会社"),
        (Language.EN, "Passed on to見本システム株式会社, 見本販売株式会社"),
    ],
)
def test_the_answer_names_the_group_companies_a_halt_was_passed_to(language: Language, line: str) -> None:
    halt = Answer(right=Right.HALT_USE, outcome=OutcomeName.GRANTED, article="35(5)")
    passed = replace(halt, passed_to=("見本システム株式会社", "見本販売株式会社"))
    letter = replace(a_letter(LetterKind.DISCLOSURE_NOTIFICATION, language), answers=(passed,))

    named, silent = (squeezed(text_of(typeset(replace(letter, answers=(x,))).pdf)) for x in (passed, halt))

    assert squeezed(line) in named
    assert squeezed(line)[:8] not in silent


@pytest.mark.parametrize("language", Language)
def test_a_record_the_law_excludes_reads_exactly_like_one_that_is_not_held(language: Language) -> None:
    base = a_letter(LetterKind.DISCLOSURE_NOTIFICATION, language)
    not_held = Answer(
        right=Right.PROVISION_RECORDS,
        outcome=OutcomeName.NOT_HELD,
        article="33(5)",
        ground="not_held",
        ground_article="33(3), 33(5)",
        ground_words="words of the ground",
        explanation="nothing was found",
    )
    excluded = replace(
        not_held, outcome=OutcomeName.REFUSED, ground="record_excluded", ground_article="33(5), Order 11"
    )

    assert typeset(replace(base, answers=(not_held,))).pdf == typeset(replace(base, answers=(excluded,))).pdf


@pytest.mark.parametrize(("kind", "language"), list(product(BEFORE_VERIFICATION, Language)))
def test_no_letter_before_verification_depends_on_what_is_held(kind: LetterKind, language: Language) -> None:
    content = a_letter(kind, language)
    answers = a_letter(LetterKind.DISCLOSURE_NOTIFICATION, language).answers

    enclosed = Enclosure(
        place=1,
        find="F26-000001",
        search="S26-000001-X",
        right=Right.DISCLOSURE,
        department="Sales",
        kind="csv",
        pages=1,
    )

    assert typeset(replace(content, answers=answers, encloses=(enclosed,))).pdf == pdf_of(kind, language)
    assert not {field.name for field in fields(RequestLetter)} & {"held", "found", "data"}


def test_dates_are_written_as_each_language_writes_them() -> None:
    assert "2026年11月24日" in squeezed(text_of(pdf_of(LetterKind.REMINDER, Language.JA)))
    assert "24 November 2026" in text_of(pdf_of(LetterKind.REMINDER, Language.EN))


THE_ACT = "個人情報の保護に関する法律"
IN_ENGLISH = "of the Act on the Protection of Personal Information"


@pytest.mark.parametrize(
    ("article", "japanese", "english"),
    [
        ("33(2)(i)", "第33条第2項第1号", f"Article 33(2)(i) {IN_ENGLISH}"),
        ("35(2), (4), (6)", "第35条第2項、第35条第4項、第35条第6項", f"Article 35(2), (4), (6) {IN_ENGLISH}"),
        (
            "33(5), Order 11",
            "第33条第5項および同法施行令第11条",
            f"Article 33(5) {IN_ENGLISH} and Article 11 of its Cabinet Order",
        ),
        (
            "27(1)(v)-(vii), 35(4)",
            "第27条第1項第5号から第7号まで、第35条第4項",
            f"Articles 27(1)(v)-(vii), 35(4) {IN_ENGLISH}",
        ),
        ("somewhere else", "（条項：somewhere else）", f"Article somewhere else {IN_ENGLISH}"),
        # As an earlier release spelt it, in letters that were ordered and not made yet.
        (
            "37(1), Order 12 (iii)",
            "第37条第1項および同法施行令第12条第3号",
            f"Article 37(1) {IN_ENGLISH} and Article 12(iii) of its Cabinet Order",
        ),
        (
            "37(3), Order 12(iii), 13",
            "第37条第3項および同法施行令第12条第3号、第13条",
            f"Article 37(3) {IN_ENGLISH} and Articles 12(iii), 13 of its Cabinet Order",
        ),
    ],
)
def test_an_article_is_cited_as_each_language_cites_it(article: str, japanese: str, english: str) -> None:
    assert letter_lines.cited(article, "jp-appi", Language.JA) == THE_ACT + japanese
    assert letter_lines.cited(article, "jp-appi", Language.EN) == english


def test_every_article_of_every_law_can_be_cited_in_japanese() -> None:
    for name in law.names():
        regime = law.regime(name)
        articles = [*regime.articles.values()]
        for ground in regime.grounds.values():
            articles += [ground.article, *ground.articles.values()]

        assert [article for article in articles if "（" in letter_lines.cited(article, name, Language.JA)] == []
