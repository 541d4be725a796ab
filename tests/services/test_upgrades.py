"""What a start checks and an upgrade writes, in detail: the words of a refusal, the row of a case that came."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import select

from clock import machine_now
from models import case as cases
from models import definitions, history
from models import office as office_table
from models.incident import incident
from models.retry import retry
from services.engine import upgrades
from services.engine.upgrades import StateVanished
from services.engine.versions import OlderDefinition
from tests.office import MONDAY, TestOffice
from tests.trouble import broken
from workflows.engine.deadlines import after, working_days
from workflows.engine.machine import State, fingerprint
from workflows.registry import procedures
from workflows.request.payloads import Withdraw
from workflows.request.procedure import request
from workflows.request.values import ToldHow


@pytest.fixture(autouse=True)
def _at_version_3() -> Iterator[None]:
    """Begin under version 3, whichever the present one is."""
    with pytest.MonkeyPatch.context() as before:
        before.setattr(request, "version", 3)
        before.setattr(request, "fingerprint", fingerprint(request.shape()))
        yield


def become(monkeypatch: pytest.MonkeyPatch, version: int, *, without: str = "", closed: str = "") -> None:
    """Deploy another version, without a state or with one more that is closed."""
    states = {name: state for name, state in request.states.items() if name != without}
    if closed:
        states[closed] = State(closed, closed=True)
    monkeypatch.setattr(request, "version", version)
    monkeypatch.setattr(request, "states", states)
    monkeypatch.setattr(request, "fingerprint", fingerprint(request.shape()))


def start(office: TestOffice) -> None:
    with office.writing() as db:
        upgrades.check_start(db, request, MONDAY)


def versions(office: TestOffice, name: str = "request") -> list[int]:
    with office.writing() as db:
        return [row.version for row in definitions.recorded(db, name)]


# -- starting ---------------------------------------------------------------------------------------------------------


def test_the_first_start_of_each_version_records_its_shape_and_the_next_starts_nothing_new(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in (3, 4, 4, 5):
        become(monkeypatch, version)
        start(office)
    with office.writing() as db:
        shape = upgrades.shape_of(db, "request", 4)
        unknown = upgrades.shape_of(db, "request", 99)

    assert versions(office) == [3, 4, 5]
    assert versions(office, "another") == []
    assert shape == {**request.shape(), "version": 4}
    assert unknown == request.shape()


def test_every_procedure_of_this_code_is_recorded_at_a_start(office: TestOffice) -> None:
    with office.writing() as db:
        upgrades.check_starts(db, MONDAY)

    assert [(row.name, row.version) for row in office.ask(select(office_table.definition))] == [
        (each.machine.name, each.machine.version) for each in procedures()
    ]


def test_an_older_version_says_which_is_in_force_and_how_to_go_back(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    become(monkeypatch, 5)
    start(office)
    become(monkeypatch, 4)

    with pytest.raises(OlderDefinition) as refused:
        start(office)

    assert str(refused.value) == (
        "version 5 of 'request' is in force, this checkout has version 4: deploy a newer one; to return to an older "
        "shape, declare it as version 6"
    )
    assert versions(office) == [5]


def test_a_state_that_vanished_or_closed_is_named_where_an_open_case_stands_in_it(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(office)
    office.opened()
    office.mailed()
    come: list[object] = []
    for gone in ({"without": "contacted"}, {"closed": "forms_mailed"}, {"without": "forms_returned"}):
        with monkeypatch.context() as deployed, office.writing() as db:
            become(deployed, 4, **gone)
            come.append(definitions.stranding(db, request))
            if gone != {"without": "forms_returned"}:
                with pytest.raises(StateVanished) as refused:
                    upgrades.check_start(db, request, MONDAY)
                come.append(str(refused.value))

    said = (
        "open cases stand in {}, which version 4 of 'request' does not know as open: keep the state until they have "
        "left it (plan counts them)"
    )
    assert come == [
        ["contacted"],
        said.format("contacted"),
        ["forms_mailed"],
        said.format("forms_mailed"),
        ["forms_returned"],
    ]
    assert versions(office) == [3]


def test_all_states_that_vanished_are_named_in_their_order(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    start(office)
    office.opened()
    office.mailed()
    kept = {name: state for name, state in request.states.items() if name not in ("forms_mailed", "contacted")}
    monkeypatch.setattr(request, "states", kept)
    monkeypatch.setattr(request, "version", 4)

    with pytest.raises(StateVanished, match="open cases stand in contacted, forms_mailed, which version 4"):
        start(office)


def test_only_open_cases_of_that_procedure_in_that_state_are_in_the_way(office: TestOffice) -> None:
    case = office.opened()
    with office.writing() as db:
        found = [
            definitions.has_open_cases(db, name, state)
            for name, state in (("request", "contacted"), ("another", "contacted"), ("request", "forms_mailed"))
        ]
    office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    with office.writing() as db:
        found.append(definitions.has_open_cases(db, "request", "withdrawn"))

    assert found == [True, False, False, False]


# -- adopting ---------------------------------------------------------------------------------------------------------


def test_a_case_that_came_says_from_which_version_to_which_and_that_nobody_did_it(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(office)
    case, another = office.opened(), office.opened()
    become(monkeypatch, 4)
    with office.writing() as db:
        locked = cases.lock(db, [case, another])
        come = upgrades.brought_up(db, locked, office.at(db))
        again = upgrades.brought_up(db, come, office.at(db))
    (row,) = office.ask(
        select(history.history).where(
            history.history.c.case_id == office.case(case).id, history.history.c.transition == "adopt"
        )
    )

    assert list(come) == [case, another]
    assert [(one.version, one.seq) for one in come.values()] == [(4, 2), (4, 2)]
    assert again == come
    assert (row.actor, row.cause, row.version, row.seq) == ("system", "definition:4", 4, 2)
    assert (row.source, row.target) == ("contacted", "contacted")
    assert row.details == {"from": 3, "to": 4}


def test_a_case_of_newer_code_is_not_touched_and_nor_are_those_beside_it(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(office)
    case, another = office.opened(), office.opened()
    become(monkeypatch, 4)
    office.tell('UPDATE "case" SET version = 5 WHERE number = :case', case=another)
    with pytest.raises(OlderDefinition), office.writing() as db:
        upgrades.brought_up(db, cases.lock(db, [case, another]), office.at(db))
    swept = upgrades.sweep(office.unit)

    assert swept == 1
    assert [office.case(number).version for number in (case, another)] == [4, 5]
    office.tell('UPDATE "case" SET version = 3 WHERE number = :case', case=another)


def test_a_sweep_takes_a_batch_after_the_other_and_as_many_as_it_may(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(office)
    for _ in range(5):
        office.opened()
    become(monkeypatch, 4)
    monkeypatch.setattr(upgrades, "CHUNK", 2)

    come = [upgrades.sweep(office.unit, most=1), upgrades.sweep(office.unit, lambda: False)]
    come += [upgrades.sweep(office.unit), upgrades.sweep(office.unit)]

    assert come == [2, 2, 1, 0]


def test_closed_cases_stay_under_the_version_they_were_closed_under(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(office)
    case = office.opened()
    office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    become(monkeypatch, 4)

    assert upgrades.sweep(office.unit) == 0
    assert office.case(case).version == 3


def test_a_case_that_closed_while_its_upgrade_waited_is_left_as_it_is(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(office)
    case = office.opened()
    office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    become(monkeypatch, 4)
    with office.writing() as db:
        come = upgrades._together(db, office.at(db), [office.case(case).id])

    assert (come, office.case(case).version) == ([0], 3)


def test_old_code_beside_newer_brings_nobody_up(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    start(office)
    office.opened()
    become(monkeypatch, 5)
    start(office)
    become(monkeypatch, 4)

    assert upgrades.sweep(office.unit) == 0


def test_an_upgrade_that_will_not_go_is_an_incident_of_its_own_kind(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(office)
    case = office.opened()
    become(monkeypatch, 4)
    with broken(office, case):
        come = upgrades.sweep(office.unit)
        (found,) = office.ask(select(incident))
        (waits,) = office.ask(select(retry))
    with office.writing() as db:
        db.execute(retry.delete())
        db.execute(incident.update().values(closed_at=machine_now(db), closed_by="kudo"))

    assert come == 0
    assert (found.kind, found.case_number, found.subject) == ("upgrade", case, "request 3")
    assert (waits.work, waits.case_id) == ("upgrade", office.case(case).id)


SHAPE: Mapping[str, Any] = {
    "states": {
        "here": {"deadlines": [{"name": "remind", "counts": [10, 20], "step": None}]},
        "there": {"deadlines": [{"name": "chase", "counts": [2, 4, 6], "step": 5}]},
    },
    "clocks": {"unposted": {"name": "unposted", "counts": [1], "step": None}},
}


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("here", {"remind": 2, "unposted": 1}),
        ("there", {"chase": 0, "unposted": 1}),
        ("nowhere", {"unposted": 1}),
    ],
)
def test_how_often_a_deadline_fired_at_most_is_what_it_counts_and_nothing_for_one_without_end(
    state: str, found: dict[str, int]
) -> None:
    assert upgrades.firings(SHAPE, state) == found


def test_the_shape_of_a_machine_says_what_its_deadlines_count() -> None:
    states = {"here": State("here", deadlines=[after(working_days(2), working_days(4)).do("remind")])}
    twice = replace_states(states)

    assert upgrades.firings(twice, "here")["remind"] == 2


def replace_states(states: dict[str, State]) -> Mapping[str, Any]:
    """Return the request's shape with these states."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(request, "states", states)
        return request.shape()
