"""A table that somebody hands in as CSV: read from its file once, decoded once, and how many rows it has.

Kept in memory as text: a hundred thousand contacts are some 50 million characters. Read twice it could be two files,
and of a pipe there is nothing to be read the second time.
"""

from dataclasses import dataclass
from pathlib import Path

from services.intake.encodings import decoded
from services.intake.faults import BadInput, Fault, quoted
from services.office import caller
from workflows.tongue import Tongue
from workflows.words import tell

MOST_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text of a CSV file, line ends as they stand in it."""

    text: str

    @property
    def rows(self) -> int:
        """How many rows it has with its head, blank lines among them; a cell may hold line ends between quotes."""
        outside = self.text.split('"')[::2]
        ends = sum(part.count("\n") for part in outside)
        return ends + (not self.text.endswith("\n") and bool(self.text))


def load_sheet(source: str | Path, *, language: str = "en") -> Sheet:
    """Return the table in a file, however it was saved. Raises BadInput where it cannot be read."""
    try:
        with caller.reading(source) as handle, open(handle, "rb", closefd=False) as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        why = Tongue(language).why(error)
        raise _bad("intake.unreadable", language, name=quoted(source), why=why) from error
    if len(content) > MOST_BYTES:
        raise _bad("intake.too_big", language, most=f"{MOST_BYTES:,}")
    return Sheet(decoded(content, language))


def _bad(code: str, language: str, **params: object) -> BadInput:
    return BadInput([Fault("", tell(code, language, **params))])
