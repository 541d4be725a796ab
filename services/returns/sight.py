"""A page as a picture: finding its codes, standing it upright, drawing it anew. Runs in the limited process alone."""

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from services.returns.frames import LONGEST_TEXT, MOST_TEXTS
from services.returns.pages import RIGHT, Area, Half, ScannedPage

OURS = "MG1 "
DRAWN_SIDE = 2_400
THUMBNAIL_SIDE = 320
LOOKED_AT_SIDE = 3_400
"""Pixels of the longer side while codes are looked for: A3 at 200 dots an inch."""
EDGE = 0.03
"""How much of a page at each side is not looked at for whether it is blank: there scanners leave shadows."""
DARKEST_PAPER, CONTRAST, SPECKS = 150, 24, 0.0002
"""A blank page is no darker than paper (0 is black), and no more of it than specks of dust is darker than that."""
TILE, MARK = 24, 5
"""Pixels of a tile's side, at 100 dots an inch, and how dark (0 to 255) a mark makes it: 11 pixels, 0.7 mm²."""
TWO_WIDE = (19, 30)
"""How many of our codes side by side are as wide as two sheets of A4: 24, for a code of 17.4 mm."""
_GRID = (200, 30, 30)
LABELS = ImageFont.load_default_imagefont()
"""Loaded before the walls stand; a bitmap, so that no other library must be behind them."""
_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_ENLARGED_SIDE = 5_000
_SMALLEST_SKEW = 0.2
"""Degrees; less is not seen, and turning a picture blurs it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A code on the page: what it says, its middle and size in pixels, its turn in degrees clockwise."""

    text: str
    middle: tuple[float, float]
    size: float
    angle: float


def read_pages(page: Image.Image, sheet: int, sheets: int, *, split: bool = False) -> Iterator[ScannedPage]:
    """Yield the page on a sheet as it is handed on, or the two that lie on it side by side.

    Two are seen by our codes: our forms are upright sheets of A4, so a code that stands upright on a sheet as wide as
    two of them is on a page beside another. *split*: any sheet lying across whose middle is free holds two.
    ``turned`` counts quarter turns (0, 90, 180 or 270), skew is not in it.
    """
    page = shrunk(page, LOOKED_AT_SIDE)
    if is_blank(page):
        yield _handed_on(page, (), sheet, sheets, 0, blank=True)
        return
    found = _seen(page)
    ours = [code for code in found if code.text.startswith(OURS)]
    page, turned = _upright(page, _angle(ours))
    cut = _between_pages(page, ours, split=split)
    if cut is None:
        yield _handed_on(page, _texts(found), sheet, sheets, turned)
        return
    for half, left, right in ((Half.LEFT, 0, cut), (Half.RIGHT, cut, page.width)):
        yield _half(page.crop((left, 0, right, page.height)), half, sheet, sheets, turned)


def as_drawn(page: Image.Image, sheet: int, sheets: int) -> ScannedPage:
    """Return a page as it is handed on, looked at no further: not turned, no code of it read, blank or not."""
    return _handed_on(page, (), sheet, sheets, 0)


def _half(page: Image.Image, half: Half, sheet: int, sheets: int, turned: int) -> ScannedPage:
    number = sheet + (RIGHT if half is Half.RIGHT else 0)
    if is_blank(page):
        return _handed_on(page, (), number, sheets, turned, half=half, blank=True)
    found = _seen(page)
    page, more = _upright(page, _angle([code for code in found if code.text.startswith(OURS)]))
    return _handed_on(page, _texts(found), number, sheets, (turned + more) % 360, half=half)


def _texts(found: Sequence[Found]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.text[:LONGEST_TEXT] for code in found))[:MOST_TEXTS]


def _handed_on(
    page: Image.Image,
    texts: tuple[str, ...],
    number: int,
    sheets: int,
    turned: int,
    *,
    half: Half | None = None,
    blank: bool = False,
) -> ScannedPage:
    page = shrunk(page, DRAWN_SIDE)
    if page.mode != "L" and not _has_colour(page):
        page = page.convert("L")
    picture, small = encoded(page), thumbnail(page)
    return ScannedPage(number, texts, picture, small, page.width, page.height, turned, half, blank, sheets)


def is_blank(page: Image.Image) -> bool:
    """Whether nothing is on a page: nowhere but at its very edge is it darker than its paper.

    Strict, because a blank page is not kept: a tick in pencil counts, and so does what shows through from the front.
    """
    across, down = round(page.width * EDGE), round(page.height * EDGE)
    grey = page.convert("L").crop((across, down, page.width - across, page.height - down))
    # Averages out the grain of a scanner; a stroke of a pencil, half a millimetre, is four pixels at 200 dots an inch.
    small = grey.reduce(max(1, round(max(grey.size) / 1_100)))
    counts = small.histogram()
    paper = _median(counts)
    if paper < DARKEST_PAPER or sum(counts[: paper - CONTRAST]) > SPECKS * small.width * small.height:
        return False
    # Dust lies anywhere, a mark in one place: no tile of 6 mm may be darker than a speck or two make it.
    dark = small.point([255 if value < paper - CONTRAST else 0 for value in range(256)])
    return not any(dark.reduce(TILE).histogram()[MARK:])


def _median(counts: Sequence[int]) -> int:
    seen, half = 0, sum(counts) / 2
    for value, count in enumerate(counts):
        seen += count
        if seen >= half:
            return value
    return 0


def _between_pages(page: Image.Image, ours: Sequence[Found], *, split: bool) -> int | None:
    """Return the column of an upright page at which two pages lie side by side; None where it is one."""
    if not 1.2 < page.width / page.height < 1.8:
        return None
    two_wide = any(TWO_WIDE[0] < page.width / code.size < TWO_WIDE[1] for code in ours if code.size)
    if not (two_wide or split):
        return None
    scale = max(1, round(page.width / 1_600))
    small = page.convert("L").reduce(scale)
    paper, edge = _median(small.histogram()), round(small.height * EDGE)
    first, last = round(small.width * 0.46), round(small.width * 0.54)
    band = small.crop((first, edge, last, small.height - edge))
    # What each column is on average: of text and rules a good deal darker than paper, in a margin as the paper is.
    columns = band.resize((band.width, 1), Image.Resampling.BOX).tobytes()
    free = [first + place for place, value in enumerate(columns) if value >= paper - 3]
    return scale * min(free, key=lambda column: abs(column - small.width / 2)) if free else None


def shrunk(page: Image.Image, side: int) -> Image.Image:
    """Return the page with a longer side of at most *side* pixels."""
    longer = max(page.size)
    if longer <= side:
        return page
    # Whole steps need no memory beyond the result; the finer way needs half the picture again.
    if longer > 1.6 * side:
        return page.reduce(math.ceil(longer / side))
    scale = side / longer
    return page.resize(
        (max(1, round(page.width * scale)), max(1, round(page.height * scale))), Image.Resampling.HAMMING
    )


def encoded(page: Image.Image) -> bytes:
    """Return the page as JPEG: pixels alone, nothing of the file it came from."""
    out = io.BytesIO()
    page.save(out, "JPEG", quality=82, exif=b"", icc_profile=None, comment=b"")
    return out.getvalue()


def thumbnail(page: Image.Image) -> bytes:
    """Return the small picture of the page."""
    return encoded(shrunk(page, THUMBNAIL_SIDE))


def masked(page: Image.Image, areas: Sequence[Area]) -> Image.Image:
    """Return the page with black where the areas are; a pixel that an area touches is black as a whole."""
    page = page.copy()
    for area in areas:
        left, top = math.floor(area.left * page.width), math.floor(area.top * page.height)
        right = math.ceil((area.left + area.width) * page.width)
        bottom = math.ceil((area.top + area.height) * page.height)
        page.paste(0, (max(0, left), max(0, top), min(page.width, right), min(page.height, bottom)))
    return page


def gridded(page: Image.Image, columns: int, rows: int) -> Image.Image:
    """Return the page under a grid whose cells are named A1 at the upper left, and so on."""
    page = page.convert("RGB")
    drawing = ImageDraw.Draw(page)
    for column in range(columns + 1):
        x = min(round(column * page.width / columns), page.width - 1)
        drawing.line((x, 0, x, page.height), fill=_GRID, width=2)
    for row in range(rows + 1):
        y = min(round(row * page.height / rows), page.height - 1)
        drawing.line((0, y, page.width, y), fill=_GRID, width=2)
    for row in range(rows):
        for column in range(columns):
            if row % 3 == 0 or column % 5 == 0:
                place = (round(column * page.width / columns) + 3, round(row * page.height / rows) + 3)
                label = _label(f"{chr(ord('A') + column)}{row + 1}")
                page.paste((255, 255, 255), (*place, place[0] + label.width, place[1] + label.height))
                page.paste(_GRID, place, label)
    return page


def _label(text: str) -> Image.Image:
    """Return a text as a mask, large enough to be read."""
    left, top, right, bottom = LABELS.getbbox(text)
    small = Image.new("L", (int(right - left) + 1, int(bottom - top) + 1), 0)
    ImageDraw.Draw(small).text((-left, -top), text, fill=255, font=LABELS)
    return small.resize((small.width * 2, small.height * 2), Image.Resampling.NEAREST)


def _seen(page: Image.Image) -> list[Found]:
    """Return the codes of the page. It is looked at again, otherwise prepared, until one of ours is read."""
    grey = page.convert("L")
    foreign: dict[str, Found] = {}
    for picture, scale in _attempts(grey):
        codes = _codes(picture, scale)
        if any(code.text.startswith(OURS) for code in codes):
            return [*codes, *foreign.values()]
        foreign |= {code.text: code for code in codes}
    return list(foreign.values())


def _attempts(grey: Image.Image) -> Iterator[tuple[Image.Image, float]]:
    """Yield pictures of the page with their scale: as it is, then against blur, against noise, larger."""
    yield grey, 1
    yield grey.filter(ImageFilter.UnsharpMask(2, 700, 0)), 1
    yield grey.filter(ImageFilter.GaussianBlur(1.2)), 1
    larger = min(2.0, _ENLARGED_SIDE / max(grey.size))
    size = (round(grey.width * larger), round(grey.height * larger))
    # Filtered first and enlarged then: the same codes are read as the other way round, in half the time.
    for prepared in (ImageFilter.GaussianBlur(1), ImageFilter.UnsharpMask(2.5, 600, 0)):
        yield grey.filter(prepared).resize(size, Image.Resampling.BICUBIC), larger
    yield grey.resize(size, Image.Resampling.BICUBIC), larger
    yield grey.filter(ImageFilter.MedianFilter(3)), 1


def _codes(picture: Image.Image, scale: float) -> list[Found]:
    codes = zxingcpp.read_barcodes(picture, formats=_QR)
    return [_found(code, scale) for code in codes if code.text]


def _found(code: zxingcpp.Barcode, scale: float) -> Found:
    place = code.position
    corners = [(corner.x / scale, corner.y / scale) for corner in (
        place.top_left, place.top_right, place.bottom_right, place.bottom_left)]  # fmt: skip
    top_left, top_right, bottom_right, bottom_left = corners
    across = (top_right[0] - top_left[0] + bottom_right[0] - bottom_left[0],
              top_right[1] - top_left[1] + bottom_right[1] - bottom_left[1])  # fmt: skip
    middle = (sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4)
    return Found(code.text, middle, math.hypot(*across) / 2, math.degrees(math.atan2(across[1], across[0])))


def _angle(ours: Sequence[Found]) -> float:
    """Return by how many degrees clockwise the page is turned, judged by the codes of ours on it."""
    if not ours:
        return 0.0
    angle = ours[0].angle
    # The same code stands at the top and at the bottom, the one straight below the other: a line ten times as long as
    # a code tells the skew ten times as well.
    for other in ours[1:]:
        across, down = (other.middle[axis] - ours[0].middle[axis] for axis in (0, 1))
        if other.text == ours[0].text and math.hypot(across, down) > 4 * ours[0].size:
            for line in (math.atan2(-across, down), math.atan2(across, -down)):
                if abs(_between(math.degrees(line) - angle)) < 5:
                    return math.degrees(line)
    return angle


def _between(angle: float) -> float:
    """Return the same direction as more than -180 and at most 180 degrees."""
    return 180 - (180 - angle) % 360


def _upright(page: Image.Image, angle: float) -> tuple[Image.Image, int]:
    quarters = round(angle / 90) % 4
    skew = _between(angle - 90 * quarters)
    # A page turned clockwise is turned back; Pillow's turns go against the clock.
    back = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}
    if quarters:
        page = page.transpose(back[quarters])
    if abs(skew) >= _SMALLEST_SKEW:
        white = 255 if page.mode == "L" else (255, 255, 255)
        page = page.rotate(skew, Image.Resampling.BICUBIC, expand=True, fillcolor=white)
    return page, (-90 * quarters) % 360


def _has_colour(page: Image.Image) -> bool:
    """Return whether something on the page is coloured: a seal counts, the tint of old paper does not."""
    small = page.reduce(max(1, max(page.size) // 600))
    red, green, blue = small.split()
    spread = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return sum(spread.histogram()[48:]) >= 40
