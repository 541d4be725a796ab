"""Backs without anything on them, and two pages on one sheet: seen in the limited process, told apart when kept."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFilter

from services.returns import frames, room, sight
from services.returns.pages import RIGHT, Half, ScannedPage, Unreadable
from services.returns.register import scan
from tests.office import TestOffice
from tests.services.scanner import FORM_PAGE, blurred, noisy, saved, sheet, turned
from tests.services.scans_fakes import SATO, Scanner, mark
from tests.services.test_scan_reading import read, says

A4 = (1654, 2339)


def paper(tint: int = 245, size: tuple[int, int] = A4, mode: str = "L") -> Image.Image:
    return Image.new(mode, size, tint if mode == "L" else (tint, tint - 4, tint - 14))


def grainy(page: Image.Image) -> Image.Image:
    """Return the page with the grain of a scanner, and shadows at its edges."""
    grain = Image.frombytes("L", page.size, random.Random(3).randbytes(page.width * page.height))
    grain = grain.point(lambda value: round(value / 12))
    scanned = page.copy()
    scanned.paste(225, (0, 0, page.width, 40))
    scanned.paste(120, (0, 0, 12, page.height))
    return Image.composite(scanned, grain, Image.new("L", page.size, 235))


def dusty(page: Image.Image) -> Image.Image:
    drawing, dice = ImageDraw.Draw(page), random.Random(5)
    for _ in range(12):
        x, y = dice.randrange(100, page.width - 100), dice.randrange(100, page.height - 100)
        drawing.ellipse((x, y, x + 2, y + 2), fill=60)
    return page


BLANK: dict[str, Callable[[], bytes]] = {
    "white": lambda: saved(paper(255)),
    "recycled": lambda: saved(paper(205)),
    "tinted": lambda: saved(paper(240, mode="RGB")),
    "grainy, with a shadow at the edge": lambda: saved(grainy(paper()), "JPEG", quality=60),
    "dusty": lambda: saved(dusty(paper())),
    "a fax": lambda: saved(paper(255).convert("1"), "TIFF", compression="group4", dpi=(204, 196)),
}


def penciled(page: Image.Image, grey: int = 190) -> Image.Image:
    """Tick a page in pencil: 3 mm down, 6 mm up."""
    drawing = ImageDraw.Draw(page)
    drawing.line((800, 1100, 815, 1118, 845, 1080), fill=grey, width=4)
    return page.filter(ImageFilter.GaussianBlur(0.8))


def written(page: Image.Image) -> Image.Image:
    drawing = ImageDraw.Draw(page)
    for place in range(5):
        drawing.arc((300 + 20 * place, 400, 318 + 20 * place, 425), 20, 340, fill=90, width=2)
    return page


def stamped(page: Image.Image) -> Image.Image:
    ImageDraw.Draw(page).ellipse((150, 150, 260, 260), outline=(225, 120, 120), width=5)
    return page


MARKED: dict[str, Callable[[], bytes]] = {
    "a tick in pencil": lambda: saved(penciled(paper())),
    "a faint tick in pencil": lambda: saved(penciled(paper(), 205)),
    "a word with a ballpoint": lambda: saved(written(paper())),
    "a tick, the sheet scanned with grain": lambda: saved(penciled(grainy(paper()), 150), "JPEG", quality=60),
    "a seal near the corner": lambda: saved(stamped(paper(245, mode="RGB"))),
    "a form": lambda: saved(sheet(FORM_PAGE)),
    "a noisy form": lambda: saved(noisy(sheet(FORM_PAGE))),
    "a black page": lambda: saved(paper(10)),
    "a licence, small on its sheet": lambda: saved(_with_card()),
}


def _with_card() -> Image.Image:
    page = paper()
    page.paste(Image.effect_noise((400, 260), 60), (600, 900))
    return page


@pytest.mark.parametrize("kind", BLANK)
def test_a_back_without_anything_on_it_is_seen_to_be_blank(tmp_path: Path, kind: str) -> None:
    (page,) = read(tmp_path, BLANK[kind]())

    assert (page.blank, page.texts) == (True, ())


@pytest.mark.parametrize("kind", MARKED)
def test_whatever_a_person_or_a_printer_left_is_not_blank(tmp_path: Path, kind: str) -> None:
    (page,) = read(tmp_path, MARKED[kind]())

    assert page.blank is False


def beside(left: Image.Image, right: Image.Image) -> Image.Image:
    """Lay two pages beside each other on the glass, with the shadow of the fold."""
    both = Image.new("L", (left.width + right.width, left.height), 255)
    both.paste(left, (0, 0))
    both.paste(right, (left.width, 0))
    ImageDraw.Draw(both).line((left.width, 0, left.width, both.height), fill=170, width=2)
    return both


@pytest.mark.parametrize("clockwise", [0, 90, 180, 270, 3])
def test_two_forms_on_one_sheet_are_two_pages_whichever_way_it_lay(tmp_path: Path, clockwise: int) -> None:
    both = beside(sheet(FORM_PAGE), sheet(FORM_PAGE + 1))

    left, right = read(tmp_path, saved(turned(both, clockwise)))

    assert [left.texts, right.texts] == [(says(FORM_PAGE),), (says(FORM_PAGE + 1),)]
    assert [(page.number, page.half) for page in (left, right)] == [(1, Half.LEFT), (1 + RIGHT, Half.RIGHT)]
    assert all(page.height > page.width for page in (left, right))


def test_a_form_beside_a_paper_or_a_blank_half_is_cut_too(tmp_path: Path) -> None:
    form, card = read(tmp_path, saved(beside(sheet(FORM_PAGE), _with_card())))
    blank, other = read(tmp_path, saved(blurred(beside(paper(255), sheet(FORM_PAGE)), 0.6)), "other")

    assert (form.texts, card.texts, card.blank) == ((says(FORM_PAGE),), (), False)
    assert (blank.blank, other.texts) == (True, (says(FORM_PAGE),))


def test_pages_of_other_sheets_keep_their_numbers_however_many_are_cut(tmp_path: Path) -> None:
    both = beside(sheet(FORM_PAGE), sheet(FORM_PAGE + 1))
    path = tmp_path / "pile.pdf"
    both.save(path, "PDF", save_all=True, append_images=[sheet(0), both, paper()], resolution=200)

    pages = list(room.read(path))

    assert [page.number for page in pages] == [1, 1 + RIGHT, 2, 3, 3 + RIGHT, 4]
    assert {page.sheets for page in pages} == {4}
    assert [page.blank for page in pages] == [False] * 5 + [True]


def _in_the_middle() -> Image.Image:
    glass = Image.new("L", (A4[0] * 2, A4[1]), 255)
    glass.paste(sheet(FORM_PAGE), (A4[0] // 2, 0))
    return glass


@pytest.mark.parametrize(
    "page",
    [
        lambda: sheet(FORM_PAGE),
        _in_the_middle,
        lambda: beside(_with_card(), _with_card()),
        lambda: Image.new("L", (2339, 1654), 255).point(lambda _: 90),
    ],
    ids=["one form", "one form in the middle of the glass", "two papers without a code", "a dark sheet"],
)
def test_one_page_stays_one(tmp_path: Path, page: Callable[[], Image.Image]) -> None:
    (one,) = read(tmp_path, saved(page()))

    assert one.half is None


def test_two_papers_without_a_code_are_cut_where_somebody_says_so(tmp_path: Path) -> None:
    (tmp_path / "cards.png").write_bytes(saved(beside(_with_card(), _with_card())))

    pages = list(room.read(tmp_path / "cards.png", split=True))

    assert [page.half for page in pages] == [Half.LEFT, Half.RIGHT]
    assert {(page.width, page.height) for page in pages} <= {(width, 2339) for width in range(1640, 1670)}


def test_what_is_blank_is_told_by_its_darkest_specks_alone() -> None:
    spots = paper(245, (600, 800))
    ImageDraw.Draw(spots).rectangle((300, 300, 301, 302), fill=0)
    many = paper(245, (600, 800))
    ImageDraw.Draw(many).rectangle((300, 300, 309, 309), fill=0)

    assert (sight.is_blank(spots), sight.is_blank(many)) == (True, False)


def came(pages: list[Any]) -> None:
    """Let pages come; the end says how many sheets there were."""
    course, sheets = room.Course(), 0
    for page in pages:
        if page == "end":
            course.end(sheets)
        else:
            course.follow(*page)
            sheets = page[0] % RIGHT


@pytest.mark.parametrize(
    "pages",
    [
        [(2, None)],
        [(1, None), (1, None)],
        [(1 + RIGHT, Half.RIGHT)],
        [(1, Half.LEFT), (2, None)],
        [(1, None), (1 + RIGHT, Half.RIGHT)],
        [(1, Half.LEFT), (2 + RIGHT, Half.RIGHT)],
        [(1, Half.LEFT), (1, Half.RIGHT)],
        [(1, Half.LEFT), "end"],
    ],
    ids=str,
)
def test_pages_that_cannot_follow_each_other_are_refused(pages: list[Any]) -> None:
    with pytest.raises(Unreadable):
        came(pages)


def test_halves_and_whole_sheets_follow_each_other_to_the_last() -> None:
    came([(1, None), (2, Half.LEFT), (2 + RIGHT, Half.RIGHT), "end"])


HEAD = {"page": 1, "width": 9, "height": 9, "turned": 0, "half": None, "blank": False, "sheets": 1}


@pytest.mark.parametrize(
    "lie",
    [
        {"texts": "MG1"},
        {"texts": [1]},
        {"texts": ["x"] * 17},
        {"width": "9"},
        {"width": 0},
        {"height": 10**9},
        {"turned": 360},
        {"turned": 1.5},
        {"page": "1"},
        {"half": "middle"},
        {"half": 1},
        {"blank": 1},
        {"blank": True},
        {"sheets": -1},
        {"sheets": 10**9},
    ],
    ids=str,
)
def test_a_head_that_cannot_be_true_is_refused(lie: dict[str, object]) -> None:
    truth: dict[str, object] = {**HEAD, "texts": ["MG1"]}
    assert room._checked(truth).texts == ("MG1",)

    with pytest.raises(room.Untrue):
        room._checked(truth | lie)


def test_texts_are_cut_and_can_always_be_stored() -> None:
    head = room._checked({**HEAD, "texts": ["x" * 999, "a\ud800"]})

    assert head.texts == ("x" * frames.LONGEST_TEXT, "a?")


# -- registered -----------------------------------------------------------------------------------------------------


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on each kind of database in turn."""
    made = TestOffice(database_url, home)
    yield made
    made.close()


@pytest.fixture
def scanner(tmp_path: Path) -> Scanner:
    """A scanner whose pages say what the test wants."""
    return Scanner(tmp_path)


def a_page(number: int, *texts: str, half: Half | None = None, blank: bool = False) -> ScannedPage:
    picture = b"\xff\xd8\xff" + f"page {number}".encode() * 30
    return ScannedPage(number, texts, picture, picture, 1654, 2339, half=half, blank=blank, sheets=3)


def test_blank_backs_are_counted_apart_and_nothing_of_them_is_kept(office: TestOffice, scanner: Scanner) -> None:
    case, code = office.mailed()
    file = scanner.file("")
    scanner.pages[file] = [a_page(1, mark(case, code, 1)), a_page(2, blank=True), a_page(3, mark(case, code, 2))]

    found = scanner.scan(office, file)
    again = scanner.scan(office, file)

    assert [(place.page, place.half) for place in found.blank] == [(2, None)]
    assert (found.clean, found.unmatched, found.matched[0].missing) == (True, (), ())
    assert office.ask("SELECT count(*) FROM tray")[0][0] == 0
    assert len(list(office.settings.var.rglob("*.sealed"))) == 2
    assert (len(again.blank), len(again.known)) == (1, 2)
    (event,) = office.ask("SELECT details FROM office_event WHERE what = 'pages_scanned'")
    assert '"blank": 1' in str(event.details).replace("'", '"')


def test_a_file_of_blank_pages_alone_is_no_fault(office: TestOffice, scanner: Scanner) -> None:
    file = scanner.file("")
    scanner.pages[file] = [a_page(number, blank=True) for number in range(1, 41)]

    found = scanner.scan(office, file)

    assert (found.clean, len(found.blank)) == (True, 40)


def test_blank_pages_can_be_looked_at_all_the_same(office: TestOffice, scanner: Scanner) -> None:
    file = scanner.file("")
    scanner.pages[file] = [a_page(1, blank=True)]
    scanner.scan(office, file)

    kept = scanner.scan(office, file, keep_blank=True)
    after = scanner.scan(office, file)

    assert ([page.tray for page in kept.unmatched], kept.blank) == (["T26-0001"], ())
    assert ([page.tray for page in after.unmatched], after.blank) == (["T26-0001"], ())


def test_the_halves_of_a_sheet_are_registered_apart_and_once(office: TestOffice, scanner: Scanner) -> None:
    case, code = office.mailed()
    file = scanner.file("")
    scanner.pages[file] = [
        a_page(1, mark(case, code, 1), half=Half.LEFT),
        a_page(1 + RIGHT, mark(case, code, 2), half=Half.RIGHT),
        a_page(2, half=Half.LEFT),
        a_page(2 + RIGHT, half=Half.RIGHT, blank=True),
    ]

    found = scanner.scan(office, file)
    again = scanner.scan(office, file)

    (form,) = found.matched
    assert (form.pages, form.missing, form.doubled) == (2, (), ())
    assert [(place.page, place.half) for place in form.places] == [(1, Half.LEFT), (1, Half.RIGHT)]
    assert [(page.place.page, page.place.half) for page in found.unmatched] == [(2, Half.LEFT)]
    assert [(place.page, place.half) for place in found.blank] == [(2, Half.RIGHT)]
    assert len(again.known) == 3
    assert office.ask("SELECT count(*) FROM scan_page")[0][0] == 2


def test_the_bar_counts_pages_of_all_files(office: TestOffice, scanner: Scanner) -> None:
    ticks: list[tuple[int, int]] = []
    files = [scanner.file(""), scanner.file("")]
    for file in files:
        scanner.pages[file] = [
            ScannedPage(
                number, (), b"\xff\xd8\xff" + f"{file.name} {number}".encode(), b"\xff\xd8\xff", 9, 9, sheets=40
            )
            for number in range(1, 41)
        ]

    scan(files, SATO, office.unit, read=scanner.read, tick=lambda done, of: ticks.append((done, of)))

    assert ticks[0] == (16, 41)
    assert ticks[-1] == (80, 80)
    assert [done for done, _ in ticks] == sorted(done for done, _ in ticks)
