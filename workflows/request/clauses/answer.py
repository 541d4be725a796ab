"""What stands before the answer, to whom and how it goes, and what becomes of one that comes back."""

from collections.abc import Iterator

from workflows.law.values import RepresentativeKind, Right
from workflows.letters import DeliveryWay, MailClass, MailExtra
from workflows.office.answer import ELECTRONIC, AnswerAddress, AnswerTo, Collecting, NotCollected, SentAgain
from workflows.office.execution import Manner
from workflows.request.clauses.spans import span
from workflows.request.clauses.values import Checks, Clauses, Noun, Sentence, Situation, Slip, Topic, only, says


def say(s: Situation) -> Clauses:
    """Yield what is done before a decision, what the answer is, and how it goes."""
    for sentence in (*_before(s), *_sent(s), *carried_out(s, s.office.execution.rights)):
        yield Topic.ANSWER, sentence


def checks(s: Situation) -> Checks:
    """Yield nothing: the answer asks for no paper."""
    yield from ()


def slip(s: Situation) -> Slip:
    """Yield nothing."""
    yield from ()


def electronic(s: Situation, *, sent: bool) -> Sentence:
    """Return how an electronic answer is given: as the form offers it, or as the answer itself says it (*sent*)."""
    ways = [way for way in s.office.answer.ways if way in ELECTRONIC]
    if ways:
        return says("said_answer.electronic_by", ways=[says(f"said_answer.answer_way.{way}") for way in ways])
    return says("said_answer.disc_enclosed" if sent else "said_answer.disc")


def _before(s: Situation) -> Iterator[Sentence]:
    for step in s.office.desks.steps:
        if not s.concerns(step.rights):
            continue
        code = "said_answer.step" if step.always else "said_answer.step_if_needed"
        about = only(s, step.rights)
        if step.who is not None:
            yield says(f"{code}_by", step=step.said, who=step.who, span=span(step.within), only=about)
        else:
            yield says(code, step=step.said, span=span(step.within), only=about)


def _sent(s: Situation) -> Iterator[Sentence]:
    answer = s.office.answer
    if answer.ways == (DeliveryWay.POST,):
        yield says("said_answer.sent")
    else:
        yield says("said_answer.told")
        yield says("said_answer.ways", ways=[says(f"said_answer.answer_way.{way}") for way in answer.ways])
    yield from _to(s)
    if DeliveryWay.POST in answer.ways:
        yield from _posted(s)
    if answer.collect is not None:
        yield from _collected(answer.collect)
    if answer.own_risk is not None:
        yield says("said.own", text=answer.own_risk)


def _to(s: Situation) -> Iterator[Sentence]:
    to = {rule.kind: rule.answer_to for rule in s.office.proof.representatives if rule.answer_to is not None}
    usual = s.office.answer.to
    if s.kind is not None:
        usual = AnswerTo(to.get(RepresentativeKind(s.kind), usual))
    elif s.published:
        for kind, whom in to.items():
            yield says(
                "said_answer.to_of_kind",
                kind=Noun(f"kind.{kind}"),
                whom=says(f"said_answer.answer_to.{whom}"),
            )
    if usual is not AnswerTo.AS_WRITTEN_TO:
        yield says("said_answer.to", whom=says(f"said_answer.answer_to.{usual}"))
    if s.office.answer.address is not AnswerAddress.ON_EVIDENCE:
        yield says(f"said_answer.address_{s.office.answer.address}")


def _posted(s: Situation) -> Iterator[Sentence]:
    answer = s.office.answer
    if answer.mail_class is not None or answer.extras:
        yield says("said_answer.class", post=_post(answer.mail_class or MailClass.SIMPLE_REGISTERED, answer.extras))
    for when, kind in answer.class_when.items():
        right, _, outcome = when.rpartition(":")
        if not right and when in list(Right):
            right, outcome = when, ""
        if right and Right(right) not in s.rights:
            continue
        yield says("said_answer.class_when", when=_when(right, outcome), post=_post(kind, ()))
    chosen = [Noun(f"mail_class.{kind}") for kind in answer.chosen]
    chosen += [Noun(f"mail_extra.{extra}") for extra in answer.chosen_extras]
    if chosen:
        code = "said_answer.chosen_if_paid" if answer.chosen_if_paid else "said_answer.chosen"
        yield says(code, posts=chosen)
    back = answer.comes_back
    if back.again is not SentAgain.WHEN_PROVEN:
        yield says(f"said_answer.again_{back.again}")
    if back.kept is not None:
        yield says("said_answer.kept", span=span(back.kept))


def _when(right: str, outcome: str) -> Sentence:
    """Return for which right, which outcome, or which outcome of which right."""
    code = "right_outcome" if right and outcome else "right" if right else "outcome"
    return says(f"said_answer.when_{code}", right=Noun(f"right.{right}"), outcome=Noun(f"outcome.{outcome}"))


def _post(kind: MailClass, extras: tuple[MailExtra, ...]) -> list[Noun]:
    return [Noun(f"mail_class.{kind}"), *(Noun(f"mail_extra.{extra}") for extra in extras)]


def _collected(collect: Collecting) -> Iterator[Sentence]:
    yield says("said_answer.collect", span=span(collect.within))
    yield says("said_answer.then_post" if collect.then is NotCollected.POST else "said_answer.then_kept")
    if collect.by_appointment:
        yield says("said_answer.by_appointment")


def carried_out(s: Situation, of: frozenset[Right]) -> Iterator[Sentence]:
    """Yield by when and how what was granted under these rights is carried out, where that comes after the decision."""
    execution = s.office.execution
    if execution.within is None or not s.concerns(of):
        return
    manners = [says(f"said_answer.manner.{manner}") for manner in (execution.manners or tuple(Manner))]
    rights = [Noun(f"right.{right}") for right in s.rights if right in of]
    if execution.apply_within is not None:
        yield says("said_answer.apply", span=span(execution.apply_within), manners=manners, rights=rights)
        yield says("said_answer.carried_out_after", span=span(execution.within))
    else:
        yield says("said_answer.carried_out", span=span(execution.within), manners=manners, rights=rights)
