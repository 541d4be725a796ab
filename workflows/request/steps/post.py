"""What becomes of a printed letter: posted, come back, sent once more."""

from datetime import timedelta

from workflows.engine.case import At, Tell
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.letters import LetterFate, LetterState, MailClass, RecordPosting, RecordReturn
from workflows.request import billing, delivery, guards, papers_after
from workflows.request.case import Case, Change, OrderLetter
from workflows.request.course_payloads import PostAgain
from workflows.request.promises import CODE_DAYS
from workflows.request.states import APPROVER, CLERK, CLOSED, OPEN, contacted, forms_mailed, request
from workflows.request.values import LetterKind


@request.transition(
    *OPEN,
    *CLOSED,
    by=[CLERK],
    takes=RecordPosting,
    on_hold=True,
    becomes=lambda case, p: "mail_forms" if case.state == contacted and guards.rounds_mailing(case, p) else None,
    offered=lambda case: any(letter.state is LetterState.PRINTED for letter in case.letters),
    undone_by=["undo_posting", "amend_posting"],
)
def record_posting(case: Case, p: RecordPosting, at: At) -> Change | Refused:
    """Record that a printed letter went into the post."""
    letter = case.letter(p.letter)
    on = p.on or at.today
    reasons = tuple(guards.postable(letter, on, case, at, p.letter))
    if letter is not None and not reasons:
        reasons = (*delivery.postable_way(case, letter), *guards.paid_before_posting(case, letter, at))
    if letter is None or reasons:
        return Refused(reasons)
    fate = LetterFate(
        number=letter.number,
        state=LetterState.POSTED,
        on=on,
        mail_class=p.mail_class or MailClass.ORDINARY,
        tracking=p.tracking,
    )
    # What goes after the round's forms has a code of its own, which holds as long as any.
    facts: dict[str, object] = {}
    if letter.number in case.supplements:
        facts["code_expires_on"] = on + timedelta(days=CODE_DAYS)
    if gone := tuple(papers_after.goes_along(case, letter, on, at)):
        facts["course"] = case.course.with_papers(gone)
    facts |= billing.posted(case, letter, on, at)
    return Change(facts=facts, fates=(fate,), details={"letter": letter.number, "on": on.isoformat()})


@request.transition(
    *OPEN,
    *CLOSED,
    by=[CLERK],
    takes=RecordReturn,
    on_hold=True,
    becomes=lambda case, p: "undeliverable" if case.state == forms_mailed and guards.rounds_mailing(case, p) else None,
    offered=lambda case: any(letter.state is LetterState.POSTED for letter in case.letters),
    undone_by=["undo_return"],
)
def record_return(case: Case, p: RecordReturn, at: At) -> Change | Refused:
    """Record that the post brought a letter back."""
    letter = case.letter(p.letter)
    on = p.on or at.today
    reasons = tuple(guards.returnable(letter, on, case, at, p.letter))
    if letter is None or reasons:
        return Refused(reasons)
    fate = LetterFate(number=letter.number, state=LetterState.RETURNED, on=on, reason=p.reason)
    tell = Tell(CLERK, Reason("mail_came_back", {"letter": letter.number, "why": f"return.{p.reason}"}))
    details = {"letter": letter.number, "on": on.isoformat(), "reason": p.reason}
    return Change(fates=(fate,), notices=(tell,), details=details)


@request.transition(
    *CLOSED,
    by=[APPROVER],
    takes=PostAgain,
    unless=[guards.a_letter_came_back, guards.answer_address_proven],
    stands="it is the same letter, to an address that is proven: a second one tells nobody anything new",
)
def post_again(case: Case, p: PostAgain, at: At) -> Change | Refused:
    """Send what came back once more, as marked copy 2 of the same letter."""
    back = [letter for letter in guards.newest_copies(case.letters) if letter.state is LetterState.RETURNED]
    letter = back[-1]
    if letter.kind == LetterKind.DISCLOSURE_NOTIFICATION:
        reasons = tuple(delivery.asked_for_again(case, p.asked, at))
        if reasons:
            return Refused(reasons)
    return Change(
        letters=(OrderLetter(kind=letter.kind, copy_of=letter.number),),
        details={"letter": letter.number, "copy": letter.copy + 1},
    )
