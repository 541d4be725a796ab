"""What is told of people: names, kana, addresses, postcodes, telephones, e-mail, countries, each in one spelling.

What is sure is read right, and said where figures or words were put in or left out; damage is named, never repaired
(workflows.reading).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from services.intake.text import wide_kana
from workflows.reading import countries, dates, mails, names, postcodes, telephones
from workflows.reading.damage import damage, has_letters
from workflows.reading.unread import Unread

if TYPE_CHECKING:
    from services.intake.scalars import Reader, Reading


_LONGEST_DAY = 24


def _told(unread: Unread, place: str, reading: "Reading") -> object:
    return reading.fault(place, unread.code, **unread.params)


def read_name(value: str, place: str, reading: "Reading") -> Any:
    """Read somebody's name, without what is said to them beside it."""
    if (found := damage(value, name=True)) is not None:
        return _told(found, place, reading)
    if not has_letters(value) or _is_a_day(value):
        return reading.fault(place, "intake.not_a_name")
    name, beside = names.without_honorifics(value)
    if beside:
        reading.note(place, "intake.honorific", beside=beside)
    return name


def read_kana(value: str, place: str, reading: "Reading") -> Any:
    """Read how a name is read, in full-width kana."""
    if (found := damage(value, name=True)) is not None:
        return _told(found, place, reading)
    kana = names.without_honorifics(wide_kana(value)).text
    return kana if names.is_kana(kana) else reading.fault(place, "intake.not_kana")


def read_address(value: str, place: str, reading: "Reading") -> Any:
    """Read a postal address; a spreadsheet makes a day of a short one."""
    if (found := damage(value)) is not None:
        return _told(found, place, reading)
    if not has_letters(value) or _is_a_day(value):
        return reading.fault(place, "intake.only_figures")
    return value


def _is_a_day(text: str) -> bool:
    if len(text) > _LONGEST_DAY or not any(map(str.isdecimal, text)):
        return False
    read = dates.read_date(text)
    return not isinstance(read, Unread) or read.code != "intake.not_a_day"


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
    if not known:
        return postcodes.bare(text).upper()
    read = postcodes.japanese(text, address if isinstance(address, str) else None)
    if isinstance(read, Unread):
        return _told(read, place, reading)
    if read.mended:
        reading.note(place, "intake.read_as", value=read.text)
    return read.text
