"""Places in the file system that a person names: seen with the eyes of whoever calls, never with the office's."""

import stat
from collections.abc import Sequence
from mmap import PROT_READ, mmap
from pathlib import Path
from typing import Any

import click


class Place(click.Path):
    """A path as it was typed, refused where something else lies there already than a *file*, or a *folder*."""

    def __init__(self, *, file: bool = True, folder: bool = True, dash: bool = False) -> None:
        """Take what may lie there; *dash* stands for standard input."""
        super().__init__(file_okay=file, dir_okay=folder, allow_dash=dash)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        from services.office import caller

        if value == "-" and self.allow_dash:
            return value
        found = caller.present().look(value)
        if found is None or stat.S_ISLNK(found.mode):
            return value
        named = {"name": self.name.title(), "filename": click.format_filename(value)}
        if not self.file_okay and stat.S_ISREG(found.mode):
            self.fail(_("{name} {filename!r} is a file.").format(**named), param, ctx)
        if not self.dir_okay and stat.S_ISDIR(found.mode):
            self.fail(_("{name} {filename!r} is a directory.").format(**named), param, ctx)
        if not found.readable:
            self.fail(_("{name} {filename!r} is not readable.").format(**named), param, ctx)
        return value


def placed(text: str) -> Path:
    """Return the path that was typed for an output."""
    from services.office import caller

    return caller.present().placed(text)


class Output:
    """The folder that a command fills for its caller.

    Where the office's own login calls, the files are made there. For somebody else they are made where the office makes
    its own, so that a run that breaks off is found and settled like any other, and handed over when they are whole.
    """

    def __init__(self, out: str | None) -> None:
        """Take what was typed; None: the office's own folder."""
        from services.office import caller
        from settings import settings

        own = settings().var / "print"
        who = caller.present()
        self.handed = out is not None and not who.is_the_office
        self.folder = own if out is None else who.folder() / who.placed(out)
        self.made_in = own if self.handed else self.folder
        self.kept = False

    def must_be_writable(self) -> None:
        """Raise OSError where nothing could be handed over: before anything is printed and recorded."""
        from services.office import caller

        if self.handed:
            caller.present().may_write(self.folder / ".writable")

    def hand_over(self, files: Sequence[Path]) -> None:
        """Bring these files to the caller, in this order, and keep none."""
        from services.office import caller

        if not self.handed:
            return
        self.kept = True
        for file in files:
            with file.open("rb") as opened, mmap(opened.fileno(), 0, prot=PROT_READ) as content:
                caller.present().write_whole(self.folder / file.name, content)
        for file in files:
            file.unlink()
        self.kept = False

    def shown(self, path: Path | None) -> Path | None:
        """Return where the caller finds a file."""
        return path if path is None or not self.handed else self.folder / path.name


def _(words: str) -> str:
    """Return what click says, in the language it would say it in."""
    from gettext import gettext

    return gettext(words)
