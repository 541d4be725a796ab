"""What triggers refuse whoever comes with SQL, on both databases: orders are kept, cases stay, the log has one end."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from models import command, staff
from models.case import count_on
from models.guards import ANSWER, KEPT, NUMBERS
from services.engine import orders
from settings import PROJECT
from tests.office import LEAD, VERIFIER, TestOffice
from workflows.engine.numbers import case_number
from workflows.request.payloads import Amend

ANOTHER: dict[str, str] = {
    "id": "id + 1000",
    "sealed": "'other'",
    "placed_at": "'2026-01-01 00:00:00'",
    "office_at": "'2026-01-01 00:00:00'",
}
"""What each column could be changed to, where another word would not do."""


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on each kind of database in turn."""
    made = TestOffice(database_url, home)
    yield made
    made.close()


def an_order(office: TestOffice, outcome: str | None) -> int:
    """Return the id of an order with that outcome."""
    case = office.opened()
    ticket = office.place("amend", Amend(why="they called"), case=case, by="nobody" if outcome == "refused" else "sato")
    if outcome == "set_aside":
        with office.writing() as db:
            office.set_aside(db, ticket.command_id, "broken")
    elif outcome is not None:
        assert office.carry_out(ticket).outcome == outcome
    return ticket.command_id


def of(office: TestOffice, order: int) -> Any:
    (row,) = office.ask("SELECT * FROM command WHERE id = :id", id=order)
    return row


def test_what_an_order_is_cannot_be_changed(office: TestOffice) -> None:
    waiting, refused = an_order(office, None), an_order(office, "refused")
    before = of(office, waiting), of(office, refused)

    for column in KEPT:
        other = ANOTHER.get(column, "'mori'")
        for order in (waiting, refused):
            with pytest.raises(IntegrityError, match="never rewritten"):
                office.tell(f"UPDATE command SET {column} = {other} WHERE id = {order}")  # noqa: S608 - our own names

    assert (of(office, waiting), of(office, refused)) == before


OTHERWISE = (
    "outcome = NULL",
    "outcome = NULL, answered_at = NULL, state = NULL, seq = NULL, reasons = NULL",
    "outcome = 'anything'",
    "reasons = '[[1]]'",
    "seq = 7",
    "state = 'fulfilled'",
    "requeued = requeued + 1",
    *(f"outcome = '{outcome}'" for outcome in ("done", "refused", "set_aside")),
)
"""What somebody may want an answered order to have been."""


def test_an_outcome_is_written_once(office: TestOffice) -> None:
    for outcome in ("done", "refused", "set_aside"):
        order = an_order(office, outcome)
        before = of(office, order)

        for change in OTHERWISE:
            if change == f"outcome = '{outcome}'":
                continue  # the same again changes nothing
            with pytest.raises(IntegrityError, match="never rewritten"):
                office.tell(f"UPDATE command SET {change} WHERE id = {order}")  # noqa: S608 - our own words

        assert of(office, order) == before


@pytest.mark.parametrize("outcome", ["done", "refused"])
def test_only_what_was_set_aside_comes_back_and_each_time_is_counted(office: TestOffice, outcome: str) -> None:
    answered, aside = an_order(office, outcome), an_order(office, "set_aside")
    emptied = ", ".join(f"{name} = NULL" for name in ANSWER)

    with office.writing() as db:
        back = sum(command.requeue(db, order) for order in (answered, aside))
    with pytest.raises(IntegrityError, match="never rewritten"):
        office.tell(f"UPDATE command SET {emptied}, requeued = requeued + 1 WHERE id = {answered}")  # noqa: S608 - our own words

    assert back == 1
    assert (of(office, aside).outcome, of(office, aside).requeued, of(office, aside).attempts) == (None, 1, 0)
    assert (of(office, answered).outcome, of(office, answered).requeued) == (outcome, 0)


def test_an_order_that_came_back_is_carried_out_as_it_was_given_and_may_be_set_aside_again(office: TestOffice) -> None:
    first, second = an_order(office, "set_aside"), an_order(office, "set_aside")
    with office.writing() as db:
        assert all(command.requeue(db, order) for order in (first, second))

    with office.writing() as db:
        done = orders.carry_out_one(db, first, office.at(db))
        office.set_aside(db, second, "broken again")
    with office.writing() as db:
        assert command.requeue(db, second)

    assert done is not None
    assert (done.outcome, of(office, first).outcome) == ("done", "done")
    assert (of(office, second).outcome, of(office, second).requeued) == (None, 2)


def test_a_waiting_order_takes_an_outcome_and_nothing_else(office: TestOffice) -> None:
    order = an_order(office, None)

    for wrong in ("outcome = 'done'", "outcome = NULL, seq = 2", "outcome = 'maybe'", "requeued = 3"):
        with pytest.raises(IntegrityError, match="never rewritten"):
            office.tell(f"UPDATE command SET {wrong} WHERE id = {order}")  # noqa: S608 - our own words


COPY = "SELECT {id}, {key}, case_number, transition, sealed, fingerprint, actor, staff, placed_at, office_at, 0"
INTO = (
    "INTO command (id, key, case_number, transition, sealed, fingerprint, actor, staff, placed_at, office_at, attempts"
)


def test_an_order_is_not_accepted_with_its_answer(office: TestOffice) -> None:
    order = an_order(office, "refused")
    source = COPY.format(id=999, key="'another'")

    with pytest.raises(IntegrityError, match="without an answer"):
        office.tell(f"INSERT {INTO}, outcome) {source}, 'done' FROM command WHERE id = {order}")
    office.tell(f"INSERT {INTO}) {source} FROM command WHERE id = {order}")

    assert of(office, 999).outcome is None


@pytest.mark.parametrize(("number", "key"), [("id", "key"), ("999", "key"), ("id", "'another'")])
def test_sqlite_s_insert_or_replace_is_no_way_around(sqlite_url: str, home: Path, number: str, key: str) -> None:
    office = TestOffice(sqlite_url, home)
    order = an_order(office, "refused")
    before = of(office, order)

    with pytest.raises(IntegrityError, match="never replaced"):
        office.tell(f"INSERT OR REPLACE {INTO}) {COPY.format(id=number, key=key)} FROM command WHERE id = {order}")
    with pytest.raises(IntegrityError, match="never replaced"):
        office.tell('INSERT OR REPLACE INTO "case" SELECT * FROM "case"')

    assert of(office, order) == before
    office.close()


@pytest.mark.parametrize("table", ["command", '"case"', "staff", "history", "office_event"])
def test_no_row_of_the_record_goes(office: TestOffice, table: str) -> None:
    office.opened()
    (before,) = office.ask(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own names
    deeds = [f"DELETE FROM {table}"]  # noqa: S608 - our own names
    if office.engine.dialect.name == "postgresql":
        deeds.append(f"TRUNCATE {table} CASCADE")

    for deed in deeds:
        with pytest.raises(Exception, match=r"never goes|append-only"):
            office.tell(deed)

    assert office.ask(f"SELECT count(*) FROM {table}") == [before]  # noqa: S608 - our own names


def test_a_case_keeps_its_number_and_never_goes_back(office: TestOffice) -> None:
    office.opened()

    for change in ("seq = seq - 1", "log_seq = 0", "number = '26-000009-9'", "id = id + 7"):
        with pytest.raises(IntegrityError, match="only grows"):
            office.tell(f'UPDATE "case" SET {change}')  # noqa: S608 - our own words


def test_a_name_of_the_staff_is_never_changed_or_reused_for_another(office: TestOffice) -> None:
    with pytest.raises(IntegrityError, match="keeps the name"):
        office.tell("UPDATE staff SET name = 'someone' WHERE name = :name", name=VERIFIER)


@pytest.mark.parametrize(("seq", "before"), [("seq", "prev_hash"), ("seq + 100", "hash"), ("seq + 1", "prev_hash")])
def test_a_row_of_the_log_goes_to_its_end_and_nowhere_else(office: TestOffice, seq: str, before: str) -> None:
    row = f"SELECT {seq}, at, what, actor, details, {before}, 'hash' FROM office_event ORDER BY seq DESC LIMIT 1"  # noqa: S608 - our own words

    with pytest.raises(IntegrityError, match=r"only grows at its end|append-only"):
        office.tell(f"INSERT INTO office_event {row}")


def test_the_head_of_the_log_follows_each_row_and_every_case_witnesses_it(office: TestOffice) -> None:
    with office.writing() as db:
        number = staff.log(db, office.at(db).now, "case_seen", LEAD, {})
    case = office.opened()
    (head,) = office.ask("SELECT seq, hash FROM log_head")
    (last,) = office.ask("SELECT seq, hash FROM office_event ORDER BY seq DESC LIMIT 1")

    assert head == last
    assert head.seq == number
    assert (office.case(case).log_seq, office.case(case).log_hash) == tuple(head)


def test_a_case_that_moves_witnesses_the_log_anew(office: TestOffice) -> None:
    case = office.opened()
    with office.writing() as db:
        number = staff.log(db, office.at(db).now, "case_seen", LEAD, {})
    before = office.case(case).log_seq

    office.must(case, "amend", Amend(why="they called"))

    (head,) = office.ask("SELECT seq, hash FROM log_head")
    assert (before, head.seq) == (number - 1, number)
    assert (office.case(case).log_seq, office.case(case).log_hash) == tuple(head)


# -- PostgreSQL knows who is connected --------------------------------------------------------------------------------


def test_the_order_carries_the_login_of_the_database_whatever_its_writer_says(postgres_url: str, home: Path) -> None:
    office = TestOffice(postgres_url, home)
    order = an_order(office, None)
    (me,) = office.ask("SELECT session_user AS name")

    source = COPY.format(id=999, key="'another'")
    office.tell(f"INSERT {INTO}, login) {source}, 'mori' FROM command WHERE id = {order}")

    assert (of(office, order).login, of(office, 999).login) == (me.name, me.name)
    office.close()


def test_a_temporary_table_called_staff_does_not_hide_who_works_here(postgres_url: str, home: Path) -> None:
    office = TestOffice(postgres_url, home)
    order = an_order(office, None)
    office.tell(
        "INSERT INTO staff SELECT session_user, roles, active, added_at, added_by FROM staff WHERE name = 'sato'"
    )

    source = COPY.format(id=999, key="'another'")

    with office.engine.connect() as db:
        db.execute(text("CREATE TEMPORARY TABLE staff (name text, roles json, active boolean)"))
        with pytest.raises(ProgrammingError, match="for itself alone"):
            db.execute(text(f"INSERT {INTO}) {source} FROM command WHERE id = {order}"))

    office.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE counter SET value = value - 1 WHERE name = 'case/2026'",
        "UPDATE counter SET value = 2147483646 WHERE name = 'case/2026'",
        "UPDATE counter SET name = 'case/1999' WHERE name = 'case/2026'",
        "DELETE FROM counter WHERE name = 'case/2026'",
    ],
)
def test_numbers_are_never_given_out_twice(office: TestOffice, change: str) -> None:
    office.opened()

    with pytest.raises(IntegrityError, match="once and in order"):
        office.tell(change)
    office.tell("UPDATE counter SET value = value + 1000 WHERE name = 'case/2026'")  # the leap after a restore

    assert office.opened() == case_number(2026, 1002)


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_of_every_kind_go_forward_alone(office: TestOffice, name: str) -> None:
    with office.writing() as db:
        assert count_on(db, f"{name}2026", 7) == 7

    for change in ("UPDATE counter SET value = 1", "UPDATE counter SET value = 2000000", "DELETE FROM counter"):
        with pytest.raises(IntegrityError, match="once and in order"):
            office.tell(f"{change} WHERE name = '{name}2026'")


def test_every_counter_of_a_year_is_one_of_those_guarded() -> None:
    sources = (
        path.read_text("utf-8") for folder in ("models", "services") for path in (PROJECT / folder).rglob("*.py")
    )
    counted = {found for source in sources for found in re.findall(r"""count_on\(\w+, f["'](\w+/)""", source)}

    assert {"case/", "batch/", "find/"} <= counted <= set(NUMBERS)
