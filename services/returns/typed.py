"""What is typed about pages of the tray: which, what they are, and what to black out; every fault of the line at once.

A place on a page is typed in percent (``10,40,80,6``) or in the cells of a grid of 26 columns and 36 rows (``B3-D5``),
which `tray show --grid` draws.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.returns.pages import Area
from services.returns.sorting import FormPage, Masked, PaperPage
from workflows.request.forms import is_a_code
from workflows.request.values import FormName, Party
from workflows.tongue import Tongue

COLUMNS, ROWS = 26, 36
"""The cells of the grid, A1 at the upper left: 8 mm wide and high on A4."""
MOST = 500
"""How many pages one line may name."""
_CELL = r"([A-Z])([0-9]{1,2})"
_CELLS = re.compile(rf"{_CELL}(?:-{_CELL})?")
_NUMBER = re.compile(r"T([0-9]{2})-([0-9]{4,9})")


class BadLine(ValueError):
    """What was typed cannot be meant; ``faults`` are (option, what is wrong with it)."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        """Keep all of them."""
        super().__init__("; ".join(map(": ".join, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class TypedPage:
    """The options as they were typed."""

    form: str | None
    page: int | None
    of: int | None
    document: str | None
    holder: str | None
    mask: tuple[str, ...]
    masked: bool
    nothing_to_mask: bool
    back: bool
    draw: bool = False


def read_numbers(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the pages that numbers and ranges (``T26-0003..0007``) name, each once, and what is neither."""
    found: list[str] = []
    wrong: list[str] = []
    for text in texts:
        some = _range(text.strip().upper())
        if some and len(found) + len(some) <= MOST:
            found += some
        else:
            wrong.append(text)
    return list(dict.fromkeys(found)), wrong


def _range(text: str) -> list[str]:
    first, dots, last = text.partition("..")
    begin = _NUMBER.fullmatch(first)
    end = _NUMBER.fullmatch(last if last.startswith("T") else f"{first[:4]}{last}") if dots else begin
    if begin is None or end is None or begin[1] != end[1] or not 0 <= int(end[2]) - int(begin[2]) < MOST:
        return []
    return [f"T{begin[1]}-{serial:04d}" for serial in range(int(begin[2]), int(end[2]) + 1)]


def read_page(typed: TypedPage, tongue: Tongue, *, pages: int = 1) -> tuple[FormPage | PaperPage, list[Area]]:
    """Return what the page is, the first where the line names several, and what to black out. Raises BadLine."""
    faults = list(_faults(typed, tongue))
    if typed.mask and pages > 1:
        faults.append(("--mask", tongue.tell("tray.mask_of_one")))
    last = (typed.page or 1) + pages - 1
    if typed.form is not None and last > 99:
        faults.append(("--page", tongue.tell("tray.too_many_pages")))
    elif typed.of is not None and typed.page is not None and typed.page <= typed.of < last:
        faults.append(("--of", tongue.tell("tray.of_too_small")))
    areas = [area_of(text) for text in typed.mask]
    for text, area in zip(typed.mask, areas, strict=True):
        if area is None:
            said = tongue.tell("tray.bad_area", text=text)
            faults.append(("--mask", said))
    if faults:
        raise BadLine(faults)
    black = [area for area in areas if area is not None]
    if typed.form is not None:
        return FormPage(FormName(typed.form), typed.page or 1, typed.of), black
    answered = Masked.MASKED if typed.masked else Masked.NOT_SHOWN if typed.nothing_to_mask else None
    paper, holder = (typed.document or "").replace("-", "_"), Party(typed.holder or Party.SUBJECT)
    return PaperPage(paper, holder, answered, typed.back), black


def _faults(typed: TypedPage, tongue: Tongue) -> Iterator[tuple[str, str]]:
    """Yield what does not go together."""
    if typed.form is not None and not is_a_code(typed.form):
        yield ("--form", tongue.tell("tray.no_form", form=typed.form))
    if (typed.form is None) is (typed.document is None):
        yield (
            "--form",
            tongue.tell("tray.form_or_document"),
        )
    elif typed.form is not None and typed.page is None:
        yield ("--page", tongue.tell("tray.page_needed"))
    elif typed.document is not None and typed.holder is None:
        yield ("--holder", tongue.tell("tray.holder_needed"))
    if typed.page is not None and typed.of is not None and typed.page > typed.of:
        yield ("--of", tongue.tell("tray.of_too_small"))
    if sum([bool(typed.mask), typed.masked, typed.nothing_to_mask, typed.draw]) > 1:
        yield (
            "--mask",
            tongue.tell("tray.one_answer_to_masking"),
        )


def area_of(text: str) -> Area | None:
    """Return what percents or cells of the grid stand for; None where it is no part of a page."""
    cells = _CELLS.fullmatch(text.strip().upper())
    if cells is not None:
        return _of_cells(cells)
    try:
        left, top, width, height = (float(part) / 100 for part in text.split(","))
    except ValueError:
        return None
    inside = 0 <= left < 1 and 0 <= top < 1 and 0 < width <= 1 and 0 < height <= 1
    if not inside or left + width > 1.000001 or top + height > 1.000001:
        return None
    return Area(left, top, width, height)


def _of_cells(found: re.Match[str]) -> Area | None:
    across = sorted(ord(letter) - ord("A") for letter in (found[1], found[3] or found[1]))
    down = sorted(int(number) for number in (found[2], found[4] or found[2]))
    if not 1 <= down[0] <= down[1] <= ROWS:
        return None
    width, height = (across[1] - across[0] + 1) / COLUMNS, (down[1] - down[0] + 1) / ROWS
    return Area(across[0] / COLUMNS, (down[0] - 1) / ROWS, width, height)
