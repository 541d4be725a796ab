"""``inquiry``: recorded sealed, and one case at most comes of it, which keeps the time of first contact (S32)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from models.case import case as cases
from models.command import command
from models.inquiry import inquiry
from services.engine import orders
from services.engine.office import Office
from services.office.staff import Asker
from services.request import inquiries
from tests.admin.conftest import Script, on_both
from tests.office import CLERK, LEAD, VERIFIER, TestOffice
from tests.people import a_contact
from workflows.engine.machine import Refused
from workflows.engine.numbers import parse_inquiry_number
from workflows.engine.values import Language, Role
from workflows.request.payloads import Inquiry
from workflows.request.values import Channel, Person

SAID = {
    "channel": "phone",
    "language": "ja",
    "about": "自分の情報をどう使っているか知りたい。",
    "person": {"name": "見本 花子", "phone": "03-0000-0000"},
}
ADDRESSED = {"name": "見本 花子", "postcode": "100-0001", "address": "東京都千代田区千代田1-1"}
CONTACT = {"rights": ["purpose_notice"], "category": "customer", "subject": ADDRESSED}


def added(script: Script, **changes: object) -> str:
    said = script.by(CLERK, "inquiry", "add", "--file", script.file({**SAID, **changes}), "--json")
    assert said.status == 0, said
    return str(said.json["inquiry"])


@pytest.mark.requirement("S32")
def test_an_inquiry_is_recorded_under_a_number_and_sealed(script: Script, office: TestOffice) -> None:
    number = added(script)

    (row,) = office.ask(select(inquiry))
    shown = script.by(VERIFIER, "inquiry", "show", number.lower(), "--json").json
    assert parse_inquiry_number(number) == number == row.number
    assert "花子".encode() not in row.sealed
    assert (shown["about"], shown["person"]["name"]) == (SAID["about"], "見本 花子")
    assert office.ask("SELECT what FROM office_event ORDER BY seq DESC LIMIT 1")[0].what == "inquiry_seen"


@on_both
@pytest.mark.requirement("S32")
def test_the_case_keeps_the_time_of_first_contact(script: Script, office: TestOffice, worker: None) -> None:
    first_contact = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
    number = added(script, received_at=first_contact.isoformat())

    said = script.by(CLERK, "inquiry", "promote", number, "--file", script.file(CONTACT), "--json")

    (row,) = office.ask(select(cases))
    assert (said.status, said.json["case"], said.json["state"]) == (0, row.number, "contacted")
    assert datetime.fromisoformat(row.facts["received_at"]) == first_contact
    assert (row.facts["channel"], row.facts["language"]) == ("phone", "ja")
    (listed,) = script.by(CLERK, "inquiry", "list", "--all", "--json").json
    assert (listed["state"], listed["case"]) == ("promoted", row.number)
    assert script.by(CLERK, "inquiry", "list", "--json").json == []


def test_promoted_twice_even_by_two_people_it_is_one_case(script: Script, office: TestOffice, worker: None) -> None:
    number = added(script)

    first = script.by(CLERK, "inquiry", "promote", number, "--file", script.file(CONTACT), "--json")
    second = script.by(LEAD, "inquiry", "promote", number, "--file", script.file(CONTACT), "--json")

    assert (first.status, second.status) == (0, 0)
    assert (second.json["case"], second.json["repeated"]) == (first.json["case"], True)
    assert len(office.ask(select(cases))) == 1


def test_without_a_worker_the_number_is_given_and_the_inquiry_is_promoted_once(
    script: Script, office: TestOffice
) -> None:
    number = added(script)

    first = script.by(CLERK, "inquiry", "promote", number, "--file", script.file(CONTACT), "--wait", "0", "--json")
    office.sweep_orders()
    later = script.by(CLERK, "inquiry", "promote", number, "--file", script.file(CONTACT), "--wait", "0", "--json")

    assert (first.status, first.json["outcome"]) == (4, "pending")
    assert later.json["case"] == first.json["case"]
    assert len(office.ask(select(command))) == 1


def test_whoever_may_not_open_a_case_is_refused_and_leaves_the_inquiry_to_others(
    script: Script, office: TestOffice, worker: None
) -> None:
    number = added(script)

    refused = script.by(VERIFIER, "inquiry", "promote", number, "--file", script.file(CONTACT), "--json")
    done = script.by(CLERK, "inquiry", "promote", number, "--file", script.file(CONTACT), "--json")

    assert (refused.status, refused.json["codes"]) == (1, ["missing_role"])
    assert done.status == 0


def test_a_time_of_its_own_in_the_contact_is_a_fault(script: Script, office: TestOffice) -> None:
    number = added(script)
    contact = script.file({**CONTACT, "received_at": "2026-01-01T10:00:00+09:00"})

    said = script.by(CLERK, "inquiry", "promote", number, "--file", contact, "--json")

    assert said.status == 2
    assert [fault["field"] for fault in said.json["faults"]] == ["received_at"]


def test_what_yaml_cut_of_the_contact_is_refused_and_what_was_read_otherwise_is_said(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    number = added(script, person={"name": "見本 花子 様"})
    cut = tmp_path / "cut.yaml"
    cut.write_text(
        "rights: 利用目的\ncategory: 顧客\nsubject:\n  name: 見本 花子 様\n  address: 東京都例町1-1 #405\n",
        encoding="utf-8",
    )
    whole = tmp_path / "whole.yaml"
    whole.write_text(cut.read_text(encoding="utf-8").replace(" #405", " 405"), encoding="utf-8")

    refused = script.by(CLERK, "inquiry", "promote", number, "--file", str(cut), "--json")
    done = script.by(CLERK, "inquiry", "promote", number, "--file", str(whole), "--wait", "0")

    assert refused.status == 2
    assert [fault["field"] for fault in refused.json["faults"]] == ["subject.address"]
    assert "subject.name" in done.err
    assert script.by(CLERK, "inquiry", "show", number, "--json").json["person"]["name"] == "見本 花子"


def test_an_inquiry_from_the_future_is_refused(script: Script, office: TestOffice) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()

    said = script.by(CLERK, "inquiry", "add", "--file", script.file({**SAID, "received_at": tomorrow}), "--json")

    assert (said.status, said.json["codes"]) == (1, ["in_the_future"])
    assert office.ask(select(inquiry)) == []


@on_both
def test_an_inquiry_that_was_answered_is_no_longer_open(script: Script, office: TestOffice) -> None:
    number = added(script)

    said = script.by(CLERK, "inquiry", "answered", number, "--json")

    assert said.json["state"] == "answered"
    assert script.by(CLERK, "inquiry", "list", "--json").json == []


@pytest.mark.parametrize("number", ["I26-000001-X", "I26-999999-0", "26-000001-8", "nonsense"])
def test_a_number_nobody_has_is_exit_3(script: Script, office: TestOffice, number: str) -> None:
    assert script.by(CLERK, "inquiry", "show", number, "--json").status == 3


def test_every_fault_of_the_file_is_named(script: Script, office: TestOffice) -> None:
    said = script.by(CLERK, "inquiry", "add", "--file", script.file({"channel": "pigeon", "person": {}}), "--json")

    assert said.status == 2
    assert {fault["field"] for fault in said.json["faults"]} == {"channel", "language", "about", "person.name"}


@on_both
def test_several_at_once_open_one_case(database_url: str, home: Path) -> None:
    office = TestOffice(database_url, home)
    clerk = Asker(CLERK, CLERK, frozenset({Role.CLERK}))

    @contextmanager
    def writing() -> Iterator[tuple[Connection, Office]]:
        with office.writing() as db:
            yield db, office.at(db)

    inquired = Inquiry(channel=Channel.PHONE, language=Language.EN, about="?", person=Person(name="Sample Aaaaa"))
    row = inquiries.add(writing, inquired, clerk)
    assert not isinstance(row, Refused)
    promoted: list[inquiries.Promoted | Refused] = []

    def promote() -> None:
        promoted.append(inquiries.promote(writing, row.number, a_contact(), clerk))

    threads = [threading.Thread(target=promote) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    orders.sweep(office.unit)
    placed = office.ask(select(command.c.case_number, command.c.key))
    office.close()

    assert len({one.ticket.case for one in promoted if isinstance(one, inquiries.Promoted)}) == 1
    assert len(promoted) == 4
    assert [row.key for row in placed] == [f"inquiry:{row.number}"]
