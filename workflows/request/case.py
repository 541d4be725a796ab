"""What a rule sees of a case, and what a transition writes: two plain values between the rules and the database.

A `Case` carries no personal data beyond what a rule needs (a minor's birth date); names and addresses stay sealed. A
`Change` names only what changes; services.engine.transaction writes it, together with the history row, or not at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar

from workflows.engine import case as engine
from workflows.engine.case import At
from workflows.engine.numbers import letter_number
from workflows.engine.values import Reason
from workflows.law import Regime
from workflows.law.values import RepresentativeKind, Right, RightOutcome
from workflows.letters import Letter, LetterFate, LetterOrder, LetterState
from workflows.office import SOURCE, OfficeProcedure
from workflows.office.money import BEFORE
from workflows.office.start import Way
from workflows.request.account import EMPTY, Account
from workflows.request.course import BLANK, Course
from workflows.request.promises import told_by
from workflows.request.searches import Searched
from workflows.request.values import (
    Authority,
    Before,
    CodeState,
    Correction,
    Document,
    FormName,
    Halt,
    LetterKind,
    Override,
    Party,
    Stated,
    Stopped,
    Vouched,
)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A pattern that holds a case for the lead (F6), and the cases it shares it with."""

    code: str
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InHouse:
    """What lies in the house of a case and nobody has registered yet.

    ``pages`` are scanned pages of the case, ``tray`` pages in the tray that bear its code, ``orders`` those that wait
    or were set aside. ``unsorted`` are the days on which pages came in that lie in the tray and might be anybody's.
    """

    pages: int = 0
    tray: int = 0
    orders: int = 0
    unsorted: tuple[date, ...] = ()

    @property
    def theirs(self) -> bool:
        """Whether something of this very case lies there."""
        return bool(self.pages or self.tray or self.orders)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(engine.Case):
    """One case as the rules see it.

    ``claims`` are the corrections asked for, opened only for the decision on them; ``corrections`` counts them always.
    ``stated`` is what the people state of themselves now, ``proposed`` what they would state once an amendment is
    written. ``said_by`` names who wrote what no paper shows: the address, the birth date. ``asked`` are the rights
    whose boxes were ticked on forms that came back, and whether such a form was signed. ``mailed_to`` is the address
    to which the round's forms went, ``came_from`` the one from which a good code first came back.
    ``address_on_record`` is a hint to whoever verifies and counts for nothing. ``unchanged``: an amendment says only
    what stands already. ``house`` is looked at for the clock's steps, and for those that take a posting back.
    ``scanned_on`` is the day since which pages of forms lie scanned that nobody has registered; ``lay_since`` is the
    moment since which they would, were the last arrival not registered: looked at for steps that take it back.

    ``mailed`` keeps of each mailing the address it went to; ``before`` what the last arrival added to. ``legal_entry``
    tells the runs of the law's clock apart: it is the step that put the first arrival's day right. ``corrects`` is the
    notification that a correcting one takes the place of; those up to the ``taken_back``-th letter answer no more.
    ``said_before`` is what that one said, for whoever takes the correction back. ``supplements`` are the mailings that
    bring a form after the round's own. ``proven_on`` is the day by which what came proved who they are, ``stops`` are
    former days on which the law's time may have stood still, ``extended_for`` the reasons for which it was extended,
    ``answer_by`` the day an extension named where the law sets none. ``unsealed`` are forms without a wanted seal.
    ``law_pin`` is the digest of the law when the case began, empty where nobody kept it. ``registered``: the number of
    a representative in a register is known.
    ``office`` is the office's own procedure that the case began under, ``course`` what was done because of it,
    ``account`` what was paid, ``began`` the way it began by. ``further`` are the further papers that came,
    ``circumstances`` those that are asked for because of what somebody saw. ``emails`` says whose e-mail address is
    known, where forms may go there.
    """

    regime: Regime
    office: OfficeProcedure = SOURCE
    course: Course = BLANK
    began: Way = Way.CONTACT
    further: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    emails: frozenset[Party] = frozenset()
    rights: Mapping[Right, RightOutcome | None]
    mail_to: Party = Party.SUBJECT
    representative: RepresentativeKind | None = None
    birth_date: date | None = None
    address_on_record: bool = False
    addresses: frozenset[Party] = frozenset()
    stated: Mapping[Party, Stated] = field(default_factory=dict)
    proposed: Mapping[Party, Stated] | None = None
    unchanged: bool = False
    said_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    vouched: tuple[Vouched, ...] = ()
    asked: Mapping[Right, bool] = field(default_factory=dict)
    mailed_to: str | None = None
    came_from: str | None = None
    rounds: int = 0
    posted_on: date | None = None
    first_arrived_on: date | None = None
    arrived_on: date | None = None
    forms: Mapping[FormName, bool] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
    authorities: tuple[Authority, ...] = ()
    corrections: int = 0
    claims: tuple[Correction, ...] = ()
    halt: Halt | None = None
    method: str | None = None
    verified_by: str | None = None
    decided_by: str | None = None
    extended: bool = False
    letters: tuple[Letter, ...] = ()
    # Letters up to this ordinal may stand on paper although nobody knows them any more: a backup was restored.
    letters_from: int = 0
    overrides: tuple[Override, ...] = ()
    code_state: CodeState = CodeState.MISSING
    suspicions: tuple[Suspicion, ...] = ()
    linked: tuple[str, ...] = ()
    house: InHouse = InHouse()
    scanned_on: date | None = None
    lay_since: datetime | None = None
    mailed: Mapping[str, str | None] = field(default_factory=dict)
    before: Before | None = None
    legal_entry: int = 0
    corrects: str | None = None
    taken_back: int = 0
    said_before: Mapping[Right, RightOutcome] = field(default_factory=dict)
    sole: bool = False
    supplements: tuple[str, ...] = ()
    searches: tuple[Searched, ...] = ()
    account: Account = EMPTY
    proven_on: date | None = None
    stops: tuple[Stopped, ...] = ()
    extended_for: tuple[str, ...] = ()
    answer_by: date | None = None
    unsealed: tuple[FormName, ...] = ()
    law_pin: str = ""
    registered: bool = False

    @property
    def fee_due(self) -> bool:
        """Whether the office takes a fee for what is asked, before it decides."""
        lawful = {right for right in self.rights if right in self.regime.rights and self.regime.rights[right].fee}
        rows = self.office.fees.rows_on(self.first_arrived_on or self.opened_on)
        return any(row.costs and row.due in BEFORE and row.rights & lawful for row in rows)

    @property
    def paid_on(self) -> date | None:
        """The day since which nothing of it is lacking."""
        return self.account.settled_on

    @property
    def next_ordinal(self) -> int:
        """Which of its letters the next one is; a number that paper may bear is not given again."""
        return max(self.letters_from, *(letter.ordinal for letter in self.letters), 0) + 1

    @property
    def addressed(self) -> bool:
        """Whether there is a postal address to write to."""
        return self.mail_to in self.addresses

    @property
    def round_letter(self) -> Letter | None:
        """The mailing that asks for forms in the present round, unless it is void."""
        for letter in reversed(self.letters):
            if letter.number in self.supplements or letter.kind not in MAILINGS:
                continue
            if letter.round == self.rounds and letter.state != LetterState.VOID:
                return letter
        return None

    @property
    def answered(self) -> bool:
        """Whether the answer in force was posted, handed over or told to lie ready; one that came back was posted."""
        ready = self.course.ready
        return any(
            letter.kind == LetterKind.DISCLOSURE_NOTIFICATION
            and (letter.posted_on is not None or (ready is not None and ready.letter == letter.number))
            and letter.ordinal > self.taken_back
            for letter in self.letters
        )

    def letter(self, number: str) -> Letter | None:
        """Return the newest copy of the letter with that number."""
        return next((letter for letter in reversed(self.letters) if letter.number == number), None)


Paper = TypeVar("Paper", Document, Authority)

MAILINGS = frozenset({LetterKind.REQUEST_FORMS, LetterKind.DEFICIENCY_NOTICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLetter(LetterOrder):
    """A letter of a request. ``round`` is set for a mailing that asks for forms: it gets a new code.

    ``told`` is the day it names, where the rules of answering to mailings do not say it.
    """

    missing: tuple[Reason, ...] = ()
    forms: tuple[FormName, ...] = ()
    told: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(engine.Change):
    """What a transition writes. None or empty: stays as it is.

    ``revive`` is the letter whose form code lives again, ``undoes_evidence`` the step whose papers count no more.
    ``facts`` are plain columns of the case; ``subject`` and ``agent`` (the representative) are the keys of a person
    that are given, sealed when written; ``told`` is said to the person who ordered it although it was done;
    ``details`` are codes and numbers for the history row.
    """

    facts: Mapping[str, object] = field(default_factory=dict)
    subject: Mapping[str, object] | None = None
    agent: Mapping[str, object] | None = None
    documents: tuple[Document, ...] = ()
    authorities: tuple[Authority, ...] = ()
    corrections: tuple[Correction, ...] = ()
    note: str | None = None
    rights: Mapping[Right, RightOutcome | None] | None = None
    forms: Mapping[FormName, bool] | None = None
    overrides: tuple[Override, ...] | None = None
    letters: tuple[OrderLetter, ...] = ()
    fates: tuple[LetterFate, ...] = ()
    void_codes: bool = False
    use_code: bool = False
    revive: str | None = None
    undoes_evidence: int | None = None


def after(case: Case, target: str, change: Change, at: At) -> Case:
    """Return the case as it stands once the change is written: what the database will say next time. Pure."""
    facts = {name: value for name, value in change.facts.items() if name in _FACTS}
    return engine.after(
        case,
        target,
        change,
        at,
        rights=case.rights if change.rights is None else change.rights,
        forms=case.forms if change.forms is None else change.forms,
        documents=(*_still(case.documents, case, change), *change.documents),
        authorities=(*_still(case.authorities, case, change), *change.authorities),
        corrections=_corrections(case, change),
        overrides=case.overrides if change.overrides is None else change.overrides,
        letters=tuple(_after_letters(case, change, at)),
        **facts,
    )


def _still(papers: tuple[Paper, ...], case: Case, change: Change) -> tuple[Paper, ...]:
    """Return the papers that still count: those of the last arrival do not where its registration is taken back."""
    if change.undoes_evidence is None:
        return papers
    return tuple(paper for paper in papers if paper.arrived_on != case.arrived_on)


_FACTS = {
    "mail_to", "representative", "birth_date", "address_on_record", "addresses", "rounds", "posted_on",
    "first_arrived_on", "arrived_on", "halt", "method", "verified_by", "decided_by", "extended", "linked", "opened_on",
    "stated", "said_by", "vouched", "asked", "mailed_to", "came_from", "scanned_on", "mailed", "before", "legal_entry",
    "corrects", "taken_back", "supplements", "proven_on", "stops", "extended_for", "answer_by",
    "began", "further", "circumstances", "emails", "account", "course", "unsealed", "registered",
}  # fmt: skip


def _corrections(case: Case, change: Change) -> int:
    """Return how many corrections are asked for: an arrival adds to them, one that is put right counts them anew."""
    counted = change.facts.get("corrections")
    return case.corrections + len(change.corrections) if counted is None else int(str(counted))


def _after_letters(case: Case, change: Change, at: At) -> list[Letter]:
    letters, number = case.letters, case.number
    fates = {fate.number: fate for fate in change.fates}
    known = []
    newest = {letter.number: letter.copy for letter in letters}
    for letter in letters:
        fate = fates.get(letter.number)
        known.append(letter if fate is None or letter.copy != newest[letter.number] else fate.of(letter))
    ordinal = case.next_ordinal
    for order in change.letters:
        if order.copy_of is not None:
            first = next(letter for letter in reversed(known) if letter.number == order.copy_of)
            known.append(replace(first, copy=first.copy + 1, state=LetterState.ORDERED, printed_on=None,
                                 posted_on=None, returned_on=None, made_on=None))  # fmt: skip
        else:
            told = order.told or told_by(order.kind, order.round, case, at.calendar, at.today)
            ordered = Letter(letter_number(number, ordinal), ordinal, order.kind, LetterState.ORDERED, order.round)
            known.append(replace(ordered, told=told, ordered_on=at.today))
            ordinal += 1
    return known
