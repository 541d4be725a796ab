"""What is typed about a page of the tray: what it is, and what to black out; every fault of the line at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.returns.pages import Area
from services.returns.sorting import FormPage, Masked, PaperPage
from workflows.request.values import FormName, Party
from workflows.tongue import Tongue


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


def read_page(typed: TypedPage, tongue: Tongue) -> tuple[FormPage | PaperPage, list[Area]]:
    """Return what the page is and what to black out. Raises BadLine."""
    faults = list(_faults(typed, tongue))
    areas = [_area(text) for text in typed.mask]
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
    if sum([bool(typed.mask), typed.masked, typed.nothing_to_mask]) > 1:
        yield (
            "--mask",
            tongue.tell("tray.one_answer_to_masking"),
        )


def _area(text: str) -> Area | None:
    """Return what "left,top,width,height" in percent stands for; None where it is no part of a page."""
    try:
        left, top, width, height = (float(part) / 100 for part in text.split(","))
    except ValueError:
        return None
    inside = 0 <= left < 1 and 0 <= top < 1 and 0 < width <= 1 and 0 < height <= 1
    if not inside or left + width > 1.000001 or top + height > 1.000001:
        return None
    return Area(left, top, width, height)
