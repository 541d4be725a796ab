"""Files that appear whole or not at all."""

import os
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
