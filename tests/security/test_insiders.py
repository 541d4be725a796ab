"""Stories of insiders that are told in docs/security.md and that no other test shows."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from services.audit import doctor
from services.office import founding
from settings import Says
from tests.office import APPROVER, CLERK, GRANTED, LEAD, MONDAY, VERIFIER, TestOffice, codes_of
from workflows.request.payloads import AskAgain, Fulfil, VerifyIdentity
from workflows.words import say


def test_a_clerk_verifies_nobody_and_a_verifier_releases_nothing(office: TestOffice) -> None:
    case = office.returned()

    verifying = office.do(case, "verify_identity", VerifyIdentity(), CLERK)
    office.must(case, "verify_identity", VerifyIdentity(), VERIFIER)
    office.must(case, "decide", GRANTED, VERIFIER)
    releasing = office.do(case, "fulfil", Fulfil(), VERIFIER)

    assert [codes_of(outcome.reasons) for outcome in (verifying, releasing)] == [["missing_role"]] * 2
    assert office.case(case).released_by is None


def test_a_lead_who_decided_does_not_release(office: TestOffice) -> None:
    case = office.verified()
    office.must(case, "decide", GRANTED, LEAD)

    refused = office.do(case, "fulfil", Fulfil(), LEAD)

    assert codes_of(refused.reasons) == ["decided_it_themselves"]
    assert office.must(case, "fulfil", Fulfil(), APPROVER).state == "fulfilled"


def test_nothing_is_released_that_nobody_decided(office: TestOffice) -> None:
    case = office.verified()

    refused = office.do(case, "fulfil", Fulfil(), APPROVER)

    assert codes_of(refused.reasons) == ["right_undecided"]


def test_an_arrival_is_neither_dated_back_nor_ahead(office: TestOffice) -> None:
    case, code = office.mailed()
    arrival = office.an_arrival(code)

    early = office.do(case, "receive_forms", replace(arrival, arrived_at=MONDAY - timedelta(days=7)))
    late = office.do(case, "receive_forms", replace(arrival, arrived_at=MONDAY + timedelta(days=1)))

    assert codes_of(early.reasons) == ["arrived_before_opened"]
    assert codes_of(late.reasons) == ["in_the_future"]


def test_more_than_the_rules_ask_for_is_not_asked_for_without_a_reason(office: TestOffice) -> None:
    case = office.returned()

    refused = office.do(case, "ask_again", AskAgain(missing=("document:subject",)))

    assert codes_of(refused.reasons) == ["asks_for_more"]
    reasoned = AskAgain(missing=("document:subject",), reason="the copy is too dark to read")
    assert office.must(case, "ask_again", reasoned).state == "contacted"


def test_an_office_its_owner_made_a_demo_is_named_by_the_doctor(database_url: str, home: Path) -> None:
    office = TestOffice(database_url, home, staffed=True)
    with office.writing() as db:
        founding.found(db, Says(), LEAD, LEAD, MONDAY)
    examine = partial(doctor.examine, office.unit)
    sound = list(examine())

    office.tamper("UPDATE founding SET demo = NOT demo")
    (found,) = examine()

    assert sound == []
    assert (found.case, found.what) == (None, "founding_differs")
    for language in ("ja", "en"):
        assert "demo" in say(found.detail, language)
    office.close()
