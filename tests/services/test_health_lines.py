"""Each fault that ``status`` shows has its line to run, written in one place, for whichever way the office is run."""

import re
import sys
import zoneinfo
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from desk.hearing import SERVES
from models.session import reading
from services.reports import health, health_lines
from services.reports.health import Check, checks
from services.reports.health_lines import LINES, WORKERS, Place, line
from services.reports.health_queues import QUEUES
from settings import PROJECT, load, run_by_compose
from tests.office import TestOffice
from workflows.engine.values import Reason
from workflows.words import say
from workflows.words.health import SENTENCES

tzdata: Any = import_module("tzdata")

WELL = {
    "backup", "beat", "broker", "certificate_good", "clocks", "count", "count_stopped", "database", "definition",
    "disk", "holidays", "incidents", "keys", "keys_closed", "letters", "mail", "mail_off", "messages", "notices",
    "orders", "procedure", "queue", "residency", "retention", "returns", "signed", "signed_not_yet", "timers", "tray",
    "unposted", "zone",
}  # fmt: skip
"""What is said of what is well: nothing is to be done about it."""


# -- one place owns them --------------------------------------------------------------------------------


def test_every_sentence_of_status_is_of_something_well_or_has_a_line_to_run() -> None:
    said = {code.removeprefix("health.") for code in SENTENCES}
    with_line = {code.removeprefix("health.") for code in LINES if code.startswith("health.")}

    assert said == WELL | with_line
    assert with_line & WELL == set()


def test_a_fault_without_a_line_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = Check("disk_var", ok=False, detail=Reason("health.disk", {"folder": "var", "free": 1}))
    monkeypatch.setattr(health, "_disks", lambda _: [bare])

    with pytest.raises(KeyError, match=r"health\.disk"):
        checks(None, None, load({"MADOGUCHI_HOME": str(tmp_path)}), None)


def test_no_sentence_names_a_command_beside_its_line() -> None:
    commands = re.compile(r"\./admin|make desk|chmod")
    naming = [code for code, words in SENTENCES.items() if commands.search(" ".join(words.values()))]

    assert naming == []


def test_who_serves_a_queue_is_known_as_the_desk_and_compose_have_it() -> None:
    services = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    of_compose = {
        queue: name
        for name in ("worker-commands", "worker")
        for queue in services[name]["command"][services[name]["command"].index("-Q") + 1].split(",")
    }

    assert set(WORKERS) == set(QUEUES)
    assert {queue: program for queue, (program, _) in WORKERS.items()} == {
        queue: program for program, served in SERVES.items() for queue in served
    }
    assert {queue: service for queue, (_, service) in WORKERS.items()} == of_compose


# -- what they are --------------------------------------------------------------------------------


PARAMS: dict[str, Any] = {
    "queue": "effects", "fault": "ValueError at x.py:1", "of": "orders", "folder": "/srv/a b/keys", "copy": "",
    "kind": "letter.notice", "name": "sato", "place": "/vault/old keys", "path": "/srv/a b/keys/audit", "part": "kek",
    "out": "", "apart": "", "today": "2026-11-30", "where": "db.example:5432", "host": "db.example",
    "starttls": "postgres",
}  # fmt: skip
FIRST_OF_COMPOSE = (
    "docker compose exec worker-commands ./admin.py backup --out HOME/backups/2026-11-30 --keys HOME/vault/2026-11-30"
)
TO_THE_SERVER = "--host=db.example --port=5433 --username=office --dbname=madoguchi"
POSTGRES = "postgresql://office:secret@db.example:5433/madoguchi?sslmode=verify-full"


@pytest.fixture
def desk(tmp_path: Path) -> Place:
    """An embedded desk that does not run."""
    return health_lines.place(load({"MADOGUCHI_HOME": str(tmp_path)}))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Place:
    """Workers of a machine whose PostgreSQL and broker are servers of their own."""
    urls = {"MADOGUCHI_DATABASE_URL": POSTGRES, "MADOGUCHI_BROKER_URL": "rediss://office:secret@q.example:6380/0"}
    return health_lines.place(load({"MADOGUCHI_HOME": str(tmp_path), **urls}))


def test_whatever_the_code_and_the_place_there_is_one_line_and_no_password_in_it(desk: Place, elsewhere: Place) -> None:
    lines = [
        line(Reason(code, PARAMS), place)
        for code in LINES
        for place in (desk, replace(desk, desk=True), elsewhere, replace(elsewhere, compose=True))
    ]

    assert all(one and "\n" not in one and "{" not in one and "secret" not in one for one in lines)


@pytest.mark.parametrize(("code", "off", "on", "compose"), [
    ("queue_silent", "make desk", "tail -n 40 LOGS/desk2.log", "docker compose restart worker"),
    ("worker_deaf", "make desk", "tail -n 40 LOGS/desk2.log", "docker compose restart worker"),
    ("beat_silent", "make desk", "tail -n 40 LOGS/beat.log", "docker compose restart beat"),
    ("broker_away", "make desk", "tail -n 40 LOGS/broker.log", "docker compose up --detach broker"),
    ("orders_wait", "make desk", "tail -n 40 LOGS/desk1.log", "docker compose restart worker-commands"),
    ("timers_late", "make desk", "tail -n 40 LOGS/desk1.log", "docker compose restart worker-commands"),
    ("letters_wait", "make desk", "tail -n 40 LOGS/desk2.log", "docker compose restart worker"),
    ("clock_back", "timedatectl set-ntp true", "timedatectl set-ntp true", "timedatectl set-ntp true"),
    ("tray_some", "./admin.py tray list", "./admin.py tray list",
     "docker compose exec worker-commands ./admin.py tray list"),
    ("returns_some", "./admin.py receive-forms --scanned", "./admin.py receive-forms --scanned",
     "docker compose exec worker-commands ./admin.py receive-forms --scanned"),
    ("mail_waits_for_a_server", "./admin.py mail list", "./admin.py mail list",
     "docker compose exec worker-commands ./admin.py mail list"),
    ("backup_never", "./admin.py backup --out HOME.backup/2026-11-30", "./admin.py backup --out HOME.backup/2026-11-30",
     FIRST_OF_COMPOSE),
])  # fmt: skip
def test_a_line_suits_the_way_the_office_is_run(desk: Place, code: str, off: str, on: str, compose: str) -> None:
    def told(place: Place) -> str:
        said = line(Reason(f"health.{code}", PARAMS), place)
        return said.replace(str(place.settings.logs), "LOGS").replace(str(place.settings.home), "HOME")

    assert [told(desk), told(replace(desk, desk=True)), told(replace(desk, compose=True))] == [off, on, compose]


def test_compose_is_known_by_the_secrets_it_lays_out_and_not_by_a_file_beside_the_code(tmp_path: Path) -> None:
    services = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    ours = [
        one["environment"]
        for one in services.values()
        if any("MADOGUCHI" in name for name in one.get("environment", ()))
    ]
    secrets = [{name: said for name, said in one.items() if name.endswith("_FILE")} for one in ours]
    (tmp_path / "REVISION").write_text("0123456789ab\n", encoding="ascii")
    (tmp_path / "url").write_text(POSTGRES, encoding="ascii")
    elsewhere = {"MADOGUCHI_DATABASE_URL_FILE": str(tmp_path / "url")}

    assert [run_by_compose(one) for one in secrets] == [True] * len(ours) != []
    # A checkout with such a file, an image that something else runs: their lines are not compose's.
    assert [load({"MADOGUCHI_HOME": str(tmp_path), **more}, project=tmp_path).compose for more in ({}, elsewhere)] == [
        False
    ] * 2
    # An image made without that file, and a person there who came with a login of their own (docs/operations.md).
    broker = {"MADOGUCHI_BROKER_URL_FILE": "/run/madoguchi/broker_url"}
    assert run_by_compose({"MADOGUCHI_DATABASE_URL": POSTGRES, "MADOGUCHI_DATABASE_URL_FILE": "", **broker})


def test_under_systemd_a_line_names_a_unit_that_is_there(desk: Place, elsewhere: Place) -> None:
    units = {file.stem for file in (PROJECT / "deploy" / "systemd").glob("*.service")}
    codes = ("queue_silent", "orders_wait", "beat_silent")

    said = [
        line(Reason(f"health.{code}", PARAMS), replace(each, units=True))
        for each in (desk, elsewhere)
        for code in codes
    ]

    assert [one.removeprefix("sudo systemctl restart ") for one in said] == [
        *["madoguchi-desk"] * 3, "madoguchi-worker", "madoguchi-worker-commands", "madoguchi-beat",
    ]  # fmt: skip
    assert {one.rpartition(" ")[2] for one in said} <= units


@pytest.mark.parametrize(("code", "there", "at_the_desk"), [
    ("database_away", f"pg_isready {TO_THE_SERVER}", "ls -l DATABASE"),
    ("database_busy", f"psql {TO_THE_SERVER} --command='{health_lines._HOLDING}'", "fuser -v DATABASE"),
    ("broker_away", "redis-cli --tls -h q.example -p 6380 ping", "make desk"),
])  # fmt: skip
def test_a_server_is_named_as_the_settings_name_it(
    desk: Place, elsewhere: Place, code: str, there: str, at_the_desk: str
) -> None:
    file = str(desk.settings.var / "madoguchi.sqlite3")

    assert line(Reason(f"health.{code}", {"fault": "x"}), elsewhere) == there
    assert line(Reason(f"health.{code}", {"fault": "x"}), desk).replace(file, "DATABASE") == at_the_desk


@pytest.mark.parametrize(("fault", "shown"), [
    ("KeystoreAbsent at keys.py:1", "ls -lA HOME/keys"),
    ("OSError ENOSPC at made.py:3", "df -h HOME"),
    ("its case is locked by somebody else", "fuser -v HOME/var/madoguchi.sqlite3"),
    ("OperationalError at x.py:9", "fuser -v HOME/var/madoguchi.sqlite3"),
    ("ValueError at x.py:9", "make desk"),
])  # fmt: skip
def test_trouble_that_passes_is_looked_at_by_its_kind(desk: Place, fault: str, shown: str) -> None:
    said = line(Reason("health.troubled", {"fault": fault, "of": "orders"}), desk)

    assert said.replace(str(desk.settings.home), "HOME") == shown


# -- zones and holidays --------------------------------------------------------------------------------


@pytest.fixture
def office(sqlite_url: str, home: Path) -> Iterator[TestOffice]:
    made = TestOffice(sqlite_url, home)
    yield made
    made.close()


def seen(office: TestOffice, name: str) -> Check:
    with reading(office.engine) as db:
        here = office.at(db)
        return next(one for one in checks(db, here, here.settings, None) if one.name == name)


@pytest.fixture
def machines_table(tmp_path: Path) -> Iterator[Path]:
    """A folder that is the machine's tables of time zones, empty: until something is put there, ours count."""
    zoneinfo.reset_tzpath(to=[str(tmp_path)])
    (tmp_path / "Asia").mkdir()
    yield tmp_path / "Asia" / "Tokyo"
    zoneinfo.reset_tzpath()


def test_a_machine_whose_table_of_the_zone_is_another_is_red_until_it_is_ours(
    office: TestOffice, machines_table: Path
) -> None:
    ours = Path(tzdata.__path__[0], "zoneinfo")
    colours = [seen(office, "time_zone").ok]
    machines_table.write_bytes((ours / "Asia" / "Shanghai").read_bytes())
    other = seen(office, "time_zone")
    machines_table.write_bytes((ours / "Asia" / "Tokyo").read_bytes())
    colours.append(seen(office, "time_zone").ok)

    assert colours == [True, True]
    assert (other.ok, other.detail.code) == (False, "health.zone_differs")
    assert str(other.detail.params["day"]) >= datetime.now(UTC).date().isoformat()
    assert other.run == "sudo apt-get install --only-upgrade tzdata"


def test_old_tables_of_zones_are_told_and_missing_ones_red(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    year = datetime.now(UTC).year
    found = []
    for version in (f"{year}a", f"{year - 1}a", f"{year - 2}z"):
        monkeypatch.setattr(tzdata, "IANA_VERSION", version)
        found.append(seen(office, "time_zone"))
    monkeypatch.setitem(sys.modules, "tzdata", None)
    found.append(seen(office, "time_zone"))

    assert [(one.ok, one.note) for one in found] == [(True, False), (True, False), (True, True), (False, False)]
    assert [one.run for one in found[2:]] == ["git pull && make setup"] * 2


def test_the_holidays_of_the_next_twelve_months_are_known_or_it_is_told(office: TestOffice) -> None:
    found = []
    for year, month in ((2098, 12), (2099, 1), (2100, 1)):
        office.move_to(datetime(year, month, 15, tzinfo=UTC))
        found.append(seen(office, "holidays"))

    assert [(one.ok, one.note) for one in found] == [(True, False), (True, True), (False, False)]
    assert found[1].run == "git pull && make setup"
    assert "2099" in say(found[1].detail, "ja")
    assert found[0].detail.code == "health.holidays"


def test_the_secret_of_a_later_stage_of_look_ups_is_a_part_of_the_keys(office: TestOffice) -> None:
    with reading(office.engine) as db:
        here = replace(office.at(db), stage=2)
        (keys,) = [one for one in checks(db, here, here.settings, None) if one.name == "keys"]

    assert (keys.ok, keys.detail.code, keys.detail.params["part"]) == (False, "health.keys_part_gone", "lookup.2")


def test_keys_that_the_caller_may_not_look_at_are_told_no_more_than_that(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_: Path) -> Iterator[Path]:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", closed)  # whoever runs these tests may be root, for whom nothing is closed

    check = seen(office, "keys")

    assert (check.ok, check.note, check.detail.code) == (True, False, "health.keys_closed")
