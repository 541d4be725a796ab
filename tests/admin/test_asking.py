"""At a terminal a person is asked what a file would hold; nothing is typed twice, nothing written before it is sent."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.admin.conftest import Script
from tests.office import CLERK, VERIFIER, TestOffice
from tests.talking import CTRL_C, CTRL_D, Talk, WarmTalk

NAME, ADDRESS = "見本 花子", "東京都千代田区千代田1-1"


@pytest.fixture
def talk(fresh: Path, office: TestOffice, worker: None, tmp_path: Path) -> "Talker":
    """The script as somebody at a terminal meets it; orders are carried out."""
    return Talker(tmp_path)


class Talker:
    """Makes calls at terminals."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str, by: str = CLERK, lang: str = "en") -> Talk:
        return WarmTalk(["--as", by, "--lang", lang, *arguments], {**os.environ, "TERM": "dumb"}, self.folder)


def the_case(office: TestOffice) -> str:
    """Return the one case there is."""
    (row,) = office.ask('SELECT number FROM "case"')
    return str(row.number)


def person(script: Script, case: str, party: str = "subject") -> dict[str, str]:
    """Return somebody of a case as `show` tells it."""
    told = script.by(CLERK, "show", case, "--json").json["people"]
    found: dict[str, str] = told[party]
    return found


def outcome(office: TestOffice, case: str) -> dict[str, Any]:
    """Return what was decided on the one right of a case."""
    ((right, decided),) = office.case(case).facts["rights"].items()
    return {"right": right, **decided}


def orders(office: TestOffice) -> int:
    return int(office.ask("SELECT count(*) AS n FROM command")[0].n)


def test_a_first_contact_is_asked_for_and_enter_takes_what_is_proposed(
    talk: Talker, office: TestOffice, script: Script
) -> None:
    with talk("open") as said:
        said.through({"subject, name": ["", NAME], "postcode": "100-0001", "subject, address": ADDRESS})

    assert said.status == 0, said.seen
    assert "an answer is needed" in said.seen
    case = the_case(office)
    assert ([*office.case(case).facts["rights"]], office.case(case).state) == (["disclosure"], "contacted")
    assert (person(script, case)["name"], person(script, case)["address"]) == (NAME, ADDRESS)


def test_one_can_go_back_and_change_single_lines_before_it_is_sent(talk: Talker, office: TestOffice) -> None:
    with talk("open", lang="ja") as said:
        said.through({
            "請求の種類": ["9", "2 9", "disclosure halt_use"],
            "本人の区分": ["<", "2", "4"],
            "氏名": NAME,
            "電話": "090-0000-0000",
            "Enterで送信": ["x", "2", ""],
        })  # fmt: skip

    assert said.status == 0, said.seen
    assert "「9」は選べません" in said.seen
    facts = office.case(the_case(office)).facts
    assert (sorted(facts["rights"]), facts["category"]) == (["disclosure", "halt_use"], "employee")


@pytest.mark.parametrize("leaving", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("at", ["category of the person", "Enter sends it"])
def test_whoever_leaves_leaves_nothing(talk: Talker, office: TestOffice, leaving: str, at: str) -> None:
    with talk("open") as said:
        said.through({"subject, name": NAME, at: leaving})

    assert said.status == 130, said.seen
    assert orders(office) == 0


def test_q_at_the_end_leaves_nothing_either(talk: Talker, office: TestOffice) -> None:
    with talk("open") as said:
        said.through({"subject, name": NAME, "Enter sends it": "q"})

    assert (said.status, orders(office)) == (130, 0)
    assert "nothing was written" in said.seen


def test_an_address_that_is_the_same_is_not_typed_again(talk: Talker, office: TestOffice, script: Script) -> None:
    with talk("open") as said:
        said.through({
            "is there a representative?": "y", "acts as": "agent", "representative, name": "代理 太郎",
            "subject, name": NAME, "subject, postcode": "100-0001", "subject, address": ADDRESS,
        })  # fmt: skip

    assert said.status == 0, said.seen
    agent = person(script, the_case(office), "representative")
    assert (agent["name"], agent["address"], agent["postcode"]) == ("代理 太郎", ADDRESS, "100-0001")
    assert office.case(the_case(office)).facts["mail_to"] == "subject"


@pytest.mark.parametrize("day", ["1980/4/1", "昭和55年4月1日", "S55.4.1", "19800401", "1 Apr 1980"])
def test_days_are_told_as_people_and_papers_tell_them(talk: Talker, office: TestOffice, day: str) -> None:
    today = office.today.isoformat()
    with talk("open", "--dry-run") as said:
        said.through({"subject, name": NAME, "received at": ["soon", "本日", "本日 0時5分"], "birth date": day})

    assert said.status == 0, said.seen
    assert "write a time beside the day" in " ".join(said.seen.split()) or "time" in said.seen
    assert f"received at: {today} 00:05" in said.seen
    assert "birth date: 1980-04-01" in said.seen


def test_what_a_step_cannot_do_is_said_before_anything_is_asked(talk: Talker, office: TestOffice) -> None:
    case = office.opened()

    with talk("decide", case, by=VERIFIER) as said:
        said.through({})

    assert (said.status, orders(office)) == (1, 1), said.seen
    assert "decide is not possible while" in said.seen
    assert "Enter takes" not in said.seen


def test_an_amendment_asks_what_changes_and_only_that(talk: Talker, office: TestOffice, script: Script) -> None:
    case = office.opened()

    with talk("amend", case) as said:
        said.through({
            "subject, what changes": "name phone", "what changes": "subject",
            "why": "they called", "subject, name": "見本 花美", "telephone": "090-0000-0000",
        })  # fmt: skip

    assert said.status == 0, said.seen
    assert "kana" not in said.seen.rpartition("What you answered")[2]
    assert person(script, case)["name"] == "見本 花美"


def test_what_the_rules_refuse_is_put_right_in_one_line(talk: Talker, office: TestOffice) -> None:
    case, _ = office.mailed()

    with talk("receive-forms", case) as said:
        said.through({
            "arrived at": ["2099-01-01 10:00", "now"], "form code": "", "pages": "2", "blocking out": "not_shown",
            "expires on": "2099-04-01", "Enter sends it": ["", "1", ""],
        })  # fmt: skip

    assert said.status == 0, said.seen
    assert "2099-01-01 lies in the future" in said.seen
    assert office.case(case).state == "forms_returned"
    assert orders(office) == len(office.ask("SELECT id FROM command WHERE outcome = 'done'"))


def test_a_decision_is_asked_right_by_right_with_the_grounds_that_fit(talk: Talker, office: TestOffice) -> None:
    case = office.verified()

    with talk("decide", case, by=VERIFIER) as said:
        said.through({
            "disclosure, outcome": ["refused", "1"], "disclosure, ground": "1", "explanation": "because",
            "number of enclosures": ["-", "3"], "cannot be undone": "y", "Enter sends it": ["1", ""],
        })  # fmt: skip

    assert said.status == 0, said.seen
    decided = outcome(office, case)
    assert (decided["outcome"], decided.get("ground"), decided["enclosures"]) == ("granted", None, 3)


def test_what_was_answered_is_left_as_a_file_for_the_next_time(
    talk: Talker, office: TestOffice, script: Script
) -> None:
    with talk("open") as said:
        said.through({"subject, name": NAME, "note": "a: b # c", "Enter sends it": ["f", "q"]})

    (left,) = talk.folder.glob("*.yaml")
    opened = script.by(CLERK, "open", "--file", str(left), "--json")

    assert f"--file {left.name}" in " ".join(said.seen.split())
    assert left.stat().st_mode & 0o777 == 0o600
    assert yaml.safe_load(left.read_text("utf-8"))["note"] == "a: b # c"
    assert opened.status == 0, opened


def test_answers_that_were_refused_are_proposed_the_next_time(talk: Talker, office: TestOffice, script: Script) -> None:
    case = office.verified()
    told = {"outcome": "partly", "ground": "accurate", "explanation": "a part is of others", "enclosures": 7}
    wrong = {"outcomes": {"disclosure": told}}
    refused = script.by(VERIFIER, "decide", case, "--file", script.file(wrong))

    with talk("decide", case, by=VERIFIER) as said:
        said.through({"disclosure, ground": "1"})

    assert refused.status == 1
    assert said.status == 0, said.seen
    assert (outcome(office, case)["outcome"], outcome(office, case)["enclosures"]) == ("partly", 7)
    assert office.ask("SELECT seq FROM office_event WHERE what = 'case_seen'")


def test_an_inquiry_is_asked_for_and_what_it_knows_is_proposed_for_the_case(
    talk: Talker, office: TestOffice, script: Script
) -> None:
    with talk("inquiry", "add") as added:
        added.through({"what it is about": "a question", "is the person to be recorded": "y", "name": NAME})
    (row,) = office.ask("SELECT number FROM inquiry")
    with talk("inquiry", "promote", row.number) as promoted:
        promoted.through({})

    assert (added.status, promoted.status) == (0, 0), added.seen + promoted.seen
    assert person(script, the_case(office))["name"] == NAME


@pytest.mark.parametrize(
    "call", [("open",), ("amend", "26-000001-D"), ("decide", "26-000001-D"), ("inquiry", "add"),
             ("receive-forms", "--scanned")],
)  # fmt: skip
def test_without_a_terminal_nobody_is_asked(script: Script, office: TestOffice, call: tuple[str, ...]) -> None:
    office.opened()

    said = script.by(CLERK, *call)

    assert said.status == 2
    assert "--file" in said.err


# -- granted without a file -------------------------------------------------------------------------------------------


def test_what_is_granted_whole_needs_no_file(script: Script, office: TestOffice, worker: None) -> None:
    case = office.verified()

    unsaid = script.by(VERIFIER, "decide", case, "--granted")
    both = script.by(VERIFIER, "decide", case, "--granted", "--enclosures", "1", "--file", script.file({}))
    alone = script.by(VERIFIER, "decide", case, "--enclosures", "1")
    done = script.by(VERIFIER, "decide", case, "--granted", "--enclosures", "2", "--json")

    assert (unsaid.status, both.status, alone.status) == (2, 2, 2)
    assert "how many enclosures" in unsaid.err
    assert done.status == 0, done
    assert (outcome(office, case)["outcome"], outcome(office, case)["enclosures"]) == ("granted", 2)


def test_a_halt_is_not_granted_in_passing(script: Script, office: TestOffice, worker: None) -> None:
    case = script.opened(rights=["halt_use"])

    early = script.by(VERIFIER, "decide", case, "--granted")
    sent = script.by(VERIFIER, "decide", case, "--granted", "--enclosures", "1")

    assert early.status == 1
    assert sent.status == 2
    assert "nothing is enclosed" in sent.err
