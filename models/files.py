"""Files that appear whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def appear(draft: Path, path: Path) -> None:
    """Give a finished file its name, unless another has it by now: a link is all or nothing and replaces nothing."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def made_secret(path: Path, length: int) -> None:
    """Let so many secret bytes lie there, unless something does: whoever comes second takes what the first one made."""
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with created(draft, os.O_EXCL) as file:
            write_all(file, secrets.token_bytes(length))
            os.fsync(file)
    except OSError:  # a full disk
        draft.unlink(missing_ok=True)
        raise
    appear(draft, path)
    fsync_folder(path.parent)


def write_all(file: int, content: bytes) -> None:
    """Write all of it: a disk that fills up takes a part, says so, and refuses the next. Raises OSError."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(file, rest) :]


@contextmanager
def created(path: Path, flags: int) -> Iterator[int]:
    """Yield a file open for writing that only its owner may read, made where it is missing."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | flags, 0o600)
    try:
        yield file
    finally:
        os.close(file)


def fsync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk when this returns."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
