"""The clocks of what an office promises: from which day each runs, how long, and who hears when it has run out. Pure.

Each is a `Due`: whose time it is, since when, how long. It is told on its last day; from then on it is chased, counted
from the day it was last told, until what it waits for is done. Nothing here is a date of the law (`clocks` has those).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from workflows.engine.calendars import Calendar, StandsStillError
from workflows.engine.deadlines import Count, Unit, working_days
from workflows.engine.machine import Start
from workflows.engine.spans import Span
from workflows.engine.values import Role
from workflows.law.times import Event
from workflows.office.afterwards import Ending, PaperKind
from workflows.office.answer import NotCollected
from workflows.office.times import Promised, Since, Until
from workflows.request import delivery, execution, papers_after
from workflows.request.case import Case
from workflows.request.clocks import NOT_OWED, OWED, deficiency_out, latest
from workflows.words import noun

_EVENTS = {
    Since.CONTACT: (Event.FIRST_CONTACT,),
    Since.ARRIVAL: (Event.FIRST_ARRIVAL,),
    Since.COMPLETE: (Event.COMPLETE,),
    Since.IDENTITY: (Event.IDENTITY,),
    Since.FEE: (Event.FEE,),
    Since.ACCEPTANCE: (Event.COMPLETE, Event.FEE),
}
AGAIN = working_days(3)
"""How often somebody is told again that a time of the office's has run out."""
SOON = working_days(1)
"""The same of a word that the request is here."""
SELDOM = working_days(5)
"""The same of what nobody outside waits for by the day: papers, a second stage."""
KEPT = working_days(20)
"""How often somebody is told of an answer that lies here and that nobody came for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One time of the office's own: ``what`` it is of, which run (``entry``), since when, and how long.

    ``since`` is the code of what happened on that day, ``again`` how often it is told after it ran out; None: once.
    ``tells``: who hears of it. ``letter``: the letter it belongs to. ``aside``: the days a deficiency notice is out do
    not count. ``by_file``: the office's own file says so, not the built-in procedure.
    """

    what: str
    entry: int
    on: date
    since: str
    count: Count
    again: Count | None = AGAIN
    tells: Role = Role.LEAD
    letter: str | None = None
    aside: bool = False
    by_file: bool = True


def starts(case: Case, name: str) -> Iterator[Start]:
    """Yield the runs of the clock of that name: the time itself, or the next word of it once it ran out."""
    for due in CLOCKS[name](case):
        told = case.course.chase(due.what, due.entry)
        if told is None:
            yield _first(case, due)
        elif due.again is not None:
            yield Start(told.seq * 100 + due.entry % 100, told.on, due.letter, count=due.again)


def _first(case: Case, due: Due) -> Start:
    if due.count.unit is Unit.WORKING_DAYS and not due.aside:
        return Start(due.entry, due.on, due.letter, count=due.count)
    stopped = tuple(deficiency_out(case)) if due.aside else ()
    procedure = "own_procedure" if due.by_file else "built_in_procedure"
    own = (noun(procedure, "ja"), noun(procedure, "en"))
    span = Span(
        counts=(due.count,),
        since=f"event.{due.since}",
        law=own,
        moves_on=due.count.unit is Unit.MONTHS,
        stopped=stopped,
        stops=own if stopped else None,
        on_its_day=True,
    )
    return Start(due.entry, due.on, due.letter, span=span)


def ran_out(case: Case, name: str, calendar: Calendar, today: date) -> Iterator[Due]:
    """Yield the times of that name that have run out by now, the first time or once more."""
    for due in CLOCKS[name](case):
        for start in starts(case, name):
            mine = start.entry % 100 == due.entry % 100
            if mine and (day := _falls_on(start, case, calendar)) is not None and day <= today:
                yield due


def _falls_on(start: Start, case: Case, calendar: Calendar) -> date | None:
    try:
        if start.span is not None:
            return start.span.fires_on(start.since, calendar)
        if start.count is not None:
            return calendar.add_working_days(start.since, start.count.number, case.stretches)
    except StandsStillError:
        pass
    return None


# -- whose times ------------------------------------------------------------------------------------------------------


def _promises(case: Case, *until: Until) -> Iterator[tuple[int, Promised, date]]:
    for number, promised in enumerate(case.office.times.promises, start=1):
        since = latest(case, _EVENTS[promised.since])
        if promised.until in until and since is not None:
            yield (0 if promised.since is Since.CONTACT else case.legal_entry * 100) + number, promised, since


def _promised(case: Case) -> Iterator[Due]:
    """An answer that was promised, until it is out; a decision, until it is made."""
    if case.state in NOT_OWED or case.answered:
        return
    for entry, promised, since in _promises(case, Until.ANSWER, Until.DECISION):
        if promised.until is Until.DECISION and (case.decided_by is not None or case.state not in OWED):
            continue
        yield Due(
            what=f"promise:{entry % 100}",
            entry=entry,
            on=since,
            since=_happened(case, promised),
            count=promised.span.count,
            aside=not promised.deficiency_counts,
        )


def _acknowledged(case: Case) -> Iterator[Due]:
    """A word that the request is here: recorded, or any letter that went out."""
    told = case.course.acknowledged_on is not None or any(letter.posted_on for letter in case.letters)
    if told or case.state not in OWED:
        return
    for entry, promised, since in _promises(case, Until.ACKNOWLEDGEMENT):
        yield Due(
            what=f"promise:{entry % 100}",
            entry=entry,
            on=since,
            since=_happened(case, promised),
            count=promised.span.count,
            again=SOON,
            tells=Role.CLERK,
        )


def _happened(case: Case, promised: Promised) -> str:
    """Return what the day a promise counts from was: of several events the latest."""
    events = _EVENTS[promised.since]
    return str(max(events, key=lambda event: latest(case, [event]) or date.min))


def _steps(case: Case) -> Iterator[Due]:
    """A step before the decision, until it is done."""
    if case.state not in OWED:
        return
    for number, step in enumerate(case.office.desks.steps, start=1):
        taken = case.course.step(step.code)
        if taken is not None and taken.done_on is None:
            yield Due(
                what=f"step:{step.code}",
                entry=taken.seq * 100 + number,
                on=taken.opened_on,
                since="step_opened",
                count=step.within.count,
                again=AGAIN if step.chased_every is None else step.chased_every.count,
            )


def _collecting(case: Case) -> Iterator[Due]:
    """The time to fetch an answer, from the day its person was told; then, where it is kept, a word now and then."""
    collect, ready, letter = case.office.answer.collect, case.course.ready, delivery.answer_of(case)
    if collect is None or ready is None or letter is None or letter.posted_on is not None:
        return
    if ready.letter == letter.number and delivery.waits_to_be_collected(case, letter):
        again = KEPT if collect.then is NotCollected.KEPT else None
        yield Due(
            what="collecting",
            entry=ready.seq * 100 + 1,
            on=ready.on,
            since="told_ready",
            count=collect.within.count,
            again=again,
            tells=Role.CLERK,
            letter=letter.number,
        )


def _choosing(case: Case) -> Iterator[Due]:
    """The person's time to say in which manner, told once when it is over."""
    within, told = execution.choose_within(case), delivery.answered_on(case)
    if within is not None and told is not None and execution.waits_for_a_choice(case):
        entry = case.legal_entry * 100 + 1
        yield Due(what="choosing", entry=entry, on=told, since="decision_told", count=within, again=None)


def _executing(case: Case) -> Iterator[Due]:
    """What is to be carried out, until it is."""
    found, within = execution.since(case), case.office.execution.within
    if found is not None and within is not None:
        seq, day = found
        since = "applied" if case.course.applied is not None else "decision_told"
        yield Due(
            what="executing",
            entry=seq * 100 + 1,
            on=day,
            since=since,
            count=within.count,
            again=SELDOM,
            tells=Role.CLERK,
        )


def _papers(case: Case, kind: PaperKind) -> Iterator[Due]:
    """What becomes of papers, until somebody signs for it."""
    for each, ending, since in papers_after.owed(case):
        if each is kind:
            yield Due(
                what=f"papers:{kind}",
                entry=_run(case, kind, since),
                on=since,
                since="closed" if case.state in papers_after.UNANSWERED else "answered",
                count=ending.within.count,
                again=SELDOM,
                tells=Role.CLERK,
                by_file=case.office.papers.said(kind) is not None,
            )


def _run(case: Case, kind: PaperKind, since: date) -> int:
    """Return which run of the time this is: what was told before it began was of another (the case was taken up)."""
    first = 1 + tuple(PaperKind).index(kind)
    told = next((each for each in case.course.chased if each.what == f"papers:{kind}"), None)
    if told is None:
        return first
    return told.entry if told.on >= since else told.seq * 100 + first


def _kept_back(case: Case) -> Iterator[Due]:
    """How long an answer is kept that came back, told once when it is over."""
    kept, letter = case.office.answer.comes_back.kept, delivery.answer_of(case)
    if kept is not None and letter is not None and letter.returned_on is not None and letter.posted_on is not None:
        yield Due(
            what="kept_back",
            entry=letter.entry * 100 + 1,
            on=letter.returned_on,
            since="came_back",
            count=kept.count,
            again=None,
            tells=Role.CLERK,
            letter=letter.number,
        )


CLOCKS: dict[str, Callable[[Case], Iterator[Due]]] = {
    "promised": _promised,
    "acknowledge_by": _acknowledged,
    "step_due": _steps,
    "collect_by": _collecting,
    "choose_by": _choosing,
    "execution_due": _executing,
    "papers_evidence": lambda case: _papers(case, PaperKind.EVIDENCE),
    "papers_forms": lambda case: _papers(case, PaperKind.FORMS),
    "kept_back": _kept_back,
}
"""By the name of the clock."""


def last_day_of_papers(case: Case, kind: PaperKind, calendar: Calendar) -> date | None:
    """Return by when the papers of that kind must have come to their end; None where that is not owed."""
    days = (_falls_on(_first(case, due), case, calendar) for due in _papers(case, kind))
    return next(days, None)


def due_papers(case: Case) -> Iterator[tuple[PaperKind, Ending, date]]:
    """Yield the papers whose time has come and that nobody has signed for: how they end, since when they are owed."""
    for kind, ending, since in papers_after.owed(case):
        if any(case.course.chase(due.what, due.entry) is not None for due in _papers(case, kind)):
            yield kind, ending, since


def papers_due(case: Case) -> bool:
    """Whether there are any."""
    return any(True for _ in due_papers(case))
