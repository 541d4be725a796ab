"""Charts as SVG, drawn from numbers and nothing else: no script, no font, nothing loaded. Pure.

Each has a title and a description for whoever has it read aloud, and stands beside a table with the same numbers
(`services.reports.board`). Bars differ by more than their colour: the second is hatched, the third dotted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

INKS = ("#0b3d75", "url(#hatch)", "url(#dots)", "#767676", "url(#cross)")
"""How the first, the second, ... series is filled; every one stands out from white by 3 to 1 and more (WCAG 1.4.11)."""
WIDTH = 440
_ROW, _BAR, _LABEL, _NUMBER = 22, 14, 130, 48
_HEIGHT, _FOOT = 130, 26
PATTERNS = Markup(
    '<svg width="0" height="0" aria-hidden="true" focusable="false" class="none"><defs>'
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#f6d9b8"/><rect width="3" height="6" fill="#b45309"/></pattern>'
    '<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#cfe8dc"/><circle cx="3" cy="3" r="2" fill="#11613c"/></pattern>'
    '<pattern id="cross" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#e6d5ee"/><path d="M0 3H6M3 0V6" stroke="#6a2c86" stroke-width="2"/></pattern>'
    "</defs></svg>"
)
"""The hatchings, once a page."""

Number = int | None
"""None is a number that is kept back: no bar, and a star in its place."""


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one kind, one for each label."""

    name: str
    numbers: Sequence[Number]


def columns(key: str, title: str, about: str, labels: Sequence[str], series: Sequence[Series]) -> Markup:
    """Return columns side by side, a group for each label from left to right."""
    most = _most(number for one in series for number in one.numbers)
    room = (WIDTH - 40) / max(len(labels), 1)
    wide = min(room * 0.8 / max(len(series), 1), 24)
    parts = [_grid(most)]
    every = -(-len(labels) // 7)
    for position, label in enumerate(labels):
        left = 36 + position * room + (room - wide * len(series)) / 2
        for place, one in enumerate(series):
            number = one.numbers[position]
            parts.append(_column(left + place * wide, wide, number, most, INKS[place]))
        if position % every == 0:
            middle = 36 + (position + 0.5) * room
            parts.append(_text(middle, _HEIGHT + 16, label, "middle"))
    return _svg(key, title, about, _HEIGHT + _FOOT, Markup("").join(parts))


def _column(left: float, wide: float, number: Number, most: int, ink: str) -> Markup:
    if number is None:
        return _text(left + wide / 2, _HEIGHT - 3, "*", "middle")
    high = number / most * (_HEIGHT - 14)
    return Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"/>').format(
        left, _HEIGHT - high, wide - 1, high, ink
    )


def _grid(most: int) -> Markup:
    """Return the ground line, a line half way and one at the top, with their numbers."""
    lines = []
    for number in sorted({0, most // 2, most}):
        y = _HEIGHT - number / most * (_HEIGHT - 14)
        lines.append(Markup('<line x1="36" x2="{}" y1="{:.1f}" y2="{:.1f}" stroke="#bbb"/>').format(WIDTH, y, y))
        lines.append(_text(32, y + 4, f"{number:,}", "end"))
    return Markup("").join(lines)


def bars(key: str, title: str, about: str, labels: Sequence[str], series: Sequence[Series]) -> Markup:
    """Return bars from left to right, a row for each label, one series behind the other."""
    sums = [sum(one.numbers[row] or 0 for one in series) for row in range(len(labels))]
    scale = (WIDTH - _LABEL - _NUMBER) / _most(sums)
    parts = []
    for row, label in enumerate(labels):
        top = row * _ROW + 4
        left = float(_LABEL)
        parts.append(_text(_LABEL - 6, top + 12, label, "end"))
        for place, one in enumerate(series):
            long = (one.numbers[row] or 0) * scale
            parts.append(
                Markup('<rect x="{:.1f}" y="{}" width="{:.1f}" height="{}" fill="{}"/>').format(
                    left, top, long, _BAR, INKS[place]
                )
            )
            left += long
        hidden = any(one.numbers[row] is None for one in series)
        parts.append(_text(left + 5, top + 12, f"{sums[row]:,}{' + *' if hidden else ''}", "start"))
    return _svg(key, title, about, len(labels) * _ROW + 8, Markup("").join(parts))


def _most(numbers: object) -> int:
    return max((number for number in numbers if number is not None), default=0) or 1  # type: ignore[attr-defined]


def _text(x: float, y: float, text: str, anchor: str) -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(x, y, anchor, text)


def _svg(key: str, title: str, about: str, height: int, content: Markup) -> Markup:
    return Markup(
        '<svg viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-about">'
        '<title id="{}-title">{}</title><desc id="{}-about">{}</desc>{}</svg>'
    ).format(WIDTH, height, key, key, key, escape(title), key, escape(about), content)
