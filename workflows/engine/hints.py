"""What a procedure knows about the questions a person is asked in place of a file: when one is asked, what is proposed.

The questions themselves are the fields of the payload, read as a file's are (services.intake.questions). A procedure
may bring an ``asking.py`` with ``HINTS`` (and ``NOUNS``: under which group the words for its choices stand); a field
that is not named there is asked plainly. Pure, and never a rule: what is left unasked or proposed wrongly is judged as
any other order is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Seen:
    """What a hint may look at: the case as the rules see it (None: one is opened), the office's time, the answers.

    ``answers`` are plain values by their place, as a fault names it: ``documents[0].type``.
    """

    case: Any
    now: datetime
    language: str
    answers: Mapping[str, Any] = field(default_factory=dict)

    def beside(self, place: str, name: str) -> Any:
        """Return what was answered to another field of the same thing; None where it was not asked or left empty."""
        around = place.rpartition(".")[0]
        return self.answers.get(f"{around}.{name}" if around else name)


Look = Callable[[Seen, str], Any]
"""A question's place, and what is known so far -> the hint's answer."""


def always(seen: Seen, place: str) -> bool:
    """Ask it."""
    return True


def never(seen: Seen, place: str) -> bool:
    """Do not ask it."""
    return False


def nothing(seen: Seen, place: str) -> None:
    """Propose nothing."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What is known of one question. ``implied`` is the answer where it need not be asked.

    ``choices`` narrows what is offered; ``keys`` names what a table has a line for; ``needed`` says that, as things
    stand, it must be answered though the field may be empty. ``picks``: of this thing a person names first what they
    want to say something of.
    """

    asked: Look = always
    proposed: Look = nothing
    implied: Look = nothing
    choices: Callable[[Seen, str], Sequence[str]] | None = None
    keys: Callable[[Seen, str], Sequence[str]] | None = None
    needed: Callable[[Seen, str], bool] = never
    picks: bool = False


PLAIN = Hint()
Hints = Mapping[str, Hint]
"""By ``CLASS.FIELD``, or ``CLASS`` for the thing itself; a place (``representative.address``) goes before its class."""
