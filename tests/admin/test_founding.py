"""An office is founded once; what it is stands in its database, whatever a caller's environment says."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DatabaseError

from commands.main import names
from commands.office import login
from models import session
from models.founding import NoOffice
from models.session import engine_for, transaction
from services.engine.office import the_office
from settings import settings
from tests.admin.conftest import Said, Script, details
from tests.office import APPROVER, CLERK, LEAD, MONDAY, VERIFIER, TestOffice
from tests.services.paper import text_of

Calling = Callable[..., Said]


@pytest.fixture
def call(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Calling:
    """Call the script with exactly these variables: ``call("list", "--json", DATABASE_URL=url, CLOCK="shifted")``."""
    script = Script(capsys, tmp_path)

    def calling(*arguments: str, **variables: str) -> Said:
        for name in [name for name in os.environ if name.startswith("MADOGUCHI_") and "_TEST_" not in name]:
            monkeypatch.delenv(name)
        for name, value in {"HOME": str(home / "office"), "LANG": "en", **variables}.items():
            monkeypatch.setenv(f"MADOGUCHI_{name}", value)
        settings.cache_clear()
        session.forget_engines()
        try:
            return script(*arguments)
        finally:
            session.engine().dispose()
            settings.cache_clear()
            session.forget_engines()

    return calling


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """An empty place: nothing at all, or a database of PostgreSQL's without any table."""
    if request.param == "sqlite":
        yield {}
        return
    server = request.getfixturevalue("postgres")
    url = server.create()
    yield {"DATABASE_URL": url}
    server.drop(url)


def url_of(place: dict[str, str], home: Path) -> str:
    return place.get("DATABASE_URL") or f"sqlite:///{home / 'office' / 'var' / 'madoguchi.sqlite3'}"


def rows(place: dict[str, str], home: Path, statement: str) -> list[Any]:
    engine = engine_for(url_of(place, home))
    with session.reading(engine) as db:
        found = list(db.execute(text(statement)))
    engine.dispose()
    return found


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


# -- no office here -----------------------------------------------------------------------------------------------

CASE = "26-000001-D"
OPERANDS = {
    "ask-again": [CASE, "--missing", "pages"],
    "assign": [CASE, "hanako"],
    "bulk": ["void", "--where", "state=contacted", "--reason", "mistake"],
    "calendar": ["list"],
    "draft": [CASE, "--out", "draft.pdf"],
    "extend": [CASE, "--reason", "complexity"],
    "hold": [CASE, "--reason", "other"],
    "inquiry": ["list"],
    "letter-kinds": ["list"],
    "override": [CASE, "--what", "pages", "--reason", "seen"],
    "papers": [CASE, "--out", "papers"],
    "posted": [f"{CASE}-01"],
    "print": ["--out", "printed"],
    "record-posting": [CASE, "--letter", f"{CASE}-01"],
    "record-return": [CASE, "--letter", f"{CASE}-01", "--reason", "moved"],
    "requeue": ["--all", "--why", "mended"],
    "returned": [f"{CASE}-01", "--reason", "moved"],
    "staff": ["add", "hanako", "--role", "clerk"],
    "tray": ["list"],
    "unverify": [CASE, "--why", "a slip"],
    "undeliverable": [CASE, "--reason", "moved"],
    "void": [CASE, "--reason", "mistake"],
    "withdraw": [CASE, "--on", "2026-11-09", "--how", "phone"],
}
WITHOUT = {"clock", "doctor", "incidents", "letters", "list", "notices", "plan", "status", "office"}
# No office is needed to see the procedure, or to ask about none.
EVERYWHERE = {"diagram"}
FILES: dict[str, Any] = {
    "open": {"rights": ["disclosure"], "category": "customer", "channel": "post", "language": "ja",
             "subject": {"name": "見本 花子"}},
    "amend": {"why": "moved", "language": "en"},
    "decide": {"outcomes": {"disclosure": {"outcome": "not_held"}}},
    "receive-forms": {"arrived_at": "2026-11-09T11:00:00+09:00", "forms": ["disclosure"], "pages": 1},
    "reopen": {"arrived_at": "2026-11-09T11:00:00+09:00", "forms": ["disclosure"], "pages": 1},
}  # fmt: skip


def line_of(name: str, folder: Path) -> list[str]:
    """Return a call of that command that would do something in an office."""
    if name in WITHOUT:
        return [name]
    if name in ("import", "scan"):
        file = folder / f"{name}.csv"
        file.write_text("rights,category,channel,language,subject.name\ndisclosure,customer,post,ja,見本\n", "utf-8")
        return [name, str(file)]
    if name in FILES:
        file = folder / f"{name}.json"
        file.write_text(json.dumps(FILES[name], ensure_ascii=False), "utf-8")
        code = ["--code", "PJG6-135F-WF1W-HTZ8-2"] if name == "receive-forms" else []
        return [name, *([] if name == "open" else [CASE]), *code, "--file", str(file)]
    return [name, *OPERANDS.get(name, [CASE])]


def test_in_an_empty_place_every_command_is_exit_5_and_leaves_nothing(
    call: Calling, place: dict[str, str], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    answers = {}

    for name in sorted(set(names()) - EVERYWHERE):
        answers[name] = call(*line_of(name, tmp_path), "--json", **place)

    assert {name: (said.status, said.json.get("error")) for name, said in answers.items()} == dict.fromkeys(
        answers, (5, "no_office")
    )
    assert list(home.iterdir()) == list((tmp_path / "here").iterdir()) == []
    if place:
        assert rows(place, home, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'") == []
    else:
        assert all(str(home / "office" / "var") in said.json["message"] for said in answers.values())


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_office_here_is_said_with_the_place_in_both_languages(call: Calling, home: Path, language: str) -> None:
    said = call("list", "--lang", language)

    assert said.status == 5
    assert str(home / "office") in said.err
    assert ("ここに窓口はありません" if language == "ja" else "no office here") in said.err
    assert "office found --lead" in said.err


def test_a_schema_without_an_office_is_no_office(call: Calling, home: Path, database_url: str) -> None:
    said = call("list", "--json", DATABASE_URL=database_url)

    assert (said.status, said.json["error"]) == (5, "no_office")
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("mistyped", ["HOME", "DATABASE_URL", "KEYS"])
def test_a_mistyped_place_founds_nothing(call: Calling, home: Path, mistyped: str) -> None:
    call("office", "found", "--lead", login())
    wrong = {
        "HOME": str(home / "ofice"),
        "DATABASE_URL": f"sqlite:///{home}/office/var/madoguhci.sqlite3",
        "KEYS": str(home / "kyes"),
    }
    contact = home / "contact.json"
    contact.write_text(json.dumps(FILES["open"], ensure_ascii=False), "utf-8")
    before = {*home.rglob("*")}

    said = call("open", "--file", str(contact), "--wait", "0", "--json", **{mistyped: wrong[mistyped]})

    assert (said.status, said.json["error"]) == (5, "keystore" if mistyped == "KEYS" else "no_office")
    assert [
        path for path in sorted(home.rglob("*")) if path not in before and path.name != "madoguchi.sqlite3.turn"
    ] == []


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


# -- who is nobody ------------------------------------------------------------------------------------------------


@pytest.fixture
def logins(postgres_url: str) -> Iterator[Callable[[str], str]]:
    """Make database logins that may do all work; gives the URL under which each comes in."""
    owner = engine_for(postgres_url)
    made: list[str] = []

    def make(name: str) -> str:
        with owner.begin() as db:
            db.exec_driver_sql(f'CREATE ROLE "{name}" LOGIN')
            db.exec_driver_sql(f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{name}"')
            db.exec_driver_sql(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{name}"')
            db.exec_driver_sql(f'GRANT TRUNCATE ON office_event TO "{name}"')
        made.append(name)
        return make_url(postgres_url).set(username=name).render_as_string(hide_password=False)

    yield make
    with owner.begin() as db:
        for name in made:
            db.exec_driver_sql(f'DROP OWNED BY "{name}"')
            db.exec_driver_sql(f'DROP ROLE "{name}"')
    owner.dispose()


def test_the_services_login_is_nobody_and_people_come_in_under_their_own(
    call: Calling, postgres_url: str, logins: Callable[[str], str]
) -> None:
    lead, clerk, stranger = logins("mg_hanako"), logins("mg_jiro"), logins("mg_taro")
    service = make_url(postgres_url).username or ""

    itself = call("office", "found", "--lead", service, "--json", DATABASE_URL=postgres_url)
    founded = call("office", "found", "--lead", "mg_hanako", "--json", DATABASE_URL=postgres_url)
    orders = call("staff", "add", "mg_taro", "--role", "lead", "--json", DATABASE_URL=postgres_url)
    added = call("staff", "add", "mg_jiro", "--role", "clerk", "--json", DATABASE_URL=lead)
    staffed = [
        call("staff", "add", name, "--role", "clerk", "--json", DATABASE_URL=lead) for name in (service, login())
    ]
    by_clerk = call("letter-kinds", "--json", DATABASE_URL=clerk)
    by_stranger = call("letter-kinds", "--json", DATABASE_URL=stranger)
    status = call("status", "--json", DATABASE_URL=postgres_url)

    assert (itself.status, itself.json["error"]) == (1, "lead_is_service")
    assert (founded.status, added.status, by_clerk.status) == (0, 0, 0)
    assert (orders.status, orders.json["error"]) == (1, "lead_only")
    assert [(said.status, said.json["codes"]) for said in staffed] == [(2, ["name.service"])] * 2
    assert (by_stranger.status, by_stranger.json["error"]) == (1, "not_staff")
    assert status.status == 1  # looked at by anybody; the desk does not run


def test_a_database_login_never_acts_as_the_login_of_the_machine(
    call: Calling, postgres_url: str, logins: Callable[[str], str]
) -> None:
    stranger = logins("mg_taro")
    call("office", "found", "--lead", login(), DATABASE_URL=postgres_url)

    shared = call("letter-kinds", "--json", DATABASE_URL=postgres_url)
    personal = call("letter-kinds", "--json", DATABASE_URL=stranger)

    assert shared.status == 0  # where nobody has a login of the database, the machine's counts
    assert (personal.status, personal.json["error"]) == (1, "not_staff")


def test_who_has_a_database_login_is_nobody_under_the_services(
    call: Calling, postgres_url: str, logins: Callable[[str], str]
) -> None:
    call("office", "found", "--lead", login(), DATABASE_URL=postgres_url)
    own = logins(login())

    shared = call("letter-kinds", "--json", DATABASE_URL=postgres_url)
    personal = call("letter-kinds", "--json", DATABASE_URL=own)

    assert (shared.status, shared.json["error"]) == (1, "not_staff")
    assert personal.status == 0


def test_a_worker_makes_the_login_it_runs_under_nobodys(
    call: Calling, postgres_url: str, logins: Callable[[str], str], home: Path
) -> None:
    from services.office.founding import CannotFound, at_work
    from settings import Says

    lead, workers = logins("mg_hanako"), logins("mg_workers")
    call("office", "found", "--lead", "mg_hanako", DATABASE_URL=postgres_url)

    def starts(url: str) -> None:
        engine = engine_for(url)
        try:
            with transaction(engine) as db:
                at_work(db, Says(), "mg-machine", MONDAY)
        finally:
            engine.dispose()

    starts(workers)
    staffed = [
        call("staff", "add", name, "--role", "clerk", "--json", DATABASE_URL=lead)
        for name in ("mg_workers", "mg-machine")
    ]
    with pytest.raises(CannotFound) as refused:
        starts(lead)
    locking_out = engine_for(workers)
    with pytest.raises(DatabaseError, match="under itself alone"), transaction(locking_out) as db:
        db.execute(text("INSERT INTO service_login VALUES ('mg_hanako', 'database', now())"))
    locking_out.dispose()

    assert [said.json["codes"] for said in staffed] == [["name.service"]] * 2
    assert refused.value.reason.code == "office.staff_is_service"


def test_the_first_command_makes_nobody_the_lead(call: Calling, place: dict[str, str]) -> None:
    call("office", "found", "--lead", "hanako", **place)

    said = call("staff", "add", login(), "--role", "lead", "--json", **place)

    assert (said.status, said.json["error"]) == (1, "lead_only")
    assert [one["name"] for one in call("staff", "list", "--json", **place).json] == ["hanako"]


def test_no_deed_of_the_house_goes_on_without_an_office(database_url: str) -> None:
    engine = engine_for(database_url)

    with pytest.raises(NoOffice), transaction(engine) as db:
        the_office(db, MONDAY)

    engine.dispose()
