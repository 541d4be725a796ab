"""A hand that writes: letters that lean, wander and differ each time, ticks, signatures and seals, all by dice.

The letters come from the fonts the office prints with, each bent a little on a grid of its own, so that no system font
is needed. Nothing here knows what a form is; boxes are in millimetres, and so is the size of a hand.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from lab.post_office.sheets import Box
from services.letters import glyphs

DOTS = 200 / 25.4
"""Dots in a millimetre: the pictures are made at 200 dots an inch."""

_BLUE_INKS = ((28, 40, 110), (20, 30, 70), (38, 58, 140))
_BLACK_INKS = ((25, 25, 30), (45, 45, 50), (60, 60, 66))
_SEAL_RED = (196, 44, 38)
_IDEOGRAPH = 0x2E80
_SIZES = 12
_ROOM = 1.7  # a letter is drawn in the middle of a square so much larger, so that it may lean
_FINER = 3  # ticks and seals are drawn so many times larger, then made small: smooth edges


@dataclass(frozen=True, slots=True)
class Hand:
    """How one person writes: the lean of the letters, their size in millimetres, how unsteady they are, the ink."""

    lean: float
    size: float
    unsteady: float
    weight: int
    ink: tuple[int, int, int]
    tick: str

    @classmethod
    def of(cls, rolls: random.Random) -> "Hand":
        """Return somebody's hand. The forms ask for black or blue ink."""
        return cls(
            lean=rolls.uniform(-0.06, 0.24),
            size=rolls.uniform(4.2, 5.4),
            unsteady=rolls.uniform(0.025, 0.06),
            weight=rolls.choice((250, 300, 350, 420)),
            ink=rolls.choice(rolls.choice((_BLUE_INKS, _BLACK_INKS))),
            tick=rolls.choices(("check", "cross", "filled"), (8, 1, 1))[0],
        )


@dataclass(slots=True)
class Pen:
    """A hand at work on one picture, grey or in colour."""

    picture: Image.Image
    hand: Hand
    rolls: random.Random

    def text(self, box: Box, words: str, *, size: float | None = None) -> None:
        """Write *words* into the box from its left edge, on several lines and smaller where they need it."""
        tall = min(size or self.hand.size, box.height * 0.72)
        lines = self.broken(words, box.width - 3, tall)
        while len(lines) * tall * 1.25 > box.height and tall > 2:
            tall *= 0.88
            lines = self.broken(words, box.width - 3, tall)
        first = (box.top + box.bottom) / 2 - (len(lines) - 1) * tall * 0.62
        for number, line in enumerate(lines):
            middle = first + number * tall * 1.24 + self.rolls.uniform(-0.3, 0.3)
            self._line(line, box.left + self.rolls.uniform(1.2, 2.6), middle, tall)

    def cells(self, groups: Sequence[Sequence[Box]], characters: str) -> None:
        """Write one character into each small box."""
        boxes = [box for group in groups for box in group]
        for box, character in zip(boxes, characters, strict=False):
            tall = min(box.height * 0.66, self.hand.size)
            wide = self._width(character, tall)
            left = (box.left + box.right - wide) / 2 + self.rolls.uniform(-0.3, 0.3)
            self._line(character, left, (box.top + box.bottom) / 2 + self.rolls.uniform(-0.4, 0.4), tall)

    def tick(self, box: Box) -> None:
        """Tick a square, as this person does."""
        wander = self.rolls.uniform
        side = box.width
        if self.hand.tick == "check":
            points = [(-0.1, 0.45), (0.35, 0.9), (1.25, -0.3)]
        elif self.hand.tick == "cross":
            points = [(0.1, 0.1), (0.9, 0.9), (0.5, 0.5), (0.9, 0.1), (0.1, 0.9)]
        else:
            points = [(0.15, 0.2 + 0.12 * step) for step in range(6)]
            points = [(x + 0.65 * (step % 2), y) for step, (x, y) in enumerate(points)]
        bent = [
            (box.left + (x + wander(-0.1, 0.1)) * side, box.top + (y + wander(-0.1, 0.1)) * side) for x, y in points
        ]
        self.stroke(bent, 0.55)

    def sign(self, box: Box, name: str) -> None:
        """Sign: the name in one go, larger, leaning more, and with a line under it where the name is not Japanese."""
        faster = Hand(
            self.hand.lean + 0.12, self.hand.size * 1.25, self.hand.unsteady * 1.5, 300, self.hand.ink, self.hand.tick
        )
        left = box.left + self.rolls.uniform(14, 24)
        middle = (box.top + box.bottom) / 2 + self.rolls.uniform(0, 1.5)
        pen = Pen(self.picture, faster, self.rolls)
        tall = min(faster.size, box.height * 0.5, faster.size * 85 / max(1.0, pen._width(name, faster.size)))
        right = pen._line(name, left, middle, tall, close=0.9)
        if ord(name[0]) < _IDEOGRAPH:
            wander = self.rolls.uniform
            y = middle + tall * 0.62
            run = [(left + (right - left) * part, y + wander(-0.7, 0.7)) for part in (1.05, 0.6, 0.1, 0.5, 1.12)]
            self.stroke(run, 0.4)

    def seal(self, box: Box, name: str) -> None:
        """Press a round seal with the family name into the box."""
        side = 12 * DOTS * _FINER
        family = name.split(maxsplit=1)[0][:3]
        face = Image.new("L", (int(side), int(side)), 0)
        draw = ImageDraw.Draw(face)
        draw.ellipse((4, 4, side - 5, side - 5), outline=255, width=int(side / 22))
        letter = int(side * (0.56, 0.4, 0.285)[len(family) - 1])
        font = _font("serif", letter, 400)
        for number, sign in enumerate(family):
            y = side / 2 + (number - (len(family) - 1) / 2) * letter * 1.02
            draw.text((side / 2, y), sign, font=font, fill=255, anchor="mm")
        face = face.rotate(self.rolls.uniform(-14, 14), Image.Resampling.BICUBIC)
        face = face.resize((int(12 * DOTS), int(12 * DOTS)), Image.Resampling.LANCZOS)
        speckled = Image.frombytes("L", face.size, self.rolls.randbytes(face.width * face.height))
        face = Image.composite(face, face.point([value // 2 for value in range(256)]), speckled.point(_MOSTLY))
        x = (box.left + box.right) / 2 - 6 + self.rolls.uniform(-2, 2)
        y = (box.top + box.bottom) / 2 - 6 + self.rolls.uniform(-1.5, 1.5)
        self._lay(face, x * DOTS, y * DOTS, _SEAL_RED)

    def stroke(self, points: Sequence[tuple[float, float]], width: float) -> None:
        """Draw one line through these points (millimetres), bent as a hand bends it."""
        curve = _curve(points)
        xs, ys = [x for x, _ in curve], [y for _, y in curve]
        left, top = min(xs) - width, min(ys) - width
        scale = DOTS * _FINER
        size = (int((max(xs) - left + 2 * width) * scale) + 2, int((max(ys) - top + 2 * width) * scale) + 2)
        mask = Image.new("L", size, 0)
        drawn = [((x - left) * scale, (y - top) * scale) for x, y in curve]
        ImageDraw.Draw(mask).line(drawn, fill=235, width=max(1, round(width * scale)), joint="curve")
        small = (max(1, size[0] // _FINER), max(1, size[1] // _FINER))
        self._lay(mask.resize(small, Image.Resampling.BOX), left * DOTS, top * DOTS, self.hand.ink)

    # -- letters ------------------------------------------------------------------------------------------------------

    def broken(self, words: str, width: float, tall: float) -> list[str]:
        """Return the words broken into lines no wider than that: at blanks where there are any, else anywhere."""
        lines: list[str] = []
        for paragraph in words.splitlines():
            line = ""
            for piece in _pieces(paragraph):
                if line and self._width(line + piece, tall) > width:
                    lines.append(line.strip())
                    line = ""
                line += piece
            lines.append(line.strip())
        return lines

    def _width(self, words: str, tall: float) -> float:
        return sum(_advance(sign, tall) for sign in words) * 1.04

    def _line(self, words: str, left: float, middle: float, tall: float, close: float = 1.0) -> float:
        """Write one line; return where it ended."""
        x, drift = left, 0.0
        slope = self.rolls.gauss(0, 0.006)
        for sign in words:
            step = _advance(sign, tall) * close
            if not sign.isspace():
                drift = 0.7 * drift + self.rolls.gauss(0, 0.03) * tall
                size = tall * self.rolls.uniform(0.93, 1.06)
                mask = self._letter(sign, size)
                y = middle + drift + slope * (x - left)
                self._lay(mask, (x + step / 2) * DOTS - mask.width / 2, y * DOTS - mask.height / 2, self.hand.ink)
            x += step * self.rolls.uniform(0.98, 1.08)
        return x

    def _letter(self, sign: str, tall: float) -> Image.Image:
        """Return one letter as it comes out this time: bent on a grid of three by three points."""
        pixels = max(8, round(tall * DOTS))
        # A few sizes are enough to bend every letter from: drawing one costs ten times as much as bending it.
        straight = _straight(sign, -(-pixels // _SIZES) * _SIZES, self.hand.weight)
        side, half = math.ceil(pixels * _ROOM), straight.width / 2
        bent = {
            (column, row): (
                column * half + self.hand.lean * (row - 1) * half + self.rolls.gauss(0, self.hand.unsteady) * half,
                row * half + self.rolls.gauss(0, self.hand.unsteady) * half,
            )
            for column in range(3)
            for row in range(3)
        }
        lines = (0, side // 2, side)
        mesh = [
            (
                (lines[column], lines[row], lines[column + 1], lines[row + 1]),
                (*bent[column, row], *bent[column, row + 1], *bent[column + 1, row + 1], *bent[column + 1, row]),
            )
            for column in range(2)
            for row in range(2)
        ]
        pressed = self.rolls.uniform(0.82, 1.0)
        written = straight.transform((side, side), Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)
        return written.point([min(255, int(value * pressed)) for value in range(256)])

    def _lay(self, mask: Image.Image, x: float, y: float, ink: tuple[int, int, int]) -> None:
        grey = (ink[0] * 299 + ink[1] * 587 + ink[2] * 114) // 1000
        self.picture.paste(grey if self.picture.mode == "L" else ink, (round(x), round(y)), mask)


_MOSTLY = [255 if value > 24 else 0 for value in range(256)]


def _pieces(paragraph: str) -> list[str]:
    if any(ord(sign) >= _IDEOGRAPH for sign in paragraph):
        return list(paragraph)
    return [f"{word} " for word in paragraph.split()]


def _curve(points: Sequence[tuple[float, float]], steps: int = 7) -> list[tuple[float, float]]:
    """Return a smooth line through the points (Catmull-Rom)."""
    if len(points) < 3:
        return list(points)
    around = [points[0], *points, points[-1]]
    curve = [points[0]]
    for before, start, end, after in zip(around, around[1:], around[2:], around[3:], strict=False):
        for step in range(1, steps + 1):
            t = step / steps
            curve.append(
                (
                    _between(before[0], start[0], end[0], after[0], t),
                    _between(before[1], start[1], end[1], after[1], t),
                )
            )
    return curve


def _between(before: float, start: float, end: float, after: float, t: float) -> float:
    linear, square, cube = end - before, 2 * before - 5 * start + 4 * end - after, after - before + 3 * (start - end)
    return start + 0.5 * t * (linear + t * (square + t * cube))


def _advance(sign: str, tall: float) -> float:
    """Return how far one letter takes the pen, in millimetres."""
    return tall * (1.02 if ord(sign) >= _IDEOGRAPH else _breadth(sign))


@lru_cache(maxsize=512)
def _breadth(sign: str) -> float:
    """Return how broad a Latin letter is, as a part of its height."""
    return float(_font("latin", 64, 300).getlength(sign)) / 64 * 1.12


@lru_cache(maxsize=2048)
def _straight(sign: str, pixels: int, weight: int) -> Image.Image:
    """Return one letter before it is bent, in the middle of a larger square: white on black."""
    side = math.ceil(pixels * _ROOM)
    square = Image.new("L", (side, side), 0)
    latin = ord(sign) < _IDEOGRAPH
    font = _font("latin", round(pixels * 1.12), weight) if latin else _font("gothic", pixels, 400)
    # Latin letters share a line, the others a middle.
    anchor, y = ("ms", side / 2 + pixels * 0.38) if latin else ("mm", side / 2)
    ImageDraw.Draw(square).text((side / 2, y), sign, font=font, fill=255, anchor=anchor)
    return square.filter(ImageFilter.GaussianBlur(0.6))


@lru_cache(maxsize=256)
def _font(name: str, pixels: int, weight: int) -> ImageFont.FreeTypeFont:
    latin, gothic = glyphs.gothic_fonts()
    path = {"latin": latin, "gothic": gothic, "serif": glyphs.mincho_font()}[name]
    font = ImageFont.truetype(str(path), pixels)
    if name == "latin":
        font.set_variation_by_axes([weight, 100])
    return font
