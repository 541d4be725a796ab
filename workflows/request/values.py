"""The values of the procedure: the words that are stored and the facts a rule is given. They hold no rules.

Everything here is immutable and free of SQL, files and clocks. Datetimes carry their zone; a ``date`` is a day in the
office's zone. The words are those of the procedure (docs/glossary.md); the names of enumeration members never change
once a case has been stored with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from workflows.law.proving import Where
from workflows.law.values import OutcomeName, RepresentativeKind, Right
from workflows.letters import DeliveryWay, MailClass, MailExtra
from workflows.office.forms import FORM_CODE
from workflows.request.enclosing import DoneBy, HeldBack


class FormName(StrEnum):
    """The forms of the office, by the short name that stands in their QR code: the source's four are named here (S16).

    An office's own procedure may have others (`workflows.office.forms`): any short name of theirs is one, too.
    """

    DISCLOSURE = "disclosure"
    CORRECTION = "correction"
    HALT = "halt"
    PROXY = "proxy"

    @classmethod
    def _missing_(cls, value: object) -> "FormName | None":
        if not isinstance(value, str) or FORM_CODE.fullmatch(value) is None:
            return None
        own = str.__new__(cls, value)
        own._name_, own._value_ = value.upper(), value
        return own


class Channel(StrEnum):
    """How the first contact came."""

    POST = "post"
    PHONE = "phone"
    EMAIL = "email"
    VISIT = "visit"


class Party(StrEnum):
    """Whose paper, address or signature it is."""

    SUBJECT = "subject"
    REPRESENTATIVE = "representative"


class Masking(StrEnum):
    """What a person saw of the items that must be blocked out on an identity document."""

    MASKED = "masked"
    NOT_SHOWN = "not_shown"
    OPEN = "open"


class AddressShown(StrEnum):
    """Which address a document shows: the one the person stated, another one, or none.

    One that its holder wrote in is no evidence of where anybody lives, whatever it says.
    """

    STATED = "stated"
    OTHER = "other"
    NONE = "none"
    HANDWRITTEN = "handwritten"


class LetterKind(StrEnum):
    """Every kind of letter the office sends."""

    REQUEST_FORMS = "request_forms"
    DEFICIENCY_NOTICE = "deficiency_notice"
    REMINDER = "reminder"
    LAPSE_NOTICE = "lapse_notice"
    DISCLOSURE_NOTIFICATION = "disclosure_notification"
    WITHDRAWAL_CONFIRMATION = "withdrawal_confirmation"
    EXTENSION_NOTICE = "extension_notice"
    BILL = "bill"
    RECEIPT = "receipt"
    DISC_PASSPHRASE = "disc_passphrase"  # noqa: S105 - a kind of letter


class HoldReason(StrEnum):
    """Why a case is on hold."""

    AWAITING_INFORMATION = "awaiting_information"
    AWAITING_DECISION = "awaiting_decision"
    SUSPECTED_FRAUD = "suspected_fraud"
    OTHER = "other"
    # The next four are set by the system only; the lead lifts them.
    WRONG_CODE = "wrong_code"
    OLD_CODE = "old_code"
    FOREIGN_CODE = "foreign_code"
    MISSING_CODE = "missing_code"


class VoidReason(StrEnum):
    """Why a case was closed as never a request."""

    DUPLICATE = "duplicate"
    MISDIRECTED = "misdirected"
    MISTAKE = "mistake"


class PackOut(StrEnum):
    """What becomes of forms that are out in the post when something of them changes."""

    SEND_AGAIN = "send_again"
    LET_BE = "let_be"


class ToldHow(StrEnum):
    """How a withdrawal was told."""

    POST = "post"
    PHONE = "phone"
    EMAIL = "email"
    VISIT = "visit"


class CodeState(StrEnum):
    """What the code on a returned form turned out to be."""

    GOOD = "good"
    MISSING = "missing"
    WRONG = "wrong"
    OLD = "old"
    FOREIGN = "foreign"
    EXPIRED = "expired"
    VOID = "void"
    NONE = "none"  # no form of ours was out: the request began with these, and no code is missed


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Person:
    """A subject or a representative as they named themselves. Sealed wherever it is stored.

    ``registration`` is the number under which a representative stands in a register (of a bar, of a chamber).
    """

    name: str
    kana: str | None = None
    postcode: str | None = None
    address: str | None = None
    country: str | None = "JP"
    phone: str | None = None
    email: str | None = None
    birth_date: date | None = None
    kind: RepresentativeKind | None = None
    registration: str | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """What one person states of themselves, as it is compared: keyed commitments, never the words.

    Equal commitments mean that the same name, address or birth date is meant, however it is spelt; None: not stated.
    Evidence is kept with what it was judged against, so that a later change shows (docs/adr/0021).
    """

    name: str | None = None
    address: str | None = None
    birth: str | None = None


@dataclass(frozen=True, slots=True)
class Vouched:
    """What whoever verifies answers for by name: ``what`` is address | birth, ``how`` on_record | seen | a paper.

    So is kept that a form came back signed (``form:NAME``, signed): ``covers`` is then the subject's name at that time.
    ``covers`` is the commitment it was said of; of anything else it says nothing.
    """

    what: str
    how: str
    covers: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One identity document as a person read it. ``type`` is a code of the dated table.

    ``judged`` is what the holder stated when the document was accepted: it proves that and nothing else.
    ``looked_at`` says where that was: a copy in the post, the original at the counter (given back), or a file;
    ``original``: what came in the post is the paper itself.
    """

    holder: Party
    type: str
    masking: Masking
    photo: bool | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    address: AddressShown = AddressShown.NONE
    name_matches: bool = False
    seal_matches: bool = False
    number: str | None = None
    arrived_on: date | None = None
    judged: Stated | None = None
    looked_at: Where = Where.POST
    original: bool = False

    @property
    def is_original(self) -> bool:
        """Whether the paper itself was seen, not a copy of it."""
        return self.original or self.looked_at is Where.COUNTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """One proof of the right to represent, as a person read it. ``masking`` None: nobody wrote down what they saw.

    ``rights`` are what a mandate was given for, as it says; None: it names no limits, or nobody wrote them down.
    ``subject`` and ``representative`` are what both stated when it was accepted. ``seal_matches``: the mandate bears
    the seal it certifies; ``degree`` is the degree of kinship it shows; the rest as of a `Document`.
    """

    type: str
    issued_on: date | None = None
    masking: Masking | None = None
    signed: bool = True
    names_match: bool = True
    rights: tuple[Right, ...] | None = None
    arrived_on: date | None = None
    subject: Stated | None = None
    representative: Stated | None = None
    seal_matches: bool = False
    degree: int | None = None
    looked_at: Where = Where.POST
    original: bool = False

    @property
    def is_original(self) -> bool:
        """Whether the paper itself was seen, not a copy of it."""
        return self.original or self.looked_at is Where.COUNTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the subject says is wrong and what would be right; ``done`` is what the office did. APPI 34."""

    item: str
    wrong: str | None = None
    right: str | None = None
    done: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """What the subject wants halted: cease | erase, and why. APPI 35(1), (3), (5)."""

    measure: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Less (or more) evidence than the table, asked for by one person and approved by another.

    ``covers`` is what stood in the case when it was asked for (workflows.request.standing): it lifts the gap for that
    alone.
    """

    what: str
    reason: str
    asked_by: str
    approved_by: str | None = None
    covers: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """Days on which a law's time may stand still, both included, and what stopped it; ``last`` None: it goes on."""

    by: str
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """How the person wants the answer; what is None or empty stays as the office does it. ``paid``: its postage."""

    way: DeliveryWay | None = None
    mail_class: MailClass | None = None
    extras: tuple[MailExtra, ...] = ()
    paid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What an arrival adds to, as it stood before the last one: an arrival registered wrongly is put right from here.

    ``corrections`` counts them, ``vouched`` are the signatures of earlier forms, ``before`` the arrival before that.
    """

    rights: tuple[Right, ...]
    forms: Mapping[FormName, bool] = field(default_factory=dict)
    asked: Mapping[Right, bool] = field(default_factory=dict)
    halt: Halt | None = None
    method: str | None = None
    corrections: int = 0
    arrived_on: date | None = None
    first_arrived_on: date | None = None
    came_from: str | None = None
    vouched: tuple[Vouched, ...] = ()
    further: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    before: "Before | None" = None
    proven_on: date | None = None
    stops: tuple[Stopped, ...] = ()
    unsealed: tuple[FormName, ...] = ()
    window: str | None = None
    chosen: Chosen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One section of the disclosure notification: one right, its outcome and what goes with it."""

    right: Right
    outcome: OutcomeName
    article: str
    ground: str | None = None
    ground_article: str | None = None
    ground_words: str | None = None
    explanation: str | None = None
    enclosures: int = 0
    method: str | None = None
    changed: str | None = None
    corrections: tuple[Correction, ...] = ()
    measure: str | None = None
    purposes: tuple[str, ...] = ()
    passed_to: tuple[str, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    done: tuple[DoneBy, ...] = ()
