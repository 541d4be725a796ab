"""A second version of the procedure: what a start refuses."""

import pytest
from sqlalchemy import select

from models.office import DefinitionChanged, definition
from services.engine import upgrades
from services.engine.upgrades import StateVanished
from services.engine.versions import OlderDefinition
from tests.office import TestOffice
from tests.services.definitions.versions import Deploy, planned, start
from workflows.request.payloads import Hold
from workflows.request.procedure import request
from workflows.request.states import chase
from workflows.request.values import HoldReason


def refusal(office: TestOffice) -> type[Exception] | None:
    """Return what a worker's start would be refused with."""
    try:
        start(office)
    except DefinitionChanged as error:
        return type(error)
    return None


def test_another_shape_under_the_same_version_does_not_start(one_office: TestOffice, deploy: Deploy) -> None:
    deploy(1, contacted=[chase(first=4, then_every=4)])

    assert planned(one_office).refusals == ["definition_changed"]
    assert refusal(one_office) is DefinitionChanged


def test_a_version_without_the_state_of_an_open_case_does_not_start(one_office: TestOffice, deploy: Deploy) -> None:
    one_office.returned()
    deploy(2, without="forms_returned")

    found = planned(one_office)

    assert (found.refusals, found.need_mapping) == (["state_vanished"], {"forms_returned": 1})
    assert refusal(one_office) is StateVanished
    assert [row.version for row in one_office.ask(select(definition))] == [1]


def test_a_version_without_a_state_in_which_nobody_stands_starts(one_office: TestOffice, deploy: Deploy) -> None:
    one_office.opened()
    deploy(2, without="forms_returned")

    assert planned(one_office).refusals == []
    assert refusal(one_office) is None


def test_an_older_version_does_not_start_and_never_touches_a_newer_case(
    one_office: TestOffice, deploy: Deploy, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = one_office.opened()
    deploy(2, contacted=[chase(first=4, then_every=4)])
    start(one_office)
    upgrades.sweep(one_office.unit)
    monkeypatch.undo()

    assert planned(one_office).refusals == ["older_definition"]
    assert refusal(one_office) is OlderDefinition
    with pytest.raises(OlderDefinition):
        one_office.do(case, "hold", Hold(reason=HoldReason.OTHER))
    assert one_office.case(case).version == 2


def test_the_plan_counts_orders_that_nobody_could_carry_out_any_more(
    one_office: TestOffice, deploy: Deploy, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = one_office.opened()
    one_office.place("hold", Hold(reason=HoldReason.OTHER), case=case)
    left = {name: one for name, one in request.transitions.items() if name != "hold"}
    monkeypatch.setattr(request, "transitions", left)
    deploy(2)

    found = planned(one_office)

    assert found.orders == {"hold": 1}
    assert found.transitions == {"hold": ["gone"]}
