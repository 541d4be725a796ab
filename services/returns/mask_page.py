"""The page on which masks are drawn, as HTML that holds everything, and what comes back from it.

Nothing of it is loaded from elsewhere and nothing is kept: the picture, the styles and the script stand in the page
itself, and the policy that goes with it allows a browser no more than these and one answer.
"""

import base64
import json
import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from services.returns.pages import Area
from settings import PROJECT
from workflows.tongue import Tongue

if TYPE_CHECKING:
    from jinja2 import Template

MOST_AREAS = 200
_WORDS = (
    "title", "how", "keyboard", "add", "remove", "smaller", "larger", "done", "cancel", "picture", "noscript",
)  # fmt: skip
_SPOKEN = ("area", "count", "finished", "cancelled", "lost")


class NoAreas(ValueError):
    """What came back is not what the page sends."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came back: the areas to black out; None where the person cancelled."""

    areas: tuple[Area, ...] | None


def mask_page(picture: bytes, number: str, answer_path: str, nonce: str, tongue: Tongue) -> str:
    """Return the page. *answer_path* is where it sends what was drawn, *nonce* what its policy knows it by."""
    words = {name: tongue.tell(f"mask_page.{name}", page=number) for name in _WORDS}
    spoken = {name: tongue.tell(f"mask_page.{name}", number="{number}") for name in _SPOKEN}
    return _template().render(
        language=tongue.language,
        nonce=nonce,
        words=words,
        spoken=spoken,
        picture=base64.b64encode(picture).decode(),
        answer_path=answer_path,
    )


def policy(nonce: str) -> str:
    """Return the Content-Security-Policy of the page: itself, one answer to where it came from, and nothing else."""
    return (
        f"default-src 'none'; img-src data:; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def read_answer(body: bytes) -> Drawn:
    """Return what the page sent. Raises NoAreas."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise NoAreas from None
    if not isinstance(told, dict) or told.keys() != {"areas"}:
        raise NoAreas
    areas = told["areas"]
    if areas is None:
        return Drawn(None)
    if not isinstance(areas, list) or not 0 < len(areas) <= MOST_AREAS:
        raise NoAreas
    return Drawn(tuple(_area(one) for one in areas))


def _area(told: object) -> Area:
    if not isinstance(told, list) or len(told) != 4:
        raise NoAreas
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in told):
        raise NoAreas
    left, top, width, height = (float(value) for value in told)
    if not all(math.isfinite(value) for value in (left, top, width, height)):
        raise NoAreas
    if not (0 <= left < 1 and 0 <= top < 1 and 0 < width <= 1 and 0 < height <= 1):
        raise NoAreas
    return Area(left, top, min(width, 1 - left), min(height, 1 - top))


@cache
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # late: whoever draws nothing needs none of it

    pages = Environment(loader=FileSystemLoader(PROJECT / "templates"), autoescape=True, undefined=StrictUndefined)
    return pages.get_template("pages/mask.html.j2")
