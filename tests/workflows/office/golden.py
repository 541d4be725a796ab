"""``python -m tests.workflows.office.golden``: keep files with every key and word, so that later releases read them.

What an office adopted carries its cases for years. Files are added for what none has yet, and never changed.
"""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, seed, settings

from tests.workflows.office.files import KEYS, files
from workflows.office.reading import BadFile, parse

FOLDER = Path(__file__).parents[2] / "golden" / "procedures"


OF_THE_LAWS = {"evidence.code"}
"""Choices of which the laws' tables say what there is."""


def kept() -> list[Path]:
    """Return the files there are."""
    return sorted(FOLDER.glob("*.toml"))


def what_of(text: str) -> set[str]:
    """Return every key a text has, by its place (``fee.by``), and every word of a choice in it."""
    return set(_what(tomllib.loads(text), ""))


def _what(values: Mapping[str, Any], place: str) -> Iterator[str]:
    for key, value in values.items():
        here = f"{place}.{key}" if place else key
        yield here
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                yield from _what(inner, here)
            elif here in KEYS and inner in KEYS[here].words:
                yield f"word {inner}"


def everything() -> set[str]:
    """Return every key and every word of a choice there is."""
    choices = [key for key in KEYS.values() if key.kind in ("word", "words") and key.place not in OF_THE_LAWS]
    chosen = {f"word {word}" for key in choices for word in key.words}
    return set(KEYS) | chosen


def lacking() -> set[str]:
    """Return the keys and words that no file has."""
    return everything() - set().union(*(what_of(path.read_text(encoding="utf-8")) for path in kept()))


def main() -> None:
    """Add files until every key is in one."""
    wanted = lacking()
    found: list[str] = []

    @seed(1)
    @settings(max_examples=3000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(files(oddly=False))
    def look(text: str) -> None:
        if not isinstance(parse(text), BadFile):
            found.append(text)

    look()
    FOLDER.mkdir(parents=True, exist_ok=True)
    number = len(kept())
    while wanted and found:
        best = max(found, key=lambda text: len(what_of(text) & wanted))
        if not what_of(best) & wanted:
            break
        wanted -= what_of(best)
        number += 1
        (FOLDER / f"{number:03}.toml").write_text(best, encoding="utf-8")
    sys.stdout.write(f"{number} files; without one: {', '.join(sorted(wanted)) or 'none'}\n")


if __name__ == "__main__":
    main()
