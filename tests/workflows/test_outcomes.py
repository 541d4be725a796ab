"""What each answer must carry: ground and explanation, what was changed, the confirmation of what cannot be undone."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows import law
from workflows.engine.values import Reason
from workflows.law.values import OutcomeName, Right, RightOutcome
from workflows.request import rights
from workflows.request.values import Correction, Halt
from workflows.words import say

LAW = law.regime("jp-appi")
GDPR = law.regime("eu-gdpr")
TODAY = date(2026, 12, 1)
WHY = "because the law says so"
# A decision that lacks nothing an outcome could ask for.
FULL = RightOutcome(
    outcome=OutcomeName.GRANTED,
    explanation=WHY,
    confirmed=True,
    procedure="Companies Act 125",
    changed="address",
    measure="not used in mailings",
)


def gaps(
    right: str, decision: dict[str, object], *, state: str = "id_verified", named: str = "jp-appi"
) -> list[Reason]:
    """Return what a decision on *right* lacks; keys as in the file of ``decide``."""
    outcome = RightOutcome(**{**decision, "outcome": OutcomeName(str(decision["outcome"]))})  # type: ignore[arg-type]
    return rights.outcome_gaps(Right(right), outcome, law.regime(named), state=state)


def codes(found: list[Reason]) -> list[str]:
    return [reason.code.removeprefix("outcome.") for reason in found]


# right, decision, what the rule says to it (nothing: it can stand)
DECISIONS: list[tuple[str, dict[str, object], list[str]]] = [
    ("disclosure", {"outcome": "granted", "enclosures": 3}, []),
    ("disclosure", {"outcome": "granted", "enclosures": -1}, ["enclosures_negative"]),
    ("disclosure", {"outcome": "granted", "ground": "business"}, ["ground_not_wanted"]),
    ("disclosure", {"outcome": "partly", "ground": "business", "explanation": WHY, "enclosures": 1}, []),
    ("disclosure", {"outcome": "partly", "ground": "business"}, ["unexplained"]),
    ("disclosure", {"outcome": "partly", "explanation": "  "}, ["unexplained"]),
    ("disclosure", {"outcome": "not_held", "explanation": WHY}, []),
    ("disclosure", {"outcome": "not_held"}, ["unexplained"]),
    ("disclosure", {"outcome": "not_held", "ground": "harm", "explanation": WHY}, ["ground_of_another_outcome"]),
    ("disclosure", {"outcome": "refused", "ground": "harm", "explanation": WHY}, []),
    ("disclosure", {"outcome": "refused", "explanation": WHY}, ["ground_missing"]),
    ("disclosure", {"outcome": "refused"}, ["ground_missing", "unexplained"]),
    ("disclosure", {"outcome": "refused", "ground": "too_much", "explanation": WHY}, ["ground_unknown"]),
    ("disclosure", {"outcome": "refused", "ground": "accurate", "explanation": WHY}, ["ground_of_another_right"]),
    (
        "disclosure",
        {"outcome": "refused", "ground": "harm", "explanation": WHY, "enclosures": 2},
        ["nothing_to_enclose"],
    ),
    ("disclosure", {"outcome": "refused", "ground": "other_procedure"}, ["law_unnamed", "unexplained"]),
    ("disclosure", {"outcome": "refused", "ground": "other_procedure", "explanation": WHY}, []),
    (
        "disclosure",
        {"outcome": "refused", "ground": "other_procedure", "explanation": WHY, "procedure": "Companies Act 125"},
        [],
    ),
    ("disclosure", {"outcome": "alternative", "explanation": WHY, "measure": "x"}, ["does_not_fit"]),
    ("provision_records", {"outcome": "not_held", "ground": "record_excluded", "explanation": WHY}, []),
    (
        "disclosure",
        {"outcome": "not_held", "ground": "record_excluded", "explanation": WHY},
        ["ground_of_another_right"],
    ),
    ("purpose_notice", {"outcome": "granted"}, []),
    ("purpose_notice", {"outcome": "refused", "ground": "purpose_obvious", "explanation": WHY}, []),
    ("purpose_notice", {"outcome": "refused", "ground": "business", "explanation": WHY}, ["ground_of_another_right"]),
    ("correction", {"outcome": "granted", "changed": "the postcode"}, []),
    ("correction", {"outcome": "granted"}, ["change_unstated"]),
    ("correction", {"outcome": "partly", "ground": "accurate", "explanation": WHY}, []),
    ("correction", {"outcome": "refused", "ground": "accurate", "explanation": WHY}, []),
    ("halt_use", {"outcome": "granted", "confirmed": True}, []),
    ("halt_use", {"outcome": "granted"}, ["unconfirmed"]),
    ("halt_use", {"outcome": "partly", "explanation": WHY}, ["unconfirmed"]),
    ("halt_use", {"outcome": "alternative", "explanation": WHY, "measure": "no more mailings"}, []),
    ("halt_use", {"outcome": "alternative", "explanation": WHY}, []),
    ("halt_use", {"outcome": "alternative"}, ["unexplained", "measure_missing"]),
    ("halt_use", {"outcome": "refused", "ground": "no_ground_to_halt", "explanation": WHY}, []),
    ("halt_provision", {"outcome": "refused", "ground": "joint_use", "explanation": WHY}, []),
    ("halt_use", {"outcome": "refused", "ground": "joint_use", "explanation": WHY}, ["ground_of_another_right"]),
    ("disclosure", {"outcome": "refused", "ground": "method_not_followed", "explanation": WHY}, []),
    ("disclosure", {"outcome": "refused", "ground": "identity_not_proven", "explanation": WHY}, ["too_late"]),
    ("disclosure", {"outcome": "refused", "ground": "representation_not_proven", "explanation": WHY}, ["too_late"]),
]


@pytest.mark.requirement("S21", "S49")
@pytest.mark.parametrize(("right", "decision", "lacks"), DECISIONS)
def test_a_decision_carries_its_ground_and_its_explanation(
    right: str, decision: dict[str, object], lacks: list[str]
) -> None:
    assert codes(gaps(right, decision)) == lacks


USABLE = ["harm", "business", "other_law", "other_procedure", "not_held", "method_not_followed"]
# right, decision, the one thing it lacks, and what is said about it besides the right and the outcome
LACKS: list[tuple[str, dict[str, object], str, dict[str, object]]] = [
    (
        "disclosure",
        {"outcome": "alternative"},
        "does_not_fit",
        {"known": ["outcome.granted", "outcome.partly", "outcome.not_held", "outcome.refused"]},
    ),
    ("disclosure", {"outcome": "granted", "enclosures": -1}, "enclosures_negative", {"number": -1}),
    (
        "disclosure",
        {"outcome": "refused", "ground": "harm", "explanation": WHY, "enclosures": -1},
        "enclosures_negative",
        {"number": -1},
    ),
    (
        "disclosure",
        {"outcome": "refused", "ground": "harm", "explanation": WHY, "enclosures": 1},
        "nothing_to_enclose",
        {"number": 1},
    ),
    ("disclosure", {"outcome": "not_held", "explanation": WHY, "enclosures": 1}, "nothing_to_enclose", {"number": 1}),
    (
        "disclosure",
        {"outcome": "granted", "ground": "business"},
        "ground_not_wanted",
        {"known": [], "ground": "ground.business"},
    ),
    ("disclosure", {"outcome": "refused", "explanation": WHY}, "ground_missing", {"known": USABLE}),
    (
        "disclosure",
        {"outcome": "refused", "ground": "too_much", "explanation": WHY},
        "ground_unknown",
        {"known": USABLE, "ground": "too_much"},
    ),
    (
        "disclosure",
        {"outcome": "refused", "ground": "accurate", "explanation": WHY},
        "ground_of_another_right",
        {"known": USABLE, "ground": "ground.accurate"},
    ),
    (
        "disclosure",
        {"outcome": "not_held", "ground": "harm", "explanation": WHY},
        "ground_of_another_outcome",
        {"known": ["not_held"], "ground": "ground.harm"},
    ),
    (
        "disclosure",
        {"outcome": "refused", "ground": "identity_not_proven", "explanation": WHY},
        "too_late",
        {"known": USABLE, "ground": "ground.identity_not_proven"},
    ),
    ("disclosure", {"outcome": "partly", "ground": "business"}, "unexplained", {"article": "APPI 36"}),
    # the law that gives the right instead is named, but nothing is explained
    (
        "disclosure",
        {"outcome": "refused", "ground": "other_procedure", "procedure": "Companies Act 125"},
        "unexplained",
        {"article": "APPI 36"},
    ),
    ("halt_use", {"outcome": "alternative", "measure": "no more mailings"}, "unexplained", {"article": "APPI 36"}),
    ("correction", {"outcome": "granted"}, "change_unstated", {}),
    ("halt_use", {"outcome": "granted"}, "unconfirmed", {"measure": "measure.cease"}),
    (
        "purpose_notice",
        {"outcome": "granted", "passed_to": ("Sample Systems K.K.",)},
        "passed_to_nobody",
        {},
    ),
]


@pytest.mark.parametrize(("right", "decision", "code", "besides"), LACKS)
def test_what_a_decision_lacks_is_said_with_its_right_its_outcome_and_what_would_do(
    right: str, decision: dict[str, object], code: str, besides: dict[str, object]
) -> None:
    about = {"right": f"right.{right}", "outcome": f"outcome.{decision['outcome']}"}

    assert gaps(right, decision) == [Reason(f"outcome.{code}", {**about, **besides})]


def test_a_refusal_that_names_no_other_law_lacks_the_law_and_the_explanation() -> None:
    about = {"right": "right.disclosure", "outcome": "outcome.refused"}

    assert gaps("disclosure", {"outcome": "refused", "ground": "other_procedure"}) == [
        Reason(
            "outcome.law_unnamed",
            {**about, "known": USABLE, "ground": "ground.other_procedure", "field": "procedure"},
        ),
        Reason("outcome.unexplained", {**about, "article": "APPI 36"}),
    ]


def test_another_measure_is_named_or_explained() -> None:
    about = {"right": "right.halt_use", "outcome": "outcome.alternative"}

    assert gaps("halt_use", {"outcome": "alternative", "measure": " "})[1:] == [
        Reason("outcome.measure_missing", about)
    ]
    assert gaps("halt_use", {"outcome": "alternative", "explanation": WHY}) == []


BEFORE_IDENTITY: list[tuple[dict[str, object], list[str]]] = [
    ({"outcome": "refused", "ground": "identity_not_proven", "explanation": WHY}, []),
    ({"outcome": "refused", "ground": "representation_not_proven", "explanation": WHY}, []),
    ({"outcome": "refused", "ground": "method_not_followed", "explanation": WHY}, []),
    ({"outcome": "refused", "ground": "harm", "explanation": WHY}, ["too_early"]),
    ({"outcome": "refused", "ground": "not_held", "explanation": WHY}, ["too_early"]),
    ({"outcome": "not_held", "explanation": WHY}, ["too_early"]),
    ({"outcome": "granted"}, ["too_early"]),
    ({"outcome": "partly", "ground": "identity_not_proven", "explanation": WHY}, ["ground_of_another_outcome"]),
    ({"outcome": "refused", "ground": "accurate", "explanation": WHY}, ["ground_of_another_right"]),
]


@pytest.mark.requirement("S21")
@pytest.mark.parametrize(("decision", "lacks"), BEFORE_IDENTITY)
def test_before_identity_is_verified_only_procedural_refusals_are_possible(
    decision: dict[str, object], lacks: list[str]
) -> None:
    assert codes(gaps("disclosure", decision, state="forms_returned")) == lacks


@given(st.sampled_from(Right), st.sampled_from(OutcomeName), st.none() | st.sampled_from([*LAW.grounds, *GDPR.grounds]))
def test_no_decision_before_identity_is_verified_lets_anybody_guess_whether_data_is_held(
    right: Right, name: OutcomeName, ground: str | None
) -> None:
    decision = replace(FULL, outcome=name, ground=ground)

    found = rights.outcome_gaps(right, decision, LAW, state="forms_returned")

    can_stand = {"identity_not_proven", "representation_not_proven", "method_not_followed"}
    assert (found == []) == (name is OutcomeName.REFUSED and ground in can_stand)
    assert all("{" not in say(reason, language) for reason in found for language in ("ja", "en"))


@pytest.mark.requirement("S48")
def test_another_method_than_the_one_asked_is_explained() -> None:
    on_paper = RightOutcome(outcome=OutcomeName.GRANTED, enclosures=1, method="paper")

    asked_electronic = rights.outcome_gaps(
        Right.DISCLOSURE, on_paper, LAW, state="id_verified", asked_method="electronic"
    )
    asked_paper = rights.outcome_gaps(Right.DISCLOSURE, on_paper, LAW, state="id_verified", asked_method="paper")

    purposes = rights.outcome_gaps(Right.PURPOSE_NOTICE, on_paper, LAW, state="id_verified", asked_method="electronic")
    records = rights.outcome_gaps(
        Right.PROVISION_RECORDS, on_paper, LAW, state="id_verified", asked_method="electronic"
    )
    unsaid = rights.outcome_gaps(
        Right.DISCLOSURE, replace(on_paper, method=None), LAW, state="id_verified", asked_method="electronic"
    )
    careless = replace(LAW, outcomes=replace(LAW.outcomes, explain_other_method=False))
    another_law = rights.outcome_gaps(
        Right.DISCLOSURE, on_paper, careless, state="id_verified", asked_method="electronic"
    )

    assert codes(asked_electronic) == codes(records) == ["unexplained"]
    assert asked_paper == unsaid == another_law == []
    assert purposes == []  # the method is chosen for disclosure only (APPI 33(1))


# the outcome, what the answer says, what the subject claimed, is it stated what was changed?
CORRECTED: list[tuple[str, dict[str, str], list[Correction], bool]] = [
    ("granted", {}, [Correction(item="address", wrong="old", right="new")], True),
    ("granted", {}, [Correction(item="address", wrong="old", done="deleted")], True),
    ("granted", {}, [Correction(item="address", wrong="old")], False),
    ("granted", {}, [Correction(item="address", wrong="old", right=" ")], False),
    ("granted", {}, [Correction(item="a", wrong="b", right="c"), Correction(item="address", wrong="old")], False),
    ("granted", {}, [], False),
    ("granted", {"changed": "the address"}, [], True),
    ("granted", {"explanation": WHY}, [], True),
    # granted in part is not granted as claimed
    ("partly", {"explanation": WHY}, [], True),
]


@pytest.mark.requirement("S6")
@pytest.mark.parametrize(("name", "said", "claimed", "stated"), CORRECTED)
def test_a_correction_says_what_was_changed_unless_it_is_granted_as_claimed(
    name: str, said: dict[str, Any], claimed: list[Correction], stated: bool
) -> None:
    outcome = RightOutcome(outcome=OutcomeName(name), **said)

    found = rights.outcome_gaps(Right.CORRECTION, outcome, LAW, state="id_verified", corrections=claimed)

    assert codes(found) == ([] if stated else ["change_unstated"])


def test_a_correction_granted_in_part_says_what_was_changed_although_all_was_claimed() -> None:
    claimed = [Correction(item="address", wrong="old", right="new")]
    partly = RightOutcome(outcome=OutcomeName.PARTLY)

    found = rights.outcome_gaps(Right.CORRECTION, partly, LAW, state="id_verified", corrections=claimed)

    assert codes(found) == ["unexplained", "change_unstated"]


@pytest.mark.parametrize(
    ("right", "halt", "measure"),
    [
        (Right.HALT_USE, None, "measure.cease"),
        (Right.HALT_USE, Halt(measure="cease", reason="leak"), "measure.cease"),
        (Right.HALT_USE, Halt(measure="erase", reason="leak"), "measure.erase"),
        # a provision to others can only cease, whatever is asked about the use
        (Right.HALT_PROVISION, Halt(measure="erase", reason="leak"), "measure.cease"),
    ],
)
def test_what_cannot_be_undone_is_called_by_what_is_done(right: Right, halt: Halt | None, measure: str) -> None:
    (found,) = rights.outcome_gaps(
        right, RightOutcome(outcome=OutcomeName.GRANTED), LAW, state="id_verified", halt=halt
    )

    assert (found.code, found.params["measure"]) == ("outcome.unconfirmed", measure)


def test_what_a_decision_lacks_is_said_in_both_languages() -> None:
    erasure = Halt(measure="erase", reason="unneeded")
    granted = RightOutcome(outcome=OutcomeName.GRANTED)

    found = rights.outcome_gaps(Right.HALT_USE, granted, LAW, state="id_verified", halt=erasure)

    assert [say(reason, "en") for reason in found] == [
        "halting of use or erasure: the erasure cannot be undone and must be confirmed (confirmed: true)."
    ]
    assert [say(reason, "ja") for reason in found] == [
        "利用の停止または消去：消去は取り消すことができないため、確認（confirmed: true）が必要です。"
    ]


def test_a_refusal_without_a_ground_is_told_which_there_are() -> None:
    (reason,) = gaps("purpose_notice", {"outcome": "refused", "explanation": WHY})

    assert reason.params["known"] == [
        "not_held",
        "purpose_obvious",
        "purpose_harm",
        "purpose_own_rights",
        "purpose_state_task",
        "method_not_followed",
    ]


def test_a_ground_is_refused_before_it_was_in_force() -> None:
    refused = RightOutcome(outcome=OutcomeName.REFUSED, ground="provision_for_research", explanation=WHY)
    right, state = Right.HALT_PROVISION, "id_verified"

    assert codes(rights.outcome_gaps(right, refused, LAW, state=state, on=date(2022, 3, 31))) == ["ground_not_in_force"]
    assert rights.outcome_gaps(right, refused, LAW, state=state, on=date(2022, 4, 1)) == []


def test_a_halt_or_erasure_is_confirmed_whenever_something_ceases() -> None:
    needing = {
        (right.value, name.value) for right in Right for name in OutcomeName if rights.needs_confirmation(right, name)
    }
    by_outcome = {
        (right.value, name.value)
        for right in Right
        for name in OutcomeName
        if rights.needs_confirmation(right, RightOutcome(outcome=name))
    }

    assert needing == by_outcome
    assert needing == {
        ("halt_use", "granted"),
        ("halt_use", "partly"),
        ("halt_provision", "granted"),
        ("halt_provision", "partly"),
    }


@given(st.sampled_from(Right), st.sampled_from(OutcomeName), st.sampled_from(["jp-appi", "eu-gdpr"]))
def test_every_right_can_end_in_every_outcome_its_law_knows(right: Right, name: OutcomeName, named: str) -> None:
    regime = law.regime(named)
    grounds = [
        ground.code
        for ground in regime.grounds.values()
        if right in ground.rights and name in ground.outcomes and "id_verified" in ground.states
    ]

    found = rights.outcome_gaps(
        right,
        replace(FULL, outcome=name, ground=grounds[0] if grounds else None),
        regime,
        state="id_verified",
    )

    assert (found == []) == (name in regime.rights[right].outcomes)


def test_the_gdpr_refuses_on_its_own_grounds() -> None:
    refused: dict[str, object] = {"outcome": "refused", "explanation": WHY}

    theirs = gaps("disclosure", {**refused, "ground": "manifestly_unfounded"}, named="eu-gdpr")
    ours = gaps("disclosure", {**refused, "ground": "harm"}, named="eu-gdpr")

    assert theirs == []
    assert codes(ours) == ["ground_unknown"]


def test_a_ground_that_has_ended_is_not_in_force() -> None:
    harm = LAW.grounds["harm"]
    ended = replace(LAW, grounds={**LAW.grounds, "harm": replace(harm, last=date(2026, 12, 1))})
    refused = RightOutcome(outcome=OutcomeName.REFUSED, ground="harm", explanation=WHY)

    def on(day: date | None) -> list[str]:
        return codes(rights.outcome_gaps(Right.DISCLOSURE, refused, ended, state="id_verified", on=day))

    assert on(date(2026, 12, 1)) == on(None) == []
    assert on(date(2026, 12, 2)) == ["ground_not_in_force"]


@pytest.mark.requirement("S36")
@pytest.mark.parametrize(
    ("right", "outcome", "found"),
    [
        ("halt_use", "granted", []),
        ("halt_use", "alternative", []),
        ("halt_provision", "partly", []),
        ("disclosure", "granted", []),
        ("disclosure", "not_held", []),
        ("halt_use", "refused", ["passed_to_nobody"]),
        ("correction", "granted", ["passed_to_nobody"]),
        ("purpose_notice", "granted", ["passed_to_nobody"]),
    ],
)
def test_a_halt_or_a_search_may_name_the_group_companies_it_was_passed_to(
    right: str, outcome: str, found: list[str]
) -> None:
    ground = {"ground": "no_ground_to_halt"} if outcome == "refused" else {}
    decision = {"outcome": outcome, "explanation": WHY, "confirmed": True, "changed": "address", "measure": "none sent"}

    assert codes(gaps(right, {**decision, **ground, "passed_to": ("Sample Systems K.K.",)})) == found
