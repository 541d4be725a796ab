"""Files written once: each appears under its name whole and on the disk, or not at all, and is never written over."""

import os
import secrets
from pathlib import Path


def write_once(target: Path, content: bytes) -> bool:
    """Write a file that appears under its name whole and on disk, or not at all; False where the name is taken."""
    folder = target.parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f".{target.name}.{secrets.token_hex(8)}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, target)
        except FileExistsError:
            return False
        except FileNotFoundError:  # whoever was faster took our draft away with theirs
            if target.exists():
                return False
            raise
        sync_folder(folder)
        return True
    finally:
        draft.unlink(missing_ok=True)
        if target.exists():
            _forget_drafts(target)


def _forget_drafts(target: Path) -> None:
    """Remove what killed writers left of this file: once its name stands, no draft of it is of use to anybody."""
    for leftover in target.parent.glob(f".{target.name}.*"):
        leftover.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
