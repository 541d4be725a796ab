"""Paper and machines: what they may spoil, what they must leave readable, and that a seed draws the same again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdfium2 import PdfDocument

from lab.letters_sheet import a_letter
from lab.post_office import machines
from lab.post_office.cards import copy_of
from lab.post_office.chance import dice
from lab.post_office.fates import ROUND_TRIP, Corner, Leaf, Machine, Page, Ruin, Spoil, Wear, wear
from lab.post_office.filling import Wish, blank, fill_in
from lab.post_office.hand import DOTS, Hand
from lab.post_office.paper import worn
from lab.post_office.sheets import Sheet, forms_in, sheet_at
from lab.post_office.stacks import MOST_PAGES, Source, Stack, draw, make, stacked
from services.letters.typesetting import typeset
from tests.lab.post_office.test_filling import SUBJECT
from tests.services.paper import pdf_of
from workflows.engine.numbers import RANDOM_BYTES, make_code
from workflows.engine.values import Language
from workflows.law.values import Right
from workflows.request.values import FormName, LetterKind

LETTER = (LetterKind.REQUEST_FORMS, Language.JA)
WISH = Wish(
    language=Language.JA, subject=SUBJECT[Language.JA], rights=(Right.DISCLOSURE,), day=date(2026, 12, 1),
)  # fmt: skip
LEAF = Leaf(FormName.DISCLOSURE, 1)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf_of(*LETTER))
    return path


@cache
def a_sheet() -> tuple[Sheet, bytes, tuple[int, int]]:
    """Return a filled-in page, in colour."""
    with PdfDocument(pdf_of(*LETTER)) as pdf:
        sheet = sheet_at(pdf, forms_in(pdf)[FormName.DISCLOSURE, 1])
        picture = blank(pdf, sheet, colour=True)
    fill_in(picture, sheet, WISH, Hand.of(dice(1)), dice(2))
    return sheet, picture.tobytes(), picture.size


def pictured(one: Wear, seed: int = 1) -> Image.Image:
    sheet, pixels, size = a_sheet()
    picture = Image.frombytes("RGB", size, pixels)
    if one.machine not in machines.IN_COLOUR:
        picture = picture.convert("L")
    rolls = dice(seed, "drawing")
    return machines.pictured(worn(picture, sheet, one, rolls), one, rolls)


def codes_on(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]


@pytest.mark.parametrize(("machine", "turned"), list(product(Machine, (0, 90, 180, 270))))
def test_every_machine_leaves_both_codes_readable_however_the_page_lies(machine: Machine, turned: int) -> None:
    picture = pictured(Wear(machine, turned, skew=1.7, creased=True, dog_ear=Corner.TOP_RIGHT))

    assert len(codes_on(picture)) == 2
    assert picture.mode == {Machine.FAX: "1"}.get(machine, "RGB" if machine in machines.IN_COLOUR else "L")


@pytest.mark.parametrize("spoilt", [0, 1])
@pytest.mark.parametrize("machine", Machine)
def test_where_coffee_hides_one_code_its_twin_still_says_what_the_page_is(machine: Machine, spoilt: int) -> None:
    clean = codes_on(pictured(Wear(machine)))

    stained = codes_on(pictured(Wear(machine, spoil=Spoil.COFFEE, spoilt_code=spoilt)))

    assert stained == clean[:1]


@pytest.mark.parametrize("spoilt", [0, 1])
def test_a_stroke_of_the_pen_costs_at_most_one_code(spoilt: int) -> None:
    for seed in range(5):
        assert codes_on(pictured(Wear(Machine.SCANNER, spoil=Spoil.PEN, spoilt_code=spoilt), seed))


@pytest.mark.parametrize(("ruin", "machine"), list(product(Ruin, Machine)))
def test_where_every_code_is_ruined_nothing_is_read(ruin: Ruin, machine: Machine) -> None:
    assert codes_on(pictured(Wear(machine, skew=0.9, ruin=ruin))) == []


@pytest.mark.parametrize("corner", Corner)
def test_a_dog_ear_never_reaches_a_code(corner: Corner) -> None:
    sheet, _, _ = a_sheet()
    clean, eared = (pictured(Wear(Machine.COLOUR_SCANNER, dog_ear=ear), seed=4).convert("L") for ear in (None, corner))

    for box in sheet.codes:
        area = tuple(round(side * DOTS) for side in (box.left, box.top, box.right, box.bottom))
        both = [picture.crop(area).resize((40, 40), Image.Resampling.BOX) for picture in (clean, eared)]  # type: ignore[arg-type]
        assert max(abs(a - b) for a, b in zip(both[0].tobytes(), both[1].tobytes(), strict=True)) < 60
    assert clean.tobytes() != eared.tobytes()


def test_whatever_befalls_a_page_short_of_ruin_a_code_is_left() -> None:
    unread = [
        one
        for number in range(15)
        for one in [replace(wear(dice(11, number), LEAF, replace(ROUND_TRIP, spoilt=0.5)), ruin=None)]
        if not codes_on(pictured(one, number))
    ]

    assert unread == []


def test_what_lies_between_four_corners_is_shown_as_a_rectangle() -> None:
    scene = Image.new("L", (100, 100), 0)
    corners = ((10.0, 20.0), (80.0, 30.0), (90.0, 90.0), (5.0, 70.0))
    for x, y in corners:
        scene.paste(255, (int(x) - 3, int(y) - 3, int(x) + 4, int(y) + 4))

    seen = scene.transform((60, 60), Image.Transform.PERSPECTIVE, machines.onto((60, 60), corners))

    assert [seen.getpixel(at) for at in ((0, 0), (59, 0), (59, 59), (0, 59), (30, 30))] == [255, 255, 255, 255, 0]


def test_a_copy_of_an_identity_paper_bears_no_code_and_is_marked_as_a_sample() -> None:
    for paper in ("drivers_licence", "my_number_card", "residence_card", "passport", "resident_record"):
        picture = copy_of(paper, SUBJECT[Language.JA], Language.JA, dice(1, paper), colour=True)
        colours = picture.reduce(6).getcolors(1 << 18) or []
        red = sum(count for count, (r, g, b) in colours if r > g + 50 and r > b + 50)  # type: ignore[misc]

        assert codes_on(picture) == []
        assert red > 50, "the stamp SAMPLE is missing"


def every_page(count: int) -> Iterator[Page]:
    for number in range(count):
        yield Page("26-000017-Y", LEAF, number + 1, wear(dice(7, number), LEAF, ROUND_TRIP))


def test_every_page_lies_in_exactly_one_file_and_photographs_lie_alone() -> None:
    pages = list(every_page(200))

    stacks = stacked(1, pages, "monday")

    lying = [page for stack in stacks for page in stack.pages]
    assert sorted(map(repr, lying)) == sorted(map(repr, pages))
    assert lying != pages
    assert stacks == stacked(1, list(reversed(pages)), "monday")
    assert stacks != stacked(2, pages, "monday")
    assert len({stack.name for stack in stacks}) == len(stacks)
    assert max(len(stack.pages) for stack in stacks) <= MOST_PAGES
    for stack in stacks:
        assert not (stack.alone and len(stack.pages) > 1)
        assert stack.alone or all(page.wear.machine is not Machine.CAMERA for page in stack.pages)
        assert stack.alone or len({page.wear.machine is Machine.FAX for page in stack.pages}) == 1


@pytest.mark.parametrize("machine", Machine)
def test_the_same_letter_and_seed_give_the_same_file_byte_by_byte(
    machine: Machine, letter: Path, tmp_path: Path
) -> None:
    pages = tuple(Page("26-000017-Y", LEAF, number, Wear(machine, skew=0.5)) for number in (1, 2))
    source = {"26-000017-Y": Source(letter, WISH)}
    for folder in ("first", "again", "other"):
        (tmp_path / folder).mkdir()

    def made(stack: Stack, seed: int, folder: str) -> bytes:
        one = make(stack, source, seed, tmp_path / folder)
        assert len(one.fingerprints) == len(stack.pages)
        return one.path.read_bytes()

    alone, together = Stack("alone", pages[:1], True), Stack("together", pages)
    first, again = ([made(stack, 3, folder) for stack in (alone, together)] for folder in ("first", "again"))

    assert first == again
    assert made(alone, 4, "other") != first[0]


def test_the_fingerprint_is_that_of_the_writing_whatever_the_codes_are(letter: Path, tmp_path: Path) -> None:
    # Codes are random in every letter; the figures of two runs must agree all the same.
    content = replace(a_letter(*LETTER), code=make_code(bytes(range(100, 100 + RANDOM_BYTES))))
    other = tmp_path / "other.pdf"
    other.write_bytes(typeset(content).pdf)
    page = Page("26-000017-Y", LEAF, 1, Wear(Machine.SCANNER))

    drawn = [draw(page, Source(path, WISH), 1) for path in (letter, other)]

    assert drawn[0][1] == drawn[1][1]
    assert drawn[0][0].tobytes() != drawn[1][0].tobytes()
    unsigned = draw(page, Source(letter, replace(WISH, day=date(2026, 12, 2))), 1)
    assert unsigned[1] != drawn[0][1]
