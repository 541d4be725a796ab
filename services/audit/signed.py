"""The file of signed checkpoints, read: each line is one, and each is chained to the line before it.

A line is a JSON object: ``form`` (c1), ``number`` (1, 2, 3 ...), ``at`` (the machine's time, ISO 8601), ``mark`` (the
office's, microseconds since 1970), ``heads`` ([case, seq, hash] of each history that grew), ``log`` ([seq, hash] of the
office's log), ``last`` (whether all that had grown is signed with it), ``prev`` (the digest of the line before, "" for
the first), ``key`` (the public key) and ``signature``. Where a lead answered for what an older database no longer
holds, ``given_up`` lists it, with ``by`` and ``why``. What is signed is `SIGNS` and the object without ``signature``,
written as the history writes its rows, with the SHA-256 of each head in its place: so a line can be shown to somebody
who is to see one case of it, and no other. Its SHA-256 is the line's digest.

A process that dies while it writes leaves a piece of a line. The next one begins on a line of its own and is chained to
the last whole one, so a piece is told and is no fault; a whole line in whose place there is anything else is one.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from struct import Struct
from typing import Any

from models import checkpoint
from models.signing import verifies
from workflows.engine.values import Reason

FORM = "c1"
SIGNS = b"madoguchi checkpoint c1\n"
FILE = checkpoint.FILE
_KEPT = Struct(">I32sI")
"""What is kept of a signed head while the histories are read: row, hash, checkpoint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One checkpoint, as it was signed; ``digest`` is SHA-256 in hexadecimal, as are hashes and ``key``."""

    number: int
    at: str
    mark: int
    heads: tuple[tuple[str, int, str], ...]
    log: tuple[int, str]
    last: bool
    key: str
    prev: str
    digest: str
    given_up: tuple[tuple[str, int, str], ...] = ()


class NotALine(ValueError):
    """What stands there is no checkpoint."""


def leaf(head: Any) -> str:
    """Return the SHA-256 by which a head is signed: whoever is shown that alone learns nothing of the case."""
    return head if isinstance(head, str) else hashlib.sha256(_written_as(list(head))).hexdigest()


def signable(document: Mapping[str, Any]) -> bytes:
    """Return the bytes that are signed: all of a line but its signature, each head by its SHA-256."""
    said = {name: value for name, value in document.items() if name != "signature"}
    said["heads"] = [leaf(head) for head in said["heads"]]
    return SIGNS + _written_as(said)


def _written_as(said: Any) -> bytes:
    return json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest_of(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what is signed."""
    return hashlib.sha256(signable(document)).hexdigest()


def line_of(written: bytes) -> tuple[Line, dict[str, Any]]:
    """Return what one line says, and the document it was; its signature is not looked at. Raises NotALine."""
    try:
        document = json.loads(written)
        if document["form"] != FORM:
            raise NotALine
        line = Line(
            number=int(document["number"]),
            at=str(document["at"]),
            mark=int(document["mark"]),
            heads=tuple((str(number), int(seq), _hash(head)) for number, seq, head in document["heads"]),
            log=(int(document["log"][0]), str(document["log"][1])),
            last=bool(document["last"]),
            key=_hash(document["key"]),
            prev=str(document["prev"]),
            digest=digest_of(document),
            given_up=tuple((str(name), int(seq), _hash(head)) for name, seq, head in document.get("given_up", ())),
        )
        str(document["signature"])
    except (KeyError, TypeError, ValueError, IndexError, RecursionError):
        raise NotALine from None
    return line, document


def _hash(text: Any) -> str:
    if len(bytes.fromhex(text)) != 32:
        raise NotALine
    return str(text)


@dataclass(slots=True)
class Signed:
    """What a file of checkpoints says: ``lines`` of them, ``pieces`` left by writers that died.

    ``fault`` is the first line that is not as it was signed. ``keys`` are those it is signed by, each with the first
    checkpoint of its; ``digests`` are those of the lines, ``logs`` the ends of the log (row, hash, checkpoint), both in
    their order.
    """

    lines: int = 0
    pieces: int = 0
    at: str = ""
    digests: list[str] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)
    logs: list[tuple[int, str, int]] = field(default_factory=list)
    given_up: set[tuple[str, int, str]] = field(default_factory=set)
    fault: Reason | None = None
    _heads: dict[str, bytes] = field(default_factory=dict)

    def of(self, case: str) -> dict[int, tuple[str, int]]:
        """Return what was signed of a case, {row: (hash, checkpoint)}, without what a lead answered for.

        Of a row that was signed twice the first counts.
        """
        kept = _KEPT.iter_unpack(self._heads.get(case, b""))
        return self._counting(case, ((seq, head.hex(), number) for seq, head, number in kept))

    def of_log(self) -> dict[int, tuple[str, int]]:
        """Return what was signed of the office's log, in the same way."""
        return self._counting("", self.logs)

    def _counting(self, case: str, heads: Iterable[tuple[int, str, int]]) -> dict[int, tuple[str, int]]:
        found: dict[int, tuple[str, int]] = {}
        for seq, head, number in heads:
            if (case, seq, head) not in self.given_up:
                found.setdefault(seq, (head, number))
        return dict(sorted(found.items()))

    def cases(self) -> list[str]:
        """Return every case of which something was signed."""
        return list(self._heads)

    def take(self, line: Line) -> None:
        """Add one line."""
        self.lines, self.at = line.number, line.at
        self.digests.append(line.digest)
        self.keys.setdefault(line.key, line.number)
        self.given_up.update(line.given_up)
        if line.log[0]:
            self.logs.append((*line.log, line.number))
        for number, seq, head in line.heads:
            self._heads[number] = self._heads.get(number, b"") + _KEPT.pack(seq, bytes.fromhex(head), line.number)


def read(path: Path, most: int | None = None) -> Signed:
    """Return what the file of checkpoints says, or the first *most* of them, verified up to its first fault.

    Nothing is said where there is no file.
    """
    found, before = Signed(), ""
    for place, written in enumerate(lines_in(path), 1):
        if found.lines == most:
            break
        try:
            line, document = line_of(written)
        except NotALine:
            found.pieces += 1
            continue
        if not verifies(line.key, signable(document), document["signature"]):
            found.fault = Reason("audit.line_unsigned", {"line": place})
            return found
        if (line.number, line.prev) != (found.lines + 1, before):
            params = {"line": place, "number": line.number, "expected": found.lines + 1}
            found.fault = Reason("audit.line_out_of_place", params)
            return found
        found.take(line)
        before = line.digest
    return found


def lines_in(path: Path) -> Iterator[bytes]:
    """Yield what stands in a file of checkpoints, line by line, pieces too; nothing where there is no file."""
    try:
        with path.open("rb") as file:
            yield from (each for each in file if each.strip())
    except FileNotFoundError:
        return
