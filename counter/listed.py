"""The files that a file of the caller's lists under ``files``: named by the caller as those on the command line are.

The counter may ask for them too, since an answer with many files lists them there. What is looked at is text alone, and
only the list: a path that stands anywhere else in the file, in an address or a note, is not named by it.
"""

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator

LARGEST = 1 << 16
"""Bytes of a file that lists files."""
_LIST = re.compile(r"""^[\s{,]*["']?files["']?\s*:\s*(\[[^\]]*\]|(?:\s*\n\s*-[^\n]*)+)""", re.MULTILINE)
_ITEM = re.compile(r"""["']([^"'\n]+)["']|([^\s,\[\]"'][^,\[\]\n]*)""")


def lists(arguments: Iterable[str], path: str, here: str, tidy: Callable[[str], str]) -> bool:
    """Whether a file among these arguments lists that path, as it is written or from *here*."""
    written = (os.path.expanduser(each) for each in listed(arguments))  # noqa: PTH111 - the thin end imports little
    return any(path in (tidy(each), tidy(f"{here}/{each}")) for each in written)


def listed(arguments: Iterable[str]) -> Iterator[str]:
    """Yield the paths, as they are written, that the files among these arguments list."""
    for path in arguments:
        for block in _LIST.findall(_text(os.path.expanduser(path))):  # noqa: PTH111 - as above
            for line in block.strip("[]").split("\n"):
                for quoted, plain in _ITEM.findall(line.strip().removeprefix("-")):
                    yield (quoted or plain.partition(" #")[0]).strip()


def _text(path: str) -> str:
    """Return what a small regular file holds; nothing where it is none, or cannot be read."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOCTTY | os.O_NONBLOCK)
    except (OSError, ValueError):
        return ""
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            return ""
        return os.read(file, LARGEST).decode("utf-8", "replace")
    except OSError:
        return ""
    finally:
        os.close(file)
