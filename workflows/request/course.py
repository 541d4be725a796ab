"""What was done in a case beside its way through the states, because the office's own procedure asks for it.

Steps before a decision, how the answer reaches its person, what is carried out after it, the papers afterwards. It is
kept in the document of facts where there is any of it, and holds nothing personal: codes, days, names of staff.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from workflows.letters import DeliveryWay, MailClass
from workflows.office.afterwards import PaperKind, PapersEnd
from workflows.office.execution import Manner
from workflows.request.values import Chosen, ToldHow


class StepResult(StrEnum):
    """What came of a step before a decision. It binds nobody: the decision is made by those who make it."""

    AGREED = "agreed"
    OBJECTED = "objected"
    ANSWERED = "answered"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """One step before a decision: opened by row ``seq`` of the history, and done by row ``done_seq`` or not."""

    code: str
    seq: int
    opened_on: date
    opened_by: str
    done_on: date | None = None
    done_by: str | None = None
    done_seq: int | None = None
    result: StepResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The person was told that this letter lies ready; row ``seq`` of the history says so."""

    letter: str
    on: date
    how: ToldHow
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """A letter that reached its person without the post: by whom, on which paper's sight, signed for or not."""

    letter: str
    way: DeliveryWay
    on: date
    by: str
    paper: str | None = None
    receipt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """In which manner the person wants to have what was granted, since when; row ``seq`` of the history says so."""

    manner: Manner
    on: date
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOut:
    """What was granted was carried out: by whom, how, and on which paper's sight where it was at the counter."""

    on: date
    by: str
    manner: Manner
    seq: int
    mail_class: MailClass | None = None
    paper: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersEnded:
    """What became of one kind of papers; ``by`` signed for it. ``letter`` is the one in whose envelope they left."""

    kind: PaperKind
    end: PapersEnd
    on: date
    by: str
    seq: int
    letter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chased:
    """A time of the office's own ran out and somebody was told; row ``seq`` of the history says so.

    ``what`` is whose time (``step:doctor``), ``entry`` which run of it.
    """

    what: str
    entry: int
    seq: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """All of it. ``not_collected``: the letter nobody came for; ``chased``: the times of the office's that ran out."""

    steps: tuple[StepTaken, ...] = ()
    chosen: Chosen | None = None
    ready: Ready | None = None
    not_collected: str | None = None
    handed: tuple[HandedOver, ...] = ()
    applied: Applied | None = None
    carried_out: CarriedOut | None = None
    papers: tuple[PapersEnded, ...] = ()
    chased: tuple[Chased, ...] = ()
    window: str | None = None
    acknowledged_on: date | None = None

    def step(self, code: str) -> StepTaken | None:
        """Return how a step stands; None where nobody opened it."""
        return next((step for step in self.steps if step.code == code), None)

    def with_step(self, taken: StepTaken) -> "Course":
        """Return the course with a step as it stands now."""
        return replace(self, steps=(*(step for step in self.steps if step.code != taken.code), taken))

    def without_step(self, code: str) -> "Course":
        """Return the course as if nobody had opened that step."""
        return replace(self, steps=tuple(step for step in self.steps if step.code != code))

    def handing(self, letter: str) -> HandedOver | None:
        """Return how a letter was handed over; None where it was not."""
        return next((each for each in self.handed if each.letter == letter), None)

    def without_leaving(self, letter: str) -> "Course":
        """Return the course as if that letter had not left the house, nor what lay in its envelope."""
        return replace(
            self,
            handed=tuple(each for each in self.handed if each.letter != letter),
            papers=tuple(each for each in self.papers if each.letter != letter),
        )

    def ended(self, kind: PaperKind) -> PapersEnded | None:
        """Return what became of one kind of papers; None where nothing is recorded."""
        return next((each for each in self.papers if each.kind is kind), None)

    def with_papers(self, ended: Iterable[PapersEnded]) -> "Course":
        """Return the course with these papers at their end."""
        new = tuple(ended)
        kinds = {each.kind for each in new}
        return replace(self, papers=(*(each for each in self.papers if each.kind not in kinds), *new))

    def without_papers(self, kind: PaperKind) -> "Course":
        """Return the course with these papers still here."""
        return replace(self, papers=tuple(each for each in self.papers if each.kind is not kind))

    def chase(self, what: str, entry: int) -> Chased | None:
        """Return when somebody was last told that this time ran out; None: nobody was."""
        return next((each for each in self.chased if (each.what, each.entry) == (what, entry)), None)

    def with_chased(self, told: Iterable[Chased]) -> "Course":
        """Return the course with what somebody was told now."""
        new = {each.what: each for each in told}
        return replace(self, chased=(*(each for each in self.chased if each.what not in new), *new.values()))


BLANK = Course()
"""Of a case in which nothing of it was done."""
