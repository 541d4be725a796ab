"""Who calls, and how the files they name are opened: always with their own rights.

A command that runs by itself is its own caller: `Here`. In a child of the counter (counter/), which runs under the
office's login, the caller is whoever the kernel says is at the other end, and every file named on the command line is
opened at that end, by them, and handed over as a descriptor. So commands ask `present()` and open nothing themselves.
"""

import atexit
import errno
import os
import pwd
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from services.engine.once import sync_folder
from services.office.shelf import Shelf

if TYPE_CHECKING:
    from mmap import mmap

Content: TypeAlias = "bytes | mmap"
READING = os.O_RDONLY | os.O_CLOEXEC | os.O_NOCTTY


class Look(NamedTuple):
    """What lies at a place: ``mode`` as the file system has it, links followed, and whether the caller may read it."""

    mode: int
    readable: bool


class Caller(Protocol):
    """Somebody who calls. Paths are as they were typed, seen from where the caller stands; failures are OSErrors."""

    @property
    def login(self) -> str:
        """The operating system's name of the caller."""

    @property
    def is_the_office(self) -> bool:
        """Whether this is the login whose files the office's are."""

    def folder(self) -> Path:
        """Return where the caller stands."""

    def placed(self, text: str) -> Path:
        """Return the path that was typed, a tilde in it resolved as the caller's."""

    def look(self, path: str | Path) -> Look | None:
        """Return what lies there; None where nothing does. A link that leads nowhere is a link."""

    def open(self, path: str | Path, flags: int = READING) -> int:
        """Open a file for reading and return its descriptor, the receiver's to close."""

    def write_whole(self, path: Path, content: Content) -> None:
        """Write a file that appears under its name whole and on disk; a file of that name gives way to it."""

    def leave(self, name: str, content: bytes) -> None:
        """Leave a new file where the caller stands. Raises FileExistsError: nobody's work is written over."""

    def show(self, name: str, picture: bytes) -> tuple[Path, bool]:
        """Lay a picture where the caller alone sees it, until the call ends; return where, and whether it has a window.

        A window opens where the caller has a display.
        """

    def may_write(self, path: Path) -> None:
        """Raise OSError where no file could be written."""

    def at_a_question(self) -> AbstractContextManager[None]:
        """Surround what reads an answer from the caller's terminal."""

    def by_itself(self) -> None:
        """Go on where this process writes wherever its caller may.

        A counter's child gives the call back to the office's own login here, which then carries it out by itself.
        """

    def note_key(self, key: str) -> None:
        """Tell the caller's end the key of an order before it is accepted: whatever breaks now, the key tells."""


class Here:
    """The process's own login, which opens its files itself."""

    is_the_office = True

    def __init__(self) -> None:
        """Nothing is shown yet."""
        self._shelf = Shelf()

    @property
    def login(self) -> str:
        """The operating system's name of this process's user."""
        return login_of(os.getuid())

    def folder(self) -> Path:
        """Return the working folder."""
        return Path.cwd()

    def placed(self, text: str) -> Path:
        """Return the path that was typed."""
        return Path(text).expanduser()

    def look(self, path: str | Path) -> Look | None:
        """Return what lies there."""
        return looked(path)

    def open(self, path: str | Path, flags: int = READING) -> int:
        """Open a file for reading."""
        return os.open(path, flags)

    def write_whole(self, path: Path, content: Content) -> None:
        """Write a file whole."""
        write_whole(path, content)

    def leave(self, name: str, content: bytes) -> None:
        """Leave a new file in the working folder."""
        write(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), content)

    def show(self, name: str, picture: bytes) -> tuple[Path, bool]:
        """Lay a picture on a shelf that is cleared when this process ends."""
        if not self._shelf.folder:
            atexit.register(self._shelf.clear)
        file, path = self._shelf.begin(name)
        write(file, picture)
        return Path(path), self._shelf.open(path)

    def may_write(self, path: Path) -> None:
        """Look at the nearest folder there is; nothing is written."""
        folder = next(place for place in path.absolute().parents if place.exists())
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))

    def at_a_question(self) -> AbstractContextManager[None]:
        """Ask at once: the terminal is this process's own."""
        return nullcontext()

    def by_itself(self) -> None:
        """Go on."""

    def note_key(self, key: str) -> None:
        """Nobody else need know it."""


_present: list[Caller] = [Here()]


def present() -> Caller:
    """Return who calls."""
    return _present[0]


def serve(caller: Caller) -> None:
    """Let everything from now on be for *caller*: once, by a child of the counter, for the length of its life."""
    _present[0] = caller


def looked(path: str | Path) -> Look | None:
    """Return what this process sees at a place."""
    try:
        return Look(Path(path).stat().st_mode, os.access(path, os.R_OK))
    except (OSError, ValueError):
        return Look(stat.S_IFLNK, readable=False) if Path(path).is_symlink() else None


def login_of(uid: int) -> str:
    """Return the login of a user id."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:  # a container may run under a number that has no name
        return f"uid-{uid}"


@contextmanager
def reading(path: str | Path) -> Iterator[int]:
    """Yield a descriptor of a file for reading. Raises OSError, IsADirectoryError for a folder."""
    file = present().open(path)
    try:
        if stat.S_ISDIR(os.fstat(file).st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        yield file
    finally:
        os.close(file)


def write_whole(path: Path, content: Content) -> None:
    """Write a file of this process's that appears under its name whole and on disk; one of that name gives way."""
    import secrets  # late: it brings more along than all the rest here, and most calls write no file

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        write(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def write(file: int, content: Content) -> None:
    """Write all of *content* into an open descriptor, bring it to the disk and close it."""
    with os.fdopen(file, "wb") as whole:
        whole.write(content)
        whole.flush()
        os.fsync(whole.fileno())
