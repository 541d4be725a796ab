"""What scanners, telephones and fax machines make of a sheet: a few plain distortions, each given and repeatable."""

import io
import random
from collections.abc import Callable, Sequence
from functools import cache

from PIL import Image, ImageChops, ImageFilter
from pypdfium2 import PdfDocument

from tests.services.paper import pdf_of
from workflows.engine.values import Language
from workflows.request.values import LetterKind

FORM_PAGE, LETTER_PAGE = 3, 0


@cache
def sheet(index: int, dots: int = 200) -> Image.Image:
    """Return one page of a real pack of forms, in grey."""
    pdf = PdfDocument(pdf_of(LetterKind.REQUEST_FORMS, Language.JA))
    page: Image.Image = pdf[index].render(scale=dots / 72).to_pil()
    return page.convert("L")


def turned(page: Image.Image, clockwise: float) -> Image.Image:
    """Lay the sheet on the glass turned by so many degrees."""
    return page.rotate(-clockwise, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def blurred(page: Image.Image, radius: float = 1.6) -> Image.Image:
    return page.filter(ImageFilter.GaussianBlur(radius))


def noisy(page: Image.Image, share: float = 0.7) -> Image.Image:
    """Add grain, the same each time; *share* is how much of the full scale it spans."""
    grain = Image.frombytes("L", page.size, random.Random(7).randbytes(page.width * page.height))
    grain = grain.point(lambda value: 128 + (value - 128) * share)
    return ImageChops.add(page.point(lambda value: value * 0.7 + 30), grain, offset=-128)


def pale(page: Image.Image) -> Image.Image:
    """Print with an empty cartridge on grey paper."""
    return page.point(lambda value: 150 + value * 0.2)


def faxed(page: Image.Image, down: int) -> bytes:
    """Send by fax: 1,728 dots across at 204 an inch, *down* (98 or 196) lines an inch, one bit each."""
    lines = round(page.height / page.width * 1728 * down / 204)
    out = io.BytesIO()
    bilevel = page.resize((1728, lines), Image.Resampling.BOX).point(lambda value: 255 * (value > 128)).convert("1")
    bilevel.save(out, "TIFF", compression="group4", dpi=(204, down))
    return out.getvalue()


def photographed(page: Image.Image) -> Image.Image:
    """Photograph the sheet on a table: from the side, half in the shadow, a little blurred."""
    width, height = page.size
    table = Image.new("L", (round(width * 1.2), round(height * 1.15)), 90)
    corners = [(0.12, 0.06), (0.86, 0.1), (0.95, 0.96), (0.05, 0.9)]
    seen = [(x * table.width, y * table.height) for x, y in corners]
    sheet_corners = [(0, 0), (width, 0), (width, height), (0, height)]
    seen_page = page.transform(
        table.size,
        Image.Transform.PERSPECTIVE,
        _perspective(seen, sheet_corners),
        Image.Resampling.BICUBIC,
        fillcolor=90,
    )
    light = Image.linear_gradient("L").rotate(90).resize(table.size).point(lambda value: 90 + value * 0.6)
    return ImageChops.multiply(seen_page, light).filter(ImageFilter.GaussianBlur(0.8))


def _perspective(seen: Sequence[tuple[float, float]], flat: Sequence[tuple[float, float]]) -> list[float]:
    """Return the eight numbers that carry each point seen to its point on the flat sheet (Gauss-Jordan)."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]]
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(8):
            if row != column:
                factor = rows[row][column]
                rows[row] = [value - factor * lead for value, lead in zip(rows[row], rows[column], strict=True)]
    return [row[8] for row in rows]


def saved(page: Image.Image, kind: str = "PNG", **how: object) -> bytes:
    out = io.BytesIO()
    # Packed as tightly as PNG can, a picture with grain takes longer to make than to read.
    page.save(out, kind, **{**({"compress_level": 1} if kind == "PNG" else {}), **how})
    return out.getvalue()


DISTORTIONS: dict[str, Callable[[Image.Image], bytes]] = {
    "skewed right": lambda page: saved(turned(page, 7)),
    "skewed left": lambda page: saved(turned(page, -7)),
    "on its side and skewed": lambda page: saved(turned(page, 94)),
    "blurred": lambda page: saved(blurred(page)),
    "noisy": lambda page: saved(noisy(page)),
    "pale": lambda page: saved(pale(page)),
    "fine fax": lambda page: faxed(page, 196),
    "standard fax": lambda page: faxed(page, 98),
    "poor JPEG": lambda page: saved(page, "JPEG", quality=30),
    "photographed": lambda page: saved(photographed(page), "JPEG", quality=60),
    "photographed on its side": lambda page: saved(photographed(page).rotate(90, expand=True), "JPEG", quality=60),
    "TIFF from a scanner": lambda page: saved(page, "TIFF", compression="tiff_lzw", dpi=(200, 200)),
}
