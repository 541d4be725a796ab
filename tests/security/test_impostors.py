"""Stories of impostors that are told in docs/security.md: the whole way by real orders, and nothing leaves the office.

Here are those that no other test shows; tests/security/stories.toml names them all, with where each is shown.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.letter import letter
from tests.office import APPROVER, GRANTED, MONDAY, VERIFIER, TestOffice, codes_of
from tests.people import a_licence, a_person
from workflows.engine.numbers import RANDOM_BYTES, make_code
from workflows.law.values import RepresentativeKind
from workflows.request.payloads import Amend, AskAgain, Fulfil, MailForms, VerifyIdentity
from workflows.request.values import AddressShown, Authority, Document, FormName, Masking, Party

RECORD = Document(
    holder=Party.SUBJECT, type="resident_record", masking=Masking.MASKED, issued_on=date(2026, 11, 1),
    address=AddressShown.STATED, name_matches=True,
)  # fmt: skip


def no_answer(office: TestOffice, case: str) -> list[str]:
    """Try to verify, decide and release; return why verifying was refused. No answer was even ordered."""
    verifying = office.do(case, "verify_identity", VerifyIdentity(), VERIFIER)
    office.do(case, "decide", GRANTED, VERIFIER)
    released = office.do(case, "fulfil", Fulfil(), APPROVER)
    answers = office.ask(select(letter.c.number).where(letter.c.kind == "disclosure_notification"))
    assert (verifying.outcome, released.outcome, answers) == ("refused", "refused", [])
    return codes_of(verifying.reasons)


def sent_back(office: TestOffice, *documents: Document, **changes: Any) -> str:
    """Return a case whose signed form came back with these papers."""
    case, code = office.mailed(**changes)
    office.must(case, "receive_forms", replace(office.an_arrival(code), documents=documents))
    return case


# -- the code on the form ---------------------------------------------------------------------------------------------


def test_whoever_took_the_forms_out_of_a_letterbox_has_the_code_and_no_papers(office: TestOffice) -> None:
    case, code = office.mailed(address_on_record=False)

    office.must(case, "receive_forms", office.an_arrival(code, proven=False))

    assert no_answer(office, case) == ["identity.none_accepted", "identity.address_not_shown"]


def test_a_guessed_code_holds_the_case_for_the_lead(office: TestOffice) -> None:
    case, _ = office.mailed()

    outcome = office.must(case, "receive_forms", office.an_arrival(make_code(bytes(RANDOM_BYTES))))

    assert codes_of(outcome.reasons) == ["code_wrong"]
    assert no_answer(office, case) == ["on_hold"]


def test_the_code_of_ones_own_case_opens_nobody_elses(office: TestOffice) -> None:
    _, own = office.mailed()
    case, _ = office.mailed()

    outcome = office.must(case, "receive_forms", office.an_arrival(own))

    assert codes_of(outcome.reasons) == ["code_foreign"]
    assert no_answer(office, case) == ["on_hold"]


def test_a_code_found_after_half_a_year_has_expired(office: TestOffice) -> None:
    case, code = office.mailed()

    office.move_to(MONDAY + timedelta(days=182))
    outcome = office.must(case, "receive_forms", office.an_arrival(code))

    assert codes_of(outcome.reasons) == ["code_expired"]
    assert no_answer(office, case) == ["on_hold"]


def test_the_code_of_an_earlier_round_is_not_that_of_this_one(office: TestOffice) -> None:
    case, first = office.mailed()
    office.must(case, "receive_forms", replace(office.an_arrival(first), signed={FormName.DISCLOSURE: False}))
    office.must(case, "ask_again", AskAgain())
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())

    outcome = office.must(case, "receive_forms", office.an_arrival(first))

    assert codes_of(outcome.reasons) == ["code_old"]
    assert no_answer(office, case) == ["on_hold"]


# -- papers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("papers", "code"),
    [
        ((a_licence(address=AddressShown.OTHER),), "identity.address_differs"),
        ((a_licence(name_matches=False),), "identity.name_differs"),
        ((a_licence(expires_on=date(2026, 11, 8)),), "identity.expired"),
        ((replace(RECORD, issued_on=date(2026, 8, 8)),), "identity.too_old"),
        ((RECORD,), "identity.one_more"),
        ((RECORD, RECORD), "identity.one_more"),
        ((replace(RECORD, type="notification_card", issued_on=None),), "identity.never_accepted"),
        ((a_licence(type="other"),), "identity.second_person_needed"),
        ((a_licence(type="passport", address=AddressShown.STATED, issued_on=date(2021, 4, 1)),),
         "identity.address_passport"),
    ],
    ids=[
        "a namesake's own licence", "another name", "expired yesterday", "issued three months and a day ago",
        "one paper without a photograph", "the same paper twice", "a notification card", "a paper of an unknown kind",
        "a passport that shows no address",
    ],
)  # fmt: skip
def test_a_paper_that_does_not_prove_it_is_named_and_opens_nothing(
    office: TestOffice, papers: tuple[Document, ...], code: str
) -> None:
    case = sent_back(office, *papers, address_on_record=False)

    assert code in no_answer(office, case)


# -- representatives --------------------------------------------------------------------------------------------------

AGENT = RepresentativeKind.AGENT


def came(office: TestOffice, case: str, code: str | None, *documents: Document, **more: Any) -> None:
    office.must(case, "receive_forms", replace(office.an_arrival(code), documents=documents, **more))


def test_an_agent_without_a_mandate_gets_nothing(office: TestOffice) -> None:
    case, code = office.mailed(representative=a_person(kind=AGENT))

    came(office, case, code, a_licence(), a_licence(holder=Party.REPRESENTATIVE))

    assert {"form_missing", "representation.not_proven"} <= set(no_answer(office, case))


def test_an_agent_who_signed_for_both_and_shows_no_paper_of_the_subject_gets_nothing(office: TestOffice) -> None:
    case, code = office.mailed(representative=a_person(kind=AGENT))
    forms = (FormName.DISCLOSURE, FormName.PROXY)
    mandate = Authority(type="proxy_statement")

    came(
        office, case, code, a_licence(holder=Party.REPRESENTATIVE),
        forms=forms, signed=dict.fromkeys(forms, True), authority=mandate,
    )  # fmt: skip

    refused = office.do(case, "verify_identity", VerifyIdentity(), VERIFIER)
    (gap,) = [reason for reason in refused.reasons if reason.code == "identity.none_accepted"]
    assert gap.params["holder"] == "subject"
    assert "identity.none_accepted" in no_answer(office, case)


def test_a_mandate_nobody_signed_is_none(office: TestOffice) -> None:
    case, code = office.mailed(representative=a_person(kind=AGENT))
    forms = (FormName.DISCLOSURE, FormName.PROXY)

    came(
        office, case, code, a_licence(), a_licence(holder=Party.REPRESENTATIVE),
        forms=forms, signed={FormName.DISCLOSURE: True, FormName.PROXY: False},
        authority=Authority(type="proxy_statement", signed=False),
    )  # fmt: skip

    assert {"form_unsigned", "representation.unsigned"} <= set(no_answer(office, case))


def test_a_parent_does_not_ask_for_a_grown_up_child(office: TestOffice) -> None:
    child = a_person(birth_date=date(2008, 11, 10))  # eighteen on the day the forms come back
    case, code = office.mailed(subject=child, representative=a_person(kind=RepresentativeKind.MINOR))
    office.move_to(MONDAY + timedelta(days=1))
    register = Authority(type="family_register", issued_on=date(2026, 10, 20), masking=Masking.MASKED)

    came(office, case, code, a_licence(), a_licence(holder=Party.REPRESENTATIVE), authority=register)

    assert "representation.of_age" in no_answer(office, case)


def test_a_guardians_certificate_of_last_year_proves_no_guardianship(office: TestOffice) -> None:
    case, code = office.mailed(representative=a_person(kind=RepresentativeKind.ADULT_WARD))
    old = Authority(type="registration_certificate", issued_on=date(2025, 11, 9))

    came(office, case, code, a_licence(), a_licence(holder=Party.REPRESENTATIVE), authority=old)

    assert "representation.too_old" in no_answer(office, case)


def test_send_it_to_my_agent_instead_takes_the_verification_back(office: TestOffice) -> None:
    case, code = office.mailed(representative=a_person(kind=AGENT))
    forms = (FormName.DISCLOSURE, FormName.PROXY)
    came(
        office, case, code, a_licence(), a_licence(holder=Party.REPRESENTATIVE, address=AddressShown.OTHER),
        forms=forms, signed=dict.fromkeys(forms, True), authority=Authority(type="proxy_statement"),
    )  # fmt: skip
    office.must(case, "verify_identity", VerifyIdentity(), VERIFIER)
    office.must(case, "decide", GRANTED, VERIFIER)

    told = office.must(case, "amend", Amend(why="they telephoned", mail_to=Party.REPRESENTATIVE))

    assert (told.transition, told.state) == ("unverify", "forms_returned")
    assert codes_of(told.reasons)[0] == "verification_undone"
    assert no_answer(office, case) != []
