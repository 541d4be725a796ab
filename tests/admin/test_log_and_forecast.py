"""The office's log and what falls due, at the command line."""

from unicodedata import east_asian_width

import pytest

from tests.admin.conftest import Script, on_both
from tests.office import CLERK, LEAD, TestOffice


def columns(line: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


@pytest.fixture
def case(office: TestOffice) -> str:
    """A case that somebody looked at."""
    return office.opened()


@on_both
def test_a_lead_sees_who_looked_at_a_case_and_nobody_else_does(script: Script, case: str) -> None:
    script.by(CLERK, "show", case)

    looks = script.by(LEAD, "log", "--case", case, "--looks", "--json").json
    page = script.by(LEAD, "log", "--case", case, "--lang", "en").out

    assert [(row["what"], row["by"].partition(" ")[0], row["look"]) for row in looks] == [("case_seen", CLERK, True)]
    assert "looked at a request" in page
    assert script.by(CLERK, "log").status == 1
    assert script.by(LEAD, "log", "--by", "nobody").status == 3
    assert script.by(LEAD, "log", "--case", "26-999999-Z").status == 3
    assert script.by(LEAD, "log", "--since", "some day").status == 2


@on_both
def test_both_stand_on_80_columns_in_both_languages(script: Script, case: str) -> None:
    for command in ("log", "forecast"):
        for language in ("ja", "en"):
            lines = script.by(LEAD, command, "--lang", language).out.splitlines()
            assert len(lines) > 3
            assert max(map(columns, lines)) <= 80


@on_both
def test_what_comes_is_told_as_json(script: Script, case: str) -> None:
    found = script.by(CLERK, "forecast", "--days", "10", "--json").json

    assert sum(one["chased"] for one in found["days"]) >= 1
    assert found["people"][0]["all"] == 1
    assert script.by(CLERK, "forecast", "--days", "0").status == 2
