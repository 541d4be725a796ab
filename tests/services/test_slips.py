"""Slips of the finger are told at once and write nothing: an amendment that changes nothing, a decision too early."""

from typing import Any

import pytest

from tests.office import CLERK, VERIFIER, TestOffice, codes_of
from tests.people import a_person
from workflows.engine.values import Language
from workflows.law.values import Category, OutcomeName, Right, RightOutcome
from workflows.letters import ReturnReason
from workflows.request.payloads import Amend, Decide, Undeliverable, Withdraw
from workflows.request.values import Party, ToldHow
from workflows.words import say, tell

WHO = a_person()
SAME: list[dict[str, Any]] = [
    {"subject": {"name": WHO.name}},
    {"subject": {"address": WHO.address, "postcode": WHO.postcode}},
    {"rights": (Right.DISCLOSURE,)},
    {"category": Category.CUSTOMER, "language": Language.EN},
    {"mail_to": Party.SUBJECT},
]


@pytest.mark.parametrize("given", SAME, ids="+".join)
def test_an_amendment_that_says_what_stands_already_is_told_so_and_writes_nothing(
    office: TestOffice, given: dict[str, Any]
) -> None:
    case = office.opened(subject=WHO)
    before = office.ask("SELECT number, state FROM letter")

    again = office.do(case, "amend", Amend(why="they called", **given))

    assert (again.outcome, codes_of(again.reasons), again.seq) == ("refused", ["amended_nothing"], 1)
    assert office.ask("SELECT number, state FROM letter") == before


def test_whatever_changes_beside_it_is_written(office: TestOffice) -> None:
    case = office.opened(subject=WHO)

    for given in ({"subject": {"name": WHO.name, "phone": "03-0000-0000"}}, {"note": "x"}):
        assert office.do(case, "amend", Amend(why="they called", **given)).outcome == "done"
    assert office.do(case, "amend", Amend(why="they called", note="x")).outcome == "refused"


def test_the_same_address_sends_once_more_what_came_back(office: TestOffice) -> None:
    case, _ = office.mailed(subject=WHO)
    office.must(case, "undeliverable", Undeliverable(reason=ReturnReason.UNCLAIMED))

    again = office.do(case, "amend", Amend(why="it is right after all", subject={"address": WHO.address}))

    assert again.outcome == "done"
    assert [row.round for row in office.ask("SELECT round FROM letter ORDER BY number")] == [1, 2]


def test_a_withdrawal_without_a_day_is_of_today(office: TestOffice) -> None:
    case = office.opened(subject=WHO)

    office.must(case, "withdraw", Withdraw(how=ToldHow.PHONE))

    assert office.case(case).facts["withdrawn_on"] == office.today.isoformat()


@pytest.mark.parametrize("outcome", OutcomeName)
def test_a_decision_too_early_says_what_can_be_decided_now(office: TestOffice, outcome: OutcomeName) -> None:
    case = office.returned()
    decided = RightOutcome(outcome=outcome, explanation="x", ground=None)

    refused = office.do(case, "decide", Decide(outcomes={Right.DISCLOSURE: decided}), VERIFIER)

    assert refused.outcome == "refused"
    for reason in refused.reasons:
        for language in ("ja", "en"):
            sentence = say(reason, language)
            assert not sentence.endswith((": .", "are .", "：。", "are: none."))
    if outcome is not OutcomeName.ALTERNATIVE:
        assert "identity not proven" in " ".join(say(reason, "en") for reason in refused.reasons) or (
            "identity_not_proven" in " ".join(say(reason, "en") for reason in refused.reasons)
        )


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_sentence_ends_in_an_empty_list(language: str) -> None:
    told = tell("outcome.ground_missing", language, right="x", outcome="y", known=[])

    assert told.rstrip("。.").endswith({"ja": "なし", "en": "none"}[language])


def test_a_clerk_s_slip_names_the_ground_that_a_granted_right_never_takes(office: TestOffice) -> None:
    case = office.verified()
    decided = RightOutcome(outcome=OutcomeName.GRANTED, ground="nonsense")

    refused = office.do(case, "decide", Decide(outcomes={Right.DISCLOSURE: decided}), CLERK)

    assert "outcome.ground_not_wanted" in codes_of(refused.reasons)
