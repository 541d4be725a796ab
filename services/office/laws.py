"""The laws this office knows: those that are shipped, and its own in ``law/`` of its home.

Whoever asks for a law on behalf of an office asks here: this module tells the rules where the office keeps its own. A
law of its own that is gone, or cannot be read any more, leaves the cases under it alone until it is back.
"""

from functools import lru_cache
from pathlib import Path

from services.engine.trouble import NotReady
from settings import settings
from workflows import law
from workflows.engine.values import Reason
from workflows.law import BadData, NoSuchLaw, Regime, names, regimes
from workflows.law.loading import law_files, name_of
from workflows.words import is_noun, name_also

__all__ = [
    "BadLaws",
    "LawGone",
    "faults",
    "folder",
    "is_shipped",
    "must_be_sound",
    "names",
    "of_case",
    "regime",
    "regimes",
    "why_gone",
]


class LawGone(NotReady):
    """The law of a case is not here, or cannot be read."""


class BadLaws(ValueError):
    """Files of the office's own laws cannot be used; ``faults`` says of each what is wrong."""

    def __init__(self, found: dict[Path, tuple[str, ...]]) -> None:
        """Keep every fault of every file."""
        self.faults = tuple(fault for each in found.values() for fault in each)
        super().__init__("\n".join(self.faults))


def folder() -> Path | None:
    """Return where the office keeps laws of its own; None where it has none."""
    own = settings().home / "law"
    return own if own.is_dir() and own != law.FOLDER else None


def _name(regime: Regime) -> None:
    """Let what only this law knows be called as it calls it."""
    name_also({code: {"ja": ja, "en": en} for code, (ja, en) in regime.words.items()})


law.look_also_in(folder)
law.call_by_name(_name)


def is_shipped(name: str) -> bool:
    """Whether a law is one of the program's, and not of the office's own."""
    return name in {name_of(file) for file in law_files(law.FOLDER)}


def regime(name: str) -> Regime:
    """Return one law. Raises NoSuchLaw, BadData."""
    return law.regime(name)


def of_case(name: str, case: str) -> Regime:
    """Return the law that a case stands under. Raises LawGone, which passes when the file is back."""
    why = why_gone(name, case)
    if why is not None:
        raise LawGone(why)
    return law.regime(name)


def why_gone(name: str, case: str) -> Reason | None:
    """Return why nothing can be done in a case under that law now; None where it can be read."""
    try:
        law.regime(name)
    except NoSuchLaw:
        file = f"{name.replace('-', '_')}.toml"
        return Reason("law.gone", {"case": case, "law": name, "file": file, "folder": str(settings().home / "law")})
    except BadData as error:
        return Reason("law.unreadable", {"case": case, "law": name, "faults": list(error.faults)})
    return None


def faults() -> dict[Path, tuple[str, ...]]:
    """Return the files of the office's own laws that cannot be used, with all that is wrong with each."""
    own = folder()
    if own is None:
        return {}
    return dict(_faults(own, tuple(sorted((file.name, file.stat().st_mtime_ns) for file in own.glob("*.toml")))))


@lru_cache(maxsize=4)
def _faults(own: Path, files: tuple[tuple[str, int], ...]) -> dict[Path, tuple[str, ...]]:
    found = dict(law.faults())
    for file in law_files(own):
        if file not in found and (
            nameless := sorted(code for code in law.regime(name_of(file)).codes if not is_noun(code))
        ):
            found[file] = tuple(f"{file.name}: {code} has no words; write ja and en in its row" for code in nameless)
    return found


def must_be_sound() -> None:
    """Raise BadLaws where a law of the office's own cannot be used, with every fault of every file."""
    if found := faults():
        raise BadLaws(found)
