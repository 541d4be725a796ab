"""Somebody forgot a `psql` with a lock in hand: no command hangs, and what was accepted is never said to be lost."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.admin.conftest import CONTACT, Script
from tests.office import CLERK, TestOffice


@pytest.fixture
def database_url(postgres_url: str) -> str:
    """On SQLite nobody can hold a table; whoever holds its one lock is waited for by the busy timeout."""
    return postgres_url


@contextmanager
def held(office: TestOffice, *tables: str) -> Iterator[None]:
    """Let another session hold these tables, idle in its transaction."""
    with psycopg.connect(office.url.replace("+psycopg", "")) as forgotten:
        for table in tables:
            forgotten.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE".encode())
        yield
        forgotten.rollback()


@contextmanager
def held_once_an_order_is_there(office: TestOffice, before: int) -> Iterator[None]:
    """Let another session hold the orders as soon as one more was accepted."""
    ended = threading.Event()

    def hold() -> None:
        with psycopg.connect(office.url.replace("+psycopg", ""), autocommit=True) as own:
            while own.execute("SELECT count(*) FROM command").fetchone() == (before,):
                time.sleep(0.005)
        with held(office, "command"):
            ended.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def orders_of(office: TestOffice) -> int:
    return int(office.ask("SELECT count(*) AS number FROM command")[0].number)


@pytest.mark.parametrize("table", ['"case"', "command", "staff"])
def test_while_a_table_is_held_a_command_says_so_and_nothing_is_accepted(
    script: Script, office: TestOffice, table: str
) -> None:
    case, before = office.opened(), orders_of(office)

    with held(office, table):
        said = script.by(CLERK, "hold", case, "--reason", "other", "--json")

    assert (said.status, said.json["error"]) == (5, "database_busy")
    assert "nothing is done twice" in said.err
    assert orders_of(office) == before


def test_status_names_a_held_table_instead_of_waiting_for_it(script: Script, office: TestOffice) -> None:
    with held(office, "timer"):
        said = script("status", "--json")

    (database,) = [check for check in said.json["checks"] if check["name"] == "database"]
    assert said.status == 5
    assert not database["ok"]
    assert "somebody holds a table" in database["detail"]


def test_what_was_accepted_before_the_database_got_busy_is_safe_and_said_to_be(
    script: Script, office: TestOffice
) -> None:
    case = office.opened()
    before = orders_of(office)

    with held_once_an_order_is_there(office, before):
        said = script.by(CLERK, "hold", case, "--reason", "other", "--wait", "1", "--json")

    assert (said.status, said.json["outcome"]) == (4, "pending")
    assert orders_of(office) == before + 1


def test_the_same_for_letters_that_were_posted_and_for_contacts_that_were_imported(
    script: Script, office: TestOffice
) -> None:
    case = office.opened()
    office.make_letters(case)
    office.print_letters(case)
    file = script.file(
        "rights,category,channel,language,subject.name,subject.postcode,subject.address\n"
        "disclosure,customer,post,ja,見本 花子,100-0001,東京都千代田区千代田1-1\n",
        "contacts.csv",
    )

    with held_once_an_order_is_there(office, orders_of(office)):
        posted = script.by(CLERK, "posted", f"{case}-01", "--wait", "1")
    with held_once_an_order_is_there(office, orders_of(office)):
        imported = script.by(CLERK, "import", file, "--wait", "1", "--json")

    assert posted.status == 4
    assert "accepted and safe" in posted.err
    assert (imported.status, imported.json["pending"]) == (4, 1)


def test_an_opening_is_accepted_while_another_case_is_held(script: Script, office: TestOffice, worker: None) -> None:
    case = office.opened()

    with psycopg.connect(office.url.replace("+psycopg", "")) as forgotten:
        forgotten.execute('SELECT * FROM "case" WHERE number = %s FOR UPDATE', (case,))
        said = script.by(CLERK, "open", "--file", script.file(CONTACT), "--json")
        forgotten.rollback()

    assert said.status == 0
