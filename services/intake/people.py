"""What is told of people: names, kana, addresses, postcodes, telephones, e-mail, countries, each in one spelling.

What is sure is read right, and said where figures or words were put in or left out; damage is named, never repaired
(workflows.reading).
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from services.intake.faults import quoted
from services.intake.text import wide_kana
from workflows.reading import countries, dates, mails, names, postcodes, telephones
from workflows.reading.damage import damage, has_letters, is_ditto
from workflows.reading.unread import Unread

if TYPE_CHECKING:
    from services.intake.scalars import Reader, Reading


def _told(unread: Unread, place: str, reading: "Reading") -> object:
    return reading.fault(place, unread.code, **unread.params)


def read_name(value: str, place: str, reading: "Reading") -> Any:
    """Read somebody's name, without what is said to them beside it."""
    if is_ditto(value) and len(value) > 1:
        return reading.fault(place, "intake.ditto")
    if (found := damage(value, name=True)) is not None:
        return _told(found, place, reading)
    name, beside = names.without_honorifics(_bare(value))
    if names.is_missing(name):
        return reading.fault(place, "intake.only_an_honorific", value=name)
    if (flaw := names.flaw(name)) is not None:
        return reading.fault(place, flaw[0], sign=flaw[1])
    if not has_letters(name) or dates.is_a_day(name):
        return reading.fault(place, "intake.not_a_name")
    if beside:
        reading.note(place, "intake.honorific", beside=beside)
    return name


def _bare(text: str) -> str:
    """Return a text without the quotes it stands in, an apostrophe before what is Japanese, a comma at its end."""
    plain = names.without_quotes(text.rstrip(";；,，、。 "))
    return plain[1:] if plain[:1] in ("'", "’") and plain[1:2] > "\u2fff" else plain


def read_kana(value: str, place: str, reading: "Reading") -> Any:
    """Read how a name is read, in full-width kana."""
    if is_ditto(value):
        return reading.fault(place, "intake.ditto")
    if (found := damage(value, name=True)) is not None:
        return _told(found, place, reading)
    kana = names.without_honorifics(wide_kana(value)).text
    return kana if names.is_kana(kana) else reading.fault(place, "intake.not_kana")


def read_address(value: str, place: str, reading: "Reading") -> Any:
    """Read a postal address; a spreadsheet makes a day of a short one."""
    if is_ditto(value):
        return reading.fault(place, "intake.ditto")
    if (found := damage(value)) is not None:
        return _told(found, place, reading)
    address = _bare(value)
    if not has_letters(address) or _ROUNDED.fullmatch(address) or dates.is_a_day(address):
        return reading.fault(place, "intake.only_figures")
    if _NO_ADDRESS.match(address):
        return reading.fault(place, "intake.not_an_address")
    return address


_ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?E[+-]?[0-9]+", re.IGNORECASE)
# What stands in the next column: an address of e-mail, a link.
_NO_ADDRESS = re.compile(r"\S+@\S+\.\S+$|https?://")


def read_email(value: str, place: str, reading: "Reading") -> Any:
    """Read an address of e-mail."""
    if (found := damage(value)) is not None:
        return _told(found, place, reading)
    read = mails.read(value)
    return _told(read, place, reading) if isinstance(read, Unread) else read


def read_country(value: str, place: str, reading: "Reading") -> Any:
    """Read a country from its code or its name."""
    if (found := damage(value)) is not None:
        return _told(found, place, reading)
    read = countries.read(value)
    return _told(read, place, reading) if isinstance(read, Unread) else read


def read_number(value: str, place: str, reading: "Reading") -> Any:
    """Read a postcode or a telephone number as far as it can be without knowing the country."""
    if not value[:1].isdigit() and is_ditto(value):
        return reading.fault(place, "intake.ditto")
    found = damage(value)
    return value if found is None else _told(found, place, reading)


SHAPES: "dict[str, Reader]" = {
    "Person.name": read_name,
    "Person.kana": read_kana,
    "Person.address": read_address,
    "Person.email": read_email,
    "Person.country": read_country,
    "Person.postcode": read_number,
    "Person.phone": read_number,
    "Organisation.email": read_email,
    "Organisation.country": read_country,
    "Organisation.postcode": read_number,
    "Organisation.phone": read_number,
    "Found.residency": read_country,
}


def check_person(data: Mapping[str, Any], given: dict[str, Any], place: str, reading: "Reading") -> None:
    """Bring postcode and telephone into the spelling of their country; Japan where none is named."""
    _check(given, "JP" if data.get("country") is None else given.get("country"), place, reading)


def check_part(data: Mapping[str, Any], given: dict[str, Any], place: str, reading: "Reading") -> None:
    """The same of a change, where the country may be known from before: only what it names is judged by it."""
    _check(given, given.get("country"), place, reading)


def _check(given: dict[str, Any], country: str | None, place: str, reading: "Reading") -> None:
    before = f"{place}." if place else ""
    postcode = given.get("postcode")
    if isinstance(postcode, str):
        given["postcode"] = _postcode(postcode, country, given.get("address"), f"{before}postcode", reading)
    phone = given.get("phone")
    if isinstance(phone, str):
        read = telephones.read(phone, country)
        if isinstance(read, Unread):
            _told(read, f"{before}phone", reading)
            return
        if read.mended:
            reading.note(f"{before}phone", "intake.read_as", value=read.text)
        given["phone"] = read.text


def _postcode(text: str, country: str | None, address: object, place: str, reading: "Reading") -> Any:
    known = country == "JP" or (country is None and postcodes.looks_japanese(text))
    if postcodes.is_only_a_mark(text):
        reading.note(place, "intake.read_as_empty", value=quoted(text))
        return None
    if not known:
        foreign = postcodes.abroad(text)
        return _told(foreign, place, reading) if isinstance(foreign, Unread) else foreign
    read = postcodes.japanese(text, address if isinstance(address, str) else None)
    if isinstance(read, Unread):
        return _told(read, place, reading)
    if read.mended:
        reading.note(place, "intake.read_as", value=read.text)
    return read.text
