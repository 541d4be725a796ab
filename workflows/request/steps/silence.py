"""What the office does by itself while nothing comes: reminders, a word to the lead, the end of waiting."""

from workflows.engine.case import At, Tell
from workflows.engine.machine import Refused
from workflows.engine.payloads import Fired
from workflows.engine.values import Reason
from workflows.office.times import NotSupplied
from workflows.request import billing, clocks, paying
from workflows.request.arrivals import arrival
from workflows.request.case import Case, Change, OrderLetter
from workflows.request.charges import refund_owed
from workflows.request.consequences import end_of_waiting
from workflows.request.payloads import ReceiveForms
from workflows.request.promises import lapses_all_the_same
from workflows.request.states import (
    CLERK,
    CLOSED,
    LEAD,
    OPEN,
    SYSTEM,
    forms_mailed,
    forms_returned,
    id_verified,
    lapsed,
    request,
)
from workflows.request.values import LetterKind
from workflows.request.waiting import end_instead, put_off_instead, their_time_is_over, told_to_register, unsorted


@request.transition(
    forms_mailed,
    by=[SYSTEM],
    takes=Fired,
    letters=[LetterKind.REMINDER],
    becomes=put_off_instead,
    stands="a reminder binds nobody; it is void with the posting it counted from",
)
def remind(case: Case, p: Fired, at: At) -> Change:
    """Remind the addressee by post that the forms have not come back."""
    return Change(letters=(OrderLetter(kind=LetterKind.REMINDER),), details={"reminder": p.fire_no, "missed": p.missed})


@request.transition(
    forms_mailed, id_verified, by=[SYSTEM], takes=Fired, stands="the clock asks again on the next working day"
)
def put_off(case: Case, p: Fired, at: At) -> Change:
    """Say nothing to the person while something lies in the house unregistered: staff must register it first."""
    here = case.house
    return Change(
        notices=told_to_register(case, p),
        details={
            "timer": p.name,
            "fire_no": p.fire_no,
            "asked": p.asked + 1,
            "pages": here.pages,
            "tray": here.tray,
            "orders": here.orders,
            "unsorted_days": unsorted(case, p),
        },
    )


@request.transition(
    *OPEN, *CLOSED, by=[SYSTEM], takes=Fired, on_hold=True, stands="it tells staff, and changes nothing"
)
def escalate(case: Case, p: Fired, at: At) -> Change:
    """Tell the lead that something stands still, or that a legal date nears."""
    params: dict[str, object] = {"case": case.number, "times": p.fire_no, "state": f"state.{case.state}"}
    if p.letter is not None:
        params["letter"] = p.letter
    if p.name == "refund_owed":
        params |= paying.told(refund_owed(case, at.today), case.office.fees.currency)
    name, more = clocks.told(case, p.name, at.calendar)
    notice = f"stalled_{case.state}" if name == "escalate" else name
    tell = Tell(LEAD, Reason(f"notice.{notice}", params | more))
    details = {"timer": p.name, "fire_no": p.fire_no, "letter": p.letter, "missed": p.missed}
    # While a bill may be paid it is the person's turn, and nothing stands still.
    theirs = p.name == "escalate" and case.state == id_verified and billing.waits(case, at.today)
    return Change(notices=() if theirs else (tell,), details=details)


@request.transition(
    forms_mailed,
    by=[SYSTEM],
    to=lapsed,
    takes=Fired,
    unless=[their_time_is_over],
    letters=[LetterKind.LAPSE_NOTICE],
    becomes=end_instead,
    undone_by=["reopen", "reinstate"],
)
def lapse(case: Case, p: Fired, at: At) -> Change | Refused:
    """Close a case whose forms never came, with a notice; a late return can reopen it."""
    if case.first_arrived_on is not None and not lapses_all_the_same(case):
        return Refused((Reason("something_arrived", {"case": case.number}),))
    return Change(
        letters=(OrderLetter(kind=LetterKind.LAPSE_NOTICE),),
        fates=end_of_waiting(case, at),
        details={"fire_no": p.fire_no},
    )


@request.transition(
    forms_mailed,
    by=[SYSTEM],
    to=forms_returned,
    takes=Fired,
    unless=[their_time_is_over],
    becomes=end_instead,
    undone_by=["ask_again"],
)
def give_up_waiting(case: Case, p: Fired, at: At) -> Change | Refused:
    """Stop waiting for what was asked again; what once arrived must be answered: the lead decides on what is there."""
    if case.first_arrived_on is None:
        return Refused((Reason("nothing_arrived", {"case": case.number}),))
    refuses = case.office.times.deficiency.then in (NotSupplied.REFUSE, NotSupplied.RETURNED)
    tell = Tell(LEAD, Reason("notice.gave_up_refuse" if refuses else "notice.gave_up_waiting", {"case": case.number}))
    return Change(
        facts=clocks.stops_after(case, at.today),
        notices=(tell,),
        fates=end_of_waiting(case, at),
        details={"fire_no": p.fire_no},
    )


@request.transition(
    lapsed,
    by=[CLERK],
    to=forms_returned,
    takes=ReceiveForms,
    reopens=True,
    undone_by=["receive_again", "undo_reopening"],
)
def reopen(case: Case, p: ReceiveForms, at: At) -> Change | Refused:
    """Take up a lapsed case whose forms came after all; an expired code will do, a void one not."""
    return arrival(case, p, at)
