"""A window and a way of the answer, chosen when a request comes or its forms do: by contact, with forms, in return."""

from dataclasses import replace

from tests.office import TestOffice, codes_of
from tests.own_procedure import adopts
from tests.people import a_contact, a_licence
from tests.services.righting import last_row, view
from workflows.law.values import Right
from workflows.letters import DeliveryWay, MailClass
from workflows.office.start import Way
from workflows.request import delivery
from workflows.request.course_payloads import ChooseDelivery, MoveWindow
from workflows.request.payloads import ReceiveForms, TakeBack
from workflows.request.values import FormName

TEXT = """
from = 2026-10-01
start = { ways = ["contact", "letter"] }
[answer]
ways = ["post", "collected"]
chosen = ["addressee_only"]
collect = { within = { weeks = 2 }, then = "kept" }
[[window]]
code = "central"
ja = "中央受付"
en = "Central reception"
[[window]]
code = "branch"
ja = "支所"
en = "Branch"
"""
SPECIAL = ChooseDelivery(mail_class=MailClass.ADDRESSEE_ONLY)
FETCHED = ChooseDelivery(way=DeliveryWay.COLLECTED)


def stands(office: TestOffice, case: str) -> tuple[str | None, DeliveryWay, MailClass]:
    now = view(office, case)
    return now.course.window, delivery.going(now).way, delivery.going(now).mail_class


def test_both_are_taken_up_with_the_request_and_with_its_forms_and_leave_with_an_arrival_taken_back(
    office: TestOffice,
) -> None:
    adopts(office, TEXT)
    case, code = office.mailed(window="central", delivery=SPECIAL)
    assert stands(office, case) == ("central", DeliveryWay.POST, MailClass.ADDRESSEE_ONLY)

    office.must(case, "receive_forms", replace(office.an_arrival(code), window="branch", delivery=FETCHED))
    assert stands(office, case)[:2] == ("branch", DeliveryWay.COLLECTED)
    assert last_row(office, case).details["delivery"] == ["collected"]
    office.must(case, "undo_arrival", TakeBack(why="another case's"))
    assert stands(office, case) == ("central", DeliveryWay.POST, MailClass.ADDRESSEE_ONLY)

    office.must(case, "receive_forms", replace(office.an_arrival(office.code_of(case)), window="branch"))
    office.must(case, "move_window", MoveWindow(window="central"))
    office.must(case, "undo_arrival", TakeBack(why="another case's"))
    assert stands(office, case)[0] == "central"


def test_a_request_that_comes_with_its_forms_brings_both_and_nothing_is_chosen_that_is_not_offered(
    office: TestOffice,
) -> None:
    adopts(office, TEXT)
    signed = {FormName.DISCLOSURE: True}
    came = ReceiveForms(
        arrived_at=office.an_arrival(None).arrived_at, forms=tuple(signed), signed=signed, documents=(a_licence(),)
    )
    brought = a_contact(began=Way.LETTER, came=came, rights=(Right.DISCLOSURE,), window="branch", delivery=FETCHED)

    refused = office.do(None, "open", replace(brought, window="north", delivery=ChooseDelivery(way=DeliveryWay.ORAL)))
    case = office.must(None, "open", brought).case

    assert codes_of(refused.reasons) == ["window_unknown", "way_not_offered"]
    assert stands(office, case)[:2] == ("branch", DeliveryWay.COLLECTED)
