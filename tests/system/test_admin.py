"""The admin script as its own process against the real desk: answered, kept while nobody works, killed, repeated."""

import json
import os
import subprocess
from typing import Any

import pytest

from settings import PROJECT
from tests.office import CLERK
from tests.system.conftest import RealDesk, until
from tests.system.test_orders import rows_of

CONTACT = {
    "rights": ["disclosure"],
    "category": "customer",
    "channel": "post",
    "language": "ja",
    "subject": {"name": "見本 花子", "postcode": "100-0001", "address": "東京都千代田区千代田1-1"},
    "address_on_record": True,
}

PATIENT = ("--wait", "100")


def start(desk: RealDesk, *arguments: str) -> "subprocess.Popen[str]":
    """Start the script as a clerk would, the contact on its standard input."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
    told |= {**desk.settings.environment(), "MADOGUCHI_ALLOW_AS": "demo"}
    command = [str(PROJECT / "admin.py"), "--as", CLERK, "--json", *arguments]
    pipe = subprocess.PIPE
    script = subprocess.Popen(command, env=told, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    assert script.stdin is not None
    script.stdin.write(json.dumps(CONTACT, ensure_ascii=False))
    script.stdin.close()
    script.stdin = None
    return script


def call(desk: RealDesk, *arguments: str) -> tuple[int, Any]:
    """Run the script to its end and return its status and its JSON."""
    script = start(desk, *arguments)
    out, err = script.communicate(timeout=150)
    assert out, err
    return script.returncode, json.loads(out)


def test_an_opening_by_the_script_is_carried_out_by_the_worker(desk: RealDesk) -> None:
    status, said = call(desk, "open", "--file", "-", *PATIENT)

    assert (status, said["outcome"], said["state"], said["seq"]) == (0, "done", "contacted", 1)
    assert rows_of(desk, said["case"]) == ["open"]


def test_what_is_accepted_while_nobody_works_keeps_its_number_and_is_done_later(desk: RealDesk) -> None:
    key = f"away-{os.getpid()}-{desk.office.engine.dialect.name}"
    desk.kill("desk1")

    status, said = call(desk, "open", "--file", "-", "--key", key, "--wait", "0")
    desk.start("desk1")
    until(lambda: rows_of(desk, said["case"]) == ["open"], "the opening")
    again, repeated = call(desk, "open", "--file", "-", "--key", key, *PATIENT)

    assert (status, said["outcome"], said["state"]) == (4, "pending", None)
    assert (again, repeated["case"], repeated["repeated"], repeated["outcome"]) == (0, said["case"], True, "done")


@pytest.mark.parametrize("accepted", [False, True], ids=["begun", "accepted"])
def test_a_script_killed_at_any_moment_and_run_again_opens_one_case(desk: RealDesk, *, accepted: bool) -> None:
    key = f"killed-{os.getpid()}-{accepted}-{desk.office.engine.dialect.name}"
    placed = "SELECT case_number FROM command WHERE key = :key"
    script = start(desk, "open", "--file", "-", "--key", key)
    if accepted:
        # From now on the order is safe; whether the script has its answer yet is as it happens.
        until(lambda: desk.office.ask(placed, key=key), "the order to be accepted")
    script.kill()
    script.communicate()

    status, said = call(desk, "open", "--file", "-", "--key", key, *PATIENT)

    (order,) = desk.office.ask(placed, key=key)
    assert (status, said["outcome"]) == (0, "done")
    assert said["case"] == order.case_number
    assert rows_of(desk, said["case"]) == ["open"]
