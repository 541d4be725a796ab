"""The disc of an answer: what goes out electronically, in one encrypted file with a table of contents.

The file is a ZIP with AES (WinZip's AE-2, 256 bits), which the programs people have can open. It is made once, by the
worker of effects: whole and on the disk before its name exists, its name before its row says so. Whoever comes again
finds it under that name, opens it with the passphrase that only this disc has, and writes the row.
"""

import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, update

from clock import machine_now
from models import case as cases
from models import disc as discs
from models import effect as effects
from models import staff
from models.base import at_machine_time
from models.disc import disc
from models.effect import effect
from models.writes import Writes
from services.engine.office import Office
from services.engine.once import drafted, sync_folder, write_once
from services.engine.outbox import Overtaken
from services.engine.trouble import Poison
from services.engine.unit import UnitOfWork
from services.letters import enclosed
from workflows.engine.codec import read, written
from workflows.engine.values import Language
from workflows.request.disc_words import contents, how_to_open
from workflows.request.enclosing import Enclosure

KIND = "disc"
CONTENTS = "contents.txt"
HOW_TO_OPEN = "README.txt"


class DiscTaken(Poison):
    """Another disc's file lies under this name; it is never sent to whoever has the number now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disc:
    """All that a disc holds and how it is locked, sealed into the effect that makes it."""

    letter: str
    case: str
    language: Language
    passphrase: str
    found: tuple[Enclosure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """What opens a disc, as it is sealed beside it."""

    passphrase: str


@dataclass(frozen=True, slots=True)
class Made:
    """The encrypted file as it lies; ``path`` is relative to the folder of discs."""

    path: str
    sha256: str
    bytes: int


# -- ordered ------------------------------------------------------------------------------------------------------


def order(writes: Writes, ordered: Sequence[tuple[Disc, int, int, int]], office: Office) -> None:
    """Give discs and the effects that make them to be written: each with its case's id, the step, its place there."""
    if not ordered:
        return
    writes.add(disc, [_row(one, case_id, office) for one, case_id, _, _ in ordered])
    rows = [_effect(one, case_id, seq, place, office) for one, case_id, seq, place in ordered]
    timed, more = at_machine_time(writes.db, "ordered_at", rows, machine_now())
    writes.add(effect, timed, more=more)


def _row(one: Disc, case_id: int, office: Office) -> dict[str, Any]:
    key = office.keys.get(one.case)
    sealed = key.seal_json("disc", "passphrase", one.letter, written(Secret(passphrase=one.passphrase)))
    return {
        "letter": one.letter, "case_id": case_id, "files": len(one.found), "passphrase": sealed, "path": None,
        "sha256": None, "bytes": None, "made_at": None, "written": 0,
    }  # fmt: skip


def _effect(one: Disc, case_id: int, seq: int, place: int, office: Office) -> dict[str, Any]:
    subject = _subject(one.letter)
    return {
        "case_id": case_id, "seq": seq, "ord": place, "case_number": one.case, "kind": KIND, "subject": subject,
        "copy": 1, "sealed": office.keys.get(one.case).seal_json("effect", "sealed", f"{subject}/1", written(one)),
        "state": "waiting", "attempts": 0,
    }  # fmt: skip


def _subject(letter: str) -> str:
    return f"{letter}.disc"


def void(db: Connection, letters: Sequence[str], office: Office) -> None:
    """Let no disc be made for letters that are void."""
    gone = {"state": "void", "sealed": None, "done_at": office.now}
    named = effect.c.subject.in_([_subject(letter) for letter in letters])
    db.execute(update(effect).where(named, effect.c.kind == KIND, effect.c.state == "waiting").values(**gone))


def passphrase_of(db: Connection, letter: str, case: str, office: Office) -> str:
    """Return the passphrase of the disc that goes with a letter, for a letter that tells it once more."""
    row = discs.of_letter(db, letter)
    if row is None or row.passphrase is None:
        raise LookupError(letter)
    sealed = office.keys.get(case).open_json("disc", "passphrase", letter, row.passphrase)
    return read(Secret, sealed).passphrase


# -- made ---------------------------------------------------------------------------------------------------------


def path_of(letter: str) -> str:
    """Return where a disc's file lies: a folder a year and thousand, as letters do."""
    year, serial = letter.split("-")[:2]
    return f"{year}/{serial[:-3]}/{letter}.zip"


def make(row: Row[Any], office: Office, unit: UnitOfWork) -> Made:
    """Write the file of a disc, unless it lies there already.

    Raises DiscTaken, Overtaken, EnclosureDamaged, and what keys and file system raise.
    """
    key = office.keys.get(row.case_number)
    one = read(Disc, key.open_json("effect", "sealed", f"{row.subject}/1", row.sealed))
    relative = path_of(one.letter)
    target = office.settings.discs / relative
    if not target.exists():
        write_once(target, packed(one, office))
    if not _opens(target, one):
        if row.attempts == 0:  # nobody has tried before: it is somebody else's
            raise DiscTaken(relative)
        _write_over(target, packed(one, office), row, unit)
    content = target.read_bytes()
    return Made(relative, hashlib.sha256(content).hexdigest(), len(content))


def _write_over(target: Path, content: bytes, row: Row[Any], unit: UnitOfWork) -> None:
    """Put the file in the place of one that an attempt left and that does not open; only a claim may."""
    with drafted(target, content) as draft, unit.begin() as db:
        cases.lock(db, [row.case_number])
        if not effects.holds(db, row):
            raise Overtaken
        draft.replace(target)
        sync_folder(target.parent)


def packed(one: Disc, office: Office) -> bytes:
    """Return the encrypted file. Raises EnclosureDamaged, KeyMissing."""
    import pyzipper  # late: it costs 60 ms, and only who makes or opens a disc needs it

    files = dict(_files(one, office))
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(one.passphrase.encode("ascii"))
        archive.setencryption(pyzipper.WZ_AES, nbits=256)
        archive.writestr(CONTENTS, contents(one.letter, one.found, hashes, names(one.found)).encode("utf-8-sig"))
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def names(found: Sequence[Enclosure]) -> dict[int, str]:
    """Return what each file is called on the disc, by its place: a number, nothing personal."""
    kinds = {"csv": "csv", "text": "txt"}
    return {one.place: f"{one.place}-{one.find}.{kinds.get(one.kind, 'pdf')}" for one in found}


def _files(one: Disc, office: Office) -> Iterator[tuple[str, bytes]]:
    named = names(one.found)
    for each in one.found:
        parts = [enclosed.plain(file, office) for file in each.sealed()]
        if each.is_table:
            yield named[each.place], _table(json.loads(parts[0]), comma=each.kind == "csv")
        else:
            yield named[each.place], _pdf(parts, [part.size for part in each.parts])


def _table(rows: Sequence[Sequence[str | None]], *, comma: bool) -> bytes:
    """Return a table as a file that spreadsheets read; in place of what is masked stand three squares."""
    import csv

    out = io.StringIO(newline="")
    plain = [["■■■" if cell is None else cell for cell in row] for row in rows]
    if comma:
        csv.writer(out).writerows(plain)
    else:
        out.write("".join(f"{row[0]}\r\n" for row in plain))
    return out.getvalue().encode("utf-8-sig")


def _pdf(pictures: Sequence[bytes], sizes: Sequence[tuple[int, ...]]) -> bytes:
    """Return a PDF of these pictures (JPEG, drawn by our own limited process), each on a page as wide as A4 is."""
    import pypdfium2

    with pypdfium2.PdfDocument.new() as document:
        for picture, (width, height) in zip(pictures, sizes, strict=True):
            scale = 595.276 / min(width, height)
            image = pypdfium2.PdfImage.new(document)
            image.load_jpeg(io.BytesIO(picture), inline=True)
            image.set_matrix(pypdfium2.PdfMatrix().scale(width * scale, height * scale))
            page = document.new_page(width * scale, height * scale)
            page.insert_obj(image)
            page.gen_content()
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def _opens(file: Path, one: Disc) -> bool:
    """Whether a file is this disc's, and whole: it opens with its passphrase, which no other has, and nothing lacks."""
    import pyzipper

    wanted = {CONTENTS, *names(one.found).values()}
    try:
        with pyzipper.AESZipFile(file) as archive:
            archive.setpassword(one.passphrase.encode("ascii"))
            return set(archive.namelist()) == wanted and archive.testzip() is None
    except (pyzipper.BadZipFile, RuntimeError, OSError, ValueError, NotImplementedError):
        return False


def finish(db: Connection, row: Row[Any], made: Made, office: Office) -> None:
    """Write that the file of a disc is made."""
    letter = row.subject.removesuffix(".disc")
    values = {"path": made.path, "sha256": made.sha256, "bytes": made.bytes, "made_at": office.now}
    db.execute(update(disc).where(disc.c.letter == letter).values(**values))


# -- handed out ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What is to be written onto a disc: its files by name, and the how-manieth time they are."""

    letter: str
    files: Mapping[str, bytes]
    sha256: str
    time: int


class NoDisc(LookupError):
    """There is no disc to write; ``code`` says why, as a key of the words (``disclosing.CODE``)."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        self.code = code
        super().__init__(code)


def newest(db: Connection, row: Row[Any]) -> str | None:
    """Return the letter of a case's newest disc that goes out."""
    there = [one.letter for one in discs.of_cases(db, [row.id]) if one.letter_state != "void"]
    return there[-1] if there else None


def hand_out(db: Connection, row: Row[Any], folder: str, who: str, office: Office, *, again: bool) -> HandedOut:
    """Return what is written onto a case's newest disc; recorded before it appears, and once, unless *again*.

    Raises NoDisc.
    """
    there = [one for one in discs.of_cases(db, [row.id]) if one.letter_state != "void"]
    if not there or there[-1].passphrase is None:
        raise NoDisc("no_disc")
    one = there[-1]
    if one.path is None:
        raise NoDisc("disc_not_made")
    if (one.written > 0) is not again:
        raise NoDisc("disc_not_written" if again else "disc_written")
    try:
        content = (office.settings.discs / one.path).read_bytes()
    except OSError:
        raise NoDisc("disc_damaged") from None
    if hashlib.sha256(content).hexdigest() != one.sha256:
        raise NoDisc("disc_damaged")
    time = one.written + 1
    db.execute(update(disc).where(disc.c.id == one.id, disc.c.written == one.written).values(written=time))
    files = [Path(one.path).name, HOW_TO_OPEN]
    told = {
        "case": row.number, "letter": one.letter, "time": time, "sha256": one.sha256, "folder": folder, "files": files,
    }  # fmt: skip
    staff.log(db, office.now, "disc_written", who, told)
    readme = how_to_open(one.letter, Path(one.path).name, one.sha256).encode("utf-8-sig")
    return HandedOut(one.letter, {Path(one.path).name: content, HOW_TO_OPEN: readme}, one.sha256, time)
