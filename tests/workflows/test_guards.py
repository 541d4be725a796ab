"""What a decision must be before it is written, and before anybody may release it: each right its own outcome."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from workflows import law
from workflows.engine.calendars import Calendar
from workflows.engine.case import At
from workflows.engine.values import Actor, Reason, Role
from workflows.law.values import OutcomeName, Right, RightOutcome
from workflows.request import guards, rights
from workflows.request.case import Case
from workflows.request.payloads import Decide
from workflows.request.values import Correction, Halt

CLERK = Actor("sato", frozenset({Role.CLERK}))
NOW = At(datetime(2026, 12, 1, 10, 0, tzinfo=ZoneInfo("Asia/Tokyo")), CLERK, Calendar())
WHY = "because the law says so"
GRANTED = RightOutcome(outcome=OutcomeName.GRANTED)
PARTLY = RightOutcome(outcome=OutcomeName.PARTLY, explanation=WHY)
NOT_HELD = RightOutcome(outcome=OutcomeName.NOT_HELD, explanation=WHY)
REFUSED = RightOutcome(outcome=OutcomeName.REFUSED, ground="harm", explanation=WHY)
A, B, C = Right.DISCLOSURE, Right.PROVISION_RECORDS, Right.CORRECTION


def a_case(asked: Mapping[Right, RightOutcome | None], **differs: Any) -> Case:
    """Return a case whose identity is verified, in which these rights are asked for."""
    day = date(2026, 11, 2)
    sound = Case(
        number="26-000017-Y", state="id_verified", seq=5, entered_seq=5, entered_on=day, opened_on=day,
        regime=law.regime("jp-appi"), rights=asked,
    )  # fmt: skip
    return replace(sound, **differs)


def lacks(case: Case, decided: Mapping[Right, RightOutcome], at: At = NOW) -> list[Reason]:
    return list(guards.outcomes_fit(case, Decide(outcomes=decided), at))


def undecided(right: Right) -> Reason:
    return Reason("right_undecided", {"right": f"right.{right}"})


# -- deciding -------------------------------------------------------------------------------------------------------

# rights asked for, rights decided, what is said to it
DECISIONS: list[tuple[list[Right], dict[Right, RightOutcome], list[Reason]]] = [
    ([A], {A: GRANTED}, []),
    ([A, B], {A: GRANTED, B: REFUSED}, []),
    ([A, B], {A: GRANTED}, [undecided(B)]),
    ([A, B], {}, [undecided(A), undecided(B)]),
    ([A], {A: GRANTED, C: GRANTED}, [Reason("right_not_asked", {"right": "right.correction"})]),
    ([A], {B: GRANTED}, [undecided(A), Reason("right_not_asked", {"right": "right.provision_records"})]),
]


@pytest.mark.requirement("S5")
@pytest.mark.parametrize(("asked", "decided", "said"), DECISIONS)
def test_each_right_asked_for_has_its_own_outcome_and_no_other(
    asked: list[Right], decided: dict[Right, RightOutcome], said: list[Reason]
) -> None:
    assert lacks(a_case(dict.fromkeys(asked)), decided) == said


def test_of_each_right_everything_is_said_that_its_outcome_lacks() -> None:
    case = a_case({A: None, B: None})
    bare = RightOutcome(outcome=OutcomeName.REFUSED)

    found = lacks(case, {A: bare, B: bare})

    codes = ["outcome.ground_missing", "outcome.unexplained"]
    assert [(reason.code, reason.params["right"]) for reason in found] == [
        *((code, "right.disclosure") for code in codes),
        *((code, "right.provision_records") for code in codes),
    ]


# What the case knows, and a decision that can stand only if that is looked at.
BY_THE_CASE: list[tuple[Right, RightOutcome, dict[str, Any], dict[str, Any], str]] = [
    (A, REFUSED, {"state": "id_verified"}, {"state": "forms_returned"}, "outcome.too_early"),
    (A, replace(GRANTED, method="paper"), {"method": "paper"}, {"method": "electronic"}, "outcome.unexplained"),
    (
        C,
        GRANTED,
        {"claims": (Correction(item="address", wrong="old", right="new"),)},
        {"claims": ()},
        "outcome.change_unstated",
    ),
    (
        A,
        replace(REFUSED, ground="manifestly_unfounded"),
        {"regime": law.regime("eu-gdpr")},
        {"regime": law.regime("jp-appi")},
        "outcome.ground_unknown",
    ),
]


@pytest.mark.requirement("S21", "S49")
@pytest.mark.parametrize(("right", "outcome", "fits", "does_not", "code"), BY_THE_CASE)
def test_a_decision_is_judged_by_what_the_case_knows(
    right: Right, outcome: RightOutcome, fits: dict[str, Any], does_not: dict[str, Any], code: str
) -> None:
    assert lacks(a_case({right: None}, **fits), {right: outcome}) == []
    assert [reason.code for reason in lacks(a_case({right: None}, **does_not), {right: outcome})] == [code]


def test_an_unconfirmed_erasure_is_called_an_erasure() -> None:
    case = a_case({Right.HALT_USE: None}, halt=Halt(measure="erase", reason="unneeded"))

    (found,) = lacks(case, {Right.HALT_USE: GRANTED})

    assert (found.code, found.params["measure"]) == ("outcome.unconfirmed", "measure.erase")


def test_a_ground_must_be_in_force_on_the_day_of_the_decision() -> None:
    case = a_case({Right.HALT_PROVISION: None})
    refused = {Right.HALT_PROVISION: replace(REFUSED, ground="provision_for_research")}
    too_soon = replace(NOW, now=datetime(2022, 3, 31, 10, 0, tzinfo=ZoneInfo("Asia/Tokyo")))

    assert lacks(case, refused) == []
    assert [reason.code for reason in lacks(case, refused, too_soon)] == ["outcome.ground_not_in_force"]


def test_what_one_right_lacks_is_said_with_its_right_whatever_the_others_are() -> None:
    case = a_case({A: None, Right.HALT_USE: None})

    found = lacks(case, {A: GRANTED, Right.HALT_USE: GRANTED})

    assert found == rights.outcome_gaps(Right.HALT_USE, GRANTED, case.regime, state="id_verified", on=NOW.today)
    assert [reason.code for reason in found] == ["outcome.unconfirmed"]


# -- releasing ------------------------------------------------------------------------------------------------------

# the outcomes of two rights -> undecided, all refused (so nothing to fulfil), not all refused (so nothing to refuse)
RELEASES: list[tuple[RightOutcome | None, RightOutcome | None, list[Right], bool, bool]] = [
    (GRANTED, GRANTED, [], False, True),
    (GRANTED, REFUSED, [], False, True),
    (REFUSED, PARTLY, [], False, True),
    (NOT_HELD, REFUSED, [], False, True),
    (REFUSED, REFUSED, [], True, False),
    (None, GRANTED, [A], False, True),
    (REFUSED, None, [B], False, False),
    (None, None, [A, B], False, False),
]


@pytest.mark.requirement("S5")
@pytest.mark.parametrize(("first", "second", "open_rights", "all_refused", "some_granted"), RELEASES)
def test_a_release_fits_what_was_decided_on_every_right(
    first: RightOutcome | None,
    second: RightOutcome | None,
    open_rights: list[Right],
    all_refused: bool,
    some_granted: bool,
) -> None:
    case = a_case({A: first, B: second})
    named = {"case": "26-000017-Y"}

    assert list(guards.every_right_decided(case, NOW)) == [undecided(right) for right in open_rights]
    assert list(guards.something_granted(case, NOW)) == ([Reason("all_refused", named)] if all_refused else [])
    assert list(guards.everything_refused(case, NOW)) == ([Reason("not_all_refused", named)] if some_granted else [])
