"""What was signed, in the campaign of 29 November 2026: a signature is for one person, one claim and one right.

Each test is an attack that let something out (tests/security/campaign_embedded.toml has all of them, held ones too).
"""

from typing import Any

from tests.office import LEAD, VERIFIER, TestOffice
from tests.people import a_licence, a_person
from tests.security.desk import arrived, next_round, told, verifying
from workflows.law.values import Right
from workflows.request.payloads import AskOverride, Unverify
from workflows.request.values import AddressShown, Correction, FormName, Halt

CEASE, ERASE = Halt(measure="cease", reason="unneeded"), Halt(measure="erase", reason="unneeded")
BOTH_HALTS = (Right.HALT_USE, Right.HALT_PROVISION)


def test_a_signature_under_one_claim_is_none_under_another(office: TestOffice) -> None:
    case, code = office.mailed(rights=(Right.HALT_USE,))
    halt: dict[str, Any] = {"forms": (FormName.HALT,), "rights": (Right.HALT_USE,)}
    arrived(office, case, code, **halt, documents=(a_licence(),), halt=CEASE)
    code = next_round(office, case)
    arrived(office, case, code, **halt, halt=ERASE, signed={FormName.HALT: False})
    unsigned = verifying(office, case)
    code = next_round(office, case)

    arrived(office, case, code, **halt, halt=ERASE)

    assert unsigned == ["form_unsigned"]
    assert verifying(office, case) == []


def test_an_unsigned_copy_of_the_same_claim_takes_nothing_away(office: TestOffice) -> None:
    case, code = office.mailed(rights=(Right.HALT_USE,))
    halt: dict[str, Any] = {"forms": (FormName.HALT,), "rights": (Right.HALT_USE,), "halt": CEASE}
    arrived(office, case, code, **halt, documents=(a_licence(),))
    code = next_round(office, case)

    arrived(office, case, code, **halt, signed={FormName.HALT: False})

    assert verifying(office, case) == []


def test_corrections_that_came_without_their_form_are_not_signed_by_the_form_before(office: TestOffice) -> None:
    case, code = office.mailed(rights=(Right.CORRECTION,))
    phone, account = Correction(item="phone", right="2"), Correction(item="account", right="Mallory's")
    form: dict[str, Any] = {"forms": (FormName.CORRECTION,), "rights": (Right.CORRECTION,)}
    arrived(office, case, code, **form, documents=(a_licence(),), corrections=(phone,))
    code = next_round(office, case)

    arrived(office, case, code, forms=(), corrections=(account,))

    assert verifying(office, case) == ["form_unsigned"]


def test_a_missing_signature_two_people_did_without_is_missed_under_another_claim(office: TestOffice) -> None:
    case, code = office.mailed(rights=(Right.HALT_USE,))
    halt: dict[str, Any] = {"forms": (FormName.HALT,), "rights": (Right.HALT_USE,), "signed": {FormName.HALT: False}}
    arrived(office, case, code, **halt, documents=(a_licence(),), halt=CEASE)
    office.must(case, "override", AskOverride(what="unsigned", reason="cannot write"), VERIFIER)
    office.must(case, "approve", by=LEAD)
    code = next_round(office, case)

    arrived(office, case, code, **halt, halt=ERASE)

    assert verifying(office, case) == ["form_unsigned"]


def test_a_form_two_people_did_without_is_missed_for_another_person(office: TestOffice) -> None:
    case, code = office.mailed()
    arrived(office, case, code, forms=(), documents=(a_licence(),))
    office.must(case, "override", AskOverride(what="form:disclosure", reason="by letter"), VERIFIER)
    office.must(case, "approve", by=LEAD)
    office.must(case, "amend", told(subject={"name": "見本 花子"}))
    code = next_round(office, case)

    arrived(office, case, code, forms=(), documents=(a_licence(),))

    assert verifying(office, case) == ["form_missing"]


def test_a_box_left_empty_on_the_next_signed_form_is_ticked_no_more(office: TestOffice) -> None:
    case, code = office.mailed(rights=BOTH_HALTS)
    arrived(office, case, code, forms=(FormName.HALT,), rights=BOTH_HALTS, halt=ERASE, documents=(a_licence(),))
    code = next_round(office, case)
    arrived(office, case, code, forms=(FormName.HALT,), rights=(Right.HALT_PROVISION,))

    office.must(case, "amend", told(rights=BOTH_HALTS))

    assert verifying(office, case) == ["right_not_ticked"]


def test_an_unsigned_form_drops_no_right_that_was_signed_for(office: TestOffice) -> None:
    both = (Right.PURPOSE_NOTICE, Right.DISCLOSURE)
    case, code = office.mailed(rights=both)
    arrived(office, case, code, rights=both, documents=(a_licence(),))
    code = next_round(office, case)

    arrived(office, case, code, rights=(Right.PURPOSE_NOTICE,), signed={FormName.DISCLOSURE: False})

    assert set(office.case(case).facts["rights"]) == set(both)


def test_under_the_gdpr_a_paper_alone_does_not_ask_for_what_was_telephoned(office: TestOffice) -> None:
    both = (Right.DISCLOSURE, Right.HALT_USE)
    case, code = office.mailed(regime="eu-gdpr")
    arrived(office, case, code, forms=())
    office.must(case, "amend", told(rights=both))
    code = next_round(office, case)
    arrived(office, case, code, forms=(), documents=(a_licence(type="identity_card"),))
    paper_alone = verifying(office, case)
    code = next_round(office, case)

    arrived(office, case, code, forms=(), rights=both)

    assert paper_alone == ["right_not_ticked"]
    assert verifying(office, case) == []


def test_a_form_signed_in_one_name_is_no_request_of_another_person(office: TestOffice) -> None:
    case, code = office.mailed(rights=(Right.HALT_USE,), subject=a_person(name="Sample Mallory"))
    halt: dict[str, Any] = {"forms": (FormName.HALT,), "rights": (Right.HALT_USE,), "halt": ERASE}
    arrived(office, case, code, **halt, documents=(a_licence(),))
    office.must(case, "amend", told(subject={"name": "見本 花子"}))
    code = next_round(office, case)
    arrived(office, case, code, forms=(), documents=(a_licence(),))
    in_mallory_s = verifying(office, case)
    office.must(case, "amend", told(subject={"name": "Sample Mallory"}))
    told_back = verifying(office, case)
    office.must(case, "amend", told(subject={"name": "見本 花子"}))
    code = next_round(office, case)

    arrived(office, case, code, **halt)

    assert in_mallory_s == ["form_of_another"]
    assert told_back == []
    assert verifying(office, case) == []


def test_a_verification_taken_back_takes_back_what_was_vouched_for_in_it(office: TestOffice) -> None:
    case, code = office.mailed()
    arrived(office, case, code, documents=(a_licence(address=AddressShown.NONE),))
    assert verifying(office, case, address_on_record=True) == []

    office.must(case, "unverify", Unverify(why="it was the address of a namesake"), VERIFIER)

    assert verifying(office, case, LEAD) == ["identity.address_hinted"]
    assert verifying(office, case, LEAD, address_on_record=True) == []
