"""Fraud and mistakes (F1 to F8): what the office does not tell, does not accept, and holds for the lead.

Each pattern that is held has its near miss beside it, which is not: what holds too much is soon waved through.
"""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from models.base import metadata
from models.effect import effect
from models.session import reading
from services.letters.typesetting import typeset
from services.reports.cases import the_case
from services.request.hashing import number_hash
from tests.office import APPROVER, GRANTED, LEAD, REFUSED, VERIFIER, TestOffice, codes_of
from tests.people import a_licence, a_person
from tests.services.suspicions import NUMBER, come_back, suspicion
from workflows.engine.codec import read
from workflows.engine.numbers import RANDOM_BYTES, make_code
from workflows.law.values import OutcomeName, Right, RightOutcome
from workflows.letters import Addressee
from workflows.request.letters import RequestLetter
from workflows.request.payloads import Amend, AskAgain, AskOverride, Decide, Fulfil, MailForms, VerifyIdentity
from workflows.request.values import AddressShown, FormName, Halt, LetterKind

NOT_HELD = Decide(outcomes={Right.DISCLOSURE: RightOutcome(outcome=OutcomeName.NOT_HELD, explanation="None is kept.")})


def ordered(office: TestOffice, case: str) -> RequestLetter:
    """Return all that the newest letter not yet made will say."""
    rows = office.ask(
        select(effect).where(effect.c.case_number == case, effect.c.state == "waiting").order_by(effect.c.id.desc())
    )
    place = f"{rows[0].subject}/{rows[0].copy}"
    return read(RequestLetter, office.keys.get(case).open_json("effect", "sealed", place, rows[0].sealed))


# -- F1: nothing before verification tells whether data is held -------------------------------------------------------


def letters_after(office: TestOffice, known: Decide) -> list[RequestLetter]:
    """Return the letters that a second request gets before verification, where the first was answered like this."""
    subject = a_person()
    earlier = office.verified(subject=subject)
    office.must(earlier, "decide", known, VERIFIER)
    office.must(earlier, "fulfil", Fulfil(), APPROVER)
    case = office.opened(subject=subject)
    told = [ordered(office, case)]
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())
    office.must(case, "receive_forms", office.an_arrival(told[0].code, proven=False))
    office.must(case, "ask_again", AskAgain())
    told.append(ordered(office, case))
    same: dict[str, Any] = {
        "number": "26-000001-K-01",
        "case": "26-000001-K",
        "code": make_code(bytes(RANDOM_BYTES)),
        "subject_name": "Sample Person",
        # A hash under which stands the sealed order: it tells nobody anything.
        "proof": "3f9a2c81b7d40e52",
    }
    to = Addressee(name="Sample Person", postcode="100-0001", address="1-1 Example, Chiyoda-ku, Tokyo")
    return [replace(letter, addressee=to, **same) for letter in told]


@pytest.mark.requirement("F1")
def test_letters_before_verification_are_the_same_whether_or_not_data_is_known_to_be_held(office: TestOffice) -> None:
    held, not_held = letters_after(office, GRANTED), letters_after(office, NOT_HELD)

    assert [letter.kind for letter in held] == [LetterKind.REQUEST_FORMS, LetterKind.DEFICIENCY_NOTICE]
    assert held == not_held
    assert [letter.answers for letter in held] == [(), ()]
    assert [typeset(letter).pdf for letter in held] == [typeset(letter).pdf for letter in not_held]


@pytest.mark.requirement("F1")
def test_before_verification_nothing_can_be_answered_that_tells_whether_data_is_held(office: TestOffice) -> None:
    case = office.returned(proven=False)

    outcomes = [office.do(case, "decide", answer, VERIFIER) for answer in (GRANTED, NOT_HELD, REFUSED)]

    assert [outcome.outcome for outcome in outcomes] == ["refused"] * 3
    assert {code for outcome in outcomes for code in codes_of(outcome.reasons)} == {"outcome.too_early"}


# -- F2: the code on the form -----------------------------------------------------------------------------------------


@pytest.mark.requirement("F2")
def test_a_code_is_void_once_the_forms_are_issued_again(office: TestOffice) -> None:
    case = office.opened()
    old = ordered(office, case).code
    office.must(case, "amend", Amend(why="they moved", subject={"address": "99-1 Example, Chiyoda-ku, Tokyo"}))
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())

    outcome = office.must(case, "receive_forms", office.an_arrival(old))

    assert codes_of(outcome.reasons) == ["code_void"]
    assert suspicion(office, case) == ("old_code", ())
    assert codes_of(office.do(case, "verify_identity", by=VERIFIER).reasons) == ["on_hold"]


@pytest.mark.requirement("F2")
def test_the_newest_code_is_good_and_holds_nothing(office: TestOffice) -> None:
    case = office.opened()
    office.must(case, "amend", Amend(why="they moved", subject={"address": "98-1 Example, Chiyoda-ku, Tokyo"}))
    new = ordered(office, case).code
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())

    outcome = office.must(case, "receive_forms", office.an_arrival(new))

    assert (outcome.reasons, suspicion(office, case)) == ((), None)


@pytest.mark.requirement("F2")
def test_the_code_that_came_back_does_not_prove_that_the_person_lives_there(office: TestOffice) -> None:
    case, code = office.mailed(address_on_record=False)
    unshown = replace(office.an_arrival(code), documents=(a_licence(address=AddressShown.NONE),))
    office.must(case, "receive_forms", unshown)
    shown, its_code = office.mailed(address_on_record=False)
    office.must(shown, "receive_forms", office.an_arrival(its_code))

    refused = office.do(case, "verify_identity", by=VERIFIER)
    done = office.do(shown, "verify_identity", by=VERIFIER)

    assert codes_of(refused.reasons) == ["identity.address_not_shown"]
    assert done.outcome == "done"


# -- F3 and F4: a second person ---------------------------------------------------------------------------------------


@pytest.mark.requirement("F3")
def test_less_evidence_is_accepted_by_a_second_person_only(office: TestOffice) -> None:
    case = office.returned(proven=False)
    office.must(case, "override", AskOverride(what="document:subject", reason="known to us for years"), VERIFIER)

    waiting = office.do(case, "verify_identity", by=VERIFIER)
    alone = office.do(case, "approve", by=VERIFIER)
    office.must(case, "approve", by=LEAD)
    together = office.do(case, "verify_identity", VerifyIdentity(address_on_record=True), VERIFIER)

    assert codes_of(waiting.reasons) == ["identity.none_accepted", "identity.address_hinted"]
    assert codes_of(alone.reasons) == ["asked_it_themselves"]
    assert together.outcome == "done"


@pytest.mark.requirement("F4")
def test_whoever_verifies_does_not_release(office: TestOffice) -> None:
    case = office.returned()
    office.must(case, "verify_identity", by=LEAD)
    office.must(case, "decide", GRANTED, VERIFIER)

    themselves = office.do(case, "fulfil", Fulfil(), LEAD)
    another = office.do(case, "fulfil", Fulfil(), APPROVER)

    assert codes_of(themselves.reasons) == ["verified_it_themselves"]
    assert another.outcome == "done"


# -- F5: what cannot be undone ----------------------------------------------------------------------------------------


def a_halt(office: TestOffice, **arrived: Any) -> str:
    """Return a verified case that asks for disclosure and for erasure."""
    case, code = office.mailed(rights=(Right.DISCLOSURE, Right.HALT_USE))
    both = {FormName.DISCLOSURE: True, FormName.HALT: True}
    arrival = replace(office.an_arrival(code), forms=tuple(both), signed=both, **arrived)
    office.must(case, "receive_forms", arrival)
    office.must(case, "verify_identity", by=VERIFIER)
    return case


@pytest.mark.requirement("F5")
def test_an_erasure_is_confirmed_when_it_is_decided_and_again_when_it_is_released(office: TestOffice) -> None:
    case = a_halt(office, halt=Halt(measure="erase", reason="unneeded"))
    granted = RightOutcome(outcome=OutcomeName.GRANTED)
    decision = {Right.DISCLOSURE: granted, Right.HALT_USE: granted}

    unconfirmed = office.do(case, "decide", Decide(outcomes=decision), VERIFIER)
    confirmed = {**decision, Right.HALT_USE: replace(granted, confirmed=True)}
    office.must(case, "decide", Decide(outcomes=confirmed), VERIFIER)
    once = office.do(case, "fulfil", Fulfil(), APPROVER)
    twice = office.do(case, "fulfil", Fulfil(confirm=(Right.HALT_USE,)), APPROVER)

    assert codes_of(unconfirmed.reasons) == ["outcome.unconfirmed"]
    assert codes_of(once.reasons) == ["confirm_once_more"]
    assert twice.outcome == "done"


@pytest.mark.requirement("F5")
def test_the_rights_exercised_are_the_boxes_ticked_on_the_form(office: TestOffice) -> None:
    ticked = a_halt(office, rights=(Right.DISCLOSURE,))
    unread = a_halt(office)

    assert set(office.case(ticked).facts["rights"]) == {"disclosure"}
    assert set(office.case(unread).facts["rights"]) == {"disclosure", "halt_use"}


# -- F7: answered once ------------------------------------------------------------------------------------------------


def linked(office: TestOffice, case: str) -> list[str]:
    with reading(office.engine) as db:
        found: list[str] = the_case(db, office.case(case), office.at(db), "en")["linked"]
    return found


@pytest.mark.requirement("F7")
def test_two_open_requests_of_one_subject_for_one_right_are_linked_both_ways(office: TestOffice) -> None:
    subject = a_person()
    first = office.opened(subject=subject)

    second = office.opened(subject=subject, rights=(Right.DISCLOSURE, Right.CORRECTION))

    assert (linked(office, first), linked(office, second)) == ([second], [first])


@pytest.mark.requirement("F7")
def test_another_right_another_subject_or_an_answered_request_is_not_linked(office: TestOffice) -> None:
    subject, other = a_person(), a_person()
    first = office.opened(subject=subject)
    answered = office.fulfilled(subject=other)

    another_right = office.opened(subject=subject, rights=(Right.CORRECTION,))
    another_subject = office.opened()
    after_the_answer = office.opened(subject=other)

    for case in (first, another_right, another_subject, answered, after_the_answer):
        assert linked(office, case) == [], case


# -- F8: what is kept of a document -----------------------------------------------------------------------------------


@pytest.mark.requirement("F8")
def test_of_a_documents_number_only_a_keyed_hash_is_kept(office: TestOffice) -> None:
    case = come_back(office)
    come_back(office)

    (one, again) = office.ask("SELECT number_hash FROM evidence ORDER BY case_id")
    everything = [repr(tuple(row)) for table in metadata.sorted_tables for row in office.ask(select(table))]

    assert one.number_hash == again.number_hash
    assert one.number_hash is not None
    assert not [row for row in everything if NUMBER in row]
    assert any(case in row for row in everything)
    with reading(office.engine) as db:
        here = office.at(db)
    assert number_hash("passport", NUMBER, here) != one.number_hash
    assert number_hash("drivers_licence", "0123-4567-8900", here) == one.number_hash
