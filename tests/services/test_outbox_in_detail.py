"""The outbox to the second and to the letter: when a piece of work is begun, what its row and incident then say."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Row, insert, select

from models.effect import effect
from models.incident import incident
from models.office import heartbeat
from services.engine import outbox
from services.engine.office import Office
from services.engine.outbox import Handler, Step
from services.engine.sweep import pay
from services.engine.trouble import TRIES, Fault, Kind, Newer, Poison
from services.engine.unit import UnitOfWork
from tests.office import MONDAY, TestOffice
from tests.services.parcels import Parcels, a_parcel, deliver, let_the_lease_pass, stored
from workflows.engine.schemas import NewerForm


@pytest.fixture
def parcels() -> Parcels:
    """The carrier's counter."""
    return Parcels()


def change(office: TestOffice, effect_id: int, **values: Any) -> None:
    """Write into the row of a piece of work."""
    with office.writing() as db:
        db.execute(effect.update().where(effect.c.id == effect_id).values(**values))


NOW = datetime.now(UTC) + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the outbox's clock stand: a slow machine must not move what is told to the second."""
    monkeypatch.setattr(outbox, "machine_now", lambda _=None: NOW)
    monkeypatch.setattr(outbox, "machine_told", lambda _: NOW)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"claimed_at": 29}, "taken"),
        ({"claimed_at": 31}, "done"),
        ({"not_before": -2}, "later"),
        ({"not_before": 0}, "done"),
        ({"tries": TRIES - 1}, "done"),
        ({"tries": TRIES}, "set_aside"),
        ({"state": "void"}, "gone"),
        ({"state": "set_aside"}, "gone"),
    ],
    ids=str,
)
def test_whether_a_piece_of_work_is_begun_depends_on_its_claim_its_wait_and_its_tries(
    office: TestOffice, parcels: Parcels, changes: dict[str, Any], said: str
) -> None:
    parcel = a_parcel(office)
    moments = {name: ago(value) for name, value in changes.items() if name.endswith(("_at", "_before"))}
    change(office, parcel, **{**changes, **moments})

    assert deliver(office, parcel, parcels) == said
    assert (len(parcels.handed), deliver(office, -1, parcels)) == (int(said == "done"), "gone")


def test_what_killed_its_workers_is_set_aside_with_an_incident_that_says_how_often(
    office: TestOffice, parcels: Parcels
) -> None:
    parcel, another = a_parcel(office), a_parcel(office)
    change(office, parcel, tries=TRIES, attempts=7)
    change(office, another, tries=TRIES + 1, attempts=8, claimed_at=ago(31))
    said = deliver(office, parcel, parcels)
    given_up = outbox.give_up(parcels.handler, office.unit)
    found = office.ask(select(incident).order_by(incident.c.id))

    assert (said, given_up, parcels.steps) == ("set_aside", 1, [])
    for row, one, tries in zip(found, (parcel, another), (TRIES, TRIES + 1), strict=True):
        kept = stored(office, one)
        text = f"its worker died of it {tries} times"
        assert (kept.state, kept.fault, kept.sealed) == ("set_aside", text, b"where to")
        assert kept.done_at == NOW
        assert (row.kind, row.case_number, row.subject, row.fault) == ("effect", kept.case_number, kept.subject, text)
        assert (row.at, row.closed_at) == (MONDAY, None)


def test_what_somebody_is_at_is_not_given_up(office: TestOffice, parcels: Parcels) -> None:
    parcel = a_parcel(office)
    change(office, parcel, tries=TRIES, claimed_at=ago(29))

    assert outbox.give_up(parcels.handler, office.unit) == 0
    assert stored(office, parcel).state == "waiting"


def test_what_newer_code_sealed_is_not_even_claimed(
    office: TestOffice, parcels: Parcels, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.opened()
    (letter,) = office.ask(select(effect))

    class Forms:
        @staticmethod
        def number_of(document: object) -> int:
            raise NewerForm("of the next release")

    with monkeypatch.context() as newer:
        newer.setattr(outbox, "FORMS", Forms)
        said = deliver(office, letter.id, replace_kind(parcels))
    assert (said, stored(office, letter.id).attempts) == ("newer", 0)


def replace_kind(parcels: Parcels) -> Parcels:
    """Return a counter that takes letters for parcels."""

    class Letters(Parcels):
        @property
        def handler(self) -> Handler[int]:
            return replace(super().handler, kind="letter")

    return Letters()


@pytest.mark.parametrize(
    ("trouble", "said", "tries", "waits"),
    [
        (ConnectionError("away"), "later", 1, 5),
        (ValueError("nobody foresaw it"), "again", 2, None),
        (Newer(), "newer", 1, 5),
        (Poison("never"), "set_aside", 2, None),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_failed_waits_is_tried_again_or_is_set_aside_as_its_trouble_says(
    office: TestOffice, parcels: Parcels, trouble: Exception, said: str, tries: int, waits: int | None
) -> None:
    parcel = a_parcel(office)
    change(office, parcel, tries=1, attempts=4, fault="an earlier one")
    parcels.trouble = trouble
    assert deliver(office, parcel, parcels) == said
    row = stored(office, parcel)

    assert (row.attempts, row.tries) == (5, tries)
    assert parcels.steps == [Step.CLAIMING, Step.CLAIMED]
    # What failed in earnest keeps its claim: its lease is its backoff.
    assert (row.claimed_at is None) is (waits is not None)
    if waits is not None:
        assert row.not_before == ago(-waits)
    assert (row.troubled_at is not None) is (said == "later")
    assert ("ConnectionError" in row.fault or "Poison" in row.fault) is (said in ("later", "set_aside"))
    assert len(office.ask(select(incident))) == int(said == "set_aside")


def test_what_failed_for_the_last_time_is_set_aside_with_what_it_was(office: TestOffice, parcels: Parcels) -> None:
    parcel = a_parcel(office)
    parcels.trouble = ValueError("nobody foresaw it")
    change(office, parcel, tries=TRIES - 1)

    assert deliver(office, parcel, parcels) == "set_aside"
    assert stored(office, parcel).fault.startswith("ValueError")


def test_trouble_that_goes_on_keeps_the_moment_it_began_and_waits_as_long_again(
    office: TestOffice, parcels: Parcels
) -> None:
    parcel = a_parcel(office)
    parcels.trouble = ConnectionError("away")
    since = ago(20)
    change(office, parcel, troubled_at=since, not_before=ago(0), fault="an earlier one")
    deliver(office, parcel, parcels)
    waiting = stored(office, parcel)
    parcels.trouble = Newer()
    change(office, parcel, not_before=None)
    deliver(office, parcel, parcels)
    newer = stored(office, parcel)

    assert waiting.troubled_at == since
    assert waiting.not_before == ago(-20)
    assert (newer.troubled_at, newer.fault) == (since, waiting.fault)


def test_a_judge_of_its_own_says_what_kind_of_trouble_it_is(office: TestOffice, parcels: Parcels) -> None:
    parcel = a_parcel(office)
    parcels.trouble = ValueError("the carrier is on strike")
    handler = replace(parcels.handler, judge=lambda error: Fault(Kind.TRANSIENT, f"judged: {error}"))

    assert outbox.deliver(parcel, handler, office.unit) == "later"
    assert stored(office, parcel).fault == "judged: the carrier is on strike"


def test_the_end_of_the_task_s_time_leaves_the_claim_as_if_the_worker_had_died(
    office: TestOffice, parcels: Parcels
) -> None:
    class SoftTimeLimitExceeded(Exception):
        pass

    parcel = a_parcel(office)
    parcels.trouble = SoftTimeLimitExceeded()

    with pytest.raises(SoftTimeLimitExceeded):
        deliver(office, parcel, parcels)
    row = stored(office, parcel)
    assert (row.state, row.tries, row.claimed_at is None, row.fault) == ("waiting", 1, False, None)


def test_what_cannot_be_written_of_a_trouble_is_owed_until_the_database_is_back(
    office: TestOffice, parcels: Parcels
) -> None:
    parcel = a_parcel(office)
    parcels.trouble = ConnectionError("away")
    begun = []

    @contextmanager
    def only_once() -> Iterator[Any]:
        begun.append(1)
        if len(begun) > 1:
            raise OSError(5, "the database is away")
        with office.writing() as db:
            yield db

    with pytest.raises(OSError, match="the database is away"):
        outbox.deliver(parcel, parcels.handler, replace(office.unit, begin=only_once))
    before = stored(office, parcel)
    pay(office.unit)
    after = stored(office, parcel)

    parcels.trouble = Poison("never")
    change(office, parcel, not_before=None)
    begun.clear()
    with pytest.raises(OSError, match="the database is away"):
        outbox.deliver(parcel, parcels.handler, replace(office.unit, begin=only_once))
    pay(office.unit)
    (found,) = office.ask(select(incident))

    assert (stored(office, parcel).state, found.at) == ("set_aside", MONDAY)
    assert (before.tries, before.not_before) == (1, None)
    assert (after.tries, after.fault.partition(" ")[0]) == (0, "ConnectionError")
    assert after.not_before is not None


def test_what_was_given_up_while_it_was_only_slow_is_done_and_its_incident_closed(
    office: TestOffice, parcels: Parcels
) -> None:
    parcel = a_parcel(office)

    def slowly(row: Row[Any], here: Office, unit: UnitOfWork) -> int:
        change(office, parcel, tries=TRIES)
        let_the_lease_pass(office)
        assert outbox.give_up(parcels.handler, office.unit) == 1
        return 7

    said = outbox.deliver(parcel, replace(parcels.handler, do=slowly), office.unit)
    (found,) = office.ask(select(incident))

    assert (said, stored(office, parcel).state, [weight for _, weight in parcels.written]) == ("done", "done", [7])
    assert (found.closed_at, found.closed_by) == (MONDAY, "system")


def test_what_became_void_meanwhile_stays_void_but_what_was_made_of_it_is_written(
    office: TestOffice, parcels: Parcels
) -> None:
    parcel = a_parcel(office)

    def slowly(row: Row[Any], here: Office, unit: UnitOfWork) -> int:
        change(office, parcel, state="void")
        return 7

    said = outbox.deliver(parcel, replace(parcels.handler, do=slowly), office.unit)

    assert (said, stored(office, parcel).state, len(parcels.written)) == ("done", "void", 1)


def test_the_clocks_of_a_case_are_kept_up_around_what_is_written(office: TestOffice, parcels: Parcels) -> None:
    parcel = a_parcel(office)
    seen = []

    @contextmanager
    def clocks(db: Any, locked: Row[Any], here: Office) -> Iterator[None]:
        seen.append((locked.number, len(parcels.written), here.now))
        yield
        seen.append((locked.number, len(parcels.written), here.now))

    outbox.deliver(parcel, replace(parcels.handler, clocks=clocks), office.unit)

    number = stored(office, parcel).case_number
    assert seen == [(number, 0, MONDAY), (number, 1, MONDAY)]


def test_the_sweep_rings_for_what_was_not_heard_of_in_five_seconds(office: TestOffice, parcels: Parcels) -> None:
    parcel = a_parcel(office)

    def rung_for(**values: Any) -> bool:
        fresh = {"ordered_at": ago(60), "claimed_at": None, "not_before": None, "tries": 0}
        change(office, parcel, **{**fresh, **values})
        with office.writing() as db:
            return [row.id for row in outbox.to_ring(db, parcels.handler)] == [parcel]

    assert [rung_for(ordered_at=ago(4)), rung_for(ordered_at=ago(6))] == [False, True]
    assert [rung_for(claimed_at=ago(29)), rung_for(claimed_at=ago(31))] == [False, True]
    assert [rung_for(not_before=ago(-5)), rung_for(not_before=ago(1))] == [False, True]
    assert [rung_for(tries=TRIES), rung_for(tries=TRIES - 1)] == [False, True]


def test_each_ring_waits_twice_as_long_as_the_last_and_an_hour_at_most(office: TestOffice, parcels: Parcels) -> None:
    parcel = a_parcel(office)
    waits = []
    for _ in range(9):
        with office.writing() as db:
            outbox.rung(db, [stored(office, parcel)])
        row = stored(office, parcel)
        waits.append(int((row.ring_at - row.notified_at).total_seconds()))
        assert row.notified_at == NOW

    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]


def test_what_was_rung_for_is_rung_for_again_only_where_its_queue_was_heard_of_since(
    office: TestOffice, parcels: Parcels
) -> None:
    parcel = a_parcel(office)
    change(office, parcel, notified_at=ago(100), ring_at=ago(70))

    def rung_for() -> bool:
        with office.writing() as db:
            return bool(outbox.to_ring(db, parcels.handler))

    found = [rung_for()]
    for queue, seconds in (("staff", 0), ("effects", 101), ("effects", 99)):
        with office.writing() as db:
            db.execute(heartbeat.delete())
            db.execute(insert(heartbeat).values(queue=queue, worker="one", at=ago(seconds)))
        found.append(rung_for())

    assert found == [False, False, False, True]


def test_a_case_that_newer_code_has_in_hand_is_left_as_it_is(office: TestOffice, parcels: Parcels) -> None:
    parcel = a_parcel(office)
    since = ago(3)
    change(office, parcel, attempts=4, tries=1, troubled_at=since, fault="an earlier one")
    office.tell('UPDATE "case" SET version = version + 1')
    said = deliver(office, parcel, parcels)
    row = stored(office, parcel)
    office.tell('UPDATE "case" SET version = version - 1')

    assert (said, row.state, row.attempts, row.tries, parcels.steps) == ("newer", "waiting", 4, 1, [])
    assert (row.troubled_at, row.fault) == (since, "an earlier one")
    assert row.not_before == ago(-5)
