"""Forms of an office's own: sent by e-mail, known by the scanner, sorted by hand."""

from typing import Any

from services.returns.sorting import FormPage
from tests.office import MONDAY, VERIFIER, TestOffice, codes_of
from tests.own_forms import REQUEST, a_request, every_way, what_came
from tests.people import a_licence, a_person
from tests.services.money import letter_said
from tests.services.righting import last_row, view
from tests.services.scans_fakes import Scanner, mark
from tests.services.test_tray import assign
from workflows.engine.machine import Refused
from workflows.law.values import Right
from workflows.office.start import SentBy
from workflows.request.payloads import AskAgain, MailForms
from workflows.request.values import AddressShown, FormName

# -- the seal ---------------------------------------------------------------------------------------------------------


def test_a_seal_that_is_missing_is_asked_for_in_the_one_notice_and_mended_by_the_form_that_bears_it(
    office: TestOffice,
) -> None:
    every_way(office)
    case, code = printed(office)
    office.must(case, "mail_forms", MailForms())
    office.must(
        case, "receive_forms", what_came(office.an_arrival(None).arrived_at, code=code, sealed=None, documents=())
    )

    refused = office.do(case, "verify_identity", by=VERIFIER)
    office.must(case, "ask_again", AskAgain())

    assert "form_unsealed" in codes_of(refused.reasons)
    assert last_row(office, case).details["missing"] == ["unsealed", "document:subject", "address"]
    assert any("seal" in line for line in letter_said(office, case, "deficiency_notice").missing)
    office.post_letters(case)
    office.must(case, "receive_forms", what_came(office.an_arrival(None).arrived_at, code=office.code_of(case)))
    office.must(case, "verify_identity", by=VERIFIER)


# -- forms by e-mail --------------------------------------------------------------------------------------------------


def printed(office: TestOffice, **who: Any) -> tuple[str, str]:
    """Return a case whose forms are printed, and their code."""
    case = office.opened(**who)
    code = office.code_of(case)
    assert code is not None
    office.make_letters(case)
    office.print_letters(case)
    return case, code


def test_forms_that_went_out_by_email_prove_nobodys_postal_address(office: TestOffice) -> None:
    every_way(office)
    case, code = printed(office, subject=a_person(email="hanako@example.jp"))

    office.must(case, "mail_forms", MailForms(by=SentBy.EMAIL))
    waiting = view(office, case)
    shows_none = (a_licence(address=AddressShown.NONE),)
    office.must(case, "receive_forms", what_came(MONDAY, code=code, documents=shows_none))

    assert (waiting.state, waiting.posted_on, waiting.mailed_to) == ("forms_mailed", office.today, None)
    assert last_row(office, case).transition == "receive_forms"
    assert view(office, case).came_from is None
    refused = office.do(case, "verify_identity", by=VERIFIER)
    assert any(code.startswith("identity.address") for code in codes_of(refused.reasons))


def test_somebody_of_whom_only_an_email_address_is_known_gets_their_forms(office: TestOffice) -> None:
    every_way(office)
    case, _ = printed(office, subject=a_person(address=None, postcode=None, email="hanako@example.jp"))

    by_post = office.do(case, "mail_forms", MailForms())
    office.must(case, "mail_forms", MailForms(by=SentBy.EMAIL))

    assert codes_of(by_post.reasons) == ["no_address"]
    assert last_row(office, case).details["by"] == "email"


def test_nothing_goes_by_email_where_the_office_does_not_or_no_address_is_known(office: TestOffice) -> None:
    under_the_source, _ = printed(office, subject=a_person(email="hanako@example.jp"))
    every_way(office, first=office.today)
    unknown, _ = printed(office)

    refused = [office.do(case, "mail_forms", MailForms(by=SentBy.EMAIL)) for case in (under_the_source, unknown)]

    assert [codes_of(one.reasons) for one in refused] == [["forms_not_sent_so"], ["no_email_known"]]


def test_no_email_address_stands_in_the_history(office: TestOffice) -> None:
    every_way(office)
    case, _ = printed(office, subject=a_person(email="canary@example.jp"))

    office.must(case, "mail_forms", MailForms(by=SentBy.EMAIL))

    assert "canary" not in str(office.ask("SELECT * FROM history")) + str(office.case(case).facts)


# -- the scanner ------------------------------------------------------------------------------------------------------


def test_a_form_of_the_offices_own_is_known_by_its_code(office: TestOffice, scanner: Scanner) -> None:
    every_way(office)
    case, code = office.mailed()

    found = scanner.scan(office, scanner.file(mark(case, code, 1, 2, "request"), mark(case, code, 2, 2, "request")))

    (form,) = found.matched
    assert (form.case, form.form, form.pages, found.clean) == (case, REQUEST, 2, True)
    (came,) = found.cases
    assert came.boxes[REQUEST] == tuple(Right)
    assert came.called[REQUEST] == {"ja": "個人情報開示等請求書", "en": "Request form"}


def test_a_form_that_is_nobodys_is_none_of_ours(office: TestOffice, scanner: Scanner) -> None:
    every_way(office)
    case, code = office.mailed()

    found = scanner.scan(office, scanner.file(mark(case, code, 1, 1, "passport")))

    assert found.matched == ()


def test_pages_in_the_tray_are_kept_with_a_request_that_began_with_them(office: TestOffice, scanner: Scanner) -> None:
    every_way(office)
    scanner.scan(office, scanner.file("", ""))
    case = office.must(None, "open", a_request(MONDAY)).case
    other = office.opened()

    kept = assign(office, "T26-0001", case, FormPage(REQUEST, 1, 2))
    strange = assign(office, "T26-0002", case, FormPage(FormName("other_form"), 1, 2))
    too_early = assign(office, "T26-0002", other, FormPage(FormName("other_form"), 1, 2))

    assert not isinstance(kept, Refused)
    assert isinstance(strange, Refused)
    assert isinstance(too_early, Refused)
    assert codes_of(strange.reasons) == codes_of(too_early.reasons) == ["form_unknown"]
