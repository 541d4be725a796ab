"""The machines that make pictures of returned pages: scanners, a fax, a copier that has seen better days, a telephone.

Each takes the upright sheet at 200 dots an inch and gives the picture as it reaches the office. All are kept within
what a code of level H must bear: what cannot be read was made so on purpose (``paper``), not by a machine.
"""

import random
from collections.abc import Callable, Mapping
from io import BytesIO

from PIL import Image, ImageChops, ImageFilter

from lab.post_office.fates import Machine, Wear

QUARTERS: Mapping[int, Image.Transpose] = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}
IN_COLOUR = (Machine.COLOUR_SCANNER, Machine.CAMERA)


def pictured(sheet: Image.Image, wear: Wear, rolls: random.Random) -> Image.Image:
    """Return the picture the machine makes of a sheet: "L", "RGB" in colour, "1" from the fax."""
    picture = _MACHINES[wear.machine](sheet, wear, rolls)
    return picture.transpose(QUARTERS[wear.turned]) if wear.turned else picture


def encoded(picture: Image.Image, wear: Wear, rolls: random.Random) -> tuple[bytes, str]:
    """Return the picture as a file of its own, and the ending of its name."""
    out = BytesIO()
    if wear.machine is Machine.FAX:
        picture.save(out, "TIFF", compression="group4", dpi=(200, 200))
        return out.getvalue(), "tiff"
    if wear.machine is Machine.CAMERA or rolls.random() < 0.5:
        picture.save(out, "JPEG", quality=quality(wear, rolls), dpi=(200, 200))
        return out.getvalue(), "jpg"
    picture.save(out, "PNG", compress_level=1, dpi=(200, 200))
    return out.getvalue(), "png"


def quality(wear: Wear, rolls: random.Random) -> int:
    """Return how hard the machine's JPEG squeezes."""
    return rolls.randint(62, 88) if wear.machine is Machine.CAMERA else rolls.randint(55, 85)


def _scanner(sheet: Image.Image, wear: Wear, rolls: random.Random) -> Image.Image:
    lid = rolls.choice((252, 246, 60))
    picture = _skewed(sheet, wear.skew, (lid, lid, lid))
    picture = picture.filter(ImageFilter.BoxBlur(rolls.uniform(0.3, 0.8)))
    picture = _toned(picture, rolls.uniform(0.86, 1.02), rolls.uniform(0, 14))
    return _noisy(picture, rolls, rolls.randint(4, 16))


def _worn_copy(sheet: Image.Image, wear: Wear, rolls: random.Random) -> Image.Image:
    """Copy a copy: hard contrast, thickened lines, dirt on the glass, a shadow along one edge."""
    picture = _skewed(sheet, wear.skew, (250, 250, 250))
    picture = picture.filter(ImageFilter.BoxBlur(rolls.uniform(0.7, 1.0)))
    picture = picture.point([max(0, min(255, round((value - 128) * 1.5 + 138))) for value in range(256)])
    picture = _dirt(picture, rolls, 500)
    shadow = Image.linear_gradient("L").rotate(rolls.choice((0, 90, 180, 270))).resize(picture.size)
    shadow = shadow.point([min(255, 120 + value * 4) for value in range(256)])
    return _noisy(ImageChops.multiply(picture, shadow), rolls, rolls.randint(8, 20))


def _fax(sheet: Image.Image, wear: Wear, rolls: random.Random) -> Image.Image:
    """Fax: every dot is black or white, some fell over, and now and then a line was lost."""
    picture = _skewed(sheet, wear.skew, (255, 255, 255)).filter(ImageFilter.BoxBlur(0.5))
    picture = _dirt(_noisy(picture, rolls, 40), rolls, 900)
    limit = rolls.randint(132, 168)
    picture = picture.point([255 if value > limit else 0 for value in range(256)])
    for _ in range(rolls.randint(0, 3)):
        y = rolls.randrange(picture.height)
        picture.paste(255, (0, y, picture.width, y + 1))
    return picture.convert("1", dither=Image.Dither.NONE)


def _camera(sheet: Image.Image, wear: Wear, rolls: random.Random) -> Image.Image:
    """Photograph the sheet on a table: seen from one side, lit from another, not quite sharp."""
    around = 90
    table = rolls.choice(((128, 96, 66), (92, 92, 98), (176, 150, 118), (60, 66, 72)))
    scene = Image.new("RGB", (sheet.width + 2 * around, sheet.height + 2 * around), table)
    shadow = Image.new("RGB", sheet.size, tuple(side * 2 // 3 for side in table))
    scene.paste(shadow, (around + 9, around + 11))
    scene.paste(sheet, (around, around))
    scene = scene.rotate(wear.skew, Image.Resampling.BILINEAR, fillcolor=table)
    wide, high = scene.size
    bent = [rolls.uniform(0.0, 0.028) for _ in range(8)]
    corners = (
        (bent[0] * wide, bent[1] * high),
        (wide * (1 - bent[2]), bent[3] * high),
        (wide * (1 - bent[4]), high * (1 - bent[5])),
        (bent[6] * wide, high * (1 - bent[7])),
    )
    seen = scene.transform(
        scene.size, Image.Transform.PERSPECTIVE, onto(scene.size, corners), Image.Resampling.BILINEAR
    )
    seen = seen.filter(ImageFilter.BoxBlur(rolls.uniform(0.3, 0.7)))
    light = Image.linear_gradient("L").rotate(rolls.uniform(0, 360), expand=True)
    cut = light.width // 4
    light = light.crop((cut, cut, light.width - cut, light.height - cut)).resize(seen.size, Image.Resampling.BILINEAR)
    warm = [light.point([round(low + value * (252 - low) / 255) for value in range(256)]) for low in (176, 170, 156)]
    return _noisy(ImageChops.multiply(seen, Image.merge("RGB", warm)), rolls, rolls.randint(6, 16))


_MACHINES: Mapping[Machine, Callable[[Image.Image, Wear, random.Random], Image.Image]] = {
    Machine.SCANNER: _scanner,
    Machine.COLOUR_SCANNER: _scanner,
    Machine.WORN_COPY: _worn_copy,
    Machine.FAX: _fax,
    Machine.CAMERA: _camera,
}


def onto(
    size: tuple[int, int], corners: tuple[tuple[float, float], ...]
) -> tuple[float, float, float, float, float, float, float, float]:
    """Return what Pillow needs to show as a rectangle of that size what lies between four corners of a picture.

    The corners run clockwise from the upper left. Heckbert, Fundamentals of Texture Mapping (1989), section 2.2.3.
    """
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    across, down = (x1 - x2, y1 - y2), (x3 - x2, y3 - y2)
    rest = (x0 - x1 + x2 - x3, y0 - y1 + y2 - y3)
    whole = across[0] * down[1] - down[0] * across[1]
    g = (rest[0] * down[1] - down[0] * rest[1]) / whole
    h = (across[0] * rest[1] - rest[0] * across[1]) / whole
    wide, high = size
    return (
        (x1 - x0 + g * x1) / wide, (x3 - x0 + h * x3) / high, x0,
        (y1 - y0 + g * y1) / wide, (y3 - y0 + h * y3) / high, y0,
        g / wide, h / high,
    )  # fmt: skip


def _skewed(picture: Image.Image, degrees: float, lid: tuple[int, int, int]) -> Image.Image:
    if not degrees:
        return picture
    return picture.rotate(degrees, Image.Resampling.BILINEAR, fillcolor=lid[0] if picture.mode == "L" else lid)


def _toned(picture: Image.Image, contrast: float, lift: float) -> Image.Image:
    table = [max(0, min(255, round(value * contrast + lift))) for value in range(256)]
    return picture.point(table * len(picture.getbands()))


def _noisy(picture: Image.Image, rolls: random.Random, strength: int) -> Image.Image:
    """Return the picture with grain of plus and minus *strength*."""
    grain = Image.frombytes("L", picture.size, rolls.randbytes(picture.width * picture.height))
    grain = grain.point([value * 2 * strength // 255 for value in range(256)])
    if picture.mode == "RGB":
        grain = Image.merge("RGB", (grain, grain, grain))
    return ImageChops.add(picture, grain, 1, -strength)


def _dirt(picture: Image.Image, rolls: random.Random, specks: int) -> Image.Image:
    """Return the picture with specks of dirt, few of them on a code."""
    for _ in range(specks):
        x, y = rolls.randrange(picture.width), rolls.randrange(picture.height)
        picture.putpixel((x, y), rolls.choice((0, 60, 120)))
    return picture
