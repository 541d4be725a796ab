"""Deadlines in detail: what their rows say, what a firing carries, and what is told of one that will not fire."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from clock import machine_now
from models import history
from models.incident import incident
from models.retry import retry
from models.timer import timer
from services.engine import firing, timers
from services.engine.order import Order, Outcome
from services.engine.timers import STANDING_STILL
from tests.office import LEAD, MONDAY, TOKYO, TestOffice
from workflows.engine.payloads import Fired
from workflows.engine.values import Reason
from workflows.request.payloads import Amend, Hold
from workflows.request.values import HoldReason


def tokyo(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=TOKYO)  # type: ignore[misc,arg-type]  # year to minute


def rows(office: TestOffice, case: str) -> list[tuple[Any, ...]]:
    """Return the timers of a case, each with what tells it from others and what is known of it."""
    found = office.ask(select(timer).where(timer.c.case_id == office.case(case).id).order_by(timer.c.name))
    return [
        (row.name, row.entry_seq, row.fire_no, row.due_at, row.scope, row.letter, row.legal, row.put_off_until)
        for row in found
    ]


def test_the_rows_of_deadlines_say_whose_they_are(office: TestOffice) -> None:
    case, code = office.mailed()
    mailed = rows(office, case)
    office.must(case, "receive_forms", office.an_arrival(code))
    returned = rows(office, case)
    entered = office.case(case).entered_seq

    assert mailed == [
        ("lapse", 2, 1, tokyo(2027, 1, 13, 9, 30), "state", None, False, None),
        ("remind", 2, 1, tokyo(2026, 11, 24, 9, 30), "state", None, False, None),
    ]
    assert [(row[0], row[1], row[4], row[6]) for row in returned] == [
        ("appi_39", returned[0][1], "clock", True),
        ("escalate", entered, "state", False),
        ("warn", returned[2][1], "clock", True),
    ]


def test_the_clock_of_a_letter_names_it_and_fires_in_a_sweep_of_its_own(office: TestOffice) -> None:
    case = office.opened()
    office.make_letters(case)
    made = rows(office, case)
    office.move_to(tokyo(2026, 11, 10, 9, 30))

    others, letters = office.sweep(), office.sweep(letters=True)

    assert made[1] == ("unposted", 1, 1, tokyo(2026, 11, 10, 9, 30), "clock", f"{case}-01", False, None)
    assert ([one.transition for one in others], [one.transition for one in letters]) == ([], ["escalate"])


def test_a_firing_says_which_it_is_how_many_were_missed_and_by_which_timer(office: TestOffice) -> None:
    case = office.opened()
    office.move_to(tokyo(2026, 11, 13, 9, 30))

    (told,) = office.sweep()
    fired = office.ask(
        select(history.history).where(history.history.c.case_id == office.case(case).id, history.history.c.seq == 2)
    )[0]

    assert (told.outcome, fired.cause, fired.actor) == ("done", "timer:escalate:1:2", "system")
    assert rows(office, case)[0][:4] == ("escalate", 1, 3, tokyo(2026, 11, 17, 9, 30))
    assert (office.case(case).next, office.case(case).due_at) == ("escalate", tokyo(2026, 11, 17, 9, 30))


def test_what_fires_under_a_hold_waits_until_the_office_opens_after_it(office: TestOffice) -> None:
    case = office.opened()
    office.must(case, "hold", Hold(reason=HoldReason.OTHER, until=date(2026, 11, 16)))

    held = {row[0]: row[3] for row in rows(office, case)}

    # The chase counts two working days behind the hold; whatever it is, nothing is due while it lasts.
    assert held["escalate"] >= tokyo(2026, 11, 17, 9, 30)
    assert STANDING_STILL.year == 9999


def test_a_sweep_goes_on_only_while_it_is_told_to(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        office.opened()
    office.move_to(tokyo(2026, 11, 11, 9, 30))
    monkeypatch.setattr(firing, "BATCH", 1)

    first = firing.sweep(office.unit, lambda: False, letters=False)
    rest = firing.sweep(office.unit, letters=False)

    assert (len(first), len(rest)) == (1, 2)


def test_a_deadline_that_the_rules_refuse_to_fire_is_an_incident_with_the_reasons_of_its_refusal(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.opened()
    office.move_to(tokyo(2026, 11, 13, 9, 30))
    asked: list[Order] = []

    def refuse(db: object, orders: list[Order], here: object, **_: object) -> list[Outcome]:
        asked.extend(orders)
        reasons = (Reason("not_now"), Reason("not_here"), Reason("not_now"))
        return [Outcome(order.case, order.transition, "refused", "contacted", 1, reasons) for order in orders]

    with monkeypatch.context() as contradicting:
        contradicting.setattr(firing, "carry_out", refuse)
        fired = office.sweep()
    (found,) = office.ask(select(incident))
    (waits,) = office.ask(select(retry))
    set_aside = office.sweep()
    with office.writing() as db:
        db.execute(retry.delete())
        db.execute(incident.update().values(closed_at=machine_now(db), closed_by=LEAD))

    assert (fired, set_aside) == ([], [])
    assert (found.kind, found.case_number, found.subject) == ("timer", case, "escalate #1")
    assert (found.fault, found.at) == ("refused: not_now, not_here", tokyo(2026, 11, 13, 9, 30))
    assert (waits.work, waits.case_id) == ("timer", office.case(case).id)
    assert {(order.transition, order.cause, order.payload) for order in asked} == {
        ("escalate", "timer:escalate:1:2", Fired(name="escalate", fire_no=2, missed=1))
    }


def test_a_deadline_that_fired_and_told_something_is_no_contradiction(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.opened()
    office.move_to(tokyo(2026, 11, 11, 9, 30))
    told = Outcome(case, "escalate", "done", "contacted", 2, (Reason("look_at_this"),))
    monkeypatch.setattr(firing, "carry_out", lambda *_, **__: [told])

    with office.writing() as db:
        assert firing.fire(db, office.at(db), [office.case(case).id], letters=False) == [told]


def test_what_is_not_due_yet_or_out_of_office_hours_is_not_even_claimed(office: TestOffice) -> None:
    office.opened()
    said = []
    for moment in (tokyo(2026, 11, 11, 9, 29), tokyo(2026, 11, 11, 23, 0), tokyo(2026, 11, 12, 9, 30)):
        office.move_to(moment)
        said.append([one.transition for one in office.sweep()])

    assert said == [[], [], ["escalate"]]


def test_the_next_of_stored_timers_is_the_earliest_by_name(office: TestOffice) -> None:
    case, _ = office.mailed()
    stored = office.ask(select(timer).where(timer.c.case_id == office.case(case).id))

    assert timers.next_of(stored) == (tokyo(2026, 11, 24, 9, 30), "remind")
    assert timers.next_of([]) == (None, None)


def test_an_order_in_between_leaves_the_deadlines_where_they_are(office: TestOffice) -> None:
    case = office.opened()
    before = rows(office, case)
    office.move_to(MONDAY + timedelta(hours=3))

    office.must(case, "amend", Amend(why="they called"))

    assert rows(office, case) == before


def test_a_deadline_that_was_put_off_is_not_brought_forward_by_an_order_in_between(office: TestOffice) -> None:
    case, _ = office.mailed()
    until = tokyo(2026, 11, 27, 9, 30)
    with office.writing() as db:
        db.execute(timer.update().where(timer.c.name == "remind").values(due_at=until, put_off_until=until))
    before = rows(office, case)

    office.must(case, "amend", Amend(why="they called"))

    assert rows(office, case) == before
    assert before[1][3] == until
