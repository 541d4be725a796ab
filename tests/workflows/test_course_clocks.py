"""The times an office promises: when each is due, why on that day, and that it is told again until it is done."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.engine.timers import Running, running
from tests.people import a_licence
from tests.workflows.test_course import (
    COMMITTEE,
    COUNTER,
    NUMBER,
    PAPERS,
    STAGES,
    TODAY,
    an_office,
    answered,
    done,
    verified,
)
from tests.workflows.test_request import CALENDAR, EVERYBODY, GRANTED, TOKYO, at, opened
from workflows.engine.case import OnHold
from workflows.engine.deadlines import due_at, explain
from workflows.engine.machine import Decision
from workflows.engine.payloads import Fired
from workflows.engine.values import SYSTEM, Role
from workflows.law.proving import Where
from workflows.law.times import StoppedBy
from workflows.letters import LetterState, RecordPosting
from workflows.office import SOURCE
from workflows.office.afterwards import Ending, PaperKind, PapersAfter, PapersEnd
from workflows.office.answer import Answering, ComesBack, NotCollected, SentAgain
from workflows.office.execution import Manner
from workflows.office.spans import Span, SpanUnit, days, months
from workflows.office.start import Way
from workflows.office.steps import Desks
from workflows.office.times import Promised, Since, Times, Until
from workflows.request import course_clocks
from workflows.request.case import Case, after
from workflows.request.course import StepResult
from workflows.request.course_payloads import (
    Acknowledge,
    ApplyExecution,
    CarryOut,
    EndPapers,
    FinishStep,
    OpenStep,
    TellReady,
    UndoPapers,
)
from workflows.request.jobs import next_job
from workflows.request.procedure import request
from workflows.request.values import Authority, Stopped, ToldHow
from workflows.words import say


def runs(case: Case, name: str) -> list[Running]:
    return [run for run in running(case) if run.deadline.name == name]


def due_on(case: Case, name: str) -> list[date]:
    """Return the days on which the clock of that name fires next, at the opening."""
    found = []
    for run in runs(case, name):
        moment = due_at(run.deadline, 1, run.anchor, CALENDAR, run.held(case))
        assert moment is not None
        assert (moment.hour, moment.minute) == (9, 30)
        found.append(moment.date())
    return found


def why(case: Case, name: str, language: str = "en") -> str:
    (run,) = runs(case, name)
    return say(explain(run.deadline, 1, run.anchor, CALENDAR, run.held(case)), language)


def fired(case: Case, name: str, on: date) -> tuple[Case, list[tuple[Role, str]]]:
    """Return the case after the clock fired on that day, and who was told what."""
    (run,) = runs(case, name)
    now = datetime(on.year, on.month, on.day, 9, 30, tzinfo=TOKYO)
    decision = request.decide(case, run.deadline.fires, Fired(name=name, fire_no=1, letter=run.letter), at(SYSTEM, now))
    assert isinstance(decision, Decision), decision
    told = [(tell.role, tell.reason.code) for tell in decision.change.notices]
    return after(case, decision.target, decision.change, at(SYSTEM, now)), told


def promising(*promises: Promised, **parts: Any) -> Case:
    return verified(an_office(times=Times(promises=promises), **parts))


WEEKS = Promised(span=Span(2, SpanUnit.WEEKS), since=Since.ARRIVAL)


def test_without_a_word_of_the_office_none_of_its_clocks_runs() -> None:
    for case in (opened(), verified(SOURCE), answered(SOURCE), answered(SOURCE, LetterState.RETURNED)):
        assert [run for name in course_clocks.CLOCKS for run in runs(case, name)] == []


def test_a_promise_in_weeks_is_told_on_its_last_day_and_says_why() -> None:
    case = promising(WEEKS)

    assert due_on(case, "promised") == [date(2026, 11, 23)]  # a holiday: the promise is in calendar days all the same
    assert why(case, "promised") == (
        "14 days from 2026-11-09 (the arrival) end with 2026-11-23; neither holds nor closed days put it off "
        "(the office's own procedure)"
    )
    assert "窓口の手続" in why(case, "promised", "ja")


def test_a_promise_in_working_days_names_the_holidays_in_it_and_waits_for_the_days_on_hold() -> None:
    case = promising(Promised(span=Span(10, SpanUnit.WORKING_DAYS), since=Since.ARRIVAL))

    assert due_on(case, "promised") == [date(2026, 11, 24)]
    assert why(case, "promised") == "10 working days from 2026-11-09 is 2026-11-24: 2026-11-23 is a holiday"
    hold = OnHold("sato", "other", date(2026, 11, 11), date(2026, 11, 12), 9)
    assert due_on(replace(case, hold=hold), "promised") == [date(2026, 11, 26)]


def test_a_promise_in_months_ends_on_the_day_of_the_same_number_or_the_next_working_day() -> None:
    assert due_on(promising(Promised(span=months(1), since=Since.ARRIVAL)), "promised") == [date(2026, 12, 9)]
    over_new_year = replace(
        promising(Promised(span=months(1), since=Since.ARRIVAL)), first_arrived_on=date(2026, 12, 3)
    )
    assert due_on(over_new_year, "promised") == [date(2027, 1, 4)]


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (Since.CONTACT, date(2026, 11, 9)),
        (Since.ARRIVAL, date(2026, 11, 10)),
        (Since.COMPLETE, date(2026, 11, 16)),
        (Since.IDENTITY, date(2026, 11, 13)),
        (Since.ACCEPTANCE, date(2026, 11, 16)),
    ],
)
def test_a_promise_counts_from_the_day_the_office_says(since: Since, expected: date) -> None:
    case = replace(
        promising(Promised(span=days(7), since=since)),
        first_arrived_on=date(2026, 11, 10),
        arrived_on=date(2026, 11, 16),
        proven_on=date(2026, 11, 13),
    )

    assert [day - timedelta(days=7) for day in due_on(case, "promised")] == [expected]


def test_what_has_not_come_is_not_counted_from() -> None:
    case = replace(promising(WEEKS), state="contacted", verified_by=None, first_arrived_on=None, arrived_on=None)

    assert runs(case, "promised") == []


def test_days_on_which_a_deficiency_notice_was_out_do_not_count_where_the_office_says_so() -> None:
    stops = (Stopped(by=StoppedBy.DEFICIENCY, first=date(2026, 11, 11), last=date(2026, 11, 15)),)
    counted = replace(promising(WEEKS), stops=stops)
    aside = replace(promising(replace(WEEKS, deficiency_counts=False)), stops=stops)

    assert due_on(counted, "promised") == [date(2026, 11, 23)]
    assert due_on(aside, "promised") == [date(2026, 11, 28)]
    assert "5 days" in why(aside, "promised")


def test_a_promise_that_ran_out_is_told_again_until_the_answer_is_out() -> None:
    case, told = fired(promising(WEEKS), "promised", date(2026, 11, 23))
    assert told == [(Role.LEAD, "notice.promised")]
    assert due_on(case, "promised") == [date(2026, 11, 26)]

    case, told = fired(case, "promised", date(2026, 11, 26))
    assert told == [(Role.LEAD, "notice.promised")]
    assert due_on(case, "promised") == [date(2026, 12, 1)]

    out = replace(case, state="fulfilled", letters=answered(SOURCE, LetterState.POSTED).letters)
    assert runs(out, "promised") == []


def test_a_promise_of_the_decision_ends_with_the_decision() -> None:
    case = promising(replace(WEEKS, until=Until.DECISION))

    assert due_on(case, "promised") == [date(2026, 11, 23)]
    assert runs(done(case, "decide", GRANTED), "promised") == []


def test_an_arrival_put_right_begins_the_promise_anew_even_after_it_was_told() -> None:
    case, _ = fired(promising(WEEKS), "promised", date(2026, 11, 23))

    case = replace(case, first_arrived_on=date(2026, 11, 20), legal_entry=case.seq + 1)

    assert due_on(case, "promised") == [date(2026, 12, 4)]


def test_two_promises_of_one_case_are_told_apart() -> None:
    case = promising(WEEKS, replace(WEEKS, span=days(7), until=Until.DECISION))

    assert due_on(case, "promised") == [date(2026, 11, 23), date(2026, 11, 16)]
    assert len({run.key for run in runs(case, "promised")}) == 2
    now = datetime(2026, 11, 16, 9, 30, tzinfo=TOKYO)
    decision = request.decide(case, "chase", Fired(name="promised", fire_no=1), at(SYSTEM, now))
    assert isinstance(decision, Decision)
    case = after(case, decision.target, decision.change, at(SYSTEM, now))
    assert due_on(case, "promised") == [date(2026, 11, 23), date(2026, 11, 19)]


def test_a_word_that_the_request_is_here_ends_with_the_word_or_with_any_letter() -> None:
    promise = Promised(span=Span(2, SpanUnit.WORKING_DAYS), since=Since.CONTACT, until=Until.ACKNOWLEDGEMENT)
    case = replace(opened(), office=an_office(times=Times(promises=(promise,))))
    assert due_on(case, "acknowledge_by") == [date(2026, 11, 11)]

    assert runs(done(case, "acknowledge", Acknowledge(how=ToldHow.EMAIL)), "acknowledge_by") == []
    letter = replace(case.letters[0], posted_on=TODAY)
    assert runs(replace(case, letters=(letter,)), "acknowledge_by") == []
    chased, told = fired(case, "acknowledge_by", date(2026, 11, 11))
    assert told == [(Role.CLERK, "notice.acknowledge_by")]
    assert due_on(chased, "acknowledge_by") == [date(2026, 11, 12)]


def test_a_step_has_its_own_time_from_its_opening_and_is_chased_as_the_office_says() -> None:
    step = replace(COMMITTEE, chased_every=Span(2, SpanUnit.WORKING_DAYS))
    case = done(verified(an_office(desks=Desks(steps=(step,)))), "open_step", OpenStep(step="committee"))
    assert due_on(case, "step_due") == [date(2026, 12, 4)]

    case, told = fired(case, "step_due", date(2026, 12, 4))
    assert told == [(Role.LEAD, "notice.step_due")]
    assert due_on(case, "step_due") == [date(2026, 12, 8)]
    late = datetime(2026, 12, 8, 10, 0, tzinfo=TOKYO)
    finished = done(case, "finish_step", FinishStep(step="committee", result=StepResult.AGREED), now=late)
    assert runs(finished, "step_due") == []


def test_what_nobody_collects_in_time_is_posted_and_the_clerk_is_told() -> None:
    case = done(answered(COUNTER), "tell_ready", TellReady(how=ToldHow.PHONE))
    assert due_on(case, "collect_by") == [date(2026, 12, 4)]
    assert runs(case, "unposted") == []

    case, told = fired(case, "collect_by", date(2026, 12, 4))

    assert told == [(Role.CLERK, "notice.uncollected_post")]
    assert (case.answered, next_job(case)) == (False, "post")
    assert runs(case, "collect_by") == []
    assert len(runs(case, "unposted")) == 1


def test_what_nobody_collects_is_kept_where_the_office_says_so_and_somebody_hears_of_it_now_and_then() -> None:
    assert COUNTER.answer.collect is not None
    kept = replace(COUNTER.answer.collect, then=NotCollected.KEPT)
    office = an_office(answer=replace(COUNTER.answer, collect=kept))
    case = done(answered(office), "tell_ready", TellReady(how=ToldHow.PHONE))

    case, told = fired(case, "collect_by", date(2026, 12, 4))

    assert told == [(Role.CLERK, "notice.uncollected_kept")]
    assert (case.course.not_collected, case.answered) == (NUMBER, True)
    assert due_on(case, "collect_by") == [date(2027, 1, 7)]


def test_the_time_to_apply_is_told_once_and_what_is_applied_for_is_chased_until_it_is_carried_out() -> None:
    case = answered(STAGES, LetterState.POSTED)
    assert due_on(case, "choose_by") == [date(2026, 12, 11)]
    ended, told = fired(case, "choose_by", date(2026, 12, 11))
    assert (told, runs(ended, "choose_by")) == ([(Role.LEAD, "notice.choose_by")], [])

    case = done(case, "apply_execution", ApplyExecution(manner=Manner.POST))
    assert runs(case, "choose_by") == []
    assert due_on(case, "execution_due") == [date(2026, 12, 4)]
    case, told = fired(case, "execution_due", date(2026, 12, 4))
    assert told == [(Role.CLERK, "notice.execution_due")]
    assert due_on(case, "execution_due") == [date(2026, 12, 11)]
    late = datetime(2026, 12, 8, 10, 0, tzinfo=TOKYO)
    assert runs(done(case, "carry_out", CarryOut(manner=Manner.POST), now=late), "execution_due") == []


def test_papers_are_a_duty_with_a_day_a_job_from_then_on_and_chased_until_somebody_signs() -> None:
    case = answered(PAPERS, LetterState.POSTED)
    assert due_on(case, "papers_forms") == [date(2027, 1, 10)]
    assert next_job(case) is None

    case, told = fired(case, "papers_forms", date(2027, 1, 10))

    assert told == [(Role.CLERK, "notice.papers_due")]
    assert next_job(case) == "papers"
    late = datetime(2027, 1, 12, 10, 0, tzinfo=TOKYO)
    signed = done(case, "end_papers", EndPapers(what=PaperKind.FORMS, end=PapersEnd.DESTROYED), now=late)
    assert (runs(signed, "papers_forms"), next_job(signed)) == ([], None)


def test_without_a_word_of_the_office_proofs_on_paper_are_destroyed_within_thirty_days_of_the_answer() -> None:
    case = answered(SOURCE, LetterState.POSTED, documents=(a_licence(arrived_on=TODAY),))

    assert due_on(case, "papers_evidence") == [date(2026, 12, 11)]
    assert why(case, "papers_evidence") == (
        "30 days from 2026-11-11 (the answer) end with 2026-12-11; neither holds nor closed days put it off "
        "(the built-in procedure)"
    )
    assert "標準の手続" in why(case, "papers_evidence", "ja")
    assert next_job(case) is None
    case, told = fired(case, "papers_evidence", date(2026, 12, 11))
    assert (told, next_job(case)) == ([(Role.CLERK, "notice.papers_due")], "papers")
    assert due_on(case, "papers_evidence") == [date(2026, 12, 18)]
    late = datetime(2026, 12, 14, 10, 0, tzinfo=TOKYO)
    signed = done(case, "end_papers", EndPapers(what=PaperKind.EVIDENCE, end=PapersEnd.DESTROYED), now=late)
    assert (runs(signed, "papers_evidence"), next_job(signed)) == ([], None)
    back = done(signed, "undo_papers", UndoPapers(what=PaperKind.EVIDENCE, why="the wrong case"), now=late)
    assert next_job(back) == "papers"


@pytest.mark.parametrize("where", [Where.COUNTER, Where.ELECTRONIC])
def test_what_was_shown_or_came_as_a_file_is_no_paper_and_has_no_clock(where: Where) -> None:
    came = (a_licence(arrived_on=TODAY, looked_at=where),)

    assert runs(answered(SOURCE, LetterState.POSTED, documents=came), "papers_evidence") == []
    proof = Authority(type="family_register", arrived_on=TODAY)
    assert len(runs(answered(SOURCE, LetterState.POSTED, documents=came, authorities=(proof,)), "papers_evidence")) == 1


def test_forms_that_came_as_files_have_no_clock_either() -> None:
    keeps = an_office(papers=PapersAfter(forms=Ending(end=PapersEnd.DESTROYED)))
    on_paper = answered(keeps, LetterState.POSTED, rounds=0)

    assert [
        len(runs(replace(on_paper, began=way), "papers_forms"))
        for way in (Way.LETTER, Way.OWN_DOWNLOAD, Way.COUNTER, Way.WEB, Way.EMAIL, Way.PHONE)
    ] == [1, 1, 1, 0, 0, 0]


@pytest.mark.parametrize("state", ["withdrawn", "lapsed", "voided"])
def test_a_request_that_ends_without_an_answer_needs_its_papers_no_more_from_that_day(state: str) -> None:
    ended = replace(
        verified(SOURCE), documents=(a_licence(arrived_on=TODAY),), state=state, entered_on=date(2026, 11, 16)
    )

    assert due_on(ended, "papers_evidence") == [date(2026, 12, 16)]
    assert "30 days from 2026-11-16 (the end of the request)" in why(ended, "papers_evidence")
    assert runs(replace(ended, documents=(), first_arrived_on=None), "papers_evidence") == []


def test_an_answer_that_is_not_out_yet_keeps_its_papers() -> None:
    case = answered(SOURCE, documents=(a_licence(arrived_on=TODAY),))

    assert runs(case, "papers_evidence") == []


def test_the_time_of_a_request_that_was_taken_up_again_begins_anew_and_so_does_that_of_papers_that_came_since() -> None:
    case = answered(SOURCE, LetterState.POSTED, documents=(a_licence(arrived_on=TODAY),))
    case, _ = fired(case, "papers_evidence", date(2026, 12, 11))
    late = datetime(2026, 12, 14, 10, 0, tzinfo=TOKYO)
    gone = done(case, "end_papers", EndPapers(what=PaperKind.EVIDENCE, end=PapersEnd.DESTROYED), now=late)
    answer = replace(gone.letters[-1], posted_on=date(2027, 1, 12))

    again = replace(case, letters=(answer,))
    same = replace(gone, letters=(answer,))
    more = replace(same, documents=(*same.documents, a_licence(arrived_on=date(2026, 12, 21))))

    assert due_on(again, "papers_evidence") == [date(2027, 2, 11)]
    assert runs(same, "papers_evidence") == []
    assert due_on(more, "papers_evidence") == [date(2027, 2, 11)]


def test_the_word_of_the_file_stands_before_the_built_in_one() -> None:
    came = (a_licence(arrived_on=TODAY),)
    sooner = an_office(papers=PapersAfter(evidence=Ending(end=PapersEnd.DESTROYED, within=days(7))))

    case = answered(sooner, LetterState.POSTED, documents=came)

    assert due_on(case, "papers_evidence") == [date(2026, 11, 18)]
    assert "the office's own procedure" in why(case, "papers_evidence")
    back = answered(PAPERS, documents=came)
    assert runs(done(back, "record_posting", RecordPosting(letter=NUMBER)), "papers_evidence") == []


def test_how_long_an_answer_is_kept_that_came_back_is_told_once() -> None:
    comes_back = ComesBack(again=SentAgain.WHEN_ASKED, kept=months(3))
    case = answered(an_office(answer=Answering(comes_back=comes_back)), LetterState.RETURNED)

    assert runs(case, "came_back") == []
    assert due_on(case, "kept_back") == [date(2027, 2, 16)]
    case, told = fired(case, "kept_back", date(2027, 2, 16))
    assert (told, runs(case, "kept_back")) == ([(Role.CLERK, "notice.kept_back")], [])


def test_across_a_year_every_promise_in_working_days_falls_on_an_open_day_and_no_earlier_than_counted() -> None:
    for offset in range(0, 400, 3):
        arrived = date(2026, 1, 5) + timedelta(days=offset)
        case = replace(
            promising(Promised(span=Span(10, SpanUnit.WORKING_DAYS), since=Since.ARRIVAL)), first_arrived_on=arrived
        )
        (day,) = due_on(case, "promised")
        assert CALENDAR.is_open(day)
        assert CALENDAR.working_days_between(arrived, day) == 10


def test_nobody_is_told_of_what_has_not_run_out() -> None:
    case = promising(WEEKS)
    early = datetime(2026, 11, 20, 9, 30, tzinfo=TOKYO)

    decision = request.decide(case, "chase", Fired(name="promised", fire_no=1), at(SYSTEM, early))

    assert isinstance(decision, Decision)
    assert (decision.change.notices, decision.change.facts) == ((), {})
    assert EVERYBODY.name not in str(decision.change.details)
