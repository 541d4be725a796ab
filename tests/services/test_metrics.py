"""What monitors read: true numbers of the office, no id and no name, and rules that fire where something is wrong."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import insert, update

from clock import machine_now
from models import dropped, incident, mail, staff
from models import office as office_table
from models.command import command
from models.effect import effect
from models.letter import letter
from models.session import reading
from services.audit import checkpoints
from services.ending import copies
from services.engine import counting
from services.office import backups
from services.reports import health, metrics_page
from services.reports.metrics import METRICS, Metric, samples
from settings import PROJECT
from tests import promql
from tests.office import CLERK, LEAD, MONDAY, STAFF, TestOffice
from tests.promql import Vector
from tests.services.test_health import heard
from workflows.request.payloads import Hold
from workflows.request.procedure import request
from workflows.request.values import HoldReason
from workflows.tongue import Tongue

RULES = [
    rule
    for group in yaml.safe_load((PROJECT / "deploy/monitoring/rules.yml").read_text("utf-8"))["groups"]
    for rule in group["rules"]
]
DASHBOARD = json.loads((PROJECT / "deploy/monitoring/dashboard.json").read_text("utf-8"))
CANARY = "金糸雀カナリア"
DAY = timedelta(days=1)


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on each kind of database in turn, at work and well: queues beat, a backup was made."""
    made = well(TestOffice(database_url, home))
    yield made
    made.close()


@pytest.fixture
def one_office(sqlite_url: str, home: Path) -> Iterator[TestOffice]:
    """The same where the database does not matter."""
    made = well(TestOffice(sqlite_url, home))
    yield made
    made.close()


def well(office: TestOffice) -> TestOffice:
    for queue in health_queues():
        heard(office, queue, "desk1@host", 5)
    with office.writing() as db:
        made_at = (machine_now(db) - DAY).isoformat()
        staff.log(db, MONDAY, copies.MADE, LEAD, {"made_at": made_at, "keys": str(office.settings.home / "gone")})
    checkpoints.make(office.unit)
    return office


def health_queues() -> tuple[str, ...]:
    from services.reports.health_queues import QUEUES

    return QUEUES


def page(office: TestOffice | None, lang: str = "en", *, fault: str | None = None, lies: int = 0) -> str:
    """Return what a monitor reads; without an office what it reads while the database is away."""
    if office is None:
        from settings import load

        found = samples(None, None, checks=health.checks(None, None, load({}), fault), broker_up=fault is None)
    else:
        with reading(office.engine) as db:
            at = office.at(db)
            lying = dict.fromkeys(health_queues(), lies)
            seen = health.checks(db, at, at.settings, fault)
            found = samples(db, at, checks=seen, broker_up=fault is None, lengths=lying)
    return "\n".join([*metrics_page.exposition(found, Tongue(lang)), ""])


def said(office: TestOffice, name: str, **labels: str) -> float:
    found = promql.numbers(page(office))[name]
    return found[frozenset(labels.items())]


# -- the numbers ------------------------------------------------------------------------------------------------------


def test_every_metric_is_exposed_as_it_is_declared_and_explained_in_both_languages(office: TestOffice) -> None:
    office.opened()

    for lang in ("en", "ja"):
        text = page(office, lang)
        kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE))
        labels = {name: {tuple(sorted(dict(one))) for one in found} for name, found in promql.numbers(text).items()}

        assert kinds == {name: metric.kind for name, metric in METRICS.items()}
        assert labels == {name: {tuple(sorted(metric.labels))} for name, metric in METRICS.items()}
        assert text.count("# HELP ") == len(METRICS)


def test_the_numbers_are_those_of_the_office(office: TestOffice) -> None:
    mailed, _ = office.mailed()
    office.opened()
    office.in_state("withdrawn")
    ticket = office.place("hold", Hold(reason=HoldReason.OTHER), case=mailed)
    with office.as_owner() as db:
        old = machine_now(db) - timedelta(seconds=11)  # its lease is over, and for long yet it is not late
        db.execute(update(command).where(command.c.id == ticket.command_id).values(placed_at=old, claimed_at=old))
    with office.writing() as db:
        row = {"key": "morning/1", "kind": "morning", "name": CLERK, "ordered_at": old, "office_at": old, "says": []}
        mail.order(db, [row])
        dropped.add(db, day=MONDAY.date(), kind="not_json", count=3, at=old)
    counting.sweep(office.unit)

    assert said(office, "madoguchi_check", check="orders") == 1
    assert said(office, "madoguchi_orders_waiting") == 1
    assert 11 <= said(office, "madoguchi_oldest_order_age_seconds") < 60
    assert said(office, "madoguchi_leases", kind="order", state="expired") == 1
    assert said(office, "madoguchi_leases", kind="order", state="held") == 0
    assert said(office, "madoguchi_outbox", state="waiting") == 2
    assert said(office, "madoguchi_letters", state="ordered") == 2
    assert said(office, "madoguchi_letters", state="posted") == 1
    assert said(office, "madoguchi_letters", state="void") == 1
    assert said(office, "madoguchi_cases", procedure="request", state="forms_mailed") == 1
    assert said(office, "madoguchi_transitions_total", procedure="request", transition="open") == 3
    assert said(office, "madoguchi_transitions_total", procedure="request", transition="mail_forms") == 1
    assert said(office, "madoguchi_steps_uncounted") == 0
    assert said(office, "madoguchi_mail", state="waiting") == 1
    assert said(office, "madoguchi_messages_dropped_today") == 3
    assert DAY.total_seconds() <= said(office, "madoguchi_backup_age_seconds") < DAY.total_seconds() + 600
    assert said(office, "madoguchi_workers", queue="bulk") == 1


def test_steps_are_counted_once_each_and_anew_where_all_is_counted_anew(one_office: TestOffice) -> None:
    office = one_office
    counted = []
    for count in (counting.sweep, counting.sweep, counting.recount, counting.sweep):
        office.in_state("withdrawn")
        count(office.unit)
        counted.append(said(office, "madoguchi_transitions_total", procedure="request", transition="withdraw"))
    office.opened()
    waiting = said(office, "madoguchi_steps_uncounted")

    assert counted == [1, 2, 3, 4]
    assert (waiting, said(office, "madoguchi_cases", procedure="request", state="withdrawn")) == (1, 4)


def test_a_deadline_that_is_due_says_by_how_much_it_is_late(one_office: TestOffice) -> None:
    office = one_office
    office.opened()
    before = said(office, "madoguchi_timer_lag_seconds", deadlines="all")
    office.move_to(MONDAY.replace(hour=9, minute=32) + timedelta(days=2))

    assert (before, said(office, "madoguchi_timer_lag_seconds", deadlines="all")) == (0, 120)
    assert said(office, "madoguchi_timer_lag_seconds", deadlines="legal") == 0


def test_a_letter_of_a_stopped_kind_is_kept_back_and_does_not_age(one_office: TestOffice) -> None:
    from services.letters import letter_kinds
    from services.office.staff import Asker
    from workflows.engine.values import Role

    office = one_office
    office.opened()
    with office.writing() as db:
        lead = Asker(LEAD, LEAD, frozenset({Role.LEAD}))
        letter_kinds.stop(db, "request_forms", "wrong_wording", lead, office.at(db))
        db.execute(update(effect).values(ordered_at=machine_now(db) - DAY))

    assert said(office, "madoguchi_outbox", state="kept_back") == 1
    assert said(office, "madoguchi_outbox", state="waiting") == 0
    assert said(office, "madoguchi_outbox_oldest_age_seconds", state="waiting") == 0


def test_without_a_database_the_rest_is_told(one_office: TestOffice) -> None:
    found = promql.numbers(page(None))

    assert found["madoguchi_up"] == found["madoguchi_database_up"] == {frozenset(): 0}
    assert found["madoguchi_broker_up"] == {frozenset(): 1}
    assert found["madoguchi_check"][frozenset({("check", "database")})] == 0
    assert "madoguchi_orders_waiting" not in found


def test_what_was_never_done_is_older_than_anything_and_null_in_json(sqlite_url: str, home: Path) -> None:
    bare = TestOffice(sqlite_url, home)
    with reading(bare.engine) as db:
        found = samples(db, bare.at(db), checks=[], broker_up=True)
        document = metrics_page.document(found, Tongue("en"))

    backup = next(one for one in document["metrics"] if one["name"] == "madoguchi_backup_age_seconds")
    assert "madoguchi_backup_age_seconds +Inf" in page(bare)
    assert backup["samples"] == [{"labels": {}, "value": None}]
    json.dumps(document, allow_nan=False)
    bare.close()


def test_nothing_personal_no_number_of_a_case_and_nobodys_name_is_told(office: TestOffice) -> None:
    case = office.fulfilled()
    office.must(None, "open", a_canary())
    broken(office)
    counting.sweep(office.unit)

    for lang in ("en", "ja"):
        text = "\n".join(line for line in page(office, lang).splitlines() if not line.startswith("#"))
        assert CANARY not in text
        assert case not in text
        assert re.search(r"\d\d-\d{6}", text) is None
        assert not [name for name in STAFF if name in text]
        assert "desk1" not in text


def a_canary() -> Any:
    from dataclasses import replace

    from tests.people import a_contact

    contact = a_contact()
    return replace(contact, subject=replace(contact.subject, name=CANARY, address=CANARY))


def test_what_this_login_may_not_look_at_is_not_told_as_well(
    one_office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_ = {dict(labels)["check"] for labels in promql.numbers(page(one_office))["madoguchi_check"]}

    def closed(_: Path) -> Iterator[Path]:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", closed)  # whoever runs these tests may be root, for whom nothing is closed
    found = {dict(labels)["check"] for labels in promql.numbers(page(one_office))["madoguchi_check"]}

    assert open_ - found == {"keys", "disk_keys"}
    assert found <= open_


def test_values_and_meanings_are_escaped_as_the_format_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from services.reports.metrics import Sample

    monkeypatch.setitem(METRICS, "madoguchi_up", Metric("gauge", ("odd",)))
    strange = 'a "b" \\ c\nd'

    text = "\n".join([*metrics_page.exposition([Sample("madoguchi_up", 1.5, (strange,))], Tongue("en")), ""])

    assert promql.numbers(text) == {"madoguchi_up": {frozenset({("odd", strange)}): 1.5}}


# -- rules and dashboard ----------------------------------------------------------------------------------------------


def broken(office: TestOffice) -> None:
    """Break everything an alert is about, but what takes database, broker or process away."""
    case = office.mailed()[0]
    office.opened()
    ticket = office.place("hold", Hold(reason=HoldReason.OTHER), case=case)
    with office.writing() as db:
        old = machine_now(db) - timedelta(hours=2)
        for queue in health_queues():
            office_table.beat(db, queue, "desk1@host", old)
        office_table.beat(db, "bulk", "desk2@host", machine_now(db), timedelta(seconds=90))
        db.execute(update(effect).values(ordered_at=old, claimed_at=None))
        incident.record(db, at=MONDAY, kind="order", case_number=case, subject="hold #1", fault="ValueError")
        row = {"name": request.name, "version": request.version, "fingerprint": "other", "shape": {}}
        db.execute(insert(office_table.definition), {**row, "recorded_at": MONDAY})
        row = {"key": "morning/1", "kind": "morning", "name": CLERK, "ordered_at": old, "office_at": old, "says": []}
        mail.order(db, [row])
        dropped.add(db, day=office.today, kind="not_json", count=3, at=old)
    with office.as_owner() as db:
        db.execute(update(letter).where(letter.c.state == "posted").values(printed_at=None))
        db.execute(update(command).where(command.c.id == ticket.command_id).values(placed_at=old, claimed_at=old))
    aside = office.place("hold", Hold(reason=HoldReason.OTHER), case=case)
    with office.writing() as db:
        office.set_aside(db, aside.command_id, "ValueError")


def firing(text: str) -> set[str]:
    found = promql.numbers(text)
    return {rule["alert"] for rule in RULES if promql.ask(rule["expr"], found)}


def old_backup(office: TestOffice) -> list[Any]:
    """Return what would be known of the office's backup if it had been made ten days ago."""
    with reading(office.engine) as db:
        return [(machine_now(db) - timedelta(days=10), *copies.made(db)[-1][1:])]


def test_no_alert_fires_of_an_office_that_is_well(office: TestOffice) -> None:
    office.fulfilled()
    office.make_letters()

    assert firing(page(office)) == set()


def test_how_old_a_backup_may_be_is_the_offices_to_say_to_the_alert_too(
    one_office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = old_backup(one_office)
    monkeypatch.setattr(copies, "made", lambda db: made)
    late = firing(page(one_office))
    monkeypatch.setattr(backups, "patience", lambda home: 30)

    assert (late, firing(page(one_office))) == ({"MadoguchiBackup"}, set())


def test_every_alert_fires_of_an_office_in_which_everything_is_broken(
    one_office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = one_office
    office.post_letters(office.in_state("withdrawn"))
    office.opened()
    monday = MONDAY + timedelta(days=37 * 31 + 8)  # by which all of it should have been erased
    office.move_to(monday)
    broken(office)
    office.move_to(monday + timedelta(minutes=25))
    monkeypatch.setattr(health, "LEAST_FREE", 1 << 62)
    monkeypatch.setattr(health, "LEAST_SHARE", 1)
    office.tell("UPDATE checkpoint SET at = '2026-01-01 00:00:00'")
    late = old_backup(office)
    monkeypatch.setattr(copies, "made", lambda db: late)
    monkeypatch.setattr("models.tally.how_many", lambda db, most: most)
    text = page(office, fault="ConnectionError")
    other = 'madoguchi_check{check="something_new"} 0\n'

    here = firing(text.replace("madoguchi_check{", other + "madoguchi_check{", 1))
    away = firing(page(None))
    unasked = firing("madoguchi_up 0\n")
    silent = firing("")

    assert away >= {"MadoguchiDatabase"}
    assert (unasked, silent) == ({"MadoguchiUnknown"}, {"MadoguchiAway"})
    assert here | away | unasked | silent == {rule["alert"] for rule in RULES}
    assert "MadoguchiStatus" not in firing(text)


def test_every_rule_leads_to_an_entry_of_the_runbook_and_asks_for_what_is_exposed() -> None:
    runbook = (PROJECT / "docs/runbook.md").read_text("utf-8")
    anchors = set(re.findall(r'<a id="([^"]+)">', runbook))

    for rule in RULES:
        file, _, anchor = rule["annotations"]["runbook"].partition("#")
        assert file == "docs/runbook.md"
        assert anchor in anchors | {"{{ $labels.check }}"}, rule["alert"]
        assert rule["annotations"]["summary"].endswith((".", "}}"))
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert promql.names(rule["expr"]) <= METRICS.keys(), rule["alert"]
    assert len({rule["alert"] for rule in RULES}) == len(RULES)


def test_what_status_looks_at_and_can_be_red_has_an_entry_where_its_alert_leads(one_office: TestOffice) -> None:
    anchors = set(re.findall(r'<a id="([^"]+)">', (PROJECT / "docs/runbook.md").read_text("utf-8")))

    checks = {dict(labels)["check"] for labels in promql.numbers(page(one_office))["madoguchi_check"]}

    assert checks - anchors == set()


def test_every_panel_asks_for_what_is_exposed_and_nothing_is_shown_nowhere() -> None:
    asked: set[str] = set()
    for panel in DASHBOARD["panels"]:
        assert panel["targets"], panel["title"]
        for target in panel["targets"]:
            asked |= promql.names(target["expr"].replace("$job", ".*"))
    places = [tuple(panel["gridPos"].values()) for panel in DASHBOARD["panels"]]

    assert asked == set(METRICS)
    assert len(set(places)) == len({panel["id"] for panel in DASHBOARD["panels"]}) == len(places)


def test_promtool_takes_the_rules_where_it_is_there_and_the_parser_everywhere() -> None:
    for rule in RULES:
        assert rule.keys() <= {"alert", "expr", "for", "labels", "annotations"}
        assert re.fullmatch(r"[0-9]+[smhd]", rule.get("for", "0s")), rule["alert"]
        promql.names(rule["expr"])
    if tool := shutil.which("promtool"):
        for what, file in (("rules", "rules.yml"), ("config", "prometheus.yml")):
            checked = subprocess.run(
                [tool, "check", what, file],
                cwd=PROJECT / "deploy/monitoring", check=False, capture_output=True, text=True,
            )  # fmt: skip
            assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_evaluator_of_these_tests_says_what_prometheus_would() -> None:
    here: Vector = {frozenset({("a", "x")}): 1.0, frozenset({("a", "y")}): 0.0}
    there: Vector = {frozenset({("a", "x"), ("b", "z")}): 5.0}
    known = {"m": here, "n": there}

    assert promql.ask("m == 0", known) == {frozenset({("a", "y")}): 0.0}
    assert promql.ask('m{a!~"x|z"}', known) == {frozenset({("a", "y")}): 0.0}
    assert promql.ask("m unless on (a) n", known) == {frozenset({("a", "y")}): 0.0}
    assert promql.ask("m and on (a) n > 2 * 2", known) == {frozenset({("a", "x")}): 1.0}
    assert promql.ask("absent(m)", known) == {}
    assert promql.ask("absent(nothing)", known) == {frozenset(): 1.0}
