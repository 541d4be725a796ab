"""The request as it can stand: its machine, its states with what becomes due in each, and the clocks of the case.

What leads from one state to another stands in workflows/request/steps; the law's numbers are data in workflows/law.
"""

from collections.abc import Iterator

from workflows.engine.deadlines import (
    Deadline,
    after,
    as_the_case_says,
    every,
    then,
    working_days,
)
from workflows.engine.machine import Machine, Start
from workflows.engine.values import Role
from workflows.letters import Letter, LetterState
from workflows.request import billing, clocks, course_clocks, delivery, guards
from workflows.request.case import MAILINGS, Case, Change
from workflows.request.case import after as after_change
from workflows.request.promises import REMINDER_WORKING_DAYS, REPLY_WORKING_DAYS, counted, lapses_all_the_same, promise
from workflows.request.values import LetterKind

CLERK, VERIFIER, APPROVER, LEAD, SYSTEM = Role.CLERK, Role.VERIFIER, Role.APPROVER, Role.LEAD, Role.SYSTEM

ARRIVED = "arrived"
NOT_ARRIVED = "not arrived"


def _is_answered(case: Case) -> bool:
    """Whether something arrived, so that the request is answered as it is: it lapses only where the office says so."""
    return case.first_arrived_on is not None and not lapses_all_the_same(case)


request: Machine[Change] = Machine(
    "request",
    version=5,
    change=Change,
    after=after_change,
    conditions={
        ARRIVED: _is_answered,
        NOT_ARRIVED: lambda case: not _is_answered(case),
    },
    promise=promise,
    counted=counted,
    first=["hold_end"],
)


def chase(*, first: int, then_every: int) -> Deadline:
    """Return the office's way of chasing: at *first* and every *then_every* working days, five times, then every 5."""
    return then(working_days(first), then_every=working_days(then_every), times=5, at_last=working_days(5)).do(
        "escalate"
    )


def ends_their_time(fires: str) -> Deadline:
    """Return the end of waiting for forms: the last day is theirs, and a reminder was posted and gave its time."""
    ends = after(working_days(REPLY_WORKING_DAYS)).do(fires).after_the_whole_day()
    return ends.after_reminders(working_days(REMINDER_WORKING_DAYS))


# -- states, and what becomes due in them -----------------------------------------------------------------------

contacted = request.state(
    "contacted",
    initial=True,
    deadlines=[chase(first=2, then_every=2)],
)
forms_mailed = request.state(
    "forms_mailed",
    anchor="posted_on",
    deadlines=[
        after(working_days(10), working_days(20)).do("remind").after_reminders(working_days(REMINDER_WORKING_DAYS)),
        ends_their_time("lapse").when(NOT_ARRIVED),
        ends_their_time("give_up_waiting").when(ARRIVED),
    ],
)
forms_returned = request.state(
    "forms_returned",
    deadlines=[chase(first=3, then_every=3)],
)
id_verified = request.state(
    "id_verified",
    deadlines=[chase(first=5, then_every=3)],
)
fulfilled = request.state("fulfilled", closed=True)
refused = request.state("refused", closed=True)
withdrawn = request.state("withdrawn", closed=True)
lapsed = request.state("lapsed", closed=True)
voided = request.state("voided", closed=True)

OPEN = (contacted, forms_mailed, forms_returned, id_verified)
CLOSED = (fulfilled, refused, withdrawn, lapsed, voided)

# -- clocks of the case, of a hold and of letters ---------------------------------------------------------------


@request.clock(as_the_case_says("escalate", name="warn", at_opening=True), legal=True, warns=True, named=True)
def _law_nears(case: Case) -> Iterator[Start]:
    """A date of the law is near, as many days after its start as the regime says (APPI 39(1): the 10th)."""
    return clocks.warned(case)


@request.clock(as_the_case_says("escalate", name="appi_39"), legal=True, named=True)
def _may_sue(case: Case) -> Iterator[Start]:
    """From when the person may sue, as the regime says (APPI 39(1): the 15th day); until the answer is posted."""
    return clocks.action(case)


@request.clock(as_the_case_says("escalate", name="answer_due"), legal=True)
def _answer_due(case: Case) -> Iterator[Start]:
    """The law's own time for the answer, as the regime says (GDPR 12(3): one month; APPI 83(1): 30 days)."""
    return clocks.answer(case)


@request.clock(as_the_case_says("escalate", name="answer_due_extended"), legal=True)
def _extended_answer_due(case: Case) -> Iterator[Start]:
    """The same with all that was added to it: an extension was told in time."""
    return clocks.extended_answer(case)


def _own_clock(name: str) -> None:
    """Declare a clock of the office's own procedure: as long as that says, chased once it has run out."""
    fires = "end_collecting" if name == "collect_by" else "chase"
    deadline = as_the_case_says(fires, name=name, at_opening=True)
    request.clock(deadline, named=True)(lambda case: course_clocks.starts(case, name))


for _name in course_clocks.CLOCKS:
    _own_clock(_name)


@request.clock(after(working_days(1)).do("resume", name="hold_end"), stops=False)
def _hold_ends(case: Case) -> Iterator[Start]:
    """A hold set by a person ends after its last day, and the lead is told."""
    if case.hold is not None and not case.hold.by_system:
        yield Start(case.hold.seq, case.hold.until)


@request.clock(every(working_days(1), times=1, then=working_days(5)).do("escalate", name="hold_watch"), stops=False)
def _system_hold_outlasts(case: Case) -> Iterator[Start]:
    """A hold set by the system does not end by itself: the lead is told again and again."""
    if case.hold is not None and case.hold.by_system:
        yield Start(case.hold.seq, case.hold.until)


@request.clock(every(working_days(1), times=1, then=working_days(2)).do("escalate", name="unposted"), stops=False)
def _lies_unposted(case: Case) -> Iterator[Start]:
    """A letter that was made and not posted: one working day, then every two, for closed cases too."""
    for letter in case.letters:
        if letter.made_on is not None and letter.state in (LetterState.MADE, LetterState.PRINTED):
            if _waits_for_its_person(case, letter):
                continue
            yield Start(letter.entry, letter.made_on, letter.number)


def _waits_for_its_person(case: Case, letter: Letter) -> bool:
    """Whether a printed answer lies ready, and its person was told so: then the time to collect it runs."""
    told = case.course.ready is not None or case.course.not_collected is not None
    return told and delivery.waits_to_be_collected(case, letter)


@request.clock(after(working_days(1)).do("remind_payment").after_reminders(working_days(1)))
def _unpaid(case: Case) -> Iterator[Start]:
    """A bill whose day has passed: its person is reminded on the next working day, and given time of its own."""
    return billing.first_time(case)


@request.clock(after(working_days(1)).do("lapse_unpaid").after_reminders(working_days(1)))
def _still_unpaid(case: Case) -> Iterator[Start]:
    """A bill that was not paid in the time its reminder gave: what then, the office's procedure says."""
    return billing.last_time(case)


@request.clock(every(working_days(5), times=1, then=working_days(5)).do("escalate", name="refund_owed"), stops=False)
def _refund_owed(case: Case) -> Iterator[Start]:
    """Money the office owes back by its own rules: the lead is told until it is given back."""
    return billing.refund_due(case)


@request.clock(every(working_days(2), times=1, then=working_days(5)).do("escalate", name="came_back"), stops=False)
def _came_back(case: Case) -> Iterator[Start]:
    """A letter that came back (a round's mailing has its own way: undeliverable), and that no other answer replaces."""
    for letter in guards.newest_copies(case.letters):
        replaced = letter.kind == LetterKind.DISCLOSURE_NOTIFICATION and letter.ordinal <= case.taken_back
        if replaced or (letter.kind in MAILINGS and letter.number not in case.supplements):
            continue
        if delivery.kept_until_asked(case, letter):
            continue
        if letter.state is LetterState.RETURNED and letter.returned_on is not None:
            yield Start(letter.entry, letter.returned_on, letter.number)
