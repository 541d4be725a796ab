"""Which keys a procedure.toml may have, as the readers themselves ask for them: for the documentation and for tests."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from workflows.law.values import Right
from workflows.office.reading import PARTS
from workflows.office.said import Said
from workflows.office.table import Row, Table, Word


@dataclass(frozen=True, slots=True)
class Key:
    """One key: where it stands (``fee.by``), what may stand there, and what holds where it is left out.

    ``kind`` is text, word, words, number, flag, day, period, table, rows, or own: a shape of its own. ``default`` None:
    nothing holds, or it must be there (``required``).
    """

    place: str
    kind: str
    words: tuple[str, ...] = ()
    default: object = None
    required: bool = False


def declared() -> dict[str, dict[str, Key]]:
    """Return the keys of each part by place, in the order in which they are asked for."""
    found = {}
    for name, part in PARTS.items():
        probe = Probe()
        part.read(probe)
        found[name] = probe.found
    return found


class Probe(Table):
    """A table that has every key: it notes what is asked for, and answers with something that will do."""

    def __init__(self, found: dict[str, Key] | None = None, place: str = "") -> None:
        super().__init__({}, [], place)
        self.found: dict[str, Key] = {} if found is None else found

    def __contains__(self, key: object) -> bool:
        return True

    def refuse(self, code: str, /, **params: object) -> None:
        """Nothing is refused."""

    def finish(self) -> None:
        """Nothing is unknown."""

    def _note(
        self, key: str, kind: str, words: Collection[str] = (), default: object = None, *, required: bool = False
    ) -> None:
        place = f"{self.place}.{key}" if self.place else key
        self.found.setdefault(place, Key(place, kind, tuple(str(word) for word in words), default, required))

    def text(self, key: str, default: str | None = None) -> str:
        """Answer with a text."""
        self._note(key, "text", default=default, required=default is None)
        return default or "text"

    def optional(self, key: str) -> str | None:
        """Answer with a text."""
        self._note(key, "text")
        return "text"

    def bilingual(self, prefix: str = "", *, required: bool = True) -> Said | None:
        """Answer with a text in both languages."""
        for language in ("ja", "en"):
            self._note(f"{prefix}_{language}" if prefix else language, "text", required=required)
        return Said(ja="文", en="text")

    def word(self, key: str, kind: type[Word], default: Word | None = None) -> Word | None:
        """Answer with a member."""
        self._note(key, "word", list(kind), default, required=default is None)
        return default or next(iter(kind))

    def one_of(self, key: str, allowed: Collection[str], default: str | None = None) -> str | None:
        """Answer with one of the words."""
        self._note(key, "word", allowed, default)
        return default or next(iter(allowed), None)

    def words(self, key: str, allowed: Collection[str], default: Collection[str] | None = None) -> tuple[str, ...]:
        """Answer with all of the words."""
        self._note(key, "words", allowed, None if default is None else tuple(default), required=default is None)
        return tuple(allowed)

    def members(self, key: str, kind: type[Word], default: Collection[Word] | None = None) -> tuple[Word, ...]:
        """Answer with all members."""
        self._note(key, "words", list(kind), None if default is None else tuple(default), required=default is None)
        return tuple(kind)

    def rights(self, key: str = "rights", default: Collection[Right] | None = None) -> frozenset[Right]:
        """Answer with all rights."""
        return frozenset(self.members(key, Right, default))

    def texts(self, key: str, default: Collection[str] | None = None) -> tuple[str, ...]:
        """Answer with a text."""
        self._note(key, "texts", default=None if default is None else tuple(default), required=default is None)
        return ("text",)

    def number(self, key: str, default: int | None = None, *, least: int = 1, required: bool = False) -> int | None:
        """Answer with a number."""
        self._note(key, "number", [f"{least} …"], default, required=required)
        return default or least

    def flag(self, key: str, default: bool = False) -> bool:
        """Answer with yes."""
        self._note(key, "flag", default=default)
        return True

    def day(self, key: str, *, required: bool = False) -> date | None:
        """Answer with a day."""
        self._note(key, "day", required=required)
        return date(2026, 12, 1)

    def period(self, key: str, units: Collection[str], *, required: bool = False) -> tuple[int, str] | None:
        """Answer with one of the first unit."""
        self._note(key, "period", units, required=required)
        return 1, next(iter(units))

    def raw(self, key: str) -> Any:
        """Answer with nothing: what may stand there only its reader knows."""
        self._note(key, "own")
        return None

    def table(self, key: str, *, required: bool = False) -> "Table | None":
        """Answer with a table that has every key."""
        self._note(key, "table", required=required)
        return Probe(self.found, f"{self.place}.{key}" if self.place else key)

    def inner(self, key: str, read: Callable[[Table], Row]) -> Row | None:
        """Read such a table."""
        table = self.table(key)
        return None if table is None else read(table)

    def each(self, key: str, read: Callable[[Table], Row | None], name: str = "code") -> tuple[Row, ...]:
        """Read one such row."""
        self._note(key, "rows")
        row = read(Probe(self.found, f"{self.place}.{key}" if self.place else key))
        return () if row is None else (row,)
