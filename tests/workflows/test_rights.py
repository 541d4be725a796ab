"""Rights, forms, grounds and outcomes: what may be asked for, and what each answer must carry."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows import regimes, rights
from workflows.values import Category, Correction, FormName, Halt, OutcomeName, Reason, Right, RightOutcome
from workflows.values import RepresentativeKind as Kind
from workflows.words import say

LAW = regimes.regime("jp-appi")
GDPR = regimes.regime("eu-gdpr")
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


def gaps(right: str, decision: dict[str, object], *, state: str = "id_verified", law: str = "jp-appi") -> list[Reason]:
    """Return what a decision on *right* lacks; keys as in the file of ``decide``."""
    outcome = RightOutcome(**{**decision, "outcome": OutcomeName(str(decision["outcome"]))})  # type: ignore[arg-type]
    return rights.outcome_gaps(Right(right), outcome, regimes.regime(law), state=state)


def codes(found: list[Reason]) -> list[str]:
    return [reason.code.removeprefix("outcome.") for reason in found]


# ---- rights and forms ----

PACKS: list[tuple[list[str], Kind | None, list[str]]] = [
    (["purpose_notice"], None, ["disclosure"]),
    (["disclosure"], None, ["disclosure"]),
    (["provision_records"], None, ["disclosure"]),
    (["purpose_notice", "disclosure", "provision_records"], None, ["disclosure"]),
    (["correction"], None, ["correction"]),
    (["halt_use"], None, ["halt"]),
    (["halt_provision", "halt_use"], None, ["halt"]),
    (["halt_use", "correction", "disclosure"], None, ["disclosure", "correction", "halt"]),
    (["disclosure"], Kind.AGENT, ["disclosure", "proxy"]),
    (["disclosure"], Kind.MINOR, ["disclosure"]),
    (["disclosure"], Kind.ADULT_WARD, ["disclosure"]),
]


@pytest.mark.requirement("S5", "S16")
@pytest.mark.parametrize(("asked", "kind", "forms"), PACKS)
def test_a_pack_holds_each_needed_form_once(asked: list[str], kind: Kind | None, forms: list[str]) -> None:
    assert [str(form) for form in rights.forms_for([Right(right) for right in asked], kind)] == forms


def test_every_right_stands_on_the_form_it_is_sent_on() -> None:
    for right in Right:
        (form,) = rights.forms_for([right])

        assert right in rights.rights_of_form(form)

    assert rights.rights_of_form(FormName.PROXY) == ()


@pytest.mark.requirement("S5", "S45")
def test_each_right_has_its_article_and_only_three_could_cost_a_fee() -> None:
    articles = {right.value: rights.article(right, LAW) for right in Right}

    assert articles == {
        "purpose_notice": "32(2)",
        "disclosure": "33(1)",
        "provision_records": "33(5)",
        "correction": "34(1)",
        "halt_use": "35(1), 35(5)",
        "halt_provision": "35(3), 35(5)",
    }
    assert [right.value for right in Right if rights.fee_lawful(right, LAW)] == [
        "purpose_notice",
        "disclosure",
        "provision_records",
    ]


@pytest.mark.parametrize(
    ("right", "reason", "article"),
    [
        (Right.HALT_USE, "unlawful_use", "35(1)"),
        (Right.HALT_USE, "leak", "35(5)"),
        (Right.HALT_PROVISION, "unlawful_use", "35(3)"),
        (Right.HALT_PROVISION, "unneeded", "35(5)"),
        (Right.HALT_PROVISION, "a reason the law does not name", "35(3), 35(5)"),
    ],
)
def test_a_halt_stands_under_the_article_of_its_reason(right: Right, reason: str, article: str) -> None:
    assert rights.article(right, LAW, Halt(measure="cease", reason=reason)) == article


def test_the_right_to_sue_after_two_weeks_leaves_out_the_purposes_of_use() -> None:
    assert not rights.under_appi_39([Right.PURPOSE_NOTICE])
    assert all(rights.under_appi_39([Right.PURPOSE_NOTICE, right]) for right in Right if right != "purpose_notice")


# ---- what a decision must carry ----

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


BEFORE_IDENTITY: list[tuple[dict[str, object], list[str]]] = [
    ({"outcome": "refused", "ground": "identity_not_proven", "explanation": WHY}, []),
    ({"outcome": "refused", "ground": "representation_not_proven", "explanation": WHY}, []),
    ({"outcome": "refused", "ground": "method_not_followed", "explanation": WHY}, []),
    ({"outcome": "refused", "ground": "harm", "explanation": WHY}, ["too_early"]),
    ({"outcome": "refused", "ground": "not_held", "explanation": WHY}, ["too_early"]),
    ({"outcome": "not_held", "explanation": WHY}, ["too_early"]),
    ({"outcome": "granted"}, ["too_early"]),
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

    assert codes(asked_electronic) == ["unexplained"]
    assert asked_paper == []
    assert purposes == []  # the method is chosen for disclosure only (APPI 33(1))


@pytest.mark.requirement("S6")
def test_a_correction_granted_as_claimed_need_not_repeat_what_was_changed() -> None:
    granted = RightOutcome(outcome=OutcomeName.GRANTED)
    claimed = [Correction(item="address", wrong="old", right="new")]
    unclear = [Correction(item="address", wrong="old")]

    assert rights.outcome_gaps(Right.CORRECTION, granted, LAW, state="id_verified", corrections=claimed) == []
    assert codes(rights.outcome_gaps(Right.CORRECTION, granted, LAW, state="id_verified", corrections=unclear)) == [
        "change_unstated"
    ]


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

    assert needing == {
        ("halt_use", "granted"),
        ("halt_use", "partly"),
        ("halt_provision", "granted"),
        ("halt_provision", "partly"),
    }


@given(st.sampled_from(Right), st.sampled_from(OutcomeName), st.sampled_from(["jp-appi", "eu-gdpr"]))
def test_every_right_can_end_in_every_outcome_its_law_knows(right: Right, name: OutcomeName, law: str) -> None:
    regime = regimes.regime(law)
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

    theirs = gaps("disclosure", {**refused, "ground": "manifestly_unfounded"}, law="eu-gdpr")
    ours = gaps("disclosure", {**refused, "ground": "harm"}, law="eu-gdpr")

    assert theirs == []
    assert codes(ours) == ["ground_unknown"]


# ---- the register of purposes ----


@pytest.mark.requirement("S2", "S3", "S9", "S10", "S11", "S12", "S13")
@pytest.mark.parametrize(
    ("category", "number"), [("customer", 10), ("shareholder", 4), ("applicant", 5), ("employee", 4)]
)
def test_the_purposes_are_stated_by_type_for_each_group_in_both_languages(category: str, number: int) -> None:
    ja = rights.purposes(Category(category), "ja", TODAY)
    en = rights.purposes(Category(category), "en", TODAY)

    assert len(ja) == len(en) == number
    assert len(set(ja)) == len(set(en)) == number
    assert all(text.endswith("ため") for text in ja)


@pytest.mark.requirement("S1")
def test_the_register_begins_on_the_day_the_policy_took_effect() -> None:
    assert rights.purposes(Category.EMPLOYEE, "en", date(2015, 2, 18)) == ()
    assert len(rights.purposes(Category.EMPLOYEE, "en", date(2015, 2, 19))) == 4


@pytest.mark.requirement("S4")
def test_the_exceptions_from_consent_are_coded_grounds_of_the_right_to_halt_provision() -> None:
    exceptions = rights.provision_exceptions(LAW, TODAY)

    assert [ground.article.split(",")[0] for ground in exceptions] == [
        "27(1)(i)",
        "27(1)(ii)",
        "27(1)(iii)",
        "27(1)(iv)",
        "27(1)(v)-(vii)",
        "27(5)(i)",
        "27(5)(ii)",
        "27(5)(iii)",
    ]
    assert all(ground.rights == {Right.HALT_PROVISION} for ground in exceptions)


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


@pytest.mark.requirement("S35", "S36")
def test_joint_use_names_what_is_shared() -> None:
    (use,) = rights.joint_uses(TODAY)

    assert use.items == ("name", "employer", "email", "telephone")
    assert rights.joint_uses(date(2015, 2, 18)) == ()
