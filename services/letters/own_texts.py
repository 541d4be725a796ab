"""The office's own texts in a procedure.toml: whether our fonts carry them, or letters with them could not be made."""

import tomllib
from collections.abc import Iterator
from typing import Any

from services.letters import glyphs
from workflows.engine.values import Reason
from workflows.office.table import Fault, one_line

LANGUAGES = ("ja", "en")


def faults(text: str) -> list[Fault]:
    """Return which texts of a file no font prints; of a file that is no TOML nothing is said here."""
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return []
    return [
        Fault(place, Reason("office_file.no_glyph", {"key": key, "characters": _named(lacking)}))
        for place, key, said in _texts(values, "")
        if (lacking := glyphs.printable(said))
    ]


def _named(lacking: Any) -> str:
    return ", ".join(glyphs.named(glyph) for glyph in lacking)


def _texts(values: Any, place: str) -> Iterator[tuple[str, str, str]]:
    """Yield (place of the table, key, text) of everything that is said to people."""
    for key, value in values.items():
        inside = f"{place}, {key}" if place else key
        if isinstance(value, dict):
            yield from _texts(value, inside)
        elif isinstance(value, list):
            for number, row in enumerate(value, start=1):
                if isinstance(row, dict):
                    yield from _texts(row, f"{inside} {number}")
        elif isinstance(value, str) and key.rpartition("_")[2] in LANGUAGES and one_line(value):
            yield place, key, value
