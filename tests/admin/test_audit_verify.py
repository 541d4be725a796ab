"""``audit verify``: what was written verifies, and the first row that was tampered with is named."""

import pytest

from models.staff import log
from tests.admin.conftest import Script, on_both
from tests.office import CLERK, TestOffice
from workflows.engine.payloads import Nothing
from workflows.request.payloads import Hold
from workflows.request.values import HoldReason


def moved(office: TestOffice) -> str:
    """Return a case with five rows of history, between two others."""
    office.opened()
    case = office.opened()
    with office.writing() as db:
        log(db, office.at(db).now, "case_looked_at", CLERK, {"case": case})
    for _ in range(2):
        office.must(case, "hold", Hold(reason=HoldReason.OTHER))
        office.must(case, "resume", Nothing())
    office.opened()
    return case


@on_both
def test_what_was_written_verifies(script: Script, office: TestOffice) -> None:
    moved(office)

    said = script.by(CLERK, "audit", "verify", "--json")
    people = script.by(CLERK, "audit", "verify", "--lang", "en")

    assert (said.status, said.json["ok"], said.json["cases"], said.json["rows"]) == (0, True, 3, 7)
    assert said.json["log"] > 3
    assert people.out.startswith("7 rows of the histories of 3 cases and ")


SECOND = '(SELECT id FROM "case" ORDER BY id LIMIT 1 OFFSET 1)'
TAMPERED: dict[str, tuple[str, str, str]] = {
    "who": ("UPDATE history SET actor = 'somebody' WHERE case_id = SECOND AND seq = 3", "case", "row 3 "),
    "when": ("UPDATE history SET at = at + 1 WHERE case_id = SECOND AND seq = 2", "case", "row 2 "),
    "details": ("UPDATE history SET details = '{}' WHERE case_id = SECOND AND seq = 1", "case", "row 1 "),
    "hash": ("UPDATE history SET hash = prev_hash WHERE case_id = SECOND AND seq = 4", "case", "row 4 "),
    "first": ("DELETE FROM history WHERE case_id = SECOND AND seq = 1", "case", "row 1 "),
    "middle": ("DELETE FROM history WHERE case_id = SECOND AND seq = 3", "case", "row 3 "),
    "end": ("DELETE FROM history WHERE case_id = SECOND AND seq = 5", "case", "at row 5"),
    "all of a case": ("DELETE FROM history WHERE case_id = SECOND", "case", "at row 5"),
    "all of a case, and its case says so": (
        "DELETE FROM history WHERE case_id = SECOND; UPDATE \"case\" SET seq = 0, head = '' WHERE id = SECOND",
        "case",
        "row 1 ",
    ),
    "moved": ("UPDATE history SET seq = 9 WHERE case_id = SECOND AND seq = 5", "case", "row 5 "),
    "the case": ("UPDATE \"case\" SET head = '0' WHERE id = SECOND", "case", "at row 5"),
    "the count": ('UPDATE "case" SET seq = 4 WHERE id = SECOND', "case", "at row 4"),
    "the number": ("UPDATE \"case\" SET number = '26-999999-X' WHERE id = SECOND", "26-999999-X", "row 1 "),
    "a case gone": ('DELETE FROM "case" WHERE id = SECOND', "", "belongs to no case"),
    "the last case gone": ('DELETE FROM "case" WHERE id = (SELECT max(id) FROM "case")', "", "belongs to no case"),
    "the log": ("UPDATE office_event SET actor = 'somebody' WHERE seq = 2", "", "2"),
    "the log's end": ("DELETE FROM office_event WHERE seq = (SELECT max(seq) FROM office_event)", "", ""),
    "the log's end, its head and its witnesses": (
        (
            "DELETE FROM office_event WHERE seq > 5; UPDATE log_head SET seq = 5,"
            ' hash = (SELECT hash FROM office_event WHERE seq = 5); UPDATE "case" SET log_seq = 0'
        ),
        "first",
        "3 cases know",
    ),
    "a row of the log that is no object": ("UPDATE office_event SET details = '[]' WHERE seq = 2", "", "2"),
    "a row of the log in a form nobody writes": (
        "UPDATE office_event SET what = 'calendar_changed', details = '{\"days\": [7]}' WHERE seq = 2",
        "",
        "2",
    ),
    "a role nobody gave": ("UPDATE staff SET roles = '[\"lead\"]' WHERE name = 'sato'", "", "sato"),
}


@pytest.mark.parametrize("kind", TAMPERED)
def test_whoever_tampers_is_told_of_by_the_first_row(script: Script, office: TestOffice, kind: str) -> None:
    statement, case, words = TAMPERED[kind]
    mine = moved(office)
    first = office.ask('SELECT min(number) FROM "case"')[0][0]

    for one in statement.split("; "):
        office.tamper(one.replace("SECOND", SECOND))
    said = script.by(CLERK, "audit", "verify", "--json", "--lang", "en")

    assert (said.status, said.json["ok"]) == (1, False)
    assert (said.json["fault"]["case"] or "") == {"case": mine, "first": first}.get(case, case)
    assert words in said.json["fault"]["message"]
