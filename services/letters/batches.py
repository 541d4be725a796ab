"""The files of a batch for the printer: the single letters, one merged PDF and the manifest, released together.

Everything is made in a hidden folder beside its place and renamed when it is whole, the merged file last: whoever sees
that name sees a finished batch. Memory holds a few hundred pages at a time, however many letters there are.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Engine, text

from models.effect import named
from services.engine.once import sync_folder
from workflows.engine.codec import from_plain
from workflows.letters import Envelope

CHUNK = 200
"""How many letters are merged at a time: about 50 MB of memory, whatever the size of the batch."""
_APPEND = 1  # FPDF_INCREMENTAL: the new pages are written behind what is there
_FROM_EDGE = 10  # points; printers leave the outermost 4 mm white, and the sheet of the mark has a margin of its own
_PRESS = 7_301_946_553
"""The advisory lock of PostgreSQL that stands for the one press of the office."""


class PressBusy(RuntimeError):
    """Somebody prints at this moment; what waits is printed after them."""


class Damaged(Exception):
    """A letter's file is not the one that was made: it is gone, or its hash is another."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One letter of a batch. ``file`` is its name in the batch, ``first_page`` where it begins in the merged PDF."""

    letter: str
    copy: int
    case: str
    kind: str
    language: str
    pages: int
    sha256: str
    file: str
    first_page: int
    envelope: Envelope | None = None

    @property
    def sheets(self) -> int:
        """The sheets of paper, printed on one side."""
        return self.pages


@dataclass(slots=True)
class Staged:
    """A batch that is whole under its hidden name."""

    batch: str
    folder: Path
    sheets: list[Sheet] = field(default_factory=list)
    sha256: str = ""

    @property
    def hidden(self) -> Path:
        """Where the files wait."""
        return hidden_folder(self.folder, self.batch)

    @property
    def merged(self) -> Path:
        """Where the merged PDF will lie."""
        return self.folder / f"{self.batch}.pdf"

    @property
    def manifest(self) -> Path:
        """Where the manifest for programs will lie."""
        return self.folder / f"{self.batch}.json"

    @property
    def pages(self) -> int:
        """The pages of the merged PDF."""
        return sum(sheet.pages for sheet in self.sheets)


@contextmanager
def press(source: Engine) -> Iterator[None]:
    """Hold the one press of the office: two print runs at a time could each take the other's letters.

    The lock ends with the process that holds it, however that ends. Raises PressBusy.
    """
    if source.dialect.name == "sqlite":
        with _file_lock(Path(f"{source.url.database}.press")):
            yield
        return
    with source.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _PRESS}).scalar_one():
            raise PressBusy
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _PRESS})


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    import fcntl

    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PressBusy from None
        yield
    finally:
        os.close(handle)


def read_letter(spool: Path, row: Any) -> bytes:
    """Return the letter's file as it was made. Raises Damaged where it is gone or altered."""
    try:
        plain: bytes = (spool / row.path).read_bytes()
    except OSError as error:
        raise Damaged(type(error).__name__) from None
    if hashlib.sha256(plain).hexdigest() != row.sha256:
        raise Damaged("hash")
    return plain


def hidden_folder(folder: Path, batch: str) -> Path:
    """Return where the files of a batch wait until they are whole and recorded."""
    return folder / f".{batch}.part"


def begin(folder: Path, batch: str) -> Staged:
    """Return an empty batch in a hidden folder of its own."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    staged = Staged(batch, folder.absolute())
    shutil.rmtree(staged.hidden, ignore_errors=True)
    staged.hidden.mkdir(mode=0o700)
    return staged


def drop(staged: Staged) -> None:
    """Forget a batch that is not to be."""
    shutil.rmtree(staged.hidden, ignore_errors=True)


def add(staged: Staged, row: Any, case: str, plain: bytes) -> None:
    """Put one letter into the batch."""
    name = f"{named(row.number, row.copy)}.pdf"
    _write(staged.hidden / name, plain)
    first = staged.sheets[-1].first_page + staged.sheets[-1].pages if staged.sheets else 1
    envelope = None if row.envelope is None else from_plain(Envelope, row.envelope)
    staged.sheets.append(
        Sheet(row.number, row.copy, case, row.kind, row.language, row.pages, row.sha256, name, first, envelope)
    )


def finish(staged: Staged, head: Mapping[str, object], words_of: Callable[[Staged], str]) -> None:
    """Merge the letters, write the manifests and bring everything to the disk; no file has its final name yet.

    *head* is said first in the manifest for programs; *words_of* returns the one for people.
    """
    target = staged.hidden / staged.merged.name
    merge(target, [staged.hidden / sheet.file for sheet in staged.sheets])
    staged.sha256 = _sha256_of(target)
    manifest = {
        "batch": staged.batch,
        **head,
        "letters": len(staged.sheets),
        "pages": staged.pages,
        "merged": {"file": staged.merged.name, "sha256": staged.sha256},
        "items": [_item(position, sheet) for position, sheet in enumerate(staged.sheets, 1)],
    }
    _write(staged.hidden / staged.manifest.name, (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
    _write(staged.hidden / f"{staged.batch}.txt", words_of(staged).encode())
    sync_folder(staged.hidden)


def _item(position: int, sheet: Sheet) -> dict[str, object]:
    return {
        "position": position,
        "letter": sheet.letter,
        "copy": sheet.copy,
        "case": sheet.case,
        "kind": sheet.kind,
        "language": sheet.language,
        "pages": sheet.pages,
        "first_page": sheet.first_page,
        "sha256": sheet.sha256,
        "file": sheet.file,
        "sheets": sheet.sheets,
        **_envelope(sheet.envelope),
    }


def _envelope(envelope: Envelope | None) -> dict[str, object]:
    """Return what goes into the envelope as programs read it; of a letter ordered before this was kept, nothing."""
    if envelope is None:
        return {"mail_class": None, "forms": None, "return_label": None, "seal": None, "enclose": None}
    return {
        "mail_class": str(envelope.mail_class),
        "forms": [form.partition(".")[2] for form in envelope.forms],
        "return_label": envelope.label,
        "seal": envelope.seal,
        "enclose": [
            {
                "what": laid.what,
                "count": laid.count,
                "right": None if laid.about is None else laid.about.partition(".")[2],
                "documents": laid.holds,
            }
            for laid in envelope.enclosed
        ],
    }


def release(folder: Path, batch: str) -> None:
    """Give every file its name, the merged one last. Broken off and done again, it goes on where it was."""
    hidden = hidden_folder(folder, batch)
    last = f"{batch}.pdf"
    for name in sorted(entry.name for entry in hidden.iterdir() if entry.name != last):
        (hidden / name).replace(folder / name)
    sync_folder(folder)
    (hidden / last).replace(folder / last)
    sync_folder(folder)
    shutil.rmtree(hidden, ignore_errors=True)


def files_of(folder: Path, batch: str) -> list[Path]:
    """Return the files of a released batch, the merged one last."""
    manifest = folder / f"{batch}.json"
    singles = [folder / item["file"] for item in json.loads(manifest.read_bytes())["items"]]
    return [*singles, folder / f"{batch}.txt", manifest, folder / f"{batch}.pdf"]


def is_released(folder: Path, batch: str, sha256: str) -> bool:
    """Whether the merged file of a batch lies under its name, whole."""
    target = folder / f"{batch}.pdf"
    return target.exists() and _sha256_of(target) == sha256


def is_staged(folder: Path, batch: str, sha256: str) -> bool:
    """Whether a batch waits whole under its hidden name."""
    target = hidden_folder(folder, batch) / f"{batch}.pdf"
    return target.exists() and _sha256_of(target) == sha256


def sweep_away(folder: Path, keep: Sequence[str]) -> None:
    """Delete the hidden folders of runs that broke off before anything was recorded."""
    for left in folder.glob(".B[0-9][0-9]-*.part"):
        if left.name[1:-5] not in keep:
            shutil.rmtree(left, ignore_errors=True)


# -- PDF --------------------------------------------------------------------------------------------------------


def merge(target: Path, singles: Sequence[Path]) -> None:
    """Write one PDF with the pages of all, in their order.

    It grows on the disk, some hundred letters at a time, so that memory does not. It is a convenience for the printer:
    what is hashed and kept are the letters themselves.
    """
    from pypdfium2 import PdfDocument

    target.touch(mode=0o600)
    for start in range(0, len(singles), CHUNK):
        with PdfDocument(target) if start else PdfDocument.new() as batch, target.open("ab") as file:
            for path in singles[start : start + CHUNK]:
                with PdfDocument(path) as single:
                    batch.import_pages(single)
            batch.save(_Tail(file, target.stat().st_size), flags=_APPEND if start else 0)
    with target.open("rb") as file:
        os.fsync(file.fileno())


class _Tail:
    """A file to which only what comes behind its present end is written: the library repeats what is there already."""

    def __init__(self, file: BinaryIO, there: int) -> None:
        self._file = file
        self._skip = there

    def write(self, block: Any) -> int:
        """Write a block, or the part of it that is new."""
        view = memoryview(block).cast("B")
        size = len(view)
        if self._skip < size:
            self._file.write(view[self._skip :])
        self._skip = max(0, self._skip - size)
        return size


def stamped(pdf: bytes, words: str) -> bytes:
    """Return *pdf* with a mark at the foot of each page, so that nobody takes a second print for the first."""
    from io import BytesIO

    from pypdfium2 import PdfDocument, PdfMatrix

    with PdfDocument(pdf) as document, PdfDocument(_mark(words)) as mark:
        wide, _ = mark[0].get_size()
        seal = mark.page_as_xobject(0, document)
        for page in document:
            width, _ = page.get_size()
            placed = seal.as_pageobject()
            placed.set_matrix(PdfMatrix().translate((width - wide) / 2, _FROM_EDGE))
            page.insert_obj(placed)
            page.gen_content()
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def _mark(words: str) -> bytes:
    """Return a small sheet without ground that holds the mark alone."""
    # Typst must not be loaded where a process forks afterwards (services.letters.typesetting); a command never does.
    import typst

    from services.letters import glyphs, typst_source

    folders = sorted({str(path.parent) for path in glyphs.gothic_fonts()})
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    source = (
        "#set page(width: 190mm, height: 7mm, margin: 0.5mm, fill: none)\n"
        '#set text(font: ("Noto Sans", "Noto Sans JP"), size: 8pt, fill: rgb("#a61b1b"))\n'
        '#align(center + horizon, box(stroke: 0.8pt + rgb("#a61b1b"), inset: (x: 3mm, y: 1mm), '
        f"{typst_source.literal(words)}))\n"
    )
    made = typst.Compiler(input=source.encode(), font_paths=fonts).compile(format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("typst returned no PDF")
    return made


# -- small files ------------------------------------------------------------------------------------------------


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
