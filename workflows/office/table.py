"""One table of procedure.toml: every fault is noted with its place, all of them at once, and nothing is raised.

A part's reader asks for each key once; what nobody asked for is a fault in the end, with the key that was probably
meant. A fault is data: a place, as it stands in the file, and a `Reason` worded in the reader's language.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from workflows.engine.values import Reason
from workflows.law.values import Right
from workflows.office.said import Said

Word = TypeVar("Word", bound=StrEnum)
Row = TypeVar("Row")
ALL = "all"
"""What may be written for a list of words of which every one is meant."""
LONGEST = 400
"""Characters of one text: it must fit into a letter."""
MOST = 1_000_000_000
"""No amount, time or count of an office is larger."""


YEARS = range(2000, 2100)
"""The years an office can mean, and its calendar knows."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where (``fee 2 (stamps)``; empty: the file as a whole) and what."""

    place: str
    reason: Reason


class Table:
    """A table of the file; ``place`` is empty for the file itself."""

    def __init__(self, values: Mapping[str, Any], faults: list[Fault], place: str = "") -> None:
        self._values = values
        self._faults = faults
        self._place = place
        self._asked: dict[str, None] = {}

    # ---- faults ------------------------------------------------------------------------------------------------------

    def refuse(self, code: str, /, **params: object) -> None:
        """Note a fault of this table: a code with its parameters, worded in workflows/words."""
        self._faults.append(Fault(self._place, Reason(code, params)))

    def finish(self) -> None:
        """Note the keys that nobody reads: a misspelt key would otherwise be a rule that silently does not hold."""
        for unknown in (key for key in self._values if key not in self._asked):
            near = get_close_matches(unknown, self._asked, 1) or [""]
            known = sorted(self._asked)
            if near[0]:
                self.refuse("office_file.unknown_near", key=_short(unknown, quoted=False), near=near[0], known=known)
            else:
                self.refuse("office_file.unknown", key=_short(unknown, quoted=False), known=known)

    @property
    def place(self) -> str:
        """Where this table stands."""
        return self._place

    def __contains__(self, key: object) -> bool:
        """Tell whether the key is there."""
        return key in self._values

    def _get(self, key: str) -> Any:
        self._asked[key] = None
        return self._values.get(key)

    def _wrong(self, key: str, value: object, wanted: str, **params: object) -> None:
        if value is None:
            self.refuse("office_file.missing", key=key)
        else:
            self.refuse(wanted, key=key, value=_short(value), **params)

    # ---- values ------------------------------------------------------------------------------------------------------

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there. One line of what can be printed, not too long."""
        value = self._get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            self._wrong(key, value, "office_file.no_text")
        elif not one_line(value):
            self.refuse("office_file.unprintable", key=key)
        elif len(value) > LONGEST:
            self.refuse("office_file.too_long", key=key, length=len(value), most=LONGEST)
        else:
            return value.strip()
        return default or ""

    def optional(self, key: str) -> str | None:
        """Return a text, or None where there is none."""
        return self.text(key) if key in self._values else self._get(key)

    def bilingual(self, prefix: str = "", *, required: bool = True) -> Said | None:
        """Return one text in both languages (``ja`` and ``en``, or ``reason_ja`` and ``reason_en``)."""
        ja, en = f"{prefix}_ja" if prefix else "ja", f"{prefix}_en" if prefix else "en"
        if not required and ja not in self._values and en not in self._values:
            self._get(ja), self._get(en)
            return None
        said = Said(ja=self.text(ja), en=self.text(en))
        return said if said.ja and said.en else None

    def word(self, key: str, kind: type[Word], default: Word | None = None) -> Word | None:
        """Return a member of an enumeration; without a default it must be there (the fault is noted, None comes)."""
        value = self._get(key)
        if value is None and default is not None:
            return default
        if isinstance(value, str) and value in list(kind):
            return kind(value)
        self._wrong(key, value, "office_file.no_word", known=_known(kind))
        return default

    def one_of(self, key: str, allowed: Collection[str], default: str | None = None) -> str | None:
        """Return one of some words; without a default it may be left out (None)."""
        value = self._get(key)
        if value is None:
            return default
        if isinstance(value, str) and value in allowed:
            return value
        self._wrong(key, value, "office_file.no_word", known=sorted(allowed))
        return default

    def words(self, key: str, allowed: Collection[str], default: Collection[str] | None = None) -> tuple[str, ...]:
        """Return a list of allowed words, or all of them for ``"all"``; without a default it must be there."""
        value = self._get(key)
        if value is None and default is not None:
            return tuple(default)
        if value == ALL:
            return tuple(allowed)
        if not isinstance(value, list):
            self._wrong(key, value, "office_file.no_list", known=_known(allowed))
            return tuple(default or ())
        for strange in (item for item in value if not isinstance(item, str) or item not in allowed):
            self._wrong(key, strange, "office_file.no_word_in_list", known=_known(allowed))
        found = [item for item in value if isinstance(item, str) and item in allowed]
        for doubled in dict.fromkeys(item for item in found if found.count(item) > 1):
            self.refuse("office_file.twice_in_list", key=key, value=doubled)
        return tuple(dict.fromkeys(found))

    def members(self, key: str, kind: type[Word], default: Collection[Word] | None = None) -> tuple[Word, ...]:
        """Return members of an enumeration, in the order they are written; ``"all"`` is every one."""
        standing = None if default is None else [str(word) for word in default]
        return tuple(kind(word) for word in self.words(key, [str(word) for word in kind], standing))

    def rights(self, key: str = "rights", default: Collection[Right] | None = None) -> frozenset[Right]:
        """Return rights; ``"all"`` is every one, and without a default the key must be there."""
        return frozenset(self.members(key, Right, default))

    def texts(self, key: str, default: Collection[str] | None = None) -> tuple[str, ...]:
        """Return a list of texts of any wording; without a default it must be there."""
        value = self._get(key)
        if value is None and default is not None:
            return tuple(default)
        if not isinstance(value, list):
            self._wrong(key, value, "office_file.no_texts")
            return tuple(default or ())
        for strange in (item for item in value if not isinstance(item, str) or not _fit(item)):
            self._wrong(key, strange, "office_file.no_text_in_list")
        return tuple(item.strip() for item in value if isinstance(item, str) and _fit(item))

    def number(self, key: str, default: int | None = None, *, least: int = 1, required: bool = False) -> int | None:
        """Return a whole number from *least* on."""
        value = self._get(key)
        if value is None and not required:
            return default
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= MOST:
            return value
        self._wrong(key, value, "office_file.no_number", least=least, most=MOST)
        return default

    def flag(self, key: str, default: bool = False) -> bool:
        """Return true or false."""
        value = self._get(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self._wrong(key, value, "office_file.no_flag")
        return default

    def day(self, key: str, *, required: bool = False) -> date | None:
        """Return a day; TOML's own date, without quotes and without a time."""
        value = self._get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            if value.year in YEARS:
                return value
            self.refuse(
                "office_file.day_without_sense", key=key, value=value.isoformat(), first=YEARS[0], last=YEARS[-1]
            )
            return None
        if value is not None or required:
            self._wrong(key, value, "office_file.no_day")
        return None

    def period(self, key: str, units: Collection[str], *, required: bool = False) -> tuple[int, str] | None:
        """Return a time such as ``{ weeks = 2 }`` as (2, "weeks"): one unit, one whole number from 1 on."""
        value = self._get(key)
        if value is None and not required:
            return None
        if isinstance(value, dict) and len(value) == 1:
            ((unit, count),) = value.items()
            if unit in units and isinstance(count, int) and not isinstance(count, bool) and 1 <= count <= 10_000:
                return count, unit
        self._wrong(key, value, "office_file.no_period", units=sorted(units))
        return None

    def raw(self, key: str) -> Any:
        """Return a value of a shape of its own, which the reader checks itself; None where there is none."""
        return self._get(key)

    # ---- tables in this one ------------------------------------------------------------------------------------------

    def table(self, key: str, *, required: bool = False) -> "Table | None":
        """Return a table inside this one, which the caller finishes; None where there is none."""
        value = self._get(key)
        if isinstance(value, dict):
            return Table(value, self._faults, _joined(self._place, key))
        if required or value is not None:
            self._wrong(key, value, "office_file.no_table")
        return None

    def inner(self, key: str, read: "Callable[[Table], Row]") -> Row | None:
        """Read a table inside this one and note the keys nobody asked for; None where there is none."""
        table = self.table(key)
        if table is None:
            return None
        row = read(table)
        table.finish()
        return row

    def each(self, key: str, read: "Callable[[Table], Row | None]", name: str = "code") -> tuple[Row, ...]:
        """Read each row of a list of tables and note the keys nobody asked for.

        A row is named by its number and what stands under *name* in it: ``fee 2 (stamps)``.
        """
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            self._wrong(key, value, "office_file.no_rows")
            return ()
        found = []
        for number, values in enumerate(value, start=1):
            table = Table(values, self._faults, _joined(self._place, f"{key} {number}{_named(values.get(name))}"))
            row = read(table)
            table.finish()
            if row is not None:
                found.append(row)
        return tuple(found)


def _joined(place: str, key: str) -> str:
    return f"{place}, {key}" if place else key


def _named(value: object) -> str:
    """Return what a row is called, in brackets: the text under its name, or the texts."""
    words = value if isinstance(value, list) else [value]
    shown = ", ".join(word for word in words if isinstance(word, str))
    return f" ({_short(shown, quoted=False)})" if shown else ""


def one_line(text: str) -> bool:
    """Whether a text is one line of what can be printed; Japanese writes its own blank."""
    return text.replace("\u3000", " ").isprintable()


def _fit(text: str) -> bool:
    return bool(text.strip()) and one_line(text) and len(text) <= LONGEST


def _short(value: object, *, quoted: bool = True) -> str:
    """Return what somebody wrote, short enough for a message, in one line and nothing a terminal would obey."""
    if isinstance(value, str) and not quoted:
        shown = "".join(letter if letter.isprintable() else "?" for letter in value)
    else:
        shown = str(value) if isinstance(value, date) else ascii(value) if not _plain(value) else repr(value)
    return shown if len(shown) <= 40 else f"{shown[:39]}…"


def _plain(value: object) -> bool:
    return repr(value).isprintable()


def _known(allowed: Iterable[str]) -> list[str]:
    return sorted(str(word) for word in allowed)
