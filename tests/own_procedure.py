"""A procedure of the office's own in a test's office: one line adopts it."""

from datetime import date

from services.office import adopting
from services.office.staff import Asker
from tests.office import LEAD, TestOffice
from workflows.engine.values import Role

THE_LEAD = Asker(LEAD, LEAD, frozenset({Role.LEAD}))


def adopts(office: TestOffice, text: str, *, first: date | None = None, usual: str = "jp-appi") -> str:
    """Let the lead adopt a procedure.toml (its ``text``); return the digest that cases from its day on name."""
    what = adopting.wanted(text, usual, first)
    assert isinstance(what, adopting.Wanted), what
    with office.writing() as db:
        adopting.adopt(db, what, THE_LEAD, office.at(db))
    return what.digest
