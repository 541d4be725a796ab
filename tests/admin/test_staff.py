"""Who works here: the first user, roles, ``--as``, whose case it is, and the office's clock."""

import getpass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from commands.office import login
from settings import settings
from tests.admin.conftest import Script, details
from tests.office import CLERK, LEAD, TestOffice


def test_the_first_user_of_a_new_office_becomes_its_lead_and_that_is_recorded(script: Script, fresh: Path) -> None:
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
    assert (gone.status, script.by(CLERK, "list").status) == (0, 0)
    assert script.by(CLERK, "hold", "26-000001-D", "--reason", "other").status == 3
    events = office.ask("SELECT what, actor, details FROM office_event WHERE seq > 4 ORDER BY seq")
    assert [(event.what, details(event)["name"]) for event in events] == [("staff_removed", CLERK)]


@pytest.mark.parametrize("name", ["system", "SYSTEM", " ", "two\nlines", "sato (by root)", "x" * 81])
def test_a_name_nobody_may_have_is_exit_2(script: Script, office: TestOffice, name: str) -> None:
    assert script.by(LEAD, "staff", "add", name, "--role", "clerk").status == 2


def test_as_is_refused_outside_a_demo_and_an_unknown_name_is_exit_3(
    script: Script, office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = script.by("nobody", "resume", "26-000001-D", "--json")
    monkeypatch.delenv("MADOGUCHI_ALLOW_AS")
    settings.cache_clear()
    refused = script.by(CLERK, "show", "26-000001-D", "--json")

    assert (unknown.status, unknown.json["error"]) == (3, "no_such_person")
    assert (refused.status, refused.json["error"]) == (1, "as_not_allowed")


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


def test_the_clock_moves_forward_only_and_only_when_shifted_and_that_is_recorded(
    script: Script, office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
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

    monkeypatch.setenv("MADOGUCHI_CLOCK", "system")
    settings.cache_clear()
    refused = script("clock", "--advance", "3d", "--json")
    assert (refused.status, refused.json["error"]) == (1, "clock_not_shifted")
