"""One machine serves an office, because its keys lie there: a second one waits until the first is silent."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

import clock
from models import office as office_table
from models.machine import machine_name, this_machine
from services.office.founding import CannotFound, at_work
from tests.office import TestOffice
from workflows.words import say


@pytest.fixture
def served(database_url: str, tmp_path: Path) -> Iterator[TestOffice]:
    """An office whose workers have started on this machine."""
    made = TestOffice(database_url, tmp_path)
    start_on(made, None)
    yield made
    made.close()


def start_on(office: TestOffice, machine: str | None) -> None:
    with office.writing() as db:
        at_work(db, office.settings.says, "service", clock.machine_now(db), machine)


def test_workers_of_a_second_machine_are_refused_and_told_where_the_first_ones_run(served: TestOffice) -> None:
    with pytest.raises(CannotFound) as refused:
        start_on(served, "another kernel")
    start_on(served, None)  # one more on this machine

    told = say(refused.value.reason, "en")
    assert machine_name() in told
    assert "stop its workers and try again after a minute" in told
    assert [row.machine for row in served.ask("SELECT machine FROM serving")] == [this_machine()]


def test_a_minute_after_the_last_heartbeat_another_machine_may_serve(served: TestOffice) -> None:
    with served.writing() as db:
        now = clock.machine_now(db)
        early = office_table.serve(db, "another kernel", "other", now + timedelta(seconds=50))
        beats = office_table.serve(db, this_machine(), "this", now + timedelta(seconds=55))
        too_early = office_table.serve(db, "another kernel", "other", now + timedelta(seconds=110))
        late = office_table.serve(db, "another kernel", "other", now + timedelta(seconds=120))
        back = office_table.serve(db, this_machine(), "this", now + timedelta(seconds=125))

    assert (early, beats, too_early, late, back) == (False, True, False, True, False)
