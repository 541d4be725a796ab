"""What a letter told a person about their time, and what of it binds the office. Pure.

A day told in a posted letter is a promise: it is theirs to its end, and it never moves earlier. A reminder gives time
of its own, from the day it was posted; until it is posted nothing follows it.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from workflows.engine.calendars import Calendar
from workflows.engine.deadlines import NOTHING, Promise
from workflows.letters import LetterState
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
    days = [calendar.add_working_days(case.posted_on, REPLY_WORKING_DAYS, case.stretches)]
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
    return None if round_ is None else calendar.add_working_days(today, REPLY_WORKING_DAYS)
