"""The times of a law as values: from what moment an answer is owed, how long, what stops and what lengthens it.

A time is counted by `workflows.engine.deadlines` from the days of a case (`workflows.request.clocks`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from workflows.engine.deadlines import Count, Unit
from workflows.law.values import ExtendReason, Right


class Event(StrEnum):
    """What a time may be counted from. Of several the latest counts; while one has not come, nothing is counted.

    ``complete`` is the arrival that left nothing to be asked for again, ``identity`` that of the last paper that proves
    who somebody is, ``fee`` the payment of a fee where one is due.
    """

    FIRST_CONTACT = "first_contact"
    FIRST_ARRIVAL = "first_arrival"
    COMPLETE = "complete"
    IDENTITY = "identity"
    FEE = "fee"


class StoppedBy(StrEnum):
    """What may stop a time: a deficiency notice until its reply, a hold while something is asked of the person."""

    DEFICIENCY = "deficiency"
    INFORMATION = "awaiting_information"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """By which rule a period is counted. ``moves_on``: an end on a Saturday, Sunday or public holiday moves on.

    ``holidays`` names whose public holidays those are (``GB-ENG``); empty: those of the office's calendar.
    """

    article: str
    ja: str
    en: str
    moves_on: bool = False
    holidays: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """What does not count towards a time, while it is law.

    ``first_day``: nor does the day on which it begins; ``last_day``: nor does the one on which it ends. It is so where
    nothing is asked for but these ``rights``.
    """

    article: str
    by: StoppedBy
    first: date | None = None
    last: date | None = None
    first_day: bool = False
    last_day: bool = False
    rights: frozenset[Right] = frozenset(Right)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalTime:
    """A time the law itself gives, for these ``rights``; ``articles`` where they differ from right to right.

    ``counts_from``: of several the latest. ``warn_after``: how many days after the start the lead is warned.
    """

    article: str
    span: Count
    counts_from: tuple[Event, ...]
    rights: frozenset[Right] = frozenset(Right)
    articles: Mapping[Right, str] = field(default_factory=dict)
    counting: Counting | None = None
    stops: tuple[Stop, ...] = ()
    warn_after: int | None = None

    @property
    def months(self) -> int | None:
        """How many months it is; None where it is not counted in months."""
        return _months(self.span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """How much longer an answer may take for these ``reasons``: ``times`` at most, told within ``notice_within``.

    ``notice_within`` is counted as the time itself is, from the same day; None: within that time. ``span`` None: the
    law sets no end, and the office names the day in its notice.
    """

    article: str
    span: Count | None
    reasons: tuple[ExtendReason, ...]
    times: int = 1
    notice_within: Count | None = None
    articles: Mapping[Right, str] = field(default_factory=dict)

    @property
    def months(self) -> int | None:
        """How many months it is; None where it is not counted in months."""
        return _months(self.span)

    @property
    def notice_within_months(self) -> int | None:
        """Within how many months it is told; None where that is not counted in months."""
        return _months(self.notice_within)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """To whom somebody may turn who disagrees with an answer, and within what time; words as a letter says it."""

    article: str
    ja: str
    en: str
    within: Count | None = None

    def __getitem__(self, language: str) -> str:
        """Return the words in *language* (``ja`` or ``en``)."""
        return self.ja if language == "ja" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Within what time after the decision the person says in which manner data is disclosed (APPI 87(3))."""

    article: str
    span: Count


def _months(count: Count | None) -> int | None:
    return count.number if count is not None and count.unit is Unit.MONTHS else None
