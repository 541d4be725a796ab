"""The words the laws themselves use: what may be asked, by whom for whom, and how it may end. They hold no rules."""

import re
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


RECORDED_POST = (
    "simple_registered",
    "record_tracked",
    "addressee_only",
    "general_registered",
    "delivery_certificate",
    "addressee_only_special",
    "addressee_only_particulars",
    "recorded_delivery",
)
"""The classes of post that leave a record; which of them a country has, its law's files say."""


class Category(StrEnum):
    """Which group of people the subject belongs to."""

    CUSTOMER = "customer"
    SHAREHOLDER = "shareholder"
    APPLICANT = "applicant"
    EMPLOYEE = "employee"


class Nature(StrEnum):
    """What a representative's right comes from: the law itself, a mandate, or that the subject has died."""

    LAW = "law"
    MANDATE = "mandate"
    BEREAVED = "bereaved"


class RepresentativeKind(StrEnum):
    """By what right somebody acts for the subject. Order art. 13, APPI 37(3).

    The first three are everywhere; the others only where an office's own procedure takes them. An office may have kinds
    of its own: their codes begin with the nature of the right (``law_``, ``mandate_``, ``bereaved_``).
    """

    MINOR = "minor"
    ADULT_WARD = "adult_ward"
    AGENT = "agent"
    VOLUNTARY_GUARDIAN = "voluntary_guardian"
    ASSISTANT = "assistant"
    CARER = "carer"
    OFFICIAL = "official"
    RELATIVE = "relative"
    LAWYER = "lawyer"
    INSURER = "insurer"
    BEREAVED = "bereaved"
    EXECUTOR = "executor"

    @classmethod
    def _missing_(cls, value: object) -> "RepresentativeKind | None":
        if not isinstance(value, str) or not _OWN_KIND.fullmatch(value):
            return None
        member = str.__new__(cls, value)
        member._name_, member._value_ = value.upper(), value
        known = cls._value2member_map_.setdefault(value, member)
        return known if isinstance(known, cls) else None

    @property
    def nature(self) -> Nature:
        """What the right to act comes from."""
        if self in _BY_NATURE:
            return _BY_NATURE[self]
        return Nature(self.value.partition("_")[0])

    @property
    def is_own(self) -> bool:
        """Whether it is a kind of an office's own, which its file words."""
        return self not in _BY_NATURE


_OWN_KIND = re.compile("(law|mandate|bereaved)_[a-z][a-z0-9_]{0,29}")
_BY_NATURE: dict[RepresentativeKind, Nature] = {
    RepresentativeKind.MINOR: Nature.LAW,
    RepresentativeKind.ADULT_WARD: Nature.LAW,
    RepresentativeKind.AGENT: Nature.MANDATE,
    RepresentativeKind.VOLUNTARY_GUARDIAN: Nature.LAW,
    RepresentativeKind.ASSISTANT: Nature.LAW,
    RepresentativeKind.CARER: Nature.LAW,
    RepresentativeKind.OFFICIAL: Nature.LAW,
    RepresentativeKind.RELATIVE: Nature.MANDATE,
    RepresentativeKind.LAWYER: Nature.MANDATE,
    RepresentativeKind.INSURER: Nature.MANDATE,
    RepresentativeKind.BEREAVED: Nature.BEREAVED,
    RepresentativeKind.EXECUTOR: Nature.BEREAVED,
}
EVERYWHERE = (RepresentativeKind.MINOR, RepresentativeKind.ADULT_WARD, RepresentativeKind.AGENT)
"""The kinds that act without any word of an office's: those of Order art. 13."""


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
