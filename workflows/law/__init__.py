"""The laws the office answers under, as effective-dated data in the files beside this module.

A law is one file (``jp_appi.toml``); the papers a country knows are another (``evidence_jp.toml``). They are read and
checked once. A case names its regime when it is opened and keeps it.
"""

from functools import cache

from workflows.law.law import Ground, Paper, Papers, Proof, Purpose, Regime, Register, RightLaw, Words
from workflows.law.loading import FOLDER, load_regime, load_register
from workflows.law.reading import BadData

__all__ = [
    "DEFAULT",
    "BadData",
    "Ground",
    "Paper",
    "Papers",
    "Proof",
    "Purpose",
    "Regime",
    "Register",
    "RightLaw",
    "Words",
    "names",
    "regime",
    "register",
]

DEFAULT = "jp-appi"
_FILES = {DEFAULT: "jp_appi.toml", "eu-gdpr": "eu_gdpr.toml"}


def names() -> tuple[str, ...]:
    """Return the names of the laws there are, the default first."""
    return tuple(_FILES)


@cache
def regime(name: str = DEFAULT) -> Regime:
    """Return one law. Raises ``KeyError`` naming the known ones, ``BadData`` where its files are wrong."""
    try:
        file = _FILES[name]
    except KeyError:
        raise KeyError(f"there is no regime {name!r}; known are {', '.join(_FILES)}") from None
    return load_regime(FOLDER / file)


@cache
def register() -> Register:
    """Return the register of purposes of use and of joint use. Raises ``BadData`` where its file is wrong."""
    return load_register(FOLDER / "purposes.toml")
