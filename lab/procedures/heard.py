"""What the letters of a case say, as plain text: their whole content, worded, without being typeset."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum

from sqlalchemy import select

from models.effect import effect
from services.letters.profile import organisation
from services.request.publishing import page
from tests.office import TestOffice
from workflows.engine.codec import read
from workflows.engine.values import Language
from workflows.law import Regime
from workflows.letters import Envelope
from workflows.office import OfficeProcedure
from workflows.request.clauses.wording import Part
from workflows.request.letters import RequestLetter
from workflows.words import noun


@dataclass(frozen=True, slots=True)
class Heard:
    """One letter: its number, its kind and language, everything it says, and how it goes out.

    ``told`` is what of it follows from the office's procedure, line by line.
    """

    number: str
    kind: str
    language: str
    text: str
    told: tuple[str, ...]
    envelope: Envelope


def letters_of(office: TestOffice, case: str) -> list[RequestLetter]:
    """Return what each letter of a case says that was ordered and is still sealed, in the order they were ordered."""
    rows = office.ask(
        select(effect).where(effect.c.case_number == case, effect.c.kind == "letter").order_by(effect.c.id)
    )
    key = office.keys.get(case)
    return [
        read(RequestLetter, key.open_json("effect", "sealed", f"{row.subject}/{row.copy}", row.sealed))
        for row in rows
        if row.sealed is not None
    ]


def heard(content: RequestLetter) -> Heard:
    """Return what a letter says."""
    envelope = content.envelope()
    language = str(content.language)
    parts = [*_texts(content), noun(f"mail_class.{envelope.mail_class}", language)]
    told = () if content.told is None else tuple(_lines(content.told.parts))
    return Heard(content.number, str(content.kind), language, "\n".join(parts), told, envelope)


def published(whole: OfficeProcedure, law: Regime, on: date, language: Language) -> Heard:
    """Return what the office's published sheet says, which whoever comes with forms of their own has read."""
    sheet = page(whole, law, organisation(), on, language)
    return Heard(SHEET, SHEET, str(language), "\n".join(_texts(sheet)), (), Envelope())


SHEET = "published sheet"


def _lines(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        if part.name == "electronic":  # it stands in the letter only where the answer is no paper
            continue
        yield part.heading
        yield from (line.text for line in part.lines)
        yield from part.items


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a value, however deep; codes and days are none."""
    if isinstance(value, (Enum, date)):
        return
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _texts(one)
