"""What ``status`` says of each check, and the line beside one that is not well, run as it stands there."""

import shlex
import subprocess
from typing import Any

from clock import machine_now
from models import office as office_table
from services.reports.health_queues import QUEUES
from tests.admin.conftest import Script
from tests.office import LEAD, TestOffice


def heard(office: TestOffice) -> None:
    with office.writing() as db:
        for queue in QUEUES:
            office_table.beat(db, queue, "desk1@host", machine_now(db))


Checks = dict[str, dict[str, Any]]


def seen(script: Script) -> Checks:
    return {one["name"]: one for one in script("status", "--json").json["checks"]}


def bad(script: Script) -> set[str]:
    """Return what is red or yellow, but for what every office of these tests is."""
    always = {"broker", "allow_as", "clock"}
    return {name for name, one in seen(script).items() if (not one["ok"] or one["note"]) and name not in always}


def line(script: Script, name: str) -> str:
    """Return the line to run beside a check that is not well."""
    check = seen(script)[name]
    assert not check["ok"] or check["note"], check
    assert isinstance(check["run"], str)
    return str(check["run"])


def run(script: Script, typed: str, by: str = LEAD) -> int:
    """Run a line as it stands there, ours by the script, and return its exit status."""
    if typed.startswith("./admin.py "):
        return script.by(by, *shlex.split(typed)[1:]).status
    return subprocess.run(typed, shell=True, check=False, capture_output=True, timeout=60).returncode  # noqa: S602
