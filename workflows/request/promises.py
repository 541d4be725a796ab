"""What a letter told a person about their time, and what of it binds the office. Pure.

A day told in a posted letter is a promise: it is theirs to its end, and it never moves earlier. A reminder gives time
of its own, from the day it was posted; until it is posted nothing follows it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from workflows.engine.calendars import ONE_DAY, Calendar, Held, months_later
from workflows.engine.deadlines import NOTHING, Count, Deadline, Promise, Unit
from workflows.letters import LetterState
from workflows.office.times import NotSupplied
from workflows.request.values import LetterKind

if TYPE_CHECKING:
    from workflows.letters import Letter
    from workflows.request.case import Case

REPLY_WORKING_DAYS = 40
"""How long forms are waited for, from their posting."""
CODE_DAYS = 180
"""How long the code on a form is good, from the posting of the form."""
REMINDER_WORKING_DAYS = 5
"""What a reminder gives at least, from its own posting, before the next one or the end of the time."""


def supply_count(case: "Case", round_: int) -> Count | None:
    """Return how long the office gives for what it asks for again, from the posting; None: as long as for the forms.

    Months are counted out from the day itself: the reply is a number of days from it.
    """
    within = case.office.times.deficiency.within
    return within.count if within is not None and round_ > 1 and case.first_arrived_on is not None else None


def lapses_all_the_same(case: "Case") -> bool:
    """Whether a request to which something came ends unanswered where what is missing is not supplied in time."""
    return case.office.times.deficiency.then is NotSupplied.LAPSE and case.rounds > 1


def reply_by(posted: date, count: Count | None, calendar: Calendar, held: Sequence[Held] = ()) -> date:
    """Return the last day for a reply to what was posted on that day."""
    if count is None:
        return calendar.add_working_days(posted, REPLY_WORKING_DAYS, held)
    if count.unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(posted, count.number, held)
    return months_later(posted, count.number) if count.unit is Unit.MONTHS else posted + count.number * ONE_DAY


def counted(case: "Case", deadline: Deadline) -> Deadline:
    """Return a deadline of waiting for forms as it counts where the office says how long a deficiency may take.

    One reminder goes out half-way; what follows it gives it its time all the same.
    """
    count = supply_count(case, case.rounds)
    if count is None or case.state != "forms_mailed" or case.posted_on is None:
        return deadline
    number, unit = count.number, count.unit
    if unit is Unit.MONTHS:
        number, unit = (months_later(case.posted_on, number) - case.posted_on).days, Unit.CALENDAR_DAYS
    if deadline.fires == "remind":
        number = max(1, number // 2)
    return replace(deadline, unit=unit, counts=(number,), at_opening=True)


def reminders(case: "Case") -> "Sequence[Letter]":
    """Return the reminders of the present round that are not void."""
    mailing = case.round_letter
    if mailing is None:
        return ()
    return tuple(
        letter
        for letter in case.letters
        if letter.kind == LetterKind.REMINDER
        and letter.ordinal > mailing.ordinal
        and letter.state is not LetterState.VOID
    )


def promise(case: "Case") -> Promise:
    """Return what the letters of the present round promise."""
    mailing = case.round_letter
    if mailing is None or case.state != "forms_mailed":
        return NOTHING
    sent = reminders(case)
    more = [letter for letter in case.letters if letter.number in case.supplements and letter.round == case.rounds]
    told = [each.told for each in (mailing, *more, *sent) if each.posted_on is not None and each.told is not None]
    posted = [letter.posted_on for letter in sent if letter.posted_on is not None]
    lying = [letter.number for letter in sent if letter.unposted]
    return Promise(max(told, default=None), max(posted, default=None), lying[0] if lying else None)


def last_day(case: "Case", calendar: Calendar) -> date | None:
    """Return the last day of their time: counted from the posting, told in a letter, or given by a reminder.

    None where nothing was posted. Raises `StandsStillError` where the count reaches into a hold without an end.
    """
    if case.posted_on is None:
        return None
    days = [reply_by(case.posted_on, supply_count(case, case.rounds), calendar, case.stretches)]
    promised = promise(case)
    if promised.reminded is not None:
        days.append(calendar.add_working_days(promised.reminded, REMINDER_WORKING_DAYS, case.stretches))
    if promised.told is not None:
        days.append(promised.told)
    return max(days)


def told_by(kind: str, round_: int | None, case: "Case", calendar: Calendar, today: date) -> date | None:
    """Return the day a letter ordered *today* gives for the reply; None for one that gives none.

    A mailing counts from today, since its posting is still to come; a reminder repeats what stands, and never gives
    less than what follows from the time it gives itself.
    """
    if kind == LetterKind.REMINDER:
        stands, own = last_day(case, calendar), calendar.add_working_days(today, REMINDER_WORKING_DAYS)
        return None if stands is None else max(stands, own)
    return None if round_ is None else reply_by(today, supply_count(case, round_), calendar)
