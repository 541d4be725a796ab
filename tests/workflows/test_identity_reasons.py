"""What is said when papers do not prove who somebody is, as data: the code, whose paper, which one, when it arrived."""

from dataclasses import replace
from datetime import date

import pytest

from workflows import law
from workflows.engine.values import Reason
from workflows.law.law import Paper
from workflows.request import identity
from workflows.request.values import AddressShown, Document, Masking, Party

LAW = law.regime("jp-appi")
DAY = date(2026, 12, 1)
OURS, THEIRS = Party.SUBJECT, Party.REPRESENTATIVE


def paper(document_type: str, **differs: object) -> Document:
    """Return a document of the subject with which nothing is wrong on 1 December 2026."""
    sound = Document(
        holder=OURS, type=document_type, masking=Masking.MASKED, issued_on=date(2026, 11, 1),
        expires_on=date(2028, 4, 1), address=AddressShown.STATED, name_matches=True, seal_matches=True, arrived_on=DAY,
    )  # fmt: skip
    return replace(sound, **differs)  # type: ignore[arg-type]


def a_law(*rows: Paper) -> law.Regime:
    """Return the Japanese law with another table of identity documents, and no proofs."""
    return replace(LAW, papers=replace(LAW.papers, documents=rows, proofs=()))


def a_row(code: str, **differs: object) -> Paper:
    sound = Paper(code=code, article="x", photograph=False, shows_address=True)
    return replace(sound, **differs)  # type: ignore[arg-type]


def more(code: str, holder: Party = OURS, **besides: object) -> Reason:
    return Reason(f"identity.{code}", {"what": f"document:{holder}", "holder": str(holder), **besides})


def of(code: str, document: str, holder: Party = OURS, arrived: str = "2026-12-01") -> Reason:
    return more(code, holder, document=document, arrived=arrived)


def unmasked(document_type: str, *items: str, document: str | None = None) -> Reason:
    params = {"what": f"masking:{document_type}", "holder": "subject", "document": document or document_type}
    return Reason("identity.masking_open", {**params, "items": list(items)})


# -- what is missing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("holder", [OURS, THEIRS])
def test_who_has_shown_nothing_is_asked_for_a_paper(holder: Party) -> None:
    assert identity.gaps(holder, [], LAW) == [more("none_accepted", holder)]


def test_one_more_paper_is_asked_for_beside_the_one_there_is() -> None:
    is_open = paper("pension_notebook", masking=Masking.OPEN)

    assert identity.gaps(OURS, [paper("resident_record")], LAW) == [more("one_more", document="resident_record")]
    assert identity.gaps(OURS, [is_open], LAW) == [
        more("one_more", document="pension_notebook"),
        unmasked("pension_notebook", "basic_pension_number"),
    ]


def test_of_several_papers_the_first_by_name_is_spoken_of() -> None:
    law = a_law(a_row("b"), a_row("a", masks=("domicile",)))

    found = identity.gaps(OURS, [paper("b"), paper("b"), paper("a", name_matches=False)], law)

    assert found == [more("one_more", document="b"), of("name_differs", "a")]


FAULTS: list[tuple[dict[str, object], dict[str, object], list[str]]] = [
    ({"never": True}, {"name_matches": False}, ["never_accepted"]),
    ({}, {"name_matches": False}, ["name_differs"]),
    ({"unexpired": True}, {"expires_on": None}, ["expiry_not_recorded"]),
    ({"unexpired": True}, {"expires_on": date(2026, 11, 30)}, ["expired"]),
    ({"issued_within_months": 3}, {"issued_on": None}, ["issue_not_recorded"]),
    ({"issued_from": date(2012, 4, 1)}, {"issued_on": None}, ["issue_not_recorded"]),
    ({}, {"issued_on": date(2026, 12, 2)}, ["issued_after_arrival"]),
    ({"issued_from": date(2012, 4, 1)}, {"issued_on": date(2012, 3, 31)}, ["issued_too_early"]),
    ({"issued_within_months": 3}, {"issued_on": date(2026, 8, 31)}, ["too_old"]),
    ({"seal": True}, {"seal_matches": False}, ["seal_differs"]),
    ({"second_person": True}, {}, ["second_person_needed"]),
    ({"first": date(2026, 12, 2)}, {}, ["not_yet_accepted"]),
    ({"last": date(2026, 11, 30)}, {}, ["no_longer_accepted"]),
    (
        {"unexpired": True, "seal": True, "second_person": True, "issued_within_months": 3},
        {"name_matches": False, "expires_on": None, "issued_on": None, "seal_matches": False},
        ["expiry_not_recorded", "issue_not_recorded", "name_differs", "seal_differs", "second_person_needed"],
    ),
]


@pytest.mark.requirement("S22")
@pytest.mark.parametrize(("row", "document", "codes"), FAULTS)
def test_each_fault_names_the_paper_and_the_day_it_arrived(
    row: dict[str, object], document: dict[str, object], codes: list[str]
) -> None:
    law = a_law(a_row("card", photograph=True, **row))

    found = identity.gaps(OURS, [paper("card", **document)], law)

    assert found == [more("none_accepted"), *(of(code, "card") for code in codes)]


def test_a_paper_of_the_representative_is_named_as_theirs() -> None:
    found = identity.gaps(THEIRS, [paper("library_card", holder=THEIRS), paper("passport")], LAW)

    assert found == [more("none_accepted", THEIRS), of("unknown_document", "library_card", THEIRS)]


def test_a_paper_of_the_other_party_hides_none_that_comes_after_it() -> None:
    papers = [paper("passport", holder=THEIRS), paper("resident_record"), paper("drivers_licence")]

    assert identity.accepted(OURS, papers, LAW) == papers[1:]


def test_faults_stand_in_the_order_of_paper_fault_and_day() -> None:
    early = paper("seal_certificate", seal_matches=False, name_matches=False, arrived_on=date(2026, 11, 30))
    late = paper("seal_certificate", seal_matches=False)
    other = paper("notification_card")

    found = identity.gaps(OURS, [late, early, other], LAW)[1:]

    assert found == [
        of("never_accepted", "notification_card"),
        of("name_differs", "seal_certificate", arrived="2026-11-30"),
        of("seal_differs", "seal_certificate", arrived="2026-11-30"),
        of("seal_differs", "seal_certificate"),
    ]


def test_a_table_may_begin_again_after_a_break() -> None:
    rows = [a_row("card", last=date(2026, 11, 1)), a_row("card", first=date(2027, 1, 1))]

    found = identity.gaps(OURS, [paper("card")], a_law(*rows))
    before = identity.gaps(OURS, [paper("card")], a_law(*[replace(row, first=date(2027, 1, 1)) for row in rows]))

    assert found[1:] == [of("no_longer_accepted", "card")]
    assert before[1:] == [of("not_yet_accepted", "card")]


def test_an_other_document_is_called_so_and_needs_a_second_person_for_its_own_holder() -> None:
    one = paper("other", photo=True)

    assert identity.gaps(OURS, [one], LAW) == [more("none_accepted"), of("second_person_needed", "document.other")]
    assert identity.accepted(OURS, [one], LAW, overridden=["document:representative"]) == []
    assert identity.accepted(OURS, [one], LAW, overridden=["document:subject"]) == [one]


@pytest.mark.parametrize(
    ("row", "photo", "shows"),
    [
        (True, None, True),
        (True, True, True),
        (True, False, False),
        (False, True, False),
        (None, True, True),
        (None, None, False),
        (None, False, False),
    ],
)
def test_a_photograph_counts_where_the_table_has_one_and_the_paper_shows_it(
    row: bool | None, photo: bool | None, shows: bool
) -> None:
    law = a_law(a_row("card", photograph=row))

    assert (identity.gaps(OURS, [paper("card", photo=photo)], law) == []) is shows


def test_a_paper_that_cannot_be_judged_is_named() -> None:
    with pytest.raises(ValueError, match=r"^a passport is judged on the day it arrived; give its arrived_on$"):
        identity.gaps(OURS, [paper("passport", arrived_on=None)], LAW)


# -- masking --------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("S27")
def test_an_open_mask_names_the_paper_and_what_is_to_be_blocked_out() -> None:
    licence = paper("drivers_licence", masking=Masking.OPEN)
    law = a_law(a_row("other", photograph=True, masks=("domicile", "qr_code")))

    assert identity.gaps(OURS, [licence], LAW) == [unmasked("drivers_licence", "registered_domicile")]
    assert identity.gaps(OURS, [paper("other", masking=Masking.OPEN)], law) == [
        unmasked("other", "domicile", "qr_code", document="document.other")
    ]


def test_two_open_papers_without_a_photograph_are_both_to_be_masked_and_a_third_is_not() -> None:
    law = a_law(*(a_row(code, masks=("domicile",)) for code in "abc"))
    papers = [paper(code, masking=Masking.OPEN) for code in "cba"]

    assert identity.gaps(OURS, papers, law) == [unmasked("a", "domicile"), unmasked("b", "domicile")]
    assert identity.gaps(OURS, [*papers, paper("b")], law) == [unmasked("a", "domicile")]


def test_an_open_copy_of_a_paper_that_counts_already_is_not_asked_for_again() -> None:
    law = a_law(*(a_row(code, masks=("domicile",)) for code in "ab"))

    found = identity.gaps(OURS, [paper("a"), paper("a", masking=Masking.OPEN), paper("b", masking=Masking.OPEN)], law)

    assert found == [unmasked("b", "domicile")]


# -- the address ----------------------------------------------------------------------------------------------------


def why_not(*documents: Document, law: law.Regime = LAW, by_code: bool = False) -> list[Reason]:
    return identity.address_gaps(OURS, documents, law, on_record=False, proven_by_code=by_code)


def about_address(code: str) -> Reason:
    return Reason(f"identity.{code}", {"what": "address", "holder": "subject"})


def test_why_an_address_is_not_proven_is_said_about_the_address() -> None:
    assert why_not() == [about_address("address_not_shown")]
    assert why_not(by_code=True) == [about_address("address_code_only")]
    assert why_not(paper("drivers_licence", address=AddressShown.OTHER)) == [about_address("address_differs")]
    assert why_not(paper("passport")) == [about_address("address_passport")]
    assert why_not(paper("passport", address=AddressShown.NONE)) == [about_address("address_not_shown")]
    assert why_not(paper("family_register")) == [about_address("address_not_shown")]


def test_of_the_papers_that_would_show_the_address_the_first_by_name_is_to_be_masked() -> None:
    law = a_law(a_row("b", masks=("domicile",)), a_row("a", masks=("domicile",)), a_row("0", masks=("domicile",)))
    papers = [paper(code, masking=Masking.OPEN) for code in "ba"]
    elsewhere = paper("0", masking=Masking.OPEN, address=AddressShown.OTHER)

    assert why_not(*papers, elsewhere, law=law) == [unmasked("a", "domicile")]


@pytest.mark.parametrize(
    ("row", "document", "proven"),
    [
        ({}, {}, True),
        ({"shows_address": None}, {}, True),
        ({"shows_address": False}, {}, False),
        ({}, {"address": AddressShown.NONE}, False),
        ({"address_issued_before": date(2020, 2, 4)}, {"issued_on": date(2020, 2, 3)}, True),
        ({"address_issued_before": date(2020, 2, 4)}, {"issued_on": date(2020, 2, 4)}, False),
        ({"address_issued_before": date(2020, 2, 4)}, {"issued_on": None}, False),
    ],
)
def test_a_paper_shows_the_address_its_row_and_its_reader_say_it_does(
    row: dict[str, object], document: dict[str, object], proven: bool
) -> None:
    assert (why_not(paper("card", **document), law=a_law(a_row("card", **row))) == []) is proven


def test_the_papers_of_the_other_party_show_no_address() -> None:
    licence = paper("drivers_licence", holder=THEIRS)

    assert identity.address_gaps(OURS, [licence], LAW, on_record=False) == [about_address("address_not_shown")]
    assert identity.address_gaps(THEIRS, [licence], LAW, on_record=False) == []


def test_a_mask_a_second_person_has_lifted_lets_the_paper_show_the_address() -> None:
    licence = [paper("drivers_licence", masking=Masking.OPEN)]
    lifted = ["masking:drivers_licence"]

    assert identity.address_gaps(OURS, licence, LAW, on_record=False, overridden=lifted) == []
    assert identity.accepted(OURS, licence, LAW, overridden=lifted) == licence


# -- asking again ---------------------------------------------------------------------------------------------------

KNOWN = [
    "unsigned", "unsealed", "form:NAME", "pages", "document:subject", "document:representative", "masking:TYPE",
    "authority", "address", "correction", "fee", "envelope",
]  # fmt: skip
SENTENCES: list[tuple[str, str, dict[str, object]]] = [
    ("unsigned", "deficiency.unsigned", {}),
    ("unsealed", "deficiency.unsealed", {}),
    ("pages", "deficiency.pages", {}),
    ("authority", "deficiency.authority", {}),
    ("address", "deficiency.address", {}),
    ("correction", "deficiency.correction", {}),
    ("form:halt", "deficiency.form", {"form": "form.halt"}),
    ("document:subject", "deficiency.document", {"holder": "polite.subject"}),
    ("document:representative", "deficiency.document", {"holder": "polite.representative"}),
    (
        "masking:passport",
        "deficiency.masking",
        {"document": "passport", "items": ["registered_domicile"]},
    ),
]


def test_the_words_that_can_be_asked_for_again_are_those_of_the_contract() -> None:
    assert identity.words_known() == KNOWN


@pytest.mark.requirement("S19")
@pytest.mark.parametrize(("what", "code", "besides"), SENTENCES)
def test_a_word_becomes_its_sentence_with_what_it_speaks_of(what: str, code: str, besides: dict[str, object]) -> None:
    assert identity.explain_missing(what, LAW) == Reason(code, {"what": what, **besides})


@pytest.mark.parametrize("what", ["", "pagez", "form", "form:tax", "document", "document:witness", "address:x"])
def test_an_unknown_word_is_given_back_with_all_the_known(what: str) -> None:
    assert identity.explain_missing(what) == Reason("identity.missing_unknown", {"word": what, "known": KNOWN})


def test_a_paper_with_nothing_to_mask_is_given_back_with_those_that_have() -> None:
    rows = [
        a_row("b", masks=("x",)),
        a_row("a", masks=("x", "y")),
        a_row("never", masks=("x",), never=True),
        a_row("c"),
    ]
    law = a_law(*rows)

    for what in ("masking:c", "masking:never", "masking:", "masking"):
        assert identity.explain_missing(what, law) == Reason(
            "identity.masking_unknown", {"word": what, "known": ["masking:a", "masking:b"]}
        )
    assert identity.explain_missing("masking:a", law).params["items"] == ["x", "y"]


def test_what_is_to_be_masked_on_a_proof_alone_is_known_too() -> None:
    law = replace(LAW, papers=replace(LAW.papers, documents=(a_row("a", masks=("x",)),)))

    found = [identity.explain_missing(what, law) for what in ("masking:family_register", "masking:a")]

    assert [reason.params["items"] for reason in found] == [["registered_domicile"], ["x"]]


LETTERS = [
    ("identity.one_more", "deficiency.one_more"),
    ("identity.expired", "deficiency.expired"),
    ("identity.too_old", "deficiency.too_old"),
    ("identity.no_longer_accepted", "deficiency.no_longer_accepted"),
    ("identity.never_accepted", "deficiency.never_accepted"),
    ("identity.name_differs", "deficiency.name_differs"),
    ("identity.seal_differs", "deficiency.seal_differs"),
    ("identity.person_changed", "deficiency.person_changed"),
    ("identity.address_changed", "deficiency.address_changed"),
    ("right_not_ticked", "deficiency.right_not_ticked"),
    ("representation.of_age", "deficiency.of_age"),
    ("representation.birth_date_missing", "deficiency.birth_date"),
]


@pytest.mark.requirement("S19")
@pytest.mark.parametrize(("gap", "sentence"), LETTERS)
def test_a_letter_says_what_exactly_was_wrong(gap: str, sentence: str) -> None:
    params = {"what": "document:subject", "document": "passport"}

    assert identity.explain_gap(Reason(gap, params)) == Reason(sentence, params)
    assert identity.explain_gap(Reason(gap, {**params, "holder": "subject"})) == Reason(
        sentence, {**params, "holder": "polite.subject"}
    )


def test_what_a_letter_has_no_words_of_its_own_for_is_asked_for_again_by_the_law_of_the_case() -> None:
    gap = Reason("identity.masking_open", {"what": "masking:identity_card", "holder": "subject"})

    assert identity.explain_gap(gap).code == "deficiency.masking"
    assert identity.explain_gap(gap, LAW).code == "identity.masking_unknown"
    assert identity.explain_gap(Reason("identity.expiry_not_recorded", {"what": "document:subject"})) == Reason(
        "deficiency.document", {"what": "document:subject", "holder": "polite.subject"}
    )
