"""What is looked for, and how it is found whatever spelling it hides in.

Looked for is what the stories of the demo tell of people: names and their readings, addresses, telephone numbers, mail,
numbers of papers, what was said and what was found. Each content is read as UTF-8 with its escapes undone (JSON, URL,
HTML, quoted-printable, base64), archives and PDFs by what is in them, other encodings by their bytes; widths, cases,
hiragana and katakana, blanks and hyphens make no difference.
"""

import base64
import binascii
import gzip
import html
import io
import quopri
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from pypdfium2 import PdfDocument

from lab.stories import Story
from services.intake import load_file
from workflows.request.values import AddressShown

TOLD = frozenset({
    "name", "kana", "address", "phone", "email", "number", "note", "explanation", "what", "in_own_words", "other_name",
})  # fmt: skip
"""Keys of what is handed in whose values tell of people."""
WORDS = frozenset(map(str, AddressShown))
"""What stands under such a key and is a word of ours."""
_CODE = re.compile(r"[a-z_]+(:[a-z_]+)?")
"""``document:subject``: a code of ours, as `override` takes it."""
LEAST = 4
"""Signs of the shortest text looked for; of kanji and kana one less."""
ENCODINGS = ("utf-16-le", "utf-16-be", "shift_jis", "euc_jp", "iso2022_jp")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")
_ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")
_NOTHING = re.compile(r"[\s\u200b\ufffe\u0002\-‐‑–—]+")
_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


def told_by(stories: Iterable[Story], samples: Path) -> set[str]:
    """Return every text these stories tell of people."""
    found: set[str] = set()
    for story in stories:
        found |= set(_texts(load_file(story.contact)))
        for step in story.steps:
            found |= set(_texts({**(step.file or {}), **step.options}))
            for name in step.attach:
                if (file := samples / "departments" / "files" / name).suffix == ".csv":
                    found |= set(file.read_text(encoding="utf-8").splitlines())
    return {text for text in found if len(plain(text)) >= LEAST - (not text.isascii())}


def _texts(told: Any, key: str = "") -> Iterator[str]:
    if isinstance(told, Mapping):
        for name, value in told.items():
            yield from _texts(value, str(name))
    elif isinstance(told, Sequence) and not isinstance(told, str):
        for value in told:
            yield from _texts(value, key)
    elif key in TOLD and told is not None and told not in WORDS and not _CODE.fullmatch(str(told)):
        yield str(told)


def plain(text: str) -> str:
    """Return a text without what makes no difference."""
    return _NOTHING.sub("", unicodedata.normalize("NFKC", text).casefold().translate(_KATAKANA))


class Watch:
    """Finds any of some texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take the texts."""
        self.plain = {plain(text): text for text in texts}
        self.bytes = {needle: text for text in self.plain.values() for needle in _coded(text)}
        self._seen: dict[bytes, frozenset[str]] = {}

    def within(self, content: bytes) -> set[str]:
        """Return which of them stand in this content; what lies in several places is looked through once."""
        mark = sha256(content).digest()
        if mark not in self._seen:
            self._seen[mark] = frozenset(self._found(content))
        return set(self._seen[mark])

    def _found(self, content: bytes) -> set[str]:
        found: set[str] = set()
        for part in unpacked(content):
            found |= {text for needle, text in self.bytes.items() if needle in part}
            for read in readings(part):
                found |= {text for needle, text in self.plain.items() if needle in read}
        return found


def _coded(text: str) -> Iterator[bytes]:
    for encoding in ENCODINGS:
        try:
            yield text.encode(encoding).removeprefix(b"\x1b$B").removesuffix(b"\x1b(B")
        except UnicodeEncodeError:
            continue


def unpacked(content: bytes) -> Iterator[bytes]:
    """Yield a content, and what is packed in it: the text of a PDF, the files of an archive."""
    yield content
    if content.startswith(b"%PDF"):
        with PdfDocument(content) as document:
            yield "\n".join(page.get_textpage().get_text_range() for page in document).encode()
    elif content.startswith(b"\x1f\x8b"):
        yield from unpacked(gzip.decompress(content))
    elif zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for one in archive.infolist():
                yield one.filename.encode()
                if not one.flag_bits & 1:  # encrypted ones are read by nobody
                    yield from unpacked(archive.read(one))


def readings(content: bytes) -> Iterator[str]:
    """Yield a content as text, its escapes undone one after the other, and whatever in it is base64."""
    text = content.decode("utf-8", "ignore")
    yield plain(text)
    undone = html.unescape(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
    for other in {undone, unquote_to_bytes(content).decode("utf-8", "ignore"), _unquoted(content)} - {text}:
        yield plain(other)
    inner = b"\n".join(_undone(word) for word in _BASE64.findall(content))
    if inner:
        yield plain(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), inner.decode("utf-8", "ignore")))


def _unquoted(content: bytes) -> str:
    return quopri.decodestring(content).decode("utf-8", "ignore") if b"=" in content else ""


def _undone(word: bytes) -> bytes:
    try:
        return base64.b64decode(word.rstrip(b"=") + b"=" * (-len(word.rstrip(b"=")) % 4), altchars=None)
    except binascii.Error:
        return b""
