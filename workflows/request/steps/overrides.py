"""Less evidence (or more) than the table asks for: one person asks, another approves."""

from dataclasses import replace

from workflows.engine.case import At
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.request import delivery, guards, paying, standing
from workflows.request.case import Case, Change
from workflows.request.charges import CHARGE
from workflows.request.consequences import unless_known
from workflows.request.payloads import Approve, AskOverride
from workflows.request.states import APPROVER, CLERK, VERIFIER, forms_returned, fulfilled, id_verified, request
from workflows.request.values import Override


def _may_be_lifted(case: Case) -> bool:
    """Whether something may be lifted: of an answer that is released, only what is to be paid before it goes."""
    return case.state != fulfilled or (delivery.answered_on(case) is None and case.office.fees.charged)


@request.transition(
    forms_returned,
    id_verified,
    fulfilled,
    by=[CLERK, VERIFIER],
    takes=AskOverride,
    offered=_may_be_lifted,
    only_if_offered=True,
    undone_by=["override"],
)
def override(case: Case, p: AskOverride, at: At) -> Change | Refused:
    """Ask to accept less (or to ask for more) evidence than the table; somebody else approves it."""
    charge = p.what.startswith(f"{CHARGE}:")
    unknown = paying.unless_charged_so(case, p.what) if charge else unless_known(p.what, case)
    of_money = p.what == paying.FEE or (charge and case.state == id_verified)
    if unknown is None and not of_money and case.state != forms_returned:
        unknown = Reason("fee.waived_alone", {"case": case.number})
    if case.state == fulfilled and not _may_be_lifted(case):
        unknown = Reason("answered_already", {"case": case.number})
    unknown = unknown or paying.unless_charged(case, [p.what])
    if unknown is not None:
        return Refused((unknown,))
    asked = Override(what=p.what, reason="", asked_by=at.actor.name, covers=standing.covered(case, p.what))
    kept = tuple(o for o in case.overrides if o.what != p.what)
    return Change(overrides=(*kept, asked), details={"what": p.what})


@request.transition(
    forms_returned,
    id_verified,
    fulfilled,
    by=[VERIFIER, APPROVER],
    takes=Approve,
    offered=_may_be_lifted,
    only_if_offered=True,
    unless=[guards.an_override_is_asked_for],
    undone_by=["override"],
)
def approve(case: Case, p: Approve, at: At) -> Change | Refused:
    """Approve an override somebody else asked for; it lifts that gap only."""
    reasons = tuple(guards.one_to_approve(case, p, at))
    if reasons:
        return Refused(reasons)
    asked = [o for o in guards.to_approve(case) if p.what in (None, o.what)]
    lifted = [o.what for o in asked]
    approved = tuple(replace(o, approved_by=at.actor.name) if o in asked else o for o in case.overrides)
    waived = paying.settled(replace(case, overrides=approved), at.today) if paying.FEE in lifted else case.account
    facts = {"account": waived} if waived != case.account else {}
    return Change(facts=facts, overrides=approved, details={"lifted": lifted})
