"""What is to be filled in on a page of a letter, found on the page itself: labels, boxes, lines, codes.

Nobody tells the virtual post office where anything stands. It reads the PDF as a person looks at the paper: grey labels
with white room beside them, rows of cells, squares to tick, lines, a frame to sign in. Lengths are millimetres from the
upper left corner.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from workflows.engine.numbers import parse_code
from workflows.request.values import FormName

MILLIMETRE = 72 / 25.4

_FORM = re.compile(rf"^({'|'.join(FormName)}) ([1-9][0-9]?)/([1-9][0-9]?)\s*$", re.MULTILINE)
_CODE = re.compile(r"Code: ([0-9A-Z-]{21})")
_LETTER = re.compile(r"\b(([0-9]{2}-[0-9]{6,9}-[0-9A-Z])-[0-9]{2,4})\b")
# A code is one path of many hundred corners; nothing else on our pages has as many.
_CORNERS_OF_A_CODE = 400
_HEADING_GREY = 235
_PAPER = 255


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    def holds(self, other: "Box") -> bool:
        """Tell whether the middle of *other* lies in it."""
        x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def inside(self, by: float) -> "Box":
        """Return it made smaller by so much on each side."""
        return Box(self.left + by, self.top + by, self.right - by, self.bottom - by)


@dataclass(frozen=True, slots=True)
class Room:
    """A labelled room to write in; ``cells`` are the groups of small boxes in it, one character each."""

    label: str
    section: str
    box: Box
    cells: tuple[tuple[Box, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Square:
    """A box to tick and the words beside it. ``column`` is 0 or, in a pair, 1 for the representative's."""

    box: Box
    label: str
    section: str
    column: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a letter. On a page of a form ``form`` and ``code`` are set; ``page`` counts the form's own pages."""

    index: int
    case: str
    letter: str
    page: int
    pages: int
    form: FormName | None = None
    code: str | None = None
    codes: tuple[Box, ...] = ()
    rooms: tuple[Room, ...] = ()
    squares: tuple[Square, ...] = ()
    lines: tuple[Box, ...] = ()
    table: tuple[tuple[Box, ...], ...] = ()
    seal: Box | None = None
    dated: tuple[tuple[Box, ...], ...] = ()
    width: float = 210.0
    height: float = 297.0
    sections: tuple[tuple[float, str], ...] = field(default=(), repr=False)


def sheet_at(pdf: Any, index: int) -> Sheet:
    """Return one page of a letter, counted from 0."""
    return _Reading(pdf[index], index, len(pdf)).sheet()


def forms_in(pdf: Any) -> dict[tuple[FormName, int], int]:
    """Return where the pages of forms stand in a letter: (form, its page from 1) -> the letter's page from 0."""
    found: dict[tuple[FormName, int], int] = {}
    for index in range(len(pdf)):
        if mark := _FORM.search(pdf[index].get_textpage().get_text_range()):
            found[FormName(mark[1]), int(mark[2])] = index
    return found


def squeezed(text: str) -> str:
    """Return *text* without blanks and line ends: labels are compared by their signs."""
    return re.sub(r"[\s\u200b\ufffe\x02]", "", text)


class _Reading:
    """One page being looked at."""

    def __init__(self, page: Any, index: int, count: int) -> None:
        self._height = page.get_height()
        self._text = page.get_textpage()
        self._index, self._count = index, count
        self._width = page.get_width()
        self.fills: list[tuple[Box, int]] = []
        self.frames: list[Box] = []
        self.across: list[Box] = []
        self.down: list[Box] = []
        self.codes: list[Box] = []
        for box, corners, grey in _paths(page, self._height):
            self._sort(box, corners, grey)

    def _sort(self, box: Box, corners: int, grey: int | None) -> None:
        """Put one drawn thing where it belongs; *grey* is None where it is drawn by a line and not filled."""
        if corners > _CORNERS_OF_A_CODE:
            self.codes.append(box)
        elif box.height < 1 and box.width > 8:
            self.across.append(box)
        elif box.width < 1 and box.height > 6:
            self.down.append(box)
        elif grey is not None and grey != _PAPER and box.height > 4:
            self.fills.append((box, grey))
        elif grey is None and corners == 5:
            self.frames.append(box)

    def sheet(self) -> Sheet:
        """Return all that was seen."""
        whole = self._text.get_text_range()
        letter = _LETTER.search(whole)
        if letter is None:
            raise ValueError(f"page {self._index + 1} of the letter does not say which letter it belongs to")
        seen = Sheet(self._index, letter[2], letter[1], self._index + 1, self._count, codes=tuple(self.codes))
        if found := _FORM.search(whole):
            code = _CODE.search(whole)
            seen = replace(seen, form=FormName(found[1]), page=int(found[2]), pages=int(found[3]))
            seen = replace(seen, code=parse_code(code[1]) if code else None)
        sections = tuple(sorted((box.top, self._words(box)) for box, grey in self.fills if grey == _HEADING_GREY))
        groups = list(self._cells())
        table = self._table()
        rooms = tuple(self._rooms(sections, groups, table))
        inside = [group for room in rooms for group in room.cells]
        return replace(
            seen,
            sections=sections,
            rooms=rooms,
            squares=tuple(self._squares(sections)),
            lines=tuple(self._lines()),
            table=table,
            seal=next((one for one in self.frames if one.width > 160 and 12 < one.height < 20), None),
            dated=tuple(group for group in groups if group not in inside),
            width=self._width / MILLIMETRE,
            height=self._height / MILLIMETRE,
        )

    def _words(self, box: Box) -> str:
        up = self._height
        sides = (box.left, up / MILLIMETRE - box.bottom, box.right, up / MILLIMETRE - box.top)
        left, bottom, right, top = (side * MILLIMETRE for side in sides)
        return squeezed(self._text.get_text_bounded(left, bottom, right, top))

    def _cells(self) -> Iterator[tuple[Box, ...]]:
        """Yield each row of small boxes: two lines across, and more than two down between them."""
        for upper in self.across:
            if upper.width > 30:
                continue
            for lower in self.across:
                if abs(lower.left - upper.left) < 0.2 and 7 < lower.top - upper.top < 9:
                    walls = sorted(
                        (one.left + one.right) / 2
                        for one in self.down
                        if upper.left - 0.5 < one.left < upper.right + 0.5 and abs(one.top - upper.top) < 1
                    )
                    yield tuple(Box(left, upper.bottom, right, lower.top) for left, right in pairwise(walls))

    def _rooms(
        self,
        sections: Sequence[tuple[float, str]],
        groups: Sequence[tuple[Box, ...]],
        table: tuple[tuple[Box, ...], ...],
    ) -> Iterator[Room]:
        """Yield the white room to the right of each grey label."""
        first = table[0][0] if table else None
        for box, grey in self.fills:
            if grey == _HEADING_GREY or (
                first is not None and box.bottom <= first.top + 1 and box.bottom > first.top - 1
            ):
                continue
            walls = [
                one.left for one in self.down if one.left > box.right + 5 and one.top < box.bottom - 1 < one.bottom
            ]
            room = Box(box.right, box.top, max(walls, default=box.right + 100), box.bottom)
            held = tuple(sorted((group for group in groups if room.holds(group[0])), key=lambda group: group[0].left))
            yield Room(self._words(box), _section(sections, box.top), room, held)

    def _squares(self, sections: Sequence[tuple[float, str]]) -> Iterator[Square]:
        found = sorted(
            (one for one in self.frames if one.width < 5 and one.height < 5), key=lambda one: (round(one.top), one.left)
        )
        column = 0
        for index, one in enumerate(found):
            following = found[index + 1] if index + 1 < len(found) else None
            beside = following if following is not None and abs(following.top - one.top) < 2 else None
            if beside is not None and beside.left - one.right < 2:  # a pair: the words stand beside its second square
                column = 1
                continue
            below = [other.top for other in found if other.top > one.bottom and abs(other.left - one.left) < 1]
            floor = min([*below, one.bottom + 1.4])
            right = beside.left - 0.2 if beside is not None else 193.0
            label = self._words(Box(one.right + 0.5, one.top - 0.7, right, floor - 0.4))
            section = _section(sections, one.top)
            if column:
                yield Square(found[index - 1], label, section, 0)
            yield Square(one, label, section, column)
            column = 0

    def _lines(self) -> Iterator[Box]:
        """Yield the lines to write on: they run across the page, and nothing stands on their ends."""
        for one in self.across:
            tall = [wall for wall in self.down if wall.top - 1 < one.top < wall.bottom + 1]
            if 165 < one.width < 172.3 and not tall and one.top < self._height / MILLIMETRE - 35:
                yield Box(one.left, one.top - 8.5, one.right, one.top)

    def _table(self) -> tuple[tuple[Box, ...], ...]:
        """Return the rows of a table with three grey headings, each row its three rooms."""
        heads = [box for box, grey in self.fills if grey != _HEADING_GREY]
        top = next((one for one in heads if sum(abs(other.top - one.top) < 0.3 for other in heads) == 3), None)
        if top is None:
            return ()
        columns = sorted((one.left, one.right) for one in heads if abs(one.top - top.top) < 0.3)
        levels = sorted(one.top for one in self.across if one.width > 165 and one.top > top.bottom - 1)
        wall = next(one for one in self.down if one.top < top.bottom < one.bottom)
        levels = [level for level in levels if level < wall.bottom]
        return tuple(
            tuple(Box(left, upper, right, lower) for left, right in columns) for upper, lower in pairwise(levels)
        )


def _section(sections: Sequence[tuple[float, str]], top: float) -> str:
    """Return the heading under which something stands."""
    return next((words for at, words in reversed(sections) if at < top), "")


def _paths(page: Any, height: float) -> Iterator[tuple[Box, int, int | None]]:
    """Yield each drawn path: its box, how many corners it has, and the grey it is filled with, if it is."""
    from pypdfium2 import raw

    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=2):
        left, bottom, right, top = thing.get_bounds()
        box = Box(left / MILLIMETRE, (height - top) / MILLIMETRE, right / MILLIMETRE, (height - bottom) / MILLIMETRE)
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(thing, mode, stroked)
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        raw.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha)
        seen = 255 - (255 - red.value) * alpha.value // 255
        yield box, raw.FPDFPath_CountSegments(thing), seen if mode.value else None
