"""The package about one case for whoever is owed an account: verifiable without us, and no more in it than was asked.

A zip of the case's history (and of its searches; what a row that names another case says is withheld), the lines of
the checkpoints that signed it (other cases in them by their SHA-256 alone), the letters as they were sent, decisions,
dates with their reasons, who did what, the script that verifies all of it, and a list of all files with their SHA-256,
signed by the office's key. The same case at the same moment gives the same bytes. Names and addresses stand in the
letters, and in pages that were asked for with a reason.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select

from models import search
from models.case import case
from models.history import COVERED, chain, history, micros, moment
from models.letter import letter
from models.session import READ
from models.signing import SigningKey, as_pem
from models.staff import everybody, office_event
from services.audit.checkpoints import place
from services.audit.exporting import Export
from services.audit.log import KEY_MADE
from services.audit.signed import NotALine, leaf, line_of
from services.engine.moments import iso
from services.engine.office import Office
from services.letters import declared
from services.reports import cases as reports
from services.reports.case_page import case_page, history_page
from settings import PROJECT
from workflows.engine.values import Reason
from workflows.lines import Line, Table
from workflows.tongue import Tongue

FORM = "e1"
SIGNS = b"madoguchi evidence e1\n"
PARTS = ("history", "letters", "decisions", "dates", "people", "searches")
HERE = PROJECT / "templates" / "evidence"
ALWAYS = ("README.ja.txt", "README.en.txt", "verify_history.py")
WITHHELD = ("commitment", "details")
"""What is withheld of a row that names another case."""
_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9]{2}-[0-9]{6,}-[0-9A-Z]")
_EPOCH = (1980, 1, 1, 0, 0, 0)

_ROWS: Select[Any] = (
    select(case.c.number, *(history.c[name] for name in (*COVERED, "hash") if name != "case"))
    .join(history, history.c.case_id == case.c.id)
    .where(case.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(case.c.id, history.c.seq)
)
_ENDS = (
    select(case.c.number, case.c.seq, case.c.head, case.c.log_seq, case.c.log_hash)
    .where(case.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(case.c.id)
)
_EVENTS = select(office_event).order_by(office_event.c.seq)
_KEYS = select(office_event.c.details).where(office_event.c.what == KEY_MADE).order_by(office_event.c.seq)
_LETTERS = (
    select(letter).where(letter.c.case_id == bindparam("case_id")).order_by(letter.c.number, letter.c.copy)
)  # fmt: skip
_SENT = ("printed", "posted", "returned")


class LetterDiffers(Exception):
    """A letter's file is not the one that was made; ``reason`` names it."""

    def __init__(self, number: str) -> None:
        """Keep the letter's number."""
        self.reason = Reason("package.letter_differs", {"letter": number})
        super().__init__(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the package is to hold: ``parts`` of `PARTS`, and whose wish it is, and why."""

    parts: tuple[str, ...]
    by: str
    why: str | None


@dataclass(frozen=True, slots=True)
class Package:
    """What was put together: its bytes, its files' names, the letters whose files are gone, whether it verifies."""

    content: bytes
    files: tuple[str, ...]
    without: tuple[str, ...]
    sound: bool


def package(
    db: Connection, row: Row[Any], office: Office, asked: Asked, pages: Mapping[str, bytes] | None = None
) -> Package:
    """Put the package of a case together; *pages* are those of papers, opened, that were asked for.

    Raises LetterDiffers, SigningKeyUnfit, OSError.
    """
    key = SigningKey(office.keys.folder)
    numbers = [row.number]
    if "searches" in asked.parts:
        numbers += sorted(one.search_number for one in search.of_parents(db, [row.id]))
    rows = list(db.execute(_ROWS, {"numbers": numbers}, execution_options=READ))
    files = {name: (HERE / name).read_bytes() for name in ALWAYS}
    if "history" in asked.parts:
        files["history.jsonl"] = _history(db, numbers, rows, office)
        files["checkpoints.jsonl"] = b"".join(_excerpt(office, numbers))
    told = {language: reports.the_case(db, row, office, language) for language in ("ja", "en")}
    own = [one for one in rows if one.number == row.number]
    gone: list[str] = []
    if "letters" in asked.parts:
        files |= _letters(db, row, office, gone)
    if "decisions" in asked.parts:
        files["decisions.json"] = _json(_decisions(told["en"], own, office))
    if "dates" in asked.parts:
        files["dates.json"] = _json(_dates(told))
    if "people" in asked.parts:
        files["people.json"] = _json(_people(db, rows))
    if set(asked.parts) == set(PARTS):
        files |= {f"case.{language}.txt": _readable(db, row, office, told[language], language) for language in told}
    files |= {f"pages/{name}": content for name, content in (pages or {}).items()}
    public = key.public()
    files["key.pem"] = as_pem(public).encode()
    manifest = {
        "form": FORM,
        "case": row.number,
        "cases": numbers,
        "made_at": iso(office.now, office),
        "made_by": asked.by,
        "why": asked.why,
        "parts": [*asked.parts, *(["pages"] if pages else [])],
        "demo": office.founded.demo,
        "sole": office.founded.sole,
        "revision": office.settings.code_revision,
        "key": public,
        "former_keys": [one["key"] for one in db.execute(_KEYS).scalars() if one["key"] != public],
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    listed = _json(manifest)
    files["manifest.json"], files["manifest.sig"] = listed, key.sign(SIGNS + listed).encode() + b"\n"
    return Package(_zipped(files), tuple(sorted(files)), tuple(gone), _sound(rows))


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Return the files as a zip without a time in it; stored, so that no packer's version shows."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as packed:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            packed.writestr(entry, content)
    return written.getvalue()


def _json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _said(row: Row[Any]) -> dict[str, Any]:
    return {name: row.number if name == "case" else getattr(row, name) for name in COVERED}


def _sound(rows: Sequence[Row[Any]]) -> bool:
    before: dict[str, str] = {}
    for row in rows:
        if row.prev_hash != before.get(row.number, "") or chain(_said(row)) != row.hash:
            return False
        before[row.number] = row.hash
    return True


def _history(db: Connection, numbers: Sequence[str], rows: Sequence[Row[Any]], office: Office) -> bytes:
    """Return the histories of these cases, and what the office's log says of them, as `exporting` writes it."""
    written = io.BytesIO()
    export = Export(written)
    export.office(micros(office.now), office.settings.code_revision, office.founded.founded_at.isoformat())
    for end in db.execute(_ENDS, {"numbers": list(numbers)}):
        for row in rows:
            if row.number == end.number:
                export.row(row.number, _without_others(_said(row), numbers), row.hash)
        export.case(end.number, (end.seq, end.head), (end.log_seq, end.log_hash))
    for event in db.execute(_EVENTS, execution_options={"stream_results": True, "yield_per": 1000}):
        named = isinstance(event.details, dict) and event.details.get("case") in numbers
        if named and not _names_others(event.details, numbers):
            export.event(event._asdict())
    export.end()
    return written.getvalue()


def _without_others(said: dict[str, Any], numbers: Sequence[str]) -> dict[str, Any]:
    """Return a row as it is told: where it names a case that nobody asked for, without what it says.

    Its hash stays, by which the next row and the checkpoints hold it. The commitment goes as well, a number nobody can
    guess: with it, whoever tries all numbers of cases would find the one that gives the hash.
    """
    if not _names_others(said["details"], numbers):
        return said
    return {**{name: value for name, value in said.items() if name not in WITHHELD}, "withheld": list(WITHHELD)}


def _names_others(details: Any, numbers: Sequence[str]) -> bool:
    """Whether details name a case beside these, or a letter or page of one, wherever they do."""
    if isinstance(details, Mapping):
        return any(_names_others(one, numbers) for one in (*details, *details.values()))
    if isinstance(details, str):
        return any(number not in numbers for number in _NUMBER.findall(details))
    return isinstance(details, Sequence) and any(_names_others(one, numbers) for one in details)


def _excerpt(office: Office, numbers: Sequence[str]) -> Iterator[bytes]:
    """Yield the checkpoints that signed these cases, each other case in them by its SHA-256 alone."""
    wanted = [number.encode() for number in numbers]
    try:
        file = place(office).open("rb")
    except FileNotFoundError:
        return
    with file:
        for written in file:
            if not any(number in written for number in wanted):
                continue
            try:
                _, document = line_of(written)
            except NotALine:  # a piece
                continue
            document["heads"] = [head if head[0] in numbers else leaf(head) for head in document["heads"]]
            yield json.dumps(document, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _letters(db: Connection, row: Row[Any], office: Office, gone: list[str]) -> dict[str, bytes]:
    """Return the letters that were sent, each as it was made, and a list of all letters there were.

    What opens something else, as the passphrase of a disc does, is on the list alone.
    """
    files: dict[str, bytes] = {}
    listed = []
    known = declared.kinds()
    for one in db.execute(_LETTERS, {"case_id": row.id}):
        name = f"{one.number}.pdf" if one.copy == 1 else f"{one.number}-{one.copy}.pdf"
        kept = None
        # Of newer code's kinds nobody here knows whether they are.
        withheld = one.kind not in known or known[one.kind].secret
        if one.state in _SENT and one.path is not None and not withheld:
            kept = _file(office, one)
            if kept is None:
                gone.append(one.number)
            else:
                files[f"letters/{name}"] = kept
        listed.append({
            "letter": one.number,
            "copy": one.copy,
            "kind": one.kind,
            "language": one.language,
            "state": one.state,
            "pages": one.pages,
            "sha256": one.sha256,
            "posted_on": None if one.posted_on is None else one.posted_on.isoformat(),
            "returned_on": None if one.returned_on is None else one.returned_on.isoformat(),
            "file": None if kept is None else f"letters/{name}",
            "withheld": withheld,
        })  # fmt: skip
    files["letters.json"] = _json(listed)
    return files


def _file(office: Office, one: Row[Any]) -> bytes | None:
    """Return a letter's file; None where it is gone, as it is once its case is erased. Raises LetterDiffers."""
    try:
        content: bytes = (office.settings.spool / one.path).read_bytes()
    except FileNotFoundError:
        return None
    if hashlib.sha256(content).hexdigest() != one.sha256:
        raise LetterDiffers(one.number)
    return content


def _decisions(told: Mapping[str, Any], rows: Sequence[Row[Any]], office: Office) -> dict[str, Any]:
    names = ("state", "rights", "verified_by", "decided_by", "released_by", "overrides")
    steps = [_step(row, office) for row in rows if row.details.keys() & {"outcomes", "grounds", "ground"}]
    return {**{name: told.get(name) for name in names}, "steps": steps}


def _step(row: Row[Any], office: Office) -> dict[str, Any]:
    names = ("seq", "transition", "source", "target", "actor")
    details = {name: said for name, said in row.details.items() if not _names_others(said, [row.number])}
    return {**{name: getattr(row, name) for name in names}, "details": details, "at": iso(moment(row.at), office)}


def _dates(told: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return when the case began and ended, and each date to come or passed, with its reason in both languages."""
    ja, en = told["ja"], told["en"]
    both = [
        {"name": one["name"], "at": one["at"], "passed": one["passed"], "why": {"ja": other["why"], "en": one["why"]}}
        for one, other in zip(en["deadlines"], ja["deadlines"], strict=True)
    ]
    names = ("opened_at", "received_at", "first_arrived_on", "closed_at", "regime", "legal")
    return {**{name: en.get(name) for name in names}, "deadlines": both}


def _readable(db: Connection, row: Row[Any], office: Office, told: Mapping[str, Any], language: str) -> bytes:
    """Return what the screen says of the case and of its history, for whoever reads no JSON."""
    tongue = Tongue(language)
    steps = reports.history(db, row, office)
    # Which other cases are of the same person, of the same house or of the same papers is asked for by nobody.
    hold = told["hold"] and {**told["hold"], "with": [], "why": []}
    alone = {**told, "people": None, "hold": hold, **{name: [] for name in ("linked", "household") if name in told}}
    pieces = [*case_page(alone, tongue), *history_page(steps, tongue, verified=False)]
    return "\n".join(line for piece in pieces for line in _plain(piece)).encode() + b"\n"


def _plain(piece: Line | Table) -> list[str]:
    if isinstance(piece, Table):
        return ["  ".join(row).rstrip() for row in (piece.heads, *piece.rows)]
    # A name as long as its column would run into what follows.
    heads = (f"{words:<{room}}" if len(words) < room else f"{words} " for words, room in piece.head)
    return ["".join(heads) + piece.text]


def _people(db: Connection, rows: Sequence[Row[Any]]) -> dict[str, Any]:
    """Return who did which step, with the roles they have (none: the clock, or whoever works here no more)."""
    roles = {one.name: list(one.roles) for one in everybody(db)}
    found: dict[str, Any] = {}
    for row in rows:
        name = row.actor.partition(" (by ")[0]
        person = found.setdefault(row.actor, {"roles": roles.get(name, []), "steps": []})
        person["steps"].append({"case": row.number, "seq": row.seq, "transition": row.transition})
    return found
