"""A person fills in the pages of a letter: what they want, written where the page asks for it."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PIL import Image

from lab.post_office.hand import Hand, Pen
from lab.post_office.labels import ROOMS, SQUARES, asked, whose
from lab.post_office.sheets import Sheet
from workflows.engine.values import Language
from workflows.law.values import RepresentativeKind, Right
from workflows.request.values import FormName, Party, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody writes on the forms: who they are, what they ask for, and whether they remember to sign."""

    language: Language
    subject: Person
    rights: tuple[Right, ...]
    day: date
    forms: tuple[FormName, ...] = ()
    representative: Person | None = None
    documents: tuple[str, ...] = ("drivers_licence",)
    signed: bool = True
    electronic: bool = False

    @property
    def kind(self) -> RepresentativeKind | None:
        """By what right the representative acts, if there is one."""
        return self.representative.kind if self.representative is not None else None


_MATTERS: Mapping[Language, tuple[str, ...]] = {
    Language.JA: (
        "二〇二三年から利用している会員サービスの登録内容と、問い合わせの記録すべて",
        "令和五年の夏に申し込んだ資料請求に関する情報。電話でのやりとりも含みます",
        "株主名簿に関する私の記録と、送付物の宛先として使われている住所",
        "採用に応募したときに提出した書類と、面接の評価に関する記録",
    ),
    Language.EN: (
        "Everything about my customer account, opened in 2023, and the notes of my calls to your support desk",
        "The brochure I asked for in summer 2023, and every letter you have sent me since then",
        "My application of last year, the papers I sent with it and the notes of both interviews",
        "My entry in the register of shareholders and the address you use for mailings",
    ),
}
_CORRECTIONS: Mapping[Language, tuple[tuple[str, str, str], ...]] = {
    Language.JA: (("住所", "みほん町2-1", "みほん町2-11"), ("電話番号", "03-0000-0010", "03-0000-0019")),
    Language.EN: (("Address", "2-1 Mihon-cho", "2-11 Mihon-cho"), ("Telephone", "03-0000-0010", "03-0000-0019")),
}


def blank(pdf: Any, sheet: Sheet, *, colour: bool) -> Image.Image:
    """Return one page of an open ``PdfDocument`` as it comes out of the printer, at 200 dots an inch."""
    page: Image.Image = pdf[sheet.index].render(scale=200 / 72, grayscale=not colour).to_pil()
    return page.convert("RGB" if colour else "L")


def fill_in(picture: Image.Image, sheet: Sheet, wish: Wish, hand: Hand, rolls: random.Random) -> None:
    """Write all that the page asks for on its picture."""
    pen = Pen(picture, hand, rolls)
    if sheet.dated:
        pen.cells(sheet.dated, f"{wish.day:%Y%m%d}")
    for room in sheet.rooms:
        person = _person(wish, room.section)
        what = asked(room.label, ROOMS)
        if person is None or what is None:
            continue
        words = _answer(person, what)
        if words and room.cells:
            pen.cells(room.cells, words)
        elif words:
            pen.text(room.box, words)
    _tick(pen, sheet, wish)
    _tell(pen, sheet, wish)
    signer = (
        wish.representative if wish.representative is not None and sheet.form is not FormName.PROXY else wish.subject
    )
    if sheet.seal is not None and wish.signed:
        pen.sign(sheet.seal, signer.name)
        if wish.language is Language.JA and rolls.random() < 0.8:
            place = sheet.seal
            pen.seal(type(place)(place.right - 24, place.top, place.right, place.bottom), signer.name)


def _person(wish: Wish, section: str) -> Person | None:
    return wish.representative if whose(section) is Party.REPRESENTATIVE else wish.subject


def _answer(person: Person, what: str) -> str | None:
    match what:
        case "birth":
            return f"{person.birth_date:%Y%m%d}" if person.birth_date is not None else None
        case "postcode":
            return (person.postcode or "").replace("-", "") or None
        case "earlier":
            return None
        case _:
            answer: str | None = getattr(person, what)
            return answer


def _tick(pen: Pen, sheet: Sheet, wish: Wish) -> None:
    """Tick what is asked for, who acts, how to disclose it, and which papers are enclosed."""
    wanted: set[str] = {*wish.rights, "correct", "unneeded", "electronic" if wish.electronic else "paper", "copies"}
    wanted |= {f"form:{form}" for form in wish.forms}
    if wish.kind is not None:
        wanted.add(wish.kind)
    if Right.DISCLOSURE not in wish.rights:
        wanted -= {"paper", "electronic"}
    for square in sheet.squares:
        what = asked(square.label, SQUARES)
        enclosed = what in wish.documents and (square.column == 0 or wish.representative is not None)
        if what in wanted or enclosed:
            pen.tick(square.box)


def _tell(pen: Pen, sheet: Sheet, wish: Wish) -> None:
    """Write on the lines which information is meant, and into the table what is wrong with it."""
    rolls = pen.rolls
    if sheet.lines:
        words = rolls.choice(_MATTERS[wish.language])
        for line, part in zip(sheet.lines, pen.broken(words, sheet.lines[0].width - 6, 4.4), strict=False):
            pen.text(line, part, size=4.4)
    for row, correction in zip(sheet.table, _CORRECTIONS[wish.language][: rolls.choice((1, 2))], strict=False):
        for room, words in zip(row, correction, strict=True):
            pen.text(room, words, size=4.2)
