"""What somebody is looked for by, read from a file or typed: every fault at once, and none of them repeats a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.intake.faults import BadInput, Fault
from services.intake.scalars import Reading
from workflows.engine.numbers import case_of_letter, parse_case_number, parse_inquiry_number, parse_letter_number
from workflows.request.found_by import FIELDS, Asked, TooLittle, asked
from workflows.words import tell

LETTER = "letter"
KNOWN = ("name", "kana", "phone", "email", "address", LETTER, "any")
MOST = 200
"""How many characters somebody is looked for by; nobody's address is told at greater length."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: what people are asked for by, and a number of a case or an inquiry; ``by`` names the keys."""

    by: tuple[str, ...]
    asked: Asked | None
    number: str | None


def read_question(data: Mapping[str, Any], language: str) -> Question:
    """Return what is looked for. Raises BadInput."""
    reading = Reading(language, getattr(data, "lines", {}))
    said: dict[str, str] = {}
    number: str | None = None
    for key, value in data.items():
        if key not in KNOWN:
            reading.unknown_key(key if key.isprintable() and len(key) <= 40 else "?", key, KNOWN)
        elif (text := _text(key, value, reading)) is None:
            continue
        elif key in (LETTER, "any") and (numbered := _number_in(text)) is not None:
            number = numbered
        elif key == LETTER:
            reading.fault(key, "find.no_number")
        else:
            said[key] = text
    if reading.faults:
        raise BadInput(reading.faults)
    try:
        people = asked({field: said[field] for field in FIELDS if field in said}) if said else None
    except TooLittle as little:
        line = reading.lines.get(little.field)
        raise BadInput([Fault(little.field, tell(little.code, language), line)]) from None
    if people is None and number is None:
        raise BadInput([Fault("", tell("find.nothing_asked", language, known=", ".join(KNOWN)))])
    return Question(tuple(key for key in KNOWN if key in data), people, number)


def _text(key: str, value: Any, reading: Reading) -> str | None:
    """Return what was typed; None where nothing was, or where that is no text."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | date):
        reading.fault(key, "intake.not_text")
        return None
    text = str(value)
    if len(text) > MOST:
        reading.fault(key, "intake.too_long", length=len(text), most=MOST)
        return None
    return text


def _number_in(text: str) -> str | None:
    """Return the number of the case or inquiry that was typed, or of the case of a letter."""
    letter = parse_letter_number(text)
    return case_of_letter(letter) if letter else parse_case_number(text) or parse_inquiry_number(text)
