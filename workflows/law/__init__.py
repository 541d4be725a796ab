"""The laws the office answers under, as effective-dated data in the files beside this module.

A law is one file (``jp_appi.toml`` holds jp-appi); the papers a country knows are another (``evidence_jp.toml``). Any
such file here, or in the folder that an office keeps for its own (`look_also_in`), is a law. They are read and checked
once. A case names its regime when it is opened and keeps it.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workflows.engine.values import NotHere
from workflows.law.law import Ground, Paper, Papers, Proof, Purpose, Regime, Register, RightLaw, Words
from workflows.law.loading import FOLDER, law_files, load_regime, load_register, name_of
from workflows.law.reading import BadData

__all__ = [
    "DEFAULT",
    "FOLDER",
    "BadData",
    "Ground",
    "NoSuchLaw",
    "Paper",
    "Papers",
    "Proof",
    "Purpose",
    "Regime",
    "Register",
    "RightLaw",
    "Words",
    "call_by_name",
    "faults",
    "further_folder",
    "look_also_in",
    "names",
    "regime",
    "regimes",
    "register",
]

DEFAULT = "jp-appi"
PURPOSES = "purposes.toml"


class NoSuchLaw(NotHere, KeyError):
    """There is no law of that name, or its file cannot be used; the message names the known ones, or every fault."""

    def __str__(self) -> str:
        """Return the message without the quotes of a key."""
        return str(self.args[0])


@dataclass(slots=True)
class _Further:
    """Where an office keeps laws of its own beside those that are shipped: said once, by whoever knows its home."""

    folder: Callable[[], Path | None] = lambda: None
    name: Callable[[Regime], None] = lambda _: None


_further = _Further()


def look_also_in(folder: Callable[[], Path | None]) -> None:
    """Let laws be found in the office's own folder too; the rules know no home, so they are told how to ask for it."""
    _further.folder = folder


def call_by_name(name: Callable[[Regime], None]) -> None:
    """Let *name* be told of each law of an office's own when it is read: what its papers and grounds are called."""
    _further.name = name


def further_folder() -> Callable[[], Path | None]:
    """Return what `look_also_in` was told last: whoever tells it something else for a while puts that back."""
    return _further.folder


def names() -> tuple[str, ...]:
    """Return the names of the laws there are, the default first, then those that are shipped, then the office's own."""
    return (DEFAULT, *(name for name in _files(_further.folder()) if name != DEFAULT))


def regime(name: str = DEFAULT) -> Regime:
    """Return one law. Raises `NoSuchLaw` naming the known ones, ``BadData`` where its files are wrong."""
    # What is shipped stays in force whatever an office keeps beside it: its folder is not looked at for each case anew.
    return _regime(name, None if name in _shipped() else _further.folder())


def regimes() -> tuple[Regime, ...]:
    """Return the laws that can be used, the default first; `faults` tells of the others."""
    found = []
    for name in names():
        with suppress(BadData):
            found.append(regime(name))
    return tuple(found)


def faults() -> Mapping[Path, tuple[str, ...]]:
    """Return every file of the office's own laws that cannot be used, with what is wrong with it."""
    folder, found = _further.folder(), dict[Path, tuple[str, ...]]()
    for file in [] if folder is None else law_files(folder):
        try:
            if name_of(file) in _shipped():
                raise BadData([f"{file.name}: a law of that name is shipped and stays in force; give yours another"])
            load_regime(file, FOLDER)
        except BadData as error:
            found[file] = error.faults
    if (purposes := _own_purposes()) is not None:
        try:
            load_register(purposes)
        except BadData as error:
            found[purposes] = error.faults
    return found


@cache
def _regime(name: str, folder: Path | None) -> Regime:
    files = _files(folder)
    if name not in files:
        raise NoSuchLaw(f"there is no regime {name!r}; known are {', '.join(names())}")
    found = load_regime(files[name], FOLDER)
    if name not in _shipped():
        _further.name(found)
    return found


def _files(folder: Path | None) -> dict[str, Path]:
    """Return the file of each law. An office's own never takes the place of one that is shipped."""
    own = {} if folder is None else {name_of(file): file for file in law_files(folder)}
    return {**_shipped(), **{name: file for name, file in own.items() if name not in _shipped()}}


@cache
def _shipped() -> Mapping[str, Path]:
    return {name_of(file): file for file in law_files(FOLDER)}


def register() -> Register:
    """Return the register of purposes of use and of joint use: the office's own beside its laws, else the shipped one.

    Raises ``BadData`` where its file is wrong.
    """
    return _register(own if (own := _own_purposes()) is not None else FOLDER / PURPOSES)


def _own_purposes() -> Path | None:
    folder = _further.folder()
    return None if folder is None or not (folder / PURPOSES).is_file() else folder / PURPOSES


@cache
def _register(file: Path) -> Register:
    return load_register(file)
