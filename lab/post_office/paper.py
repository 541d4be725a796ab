"""What befalls a sheet of paper on its way: creases, a dog-ear, coffee or a pen over a code, codes nobody can read.

Everything happens to the picture of the upright sheet, at 200 dots an inch, before a machine makes its own picture of
it. Boxes are in millimetres; each deed takes its dice.
"""

import math
import random
from collections.abc import Callable, Mapping

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from lab.post_office.fates import Corner, Ruin, Spoil, Wear
from lab.post_office.hand import DOTS, Hand, Pen
from lab.post_office.sheets import Box, Sheet

_COFFEE = (88, 56, 28)
_STICKY = (246, 232, 122)
_BEHIND = (238, 238, 236)  # what the lid of a scanner looks like where paper is missing
_FOLDS = (99.0, 198.0)


def worn(picture: Image.Image, sheet: Sheet, wear: Wear, rolls: random.Random) -> Image.Image:
    """Return the sheet after all that its wear says."""
    if wear.spoil is not None and len(sheet.codes) > 1:
        box = sheet.codes[wear.spoilt_code % len(sheet.codes)]
        if wear.spoil is Spoil.COFFEE:
            picture = coffee(picture, box, rolls)
        else:
            pen_over(picture, box, rolls)
    if wear.ruin is not None:
        for box in sheet.codes:
            picture = _RUINS[wear.ruin](picture, box, rolls)
    if wear.creased:
        picture = creased(picture, rolls)
    if wear.dog_ear is not None:
        dog_eared(picture, wear.dog_ear, rolls)
    return picture


def coffee(picture: Image.Image, box: Box, rolls: random.Random) -> Image.Image:
    """Return the picture with a spill over this code, thick enough to hide it, and the ring of the cup beside it."""
    middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    spill = _blot(rolls, middle, box.width * 0.72, 0.16)
    picture = _soak(picture, spill, _COFFEE, 0.985, blur=5)
    cup = (middle[0] - rolls.uniform(20, 34), middle[1] + rolls.uniform(-9, 9))
    return _ring(picture, cup, rolls.uniform(30, 38), rolls)


def pen_over(picture: Image.Image, box: Box, rolls: random.Random) -> None:
    """Draw a ballpoint's stroke across this code."""
    pen = Pen(picture, Hand.of(rolls), rolls)
    for _ in range(rolls.choice((1, 2))):
        y = rolls.uniform(box.top + 2, box.bottom - 2)
        run = [(box.left - 6 + step * (box.width + 10) / 4, y + rolls.uniform(-3, 3)) for step in range(5)]
        pen.stroke(run, rolls.uniform(0.5, 0.8))


def creased(picture: Image.Image, rolls: random.Random) -> Image.Image:
    """Return the picture of a sheet that was folded into an envelope: two folds, and perhaps a third across them."""
    for at in _FOLDS:
        picture = _fold(picture, at + rolls.uniform(-3, 3), rolls)
    if rolls.random() < 0.2:
        lying = picture.transpose(Image.Transpose.ROTATE_90)
        picture = _fold(lying, rolls.uniform(60, 150), rolls).transpose(Image.Transpose.ROTATE_270)
    return picture


def dog_eared(picture: Image.Image, corner: Corner, rolls: random.Random) -> None:
    """Fold a corner of the sheet over. It never reaches the codes: those stand 18 mm from the edge for that reason."""
    along, down = (rolls.uniform(9, 20) * DOTS for _ in range(2))
    wide, high = picture.size
    right, bottom = (
        corner in (Corner.TOP_RIGHT, Corner.BOTTOM_RIGHT),
        corner in (Corner.BOTTOM_LEFT, Corner.BOTTOM_RIGHT),
    )

    def at(x: float, y: float) -> tuple[float, float]:
        return (wide - x if right else x, high - y if bottom else y)

    # The tip of the corner lands where it is mirrored at the fold.
    share = 2 * along * down / (along * along + down * down)
    tip = (share * down, share * along)
    draw = ImageDraw.Draw(picture)
    draw.polygon([at(-2, -2), at(along, -2), at(-2, down)], fill=_shade(picture, _BEHIND))
    draw.polygon([at(along, 0), at(0, down), at(*tip)], fill=_shade(picture, (226, 226, 224)))
    draw.line([at(along, 0), at(*tip), at(0, down)], fill=_shade(picture, (150, 150, 150)), width=2)


# -- what leaves no code readable -------------------------------------------------------------------------------------


def _blackened(picture: Image.Image, box: Box, rolls: random.Random) -> Image.Image:
    pen = Pen(picture, Hand(0, 5, 0, 400, (18, 18, 20), "check"), rolls)
    for across in (True, False):
        steps = 9
        run = []
        for step in range(steps + 1):
            side = -1.5 if step % 2 else box.width + 1.5
            away = step * box.height / steps + rolls.uniform(-0.6, 0.6)
            run.append((box.left + side, box.top + away) if across else (box.left + away, box.top + side))
        pen.stroke(run, 3.2)
    return picture


def _torn(picture: Image.Image, box: Box, rolls: random.Random) -> Image.Image:
    """Tear away the edge of the sheet with the code on it."""
    left = (box.left - rolls.uniform(3, 9)) * DOTS
    top, bottom = (box.top - rolls.uniform(5, 9)) * DOTS, (box.bottom + rolls.uniform(5, 9)) * DOTS
    wide = picture.width
    edge = [(left + rolls.uniform(-9, 9), top + (bottom - top) * step / 16) for step in range(17)]
    points = [(wide + 3, top - rolls.uniform(0, 50)), *edge, (wide + 3, bottom + rolls.uniform(0, 50))]
    draw = ImageDraw.Draw(picture)
    draw.polygon(points, fill=_shade(picture, _BEHIND))
    draw.line(points, fill=_shade(picture, (176, 176, 174)), width=2)
    return picture


def _soaked(picture: Image.Image, box: Box, rolls: random.Random) -> Image.Image:
    """Let water take the ink: the code runs until nothing of it is left but a cloud."""
    area = _area(box, 4)
    run = picture.crop(area).filter(ImageFilter.GaussianBlur(rolls.uniform(15, 20)))
    cloud = _blot(rolls, (box.width / 2 + 4, box.height / 2 + 4), box.width * 0.78, 0.08)
    mask = Image.new("L", run.size, 0)
    ImageDraw.Draw(mask).polygon([(x * DOTS, y * DOTS) for x, y in cloud], fill=255)
    picture.paste(run, area[:2], mask.filter(ImageFilter.GaussianBlur(4)))
    return picture


def _pasted_over(picture: Image.Image, box: Box, rolls: random.Random) -> Image.Image:
    """Stick a note over the code."""
    size = (round((box.width + 12) * DOTS), round((box.height + 7) * DOTS))
    note = Image.new(picture.mode, size, _shade(picture, _STICKY))
    pen = Pen(note, Hand.of(rolls), rolls)
    for line in range(3):
        pen.text(Box(1.5, 3 + 7 * line, size[0] / DOTS - 1, 10 + 7 * line), rolls.choice(_NOTES), size=3.8)
    mask = Image.new("L", size, 255)
    tilt = rolls.uniform(-5, 5)
    note = note.rotate(tilt, Image.Resampling.BILINEAR, expand=True, fillcolor=_shade(picture, _STICKY))
    mask = mask.rotate(tilt, Image.Resampling.BILINEAR, expand=True)
    picture.paste(note, (round((box.left - 6) * DOTS), round((box.top - 4.5) * DOTS)), mask)
    return picture


_NOTES = ("ご確認ください", "写しは後日送ります", "電話は夕方に", "please call me", "copies to follow", "as agreed")
_RUINS: Mapping[Ruin, Callable[[Image.Image, Box, random.Random], Image.Image]] = {
    Ruin.BLACKENED: _blackened,
    Ruin.TORN: _torn,
    Ruin.SOAKED: _soaked,
    Ruin.PASTED_OVER: _pasted_over,
}


# -- drawing ----------------------------------------------------------------------------------------------------------


def _area(box: Box, around: float) -> tuple[int, int, int, int]:
    left, top, right, bottom = box.left - around, box.top - around, box.right + around, box.bottom + around
    return round(left * DOTS), round(top * DOTS), round(right * DOTS), round(bottom * DOTS)


def _shade(picture: Image.Image, colour: tuple[int, int, int]) -> int | tuple[int, int, int]:
    """Return a colour as a picture of this mode takes it."""
    grey = (colour[0] * 299 + colour[1] * 587 + colour[2] * 114) // 1000
    return grey if picture.mode == "L" else colour


def _blot(rolls: random.Random, middle: tuple[float, float], radius: float, rough: float) -> list[tuple[float, float]]:
    """Return the outline of something spilt."""
    waves = [(count, rolls.uniform(0, math.tau), rolls.uniform(0, rough / count**0.5)) for count in range(2, 9)]
    outline = []
    for step in range(72):
        angle = step * math.tau / 72
        away = radius * (1 + sum(deep * math.sin(count * angle + start) for count, start, deep in waves))
        outline.append((middle[0] + away * math.cos(angle), middle[1] + away * math.sin(angle)))
    return outline


def _soak(
    picture: Image.Image, outline: list[tuple[float, float]], colour: tuple[int, int, int], depth: float, blur: float
) -> Image.Image:
    """Return the picture with a colour laid over an outline, *depth* of what was there hidden."""
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    area = _area(Box(min(xs), min(ys), max(xs), max(ys)), 3)
    mask = Image.new("L", (area[2] - area[0], area[3] - area[1]), 0)
    points = [(x * DOTS - area[0], y * DOTS - area[1]) for x, y in outline]
    ImageDraw.Draw(mask).polygon(points, fill=round(255 * depth))
    picture.paste(_shade(picture, colour), area, mask.filter(ImageFilter.GaussianBlur(blur)))
    return picture


def _ring(picture: Image.Image, middle: tuple[float, float], radius: float, rolls: random.Random) -> Image.Image:
    """Return the picture with the ring a cup leaves: thin, brown, open somewhere; what is printed shows through."""
    side = round((2 * radius + 8) * DOTS)
    ring = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(ring)
    gap = rolls.uniform(0, 360)
    for deep, width in ((70, 1.8), (120, 0.7)):
        inset = 4 * DOTS
        draw.arc(
            (inset, inset, side - inset, side - inset), gap, gap + rolls.uniform(220, 330), deep, round(width * DOTS)
        )
    ring = ring.filter(ImageFilter.GaussianBlur(1.6))
    left, top = round(middle[0] * DOTS - side / 2), round(middle[1] * DOTS - side / 2)
    area = (left, top, left + side, top + side)
    under = picture.crop(area)
    stained = ImageChops.multiply(under, Image.new(picture.mode, under.size, _shade(picture, (150, 108, 70))))
    picture.paste(Image.composite(stained, under, ring), area[:2])
    return picture


def _fold(picture: Image.Image, at: float, rolls: random.Random) -> Image.Image:
    """Return the picture with a fold across it: a fine line, and paper that no longer lies quite flat."""
    reach = 9 * DOTS
    strip = Image.new("L", (1, round(2 * reach) + 1), 255)
    for y in range(strip.height):
        away = abs(y - reach) / reach
        strip.putpixel((0, y), round(255 - (26 if y > reach else 9) * max(0.0, 1 - away) ** 2))
    strip.putpixel((0, round(reach)), rolls.randint(150, 205))
    strip.putpixel((0, round(reach) - 1), rolls.randint(190, 230))
    shade = strip.resize((picture.width, strip.height))
    top = round(at * DOTS - reach)
    area = (0, top, picture.width, top + strip.height)
    under = picture.crop(area)
    shade = shade if picture.mode == "L" else Image.merge("RGB", (shade, shade, shade))
    picture.paste(ImageChops.multiply(under, shade), area[:2])
    return picture
