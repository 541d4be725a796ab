"""Many contacts from a CSV file: opened once each, faults by line, safe to run twice."""

import csv
import os
import threading
from pathlib import Path

from sqlalchemy import func, select

from models.case import case
from models.command import command
from models.letter import letter
from tests.admin.conftest import Said, Script, on_both
from tests.office import CLERK, LEAD, TestOffice

HEAD = "rights,category,channel,language,subject.name,subject.address,key\n"


def row(number: int, key: str = "") -> str:
    """Return the line of one invented contact."""
    return f"disclosure;halt_use,customer,post,ja,見本 {number}号,東京都千代田区千代田{number}-1,{key}\n"


def counts(said: Said) -> tuple[int, int, int, list[str]]:
    found = said.json
    return found["opened"], found["known"], found["pending"], found["faults"]


def test_an_import_opens_each_row_once_however_often_and_by_whomever_it_is_run(
    script: Script, office: TestOffice, worker: None
) -> None:
    file = script.file(HEAD + row(1, "a") + row(2) + row(3) + row(3), "contacts.csv")

    first = script.by(CLERK, "import", file, "--json")
    second = script.by(CLERK, "import", file, "--json")
    third = script.by(LEAD, "import", file, "--json")

    assert (first.status, counts(first)) == (0, (3, 1, 0, []))
    assert counts(second) == counts(third) == (0, 4, 0, [])
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

    assert (said.status, counts(said)) == (4, (0, 0, 2, []))


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


def test_it_says_which_line_became_which_case_in_a_file_and_to_programs(
    script: Script, office: TestOffice, worker: None, tmp_path: Path
) -> None:
    wrong = "everything,customer,post,ja,見本 九号,東京都千代田区千代田9-1,\n"
    file = script.file(HEAD + row(1) + wrong + row(2) + row(1), "contacts.csv")
    out = tmp_path / "cases.csv"

    said = script.by(CLERK, "import", file, "--out", str(out), "--json")
    spoken = script.by(CLERK, "import", file, "--lang", "en")

    cases = {one["line"]: (one["case"], one["outcome"]) for one in said.json["cases"]}
    assert {line: became for line, (_, became) in cases.items()} == {2: "opened", 4: "opened", 5: "known"}
    assert cases[5][0] == cases[2][0]
    assert said.json["letters"] == [{"kind": "request_forms", "event": "ordered", "count": 2}]
    listed = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert [(int(one["line"]), one["case"], one["outcome"]) for one in listed] == [
        (line, case, became) for line, (case, became) in cases.items()
    ]
    assert office.ask("SELECT count(*) FROM letter")[0][0] == 2
    people = {one["case"]: script.by(CLERK, "show", one["case"], "--json").json["people"] for one in listed}
    assert people[cases[2][0]]["subject"]["name"] == "見本 1号"
    assert people[cases[4][0]]["subject"]["name"] == "見本 2号"
    assert "known already 3" in spoken.out


def test_a_dry_run_names_faults_known_rows_and_what_would_be_opened_and_writes_nothing(
    script: Script, office: TestOffice, worker: None
) -> None:
    script.by(CLERK, "import", script.file(HEAD + row(1, "a"), "first.csv"))
    more = HEAD.replace("key", "key,received_at")
    late = row(4).replace("\n", ",2199-01-01T10:00\n")
    rows = [row(1, "a"), row(2), row(2), row(3, "a")]
    file = script.file(more + "".join(one.replace("\n", ",\n") for one in rows) + late, "contacts.csv")

    tried = script.by(CLERK, "import", file, "--dry-run", "--json")
    said = script.by(CLERK, "import", file, "--dry-run", "--lang", "en")
    done = script.by(CLERK, "import", file, "--json")

    assert (tried.status, tried.json["dry_run"]) == (1, True)
    assert (tried.json["would_open"], tried.json["opened"], tried.json["known"]) == (1, 0, 2)
    assert [(fault["line"], fault["field"]) for fault in tried.json["faults"]] == [(5, "key"), (6, "")]
    assert "2199" in tried.json["faults"][1]["message"]
    assert tried.json["letters"] == [{"kind": "request_forms", "event": "ordered", "count": 1}]
    assert "nothing was written" in said.out
    assert (done.json["opened"], done.json["known"]) == (1, 2)
    assert [fault["line"] for fault in done.json["faults"]] == [5, 6]
    assert office.ask("SELECT count(*) FROM letter")[0][0] == 2


def test_a_dry_run_leaves_no_order_no_case_and_no_key(script: Script, office: TestOffice) -> None:
    file = script.file(HEAD + "".join(row(number) for number in range(1, 603)), "contacts.csv")

    tried = script.by(CLERK, "import", file, "--dry-run", "--json")

    assert (tried.status, tried.json["would_open"]) == (0, 602)
    assert [office.ask(select(func.count()).select_from(table))[0][0] for table in (command, case, letter)] == [0] * 3
    assert list(office.settings.keys.glob("cases/**/*.key")) == []


@on_both
def test_rows_that_are_linked_or_held_say_so_at_once(script: Script, office: TestOffice, worker: None) -> None:
    other = "disclosure,customer,post,ja,架空 次郎,東京都千代田区千代田1-1,\n"
    again = row(1, "another").replace("halt_use", "correction")
    script.by(CLERK, "import", script.file(HEAD + row(1), "first.csv"))

    tried = script.by(CLERK, "import", script.file(HEAD + again + other, "contacts.csv"), "--dry-run", "--json")
    said = script.by(CLERK, "import", script.file(HEAD + again + other, "contacts.csv"), "--json")
    spoken = script.by(CLERK, "import", script.file(HEAD + row(1, "third"), "contacts.csv"), "--lang", "ja")

    foreseen, done = tried.json["cases"], said.json["cases"]
    assert foreseen[0]["linked"] == done[0]["linked"] == ["26-000001-D"]
    assert foreseen[1]["hold"]["code"] == done[1]["hold"]["code"] == "suspected_fraud"
    assert "linked_to" in done[0]["codes"]
    assert "held_until_lifted" in done[1]["codes"]
    assert "contacts.csv:2: 26-000004-7:" in spoken.out
    assert "26-000001-D" in spoken.out


def test_a_file_whose_every_row_is_known_says_that_there_is_nothing_new(
    script: Script, office: TestOffice, worker: None
) -> None:
    file = script.file(HEAD + row(1) + row(2), "contacts.csv")
    script.by(CLERK, "import", file)

    said = script.by(CLERK, "import", file, "--lang", "en")

    assert "every line of this file was opened before" in said.out


def test_a_row_that_was_refused_before_is_named_again_and_not_called_known(
    script: Script, office: TestOffice, worker: None
) -> None:
    file = script.file(HEAD.replace("key", "received_at") + row(1, "2199-01-01T10:00"), "contacts.csv")
    script.by(CLERK, "import", file)

    said = script.by(CLERK, "import", file, "--json")

    assert (said.status, said.json["known"], said.json["cases"]) == (1, 0, [])
    assert "2199" in said.json["faults"][0]["message"]


def test_where_the_file_of_cases_cannot_be_written_nothing_is_imported(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    file = script.file(HEAD + row(1), "contacts.csv")
    (tmp_path / "file").write_text("", "utf-8")

    said = script.by(CLERK, "import", file, "--out", str(tmp_path / "file" / "cases.csv"), "--json")

    assert said.status in (1, 2)
    assert office.ask("SELECT count(*) FROM command")[0][0] == 0


def test_the_file_is_opened_once(script: Script, office: TestOffice, worker: None, tmp_path: Path) -> None:
    pipe = tmp_path / "contacts.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(HEAD + row(1) + row(2), "utf-8"))
    writer.start()

    said = script.by(CLERK, "import", str(pipe), "--json")

    writer.join()
    assert (said.status, said.json["opened"]) == (0, 2)


def test_a_row_that_says_the_same_as_a_refused_one_is_refused_with_it(
    script: Script, office: TestOffice, worker: None
) -> None:
    late = row(1, "2199-01-01T10:00")
    file = script.file(HEAD.replace("key", "received_at") + late + late, "contacts.csv")

    said = script.by(CLERK, "import", file, "--json")

    assert (said.json["known"], said.json["cases"]) == (0, [])
    assert [fault["line"] for fault in said.json["faults"]] == [2, 3]
