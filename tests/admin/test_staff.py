"""Who works here: the lead, roles, ``--as``, whose case it is, and the office's clock."""

import getpass
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from commands.office import login
from services.office.staff import identify
from tests.admin.conftest import Script, details, on_both
from tests.office import CLERK, LEAD, STAFF, TestOffice


def test_whoever_founds_an_office_for_themselves_is_its_lead_and_adds_the_others(script: Script, fresh: Path) -> None:
    script("office", "found", "--lead", login())

    added = script("staff", "add", "hanako", "--role", "clerk", "verifier", "--json")

    assert added.json == {"name": "hanako", "roles": ["clerk", "verifier"], "active": True}
    staff = {one["name"]: one["roles"] for one in script("staff", "list", "--json").json}
    assert staff == {login(): ["lead"], "hanako": ["clerk", "verifier"]}


@pytest.mark.requirement("S51")
def test_only_a_lead_gives_roles_and_the_last_lead_stays(script: Script, office: TestOffice) -> None:
    refused = script.by(CLERK, "staff", "add", "hanako", "--role", "lead", "--json")
    last = script.by(LEAD, "staff", "add", LEAD, "--role", "clerk", "--json")
    gone = script.by(LEAD, "staff", "remove", CLERK, "--json")

    assert (refused.status, refused.json["error"]) == (1, "lead_only")
    assert (last.status, last.json["error"]) == (1, "last_lead")
    assert (gone.status, script.by(CLERK, "list").status, script("list").status) == (0, 3, 0)
    assert script.by(CLERK, "hold", "26-000001-D", "--reason", "other").status == 3
    events = office.ask("SELECT what, actor, details FROM office_event WHERE seq > 4 ORDER BY seq")
    assert [(event.what, details(event)["name"]) for event in events] == [("staff_removed", CLERK)]


NOBODYS_NAMES = [
    ("system", "name.reserved"),
    ("SYSTEM", "name.reserved"),
    ("ｓｙｓｔｅｍ", "name.reserved"),
    ("Sato", "name.taken"),
    ("ｓａｔｏ", "name.spelling"),
    ("s\u0430to", "name.scripts"),  # a Cyrillic letter
    ("sat0", "name.looks_like"),
    (" ", "name.length"),
    ("two\nlines", "name.unseen"),
    ("sato (by root)", "name.character"),
    ("x" * 81, "name.length"),
]


def test_a_name_nobody_may_have_is_exit_2_with_the_reason(script: Script, office: TestOffice) -> None:
    for (name, code), language in product(NOBODYS_NAMES, ("ja", "en")):
        refused = script.by(LEAD, "staff", "add", name, "--role", "clerk", "--json", "--lang", language)

        assert (refused.status, refused.json["error"], refused.json["codes"]) == (2, "bad_name", [code])
        assert refused.json["message"] != code
    assert len(office.ask("SELECT 1 FROM staff")) == len(STAFF)


@on_both
def test_a_person_is_found_however_their_name_is_typed_and_recorded_as_it_is_written(
    script: Script, office: TestOffice, worker: None
) -> None:
    case = script.opened()

    given = script.by("KUDO", "assign", case, "Sato", "--json")
    gone = script.by(LEAD, "staff", "remove", "ｓａｔｏ", "--to-nobody", "--json")

    assert (given.json["owner"], gone.json["name"]) == (CLERK, CLERK)
    event, _ = office.ask("SELECT actor FROM office_event WHERE what = 'case_assigned' ORDER BY seq")
    assert event.actor.startswith(f"{LEAD} (by ")


def test_a_login_is_a_person_only_as_the_machine_spells_it(office: TestOffice) -> None:
    with office.writing() as db:
        found = [identify(db, name, None).works_here for name in ("sato", "Sato", "ｓａｔｏ")]

    assert found == [True, False, False]


def test_as_names_somebody_who_works_here_or_is_exit_3(script: Script, office: TestOffice) -> None:
    unknown = script.by("nobody", "resume", "26-000001-D", "--json")

    assert (unknown.status, unknown.json["error"]) == (3, "no_such_person")


def test_a_person_is_the_user_id_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "LOGNAME", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody-else")

    assert getpass.getuser() == "somebody-else"
    assert login() != "somebody-else"


def test_a_case_is_put_into_somebodys_hands_by_the_lead(script: Script, office: TestOffice, worker: None) -> None:
    case = script.opened()

    refused = script.by(CLERK, "assign", case, CLERK)
    unknown = script.by(LEAD, "assign", case, "nobody")
    given = script.by(LEAD, "assign", case, CLERK, "--json")

    assert (refused.status, unknown.status) == (1, 3)
    assert given.json == {"case": case, "owner": CLERK}
    assert [line["case"] for line in script("list", "--owner", CLERK, "--json").json] == [case]
    (event,) = office.ask("SELECT details FROM office_event WHERE what = 'case_assigned'")
    assert details(event) == {"case": case, "owner": CLERK, "before": None}


def test_the_clock_moves_forward_and_that_is_recorded(script: Script, office: TestOffice) -> None:
    office.reserve()  # something has happened
    before = datetime.fromisoformat(script("clock", "--json").json["now"])

    moved = script.by(LEAD, "clock", "--advance", "1d2h", "--json")
    back = script.by(LEAD, "clock", "--set", "2020-01-01T09:30", "--json")
    wrong = script.by(LEAD, "clock", "--advance", "soon", "--json")

    after = datetime.fromisoformat(moved.json["now"])
    assert timedelta(hours=26) <= after - before < timedelta(hours=26, minutes=1)
    assert (back.status, back.json["error"]) == (1, "clock_cannot_go_back")
    assert (wrong.status, wrong.json["faults"][0]["field"]) == (2, "--advance")
    (event,) = office.ask("SELECT details FROM office_event WHERE what = 'clock_moved'")
    assert details(event) == {"seconds": 93_600}
