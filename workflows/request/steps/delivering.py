"""How an answer reaches its person where it is not simply posted: chosen, told to lie ready, handed over."""

from dataclasses import replace

from workflows.engine.case import At
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.letters import DeliveryWay, LetterFate, LetterState
from workflows.office.answer import AT_THE_OFFICE, IN_PERSON
from workflows.request import delivery, papers_after, paying, picked
from workflows.request.case import Case, Change
from workflows.request.course import HandedOver, Ready
from workflows.request.course_payloads import ChooseDelivery, HandOver, TellReady
from workflows.request.payloads import TakeBack
from workflows.request.states import CLERK, CLOSED, OPEN, fulfilled, refused, request


def _lies_here(case: Case) -> bool:
    letter = delivery.answer_of(case)
    return letter is not None and letter.state is LetterState.PRINTED


@request.transition(
    *OPEN,
    *CLOSED,
    by=[CLERK],
    takes=ChooseDelivery,
    on_hold=True,
    offered=delivery.offers_a_choice,
    only_if_offered=True,
    undone_by=["choose_delivery"],
    typed="choose-delivery CASE",
)
def choose_delivery(case: Case, p: ChooseDelivery, at: At) -> Change | Refused:
    """Record how the person wants the answer, among what the office offers; the later choice counts."""
    if delivery.answered_on(case) is not None and not _waits_here(case):
        return Refused((Reason("answered_already", {"case": case.number}),))
    if reasons := tuple(delivery.choice_fits(case, p)):
        return Refused(reasons)
    chosen, bought = picked.recorded(case, p)
    account = paying.settled(replace(case, account=bought), at.today)
    course = replace(case.course, chosen=chosen, ready=None, not_collected=None)
    if chosen.way in AT_THE_OFFICE:
        course = replace(course, ready=case.course.ready)
    facts: dict[str, object] = {"course": course, **({"account": account} if account != case.account else {})}
    details = {"way": p.way, "class": p.mail_class, "extras": list(p.extras), "paid": p.paid}
    costs = tuple(picked.told_unpaid(replace(case, account=account), at.today))
    return Change(facts=facts, told=costs, details=details)


def _waits_here(case: Case) -> bool:
    """Whether the answer was only told to lie ready."""
    letter = delivery.answer_of(case)
    return letter is not None and letter.posted_on is None


@request.transition(
    fulfilled,
    refused,
    by=[CLERK],
    takes=TellReady,
    on_hold=True,
    offered=lambda case: _lies_here(case) and delivery.going(case).way in AT_THE_OFFICE,
    only_if_offered=True,
    undone_by=["tell_ready", "undo_ready"],
    typed="tell-ready CASE --how HOW",
)
def tell_ready(case: Case, p: TellReady, at: At) -> Change | Refused:
    """Record that the person was told that the answer lies ready; the time to collect it runs from here."""
    on = p.on or at.today
    if delivery.going(case).way not in AT_THE_OFFICE:
        return Refused((Reason("not_collected_here", {"case": case.number}),))
    letter = delivery.answer_of(case)
    if letter is None or letter.printed_on is None:
        return Refused((Reason("no_answer_here", {"case": case.number}),))
    if letter.posted_on is not None:
        return Refused((Reason("answered_already", {"case": case.number}),))
    if on > at.today:
        return Refused((Reason("in_the_future", {"day": on.isoformat(), "today": at.today.isoformat()}),))
    if on < letter.printed_on:
        return Refused((Reason("done_too_early", {"day": on.isoformat(), "first": letter.printed_on.isoformat()}),))
    ready = Ready(letter=letter.number, on=on, how=p.how, seq=case.seq + 1)
    return Change(
        facts={"course": replace(case.course, ready=ready, not_collected=None)},
        details={"letter": letter.number, "on": on.isoformat(), "how": str(p.how)},
    )


@request.transition(
    fulfilled,
    refused,
    by=[CLERK],
    takes=TakeBack,
    on_hold=True,
    offered=lambda case: case.course.ready is not None and _lies_here(case),
    only_if_offered=True,
    undone_by=["tell_ready"],
    typed="undo-ready CASE --why",
)
def undo_ready(case: Case, p: TakeBack, at: At) -> Change | Refused:
    """Take back that the person was told that the answer lies ready."""
    ready = case.course.ready
    if ready is None or not _lies_here(case):
        return Refused((Reason("no_answer_here", {"case": case.number}),))
    course = replace(case.course, ready=None, not_collected=None)
    details = {"letter": ready.letter, "was": ready.on.isoformat()}
    return Change(facts={"course": course}, undoes=ready.seq, details=details)


@request.transition(
    fulfilled,
    refused,
    by=[CLERK],
    takes=HandOver,
    on_hold=True,
    offered=lambda case: _lies_here(case) and set(case.office.answer.ways) != {DeliveryWay.POST},
    only_if_offered=True,
    undone_by=["undo_posting"],
    typed="hand-over CASE --way WAY",
)
def hand_over(case: Case, p: HandOver, at: At) -> Change | Refused:
    """Record that the answer reached its person without the post, with its own proof; it is then answered."""
    letter, on = delivery.answer_of(case), p.on or at.today
    if letter is None or letter.state is not LetterState.PRINTED or letter.printed_on is None:
        return Refused((Reason("no_answer_here", {"case": case.number}),))
    if p.way is DeliveryWay.POST or p.way not in case.office.answer.ways:
        known = [f"way.{way}" for way in case.office.answer.ways if way is not DeliveryWay.POST]
        return Refused((Reason("way_not_offered", {"way": f"way.{p.way}", "known": known}),))
    if on > at.today:
        return Refused((Reason("in_the_future", {"day": on.isoformat(), "today": at.today.isoformat()}),))
    if on < letter.printed_on:
        return Refused((Reason("done_too_early", {"day": on.isoformat(), "first": letter.printed_on.isoformat()}),))
    proof = _proof(case, p, at) if p.way in IN_PERSON else ()
    if lacking := (*proof, *paying.with_the_answer(case, at)):
        return Refused(lacking)
    handed = HandedOver(letter=letter.number, way=p.way, on=on, by=at.actor.name, paper=p.paper, receipt=p.receipt)
    course = replace(case.course, handed=(*case.course.handed, handed), not_collected=None)
    return Change(
        facts={"course": course.with_papers(papers_after.goes_along(case, letter, on, at))},
        fates=(LetterFate(number=letter.number, state=LetterState.POSTED, on=on),),
        details={
            "letter": letter.number, "way": str(p.way), "on": on.isoformat(), "paper": p.paper, "receipt": p.receipt,
        },
    )  # fmt: skip


def _proof(case: Case, p: HandOver, at: At) -> list[Reason]:
    """Return what is missing of the proof: whoever stands there is known again by a paper, and signs for a paper."""
    missing = []
    if p.paper is None:
        missing.append(Reason("look_at_a_paper", {"case": case.number}))
    elif case.regime.paper(p.paper, at.today) is None:
        known = sorted({row.code for row in case.regime.papers.documents if not row.never})
        missing.append(Reason("no_such_paper", {"word": p.paper, "known": known}))
    if p.way is DeliveryWay.COLLECTED and not p.receipt:
        missing.append(Reason("receipt_unsigned", {"case": case.number}))
    return missing
