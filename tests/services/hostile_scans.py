"""Files that want to harm whoever opens them, made here so that none has to be kept; and what each is refused for."""

import io
import os
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from tests.services.scanner import FORM_PAGE, saved, sheet

Making = Callable[[Path], object]


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def one_page(page: bytes, *more: bytes, catalogue: bytes = b"", trailer: bytes = b"") -> bytes:
    """Return a PDF with one page, which is object 3; *more* are the objects from 4 on."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R%b>>" % catalogue,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R%b>>" % page,
        *more,
        trailer=trailer,
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(content), entries, content)


A4 = b"/MediaBox[0 0 595 842]"


def _zeros(size: int) -> bytes:
    """Return so many zeros, deflated, without ever having them in memory."""
    squeeze = zlib.compressobj(1)  # three times as fast, and the next layer squeezes what is left
    piece = bytes(1_000_000)
    return b"".join([squeeze.compress(piece) for _ in range(size // len(piece))]) + squeeze.flush()


def stream_bomb() -> bytes:
    """A page whose content is 300 MB of blanks in some hundred bytes: deflated, and deflated again, and again."""
    twice = zlib.compress(zlib.compress(_zeros(300_000_000), 9), 9)
    filters = b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    return one_page(A4 + b"/Contents 4 0 R", stream(twice, filters))


def laughter() -> bytes:
    """A drawing that draws another ten times, that draws another ten times, ten deep: ten thousand million strokes."""
    depth = 10
    drawings = []
    for level in range(depth):
        below = 5 + level + 1
        if level == depth - 1:
            body, resources = b"0 0 m 100 100 l S " * 10, b""
        else:
            body, resources = b"/X Do " * 10, b"/Resources<</XObject<</X %d 0 R>>>>" % below
        drawings.append(stream(body, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + resources))
    page = A4 + b"/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>"
    return one_page(page, stream(b"/X Do " * 10), *drawings)


def sunsets() -> bytes:
    """A page that is shaded all over, a thousand times, each point by a little program."""
    colour = b"{ 2 copy " + b"sin exch cos 2 copy mul abs sqrt exch pop exch " * 40 + b" pop pop pop 0.1 0.2 0.3 }"
    program = stream(colour, b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]")
    shading = b"<</ShadingType 1/ColorSpace/DeviceRGB/Domain[0 1 0 1]/Matrix[595 0 0 842 0 0]/Function 6 0 R>>"
    page = A4 + b"/Contents 4 0 R/Resources<</Shading<</S 5 0 R>>>>"
    return one_page(page, stream(b"/S sh " * 1_000), shading, program)


def picture_in_pdf(side: int) -> bytes:
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8" % (side, side)
    picture = stream(_zeros(5_000_000), entries + b"/Filter/FlateDecode")
    page = A4 + b"/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>"
    return one_page(page, stream(b"595 0 0 842 0 0 cm /X Do"), picture)


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    catalogue, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count)
    return pdf(catalogue, pages, *[page] * count)


def scripted() -> bytes:
    """A page that wants to run a script, start a program and call home as soon as it is opened."""
    script = b"<</S/JavaScript/JS(while\\(true\\){app.alert\\('x'\\)})>>"
    catalogue = b"/OpenAction %b/Names<</JavaScript<</Names[(a) %b]>>>>/AA<</WC %b>>" % (script, script, script)
    launch = b"/AA<</O<</S/Launch/F(/bin/sh)>>/C<</S/URI/URI(http://example.com/)>>>>"
    return one_page(A4 + launch + b"/Contents 4 0 R", stream(b"0 0 300 400 re f"), catalogue=catalogue)


def unscripted() -> bytes:
    return one_page(A4 + b"/Contents 4 0 R", stream(b"0 0 300 400 re f"))


def locked() -> bytes:
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -44/O<%b>/U<%b>>>/ID[<00><00>]" % (b"ab" * 32, b"cd" * 32)
    return one_page(A4, trailer=lock)


def png(width: int, height: int, *chunks: tuple[bytes, bytes], data: bytes = b"\0") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    every = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(data)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in every
    )


def looping_tiff() -> bytes:
    """Two pages, each of which says that the other one is next."""
    out = io.BytesIO()
    Image.new("L", (8, 8), 255).save(out, "TIFF", save_all=True, append_images=[Image.new("L", (8, 8), 0)])
    data = bytearray(out.getvalue())
    first = int.from_bytes(data[4:8], "little")

    def link(place: int) -> int:
        return place + 2 + 12 * int.from_bytes(data[place : place + 2], "little")

    second = int.from_bytes(data[link(first) : link(first) + 4], "little")
    data[link(second) : link(second) + 4] = first.to_bytes(4, "little")
    return bytes(data)


def endless_tiff() -> bytes:
    """A page of 65,535 entries, each of which says that it is as large as can be."""
    entries = b"".join(struct.pack("<HHII", tag, 5, 0xFFFFFFFF, 8) for tag in range(65_535))
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 65_535) + entries + struct.pack("<I", 8)


def chained_tiff(pages: int) -> bytes:
    """One tiny picture described a thousand times over: each description is a page."""
    wanted = {256: 8, 257: 8, 258: 8, 259: 1, 262: 1, 273: 8, 277: 1, 278: 8, 279: 64}
    body, place = bytes(64), 72
    for number in range(pages):
        after = place + 2 + 12 * len(wanted) + 4
        body += struct.pack("<H", len(wanted))
        body += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in wanted.items())
        body += struct.pack("<I", after if number + 1 < pages else 0)
        place = after
    return b"II*\0" + struct.pack("<I", 72) + body


def white_tiff(side: int) -> bytes:
    """Return a blank page of so many dots each way (a multiple of 8): in group 4 a line like the last is one bit."""
    lines = b"\xff" * (side // 8) + b"\x00\x10\x01"
    tags = {256: side, 257: side, 258: 1, 259: 4, 262: 0, 273: 8, 277: 1, 278: side, 279: len(lines)}
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    return b"II*\0" + struct.pack("<I", 8 + len(lines)) + lines + struct.pack("<H", len(tags)) + entries + bytes(4)


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("../../form.pdf", unscripted())
    return out.getvalue()


def _good() -> bytes:
    return saved(sheet(FORM_PAGE), "JPEG")


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(5_000_000_000)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))


def _link_to_a_form(path: Path) -> None:
    target = path.with_name("good.jpg")
    target.write_bytes(_good())
    path.symlink_to(target)


def _of(content: Callable[[], bytes]) -> Making:
    return lambda path: path.write_bytes(content())


HOSTILE: dict[str, tuple[str, Making]] = {
    "nothing in it": ("empty", _of(bytes)),
    "five gigabytes of holes": ("too_large", _sparse),
    "a folder": ("not_a_file", Path.mkdir),
    "a pipe": ("not_a_file", os.mkfifo),
    "a socket": ("not_a_file", _socket),
    "a link to a device": ("not_a_file", lambda path: path.symlink_to("/dev/zero")),
    "a link to a form": ("not_a_file", _link_to_a_form),
    "not there": ("not_readable", lambda _path: None),
    "a drawing": ("not_a_picture", _of(lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')),
    "a text": ("not_a_picture", _of(lambda: b"Dear office,\n" * 9)),
    "an archive": ("not_a_picture", _of(archive)),
    "a program": ("not_a_picture", _of(lambda: b"MZ\x90\0" + bytes(99))),
    "a moving picture": ("not_a_picture", _of(lambda: saved(sheet(FORM_PAGE).convert("P"), "GIF"))),
    "sound": ("not_a_picture", _of(lambda: b"RIFF\x24\0\0\0WAVEfmt " + bytes(40))),
    "locked": ("encrypted", _of(locked)),
    "a bomb of blanks": ("too_much_memory", _of(stream_bomb)),
    "ten to the tenth": ("too_much_memory", _of(laughter)),
    "a thousand sunsets": ("too_slow", _of(sunsets)),
    "a page of 14 km": ("too_many_pixels", _of(lambda: one_page(b"/MediaBox[0 0 40000000 40000000]"))),
    "a huge picture in a PDF": ("too_many_pixels", _of(lambda: picture_in_pdf(50_000))),
    "1,001 pages": ("too_many_pages", _of(lambda: many_pages(1_001))),
    "a TIFF of 1,001 pages": ("too_many_pages", _of(lambda: chained_tiff(1_001))),
    "a PDF cut off": ("damaged", _of(lambda: unscripted()[:60])),
    "50,000 by 50,000": ("too_many_pixels", _of(lambda: png(50_000, 50_000))),
    "a TIFF of 50,000 by 50,000": (
        "too_many_pixels",
        _of(lambda: white_tiff(50_000)),
    ),
    "a text that swells": ("damaged", _of(lambda: png(8, 8, (b"zTXt", b"Comment\0\0" + _zeros(100_000_000))))),
    "a profile that swells": ("damaged", _of(lambda: png(8, 8, (b"iCCP", b"x\0\0" + _zeros(100_000_000))))),
    "a JPEG cut off": ("damaged", _of(lambda: _good()[:40_000])),
    "a TIFF without end": ("damaged", _of(endless_tiff)),
    "only a beginning": ("damaged", _of(lambda: b"\xff\xd8\xff\xe0")),
}
