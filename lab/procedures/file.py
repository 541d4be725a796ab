"""A file for a row as it grows: its values, what was understood of the facts, and what was assumed beside them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lab.procedures.answers import Answering
from lab.procedures.fees import Money
from lab.procedures.identity import Identity
from lab.procedures.people import People
from lab.procedures.rows import Row
from lab.procedures.starts import Beginning, FormSet
from lab.procedures.toml import text_of


@dataclass(frozen=True, kw_only=True)
class Written:
    """A file for a row: its values, and what they rest on beside the facts."""

    row: Row
    values: dict[str, Any]
    assumed: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    begins: Beginning
    forms: FormSet
    money: Money
    identity: Identity
    people: People
    answer: Answering

    @property
    def text(self) -> str:
        """The file."""
        return text_of(
            self.values, [f"{self.row.id}: {self.row.sector}, {self.row.country}; facts of {self.row.source_url}"]
        )


Part = Iterator[tuple[str, Any]]


def said(pair: tuple[str, str], prefix: str = "") -> dict[str, str]:
    """Return a text in both languages as the file holds it: ``ja`` and ``en``, or ``reason_ja`` and ``reason_en``."""
    before = f"{prefix}_" if prefix else ""
    return {f"{before}ja": pair[0], f"{before}en": pair[1]}
