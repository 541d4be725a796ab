"""Cases under an office's own rules on papers, carried out by the engine: on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import date

import pytest

from models.session import reading
from services.reports.cases import personal, the_case
from tests.office import APPROVER, GRANTED, VERIFIER, TestOffice, codes_of
from tests.own_procedure import adopts
from tests.people import a_licence, a_person
from tests.services.paper import text_of
from tests.services.righting import view
from workflows.law.values import RepresentativeKind
from workflows.request.payloads import Amend, AskAgain, Fulfil
from workflows.request.values import AddressShown, Authority, Document, FormName, Masking, Party

FIRST = "from = 2026-11-01\n"
WHY = 'reason_ja = "なりすましの防止"\nreason_en = "against impostors"\n'
WITH_RECORD = (
    FIRST + '[[identity]]\nwhere = "post"\n'
    'enough = [["photo", { of = "resident_record", original = true, within = { days = 30 } }]]\n' + WHY
)
RECORD = Document(
    holder=Party.SUBJECT, type="resident_record", masking=Masking.MASKED, issued_on=date(2026, 11, 1),
    address=AddressShown.STATED, name_matches=True, original=True,
)  # fmt: skip
FAMILY = (
    FIRST + '[[representative]]\nkind = "bereaved"\ndegree = 2\nproofs = [["death_register", "kinship_register"]]\n'
)


def test_what_the_rule_lacks_is_asked_for_once_and_nothing_that_came_again(office: TestOffice) -> None:
    adopts(office, WITH_RECORD)
    case, code = office.mailed()
    came = office.an_arrival(code)
    office.must(case, "receive_forms", replace(came, documents=(a_licence(), replace(RECORD, original=False))))

    refused = office.do(case, "verify_identity", by=VERIFIER)
    office.must(case, "ask_again", AskAgain())
    office.make_letters(case, typeset=True)
    (made,) = office.ask("SELECT path FROM letter WHERE kind = 'deficiency_notice'")
    letter = "".join(text_of((office.settings.spool / made.path).read_bytes()).split())

    assert codes_of(refused.reasons) == ["identity.needed_besides", "identity.not_original"]
    assert "Besidesit,pleasesend:residentrecord(theoriginalandissuedwithinthelast30days)" in letter
    assert "photograph" not in letter


LAWYER = FIRST + '[[representative]]\nkind = "lawyer"\nproofs = [["proxy_statement", "lawyer_registration"]]\n'


def test_a_registration_that_proves_the_right_to_represent_is_kept_with_its_number_and_shown(
    office: TestOffice,
) -> None:
    adopts(office, LAWYER)
    acting = a_person(kind=RepresentativeKind.LAWYER)
    case, code = office.mailed(representative=acting, mail_to=Party.REPRESENTATIVE)
    proofs = (Authority(type="proxy_statement"), Authority(type="lawyer_registration"))
    came = replace(office.an_arrival(code), forms=(FormName.DISCLOSURE, FormName.PROXY), authority=None, proofs=proofs)
    signed = {FormName.DISCLOSURE: True, FormName.PROXY: True}
    office.must(case, "receive_forms", replace(came, signed=signed))

    unknown = office.do(case, "verify_identity", by=VERIFIER)
    office.must(case, "amend", Amend(why="from the letterhead", representative={"registration": "東京 12345"}))
    known = office.do(case, "verify_identity", by=VERIFIER)
    with reading(office.engine) as db:
        told = personal(db, office.case(case), office.at(db))

    assert "representation.number_missing" in codes_of(unknown.reasons)
    assert "representation.number_missing" not in codes_of(known.reasons)
    assert told["representative"]["registration"] == "東京 12345"
    office.must(case, "amend", Amend(why="another lawyer", drop_representative=True))
    assert not view(office, case).registered


def test_a_case_is_verified_by_the_papers_its_own_rule_names(office: TestOffice) -> None:
    adopts(office, WITH_RECORD)
    case, code = office.mailed()
    office.must(case, "receive_forms", replace(office.an_arrival(code), documents=(a_licence(), RECORD)))

    office.must(case, "verify_identity", by=VERIFIER)

    assert [document.original for document in view(office, case).documents] == [False, True]


def test_a_family_asks_with_two_proofs_and_is_answered_itself(office: TestOffice) -> None:
    adopts(office, FAMILY)
    daughter = a_person(name="Mihon Hanako", kind=RepresentativeKind.BEREAVED)
    case, code = office.mailed(subject=a_person(name="Mihon Taro"), representative=daughter)
    death = Authority(type="death_register", masking=Masking.MASKED)
    kin = Authority(type="kinship_register", masking=Masking.MASKED, degree=1)
    papers = (a_licence(holder=Party.REPRESENTATIVE),)
    came = replace(office.an_arrival(code), documents=papers, signed={FormName.DISCLOSURE: True})

    office.must(case, "receive_forms", replace(came, authority=death, proofs=(kin,)))
    office.must(case, "verify_identity", by=VERIFIER)

    seen = view(office, case)
    assert seen.mail_to is Party.REPRESENTATIVE
    assert [(proof.type, proof.degree) for proof in seen.authorities] == [
        ("death_register", None), ("kinship_register", 1),
    ]  # fmt: skip
    with reading(office.engine) as db:
        told = the_case(db, office.case(case), office.at(db), "en")
    assert [one["type"] for one in told["evidence"] if one["sort"] == "authority"] == [
        "death_register", "kinship_register",
    ]  # fmt: skip


def test_who_asks_for_the_dead_is_answered_by_the_offices_promise_and_by_no_article(office: TestOffice) -> None:
    promised = '[times]\npromise = [{ within = { weeks = 3 }, from = "arrival" }]\n'
    adopts(office, FIRST + promised + FAMILY.removeprefix(FIRST))
    daughter = a_person(name="Mihon Hanako", kind=RepresentativeKind.BEREAVED)
    case, code = office.mailed(subject=a_person(name="Mihon Taro"), representative=daughter)
    death = Authority(type="death_register", masking=Masking.MASKED)
    kin = Authority(type="kinship_register", masking=Masking.MASKED, degree=1)
    came = replace(office.an_arrival(code), documents=(a_licence(holder=Party.REPRESENTATIVE),))
    office.must(case, "receive_forms", replace(came, authority=death, proofs=(kin,)))

    with reading(office.engine) as db:
        told = the_case(db, office.case(case), office.at(db), "en")
    office.must(case, "verify_identity", by=VERIFIER)
    office.must(case, "decide", GRANTED, by=VERIFIER)
    office.must(case, "fulfil", Fulfil(), by=APPROVER)
    office.make_letters(case, typeset=True)
    (made,) = office.ask("SELECT path FROM letter WHERE kind = 'disclosure_notification'")
    letter = "".join(text_of((office.settings.spool / made.path).read_bytes()).split())

    assert told["outside_the_law"] == "APPI 2(1)"
    why = {one["name"]: one["why"] for one in told["deadlines"]}
    assert "appi_39" not in why
    assert "(the office's own procedure)" in why["promised"]
    assert "underourownprocedure." in letter
    assert "turntoourcontactdesk" in letter
    assert "Commission" not in letter
    assert "ourownprocedure,whichwepromiseforthedataofsomebodywhohasdied" in letter


def test_nobody_writes_to_the_dead(office: TestOffice) -> None:
    adopts(office, FAMILY)
    daughter = a_person(name="Mihon Hanako", kind=RepresentativeKind.BEREAVED)

    with pytest.raises(AssertionError, match="letters_to_the_dead"):
        office.opened(subject=a_person(name="Mihon Taro"), representative=daughter, mail_to=Party.SUBJECT)


def test_a_kind_nobody_adopted_opens_no_case(office: TestOffice) -> None:
    carer = a_person(name="Mihon Hanako", kind=RepresentativeKind.CARER)

    with pytest.raises(AssertionError, match="kind_not_taken"):
        office.opened(representative=carer)
