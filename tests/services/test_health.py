"""Honest health: what stalls is red within half a minute, and nothing that works is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from clock import machine_now
from models import incident, staff
from models import office as office_table
from models.command import command
from models.effect import effect
from models.letter import letter
from models.session import reading
from services.audit import checkpoints
from services.reports import health
from services.reports.health import Check, checks
from services.reports.health_queues import QUEUES, SILENT, patience_with
from tests.office import LEAD, MONDAY, TestOffice
from workflows.request.payloads import Hold
from workflows.request.procedure import request
from workflows.request.values import HoldReason
from workflows.words import say


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on each kind of database in turn, whose queues all beat."""
    made = TestOffice(database_url, home)
    for queue in QUEUES:
        heard(made, queue, "desk1@host", 0)
    yield made
    made.close()


@pytest.fixture
def one_office(sqlite_url: str, home: Path) -> Iterator[TestOffice]:
    """The same where the database does not matter."""
    made = TestOffice(sqlite_url, home)
    for queue in QUEUES:
        heard(made, queue, "desk1@host", 0)
    yield made
    made.close()


def heard(office: TestOffice, queue: str, worker: str, ago: float) -> None:
    """Say that a worker consumed a heartbeat of a queue so many seconds ago."""
    with office.writing() as db:
        office_table.beat(db, queue, worker, machine_now(db) - timedelta(seconds=ago))


def seen(office: TestOffice, broker_fault: str | None = None, **founded: Any) -> dict[str, Check]:
    with reading(office.engine) as db:
        at = office.at(db)
        at = replace(at, founded=replace(at.founded, **founded))
        return {check.name: check for check in checks(db, at, at.settings, broker_fault)}


def red(office: TestOffice, **more: Any) -> set[str]:
    return {name for name, check in seen(office, **more).items() if not check.ok}


def test_an_office_at_work_is_green(office: TestOffice) -> None:
    office.fulfilled()
    office.make_letters()
    office.opened()

    assert red(office) == set()


def test_the_queues_looked_at_are_those_of_the_application() -> None:
    from tasks.queues import QUEUES as ALL

    assert set(QUEUES) == set(ALL)


@pytest.mark.parametrize(("seconds", "said", "ok"), [
    (1, "health.clocks", True),
    (20, "health.clock_ahead", True),
    (-20, "health.clock_behind", True),
    (90, "health.clock_ahead", False),
    (10**9, "health.clock_ahead", False),
])  # fmt: skip
def test_clocks_that_differ_are_told_and_one_that_is_far_off_is_red(
    office: TestOffice, seconds: int, said: str, ok: bool
) -> None:
    with office.writing() as db:
        office_table.beat(db, "bulk", "desk7@host", machine_now(db), timedelta(seconds=seconds))

    check = seen(office)["clocks"]

    assert (check.detail.code, check.ok) == (said, ok)
    assert check.note is (ok and said != "health.clocks")


def test_a_broker_that_does_not_answer_is_red(one_office: TestOffice) -> None:
    assert red(one_office, broker_fault="ConnectionError") == {"broker"}


def test_without_a_database_the_rest_is_still_told(one_office: TestOffice) -> None:
    told = checks(None, None, one_office.settings, None)

    assert [(check.name, check.ok) for check in told] == [
        ("database", False),
        ("broker", True),
        ("disk_var", True),
        ("disk_spool", True),
        ("disk_keys", True),
    ]


# -- queues -------------------------------------------------------------------------------------------------------


def test_a_queue_nobody_ever_consumed_is_red(sqlite_url: str, home: Path) -> None:
    bare = TestOffice(sqlite_url, home)

    assert red(bare) == {"beat", *(f"queue_{queue}" for queue in QUEUES)}
    bare.close()


def test_a_queue_that_falls_silent_is_red_after_half_a_minute_and_names_its_worker(office: TestOffice) -> None:
    heard(office, "commands", "desk1@host", SILENT.total_seconds() + 1)

    silent = seen(office)["queue_commands"]

    assert red(office) == {"queue_commands"}
    assert silent.detail.params["worker"] == "desk1@host"


def test_a_worker_that_lives_and_consumes_nothing_is_red_beside_one_that_does(one_office: TestOffice) -> None:
    patience = patience_with(2).total_seconds()
    heard(one_office, "effects", "other@host", patience / 2)
    by_chance = red(one_office)
    heard(one_office, "effects", "other@host", patience + 10)

    deaf = seen(one_office)["queue_effects"]

    assert by_chance == set()
    assert (deaf.ok, deaf.detail.code, deaf.detail.params["worker"]) == (False, "health.worker_deaf", "other@host")


def test_a_worker_that_went_for_good_is_forgotten_where_others_beat(one_office: TestOffice) -> None:
    heard(one_office, "effects", "gone@host", 700)

    assert red(one_office) == set()


def test_one_worker_alone_is_given_less_than_half_a_minute() -> None:
    assert [round(patience_with(count).total_seconds()) for count in (1, 2, 4, 8)] == [27, 140, 330, 600]


def test_a_beat_that_rings_no_more_is_red(one_office: TestOffice) -> None:
    heard(one_office, "clock", "desk1@host", 31)

    assert red(one_office) == {"beat", "queue_clock"}


# -- what waits ---------------------------------------------------------------------------------------------------


def test_what_is_due_for_more_than_a_minute_is_red_while_the_office_is_open(office: TestOffice) -> None:
    office.opened()
    due = office.ask("SELECT min(due_at) AS at FROM timer")
    assert due[0].at is not None
    opening = MONDAY.replace(hour=9, minute=30) + timedelta(days=2)
    reds = []
    for moment in (
        opening + timedelta(seconds=59),
        opening + timedelta(seconds=61),
        opening.replace(hour=19),
        opening + timedelta(days=1, seconds=59),
        opening + timedelta(days=1, seconds=61),
    ):
        office.move_to(moment)
        reds.append("timers" in red(office))

    assert reds == [False, True, False, False, True]


def test_a_legal_date_is_late_at_any_hour(one_office: TestOffice) -> None:
    one_office.returned()
    one_office.tell("DELETE FROM timer WHERE name <> 'appi_39'")
    midnight = (MONDAY + timedelta(days=15)).replace(hour=0)
    one_office.move_to(midnight + timedelta(minutes=2))

    late = seen(one_office)["timers"]

    assert (late.ok, late.detail.params["timer"]) == (False, "appi_39")


def test_what_became_due_by_moving_the_clock_is_late_only_a_minute_later(one_office: TestOffice) -> None:
    one_office.opened()
    with one_office.writing() as db:
        staff.log(db, MONDAY, "clock_moved", "kudo", {"seconds": 7 * 86400})
    one_office.move_to(MONDAY + timedelta(days=7, seconds=30))
    at_once = red(one_office, clock="shifted")
    one_office.move_to(MONDAY + timedelta(days=7, seconds=90))

    assert "timers" not in at_once
    assert "timers" in red(one_office, clock="shifted")
    assert "timers" in red(one_office)


def test_an_order_nobody_answers_is_red_after_half_a_minute(office: TestOffice) -> None:
    case = office.opened()
    ticket = office.place("hold", Hold(reason=HoldReason.OTHER), case=case)
    fresh = red(office)
    with office.as_owner() as db:
        old = machine_now(db) - timedelta(seconds=31)
        db.execute(update(command).where(command.c.id == ticket.command_id).values(placed_at=old))

    assert (fresh, red(office)) == (set(), {"orders"})


def test_a_line_of_letters_is_red_only_where_it_stands_still(office: TestOffice) -> None:
    office.opened()
    office.opened()
    with office.writing() as db:
        now = machine_now(db)
        db.execute(update(effect).values(ordered_at=now - timedelta(seconds=90)))
    standing = red(office)
    with office.writing() as db:
        newest = select(effect.c.id).order_by(effect.c.id.desc()).limit(1).scalar_subquery()
        db.execute(update(effect).where(effect.c.id == newest).values(claimed_at=now, state="done"))

    assert (standing, red(office)) == ({"letters"}, set())


# -- what people must look at -------------------------------------------------------------------------------------


def test_what_was_set_aside_is_red_until_its_incident_is_closed_and_a_message_for_a_day(office: TestOffice) -> None:
    case = office.opened()
    office.make_letters()
    about = {"order": "hold #1", "effect": f"{case}-01", "timer": "escalate #1"}
    reds = []
    for kind, subject in about.items():
        with office.writing() as db:
            incident.record(db, at=MONDAY, kind=kind, case_number=case, subject=subject, fault="ValueError")
    office.tell("DELETE FROM timer")
    office.move_to(MONDAY + timedelta(days=9))
    for kind, subject in about.items():
        reds.append(red(office))
        with office.writing() as db:
            assert incident.close(db, kind, MONDAY, LEAD, subject=subject) == 1
    closed = red(office)
    with office.writing() as db:
        now = office.at(db).now
        incident.record(db, at=now, kind="message", case_number=None, subject="unknown task", fault="x")
    message = red(office)
    office.move_to(now + timedelta(days=1))

    assert reds == [{"incidents"}] * 3
    assert (closed, message, red(office)) == (set(), {"incidents"}, set())
    assert seen(office)["notices"].note


def test_the_file_system_of_the_spool_is_looked_at_for_itself(one_office: TestOffice) -> None:
    found = seen(one_office)["disk_spool"]

    assert found.detail.params["folder"] == one_office.settings.spool.name


def test_another_shape_of_the_same_version_is_red(one_office: TestOffice) -> None:
    with one_office.writing() as db:
        row = {"name": request.name, "version": request.version, "fingerprint": "other", "shape": {}}
        db.execute(insert(office_table.definition), {**row, "recorded_at": MONDAY})

    assert red(one_office) == {"definition"}


def test_letters_that_lie_in_the_house_are_a_note_after_a_working_day(office: TestOffice) -> None:
    office.opened()
    office.make_letters()
    office.tell("DELETE FROM timer")
    notes = []
    for hours in (0, 23, 24):
        office.move_to(MONDAY + timedelta(hours=hours))
        notes.append(seen(office)["unposted"].note)

    assert notes == [False, False, True]
    assert red(office) == set()


def test_a_count_that_does_not_add_up_is_red(one_office: TestOffice) -> None:
    one_office.mailed()
    with one_office.writing() as db:
        db.execute(update(letter).values(printed_at=None))

    assert red(one_office) == {"count"}


def test_a_full_disk_is_red(one_office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE", 1 << 62)
    monkeypatch.setattr(health, "LEAST_SHARE", 1)

    assert red(one_office) == {"disk_var", "disk_spool", "disk_keys"}


@pytest.mark.requirement("S34")
def test_a_demo_an_office_of_one_and_a_shifted_clock_are_said_openly(one_office: TestOffice) -> None:
    told = seen(one_office, clock="shifted", demo=True, sole=True)

    assert [name for name, check in told.items() if check.note] == ["clock", "allow_as", "sole"]
    assert "2026-11-09 10:00" in say(told["clock"].detail, "ja")
    assert say(told["residency"].detail, "en") == "the data lies in JP"


# -- checkpoints ------------------------------------------------------------------------------------------------------


def test_what_is_recorded_and_not_signed_turns_red_and_is_well_once_it_is_signed(one_office: TestOffice) -> None:
    office = one_office
    office.opened()
    fresh = seen(office)["checkpoints"]
    office.tamper("UPDATE command SET placed_at = '2026-01-01 00:00:00'")
    never = seen(office)["checkpoints"]
    checkpoints.make(office.unit)
    signed = seen(office)["checkpoints"]
    office.tell("UPDATE checkpoint SET at = '2026-01-01 00:00:00'")
    idle = seen(office)["checkpoints"]  # nothing was recorded since: nothing is late
    assert office.now is not None
    office.now += timedelta(minutes=1)
    office.opened()
    a_moment_ago = seen(office)["checkpoints"]
    office.now += timedelta(minutes=30)
    late = seen(office)["checkpoints"]
    checkpoints.make(office.unit)
    mended = seen(office)["checkpoints"]

    told = [fresh, never, signed, idle, a_moment_ago, late, mended]
    assert [one.ok for one in told] == [True, False, True, True, True, False, True]
    assert [one.detail.code for one in (never, late)] == ["health.signed_never", "health.signed_late"]


def test_a_key_that_cannot_sign_turns_red(one_office: TestOffice) -> None:
    one_office.opened()
    checkpoints.make(one_office.unit)
    (one_office.settings.keys / "audit").chmod(0o644)

    check = seen(one_office)["checkpoints"]

    assert (check.ok, check.detail.code) == (False, "keys.audit_open")
