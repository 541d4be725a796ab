"""Returned forms as the post brings them back, on one sheet for the eyes: ``python -m lab.returns_sheet``.

People, papers and post are invented (lab.post_office). The sheet is written to docs/pictures/returns.png.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from PIL import Image

from lab.letters_sheet import a_letter
from lab.post_office.fates import Corner, Leaf, Machine, Page, Ruin, Spoil, Wear
from lab.post_office.filling import Wish
from lab.post_office.people import request_of
from lab.post_office.stacks import Source, draw
from services.letters.typesetting import typeset
from settings import PROJECT
from workflows.engine.values import Language
from workflows.letters import Addressee
from workflows.request.values import FormName, LetterKind

SHEET = PROJECT / "docs" / "pictures" / "returns.png"
PICTURE = (332, 469)
GAP = 14
COLUMNS = 4
SEED = 7

_DAY = date(2026, 12, 1)
# Which of the invented people, which page of theirs, and what it went through.
_RETURNS: tuple[tuple[int, Leaf, Wear], ...] = (
    (4, Leaf(FormName.DISCLOSURE, 1), Wear(Machine.COLOUR_SCANNER, skew=1.4, creased=True)),
    (7, Leaf(FormName.HALT, 2), Wear(Machine.CAMERA, skew=2.0, creased=True)),
    (2, Leaf(FormName.CORRECTION, 1), Wear(Machine.FAX, skew=-0.8)),
    (41, Leaf(FormName.HALT, 1), Wear(Machine.COLOUR_SCANNER, creased=True, spoil=Spoil.COFFEE)),
    (0, Leaf(FormName.PROXY, 1), Wear(Machine.COLOUR_SCANNER, skew=-1.2, dog_ear=Corner.BOTTOM_RIGHT)),
    (35, Leaf(FormName.CORRECTION, 2), Wear(Machine.WORN_COPY, skew=0.9, creased=True)),
    (24, Leaf(FormName.HALT, 1), Wear(Machine.CAMERA, skew=-2.5, ruin=Ruin.PASTED_OVER)),
    (4, Leaf(paper="drivers_licence"), Wear(Machine.COLOUR_SCANNER, skew=0.6)),
)


def returns() -> Iterator[Image.Image]:
    """Yield the picture of each returned page."""
    with tempfile.TemporaryDirectory() as folder:
        for number, leaf, wear in _RETURNS:
            asked = request_of(SEED, number, _DAY)
            language = Language.JA if number % 2 == 0 else Language.EN
            kind = None if asked.representative is None else asked.representative.kind
            content = replace(
                a_letter(LetterKind.REQUEST_FORMS, language),
                sample=True,
                rights=asked.rights,
                subject_name=asked.subject.name,
                representative_name=None if asked.representative is None else asked.representative.name,
                representative_kind=kind,
                addressee=Addressee(
                    name=asked.subject.name, postcode=asked.subject.postcode, address=asked.subject.address or ""
                ),
            )
            pdf = Path(folder) / f"{number}.pdf"
            pdf.write_bytes(typeset(content).pdf)
            wish = Wish(
                language=language,
                subject=asked.subject,
                representative=asked.representative,
                rights=asked.rights,
                day=_DAY,
            )
            yield draw(Page(str(number), leaf, 1, wear), Source(pdf, wish), SEED)[0]


def main() -> None:
    """Write the sheet."""
    pictures = [picture.convert("RGB").resize(PICTURE, Image.Resampling.LANCZOS) for picture in returns()]
    width, height = (side + GAP for side in PICTURE)
    lines = -(-len(pictures) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * width + GAP, lines * height + GAP), (70, 74, 80))
    for index, picture in enumerate(pictures):
        sheet.paste(picture, (GAP + index % COLUMNS * width, GAP + index // COLUMNS * height))
    SHEET.parent.mkdir(exist_ok=True)
    # Sixteen shades of each colour: the grain of the paper, which nobody sees at this size, is most of the file.
    sheet.point([value // 16 * 17 for value in range(256)] * 3).save(SHEET, optimize=True)
    print(f"{len(pictures)} returned pages are in {SHEET}")


if __name__ == "__main__":
    main()
