"""A command on another machine than the workers': it could seal what they cannot open, so it writes nothing."""

from datetime import timedelta

import clock
from models import office as office_table
from tests.admin.conftest import CONTACT, Script, on_both
from tests.office import CLERK, TestOffice


def serve(office: TestOffice, machine: str, ago: timedelta) -> None:
    with office.writing() as db:
        assert office_table.serve(db, machine, "desk-1", clock.machine_now(db) - ago)


@on_both
def test_an_order_given_on_another_machine_than_the_workers_is_not_accepted(script: Script, office: TestOffice) -> None:
    serve(office, "another kernel", timedelta(seconds=5))

    said = script.by(CLERK, "open", "--file", script.file(CONTACT), "--json")
    looked = script.by(CLERK, "list")

    assert (said.status, said.json["error"], looked.status) == (5, "served_elsewhere", 0)
    assert "work on desk-1" in said.json["message"]
    assert office.ask("SELECT 1 FROM command") == []


def test_once_its_workers_are_silent_the_order_is_accepted(script: Script, office: TestOffice, worker: None) -> None:
    serve(office, "another kernel", timedelta(seconds=61))

    said = script.by(CLERK, "open", "--file", script.file(CONTACT), "--json")

    assert said.status == 0
