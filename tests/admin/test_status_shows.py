"""Faults of which the line beside them shows more, and what ``status`` looks like with such lines in it."""

import subprocess
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from clock import machine_now
from models import dropped, founding, incident, mail
from models import office as office_table
from models.letter import letter
from services.audit import checkpoints
from services.reports import health
from settings import settings
from tests.admin.conftest import Script, on_both
from tests.admin.statuses import bad, heard, line, run, seen
from tests.office import LEAD, TestOffice
from workflows.request.procedure import request


@pytest.fixture
def office(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> TestOffice:
    """The office of the script, heard of a moment ago, in a folder of its own."""
    monkeypatch.chdir(settings().home)
    heard(office)
    return office


@on_both
def test_what_cannot_be_mended_by_one_line_is_shown_by_it(script: Script, office: TestOffice) -> None:
    """Each is made wrong, its line is run, and it is mended as the runbook says."""
    office.opened()
    office.make_letters()
    checkpoints.make(office.unit)
    file = office.settings.home / "procedure.toml"
    about = {"name": request.name, "version": request.version, "recorded_at": machine_now(), "shape": {}}
    with office.writing() as db:
        moment = office.at(db).now
        db.execute(insert(office_table.definition), {**about, "fingerprint": "other"})
        incident.record(db, at=moment, kind="effect", case_number=None, subject="26-000001-D-01", fault="ValueError")
        dropped.add(db, day=office.at(db).calendar.today(moment), kind="not_json", count=2, at=moment)
        db.execute(update(letter).values(state="printed", made_at=moment - timedelta(days=9)))
    file.write_text("title = 'x'\n", encoding="utf-8")
    lines = {name: line(script, name) for name in bad(script)}
    ended = {name: run(script, typed) for name, typed in lines.items() if typed.startswith("./admin.py")}

    with office.as_owner() as db:
        db.execute(office_table.definition.delete())
        db.execute(dropped.dropped.delete())
        db.execute(update(letter).values(state="made", made_at=moment))
    with office.writing() as db:
        incident.close(db, "effect", moment, LEAD, subject="26-000001-D-01")
    file.unlink()

    assert lines == {
        "definition": "./admin.py plan",
        "incidents": "./admin.py incidents --open",
        "messages": f"grep -h 'dropped what' {office.settings.logs}/desk*.log",
        "count": "./admin.py doctor",
        "unposted": "./admin.py letters --unposted",
        "procedure": "./admin.py procedure check",
        "notices": "./admin.py notices --unread",
    }
    assert ended == {"definition": 1, "incidents": 0, "count": 1, "unposted": 0, "procedure": 2, "notices": 0}
    script.by(LEAD, "notices", "--unread", "--read")
    assert bad(script) == set()


@on_both
def test_mail_that_waits_is_listed_and_what_was_refused_is_tried_again_by_the_line(
    script: Script, office: TestOffice
) -> None:
    assert script.by(LEAD, "staff", "mail", LEAD, "kudo@office.example").status == 0
    old = machine_now() - timedelta(minutes=11)
    row: dict[str, Any] = {
        "key": "lead/1/kudo", "kind": "test", "circle": None, "name": LEAD, "ordered_at": old,
        "office_at": old, "says": {}, "state": "waiting", "attempts": 1,
    }  # fmt: skip
    with office.writing() as db:
        mail.order(db, [row])
    waits = line(script, "mail")
    shown = run(script, waits)
    office.tell("UPDATE mail SET state = 'refused'")
    refused = line(script, "mail")
    again = run(script, refused)
    office.tell("UPDATE mail SET state = 'sent'")

    assert (waits, shown, refused, again) == ("./admin.py mail list", 0, f"./admin.py mail again {LEAD}", 0)
    assert seen(script)["mail"]["ok"]


def test_the_clocks_of_two_machines_are_named_until_a_heartbeat_says_they_agree(
    script: Script, office: TestOffice
) -> None:
    checks = []
    for seconds in (2.5, 90):
        with office.writing() as db:
            office_table.beat(db, "bulk", "desk1@host", machine_now(db), timedelta(seconds=seconds))
        checks.append(seen(script)["clocks"])
    heard(office)

    assert [(one["ok"], one["note"]) for one in checks] == [(True, True), (False, False)]
    assert {one["run"] for one in checks} == {"timedatectl set-ntp true"}
    assert seen(script)["clocks"]["run"] is None


def test_a_clock_that_was_set_back_hides_no_queue_that_nobody_hears(script: Script, office: TestOffice) -> None:
    with office.writing() as db:
        office_table.beat(db, "commands", "desk1@host", machine_now(db) + timedelta(hours=2))
    checks = seen(script)
    heard(office)

    assert (checks["clocks"]["note"], checks["clocks"]["run"]) == (True, "timedatectl set-ntp true")
    assert (checks["queue_commands"]["ok"], checks["queue_commands"]["run"]) == (False, "make desk")
    assert "desk1@host is from 1:59:" in checks["clocks"]["detail"] or "2:00:00" in checks["clocks"]["detail"]
    assert bad(script) == set()


def test_a_full_disk_shows_what_takes_the_room(
    script: Script, office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    (office.settings.spool).mkdir(parents=True, exist_ok=True)
    with monkeypatch.context() as full:
        full.setattr(health, "LEAST_FREE", 1 << 62)
        full.setattr(health, "LEAST_SHARE", 1)
        lines = {name: line(script, name) for name in ("disk_var", "disk_spool", "disk_keys")}
        ended = [run(script, typed) for typed in lines.values()]

    assert lines["disk_spool"] == f"du -xhd1 {office.settings.spool}"
    assert ended == [0, 0, 0]
    assert bad(script) == set()


def test_how_an_office_was_founded_is_shown_by_the_lines_beside_it(
    script: Script, office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office.as_owner() as db:
        db.execute(update(founding.founding).values(sole=True))
    lines = {name: line(script, name) for name in ("clock", "allow_as", "sole")}

    assert lines == {"clock": "./admin.py clock", "allow_as": "./admin.py office", "sole": "./admin.py office"}
    assert [run(script, typed) for typed in lines.values()] == [0, 0, 0]


@on_both
def test_a_database_that_is_away_has_its_line_and_is_well_when_it_is_back(
    script: Script, office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models import session

    there = settings().database_url
    session.engine().dispose()
    monkeypatch.setenv("MADOGUCHI_DATABASE_URL", "postgresql://sato:secret@127.0.0.1:1/office")
    settings.cache_clear()
    session.forget_engines()
    away = script("status", "--json")
    monkeypatch.setenv("MADOGUCHI_DATABASE_URL", there)
    settings.cache_clear()
    session.forget_engines()

    (database,) = [one for one in away.json["checks"] if one["name"] == "database"]
    assert away.status == 5
    assert database["run"] == "pg_isready --host=127.0.0.1 --port=1 --username=sato --dbname=office"
    assert "secret" not in away.out
    assert bad(script) == set()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_line_is_copied_as_it_is_and_fits_eighty_columns(
    script: Script, office: TestOffice, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from commands.wide import width

    monkeypatch.setenv("COLUMNS", "80")
    (office.settings.keys / "lookup").chmod(0o644)

    page = script("status", "--lang", language).out

    assert max(map(width, page.splitlines())) <= 80
    assert f"\n    chmod -R go-rwx {office.settings.keys}\n" in page
    assert "\n    ./admin.py clock\n" in page


@pytest.mark.parametrize("room", [40, 60, 80])
def test_a_long_line_is_broken_where_a_shell_reads_on(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from commands.output import drawn
    from workflows.lines import typed

    monkeypatch.setenv("COLUMNS", str(room))
    long = "printf '%s|' --one='two  three' four --dbname=madoguchi 'SELECT pid FROM pg_stat_activity' </dev/null"

    pieces = list(drawn(typed(long)))
    said = [subprocess.check_output(each, shell=True, text=True) for each in (long, "\n".join(pieces))]  # noqa: S602

    assert len(pieces) > 1
    assert said[0] == said[1]


def test_status_answers_in_time_where_a_server_does_not(
    script: Script, office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as mute:  # takes the call and says nothing
        at = f"127.0.0.1:{mute.getsockname()[1]}"
        monkeypatch.setenv("MADOGUCHI_SMTP_URL", f"smtps://{at}/?from=madoguchi@office.example")
        settings.cache_clear()
        check = seen(script)["certificate_mail"]  # without an end of our own it would be waited for, for ever

    assert (check["ok"], check["note"]) == (True, True)
    assert check["run"].startswith(f"openssl s_client -connect {at} ")
