"""The whole history as a stream of lines that anybody can carry away and verify without us: JSON, one object a line.

``kind`` says what a line is:

office  the first: ``form`` (x1), when it was made (office time, microseconds), the code's revision, when it was founded
row     a row of a case's history, its fields as they are hashed (docs/auditing.md, form v1), with ``hash``
case    after its rows: where the case says its history ends, and where the office's log ended when it last moved
event   a row of the office's log, with ``hash``
log     where the office's log is said to end
end     the last: how many of each there were, and the SHA-256 of all lines before

It holds what the histories and the log hold, and nothing that is sealed: numbers, codes, days, logins of staff.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from models.history import micros
from services.audit.chains import Verified
from services.audit.checkpoints import prove
from services.audit.signed import Signed
from services.engine.unit import UnitOfWork

FORM = "x1"
_EVENT = ("seq", "at", "what", "actor", "details", "prev_hash", "hash")
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Export:
    """Writes the stream into an open file; the same history gives the same bytes after its first line."""

    def __init__(self, file: IO[bytes], *, packed: bool = False) -> None:
        """Begin; *packed* writes gzip, without a time or a name in it."""
        self._file = gzip.GzipFile("", "wb", 6, file, 0) if packed else file
        self._packed = packed
        self._sum = hashlib.sha256()
        self._counts = {"rows": 0, "cases": 0, "events": 0}

    def office(self, at: int, revision: str, founded_at: str) -> None:
        """Write the first line."""
        self._put({"kind": "office", "form": FORM, "at": at, "revision": revision, "founded_at": founded_at})

    def row(self, case: str, row: Mapping[str, Any], digest: str) -> None:
        """Write a row of a history."""
        self._counts["rows"] += 1
        self._put({"kind": "row", **row, "case": case, "hash": digest})

    def case(self, number: str, end: tuple[int, str], log: tuple[int, str]) -> None:
        """Write where a history ends."""
        self._counts["cases"] += 1
        self._put({"kind": "case", "case": number, "seq": end[0], "head": end[1], "log": list(log)})

    def event(self, row: Mapping[str, Any]) -> None:
        """Write a row of the office's log."""
        self._counts["events"] += 1
        self._put({"kind": "event", **{name: row[name] for name in _EVENT}})

    def log(self, end: tuple[int, str]) -> None:
        """Write where the office's log ends."""
        self._put({"kind": "log", "seq": end[0], "hash": end[1]})

    def end(self) -> None:
        """Write the last line, and let go of the file."""
        self._put({"kind": "end", **self._counts, "sha256": self._sum.hexdigest()})
        if self._packed:
            self._file.close()

    def _put(self, document: Mapping[str, Any]) -> None:
        line = _encoded(document).encode() + b"\n"
        self._sum.update(line)
        self._file.write(line)


@contextmanager
def drafted(folder: Path) -> Iterator[IO[bytes]]:
    """Yield a file without a name in this folder, which is gone when it is closed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryFile(dir=folder) as file:
        yield file


def export(
    unit: UnitOfWork,
    file: IO[bytes],
    tick: Callable[[int, int], None] = lambda done, of: None,
    *,
    packed: bool = False,
) -> tuple[Verified, Signed]:
    """Write everything into an open file while it is verified; return what `checkpoints.prove` does."""
    with unit.look() as db:
        office = unit.office(db)
    written = Export(file, packed=packed)
    written.office(micros(office.now), office.settings.code_revision, office.founded.founded_at.isoformat())
    found = prove(unit, tick, written)
    written.end()
    file.flush()
    return found
