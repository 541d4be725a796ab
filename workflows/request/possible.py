"""What cannot be true of a first contact: nobody writes before they are born, nor for a child that is fifty.

No reason names a birth date: reasons stay in the history.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from workflows.engine.case import At
from workflows.engine.values import Reason
from workflows.law import Regime
from workflows.law.values import RepresentativeKind, Right
from workflows.request.case import Case
from workflows.request.payloads import Amend, Open
from workflows.request.representation import birthday
from workflows.request.values import Party

OLDEST = 125
"""Years nobody has lived (the longest life known ended at 122)."""


def of_opening(case: Case, p: Open, received: date, at: At) -> Iterator[Reason]:
    """Yield what of a first contact cannot be."""
    first = case.regime.since
    if first is not None and received < first:
        yield Reason("contact.before_the_law", {"day": received.isoformat(), "first": first.isoformat()})
    yield from of_rights(case.regime, p.rights, received)
    for party, person in ((Party.SUBJECT, p.subject), (Party.REPRESENTATIVE, p.representative)):
        if person is not None and person.birth_date is not None:
            yield from _of_birth(party, person.birth_date, min(received, at.today), at.today)
    kind = p.representative.kind if p.representative is not None else None
    born = p.subject.birth_date
    if kind is RepresentativeKind.MINOR and born is not None:
        age = case.regime.majority_on(received).age
        if received >= birthday(born, age):
            yield Reason("contact.of_age", {"age": age})


def of_rights(regime: Regime, rights: Iterable[Right], day: date) -> Iterator[Reason]:
    """Yield what is asked for that the law of the case does not give, or did not give yet on that day."""
    given = [f"right.{right}" for right, law in regime.rights.items() if law.first is None or law.first <= day]
    for right in rights:
        if f"right.{right}" not in given:
            law = {"ja": regime.law.ja, "en": regime.law.en}
            yield Reason("contact.no_such_right", {"right": f"right.{right}", "law": law, "known": given})


def of_amending(case: Case, p: Amend, at: At) -> Iterator[Reason]:
    """Yield what of an amendment cannot be."""
    yield from of_rights(case.regime, p.rights or (), at.today)
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
