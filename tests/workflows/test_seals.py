"""A seal that the office wants on a form: seen or missing, asked for with all else that is missing, seen at last."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.people import a_licence
from tests.workflows.test_request import EVERYBODY, TOKYO, at, opened
from workflows.engine.past import Step
from workflows.law.values import Right
from workflows.office import SOURCE
from workflows.office.forms import SOURCE_FORMS
from workflows.request import arrivals, forms, guards, identity
from workflows.request.case import Case, Change, after
from workflows.request.consequences import forms_again
from workflows.request.payloads import ReceiveForms
from workflows.request.put_right import without_it
from workflows.request.values import FormName

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=TOKYO)
FORM = FormName.DISCLOSURE
WANTED = replace(
    SOURCE,
    start=replace(SOURCE.start, forms=tuple(replace(form, seal=form.code == FORM) for form in SOURCE_FORMS)),
)


def sent() -> Case:
    return replace(opened(), office=WANTED, state="forms_mailed")


def came(case: Case, **more: Any) -> Case:
    told: dict[str, Any] = {"forms": (FORM,), "signed": {FORM: True}, "documents": (a_licence(),)}
    change = arrivals.arrival(
        case, ReceiveForms(arrived_at=NOW, rights=(Right.DISCLOSURE,), **{**told, **more}), at(EVERYBODY, NOW)
    )
    assert isinstance(change, Change), change
    return after(case, "forms_returned", change, at(EVERYBODY, NOW))


def lacking(case: Case) -> list[str]:
    return [reason.code for reason in guards.forms_complete(case, at(EVERYBODY, NOW))]


def test_a_form_without_the_seal_the_office_wants_is_deficient_in_the_words_of_the_one_notice() -> None:
    case = came(sent())

    assert lacking(case) == ["form_unsealed"]
    (gap,) = guards.forms_complete(case, at(EVERYBODY, NOW))
    assert identity.explain_gap(gap, case.regime, case.office).code == "deficiency.unsealed"
    assert forms_again(case, ["unsealed"]) == (FORM,)
    assert list(forms.complete(case, FORM, {"unsealed"})) == []


def test_a_seal_that_was_seen_is_no_gap_now_nor_when_another_paper_comes_without_one() -> None:
    case = came(sent(), sealed={FORM: True})
    later = came(replace(case, state="forms_mailed"), forms=(FORM,), sealed=None)

    assert (lacking(case), lacking(later)) == ([], [])


def test_a_form_that_comes_again_with_its_seal_mends_it_and_taking_that_back_opens_the_gap_again() -> None:
    first = came(sent())
    mended = came(replace(first, state="forms_mailed"), sealed={FORM: True})

    assert (lacking(first), lacking(mended)) == (["form_unsealed"], [])
    assert mended.before is not None
    taken_back = without_it(mended, Step(9, "receive_forms", "x", {}), mended.before)
    assert lacking(replace(taken_back, state="forms_returned")) == ["form_unsealed"]


def test_where_no_seal_is_wanted_nobody_asks_for_one() -> None:
    assert lacking(came(replace(sent(), office=SOURCE))) == []
