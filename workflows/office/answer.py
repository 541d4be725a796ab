"""How the answer goes out: to whom, by which way and class of post, and what becomes of one that comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workflows.letters import MailClass, MailExtra, Way
from workflows.office.said import Said
from workflows.office.spans import Span


class AnswerTo(StrEnum):
    """Whom the answer is addressed to."""

    AS_WRITTEN_TO = "as_written_to"
    SUBJECT = "subject"
    REPRESENTATIVE = "representative"


class AnswerAddress(StrEnum):
    """Which address will do: one the papers show (or a verifier knows), or the one stated on the form."""

    ON_EVIDENCE = "on_evidence"
    AS_STATED = "as_stated"


class NotCollected(StrEnum):
    """What becomes of an answer nobody collects in time."""

    POST = "post"
    KEPT = "kept"


class SentAgain(StrEnum):
    """When an answer that came back goes out once more."""

    WHEN_PROVEN = "when_proven"
    WHEN_ASKED = "when_asked"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collecting:
    """The answer is collected: within which time of the day the person was told it lies ready, and what then."""

    within: Span
    then: NotCollected
    by_appointment: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ComesBack:
    """What becomes of an answer the post brings back; ``kept`` None: as long as the case's data."""

    again: SentAgain = SentAgain.WHEN_PROVEN
    kept: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """All that is said of the answer; nothing: posted by registered post to the address the evidence shows.

    ``mail_class`` None: as the source is read (simple registered). ``class_when`` are other classes by what was
    decided: keys are a right, an outcome, or ``right:outcome``. ``chosen`` are the classes the person may choose
    instead, ``chosen_if_paid`` only against the postage. ``ways`` are how an answer may reach them, the usual one first;
    ``own_risk`` says why the office sends answers by e-mail or a portal all the same.
    """

    to: AnswerTo = AnswerTo.AS_WRITTEN_TO
    address: AnswerAddress = AnswerAddress.ON_EVIDENCE
    ways: tuple[Way, ...] = (Way.POST,)
    mail_class: MailClass | None = None
    class_when: Mapping[str, MailClass] = field(default_factory=dict)
    extras: tuple[MailExtra, ...] = ()
    chosen: tuple[MailClass, ...] = ()
    chosen_extras: tuple[MailExtra, ...] = ()
    chosen_if_paid: bool = False
    collect: Collecting | None = None
    comes_back: ComesBack = ComesBack()
    own_risk: Said | None = None
