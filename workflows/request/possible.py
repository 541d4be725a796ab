"""What cannot be true of a first contact: nobody writes before they are born, nor for a child that is fifty.

No reason names a birth date: reasons stay in the history.
"""

from collections.abc import Iterator
from datetime import date

from workflows.engine.case import At
from workflows.engine.values import Reason
from workflows.law.values import RepresentativeKind
from workflows.request.case import Case
from workflows.request.payloads import Amend, Open
from workflows.request.representation import birthday
from workflows.request.values import Party

OLDEST = 125
"""Years nobody has lived (the longest life known ended at 122)."""
_LAW_BEGAN = date(2005, 4, 1)
"""The day from which anybody could ask (APPI, chapter 4 of the Act of 2003 came into force); the GDPR is younger."""


def of_opening(case: Case, p: Open, received: date, at: At) -> Iterator[Reason]:
    """Yield what of a first contact cannot be."""
    if received < _LAW_BEGAN:
        yield Reason("contact.before_the_law", {"day": received.isoformat(), "first": _LAW_BEGAN.isoformat()})
    for party, person in ((Party.SUBJECT, p.subject), (Party.REPRESENTATIVE, p.representative)):
        if person is not None and person.birth_date is not None:
            yield from _of_birth(party, person.birth_date, min(received, at.today), at.today)
    kind = p.representative.kind if p.representative is not None else None
    born = p.subject.birth_date
    if kind is RepresentativeKind.MINOR and born is not None:
        age = case.regime.majority_on(received).age
        if received >= birthday(born, age):
            yield Reason("contact.of_age", {"age": age})


def of_amending(p: Amend, at: At) -> Iterator[Reason]:
    """Yield what of an amendment cannot be."""
    for party, given in ((Party.SUBJECT, p.subject), (Party.REPRESENTATIVE, p.representative)):
        born = (given or {}).get("birth_date")
        if isinstance(born, str):
            yield from _of_birth(party, date.fromisoformat(born), at.today, at.today)


def _of_birth(party: Party, born: date, received: date, today: date) -> Iterator[Reason]:
    if born > today:
        yield Reason("contact.not_born", {"who": str(party)})
    elif born > received:
        yield Reason("contact.before_birth", {"who": str(party), "day": received.isoformat()})
    elif today >= birthday(born, OLDEST):
        yield Reason("contact.too_old", {"who": str(party), "years": OLDEST})
