"""What `why` answers in each state, word for word: it should read like a colleague's answer, in either language.

Each text (`tests/admin/answers_open.py`, `answers_closed.py`) is a whole answer. Whoever changes a sentence changes it
there too, and reads it once more where it stands.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from clock import machine_now
from models.office import set_offset
from tests.admin.answers_closed import CLOSED
from tests.admin.answers_open import OPEN
from tests.admin.conftest import Script, on_both
from tests.office import APPROVER, CLERK, MONDAY, VERIFIER, TestOffice
from tests.people import a_person
from workflows.request.payloads import Hold
from workflows.request.values import HoldReason


@pytest.fixture
def office(fresh: Path, database_url: str) -> Iterator[TestOffice]:
    """The office of the script, on a day of its own: an hour after everything that the stories do."""
    made = TestOffice(database_url, fresh)
    it_is(made, MONDAY + timedelta(hours=1))
    yield made
    made.close()


def it_is(office: TestOffice, moment: datetime) -> None:
    """Set the clock of the script, back too, which no command does."""
    with office.writing() as db:
        set_offset(db, round((moment - machine_now(db)) / timedelta(microseconds=1)))


def brought_about(office: TestOffice, situation: str) -> str:
    """Return the number of a case in this situation."""
    if situation == "forms_returned":
        return office.returned(proven=False)
    if situation == "on hold":
        case = office.opened()
        office.must(case, "hold", Hold(reason=HoldReason.AWAITING_INFORMATION))
        return case
    if situation == "held by the system":
        _, second = [office.opened(subject=a_person(address="3-21 Example, Chiyoda-ku, Tokyo")) for _ in range(2)]
        return second
    if situation == "past the law's date":
        case = office.returned(proven=False)
        it_is(office, MONDAY + timedelta(days=16))
        return case
    return office.in_state(situation)


ASKS = {"forms_returned": VERIFIER, "past the law's date": VERIFIER, "id_verified": APPROVER}
"""Who asks; in every other situation the clerk."""

ANSWERS = {**OPEN, **CLOSED}


@on_both
@pytest.mark.parametrize("situation", ANSWERS)
def test_why_answers_like_a_colleague(
    script: Script, office: TestOffice, situation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    case = brought_about(office, situation)

    for language in ("en", "ja"):
        said = script.by(ASKS.get(situation, CLERK), "why", case, "--lang", language)

        assert said.out == ANSWERS[situation][language].lstrip("\n")
        assert said.status == 0


def test_every_state_has_its_answer() -> None:
    from workflows.request.procedure import request

    assert set(request.states) <= set(ANSWERS)
