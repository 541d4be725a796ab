"""What was paid for a request and given back, as the case keeps it: nothing personal, and no number of an account.

An entry is never changed: one that was recorded wrongly is marked with the step that took it back. What a case owes is
worked out from the office's procedure (`workflows.request.charges`), and kept nowhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from workflows.office.money import Means, Per


class What(StrEnum):
    """What an entry says."""

    PAYMENT = "payment"
    REFUND = "refund"


class NotTaken(StrEnum):
    """Why something that came does not count: it goes back to whoever sent it."""

    WRONG_MEANS = "wrong_means"
    STALE = "stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What somebody found in the envelope, or what came otherwise; ``amount`` as people write it, in the currency."""

    means: Means
    amount: str
    issued_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One payment or refund. ``covers`` says what it was booked for, in amounts that add up to it.

    ``receipt`` is the letter that confirms it. ``on`` is the day it came or was given back, ``seq`` the step that
    recorded it, ``undone`` the one that took it back.
    """

    no: int
    seq: int
    what: What
    means: Means
    amount: int
    on: date
    recorded_on: date
    issued_on: date | None = None
    not_taken: NotTaken | None = None
    covers: Mapping[str, int] = field(default_factory=dict)
    receipt: str | None = None
    undone: int | None = None

    @property
    def counts(self) -> bool:
        """Whether it is money the office has or gave."""
        return self.undone is None and self.not_taken is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a step said of what the fee is counted by: how many, which extras were chosen, an envelope that came.

    ``estimates`` are amounts by the code of a row: known only to whoever decided.
    """

    seq: int
    counts: Mapping[Per, int] = field(default_factory=dict)
    estimates: Mapping[str, int] = field(default_factory=dict)
    extras: tuple[str, ...] | None = None
    envelope: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Billed:
    """The bill that is out: its letter, what it asks for, whose release it was, up to which day it may be paid.

    ``pay_by`` is known once the letter is posted. ``reminder`` is the letter that reminds of it, ``remind_by`` its day;
    ``told``: the lead was told that its time is over. ``ahead``: it asks for what is due before the decision.
    """

    letter: str
    amount: int
    by: str
    seq: int
    pay_by: date | None = None
    reminder: str | None = None
    remind_by: date | None = None
    ahead: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All that was paid and given back, and what the charges are counted by.

    ``settled_on`` is the day since which nothing is lacking of what is due before the decision; None: something is.
    """

    entries: tuple[Entry, ...] = ()
    told: tuple[Told, ...] = ()
    bill: Billed | None = None
    settled_on: date | None = None

    # -- money ---------------------------------------------------------------------------------------------------------

    def payments(self) -> Iterator[Entry]:
        """Yield the payments that count."""
        return (entry for entry in self.entries if entry.what is What.PAYMENT and entry.counts)

    @property
    def paid(self) -> int:
        """What was paid, whatever was given back."""
        return sum(entry.amount for entry in self.payments())

    @property
    def refunded(self) -> int:
        """What was given back."""
        return sum(entry.amount for entry in self.entries if entry.what is What.REFUND and entry.counts)

    @property
    def kept(self) -> int:
        """What the office has of it."""
        return self.paid - self.refunded

    def entry(self, no: int) -> Entry | None:
        """Return the entry of that number."""
        return next((entry for entry in self.entries if entry.no == no), None)

    # -- what is counted -----------------------------------------------------------------------------------------------

    def count(self, per: Per) -> int | None:
        """Return how many of them were told last; None where nobody did."""
        return next((told.counts[per] for told in reversed(self.told) if per in told.counts), None)

    def estimate(self, code: str) -> int | None:
        """Return the amount of a row that was told last; None where nobody did."""
        return next((told.estimates[code] for told in reversed(self.told) if code in told.estimates), None)

    @property
    def extras(self) -> tuple[str, ...]:
        """What the person chose beside."""
        return next((told.extras for told in reversed(self.told) if told.extras is not None), ())

    @property
    def envelope(self) -> bool:
        """Whether an envelope for the answer came."""
        return any(told.envelope for told in self.told)

    # -- changes -------------------------------------------------------------------------------------------------------

    def plus(self, entries: tuple[Entry, ...], told: Told | None = None) -> "Account":
        """Return the account with these added."""
        more = (*self.told, told) if told is not None and told != Told(seq=told.seq) else self.told
        return replace(self, entries=(*self.entries, *entries), told=more)

    def without(self, seq: int, by: int) -> "Account":
        """Return the account as if the step *seq* had recorded nothing: the step *by* takes it back."""
        entries = tuple(
            replace(entry, undone=by) if entry.seq == seq and entry.undone is None else entry for entry in self.entries
        )
        return replace(self, entries=entries, told=tuple(told for told in self.told if told.seq != seq))

    def taken_back(self, no: int, by: int) -> "Account":
        """Return the account with one entry taken back."""
        entries = tuple(replace(entry, undone=by) if entry.no == no else entry for entry in self.entries)
        return replace(self, entries=entries)


EMPTY = Account()
