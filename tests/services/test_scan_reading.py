"""Returned pages through scanners, telephones and fax machines; hostile files; and the walls around who reads them."""

import io
import json
import math
import os
import resource
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from services.returns import frames, room, walls
from services.returns.pages import Area, ScannedPage, Unreadable
from settings import PROJECT
from tests.services.hostile_scans import HOSTILE, scripted, unscripted
from tests.services.paper import codes_on, pages_of, pdf_of
from tests.services.scan_meter import SECONDS
from tests.services.scanner import DISTORTIONS, FORM_PAGE, LETTER_PAGE, saved, sheet, turned
from workflows.engine.values import Language, Reason
from workflows.request.marks import read_mark
from workflows.request.values import LetterKind
from workflows.words import say
from workflows.words.scans import SENTENCES

PACK = pdf_of(LetterKind.REQUEST_FORMS, Language.JA)


Reading = tuple[Generator[ScannedPage], psutil.Process]


def read(folder: Path, content: bytes, name: str = "scan") -> list[ScannedPage]:
    (folder / name).write_bytes(content)
    return list(room.read(folder / name))


def read_one(folder: Path, content: bytes) -> ScannedPage:
    (page,) = read(folder, content)
    return page


def opened(picture: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(picture), formats=["JPEG"])
    image.load()
    return image


def says(index: int) -> str:
    (text,) = set(codes_on(pages_of(PACK)[index]))
    return text


def lean(page: ScannedPage) -> float:
    """Return by how many degrees the codes on the page as handed on do not stand upright."""
    picture = opened(page.picture)
    looks = (zxingcpp.read_barcodes(picture.filter(ImageFilter.GaussianBlur(radius))) for radius in (0, 1.2, 1.6, 2))
    found = next(filter(None, looks), None)
    assert found, "no code on the page as it was handed on"
    place = found[0].position
    across = (place.top_right.x - place.top_left.x, place.top_right.y - place.top_left.y)
    return math.degrees(math.atan2(across[1], across[0]))


# ---- honest pages --------------------------------------------------------------------------------------------------


def test_a_pack_is_read_page_by_page_as_it_was_printed(tmp_path: Path) -> None:
    pages = read(tmp_path, PACK)

    assert [page.number for page in pages] == list(range(1, len(pages_of(PACK)) + 1))
    assert [page.texts for page in pages] == [(says(index),) for index in range(len(pages))]
    assert all(read_mark(page.texts[0]) for page in pages)
    assert {(page.width, page.height, page.turned) for page in pages} == {(1654, 2339, 0)}


@pytest.mark.parametrize("distortion", DISTORTIONS)
def test_a_form_is_read_and_stood_upright(distortion: str, tmp_path: Path) -> None:
    quarter = {"on its side and skewed": 270, "photographed on its side": 90}

    page = read_one(tmp_path, DISTORTIONS[distortion](sheet(FORM_PAGE)))

    assert page.texts == (says(FORM_PAGE),)
    assert page.turned == quarter.get(distortion, 0)
    # A photograph is turned, not flattened: its lines converge.
    assert abs(lean(page)) < (6 if "photo" in distortion else 1)


@pytest.mark.parametrize("clockwise", [0, 90, 180, 270])
@pytest.mark.parametrize("index", [FORM_PAGE, LETTER_PAGE])
def test_a_page_is_turned_back_from_any_side(index: int, clockwise: int, tmp_path: Path) -> None:
    page = read_one(tmp_path, saved(turned(sheet(index), clockwise)))

    assert page.texts == (says(index),)
    assert page.turned == -clockwise % 360
    assert page.height > page.width
    assert abs(lean(page)) < 1


def test_a_page_without_a_code_stays_as_it_lies(tmp_path: Path) -> None:
    card = Image.new("L", (900, 500), 255)
    ImageDraw.Draw(card).rectangle((50, 50, 400, 300), fill=0)

    page = read_one(tmp_path, saved(card))

    assert (page.texts, page.turned, page.width, page.height) == ((), 0, 900, 500)


def test_foreign_codes_are_told_each_once_and_do_not_turn_the_page(tmp_path: Path) -> None:
    page = Image.new("L", (1200, 800), 255)
    for says_what, place in (
        ("https://example.com/a", (50, 50)),
        ("https://example.com/a", (600, 50)),
        ("乙", (50, 450)),
    ):
        code = zxingcpp.create_barcode(says_what, zxingcpp.BarcodeFormat.QRCode).to_image(scale=7, add_quiet_zones=True)
        page.paste(Image.fromarray(code).rotate(90), place)

    found = read_one(tmp_path, saved(page))

    assert (set(found.texts), len(found.texts), found.turned) == ({"https://example.com/a", "乙"}, 2, 0)


def test_a_seal_keeps_its_colour_and_old_paper_becomes_grey(tmp_path: Path) -> None:
    paper = Image.new("RGB", (827, 1170), (240, 232, 214))
    sealed = paper.copy()
    ImageDraw.Draw(sealed).ellipse((600, 150, 650, 200), outline=(200, 30, 40), width=3)

    modes = [opened(read_one(tmp_path, saved(page)).picture).mode for page in (paper, sealed)]

    assert modes == ["L", "RGB"]


def test_what_is_handed_on_is_bounded_and_says_nothing_of_its_file(tmp_path: Path) -> None:
    about = Image.Exif()
    about[0x0112], about[0x010E] = 6, "taken at home by Hanako"
    photograph = saved(
        sheet(FORM_PAGE, 400).rotate(90, expand=True), "JPEG", exif=about, comment=b"Hanako", dpi=(400, 400)
    )

    page = read_one(tmp_path, photograph)

    assert page.texts == (says(FORM_PAGE),)
    assert page.turned == 0  # the camera's note already turned it
    for picture, side in ((page.picture, 2_400), (page.thumbnail, 320)):
        image = opened(picture)
        assert max(image.size) <= side
        assert not image.getexif()
        assert "comment" not in image.info
        assert b"Hanako" not in picture
    assert opened(page.picture).size == (page.width, page.height)


@pytest.mark.parametrize(
    "content",
    [
        lambda page: saved(page.convert("RGBA"), "PNG"),
        lambda page: saved(page.convert("P"), "PNG"),
        lambda page: saved(page.convert("I;16").point(lambda value: value * 256), "PNG"),
        lambda page: saved(page.convert("CMYK"), "JPEG"),
        lambda page: saved(page, "JPEG", progressive=True),
        lambda page: saved(page.convert("RGB"), "WEBP"),
        lambda page: saved(page.convert("1"), "TIFF", compression="group3"),
    ],
    ids=["transparent", "palette", "sixteen bits", "four colours", "progressive", "WebP", "group 3"],
)  # fmt: skip
def test_pixels_of_every_kind_are_read(content: object, tmp_path: Path) -> None:
    assert callable(content)

    page = read_one(tmp_path, content(sheet(FORM_PAGE)))

    assert page.texts == (says(FORM_PAGE),)


def test_a_tiff_of_several_sheets_gives_several_pages(tmp_path: Path) -> None:
    sheets = [sheet(index).convert("1") for index in (3, 4, 5)]
    stack = saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:], compression="group4")

    pages = read(tmp_path, stack)

    assert [(page.number, page.texts[0]) for page in pages] == [(1, says(3)), (2, says(4)), (3, says(5))]


@pytest.mark.parametrize("name", [b"line\nbreak", b"\xff\xfe", b"-rf; $(id)", "請求書 葛󠄀城".encode()])
def test_a_name_is_only_a_name(name: bytes, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name)))  # noqa: PTH118 - bytes no Path takes
    path.write_bytes(saved(Image.new("L", (90, 60), 255)))

    assert len(list(room.read(path))) == 1
    assert len(list(room.read(tmp_path / ".." / tmp_path.name / path.name))) == 1


def test_a_name_with_a_zero_byte_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="not_readable"):
        next(room.read(tmp_path / "a\0b"))


# ---- masking -------------------------------------------------------------------------------------------------------


def test_what_is_masked_is_burnt_into_both_pictures(tmp_path: Path) -> None:
    page = read_one(tmp_path, saved(sheet(FORM_PAGE)))

    picture, thumbnail = room.mask(page.picture, [Area(0.5, 0, 0.5, 0.2), Area(0.1, 0.5, 0.3, 0.05)])

    before, after, small = opened(page.picture), opened(picture), opened(thumbnail)
    for image in (after, small):
        width, height = image.size
        # A pixel inside: where black meets white, JPEG writes both.
        for box in ((0.52, 0.01, 0.98, 0.18), (0.12, 0.51, 0.38, 0.54)):
            part = image.crop(
                (round(box[0] * width), round(box[1] * height), round(box[2] * width), round(box[3] * height))
            )
            assert not sum(part.convert("L").histogram()[40:])
    left = (0, 0, round(page.width * 0.48), round(page.height * 0.48))
    assert abs(_mean(before.crop(left)) - _mean(after.crop(left))) < 1
    assert after.size == before.size


def test_a_masked_code_cannot_be_read_any_more(tmp_path: Path) -> None:
    page = read_one(tmp_path, saved(sheet(LETTER_PAGE)))

    picture, _ = room.mask(page.picture, [Area(0.7, 0, 0.3, 0.16)])

    assert read_one(tmp_path, picture).texts == ()


def test_only_a_picture_is_masked() -> None:
    with pytest.raises(Unreadable, match="not_a_picture"):
        room.mask(unscripted(), [Area(0, 0, 1, 1)])


@pytest.mark.parametrize(
    "area", [(1.5, 0, 0.2, 0.2), (0, 0, 0, 1), (0, -0.5, 1, 0.5), (math.nan, 0, 1, 1), (0, 0, math.inf, 1)]
)
def test_an_area_that_covers_nothing_is_not_passed_over(area: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="covers nothing of the picture"):
        room.mask(saved(Image.new("L", (9, 9)), "JPEG"), [Area(*area)])


def _mean(image: Image.Image) -> float:
    counts = image.convert("L").histogram()
    return sum(value * count for value, count in enumerate(counts)) / sum(counts)


# ---- hostile files -------------------------------------------------------------------------------------------------


def run(module: str, *arguments: str, given: str = "") -> dict[str, Any]:
    """Run ``main`` of a module of the tests as the reader is run, and return what it tells."""
    code = f"import sys; sys.path.insert(0, sys.argv[1]); from tests.services.{module} import main; main(*sys.argv[2:])"
    command = [sys.executable, "-I", "-c", code, str(PROJECT), *arguments]
    done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert isinstance(told, dict)
    return told


def test_hostile_files_are_refused_by_name_within_their_limits(tmp_path: Path) -> None:
    for name, (_, make) in HOSTILE.items():
        make(tmp_path / name)

    told = run("scan_meter", str(tmp_path), given=json.dumps(list(HOSTILE)))

    assert {name: one["code"] for name, one in told.items()} == {name: code for name, (code, _) in HOSTILE.items()}
    assert max(one["peak"] for one in told.values()) <= walls.MEMORY == 256 * 1024 * 1024
    # The kernel stops it within the second that follows the limit.
    assert SECONDS / 2 < told["a thousand sunsets"]["seconds"] < SECONDS + 1
    assert max(one["seconds"] for one in told.values()) < SECONDS + 1


def test_a_file_is_computed_on_for_ten_seconds_and_two_a_page() -> None:
    show = "import resource, sys; sys.path.insert(0, sys.argv[1]); from services.returns import walls; walls.limit()"
    command = [sys.executable, "-I", "-c", f"{show}; print(resource.getrlimit(resource.RLIMIT_CPU))", str(PROJECT)]

    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)

    assert done.stdout == f"{(10, 10 + 2 * walls.MOST_PAGES)}\n"


def test_a_script_in_a_pdf_is_not_run_and_changes_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, scripted()) == read(tmp_path, unscripted())


def test_pdfium_has_no_engine_for_scripts() -> None:
    import pypdfium2

    assert not {"V8", "XFA"} & set(pypdfium2.version.PDFIUM_INFO.flags)


def test_a_looping_tiff_ends(tmp_path: Path) -> None:
    from tests.services.hostile_scans import looping_tiff

    assert len(read(tmp_path, looping_tiff())) == 2


def test_every_refusal_is_worded_in_both_languages() -> None:
    assert set(SENTENCES) == {f"scan.{code}" for code in room.CODES}
    assert {code for code, _ in HOSTILE.values()} == room.CODES - {"no_walls"}
    for code in SENTENCES:
        japanese, english = (say(Reason(code), language) for language in ("ja", "en"))
        assert not japanese.isascii()
        assert english.isascii()
    assert str(room.LARGEST_FILE // 1024**2) in SENTENCES["scan.too_large"]["en"]
    assert f"{walls.MOST_PAGES:,}" in SENTENCES["scan.too_many_pages"]["en"]


# ---- the walls -----------------------------------------------------------------------------------------------------


def test_behind_the_walls_nothing_can_be_opened_started_or_reached(tmp_path: Path) -> None:
    (tmp_path / "lies-there").touch()

    told = run("scan_probe", str(tmp_path), "")

    assert len(told) > 20
    # Python words the refusal to raise a limit as a ValueError.
    assert {name: answer for name, answer in told.items() if answer not in {"PermissionError", "ValueError"}} == {}
    assert [path.name for path in tmp_path.iterdir()] == ["lies-there"]


def test_without_filters_there_is_still_no_file_no_network_and_no_program(tmp_path: Path) -> None:
    (tmp_path / "lies-there").touch()

    told = run("scan_probe", str(tmp_path), "filter")

    # What only a filter keeps; docs/adr/0014 says so.
    left = {name for name, answer in told.items() if answer == "done"}
    assert left <= {"make a process", "kill the parent", "not to be stopped", "more time", "executable memory"}
    assert [path.name for path in tmp_path.iterdir()] == ["lies-there"]


def test_where_no_wall_can_be_raised_nothing_is_opened() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from services.returns import reader; "
        "from tests.services.scan_probe import lack_all; lack_all(); reader.main('read', '')"
    )
    command = [sys.executable, "-I", "-c", code, str(PROJECT)]

    done = subprocess.run(command, input=unscripted(), capture_output=True, timeout=300, check=True)

    assert json.loads(done.stdout[4:]) == {"refused": "no_walls"}


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reading]:
    """A pack whose first page was read, and the process that reads it."""
    monkeypatch.setenv("MADOGUCHI_DATABASE_URL", "postgresql://canary@example.com/")
    (tmp_path / "Hanako.pdf").write_bytes(PACK)
    others = set(psutil.Process().children())
    pages = room.read(tmp_path / "Hanako.pdf")
    next(pages)
    (process,) = set(psutil.Process().children()) - others
    yield pages, process
    pages.close()


def test_the_process_knows_neither_our_environment_nor_the_name(reading: Reading) -> None:
    _, process = reading

    try:
        environment = process.environ()
    except psutil.AccessDenied:  # hidden from everybody but root
        environment = {}

    assert "Hanako" not in " ".join(process.cmdline())
    assert "canary" not in str(environment)


def test_each_page_read_buys_time_for_the_next(reading: Reading) -> None:
    pages, process = reading

    soft = [process.rlimit(resource.RLIMIT_CPU)[0]]
    for _ in range(2):
        next(pages)
        soft.append(process.rlimit(resource.RLIMIT_CPU)[0])

    assert soft == [12, 14, 16]


def test_who_stops_reading_ends_the_process(reading: Reading) -> None:
    pages, process = reading

    pages.close()

    assert not process.is_running()


# ---- what the process says is not believed -------------------------------------------------------------------------


def test_a_frame_that_is_too_long_is_cut_and_one_that_does_not_come_is_not_awaited() -> None:
    ours, theirs = os.pipe()
    frames.send(theirs, b"12345")
    frames.send(theirs, b"123456")

    assert frames.receive(ours, 5, 1) == b"12345"
    with pytest.raises(frames.Cut):
        frames.receive(ours, 5, 1)
    os.read(ours, 6)
    with pytest.raises(frames.Silence):
        frames.receive(ours, 5, 0)
    os.close(theirs)
    with pytest.raises(frames.Cut):
        frames.receive(ours, 5, 1)
    os.close(ours)


def test_the_tables_of_calls_name_each_once() -> None:
    for column in range(2):
        numbers = [pair[column] for table in (walls.ALLOWED, walls.MAPPING, walls.ENDING) for pair in table.values()]
        assert len(numbers) == len(set(numbers))
