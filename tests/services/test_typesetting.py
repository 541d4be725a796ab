"""Letters and forms as printed: what stands on the paper, read back from the PDF and from its picture."""

import hashlib
import re
from dataclasses import replace
from itertools import product

import pytest

from lab.letters_sheet import a_letter
from services.letters import typesetting
from services.letters.declared import TEMPLATES
from services.letters.typesetting import TypesettingFailed, UnprintableText, merge, typeset
from tests.services.paper import EVERY, MILLIMETRE, characters_in, codes_on, pages_of, pdf_of, squeezed, text_of
from workflows.engine.numbers import make_code, print_code
from workflows.engine.values import Language
from workflows.letters import Addressee
from workflows.request.values import FormName, LetterKind

# ---- every kind, both languages ---------------------------------------------------------------------------------


@pytest.mark.requirement("S52")
def test_every_kind_of_letter_and_every_form_has_a_template_in_each_language() -> None:
    letters = {(path.parent.name, path.name.split(".")[0]) for path in (TEMPLATES / "request").glob("??/*.typ.j2")}
    forms = {(path.parent.name, path.stem) for path in (TEMPLATES / "request" / "forms").glob("??/*.typ")}

    assert letters == {(language.value, kind.value) for kind, language in EVERY}
    assert forms - {("ja", "blocks"), ("en", "blocks")} == {(str(x), str(y)) for x, y in product(Language, FormName)}


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_the_same_content_always_gives_the_same_bytes_of_pdf_a(kind: LetterKind, language: Language) -> None:
    first = typeset(a_letter(kind, language))
    second = typeset(a_letter(kind, language))

    assert first.pdf == second.pdf
    assert first.sha256 == hashlib.sha256(first.pdf).hexdigest()
    assert re.search(rb"pdfaid:part>2<", first.pdf)
    assert re.search(rb"pdfaid:conformance>B<", first.pdf)


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_each_page_shows_its_number_the_letter_and_the_case(kind: LetterKind, language: Language) -> None:
    pages = pages_of(pdf_of(kind, language))

    for number, page in enumerate(pages, start=1):
        text = page.get_textpage().get_text_range()
        counted = f"{number} / {len(pages)} ページ" if language is Language.JA else f"Page {number} of {len(pages)}"
        assert squeezed(counted) in squeezed(text)
        assert "26-000017-Y-01" in text
        assert page.get_width() / MILLIMETRE == pytest.approx(210, abs=0.1)


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_nothing_is_printed_beyond_the_margins(kind: LetterKind, language: Language) -> None:
    for page in pages_of(pdf_of(kind, language)):
        for character, left, top, right, bottom in characters_in(page):
            assert left >= 15, character
            assert top >= 4, character
            assert right <= 195, character
            assert bottom <= 293, character


# ---- codes --------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("S18")
@pytest.mark.parametrize("language", Language)
def test_the_code_of_a_form_page_stands_on_it_twice_as_a_picture_and_twice_in_letters(language: Language) -> None:
    content = a_letter(LetterKind.REQUEST_FORMS, language)
    assert content.code is not None
    pages = pages_of(pdf_of(LetterKind.REQUEST_FORMS, language))
    seen: list[str] = []

    for number, page in enumerate(pages, start=1):
        found = codes_on(page)
        if any(f" {content.code} " in says for says in found):
            assert found[0] == found[1]
            assert len(found) == 2
            assert page.get_textpage().get_text_range().count(f"Code: {print_code(content.code)}") == 2
            seen.append(found[0])
        else:
            assert found == [f"MG1 26-000017-Y 26-000017-Y-01 - {number}/{len(pages)}"]

    assert seen == [
        f"MG1 26-000017-Y {content.code} {page}"
        for page in (
            "disclosure 1/2",
            "disclosure 2/2",
            "correction 1/2",
            "correction 2/2",
            "halt 1/2",
            "halt 2/2",
            "proxy 1/1",
        )
    ]


def test_a_notice_without_forms_carries_the_code_in_words() -> None:
    content = replace(a_letter(LetterKind.DEFICIENCY_NOTICE, Language.JA), forms=())
    assert content.code is not None

    result = typeset(content)

    assert f"Code: {print_code(content.code)}" in text_of(result.pdf)


def test_forms_are_never_printed_without_a_code_or_with_a_wrong_one() -> None:
    content = a_letter(LetterKind.REQUEST_FORMS, Language.JA)
    assert content.code is not None
    wrong = content.code[:-1] + ("0" if content.code[-1] != "0" else "1")

    with pytest.raises(TypesettingFailed, match="no form code"):
        typeset(replace(content, code=None))
    with pytest.raises(TypesettingFailed, match="own check"):
        typeset(replace(content, code=wrong))


# ---- the envelope -------------------------------------------------------------------------------------------------


@pytest.mark.requirement("S17")
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "address",
    [
        "東京都千代田区千代田1-1",
        "京都府京都市上京区架空通見本上る東入例示町一丁目二番地の三 グランドメゾン架空見本ヒルズ東館タワー棟1234号室",
        "Flat 12345, The Very Long Example Mansion, 1-2-3 Invented-dori Nishi-iru\nNowhere-ku, Kyoto",
    ],
)
def test_the_address_stays_in_the_window_of_both_envelopes_however_the_sheet_slides(
    language: Language, address: str
) -> None:
    # What a DIN 680 and a BS 4264 window of a DL envelope and the window of a chokei 3 envelope all show, whichever
    # way the folded sheet has slipped: see templates/shared/layout.typ.
    addressee = Addressee(name="見本 花子", postcode="100-0001", address=address)
    content = replace(a_letter(LetterKind.REMINDER, language), addressee=addressee)
    wanted = set(squeezed(address + addressee.name + "100-0001"))

    first = pages_of(typeset(content).pdf)[0]

    seen = [box for box in characters_in(first) if box[1] < 105 and 56.5 < box[2] < 95]
    assert wanted <= {character for character, *_ in seen}
    for character, left, top, right, bottom in seen:
        assert left >= 20, character
        assert right <= 85, character
        assert top >= 57, character
        assert bottom <= 80, character


def test_nothing_but_the_addressee_and_the_return_address_can_be_seen_through_a_window() -> None:
    # The most a window can show of the sheet: x up to 110 mm, y from 35 mm (95 mm high chokei 3 window, sheet slipped
    # down) to 95 mm.
    first = pages_of(pdf_of(LetterKind.REQUEST_FORMS, Language.JA))[0]

    visible = squeezed("".join(box[0] for box in characters_in(first) if box[1] < 110 and 35 < box[2] < 95))

    assert visible == squeezed(
        "〒100-0001東京都千代田区千代田1-1架空マンション101号室見本花子様"
        "〒107-6019東京都港区赤坂1-12-32アーク森ビル19階株式会社ワークスアプリケーションズ"
    )


def test_an_address_that_does_not_fit_the_window_is_refused_and_never_cut_off() -> None:
    content = a_letter(LetterKind.REMINDER, Language.JA)
    endless = replace(content.addressee, address="東京都千代田区架空町" * 40)

    with pytest.raises(TypesettingFailed, match="does not fit in the window"):
        typeset(replace(content, addressee=endless))


# ---- marks ----------------------------------------------------------------------------------------------------------


def test_a_copy_is_marked_on_every_page_and_the_original_is_not() -> None:
    content = a_letter(LetterKind.REQUEST_FORMS, Language.EN)

    copy = pages_of(typeset(replace(content, copy=2)).pdf)

    assert all("写し 2 / COPY 2" in page.get_textpage().get_text_range() for page in copy)
    assert "COPY" not in text_of(pdf_of(LetterKind.REQUEST_FORMS, Language.EN))
    assert typesetting.copy_mark(3) == "写し 3 / COPY 3"
    assert typesetting.copy_mark(1) is None


def test_a_sample_is_stamped_on_every_page_clear_of_the_text() -> None:
    content = replace(a_letter(LetterKind.REQUEST_FORMS, Language.JA), sample=True, copy=2)

    for page in pages_of(typeset(content).pdf):
        assert "SAMPLE 見本" in page.get_textpage().get_text_range()
        band = [box for box in characters_in(page) if box[2] < 11]
        assert max(box[4] for box in band) < min(box[2] for box in characters_in(page) if box[2] >= 11)


@pytest.mark.parametrize("language", Language)
def test_a_draft_has_a_watermark_and_neither_number_nor_code(language: Language) -> None:
    content = replace(a_letter(LetterKind.DISCLOSURE_NOTIFICATION, language), draft=True)

    pages = pages_of(typeset(content).pdf)

    for page in pages:
        text = page.get_textpage().get_text_range()
        assert "下書き / DRAFT" in text
        assert content.number not in text
        assert codes_on(page) == []


# ---- the batch ------------------------------------------------------------------------------------------------------


def test_a_batch_holds_every_page_of_its_letters_in_order() -> None:
    letters = [pdf_of(kind, Language.EN) for kind in (LetterKind.REMINDER, LetterKind.DEFICIENCY_NOTICE)]

    batch = merge(letters)

    assert text_of(batch) == "\n".join(text_of(letter) for letter in letters)


def test_the_form_code_reads_the_same_with_and_without_hyphens() -> None:
    content = a_letter(LetterKind.REQUEST_FORMS, Language.EN)
    code = make_code(bytes(range(10)))

    assert typeset(replace(content, code=code)).pdf == typeset(replace(content, code=print_code(code))).pdf


def test_a_selector_that_follows_no_character_is_refused_where_it_stands() -> None:
    content = a_letter(LetterKind.LAPSE_NOTICE, Language.JA)

    with pytest.raises(UnprintableText, match=r"subject_name: .*U\+E0100 is in no font"):
        typeset(replace(content, subject_name="\U000e0100見本"))


# ---- the guess ------------------------------------------------------------------------------------------------------


def test_a_letter_is_the_same_whatever_was_made_before_it() -> None:
    short = a_letter(LetterKind.DISCLOSURE_NOTIFICATION, Language.JA)
    long = replace(short, answers=short.answers * 4)

    made = [typeset(content) for content in (short, short, long, long, short)]

    assert made[0].pages < made[2].pages
    assert made[0].pdf == made[1].pdf == made[4].pdf
    assert made[2].pdf == made[3].pdf
    assert [codes_on(page)[0][-3:] for page in pages_of(made[4].pdf)] == ["1/2", "2/2"]


@pytest.mark.parametrize("language", Language)
def test_nothing_of_the_letter_before_stands_on_the_next_one(language: Language) -> None:
    first = a_letter(LetterKind.REQUEST_FORMS, language)
    other = replace(
        first,
        number="26-000018-Y-02",
        case="26-000018-Y",
        code=make_code(bytes(range(50, 60))),
        addressee=replace(first.addressee, name="見本 次郎"),
        subject_name="見本 次郎",
    )

    before, after = typeset(first).pdf, typeset(other).pdf

    assert first.code
    assert other.code
    assert first.number in text_of(before)
    for page in pages_of(after):
        printed = squeezed(page.get_textpage().get_text_range())
        assert other.number in printed
        for text in (first.number, first.case, print_code(first.code), squeezed(first.addressee.name)):
            assert text not in printed
        assert not [code for code in codes_on(page) if not code.startswith(f"MG1 {other.case} ")]


def test_a_page_of_a_form_that_runs_over_is_refused_with_its_name() -> None:
    content = a_letter(LetterKind.REQUEST_FORMS, Language.EN)
    sources = typesetting.source(content)
    added = '\n#import "/request/form.typ": form-page\n#form-page(letter, "halt", 9, 9, "x", v(400mm) + [below])\n'
    crowded = sources["main.typ"].decode() + added
    endless = crowded.replace("v(400mm) + [below]", 'range(90).map(n => block("line")).join()')

    for overfull in (crowded, endless):
        with pytest.raises(TypesettingFailed, match=r"a page of a form runs over \(halt\)"):
            typesetting._codes({**sources, "main.typ": overfull.encode()})
