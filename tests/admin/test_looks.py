"""Looking at the ledger through the script: the work list, one case, what is possible, who did what."""

from datetime import date, datetime, timedelta

import pytest

from commands.wide import width
from models.office import set_offset
from tests.admin.conftest import Script, details, on_both
from tests.office import APPROVER, CLERK, LEAD, VERIFIER, TestOffice


@pytest.fixture(autouse=True)
def _worker(worker: None) -> None:
    """Every test here orders something first."""


@on_both
def test_the_list_names_the_most_urgent_first_and_what_is_overdue(script: Script, office: TestOffice) -> None:
    first = script.opened()
    script("--as", LEAD, "clock", "--advance", "9d")
    second = script.opened(rights=["correction"])

    listed = script("list", "--json")
    late = script("list", "--overdue", "--json")
    corrections = script("list", "--right", "correction", "--json")
    soon = script("list", "--due-within", "1h", "--json")

    assert [line["case"] for line in listed.json] == [first, second]
    assert listed.json[0] == {
        "case": first, "state": "contacted", "rights": ["disclosure", "halt_use"],
        "due_at": listed.json[0]["due_at"], "overdue": True, "stalled": True, "next": "escalate", "owner": None,
        "hold": None, "linked": [], "letter_stopped": False, "legal": None, "days_left": None, "todo": "print",
        "who": {"roles": ["clerk", "lead"], "not": []}, "by": listed.json[0]["due_at"],
    }  # fmt: skip
    assert datetime.fromisoformat(listed.json[0]["due_at"]).utcoffset() is not None
    assert [line["case"] for line in late.json] == [first]
    assert [line["case"] for line in corrections.json] == [second]
    assert [line["case"] for line in soon.json] == [first]


@on_both
def test_a_case_the_clock_has_chased_stays_overdue_though_its_next_moment_lies_ahead(
    script: Script, office: TestOffice
) -> None:
    case = script.opened()
    script("--as", LEAD, "clock", "--set", _next_weekday_morning(office))
    while office.sweep():
        pass

    (line,) = script("list", "--stalled", "--json").json

    assert line["case"] == case
    assert line["overdue"]
    assert line["due_at"] > script("clock", "--json").json["now"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_list_fits_eighty_columns(
    script: Script, office: TestOffice, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    case = script.opened(rights=["purpose_notice", "disclosure", "provision_records", "correction", "halt_use"])
    script.by(LEAD, "assign", case, CLERK)
    script.by(CLERK, "hold", case, "--reason", "awaiting_information")

    said = script("list", "--lang", language)

    assert case in said.out
    assert max(width(line) for line in said.out.splitlines()) <= 80


def test_show_has_every_field_of_the_contract_and_explains_each_deadline(script: Script, office: TestOffice) -> None:
    case, _ = office.mailed()

    told = script.by(CLERK, "show", case, "--json").json

    assert {"case", "state", "seq", "rights", "hold", "linked", "due_at", "next", "deadlines"} <= told.keys()
    assert told["rights"] == {"disclosure": None}
    assert [deadline["name"] for deadline in told["deadlines"]] == ["remind", "remind", "lapse"]
    assert told["due_at"] == told["deadlines"][0]["at"]
    assert "10 working days from" in told["deadlines"][0]["why"]
    assert told["next"] == "remind"


def test_show_names_the_legal_dates_and_a_hold_shows_by_whom_and_until_when(script: Script, office: TestOffice) -> None:
    case = office.returned()
    script.by(CLERK, "hold", case, "--reason", "awaiting_information")

    told = script.by(VERIFIER, "show", case, "--json").json

    names = {deadline["name"] for deadline in told["deadlines"]}
    assert names == {"escalate", "warn", "appi_39"}
    assert "APPI 39(1)" in next(d["why"] for d in told["deadlines"] if d["name"] == "appi_39")
    assert told["hold"]["by"].startswith(CLERK)
    assert told["hold"].keys() == {"by", "code", "with", "until", "why"}


def test_names_are_shown_to_staff_only_and_every_look_is_recorded(script: Script, office: TestOffice) -> None:
    case = script.opened()

    staff = script.by(CLERK, "show", case, "--json")
    stranger = script("show", case, "--json")
    on_screen = script.by(CLERK, "show", case, "--lang", "ja")

    assert staff.json["people"]["subject"]["name"] == "見本 花子"
    assert stranger.json["people"] is None
    assert "花子" not in stranger.out
    assert "花子" in on_screen.out
    looks = office.ask("SELECT actor, details FROM office_event WHERE what = 'case_seen' ORDER BY seq")
    assert [details(look) for look in looks] == [
        {"case": case, "personal": True},
        {"case": case, "personal": False},
        {"case": case, "personal": True},
    ]
    assert looks[0].actor.startswith(f"{CLERK} (by ")


def test_why_tells_what_is_possible_and_what_is_missing_for_the_rest(script: Script, office: TestOffice) -> None:
    case = office.returned(proven=False)

    told = script.by(VERIFIER, "why", case, "--json").json
    spoken = script.by(VERIFIER, "why", case)

    assert "ask-again" in told["possible"]
    blocked = {entry["transition"]: entry for entry in told["blocked"]}
    assert blocked["verify-identity"]["reasons"][0].startswith("identity is not proven")
    assert blocked["mail-forms"]["codes"] == ["no_such_way"]
    assert set(told["possible"]) | set(blocked) >= {"decide", "refuse", "fulfil", "amend"}
    assert "You can now:" in spoken.out
    assert "Not from here:" in spoken.out


def test_why_tells_a_missing_role_and_what_else_would_be_missing(script: Script, office: TestOffice) -> None:
    case = office.verified()

    (blocked,) = script.by(CLERK, "why", case, "fulfil", "--json").json["blocked"]

    assert blocked["codes"] == ["missing_role", "right_undecided"]
    assert "approver" in blocked["reasons"][0]
    assert script.by(APPROVER, "why", case, "nothing").status == 2


def test_the_history_tells_who_did_what_and_verifies(script: Script, office: TestOffice) -> None:
    case = script.opened()
    script.by(CLERK, "hold", case, "--reason", "other")

    rows = script("history", case, "--verify", "--json").json

    assert [row["transition"] for row in rows] == ["open", "hold"]
    assert rows[0]["source"] is None
    assert {"seq", "at", "transition", "source", "target", "actor", "cause", "hash"} <= rows[0].keys()
    assert rows[1]["actor"].startswith(f"{CLERK} (by ")


@on_both
def test_a_history_that_was_altered_is_found_with_its_first_bad_row(script: Script, office: TestOffice) -> None:
    case = script.opened()
    script.by(CLERK, "hold", case, "--reason", "other")
    sqlite = office.engine.dialect.name == "sqlite"
    office.tell("DROP TRIGGER history_no_update" if sqlite else "DROP TRIGGER history_no_change ON history")
    office.tell("UPDATE history SET actor = 'nobody' WHERE seq = 2")

    said = script("history", case, "--verify", "--json")

    assert (said.status, said.json["seq"]) == (1, 2)


@on_both
def test_notices_are_listed_and_read_by_those_they_were_told_to(script: Script, office: TestOffice) -> None:
    script.opened()
    script("--as", LEAD, "clock", "--set", _next_weekday_morning(office))
    office.sweep()

    unread = script.by(CLERK, "notices", "--unread", "--read", "--json").json
    still = script.by(LEAD, "notices", "--unread", "--read", "--json").json
    after = script.by(LEAD, "notices", "--unread", "--json").json

    assert {notice["code"] for notice in unread} == {"notice.stalled_contacted"}
    assert "not yet in the post" in unread[0]["text"]
    assert still == unread
    assert after == []
    assert {notice["read_by"].partition(" ")[0] for notice in script("notices", "--json").json} == {LEAD}


@on_both
def test_the_diagram_has_every_state_and_the_cases_in_it(script: Script, office: TestOffice) -> None:
    script.opened()

    told = script("diagram", "--live", "--json").json
    plain = script("diagram", "--lang", "ja").out

    assert told["states"]["contacted"] == {"count": 1, "median_days": 0}
    assert 'state "contacted (1, median 0 d)" as contacted' in told["mermaid"]
    assert "forms_mailed --> lapsed: lapse" in told["mermaid"]
    assert plain.startswith("stateDiagram-v2")
    assert "受付済み" in plain


def _next_weekday_morning(office: TestOffice) -> str:
    """Return ten o'clock of the first day the office is open a week from now, as the clock command takes it."""
    from datetime import timedelta

    day = office.calendar().next_open(office.today + timedelta(days=7))
    return f"{day.isoformat()}T10:00"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_legal_date_that_has_passed_stands_in_the_list_and_on_the_page_with_its_day(
    script: Script, office: TestOffice, language: str
) -> None:
    case = office.returned()
    with office.writing() as db:
        set_offset(db, timedelta(days=16) // timedelta(microseconds=1))
    day = date.fromisoformat(office.case(case).facts["first_arrived_on"]) + timedelta(days=15)

    listed = script("list", "--lang", language)
    shown = script.by(CLERK, "show", case, "--lang", language)
    line = script("list", "--json").json[0]
    told = script.by(CLERK, "show", case, "--json").json

    passed = {"en": f"APPI 39: passed on {day}", "ja": f"法39条の期日：{day} を過ぎています"}
    assert passed[language] in listed.out
    assert {"en": "PASSED: ", "ja": "【経過】"}[language] in shown.out
    assert [one for one in listed.out.splitlines() if width(one) > 80] == []
    assert (line["legal"]["name"], line["legal"]["passed"]) == ("appi_39", True)
    assert [d["passed"] for d in told["deadlines"] if d["name"] == "appi_39"] == [True]
