"""When the clock must not say that nothing came: what lies in the house speaks first. Pure.

A reminder, a lapse and the end of waiting all say that nothing has come. Where pages or orders of the case lie
unregistered in the house, the step becomes another one: somebody is told to register them, and the deadline is asked
again on the next working day.
"""

from collections.abc import Iterator

from workflows.engine.calendars import StandsStillError
from workflows.engine.case import At, Tell
from workflows.engine.payloads import Fired
from workflows.engine.values import Reason, Role
from workflows.request.case import Case
from workflows.request.promises import last_day, promise, reminders


def put_off_instead(case: Case, p: Fired) -> str | None:
    """Return the step that puts the deadline off, where something lies in the house that may be theirs."""
    return "put_off" if case.house.theirs or unsorted(case, p) else None


def end_instead(case: Case, p: Fired) -> str | None:
    """Return what is done in place of ending their time: put it off, or remind where no reminder was ever made."""
    return put_off_instead(case, p) or ("remind" if case.state == "forms_mailed" and not reminders(case) else None)


def their_time_is_over(case: Case, at: At) -> Iterator[Reason]:
    """The last day told to the person is over, a reminder was posted, and the time it gave has passed."""
    unposted = promise(case).waits_for
    if unposted is not None:
        yield Reason("reminder_unposted", {"case": case.number, "letter": unposted})
    try:
        last = last_day(case, at.calendar)
    except StandsStillError:
        return
    if last is not None and at.today <= last:
        yield Reason("their_time_runs", {"case": case.number, "last": last.isoformat()})


def unsorted(case: Case, p: Fired) -> int:
    """Return on how many days of their time pages came in that nobody has sorted: any of them may be theirs."""
    if case.posted_on is None:
        return 0
    last = p.last_day
    return sum(1 for day in case.house.unsorted if case.posted_on <= day and (last is None or day <= last))


def told_to_register(case: Case, p: Fired) -> tuple[Tell, ...]:
    """Return whom it is said to that something must be registered: the clerk first, the lead on the days after.

    Pages that might be anybody's get the day they are usually sorted in before anybody is told.
    """
    here = case.house
    params = {"case": case.number, "step": f"transition.{p.name}", "times": p.asked + 1}
    if here.theirs:
        params |= {"pages": here.pages, "tray": here.tray, "orders": here.orders}
        code = "notice.register_first" if case.state == "forms_mailed" else "notice.paid_first"
        return (Tell(Role.LEAD if p.asked else Role.CLERK, Reason(code, params)),)
    if p.asked == 0:
        return ()
    days = [day.isoformat() for day in here.unsorted if case.posted_on is not None and day >= case.posted_on]
    params |= {"times": p.asked, "days": days[:3]}
    return (Tell(Role.LEAD if p.asked > 1 else Role.CLERK, Reason("notice.sort_first", params)),)
