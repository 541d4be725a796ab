"""What runs in the limited process: opens the file on standard input and writes what it sees to standard output.

``read`` sends for each page (a sheet may hold two) a head (JSON) and two pictures, at the end the number of sheets;
``draw`` sends the pages, or one, as they are drawn; ``mask`` and ``grid`` send one page. A refusal is a head with a
code. Started by ``services.returns.room`` and by nothing else; imports little, because every file pays for it, and all
of it before the walls stand, because behind them nothing can be opened any more.
"""

import io
import json
import os
import sys
from collections.abc import Iterator

import pypdfium2
from PIL import Image, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin
from pypdfium2 import raw as pdfium

from services.returns import frames, sight, walls
from services.returns.pages import Area, ScannedPage, Unreadable, sheet_of

SPLIT = "split"
"""What ``read`` is told where every sheet lying across holds two pages."""
DOTS_AN_INCH = 200
LONGEST_PAGE_INCHES = 48
"""A0 and a little; a page beyond that is a trap."""
MOST_PIXEL_BYTES = 150_000_000
"""Decoded bytes of one picture: 37 million coloured pixels (A4 at 600 dots an inch has 35) or 150 million grey ones."""
MOST_PIXELS_IN_PDF = 150_000_000
_BYTES = {"1": 1, "L": 1, "P": 1, "LA": 4, "I;16": 2, "I;16B": 2}
_STARTS = (
    (b"\x89PNG\r\n\x1a\n", PngImagePlugin.PngImageFile),
    (b"\xff\xd8\xff", JpegImagePlugin.JpegImageFile),
    (b"II*\x00", TiffImagePlugin.TiffImageFile),
    (b"MM\x00*", TiffImagePlugin.TiffImageFile),
    (b"RIFF", WebPImagePlugin.WebPImageFile),
)
_ORIENTATION = 0x0112
_EXIF_TURNS = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,), 3: (Image.Transpose.ROTATE_180,), 4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,), 6: (Image.Transpose.ROTATE_270,), 7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}  # fmt: skip


def main(task: str, details: str) -> None:
    """Do one task behind the walls and end."""
    out = sys.stdout.fileno()
    # A descriptor above 0, because Pillow takes 0 for none; made here, because behind the walls none can be made.
    file = open(os.dup(sys.stdin.fileno()), "rb")  # noqa: PTH123, SIM115 - a descriptor; it ends with the process
    try:
        prepare()
        walls.raise_walls()
        if task in ("mask", "grid"):
            _send_page(out, (mask if task == "mask" else grid)(file, json.loads(details)))
            return
        sheets = 0
        pages = draw(file, int(details or 0)) if task == "draw" else read(file, split=details == SPLIT)
        for page in pages:
            sheets = sheet_of(page.number)
            _send_page(out, page)
        frames.send(out, json.dumps({"end": sheets}).encode())
    except walls.NoWalls:
        _refuse(out, "no_walls")
    except Unreadable as refusal:
        _refuse(out, refusal.code)
    except MemoryError:
        _refuse(out, "too_much_memory")
    except Exception:  # noqa: BLE001 - whatever a parser says of a foreign file; its text may carry personal data
        _refuse(out, "damaged")


def prepare() -> None:
    """Make sure of what has to be so before the walls are raised."""
    # A build with V8 would run the scripts of a PDF; ours has none, and forms, which carry scripts, are never begun.
    if {"V8", "XFA"} & set(pypdfium2.version.PDFIUM_INFO.flags):
        raise walls.NoWalls
    Image.MAX_IMAGE_PIXELS = None  # our own limit, below, knows how many bytes a pixel takes
    sight.encoded(Image.new("L", (8, 8)))


def read(file: io.BufferedReader, *, split: bool = False) -> Iterator[ScannedPage]:
    """Yield the pages of the file; raises ``Unreadable``. *split* as `sight.read_pages`."""
    pages = _pdf_pages(file) if _is_pdf(file) else _picture_pages(file)
    for number, (page, of) in enumerate(pages, start=1):
        yield from sight.read_pages(page, number, of, split=split)


def draw(file: io.BufferedReader, only: int = 0) -> Iterator[ScannedPage]:
    """Yield the pages of the file as they are drawn, looked at no further; *only* that one, told as the first.

    Raises ``Unreadable``.
    """
    pages = _pdf_pages(file, only) if _is_pdf(file) else _picture_pages(file)
    for number, (page, of) in enumerate(pages, start=1):
        if not only:
            yield sight.as_drawn(page, number, of)
        elif _is_pdf(file) or number == only:
            yield sight.as_drawn(page, 1, of)
            return


def mask(file: io.BufferedReader, areas: list[list[float]]) -> ScannedPage:
    """Return the picture with the areas blackened; raises ``Unreadable``."""
    page = sight.masked(next(_picture_pages(file))[0], [Area(*area) for area in areas])
    return ScannedPage(1, (), sight.encoded(page), sight.thumbnail(page), page.width, page.height)


def grid(file: io.BufferedReader, cells: list[int]) -> ScannedPage:
    """Return the picture under a grid of (columns, rows); raises ``Unreadable``."""
    page = sight.gridded(next(_picture_pages(file))[0], *cells)
    return ScannedPage(1, (), sight.encoded(page), sight.thumbnail(page), page.width, page.height)


def _is_pdf(file: io.BufferedReader) -> bool:
    file.seek(0)
    return file.read(1024).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-")


def _pdf_pages(file: io.BufferedReader, only: int = 0) -> Iterator[tuple[Image.Image, int]]:
    file.seek(0)
    try:
        # From memory: read piece by piece, pdfium would call back into Python, and that needs executable memory.
        document = pypdfium2.PdfDocument(file.read())
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
        raise Unreadable("encrypted" if locked else "damaged") from None
    if len(document) > walls.MOST_PAGES:
        raise Unreadable("too_many_pages")
    for index in range(len(document)) if not only else range(only - 1, min(only, len(document))):
        page = document[index]
        yield _drawn(page), len(document)
        page.close()


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    longer = max(page.get_size())
    if not 0 < min(page.get_size()) <= longer:
        raise Unreadable("damaged")
    if longer > LONGEST_PAGE_INCHES * 72:
        raise Unreadable("too_many_pixels")
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        width, height = picture.get_px_size()
        if width * height > MOST_PIXELS_IN_PDF:
            raise Unreadable("too_many_pixels")
    scale = min(DOTS_AN_INCH / 72, sight.LOOKED_AT_SIDE / longer)
    bitmap = page.render(scale=scale, rev_byteorder=True, limit_image_cache=True)
    drawn: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return drawn


def _picture_pages(file: io.BufferedReader) -> Iterator[tuple[Image.Image, int]]:
    file.seek(0)
    start = file.read(16)
    kind = next((kind for mark, kind in _STARTS if start.startswith(mark)), None)
    if kind is None or (start.startswith(b"RIFF") and start[8:12] != b"WEBP"):
        raise Unreadable("not_a_picture")
    file.seek(0)
    picture: Image.Image = kind(file)
    count = _frames(picture)
    for index in range(count):
        if count > 1:
            picture.seek(index)
        yield _plain(picture), count


def _frames(picture: Image.Image) -> int:
    """Return how many pages a picture has. Only a TIFF may have several; an animation is no scan."""
    count = 1
    if isinstance(picture, TiffImagePlugin.TiffImageFile):
        try:
            while count <= walls.MOST_PAGES:
                picture.seek(count)
                count += 1
        except EOFError:
            picture.seek(0)
            return count
        raise Unreadable("too_many_pages")
    return count


def _plain(picture: Image.Image) -> Image.Image:
    """Return a frame as grey or RGB pixels, as large as is looked at, square and turned as its camera noted."""
    side = sight.LOOKED_AT_SIDE
    bytes_held = 0
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        bytes_held = _coefficients(picture)
        scale = min(1.0, side / max(picture.size))
        # Decodes a large photograph at a half, a quarter or an eighth of its size, never below what is looked at.
        picture.draft(None, (round(picture.width * scale), round(picture.height * scale)))
    bytes_held += picture.width * picture.height * _BYTES.get(picture.mode, 4)
    if bytes_held > MOST_PIXEL_BYTES:
        raise Unreadable("too_many_pixels")
    across, down = _density(picture)
    turns = _EXIF_TURNS.get(picture.getexif().get(_ORIENTATION, 1), ())
    page = _pixels(picture)
    # A fax has 204 dots an inch across and 98 or 196 down.
    if across > 1.2 * down:
        page = page.resize((page.width, round(page.height * across / down)), Image.Resampling.BICUBIC)
    elif down > 1.2 * across:
        page = page.resize((round(page.width * down / across), page.height), Image.Resampling.BICUBIC)
    for turn in turns:
        page = page.transpose(turn)
    return page


def _coefficients(picture: JpegImagePlugin.JpegImageFile) -> int:
    """Return the bytes that a progressive JPEG holds before its first pixel: two for each sample; 0 for a plain one."""
    if not picture.info.get("progressive"):
        return 0
    samples = [across * down for _, across, down, _ in picture.layer]
    return 2 * picture.width * picture.height * sum(samples) // max(samples)


def _density(picture: Image.Image) -> tuple[float, float]:
    """Return the dots an inch across and down, as far as the file gives them and they can be true."""
    given = picture.info.get("dpi")
    if not isinstance(given, tuple) or len(given) != 2:
        return 1.0, 1.0
    across, down = (float(value) for value in given)
    return (across, down) if across > 0 and down > 0 and 0.2 < across / down < 5 else (1.0, 1.0)


def _pixels(picture: Image.Image) -> Image.Image:
    """Return the picture as grey or RGB pixels and nothing else, no larger than is looked at."""
    picture.load()
    if picture.mode in {"P", "PA"}:
        picture = picture.convert("RGBA" if "transparency" in picture.info or picture.mode == "PA" else "RGB")
    elif picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    elif picture.mode == "1":
        picture = picture.convert("L")
    elif picture.mode == "F":
        raise Unreadable("not_a_picture")
    page = sight.shrunk(picture, sight.LOOKED_AT_SIDE)
    if page.mode in {"RGBA", "LA"}:
        clear, page = page.convert("RGBA"), Image.new("RGB", page.size, (255, 255, 255))
        page.paste(clear, mask=clear.getchannel("A"))
    elif page.mode not in {"L", "RGB"}:
        page = page.convert("RGB")
    elif page is picture:
        page = picture.copy()  # no longer a file: it is never asked for its name, and loses what the file said
    page.info = {}
    return page


def _send_page(out: int, page: ScannedPage) -> None:
    head = {
        "page": page.number, "texts": page.texts, "width": page.width, "height": page.height, "turned": page.turned,
        "half": page.half, "blank": page.blank, "sheets": page.sheets,
    }  # fmt: skip
    frames.send(out, json.dumps(head).encode())
    frames.send(out, page.picture)
    frames.send(out, page.thumbnail)


def _refuse(out: int, code: str) -> None:
    frames.send(out, json.dumps({"refused": code}).encode())
