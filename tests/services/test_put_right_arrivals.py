"""What was registered wrongly of an arrival is put right, or taken back; the law's dates follow the right day."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.office import GRANTED, LEAD, MONDAY, VERIFIER, TestOffice, codes_of
from tests.people import a_licence
from tests.services.righting import claims_of, code_state, deadlines, last_row, overdue, states_of, transitions_of, view
from workflows.law.values import Right
from workflows.letters import UndoPosting
from workflows.request.payloads import Amend, MailForms, ReceiveAgain, ReceiveForms, TakeBack, Withdraw
from workflows.request.values import AddressShown, Correction, FormName, Halt, ToldHow

WHY = "the licence was read in a hurry"


def again(arrival: ReceiveForms, **changes: Any) -> ReceiveAgain:
    """Return an arrival registered anew."""
    told = {name: getattr(arrival, name) for name in ReceiveForms.__dataclass_fields__}
    return ReceiveAgain(why=WHY, **{**told, "code": None, **changes})


# -- papers, forms, pages ---------------------------------------------------------------------------------------------


def test_papers_read_wrongly_are_read_again_and_those_of_before_count_no_more(office: TestOffice) -> None:
    case, code = office.mailed()
    wrong = replace(office.an_arrival(code), documents=(a_licence(name_matches=False),))
    office.must(case, "receive_forms", wrong)
    assert office.do(case, "verify_identity", by=VERIFIER).outcome == "refused"

    told = office.must(case, "receive_again", again(wrong, documents=(a_licence(),)))

    assert (told.state, codes_of(told.reasons)) == ("forms_returned", [])
    assert [paper.name_matches for paper in view(office, case).documents] == [True]
    kept = office.ask("SELECT seq, undone_seq FROM evidence ORDER BY seq")
    assert [(row.seq, row.undone_seq) for row in kept] == [(3, 4), (4, None)]
    office.must(case, "verify_identity", by=VERIFIER)


def test_what_was_not_in_the_envelope_is_taken_out_again(office: TestOffice) -> None:
    case, code = office.mailed(rights=(Right.DISCLOSURE, Right.HALT_USE))
    wrong = replace(
        office.an_arrival(code),
        forms=(FormName.DISCLOSURE, FormName.HALT),
        signed={FormName.DISCLOSURE: True, FormName.HALT: True},
        rights=(Right.DISCLOSURE, Right.HALT_USE),
        halt=Halt(measure="cease", reason="unneeded"),
        method="paper",
    )
    office.must(case, "receive_forms", wrong)

    right = again(office.an_arrival(None), rights=(Right.DISCLOSURE,), pages=1)
    office.must(case, "receive_again", right)

    seen = view(office, case)
    assert (dict(seen.forms), dict(seen.asked)) == ({FormName.DISCLOSURE: True}, {Right.DISCLOSURE: True})
    assert (seen.halt, seen.method, [*seen.rights]) == (None, None, [Right.DISCLOSURE])
    assert last_row(office, case).details["pages"] == 1


def test_corrections_said_wrongly_give_way_to_those_of_before(office: TestOffice) -> None:
    case, code = office.mailed(rights=(Right.CORRECTION,))
    first = replace(
        office.an_arrival(code, proven=False),
        forms=(FormName.CORRECTION,),
        signed={FormName.CORRECTION: True},
        rights=(Right.CORRECTION,),
        corrections=(Correction(item="address", wrong="1-1", right="1-2"),),
    )
    office.must(case, "receive_forms", first)
    office.must(case, "ask_again")
    newer = office.code_of(case)
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())
    wrong = replace(
        first, arrived_at=MONDAY, code=newer, documents=(a_licence(),), corrections=(Correction(item="name"),) * 2
    )
    office.must(case, "receive_forms", wrong)
    assert view(office, case).corrections == 3

    office.must(case, "receive_again", again(wrong, corrections=()))

    assert view(office, case).corrections == 1
    assert [claim.item for claim in claims_of(office, case)] == ["address"]


def test_an_arrival_put_right_twice_is_the_last_one(office: TestOffice) -> None:
    case, code = office.mailed()
    arrival = office.an_arrival(code)
    office.must(case, "receive_forms", arrival)
    office.must(case, "receive_again", again(arrival, documents=(), forms=()))
    office.must(case, "receive_again", again(arrival))

    assert [row.undone_seq for row in office.ask("SELECT undone_seq FROM evidence ORDER BY seq")] == [4, None]
    assert dict(view(office, case).forms) == {FormName.DISCLOSURE: True}
    office.must(case, "verify_identity", by=VERIFIER)


def test_after_the_verification_it_is_undone_with_the_decision(office: TestOffice) -> None:
    case = office.decided()

    told = office.must(case, "receive_again", again(office.an_arrival(None)))

    assert told.state == "forms_returned"
    assert codes_of(told.reasons) == ["verification_undone_by_arrival", "decision_dropped"]
    row = office.case(case)
    assert (row.verified_by, row.decided_by) == (None, None)
    assert list(view(office, case).rights.values()) == [None]


def test_after_a_notice_was_ordered_it_never_leaves_the_house(office: TestOffice) -> None:
    case, code = office.mailed()
    wrong = office.an_arrival(code, proven=False)
    office.must(case, "receive_forms", wrong)
    office.must(case, "ask_again")

    told = office.must(case, "receive_again", again(wrong, documents=(a_licence(),)))

    assert (told.state, codes_of(told.reasons)) == ("forms_returned", ["letter_void_now"])
    assert states_of(office, case)["02 deficiency_notice"] == "void"
    assert code_state(office, case, 2) == "void"
    office.must(case, "verify_identity", by=VERIFIER)


def test_after_the_notice_went_out_what_is_there_is_looked_at_all_the_same(office: TestOffice) -> None:
    case, code = office.mailed()
    wrong = office.an_arrival(code, proven=False)
    office.must(case, "receive_forms", wrong)
    office.must(case, "ask_again")
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())

    told = office.must(case, "receive_again", again(wrong, documents=(a_licence(),)))

    assert told.state == "forms_returned"
    assert code_state(office, case, 2) == "live"
    office.must(case, "verify_identity", by=VERIFIER)


def test_a_notice_is_taken_back_before_it_is_posted(office: TestOffice) -> None:
    case = office.returned(proven=False)
    posted, since = view(office, case).posted_on, office.case(case).entered_on
    office.must(case, "ask_again")

    back = office.must(case, "unask", TakeBack(why="the copy was under the form"))

    assert (back.state, office.case(case).entered_on) == ("forms_returned", since)
    assert (view(office, case).rounds, view(office, case).posted_on) == (1, posted)
    assert states_of(office, case)["02 deficiency_notice"] == "void"
    assert office.do(case, "unask", TakeBack(why=WHY)).outcome == "refused"


# -- codes, holds -----------------------------------------------------------------------------------------------------


def test_a_code_typed_wrongly_is_put_right_and_the_hold_is_gone(office: TestOffice) -> None:
    case, code = office.mailed()
    arrival = office.an_arrival(None)
    held = office.must(case, "receive_forms", arrival)
    assert codes_of(held.reasons) == ["code_missing"]
    assert office.case(case).hold["code"] == "missing_code"

    told = office.must(case, "receive_again", again(arrival, code=code))

    assert (codes_of(told.reasons), office.case(case).hold, code_state(office, case)) == ([], None, "used")
    office.must(case, "verify_identity", by=VERIFIER)


def test_without_a_code_a_hold_for_the_lead_stays_and_one_lifted_does_not_come_again(office: TestOffice) -> None:
    case, _ = office.mailed()
    arrival = office.an_arrival(None)
    office.must(case, "receive_forms", arrival)
    office.must(case, "receive_again", again(arrival))
    assert office.case(case).hold["code"] == "missing_code"

    office.must(case, "resume", by=LEAD)
    office.must(case, "receive_again", again(arrival))

    assert office.case(case).hold is None


def test_the_same_paper_registered_again_is_no_fraud(office: TestOffice) -> None:
    case, code = office.mailed()
    arrival = replace(office.an_arrival(code), documents=(a_licence(number="012345678900"),))
    office.must(case, "receive_forms", arrival)

    told = office.must(case, "receive_again", again(arrival))

    assert (codes_of(told.reasons), office.case(case).hold) == ([], None)


# -- the law's dates --------------------------------------------------------------------------------------------------


def arrived_late(office: TestOffice, days: int) -> tuple[str, date, ReceiveForms]:
    """Return a case whose forms are registered as arrived today, so many days after their posting."""
    case, code = office.mailed()
    office.move_to(MONDAY + timedelta(days=days))
    arrival = office.an_arrival(code)
    office.must(case, "receive_forms", arrival)
    return case, office.today, arrival


def test_the_laws_date_moves_earlier_with_the_right_day_of_arrival(office: TestOffice) -> None:
    case, wrong, arrival = arrived_late(office, 7)

    told = office.must(case, "receive_again", again(arrival, arrived_at=arrival.arrived_at - timedelta(days=5)))

    right = wrong - timedelta(days=5)
    assert codes_of(told.reasons) == ["law_counts_anew"]
    assert deadlines(office, case)["appi_39"][1] == office.calendar().start_of(right + timedelta(days=15))
    details = last_row(office, case).details
    assert (details["first_arrived_was"], details["first_arrived_on"]) == (wrong.isoformat(), right.isoformat())


def test_the_laws_date_moves_later_too_and_what_fired_for_the_wrong_day_fires_for_the_right_one(
    office: TestOffice,
) -> None:
    case, code = office.mailed()
    office.move_to(MONDAY + timedelta(days=20))
    arrival = office.an_arrival(code)
    wrong = replace(arrival, arrived_at=arrival.arrived_at - timedelta(days=18))
    office.must(case, "receive_forms", wrong)
    office.sweep()
    office.sweep()
    assert overdue(office, case)

    office.must(case, "receive_again", again(arrival))

    assert not overdue(office, case)
    day = office.today
    assert deadlines(office, case)["appi_39"] == (1, office.calendar().start_of(day + timedelta(days=15)))
    office.move_to(office.calendar().opening(day + timedelta(days=15)))
    for _ in range(3):
        office.sweep()
    fired = [row.cause for row in office.ask("SELECT cause FROM history WHERE cause LIKE 'timer:appi_39:%'")]
    assert sorted(fired) == ["timer:appi_39:0:1", f"timer:appi_39:{view(office, case).legal_entry}:1"]
    assert overdue(office, case)


def test_an_arrival_put_right_on_the_same_day_leaves_the_laws_date(office: TestOffice) -> None:
    case = office.returned()
    before = deadlines(office, case)

    office.must(case, "receive_again", again(office.an_arrival(None)))

    assert deadlines(office, case) == before
    assert "law_anew" not in last_row(office, case).details


# -- of another case --------------------------------------------------------------------------------------------------


def test_an_arrival_of_another_case_is_taken_back_and_this_one_waits_on(office: TestOffice) -> None:
    case, code = office.mailed()
    posted, before = office.today, deadlines(office, case)
    office.reminded(case, posted, [10])
    office.must(case, "receive_forms", office.an_arrival(code))

    undone = office.must(case, "undo_arrival", TakeBack(why="it was her sister's"))

    assert undone.state == "forms_mailed"
    seen = view(office, case)
    assert (seen.first_arrived_on, dict(seen.forms), seen.documents, seen.came_from) == (None, {}, (), None)
    assert (code_state(office, case), seen.posted_on) == ("live", posted)
    assert (deadlines(office, case)["remind"][0], deadlines(office, case)["lapse"]) == (2, before["lapse"])
    assert "appi_39" not in deadlines(office, case)
    office.working_day(posted, 12)
    office.sweep()
    assert transitions_of(office, case).count("remind") == 1
    office.must(case, "receive_forms", office.an_arrival(code))
    assert office.case(case).hold is None


def test_a_hold_for_its_code_goes_with_the_arrival(office: TestOffice) -> None:
    case, _ = office.mailed()
    office.must(case, "receive_forms", office.an_arrival(None))

    office.must(case, "undo_arrival", TakeBack(why=WHY))

    assert office.case(case).hold is None


def test_an_arrival_taken_back_to_a_lapsed_case_lets_it_lapse_again_with_its_notice(office: TestOffice) -> None:
    case = office.lapsed()
    office.make_letters(case)
    office.must(case, "reopen", office.an_arrival(None))
    notice = next(kind for kind in states_of(office, case) if "lapse_notice" in kind)
    assert states_of(office, case)[notice] == "void"

    undone = office.must(case, "undo_arrival", TakeBack(why=WHY))

    assert (undone.transition, undone.state) == ("undo_reopening", "lapsed")
    assert [state for kind, state in states_of(office, case).items() if "lapse_notice" in kind] == ["void", "ordered"]
    assert deadlines(office, case) == {}


def test_what_came_before_this_round_is_not_taken_back(office: TestOffice) -> None:
    case, code = office.mailed()
    office.must(case, "receive_forms", office.an_arrival(code, proven=False))
    office.must(case, "ask_again")
    office.must(case, "unask", TakeBack(why=WHY))
    office.must(case, "undo_arrival", TakeBack(why=WHY))

    mailed = office.do(case, "receive_again", again(office.an_arrival(code)))

    assert (mailed.outcome, codes_of(mailed.reasons)) == ("refused", ["nothing_registered_yet"])
    office.must(case, "undo_posting", UndoPosting(letter=f"{case}-01", why=WHY))
    assert office.case(case).state == "contacted"


# -- closed by mistake ------------------------------------------------------------------------------------------------


def test_a_case_withdrawn_by_mistake_is_taken_up_where_its_papers_are(office: TestOffice) -> None:
    case = office.verified()
    office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))

    back = office.must(case, "reinstate", TakeBack(why="another of the same name"), by=LEAD)

    assert (back.transition, back.state) == ("reinstate_papers", "forms_returned")
    assert states_of(office, case)["02 withdrawal_confirmation"] == "void"
    assert office.case(case).closed_at is None
    assert "appi_39" in deadlines(office, case)
    office.must(case, "verify_identity", by=VERIFIER)
    office.must(case, "decide", GRANTED, by=VERIFIER)


def test_a_case_closed_by_mistake_before_anything_came_gets_its_forms_anew(office: TestOffice) -> None:
    case, _ = office.mailed()
    office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    (confirmation,) = office.post_letters(case)

    back = office.must(case, "reinstate", TakeBack(why="another of the same name"), by=LEAD)

    assert (back.state, codes_of(back.reasons)) == ("contacted", ["closing_letter_is_out"])
    assert confirmation == f"{case}-02"
    assert states_of(office, case)["03 request_forms"] == "ordered"
    assert office.do(case, "reinstate", TakeBack(why=WHY)).outcome == "refused"


def test_an_address_shown_by_a_paper_that_was_read_wrongly_proves_nothing_more(office: TestOffice) -> None:
    case, code = office.mailed()
    office.must(case, "receive_forms", office.an_arrival(code))
    office.must(case, "verify_identity", by=VERIFIER)

    office.must(
        case, "receive_again", again(office.an_arrival(None), documents=(a_licence(address=AddressShown.NONE),))
    )

    refused = office.do(case, "verify_identity", by=VERIFIER)
    assert refused.outcome == "refused"
    assert any("address" in code for code in codes_of(refused.reasons))


def test_a_right_dropped_and_asked_for_again_runs_the_laws_clock_anew_and_nothing_collides(office: TestOffice) -> None:
    case = office.returned()
    arrived = office.today
    office.move_to(MONDAY + timedelta(days=16))
    for _ in range(3):
        office.sweep()
    office.must(case, "amend", Amend(why=WHY, rights=(Right.PURPOSE_NOTICE,)))
    assert "appi_39" not in deadlines(office, case)

    office.must(case, "amend", Amend(why=WHY, rights=(Right.DISCLOSURE,)))
    for _ in range(3):
        office.sweep()

    fired = [row.cause for row in office.ask("SELECT cause FROM history WHERE cause LIKE 'timer:appi_39:%'")]
    assert len(fired) == len(set(fired)) == 2
    assert view(office, case).first_arrived_on == arrived
    assert office.ask("SELECT id FROM incident") == []
