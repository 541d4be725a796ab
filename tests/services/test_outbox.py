"""Work that leaves the house, of whatever kind: done once, under a claim; set aside and brought back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Row, true

from clock import machine_now
from models.effect import effect
from services.engine import dead_letters, outbox
from services.engine.office import Office
from services.engine.outbox import Overtaken, Step
from services.engine.trouble import TRIES, Poison
from services.engine.unit import UnitOfWork
from services.letters import making
from tests.office import LEAD, TestOffice
from tests.services.parcels import Parcels, a_parcel, deliver, let_the_lease_pass, stored
from tests.trouble import let_backoff_pass


@pytest.fixture
def parcels() -> Parcels:
    """The carrier's counter."""
    return Parcels()


def test_a_piece_of_work_is_done_once_and_what_it_carried_is_wiped(office: TestOffice, parcels: Parcels) -> None:
    parcel = a_parcel(office)

    said = [deliver(office, parcel, parcels) for _ in range(2)]

    assert said == ["done", "gone"]
    assert (len(parcels.handed), len(parcels.written)) == (1, 1)
    assert parcels.steps == list(Step)
    assert (stored(office, parcel).state, stored(office, parcel).sealed) == ("done", None)


def test_each_kind_of_work_has_its_own_handler_and_its_own_sweep(office: TestOffice, parcels: Parcels) -> None:
    parcel = a_parcel(office)
    with office.writing() as db:
        db.execute(effect.update().values(ordered_at=machine_now(db) - timedelta(minutes=1)))
        letters = [row.id for row in outbox.to_ring(db, making.LETTERS)]
        rung_for = [row.id for row in outbox.to_ring(db, parcels.handler)]

    said = outbox.deliver(parcel, making.LETTERS, office.unit)

    assert parcel not in letters
    assert len(letters) == 1
    assert rung_for == [parcel]
    assert (said, stored(office, parcel).tries) == ("gone", 0)


def test_what_is_kept_back_is_neither_begun_nor_counted_nor_rung_for(office: TestOffice, parcels: Parcels) -> None:
    parcel = a_parcel(office)
    keeping = replace(parcels.handler, kept_back=lambda db: true())

    said = outbox.deliver(parcel, keeping, office.unit)
    with office.writing() as db:
        rung_for = outbox.to_ring(db, keeping)

    assert (said, rung_for, stored(office, parcel).attempts) == ("stopped", [], 0)


def test_trouble_that_passes_waits_and_counts_towards_no_end(office: TestOffice, parcels: Parcels) -> None:
    parcel = a_parcel(office)
    parcels.trouble = ConnectionError("nobody at the counter")
    said = []
    for _ in range(2 * TRIES):
        said.append(deliver(office, parcel, parcels))
        let_backoff_pass(office)
    parcels.trouble = None

    assert (said, stored(office, parcel).tries) == (["later"] * 2 * TRIES, 0)
    assert deliver(office, parcel, parcels) == "done"


def test_what_can_never_be_done_is_set_aside_and_comes_back(office: TestOffice, parcels: Parcels) -> None:
    parcel = a_parcel(office)
    parcels.trouble = Poison("no such street")

    aside = deliver(office, parcel, parcels)
    with office.writing() as db:
        found = [one for one in dead_letters.everything(db) if one.id == parcel]
        dead_letters.requeue(db, office.at(db), found, LEAD, "the street is there")
    parcels.trouble = None
    back = deliver(office, parcel, parcels)

    assert (aside, back) == ("set_aside", "done")
    assert office.ask("SELECT 1 FROM incident WHERE closed_at IS NULL") == []


def test_what_ends_its_workers_is_given_up_after_so_many(office: TestOffice, parcels: Parcels) -> None:
    parcel = a_parcel(office)
    for _ in range(TRIES):
        with office.writing() as db:
            db.execute(effect.update().where(effect.c.id == parcel).values(tries=effect.c.tries + 1))
        let_the_lease_pass(office)

    assert outbox.give_up(making.LETTERS, office.unit) == 0
    assert outbox.give_up(parcels.handler, office.unit) == 1
    assert stored(office, parcel).state == "set_aside"


def test_whoever_comes_too_late_writes_nothing(office: TestOffice, parcels: Parcels) -> None:
    parcel = a_parcel(office)

    def slowly(row: Row[Any], here: Office, transaction: UnitOfWork) -> int:
        let_the_lease_pass(office)
        assert deliver(office, parcel, parcels) == "done"
        return 7

    said = outbox.deliver(parcel, replace(parcels.handler, do=slowly), office.unit)

    assert said == "taken"
    assert [weight for _, weight in parcels.written] == [len(stored(office, parcel).subject)]


def test_who_sees_that_another_has_it_leaves_it(office: TestOffice, parcels: Parcels) -> None:
    parcel = a_parcel(office)
    parcels.trouble = Overtaken()

    assert deliver(office, parcel, parcels) == "taken"
    assert office.ask("SELECT 1 FROM incident") == []
