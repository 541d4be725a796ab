"""What a deficiency notice asks for: papers that the law of the case knows, each of them once."""

from dataclasses import replace
from datetime import date

import pytest

from tests.workflows.test_law_times import a_case
from workflows import law
from workflows.engine.values import Reason
from workflows.law.values import RepresentativeKind, Right
from workflows.request import deficiency
from workflows.request.case import Case
from workflows.request.consequences import forms_again
from workflows.request.values import Authority
from workflows.words import say_all

DAY = date(2026, 11, 24)
EVERYWHERE = [name for name in law.names() if name in ("jp-appi", "jp-public", "eu-gdpr", "uk-gdpr")]


def told(name: str, *wanted: str, found: tuple[Reason, ...] = (), **facts: object) -> str:
    case = replace(a_case(name, Right.DISCLOSURE), **facts)  # type: ignore[arg-type]
    return "\n".join(say_all(deficiency.told(found, wanted, case, DAY), "en"))


@pytest.mark.parametrize(
    ("name", "papers", "never"),
    [
        ("jp-appi", "resident record (issued within the last 3 months)", "utility bill"),
        ("jp-public", "resident record (the original and issued within the last 30 days)", "utility bill"),
        ("uk-gdpr", "utility bill (issued within the last 3 months)", "resident record"),
        ("eu-gdpr", "bank statement (issued within the last 3 months)", "resident record"),
    ],
)
def test_an_address_is_shown_by_the_papers_of_the_country(name: str, papers: str, never: str) -> None:
    asked = told(name, "address")

    assert papers in asked
    assert never not in asked
    assert ("My Number" in asked) is name.startswith("jp")


def test_a_paper_that_shows_the_address_is_asked_for_once() -> None:
    ways = {"ja": "書類1点", "en": "one document (showing the present address)"}
    needed = Reason(
        "identity.needed", {"what": "document:subject", "holder": "subject", "ways": ways, "shows_address": True}
    )
    address = Reason("identity.address_not_shown", {"what": "address", "holder": "subject"})

    both, apart = told("uk-gdpr", "address", found=(needed, address)), told("uk-gdpr", "address", found=(address,))

    assert "showing the present address" in both
    assert "utility bill" not in both
    assert "utility bill" in apart


@pytest.mark.parametrize("name", EVERYWHERE)
def test_only_where_seals_are_used_may_one_stand_for_a_signature(name: str) -> None:
    asked = told(name, "unsigned") + told(name, "authority", representative=RepresentativeKind.AGENT)

    assert ("seal" in asked) is name.startswith("jp")
    assert "proxy statement" in asked


def test_whoever_acts_is_asked_for_the_proofs_of_their_own_kind() -> None:
    parent, guardian = (
        told("uk-gdpr", "authority", representative=kind)
        for kind in (RepresentativeKind.MINOR, RepresentativeKind.ADULT_WARD)
    )

    assert "birth certificate" in parent
    assert "lasting power of attorney" in guardian
    assert "birth certificate" not in guardian


def test_a_mandate_that_came_and_is_sound_is_not_asked_for_again() -> None:
    mandate = Authority(type="proxy_statement", arrived_on=DAY)
    case = a_case("jp-appi", Right.DISCLOSURE, representative=RepresentativeKind.AGENT, authorities=(mandate,))
    needed = Reason("representation.needed", {"what": "authority", "kind": "kind.agent", "ways": {"ja": "", "en": ""}})
    faulty = Reason("representation.unsigned", {"what": "authority", "document": "proxy_statement"})

    def again(case: Case, *found: Reason) -> tuple[str, ...]:
        return forms_again(case, ["authority"], found)

    assert again(case, needed) == ()
    assert again(case, needed, faulty) == ("proxy",)
    assert again(case) == ("proxy",)  # a person says so
    assert again(replace(case, authorities=()), needed) == ("proxy",)
