"""Every connection to PostgreSQL is bounded, by default and where a deed needs longer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import Connection, Engine, make_url, text
from sqlalchemy.exc import DBAPIError

from models.limits import LOOKING, USUAL, Limits, connect_args, contended
from models.session import engine_for, looking, migrate, reading, transaction
from services.engine.trouble import Kind, kind_of

MIGRATION_LOCK = 7_301_946_552
"""As models/migrations/env.py has it, which cannot be imported."""
NAMES = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")


@contextmanager
def an_engine(url: str) -> Iterator[Engine]:
    made = engine_for(url)
    yield made
    made.dispose()


def run(source: Engine, statement: str) -> None:
    with transaction(source) as db:
        db.execute(text(statement))


def limits_of(db: Connection) -> Limits:
    """Return what holds for this connection, as the server says."""
    rows = db.execute(
        text("SELECT name, setting::int AS value FROM pg_settings WHERE name = ANY(:names)"), {"names": list(NAMES)}
    )
    found = {row.name: row.value / 1000 for row in rows}
    return Limits(*(found[name] for name in NAMES))


def with_options(url: str, **settings: int | str) -> str:
    words = "%20".join(f"-c{name}%3D{value}" for name, value in settings.items())
    return f"{url}&options={words}"


def test_whoever_writes_or_reads_is_bounded_and_whoever_looks_through_an_office_has_longer(postgres_url: str) -> None:
    with an_engine(postgres_url) as source:
        with transaction(source) as db:
            writing = limits_of(db)
        with looking(source) as db:
            longer = limits_of(db)
        with reading(source) as db:
            afterwards = limits_of(db)

    assert (writing, longer, afterwards) == (USUAL, LOOKING, USUAL)
    assert 0 < USUAL.lock < USUAL.statement < USUAL.idle < LOOKING.idle


def test_what_the_office_s_own_url_says_has_the_last_word(postgres_url: str) -> None:
    with an_engine(with_options(postgres_url, lock_timeout=700)) as source, reading(source) as db:
        found = limits_of(db)

    assert (found.lock, found.statement, found.idle) == (0.7, USUAL.statement, USUAL.idle)


def test_the_server_compiles_no_statement_unless_the_office_s_own_url_says_so(postgres_url: str) -> None:
    with an_engine(postgres_url) as source, reading(source) as db:
        usual = db.exec_driver_sql("SHOW jit").scalar_one()
    with an_engine(with_options(postgres_url, jit="on")) as source, reading(source) as db:
        own = db.exec_driver_sql("SHOW jit").scalar_one()

    assert (usual, own) == ("off", "on")


def test_a_server_that_is_gone_without_a_word_is_noticed(postgres_url: str) -> None:
    told = connect_args(make_url(postgres_url), USUAL)
    own = connect_args(make_url(f"{postgres_url}&keepalives_idle=60"), USUAL)

    silence = told["keepalives_idle"] + told["keepalives_interval"] * told["keepalives_count"]
    assert told["keepalives"] == 1
    assert silence <= 30
    assert told["tcp_user_timeout"] <= 30_000
    assert "keepalives_idle" not in own


@pytest.mark.parametrize("held", ["row", "table"])
def test_a_lock_somebody_forgot_ends_in_trouble_that_passes(postgres_url: str, held: str) -> None:
    hold = {"row": "SELECT * FROM counter FOR UPDATE", "table": "LOCK TABLE counter IN ACCESS EXCLUSIVE MODE"}[held]
    with an_engine(postgres_url) as source:
        run(source, "INSERT INTO counter VALUES ('a', 1)")
        with psycopg.connect(postgres_url.replace("+psycopg", "")) as forgotten:
            forgotten.execute(hold.encode())
            with pytest.raises(DBAPIError) as raised:
                run(source, "UPDATE counter SET value = 2")
            forgotten.rollback()

    assert kind_of(raised.value) is Kind.TRANSIENT
    assert contended(raised.value)
    assert isinstance(raised.value.orig, psycopg.errors.LockNotAvailable)  # not as late as a statement is ended


def test_a_statement_without_end_is_ended(postgres_url: str) -> None:
    impatient = with_options(postgres_url, statement_timeout=200)
    with an_engine(impatient) as source, pytest.raises(DBAPIError) as raised:
        run(source, "SELECT pg_sleep(60)")

    assert kind_of(raised.value) is Kind.TRANSIENT


def test_a_process_that_stands_still_with_a_row_in_hand_loses_it(postgres_url: str) -> None:
    """A stopped machine, a debugger, a laptop that sleeps: its server session is ended, and others go on."""
    impatient = with_options(postgres_url, idle_in_transaction_session_timeout=300)
    with an_engine(impatient) as still, an_engine(with_options(postgres_url, lock_timeout=60_000)) as other:
        run(other, "INSERT INTO counter VALUES ('a', 1)")
        with still.connect() as db:
            db.execute(text("UPDATE counter SET value = 2"))
            run(other, "UPDATE counter SET value = 3")  # waits until the first one's session is ended
            with pytest.raises(DBAPIError) as raised:
                db.execute(text("UPDATE counter SET value = 4"))
        with reading(other) as db:
            value = db.execute(text("SELECT value FROM counter")).scalar_one()

    assert value == 3
    assert kind_of(raised.value) is Kind.TRANSIENT


def test_the_second_of_two_migrations_waits_for_the_first_however_long(postgres_url: str) -> None:
    ended = threading.Event()

    def second() -> None:
        migrate(postgres_url)
        ended.set()

    with psycopg.connect(postgres_url.replace("+psycopg", "")) as first:
        first.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATION_LOCK,))
        thread = threading.Thread(target=second)
        thread.start()
        early = ended.wait(USUAL.lock + 1)
        first.rollback()
    thread.join(60)

    assert not early
    assert ended.is_set()
