"""The times of a history never go backwards: read under the case's lock, and never before the row before."""

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import clock
from models import case as cases
from models.history import micros
from models.session import transaction
from services.engine import orders
from tests.office import TestOffice
from workflows.request.payloads import Amend

WAITING = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


def times(office: TestOffice, case: str) -> list[int]:
    query = 'SELECT h.at FROM history h JOIN "case" c ON c.id = h.case_id WHERE c.number = :case ORDER BY h.seq'
    return [row.at for row in office.ask(query, case=case)]


def test_a_worker_whose_clock_is_behind_writes_no_earlier_than_the_row_before(office: TestOffice) -> None:
    case = office.opened()
    ahead = office.now
    assert ahead is not None

    office.now = ahead - timedelta(minutes=1)
    office.must(case, "amend", Amend(why="they called"))
    office.now = ahead + timedelta(minutes=1)
    office.must(case, "amend", Amend(why="they called again"))

    first, second, third = times(office, case)
    assert first == second < third
    assert third - first == 60_000_000


def test_the_clock_that_is_behind_and_the_sweep_agree_too(office: TestOffice) -> None:
    case = office.opened()
    office.working_day(office.today, 2)
    office.must(case, "amend", Amend(why="they called"))
    now = office.now
    assert now is not None

    office.now = now - timedelta(minutes=5)
    swept = office.sweep()

    assert [outcome.transition for outcome in swept] == ["escalate"]
    assert times(office, case) == sorted(times(office, case))


def test_whoever_waits_for_the_case_reads_the_time_when_the_lock_is_theirs(postgres_url: str, home: Path) -> None:
    office = TestOffice(postgres_url, home, now=None)
    case = office.opened()
    ticket = office.place("amend", Amend(why="they called"), case=case)
    began, released = threading.Event(), threading.Event()

    def wait_for_it() -> None:
        with transaction(office.engine) as db:
            here = office.at(db)
            began.set()
            orders.carry_out_one(db, ticket.command_id, here)
        released.set()

    with office.writing() as db:
        cases.lock(db, [case])
        waiting = threading.Thread(target=wait_for_it)
        waiting.start()
        assert began.wait(60)
        while not office.ask(WAITING):
            assert not released.is_set()
        let_go = clock.office_now(db)
    waiting.join(60)

    assert times(office, case)[-1] >= micros(let_go)
    office.close()


def test_a_running_desk_reads_the_time_anew(postgres_url: str, home: Path) -> None:
    office = TestOffice(postgres_url, home)

    with office.writing() as db:
        here = office.at(db)
        read = replace(here, now=here.now - timedelta(days=9000), ticking=True)

        waits = read.waits_for_locks(db)
        stands = replace(read, ticking=False).waits_for_locks(db)
        later = read.later(clock.office_now(db))
        never_earlier = read.later(read.now - timedelta(days=1))

    assert (waits, stands) == (True, False)
    assert later.now > read.now == never_earlier.now
    office.close()
