"""Letters as the rules of any procedure see them: their states, what is ordered, what one says, what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from workflows.engine.values import Language
from workflows.reading.offices import calls_itself


class LetterState(StrEnum):
    """The life of a letter, apart from the case's."""

    ORDERED = "ordered"
    MADE = "made"
    PRINTED = "printed"
    POSTED = "posted"
    RETURNED = "returned"
    VOID = "void"


class MailClass(StrEnum):
    """Class of post.

    簡易書留 (simple registered), 特定記録 (record-tracked), 一般書留 (general registered), the same with 配達証明
    (certificate of delivery), 本人限定受取 (addressee-only: 基本型 basic, 特例型 special, 特定事項伝達型 with the
    particulars of the paper shown), and the recorded delivery of other countries.
    """

    ORDINARY = "ordinary"
    SIMPLE_REGISTERED = "simple_registered"
    RECORD_TRACKED = "record_tracked"
    ADDRESSEE_ONLY = "addressee_only"
    GENERAL_REGISTERED = "general_registered"
    DELIVERY_CERTIFICATE = "delivery_certificate"
    ADDRESSEE_ONLY_SPECIAL = "addressee_only_special"
    ADDRESSEE_ONLY_PARTICULARS = "addressee_only_particulars"
    RECORDED_DELIVERY = "recorded_delivery"

    @property
    def tracked(self) -> bool:
        """Whether the post gives it a number to follow it by."""
        return self is not MailClass.ORDINARY

    @property
    def signed_for(self) -> bool:
        """Whether somebody must take it and sign: it is not dropped into a letter box."""
        return self not in (MailClass.ORDINARY, MailClass.RECORD_TRACKED)


class MailExtra(StrEnum):
    """What is asked of the post beside the class: 速達 (express), 転送不要 (no forwarding)."""

    EXPRESS = "express"
    NO_FORWARDING = "no_forwarding"


class DeliveryWay(StrEnum):
    """How a letter reaches its person: by post, or without it.

    COLLECTED at the office by somebody whose identity is looked at again, VIEWED there by appointment, told ORALLY at
    the counter with a record, or made available by E-MAIL or a PORTAL.
    """

    POST = "post"
    COLLECTED = "collected"
    VIEWED = "viewed"
    ORAL = "oral"
    EMAIL = "email"
    PORTAL = "portal"


class ReturnReason(StrEnum):
    """Why the post brought a letter back."""

    UNKNOWN_ADDRESS = "unknown_address"
    MOVED = "moved"
    REFUSED = "refused"
    UNCLAIMED = "unclaimed"


class StopReason(StrEnum):
    """Why a kind of letter is stopped, where none of the lead's own words are needed."""

    WRONG_WORDING = "wrong_wording"
    WRONG_LAYOUT = "wrong_layout"
    LAW_CHANGED = "law_changed"


class LetterEvent(StrEnum):
    """What a step of a case does to letters and a person must be told: one more to print, or one not to post."""

    ORDERED = "ordered"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """What a person lays into the envelope by hand: ``what`` (disc, copies), how many, and ``about`` what (a noun).

    ``holds`` are the documents on a disc, where their number is known.
    """

    what: str
    count: int = 1
    about: str | None = None
    holds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What goes into the envelope of a letter beside its own page, and by which class of post it is meant to go.

    ``forms`` (nouns) and the return ``label`` are printed with the letter; what is ``enclosed`` is laid in by hand, and
    where the letter has a place for the office's ``seal``, that is put by hand too. ``way`` other than POST: it is not
    posted at all.
    """

    mail_class: MailClass = MailClass.ORDINARY
    extras: tuple[MailExtra, ...] = ()
    way: DeliveryWay = DeliveryWay.POST
    forms: tuple[str, ...] = ()
    label: bool = False
    seal: bool = False
    enclosed: tuple[Enclosed, ...] = ()


class Years(StrEnum):
    """How Japanese letters count years: 2027年, or by the era of the Emperor, 令和9年."""

    WESTERN = "western"
    JAPANESE = "japanese"


class Seal(StrEnum):
    """The office's seal on a letter: not spoken of, a place where it is put by hand, or told to be left out."""

    NONE = "none"
    PLACE = "place"
    OMITTED = "omitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The office's own card, printed on letters; ``officer`` is who answers for personal information there.

    ``we_ja`` is how it speaks of itself in Japanese (当社, 当組合, 本市), told from its name where it says nothing;
    ``country`` is where it lies, by ISO 3166-1.
    """

    name_ja: str
    name_en: str
    unit_ja: str
    unit_en: str
    postcode: str
    address_ja: str
    address_en: str
    email: str
    phone: str | None = None
    hours_ja: str = ""
    hours_en: str = ""
    officer_ja: str = ""
    officer_en: str = ""
    years: Years = Years.WESTERN
    seal: Seal = Seal.NONE
    we_ja: str = ""
    country: str = "JP"

    @property
    def we(self) -> str:
        """How it speaks of itself in a Japanese letter; in English every office says "we"."""
        return self.we_ja or calls_itself(self.name_ja)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Who stands in the window of the envelope; ``organisation``: not a person, who would be called 様."""

    name: str
    postcode: str | None
    address: str
    country: str | None = "JP"
    organisation: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the case as far as the rules care. Days are the office's; ``told`` is that by which to reply."""

    number: str
    ordinal: int
    kind: str
    state: LetterState
    round: int | None = None
    copy: int = 1
    made_on: date | None = None
    printed_on: date | None = None
    posted_on: date | None = None
    returned_on: date | None = None
    told: date | None = None
    ordered_on: date | None = None

    @property
    def entry(self) -> int:
        """What tells this letter's clocks from another's in the same case."""
        return self.ordinal + 10_000 * (self.copy - 1)

    @property
    def unposted(self) -> bool:
        """Whether it still lies in the house and may be stopped."""
        return self.state in (LetterState.ORDERED, LetterState.MADE, LetterState.PRINTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOrder:
    """A letter to be made. ``copy_of`` names the letter of which it is a marked copy."""

    kind: str
    round: int | None = None
    copy_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFate:
    """What happens to an existing letter: posted, returned or void; or what was recorded of it is put right.

    ``takes_back`` is the record that was wrong (POSTED or RETURNED): with it the letter is again in ``state``.
    ``amends``: the posting stands, and only its day, class or number was wrong.
    """

    number: str
    state: LetterState
    on: date
    mail_class: MailClass | None = None
    tracking: str | None = None
    reason: ReturnReason | None = None
    takes_back: LetterState | None = None
    amends: bool = False

    def of(self, letter: Letter) -> Letter:
        """Return the letter as it is then."""
        if self.amends:
            return replace(letter, posted_on=self.on)
        if self.takes_back is LetterState.POSTED:
            return replace(letter, state=self.state, posted_on=None)
        if self.takes_back is LetterState.RETURNED:
            return replace(letter, state=self.state, returned_on=None)
        if self.state is LetterState.POSTED:
            return replace(letter, state=self.state, posted_on=self.on)
        if self.state is LetterState.RETURNED:
            return replace(letter, state=self.state, returned_on=self.on)
        return replace(letter, state=self.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPosting:
    """A printed letter went into the post."""

    letter: str
    on: date | None = None
    tracking: str | None = None
    mail_class: MailClass | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReturn:
    """A posted letter came back."""

    letter: str
    reason: ReturnReason
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPosting:
    """The posting of a letter was recorded and did not happen; ``why`` says how that came about."""

    letter: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendPosting:
    """A letter was posted, on another day than was recorded, in another class or under another number of the post."""

    letter: str
    why: str
    on: date | None = None
    tracking: str | None = None
    mail_class: MailClass | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoReturn:
    """The return of a letter was recorded and did not happen: it was another letter, or it did arrive after all."""

    letter: str
    why: str


PUTS_RIGHT = (UndoPosting, AmendPosting, UndoReturn)
"""What puts right what was recorded of a letter; a procedure may know it or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """A file that is printed with a letter.

    ``name`` is where the typesetter finds it, ``key`` names the key that opens it, ``number`` what it is sealed to,
    ``path`` where it lies in the store of finds. ``size`` is a picture's in pixels.
    """

    name: str
    key: str
    number: str
    path: str
    sha256: str
    size: tuple[int, ...] | None = None


class UnfitContent(ValueError):
    """What a letter is to say does not fit together; the message says why and is free of personal data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent:
    """All a letter says, fixed when it is ordered: the same content gives the same bytes (``letters.typeset``).

    What every letter has stands here; a procedure extends it by what its own letters have. ``kind`` is one of those
    the procedure declares; ``copy`` is 1 for the original, 2 and more are marked copies; ``sample`` stamps a demo.
    """

    number: str
    case: str
    kind: str
    language: Language
    dated: date
    addressee: Addressee
    organisation: Organisation
    sample: bool = False
    draft: bool = False
    copy: int = 1
    # The hash of the row of the history that ordered it, shortened, and the newest checkpoint then, with its number; ""
    # before these were printed, and on a draft.
    proof: str = ""
    checkpoint: str = ""

    def named_for_templates(self) -> Mapping[str, object]:
        """Return what the procedure's own templates may name besides ``content`` and what every letter has.

        Raises UnfitContent.
        """
        return {}

    def in_codes_of(self, sheet: str) -> str:
        """Return what stands for the letter in the codes of a sheet: ``-`` is the letter, others are enclosures."""
        return self.number

    def enclosures(self) -> tuple[str, ...]:
        """Return the names of the sheets that go with it: letters of a kind that have the same have the same pages."""
        return ()

    def files(self) -> tuple[SealedFile, ...]:
        """Return the sealed files that are printed behind it; a draft shows none."""
        return ()

    def envelope(self) -> Envelope:
        """Return what whoever closes the envelope must know."""
        return Envelope(seal=self.is_sealed_by_hand)

    @property
    def is_sealed_by_hand(self) -> bool:
        """Whether it has a place for the office's seal."""
        return self.organisation.seal is Seal.PLACE
