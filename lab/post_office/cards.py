"""Copies of invented identity papers, each marked SAMPLE: pages on which no code of ours is printed."""

import random
from collections.abc import Mapping
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from lab.post_office.hand import DOTS
from services.letters import glyphs
from workflows.engine.values import Language
from workflows.request.values import Person

_TITLES: Mapping[str, tuple[str, str]] = {
    "drivers_licence": ("運転免許証", "DRIVER'S LICENCE"),
    "my_number_card": ("個人番号カード（表面）", "MY NUMBER CARD (FRONT)"),
    "residence_card": ("在留カード", "RESIDENCE CARD"),
    "passport": ("旅券", "PASSPORT"),
    "resident_record": ("住民票の写し", "COPY OF THE RESIDENT RECORD"),
}
_SHEETS = ("resident_record",)
_CARD = (85.6, 54.0)
_A4 = (210, 297)


def copy_of(paper: str, person: Person, language: Language, rolls: random.Random, *, colour: bool) -> Image.Image:
    """Return an A4 page with a copy of this paper, the registered domicile blacked out with a felt pen."""
    page = Image.new("RGB", (round(_A4[0] * DOTS) + 1, round(_A4[1] * DOTS) + 1), "white")
    if paper in _SHEETS:
        left, top, size = 25.0, 30.0, (160.0, 190.0)
    else:
        left, top, size = rolls.uniform(25, 95), rolls.uniform(30, 150), _CARD
    _paper(page, paper, person, language, (left, top, *size), rolls)
    return page if colour else page.convert("L")


def _paper(
    page: Image.Image,
    paper: str,
    person: Person,
    language: Language,
    place: tuple[float, float, float, float],
    rolls: random.Random,
) -> None:
    left, top, wide, high = place
    draw = ImageDraw.Draw(page)
    tint = rolls.choice(((232, 240, 236), (240, 236, 226), (228, 234, 244)))
    corners = [(left * DOTS, top * DOTS), ((left + wide) * DOTS, (top + high) * DOTS)]
    draw.rounded_rectangle(corners, radius=3 * DOTS, fill=tint, outline=(90, 90, 90), width=2)
    title = " ".join(_TITLES[paper])
    _write(draw, (left + 4, top + 3), title, 3.4)
    birth = person.birth_date
    rows = [
        ("氏名 Name", person.name),
        ("住所 Address", (person.address or "").replace("\n", " ")),
        ("生年月日 Birth", f"{birth:%Y-%m-%d}" if birth is not None else ""),
        ("本籍 Domicile", None),
        ("番号 No.", "SAMPLE-0000"),
    ]
    photograph = paper not in _SHEETS
    for number, (label, value) in enumerate(rows):
        y = top + 11 + number * (8 if photograph else 12)
        _write(draw, (left + 4, y), label, 1.9, fill=(90, 90, 90))
        room = wide - 26 - (24 if photograph else 0)
        if value is None:
            black = [((left + 24) * DOTS, (y - 1) * DOTS), ((left + 24 + room * 0.8) * DOTS, (y + 4) * DOTS)]
            draw.rectangle(black, fill=(16, 16, 18))
        else:
            size = min(2.9, room / max(1, len(value)) * (1.0 if language is Language.JA else 1.7))
            _write(draw, (left + 24, y), value, size)
    if photograph:
        _likeness(draw, left + wide - 24, top + 12)
    stamp = Image.new("L", (round(wide * DOTS), round(16 * DOTS)), 0)
    font = _font(round(9 * DOTS))
    ImageDraw.Draw(stamp).text((stamp.width / 2, stamp.height / 2), "SAMPLE 見本", font=font, fill=120, anchor="mm")
    stamp = stamp.rotate(24, Image.Resampling.BICUBIC, expand=True)
    middle = ((left + wide / 2) * DOTS, (top + high / 2) * DOTS)
    page.paste((190, 40, 40), (round(middle[0] - stamp.width / 2), round(middle[1] - stamp.height / 2)), stamp)


def _likeness(draw: ImageDraw.ImageDraw, left: float, top: float) -> None:
    """Draw where the photograph is: a grey shape, nobody's face."""
    draw.rectangle([(left * DOTS, top * DOTS), ((left + 20) * DOTS, (top + 26) * DOTS)], fill=(206, 212, 218))
    head = [((left + 5.5) * DOTS, (top + 4) * DOTS), ((left + 14.5) * DOTS, (top + 15) * DOTS)]
    draw.ellipse(head, fill=(150, 156, 162))
    draw.pieslice([((left + 1.5) * DOTS, (top + 16) * DOTS), ((left + 18.5) * DOTS, (top + 36) * DOTS)], 180, 360,
                  fill=(150, 156, 162))  # fmt: skip


def _write(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    words: str,
    size: float,
    fill: tuple[int, int, int] = (30, 30, 30),
) -> None:
    x = at[0] * DOTS
    pixels = round(size * DOTS)
    for sign in words:
        font = _font(pixels, latin=ord(sign) < 0x2E80)
        draw.text((x, at[1] * DOTS + pixels), sign, font=font, fill=fill, anchor="ls")
        x += font.getlength(sign)


@cache  # opening one and drawing its first sign takes longer than all the rest
def _font(pixels: int, *, latin: bool = False) -> ImageFont.FreeTypeFont:
    gothic = glyphs.gothic_fonts()
    return ImageFont.truetype(str(gothic[0] if latin else gothic[1]), max(6, pixels))
