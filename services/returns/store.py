"""The sealed files of scanned pages: each written once under its number, and opened only under the key it belongs to.

A picture is never on the disk in the clear, not even for a moment: it is sealed in memory, and what is written, linked
and brought to the disk is the sealed file.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from models.keys import CaseKey, KeyMissing, Keys, KeystoreBusy, SealBroken
from services.engine.once import write_once


class StoreTaken(Exception):
    """Another page lies in the store under this number: a database was restored beside a newer store."""


class PageDamaged(Exception):
    """The file of a page is gone, or is not the one that was written."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A page's file: where it lies in its store, the SHA-256 of the plain picture and of the sealed file."""

    path: str
    sha256: str
    sealed_sha256: str

    def written(self, number: str) -> dict[str, Any]:
        """Return what is written into the row of this page."""
        return {
            "key_number": number,
            "new_sha256": self.sha256,
            "new_sealed": self.sealed_sha256,
            "new_path": self.path,
        }


def path_of(number: str) -> str:
    """Return where a page lies in its store: a folder a year and thousand, so that none grows too large."""
    year, serial = number[1:].split("-")
    return f"{year}/{serial[:-3]}/{number}.sealed"


def put(store: Path, table: str, number: str, picture: bytes, key: CaseKey) -> Stored:
    """Write a page under its number. What a killed writer brought under that name already is taken as written.

    Raises:
        StoreTaken: what lies there does not open as this page.
    """
    path = path_of(number)
    sealed = key.seal(table, "picture", number, picture)
    if not write_once(store / path, sealed):
        sealed = (store / path).read_bytes()
        try:
            picture = key.open(table, "picture", number, sealed)
        except SealBroken:
            raise StoreTaken(number) from None
    return Stored(path, hashlib.sha256(picture).hexdigest(), hashlib.sha256(sealed).hexdigest())


def get(store: Path, table: str, row: Row[Any], key: CaseKey) -> bytes:
    """Return the picture of a page as it was stored. Raises PageDamaged."""
    try:
        sealed = (store / row.path).read_bytes()
        picture = key.open(table, "picture", row.number, sealed)
    except (OSError, SealBroken) as error:
        raise PageDamaged(type(error).__name__) from None
    if hashlib.sha256(picture).hexdigest() != row.sha256:
        raise PageDamaged("hash")
    return picture


def destroy(folder: Path, row: Row[Any], keys: Keys) -> bool:
    """Destroy the key and the file of a page that has a key of its own; False where it must be tried once more."""
    try:
        keys.destroy(row.number)
    except KeyMissing:
        pass
    except KeystoreBusy:
        return False  # an old copy of the key may still lie in its log
    if row.path is not None:
        (folder / row.path).unlink(missing_ok=True)
    return True


def key_of(row: Any, case: str, keys: Keys) -> CaseKey:
    """Return the key a kept page is sealed under: a copy of a paper has its own, so that it can go before its case.

    Raises KeyMissing.
    """
    return keys.get(row.number if row.sort == "document" else case)


def sealed_hash(file: Path) -> str:
    """Return the SHA-256 of a sealed file. Raises OSError."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
