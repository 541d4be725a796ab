"""A family register sent only as a proof of representation: what is stored of its masking, and what is done."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from models.session import reading
from services.reports.cases import history, the_case, why
from tests.office import VERIFIER, TestOffice, codes_of
from tests.people import a_licence, a_person
from tests.services.paper import text_of
from workflows.engine.values import Actor, Language, Role
from workflows.law import regime
from workflows.law.values import RepresentativeKind
from workflows.request.letter_lines import proofs
from workflows.request.payloads import AskAgain, AskOverride, MailForms, ReceiveForms
from workflows.request.values import Authority, FormName, Masking, Party
from workflows.words import say_all


def from_parents(office: TestOffice, masking: Masking | None, language: Language = Language.EN) -> str:
    """Return a minor's case whose forms came back with everything, the family register as the proof."""
    parent = a_person(kind=RepresentativeKind.MINOR)
    child = a_person(birth_date=date(2015, 6, 30))
    case, code = office.mailed(subject=child, representative=parent, language=language)
    office.must(case, "receive_forms", returned(office, code, masking))
    return case


def returned(office: TestOffice, code: str | None, masking: Masking | None) -> ReceiveForms:
    """Return what comes back in the envelope: both people's licences and a family register."""
    papers = (a_licence(), a_licence(holder=Party.REPRESENTATIVE))
    register = Authority(type="family_register", issued_on=date(2026, 10, 20), masking=masking)
    signed = {FormName.DISCLOSURE: True}
    return replace(office.an_arrival(code), documents=papers, authority=register, signed=signed)


def facts(office: TestOffice, case: str) -> dict[str, Any]:
    with reading(office.engine) as db:
        return the_case(db, office.case(case), office.at(db), "en")


def verified_with(office: TestOffice, case: str) -> dict[str, Any]:
    """Return what the history says of the verification."""
    with reading(office.engine) as db:
        rows = history(db, office.case(case), office.at(db))
    details: dict[str, Any] = next(row["details"] for row in rows if row["transition"] == "verify_identity")
    return details


@pytest.mark.requirement("S27")
def test_an_open_family_register_blocks_and_is_asked_for_again_masked(office: TestOffice) -> None:
    case = from_parents(office, Masking.OPEN)

    refused = office.do(case, "verify_identity", by=VERIFIER)
    office.must(case, "ask_again", AskAgain())
    code = office.code_of(case)
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())
    office.move_to(office.now + timedelta(days=2))  # type: ignore[operator, arg-type]  # it is set
    again = replace(returned(office, code, Masking.MASKED), forms=(), documents=(), signed=None)
    office.must(case, "receive_forms", again)
    done = office.do(case, "verify_identity", by=VERIFIER)

    assert codes_of(refused.reasons) == ["representation.masking_open"]
    assert done.outcome == "done"
    assert [proof["masking"] for proof in facts(office, case)["authorities"]] == ["open", "masked"]
    assert "masking_by_verifier" not in verified_with(office, case)


@pytest.mark.requirement("S27")
@pytest.mark.parametrize(
    ("language", "says"),
    [
        (Language.EN, "Something on the copy of the family register was not blocked out."),
        (Language.JA, "戸籍謄本・抄本に黒塗りされていない事項がありました。"),
    ],
)
def test_the_deficiency_notice_asks_for_the_masking_alone(office: TestOffice, language: Language, says: str) -> None:
    case = from_parents(office, Masking.OPEN, language)
    office.must(case, "ask_again", AskAgain())

    office.make_letters(case, typeset=True)

    paths = office.ask("SELECT path FROM letter WHERE kind = 'deficiency_notice'")
    said = "".join(text_of((office.settings.spool / paths[0].path).read_bytes()).split())
    assert "".join(says.split()) in said
    assert "Wecouldnotconfirmtherighttorepresent" not in said
    assert "代理権を確認できませんでした" not in said


def test_why_names_what_is_to_be_blocked_out(office: TestOffice) -> None:
    case = from_parents(office, Masking.OPEN)

    with reading(office.engine) as db:
        asker = Actor(VERIFIER, frozenset({Role.VERIFIER}))
        found = why(db, office.case(case), office.at(db), asker, "verify_identity")

    ((name, reasons),) = found["blocked"]
    assert name == "verify-identity"
    (sentence,) = say_all(reasons, "en")
    assert sentence == (
        "on the family register that is to prove the right to represent, masking of the registered domicile is not "
        "confirmed."
    )


@pytest.mark.requirement("S27")
def test_where_nobody_wrote_it_down_whoever_verifies_answers_for_it(office: TestOffice) -> None:
    unsaid, said = from_parents(office, None), from_parents(office, Masking.MASKED)

    for case in (unsaid, said):
        office.must(case, "verify_identity", by=VERIFIER)

    assert verified_with(office, unsaid) == {"overridden": [], "masking_by_verifier": ["family_register"]}
    assert verified_with(office, said) == {"overridden": []}
    assert facts(office, unsaid)["authorities"] == [
        {"type": "family_register", "masking": None, "arrived_on": office.today.isoformat()}
    ]


def test_two_people_may_accept_it_as_it_is(office: TestOffice) -> None:
    case = from_parents(office, Masking.OPEN)
    office.must(case, "override", AskOverride(what="masking:family_register", reason="the register office is shut"))
    office.must(case, "approve", by=VERIFIER)

    assert office.do(case, "verify_identity", by=VERIFIER).outcome == "done"


@pytest.mark.requirement("S27")
@pytest.mark.parametrize(
    ("language", "says"),
    [(Language.JA, "黒塗り：本籍"), (Language.EN, "Black out: registered domicile")],
)
def test_the_forms_say_what_to_black_out_before_anything_is_sent(language: Language, says: str) -> None:
    lines = proofs(regime(), RepresentativeKind.MINOR, date(2026, 12, 1), language)
    ward = proofs(regime(), RepresentativeKind.ADULT_WARD, date(2026, 12, 1), language)

    assert lines[0].notes == (says,)
    assert not any("黒塗り" in note or "Black out" in note for line in ward for note in line.notes)
