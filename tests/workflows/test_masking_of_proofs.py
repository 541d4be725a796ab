"""What must be blocked out on a proof of the right to represent: family-register information above all (S27)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from workflows import law
from workflows.engine.values import Reason
from workflows.law.papers import load_papers
from workflows.law.reading import BadData
from workflows.law.values import RepresentativeKind
from workflows.request import identity, representation
from workflows.request.values import AddressShown, Authority, Document, Masking, Party
from workflows.words import say

LAW = law.regime("jp-appi")
DAY, LATER = date(2026, 12, 1), date(2026, 12, 15)
CHILD = date(2015, 6, 30)
MINOR, WARD, AGENT = RepresentativeKind.MINOR, RepresentativeKind.ADULT_WARD, RepresentativeKind.AGENT
MASKED, NOT_SHOWN, OPEN = Masking.MASKED, Masking.NOT_SHOWN, Masking.OPEN


def proof(kind: str = "family_register", masking: Masking | None = None, on: date = DAY) -> Authority:
    """Return a proof with which nothing else is wrong."""
    return Authority(type=kind, issued_on=date(2026, 11, 1), masking=masking, arrived_on=on)


def paper(masking: Masking, kind: str = "family_register", on: date = DAY) -> Document:
    """Return an identity document as the verifier read it."""
    return Document(
        holder=Party.SUBJECT, type=kind, masking=masking, issued_on=date(2026, 11, 1), address=AddressShown.NONE,
        name_matches=True, arrived_on=on,
    )  # fmt: skip


def gaps(
    *proofs: Authority,
    documents: Iterable[Document] = (),
    kind: RepresentativeKind = MINOR,
    overridden: tuple[str, ...] = (),
) -> list[Reason]:
    return representation.gaps(
        kind, proofs, LAW, subject_birth_date=CHILD, arrived_on=LATER, documents=list(documents), overridden=overridden
    )


# what was written down of the proof, the same paper among the documents, does it prove the right?
ANSWERS: list[tuple[Authority, list[Document], bool]] = [
    (proof(masking=MASKED), [], True),
    (proof(masking=NOT_SHOWN), [], True),
    (proof(masking=OPEN), [], False),
    # nothing written down does not block by itself
    (proof(), [], True),
    # the same paper among the documents answers for it
    (proof(), [paper(MASKED)], True),
    (proof(), [paper(OPEN)], False),
    (proof(), [paper(OPEN, "resident_record")], True),
    # its own answer goes before that of the same envelope
    (proof(masking=OPEN), [paper(MASKED)], False),
    (proof(masking=MASKED), [paper(OPEN)], True),
    # a masked copy that came later mends it, an earlier one does not
    (proof(masking=OPEN), [paper(MASKED, on=LATER)], True),
    (proof(masking=OPEN), [paper(OPEN, on=LATER)], False),
    (proof(), [paper(OPEN), paper(NOT_SHOWN, on=LATER)], True),
    (proof(masking=OPEN, on=LATER), [paper(MASKED)], False),
    (proof(on=LATER), [paper(OPEN)], True),
    (proof("resident_record", OPEN), [], False),
]


@pytest.mark.requirement("S27")
@pytest.mark.parametrize(("shown", "documents", "proves"), ANSWERS)
def test_a_proof_that_shows_what_must_be_blocked_out_proves_nothing_yet(
    shown: Authority, documents: list[Document], proves: bool
) -> None:
    found = gaps(shown, documents=documents)

    expected = [] if proves else [("representation.masking_open", f"masking:{shown.type}")]
    assert [(reason.code, reason.params["what"]) for reason in found] == expected


@pytest.mark.requirement("S27")
@pytest.mark.parametrize(("kind", "authority_type"), [(WARD, "registration_certificate"), (AGENT, "proxy_statement")])
def test_open_on_a_proof_with_nothing_to_mask_counts_as_not_shown(
    kind: RepresentativeKind, authority_type: str
) -> None:
    assert gaps(proof(authority_type, OPEN), kind=kind) == []


def test_any_masked_proof_is_enough_and_only_one_copy_is_asked_for() -> None:
    open_ones = [proof("resident_record", OPEN), proof("family_register", OPEN)]

    asked = gaps(*open_ones)
    mended = gaps(*open_ones, proof(masking=MASKED, on=LATER))

    assert [reason.params["what"] for reason in asked] == ["masking:family_register"]
    assert mended == []


def test_a_proof_that_lacks_more_than_its_masking_is_asked_for_anew_as_a_whole() -> None:
    found = gaps(replace(proof(masking=OPEN), names_match=False))

    assert {reason.params["what"] for reason in found} == {"authority"}


@pytest.mark.parametrize("lifted", ["masking:family_register", "authority"])
def test_a_second_person_may_lift_it(lifted: str) -> None:
    assert gaps(proof(masking=OPEN), overridden=(lifted,)) == []


def test_staff_and_the_letter_say_what_is_to_be_blocked_out() -> None:
    (gap,) = gaps(proof("resident_record", OPEN))

    assert say(gap, "en") == (
        "on the resident record that is to prove the right to represent, masking of the registered domicile, "
        "My Number, resident record code is not confirmed."
    )
    assert say(gap, "ja") == (
        "代理権を証する住民票の写しについて、本籍、個人番号（マイナンバー）、住民票コードの黒塗りが確認されていません。"
    )
    assert say(identity.explain_gap(gap), "en") == (
        "Something on the copy of the resident record was not blocked out. Please send a new copy with the following "
        "blocked out: registered domicile, My Number, resident record code."
    )
    assert "黒塗りした写し" in say(identity.explain_gap(gap), "ja")


@pytest.mark.parametrize(
    ("shown", "documents", "unanswered"),
    [
        (proof(), [], ["family_register"]),
        (proof(), [paper(MASKED)], []),
        (proof(masking=MASKED), [], []),
        (proof("registration_certificate"), [], []),
    ],
)
def test_what_nobody_wrote_down_is_named(shown: Authority, documents: list[Document], unanswered: list[str]) -> None:
    found = representation.unanswered(MINOR, [shown], LAW, arrived_on=DAY, documents=documents)

    assert found == unanswered


def test_what_is_blocked_out_on_a_proof_is_data_and_the_same_as_on_the_paper_itself() -> None:
    masks = {row.type: set(row.masks) for row in LAW.papers.proofs if row.masks and row.type in LAW.documents}

    assert masks == {code: set(LAW.documents[code][-1].masks) for code in masks}
    assert "family_register" in masks


def test_a_proof_with_an_unknown_mask_is_refused_when_it_is_loaded(tmp_path: object) -> None:
    from pathlib import Path

    source = Path(law.__file__).parent / "evidence_jp.toml"
    bad = Path(str(tmp_path)) / "evidence_jp.toml"
    bad.write_text(
        source.read_text(encoding="utf-8").replace(
            'Code 818, 824"\nmasks = ["registered_domicile"]', 'Code 818, 824"\nmasks = ["shoe_size"]'
        ),
        encoding="utf-8",
    )

    with pytest.raises(BadData, match=r"authority 1 \(family_register\): masks names 'shoe_size', which is unknown"):
        load_papers(bad)


def test_what_bears_no_arrival_day_of_its_own_came_on_the_day_that_is_judged() -> None:
    shown, silent = replace(proof(masking=OPEN), arrived_on=None), replace(proof(), arrived_on=None)
    copy = replace(paper(OPEN), arrived_on=None)

    found = [*gaps(shown), *gaps(silent, documents=[copy])]

    assert [(reason.code, reason.params["arrived"]) for reason in found] == [
        ("representation.masking_open", LATER.isoformat())
    ] * 2


def unanswered(*proofs: Authority, documents: Iterable[Document] = ()) -> list[str]:
    return representation.unanswered(MINOR, proofs, LAW, arrived_on=LATER, documents=list(documents))


def test_a_proof_is_unanswered_by_the_law_and_the_papers_of_its_own_day() -> None:
    card = replace(proof("health_insurance_card"), arrived_on=date(2025, 11, 4))

    assert unanswered(card, replace(proof(), arrived_on=None)) == ["family_register", "health_insurance_card"]
    assert unanswered(proof(), documents=[paper(MASKED)]) == []
    assert unanswered(replace(proof(), arrived_on=None), documents=[replace(paper(OPEN), arrived_on=None)]) == []
    assert unanswered(proof(on=LATER), documents=[paper(OPEN)]) == ["family_register"]
