"""How somebody proves who they are, or that they may act for another: as the law's data or an office's file say it.

A rule names alternatives (`Way`), any one of which is enough; each is a list of slots, to be filled by papers of
DIFFERENT kinds. Whether the papers of a case fill one is decided in `workflows.law.matching`; nothing here decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from workflows.engine.calendars import months_later
from workflows.law.values import RepresentativeKind, Right


class Where(StrEnum):
    """How a paper was looked at: a copy by post, shown at the counter, or sent as a file. The counter is the surest."""

    POST = "post"
    COUNTER = "counter"
    ELECTRONIC = "electronic"


PHOTO, NO_PHOTO, ANY = "photo", "no_photo", "any"
CLASSES = (PHOTO, NO_PHOTO, ANY)
"""What any paper of the table may fill that bears a photograph, bears none, or either."""
SUBJECT, REPRESENTATIVE = "subject", "representative"
"""Whose identity a rule is about, where it is not about one kind of representative."""


class Unit(StrEnum):
    """What the age of a paper is counted in."""

    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Age:
    """How old a paper may be when it arrives: the last day is included; a month ends on the same day, or on its last.

    ``count`` of ``unit``: ``Age(30, Unit.DAYS)``, ``Age(3, Unit.MONTHS)``.
    """

    count: int
    unit: Unit = Unit.MONTHS

    def covers(self, issued_on: date, arrived_on: date) -> bool:
        """Whether a paper issued on that day was young enough when it arrived."""
        if self.unit is Unit.DAYS:
            return (arrived_on - issued_on).days <= self.count
        return arrived_on <= months_later(issued_on, self.count)

    @property
    def at_most_days(self) -> int:
        """The most days it can be, to compare ages of different units."""
        return self.count if self.unit is Unit.DAYS else 31 * self.count


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One text of an office's own in Japanese and in English."""

    ja: str
    en: str

    def __getitem__(self, language: str) -> str:
        """Return the text in *language* (``ja`` or ``en``)."""
        return self.ja if language == "ja" else self.en

    def told(self) -> dict[str, str]:
        """Return it as a parameter of a `Reason`, which is worded late."""
        return {"ja": self.ja, "en": self.en}


@dataclass(frozen=True, slots=True)
class Slot:
    """One place that one paper fills.

    ``of`` are codes of papers of the table, or PHOTO, NO_PHOTO, ANY: a paper that is any of these. ``original``: no
    copy; ``within``: no older when it arrived; ``address``: it shows the address the person stated.
    """

    of: tuple[str, ...]
    original: bool = False
    within: Age | None = None
    address: bool = False


Way = tuple[Slot, ...]
SOURCE_WAYS: tuple[Way, ...] = ((Slot((PHOTO,)),), (Slot((NO_PHOTO,)), Slot((NO_PHOTO,))))
"""One paper with a photograph, or two different ones without (S22-S23)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRule:
    """What proves who somebody is: ``enough``, any one way of which is.

    It holds ``where`` the papers were looked at, for those ``rights``, and ``of`` whom: SUBJECT, REPRESENTATIVE, kinds
    of representative; of several rules that hold, the first does. Of the papers of each group in ``only_one_of`` one
    alone counts. ``undated_within``: papers that bear no last day of validity may be no older. ``why`` is the office's
    reason to ask for more than the law's example, where it does.
    """

    where: frozenset[Where] = frozenset(Where)
    rights: frozenset[Right] = frozenset(Right)
    of: frozenset[str] = frozenset({SUBJECT, REPRESENTATIVE})
    enough: tuple[Way, ...] = SOURCE_WAYS
    only_one_of: tuple[frozenset[str], ...] = ()
    undated_within: Age | None = None
    why: Said | None = None

    def is_about(self, kind: RepresentativeKind | None) -> bool:
        """Whether it is about the subject (None), or about a representative of that kind."""
        return SUBJECT in self.of if kind is None else REPRESENTATIVE in self.of or kind in self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentativeRule:
    """What an office says of one kind of representative.

    ``accepted`` False: it takes none, and ``refused`` are its words. ``proofs``: alternatives, each a list of slots for
    proofs that must all be there. ``answer_to``: SUBJECT or REPRESENTATIVE; None: as ever, the legal representative or
    the subject of a mandate. ``where`` its papers may be looked at; ``consent_from``: the age from which a minor must
    consent; ``degree``: the remotest kinship; ``subject_identity`` False: the subject proves nothing apart.
    """

    kind: RepresentativeKind
    said: Said | None = None
    accepted: bool = True
    refused: Said | None = None
    proofs: tuple[Way, ...] = ()
    answer_to: str | None = None
    where: frozenset[Where] = frozenset(Where)
    consent_from: int | None = None
    degree: int | None = None
    subject_identity: bool = True
    why: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRule:
    """What an office says of one paper of the table: whether it takes it, and what it asks of it beyond the table."""

    code: str
    accepted: bool = True
    within: Age | None = None
    original: bool = False
    said: Said | None = None
    why: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRules:
    """All an office says of papers; nothing: what the law's tables say. ``lists`` are its named groups of papers."""

    identity: tuple[IdentityRule, ...] = ()
    representatives: tuple[RepresentativeRule, ...] = ()
    papers: tuple[PaperRule, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
