"""The procedure.toml in the office's home, and one that somebody names: their texts, before anybody reads them."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from services.engine.office import Office
from services.office import caller, procedures
from settings import Settings
from workflows.engine.values import Reason
from workflows.office.reading import NAME, BadFile, digest
from workflows.office.table import Fault

MOST_BYTES = 200_000
"""A procedure longer than this was written by nobody."""


@dataclass(frozen=True, slots=True)
class Text:
    """A file's name, as it is shown, and its text."""

    name: str
    text: str


def at_home(settings: Settings) -> Path:
    """Return where the file of the home lies, if there is one."""
    return settings.home / NAME


def read(source: str | None, settings: Settings, stdin: BinaryIO | None = None) -> Text | BadFile:
    """Return the text of a file: of the one somebody named, seen with their eyes, or of the one in the home (None).

    Raises OSError where it cannot be read.
    """
    if source is None:
        with at_home(settings).open("rb") as file:
            return _text(NAME, file.read(MOST_BYTES + 1))
    if source == "-":
        return _text("-", (stdin or sys.stdin.buffer).read(MOST_BYTES + 1))
    with caller.reading(source) as handle, open(handle, "rb", closefd=False) as file:
        return _text(Path(source).name, file.read(MOST_BYTES + 1))


def _text(name: str, content: bytes) -> Text | BadFile:
    if len(content) > MOST_BYTES:
        return BadFile(name, (Fault("", Reason("office_file.too_big", {"most": MOST_BYTES})),))
    try:
        return Text(name, content.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        place = {"line": content.count(b"\n", 0, error.start) + 1}
        return BadFile(name, (Fault("", Reason("office_file.no_utf8", place)),))


def digest_at_home(settings: Settings) -> str | None:
    """Return the digest of the file in the home; None where there is none, empty where it cannot be read."""
    try:
        found = read(None, settings)
    except FileNotFoundError:
        return None
    except OSError:
        return ""
    return "" if isinstance(found, BadFile) else digest(found.text)


ADOPTED, DIFFERS = "adopted", "differs"


def standing(office: Office) -> str | None:
    """Return whether the file in the home is one that holds or will: ADOPTED, DIFFERS; None: there is none."""
    there = digest_at_home(office.settings)
    if there is None:
        return None
    today = office.calendar.today(office.now)
    now = procedures.counting(office.adopted, today)
    coming = [one for one in procedures.versions(office.adopted) if one.first > today]
    return ADOPTED if there in {one.digest for one in [*coming, *([now] if now else [])]} else DIFFERS
