"""What an order carries besides its case: one immutable payload for each transition.

The files staff hand in (``--file``) and the options of the admin script have exactly these names. Nothing is checked
here beyond types: what a value may be on a given day is a rule (workflows.request.procedure), whether a file can be
read at all is the border's business (services.intake). A field without a default is required.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated

from workflows.engine.schemas import PartOf
from workflows.engine.values import Language
from workflows.law.values import Category, ExtendReason, Right, RightOutcome
from workflows.letters import MailClass, ReturnReason
from workflows.office.money import Means, Per
from workflows.office.start import Inbound, SentBy, Way
from workflows.request.account import Paid
from workflows.request.course_payloads import ChooseDelivery
from workflows.request.values import (
    Authority,
    Channel,
    Correction,
    Document,
    FormName,
    Halt,
    HoldReason,
    PackOut,
    Party,
    Person,
    ToldHow,
    VoidReason,
)

SomeOfAPerson = Annotated[Mapping[str, object], PartOf(Person)]
"""Fields of a person by name, in plain form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveForms:
    """What came back in the envelope (``receive-forms --file``, ``reopen --file``); ``code`` is the form code.

    ``authority`` is the proof of the right to represent, ``proofs`` are further ones where an office asks for several.
    ``way`` says how it came where it was not by post, ``came_by`` by which class of post it did. ``papers`` are the
    further papers that came, ``circumstances`` those of them that are asked for because of what was seen. ``fees`` is
    the money in it, the stamps for the answer among it; ``counts`` what the fee is counted by, as the form says;
    ``extras`` what was chosen beside it; ``envelope``: one for the answer was enclosed. ``sealed`` says whether forms
    for which the office wants a seal bear one. ``window`` is the office's window they came in by, ``delivery`` how the
    person wants the answer, as far as the office offers a choice.
    """

    arrived_at: datetime
    forms: tuple[FormName, ...] = ()
    code: str | None = None
    pages: int | None = None
    signed: Mapping[FormName, bool] | None = None
    sealed: Mapping[FormName, bool] | None = None
    rights: tuple[Right, ...] | None = None
    documents: tuple[Document, ...] = ()
    authority: Authority | None = None
    proofs: tuple[Authority, ...] = ()
    corrections: tuple[Correction, ...] = ()
    halt: Halt | None = None
    method: str | None = None
    way: Way | None = None
    came_by: Inbound | None = None
    papers: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    fees: tuple[Paid, ...] = ()
    counts: Mapping[Per, int] | None = None
    extras: tuple[str, ...] | None = None
    envelope: bool | None = None
    window: str | None = None
    delivery: ChooseDelivery | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A first contact (``open --file``). ``regime`` names the law; where it is left out, the office's usual one.

    ``began`` says how the request begins; where it is left out, with somebody who is in touch and gets the forms. Every
    other way brings them with it: what came then is ``came``, whose keys stand beside the others in a file.
    """

    began: Way | None = None
    rights: tuple[Right, ...]
    category: Category
    channel: Channel
    language: Language
    subject: Person
    received_at: datetime | None = None
    representative: Person | None = None
    mail_to: Party | None = None
    address_on_record: bool = False
    note: str | None = None
    regime: str | None = None
    came: ReceiveForms | None = None
    window: str | None = None
    delivery: ChooseDelivery | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """Another inquiry (``inquiry add --file``), which may turn out to be a request: who asked what, and how (S32)."""

    channel: Channel
    language: Language
    about: str
    received_at: datetime | None = None
    person: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend:
    """What changes and why (``amend --file``): keys given replace those keys, the others stay.

    ``pack`` says what becomes of forms that are out in the post: by default they are let be, and a form they lack is
    sent after them.
    """

    why: str
    rights: tuple[Right, ...] | None = None
    category: Category | None = None
    channel: Channel | None = None
    language: Language | None = None
    subject: SomeOfAPerson | None = None
    received_at: datetime | None = None
    representative: SomeOfAPerson | None = None
    drop_representative: bool = False
    mail_to: Party | None = None
    address_on_record: bool | None = None
    note: str | None = None
    pack: PackOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unverify:
    """Why a verification is taken back."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailForms:
    """The round's mailing went into the post (default: today, ordinary mail); or out ``by`` e-mail, as a file."""

    on: date | None = None
    tracking: str | None = None
    mail_class: MailClass | None = None
    by: SentBy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undeliverable:
    """The round's mailing came back."""

    reason: ReturnReason
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveAgain(ReceiveForms):
    """What really came back, all of it, where it was registered wrongly; without a ``code`` it is that of before."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Why a step is taken back that was recorded by mistake."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyIdentity:
    """What whoever verifies vouches for by name, beside what the papers show.

    ``address_on_record``: the answer's address is the one the office already holds; ``address_shown_by``: the type of
    an accepted paper that shows the address as it now stands; ``birth_date_seen``: a birth date told later is the one
    on the papers.
    """

    address_on_record: bool = False
    address_shown_by: str | None = None
    birth_date_seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAgain:
    """What to ask for again; empty: what the rules find missing. The words are those of `identity.words_known`.

    ``address_on_record``: whoever may verify says so, and no paper is asked for it.
    """

    missing: tuple[str, ...] = ()
    reason: str | None = None
    address_on_record: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """An outcome for each right (``decide --file``).

    ``counts`` is what the fee is counted by (pages, half hours), ``estimates`` the amounts that are told only now, by
    the code of the fee's row (``fee-1``, ``postage``).
    """

    outcomes: Mapping[Right, RightOutcome]
    counts: Mapping[Per, int] | None = None
    estimates: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectAnswer:
    """What a released answer should have said, and why it did not; without outcomes all is to be decided anew."""

    why: str
    outcomes: Mapping[Right, RightOutcome] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfil:
    """The release; ``confirm`` repeats each halt or erasure by name."""

    confirm: tuple[Right, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """The subject takes the request back (default: today)."""

    on: date | None = None
    how: ToldHow


@dataclass(frozen=True, slots=True, kw_only=True)
class Void:
    """The case never was a request."""

    reason: VoidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """The office's own deadlines stand still (``until`` is the last day on hold; default 20 working days)."""

    reason: HoldReason
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend:
    """The answer needs more time, where the regime knows that; ``until`` where it leaves the day to the office."""

    reason: ExtendReason
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOverride:
    """Accept less, or ask for more, than the table: ``what`` in the words of ``ask-again --missing``."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve:
    """Which exception is approved, in the words of ``override --what``; needed where more than one waits."""

    what: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPayment:
    """Money that came otherwise than with forms (default: today); ``wants_receipt``: the person asks for one."""

    means: Means
    amount: str
    on: date | None = None
    issued_on: date | None = None
    wants_receipt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Money that was given back, and by what (default: today)."""

    means: Means
    amount: str
    on: date | None = None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPayment:
    """A payment or a refund was recorded wrongly: ``entry`` is its number in the case, as ``show`` tells it."""

    entry: int
    why: str
