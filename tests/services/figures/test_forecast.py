"""What falls due on which day: every timer on its day in the office, the letters that go by themselves, each load."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models import timer
from models.session import reading
from services.reports import forecast
from services.reports.forecast import LATE, SORTS
from tests.office import CLERK, LEAD, TOKYO, TestOffice
from workflows.engine.values import Actor, Role
from workflows.words import is_noun

KUDO = Actor(LEAD, frozenset({Role.LEAD}))


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on both kinds of database in turn."""
    made = TestOffice(database_url, home)
    yield made
    made.close()


def told(office: TestOffice, days: int = 30) -> dict[str, Any]:
    with reading(office.engine) as db:
        return forecast.forecast(db, office.at(db), days)


def test_every_timer_stands_on_its_day_and_in_one_column(office: TestOffice) -> None:
    for state in ("contacted", "forms_mailed", "forms_mailed", "forms_returned", "id_verified"):
        office.in_state(state)
    until = office.today + timedelta(days=60)

    found = told(office, 60)

    wanted: dict[str, dict[str, int]] = {}
    for row in office.ask(select(timer.timer)):
        day = row.due_at.astimezone(TOKYO).date()
        if day < until:
            on = wanted.setdefault(LATE if day < office.today else day.isoformat(), {})
            on[row.name] = on.get(row.name, 0) + 1
    assert {one["day"]: one["due"] for one in found["days"]} == wanted
    assert all(sum(one[sort] for sort in SORTS) == sum(one["due"].values()) for one in found["days"])
    assert sum(one["law"] for one in found["days"]) == sum(day.get("appi_39", 0) for day in wanted.values()) > 0


def test_reminders_are_letters_to_expect_and_what_is_done_in_time_is_none(office: TestOffice) -> None:
    case = office.mailed()[0]
    office.mailed()

    before = told(office)["letters"]
    office.must(case, "receive_forms", office.an_arrival(None))
    after = told(office)["letters"]

    assert before["reminder"] == 2
    assert after["reminder"] == 1
    assert all(is_noun(f"letter.{kind}") for kind in before)


def test_what_was_missed_is_late_and_each_persons_load_counts_it(office: TestOffice) -> None:
    mine, _ = office.opened(), office.opened()
    office.tell('UPDATE "case" SET owner = :name WHERE number = :case', name=CLERK, case=mine)
    office.working_day(office.today, 4)

    found = told(office, 7)

    late = [one for one in found["days"] if one["day"] == LATE]
    assert sum(one["chased"] for one in late) == 2
    assert [(one["name"], one["late"], one["all"]) for one in found["people"]] == [(None, 1, 1), (CLERK, 1, 1)]
