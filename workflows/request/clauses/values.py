"""The values of a clause: who asks for what under which procedure, and the sentences that follow, not yet worded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from workflows.law import Regime
from workflows.law.proving import Where
from workflows.law.values import Right
from workflows.office import SOURCE, OfficeProcedure
from workflows.office.afterwards import PaperKind


class Topic(StrEnum):
    """What a sentence is about, in the order in which a person needs to know."""

    BEGIN = "begin"
    """How to ask; only what is published says it, a letter comes after it."""
    FORMS = "forms"
    IDENTITY = "identity"
    REPRESENTATIVE = "representative"
    FURTHER = "further"
    """Further papers: consent, proof of a fact."""
    FEE = "fee"
    """What is to be paid, and how, before the answer."""
    MASKING = "masking"
    SENDING = "sending"
    ANSWER = "answer"
    COSTS = "costs"
    """That nothing is to be paid, and what else costs: postage."""
    TIMES = "times"
    AFTERWARDS = "afterwards"
    """What becomes of the papers."""
    COMPLAINT = "complaint"


class Group(StrEnum):
    """What of the checklist a line belongs to."""

    FORMS = "forms"
    IDENTITY = "identity"
    REPRESENTATIVE = "representative"
    FURTHER = "further"
    FEE = "fee"
    LAST = "last"


class Noun(str):
    """A code for which a noun stands in the sentence."""

    __slots__ = ()


class Both(Noun):
    """A noun that an English sentence shows in Japanese too: so it stands on the thing, or so a counter knows it."""

    __slots__ = ()


class Either(tuple["Sentence", ...]):
    """Alternatives: the sentence joins them by "or"."""

    __slots__ = ()


class Or(tuple["Noun | Sentence", ...]):
    """Things of which one will do, within one alternative."""

    __slots__ = ()


class Together(tuple["Sentence", ...]):
    """What belongs together: the sentence joins it by "and"."""

    __slots__ = ()


class Running(tuple["Sentence", ...]):
    """Whole sentences, one after the other."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence by its code.

    Of its parameters texts and numbers stand as they are; a `Noun` is worded, a day is written as letters write it, a
    `Said` is taken in the reader's language, and several of them are joined as the language joins them. ``strong`` ones
    stand out, and one that ``starts`` begins a paragraph.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    strong: bool = False
    starts: bool = False


Clauses = Iterator[tuple[Topic, Sentence]]
Checks = Iterator[tuple[Group, Sentence]]
Slip = Iterator[Sentence]


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Who reads it: what is asked for, by whom, on which forms, from which day on.

    ``kind`` is the kind of representative, None: the subject asks, or whoever reads what is ``published``. ``reply_by``
    is the day by which to reply, None where none was set. ``returned`` are the papers that lie in the envelope of this
    answer, ``later`` the rights carried out after it.
    """

    regime: Regime
    on: date
    office: OfficeProcedure = SOURCE
    rights: tuple[Right, ...] = tuple(Right)
    kind: str | None = None
    forms: tuple[str, ...] = ()
    reply_by: date | None = None
    round: int = 1
    where: Where = Where.POST
    published: bool = False
    returned: tuple[PaperKind, ...] = ()
    later: tuple[Right, ...] = ()

    @property
    def represented(self) -> bool:
        """Whether somebody asks for somebody else, or might."""
        return self.kind is not None or self.published

    def concerns(self, rights: frozenset[Right]) -> bool:
        """Whether something is asked for to which a rule for these rights applies; no rights named: to all."""
        return not rights or any(right in rights for right in self.rights)


def only(s: Situation, rights: frozenset[Right]) -> Sentence | str:
    """Return for which of the rights asked for something holds, in brackets; an empty text where it is for all."""
    held = [right for right in s.rights if right in rights]
    if not rights or len(held) == len(s.rights):
        return ""
    return says("said.only_for", rights=[Noun(f"right.{right}") for right in held])


def starting(sentence: Sentence) -> Sentence:
    """Return the sentence as the first of a paragraph."""
    return replace(sentence, starts=True)


def says(code: str, /, *, strong: bool = False, **params: object) -> Sentence:
    """Return the sentence of a code; *strong* stands out."""
    return Sentence(code, params, strong)
