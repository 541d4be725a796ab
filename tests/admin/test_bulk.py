"""``bulk``: counts first, then every case once; interrupted, the same call goes on where it stopped."""

import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from commands.bulk import NOT_FOR_MANY
from models.case import case as cases
from models.history import history
from settings import PROJECT
from tests.admin.conftest import Script, on_both
from tests.office import CLERK, LEAD, TestOffice
from tests.services.test_bulk import open_many, times_done
from workflows.request.procedure import request

VOID = ("bulk", "void", "--where", "state=contacted", "--reason", "mistake")


def test_the_preview_counts_and_writes_nothing(script: Script, office: TestOffice) -> None:
    open_many(office, 7)

    said = script.by(LEAD, *VOID, "--preview", "--json")

    assert said.status == 0
    assert (said.json["selected"], said.json["done"], said.json["refused"]) == (7, 7, 0)
    assert said.json["states"] == {"voided": 7}
    assert office.ask(select(func.count()).select_from(cases).where(cases.c.state == "voided"))[0][0] == 0


def test_the_preview_of_refusals_is_exit_1_and_names_reason_count_and_examples(
    script: Script, office: TestOffice
) -> None:
    numbers = open_many(office, 7)

    said = script.by(CLERK, *VOID, "--preview", "--json")
    shown = script.by(CLERK, *VOID, "--dry-run", "--lang", "ja")

    assert said.status == 1
    (reason,) = said.json["reasons"]
    assert (reason["code"], reason["count"]) == ("missing_role", 7)
    assert [example["case"] for example in reason["examples"]] == numbers[:3]
    assert "該当 7件: 実行できる 0件、できない 7件" in shown.out


def test_without_a_worker_it_carries_everything_out_itself_and_tells_each_case(
    script: Script, office: TestOffice
) -> None:
    numbers = open_many(office, 130)

    said = script.by(LEAD, *VOID, "--yes", "--json")

    assert said.status == 0
    assert (said.json["done"], said.json["refused"], said.json["pending"]) == (130, 0, 0)
    assert [item["case"] for item in said.json["items"]] == numbers
    assert {item["state"] for item in said.json["items"]} == {"voided"}
    assert times_done(office, "void") == Counter(numbers)


@on_both
def test_a_refusal_among_many_is_exit_1_and_the_others_are_done(script: Script, office: TestOffice) -> None:
    numbers = open_many(office, 5)
    script.by(CLERK, "bulk", "hold", "--where", "state=contacted", "--reason", "other", "--yes")
    more = open_many(office, 2)

    said = script.by(CLERK, "bulk", "hold", "--where", "open", "--reason", "other", "--yes", "--json")

    assert said.status == 1
    assert (said.json["done"], said.json["refused"], said.json["reasons"]) == (2, 5, {"on_hold": 5})
    assert {item["case"] for item in said.json["items"] if item["outcome"] == "done"} == set(more)
    assert times_done(office, "hold") == Counter([*numbers, *more])


def test_unconfirmed_it_does_nothing(script: Script, office: TestOffice) -> None:
    open_many(office, 2)

    said = script.by(LEAD, *VOID)

    assert said.status == 2
    assert "--yes" in said.err
    assert times_done(office, "void") == Counter()


def test_every_fault_of_the_command_line_is_named_at_once(script: Script, office: TestOffice) -> None:
    said = script.by(LEAD, "bulk", "void", "--where", "state=nowhere,owner,overdu,right=gold", "--yes")

    assert said.status == 2
    for word in ("state=nowhere", "owner", "overdue", "right=gold"):
        assert word in said.err


def test_without_any_condition_it_asks_which_cases_are_meant(script: Script, office: TestOffice) -> None:
    said = script.by(LEAD, "bulk", "void", "--reason", "mistake", "--yes")

    assert said.status == 2
    assert "open" in said.err


def test_what_says_something_of_one_case_only_is_not_offered(script: Script, office: TestOffice) -> None:
    help_ = script("bulk", "--help").out

    for transition in request.transitions.values():
        listed = f"  {transition.command} " in help_
        looked_at = transition.looks_back and transition.name != "mail_again"  # a bag of mail is lost as one
        wanted = (
            transition.by_staff and bool(transition.sources) and transition.name not in NOT_FOR_MANY and not looked_at
        )
        assert listed == wanted, transition.name
    assert script.by(LEAD, "bulk", "amend", "--where", "open").status == 2


@on_both
@pytest.mark.parametrize("cut", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
def test_interrupted_it_says_how_far_it_came_and_the_same_call_does_the_rest_once(
    script: Script, office: TestOffice, cut: signal.Signals
) -> None:
    numbers = open_many(office, 450)
    line = [str(PROJECT / "admin.py"), "--as", LEAD, *VOID, "--yes", "--json"]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    begun = select(func.count()).select_from(history).where(history.c.transition == "void")
    while office.ask(begun)[0][0] == 0 and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(cut)
    out, _ = process.communicate(timeout=60)
    halfway = times_done(office, "void").total()

    said = script.by(LEAD, *VOID, "--yes", "--json")

    assert 0 < halfway < len(numbers)
    if cut is signal.SIGINT:
        assert process.returncode == 130
        assert '"interrupted": true' in out
        assert said.json["run"] in out
    assert said.status == 0
    assert said.json["resumed"] is True
    assert said.json["done"] == len(numbers)
    assert times_done(office, "void") == Counter(numbers)


def test_a_run_that_came_to_its_end_cannot_be_gone_on_with(script: Script, office: TestOffice, tmp_path: Path) -> None:
    open_many(office, 2)
    done = script.by(LEAD, *VOID, "--yes", "--json")

    said = script.by(LEAD, *VOID, "--yes", "--resume", done.json["run"])

    assert said.status == 2
    assert done.json["run"] in said.err
