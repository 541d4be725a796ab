"""Reading a letter back: its pages, its text, its codes and where each character stands."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

import zxingcpp
from pypdfium2 import PdfDocument, PdfPage

from lab.letters_sheet import a_letter
from services.letters.typesetting import typeset
from workflows.engine.values import Language
from workflows.request.values import LetterKind

EVERY = list(product(LetterKind, Language))
MILLIMETRE = 72 / 25.4


@cache
def pdf_of(kind: LetterKind, language: Language) -> bytes:
    return typeset(a_letter(kind, language)).pdf


def pages_of(pdf: bytes) -> list[PdfPage]:
    return list(PdfDocument(pdf))


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pages_of(pdf))


def squeezed(text: str) -> str:
    """Return *text* without blanks, line ends and permitted breaks: what is compared is the signs and their order."""
    return re.sub(r"[\s\u200b\ufffe\u0002]", "", text)


def codes_on(page: PdfPage) -> list[str]:
    picture = page.render(scale=200 / 72).to_pil()
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def characters_in(page: PdfPage) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield each visible character with its box in millimetres from the upper left corner: left, top, right, bottom."""
    height = page.get_height()
    text = page.get_textpage()
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        if character.strip():
            left, bottom, right, top = text.get_charbox(index)
            yield (
                character,
                left / MILLIMETRE,
                (height - top) / MILLIMETRE,
                right / MILLIMETRE,
                (height - bottom) / MILLIMETRE,
            )
