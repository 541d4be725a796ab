"""What the data files say, as immutable values: papers, masks, proofs, grounds, purposes, and the regime around them.

Nothing here reads a file (``workflows.law.loading`` does) and nothing here decides (``workflows.request.identity``,
``representation`` and ``rights`` do). ``None`` as a first or last day means: no such bound. Days are included.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from workflows.law.citing import Act
from workflows.law.proving import Age, IdentityRule, RepresentativeRule, Unit, Where
from workflows.law.times import Appeal, Choice, Event, Extension, LegalTime
from workflows.law.values import Category, ChargedFor, Nature, OutcomeName, RepresentativeKind, Right

SOURCE_RULE = IdentityRule()
"""What holds where neither an office nor a law's file says anything: S22-S23, for everybody."""
Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row")


def in_force(on: date, first: date | None, last: date | None) -> bool:
    """Tell whether a day lies between the first and the last day, both included."""
    return (first is None or first <= on) and (last is None or on <= last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One text in both languages, with the article it rests on."""

    article: str
    ja: str
    en: str

    def __getitem__(self, language: str) -> str:
        """Return the text in *language* (``ja`` or ``en``)."""
        return self.ja if language == "ja" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One row of the table of identity documents: in force for what ARRIVES from ``first`` until ``last``.

    ``photograph`` and ``shows_address`` are None where the person who reads the paper says it (``as_recorded``). Since
    ``on_card_from`` it may be recorded on the chip of the My Number card alone, and that card is sent instead.
    ``optional``: it counts only where an office's own procedure takes it. ``where_shown``: it must be unexpired if it
    bears a last day, which not each one does. ``where_printed``: an address counts only if the issuer printed it, not
    if the holder wrote it in. ``original``: a copy does not count. ``front_only``: nobody may collect its back.
    """

    code: str
    article: str
    photograph: bool | None
    shows_address: bool | None
    masks: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    unexpired: bool = False
    issued_from: date | None = None
    issued_within_months: int | None = None
    address_issued_before: date | None = None
    seal: bool = False
    on_card_from: date | None = None
    second_person: bool = False
    never: bool = False
    issued_within_days: int | None = None
    optional: bool = False
    where_shown: bool = False
    where_printed: bool = False
    original: bool = False
    front_only: bool = False

    @property
    def age(self) -> Age | None:
        """How old it may be when it arrives."""
        return _age(self.issued_within_days, self.issued_within_months)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One row of the table of proofs of the right to represent, by the day the proof arrives.

    ``kind`` None: it proves nothing by itself, but an office may name it among the proofs of any kind. ``death``: it
    proves that the subject has died; ``kinship``: how the representative is related; ``of_subject``: the subject had a
    hand in it, so that nobody can have written it alone. ``seal``: the mandate bears the seal that it certifies.
    """

    kind: RepresentativeKind | None
    type: str
    article: str
    first: date | None = None
    last: date | None = None
    issued_within_months: int | None = None
    signature: bool = False
    masks: tuple[str, ...] = ()
    issued_within_days: int | None = None
    seal: bool = False
    death: bool = False
    kinship: bool = False
    of_subject: bool = False
    original: bool = False

    @property
    def age(self) -> Age | None:
        """How old it may be when it arrives."""
        return _age(self.issued_within_days, self.issued_within_months)


@dataclass(frozen=True, slots=True, kw_only=True)
class Majority:
    """The age at which a person acts alone, by the day the request arrives."""

    age: int
    article: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RightLaw:
    """What one right is in one law. ``by_reason`` are the articles of a halt by the reason the subject ticked.

    ``fee``: whether one may be taken at all; ``fee_only``: for nothing but this.
    """

    right: Right
    article: str
    outcomes: tuple[OutcomeName, ...]
    first: date | None = None
    fee: bool = False
    fee_only: tuple[ChargedFor, ...] = ()
    states_change: bool = False
    by_reason: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One coded ground of refusal. ``states`` are the states it may be used in, ``needs`` the field it asks for.

    ``shown_as`` names the ground whose article and words the letter carries instead, so that the letter does not give
    away what the law wants kept (APPI 33(5), Order 11).
    """

    code: str
    article: str
    ja: str
    en: str
    rights: frozenset[Right]
    outcomes: frozenset[OutcomeName]
    states: frozenset[str]
    procedural: bool = False
    exception: bool = False
    needs: str | None = None
    shown_as: str | None = None
    first: date | None = None
    last: date | None = None
    articles: Mapping[Right, str] = field(default_factory=dict)

    def article_for(self, right: Right) -> str:
        """Return the article of this ground where it is held against *right*."""
        return self.articles.get(right, self.article)

    def words(self, language: str) -> str:
        """Return how a letter in *language* (``ja`` or ``en``) says this ground."""
        return self.ja if language == "ja" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRules:
    """Which outcomes must name a ground and which must be explained (APPI 36, GDPR 12(4))."""

    article: str
    ground: frozenset[OutcomeName]
    explanation: frozenset[OutcomeName]
    explain_other_method: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The least an office may ask for: a paper, however it proves it; and how old one may be at most."""

    article: str
    oldest: Age
    oldest_article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Customs:
    """What letters take for granted where a country's papers are held; nothing: nothing of any one country.

    ``seals``: a name that is printed and sealed stands for a signature. ``readings``: how a name is read is asked
    beside it. ``postcode``: the digits of each group of a postcode; none: it is no number. ``recorded_post`` are the
    classes of post that leave a record of posting, ``address`` the papers to send where nothing yet shows the address,
    ``named_masks`` what of all that is blocked out everybody is reminded of.
    """

    seals: bool = False
    readings: bool = False
    postcode: tuple[int, ...] = ()
    recorded_post: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    named_masks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The tables of one country's papers, and what is enough of them.

    ``identity`` and ``representatives``: of several rows that hold, the first does; where none does, the source's rule.
    """

    documents: tuple[Paper, ...]
    proofs: tuple[Proof, ...]
    majority: tuple[Majority, ...]
    masks: Mapping[str, str]
    identity: tuple[IdentityRule, ...] = ()
    representatives: tuple[RepresentativeRule, ...] = ()
    floor: Floor | None = None
    on_record_only: bool = False
    customs: Customs = Customs()
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict)


# Each law is loaded once, so two are the same only where they are one; comparing all their tables were for nothing.
@dataclass(frozen=True, kw_only=True, eq=False)
class Regime:
    """One law as data.

    ``action`` is the time after which the person may bring an action, ``answer`` the one within which the law wants the
    answer; None: it knows none. ``fees`` says what it allows to be charged. ``review`` is an appeal to another
    authority before or beside ``complaint`` and ``court``. ``acts`` are what its articles are of, its own act first.
    Nobody could ask under it before ``since``.
    ``security`` and ``storage`` are the articles under which what is held is kept safe, and no longer than needed;
    ``method`` is the one on how a request is made, ``living`` the one by which the law is about the living alone.
    ``digest`` is the SHA-256 of what its own files say.
    """

    name: str
    law: Words
    regulator: Words
    complaint: Appeal
    court: Appeal
    own_form_required: bool
    action: LegalTime | None
    answer: LegalTime | None
    extensions: tuple[Extension, ...]
    outcomes: OutcomeRules
    rights: Mapping[Right, RightLaw]
    grounds: Mapping[str, Ground]
    papers: Papers
    acts: tuple[Act, ...]
    fees: Words | None = None
    review: Appeal | None = None
    choice: Choice | None = None
    clock_starts: tuple[Event, ...] = ()
    since: date | None = None
    security: str = ""
    storage: str = ""
    method: str = ""
    living: str = ""
    digest: str = ""

    @property
    def appeals(self) -> tuple[Appeal, ...]:
        """To whom somebody may turn who disagrees with an answer, in the order a letter says it."""
        return (self.complaint, self.court) if self.review is None else (self.review, self.complaint, self.court)

    @property
    def extension(self) -> Extension | None:
        """The first way of taking more time; None: the law knows none."""
        return self.extensions[0] if self.extensions else None

    @property
    def words(self) -> Mapping[str, tuple[str, str]]:
        """What the law itself calls its papers and grounds, in Japanese and English, by their codes."""
        return {f"ground.{code}": (ground.ja, ground.en) for code, ground in self.grounds.items()} | {
            **self.papers.words
        }

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all that must have a word: papers, proofs, what is blocked out."""
        papers = {row.code for row in self.papers.documents} - {"other"}
        return frozenset(papers | {row.type for row in self.papers.proofs} | self.papers.masks.keys())

    def extension_for(self, reason: str) -> Extension | None:
        """Return how much more time that reason gives; None: none."""
        return next((each for each in self.extensions if reason in each.reasons), None)

    @property
    def fee_article(self) -> str:
        """The article that says for which rights a fee may be taken, and that for the others none may."""
        return "" if self.fees is None else self.fees.article

    @cached_property
    def documents(self) -> Mapping[str, tuple[Paper, ...]]:
        """The rows of the table of identity documents by code, in the order of their days."""
        return _by_key((row.code, row) for row in self.papers.documents)

    @cached_property
    def proofs(self) -> Mapping[tuple[RepresentativeKind | None, str], tuple[Proof, ...]]:
        """The rows of the table of proofs by kind (None: any) and type, in the order of their days."""
        return _by_key(((row.kind, row.type), row) for row in self.papers.proofs)

    @cached_property
    def articles(self) -> Mapping[Right, str]:
        """The article of each right."""
        return {right: law.article for right, law in self.rights.items()}

    def paper(self, code: str, on: date) -> Paper | None:
        """Return the row for a document of that code arriving on that day; None where the table has none."""
        for row in self.documents.get(code, ()):
            if in_force(on, row.first, row.last):
                return row
        return None

    def identity_rules(
        self, kind: RepresentativeKind | None, rights: Iterable[Right], where: Where
    ) -> tuple[IdentityRule, ...]:
        """Return what each of these rights asks of the subject (None) or of a representative: all of it, each once."""
        found: dict[int, IdentityRule] = {}
        for right in rights:
            rule = next(
                (r for r in self.papers.identity if right in r.rights and where in r.where and r.is_about(kind)),
                SOURCE_RULE,
            )
            found[id(rule)] = rule
        return tuple(found.values()) or (SOURCE_RULE,)

    def representative_rule(self, kind: RepresentativeKind) -> RepresentativeRule | None:
        """Return what an office, or this law, says of a kind of representative; None: what the table of proofs says."""
        return next((rule for rule in self.papers.representatives if rule.kind is kind), None)

    def subject_proves(self, kind: RepresentativeKind | None) -> bool:
        """Tell whether the subject's identity is proven apart where that kind acts (None: the subject alone).

        A subject who has died proves nothing, and an office may say that other proofs stand for it.
        """
        if kind is None:
            return True
        rule = self.representative_rule(kind)
        return kind.nature is not Nature.BEREAVED and (rule is None or rule.subject_identity)

    def proof_rows(self, kind: RepresentativeKind, type_: str) -> tuple[Proof, ...]:
        """Return the rows by which a proof is judged: those of the kind, else of any kind, else of some other one.

        Where the table does not say that it proves anything for that kind, only an office's own procedure may.
        """
        for key in ((kind, type_), (None, type_)):
            if key in self.proofs:
                return self.proofs[key]
        return tuple(row for row in self.papers.proofs if row.type == type_)

    def address_papers(self, on: date) -> tuple[Paper, ...]:
        """Return the papers to ask for on that day where nothing yet shows the address; it may name none."""
        rows = (self.paper(code, on) for code in self.papers.customs.address)
        return tuple(row for row in rows if row is not None)

    def majority_on(self, on: date) -> Majority:
        """Return the rule on coming of age for a request arriving on that day."""
        return next(row for row in self.papers.majority if in_force(on, row.first, row.last))

    def shown(self, ground: Ground) -> Ground:
        """Return the ground whose article and words stand in the letter: mostly the ground itself."""
        return self.grounds[ground.shown_as] if ground.shown_as else ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """One purpose of use in the register, stated by type."""

    category: Category
    code: str
    group: str
    article: str
    ja: str
    en: str
    first: date | None = None
    last: date | None = None

    def words(self, language: str, we: str) -> str:
        """Return the purpose in *language* (``ja`` or ``en``); *we* is how the office speaks of itself in Japanese."""
        return self.ja.replace("{we}", we) if language == "ja" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class JointUse:
    """What is used jointly with whom, as published (APPI 27(5)(iii))."""

    code: str
    article: str
    items: tuple[str, ...]
    ja: str
    en: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The register of purposes and of joint use."""

    purposes: tuple[Purpose, ...]
    joint_uses: tuple[JointUse, ...]


def _age(days: int | None, months: int | None) -> Age | None:
    if days is not None:
        return Age(days, Unit.DAYS)
    return None if months is None else Age(months, Unit.MONTHS)


def _by_key(pairs: Iterable[tuple[Key, Row]]) -> dict[Key, tuple[Row, ...]]:
    grouped: dict[Key, list[Row]] = {}
    for key, row in pairs:
        grouped.setdefault(key, []).append(row)
    return {key: tuple(rows) for key, rows in grouped.items()}
