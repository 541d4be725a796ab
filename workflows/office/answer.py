"""How the answer goes out: to whom, by which way and class of post, and what becomes of one that comes back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from workflows.engine.values import Reason
from workflows.law import Regime
from workflows.law.values import OutcomeName, Right
from workflows.letters import DeliveryWay, MailClass, MailExtra
from workflows.office.said import Said
from workflows.office.spans import Span, days, span
from workflows.office.table import Fault, Table

if TYPE_CHECKING:
    from workflows.office.procedure import OfficeProcedure

KEYS: dict[str, str] = {
    "answer.to": "whom the answer is addressed to: `as_written_to` (whom the office writes to, the default), "
    "`subject`, `representative`; a kind of representative may have its own (`representative.answer_to`)",
    "answer.address": "`on_evidence` (the default: an address the papers show, or that a verifier knows), `on_record` "
    "(only one a verifier finds on record), or `as_stated`: the one on the form, only by a class of post that is "
    "signed for",
    "answer.class": "class of post; by default simple registered",
    "answer.class_when": 'another class by what was decided: `{ refused = "ordinary", "disclosure:granted" = '
    '"delivery_certificate" }`; the right with its outcome counts before the right, the right before the outcome',
    "answer.extras": "`express`, `no_forwarding`",
    "answer.ways": "how an answer may reach its person, the usual way first: `post` (the default), `collected`, "
    "`viewed`, `oral`, `email`, `portal`",
    "answer.chosen": "classes of post the person may choose instead",
    "answer.chosen_extras": "what the person may ask for beside the class",
    "answer.chosen_if_paid": "the choice counts only where its postage was paid; a price of its own stands in "
    "fee_extra, and then the recorded payment decides",
    "answer.own_risk_ja, answer.own_risk_en": "why the office answers by e-mail or a portal all the same",
    "answer.collect": "collection at the office: `within` (from the day the person was told), `then` (`post`, `kept`), "
    "`by_appointment`",
    "answer.comes_back": "an answer the post brings back: `again` (`when_proven`, the default; `when_asked`; `never`), "
    "`kept` (for how long it waits)",
}
"""What each key of this part means, for docs/procedure-file.md."""


class AnswerTo(StrEnum):
    """Whom the answer is addressed to."""

    AS_WRITTEN_TO = "as_written_to"
    SUBJECT = "subject"
    REPRESENTATIVE = "representative"


class AnswerAddress(StrEnum):
    """Which address will do: one the papers show or a verifier knows, the latter alone, or the one on the form."""

    ON_EVIDENCE = "on_evidence"
    ON_RECORD = "on_record"
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
    instead, ``chosen_if_paid`` only against the postage. ``ways`` are how an answer may reach them, the usual first;
    ``own_risk`` says why the office sends answers by e-mail or a portal all the same.
    """

    to: AnswerTo = AnswerTo.AS_WRITTEN_TO
    address: AnswerAddress = AnswerAddress.ON_EVIDENCE
    ways: tuple[DeliveryWay, ...] = (DeliveryWay.POST,)
    mail_class: MailClass | None = None
    class_when: Mapping[str, MailClass] = field(default_factory=dict)
    extras: tuple[MailExtra, ...] = ()
    chosen: tuple[MailClass, ...] = ()
    chosen_extras: tuple[MailExtra, ...] = ()
    chosen_if_paid: bool = False
    collect: Collecting | None = None
    comes_back: ComesBack = ComesBack()
    own_risk: Said | None = None


def read(top: Table) -> Answering:
    """Return what the file says of the answer."""
    return top.inner("answer", _answer) or Answering()


def _answer(table: Table) -> Answering:
    return Answering(
        to=table.word("to", AnswerTo, AnswerTo.AS_WRITTEN_TO) or AnswerTo.AS_WRITTEN_TO,
        address=table.word("address", AnswerAddress, AnswerAddress.ON_EVIDENCE) or AnswerAddress.ON_EVIDENCE,
        ways=table.members("ways", DeliveryWay, (DeliveryWay.POST,)),
        mail_class=table.word("class", MailClass) if "class" in table else None,
        class_when=_class_when(table),
        extras=table.members("extras", MailExtra, ()),
        chosen=table.members("chosen", MailClass, ()),
        chosen_extras=table.members("chosen_extras", MailExtra, ()),
        chosen_if_paid=table.flag("chosen_if_paid"),
        collect=table.inner("collect", _collect),
        comes_back=table.inner("comes_back", _comes_back) or ComesBack(),
        own_risk=table.bilingual("own_risk", required=False),
    )


def _class_when(table: Table) -> dict[str, MailClass]:
    found = {}
    inner = table.table("class_when")
    if inner is None:
        return {}
    for key in _KNOWN:
        if key in inner and (kind := inner.word(key, MailClass)) is not None:
            found[key] = kind
    inner.finish()
    return found


_KNOWN = (
    *(f"{right}:{outcome}" for right in Right for outcome in OutcomeName),
    *(str(right) for right in Right),
    *(str(outcome) for outcome in OutcomeName),
)
"""What a class of post may depend on; what stands first counts first."""


def _collect(table: Table) -> Collecting:
    return Collecting(
        within=span(table, "within", required=True) or days(1),
        then=table.word("then", NotCollected) or NotCollected.KEPT,
        by_appointment=table.flag("by_appointment"),
    )


def _comes_back(table: Table) -> ComesBack:
    again = table.word("again", SentAgain, SentAgain.WHEN_PROVEN) or SentAgain.WHEN_PROVEN
    return ComesBack(again=again, kept=span(table, "kept"))


AT_THE_OFFICE = frozenset({DeliveryWay.COLLECTED, DeliveryWay.VIEWED})
IN_PERSON = frozenset({*AT_THE_OFFICE, DeliveryWay.ORAL})
"""Ways on which somebody stands at the counter, and is looked at once more."""
ELECTRONIC = frozenset({DeliveryWay.EMAIL, DeliveryWay.PORTAL})


def forbidden(whole: "OfficeProcedure", regime: Regime) -> Iterator[Fault]:
    """Yield what the law and good sense forbid of it."""
    said = whole.answer
    if not said.ways:
        yield Fault("answer", Reason("office_answer.no_way"))
    waits = sorted(AT_THE_OFFICE & set(said.ways))
    if waits and said.collect is None:
        yield Fault("answer", Reason("office_answer.waits", {"way": waits[0]}))
    if said.collect is not None and said.collect.then is NotCollected.POST and DeliveryWay.POST not in said.ways:
        yield Fault("answer, collect", Reason("office_answer.no_post"))
    open_ways = sorted(ELECTRONIC & set(said.ways))
    if open_ways and said.own_risk is None:
        yield Fault("answer", Reason("office_answer.own_risk", {"way": open_ways[0], "article": regime.security}))
    if said.address is AnswerAddress.AS_STATED:
        usual = said.mail_class or MailClass.SIMPLE_REGISTERED
        for kind in dict.fromkeys((usual, *said.class_when.values(), *said.chosen)):
            if not kind.signed_for:
                yield Fault("answer", Reason("office_answer.unsigned", {"class": f"mail_class.{kind}"}))
    if said.chosen_if_paid and not (said.chosen or said.chosen_extras):
        yield Fault("answer", Reason("office_answer.nothing_chosen"))
