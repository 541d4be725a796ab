"""The day on one screen: counted from what lists show, in both languages, 80 columns."""

from pathlib import Path

import pytest

from commands.wide import width
from tests.admin.conftest import Script, on_both
from tests.office import CLERK, LEAD, VERIFIER, TestOffice
from tests.services.lived import with_every_job
from tests.services.scans_fakes import Scanner
from workflows.engine.calendars import ONE_DAY
from workflows.engine.jobs import Todo
from workflows.request.payloads import Hold
from workflows.request.values import HoldReason

LANGUAGES = ("ja", "en")


@pytest.fixture
def scanner(tmp_path: Path) -> Scanner:
    (tmp_path / "scanner").mkdir()
    return Scanner(tmp_path / "scanner")


@on_both
def test_the_day_counts_every_job_as_the_lists_do(script: Script, office: TestOffice, scanner: Scanner) -> None:
    with_every_job(office, scanner)
    scanner.scan(office, scanner.file("no code at all"))
    office.tell("UPDATE \"case\" SET owner = :name WHERE todo IN ('verify', 'print')", name=VERIFIER)

    told = script.by(VERIFIER, "today", "--json").json

    for todo in Todo:
        lines = script.by(VERIFIER, "list", "--todo", str(todo), "--json").json
        counts = told["todos"][str(todo)]
        assert counts["all"] == len(lines), todo
        assert counts["overdue"] == sum(line["overdue"] for line in lines)
        assert counts["mine"] == sum(line["owner"] == VERIFIER for line in lines)
        assert counts["unassigned"] == sum(line["owner"] is None for line in lines)
    assert told["letters"] == {"print": 3, "post": 1, "late": 0}
    assert told["arrived"] == {"tray": 1, "tray_late": 0}
    assert [line["case"] for line in told["mine"]] == [
        line["case"] for line in script.by(VERIFIER, "list", "--mine", "--json").json
    ]
    assert sum(told["notices"].values()) > 0


@on_both
def test_the_page_is_one_screen_of_eighty_columns_in_both_languages(
    script: Script, office: TestOffice, scanner: Scanner
) -> None:
    with_every_job(office, scanner)
    scanner.scan(office, scanner.file("no code at all"))
    for _ in range(6):
        office.must(office.verified(), "hold", Hold(reason=HoldReason.OTHER, until=office.today + 2 * ONE_DAY))
    script.by(LEAD, "staff", "away", CLERK, "--substitute", VERIFIER)
    script.by(LEAD, "clock", "--advance", "9d")
    office.tell('UPDATE "case" SET owner = :name', name=VERIFIER)

    pages = {language: script.by(VERIFIER, "today", "--lang", language).out for language in LANGUAGES}
    told = script.by(VERIFIER, "today", "--json").json

    for page in pages.values():
        lines = page.splitlines()
        assert max(map(width, lines)) <= 80, page
        assert len(lines) <= 40, page
    assert len(told["law"]["lines"]) == 5
    assert told["law"]["more"]
    assert "（" in pages["ja"]
    assert told["who"]["stands_in_for"] == [CLERK]


@on_both
def test_whose_hold_ends_and_what_the_law_wants_this_week_come_by_their_days(
    script: Script, office: TestOffice
) -> None:
    soon, later, far = (office.verified() for _ in range(3))
    for case, days in ((later, 6), (soon, 2), (far, 20)):
        office.must(case, "hold", Hold(reason=HoldReason.OTHER, until=office.today + days * ONE_DAY))

    told = script.by(CLERK, "today", "--json").json
    script.by(LEAD, "clock", "--advance", "9d")
    nine_days_on = script.by(CLERK, "today", "--json").json

    assert [line["case"] for line in told["holds"]["lines"]] == [soon, later]
    assert told["law"]["lines"] == []
    assert [line["days_left"] for line in nine_days_on["law"]["lines"]] == [6, 6, 6]


def test_a_new_office_is_told_how_the_first_case_comes_in(script: Script, office: TestOffice) -> None:
    for language in LANGUAGES:
        page = script.by(CLERK, "today", "--lang", language).out

        assert "./admin.py open --file F" in page
        assert "./admin.py import" in page


def test_where_nobody_has_anything_to_do_that_is_said(script: Script, office: TestOffice) -> None:
    office.mailed()

    assert "Nobody has anything to do now." in script.by(CLERK, "today").out


def test_more_than_is_counted_is_said_as_more(
    script: Script, office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.reports import today

    monkeypatch.setattr(today, "MOST", 2)
    for _ in range(3):
        office.opened()

    assert script.by(CLERK, "today", "--json").json["todos"]["print"]["all"] == 2
    assert "2+" in script.by(CLERK, "today").out
