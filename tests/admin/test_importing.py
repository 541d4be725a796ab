"""Many contacts from a CSV file: opened once each, faults by line, safe to run twice."""

from tests.admin.conftest import Script
from tests.office import CLERK, LEAD, TestOffice

HEAD = "rights,category,channel,language,subject.name,subject.address,key\n"


def row(number: int, key: str = "") -> str:
    """Return the line of one invented contact."""
    return f"disclosure;halt_use,customer,post,ja,見本 {number}号,東京都千代田区千代田{number}-1,{key}\n"


def test_an_import_opens_each_row_once_however_often_and_by_whomever_it_is_run(
    script: Script, office: TestOffice, worker: None
) -> None:
    file = script.file(HEAD + row(1, "a") + row(2) + row(3) + row(3), "contacts.csv")

    first = script.by(CLERK, "import", file, "--json")
    second = script.by(CLERK, "import", file, "--json")
    third = script.by(LEAD, "import", file, "--json")

    assert (first.status, first.json) == (0, {"opened": 3, "known": 1, "pending": 0, "faults": []})
    assert second.json == third.json == {"opened": 0, "known": 4, "pending": 0, "faults": []}
    assert len(script("list", "--json").json) == 3


def test_faults_are_named_by_line_and_field_and_the_other_rows_are_opened(
    script: Script, office: TestOffice, worker: None
) -> None:
    wrong = "everything,customer,pigeon,ja,,東京都千代田区千代田9-1,\n"
    file = script.file(HEAD + row(1, "a") + wrong + row(2, "a"), "contacts.csv")

    said = script.by(CLERK, "import", file, "--json")
    spoken = script.by(CLERK, "import", file)

    assert said.status == 1
    assert said.json["opened"] == 1
    assert [(fault["line"], fault["field"]) for fault in said.json["faults"]] == [
        (3, "rights[0]"), (3, "channel"), (3, "subject.name"), (4, "key"),
    ]  # fmt: skip
    assert "contacts.csv:3: channel:" in spoken.out


def test_a_row_the_rules_refuse_is_a_fault_too(script: Script, office: TestOffice, worker: None) -> None:
    file = script.file(
        HEAD.replace("key", "received_at") + row(1, "2199-01-01T10:00") + row(2, "2026-01-05T10:00"), "contacts.csv"
    )

    said = script.by(CLERK, "import", file, "--json")

    assert (said.status, said.json["opened"]) == (1, 1)
    assert said.json["faults"][0]["line"] == 2
    assert "2199-01-01" in said.json["faults"][0]["message"]


def test_without_a_worker_the_rows_are_accepted_and_pending(script: Script, office: TestOffice) -> None:
    file = script.file(HEAD + row(1) + row(2), "contacts.csv")

    said = script.by(CLERK, "import", file, "--wait", "0", "--json")

    assert (said.status, said.json) == (4, {"opened": 0, "known": 0, "pending": 2, "faults": []})


def test_a_file_nothing_of_which_can_be_used_is_exit_2(script: Script, office: TestOffice) -> None:
    strange = script.by(CLERK, "import", script.file("a,b\n1,2\n", "contacts.csv"), "--json")
    missing = script.by(CLERK, "import", "/nowhere.csv", "--json")

    assert (strange.status, missing.status) == (2, 2)
    assert strange.json["faults"]


def test_a_chunk_that_is_full_is_followed_by_the_next(script: Script, office: TestOffice) -> None:
    file = script.file(HEAD + "".join(row(number) for number in range(1, 1203)), "contacts.csv")

    said = script.by(CLERK, "import", file, "--wait", "0", "--json")

    assert said.json["pending"] == 1202
    assert office.ask("SELECT count(DISTINCT case_number) FROM command")[0][0] == 1202
