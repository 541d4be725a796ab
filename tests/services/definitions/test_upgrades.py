"""A second version of the procedure: what the plan tells, and how cases come under it."""

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import select

from models.timer import timer
from services.engine import upgrades
from tests.checker import assert_sound
from tests.office import TestOffice
from tests.services.definitions.versions import (
    FIFTEENTH,
    TENTH,
    TWENTIETH,
    Deploy,
    at_opening,
    planned,
    start,
    timers_of,
    transitions_of,
)
from workflows.engine.deadlines import Deadline, after, then, working_days
from workflows.request.payloads import Hold
from workflows.request.procedure import request
from workflows.request.states import ARRIVED, NOT_ARRIVED, chase, ends_their_time
from workflows.request.values import HoldReason


def later(*days: int) -> list[Deadline]:
    """Return the deadlines of forms_mailed with other days for its reminders and no lapse of its own."""
    reminders = after(*(working_days(count) for count in days)).do("remind").after_reminders(working_days(5))
    return [reminders, ends_their_time("lapse").when(NOT_ARRIVED), chase(first=50, then_every=5)]


def test_a_case_comes_under_the_new_version_before_anything_else_happens_to_it(
    office: TestOffice, deploy: Deploy
) -> None:
    case = office.opened()
    deploy(contacted=[chase(first=4, then_every=4)])

    office.must(case, "hold", Hold(reason=HoldReason.OTHER))

    assert transitions_of(office, case) == ["open", "adopt", "hold"]
    assert (office.case(case).version, office.case(case).entered_seq) == (2, 1)
    office.make_letters()
    assert_sound(office.url, office.settings.spool)


def test_the_sweep_brings_every_open_case_under_the_new_version_once(office: TestOffice, deploy: Deploy) -> None:
    open_, closed = [office.opened() for _ in range(3)], office.in_state("voided")
    deploy(contacted=[chase(first=4, then_every=4)])
    start(office)

    done = [upgrades.sweep(office.unit) for _ in range(3)]

    assert done == [3, 0, 0]
    assert {office.case(case).version for case in open_} == {2}
    assert [transitions_of(office, case).count("adopt") for case in (*open_, closed)] == [1, 1, 1, 0]
    assert {timers_of(office, case)["escalate"][1] for case in open_} == {at_opening(date(2026, 11, 13))}


def test_a_deadline_moves_to_where_the_new_version_puts_it_and_its_count_goes_on(
    office: TestOffice, deploy: Deploy
) -> None:
    case, _ = office.mailed()
    office.move_to(at_opening(TENTH))
    office.sweep()
    office.post_letters(case)
    deploy(forms_mailed=later(10, 15))

    upgrades.sweep(office.unit)
    office.move_to(at_opening(FIFTEENTH))
    office.sweep()
    office.sweep()

    history_ = Counter(transitions_of(office, case))
    assert (history_["remind"], history_["adopt"]) == (2, 1)
    assert "remind" not in timers_of(office, case)


def test_what_fired_as_often_as_it_might_is_not_begun_anew_and_one_firing_more_is_the_next(
    office: TestOffice, deploy: Deploy
) -> None:
    same, _ = office.mailed()
    for day in (TENTH, TWENTIETH):
        office.move_to(at_opening(day))
        office.sweep()
        office.post_letters(same)
    deploy(forms_mailed=later(10, 20, 30))

    upgrades.sweep(office.unit)

    assert timers_of(office, same)["remind"][0] == 3
    assert transitions_of(office, same).count("remind") == 2


def test_a_firing_that_the_new_version_does_not_know_is_dropped_and_a_new_deadline_is_armed(
    office: TestOffice, deploy: Deploy
) -> None:
    case, _ = office.mailed()
    office.move_to(at_opening(TENTH))
    office.sweep()
    deploy(forms_mailed=later(10))

    upgrades.sweep(office.unit)

    assert timers_of(office, case).keys() == {"lapse", "escalate"}
    assert timers_of(office, case)["escalate"][0] == 1


def test_the_plan_tells_exactly_what_adopting_then_does(office: TestOffice, deploy: Deploy) -> None:
    office.opened()
    for _ in range(3):
        office.mailed()
    before = {(row.case_id, row.entry_seq, row.name): row.due_at for row in office.ask(select(timer))}
    deploy(forms_mailed=later(12, 24), contacted=[chase(first=1, then_every=2)])

    found = planned(office)
    upgrades.sweep(office.unit)

    now = {(row.case_id, row.entry_seq, row.name): row.due_at for row in office.ask(select(timer))}
    kept = before.keys() & now.keys()
    assert (found.open_cases, found.adopt, found.refusals) == (4, {1: 4}, [])
    assert found.moves["later"] == sum(1 for key in kept if now[key] > before[key]) == 3
    assert found.moves["earlier"] == sum(1 for key in kept if now[key] < before[key]) == 1
    assert found.moves["new"] == len(now.keys() - before.keys()) == 3
    assert found.moves["gone"] == len(before.keys() - now.keys()) == 0


def test_the_plan_names_each_deadline_that_is_longer_shorter_new_or_gone(
    one_office: TestOffice, deploy: Deploy
) -> None:
    deploy(
        contacted=[chase(first=4, then_every=4)],
        forms_returned=[
            then(working_days(2), then_every=working_days(2), times=5, at_last=working_days(5)).do("escalate")
        ],
        forms_mailed=later(10, 20),
    )

    changes = {(change.where, change.name): change.change for change in planned(one_office).deadlines}

    assert changes == {
        ("contacted", "escalate"): "longer",
        ("forms_returned", "escalate"): "shorter",
        ("forms_mailed", "escalate"): "new",
        ("forms_mailed", "give_up_waiting"): "gone",
    }


def test_the_plan_says_what_it_means_for_open_cases_that_the_last_day_becomes_theirs(
    office: TestOffice, deploy: Deploy
) -> None:
    present = list(request.states["forms_mailed"].deadlines)
    former = after(working_days(40)).do
    deploy(
        forms_mailed=[
            after(working_days(10), working_days(20)).do("remind"),
            former("lapse").when(NOT_ARRIVED),
            former("give_up_waiting").when(ARRIVED),
        ]
    )
    start(office)
    case, _ = office.mailed()
    before = timers_of(office, case)
    deploy(3, forms_mailed=present)

    found = planned(office)
    upgrades.sweep(office.unit)

    changes = {change.name: change.change for change in found.deadlines}
    assert changes == {"remind": "changed", "lapse": "changed", "give_up_waiting": "changed"}
    assert (found.moves["later"], found.moves["earlier"], found.moves["gone"]) == (1, 0, 0)
    now = timers_of(office, case)
    assert now["lapse"][1] > before["lapse"][1] == at_opening(date(2027, 1, 12))
    assert now["lapse"][1] == at_opening(date(2027, 1, 13))
    assert now["remind"] == before["remind"]


def test_the_same_version_changes_nothing(one_office: TestOffice) -> None:
    one_office.opened()

    found = planned(one_office)

    assert (found.refusals, found.adopt, found.moves, found.deadlines, found.transitions) == ([], {}, {}, [], {})
    assert upgrades.sweep(one_office.unit) == 0


def test_a_timer_due_at_the_moment_of_the_change_fires_under_the_new_version_only(
    one_office: TestOffice, deploy: Deploy
) -> None:
    case, _ = one_office.mailed()
    deploy(forms_mailed=later(12, 20))
    one_office.move_to(at_opening(TENTH) + timedelta(minutes=1))

    one_office.sweep()

    assert transitions_of(one_office, case)[-1] == "adopt"
    assert timers_of(one_office, case)["remind"] == (1, at_opening(date(2026, 11, 26)))
