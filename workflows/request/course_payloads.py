"""What an order carries for the steps that an office's own procedure asks for; the others stand in payloads.py."""

from dataclasses import dataclass
from datetime import date

from workflows.letters import DeliveryWay, MailClass, MailExtra
from workflows.office.afterwards import PaperKind, PapersEnd
from workflows.office.execution import Manner
from workflows.request.course import StepResult
from workflows.request.values import ToldHow


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """A step before the decision begins: the committee gets the papers, the institution is asked (default: today)."""

    step: str
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishStep:
    """What came of a step before the decision (default: today)."""

    step: str
    result: StepResult
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoStep:
    """Why the last record of a step is taken back: that it is done, or else that it was opened."""

    step: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveWindow:
    """Which window the request came in by, or is moved to."""

    window: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """The person was told that the request is here (default: today)."""

    how: ToldHow
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseDelivery:
    """How the person wants the answer; what is left out stays as the office does it. ``paid``: its postage was paid."""

    way: DeliveryWay | None = None
    mail_class: MailClass | None = None
    extras: tuple[MailExtra, ...] = ()
    paid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TellReady:
    """The person was told that the answer lies ready (default: today)."""

    how: ToldHow
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """The answer reached its person without the post (default: today).

    ``paper`` is the type of the paper on whose sight whoever hands it over knew them again; ``receipt``: they signed.
    """

    way: DeliveryWay
    paper: str | None = None
    receipt: bool = False
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAgain:
    """Whether the person asked for it to be sent once more, where the office waits for that."""

    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyExecution:
    """In which manner the person wants to have what was granted (default: today).

    ``excused``: they could not say so in time, for a reason the law lets pass.
    """

    manner: Manner
    on: date | None = None
    excused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOut:
    """What was granted was carried out (default: today): by which class of post, or on which paper's sight."""

    manner: Manner
    mail_class: MailClass | None = None
    paper: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPapers:
    """What became of a kind of papers (default: today); whoever orders it signs for it."""

    what: PaperKind
    end: PapersEnd
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPapers:
    """Why the end of a kind of papers is taken back: it was recorded wrongly."""

    what: PaperKind
    why: str
