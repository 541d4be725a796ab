"""How a request begins: with its own forms, at the counter, by whatever way; no way skips what must be proven."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.evidence import evidence, form_code
from tests.office import APPROVER, CLERK, GRANTED, LEAD, MONDAY, VERIFIER, TestOffice, codes_of
from tests.own_forms import CONSENT, REQUEST, a_request, every_way, what_came
from tests.people import a_contact, a_licence, a_person
from tests.services.righting import deadlines, transitions_of, view
from tests.services.suspicions import NUMBER
from tests.services.test_fraud import ordered
from workflows.engine.values import Reason
from workflows.law.proving import Where
from workflows.law.values import RepresentativeKind, Right
from workflows.office.start import Inbound, Way
from workflows.request.payloads import (
    Amend,
    Approve,
    AskAgain,
    AskOverride,
    Fulfil,
    MailForms,
    ReceiveAgain,
    ReceiveForms,
    TakeBack,
    Void,
    Withdraw,
)
from workflows.request.values import AddressShown, Correction, FormName, Party, ToldHow, VoidReason

BRINGING = [way for way in Way if way not in (Way.CONTACT, Way.FAX)]


def test_a_request_that_comes_with_its_form_begins_where_others_are_once_theirs_came_back(office: TestOffice) -> None:
    every_way(office)
    came = MONDAY - timedelta(days=3)

    opened = office.must(None, "open", a_request(MONDAY, came={"arrived_at": came}))

    case = view(office, opened.case)
    assert (opened.state, opened.seq, transitions_of(office, opened.case)) == ("forms_returned", 1, ["open_with_forms"])
    assert (case.opened_on, case.first_arrived_on, case.began) == (came.date(), came.date(), Way.OWN_DOWNLOAD)
    assert (case.hold, case.letters, case.rounds, case.mailed_to) == (None, (), 0, None)
    assert (case.forms, case.asked) == ({REQUEST: True}, {Right.DISCLOSURE: True})
    assert office.ask(select(form_code)) == []


def test_the_laws_clock_counts_from_the_day_it_came(office: TestOffice) -> None:
    every_way(office)
    came = MONDAY - timedelta(days=6)

    case = office.must(None, "open", a_request(MONDAY, came={"arrived_at": came})).case

    assert deadlines(office, case)["appi_39"][1].date() == (came + timedelta(days=14)).date()


def test_such_a_request_is_answered_without_any_other_letter(office: TestOffice) -> None:
    every_way(office)
    case = office.must(None, "open", a_request(MONDAY)).case

    office.must(case, "verify_identity", by=VERIFIER)
    office.must(case, "decide", GRANTED, by=VERIFIER)
    answered = office.must(case, "fulfil", Fulfil(), by=APPROVER)

    assert answered.state == "fulfilled"
    assert [letter.kind for letter in view(office, case).letters] == ["disclosure_notification"]


def test_under_the_source_nothing_begins_but_with_a_contact(office: TestOffice) -> None:
    refused = office.do(None, "open", a_request(MONDAY, came={"forms": (FormName.DISCLOSURE,), "signed": None}))

    assert (refused.outcome, codes_of(refused.reasons)) == ("refused", ["way_not_open"])


def test_what_is_not_accepted_is_refused_in_the_offices_words(office: TestOffice) -> None:
    every_way(office)

    refused = office.do(None, "open", a_request(MONDAY, Way.FAX))

    (reason,) = refused.reasons
    assert reason.code == "way_not_accepted"
    assert reason.params["said"] == {
        "ja": "ファクスでのご請求は、誤送信を防ぐためお受けしていません。",
        "en": "We take no request by fax: it might reach somebody else.",
    }


def test_a_request_says_by_which_way_it_came_where_there_are_several(office: TestOffice) -> None:
    every_way(office)

    refused = office.do(None, "open", a_request(MONDAY, None))

    assert codes_of(refused.reasons) == ["began_unsaid"]


def test_contacts_begin_beside_it_as_ever_and_get_the_offices_own_form(office: TestOffice) -> None:
    every_way(office)

    case, code = office.mailed()
    office.must(case, "receive_forms", what_came(MONDAY, code=code))

    assert view(office, case).forms == {REQUEST: True}
    assert view(office, case).began is Way.CONTACT


# -- no way skips what must be proven ---------------------------------------------------------------------------------


@pytest.mark.parametrize("way", BRINGING)
def test_no_way_to_begin_lets_anybody_be_answered_whose_identity_is_not_proven(office: TestOffice, way: Way) -> None:
    every_way(office)
    nothing = {"documents": ()}

    case = office.must(None, "open", a_request(MONDAY, way, came=nothing, address_on_record=True)).case
    verified = office.do(case, "verify_identity", by=VERIFIER)
    released = office.do(case, "fulfil", Fulfil(), by=APPROVER)

    assert verified.outcome == released.outcome == "refused"
    assert any(code.startswith("identity.") for code in codes_of(verified.reasons))


@pytest.mark.parametrize("way", [way for way in BRINGING if way.written])
def test_an_address_is_proven_as_any_other(office: TestOffice, way: Way) -> None:
    every_way(office)
    shows_none = {"documents": (a_licence(address=AddressShown.NONE),)}

    case = office.must(None, "open", a_request(MONDAY, way, came=shows_none)).case
    refused = office.do(case, "verify_identity", by=VERIFIER)

    assert any(code.startswith("identity.address") for code in codes_of(refused.reasons))


def test_whatever_comes_it_is_verified_only_where_it_proves_who_asks_and_where_they_live(office: TestOffice) -> None:
    every_way(office)

    @settings(max_examples=25, deadline=None)
    @given(
        way=st.sampled_from(BRINGING),
        papers=st.lists(st.sampled_from(["resident_record", "pension_notebook"]), max_size=2, unique=True),
        signed=st.booleans(),
        shown=st.sampled_from(list(AddressShown)),
    )
    def holds(way: Way, papers: list[str], signed: bool, shown: AddressShown) -> None:
        documents = tuple(
            a_licence(type=kind, photo=False, expires_on=None, issued_on=MONDAY.date(), address=shown)
            for kind in papers
        )
        came = {} if way is Way.PHONE else {"documents": documents, "signed": {REQUEST: signed}}
        case = office.must(None, "open", a_request(MONDAY, way, came=came, subject=a_person())).case

        verified = office.do(case, "verify_identity", by=VERIFIER)

        stated = shown is AddressShown.STATED and "resident_record" in papers
        proven = way.written and signed and len(papers) == 2 and stated
        assert (verified.outcome == "done") == proven

    holds()


def test_nothing_in_writing_comes_by_telephone(office: TestOffice) -> None:
    every_way(office)

    refused = office.do(None, "open", a_request(MONDAY, Way.PHONE, came={"documents": (a_licence(),)}))

    assert codes_of(refused.reasons) == ["nothing_comes_by_voice"]


def test_papers_say_where_they_were_looked_at(office: TestOffice) -> None:
    every_way(office)

    seen = {
        way: view(office, office.must(None, "open", a_request(MONDAY, way)).case).documents[0].looked_at
        for way in (Way.OWN_DOWNLOAD, Way.COUNTER, Way.EMAIL, Way.WEB)
    }

    assert seen == {
        Way.OWN_DOWNLOAD: Where.POST,
        Way.COUNTER: Where.COUNTER,
        Way.EMAIL: Where.ELECTRONIC,
        Way.WEB: Where.ELECTRONIC,
    }
    assert [row.checked_by for row in office.ask(select(evidence))] == [CLERK] * 4


def test_nobody_ends_a_request_from_another_address_than_the_one_it_came_from(office: TestOffice) -> None:
    every_way(office)
    shows_none = {"documents": (a_licence(address=AddressShown.NONE),)}
    case = office.must(None, "open", a_request(MONDAY, came=shows_none)).case
    office.must(case, "amend", Amend(why="moved", subject={"address": "9 Elsewhere, Osaka"}))

    refused = office.do(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))

    assert codes_of(refused.reasons) == ["withdrawal_to_another_address"]


# -- the same is suspected --------------------------------------------------------------------------------------------


def test_a_paper_that_somebody_else_showed_holds_it_for_the_lead(office: TestOffice) -> None:
    every_way(office)
    shown = {"documents": (a_licence(number=NUMBER),)}
    first = office.must(None, "open", a_request(MONDAY, came=shown)).case

    second = office.must(None, "open", a_request(MONDAY, came=shown)).case

    hold = view(office, second).hold
    assert hold is not None
    assert (hold.by, hold.code, hold.linked) == ("system", "suspected_fraud", (first,))
    assert view(office, first).hold is None


def test_one_paper_of_two_people_holds_it_too(office: TestOffice) -> None:
    every_way(office)
    documents = (a_licence(number=NUMBER), a_licence(number=NUMBER, holder=Party.REPRESENTATIVE))
    agent = a_person(kind=RepresentativeKind.AGENT)

    case = office.must(None, "open", a_request(MONDAY, came={"documents": documents}, representative=agent)).case

    hold = view(office, case).hold
    assert hold is not None
    assert hold.code == "suspected_fraud"


def test_an_address_shared_by_strangers_holds_it_as_it_holds_a_contact(office: TestOffice) -> None:
    every_way(office)
    office.opened(subject=a_person(address="1-1 Shared, Chiyoda-ku, Tokyo"))

    case = office.must(None, "open", a_request(MONDAY, subject=a_person(address="1-1 Shared, Chiyoda-ku, Tokyo")))

    hold = view(office, case.case).hold
    assert hold is not None
    assert "suspicion_shared_address" in codes_of(case.reasons)


# -- further papers ---------------------------------------------------------------------------------------------------


def test_a_paper_that_is_always_asked_for_is_a_deficiency_in_the_one_notice(office: TestOffice) -> None:
    every_way(office)
    claims = {"corrections": (Correction(item="address", wrong="1", right="2"),), "documents": ()}
    case = office.must(None, "open", a_request(MONDAY, came=claims, rights=(Right.CORRECTION,))).case

    refused = office.do(case, "verify_identity", by=VERIFIER)
    office.must(case, "ask_again", AskAgain())

    assert "paper_missing" in codes_of(refused.reasons)
    told = ordered(office, case).missing
    assert "The following was not enclosed: proof of what is right. Please send it." in told
    assert len(told) > 1


def test_a_paper_that_came_is_asked_for_no_more(office: TestOffice) -> None:
    every_way(office)
    claims = {"corrections": (Correction(item="address", wrong="1", right="2"),), "papers": ("facts",)}

    case = office.must(None, "open", a_request(MONDAY, came=claims, rights=(Right.CORRECTION,))).case

    office.must(case, "verify_identity", by=VERIFIER)
    assert view(office, case).further == ("facts",)


def test_a_second_person_lifts_a_paper(office: TestOffice) -> None:
    every_way(office)
    claims = {"corrections": (Correction(item="address", wrong="1", right="2"),)}
    case = office.must(None, "open", a_request(MONDAY, came=claims, rights=(Right.CORRECTION,))).case

    office.must(case, "override", AskOverride(what="paper:facts", reason="we know it"))
    office.must(case, "approve", Approve(), by=APPROVER)

    office.must(case, "verify_identity", by=VERIFIER)


def test_a_paper_of_a_circumstance_is_asked_for_once_somebody_sees_it(office: TestOffice) -> None:
    every_way(office)
    case = office.must(None, "open", a_request(MONDAY)).case

    asked = office.must(case, "ask_again", AskAgain(missing=("paper:consent",)))
    letter = ordered(office, case)
    office.must(case, "unask", TakeBack(why="the user is the subscriber"))

    assert asked.state == "contacted"
    assert letter.forms == (CONSENT,)
    assert letter.own_forms[0].title == "Consent of the user"
    office.must(case, "verify_identity", by=VERIFIER)


def test_the_form_that_is_the_paper_brings_it_signed(office: TestOffice) -> None:
    every_way(office)
    seen = {"circumstances": ("consent",)}
    lacking = office.must(None, "open", a_request(MONDAY, came=seen)).case
    both = {**seen, "forms": (REQUEST, CONSENT), "signed": {REQUEST: True, CONSENT: True}}
    whole = office.must(None, "open", a_request(MONDAY, came=both)).case

    refused = office.do(lacking, "verify_identity", by=VERIFIER)

    assert {"form_missing", "paper_missing"} >= {*codes_of(refused.reasons)} != set()
    office.must(whole, "verify_identity", by=VERIFIER)


# -- the next rounds, and what was recorded wrongly -------------------------------------------------------------------


def test_what_is_asked_for_again_comes_back_under_a_code(office: TestOffice) -> None:
    every_way(office)
    case = office.must(None, "open", a_request(MONDAY, came={"documents": ()})).case
    office.must(case, "ask_again", AskAgain())
    code = office.code_of(case)
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())

    office.must(case, "receive_forms", ReceiveForms(arrived_at=MONDAY, code=code, documents=(a_licence(),)))

    office.must(case, "verify_identity", by=VERIFIER)


def test_it_is_registered_anew_where_it_was_registered_wrongly(office: TestOffice) -> None:
    every_way(office)
    case = office.must(None, "open", a_request(MONDAY, came={"documents": ()})).case
    earlier = MONDAY - timedelta(days=2)

    right = what_came(MONDAY, arrived_at=earlier)
    again = {name: getattr(right, name) for name in ("forms", "signed", "sealed", "documents", "method")}
    office.must(case, "receive_again", ReceiveAgain(arrived_at=earlier, why="read wrongly", **again))

    stood = view(office, case)
    assert (stood.opened_on, stood.first_arrived_on, stood.hold) == (earlier.date(), earlier.date(), None)
    assert deadlines(office, case)["appi_39"][1].date() == (earlier + timedelta(days=14)).date()
    office.must(case, "verify_identity", by=VERIFIER)


def test_what_never_was_a_request_is_voided_and_taken_up_again(office: TestOffice) -> None:
    every_way(office)
    case = office.must(None, "open", a_request(MONDAY)).case

    voided = office.must(case, "void", Void(reason=VoidReason.MISDIRECTED), by=LEAD)
    back = office.must(case, "reinstate", TakeBack(why="it was one"), by=LEAD)

    assert (voided.state, back.state) == ("voided", "forms_returned")
    office.must(case, "verify_identity", by=VERIFIER)


def test_what_came_back_to_forms_of_ours_is_not_voided(office: TestOffice) -> None:
    case = office.returned()

    refused = office.do(case, "void", Void(reason=VoidReason.MISTAKE), by=LEAD)

    assert codes_of(refused.reasons) == ["came_to_forms_of_ours"]


def test_an_arrival_it_began_with_is_not_taken_back_but_voided(office: TestOffice) -> None:
    every_way(office)
    case = office.must(None, "open", a_request(MONDAY)).case

    refused = office.do(case, "undo_arrival", TakeBack(why="wrong"))

    assert codes_of(refused.reasons) == ["began_with_it"]


def test_an_unknown_form_or_paper_is_named_with_those_there_are(office: TestOffice) -> None:
    every_way(office)
    strange = {"forms": (FormName("other_form"),), "papers": ("letter_of_mum",)}

    refused = office.do(None, "open", a_request(MONDAY, came=strange))

    assert refused.reasons[:2] == (
        Reason("form_unknown", {"form": "other_form", "known": ["request", "proxy", "consent"], "case": refused.case}),
        Reason("paper_unknown", {"word": "letter_of_mum", "known": ["consent", "facts"]}),
    )


# -- the post it came by ----------------------------------------------------------------------------------------------


def test_another_class_of_post_than_was_asked_for_is_said_and_taken(office: TestOffice) -> None:
    every_way(office)

    plain = office.must(None, "open", a_request(MONDAY, came={"came_by": Inbound.ANY}))
    right = office.must(None, "open", a_request(MONDAY, came={"came_by": Inbound.SIMPLE_REGISTERED}))

    assert "came_by_another_class" in codes_of(plain.reasons)
    assert "came_by_another_class" not in codes_of(right.reasons)


def test_somebody_in_touch_brings_their_form_before_ours_is_posted(office: TestOffice) -> None:
    every_way(office)
    case = office.opened()

    came = office.must(case, "receive_forms", what_came(MONDAY, way=Way.COUNTER))

    stood = view(office, case)
    assert (came.state, stood.hold, transitions_of(office, case)[-1]) == ("forms_returned", None, "receive_own_forms")
    assert [letter.state for letter in stood.letters] == ["void"]
    office.must(case, "verify_identity", by=VERIFIER)


def test_their_own_form_in_place_of_the_one_we_posted_is_no_missing_code(office: TestOffice) -> None:
    every_way(office)
    case, _ = office.mailed()

    office.must(case, "receive_forms", what_came(MONDAY))

    assert view(office, case).hold is None
    assert view(office, case).came_from is None


def test_under_the_source_a_missing_code_holds_the_case_as_ever(office: TestOffice) -> None:
    case, _ = office.mailed()

    office.must(case, "receive_forms", ReceiveForms(arrived_at=MONDAY, forms=(FormName.DISCLOSURE,)))

    hold = view(office, case).hold
    assert hold is not None
    assert hold.code == "missing_code"


def test_a_contact_that_brings_nothing_is_refused_where_it_says_it_began_otherwise(office: TestOffice) -> None:
    every_way(office)

    refused = office.do(None, "open", a_contact(began=Way.LETTER))

    assert codes_of(refused.reasons) == ["nothing_came_with_it"]


def test_a_form_of_their_own_is_taken_back_and_ours_goes_out_after_all(office: TestOffice) -> None:
    every_way(office)
    case = office.opened()
    office.must(case, "receive_forms", what_came(MONDAY, way=Way.COUNTER))

    back = office.must(case, "undo_arrival", TakeBack(why="it belongs to another case"))

    stood = view(office, case)
    assert (back.state, transitions_of(office, case)[-1]) == ("contacted", "undo_own_arrival")
    assert [letter.state for letter in stood.letters] == ["void", "ordered"]
    assert (stood.forms, stood.documents, stood.first_arrived_on) == ({}, (), None)
