"""Trouble an office can have in a test: a case nobody can read, keys somebody holds; and the end of waiting it out."""

from collections.abc import Iterator
from contextlib import contextmanager

from models.keys import CaseKey, Keys, KeystoreBusy
from tests.office import TestOffice


@contextmanager
def broken(office: TestOffice, case: str) -> Iterator[None]:
    """Let the row of a case hold a word no rule knows, and mend it afterwards."""
    before = office.case(case).facts["rights"]
    office.write_facts(case, rights={"levitation": None})
    yield
    office.write_facts(case, rights=before)


@contextmanager
def keys_away(office: TestOffice) -> Iterator[None]:
    """Let the keystore be busy, as while somebody copies it: no key of a case can be read."""
    here = office.keys
    office.keys = BusyKeys(here.folder)
    yield
    office.keys = here


class BusyKeys(Keys):
    """A keystore somebody else holds."""

    def get(self, case: str) -> CaseKey:
        """Say so."""
        raise KeystoreBusy("database is locked")


def let_backoff_pass(office: TestOffice) -> None:
    """Let whatever waits out a trouble have waited long enough."""
    for statement in (
        "UPDATE command SET not_before = troubled_at, claimed_at = NULL",
        "UPDATE effect SET not_before = troubled_at, claimed_at = NULL",
        "UPDATE retry SET not_before = since",
    ):
        office.tell(statement)
