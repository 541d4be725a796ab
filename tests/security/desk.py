"""What an honest desk does with what an impostor hands in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.office import VERIFIER, TestOffice, codes_of
from workflows.request.payloads import Amend, AskAgain, MailForms, ReceiveForms, VerifyIdentity
from workflows.request.values import FormName


def arrived(office: TestOffice, case: str, code: str | None, **what: Any) -> None:
    """Register an envelope: the form of disclosure, signed, and nothing else unless told."""
    forms: tuple[FormName, ...] = what.get("forms", (FormName.DISCLOSURE,))
    said = {"forms": forms, "signed": dict.fromkeys(forms, True), "documents": (), **what}
    office.must(case, "receive_forms", replace(ReceiveForms(arrived_at=office_now(office), code=code), **said))


def office_now(office: TestOffice) -> Any:
    assert office.now is not None
    return office.now


def next_round(office: TestOffice, case: str) -> str:
    """Ask again, post it, and go on an hour; return the new code."""
    office.must(case, "ask_again", AskAgain(missing=("pages",), reason="a page is torn"))
    code = office.code_of(case)
    assert code is not None
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())
    office.now = office_now(office) + timedelta(hours=1)
    return code


def verifying(office: TestOffice, case: str, by: str = VERIFIER, **vouched: Any) -> list[str]:
    """Try to verify; return the codes of what stands in the way."""
    outcome = office.do(case, "verify_identity", VerifyIdentity(**vouched), by)
    assert (outcome.outcome == "refused") == bool(codes_of(outcome.reasons))
    return codes_of(outcome.reasons)


def told(**what: Any) -> Amend:
    return Amend(why="they telephoned", **what)
