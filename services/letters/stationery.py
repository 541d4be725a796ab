"""What the office writes in its own hand on every letter: its card, the addressee, dates.

Plain functions from values to lines of text in the letter's language; nothing here knows how they are printed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass

from services.letters import window as fitting
from workflows.days import day
from workflows.engine.values import Language
from workflows.letters import Addressee, Organisation, Seal
from workflows.reading import countries
from workflows.words import tell

__all__ = ["Card", "Window", "card", "day", "texts", "window"]


@dataclass(frozen=True, slots=True)
class Card:
    """The office as it stands on a letter, in one language."""

    name: str
    unit: str
    lines: tuple[str, ...]
    return_line: str
    officer: str
    seal: str


@dataclass(frozen=True, slots=True)
class Window:
    """The addressee as seen through the window: lines before the name, the name, lines after it."""

    before: tuple[str, ...]
    name: str
    after: tuple[str, ...]


def card(organisation: Organisation, language: Language) -> Card:
    """Return the office's card in the language of the letter."""
    if language is Language.JA:
        postcode = organisation.postcode if organisation.country != "JP" else f"〒{organisation.postcode}"
        address = f"{postcode}　{organisation.address_ja}"
        lines = [postcode, organisation.address_ja]
        name, unit, hours = organisation.name_ja, organisation.unit_ja, organisation.hours_ja
        officer = organisation.officer_ja
    else:
        address = organisation.address_en
        if organisation.postcode not in address:
            address = f"{address}, {organisation.postcode}"
        lines = [address]
        name, unit, hours = organisation.name_en, organisation.unit_en, organisation.hours_en
        officer = organisation.officer_en
    for code, value in (("phone", organisation.phone), ("email", organisation.email), ("hours", hours)):
        if value or code == "email":
            lines.append(tell(f"letters.{code}", language, value=value))
    seal = "" if organisation.seal is Seal.NONE else tell(f"letters.seal.{organisation.seal}", language)
    return Card(name, unit, tuple(lines), _return_line(address, name), officer, seal)


def _return_line(address: str, name: str) -> str:
    """Return address and name as they stand above the window: the name on a line of its own where there is room."""
    apart = fitting.lines(address, fitting.RETURN_SIZE) + fitting.lines(name, fitting.RETURN_SIZE)
    return f"{address}\n{name}" if apart <= fitting.RETURN_LINES else f"{address}　{name}"


def window(addressee: Addressee, language: Language, home: str = "JP") -> Window:
    """Return what stands in the window of the envelope.

    In Japan the place comes first and the name last; abroad, and in English, the other way round. *home* is the country
    of the office: a letter that stays in it names none.
    """
    country, in_japanese = (addressee.country or home).upper(), language is Language.JA
    far = (countries.postal_name(country),) if country != home else ()
    places = tuple(line.strip() for line in addressee.address.splitlines() if line.strip())
    # The Universal Postal Union on countries: in capitals, on the last line, in a language known where it is posted.
    said = (fitting.AFTER_ORGANISATION if addressee.organisation else fitting.AFTER_NAME) if in_japanese else ""
    name = f"{addressee.name}{said}"
    if in_japanese and country == "JP":
        before = (f"〒{addressee.postcode}",) if addressee.postcode else ()
        return Window((*before, *places), name, far)
    after = (*places, *([addressee.postcode] if addressee.postcode else []), *far)
    return Window((), name, after)


def texts(value: object, at: str = "") -> Mapping[str, str]:
    """Return every text inside a value of ours by its path: ``addressee.name``, ``answers[0].explanation``."""
    if isinstance(value, str):
        return {at: str(value)}
    found: dict[str, str] = {}
    if is_dataclass(value):
        for field in fields(value):
            found |= texts(getattr(value, field.name), f"{at}.{field.name}" if at else field.name)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            found |= texts(item, f"{at}[{index}]")
    return found
