"""Money at the command line: a payment recorded, taken back, given back; the books as a page, JSON and a table."""

import csv
import json
from io import StringIO
from unicodedata import east_asian_width

import pytest

from tests.admin.conftest import Script, on_both
from tests.office import CLERK, LEAD, TestOffice
from tests.own_procedure import adopts

PROCEDURE = """
from = 2026-04-01
[[fee]]
rights = ["purpose_notice", "disclosure", "provision_records"]
amount = 1200
by = ["stamps", "transfer"]
due = "with_answer"
"""
RIGHTS = ["purpose_notice", "disclosure", "provision_records"]


@pytest.mark.usefixtures("worker")
def test_money_is_recorded_taken_back_and_given_back_by_commands(script: Script, office: TestOffice) -> None:
    adopts(office, PROCEDURE)
    case = script.opened(rights=RIGHTS)

    slip = script.by(CLERK, "record-payment", case, "--means", "transfer", "--amount", "12,000円")
    undone = script.by(CLERK, "record-payment", case, "--undo", "--entry", "1", "--why", "a nought too many")
    paid = script.by(CLERK, "record-payment", case, "--means", "stamps", "--amount", "1300")
    back = script.by(CLERK, "refund", case, "--means", "stamps", "--amount", "100", "--why", "too much")
    none = script.by(CLERK, "refund", case, "--means", "stamps", "--amount", "5000", "--why", "too much")
    shown = script.by(CLERK, "show", case, "--json")
    page = script.by(CLERK, "show", case)

    assert [said.status for said in (slip, undone, paid, back, none, shown)] == [0, 0, 0, 0, 1, 0]
    assert "at most 1,200 yen can be given back" in none.err
    fees = json.loads(shown.out)["fees"]
    assert [(one["entry"], one["what"], one["taken_back"]) for one in fees["entries"]] == [
        (1, "payment", True), (2, "payment", False), (3, "refund", False),
    ]  # fmt: skip
    assert "(taken back)" in page.out
    assert "12,000 yen are beyond the fee as it is known by now" in " ".join(slip.out.split())
    assert f"record-payment {case} --undo --entry --why" in script.by(CLERK, "why", case).out


@pytest.mark.usefixtures("worker")
def test_the_books_stand_on_a_page_of_80_columns_in_both_languages(script: Script, office: TestOffice) -> None:
    adopts(office, PROCEDURE)
    case = script.opened(rights=RIGHTS)
    script.by(CLERK, "record-payment", case, "--means", "stamps", "--amount", "1300")
    script.by(CLERK, "refund", case, "--means", "stamps", "--amount", "100", "--why", "too much")

    for language in ("ja", "en"):
        for by in ("right", "means", "month"):
            lines = script.by(LEAD, "fees", "--by", by, "--lang", language).out.splitlines()
            assert len(lines) > 2
            assert max(sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line) for line in lines) <= 80
    assert "1,200 yen" in script.by(LEAD, "fees").out


@on_both
@pytest.mark.usefixtures("worker")
def test_the_books_are_the_same_as_json_and_as_a_table(script: Script, office: TestOffice) -> None:
    adopts(office, PROCEDURE)
    case = script.opened(rights=RIGHTS)
    script.by(CLERK, "record-payment", case, "--means", "stamps", "--amount", "1300")
    script.by(CLERK, "refund", case, "--means", "stamps", "--amount", "100", "--why", "too much")

    told = script.by(LEAD, "fees", "--json").json
    rows = list(csv.DictReader(StringIO(script.by(LEAD, "fees", "--csv").out)))
    before = script.by(LEAD, "fees", "--until", "2020-01-01", "--json").json

    assert told["totals"] == {"JPY": {"paid": 1300, "given_back": 100, "sum": 1200}}
    assert sum(int(row["amount"]) for row in rows) == 1200
    assert {row["case"] for row in rows} == {case}
    assert before["rows"] == []


def test_a_day_that_is_none_and_a_stranger_are_refused(script: Script, office: TestOffice) -> None:
    assert script.by(LEAD, "fees", "--since", "yesterday-ish").status == 2
    assert script.by("nobody", "fees").status == 3
