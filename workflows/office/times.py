"""By when the office promises what, beyond the law's own times, and how long a deficiency may take."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.office.spans import Span


class Since(StrEnum):
    """What a promise counts from.

    CONTACT is the first contact, ARRIVAL the first arrival of forms, COMPLETE the arrival that made the papers whole,
    IDENTITY the day identity was verified, FEE the day the fee was there, ACCEPTANCE when papers and fee both were.
    """

    CONTACT = "contact"
    ARRIVAL = "arrival"
    COMPLETE = "complete"
    IDENTITY = "identity"
    FEE = "fee"
    ACCEPTANCE = "acceptance"


class Until(StrEnum):
    """What a promise ends with."""

    ANSWER = "answer"
    DECISION = "decision"
    ACKNOWLEDGEMENT = "acknowledgement"


class Firmly(StrEnum):
    """How it is said: about two weeks, or within two weeks."""

    ABOUT = "about"
    WITHIN = "within"


class NotSupplied(StrEnum):
    """What becomes of a request whose deficiency is not supplied in time."""

    DECIDE = "decide"
    REFUSE = "refuse:method_not_followed"
    RETURNED = "returned"
    LAPSE = "lapse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """One promise. ``least`` is the lower end of a range (3 to 4 weeks) in the same unit.

    ``deficiency_counts`` False: the days a deficiency notice is out do not count.
    """

    span: Span
    since: Since
    until: Until = Until.ANSWER
    said: Firmly = Firmly.WITHIN
    least: int | None = None
    deficiency_counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplying:
    """How long a deficiency may take, from the posting of the notice, and what then."""

    within: Span | None = None
    then: NotSupplied = NotSupplied.DECIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """What the office promises beyond the law's own times; nothing: no promise, and 40 working days to supply."""

    promises: tuple[Promised, ...] = ()
    deficiency: Supplying = Supplying()
