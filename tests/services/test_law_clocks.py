"""The law's time of a case lived through: what stops, starts and lengthens it, and how slips are put right."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.timer import timer
from services.request.facts import view
from tests.office import APPROVER, CLERK, TOKYO, VERIFIER, TestOffice, codes_of
from tests.services.paper import squeezed, text_of
from workflows.engine.values import Language
from workflows.law.values import ExtendReason, Right
from workflows.request.payloads import AskAgain, Extend, Hold, MailForms, Open, ReceiveAgain, TakeBack
from workflows.request.values import AddressShown, Document, FormName, HoldReason, Masking, Party

STANDS = date(9999, 1, 1)


def legal(office: TestOffice, case: str) -> dict[str, date]:
    """Return the law's timers of a case by name: the day on which each fires; STANDS: nobody can say."""
    rows = office.ask(
        select(timer.c.name, timer.c.due_at).where(timer.c.case_id == office.case(case).id, timer.c.legal)
    )
    return {row.name: STANDS if row.due_at.year == 9999 else row.due_at.astimezone(TOKYO).date() for row in rows}


def on(office: TestOffice, day: str) -> None:
    office.move_to(datetime.combine(date.fromisoformat(day), datetime.min.time(), TOKYO) + timedelta(hours=10))


def asked_again(office: TestOffice, case: str, *missing: str) -> str:
    """Ask for what is missing and post the notice today; return the code of its forms."""
    office.must(case, "ask_again", AskAgain(missing=missing or ("document:subject",)))
    code = office.code_of(case)
    assert code is not None
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())
    return code


def resident_record(office: TestOffice) -> Document:
    return Document(
        holder=Party.SUBJECT, type="resident_record", photo=False, issued_on=office.today, address=AddressShown.STATED,
        name_matches=True, masking=Masking.MASKED, original=True,
    )  # fmt: skip


# -- APPI, chapter 5 --------------------------------------------------------------------------------------------------


def in_the_city(office: TestOffice, **changes: Any) -> str:
    """Return a case of a public body that came back on 1 June 2026 without proof of identity."""
    on(office, "2026-05-25")
    case, code = office.mailed(regime="jp-public", **changes)
    on(office, "2026-06-01")
    office.must(case, "receive_forms", office.an_arrival(code, proven=False))
    return case


@pytest.mark.requirement("S33", "S44")
def test_thirty_days_stand_still_while_a_deficiency_is_with_the_person(office: TestOffice) -> None:
    case = in_the_city(office)
    before = legal(office, case)
    on(office, "2026-06-05")
    office.must(case, "ask_again", AskAgain(missing=("document:subject",)))
    in_the_house, code = legal(office, case), office.code_of(case)
    office.make_letters(case)
    office.print_letters(case)
    on(office, "2026-06-08")
    office.must(case, "mail_forms", MailForms())
    out = legal(office, case)
    on(office, "2026-06-15")
    office.must(case, "receive_forms", office.an_arrival(code))
    after = legal(office, case)

    # 30 days from 1 June end with 1 July; from the day after the posting, the 9th, to the 15th seven do not count.
    assert before == {"warn": date(2026, 6, 21), "answer_due": date(2026, 7, 2)}
    assert in_the_house == before
    assert out == {"warn": STANDS, "answer_due": STANDS}
    assert after == {"warn": date(2026, 6, 28), "answer_due": date(2026, 7, 9)}


def test_an_arrival_that_was_registered_wrongly_lets_the_time_stand_still_again(office: TestOffice) -> None:
    case = in_the_city(office)
    on(office, "2026-06-08")
    code = asked_again(office, case)
    on(office, "2026-06-15")
    office.must(case, "receive_forms", office.an_arrival(code))

    office.must(case, "undo_arrival", TakeBack(why="of another case"))
    taken_back = legal(office, case)
    on(office, "2026-06-18")
    arrival = office.an_arrival(code)
    office.must(case, "receive_forms", arrival)
    late = legal(office, case)
    values = {name: getattr(arrival, name) for name in arrival.__dataclass_fields__} | {"code": None}
    office.must(case, "receive_again", ReceiveAgain(**values | {"why": "it came on the 16th", "arrived_at":
                arrival.arrived_at - timedelta(days=2)}))  # fmt: skip

    assert taken_back["answer_due"] == STANDS
    assert late["answer_due"] == date(2026, 7, 12)
    assert legal(office, case)["answer_due"] == date(2026, 7, 10)


def test_what_never_comes_ends_the_standing_still_with_the_waiting(office: TestOffice) -> None:
    case = in_the_city(office)
    on(office, "2026-06-08")
    asked_again(office, case)
    posted = office.today
    office.reminded(case, posted)
    office.working_day(posted, 41)
    gave_up = office.today
    office.sweep()

    assert office.case(case).state == "forms_returned"
    stopped = (gave_up - date(2026, 6, 8)).days
    assert legal(office, case)["answer_due"] == date(2026, 7, 2) + timedelta(days=stopped)


def test_thirty_more_days_are_told_in_time_and_a_large_volume_gets_a_day_of_its_own(office: TestOffice) -> None:
    case, large = in_the_city(office), None
    on(office, "2026-06-29")

    office.must(case, "extend", Extend(reason=ExtendReason.DIFFICULTY), by=APPROVER)
    again = office.do(case, "extend", Extend(reason=ExtendReason.THIRD_PARTY), by=APPROVER)
    no_day = office.do(case, "extend", Extend(reason=ExtendReason.LARGE_VOLUME), by=APPROVER)
    foreign = office.do(case, "extend", Extend(reason=ExtendReason.COMPLEXITY), by=APPROVER)
    named = office.do(case, "extend", Extend(reason=ExtendReason.DIFFICULTY, until=date(2026, 9, 1)), by=APPROVER)
    extended = legal(office, case)
    large = Extend(reason=ExtendReason.LARGE_VOLUME, until=date(2026, 10, 30))
    office.must(case, "extend", large, by=APPROVER)

    assert extended == {"answer_due_extended": date(2026, 8, 1)}
    refused = [codes_of(outcome.reasons) for outcome in (again, no_day, foreign, named)]
    assert refused == [["extended_already"], ["name_the_day"], ["no_such_reason_to_extend"], ["extended_already"]]
    assert legal(office, case) == {"answer_due_extended": date(2026, 10, 31)}


def test_an_extension_is_told_within_the_first_thirty_days(office: TestOffice) -> None:
    case = in_the_city(office)
    on(office, "2026-07-02")

    late = office.do(case, "extend", Extend(reason=ExtendReason.DIFFICULTY), by=APPROVER)

    assert codes_of(late.reasons) == ["too_late_to_extend"]


def test_nobody_is_opened_amended_or_registered_with_a_right_the_law_does_not_give(office: TestOffice) -> None:
    from tests.people import a_contact

    contact: Open = a_contact(regime="jp-public", rights=(Right.PURPOSE_NOTICE,))
    opened = office.do(None, "open", contact)
    case, code = office.mailed(regime="jp-public")
    came = office.do(
        case, "receive_forms", replace(office.an_arrival(code), rights=(Right.DISCLOSURE, Right.PROVISION_RECORDS))
    )

    assert codes_of(opened.reasons) == codes_of(came.reasons) == ["contact.no_such_right"]
    assert office.case(case).state == "forms_mailed"


def test_a_public_body_is_shown_the_papers_that_its_order_names(office: TestOffice) -> None:
    case, code = office.mailed(regime="jp-public", language=Language.EN)
    office.must(
        case, "receive_forms",
        replace(office.an_arrival(code), documents=(*office.an_arrival(code).documents, resident_record(office))),
    )  # fmt: skip
    office.must(case, "verify_identity", by=VERIFIER)

    assert office.case(case).state == "id_verified"


def test_days_that_stood_still_for_an_arrival_that_was_none_count_again(office: TestOffice) -> None:
    case = in_the_city(office)
    on(office, "2026-06-08")
    code = asked_again(office, case)
    on(office, "2026-06-22")
    arrival = office.an_arrival(code)
    office.must(case, "receive_forms", arrival)
    office.must(case, "undo_arrival", TakeBack(why="of another case"))

    office.must(case, "receive_forms", replace(arrival, arrived_at=arrival.arrived_at - timedelta(days=10)))

    # It came on the 12th: four days stood still, and not the fourteen of the wrong arrival.
    assert legal(office, case)["answer_due"] == date(2026, 7, 6)


# -- UK GDPR ----------------------------------------------------------------------------------------------------------


def passport(office: TestOffice) -> Document:
    return Document(
        holder=Party.SUBJECT, type="passport", photo=True, expires_on=office.today + timedelta(days=900),
        address=AddressShown.NONE, name_matches=True, masking=Masking.NOT_SHOWN,
    )  # fmt: skip


def council_bill(office: TestOffice) -> Document:
    return Document(
        holder=Party.SUBJECT, type="council_tax_bill", photo=False, issued_on=office.today,
        address=AddressShown.STATED, name_matches=True, masking=Masking.NOT_SHOWN,
    )  # fmt: skip


def at_the_council(office: TestOffice, *, proven: bool = True) -> str:
    """Return a case of 3 September 2026 under the UK GDPR, with proof of identity that day or without."""
    on(office, "2026-09-03")
    case, code = office.mailed(regime="uk-gdpr", language=Language.EN)
    papers = (passport(office), council_bill(office)) if proven else ()
    office.must(case, "receive_forms", replace(office.an_arrival(code, proven=False), documents=papers))
    return case


@pytest.mark.requirement("S33")
def test_the_corresponding_date_counts_from_the_proof_of_identity(office: TestOffice) -> None:
    ready, late = at_the_council(office), at_the_council(office, proven=False)
    none = legal(office, late)
    on(office, "2026-09-07")
    code = asked_again(office, late)
    on(office, "2026-09-14")
    back = replace(office.an_arrival(code, proven=False), documents=(passport(office), council_bill(office)))
    office.must(late, "receive_forms", back)

    # 3 October 2026 is a Saturday.
    assert legal(office, ready) == {"warn": date(2026, 9, 23), "answer_due": date(2026, 10, 6)}
    assert none == {}
    assert legal(office, late) == {"warn": date(2026, 10, 4), "answer_due": date(2026, 10, 15)}


@pytest.mark.requirement("S33")
def test_a_question_to_the_person_stops_the_clock_and_another_hold_does_not(office: TestOffice) -> None:
    case, other = at_the_council(office), at_the_council(office)
    on(office, "2026-09-07")
    office.must(case, "hold", Hold(reason=HoldReason.AWAITING_INFORMATION), by=CLERK)
    office.must(other, "hold", Hold(reason=HoldReason.OTHER), by=CLERK)
    waiting = legal(office, case)
    on(office, "2026-09-11")
    for each in (case, other):
        office.must(each, "resume", by=CLERK)

    # Until the end of the hold at first (20 working days: 8 October, 32 days); neither the 7th nor the 11th counts.
    assert waiting["answer_due"] == date(2026, 11, 5)
    assert legal(office, case) == {"warn": date(2026, 9, 28), "answer_due": date(2026, 10, 9)}
    assert legal(office, other) == {"warn": date(2026, 9, 23), "answer_due": date(2026, 10, 6)}


def test_a_hold_that_ends_by_itself_stops_the_clock_for_its_days_alone(office: TestOffice) -> None:
    case = at_the_council(office)
    on(office, "2026-09-07")
    office.must(case, "hold", Hold(reason=HoldReason.AWAITING_INFORMATION, until=date(2026, 9, 11)), by=CLERK)
    during = legal(office, case)

    on(office, "2026-09-24")
    office.sweep()

    assert not view(office.case(case)).on_hold
    assert during == legal(office, case) == {"warn": date(2026, 9, 28), "answer_due": date(2026, 10, 9)}


def test_the_lead_is_warned_with_the_article_and_the_days_that_are_left(office: TestOffice) -> None:
    case = at_the_council(office)
    on(office, "2026-09-23")
    office.sweep()
    on(office, "2026-10-06")
    for _ in range(4):
        office.sweep()

    told = [row.code for row in office.ask("SELECT code FROM notice ORDER BY id") if "law" in row.code]
    assert told == ["notice.law_nears", "notice.law_ran_out"]
    assert office.case(case).state == "forms_returned"


def test_the_notice_of_an_extension_names_the_day_and_the_acts(office: TestOffice) -> None:
    case = at_the_council(office)
    office.must(case, "extend", Extend(reason=ExtendReason.COMPLEXITY), by=APPROVER)
    office.make_letters(case, typeset=True)

    paths = [row.path for row in office.ask("SELECT path FROM letter WHERE kind = 'extension_notice'")]
    said = squeezed(text_of((office.settings.spool / paths[0]).read_bytes()))

    assert squeezed("3 December 2026") in said
    assert squeezed("the UK General Data Protection Regulation") in said
    assert squeezed("you may complain to us; we acknowledge a complaint within 30 days") in said
    assert squeezed("Information Commissioner's Office") in said.replace("’", "'")
    assert FormName.DISCLOSURE.value not in said
