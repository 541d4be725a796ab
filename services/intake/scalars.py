"""Single values: from what YAML, JSON, a CSV cell or an option holds to what a payload holds, or a fault.

A reader takes (value, place, reading) and returns the value, None for an empty text (absent), or BAD after telling the
fault. Nothing is guessed: a number is never taken for a time, nor 1 for yes.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from math import isfinite
from typing import Any, Final
from zoneinfo import ZoneInfo

from services.intake import fields
from services.intake.faults import Fault, quoted
from services.intake.people import SHAPES
from services.intake.text import AMOUNT, flaw, half_width, tidy, unprintable
from workflows.engine.numbers import CODE_CHARACTERS, parse_code
from workflows.reading import codes
from workflows.reading.damage import damage, is_ditto
from workflows.reading.dates import read_date, read_time
from workflows.reading.unread import Unread
from workflows.words import is_noun, noun, tell

Reader = Callable[[Any, str, "Reading"], Any]

BAD: Final = object()
FIRST_YEAR, LAST_YEAR = 1850, 2199
OFFICE_ZONE = "Asia/Tokyo"
_CODE = re.compile("[a-z][a-z0-9_]{0,39}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?")
# None of them is wider than an em, or a quarter more beside one of another script, and a line of the window holds 26
# ems at its smallest; lines that break between words are at least half full, two by two.
_SURELY_FITS = re.compile(r"[ -~\u3005\u3007\u3041-\u30fa\u30fc\u4e00-\u9fff]{1,19}")
_SURELY_FITS_IN_FIVE = re.compile(_SURELY_FITS.pattern.replace("19", "40"))


def nothing_of_its_own(group: str) -> Collection[str]:
    """Return the words an office has of its own: none."""
    return ()


@dataclass(slots=True)
class Reading:
    """One file or command line being read: the reader's language, the lines of its fields, the faults so far.

    ``notes`` are what was read otherwise than it was written, ``cut`` the places whose text a comment of YAML cut.
    ``own`` returns the words of a group (``form``, ``paper``) that the office's own procedure has beside ours; it is
    asked only where one of ours was not meant.
    """

    language: str
    lines: Mapping[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    cut: Collection[str] = ()
    own: Callable[[str], Collection[str]] = nothing_of_its_own

    def fault(self, place: str, code: str, **params: object) -> object:
        """Tell a fault at *place*; return BAD, for the reader to hand on."""
        self.faults.append(Fault(place, tell(code, self.language, **params), self._line_of(place)))
        return BAD

    def note(self, place: str, code: str, **params: object) -> None:
        """Tell what was read otherwise than it was written."""
        self.notes.append(Fault(place, tell(code, self.language, **params), self._line_of(place)))

    def not_one_of(self, place: str, value: object, what: str, known: Iterable[str]) -> object:
        """Tell that a word is none of those it may be."""
        listed = ", ".join(known)
        return self.fault(
            place,
            "intake.not_one_of",
            value=quoted(value),
            what=noun(f"expected.{what}", self.language),
            choices=listed,
        )

    def unknown_key(self, place: str, key: object, known: Iterable[str]) -> object:
        """Tell that there is no such key, with the nearest one there is."""
        known = list(known)
        if near := self.nearest(key, known):
            return self.fault(place, "intake.unknown_key_near", key=quoted(key), near=near)
        return self.fault(place, "intake.unknown_key", key=quoted(key), known=", ".join(known))

    @staticmethod
    def nearest(key: object, known: Collection[str]) -> str:
        """Return the key that was most likely meant; empty where none is near."""
        import difflib  # late: only those who misspell wait for it

        return next(iter(difflib.get_close_matches(str(key)[:100], list(known), n=1)), "")

    def _line_of(self, place: str) -> int | None:
        """Return the line of a place, or of the nearest thing around it that stands in the file."""
        while place and place not in self.lines:
            place = place[: max(place.rfind("."), place.rfind("["), 0)]
        return self.lines.get(place)


def text_reader(where: str) -> Reader:
    """Return the reader of the text field *where*."""
    rule = fields.text_rule(where)
    shape = _SHAPES.get(where)

    def read(value: Any, place: str, reading: Reading) -> Any:
        if place in reading.cut:
            return reading.fault(place, "intake.cut_by_a_comment")
        if not isinstance(value, str):
            value = _as_text(value)
            if value is None:
                return reading.fault(place, "intake.not_text")
        # Bounded before anything is done with it, with room for what tidying takes away.
        if len(value) > 4 * rule.most:
            return reading.fault(place, "intake.too_long", length=len(value), most=rule.most)
        value = tidy(value)
        if rule.narrow:
            value = half_width(value)
        found = flaw(value, lines=rule.lines)
        if found is not None:
            return reading.fault(place, found[0], character=found[1])
        if len(value) > rule.most:
            return reading.fault(place, "intake.too_long", length=len(value), most=rule.most)
        if not value:
            return None
        if shape is not None and (value := shape(value, place, reading)) is BAD:
            return BAD
        return _printed(value, rule, place, reading) if isinstance(value, str) else value

    return read


def _printed(value: str, rule: fields.Text, place: str, reading: Reading) -> Any:
    """Return a text that can stand in a letter, where it is to."""
    if rule.printed and not value.isascii():
        lacking = unprintable(value)
        if lacking:
            return reading.fault(place, "intake.unprintable", characters=", ".join(lacking))
    if rule.window is not None and (told := _too_wide(value, rule.window)):
        return reading.fault(place, "intake.too_wide", length=len(value), **told)
    return value


def _too_wide(value: str, place: fields.Window) -> dict[str, int]:
    """Return what is said of a text that does not fit in its place in the window; nothing if it fits."""
    if (_SURELY_FITS_IN_FIVE if place.lines >= 5 else _SURELY_FITS).fullmatch(value):
        return {}
    from services.letters import window

    size = window.NAME_SIZE if place.name else window.ADDRESS_SIZE
    after = window.AFTER_NAME if place.name else ""
    taken = window.lines(value + after, size)
    if taken <= place.lines:
        return {}
    wide, narrow = window.fitting(size, place.lines, after)
    return {"taken": taken, "lines": place.lines, "wide": wide, "narrow": narrow}


def choice_reader(where: str) -> Reader:
    """Return the reader of a text field that holds one of our codes."""
    what = "method" if where.endswith(".method") else where

    def read(value: Any, place: str, reading: Reading) -> Any:
        known = fields.choices(where)
        word = _word(value)
        if word == "":
            return None
        # A name may hold hyphens itself (a law's does).
        named = {_word(name): name for name in known}
        if word in named:
            return named[word]
        spoken = _spoken_choice(where, value, known) if isinstance(value, str) else ""
        return spoken or reading.not_one_of(place, value, what, known)

    return read


def _spoken_choice(where: str, text: str, known: Collection[str]) -> str:
    """Return the code that a word of ours or of people's own stands for; empty where it stands for none."""
    group = {"Document.type": "document", "ReceiveForms.method": "method"}.get(where, "")
    if not group:
        return ""
    for code in known:
        if text.strip() in (_word_for(f"{group}.{code}"), _word_for(code)):
            return code
    found = codes.code(group, text) or ""
    return found if found in known else ""


def _word_for(code: str) -> str | None:
    return noun(code, "ja") if is_noun(code) else None


def word_reader(kind: type[StrEnum], where: str) -> Reader:
    """Return the reader of an enumeration; on the command line hyphens stand for underscores."""
    members = {member.value: member for member in kind}
    barred = fields.SYSTEM_ONLY.get(where, frozenset())
    open_to_people = [word for word in members if word not in barred]

    def read(value: Any, place: str, reading: Reading) -> Any:
        word = _word(value)
        if word == "":
            return None
        if word in barred:
            return reading.fault(place, "intake.system_only", value=quoted(word), choices=", ".join(open_to_people))
        member = members.get(word) if word is not None else None
        if member is None and isinstance(value, str):
            member = members.get(_spoken(kind, value)) or _own(kind, word, reading)
            if member is None and (found := damage(value)) is not None:
                return reading.fault(place, found.code, **found.params)
        return member if member is not None else reading.not_one_of(place, value, kind.__name__, open_to_people)

    return read


_GROUPS = {
    "Right": ("right", "right_in_short"), "Category": ("category",), "Channel": ("channel",),
    "Language": ("language",), "RepresentativeKind": ("kind",), "Party": ("party",),
    "FormName": ("form",), "Masking": ("masking",), "AddressShown": ("address",),
}  # fmt: skip


def _spoken(kind: type[StrEnum], text: str) -> str:
    """Return the code a Japanese word stands for, ours or people's own; empty where it stands for none."""
    word = text.strip()
    for group in _GROUPS.get(kind.__name__, ()):
        for member in kind:
            if is_noun(f"{group}.{member.value}") and noun(f"{group}.{member.value}", "ja") == word:
                return member.value
        if found := codes.code(group, word):
            return found
    return ""


def _own(kind: type[StrEnum], word: str | None, reading: Reading) -> StrEnum | None:
    """Return a word the office has of its own, where it may have some."""
    group = fields.OPEN_WORDS.get(kind.__name__)
    return kind(word) if group is not None and word is not None and word in reading.own(group) else None


def read_gap(value: Any, place: str, reading: Reading) -> Any:
    """Read what is missing, in the words of ``ask-again --missing``."""
    word = _word(value)
    group, _, own = (word or "").partition(":")
    if group in fields.OWN_GAPS and own in reading.own(group):
        return word
    return word if word in fields.gaps() else reading.fault(place, "intake.no_gap", value=quoted(value))


def read_flag(value: Any, place: str, reading: Reading) -> Any:
    """Read true or false."""
    if isinstance(value, bool):
        return value
    if not isinstance(value, str):
        return reading.fault(place, "intake.not_yes_or_no")
    if not value.strip():
        return None
    said = codes.flag(value)
    return _unread(value, Unread("intake.not_yes_or_no"), place, reading) if said is None else said


def number_reader(where: str) -> Reader:
    """Return the reader of a whole number."""
    least, most = fields.bounds(where)

    def read(value: Any, place: str, reading: Reading) -> Any:
        if isinstance(value, str):
            digits = half_width(value.strip())
            if not digits:
                return None
            value = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            return reading.fault(place, "intake.not_a_number", least=least, most=most)
        return value

    return read


def read_decimal(value: Any, place: str, reading: Reading) -> Any:
    """Read a number."""
    if isinstance(value, str):
        text = half_width(value.strip())
        if not text:
            return None
        value = float(text) if _DECIMAL.fullmatch(text) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return reading.fault(place, "intake.not_a_decimal")
    return float(value)


def read_amount(value: Any, place: str, reading: Reading) -> Any:
    """Read an amount of money, as people write it; in which currency, the office says."""
    if isinstance(value, float) and isfinite(value):
        value = repr(value)
    text = half_width(value if isinstance(value, str) else _as_text(value) or "").strip()
    if isinstance(value, str) and not text:
        return None
    found = AMOUNT.fullmatch(text)
    if isinstance(value, bool) or found is None:
        return reading.fault(place, "intake.not_an_amount")
    return found["figures"].replace(",", "") + (found["rest"] or "")


def read_day(value: Any, place: str, reading: Reading) -> Any:
    """Read a day."""
    if isinstance(value, str):
        if not value.strip():
            return None
        read = read_date(value)
        if isinstance(read, Unread):
            return _unread(value, read, place, reading)
        value = read
    if not isinstance(value, date) or isinstance(value, datetime):
        return reading.fault(place, "intake.not_a_day")
    return value if FIRST_YEAR <= value.year <= LAST_YEAR else _out_of_range(place, reading)


def read_moment(value: Any, place: str, reading: Reading) -> Any:
    """Read a day and time; without a zone it is the office's."""
    if isinstance(value, str):
        if not value.strip():
            return None
        read = read_time(value)
        if isinstance(read, Unread):
            return _unread(value, read, place, reading)
        value = read
    if isinstance(value, date) and not isinstance(value, datetime):
        return reading.fault(place, "intake.no_time_of_day", day=value.isoformat())
    if not isinstance(value, datetime):
        return reading.fault(place, "intake.not_a_moment")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        return _out_of_range(place, reading)
    return value if value.tzinfo is not None else value.replace(tzinfo=_office_zone())


def _unread(text: str, why: Unread, place: str, reading: Reading) -> object:
    """Tell why a text is not taken: a spreadsheet's error is the cause before any other."""
    found = damage(text) or (Unread("intake.ditto") if is_ditto(text) else why)
    return reading.fault(place, found.code, **found.params)


def _read_code(value: str, place: str, reading: Reading) -> Any:
    return value if _CODE.fullmatch(value) else reading.fault(place, "intake.not_a_code")


def _read_number_of_a_paper(value: str, place: str, reading: Reading) -> Any:
    # It is only ever compared, by its keyed hash: one number, one spelling.
    return value.replace("-", "").replace(" ", "").upper() or None


def _read_form_code(value: str, place: str, reading: Reading) -> Any:
    # A slip of the finger is no foreign code: the check character knows, and nothing is registered.
    code = parse_code(value)
    if code is not None:
        return code
    typed = sum(character.isalnum() for character in value)
    if typed != CODE_CHARACTERS:
        return reading.fault(place, "intake.form_code_length", typed=typed, right=CODE_CHARACTERS)
    return reading.fault(place, "intake.form_code_mistyped")


_SHAPES: dict[str, Reader] = {
    "ReceiveForms.code": _read_form_code,
    **SHAPES,
    "Document.number": _read_number_of_a_paper,
    **dict.fromkeys(fields.CODES, _read_code),
}


def _as_text(value: Any) -> str | None:
    """Return what a person wrote who did not think of quotes: a day or a number where text is asked for."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _word(value: Any) -> str | None:
    """Return a code word as we write it, or nothing where *value* is no text. Members of our enumerations pass."""
    if isinstance(value, StrEnum):
        return value.value
    if not isinstance(value, str):
        return None
    return value.strip().replace("-", "_")


def _out_of_range(place: str, reading: Reading) -> object:
    return reading.fault(place, "intake.year_out_of_range", first=FIRST_YEAR, last=LAST_YEAR)


@cache
def _office_zone() -> ZoneInfo:
    return ZoneInfo(OFFICE_ZONE)
