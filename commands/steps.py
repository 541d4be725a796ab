"""The transitions that staff can order, and the procedures beside the main one, as the help page lists them.

Importing a procedure costs more than all the rest of a help page. So the list is kept beside Python's own compiled
files, and like these it is made anew as soon as any file of ``workflows/`` is another one; where it cannot be kept it
is made each time. No command needs it in order to run: it is only ever a list.
"""

import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from workflows.helps import group_help, short_help


class Step(NamedTuple):
    """One transition as a command, or a procedure as a group of commands (``group``): what it does in one line."""

    command: str
    ja: str
    en: str
    group: str = ""


def steps() -> list[Step]:
    """Return the transitions of the main procedure that staff can order, in its order, then the other procedures."""
    stamp = _stamp()
    kept = _kept(stamp)
    if kept is not None:
        return kept
    from workflows.registry import group_command, procedures

    main, *others = procedures()
    made = [
        Step(transition.command, short_help(main.machine, transition, "ja"), short_help(main.machine, transition, "en"))
        for transition in main.machine.transitions.values()
        if transition.by_staff and not transition.of_another
    ]
    made += [
        Step(group_command(each.name), group_help(each.name, "ja"), group_help(each.name, "en"), "group")
        for each in others
    ]
    _keep(stamp, made)
    return made


# -- kept -----------------------------------------------------------------------------------------------------------


def _place() -> Path | None:
    cached = __spec__.cached
    return None if cached is None else Path(cached).with_name("steps.txt")


def _stamp() -> str:
    """Return what changes with every file the list is made from: names, lengths, times (to the second, as Python's)."""
    here = Path(__file__)
    at = here.stat()
    found = sorted(_seen(str(here.parent.parent / "workflows")))
    return f"{zlib.crc32(chr(10).join(found).encode()):08x} {len(found)} {at.st_size} {int(at.st_mtime)}"


def _seen(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.name.endswith(".py"):
            at = entry.stat()
            yield f"{entry.path} {at.st_size} {int(at.st_mtime)}"
        elif entry.is_dir() and entry.name != "__pycache__":
            yield from _seen(entry.path)


def _kept(stamp: str) -> list[Step] | None:
    """Return the list made from these very files; None where there is none."""
    place = _place()
    try:
        text = "" if place is None else place.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    first, *lines = text.split("\n")
    cells = [line.split("\t") for line in lines]
    if first != stamp or any(len(cell) != len(Step._fields) for cell in cells):
        return None
    return [Step(*cell) for cell in cells]


def _keep(stamp: str, made: list[Step]) -> None:
    """Keep the list for the next call, as far as this login may; whole or not at all."""
    place = _place()
    if place is None:
        return
    draft = place.with_name(f"steps.{os.getpid()}")
    try:
        place.parent.mkdir(exist_ok=True)
        draft.write_text("\n".join([stamp, *("\t".join(step) for step in made)]), encoding="utf-8")
        draft.replace(place)
    except OSError:
        with suppress(OSError):
            draft.unlink()
