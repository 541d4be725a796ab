"""The law's clocks of a request: from which of its days each runs, and how long, as its regime says. Pure.

Nothing here knows a law: what counts, stops, lengthens and warns is data (`workflows.law.times`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from workflows.engine.calendars import ONE_DAY, Calendar, Held, StandsStillError
from workflows.engine.deadlines import Count, Unit
from workflows.engine.machine import Start
from workflows.engine.spans import Both, Span, one_after_another
from workflows.law.citing import Act, short
from workflows.law.law import Regime, in_force
from workflows.law.times import Event, LegalTime, Stop, StoppedBy
from workflows.law.values import Nature, Right
from workflows.request.case import Case
from workflows.request.values import Stopped

WAITING = ("contacted", "forms_mailed")
"""Where something is still to come from the person."""
OWED = ("contacted", "forms_mailed", "forms_returned", "id_verified")
"""Where the answer is still to be released; what then lies unposted has a clock of its own."""
NOT_OWED = ("withdrawn", "lapsed", "voided")
"""Endings in which nothing was asked for any more, or by nobody."""


def action(case: Case) -> Iterator[Start]:
    """Yield the time after which the person may sue; neither hold nor closure stops it, the posted answer ends it."""
    time = case.regime.action
    since = _runs(case, time)
    if time is not None and since is not None and case.state not in NOT_OWED and not case.answered:
        yield Start(_entry(case, time), since, span=_span(case, time, [time.span], ends="sue"))


def answer(case: Case) -> Iterator[Start]:
    """Yield the time within which the law wants the answer, while it was not extended."""
    if not case.extended:
        yield from _answer(case)


def extended_answer(case: Case) -> Iterator[Start]:
    """Yield the same time as it was extended and told."""
    if case.extended:
        yield from _answer(case)


def _answer(case: Case) -> Iterator[Start]:
    time = case.regime.answer
    since = _runs(case, time)
    if time is not None and since is not None and case.state in OWED:
        yield Start(_entry(case, time), since, span=extended(case, time))


def warned(case: Case) -> Iterator[Start]:
    """Yield the day on which the lead is told that one of the law's dates nears."""
    yield from _warning(case, case.regime.action, action)
    yield from _warning(case, case.regime.answer, answer)


def _warning(case: Case, time: LegalTime | None, runs: Callable[[Case], Iterator[Start]]) -> Iterator[Start]:
    if time is None or time.warn_after is None:
        return
    days = [Count(time.warn_after, Unit.CALENDAR_DAYS)]
    for start in runs(case):
        yield Start(start.entry, start.since, span=_span(case, time, days, warning=True))


def extended(case: Case, time: LegalTime, *more: str) -> Span:
    """Return the law's time with all that was added to it, and with what *more* reasons would add."""
    counts = [time.span]
    for reason in (*case.extended_for, *more):
        known = case.regime.extension_for(reason)
        if known is not None and known.span is not None:
            counts.append(known.span)
    return _span(case, time, counts, until=case.answer_by)


def answer_by(case: Case, calendar: Calendar, *more: str) -> date | None:
    """Return the last day of the law's time for the answer, extended or not; None where nobody can say yet."""
    time, since = case.regime.answer, answer_since(case)
    if time is None or since is None:
        return None
    try:
        return extended(case, time, *more).last(since, calendar)
    except StandsStillError:
        return None


def answer_since(case: Case) -> date | None:
    """Return from which day the law counts its time for the answer; None: nothing is counted yet."""
    return _runs(case, case.regime.answer)


def notice_by(case: Case, calendar: Calendar, reason: str) -> date | None:
    """Return the last day on which more time for that reason may be told; None where nobody can say yet."""
    time, more, since = case.regime.answer, case.regime.extension_for(reason), answer_since(case)
    if time is None or more is None or since is None:
        return None
    try:
        return _span(case, time, [more.notice_within or time.span]).last(since, calendar)
    except StandsStillError:
        return None


def told(case: Case, clock: str, calendar: Calendar) -> tuple[str, dict[str, object]]:
    """Return what the lead is told when a clock fires: which notice, and its parameters beside the case.

    One that tells of a right to sue says no more: whoever reads of it looks at the case, which names article and day.
    """
    start = next(iter(_ANSWERS[clock](case)), None) if clock in _ANSWERS else None
    if start is None or start.span is None:
        return clock, {}
    law: dict[str, object] = {"law": start.span.article}
    if clock != "warn":
        return "law_ran_out", law
    nears = next(iter(answer(case)))
    warned_on = start.span.fires_on(start.since, calendar)
    ends = nears.span.last(nears.since, calendar) if nears.span is not None else warned_on
    days = {"days": (warned_on - start.since).days, "left": (ends - warned_on).days}
    return "law_nears", {**law, **days, "since": start.span.since}


def _answer_nears(case: Case) -> Iterator[Start]:
    yield from _warning(case, case.regime.answer, answer)


_ANSWERS: Mapping[str, Callable[[Case], Iterator[Start]]] = {
    "warn": _answer_nears,
    "answer_due": answer,
    "answer_due_extended": extended_answer,
}


def counts_from(regime: Regime, event: Event) -> bool:
    """Tell whether any of the law's times is counted from such an event."""
    return any(event in time.counts_from for time in (regime.action, regime.answer) if time is not None)


def counts(regime: Regime, rights: Iterable[Right]) -> bool:
    """Tell whether any of the law's times is given for these rights."""
    asked = frozenset(rights)
    return any(time.rights & asked for time in (regime.action, regime.answer) if time is not None)


def outside_the_law(case: Case) -> bool:
    """Whether the data of a person who died is asked for, and the law is about the living: the office's word holds."""
    acting = case.representative
    return bool(case.regime.living) and acting is not None and acting.nature is Nature.BEREAVED


def _runs(case: Case, time: LegalTime | None) -> date | None:
    """Return from which day a time is counted: the latest of its events; None while one of them has not come."""
    if time is None or outside_the_law(case) or not time.rights & case.rights.keys():
        return None
    return latest(case, time.counts_from)


def latest(case: Case, events: Iterable[Event]) -> date | None:
    """Return the day of the latest of these events; None while one of them has not come."""
    days = [_day_of(event, case) for event in events]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _day_of(event: Event, case: Case) -> date | None:
    if event is Event.FIRST_CONTACT:
        return case.opened_on
    if event is Event.FIRST_ARRIVAL:
        return case.first_arrived_on
    if event is Event.COMPLETE:
        return case.arrived_on if case.state not in WAITING else None
    if event is Event.IDENTITY:
        return case.proven_on or (case.arrived_on if case.verified_by is not None else None)
    return case.paid_on if case.fee_due else case.opened_on


def _entry(case: Case, time: LegalTime) -> int:
    """Return what tells the runs of a time apart: the first contact stays, an arrival may be put right."""
    return 0 if set(time.counts_from) == {Event.FIRST_CONTACT} else case.legal_entry


def _span(
    case: Case,
    time: LegalTime,
    counts: Iterable[Count],
    *,
    until: date | None = None,
    ends: str = "",
    warning: bool = False,
) -> Span:
    acts, rule, stopped = case.regime.acts, time.counting, tuple(_stopped(case, time))
    articles = dict.fromkeys(time.articles.get(right, time.article) for right in case.rights if right in time.rights)
    return Span(
        counts=one_after_another(list(counts)),
        since=f"event.{max(time.counts_from, key=lambda event: _day_of(event, case) or date.min)}",
        law=_both(", ".join(articles) or time.article, acts),
        rule=None if rule is None else (rule.ja, rule.en),
        moves_on=rule is not None and rule.moves_on and not warning,
        holidays="" if rule is None else rule.holidays,
        stopped=stopped,
        stops=_both("; ".join(dict.fromkeys(stop.article for stop in time.stops)), acts) if stopped else None,
        until=until,
        ends=ends,
        warning=warning,
    )


@lru_cache(maxsize=1024)
def _both(article: str, acts: tuple[Act, ...]) -> Both:
    said = short(article, acts)
    return said["ja"], said["en"]


# -- what stops a time ------------------------------------------------------------------------------------------------


def _stopped(case: Case, time: LegalTime) -> Iterator[Held]:
    """Yield the days that do not count towards a time, those of a stop that goes on among them."""
    for stretch in (*case.stops, *_going_on(case)):
        for stop in time.stops:
            lawful = in_force(stretch.first, stop.first, stop.last) and case.rights.keys() <= stop.rights
            if stop.by == stretch.by and lawful:
                yield _whole(stretch, stop)


def _whole(stretch: Stopped, stop: Stop) -> Held:
    first = stretch.first if stop.first_day else stretch.first + ONE_DAY
    if stretch.last is None:
        return Held(first, None)
    return Held(first, stretch.last if stop.last_day else stretch.last - ONE_DAY)


def deficiency_out(case: Case) -> Iterator[Held]:
    """Yield the days on which something asked for again lay with the person, those that go on now among them."""
    for stretch in (*case.stops, *_going_on(case)):
        if stretch.by is StoppedBy.DEFICIENCY:
            yield Held(stretch.first, stretch.last)


def _going_on(case: Case) -> Iterator[Stopped]:
    """Yield what stops the law's time now: forms asked for again that lie with the person, a question put to them."""
    if case.state == "forms_mailed" and case.first_arrived_on is not None and case.posted_on is not None:
        yield Stopped(by=StoppedBy.DEFICIENCY, first=case.posted_on)
    hold = case.hold
    if hold is not None and not hold.by_system and hold.code == StoppedBy.INFORMATION:
        yield Stopped(by=StoppedBy.INFORMATION, first=hold.since, last=hold.until)


def stops_after(case: Case, last: date) -> dict[str, object]:
    """Return the facts of a case in which what stops the law's time ends with that day; none where nothing does."""
    reasons = {stop.by for time in (case.regime.action, case.regime.answer) if time is not None for stop in time.stops}
    if any(not promised.deficiency_counts for promised in case.office.times.promises):
        reasons.add(StoppedBy.DEFICIENCY)
    ended = [replace(one, last=max(one.first, last)) for one in _going_on(case) if one.by in reasons]
    return {"stops": (*case.stops, *ended)} if ended else {}
