"""By which words a person is found, and what somebody who asks may have meant by theirs.

A word is a part of a name, a number or a place, or its beginning, in the one spelling in which such things are compared
(`workflows.request.characters`, `naming`, `spelling`). Latin letters are read as kana too, and it makes no difference
whether they write a long vowel as one (Sato, Satou, Satoh). Whoever keeps words keeps them as keyed hashes
(docs/adr/0037); nothing here is stored.

A question (`Asked`) names several ways, each a set of words that are all to be there, so that few people come into
question; whether one of them is really meant, `Asked.means` tells of the person as they are written.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from workflows.request import naming, spelling
from workflows.request.characters import folded, is_ideograph
from workflows.request.romaji import readings
from workflows.request.values import Person

Word = tuple[str, str]
"""What it is a word of (NAME, ...) and its spelling."""

NAME, PHONE, EMAIL, POSTCODE, PLACE = "name", "phone", "email", "postcode", "place"

LONGEST_BEGINNING = 6
"""Beginnings up to so many characters are kept, and the whole; of what lies between, the longest beginning is asked."""
MOST_PARTS = 12
"""So many parts of a name or an address are words; nobody's has more."""
MOST_WAYS = 40
LAST_DIGITS = 4
LEAST_OF_MAIL = 4

_KANA = re.compile("[ァ-ー]")
_LONG_LATIN = re.compile("(?<=[ou])u|(?<=o)o|(?<=o)h(?![aeiouy])")
# Towns whose names hold what towns end with; the others are as short as can be.
_TOWN = re.compile(r"四日市市|廿日市市|野々市市|八日市場市|余市郡|大和郡山市|小郡市|蒲郡市|[^0-9]+?[市区郡]")
_NUMBER = re.compile(r"[0-9]+(?:-[0-9]+)*")
_POSTCODE = re.compile(r"〒?\s*([0-9]{3})[-‐‑‒–—―−ー－ｰ ]?([0-9]{4})(?![0-9])")


# -- names ----------------------------------------------------------------------------------------------------------


def _in_short(word: str) -> str:
    """Return a folded word without what makes its vowels long, where it is written in Latin letters."""
    return _LONG_LATIN.sub("", word) if word.isascii() else word


def parts_of(name: str) -> list[str]:
    """Return the parts of a name as they are compared."""
    return [_in_short(word) for word in naming.words(name)][:MOST_PARTS]


def _least(text: str) -> int:
    """Return how many characters a beginning of *text* has at least: a Chinese character says what two others do."""
    return 1 if is_ideograph(text[0]) else 2


def _beginnings(text: str, least: int) -> Iterator[str]:
    yield text
    yield from (text[:length] for length in range(least, min(LONGEST_BEGINNING, len(text) - 1) + 1))


def _given_names(parts: list[str]) -> list[str]:
    """Return what may be the given name where a Japanese one is written without a blank."""
    if len(parts) != 1 or not any(map(is_ideograph, parts[0])):
        return []
    return [parts[0][start:] for start in range(1, min(len(parts[0]) - 1, LONGEST_BEGINNING))]


def _starts_of_names(who: Person) -> list[str]:
    """Return every text at the beginning of which a name of this person may be asked for."""
    found: list[str] = []
    for name in (who.name, who.kana or ""):
        parts = parts_of(name)
        found += [*parts, *_given_names(parts)]
        if len(parts) > 1:
            found += [_in_short(folded(name)), "".join(reversed(parts))]
    return found


def _words_of_names(who: Person) -> Iterator[str]:
    for name in (who.name, who.kana or ""):
        parts = parts_of(name)
        for part in parts:
            yield from _beginnings(part, _least(part))
        for part in _given_names(parts):
            yield from _beginnings(part, 2)
        if len(parts) > 1:
            yield _in_short(folded(name))


# -- places ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """An address as it is looked for: towns it lies in, and the rest; or, written in Latin letters, its words."""

    towns: tuple[str, ...]
    rest: str
    words: tuple[str, ...] = ()


def _place(address: str) -> _Place:
    # With a postcode the prefecture may be left out: it is left out of both sides, whatever stands for the postcode.
    text = spelling.place(address, "0").partition(" ")[2]
    if not text:
        return _Place((), "")
    if text.isascii() or not (_KANA.search(text) or any(map(is_ideograph, text))):
        return _Place((), "", tuple(dict.fromkeys(parts_of(address))))
    towns = []
    while found := _TOWN.match(text):
        towns.append(found[0])
        text = text[found.end() :]
        if len(towns) == MOST_PARTS:
            break
    return _Place(tuple(towns), text)


def _stops(rest: str) -> dict[str, None]:
    """Return by which beginnings the last part of an address is found: two characters, up to the number, with it."""
    number = _NUMBER.search(rest)
    found = [rest[:2], rest]
    if number:
        found += [rest[: number.start()], rest[: number.end()]]
    return dict.fromkeys(each for each in found if each)


def _words_of_place(address: str) -> Iterator[str]:
    place = _place(address)
    yield from place.towns
    yield from _stops(place.rest)
    for word in place.words:
        yield from _beginnings(word, 3)


def _is_in(place: _Place, asked: _Place) -> bool:
    if asked.words:
        return all(any(word.startswith(each) for word in place.words) for each in asked.words)
    towns = set(place.towns)
    return towns.issuperset(asked.towns) and place.rest.startswith(asked.rest)


# -- a person -------------------------------------------------------------------------------------------------------


def found_by(who: Person) -> frozenset[Word]:
    """Return the words by which a person is found."""
    words = {(NAME, word) for word in _words_of_names(who)}
    if digits := spelling.telephone(who.phone or ""):
        words |= {(PHONE, digits), (PHONE, digits[-LAST_DIGITS:])}
    if address := spelling.mail(who.email or ""):
        box = address.partition("@")[0]
        words |= {(EMAIL, address), (EMAIL, box), (EMAIL, box[:LEAST_OF_MAIL])}
    if code := spelling.letters(who.postcode or ""):
        words.add((POSTCODE, code))
    words |= {(PLACE, word) for word in _words_of_place(who.address or "")}
    return frozenset(words)


# -- a question -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Means:
    """One thing asked for: as what, in the spelling in which it is compared (of a name the parts, each as read)."""

    what: str
    text: str = ""
    parts: tuple[tuple[str, ...], ...] = ()
    place: _Place = _Place((), "")

    def holds(self, who: Person) -> bool:
        """Whether it is true of this person."""
        if self.what == NAME:
            starts = _starts_of_names(who)
            return all(any(start.startswith(read) for start in starts for read in part) for part in self.parts)
        if self.what == PHONE:
            return spelling.telephone(who.phone or "").endswith(self.text)
        if self.what == EMAIL:
            return spelling.mail(who.email or "").startswith(self.text)
        code = spelling.letters(who.postcode or "")
        return self.text in ("", code) and _is_in(_place(who.address or ""), self.place)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for: each of *all* must be true of one person, in one of its meanings."""

    all: tuple[tuple[_Means, ...], ...]

    def means(self, who: Person) -> bool:
        """Whether this person is meant."""
        return all(any(one.holds(who) for one in meanings) for meanings in self.all)

    def ways(self) -> list[frozenset[Word]]:
        """Return sets of words: whoever is meant has all words of one of them."""
        each = [[way for one in meanings for way in _ways(one)] for meanings in self.all]
        found = dict.fromkeys(frozenset().union(*ways) for ways in product(*each))
        return list(found)[:MOST_WAYS]


class TooLittle(ValueError):
    """What is asked for holds too little to look for; ``code`` says of what there must be more."""

    def __init__(self, field: str, code: str) -> None:
        """Keep both."""
        super().__init__(field)
        self.field = field
        self.code = code


FIELDS = ("name", "kana", "phone", "email", "address", "any")
"""By what people are asked for."""


def asked(said: Mapping[str, str]) -> Asked:
    """Return the question that *said* (some of FIELDS, with what was typed) stands for. Raises TooLittle."""
    found = []
    for field, text in said.items():
        meanings = tuple(_READ[field](text))
        if not meanings:
            raise TooLittle(field, f"find.too_little.{field}")
        found.append(meanings)
    return Asked(tuple(found))


def _as_name(text: str) -> Iterator[_Means]:
    parts = parts_of(text)
    if parts and (len(parts) > 1 or len(parts[0]) >= min(2, _least(parts[0]))):
        yield _Means(NAME, parts=tuple((part, *_readings(part)) for part in parts))


def _readings(part: str) -> Iterator[str]:
    if part.isascii():
        found = dict.fromkeys(folded(reading) for reading in readings(part))
        yield from (reading for reading in found if len(reading) > 1)


def _as_phone(text: str) -> Iterator[_Means]:
    # The last digits may be 0012, which is no number abroad.
    last = "".join(each for each in unicodedata.normalize("NFKC", text) if each.isdecimal())
    for digits in dict.fromkeys((spelling.telephone(text), last)):
        if len(digits.lstrip("+")) >= LAST_DIGITS:
            yield _Means(PHONE, digits)


def _as_email(text: str) -> Iterator[_Means]:
    address = spelling.mail(text)
    box, at, _ = address.partition("@")
    if len(box) >= LEAST_OF_MAIL or (box and at):
        yield _Means(EMAIL, address)


def _as_address(text: str) -> Iterator[_Means]:
    text = unicodedata.normalize("NFKC", text)
    code = _POSTCODE.match(text.strip())
    place = _place(text.strip()[code.end() :] if code else text)
    if code or place.towns or len(place.rest) > 1 or any(len(word) > 2 for word in place.words):
        yield _Means(PLACE, text=code[1] + code[2] if code else "", place=place)


_NUMBERS_ALONE = re.compile(r"[-+0-9()‐‑‒–—―−ー\s.]+")


def _as_any(text: str) -> Iterator[_Means]:
    plain = unicodedata.normalize("NFKC", text)
    if "@" in plain:
        yield from _as_email(plain)
    elif _NUMBERS_ALONE.fullmatch(plain):
        yield from _as_phone(plain)
        if _POSTCODE.match(plain.strip()):
            yield from _as_address(plain)
    else:
        yield from _as_name(plain)
        yield from _as_address(plain)
        if plain.strip().isascii() and not any(map(str.isspace, plain.strip())):
            yield from _as_email(plain)


_READ = {
    "name": _as_name, "kana": _as_name, "phone": _as_phone, "email": _as_email, "address": _as_address, "any": _as_any,
}  # fmt: skip


def _ways(one: _Means) -> Iterator[frozenset[Word]]:
    if one.what == NAME:
        for reading in product(*one.parts):
            yield from _ways_of_a_name(reading)
    elif one.what == PHONE:
        yield from _each(PHONE, one.text, one.text[-LAST_DIGITS:])
    elif one.what == EMAIL:
        box = one.text.partition("@")[0]
        if "@" in one.text:
            yield frozenset({(EMAIL, one.text)})
            yield frozenset({(EMAIL, box)})
        else:
            yield from _each(EMAIL, box, box[:LEAST_OF_MAIL])
    else:
        yield from _ways_of_a_place(one)


def _each(what: str, *words: str) -> Iterator[frozenset[Word]]:
    yield from (frozenset({(what, word)}) for word in dict.fromkeys(words))


def _ways_of_a_name(parts: tuple[str, ...]) -> Iterator[frozenset[Word]]:
    if len(parts) > 1:
        # An "a" or a "B." is no word of its own, but where it is the whole of one.
        begun = [part[:LONGEST_BEGINNING] for part in parts if len(part) >= _least(part)]
        yield _all_of(NAME, begun or list(parts))
        return
    (part,) = parts
    yield from _each(NAME, part, part[:LONGEST_BEGINNING])
    if not part.isascii():  # written without the blank that may stand between
        for cut in range(1, min(len(part), 2 * LONGEST_BEGINNING)):
            first, rest = part[:cut], part[cut : cut + LONGEST_BEGINNING]
            known = [rest] if len(rest) >= _least(rest) else []
            if known or len(first) >= max(2, _least(first)):
                yield _all_of(NAME, [first[:LONGEST_BEGINNING], *known])


def _ways_of_a_place(one: _Means) -> Iterator[frozenset[Word]]:
    known = {(PLACE, town) for town in one.place.towns}
    known |= {(PLACE, word[:LONGEST_BEGINNING]) for word in one.place.words if len(word) > 2}
    if one.text:
        known.add((POSTCODE, one.text))
    stops = list(_stops(one.place.rest))
    if not stops:
        yield frozenset(known)
    for stop in stops:
        yield frozenset({*known, (PLACE, stop)})


def _all_of(what: str, words: Iterable[str]) -> frozenset[Word]:
    return frozenset((what, word) for word in words)
