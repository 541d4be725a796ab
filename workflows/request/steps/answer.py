"""The answer: decided right by right, and released by somebody else."""

from workflows.engine.case import At
from workflows.engine.machine import Refused
from workflows.engine.payloads import Nothing
from workflows.engine.values import Reason
from workflows.request import guards
from workflows.request.case import Case, Change
from workflows.request.consequences import release
from workflows.request.payloads import Decide, Fulfil
from workflows.request.rights import needs_confirmation
from workflows.request.states import APPROVER, CLERK, VERIFIER, forms_returned, fulfilled, id_verified, refused, request
from workflows.request.values import LetterKind


@request.transition(id_verified, forms_returned, by=[CLERK, VERIFIER], takes=Decide)
def decide(case: Case, p: Decide, at: At) -> Change | Refused:
    """Decide each right; a later decision replaces an earlier one, and both stay in the history."""
    reasons = tuple(guards.outcomes_fit(case, p, at))
    if reasons:
        return Refused(reasons)
    told = {
        right: outcome.outcome if outcome.ground is None else f"{outcome.outcome}:{outcome.ground}"
        for right, outcome in p.outcomes.items()
    }
    return Change(facts={"decided_by": at.actor.name}, rights=dict(p.outcomes), details={"outcomes": told})


@request.transition(
    id_verified,
    by=[APPROVER],
    to=fulfilled,
    takes=Fulfil,
    unless=[
        guards.every_right_decided,
        guards.something_granted,
        guards.released_by_another,
        guards.someone_can_be_written_to,
        guards.still_proven,
    ],
    letters=[LetterKind.DISCLOSURE_NOTIFICATION],
)
def fulfil(case: Case, p: Fulfil, at: At) -> Change | Refused:
    """Release the answer: the disclosure notification is ordered."""
    unconfirmed = tuple(
        Reason("confirm_once_more", {"right": f"right.{right}", "word": right})
        for right, outcome in case.rights.items()
        if outcome is not None and needs_confirmation(right, outcome) and right not in p.confirm
    )
    if unconfirmed:
        return Refused(unconfirmed)
    return release(case, at)


@request.transition(
    id_verified,
    forms_returned,
    by=[APPROVER],
    to=refused,
    unless=[
        guards.every_right_decided,
        guards.everything_refused,
        guards.released_by_another,
        guards.someone_can_be_written_to,
        guards.still_proven,
        guards.refusal_goes_where_the_forms_went,
    ],
    letters=[LetterKind.DISCLOSURE_NOTIFICATION],
)
def refuse(case: Case, p: Nothing, at: At) -> Change:
    """Release the refusal of every right: the disclosure notification is ordered."""
    return release(case, at)
