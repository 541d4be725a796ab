"""An office is founded once; what it is stands in its database, whatever a caller's environment says."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commands.office import login
from tests.admin.conftest import Script, details, on_both
from tests.admin.founding.places import Calling, rows
from tests.office import APPROVER, CLERK, LEAD, MONDAY, VERIFIER, TestOffice
from tests.services.paper import text_of

# -- founding ---------------------------------------------------------------------------------------------------------


def test_an_office_is_founded_as_the_environment_says_and_its_log_says_so(
    call: Calling, place: dict[str, str], home: Path
) -> None:
    before = datetime.now(UTC).replace(microsecond=0)

    founded = call("office", "found", "--lead", "hanako", "--json", **place, CLOCK="shifted", RESIDENCY="DE")
    shown = call("office", "--json", **place)

    assert founded.status == 0, founded
    told = shown.json
    assert before <= datetime.fromisoformat(told.pop("founded_at")) <= datetime.now(UTC)
    where = told.pop("database")
    assert where.startswith("sqlite:///" if not place else "postgresql")
    assert told == {"demo": False, "clock": "shifted", "sole": False, "residency": "DE", "lead": "hanako"}
    events = rows(place, home, "SELECT what, actor, details FROM office_event ORDER BY seq")
    assert [(event.what, event.actor) for event in events] == [("office_founded", login()), ("staff_added", login())]
    assert details(events[0]) == {"lead": "hanako", "demo": False, "clock": "shifted", "sole": False, "residency": "DE"}
    assert {path.stat().st_mode & 0o077 for path in (home / "office", home / "office" / "keys")} == {0}
    staff = call("staff", "list", "--json", **place).json
    assert [(one["name"], one["roles"]) for one in staff] == [("hanako", ["lead"])]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_an_office_is_can_be_read_in_both_languages(call: Calling, language: str) -> None:
    call("office", "found", "--lead", "hanako", ALLOW_AS="demo", SOLE="yes")

    shown = call("office", "--lang", language)

    assert shown.status == 0
    assert ("一人だけの窓口" if language == "ja" else "one person alone") in shown.out
    assert max(map(len, shown.out.splitlines()[:-1])) <= 80


def test_founding_it_again_says_so_and_nobody_founds_it_otherwise(
    call: Calling, place: dict[str, str], home: Path
) -> None:
    first = call("office", "found", "--lead", "hanako", "--json", **place)

    again = call("office", "found", "--lead", "hanako", "--json", **place)
    other = call("office", "found", "--lead", "jiro", "--json", **place)
    demo = call("office", "found", "--lead", "hanako", "--json", **place, ALLOW_AS="demo")

    assert (first.json["new"], again.status, again.json["new"]) == (True, 0, False)
    assert (other.status, other.json["error"]) == (1, "founded_already")
    assert (demo.status, demo.json["error"]) == (2, "office_is_otherwise")
    assert len(rows(place, home, "SELECT 1 FROM office_event")) == 2
    assert len(rows(place, home, "SELECT 1 FROM staff")) == 1


@pytest.mark.parametrize("name", ["system", "ｓｙｓｔｅｍ", "s\u0430to", "", "sa\u200bto"])
def test_nobody_is_lead_under_a_name_nobody_may_have_and_then_nothing_is_made(
    call: Calling, home: Path, name: str
) -> None:
    refused = call("office", "found", "--lead", name, "--json")

    assert (refused.status, refused.json["error"]) == (2, "bad_name")
    assert list(home.iterdir()) == []


@on_both
def test_no_sql_changes_what_an_office_is(database_url: str, home: Path) -> None:
    office = TestOffice(database_url, home)

    for deed in (
        "UPDATE founding SET demo = NOT demo",
        "DELETE FROM founding",
        "INSERT INTO founding SELECT 2, founded_at, founded_by, lead, demo, clock, sole, residency, keys FROM founding",
        *(["TRUNCATE founding"] if database_url.startswith("postgres") else []),
        *(
            ["INSERT OR REPLACE INTO founding SELECT 1, founded_at, 'x', 'x', 1, clock, sole, 'JP', keys FROM founding"]
            if database_url.startswith("sqlite")
            else []
        ),
    ):
        with pytest.raises(Exception, match=r"append-only|ck_founding|CHECK"):
            office.tell(deed)

    assert [tuple(row) for row in office.ask("SELECT id, lead FROM founding")] == [(1, LEAD)]
    office.close()


def test_keys_of_another_office_are_never_taken_for_a_new_one(call: Calling, home: Path, sqlite_url: str) -> None:
    office = TestOffice(sqlite_url, home / "office")
    office.reserve()
    office.close()

    refused = call("office", "found", "--lead", "hanako", "--json")

    assert (refused.status, refused.json["error"]) == (1, "keys_of_another")
    assert not (home / "office" / "var").exists()


# -- the environment ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variable", "wrong"), [("ALLOW_AS", "demo"), ("CLOCK", "shifted"), ("SOLE", "yes"), ("RESIDENCY", "DE")]
)
def test_a_call_whose_environment_says_otherwise_is_exit_2_and_says_what_the_office_is(
    call: Calling, place: dict[str, str], variable: str, wrong: str
) -> None:
    call("office", "found", "--lead", login(), **place)
    right = {"CLOCK": "system", "SOLE": "no", "RESIDENCY": "JP"}

    silent = call("list", "--json", **place)
    agreeing = call("list", "--json", **place, **right)
    otherwise = [call(*words, "--json", **place, **{variable: wrong}) for words in (["list"], ["office"], ["status"])]
    told = call("list", "--lang", "ja", **place, **{variable: wrong})

    assert (silent.status, agreeing.status) == (0, 0)
    assert [(said.status, said.json["error"]) for said in otherwise] == [(2, "office_is_otherwise")] * 3
    assert f"MADOGUCHI_{variable}={wrong}" in otherwise[0].json["message"]
    assert f"MADOGUCHI_{variable}={wrong}" in told.err
    assert "開設" in told.err


def test_a_verifier_does_not_release_her_own_decision_by_setting_a_variable(
    call: Calling, database_url: str, home: Path
) -> None:
    office = TestOffice(database_url, home / "office")
    case = office.in_state("id_verified")
    before = office.case(case)

    by_variable = call("--as", APPROVER, "fulfil", case, "--json", DATABASE_URL=database_url, ALLOW_AS="demo")
    alone = call("fulfil", case, "--json", DATABASE_URL=database_url, SOLE="yes")
    plain = call("--as", APPROVER, "fulfil", case, "--json", DATABASE_URL=database_url)

    assert [said.status for said in (by_variable, alone, plain)] == [2, 2, 1]
    assert plain.json["error"] == "as_not_allowed"
    assert office.case(case) == before
    assert office.ask("SELECT 1 FROM command WHERE transition = 'fulfil'") == []
    office.close()


def test_in_a_demo_the_database_permits_as_and_stamps_letters_whatever_the_caller_says(
    call: Calling, database_url: str, home: Path
) -> None:
    office = TestOffice(database_url, home / "office", demo=True)
    case = office.opened()
    office.make_letters(typeset=True)
    (letter,) = office.ask("SELECT path FROM letter")

    shown = call("--as", CLERK, "show", case, "--json", DATABASE_URL=database_url)

    assert shown.status == 0
    assert "SAMPLE 見本" in text_of((office.settings.spool / letter.path).read_bytes())
    (event,) = office.ask("SELECT actor FROM office_event WHERE what = 'case_seen'")
    assert event.actor == f"{CLERK} (by {login()})"
    office.close()


# -- the clock ----------------------------------------------------------------------------------------------------


def test_nobody_moves_the_clock_of_an_office_on_the_real_time(call: Calling, database_url: str, home: Path) -> None:
    office = TestOffice(database_url, home / "office", clock="system")
    now = datetime.now(UTC)

    by_variable = call("clock", "--advance", "30d", "--json", DATABASE_URL=database_url, CLOCK="shifted")
    plain = call("clock", "--advance", "30d", "--json", DATABASE_URL=database_url)
    office.tell('INSERT INTO office_clock (id, "offset") VALUES (1, 2592000000000)')
    seen = datetime.fromisoformat(call("clock", "--json", DATABASE_URL=database_url).json["now"])

    assert (by_variable.status, by_variable.json["error"]) == (2, "office_is_otherwise")
    assert (plain.status, plain.json["error"]) == (1, "clock_not_shifted")
    assert abs(seen - now) < timedelta(minutes=5)  # a forgotten offset adds nothing
    office.close()


def test_moving_the_clock_is_a_leads_act_in_the_offices_log(script: Script, office: TestOffice) -> None:
    refused = [script.by(name, "clock", "--advance", "1d", "--json") for name in (CLERK, VERIFIER, APPROVER)]
    moved = script.by(LEAD, "clock", "--advance", "1d", "--json")

    assert [(said.status, said.json["error"]) for said in refused] == [(1, "lead_only")] * 3
    assert moved.status == 0
    (event,) = office.ask("SELECT actor, details FROM office_event WHERE what = 'clock_moved'")
    assert event.actor.startswith(f"{LEAD} (by ")
    assert details(event) == {"seconds": 86_400}


@on_both
def test_the_clock_is_set_to_the_past_as_long_as_nothing_has_happened(
    script: Script, office: TestOffice, worker: None
) -> None:
    script.by(LEAD, "staff", "add", "hanako", "--role", "clerk")
    past = script.by(LEAD, "clock", "--set", "2025-04-01T09:30", "--json")
    further = script.by(LEAD, "clock", "--set", "2024-12-27T10:00", "--json")
    case = script.opened()
    refused = script.by(LEAD, "clock", "--set", "2024-12-27T09:00", "--json")

    assert (past.status, past.json["now"][:16]) == (0, "2025-04-01T09:30")
    assert (further.status, further.json["now"][:16]) == (0, "2024-12-27T10:00")
    assert (refused.status, refused.json["error"]) == (1, "clock_cannot_go_back")
    assert office.case(case).opened_at.astimezone(MONDAY.tzinfo).year == 2024
    assert len(office.ask("SELECT 1 FROM office_event WHERE what = 'clock_moved'")) == 2


@pytest.mark.parametrize("trace", ["number", "log", "order"])
def test_whatever_has_happened_keeps_the_clock_from_going_back(script: Script, office: TestOffice, trace: str) -> None:
    if trace == "number":
        office.reserve()
    elif trace == "log":
        script.by(LEAD, "letter-kinds", "stop", "reminder", "--reason", "wrong_wording")
    else:
        office.opened()

    refused = script.by(LEAD, "clock", "--set", "2025-04-01T09:30", "--json")

    assert (refused.status, refused.json["error"]) == (1, "clock_cannot_go_back")
