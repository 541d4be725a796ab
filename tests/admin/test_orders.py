"""Orders through the script: accepted once, answered, refused with what would work, and every exit status."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from commands.transitions import by_file
from settings import PROJECT
from tests.admin.conftest import CONTACT, Script, on_both
from tests.office import CLERK, LEAD, TestOffice
from workflows.engine.numbers import make_code, parse_case_number, print_code
from workflows.request.procedure import request


def test_an_opening_answers_with_number_state_and_outcome(script: Script, worker: None) -> None:
    said = script.by(CLERK, "open", "--file", script.file(CONTACT), "--json")

    assert said.status == 0
    assert said.json == {
        "case": said.json["case"], "state": "contacted", "seq": 1, "outcome": "done", "repeated": False,
        "reasons": [], "codes": [], "hold": None, "linked": [], "same_as": None,
        "letters": [{
            "letter": f"{said.json['case']}-01", "kind": "request_forms", "event": "ordered", "copy": 1,
        }],
    }  # fmt: skip
    assert parse_case_number(said.json["case"]) == said.json["case"]


def test_a_refusal_is_exit_1_and_says_what_would_work_in_both_languages(script: Script, worker: None) -> None:
    case = script.opened()

    english = script.by(LEAD, "fulfil", case, "--json")
    japanese = script.by(LEAD, "fulfil", case, "--lang", "ja")

    assert english.status == japanese.status == 1
    assert english.json["outcome"] == "refused"
    assert english.json["state"] == "contacted"
    assert english.json["codes"] == ["no_such_way"]
    assert english.json["reasons"][0].startswith(f"{case} cannot go from contacted to fulfilled. Possible now: ")
    assert "withdraw" in english.json["reasons"][0]
    assert japanese.out == ""
    assert "受付済み" in japanese.err


def test_without_the_role_it_is_refused_by_the_rules(script: Script, worker: None) -> None:
    case = script.opened()

    said = script.by(CLERK, "void", case, "--reason", "mistake", "--json")

    assert said.status == 1
    assert said.json["codes"] == ["missing_role"]
    assert "lead" in said.json["reasons"][0]


def test_words_of_ones_own_may_come_from_standard_input(
    script: Script, worker: None, office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.returned(proven=False)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("長年の取引先のため\n".encode()), "utf-8"))

    said = script.by(CLERK, "override", case, "--what", "document:subject", "--reason", "-", "--json")

    shown = script.by(LEAD, "show", case, "--json").json["people"]
    assert said.status == 0
    assert shown["reasons"][-1]["why"] == "長年の取引先のため"


@pytest.mark.requirement("S43")
def test_the_same_key_answers_with_the_earlier_outcome_and_anything_else_under_it_is_exit_2(
    script: Script, worker: None, office: TestOffice
) -> None:
    contact = script.file(CONTACT)
    first = script.by(CLERK, "open", "--file", contact, "--key", "phone-1", "--json")

    again = script.by(CLERK, "open", "--file", contact, "--key", "phone-1", "--json")
    other = script.by(
        CLERK, "open", "--file", script.file({**CONTACT, "channel": "phone"}), "--key", "phone-1", "--json"
    )
    somebody = script.by(LEAD, "open", "--file", contact, "--key", "phone-1", "--json")

    assert again.status == 0
    assert again.json == {**first.json, "repeated": True}
    assert (other.status, somebody.status) == (2, 2)
    assert other.json["error"] == "key_taken"
    assert len(office.ask('SELECT id FROM "case"')) == 1


@on_both
def test_without_a_worker_it_is_accepted_and_pending_and_carries_its_number(script: Script, office: TestOffice) -> None:
    said = script.by(CLERK, "open", "--file", script.file(CONTACT), "--wait", "0", "--key", "k", "--json")

    assert said.status == 4
    assert said.json["outcome"] == "pending"
    assert said.json["state"] is None
    assert parse_case_number(said.json["case"])
    assert "accepted" in said.err

    hold = script.by(CLERK, "hold", said.json["case"], "--reason", "other", "--json")
    assert (hold.status, hold.json["error"]) == (3, "not_opened_yet")


def test_every_fault_of_a_file_and_a_command_line_is_named_at_once(script: Script) -> None:
    wrong = script.file(
        "rights: [disclosure, everything]\nchannel: pigeon\nsubject: {name: ''}\nodd: 1\n", "wrong.yaml"
    )

    file = script("open", "--file", wrong, "--json")
    line = script("hold", "--reason", "because", "--until", "tomorrow", "--json")

    assert (file.status, line.status) == (2, 2)
    assert {fault["field"] for fault in file.json["faults"]} >= {
        "rights[1]", "channel", "subject.name", "odd", "category", "language",
    }  # fmt: skip
    assert all(fault["line"] for fault in file.json["faults"] if fault["field"] in ("channel", "odd"))
    assert {fault["field"] for fault in line.json["faults"]} == {"CASE", "--reason", "--until"}
    assert "awaiting_information" in line.err


@pytest.mark.parametrize("number", ["26-000017-X", "26-17-Y", "nonsense", "26-000017-Y"])
def test_an_unknown_case_or_a_wrong_check_character_is_exit_3(script: Script, office: TestOffice, number: str) -> None:
    for arguments in (["hold", number, "--reason", "other"], ["show", number], ["why", number], ["history", number]):
        said = script.by(CLERK, *arguments, "--json")

        assert said.status == 3, arguments
        assert said.json["error"] == "no_such_case"


@on_both
def test_a_dry_run_decides_the_same_and_writes_nothing(script: Script, worker: None, office: TestOffice) -> None:
    case = script.opened()
    before = office.ask("SELECT count(*) FROM command")[0][0]

    would = script.by(CLERK, "hold", case, "--reason", "other", "--dry-run", "--json")
    would_not = script.by(CLERK, "fulfil", case, "--dry-run", "--json")
    opening = script.by(CLERK, "open", "--file", script.file(CONTACT), "--dry-run", "--json")

    assert (would.status, would.json["outcome"], would.json["state"]) == (0, "done", "contacted")
    assert (would_not.status, would_not.json["outcome"]) == (1, "refused")
    assert (opening.status, opening.json["case"], opening.json["state"]) == (0, None, "contacted")
    assert office.ask("SELECT count(*) FROM command")[0][0] == before
    assert office.case(case).hold is None


@on_both
def test_an_arrival_with_a_wrong_code_is_done_on_hold_and_told(
    script: Script, worker: None, office: TestOffice
) -> None:
    case, _ = office.mailed()
    arrival = {"arrived_at": _now(office), "forms": ["disclosure"], "pages": 2, "signed": {"disclosure": True}}

    file, code = script.file(arrival), print_code(make_code(bytes(10)))
    said = script.by(CLERK, "receive-forms", case, "--code", code, "--file", file, "--json")

    assert said.status == 0, said
    assert said.json["state"] == "forms_returned"
    assert said.json["codes"] == ["code_wrong"]
    assert script.by(CLERK, "show", case, "--json").json["hold"]["by"] == "system"


SLIPS = [
    ("one wrong character", lambda code: code[:-2] + ("3" if code[-2] != "3" else "4") + code[-1]),
    ("neighbours exchanged", lambda code: code[:3] + code[5] + code[4] + code[3] + code[6:]),
    ("a character too few", lambda code: code[:-1]),
    ("a character too many", lambda code: code + "0"),
    ("of another kind", lambda code: "26-000017-Y-01"),
]


@pytest.mark.requirement("F2")
@pytest.mark.parametrize("command", ["receive-forms", "reopen"])
@pytest.mark.parametrize("slip", [slip for _, slip in SLIPS], ids=[name for name, _ in SLIPS])
def test_a_code_with_a_slip_of_the_finger_is_told_at_once_and_nothing_is_registered(
    script: Script, office: TestOffice, slip: Callable[[str], str], command: str
) -> None:
    case, _ = office.mailed()
    code = print_code(make_code(b"ten bytes!"))
    arrival = {"arrived_at": _now(office), "forms": ["disclosure"], "pages": 2, "signed": {"disclosure": True}}
    before = office.ask("SELECT count(*) FROM command")[0][0]

    said = script.by(CLERK, command, case, "--code", slip(code), "--file", script.file(arrival), "--json")

    assert said.status == 2, said
    assert [fault["field"] for fault in said.json["faults"]] == ["code"]
    assert office.ask("SELECT count(*) FROM command")[0][0] == before
    assert office.case(case).hold is None


def test_a_number_with_a_wrong_character_is_told_to_be_mistyped(script: Script, office: TestOffice) -> None:
    case = office.opened()
    wrong = case[:-1] + ("0" if case[-1] != "0" else "1")

    of_case = script.by(CLERK, "show", wrong, "--json", "--lang", "en")
    of_letter = script.by(CLERK, "posted", f"{wrong}-01", "--json", "--lang", "en")
    unhyphened = script.by(CLERK, "show", case.replace("-", "").lower(), "--json")

    assert (of_case.status, of_letter.status) == (3, 3)
    assert "check character" in of_case.json["message"]
    assert "check character" in of_letter.json["message"]
    assert (unhyphened.status, unhyphened.json["case"]) == (0, case)
    letter = script.by(CLERK, "show", f"{case}-01", "--json", "--lang", "en")
    assert letter.json["message"] == f"{case}-01 is the number of a letter; the number of its case is {case}."
    step = script.by(CLERK, "why", case, "mail-form", "--lang", "en")
    assert "there is no transition mail-form; one of mail-forms" in " ".join(step.err.split())


def test_a_repeatable_option_takes_its_words_in_every_way(script: Script, worker: None, office: TestOffice) -> None:
    ways = (
        ["--missing", "document:subject", "--missing", "unsigned", "--reason", "the seal is smudged"],
        ["--missing", "document:subject", "unsigned", "--reason", "the seal is smudged"],
        ["--missing", "document:subject,unsigned", "--reason", "the seal is smudged"],
    )

    for way in ways:
        case = office.returned(proven=False)
        said = script.by(CLERK, "ask-again", case, *way, "--json")

        assert said.status == 0, said
        assert {"document:subject", "unsigned"} <= set(_details(script, case)["missing"])


def test_global_options_are_taken_before_and_after_the_command(script: Script, worker: None) -> None:
    case = script.opened()

    before = script("--json", "--lang", "ja", "--as", CLERK, "hold", case, "--reason", "bad")
    after = script("hold", case, "--reason", "bad", "--json", "--lang", "ja", "--as", CLERK)

    assert before.status == after.status == 2
    assert before.json == after.json
    assert "保留の理由" in before.json["message"]
    below = script("staff", "list", "--json")
    assert below.json == script("staff", "--json", "list").json


def test_quiet_says_nothing_when_all_is_well(script: Script, worker: None) -> None:
    case = script.opened()

    said = script.by(CLERK, "hold", case, "--reason", "other", "--quiet")

    assert (said.status, said.out, said.err) == (0, "", "")


def test_a_database_that_is_away_is_exit_5_and_says_what_to_check(tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "MADOGUCHI_HOME": str(tmp_path),
        "MADOGUCHI_LANG": "en",
        "MADOGUCHI_DATABASE_URL": "postgresql+psycopg://clerk:hunter2@127.0.0.1:1/office",
    }

    for arguments in (["list"], ["resume", "26-000017-Y"]):
        done = subprocess.run(
            [str(PROJECT / "admin.py"), *arguments, "--json"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 5, done
        assert "nothing was accepted" in done.stderr
        assert "hunter2" not in done.stderr + done.stdout
        assert "Traceback" not in done.stderr


@on_both
def test_an_interrupted_wait_is_exit_130_and_says_what_was_accepted(
    fresh: Path, database_url: str, tmp_path: Path
) -> None:
    contact = tmp_path / "contact.json"
    contact.write_text('{"rights": ["disclosure"], "category": "customer", "channel": "post", "language": "ja", '
                       '"subject": {"name": "見本 花子"}}', encoding="utf-8")  # fmt: skip
    office = TestOffice(database_url, fresh, now=None)
    call = [str(PROJECT / "admin.py"), "--as", CLERK, "open", "--file", str(contact), "--wait", "600"]
    waiting = subprocess.Popen(call, stderr=subprocess.PIPE, text=True)
    while not office.ask("SELECT id FROM command"):
        assert waiting.poll() is None
        time.sleep(0.05)  # another process works on it

    waiting.send_signal(signal.SIGINT)
    _, said = waiting.communicate(timeout=60)

    office.close()
    assert waiting.returncode == 130
    assert "accepted" in said
    assert "Traceback" not in said


def test_an_unexpected_error_leaves_a_reference_and_no_personal_data(
    script: Script, office: TestOffice, fresh: Path
) -> None:
    contact = script.file({**CONTACT, "subject": {"name": "秘密 太郎"}})
    (fresh / "var").mkdir()
    (fresh / "keys" / "kek").unlink()
    (fresh / "keys" / "kek").mkdir()  # a folder where the file of a key should be

    said = script.by(CLERK, "open", "--file", contact, "--json")

    assert said.status == 1
    log = (fresh / "var" / "log" / "admin.log").read_text(encoding="utf-8")
    assert said.json["reference"] in log
    assert "Traceback" not in said.err
    assert "秘密" not in log + said.err


def test_what_a_command_takes_follows_from_its_payload() -> None:
    files = {name for name, transition in request.transitions.items() if transition.by_staff and by_file(transition)}

    again = {"receive_again", "correct_answer", "correct_refusal"}
    own = {"open_with_forms", "receive_own_forms"}
    assert files == {"open", "amend", "receive_forms", "reopen", "decide", *again, *own}


def _now(office: TestOffice) -> str:
    from clock import office_now
    from models.session import reading

    with reading(office.engine) as db:
        return office_now(db).isoformat()


def _details(script: Script, case: str) -> dict[str, list[str]]:
    last: dict[str, list[str]] = script("history", case, "--json").json[-1]["details"]
    return last
