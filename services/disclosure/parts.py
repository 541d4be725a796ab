"""What goes out of a file, sealed beside the original: pages as pictures with their masks burnt in, or a table.

A part is named by what it holds, so one that is made twice is one file. A picture is drawn anew and encoded anew in the
limited process: under a mask there is no text, no layer and no pixel any more. Of a table the masked cells are left out
before anything is written. The original stays as it was sealed.
"""

import csv
import hashlib
import io
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from models.keys import CaseKey, SealBroken
from services.engine.office import Office
from services.engine.once import write_once
from services.intake.encodings import decoded
from services.intake.faults import BadInput
from services.returns import room
from services.returns.pages import Area, ScannedPage, Unreadable
from services.returns.store import PageDamaged
from services.search import finds
from workflows.disclosure import rules
from workflows.disclosure.values import PICTURES, SCALE, Mask, Part, Treatment

TABLE = "find_part"
MOST_PAGES = 200
"""Of one file that is to be enclosed."""
MOST_CELLS = 20_000
"""Of a table that is to be enclosed."""
_SEPARATORS = (",", "\t", ";")
_NO_ENDS = dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")
"""What Python takes for the end of a line, and neither a spreadsheet nor an editor does."""


@dataclass(frozen=True, slots=True)
class Made:
    """A part that was made: what is written of it."""

    part: Part
    plain: bytes


def original(row: Row[Any], search: str, office: Office) -> bytes:
    """Return what a file holds. Raises PageDamaged, KeyMissing."""
    return finds.content(row, search, office)


def table_of(kind: str, content: bytes) -> list[list[str]]:
    """Return a table or text as cells, row by row, empty rows too. Raises Unreadable.

    A row is what a spreadsheet or an editor counts as one: whoever masks reads its number there.
    """
    try:
        text = decoded(content, "en")
    except BadInput:
        raise Unreadable("not_a_picture") from None
    text = text.translate(_NO_ENDS)
    lines = io.StringIO(text, newline=None)
    if kind != "csv":
        return [[line.rstrip("\n")] for line in lines]
    separator = max(_SEPARATORS, key=next(lines, "").count)
    try:
        return [row or [""] for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error:
        raise Unreadable("damaged") from None


def size_of(kind: str, content: bytes) -> tuple[int, int]:
    """Return how many rows and columns a table has. Raises Unreadable."""
    rows = table_of(kind, content)
    return len(rows), max((len(row) for row in rows), default=0)


def made(row: Row[Any], content: bytes, treatment: Treatment, before: Treatment) -> Iterator[Made | Part]:
    """Yield what goes out of a file: parts that were made before and are the same, and those that are made now.

    Raises Unreadable.
    """
    if row.kind not in PICTURES:
        plain = json.dumps(rules.blacked(table_of(row.kind, content), treatment.masks), ensure_ascii=False).encode()
        yield _named(row.number, 1, plain)
        return
    there = dict(enumerate(before.parts, 1))
    changed = {page for page in range(1, row.pages + 1) if _boxes(before, page) != _boxes(treatment, page)}
    anew = [page for page in range(1, row.pages + 1) if page in changed or page not in there]
    drawn = _drawn(content, anew, row.pages)
    for page in range(1, row.pages + 1):
        yield _burnt(row.number, page, next(drawn), treatment) if page in anew else there[page]


def _drawn(content: bytes, wanted: Sequence[int], pages: int) -> Iterator[ScannedPage]:
    """Yield these pages in their order."""
    if len(wanted) <= max(1, pages // 4):  # each alone costs a process, all together the pages nobody asked for
        for only in wanted:
            yield from room.drawn(content, only)
        return
    for number, page in enumerate(room.drawn(content), 1):
        if number in wanted:
            yield page


def _burnt(number: str, page: int, drawn: ScannedPage, treatment: Treatment) -> Made:
    boxes = _boxes(treatment, page)
    plain = room.mask(drawn.picture, [Area(*box) for box in boxes])[0] if boxes else drawn.picture
    return _named(number, page, plain, (drawn.width, drawn.height))


def _boxes(treatment: Treatment, page: int) -> list[tuple[float, float, float, float]]:
    return rules.boxes(treatment.masks, page)


def _named(number: str, page: int, plain: bytes, size: tuple[int, ...] = ()) -> Made:
    sha256 = hashlib.sha256(plain).hexdigest()
    name = f"{number}.{page}.{sha256[:16]}"
    path = f"{_folder(number)}/{name}.sealed"
    return Made(Part(number=name, path=path, sha256=sha256, sealed_sha256="", size=size), plain)


def _folder(number: str) -> str:
    year, serial = number[1:].split("-")
    return f"{year}/{serial[:-3]}"


def sealed(one: Made | Part, key: CaseKey, office: Office) -> Part:
    """Return a part that lies in the store, written there unless it does already."""
    if isinstance(one, Part):
        return one
    file = office.settings.finds / one.part.path
    content = key.seal(TABLE, "part", one.part.number, one.plain)
    if not write_once(file, content):
        content = file.read_bytes()
    return Part(
        number=one.part.number, path=one.part.path, sha256=one.part.sha256,
        sealed_sha256=hashlib.sha256(content).hexdigest(), size=one.part.size,
    )  # fmt: skip


def opened(part: Part, key: CaseKey, store: Path) -> bytes:
    """Return what a part holds. Raises PageDamaged."""
    try:
        plain = key.open(TABLE, "part", part.number, (store / part.path).read_bytes())
    except (OSError, SealBroken) as error:
        raise PageDamaged(type(error).__name__) from None
    if hashlib.sha256(plain).hexdigest() != part.sha256:
        raise PageDamaged("hash")
    return plain


def sweep(number: str, kept: Sequence[Part], office: Office) -> None:
    """Take away what was made of a file and goes out no more, whoever left it."""
    stay = {Path(part.path).name for part in kept}
    for file in (office.settings.finds / _folder(number)).glob(f"{number}.*.sealed"):
        if file.name not in stay and file.name != f"{number}.sealed":
            file.unlink(missing_ok=True)


def masks_from(areas: Sequence[Area], page: int, ground: str, by: str) -> list[Mask]:
    """Return areas that were drawn or typed as masks of a page: never smaller than they were."""
    return [Mask(number=0, ground=ground, by=by, page=page, area=_outward(area)) for area in areas]


def _outward(area: Area) -> tuple[int, ...]:
    left, top = math.floor(area.left * SCALE), math.floor(area.top * SCALE)
    right, bottom = math.ceil((area.left + area.width) * SCALE), math.ceil((area.top + area.height) * SCALE)
    return left, top, min(right, SCALE) - left, min(bottom, SCALE) - top
