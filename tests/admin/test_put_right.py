"""What was recorded wrongly is put right in one line, and ``why`` names that line."""

import json
import os
from pathlib import Path

import pytest
from sqlalchemy import select

from models.letter import letter
from tests.admin.conftest import Script, on_both
from tests.office import APPROVER, CLERK, GRANTED, LEAD, VERIFIER, TestOffice
from tests.services.righting import last_row
from tests.talking import Talk, WarmTalk
from workflows.request.payloads import CorrectAnswer, Fulfil

ARRIVAL = """\
arrived_at: {at}
forms: [disclosure]
pages: 2
signed: {{disclosure: true}}
documents:
  - {{holder: subject, type: drivers_licence, photo: true, expires_on: 2031-04-01,
     address: stated, name_matches: true, masking: not_shown}}
"""
OUTCOME = "outcomes: {disclosure: {outcome: granted, enclosures: 4}}\n"


def arrival(office: TestOffice, folder: Path) -> str:
    """Return a file that says what came."""
    file = folder / "arrived.yaml"
    with office.writing() as db:
        now = office.at(db).now
    file.write_text(ARRIVAL.format(at=now.isoformat()), encoding="utf-8")
    return str(file)


def test_a_posting_is_taken_back_and_put_right_in_one_line_each(
    script: Script, office: TestOffice, worker: None
) -> None:
    case = office.mailed()[0]
    number = f"{case}-01"

    nothing = script.by(CLERK, "posted", number, "--on", str(office.today), "--why", "typed", "--json")
    undone = script.by(CLERK, "posted", number, "--undo", "--why", "it lay in the tray", "--json")
    twice = script.by(CLERK, "posted", number, "--undo", "--why", "it lay in the tray", "--json")

    assert (nothing.status, nothing.json[0]["codes"]) == (1, ["posting_is_right"])
    (row,) = undone.json
    assert (undone.status, row["state"], row["case_state"], row["posted_at"]) == (0, "printed", "contacted", None)
    assert (twice.status, twice.json[0]["codes"]) == (1, ["posting_not_recorded"])


@on_both
def test_taking_a_posting_back_is_tried_out_first(script: Script, office: TestOffice, worker: None) -> None:
    case = office.mailed()[0]

    tried = script.by(CLERK, "posted", f"{case}-01", "--undo", "--why", "it lay here", "--dry-run", "--json")

    (row,) = tried.json
    assert (tried.status, row["outcome"], row["dry_run"]) == (0, "done", True)
    said = script.by(CLERK, "posted", f"{case}-01", "--undo", "--why", "it lay here", "--dry-run").out
    assert f"{case}-01: printed  {case}: contacted" in said
    assert (office.case(case).state, last_row(office, case).transition) == ("forms_mailed", "mail_forms")


def test_a_whole_batch_recorded_by_mistake_is_taken_back_at_once(
    script: Script, office: TestOffice, worker: None, tmp_path: Path
) -> None:
    cases = [office.opened() for _ in range(3)]
    office.make_letters()
    batch = script.by(CLERK, "print", "--out", str(tmp_path), "--json").json["batch"]
    script.by(CLERK, "posted", "--batch", batch)

    undone = script.by(CLERK, "posted", "--batch", batch, "--undo", "--why", "the van left without it", "--json")
    again = script.by(CLERK, "posted", "--batch", batch, "--undo", "--why", "the van left without it", "--json")
    posted = script.by(CLERK, "posted", "--batch", batch, "--json")

    assert (undone.status, [row["case_state"] for row in undone.json]) == (0, ["contacted"] * 3)
    assert (again.status, again.json["error"]) == (3, "nothing_posted")
    assert [row["case_state"] for row in posted.json] == ["forms_mailed"] * 3
    assert {office.case(case).state for case in cases} == {"forms_mailed"}


@on_both
def test_a_return_of_the_wrong_letter_is_taken_back(script: Script, office: TestOffice, worker: None) -> None:
    number = f"{office.mailed()[0]}-01"
    script.by(CLERK, "returned", number, "--reason", "moved")

    undone = script.by(CLERK, "returned", number, "--undo", "--why", "it was another one", "--json")

    (row,) = undone.json
    assert (undone.status, row["state"], row["case_state"]) == (0, "posted", "forms_mailed")


DOES_NOT_GO_TOGETHER = [
    (["posted", "LETTER", "--undo"], "--why"),
    (["posted", "LETTER", "--undo", "--why", "x", "--on", "2026-11-09"], "--on"),
    (["posted", "LETTER", "--why", "x"], "--why"),
    (["returned", "LETTER"], "--reason"),
    (["returned", "LETTER", "--undo"], "--why"),
    (["returned", "LETTER", "--reason", "moved", "--why", "x"], "--why"),
    (["returned", "LETTER", "--undo", "--why", "x", "--reason", "moved"], "--reason"),
    (["receive-forms", "CASE", "--undo"], "--why"),
    (["receive-forms", "CASE", "--undo", "--again", "--why", "x"], "--undo"),
    (["receive-forms", "CASE", "--undo", "--why", "x", "--code", "y"], "--code"),
    (["receive-forms", "CASE", "--why", "x", "--file", "FILE"], "--why"),
    (["receive-forms", "CASE", "--again", "--file", "FILE"], "why"),
]


def test_what_does_not_go_together_is_told_by_name_and_nothing_is_ordered(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    case = office.mailed()[0]
    words = {"LETTER": f"{case}-01", "CASE": case, "FILE": arrival(office, tmp_path)}
    orders = len(office.ask("SELECT id FROM command"))

    for typed, field in DOES_NOT_GO_TOGETHER:
        said = script.by(CLERK, *(words.get(word, word) for word in typed), "--json")

        assert (said.status, [fault["field"] for fault in said.json["faults"]]) == (2, [field]), typed
        assert len(office.ask("SELECT id FROM command")) == orders


@on_both
def test_an_arrival_is_registered_anew_or_taken_back(
    script: Script, office: TestOffice, worker: None, tmp_path: Path
) -> None:
    case, code = office.mailed()
    file = arrival(office, tmp_path)
    script.by(CLERK, "receive-forms", case, "--file", file)
    assert office.case(case).hold is not None

    tried = script.by(CLERK, "receive-forms", case, "--again", "--file", file, "--why", "x", "--dry-run", "--json")
    again = script.by(
        CLERK, "receive-forms", case, "--again", "--code", code, "--file", file, "--why", "a slip", "--json"
    )
    undone = script.by(CLERK, "receive-forms", case, "--undo", "--why", "her sister's", "--json")

    assert (tried.status, tried.json["dry_run"], tried.json["state"]) == (0, True, "forms_returned")
    assert (again.status, again.json["state"], office.case(case).hold) == (0, "forms_returned", None)
    assert (undone.status, undone.json["state"]) == (0, "forms_mailed")


@on_both
def test_a_released_answer_is_corrected_by_two_people(
    script: Script, office: TestOffice, worker: None, tmp_path: Path
) -> None:
    case = office.fulfilled()
    office.post_letters(case)
    file = tmp_path / "outcome.yaml"
    file.write_text(OUTCOME, encoding="utf-8")

    corrected = script.by(
        VERIFIER, "correct-answer", case, "--file", str(file), "--why", "a page was left out", "--json"
    )
    own = script.by(VERIFIER, "fulfil", case, "--json")
    done = script.by(APPROVER, "fulfil", case, "--json")

    assert (corrected.status, corrected.json["state"]) == (0, "id_verified")
    assert corrected.json["codes"] == ["will_correct", "copies_may_be_gone"]
    assert own.status == 1
    assert (done.status, done.json["state"]) == (0, "fulfilled")
    kinds = [row.kind for row in office.ask(select(letter.c.kind).order_by(letter.c.id))]
    assert kinds[-2:] == ["disclosure_notification"] * 2


def test_why_names_the_line_that_puts_each_step_right(script: Script, office: TestOffice) -> None:
    case = office.returned()

    told = script.by(CLERK, "why", case, "--json").json["put_right"]
    page = script.by(CLERK, "why", case)

    lines = {way["transition"]: way["lines"] for way in told}
    assert lines["receive_forms"] == [
        f"receive-forms {case} --again --file F --why",
        f"receive-forms {case} --undo --why",
    ]
    assert f"posted {case}-01 --on D --why" in lines["mail_forms"]
    assert f"./admin.py receive-forms {case} --undo --why" in page.out
    assert "undo-arrival" not in page.out


def test_a_closed_case_says_how_it_is_opened_again(script: Script, office: TestOffice) -> None:
    withdrawn, fulfilled = office.in_state("withdrawn"), office.fulfilled()

    told = script.by(LEAD, "why", withdrawn, "--json").json
    answer = script.by(LEAD, "why", fulfilled, "--json").json
    no = script.by(CLERK, "hold", withdrawn, "--reason", "other", "--dry-run", "--json")

    assert {"reinstate"} <= {*told["possible"]}
    assert {way["transition"]: way["lines"] for way in told["put_right"]}["withdraw"] == [
        f"reinstate {withdrawn} --why"
    ]
    assert "correct-answer" in answer["possible"]
    assert "reinstate" in no.json["reasons"][0]


def test_help_tells_of_both_ways_and_lists_each_step_once(script: Script) -> None:
    listed = script("--help").out
    own = script("receive-forms", "--help", "--lang", "ja").out

    assert "undo-arrival" not in listed
    assert "mail-again" in listed
    assert "--again" in own
    assert "登録し直します" in own


# -- at a terminal ----------------------------------------------------------------------------------------------------


def asked(folder: Path, *arguments: str, by: str, **answers: str) -> Talk:
    """Make a call at a terminal; what is proposed is taken, but for these answers by a word of their questions."""
    with WarmTalk(["--as", by, "--lang", "en", *arguments], {**os.environ, "TERM": "dumb"}, folder) as said:
        said.through({word.replace("_", " "): answer for word, answer in answers.items()})
    return said


def test_what_was_registered_is_proposed_to_whoever_registers_it_anew(
    fresh: Path, office: TestOffice, worker: None, tmp_path: Path
) -> None:
    case = office.returned()
    before = office.case(case)

    said = asked(tmp_path, "receive-forms", case, "--again", by=CLERK, pages="5", why="a page stuck to another")

    assert said.status == 0, said.seen
    assert "+00" not in said.seen  # what was proposed stands on the office's clock
    after = office.case(case)
    assert (after.state, after.facts["arrived_at"]) == ("forms_returned", before.facts["arrived_at"])
    details = last_row(office, case).details
    first = office.ask("SELECT details FROM history WHERE transition = 'receive_forms'")[0].details
    told = json.loads(first) if isinstance(first, str) else first
    assert details["pages"] == 5
    assert {name: details[name] for name in ("documents", "forms", "code")} == {
        name: told[name] for name in ("documents", "forms", "code")
    }


def test_what_was_decided_is_proposed_to_whoever_corrects_it_and_somebody_else_is_to_release_it(
    fresh: Path, office: TestOffice, worker: None, tmp_path: Path
) -> None:
    case = office.decided()
    office.must(case, "fulfil", Fulfil(), by=APPROVER)
    office.post_letters(case)
    was = office.case(case).facts["rights"]["disclosure"]

    said = asked(tmp_path, "correct-answer", case, by=VERIFIER, enclosures="7", why="a page was left out")

    assert said.status == 0, said.seen
    row = office.case(case)
    assert row.facts["rights"]["disclosure"] == {**was, "enclosures": 7}
    assert (row.state, row.todo, str(row.decided_by).split()[0]) == ("id_verified", "release", VERIFIER)


@on_both
def test_an_answer_that_is_all_to_be_decided_anew_is_somebodys_to_decide(office: TestOffice) -> None:
    case = office.decided()
    office.must(case, "fulfil", Fulfil(), by=APPROVER)

    office.must(case, "correct_answer", CorrectAnswer(why="the wrong file"), by=VERIFIER)

    assert office.case(case).todo == "decide"
    office.must(case, "decide", GRANTED, by=VERIFIER)
    assert office.case(case).todo == "release"


@pytest.mark.parametrize("beside", [["--undo", "--why", "it lay here"], ["--class", "ordinary", "--why", "misread"]])
def test_a_list_of_the_post_puts_nothing_right(script: Script, office: TestOffice, beside: list[str]) -> None:
    refused = script.by(CLERK, "posted", "--batch", "B26-0001", "--tracking-file", "no.csv", *beside)

    assert refused.status == 2
    assert "--tracking-file" in refused.err
