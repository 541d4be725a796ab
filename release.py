"""Which release this is, and of which code: for the history, for backups, for monitors."""

from functools import lru_cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent

VERSION = "0.1.0"
"""Of the whole house, as pyproject.toml has it: a test holds the two together."""


@lru_cache(maxsize=1)
def code_revision() -> str:
    """Return which code this is: the file REVISION of an image, else the checkout's commit, else "unknown".

    Read from git's own files: starting git costs more than all the rest of a command, and it refuses the folders of
    other users. Only the commit's digits are taken, never a branch's or a person's name.
    """
    written = text_of(PROJECT / "REVISION")
    if written:
        return written[:40]
    git = PROJECT / ".git"
    pointer = text_of(git) if git.is_file() else ""
    if pointer.startswith("gitdir: "):
        git = (PROJECT / pointer.removeprefix("gitdir: ")).resolve()
    head = text_of(git / "HEAD")
    if not head.startswith("ref: "):
        return head[:12] or "unknown"
    reference = head.removeprefix("ref: ")
    # A linked work tree keeps its HEAD itself, its branches with the main one.
    common = (git / (text_of(git / "commondir") or ".")).resolve()
    commit = text_of(common / reference)
    if not commit:
        packed = (line.split(" ", 1) for line in text_of(common / "packed-refs").splitlines())
        commit = next((parts[0] for parts in packed if parts[1:] == [reference]), "")
    return commit[:12] or "unknown"


def text_of(path: Path) -> str:
    """Return what a small file holds, or nothing where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
