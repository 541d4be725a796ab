"""The words the engine shares with every procedure: who may act, which languages there are, a sentence as data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Language(StrEnum):
    """The language letters to this person are written in."""

    JA = "ja"
    EN = "en"


class Role(StrEnum):
    """What a member of staff may do; ``SYSTEM`` is the clock. The lead may do what the others may.

    ``HOLDER`` is somebody of another department, who answers what that one is asked and sees nothing else.
    """

    CLERK = "clerk"
    VERIFIER = "verifier"
    APPROVER = "approver"
    LEAD = "lead"
    HOLDER = "holder"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence said as data: a code and its parameters, worded late in the reader's language (workflows.words).

    Parameters are strings, numbers, lists of strings or a text in both languages (``ja``, ``en``), and never personal
    data: they are kept in the history.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


class NotHere(Exception):
    """A file that the rules need is not here, or cannot be read: when somebody puts it right, everything goes on."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: the recorded name and the roles it has at this moment."""

    name: str
    roles: frozenset[Role]

    def may_act_as(self, wanted: Iterable[Role]) -> bool:
        """The lead may do what clerk, verifier and approver may; no person may do what only the clock does."""
        wanted = frozenset(wanted)
        return bool(wanted & self.roles) or (Role.LEAD in self.roles and bool(wanted - {Role.SYSTEM}))


SYSTEM_ONLY = frozenset({Role.SYSTEM})
SYSTEM = Actor("system", SYSTEM_ONLY)
"""The clock. Its name cannot be a person's: staff names may not be 'system'."""
