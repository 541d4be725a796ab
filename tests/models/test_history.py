"""The history can only grow, and a chain written today verifies for ever."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from models import history
from tests.checker import canonical
from tests.office import TestOffice
from workflows.request.payloads import Amend

GOLDEN = Path(__file__).with_name("history_v1.json")


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    made = TestOffice(database_url, home)
    yield made
    made.close()


CHANGES = {
    "a row changed": "UPDATE history SET actor = 'mori'",
    "a row deleted": "DELETE FROM history WHERE seq = 2",
    "the office's log changed": "UPDATE office_event SET actor = 'mori'",
    "the office's log deleted": "DELETE FROM office_event",
}


@pytest.mark.parametrize("change", CHANGES)
def test_nobody_changes_what_is_written(office: TestOffice, change: str) -> None:
    case = office.opened()
    office.must(case, "amend", Amend(why="they called"))
    with office.writing() as db:
        from models import staff

        staff.log(db, office.at(db).now, "case_seen", "sato", {})

    with pytest.raises(DBAPIError, match="append-only"):
        office.tell(CHANGES[change])


@pytest.mark.parametrize("table", ["history", "office_event"])
def test_the_whole_history_cannot_be_emptied_on_postgresql(postgres_url: str, home: Path, table: str) -> None:
    office = TestOffice(postgres_url, home)
    office.opened()

    with pytest.raises(DBAPIError, match="append-only"):
        office.tell(f"TRUNCATE {table}")

    office.close()


@pytest.mark.parametrize("how", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
def test_a_row_of_sqlite_is_not_replaced_behind_the_trigger_s_back(sqlite_url: str, home: Path, how: str) -> None:
    office = TestOffice(sqlite_url, home)
    office.opened()
    before = office.ask("SELECT * FROM history")
    columns = ", ".join(map(str, before[0]._mapping))
    changed = columns.replace("actor", "'mori'")

    with pytest.raises(DBAPIError, match="append-only"):
        office.tell(f"{how} INTO history ({columns}) SELECT {changed} FROM history")  # noqa: S608

    assert office.ask("SELECT * FROM history") == before
    office.close()


def test_a_second_row_for_one_cause_does_not_replace_the_first_on_sqlite(sqlite_url: str, home: Path) -> None:
    office = TestOffice(sqlite_url, home)
    office.opened()
    before = office.ask("SELECT * FROM history")
    columns = ", ".join(map(str, before[0]._mapping))
    changed = columns.replace("seq", "seq + 1")

    with pytest.raises(DBAPIError):
        office.tell(f"INSERT OR REPLACE INTO history ({columns}) SELECT {changed} FROM history")  # noqa: S608

    assert office.ask("SELECT * FROM history") == before
    office.close()


def test_every_row_names_the_one_before_it(office: TestOffice) -> None:
    case = office.decided()
    row = office.case(case)

    with office.writing() as db:
        rows = history.of_case(db, row.id)

    before = ""
    for one in rows:
        full = {**one._mapping, "case": case}
        assert one.prev_hash == before
        assert one.hash == history.chain(full)
        assert history.canonical(full) == canonical(full)
        before = one.hash
    assert row.head == before


def test_the_golden_history_verifies_for_ever() -> None:
    rows = json.loads(GOLDEN.read_text(encoding="utf-8"))

    before = ""
    for row in rows:
        assert row["prev_hash"] == before
        assert history.chain(row) == row["hash"]
        before = row["hash"]
    assert len(rows) >= 6


def test_the_form_covers_every_column_that_says_something() -> None:
    written = {column.name for column in history.history.columns}

    assert written - {"case_id", "hash"} == set(history.COVERED) - {"case"}


@pytest.mark.parametrize("column", sorted(history.COVERED))
def test_no_word_of_a_row_can_be_changed_without_its_hash(column: str) -> None:
    row = json.loads(GOLDEN.read_text(encoding="utf-8"))[1]
    other = {**row, column: {"other": 1} if column == "details" else f"{row[column]}x"}

    assert history.chain(other) != row["hash"]


def test_a_forged_row_is_not_taken_for_a_new_one(office: TestOffice) -> None:
    case = office.opened()
    with office.writing() as db:
        (row,) = history.of_case(db, office.case(case).id)

    with pytest.raises(DBAPIError), office.writing() as db:
        db.execute(insert(history.history), {**row._mapping, "cause": "order:999"})
