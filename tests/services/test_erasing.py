"""Erasing a case: nothing of the people is left to be read, here or in a backup, and the history verifies."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from models import case as cases
from models import search
from models.keys import KeyMissing
from models.person import person
from models.session import reading
from models.word import person_word
from services.audit import chains, doctor
from services.ending import erasing
from services.ending.erasing import Erased
from services.reports import cases as reports
from services.search import finds
from tests.office import APPROVER, GRANTED, LEAD, VERIFIER, TestOffice, codes_of
from tests.services.search.conftest import SALES, asking, departments
from workflows.request.payloads import CorrectAnswer, Fulfil, Withdraw
from workflows.request.values import ToldHow
from workflows.search.payloads import Answer, Ask, PutRight
from workflows.search.values import Found
from workflows.words import say

WHY = "its time is over"
ANEW = CorrectAnswer(outcomes=GRANTED.outcomes, why="wrong")
__all__ = ["asking", "departments"]
"""An office with departments."""


def closed(office: TestOffice) -> str:
    case = office.fulfilled()
    office.make_letters(case)
    office.post_letters(case)
    office.shred(case)
    return case


def erased(office: TestOffice, case: str) -> Erased:
    found = erasing.erase(office.unit, case, LEAD, WHY)
    assert isinstance(found, Erased), found
    return found


def test_nothing_of_the_person_is_left_and_the_history_verifies(office: TestOffice) -> None:
    case = closed(office)
    files = list(office.settings.spool.rglob("*.pdf"))
    row = office.case(case)

    done = erased(office, case)

    assert files
    assert done == Erased((case,), len(files))
    assert not list(office.settings.spool.rglob("*.pdf"))
    assert not office.ask(select(person_word.c.word).where(person_word.c.case_id == row.id))
    assert [tuple(one) for one in office.ask(select(person.c.sealed, person.c.name_hash))] == [(None, None)]
    with pytest.raises(KeyMissing):
        office.keys.get(case)
    with reading(office.engine) as db:
        assert reports.personal(db, office.case(case), office.at(db)) == {"erased": True}
        assert chains.verify(db).fault is None
    assert not list(doctor.examine(office.unit))


def test_yesterdays_backup_of_the_database_cannot_be_read_any_more(office: TestOffice, home: Path) -> None:
    case = closed(office)
    before = office.ask(select(person.c.sealed))[0].sealed
    keys = home / "keys-of-today"

    erased(office, case)
    shutil.copytree(office.settings.keys, keys)

    assert before is not None
    with pytest.raises(KeyMissing):
        office.keys.get(case)
    assert case not in "".join(path.read_bytes().decode("latin-1") for path in keys.rglob("*wal"))


@pytest.mark.parametrize("state", ["contacted", "forms_mailed", "forms_returned", "id_verified"])
def test_an_open_case_is_not_erased(office: TestOffice, state: str) -> None:
    case = office.in_state(state)

    refused = erasing.erase(office.unit, case, LEAD, WHY)

    assert isinstance(refused, list)
    assert "erasing.open" in codes_of(refused)
    office.keys.get(case)


def test_a_letter_that_was_not_posted_hinders(office: TestOffice) -> None:
    case = office.fulfilled()

    refused = erasing.erase(office.unit, case, LEAD, WHY)

    assert isinstance(refused, list)
    assert codes_of(refused) == ["erasing.letters"]


def test_erased_twice_is_erased_once_and_what_was_left_undone_is_done(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = closed(office)
    with monkeypatch.context() as dies:
        dies.setattr(erasing, "_destroy", lambda numbers, office: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            erasing.erase(office.unit, case, LEAD, WHY)
    named = [finding.what for finding in doctor.examine(office.unit)]

    done = erased(office, case)

    assert "erased_in_part" in named
    assert done.cases == (case,)
    assert len(office.ask(select(cases.case.c.id).where(cases.case.c.erased_at.is_not(None)))) == 1
    assert not list(doctor.examine(office.unit))


def test_what_departments_found_goes_with_the_case(asking: TestOffice) -> None:
    case = asking.verified()
    number = asking.must(None, "ask", Ask(case=case, department="sales", what="契約")).case
    other = asking.must(None, "ask", Ask(case=case, department="support", what="通話")).case
    with asking.writing() as db:
        given = [finds.looked_into("accounts.txt", b"two accounts")]
        taken = finds.take_in(db, asking.case(number), given, SALES, asking.at(db))
    asking.must(number, "answer", Answer(found=Found.FOUND, finds=tuple(taken)), SALES)
    asking.must(case, "decide", GRANTED, VERIFIER)
    asking.must(case, "fulfil", Fulfil(), APPROVER)
    asking.make_letters(case)
    asking.post_letters(case)
    asking.shred(case)

    waits = erasing.erase(asking.unit, case, LEAD, WHY)
    asking.must(other, "recall", PutRight(why="終了"))
    done = erased(asking, case)

    assert isinstance(waits, list)
    assert codes_of(waits) == ["erasing.searches"]
    assert done.cases == (case, number, other)
    assert not [path for path in asking.settings.finds.rglob("*") if path.is_file()]
    assert [row.name for row in asking.ask(select(search.find.c.name))] == [None]
    with pytest.raises(KeyMissing):
        asking.keys.get(number)


def test_a_case_for_which_an_order_waits_is_erased_when_that_is_carried_out(office: TestOffice) -> None:
    case = closed(office)
    waits = office.place("correct_answer", ANEW, VERIFIER, case)

    refused = erasing.erase(office.unit, case, LEAD, WHY)
    asked = erasing.ask(office.unit, case, LEAD, WHY)
    outcome = office.carry_out(waits)

    assert isinstance(refused, list)
    assert (codes_of(refused), codes_of(asked)) == (["erasing.orders"], ["erasing.orders"])
    assert "is not carried out yet" in say(refused[0], "en")
    assert outcome.outcome in ("done", "refused")
    still = erasing.erase(office.unit, case, LEAD, WHY)
    assert isinstance(still, Erased) or "erasing.orders" not in codes_of(still)


def test_a_case_whose_search_has_an_order_waiting_is_not_erased(asking: TestOffice) -> None:
    case = asking.verified()
    search_number = asking.must(None, "ask", Ask(case=case, department="sales", what="x")).case
    asking.must(search_number, "answer", Answer(found=Found.NOTHING_HELD, note="none"), SALES)
    asking.must(case, "withdraw", Withdraw(on=asking.today, how=ToldHow.PHONE))
    asking.make_letters(case)
    asking.post_letters(case)
    asking.shred(case)
    waits = asking.place("recall", PutRight(why="x"), by=LEAD, case=search_number)

    refused = erasing.erase(asking.unit, case, LEAD, WHY)
    asking.carry_out(waits)

    assert isinstance(refused, list)
    assert codes_of(refused) == ["erasing.orders"]
    assert isinstance(erasing.erase(asking.unit, case, LEAD, WHY), Erased)
