"""Files written once: each appears under its name whole and on the disk, or not at all, and is never written over."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

BLOCK = 16 * 1024


class Written(StrEnum):
    """How far a file has come, in the order of the steps."""

    WRITING = "its draft half written"
    WRITTEN = "its draft whole and on the disk"
    LINKED = "its name given"
    SYNCED = "its name on the disk"


Seen = Callable[[Written], None]


def _nobody(step: Written) -> None:
    """Look at no step."""


def write_once(target: Path, content: bytes, seen: Seen = _nobody) -> bool:
    """Write a file that appears under its name whole and on disk, or not at all; False where the name is taken.

    *seen* is told each step: in a drill, workers die at a given one.
    """
    try:
        with drafted(target, content, seen) as draft:
            try:
                os.link(draft, target)
            except FileExistsError:
                return False
            except FileNotFoundError:  # whoever was faster took our draft away with theirs
                if target.exists():
                    return False
                raise
            seen(Written.LINKED)
            sync_folder(target.parent)
            seen(Written.SYNCED)
            return True
    finally:
        if target.exists():
            _forget_drafts(target)


@contextmanager
def drafted(target: Path, content: bytes, seen: Seen = _nobody) -> Iterator[Path]:
    """Yield the file under a hidden name beside its own, whole and on disk; nothing of it stays under that name."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.parent / f".{target.name}.{secrets.token_hex(8)}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            for start in range(0, len(content), BLOCK):
                file.write(content[start : start + BLOCK])
                file.flush()
                if start == 0:
                    seen(Written.WRITING)
            os.fsync(file.fileno())
        seen(Written.WRITTEN)
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _forget_drafts(target: Path) -> None:
    """Remove what killed writers left of this file: once its name stands, no draft of it is of use to anybody."""
    for leftover in drafts_of(target):
        leftover.unlink(missing_ok=True)


def drafts_of(target: Path) -> list[Path]:
    """Return what killed writers left of a file."""
    start = f".{target.name}."
    try:
        with os.scandir(target.parent) as names:  # a glob compiles a pattern and looks at a thousand names with it
            return [Path(entry.path) for entry in names if entry.name.startswith(start)]
    except FileNotFoundError:
        return []


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
