"""What one call of the script was told, and how it fails: the language, the form of its answers, who asks.

Imported at every start, so it imports next to nothing.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workflows.tongue import Tongue

from workflows.words import tell

DONE, REFUSED, WRONG, UNKNOWN, PENDING, UNREACHABLE, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
"""The exit statuses, as the contract with staff and scripts names them."""

LANGUAGES = ("ja", "en")


class Call:
    """What this call was told: how to speak, and under whose name."""

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        """Look through the arguments early: even the complaint about a wrong one is to be worded as asked."""
        self.language = _language(arguments)
        self.json = "--json" in arguments
        self.quiet = "--quiet" in arguments
        self.as_name: str | None = None
        self.as_admitted = False
        self.looked_at = False
        self.for_departments = False
        """Whether the command is one for people of other departments too."""


_present: list[Call] = []


def begin(arguments: Sequence[str]) -> Call:
    """Start a call: one for each run of the script."""
    _present[:] = [Call(arguments)]
    return _present[0]


def call() -> Call:
    """Return what the present call was told."""
    return _present[0] if _present else begin(())


class Failure(Exception):
    """A call that ends without doing what was asked: its exit status, a code for scripts, a sentence for people."""

    def __init__(self, status: int, code: str, message: str, **more: Any) -> None:
        """Keep them; *more* stands beside them in the JSON answer."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.more = more


def said(code: str, /, **params: object) -> str:
    """Return the sentence of a code in the language of the call, with what was typed as it was typed."""
    return tell(code, call().language, **params)


def tongue() -> "Tongue":
    """Return the language of the call, for pages that are composed elsewhere."""
    from workflows.tongue import Tongue

    return Tongue(call().language)


def fails(
    status: int, code: str, sentence: str, /, *, more: Mapping[str, Any] | None = None, **params: object
) -> Failure:
    """Return the failure that scripts know by *code* and people by the sentence of another; *more* as `Failure`."""
    return Failure(status, code, said(sentence, **params), **(more or {}))


def _language(arguments: Sequence[str]) -> str:
    """Return the language asked for: ``--lang``, MADOGUCHI_LANG, else the locale's.

    The last two as in settings.py, which costs a help page too much to import; a test holds the two together.
    """
    for position, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            asked = value or "".join(arguments[position + 1 : position + 2])
            if asked in LANGUAGES:
                return asked
    asked = os.environ.get("MADOGUCHI_LANG", "").strip()
    if asked in LANGUAGES:
        return asked
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "ja" if locale.startswith("ja") else "en"


def interactive() -> bool:
    """Whether a person can be asked: both ends are a terminal and the answer is not for a program."""
    return sys.stdin.isatty() and sys.stderr.isatty() and not call().json
