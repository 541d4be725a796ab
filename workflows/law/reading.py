"""Reading TOML so that every fault is named with its file and place, all of them at once."""

import json
import tomllib
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from workflows.engine.values import NotHere

SAYS = {"yes": True, "no": False, "as_recorded": None}

Word = TypeVar("Word", bound=StrEnum)
Row = TypeVar("Row")


class BadData(NotHere, ValueError):
    """The data files of the law are wrong; ``faults`` names each with its file and place."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("the data of the law cannot be used:\n" + "\n".join(f"- {fault}" for fault in self.faults))


class Table:
    """One table of a file: reads each key once, notes what is wrong with it, and at the end what nobody asked for."""

    def __init__(self, values: Mapping[str, Any], place: str, faults: list[str], asked: Collection[str] = ()) -> None:
        self._values = values
        self._asked = set(asked)
        self._place = place
        self._faults = faults

    def over(self, base: "Table") -> "Table":
        """Return this table with what *base* has and it has not; a key given here takes the place of the base's."""
        return Table({**dict(base.items()), **self._values}, self._place, self._faults, self._asked)

    def items(self) -> Iterable[tuple[str, Any]]:
        """Return what stands in it."""
        return self._values.items()

    def fault(self, message: str) -> None:
        """Note a fault of this table."""
        self._faults.append(f"{self._place}: {message}")

    def __contains__(self, key: object) -> bool:
        """Tell whether the key is there."""
        return key in self._values

    def _get(self, key: str) -> Any:
        self._asked.add(key)
        return self._values.get(key)

    def text(self, key: str) -> str:
        """Return a text that must be there."""
        value = self._get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.fault(f"{key} is missing" if value is None else f"{key} is {value!r}; write a text in quotes")
        return ""

    def optional_text(self, key: str, allowed: Collection[str]) -> str | None:
        """Return one of the allowed words, or None where the key is absent."""
        value = self._get(key)
        if value is None:
            return None
        if isinstance(value, str) and value in allowed:
            return value
        self.fault(f"{key} is {value!r}; write one of {listed(allowed)}")
        return None

    def word(self, key: str, kind: type[Word]) -> Word | None:
        """Return a member of an enumeration; a missing or unknown one is a fault and None."""
        value = self._get(key)
        if value in list(kind):
            return kind(value)
        self.fault(f"{key} is {value!r}; write one of {listed(kind)}" if value is not None else f"{key} is missing")
        return None

    def numbers(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers above nothing, or an empty one."""
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or any(type(item) is not int or item < 1 for item in value):
            self.fault(f"{key} is {value!r}; write a list of numbers, [3, 4]")
            return ()
        return tuple(value)

    def words(self, key: str, allowed: Collection[str], default: Collection[str] | None = None) -> tuple[str, ...]:
        """Return a list of allowed words; without a default the key must be there."""
        value = self._get(key)
        if value is None and default is not None:
            return tuple(default)
        if not isinstance(value, list):
            self.fault(f"{key} is missing" if value is None else f'{key} is {value!r}; write a list, ["…"]')
            return ()
        for unknown in (item for item in value if item not in allowed):
            self.fault(f"{key} names {unknown!r}, which is unknown; known are {listed(allowed)}")
        return tuple(item for item in value if item in allowed)

    def word_or_words(self, key: str, allowed: Collection[str], default: Collection[str] = ()) -> tuple[str, ...]:
        """Return allowed words, of which one alone may stand without a list."""
        value = self._get(key)
        if isinstance(value, str):
            self._values = {**self._values, key: [value]}
        return self.words(key, allowed, default)

    def number(self, key: str, *, required: bool = False) -> int | None:
        """Return a whole number from 1 on."""
        value = self._get(key)
        if value is None and not required:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
            return value
        self.fault(f"{key} is missing" if value is None else f"{key} is {value!r}; write a whole number from 1 on")
        return None

    def flag(self, key: str) -> bool:
        """Return true or false; absent is false."""
        value = self._get(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.fault(f"{key} is {value!r}; write true or false")
        return False

    def day(self, key: str) -> date | None:
        """Return a day; TOML's own date, without quotes and without a time."""
        value = self._get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.fault(f"{key} is {value!r}, which is not a date; write it as 2022-04-01, without quotes")
        return None

    def days(self) -> tuple[date | None, date | None]:
        """Return ``from`` and ``until``."""
        first, last = self.day("from"), self.day("until")
        if first and last and last < first:
            self.fault(f"until {last} lies before from {first}")
        return first, last

    def says(self, key: str) -> bool | None:
        """Return true, false or None for yes, no and as_recorded (true and false will do too)."""
        value = self._get(key)
        if isinstance(value, bool):
            return value
        if value in SAYS:
            return SAYS[value]
        self.fault(f"{key} is missing" if value is None else f"{key} is {value!r}; write one of {listed(SAYS)}")
        return None

    def texts(self, key: str, allowed: Collection[str]) -> dict[str, str]:
        """Return a table of texts whose keys are allowed words; absent is empty."""
        value = self._get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fault(f'{key} is {value!r}; write a table, {{ key = "…" }}')
            return {}
        for unknown in (name for name in value if name not in allowed):
            self.fault(f"{key} names {unknown!r}, which is unknown; known are {listed(allowed)}")
        return {name: str(text) for name, text in value.items() if name in allowed}

    def raw(self, key: str) -> Any:
        """Return a value of a shape of its own, which the reader checks itself; None where there is none."""
        return self._get(key)

    def table(self, key: str, *, required: bool = True) -> "Table | None":
        """Return a table inside this one."""
        value = self._get(key)
        if isinstance(value, dict):
            return Table(value, f"{self._place}, {key}", self._faults)
        if required or value is not None:
            self.fault(f"[{key}] is missing" if value is None else f"{key} is {value!r}; write a table, [{key}]")
        return None

    def table_or_rows(self, key: str, name: str = "article") -> "list[Table]":
        """Return the tables of a list, or the only one where it is no list; none where the key is absent."""
        if isinstance(self._values.get(key), dict):
            found = self.table(key)
            return [] if found is None else [found]
        return self.rows(key, name)

    def rows(self, key: str, name: str = "code") -> list["Table"]:
        """Return the rows of a list of tables, each named by its number and its code."""
        value = self._get(key)
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            if value is not None:
                self.fault(f"{key} is no list of tables; write [[{key}]] before each row")
            return []
        return [
            Table(row, f"{self._place}, {key} {number} ({row.get(name, 'unnamed')})", self._faults)
            for number, row in enumerate(value, start=1)
        ]

    def finish(self) -> None:
        """Note the keys that nobody reads: a misspelt key would otherwise be a rule that silently does not hold."""
        for unknown in self._values.keys() - self._asked:
            self.fault(f"{unknown} is not known here; known are {listed(self._asked)}")


def listed(words: Iterable[str]) -> str:
    """Return words for a message, in the order of the alphabet."""
    return ", ".join(sorted(str(word) for word in words))


def read(path: Path, faults: list[str]) -> Table:
    """Return a file's top table; a file that cannot be read is one fault, not one for each key it should have had."""
    try:
        return Table(tomllib.loads(path.read_text(encoding="utf-8")), path.name, faults)
    except FileNotFoundError:
        faults.append(f"{path.name}: there is no such file")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(f"{path.name}: {error}")
    return Table({}, path.name, [])


def digest(paths: Iterable[Path]) -> str:
    """Return the SHA-256 of what these files say: of their values, whatever their comments and their order of keys."""
    told = [tomllib.loads(path.read_text(encoding="utf-8")) for path in paths]
    return sha256(json.dumps(told, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()


def each(top: Table, key: str, read_row: Callable[[Table], Row | None], name: str = "code") -> tuple[Row, ...]:
    """Read each row of a list of tables and note the keys nobody asked for."""
    found = []
    for table in top.rows(key, name):
        row = read_row(table)
        table.finish()
        if row is not None:
            found.append(row)
    return tuple(found)


def refuse_overlaps(
    rows: Iterable[Row],
    key: Callable[[Row], Hashable],
    days: Callable[[Row], tuple[date | None, date | None]],
    what: str,
    faults: list[str],
) -> None:
    """Note each pair of neighbouring rows of the same key that are both in force on some day."""
    by_key: dict[Hashable, list[tuple[date, date]]] = {}
    for row in rows:
        first, last = days(row)
        by_key.setdefault(key(row), []).append((first or date.min, last or date.max))
    for name, spans in by_key.items():
        spans.sort()
        for (_, last), (first, _) in pairwise(spans):
            if first <= last:
                shown = " ".join(str(part) for part in name) if isinstance(name, tuple) else name
                faults.append(f"{what} ({shown}): two rows are in force on {max(first, spans[0][0])}; end one before")
