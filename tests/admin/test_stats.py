"""The figures at the command line: a page of 80 columns, JSON, a table; for staff, and in full for a lead alone."""

import csv
from datetime import datetime, timedelta
from io import StringIO
from unicodedata import east_asian_width

import pytest

from tests.admin.conftest import Script, on_both
from tests.office import CLERK, LEAD, TOKYO, TestOffice
from workflows.law.values import Category


@pytest.fixture
def lived(office: TestOffice) -> TestOffice:
    """The office after a few cases of every end."""
    for state in ("fulfilled", "refused", "withdrawn", "voided", "forms_mailed"):
        office.in_state(state)
    for _ in range(3):
        office.opened(category=Category.EMPLOYEE)
    return office


def columns(line: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def test_the_figures_stand_on_a_page_of_80_columns_in_both_languages(script: Script, lived: TestOffice) -> None:
    for language in ("ja", "en"):
        for by in ("right", "ground", "category", "month", "regime"):
            lines = script.by(LEAD, "stats", "--in-full", "--by", by, "--lang", language).out.splitlines()
            assert len(lines) > 15
            assert max(columns(line) for line in lines) <= 80, language
    page = script.by(CLERK, "stats", "--lang", "en").out
    assert "APPI 33(2)(i)" in script.by(LEAD, "stats", "--in-full", "--lang", "en").out
    assert "whole lots of 3" in page
    assert "is kept back" in script.by(LEAD, "stats", "--lang", "en").out


def test_json_and_the_table_say_the_same(script: Script, lived: TestOffice) -> None:
    told = script.by(LEAD, "stats", "--in-full", "--by", "category", "--json").json
    rows = list(csv.DictReader(StringIO(script.by(LEAD, "stats", "--in-full", "--by", "category", "--csv").out)))

    assert (told["received"], told["closed"], told["open"]) == (8, 4, 4)
    assert told["outcomes"]["disclosure"]["granted"] == told["outcomes"]["disclosure"]["refused"] == 1
    assert [(one["ground"], one["article"]["en"], one["number"]) for one in told["grounds"]] == [
        ("harm", "APPI 33(2)(i)", 1)
    ]
    assert {row["what"]: row["received"] for row in told["rows"]} == {"customer": 5, "employee": 3}
    said = {(row["row"], row["figure"], row["detail"]): row["number"] for row in rows if row["of"] == "request"}
    assert said["", "received", ""] == "8"
    assert said["employee", "received", ""] == "3"
    assert said["", "outcome", "disclosure granted"] == "1"


def test_small_numbers_are_for_a_lead_who_asks_for_them_and_that_is_recorded(script: Script, lived: TestOffice) -> None:
    found = script.by(LEAD, "stats", "--json").json
    table = script.by(LEAD, "stats", "--csv").out

    assert found["received"] == 8
    assert set(found["endings"].values()) <= {None, 0}
    assert [one["number"] for one in found["grounds"]] == [None]
    assert "request,,,ended,refused,*" in table
    assert script.by(CLERK, "stats", "--in-full").status == 1
    assert lived.ask("SELECT 1 FROM office_event WHERE what = 'figures_seen'") == []
    script.by(LEAD, "stats", "--in-full", "--by", "ground")
    (seen,) = lived.ask("SELECT actor, details FROM office_event WHERE what = 'figures_seen'")
    assert seen.actor.startswith(LEAD)
    assert '"by": "ground"' in str(seen.details) or seen.details == {"by": "ground"}


def test_whoever_is_no_lead_has_whole_lots_of_months_that_are_over(script: Script, lived: TestOffice) -> None:
    now = script.by(CLERK, "stats", "--json").json
    lived.move_to(datetime.now(TOKYO) + timedelta(days=40))
    later = script.by(CLERK, "stats", "--by", "category", "--json").json

    assert (now["received"], now["lots"]) == (0, 3)
    assert (later["received"], later["closed"], later["open"]) == (6, 3, 3)
    assert [(row["what"], row["received"]) for row in later["rows"]] == [("customer", 3), ("employee", 3)]
    assert "request,,,received,,6" in script.by(CLERK, "stats", "--csv").out
    assert script.by(CLERK, "stats", "--since", later["until"]).status == 1
    assert "--since 2026-04-01" in script.by(CLERK, "stats", "--until", "2026-11-03", "--lang", "en").err


@on_both
def test_a_lead_counts_everything_anew(script: Script, lived: TestOffice) -> None:
    before = script.by(LEAD, "stats", "--json").json

    counted = script.by(LEAD, "stats", "--recount", "--json")

    assert counted.json == before
    assert "8" in counted.err
    assert script.by(CLERK, "stats", "--recount").status == 1


def test_days_that_are_none_or_the_wrong_way_round_and_a_stranger_are_refused(
    script: Script, office: TestOffice
) -> None:
    assert script.by(LEAD, "stats", "--since", "yesterday-ish").status == 2
    assert script.by(LEAD, "stats", "--since", "2027-01-01", "--until", "2026-01-01").status == 2
    assert script.by("nobody", "stats").status == 3


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_breakdown_of_nothing_says_so(script: Script, office: TestOffice, language: str) -> None:
    said = script.by(LEAD, "stats", "--by", "ground", "--lang", language).out

    assert {"ja": "内訳を示すものはありません", "en": "nothing to break down"}[language] in said
