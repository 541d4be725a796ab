"""Values of newer and of older code in a working office: left alone, read, and the same order under the same key."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, LargeBinary

from models.session import load_tables, reading
from services import bulk
from services.engine import orders, upgrades
from services.engine.office import Office
from services.engine.orders import Wanted, known_all
from services.engine.trouble import Kind, kind_of
from services.letters import making
from services.office.staff import Asker
from services.reports.worklist import Wanted as Cases
from services.request import inquiries
from tests.office import CLERK, MONDAY, TestOffice
from tests.services.ordering import age
from workflows.engine.codec import to_plain
from workflows.engine.schemas import KEY, SCHEMA, NewerForm
from workflows.engine.values import Language, Role
from workflows.request.payloads import Amend, AskAgain, Inquiry, MailForms
from workflows.request.procedure import request
from workflows.request.values import Channel


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[TestOffice]:
    """An office in which workers of this code have started."""
    made = TestOffice(database_url, tmp_path)
    with made.writing() as db:
        upgrades.check_start(db, request, MONDAY)
    yield made
    made.close()


@dataclass(frozen=True, slots=True)
class Sealed(Wanted):
    """An order as another release would seal it."""

    form: int | None = None

    @property
    def plain(self) -> bytes:
        """The payload in another form: None is that of releases that knew no numbers."""
        plain = to_plain(self.payload)
        if self.form is None:  # nor had they this field
            plain.pop("address_on_record", None)
        else:
            plain[KEY] = self.form
        return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def placed(office: TestOffice, form: int | None, payload: Any, transition: str, case: str) -> None:
    with office.writing() as db:
        wanted = Sealed("k1", transition, payload, CLERK, CLERK, case, form=form)
        orders.place(db, wanted, case, office.at(db))


# -- newer ----------------------------------------------------------------------------------------------------------


def test_an_order_sealed_by_newer_code_is_left_alone_and_nothing_is_counted(office: TestOffice) -> None:
    case, _ = office.mailed()
    placed(office, SCHEMA + 1, MailForms(), "undeliverable", case)
    age(office, 4)

    outcomes = office.sweep_orders()

    assert outcomes == []
    (row,) = office.ask("SELECT outcome, attempts, tries, trouble FROM command WHERE key = 'k1'")
    assert (row.outcome, row.tries, row.trouble) == (None, 0, None)
    assert office.ask("SELECT 1 FROM incident") == []


def test_where_newer_code_works_what_it_sealed_is_not_even_claimed_and_waits_in_nobodys_way(office: TestOffice) -> None:
    case, _ = office.mailed()
    placed(office, SCHEMA + 1, MailForms(), "undeliverable", case)
    office.tell("UPDATE alembic_version SET version_num = '9999'")
    age(office, 4)

    outcomes = office.sweep_orders()

    assert outcomes == []
    (row,) = office.ask("SELECT attempts, tries, claimed_at, not_before FROM command WHERE key = 'k1'")
    assert tuple(row)[:3] == (0, 0, None)
    assert row.not_before is not None


def test_a_letter_ordered_by_newer_code_is_left_alone(office: TestOffice) -> None:
    case = office.opened()
    (row,) = office.ask("SELECT id, subject, copy FROM effect WHERE case_number = :case", case=case)
    content = {KEY: SCHEMA + 1, "of": "a release to come"}
    sealed = office.keys.get(case).seal_json("effect", "sealed", f"{row.subject}/{row.copy}", content)
    office.tell("UPDATE effect SET sealed = :sealed WHERE id = :id", sealed=sealed, id=row.id)

    became = making.make(row.id, office.unit)

    assert became == "newer"
    (row,) = office.ask("SELECT state, tries, fault FROM effect")
    assert tuple(row) == ("waiting", 0, None)
    assert office.ask("SELECT 1 FROM incident") == []


def test_whatever_goes_wrong_under_tables_newer_than_this_code_is_newer_codes(office: TestOffice) -> None:
    case, _ = office.mailed()
    placed(office, SCHEMA, AskAgain(), "undeliverable", case)  # a payload of another transition: nobody can read it
    office.tell("UPDATE alembic_version SET version_num = '9999'")
    age(office, 4)

    office.sweep_orders()

    (row,) = office.ask("SELECT outcome, tries FROM command WHERE key = 'k1'")
    assert tuple(row) == (None, 0)
    assert office.ask("SELECT 1 FROM incident") == []


def test_an_error_about_a_newer_form_is_newer_trouble() -> None:
    assert kind_of(NewerForm("form 7")) is Kind.NEWER


# -- the same order -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [None, SCHEMA - 1, SCHEMA])
def test_the_same_payload_under_the_same_key_is_the_same_order_in_whatever_form_it_was_sealed(
    office: TestOffice, form: int | None
) -> None:
    case = office.returned(proven=False)
    placed(office, form, AskAgain(reason="unclear"), "ask_again", case)
    wanted = Wanted("k1", "ask_again", AskAgain(reason="unclear"), CLERK, CLERK, case)
    other = Wanted("k1", "ask_again", AskAgain(reason="unclear", address_on_record=True), CLERK, CLERK, case)

    with reading(office.engine) as db:
        here = office.at(db)
        ticket = known_all(db, [wanted], here)["k1"]
        both = [known_all(db, [one], here)["k1"] is not None for one in (wanted, other)]

    assert ticket is not None
    assert (ticket.case, ticket.repeated) == (case, True)
    assert both == [True, False]


def test_a_bulk_run_that_broke_off_is_gone_on_with_by_the_release_after(office: TestOffice) -> None:
    office.opened()
    wanted = bulk.BulkOrder("mail_forms", MailForms(), Cases(), "all", CLERK, CLERK)
    with office.writing() as db:
        run = bulk.begin(db, office.at(db), wanted, 1)
    # As the release before named it: what is sealed has a number by now, what names a run has none.
    said = json.dumps([CLERK, "mail_forms", "all", "{}"], ensure_ascii=False)

    mark = office.keys.lookup_hash("bulk", said)[:8].upper()

    assert run.name == f"{mark}-{run.event}"


# -- what is sealed -------------------------------------------------------------------------------------------------


def test_everything_that_is_sealed_as_data_carries_the_number_of_its_form(office: TestOffice) -> None:
    case = office.opened(note="speaks softly")
    office.must(case, "amend", Amend(why="moved", subject={"phone": "03-0000-0000"}))
    key = office.keys.get(case)
    sealed = {
        "command": ("SELECT key AS place, sealed FROM command", "sealed"),
        "effect": ("SELECT subject || '/' || copy AS place, sealed FROM effect WHERE sealed IS NOT NULL", "sealed"),
        "person": ("SELECT number || '/' || party AS place, sealed FROM person, \"case\"", "sealed"),
        "case": ('SELECT number AS place, matter AS sealed FROM "case"', "matter"),
    }

    found = {
        table: {key.open_json(table, column, row.place, bytes(row.sealed))[KEY] for row in office.ask(query)}
        for table, (query, column) in sealed.items()
    }

    assert list(found.values()) == [{SCHEMA}] * 4
    # An inquiry, the name of a find and a passphrase have tests of their own; under tray.thumbnail lies a picture.
    columns = {(table.name, column.name) for table in load_tables().tables.values() for column in table.c
               if isinstance(column.type, LargeBinary)}  # fmt: skip
    assert columns == {(table, column) for table, (_, column) in sealed.items()} | {
        ("inquiry", "sealed"), ("tray", "thumbnail"), ("find", "name"), ("disc", "passphrase"),
    }  # fmt: skip


def test_an_inquiry_carries_the_number_of_its_form_too(office: TestOffice) -> None:
    @contextmanager
    def writing() -> Iterator[tuple[Connection, Office]]:
        with office.writing() as db:
            yield db, office.at(db)

    said = Inquiry(channel=Channel.EMAIL, language=Language.EN, about="What do you hold about me?")

    inquiries.add(writing, said, Asker(CLERK, CLERK, frozenset({Role.CLERK})))

    (row,) = office.ask("SELECT number, sealed FROM inquiry")
    stored = office.keys.get(row.number).open_json("inquiry", "sealed", row.number, bytes(row.sealed))
    assert stored[KEY] == SCHEMA
    with reading(office.engine) as db:
        assert inquiries.opened(db, row.number, office.at(db))[1] == said
