"""Who may be believed to be who: the table of papers, day by day.

The tables below can be read without knowing Python: what came in, on which day, and what the rule says to it.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from workflows import law
from workflows.engine.values import Reason
from workflows.request import identity
from workflows.request.values import AddressShown, Document, Masking, Party
from workflows.words import say

LAW = law.regime("jp-appi")
DAY = date(2026, 12, 1)


def paper(document_type: str, **differs: object) -> Document:
    """Return a document of the subject with which nothing is wrong on 1 December 2026."""
    sound = Document(
        holder=Party.SUBJECT,
        type=document_type,
        masking=Masking.MASKED,
        issued_on=date(2026, 11, 1),
        expires_on=date(2028, 4, 1),
        address=AddressShown.STATED,
        name_matches=True,
        seal_matches=True,
        arrived_on=DAY,
    )
    return replace(sound, **differs)  # type: ignore[arg-type]


def codes(found: list[Reason]) -> list[str]:
    return [reason.code.removeprefix("identity.") for reason in found]


def whats(found: list[Reason]) -> set[object]:
    return {reason.params["what"] for reason in found}


def gaps(*documents: Document, overridden: tuple[str, ...] = ()) -> list[Reason]:
    return identity.gaps(Party.SUBJECT, documents, LAW, overridden=overridden)


# ---- how many papers, and which ----

ENOUGH = [
    ["drivers_licence"],
    ["driving_record_certificate"],
    ["passport"],
    ["my_number_card"],
    ["residence_card"],
    ["special_permanent_resident_certificate"],
    ["eligibility_certificate", "pension_notebook"],
    ["family_register", "resident_record"],
    ["resident_record", "seal_certificate"],
]
NOT_ENOUGH = [
    ["eligibility_certificate"],
    ["pension_notebook"],
    ["family_register"],
    ["resident_record"],
    ["seal_certificate"],
    ["resident_record", "resident_record"],
]


@pytest.mark.requirement("S22", "S23")
@pytest.mark.parametrize("types", ENOUGH, ids=" + ".join)
def test_one_paper_with_a_photograph_or_two_different_ones_without_are_enough(types: list[str]) -> None:
    found = gaps(*[paper(document_type) for document_type in types])

    assert found == []


@pytest.mark.requirement("S22", "S23")
@pytest.mark.parametrize("types", NOT_ENOUGH, ids=" + ".join)
def test_one_kind_of_paper_without_a_photograph_is_not_enough(types: list[str]) -> None:
    found = gaps(*[paper(document_type) for document_type in types])

    assert codes(found) == ["one_more"]
    assert whats(found) == {"document:subject"}


@pytest.mark.requirement("S23", "S27")
def test_what_is_missing_is_said_in_words_staff_can_act_on() -> None:
    found = gaps(paper("resident_record"), paper("family_register", masking=Masking.OPEN))
    alone = gaps(paper("resident_record"))

    assert [say(reason, "en") for reason in alone] == [
        "identity is not proven: of the subject, one more document is needed (resident record shows no photograph)."
    ]
    assert [say(reason, "ja") for reason in alone] == [
        "本人確認ができていません：本人について、異なる書類がもう1点必要です（住民票の写しには顔写真がありません）。"
    ]
    assert [say(reason, "en") for reason in found] == [
        "on the family register of the subject, masking of the registered domicile is not confirmed."
    ]
    assert [say(reason, "ja") for reason in found] == [
        "本人の戸籍謄本・抄本について、本籍の黒塗りが確認されていません。"
    ]


def test_nothing_at_all_asks_for_one_paper_or_two() -> None:
    found = gaps()

    assert [say(reason, "en") for reason in found] == [
        (
            "identity is not proven: of the subject, one document with a photograph or two different ones without are "
            "needed."
        )
    ]


def test_the_papers_of_one_party_prove_nothing_about_the_other() -> None:
    theirs = paper("passport", holder=Party.REPRESENTATIVE)

    assert whats(identity.gaps(Party.SUBJECT, [theirs], LAW)) == {"document:subject"}
    assert identity.gaps(Party.REPRESENTATIVE, [theirs], LAW) == []
    assert identity.accepted(Party.REPRESENTATIVE, [theirs, paper("passport")], LAW) == [theirs]


def test_a_card_on_which_no_photograph_shows_counts_as_one_without() -> None:
    childs_card = paper("my_number_card", photo=False)

    assert codes(gaps(childs_card)) == ["one_more"]
    assert gaps(childs_card, paper("resident_record")) == []


def test_a_paper_that_never_has_a_photograph_does_not_gain_one_by_being_recorded_so() -> None:
    assert codes(gaps(paper("resident_record", photo=True))) == ["one_more"]


def test_another_law_may_know_more_papers() -> None:
    card = [paper("identity_card")]

    assert identity.gaps(Party.SUBJECT, card, law.regime("eu-gdpr")) == []
    assert codes(gaps(*card)) == ["none_accepted", "unknown_document"]


# ---- why a paper does not count ----

# paper, what differs from a sound one, what the rule says to it (None: it counts)
VERDICTS: list[tuple[str, dict[str, object], str | None]] = [
    # the last day of validity is included
    ("drivers_licence", {"expires_on": DAY}, None),
    ("drivers_licence", {"expires_on": DAY - timedelta(days=1)}, "expired"),
    ("drivers_licence", {"expires_on": None}, "expiry_not_recorded"),
    ("drivers_licence", {"issued_on": None}, None),
    ("eligibility_certificate", {"expires_on": DAY - timedelta(days=1)}, "expired"),
    ("pension_notebook", {"expires_on": None, "issued_on": None}, None),
    # three months end on the same day of the month
    ("resident_record", {"issued_on": date(2026, 9, 1)}, None),
    ("resident_record", {"issued_on": date(2026, 8, 31)}, "too_old"),
    # ... or on its last: 30 November 2026 to 28 February 2027, 30 November 2027 to 29 February 2028
    ("family_register", {"issued_on": date(2026, 11, 30), "arrived_on": date(2027, 2, 28)}, None),
    ("family_register", {"issued_on": date(2026, 11, 30), "arrived_on": date(2027, 3, 1)}, "too_old"),
    ("family_register", {"issued_on": date(2027, 11, 30), "arrived_on": date(2028, 2, 29)}, None),
    ("seal_certificate", {"issued_on": date(2026, 8, 31), "arrived_on": date(2026, 11, 30)}, None),
    ("seal_certificate", {"issued_on": None}, "issue_not_recorded"),
    ("seal_certificate", {"seal_matches": False}, "seal_differs"),
    ("resident_record", {"issued_on": DAY}, None),
    ("resident_record", {"issued_on": DAY + timedelta(days=1)}, "issued_after_arrival"),
    # older certificates of a driving record were no proof of identity
    ("driving_record_certificate", {"issued_on": date(2012, 4, 1), "expires_on": None}, None),
    ("driving_record_certificate", {"issued_on": date(2012, 3, 31), "expires_on": None}, "issued_too_early"),
    ("driving_record_certificate", {"issued_on": None}, "issue_not_recorded"),
    # the health insurance card ended, the eligibility certificate began
    ("health_insurance_card", {"issued_on": None, "arrived_on": date(2025, 12, 1)}, None),
    ("health_insurance_card", {"issued_on": None, "arrived_on": date(2025, 12, 2)}, "no_longer_accepted"),
    ("eligibility_certificate", {"issued_on": None, "arrived_on": date(2024, 12, 2)}, None),
    ("eligibility_certificate", {"issued_on": None, "arrived_on": date(2024, 12, 1)}, "not_yet_accepted"),
    ("notification_card", {}, "never_accepted"),
    ("library_card", {}, "unknown_document"),
    ("other", {"photo": True}, "second_person_needed"),
    ("passport", {"name_matches": False}, "name_differs"),
]


@pytest.mark.requirement("S22")
@pytest.mark.parametrize(("document_type", "differs", "verdict"), VERDICTS)
def test_each_paper_is_judged_on_the_day_it_arrived(
    document_type: str, differs: dict[str, object], verdict: str | None
) -> None:
    document = paper(document_type, **differs)

    counted = identity.accepted(Party.SUBJECT, [document], LAW)
    found = gaps(document)

    assert counted == ([document] if verdict is None else [])
    assert verdict is None or codes(found) == ["none_accepted", verdict]


def test_a_refused_paper_is_named_with_the_day_it_arrived_and_no_day_printed_on_it() -> None:
    found = gaps(paper("drivers_licence", expires_on=date(2026, 5, 9)))

    assert [say(reason, "en") for reason in found][1:] == [
        "the driver's licence of the subject does not count: it had expired when it arrived on 2026-12-01."
    ]
    assert [say(reason, "ja") for reason in found][1:] == [
        "本人の運転免許証は、到着日（2026-12-01）に有効期限が切れていました。"
    ]
    assert "2026-05-09" not in repr(found)


def test_every_fault_of_a_paper_is_named_at_once() -> None:
    found = gaps(paper("seal_certificate", name_matches=False, seal_matches=False, issued_on=date(2020, 1, 1)))

    assert set(codes(found)) == {"none_accepted", "name_differs", "seal_differs", "too_old"}


def test_a_refused_paper_that_was_not_needed_is_not_complained_of() -> None:
    assert gaps(paper("passport"), paper("drivers_licence", expires_on=date(2020, 1, 1))) == []


def test_a_paper_without_a_day_of_arrival_cannot_be_judged() -> None:
    with pytest.raises(ValueError, match="arrived_on"):
        gaps(paper("passport", arrived_on=None))


# ---- masking ----

# the table's items, as the deficiency notice names them
MASKED = [
    ("drivers_licence", "registered domicile"),
    ("passport", "registered domicile"),
    ("eligibility_certificate", "insurer number, symbol and number of the insured, QR code"),
    ("pension_notebook", "basic pension number"),
    ("family_register", "registered domicile"),
    ("resident_record", "registered domicile, My Number, resident record code"),
]
NOTHING_TO_MASK = ["my_number_card", "residence_card", "driving_record_certificate"]


@pytest.mark.requirement("S27")
@pytest.mark.parametrize(("document_type", "items"), MASKED)
def test_a_paper_whose_masking_is_open_does_not_count_yet(document_type: str, items: str) -> None:
    is_open = paper(document_type, masking=Masking.OPEN)

    found = gaps(is_open)

    assert identity.accepted(Party.SUBJECT, [is_open], LAW) == []
    assert f"masking:{document_type}" in whats(found)
    assert any(f"masking of the {items} is not confirmed" in say(reason, "en") for reason in found)


@pytest.mark.requirement("S27")
@pytest.mark.parametrize("document_type", [document_type for document_type, _ in MASKED])
@pytest.mark.parametrize("answer", [Masking.MASKED, Masking.NOT_SHOWN])
def test_masked_and_not_shown_are_both_answers(document_type: str, answer: Masking) -> None:
    document = paper(document_type, masking=answer)

    assert identity.accepted(Party.SUBJECT, [document], LAW) == [document]


@pytest.mark.parametrize("document_type", NOTHING_TO_MASK)
def test_open_on_a_paper_with_nothing_to_mask_counts_as_not_shown(document_type: str) -> None:
    assert gaps(paper(document_type, masking=Masking.OPEN)) == []


def test_only_as_much_masking_is_asked_for_as_the_rule_needs() -> None:
    found = gaps(
        paper("passport", masking=Masking.OPEN),
        paper("drivers_licence", masking=Masking.OPEN),
        paper("family_register", masking=Masking.OPEN),
    )

    assert [reason.params["what"] for reason in found] == ["masking:drivers_licence"]


def test_beside_one_accepted_paper_the_masking_of_one_more_is_asked_for() -> None:
    found = gaps(
        paper("pension_notebook"),
        paper("resident_record", masking=Masking.OPEN),
        paper("family_register", masking=Masking.OPEN),
    )

    assert [reason.params["what"] for reason in found] == ["masking:family_register"]


def test_a_masked_copy_in_a_later_round_settles_an_open_one() -> None:
    assert gaps(paper("passport", masking=Masking.OPEN), paper("passport", arrived_on=date(2026, 12, 20))) == []


# ---- overrides ----


@pytest.mark.requirement("S23")
def test_an_override_lifts_its_own_gap_and_no_other() -> None:
    papers = [paper("resident_record", masking=Masking.OPEN)]

    assert whats(gaps(*papers, overridden=("document:subject",))) == {"masking:resident_record"}
    assert whats(gaps(*papers, overridden=("masking:resident_record",))) == {"document:subject"}
    assert whats(gaps(*papers, overridden=("document:representative",))) == {
        "document:subject",
        "masking:resident_record",
    }
    assert gaps(*papers, overridden=("document:subject", "masking:resident_record")) == []


@pytest.mark.requirement("S23")
def test_an_official_paper_outside_the_table_counts_once_a_second_person_agrees() -> None:
    other = paper("other", photo=True)

    assert identity.accepted(Party.SUBJECT, [other], LAW) == []
    assert {reason.params.get("document") for reason in gaps(other)} == {None, "document.other"}
    assert identity.accepted(Party.SUBJECT, [other], LAW, overridden=["document:subject"]) == [other]


# ---- the address ----

# paper, what differs, may the answer go to the stated address, and why not
ADDRESSES: list[tuple[str, dict[str, object], str | None]] = [
    ("drivers_licence", {}, None),
    ("drivers_licence", {"address": AddressShown.NONE}, "address_not_shown"),
    ("drivers_licence", {"address": AddressShown.OTHER}, "address_differs"),
    ("resident_record", {}, None),
    ("resident_record", {"issued_on": date(2026, 1, 1)}, "address_not_shown"),
    ("family_register", {}, "address_not_shown"),
    ("pension_notebook", {}, "address_not_shown"),
    ("passport", {"issued_on": date(2020, 2, 3)}, None),
    ("passport", {"issued_on": date(2020, 2, 4)}, "address_passport"),
    ("passport", {"issued_on": None}, "address_passport"),
    ("resident_record", {"masking": Masking.OPEN}, "masking_open"),
]


@pytest.mark.parametrize(("document_type", "differs", "why_not"), ADDRESSES)
def test_the_answer_goes_only_to_an_address_the_evidence_shows(
    document_type: str, differs: dict[str, object], why_not: str | None
) -> None:
    document = paper(document_type, **differs)

    found = identity.address_gaps(Party.SUBJECT, [document], LAW, on_record=False)

    assert codes(found) == ([] if why_not is None else [why_not])


def test_an_address_on_record_needs_no_paper() -> None:
    assert identity.address_gaps(Party.SUBJECT, [], LAW, on_record=True) == []


def test_the_returned_form_code_alone_does_not_prove_the_address() -> None:
    found = identity.address_gaps(Party.SUBJECT, [], LAW, on_record=False, proven_by_code=True)

    assert codes(found) == ["address_code_only"]
    assert whats(found) == {"address"}


def test_a_second_person_may_accept_an_address_without_a_paper() -> None:
    assert identity.address_gaps(Party.SUBJECT, [], LAW, on_record=False, overridden=["address"]) == []


# ---- asking again ----

ASKED = [
    ("unsigned", "The form was not signed. Please sign or seal it in the space provided and send it to us."),
    (
        "form:correction",
        (
            "The form “Personal information correction, etc. request form” was not enclosed. Please fill "
            "it in and send it "
            "to us."
        ),
    ),
    (
        "masking:passport",
        (
            "Something on the copy of the passport was not blocked out. Please send a new copy with the "
            "following blocked "
            "out: registered domicile."
        ),
    ),
]


@pytest.mark.requirement("S19")
@pytest.mark.parametrize(("what", "sentence"), ASKED)
def test_a_word_of_ask_again_becomes_a_sentence_of_the_notice(what: str, sentence: str) -> None:
    reason = identity.explain_missing(what)

    assert say(reason, "en") == sentence
    assert say(reason, "ja") not in {"", reason.code}


@pytest.mark.requirement("S19")
def test_every_known_word_has_a_sentence_in_both_languages() -> None:
    concrete = [word.replace("NAME", "halt").replace("TYPE", "resident_record") for word in identity.words_known()]

    reasons = [identity.explain_missing(word) for word in concrete]

    assert all(reason.code.startswith("deficiency.") for reason in reasons)
    assert all("{" not in say(reason, language) for reason in reasons for language in ("ja", "en"))


def test_papers_of_another_law_can_be_asked_for_again_too() -> None:
    anywhere = identity.explain_missing("masking:identity_card")
    in_japan = identity.explain_missing("masking:identity_card", LAW)

    assert anywhere.code == "deficiency.masking"
    assert in_japan.code == "identity.masking_unknown"


@pytest.mark.parametrize(
    "what", ["", "pagez", "form:", "form:tax", "document:", "document:witness", "masking:", "masking:residence_card"]
)
def test_an_unknown_word_is_refused_with_the_known_ones(what: str) -> None:
    reason = identity.explain_missing(what)

    assert reason.code.startswith("identity.")
    assert "masking:" in say(reason, "en")
    assert "masking:" in say(reason, "ja")


@pytest.mark.requirement("S19")
def test_a_notice_says_what_exactly_was_wrong_where_the_engine_knows() -> None:
    found = gaps(paper("resident_record", issued_on=date(2026, 1, 5)), paper("passport", masking=Masking.OPEN))
    late = gaps(paper("resident_record", issued_on=date(2026, 1, 5)))

    assert [identity.explain_gap(gap).code for gap in found] == ["deficiency.masking"]
    assert [say(identity.explain_gap(gap), "en") for gap in late][1:] == [
        (
            "The resident record of the individual had been issued more than three months before it reached us on "
            "2026-12-01."
        )
    ]


@pytest.mark.parametrize(
    ("document", "shows"),
    [
        (paper("drivers_licence"), True),
        (paper("drivers_licence", address=AddressShown.OTHER), True),
        (paper("drivers_licence", address=AddressShown.NONE), False),
        (paper("drivers_licence", arrived_on=None), False),
        (paper("of no table"), False),
        (paper("passport"), False),
        # Its last day in the table has passed.
        (paper("health_insurance_card", arrived_on=date(2030, 1, 1)), False),
    ],
    ids=lambda value: value.type if isinstance(value, Document) else str(value),
)
def test_whether_a_paper_shows_an_address_is_asked_of_the_table_of_its_day(document: Document, shows: bool) -> None:
    assert identity.shows_an_address(document, LAW) is shows
