"""More time: deadlines that stand still on hold, and the extension a law knows."""

from workflows.engine.case import At, OnHold, Tell
from workflows.engine.machine import Refused
from workflows.engine.payloads import Fired, Nothing
from workflows.engine.values import Reason
from workflows.request import guards
from workflows.request.case import Case, Change, OrderLetter
from workflows.request.consequences import HOLD_WORKING_DAYS
from workflows.request.payloads import Extend, Hold
from workflows.request.states import APPROVER, CLERK, LEAD, OPEN, SYSTEM, request
from workflows.request.values import LetterKind


@request.transition(*OPEN, by=[CLERK], takes=Hold, unless=[guards.not_yet_on_hold], undone_by=["resume"])
def hold(case: Case, p: Hold, at: At) -> Change | Refused:
    """Let the office's deadlines stand still; the legal ones never do."""
    until = p.until or at.calendar.add_working_days(at.today, HOLD_WORKING_DAYS)
    if until < at.today:
        return Refused((Reason("hold_in_the_past", {"until": until.isoformat(), "today": at.today.isoformat()}),))
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
    return Change(lift_hold=True, notices=(tell,) if ended else (), details={"by_itself": ended})


@request.transition(
    *OPEN,
    by=[APPROVER],
    takes=Extend,
    unless=[guards.regime_extends, guards.someone_can_be_written_to],
    letters=[LetterKind.EXTENSION_NOTICE],
    stands="a day told to a person is a promise, and the answer may come earlier",
)
def extend(case: Case, p: Extend, at: At) -> Change:
    """Take more time for the answer, once and with a notice, where the law knows that."""
    return Change(
        facts={"extended": True, "extend_reason": p.reason},
        letters=(OrderLetter(kind=LetterKind.EXTENSION_NOTICE),),
        details={"reason": p.reason},
    )
