"""Namesakes (F6, F7): two people of one name are two, and one person is found again however they write."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.base import metadata
from models.case import read_hold
from models.person import LOOKED_UP, person
from models.session import reading
from services.audit import doctor
from services.reports.cases import the_case
from services.request.hashing import hashes
from tests.office import APPROVER, GRANTED, LEAD, MONDAY, VERIFIER, TestOffice
from tests.people import a_licence, a_person
from workflows.engine.values import Actor, Role
from workflows.request import spelling
from workflows.request.payloads import Amend, Fulfil
from workflows.request.values import Person

NAME = "見本 花子"
HERE, THERE = "東京都千代田区千代田1-1-1", "東京都千代田区丸の内2-2-2"
BORN, LATER = date(1980, 4, 1), date(1991, 9, 30)


def hanako(**known: Any) -> Person:
    """Return one of several people called Mihon Hanako."""
    return a_person(**{"name": NAME, "address": None, "postcode": None, **known})


def linked(office: TestOffice, case: str) -> list[str]:
    with reading(office.engine) as db:
        found: list[str] = the_case(db, office.case(case), office.at(db), "en")["linked"]
    return found


def held_with(office: TestOffice, case: str) -> tuple[str, ...] | None:
    hold = read_hold(office.case(case).hold)
    return None if hold is None else hold.linked


# one of the two people, the other one: are their requests linked, are three of them held
NAMESAKES: list[tuple[dict[str, Any], dict[str, Any], bool, bool]] = [
    ({"birth_date": BORN}, {"birth_date": LATER}, False, False),
    ({"birth_date": BORN, "address": HERE}, {"birth_date": LATER, "address": HERE}, False, False),
    ({"birth_date": BORN, "address": HERE}, {"birth_date": BORN, "address": THERE}, True, True),
    ({"birth_date": BORN, "address": HERE}, {"address": THERE}, True, False),
    ({"address": HERE}, {"address": THERE}, True, False),
    ({"address": HERE}, {"address": "千代田区千代田一丁目1番1号"}, True, False),
    ({"address": HERE}, {"address": "東京都千代田区千代田一ー一ー一"}, True, True),
    ({"address": HERE, "phone": "03-0000-1234"}, {"address": THERE, "phone": "+81 3 0000 1234"}, True, True),
    ({"address": HERE, "email": "h@example.com"}, {"address": THERE, "email": "H@example.com"}, True, True),
    ({"address": HERE}, {"phone": "03-0000-1234"}, True, True),
    ({}, {}, True, True),
]


@pytest.mark.requirement("F6", "F7")
@pytest.mark.parametrize(("one", "other", "are_linked", "are_held"), NAMESAKES)
def test_requests_under_one_name_are_linked_and_counted_by_what_else_is_known(
    office: TestOffice, one: dict[str, Any], other: dict[str, Any], are_linked: bool, are_held: bool
) -> None:
    first = office.opened(subject=hanako(**one))
    second = office.opened(subject=hanako(**other))

    third = office.opened(subject=hanako(**one))

    assert linked(office, second) == ([first, third] if are_linked else [])
    assert held_with(office, third) == ((first, second) if are_held else None)
    assert held_with(office, second) is None


@pytest.mark.requirement("F7")
def test_a_link_holds_back_no_answer(office: TestOffice) -> None:
    first = office.opened(subject=hanako(address=HERE, postcode="000-0001"))

    second = office.verified(subject=hanako(address=THERE, postcode="000-0002"))
    office.must(second, "decide", GRANTED, VERIFIER)
    office.must(second, "fulfil", Fulfil(), APPROVER)

    assert linked(office, second) == [first]
    assert office.case(second).state == "fulfilled"


@pytest.mark.requirement("F7")
def test_a_link_goes_once_both_birth_dates_are_known_to_differ(office: TestOffice) -> None:
    first = office.opened(subject=hanako(address=HERE, birth_date=BORN))
    second = office.opened(subject=hanako(address=THERE))
    before = linked(office, first), linked(office, second)

    office.must(second, "amend", Amend(why="told on the telephone", subject={"birth_date": LATER.isoformat()}))

    assert before == ([second], [first])
    assert (linked(office, first), linked(office, second)) == ([], [])


@pytest.mark.requirement("F7")
def test_a_link_stays_where_only_the_spelling_of_a_name_is_mended(office: TestOffice) -> None:
    first = office.opened(subject=hanako(birth_date=BORN))
    second = office.opened(subject=hanako(birth_date=BORN))

    office.must(second, "amend", Amend(why="misheard", subject={"name": "見本 華子"}))

    assert linked(office, second) == [first]


@pytest.mark.requirement("F6")
@pytest.mark.parametrize(("born", "is_held"), [(BORN, False), (LATER, True), (None, False)])
def test_a_namesake_may_not_show_the_same_licence(office: TestOffice, born: date | None, is_held: bool) -> None:
    first = returned_with_a_licence(office, BORN)

    second = returned_with_a_licence(office, born)

    assert held_with(office, second) == ((first,) if is_held else None)


def returned_with_a_licence(office: TestOffice, born: date | None) -> str:
    """Return a case of a Hanako whose forms came back with the one licence of these tests."""
    case, code = office.mailed(subject=hanako(address=HERE, birth_date=born))
    arrival = replace(office.an_arrival(code), documents=(a_licence(number="012345678900"),))
    office.must(case, "receive_forms", arrival)
    return case


@pytest.mark.requirement("F6")
def test_what_tells_namesakes_apart_is_kept_as_keyed_hashes_alone(office: TestOffice) -> None:
    known = {"birth_date": BORN, "phone": "03-0000-1234", "email": "h@example.com", "address": HERE}
    office.opened(subject=hanako(**known))
    office.opened(subject=a_person(**{**known, "address": THERE}))

    everything = [repr(tuple(row)) for table in metadata.sorted_tables for row in office.ask(select(table))]
    rows = office.ask(select(person).order_by(person.c.case_id))

    in_clear = ("1980, 4, 1", "1980-04-01", "0000-1234", "h@ex")
    assert not [row for row in everything for value in in_clear if value in row]
    for name in ("birth_hash", "phone_hash", "email_hash"):
        one, other = (getattr(row, name) for row in rows)
        # Of people of different names nobody can see that they share it.
        assert None not in (one, other)
        assert one != other


# -- rows from before these hashes ------------------------------------------------------------------------------------


def as_before_these_hashes(office: TestOffice, case: str) -> None:
    """Leave of a case's people what the first schema kept, the address spelt by its rule."""
    office.tell(
        "UPDATE person SET birth_hash = NULL, phone_hash = NULL, email_hash = NULL, spelling = NULL,"
        " address_hash = 'of the first rule' WHERE case_id = :id",
        id=office.case(case).id,
    )


def stored(office: TestOffice, case: str) -> dict[str, Any]:
    (row,) = office.ask(select(person).where(person.c.case_id == office.case(case).id))
    return {name: getattr(row, name) for name in LOOKED_UP}


@pytest.mark.requirement("F6")
def test_of_an_old_row_the_name_alone_counts_until_the_doctor_makes_its_hashes_anew(office: TestOffice) -> None:
    case = office.opened(subject=hanako(address=HERE, birth_date=BORN))
    before = stored(office, case)
    as_before_these_hashes(office, case)
    other = office.opened(subject=hanako(address=THERE, birth_date=LATER))
    linked_before = linked(office, other)

    found = [(one.case, one.what) for one in doctor.examine(office.unit)]
    kudo = Actor(LEAD, frozenset({Role.LEAD}))
    mended = [[one.what for one in doctor.repair([case], office.unit, kudo)] for _ in range(2)]

    assert linked_before == [case]
    assert found == [(case, "old_spelling")]
    assert mended == [["old_spelling"], []]
    assert stored(office, case) == before
    assert before["spelling"] == spelling.RULE
    assert linked(office, other) == []


@pytest.mark.requirement("F6")
def test_an_address_hashed_by_an_earlier_rule_speaks_neither_for_nor_against(office: TestOffice) -> None:
    first, second = (office.opened(subject=hanako(address=HERE)) for _ in range(2))
    for case in (first, second):
        as_before_these_hashes(office, case)

    third = office.opened(subject=hanako(address=HERE))

    assert held_with(office, third) == (first, second)


def test_the_doctor_makes_no_hashes_of_people_who_are_erased(office: TestOffice) -> None:
    case = office.opened(subject=hanako(address=HERE))
    office.tell("UPDATE person SET name_hash = NULL, spelling = NULL, sealed = NULL")
    office.tell('UPDATE "case" SET erased_at = :now', now=MONDAY + timedelta(days=1))

    kudo = Actor(LEAD, frozenset({Role.LEAD}))
    list(doctor.repair([case], office.unit, kudo))

    assert stored(office, case)["name_hash"] is None


def test_the_hashes_are_the_columns_that_are_looked_up(office: TestOffice) -> None:
    with reading(office.engine) as db:
        made = hashes(hanako(), office.at(db))

    assert set(made) == set(LOOKED_UP)
    assert len(made) == len(LOOKED_UP)
