"""Another release of the project: a copy of its files with changes, and what can be started from it.

    newer = copied(tmp_path / "newer", [Edit("workflows/request.py", "version=3", "version=4")], revision="newer")
    newer.python(settings, "-m", "models.migrate")
    said = newer.admin(settings, "open", "--file", "-", stdin=contact)
    with newer.desk(settings, with_flower=False): ...

The folder is all that tells it from the present release: ``python -m`` and admin.py import from where they stand.
`.venv` in it leads to the one the tests run in, so nothing is installed; the home is the settings', never the copy.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk.supervisor import Desk
from settings import PROJECT, Settings

LEFT_OUT = frozenset({".git", ".venv", "var", "keys", "out", "mutants"})
"""What lies in the project's folder and is none of its files."""
CACHES = shutil.ignore_patterns(".*_cache", ".hypothesis")
"""Python's compiled files come along: a copy is as old as what it is made of, so each is good until it is changed."""


@dataclass(frozen=True, slots=True)
class Edit:
    """In the file *path* the text *old*, which stands there exactly once, becomes *new*."""

    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Whole:
    """The file *path* is *text*, whatever it was before."""

    path: str
    text: str


class EditFailed(AssertionError):
    """A change does not fit the project as it stands."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a program answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document it printed."""
        return json.loads(self.out)


def copied(folder: Path, changes: Iterable[Edit | Whole] = (), *, revision: str = "copy") -> "Checkout":
    """Return a copy of this project in *folder* (not there yet) with *changes*, which calls itself *revision*.

    Raises EditFailed where a change does not apply.
    """
    shutil.copytree(PROJECT, folder, symlinks=True, ignore=_left_out)
    (folder / ".venv").symlink_to(sys.prefix)
    (folder / "REVISION").write_text(f"{revision}\n", encoding="ascii")
    made = Checkout(folder)
    made.change(*changes)
    return made


@dataclass(frozen=True, slots=True)
class Checkout:
    """The project's files in one folder; ``Checkout(PROJECT)`` is the present release."""

    folder: Path

    def change(self, *changes: Edit | Whole) -> None:
        """Apply these, one after the other. Raises EditFailed."""
        for change in changes:
            file = self.folder / change.path
            if isinstance(change, Edit):
                before = file.read_text(encoding="utf-8") if file.is_file() else ""
                if before.count(change.old) != 1:
                    raise EditFailed(f"{change.path} has {before.count(change.old)} times: {change.old!r}")
                text = before.replace(change.old, change.new)
            else:
                text = change.text
                file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def python(self, settings: Settings, *words: str, timeout: float = 150) -> Said:
        """Run its Python to the end: ``-m models.migrate``, say."""
        return self._run([sys.executable, *words], settings, "", timeout)

    def admin(self, settings: Settings, *words: str, stdin: str = "", timeout: float = 150) -> Said:
        """Run its ./admin.py to the end, in the home of the settings."""
        return self._run([str(self.folder / "admin.py"), *words], settings, stdin, timeout)

    def desk(self, settings: Settings, **options: Any) -> Desk:
        """Return a whole desk whose processes run its code (`desk.supervisor`); not started yet."""
        return Desk(settings, project=self.folder, **options)

    def _run(self, command: list[str], settings: Settings, stdin: str, timeout: float) -> Said:
        theirs = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**theirs, **settings.environment()},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)


def _left_out(folder: str, names: list[str]) -> set[str]:
    return CACHES(folder, names) | (LEFT_OUT & set(names) if Path(folder) == PROJECT else set())
