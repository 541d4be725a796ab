"""``calendar``: what would move is shown first, a lead decides, and every moved deadline is told with its reason."""

from datetime import timedelta

from commands.office import login
from tests.admin.conftest import Script, on_both
from tests.office import CLERK, LEAD, TestOffice


def a_working_day(office: TestOffice) -> str:
    """Return a working day some days ahead."""
    with office.writing() as db:
        calendar = office.at(db).calendar
    return calendar.add_working_days(office.today, 1).isoformat()


@on_both
def test_the_preview_lists_what_moves_and_the_change_moves_it(script: Script, office: TestOffice) -> None:
    case = office.opened()
    day = a_working_day(office)

    foreseen = script.by(LEAD, "calendar", "add", day, "--name", "創立記念日", "--preview", "--json")
    done = script.by(LEAD, "calendar", "add", day, "--name", "創立記念日", "--json")

    assert (foreseen.status, done.status) == (0, 0)
    assert (foreseen.json["preview"], foreseen.json["event"]) == (True, None)
    assert foreseen.json["moved"] == done.json["moved"]
    (moved,) = done.json["moved"]
    assert (moved["case"], moved["timer"], moved["fire_no"]) == (case, "escalate", 1)
    assert day in moved["why"]
    history = script.by(LEAD, "history", case, "--json").json
    assert [row["transition"] for row in history] == ["open", "recount"]
    assert history[1]["cause"] == f"calendar:{done.json['event']}"


@on_both
def test_the_list_tells_law_closing_and_office_apart(script: Script, office: TestOffice) -> None:
    day = a_working_day(office)
    script.by(LEAD, "calendar", "add", day, "--name", "創立記念日")

    listed = {row["day"]: row for row in script.by(CLERK, "calendar", "list", "--json").json}
    of_2027 = script.by(CLERK, "calendar", "list", "--year", "2027", "--lang", "ja").out

    assert (listed[day]["source"], listed[day]["name"], listed[day]["by"]) == (
        "office",
        "創立記念日",
        f"{LEAD} (by {login()})",
    )
    assert {row["source"] for row in listed.values()} == {"office", "law", "closing"}
    assert "元日" in of_2027


def test_only_a_lead_changes_the_calendar(script: Script, office: TestOffice) -> None:
    said = script.by(CLERK, "calendar", "add", a_working_day(office), "--name", "x", "--json")

    assert said.status == 1
    assert said.json["codes"] == ["missing_role"]


def test_a_day_that_is_over_is_exit_1_and_says_what_would_work(script: Script, office: TestOffice) -> None:
    office.mailed()
    day = a_working_day(office)
    with office.writing() as db:
        after = office.at(db).now + timedelta(days=6)
    office.move_to(after)

    said = script.by(LEAD, "calendar", "add", day, "--name", "x")

    assert said.status == 1
    assert "is over" in said.err
    assert "hold" in said.err


def test_every_fault_is_named_at_once(script: Script, office: TestOffice) -> None:
    said = script.by(LEAD, "calendar", "add", "someday", "--json")

    assert said.status == 2
    assert [fault["field"] for fault in said.json["faults"]] == ["DATE", "--name"]


def test_a_day_that_is_open_already_changes_nothing_and_is_said_to_be(script: Script, office: TestOffice) -> None:
    day = a_working_day(office)

    said = script.by(LEAD, "calendar", "remove", day, "--json")

    assert (said.status, said.json["days"], said.json["moved"]) == (0, [], [])
    assert f"{day} is a working day already" in said.err
