"""Whom the answer of a request is addressed to. Pure."""

from workflows.law.values import Nature, RepresentativeKind
from workflows.office import OfficeProcedure
from workflows.office.answer import AnswerTo
from workflows.request.case import Case
from workflows.request.values import Party


def party(office: OfficeProcedure, kind: RepresentativeKind | None, mail_to: Party) -> Party:
    """Return whom the answer is addressed to: as the office says of such a representative, or of any, or writes to."""
    if kind is None:
        return Party.SUBJECT
    if kind.nature is Nature.BEREAVED:  # nobody writes to the dead
        return Party.REPRESENTATIVE
    own = next((rule.answer_to for rule in office.proof.representatives if rule.kind == kind), None)
    said = own if own is not None else str(office.answer.to)
    return Party(said) if said in (AnswerTo.SUBJECT, AnswerTo.REPRESENTATIVE) else mail_to


def answer_to(case: Case) -> Party:
    """Return whom the answer of a case is addressed to."""
    return party(case.office, case.representative, case.mail_to)


def addressee(case: Case) -> Party:
    """Return who gets the notification: before anybody was verified, whoever the forms were sent to."""
    return case.mail_to if case.verified_by is None else answer_to(case)
