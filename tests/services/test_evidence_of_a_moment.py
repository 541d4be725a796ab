"""Evidence is about a person, an address and a moment: what is changed after a paper was accepted is not proven by it.

Each test is something that was tried on the running product and let an answer out (docs/adr/0021).
"""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from models.effect import effect
from services.reports import cases as reports
from tests.office import APPROVER, GRANTED, LEAD, VERIFIER, TestOffice, codes_of
from tests.people import a_licence, a_person
from workflows.engine.codec import read
from workflows.engine.values import Actor, Role
from workflows.law.values import OutcomeName, RepresentativeKind, Right, RightOutcome
from workflows.request.letters import RequestLetter
from workflows.request.payloads import (
    Amend,
    AskAgain,
    AskOverride,
    Decide,
    Fulfil,
    MailForms,
    ReceiveForms,
    Unverify,
    VerifyIdentity,
)
from workflows.request.values import AddressShown, Authority, Document, FormName, Masking, Party

LAIR = "6-6 Example, Chuo-ku, Tokyo"


def moved(**more: Any) -> Amend:
    return Amend(why="they telephoned", subject={"address": LAIR, "postcode": "104-0001"}, **more)


def a_record(shows: AddressShown = AddressShown.STATED, holder: Party = Party.SUBJECT) -> Document:
    return Document(
        holder=holder, type="resident_record", masking=Masking.MASKED, issued_on=date(2026, 11, 1), address=shows,
        name_matches=True,
    )  # fmt: skip


def post(office: TestOffice, case: str) -> str:
    """Let the round's mailing be made, printed and posted; return its code."""
    code = office.code_of(case)
    assert code is not None
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())
    return code


def returned_with(office: TestOffice, *documents: Document, **changes: Any) -> str:
    case, code = office.mailed(**changes)
    office.must(case, "receive_forms", replace(office.an_arrival(code), documents=documents))
    return case


def answer(office: TestOffice, case: str) -> RequestLetter:
    """Return what the newest letter that waits to be made says."""
    row = office.ask(select(effect).where(effect.c.case_number == case).order_by(effect.c.id.desc()))[0]
    key = office.keys.get(case)
    return read(RequestLetter, key.open_json("effect", "sealed", f"{row.subject}/{row.copy}", row.sealed))


def no_way_to_an_answer(office: TestOffice, case: str) -> list[str]:
    """Try to verify, decide and release; return the codes of what stood in the way of verifying."""
    blocked = office.do(case, "verify_identity", VerifyIdentity(), VERIFIER)
    office.do(case, "decide", GRANTED, VERIFIER)
    released = office.do(case, "fulfil", Fulfil(), APPROVER)
    assert (blocked.outcome, released.outcome) == ("refused", "refused")
    return codes_of(blocked.reasons)


# -- the address ------------------------------------------------------------------------------------------------------


def test_a_licence_does_not_prove_an_address_told_after_it_was_accepted(office: TestOffice) -> None:
    case = office.returned()

    told = office.must(case, "amend", moved())

    assert codes_of(told.reasons) == ["identity.address_changed"]
    assert no_way_to_an_answer(office, case) == ["identity.address_changed"]


def test_the_same_address_spelt_otherwise_or_told_back_is_proven_as_before(office: TestOffice) -> None:
    home = "東京都千代田区千代田一丁目1番1号"
    case = office.returned(subject=a_person(address=home))

    office.must(case, "amend", Amend(why="spelt", subject={"address": "東京都千代田区千代田1-1-1"}))
    office.must(case, "amend", moved())
    office.must(case, "amend", Amend(why="an error", subject={"address": home, "postcode": "100-0001"}))

    assert office.must(case, "verify_identity", VerifyIdentity(), VERIFIER).state == "id_verified"


def test_moved_by_telephone_between_two_rounds_needs_a_paper_that_shows_it(office: TestOffice) -> None:
    case, code = office.mailed()
    unsigned = replace(office.an_arrival(code), signed={FormName.DISCLOSURE: False})
    office.must(case, "receive_forms", unsigned)
    office.must(case, "ask_again", AskAgain())
    office.must(case, "amend", moved())
    notice = answer(office, case)
    code = post(office, case)

    office.must(case, "receive_forms", office.an_arrival(code, proven=False))

    assert notice.addressee.address == LAIR
    assert any("resident record" in sentence for sentence in notice.missing)
    assert no_way_to_an_answer(office, case) == ["identity.address_changed"]


def test_a_third_address_after_the_verification_takes_it_back(office: TestOffice) -> None:
    case = returned_with(office, a_licence(), a_record(AddressShown.OTHER))
    office.must(case, "verify_identity", VerifyIdentity(), VERIFIER)
    office.must(case, "decide", GRANTED, VERIFIER)

    outcome = office.must(case, "amend", moved())
    row = office.case(case)

    assert (outcome.transition, outcome.state) == ("unverify", "forms_returned")
    assert codes_of(outcome.reasons) == ["verification_undone", "identity.address_changed"]
    assert (row.verified_by, row.decided_by, row.facts["rights"]) == (None, None, {"disclosure": None})
    assert no_way_to_an_answer(office, case) == ["identity.address_changed"]


def test_a_representative_s_address_told_after_the_arrival_is_not_proven(office: TestOffice) -> None:
    agent = a_person(kind=RepresentativeKind.AGENT)
    case, code = office.mailed(representative=agent, mail_to=Party.REPRESENTATIVE)
    office.must(case, "receive_forms", _with_agent(office, code))

    office.must(case, "amend", Amend(why="they telephoned", representative={"address": LAIR}))

    assert no_way_to_an_answer(office, case) == ["identity.address_changed"]


def _with_agent(office: TestOffice, code: str | None) -> ReceiveForms:
    arrival = office.an_arrival(code)
    forms = (FormName.DISCLOSURE, FormName.PROXY)
    return replace(
        arrival, forms=forms, signed=dict.fromkeys(forms, True),
        documents=(a_licence(), a_licence(holder=Party.REPRESENTATIVE)), authority=Authority(type="proxy_statement"),
    )  # fmt: skip


def test_a_verifier_says_that_a_paper_shows_the_address_as_it_now_stands(office: TestOffice) -> None:
    case = returned_with(office, a_licence(), a_record(AddressShown.OTHER))
    office.must(case, "amend", moved())

    nothing = office.do(case, "verify_identity", VerifyIdentity(address_shown_by="passport"), VERIFIER)
    themselves = VerifyIdentity(address_shown_by="resident_record")
    office.must(case, "verify_identity", themselves, VERIFIER)

    (row,) = office.ask("SELECT details FROM history WHERE transition = 'verify_identity'")
    assert codes_of(nothing.reasons) == ["no_paper_shows_an_address"]
    assert "address:resident_record" in str(row.details)


# -- on record --------------------------------------------------------------------------------------------------------


def test_one_clerk_s_word_that_the_address_is_on_record_sends_nothing_anywhere(office: TestOffice) -> None:
    case = office.returned(address_on_record=False)

    office.must(case, "amend", moved(address_on_record=True))

    assert no_way_to_an_answer(office, case) == ["identity.address_hinted"]


def test_the_address_on_record_is_vouched_for_by_a_verifier_who_did_not_write_it(office: TestOffice) -> None:
    case = returned_with(office, a_licence(address=AddressShown.NONE))
    office.must(case, "amend", moved(address_on_record=True), LEAD)
    vouching = VerifyIdentity(address_on_record=True)

    themselves = office.do(case, "verify_identity", vouching, LEAD)
    another = office.must(case, "verify_identity", vouching, VERIFIER)
    (row,) = office.ask("SELECT details, actor FROM history WHERE transition = 'verify_identity'")

    assert codes_of(themselves.reasons) == ["identity.address_hinted", "vouched_their_own_word"]
    assert another.state == "id_verified"
    assert row.actor == VERIFIER
    assert "address:on_record" in str(row.details)


def test_what_was_vouched_for_is_over_when_the_address_changes(office: TestOffice) -> None:
    case = returned_with(office, a_licence(address=AddressShown.NONE))
    office.must(case, "verify_identity", VerifyIdentity(address_on_record=True), VERIFIER)

    office.must(case, "amend", moved(address_on_record=True))

    assert no_way_to_an_answer(office, case) == ["identity.address_hinted"]


# -- names, birth dates, representatives ------------------------------------------------------------------------------


def test_a_licence_does_not_prove_a_name_told_after_it_was_accepted(office: TestOffice) -> None:
    case = office.returned()

    told = office.must(case, "amend", Amend(why="they telephoned", subject={"name": "Sample Mallory"}))

    gaps = ["form_of_another", "identity.none_accepted", "identity.person_changed", "identity.address_not_shown"]
    assert codes_of(told.reasons) == gaps
    assert no_way_to_an_answer(office, case) == gaps


def test_a_representative_nobody_proved_is_not_named_in_an_answer(office: TestOffice) -> None:
    case = office.verified()
    office.must(case, "decide", GRANTED, VERIFIER)
    parent = {"name": "Sample Mallory", "kind": "minor", "address": LAIR}

    outcome = office.must(case, "amend", Amend(why="they telephoned", representative=parent))

    assert outcome.transition == "unverify"
    assert "representation.not_proven" in no_way_to_an_answer(office, case)


def test_a_representative_exchanged_for_another_needs_a_mandate_of_their_own(office: TestOffice) -> None:
    agent = a_person(kind=RepresentativeKind.AGENT)
    case, code = office.mailed(representative=agent)
    office.must(case, "receive_forms", _with_agent(office, code))
    office.must(case, "verify_identity", VerifyIdentity(), VERIFIER)

    office.must(case, "amend", Amend(why="they telephoned", representative={"name": "Sample Mallory"}))

    codes = no_way_to_an_answer(office, case)
    assert {"identity.none_accepted", "representation.not_proven", "representation.person_changed"} <= set(codes)


def test_a_birth_date_told_after_the_papers_is_compared_with_them_by_whoever_verifies(office: TestOffice) -> None:
    case = office.returned()
    office.must(case, "amend", Amend(why="they telephoned", subject={"birth_date": "1990-04-01"}))

    unseen = office.do(case, "verify_identity", VerifyIdentity(), VERIFIER)
    seen = office.must(case, "verify_identity", VerifyIdentity(birth_date_seen=True), VERIFIER)
    office.must(case, "amend", Amend(why="again", subject={"birth_date": "1990-04-02"}))

    assert codes_of(unseen.reasons) == ["identity.birth_date_unseen"]
    assert seen.state == "id_verified"
    assert no_way_to_an_answer(office, case) == ["identity.birth_date_unseen"]


# -- rights -----------------------------------------------------------------------------------------------------------


def test_a_right_no_signed_form_asks_for_is_not_answered(office: TestOffice) -> None:
    case = office.verified()
    both = (Right.DISCLOSURE, Right.PROVISION_RECORDS)  # their boxes stand on the same form

    outcome = office.must(case, "amend", Amend(why="they telephoned", rights=both))
    codes = no_way_to_an_answer(office, case)
    office.must(case, "amend", Amend(why="not after all", rights=(Right.DISCLOSURE,)))

    assert (outcome.transition, codes) == ("unverify", ["right_not_ticked"])
    assert office.must(case, "verify_identity", VerifyIdentity(), VERIFIER).state == "id_verified"


def test_a_right_told_later_gets_its_form_and_is_answered_once_it_is_ticked(office: TestOffice) -> None:
    case = office.returned()
    both = (Right.DISCLOSURE, Right.HALT_USE)
    office.must(case, "amend", Amend(why="they telephoned", rights=both))
    office.must(case, "ask_again", AskAgain())
    notice = answer(office, case)
    code = post(office, case)
    halt = replace(
        office.an_arrival(code, proven=False), forms=(FormName.HALT,), signed={FormName.HALT: True},
        rights=(Right.HALT_USE,),
    )  # fmt: skip

    office.must(case, "receive_forms", halt)

    assert notice.forms == (FormName.HALT,)
    assert sorted(office.case(case).facts["rights"]) == ["disclosure", "halt_use"]
    assert office.must(case, "verify_identity", VerifyIdentity(), VERIFIER).state == "id_verified"


def test_boxes_ticked_on_an_unsigned_form_ask_for_nothing(office: TestOffice) -> None:
    case, code = office.mailed(rights=(Right.PURPOSE_NOTICE,))
    office.must(case, "receive_forms", replace(office.an_arrival(code), rights=(Right.PURPOSE_NOTICE,)))
    office.must(case, "ask_again", AskAgain(missing=("pages",), reason="a page is torn"))
    code = post(office, case)
    unsigned = replace(office.an_arrival(code), rights=(Right.DISCLOSURE,), signed={FormName.DISCLOSURE: False})

    office.must(case, "receive_forms", unsigned)

    assert no_way_to_an_answer(office, case) == ["form_unsigned"]


# -- what two people lifted, and taking back --------------------------------------------------------------------------


def test_what_two_people_lifted_is_lifted_for_what_stood_there_then(office: TestOffice) -> None:
    case = returned_with(office, a_licence(address=AddressShown.NONE))
    office.must(case, "override", AskOverride(what="address", reason="known for years"), VERIFIER)
    office.must(case, "approve", by=LEAD)

    office.must(case, "amend", moved())

    assert no_way_to_an_answer(office, case) == ["identity.address_not_shown"]


def test_an_exception_asked_for_before_a_change_cannot_be_approved_after_it(office: TestOffice) -> None:
    case = returned_with(office, a_licence(address=AddressShown.NONE))
    office.must(case, "override", AskOverride(what="address", reason="known for years"), VERIFIER)
    office.must(case, "amend", moved())

    late = office.do(case, "approve", by=LEAD)
    office.must(case, "override", AskOverride(what="address", reason="seen there"), VERIFIER)
    office.must(case, "approve", by=LEAD)

    assert codes_of(late.reasons) == ["nothing_to_approve"]
    assert office.must(case, "verify_identity", VerifyIdentity(), VERIFIER).state == "id_verified"


def test_a_verification_given_by_mistake_is_taken_back_and_given_again(office: TestOffice) -> None:
    case = office.verified()
    office.must(case, "decide", GRANTED, VERIFIER)

    back = office.must(case, "unverify", Unverify(why="the wrong case"), VERIFIER)
    released = office.do(case, "fulfil", Fulfil(), APPROVER)
    again = office.must(case, "verify_identity", VerifyIdentity(), VERIFIER)

    assert (back.state, released.outcome, again.state) == ("forms_returned", "refused", "id_verified")
    assert office.case(case).facts["rights"] == {"disclosure": None}


def test_a_telephone_number_told_after_the_verification_changes_nothing_of_it(office: TestOffice) -> None:
    case = office.verified()

    outcome = office.must(case, "amend", Amend(why="they telephoned", subject={"phone": "03-0000-0000"}))

    assert (outcome.transition, outcome.state) == ("amend", "id_verified")


# -- a refusal before anybody was verified ----------------------------------------------------------------------------


def test_a_procedural_refusal_goes_where_the_forms_went_and_names_no_representative(office: TestOffice) -> None:
    parent = a_person(kind=RepresentativeKind.MINOR)
    case, code = office.mailed(representative=parent, subject=a_person(birth_date=date(2015, 5, 5)))
    office.must(case, "receive_forms", office.an_arrival(code, proven=False))
    not_proven = RightOutcome(outcome=OutcomeName.REFUSED, ground="identity_not_proven", explanation="No paper came.")
    decision = Decide(outcomes={Right.DISCLOSURE: not_proven})
    home = parent.address
    office.must(case, "amend", Amend(why="they telephoned", representative={"address": LAIR}))
    office.must(case, "decide", decision, VERIFIER)

    elsewhere = office.do(case, "refuse", by=APPROVER)
    office.must(case, "amend", Amend(why="back", representative={"address": home}))
    office.must(case, "refuse", by=APPROVER)
    said = answer(office, case)

    assert codes_of(elsewhere.reasons) == ["refusal_to_another_address"]
    assert (said.addressee.address, said.representative_kind) == (home, None)


# -- what people are shown --------------------------------------------------------------------------------------------


def test_show_says_beside_a_paper_what_it_was_accepted_for_and_that_it_counts_no_more(office: TestOffice) -> None:
    before = a_person()
    case = office.returned(subject=before)
    office.must(case, "amend", Amend(why="they telephoned", subject={"name": "Sample Mallory", "address": LAIR}))

    with office.writing() as db:
        row = office.case(case)
        (paper,) = reports.the_case(db, row, office.at(db), "en")["evidence"]
        (people,) = reports.personal(db, row, office.at(db))["accepted_for"]
        why = reports.why(db, row, office.at(db), Actor(VERIFIER, frozenset({Role.VERIFIER})), "verify_identity")

    assert (paper["still_fits"], paper["counts"], paper["address_counts"]) == (False, False, False)
    assert (people[0]["name"], people[0]["address"]) == (before.name, before.address)
    assert "identity.person_changed" in codes_of(why["blocked"][0][1])


def test_commitments_say_nothing_once_the_key_of_the_case_is_gone(office: TestOffice) -> None:
    person = a_person()
    first, second = office.opened(subject=person), office.opened(subject=person)

    stated = [office.case(number).facts["stated"]["subject"] for number in (first, second)]

    assert stated[0][0] != stated[1][0]  # one name, two cases: nothing can be compared from outside
    assert person.name not in str(stated)


def test_after_the_moment_a_change_undone_makes_the_papers_count_again(office: TestOffice) -> None:
    before = a_person()
    case = office.returned(subject=before)
    office.must(case, "amend", Amend(why="they telephoned", subject={"name": "Sample Mallory"}))

    office.must(case, "amend", Amend(why="a slip", subject={"name": before.name}))

    assert office.must(case, "verify_identity", VerifyIdentity(), VERIFIER).state == "id_verified"
