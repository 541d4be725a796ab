"""What an office's own procedure asks for in a case: steps before a decision, how the answer goes, what follows it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.people import a_licence
from tests.workflows.test_request import EVERYBODY, GRANTED, MONDAY, TOKYO, at, opened
from workflows.engine.machine import Decision, Refused
from workflows.engine.values import Actor, Role
from workflows.law import regime
from workflows.law.proving import RepresentativeRule
from workflows.law.values import OutcomeName, RepresentativeKind, Right, RightOutcome
from workflows.letters import DeliveryWay, Letter, LetterState, MailClass, MailExtra, RecordPosting, UndoPosting
from workflows.office import SOURCE, OfficeProcedure
from workflows.office.afterwards import Ending, PaperKind, PapersAfter, PapersEnd
from workflows.office.answer import AnswerAddress, Answering, AnswerTo, Collecting, ComesBack, NotCollected, SentAgain
from workflows.office.execution import Executing, Manner
from workflows.office.proof import ProofRules
from workflows.office.said import Said
from workflows.office.spans import days
from workflows.office.steps import Desks, StepBefore, Window
from workflows.request import course_clocks, delivery, execution, guards
from workflows.request.case import Case, Change, after
from workflows.request.course import StepResult
from workflows.request.course_payloads import (
    ApplyExecution,
    CarryOut,
    ChooseDelivery,
    EndPapers,
    FinishStep,
    HandOver,
    MoveWindow,
    OpenStep,
    PostAgain,
    TellReady,
    UndoPapers,
    UndoStep,
)
from workflows.request.jobs import next_job
from workflows.request.payloads import Fulfil, TakeBack
from workflows.request.procedure import request
from workflows.request.values import LetterKind, Party, ToldHow

NUMBER = "26-000017-Y-02"
TODAY = MONDAY.date()
LATER = datetime(2026, 11, 20, 10, 0, tzinfo=TOKYO)
YES = RightOutcome(outcome=OutcomeName.GRANTED, enclosures=1)
NO = RightOutcome(outcome=OutcomeName.REFUSED, ground="harm", explanation="harm")
COMMITTEE = StepBefore(code="committee", said=Said(ja="委員会", en="committee"), within=days(14))


def an_office(**parts: Any) -> OfficeProcedure:
    return replace(SOURCE, first=date(2026, 4, 1), **parts)


def done(case: Case, name: str, payload: Any, *, by: Actor = EVERYBODY, now: datetime = LATER) -> Case:
    """Return the case after a step that the rules allow."""
    decision = request.decide(case, name, payload, at(by, now))
    assert isinstance(decision, Decision), decision
    return after(case, decision.target, decision.change, at(by, now))


def refused(case: Case, name: str, payload: Any, *, now: datetime = LATER) -> list[str]:
    """Return why a step is not possible, in codes."""
    decision = request.decide(case, name, payload, at(EVERYBODY, now))
    assert isinstance(decision, Refused), decision
    return [reason.code for reason in decision.reasons]


def verified(office: OfficeProcedure) -> Case:
    return replace(
        opened(), office=office, state="id_verified", verified_by="tanaka", first_arrived_on=TODAY, arrived_on=TODAY
    )


def answered(office: OfficeProcedure, state: LetterState = LetterState.PRINTED, **facts: Any) -> Case:
    """Return a case whose answer is released and lies here, or further on its way."""
    posted = TODAY + timedelta(days=2) if state in (LetterState.POSTED, LetterState.RETURNED) else None
    letter = Letter(
        NUMBER,
        2,
        LetterKind.DISCLOSURE_NOTIFICATION,
        state,
        made_on=TODAY,
        printed_on=TODAY,
        posted_on=posted,
        returned_on=date(2026, 11, 16) if state is LetterState.RETURNED else None,
    )
    rights = {Right.DISCLOSURE: YES}
    return replace(
        verified(office),
        **{"state": "fulfilled", "rights": rights, "letters": (letter,), **facts},
    )


# -- steps before a decision ------------------------------------------------------------------------------------------


def test_nothing_is_decided_before_a_step_that_stands_before_it_is_done_and_why_names_it() -> None:
    case = verified(an_office(desks=Desks(steps=(COMMITTEE,))))

    assert refused(case, "decide", GRANTED) == ["step_not_opened"]
    case = done(case, "open_step", OpenStep(step="committee"))
    assert refused(case, "decide", GRANTED) == ["step_open"]
    case = done(case, "finish_step", FinishStep(step="committee", result=StepResult.OBJECTED))
    assert done(case, "decide", GRANTED).decided_by == EVERYBODY.name


def test_a_step_that_concerns_other_rights_or_only_hard_cases_holds_nothing_up_until_it_is_opened() -> None:
    for step in (replace(COMMITTEE, rights=frozenset({Right.CORRECTION})), replace(COMMITTEE, always=False)):
        case = verified(an_office(desks=Desks(steps=(step,))))
        assert done(case, "decide", GRANTED).decided_by == EVERYBODY.name

        case = done(case, "open_step", OpenStep(step="committee"))
        assert refused(case, "decide", GRANTED) == ["step_open"]


def test_a_step_opened_after_the_decision_holds_back_its_release() -> None:
    case = done(verified(an_office(desks=Desks(steps=(replace(COMMITTEE, always=False),)))), "decide", GRANTED)

    case = done(case, "open_step", OpenStep(step="committee"))

    assert "step_open" in refused(case, "fulfil", Fulfil())


def test_a_refusal_on_procedural_grounds_waits_for_no_committee() -> None:
    case = replace(verified(an_office(desks=Desks(steps=(COMMITTEE,)))), state="forms_returned", verified_by=None)

    assert list(guards.steps_before_done(case, at(EVERYBODY))) == []


def test_what_was_recorded_of_a_step_is_taken_back_the_last_first() -> None:
    case = done(verified(an_office(desks=Desks(steps=(COMMITTEE,)))), "open_step", OpenStep(step="committee"))
    case = done(case, "finish_step", FinishStep(step="committee", result=StepResult.AGREED))

    open_again = done(case, "undo_step", UndoStep(step="committee", why="another case"))
    not_opened = done(open_again, "undo_step", UndoStep(step="committee", why="another case"))

    assert [step.done_on for step in open_again.course.steps] == [None]
    assert not_opened.course.steps == ()
    assert refused(not_opened, "undo_step", UndoStep(step="committee", why="again")) == ["step_not_opened"]


def test_a_step_is_opened_once_known_by_name_and_on_a_day_that_can_be() -> None:
    case = verified(an_office(desks=Desks(steps=(COMMITTEE,))))

    assert refused(case, "open_step", OpenStep(step="comittee")) == ["step_unknown"]
    assert refused(case, "open_step", OpenStep(step="committee", on=date(2026, 12, 1))) == ["in_the_future"]
    assert refused(case, "open_step", OpenStep(step="committee", on=date(2026, 11, 1))) == ["done_too_early"]
    case = done(case, "open_step", OpenStep(step="committee"))
    assert refused(case, "open_step", OpenStep(step="committee")) == ["step_opened_already"]


def test_a_step_is_a_job_of_its_own_until_it_is_done() -> None:
    case = verified(an_office(desks=Desks(steps=(COMMITTEE,))))
    assert next_job(case) == "step"

    case = done(case, "open_step", OpenStep(step="committee"))
    case = done(case, "finish_step", FinishStep(step="committee", result=StepResult.AGREED))

    assert next_job(case) == "decide"


def test_whoever_is_to_hear_of_a_window_hears_of_it_and_it_can_be_another_one() -> None:
    windows = tuple(
        Window(code=code, said=Said(ja="窓口", en=code), told=(Role.VERIFIER,)) for code in ("osaka", "kobe")
    )
    case = replace(opened(), office=an_office(desks=Desks(windows=windows)))

    decision = request.decide(case, "move_window", MoveWindow(window="osaka"), at(EVERYBODY))

    assert isinstance(decision, Decision)
    assert isinstance(decision.change, Change)
    assert [(tell.role, tell.reason.params["window"]) for tell in decision.change.notices] == [(Role.VERIFIER, "osaka")]
    case = after(case, decision.target, decision.change, at(EVERYBODY))
    assert refused(case, "move_window", MoveWindow(window="osaka")) == ["window_already"]
    assert refused(case, "move_window", MoveWindow(window="nara")) == ["window_unknown"]
    assert done(case, "move_window", MoveWindow(window="kobe")).course.window == "kobe"


# -- how the answer goes ----------------------------------------------------------------------------------------------


def test_without_a_word_of_the_office_an_answer_goes_by_registered_post_to_whoever_is_written_to() -> None:
    assert delivery.going(verified(SOURCE)) == delivery.Going(
        to=Party.SUBJECT, way=DeliveryWay.POST, mail_class=MailClass.SIMPLE_REGISTERED
    )


@pytest.mark.parametrize(
    ("rights", "expected"),
    [
        ({Right.DISCLOSURE: YES}, MailClass.DELIVERY_CERTIFICATE),
        ({Right.DISCLOSURE: NO}, MailClass.ORDINARY),
        ({Right.CORRECTION: YES}, MailClass.RECORD_TRACKED),
        ({Right.DISCLOSURE: NO, Right.CORRECTION: NO}, MailClass.RECORD_TRACKED),
        ({Right.DISCLOSURE: YES, Right.CORRECTION: YES}, MailClass.DELIVERY_CERTIFICATE),
        ({Right.HALT_USE: YES}, MailClass.GENERAL_REGISTERED),
    ],
)
def test_the_class_of_post_follows_from_right_and_outcome_and_of_several_the_surest_goes(
    rights: dict[Right, RightOutcome], expected: MailClass
) -> None:
    when = {
        "disclosure:granted": MailClass.DELIVERY_CERTIFICATE,
        "refused": MailClass.ORDINARY,
        "correction": MailClass.RECORD_TRACKED,
    }
    office = an_office(answer=Answering(mail_class=MailClass.GENERAL_REGISTERED, class_when=when))

    assert delivery.going(replace(verified(office), rights=rights)).mail_class is expected


def test_what_the_person_chose_counts_where_its_postage_was_paid() -> None:
    office = an_office(
        answer=Answering(chosen=(MailClass.ADDRESSEE_ONLY,), chosen_extras=(MailExtra.EXPRESS,), chosen_if_paid=True)
    )
    wish = ChooseDelivery(mail_class=MailClass.ADDRESSEE_ONLY, extras=(MailExtra.EXPRESS,))

    assert refused(verified(office), "choose_delivery", wish) == ["choice_unpaid"]
    goes = delivery.going(done(verified(office), "choose_delivery", replace(wish, paid=True)))
    assert (goes.mail_class, goes.extras) == (MailClass.ADDRESSEE_ONLY, (MailExtra.EXPRESS,))


def test_only_what_the_office_offers_can_be_chosen() -> None:
    case = verified(an_office(answer=Answering(ways=(DeliveryWay.POST, DeliveryWay.EMAIL))))

    assert refused(case, "choose_delivery", ChooseDelivery(way=DeliveryWay.PORTAL)) == ["way_not_offered"]
    assert refused(case, "choose_delivery", ChooseDelivery(mail_class=MailClass.ORDINARY)) == ["class_not_offered"]
    assert refused(case, "choose_delivery", ChooseDelivery(extras=(MailExtra.EXPRESS,))) == ["extra_not_offered"]
    assert delivery.going(done(case, "choose_delivery", ChooseDelivery(way=DeliveryWay.EMAIL))).way is DeliveryWay.EMAIL


@pytest.mark.parametrize(
    ("of_kind", "of_all", "expected"),
    [
        (None, AnswerTo.AS_WRITTEN_TO, Party.REPRESENTATIVE),
        (None, AnswerTo.SUBJECT, Party.SUBJECT),
        ("representative", AnswerTo.SUBJECT, Party.REPRESENTATIVE),
        ("subject", AnswerTo.AS_WRITTEN_TO, Party.SUBJECT),
    ],
)
def test_whom_the_answer_goes_to_is_as_the_office_says_of_such_a_representative_or_of_any(
    of_kind: str | None, of_all: AnswerTo, expected: Party
) -> None:
    rule = RepresentativeRule(kind=RepresentativeKind.AGENT, proofs=(), answer_to=of_kind)
    office = an_office(answer=Answering(to=of_all), proof=ProofRules(representatives=(rule,)))
    case = replace(verified(office), representative=RepresentativeKind.AGENT, mail_to=Party.REPRESENTATIVE)

    assert delivery.answer_to(case) is expected
    assert delivery.addressee(replace(case, verified_by=None)) is Party.REPRESENTATIVE


def test_the_address_of_whoever_is_answered_must_be_proven_whoever_was_written_to() -> None:
    office = an_office(answer=Answering(to=AnswerTo.SUBJECT))
    case = replace(verified(office), representative=RepresentativeKind.AGENT, mail_to=Party.REPRESENTATIVE)

    gaps = list(guards.address_proven(case, at(EVERYBODY)))
    assert [(gap.params["what"], gap.params["holder"]) for gap in gaps] == [("address", "subject")]
    stated = replace(office, answer=Answering(address=AnswerAddress.AS_STATED))
    assert list(guards.address_proven(replace(case, office=stated), at(EVERYBODY))) == []


# -- collected, handed over -------------------------------------------------------------------------------------------

COUNTER = an_office(
    answer=Answering(
        ways=(DeliveryWay.COLLECTED, DeliveryWay.POST), collect=Collecting(within=days(14), then=NotCollected.POST)
    )
)


def test_an_answer_to_be_collected_is_not_posted_unless_the_person_says_so() -> None:
    case = answered(COUNTER)

    assert refused(case, "record_posting", RecordPosting(letter=NUMBER)) == ["to_be_collected"]
    case = done(case, "choose_delivery", ChooseDelivery(way=DeliveryWay.POST))
    assert done(case, "record_posting", RecordPosting(letter=NUMBER)).answered


def test_what_lies_ready_is_answered_from_the_day_its_person_was_told_and_until_that_is_taken_back() -> None:
    case = answered(COUNTER)
    assert (case.answered, next_job(case)) == (False, "hand_over")

    told = done(case, "tell_ready", TellReady(how=ToldHow.PHONE))

    assert (told.answered, delivery.answered_on(told), next_job(told)) == (True, LATER.date(), None)
    assert not done(told, "undo_ready", TakeBack(why="nobody was reached")).answered


def test_an_answer_is_handed_over_to_somebody_known_again_by_a_paper_who_signs_for_it() -> None:
    case = answered(COUNTER)

    assert refused(case, "hand_over", HandOver(way=DeliveryWay.COLLECTED)) == ["look_at_a_paper", "receipt_unsigned"]
    assert refused(case, "hand_over", HandOver(way=DeliveryWay.COLLECTED, paper="library_card", receipt=True)) == [
        "no_such_paper"
    ]
    assert refused(case, "hand_over", HandOver(way=DeliveryWay.ORAL, paper="passport")) == ["way_not_offered"]
    case = done(case, "hand_over", HandOver(way=DeliveryWay.COLLECTED, paper="passport", receipt=True))
    handed = case.course.handing(NUMBER)
    assert handed is not None
    assert (handed.by, handed.paper, handed.receipt, case.answered) == (EVERYBODY.name, "passport", True, True)
    assert refused(case, "hand_over", HandOver(way=DeliveryWay.COLLECTED, paper="passport", receipt=True)) == [
        "no_answer_here"
    ]


def test_a_handing_over_that_was_none_is_taken_back_like_a_posting() -> None:
    case = done(answered(COUNTER), "hand_over", HandOver(way=DeliveryWay.COLLECTED, paper="passport", receipt=True))

    case = done(case, "undo_posting", UndoPosting(letter=NUMBER, why="another person's"))

    assert (case.answered, case.course.handed) == (False, ())
    assert case.letters[0].state is LetterState.PRINTED


def test_by_e_mail_nobody_stands_at_the_counter() -> None:
    office = an_office(
        answer=Answering(ways=(DeliveryWay.POST, DeliveryWay.EMAIL), own_risk=Said(ja="自己責任", en="own risk"))
    )

    case = done(answered(office), "hand_over", HandOver(way=DeliveryWay.EMAIL))

    assert case.answered


# -- what came back ---------------------------------------------------------------------------------------------------


def test_an_answer_that_came_back_is_sent_again_as_the_office_says() -> None:
    def back(again: SentAgain) -> Case:
        office = an_office(answer=Answering(address=AnswerAddress.AS_STATED, comes_back=ComesBack(again=again)))
        return answered(office, LetterState.RETURNED)

    assert refused(back(SentAgain.NEVER), "post_again", PostAgain(asked=True)) == ["answer_not_sent_again"]
    assert refused(back(SentAgain.WHEN_ASKED), "post_again", PostAgain()) == ["sent_again_when_asked"]
    assert done(back(SentAgain.WHEN_ASKED), "post_again", PostAgain(asked=True)).letters[-1].copy == 2
    assert done(back(SentAgain.WHEN_PROVEN), "post_again", PostAgain()).letters[-1].copy == 2
    assert [next_job(back(again)) for again in SentAgain] == ["notice", None, None]


# -- the second stage -------------------------------------------------------------------------------------------------

STAGES = an_office(execution=Executing(within=days(14), apply_within=days(30), manners=(Manner.VIEWING, Manner.POST)))


def test_what_was_granted_is_carried_out_in_the_manner_asked_for_after_the_decision_was_told() -> None:
    untold = answered(STAGES)
    assert refused(untold, "apply_execution", ApplyExecution(manner=Manner.VIEWING)) == ["decision_untold"]

    case = answered(STAGES, LetterState.POSTED)
    assert refused(case, "carry_out", CarryOut(manner=Manner.VIEWING)) == ["not_applied_for"]
    assert refused(case, "apply_execution", ApplyExecution(manner=Manner.COPIES)) == ["manner_not_offered"]
    case = done(case, "apply_execution", ApplyExecution(manner=Manner.VIEWING))
    assert next_job(case) == "carry_out"
    assert refused(case, "carry_out", CarryOut(manner=Manner.VIEWING)) == ["look_at_a_paper"]
    case = done(case, "carry_out", CarryOut(manner=Manner.VIEWING, paper="passport"))
    assert (case.state, next_job(case)) == ("fulfilled", None)
    assert refused(case, "carry_out", CarryOut(manner=Manner.POST)) == ["carried_out_already"]


def test_after_the_time_to_apply_only_good_reason_helps_and_the_decision_stands() -> None:
    case = answered(STAGES, LetterState.POSTED)
    late = datetime(2027, 1, 12, 10, 0, tzinfo=TOKYO)

    assert refused(case, "apply_execution", ApplyExecution(manner=Manner.POST), now=late) == ["applied_too_late"]
    case = done(case, "apply_execution", ApplyExecution(manner=Manner.POST, excused=True), now=late)
    assert case.state == "fulfilled"
    assert done(case, "undo_execution", TakeBack(why="a slip"), now=late).course.applied is None


def test_where_nobody_need_apply_it_is_carried_out_from_the_posting_of_the_decision() -> None:
    case = answered(an_office(execution=Executing(within=days(14))), LetterState.POSTED)

    case = done(case, "carry_out", CarryOut(manner=Manner.POST, mail_class=MailClass.GENERAL_REGISTERED))

    assert case.course.carried_out is not None
    assert case.course.carried_out.mail_class is MailClass.GENERAL_REGISTERED
    undone = done(case, "undo_execution", TakeBack(why="it came back"))
    assert undone.course.carried_out is None


def test_nothing_is_carried_out_of_what_was_refused() -> None:
    case = answered(STAGES, LetterState.POSTED, rights={Right.DISCLOSURE: NO})

    assert refused(case, "apply_execution", ApplyExecution(manner=Manner.POST)) == ["nothing_to_carry_out"]


@pytest.mark.parametrize("law", ["jp-appi", "jp-public", "eu-gdpr", "uk-gdpr"])
def test_without_a_word_of_the_office_an_answer_is_all_there_is_under_any_law(law: str) -> None:
    case = replace(answered(an_office(), LetterState.POSTED), regime=regime(law))

    assert refused(case, "apply_execution", ApplyExecution(manner=Manner.POST)) == ["nothing_to_carry_out"]
    assert refused(case, "carry_out", CarryOut(manner=Manner.POST)) == ["nothing_to_carry_out"]
    assert (execution.rights(case), next_job(case)) == ((), None)
    assert {name for name in course_clocks.CLOCKS if list(course_clocks.starts(case, name))} == set()


# -- the papers -------------------------------------------------------------------------------------------------------

PAPERS = an_office(
    papers=PapersAfter(evidence=Ending(end=PapersEnd.RETURNED), forms=Ending(end=PapersEnd.DESTROYED, within=days(60)))
)


def test_what_the_office_returns_leaves_with_the_answer_and_is_back_when_that_posting_is_taken_back() -> None:
    case = done(answered(PAPERS, documents=(a_licence(),)), "record_posting", RecordPosting(letter=NUMBER))

    ended = case.course.ended(PaperKind.EVIDENCE)
    assert ended is not None
    assert (ended.end, ended.letter) == (PapersEnd.RETURNED, NUMBER)
    assert case.course.ended(PaperKind.FORMS) is None
    back = done(case, "undo_posting", UndoPosting(letter=NUMBER, why="it lies here"))
    assert back.course.papers == ()


def test_what_became_of_papers_is_signed_for_once_and_can_be_taken_back() -> None:
    case = answered(PAPERS, LetterState.POSTED)

    case = done(case, "end_papers", EndPapers(what=PaperKind.FORMS, end=PapersEnd.DESTROYED))

    ended = case.course.ended(PaperKind.FORMS)
    assert ended is not None
    assert (ended.by, ended.on) == (EVERYBODY.name, LATER.date())
    again = EndPapers(what=PaperKind.FORMS, end=PapersEnd.DESTROYED)
    assert refused(case, "end_papers", again) == ["papers_ended_already"]
    undone = done(case, "undo_papers", UndoPapers(what=PaperKind.FORMS, why="the wrong case"))
    assert undone.course.ended(PaperKind.FORMS) is None
    assert refused(undone, "undo_papers", UndoPapers(what=PaperKind.FORMS, why="again")) == ["papers_not_ended"]
