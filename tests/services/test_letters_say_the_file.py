"""Letters under an office's own procedure: what its file says stands on the page, however long, and nothing is lost."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lab.letters_sheet import a_letter
from services.letters.typesetting import typeset
from settings import PROJECT
from tests.services.paper import EVERY, codes_on, pages_of, squeezed, text_of
from workflows import law
from workflows.engine import codec
from workflows.engine.values import Language
from workflows.law.values import RepresentativeKind
from workflows.office import OfficeProcedure
from workflows.office.reading import BadFile, parse
from workflows.request.letters import RequestLetter
from workflows.request.values import FormName, LetterKind

EVERYTHING = Path(__file__).parent.parent / "workflows" / "office" / "everything.toml"
TEMPLATES = sorted(path for path in (PROJECT / "templates" / "request").rglob("*") if path.is_file())
LONG = "ひとつの長い文を、四百字まで書くことができます。" * 16


def read(text: str) -> OfficeProcedure:
    found = parse(text)
    assert not isinstance(found, BadFile), found.placed()
    return found


def under(office: OfficeProcedure, content: RequestLetter, **more: object) -> RequestLetter:
    """Return the letter as it is ordered for a case of that procedure."""
    content = replace(content, **more)  # type: ignore[arg-type]
    return replace(content, told=content.told_under(office))


def text(content: RequestLetter) -> str:
    return squeezed(text_of(typeset(content).pdf))


# ---- what no template says of itself --------------------------------------------------------------------------------

FACTS = re.compile(
    r"手数料|送料|切手|小為替|書留|特定記録|速達|運転免許|旅券|パスポート|住民票|通知カード|マイナンバー|個人番号|廃棄|"
    r"遅滞なく|郵送|[0-9０-９]+ ?(?:点|日|か月|週間|円|営業日)|"
    r"\bfees?\b|\bstamps?\b|money order|registered mail|licen[cs]e|passport|resident record|My Number|"
    r"\bdestroy|by post|\b[0-9]+ (?:days?|weeks?|months?|yen|documents?)\b",
    re.IGNORECASE,
)


OF_MONEY = {"bill.typ.j2", "receipt.typ.j2", "lapse_notice.typ.j2"}
"""Letters (or a part of one) that there are only where a fee is owed: they may name it, and nothing of what it is."""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PROJECT / "templates")))
def test_no_template_states_a_fact_of_the_procedure(path: Path) -> None:
    lines = [re.sub(r"//.*", "", line) for line in path.read_text(encoding="utf-8").splitlines()]
    if path.name in OF_MONEY:
        lines = [re.sub(r"手数料|\bfee\b", "", line) for line in lines]

    assert [(number, line.strip()) for number, line in enumerate(lines, start=1) if FACTS.search(line)] == []


def test_a_stated_fact_is_found() -> None:
    stated = (
        "手数料はいただきません。",
        "発送から180日間有効です",
        "We charge no fee.",
        "valid for 180 days",
        "写し2点",
    )

    assert [line for line in stated if not FACTS.search(line)] == []


# ---- a file in the letters ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
def test_the_pack_says_fee_papers_times_and_delivery_of_the_file(language: Language) -> None:
    office = read(EVERYTHING.read_text(encoding="utf-8"))
    said = {
        Language.JA: ("500円", "定額小為替", "6か月以内", "簡易書留", "3～4週間", "25日以内", "審査会", "9日以内に廃棄",
                      "ご家族の同意書", "自社の挨拶です。", "自社の案内です。", "自社の確認です。"),
        Language.EN: ("500yen", "moneyorder", "6months", "simpleregisteredmail", "3to4weeks", "25days", "reviewboard",
                      "within9days", "consentofthefamily", "Agreetingofourown.", "Guidanceofourown.",
                      "Acheckofourown."),
    }  # fmt: skip

    content = under(office, a_letter(LetterKind.REQUEST_FORMS, language), forms=(FormName.DISCLOSURE,))
    told = text(content)

    assert [one for one in said[language] if one not in told] == []
    assert squeezed("手数料はいただきません") not in told
    assert squeezed("We charge no fee") not in told


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_what_was_said_when_a_letter_was_ordered_stays_said(kind: LetterKind, language: Language) -> None:
    content = under(read(EVERYTHING.read_text(encoding="utf-8")), a_letter(kind, language), forms=())

    kept = codec.read(RequestLetter, codec.written(content))
    later = replace(kept, dated=date(2030, 1, 7), rights=())

    assert kept == content
    assert content.told is not None
    assert later.named_for_templates()["said"] == {part.name: part for part in content.told.parts}


def extreme() -> OfficeProcedure:
    """Return a procedure with twenty further papers, thirty fees and every text as long as it may be."""
    rights = ["purpose_notice", "disclosure", "provision_records"]
    papers = "".join(
        f'[[paper]]\ncode = "p{n}"\nja = "{LONG[:380]}{n}"\nen = "{"long words " * 30}{n}"\n' for n in range(20)
    )
    fees = "".join(
        f'[[fee]]\ncode = "f{n}"\nrights = ["{rights[n % 3]}"]\namount = {n + 1}00\nby = ["stamps", "money_order"]\n'
        for n in range(30)
    )
    places = ("greeting", "guidance", "checklist", "deficiency", "reminder", "answer", "sheet")
    own = "".join(f'[own_words.{place}]\nja = "{LONG[:399]}"\nen = "{"W" * 399}"\n' for place in places)
    return read(f"from = 2026-04-01\n{papers}{fees}[fee_shortage]\nask = true\n{own}")


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_the_longest_file_there_can_be_still_makes_letters(kind: LetterKind, language: Language) -> None:
    content = under(extreme(), a_letter(kind, language))

    made = typeset(content)

    pages = pages_of(made.pdf)
    assert len(pages) == made.pages <= 40
    numbers = [code for page in pages for code in codes_on(page) if f" {content.number} - " in code]
    told = [code.rpartition(" ")[2].split("/") for code in numbers]
    assert {total for _, total in told} == {str(made.pages)}
    assert [int(page) for page, _ in told] == sorted({int(page) for page, _ in told})


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", [None, *RepresentativeKind])
def test_the_answer_keeps_what_the_law_demands_whatever_the_office_adds(
    kind: RepresentativeKind | None, language: Language
) -> None:
    content = under(extreme(), a_letter(LetterKind.DISCLOSURE_NOTIFICATION, language), representative_kind=kind)

    told = text(content)

    regime = law.regime()
    for appeal in regime.appeals:
        assert squeezed(appeal[language]) in told
    for answer in content.answers:
        assert squeezed(answer.explanation or "") in told
        assert squeezed(answer.ground_words or "") in told
    assert squeezed(regime.law[language]) in told
