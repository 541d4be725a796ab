"""A paper that comes back, its number, and why its case is held for the lead."""

from dataclasses import replace
from typing import Any

from models.case import read_hold
from tests.office import TestOffice
from tests.people import a_licence
from workflows.request.values import Party

NUMBER = "012345678900"


def suspicion(office: TestOffice, case: str) -> tuple[str, tuple[str, ...]] | None:
    """Return why the system holds a case and with which others, or None where nobody holds it."""
    hold = read_hold(office.case(case).hold)
    if hold is None:
        return None
    assert hold.by == "system"
    return str(hold.code), hold.linked


def come_back(office: TestOffice, *, number: str = NUMBER, holder: Party = Party.SUBJECT, **contact: Any) -> str:
    """Return a case whose forms came back with a licence of that number."""
    case, code = office.mailed(**contact)
    arrival = replace(office.an_arrival(code), documents=(a_licence(number=number, holder=holder),))
    office.must(case, "receive_forms", arrival)
    return case
