"""Who may act for somebody else: the table of proofs, and the day a child comes of age."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows import law
from workflows.engine.values import Reason
from workflows.law.law import Proof
from workflows.law.values import RepresentativeKind
from workflows.request import identity, representation
from workflows.request.values import Authority
from workflows.words import say

LAW = law.regime("jp-appi")
DAY = date(2026, 12, 1)
CHILD = date(2015, 6, 30)
MINOR, WARD, AGENT = RepresentativeKind.MINOR, RepresentativeKind.ADULT_WARD, RepresentativeKind.AGENT


def proof(authority_type: str, **differs: object) -> Authority:
    """Return a proof with which nothing is wrong on 1 December 2026."""
    sound = Authority(type=authority_type, issued_on=date(2026, 11, 1), signed=True, names_match=True, arrived_on=DAY)
    return replace(sound, **differs)  # type: ignore[arg-type]


def gaps(
    kind: RepresentativeKind,
    *authorities: Authority,
    born: date | None = CHILD,
    arrived_on: date = DAY,
    overridden: tuple[str, ...] = (),
) -> list[Reason]:
    return representation.gaps(
        kind, authorities, LAW, subject_birth_date=born, arrived_on=arrived_on, overridden=overridden
    )


def codes(found: list[Reason]) -> list[str]:
    return [reason.code.removeprefix("representation.") for reason in found]


# who, the proof, what differs from a sound one, what the rule says to it (None: it proves the right)
PROOFS: list[tuple[RepresentativeKind, str, dict[str, object], str | None]] = [
    (MINOR, "family_register", {}, None),
    (MINOR, "family_register", {"issued_on": None}, None),
    (MINOR, "resident_record", {}, None),
    (MINOR, "registration_certificate", {}, "proves_nothing"),
    (MINOR, "proxy_statement", {}, "proves_nothing"),
    (MINOR, "family_register", {"names_match": False}, "names_differ"),
    (MINOR, "family_register", {"issued_on": date(2026, 12, 2)}, "issued_after_arrival"),
    # the health insurance card listed dependants until it ended
    (MINOR, "health_insurance_card", {"issued_on": None, "arrived_on": date(2025, 12, 1)}, None),
    (MINOR, "health_insurance_card", {"issued_on": None, "arrived_on": date(2025, 12, 2)}, "no_longer_accepted"),
    # within three months, both ends included
    (WARD, "registration_certificate", {"issued_on": date(2026, 9, 1)}, None),
    (WARD, "registration_certificate", {"issued_on": date(2026, 8, 31)}, "too_old"),
    (WARD, "registration_certificate", {"issued_on": DAY}, None),
    (WARD, "registration_certificate", {"issued_on": None}, "issue_not_recorded"),
    (WARD, "family_register", {}, "proves_nothing"),
    (AGENT, "proxy_statement", {}, None),
    (AGENT, "proxy_statement", {"signed": False}, "unsigned"),
    (AGENT, "proxy_statement", {"issued_on": None}, None),
    (AGENT, "family_register", {}, "proves_nothing"),
    (AGENT, "letter_from_a_friend", {}, "proves_nothing"),
]


@pytest.mark.requirement("S24", "S25", "S26")
@pytest.mark.parametrize(("kind", "authority_type", "differs", "verdict"), PROOFS)
def test_each_proof_is_judged_on_the_day_it_arrived(
    kind: RepresentativeKind, authority_type: str, differs: dict[str, object], verdict: str | None
) -> None:
    found = gaps(kind, proof(authority_type, **differs))

    assert codes(found) == ([] if verdict is None else ["not_proven", verdict])
    assert all(reason.params["what"] == "authority" for reason in found)


def test_a_proof_without_a_day_of_its_own_came_with_the_forms() -> None:
    came_with_them = proof("registration_certificate", issued_on=date(2026, 9, 1), arrived_on=None)

    assert gaps(WARD, came_with_them, arrived_on=date(2026, 12, 1)) == []
    assert codes(gaps(WARD, came_with_them, arrived_on=date(2026, 12, 2))) == ["not_proven", "too_old"]


def test_a_paper_that_the_law_will_take_later_proves_nothing_yet() -> None:
    later = Proof(kind=AGENT, type="digital_mandate", article="37(3)", first=date(2026, 12, 2))
    law = replace(LAW, papers=replace(LAW.papers, proofs=(*LAW.papers.proofs, later)))

    def asked(arrived_on: date) -> list[Reason]:
        paper = proof("digital_mandate", arrived_on=arrived_on)
        return representation.gaps(AGENT, [paper], law, subject_birth_date=None, arrived_on=arrived_on)

    assert codes(asked(date(2026, 12, 1))) == ["not_proven", "no_longer_accepted"]
    assert asked(date(2026, 12, 1))[0].params["accepted"] == ["proxy_statement"]
    assert asked(date(2026, 12, 2)) == []


# born, the forms arrived, of age?
COMING_OF_AGE = [
    # 18 since 1 April 2022
    (date(2008, 12, 2), date(2026, 12, 1), False),
    (date(2008, 12, 1), date(2026, 12, 1), True),
    # whoever was 18 or 19 on that day came of age with it; before, the age was 20
    (date(2002, 4, 2), date(2022, 3, 31), False),
    (date(2002, 4, 2), date(2022, 4, 1), True),
    (date(2002, 3, 31), date(2022, 3, 31), True),
    (date(2004, 4, 2), date(2022, 4, 1), False),
    # born on 29 February: the year of age is complete when 28 February ends
    (date(2008, 2, 29), date(2026, 2, 28), False),
    (date(2008, 2, 29), date(2026, 3, 1), True),
]


@pytest.mark.requirement("S24")
@pytest.mark.parametrize(("born", "arrived_on", "of_age"), COMING_OF_AGE)
def test_parents_act_until_their_child_comes_of_age(born: date, arrived_on: date, of_age: bool) -> None:
    found = gaps(
        MINOR, proof("family_register", issued_on=None, arrived_on=arrived_on), born=born, arrived_on=arrived_on
    )

    assert codes(found) == (["of_age"] if of_age else [])


@pytest.mark.requirement("S24")
def test_nobody_can_lift_that_the_subject_is_of_age() -> None:
    found = gaps(MINOR, proof("family_register"), born=date(2000, 1, 1), overridden=("authority",))

    assert [say(reason, "en") for reason in found] == [
        (
            "the subject was of age (18) when the forms arrived on 2026-12-01: the subject must ask in "
            "person or give a "
            "mandate."
        )
    ]
    assert [say(reason, "ja") for reason in found] == [
        (
            "本人は書式の到着日（2026-12-01）に18歳に達しており、成年です。本人自身による請求、"
            "または本人の委任状が必要です。"
        )
    ]
    assert "2000" not in repr(found)


def test_the_letter_to_parents_of_a_grown_up_asks_for_no_family_register() -> None:
    gap = gaps(MINOR, born=date(2000, 1, 1))[0]

    assert "proxy statement" in say(identity.explain_gap(gap), "en")
    assert "委任状" in say(identity.explain_gap(gap), "ja")


def test_a_minors_birth_date_is_needed() -> None:
    assert codes(gaps(MINOR, proof("family_register"), born=None)) == ["birth_date_missing"]


@pytest.mark.parametrize("born", [None, date(2000, 1, 1), CHILD], ids=["unknown", "of age", "a child"])
def test_whatever_is_missing_is_asked_for_again_as_the_authority(born: date | None) -> None:
    found = gaps(MINOR, born=born)

    assert {reason.params["what"] for reason in found} == {"authority"}
    assert gaps(AGENT, proof("proxy_statement"), born=None) == []


def test_what_is_missing_names_the_papers_that_would_do_on_that_day() -> None:
    now = gaps(MINOR)
    earlier = gaps(MINOR, arrived_on=date(2025, 12, 1))

    assert [say(reason, "en") for reason in now] == [
        (
            "the right to represent is not proven: the legal representative of a minor needs any one of "
            "family register, "
            "resident record."
        )
    ]
    assert "health_insurance_card" in earlier[0].params["accepted"]  # type: ignore[operator]


def test_one_proof_of_several_is_enough() -> None:
    assert gaps(AGENT, proof("proxy_statement", signed=False), proof("proxy_statement")) == []


def test_a_second_person_may_accept_less_proof() -> None:
    assert gaps(WARD, overridden=("authority",)) == []
    assert gaps(MINOR, born=None, overridden=("authority",)) == []


days = st.dates(date(2020, 1, 1), date(2028, 12, 31))
proofs = st.builds(
    Authority,
    type=st.sampled_from(sorted({authority_type for _, authority_type in LAW.proofs})),
    issued_on=st.none() | days,
    signed=st.booleans(),
    names_match=st.booleans(),
    arrived_on=days,
)


@given(st.sampled_from(RepresentativeKind), st.lists(proofs, max_size=3), proofs, st.none() | days, days)
def test_another_proof_never_opens_a_gap_once_one_is_enough(
    kind: RepresentativeKind, before: list[Authority], more: Authority, born: date | None, arrived_on: date
) -> None:
    then = gaps(kind, *before, born=born, arrived_on=arrived_on)
    now = gaps(kind, *before, more, born=born, arrived_on=arrived_on)
    the_other_way_round = gaps(kind, more, *reversed(before), born=born, arrived_on=arrived_on)

    assert now == the_other_way_round
    assert then or not now
    assert all("{" not in say(reason, language) for reason in now for language in ("ja", "en"))
