"""More time: deadlines that stand still on hold, and the extension a law knows."""

from collections.abc import Iterator

from workflows.engine.calendars import ONE_DAY
from workflows.engine.case import At, OnHold, Tell
from workflows.engine.machine import Refused
from workflows.engine.payloads import Fired, Nothing
from workflows.engine.values import Reason
from workflows.request import clocks, guards
from workflows.request.case import Case, Change, OrderLetter
from workflows.request.consequences import HOLD_WORKING_DAYS
from workflows.request.payloads import Extend, Hold
from workflows.request.states import APPROVER, CLERK, LEAD, OPEN, SYSTEM, request
from workflows.request.values import LetterKind

LONGEST_HOLD = 366 * ONE_DAY
"""Beyond that a day is mistyped: office deadlines would stand still for decades. Who needs more holds again."""


@request.transition(*OPEN, by=[CLERK], takes=Hold, unless=[guards.not_yet_on_hold], undone_by=["resume"])
def hold(case: Case, p: Hold, at: At) -> Change | Refused:
    """Let the office's deadlines stand still; the legal ones never do."""
    until = p.until or at.calendar.add_working_days(at.today, HOLD_WORKING_DAYS)
    if until < at.today:
        return Refused((Reason("hold_in_the_past", {"until": until.isoformat(), "today": at.today.isoformat()}),))
    last = at.today + LONGEST_HOLD
    if until > last:
        return Refused((Reason("hold_too_long", {"until": until.isoformat(), "last": last.isoformat()}),))
    held = OnHold(at.actor.name, p.reason, at.today, until, case.seq + 1)
    return Change(hold=held, details={"reason": p.reason, "until": until.isoformat()})


@request.transition(
    *OPEN,
    by=[CLERK, LEAD, SYSTEM],
    takes=Nothing,
    on_hold=True,
    unless=[guards.lead_if_the_system_held],
    undone_by=["hold"],
)
def resume(case: Case, p: Nothing | Fired, at: At) -> Change:
    """Let the deadlines run again, later by the working days on hold."""
    tell = Tell(LEAD, Reason("notice.hold_ended", {"case": case.number}))
    ended = isinstance(p, Fired)
    facts = clocks.stops_after(case, at.today if case.hold is None else min(at.today, case.hold.until))
    return Change(lift_hold=True, facts=facts, notices=(tell,) if ended else (), details={"by_itself": ended})


@request.transition(
    *OPEN,
    by=[APPROVER],
    takes=Extend,
    unless=[guards.regime_extends, guards.someone_can_be_written_to],
    letters=[LetterKind.EXTENSION_NOTICE],
    stands="a day told to a person is a promise, and the answer may come earlier",
)
def extend(case: Case, p: Extend, at: At) -> Change | Refused:
    """Take more time for the answer, with a notice, where the law knows that."""
    if missing := list(guards.extension_missing(case, p.reason, at)):
        return Refused(tuple(missing))
    if missing := list(_day_unfit(case, p, at)):
        return Refused(tuple(missing))
    return Change(
        facts={
            "extended": True,
            "extend_reason": p.reason,
            "extended_for": (*case.extended_for, str(p.reason)),
            "answer_by": p.until or case.answer_by,
        },
        letters=(OrderLetter(kind=LetterKind.EXTENSION_NOTICE),),
        details={"reason": p.reason} | ({} if p.until is None else {"until": p.until.isoformat()}),
    )


def _day_unfit(case: Case, p: Extend, at: At) -> Iterator[Reason]:
    """Yield what is wrong with the day named: the law sets the end, or leaves it to the office, which then names it."""
    known = case.regime.extension_for(p.reason)
    if known is not None and known.span is not None and p.until is not None:
        yield Reason("law_sets_the_end", {"reason": f"extend.{p.reason}", "article": known.article})
    elif known is not None and known.span is None:
        stands = clocks.answer_by(case, at.calendar)
        if p.until is None:
            yield Reason("name_the_day", {"reason": f"extend.{p.reason}", "article": known.article})
        elif p.until <= (stands or at.today):
            yield Reason(
                "extended_to_earlier", {"until": p.until.isoformat(), "last": (stands or at.today).isoformat()}
            )
