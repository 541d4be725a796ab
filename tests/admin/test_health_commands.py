"""``status`` and ``doctor`` by the script: honest with a broker away, a database away, and with something broken."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from clock import machine_now
from models import office as office_table
from services.reports.health_queues import QUEUES
from settings import settings
from tests.admin.conftest import Script, on_both
from tests.office import CLERK, LEAD, TestOffice
from tests.roles import url_of, working_role


def heard(office: TestOffice, ago: float = 5) -> None:
    """Say that every queue was consumed so many seconds ago."""
    with office.writing() as db:
        for queue in QUEUES:
            office_table.beat(db, queue, "desk1@host", machine_now(db) - timedelta(seconds=ago))


def test_with_the_broker_away_it_is_red_at_once_and_exit_1(script: Script, office: TestOffice) -> None:
    heard(office)

    said = script("status", "--json")

    assert said.status == 1
    assert [check["name"] for check in said.json["checks"] if not check["ok"]] == ["broker"]
    assert said.json["ok"] is False
    assert {"flower", "flower_auth"} <= said.json.keys()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_fits_on_a_screen_of_80_columns_in_both_languages(
    script: Script, office: TestOffice, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from commands.wide import width

    monkeypatch.setenv("COLUMNS", "80")
    heard(office, ago=100)

    said = script("status", "--lang", language)

    lines = said.out.splitlines()
    assert said.status == 1
    assert 20 <= len(lines) <= 55
    assert max(map(width, lines)) <= 80
    assert not any(mark in said.out for mark in ("{", "}", "health."))


@on_both
def test_without_a_database_it_is_exit_5_and_makes_none(
    script: Script, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MADOGUCHI_HOME", str(home / "nowhere"))
    monkeypatch.setenv("MADOGUCHI_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    settings.cache_clear()

    said = script("status", "--json")

    assert said.status == 5
    assert said.json["checks"][0]["name"] == "database"
    assert not (home / "nowhere").exists()


def test_a_sound_office_has_nothing_for_the_doctor(script: Script, office: TestOffice) -> None:
    office.mailed()

    said = script.by(CLERK, "doctor", "--json")

    assert (said.status, said.json) == (0, {"ok": True, "findings": [], "repaired": []})


@on_both
def test_the_doctor_names_what_is_broken_and_a_lead_mends_what_can_be_derived(
    script: Script, office: TestOffice
) -> None:
    case = office.opened()
    office.tell("DELETE FROM timer")

    found = script.by(CLERK, "doctor", "--json")
    forbidden = script.by(CLERK, "doctor", "--repair")
    mended = script.by(LEAD, "doctor", "--repair", "--json")
    after = script.by(CLERK, "doctor", "--json")

    assert [found.status, forbidden.status, mended.status, after.status] == [1, 1, 0, 0]
    assert {(one["case"], one["what"]) for one in found.json["findings"]} == {
        (case, "no_next_moment"),
        (case, "due_at_differs"),
        (case, "missing_timer"),
    }
    assert "missing_timer" in {one["what"] for one in mended.json["repaired"]}


@pytest.mark.parametrize(("language", "words"), [("ja", "mori の役割"), ("en", "mori has the roles")])
def test_the_doctor_says_in_both_languages_what_somebody_did_with_sql(
    script: Script, office: TestOffice, language: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.opened()
    office.make_letters()
    office.tamper("UPDATE command SET actor = 'mori'")
    office.tamper("UPDATE staff SET roles = '[\"lead\"]' WHERE name = 'mori'")
    monkeypatch.setenv("MADOGUCHI_LANG", language)
    settings.cache_clear()

    told = script.by(CLERK, "doctor")

    assert told.status == 1
    assert words in told.out
    assert {"order_altered", "order_differs", "staff_unexplained"} == set(re.findall(r"\[(\w+)\]", told.out))


@on_both
def test_who_comes_under_a_personal_login_and_wants_to_be_somebody_else_is_told_so(
    script: Script, postgres_url: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models import session

    owner = TestOffice(postgres_url, home, now=None)
    case = owner.opened()
    with working_role(postgres_url) as login:
        login(CLERK)
        monkeypatch.setenv("MADOGUCHI_DATABASE_URL", url_of(postgres_url, CLERK))
        settings.cache_clear()
        session.forget_engines()

        told = script.by(LEAD, "hold", case, "--reason", "other", "--json")
        session.engine().dispose()

    owner.close()
    assert (told.status, told.json["error"]) == (1, "not_permitted")
    assert "orders in its own name alone" in told.err
