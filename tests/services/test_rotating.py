"""A new key of look-ups: whoever was found is found, whoever was held is held, and the key of before tells nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from models import evidence, key_copies, rotation, stage
from models.keys import Keys
from models.limits import contended
from models.person import LOOKED_UP, person
from models.session import reading, transaction
from models.word import inquiry_word, person_word
from models.wrapping import KeystoreDamaged
from services.audit import chains, doctor
from services.ending import erasing
from services.engine import orders
from services.request import finding, fraud, hashing, rotating
from tests.office import CLERK, LEAD, TestOffice
from tests.people import a_contact, a_person
from tests.roles import working_role
from tests.services.suspicions import come_back, suspicion
from tests.services.test_erasing import closed
from tests.services.test_finding import found, hanako, inquired
from workflows.request.values import Person


@pytest.fixture
def postgres_office(postgres_url: str, home: Path) -> Iterator[TestOffice]:
    made = TestOffice(postgres_url, home)
    yield made
    made.close()


HASHES = [person.c[name] for name in LOOKED_UP if name != "spelling"]


def begun(office: TestOffice) -> None:
    with office.writing() as db:
        assert rotating.begin(db, office.at(db), LEAD)


def rotated(office: TestOffice) -> None:
    begun(office)
    assert rotating.go_on(office.unit)


def kept(office: TestOffice) -> set[str]:
    """Return every hash that is kept of people and of their papers, and every word."""
    rows = [*office.ask(select(*HASHES)), *office.ask(select(evidence.evidence.c.number_hash))]
    rows += [*office.ask(select(person_word.c.word)), *office.ask(select(inquiry_word.c.word))]
    return {str(value) for row in rows for value in row if value is not None}


def linked(office: TestOffice, case: str) -> list[str]:
    with reading(office.engine) as db:
        return fraud.linked_with(db, office.case(case), office.at(db))


def complaints(office: TestOffice) -> list[tuple[str | None, str]]:
    return [(one.case, one.what) for one in doctor.examine(office.unit)]


def test_whoever_was_found_linked_and_held_is_so_under_the_new_key(office: TestOffice) -> None:
    first = come_back(office, subject=hanako(birth_date=None))
    inquiry = inquired(office, Person(name="問合 次郎", phone="03-1234-5678"))
    before = kept(office)

    rotated(office)
    again = office.opened(subject=hanako(birth_date=None))
    other = come_back(office, subject=a_person(name="別人 一郎"))

    assert before.isdisjoint(kept(office))
    assert linked(office, again) == [first]
    assert suspicion(office, other) == ("suspected_fraud", (first,)), "the paper is known by its hash alone"
    assert found(office, name="すずき") == [again, first]
    assert found(office, phone="03-1234-5678") == [inquiry]
    assert complaints(office) == []
    with reading(office.engine) as db:
        assert chains.verify(db).fault is None


def test_the_secrets_of_before_tell_nothing_any_more(office: TestOffice) -> None:
    come_back(office, subject=hanako())
    stolen = Keys(office.keys.folder)
    with reading(office.engine) as db:
        here = office.at(db)
        hashes = {str(value) for name, value in hashing.hashes(hanako(), here).items() if value and name != "spelling"}
        words = {str(word) for word in finding.words_of(hanako(), here)}
    assert hashes | words <= kept(office), "else nothing is shown by what follows"

    rotated(office)

    assert stolen.lookup_hash("name", "x") == office.keys.lookup_hash("name", "x"), "who has the first one has it still"
    assert (hashes | words).isdisjoint(kept(office))


def test_a_process_that_had_the_keystore_open_goes_on_with_the_new_key(office: TestOffice) -> None:
    opened_before = Keys(office.keys.folder)
    opened_before.lookup_hash("name", "x")

    rotated(office)

    assert opened_before.lookup_hash("name", "x", 2) == office.keys.lookup_hash("name", "x", 2)
    assert opened_before.lookup_hash("name", "x", 2) != opened_before.lookup_hash("name", "x")
    assert opened_before.lookup_brought_on(opened_before.lookup_hash("name", "x"), 2) == (
        opened_before.lookup_hash("name", "x", 2)
    )


def test_broken_off_anywhere_it_is_gone_on_with_and_nobody_is_missed_meanwhile(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotating, "CASES", 1)
    monkeypatch.setattr(rotating, "LOT", 1)
    first, second = come_back(office, subject=hanako()), office.opened(subject=a_person(name="鈴木 一郎"))
    before = kept(office)
    begun(office)
    with office.writing() as db:
        assert not rotating.begin(db, office.at(db), LEAD), "one at a time"

    # Killed between two rows of the one transaction: nothing of it is there.
    brought_on = Keys.lookup_brought_on
    done = iter((True, False))
    monkeypatch.setattr(Keys, "lookup_brought_on", lambda *its: brought_on(*its) if next(done) else 1 / 0)
    with pytest.raises(ZeroDivisionError):
        rotating.go_on(office.unit)
    monkeypatch.undo()
    monkeypatch.setattr(rotating, "CASES", 1)
    assert kept(office) == before
    assert found(office, name="鈴木") == [second, first]

    # One transaction a call: killed after each of them.
    seen = []
    while not rotating.go_on(office.unit, lambda: False):
        seen.append(found(office, name="鈴木"))
        assert complaints(office) == []
    newest = office.opened(subject=hanako())

    assert seen == [[second, first]] * len(seen)
    assert len(seen) >= 3, "the hashes, each case's words, the end"
    assert before.isdisjoint(kept(office))
    assert found(office, name="鈴木") == [newest, second, first]
    assert linked(office, newest) == [first]


def test_it_is_done_again_and_again_and_whoever_is_erased_stays_so(office: TestOffice) -> None:
    case = closed(office)
    of = office.case(case).id
    erasing.erase(office.unit, case, LEAD, "its time is over")
    first = office.opened(subject=hanako())

    rotated(office)
    rotated(office)
    again = office.opened(subject=hanako())

    assert linked(office, again) == [first]
    assert [row.name_hash for row in office.ask(select(person.c.name_hash).where(person.c.case_id == of))] == [None]
    assert not office.ask(select(person_word.c.word).where(person_word.c.case_id == of))
    events = [row.what for row in office.ask("SELECT what FROM office_event ORDER BY seq")]
    assert [what for what in events if what.startswith("lookup")] == [rotating.BEGUN, rotating.REACHED] * 2


def test_an_order_from_before_is_the_same_order_and_still_proven(office: TestOffice) -> None:
    said = a_contact(subject=hanako())
    ticket = office.place("open", said, key="monday-1")
    rotated(office)

    with office.writing() as db:
        again = orders.known_all(db, [orders.Wanted("monday-1", "open", said, CLERK, CLERK)], office.at(db))["monday-1"]
    done = office.carry_out(ticket)

    assert again is not None
    assert (again.command_id, again.repeated) == (ticket.command_id, True)
    assert done.outcome == "done"
    assert found(office, name="鈴木") == [ticket.case]
    assert complaints(office) == []


def test_the_copies_of_the_keys_have_it_and_a_database_that_is_ahead_of_them_says_so(office: TestOffice) -> None:
    before = office.settings.home / "before"
    after = office.settings.home / "after"
    for folder in (before, after):
        folder.mkdir()
    key_copies.take(office.keys, before)
    rotated(office)
    key_copies.take(office.keys, after)

    assert key_copies.check(after) == key_copies.check(before)
    assert Keys(after).lookup_hash("name", "x", 2) == office.keys.lookup_hash("name", "x", 2)
    with pytest.raises(KeystoreDamaged) as gone:
        Keys(before).lookup_hash("name", "x", 2)
    assert "lookup.2" in str(gone.value)
    (after / "lookup.2").write_bytes(b"short")
    with pytest.raises(KeystoreDamaged):
        key_copies.check(after)


def test_a_secret_that_was_laid_ready_and_never_wanted_is_taken_by_the_next_rotation(office: TestOffice) -> None:
    rotation.add_lookup(office.keys, 2)
    laid = (office.keys.folder / "lookup.2").read_bytes()

    rotated(office)

    assert (office.keys.folder / "lookup.2").read_bytes() == laid
    assert not (office.keys.folder / "lookup.3").exists()


def test_nobody_works_beside_the_one_moment_in_which_the_hashes_change(postgres_office: TestOffice) -> None:
    office = postgres_office
    case = office.opened(subject=hanako())
    begun(office)
    with transaction(office.engine) as db:
        office.at(db)  # a deed that looked at the office under the old key
        with pytest.raises(DBAPIError) as waits, office.writing() as other:
            rotating._reach(other, office.unit)
        assert contended(waits.value)
        assert not rotating.go_on(office.unit, lambda: False), "and whoever goes on comes again"
    with reading(office.engine) as db:
        assert rotating.standing(db).stage == 1

    assert rotating.go_on(office.unit)
    assert found(office, name="鈴木") == [case]


def test_a_login_that_only_works_in_the_office_asks_and_the_workers_do_it(postgres_office: TestOffice) -> None:
    office = postgres_office
    case = office.opened(subject=hanako())
    with working_role(office.url) as login, transaction(login(LEAD)) as db:
        assert not rotating.may(db)
        assert rotating.begin(db, office.at(db), LEAD)
    with reading(office.engine) as db:
        assert rotating.may(db)
        assert stage.marks(db) == {stage.WANTED: 2}

    assert rotating.go_on(office.unit)

    assert found(office, name="鈴木") == [case]
