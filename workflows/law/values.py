"""The words the laws themselves use: what may be asked, by whom for whom, and how it may end. They hold no rules."""

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """What a subject may ask for. APPI 32(2), 33(1), 33(5), 34(1), 35(1) and (5), 35(3) and (5)."""

    PURPOSE_NOTICE = "purpose_notice"
    DISCLOSURE = "disclosure"
    PROVISION_RECORDS = "provision_records"
    CORRECTION = "correction"
    HALT_USE = "halt_use"
    HALT_PROVISION = "halt_provision"


class Category(StrEnum):
    """Which group of people the subject belongs to."""

    CUSTOMER = "customer"
    SHAREHOLDER = "shareholder"
    APPLICANT = "applicant"
    EMPLOYEE = "employee"


class RepresentativeKind(StrEnum):
    """By what right somebody acts for the subject. Order art. 13, APPI 37(3)."""

    MINOR = "minor"
    ADULT_WARD = "adult_ward"
    AGENT = "agent"


class OutcomeName(StrEnum):
    """How one right ends."""

    GRANTED = "granted"
    PARTLY = "partly"
    NOT_HELD = "not_held"
    ALTERNATIVE = "alternative"
    REFUSED = "refused"


class ExtendReason(StrEnum):
    """Why an answer needs more time. GDPR 12(3); APPI 83(2), 84, 86."""

    COMPLEXITY = "complexity"
    NUMBER_OF_REQUESTS = "number_of_requests"
    DIFFICULTY = "difficulty"
    LARGE_VOLUME = "large_volume"
    THIRD_PARTY = "third_party"


class ChargedFor(StrEnum):
    """For what alone a fee may be taken, where the law allows none in general. GDPR 12(5)(a), 15(3)."""

    EXCESSIVE = "excessive"
    FURTHER_COPY = "further_copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class RightOutcome:
    """The decision on one right: ``explanation`` as APPI 36 asks for, ``confirmed`` for a halt or erasure.

    ``passed_to`` names the group companies a halt or a search for the data was passed to (joint use).
    """

    outcome: OutcomeName
    ground: str | None = None
    explanation: str | None = None
    enclosures: int = 0
    confirmed: bool = False
    method: str | None = None
    procedure: str | None = None
    changed: str | None = None
    measure: str | None = None
    passed_to: tuple[str, ...] = ()
