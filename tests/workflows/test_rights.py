"""Rights, forms, the register of purposes: what may be asked for, and under which article."""

from dataclasses import replace
from datetime import date

import pytest

from workflows import law
from workflows.law.values import Category, Right
from workflows.law.values import RepresentativeKind as Kind
from workflows.request import clocks, rights
from workflows.request.values import FormName, Halt

LAW = law.regime("jp-appi")
GDPR = law.regime("eu-gdpr")
TODAY = date(2026, 12, 1)


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


@pytest.mark.requirement("S5")
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
    assert not clocks.counts(LAW, [Right.PURPOSE_NOTICE])
    assert all(clocks.counts(LAW, [Right.PURPOSE_NOTICE, right]) for right in Right if right != "purpose_notice")


# ---- the register of purposes ----


@pytest.mark.requirement("S2", "S3", "S9", "S10", "S11", "S12", "S13")
@pytest.mark.parametrize(
    ("category", "number"), [("customer", 10), ("shareholder", 4), ("applicant", 5), ("employee", 4)]
)
def test_the_purposes_are_stated_by_type_for_each_group_in_both_languages(category: str, number: int) -> None:
    ja = rights.purposes(Category(category), "ja", TODAY, "当会")
    en = rights.purposes(Category(category), "en", TODAY, "当会")

    assert len(ja) == len(en) == number
    assert len(set(ja)) == len(set(en)) == number
    assert all(text.endswith("ため") for text in ja)


@pytest.mark.requirement("S1")
def test_the_register_begins_on_the_day_the_policy_took_effect() -> None:
    assert rights.purposes(Category.EMPLOYEE, "en", date(2015, 2, 18), "当社") == ()
    assert len(rights.purposes(Category.EMPLOYEE, "en", date(2015, 2, 19), "当社")) == 4


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


def test_an_exception_counts_from_its_first_day_to_its_last() -> None:
    research = LAW.grounds["provision_for_research"]
    ended = replace(LAW, grounds={research.code: replace(research, last=date(2026, 12, 1))})

    assert research not in rights.provision_exceptions(LAW, date(2022, 3, 31))
    assert research in rights.provision_exceptions(LAW, date(2022, 4, 1))
    assert len(rights.provision_exceptions(ended, date(2026, 12, 1))) == 1
    assert rights.provision_exceptions(ended, date(2026, 12, 2)) == ()


@pytest.mark.requirement("S35", "S36")
def test_joint_use_names_what_is_shared() -> None:
    (use,) = rights.joint_uses(TODAY)

    assert use.items == ("name", "employer", "email", "telephone")
    assert rights.joint_uses(date(2015, 2, 18)) == ()
