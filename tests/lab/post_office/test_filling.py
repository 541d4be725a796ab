"""People fill in our forms: every question is found on the page itself, and the writing is where it belongs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache

import pytest
import zxingcpp
from PIL import Image, ImageChops
from pypdfium2 import PdfDocument

from lab.letters_sheet import a_letter
from lab.post_office.chance import dice
from lab.post_office.filling import Wish, blank, fill_in
from lab.post_office.hand import DOTS, Hand
from lab.post_office.labels import ROOMS, SQUARES, asked
from lab.post_office.sheets import Box, Sheet, forms_in, sheet_at
from tests.services.paper import pdf_of
from workflows.engine.values import Language
from workflows.law.values import RepresentativeKind, Right
from workflows.request.marks import read_mark
from workflows.request.values import FormName, LetterKind, Person

SUBJECT = {
    Language.JA: Person(
        name="見本 花子",
        kana="ミホン ハナコ",
        postcode="100-0001",
        address="東京都千代田区千代田1-1 架空マンション101号室",
        phone="03-0000-0123",
        birth_date=date(1987, 3, 9),
    ),
    Language.EN: Person(
        name="Jane Example",
        kana=None,
        postcode="100-0001",
        address="101 Kaku Mansion, 1-1 Chiyoda\nChiyoda-ku, Tokyo",
        phone="03-0000-0123",
        birth_date=date(1987, 3, 9),
    ),
}
AGENT = Person(
    name="John Example", postcode="150-0001", address="1-2 Mihon, Shibuya-ku, Tokyo", phone="03-0000-0456",
    kind=RepresentativeKind.AGENT,
)  # fmt: skip
LANGUAGES = list(Language)
FORMS = list(FormName)


@cache
def sheets_of(language: Language) -> list[Sheet]:
    with opened(language) as pdf:
        return [sheet_at(pdf, index) for index in range(len(pdf))]


@contextmanager
def opened(language: Language) -> Iterator[PdfDocument]:
    with PdfDocument(pdf_of(LetterKind.REQUEST_FORMS, language)) as pdf:
        yield pdf


def form_pages(language: Language, form: FormName) -> list[Sheet]:
    return [sheet for sheet in sheets_of(language) if sheet.form is form]


def a_wish(language: Language, *, signed: bool = True) -> Wish:
    return Wish(
        language=language,
        subject=SUBJECT[language],
        representative=AGENT,
        rights=tuple(Right),
        day=date(2026, 12, 1),
        forms=tuple(FormName),
        signed=signed,
    )


def written(sheet: Sheet, wish: Wish, seed: int = 1) -> Image.Image:
    """Return the writing alone: what differs between the page before and after."""
    with opened(wish.language) as pdf:
        before = blank(pdf, sheet, colour=False)
    after = before.copy()
    fill_in(after, sheet, wish, Hand.of(dice(seed, "hand")), dice(seed, "writing"))
    return ImageChops.difference(before, after).point([255 if value > 40 else 0 for value in range(256)])


def in_box(box: Box, writing: Image.Image) -> int:
    """Return how many dots of writing lie in a box."""
    area = (round(box.left * DOTS), round(box.top * DOTS), round(box.right * DOTS), round(box.bottom * DOTS))
    return writing.crop(area).histogram()[255]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_form_says_what_it_is_as_its_codes_do(language: Language, form: FormName) -> None:
    content = a_letter(LetterKind.REQUEST_FORMS, language)

    for sheet in form_pages(language, form):
        with opened(language) as pdf:
            codes = zxingcpp.read_barcodes(blank(pdf, sheet, colour=False))
        mark = read_mark(codes[0].text)
        assert mark is not None
        assert (mark.case, mark.form, mark.code, mark.page, mark.pages) == (
            sheet.case, sheet.form, sheet.code, sheet.page, sheet.pages,
        )  # fmt: skip
        assert sheet.letter == content.number
        middles = sorted((code.position.top_left.y + code.position.bottom_left.y) / 2 / DOTS for code in codes)
        assert [box.top < middle < box.bottom for box, middle in zip(sheet.codes, middles, strict=True)] == [True, True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_forms_are_found_in_the_letter(language: Language) -> None:
    with opened(language) as pdf:
        found = forms_in(pdf)

    assert found == {(sheet.form, sheet.page): sheet.index for sheet in sheets_of(language) if sheet.form}
    assert {form for form, _ in found} == set(FormName)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_form_must_ask_is_understood(language: Language, form: FormName) -> None:
    pages = form_pages(language, form)

    asks = {asked(room.label, ROOMS) for sheet in pages for room in sheet.rooms}
    ticks = {asked(square.label, SQUARES) for sheet in pages for square in sheet.squares}

    assert {"name", "birth", "postcode", "address", "phone"} <= asks
    assert sum(sheet.seal is not None for sheet in pages) == 1
    assert len(pages[0].dated) == 3
    rights: dict[FormName, set[str]] = {
        FormName.DISCLOSURE: {"purpose_notice", "disclosure", "provision_records", "paper", "electronic"},
        FormName.CORRECTION: {"correct", "add", "delete"},
        FormName.HALT: {"halt_use", "erase", "halt_provision", "unneeded"},
        FormName.PROXY: set(Right),
    }
    assert rights[form] <= {tick for tick in ticks if tick}
    if form is not FormName.PROXY:
        assert {"minor", "adult_ward", "agent", "drivers_licence", "passport", "resident_record"} <= ticks


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_answered_in_its_own_room(language: Language, form: FormName) -> None:
    wish = a_wish(language)

    for sheet in form_pages(language, form):
        writing = written(sheet, wish)
        for room in sheet.rooms:
            person = (
                AGENT
                if "代理人" in room.section or "epresentative" in room.section or "agent" in room.section
                else None
            )
            what = asked(room.label, ROOMS)
            known = getattr(person or wish.subject, what if what != "birth" else "birth_date", None) if what else None
            cells = [cell for group in room.cells for cell in group]
            assert (in_box(room.box.inside(0.5), writing) > 60) == bool(known or what is None), room.label
            assert all(in_box(cell, writing) > 10 for cell in cells), room.label
        for square in sheet.squares:
            ticked = asked(square.label, SQUARES) in {
                *Right,
                "paper",
                "correct",
                "unneeded",
                "agent",
                "drivers_licence",
            }
            assert (in_box(square.box, writing) > 20) == ticked, square.label


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_writes_over_a_code_or_beside_the_form(language: Language, form: FormName) -> None:
    for sheet in form_pages(language, form):
        writing = written(sheet, a_wish(language))

        assert all(in_box(code, writing) == 0 for code in sheet.codes)
        box = writing.getbbox()
        assert box is not None
        assert box[0] / DOTS > 15
        assert box[2] / DOTS < 195
        assert box[1] / DOTS > 30
        assert box[3] / DOTS < 258


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_forgets_to_sign_leaves_the_frame_empty(language: Language) -> None:
    sheet = next(sheet for sheet in form_pages(language, FormName.DISCLOSURE) if sheet.seal is not None)
    assert sheet.seal is not None

    assert in_box(sheet.seal, written(sheet, a_wish(language))) > 300
    assert in_box(sheet.seal, written(sheet, a_wish(language, signed=False))) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_seed_writes_the_same_and_another_writes_otherwise(language: Language) -> None:
    sheet = form_pages(language, FormName.DISCLOSURE)[0]
    wish = a_wish(language)

    first, again, other = (written(sheet, wish, seed).tobytes() for seed in (1, 1, 2))

    assert first == again
    assert first != other
