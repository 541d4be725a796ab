"""A released answer that was wrong is corrected: decided anew, by two people again, in a letter that says so."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.letter import letter
from tests.office import APPROVER, CLERK, GRANTED, REFUSED, VERIFIER, TestOffice, codes_of
from tests.services.paper import text_of
from tests.services.righting import deadlines, last_row, overdue, states_of, transitions_of, view
from workflows.engine.values import Language
from workflows.law.values import OutcomeName, Right, RightOutcome
from workflows.letters import RecordReturn, ReturnReason, UndoPosting
from workflows.request.payloads import CorrectAnswer, Decide, Fulfil, TakeBack, Unverify
from workflows.words import say_all

WHY = "a page was left out"
MORE = CorrectAnswer(why=WHY, outcomes={Right.DISCLOSURE: RightOutcome(outcome=OutcomeName.GRANTED, enclosures=4)})
NO = CorrectAnswer(why=WHY, outcomes=REFUSED.outcomes)


def answered(office: TestOffice, **changes: object) -> str:
    """Return a fulfilled case whose answer is posted."""
    case = office.fulfilled(**changes)
    office.post_letters(case)
    return case


def sheet(office: TestOffice, number: str) -> str:
    """Return what stands on a letter in the spool."""
    (row,) = office.ask(select(letter.c.path).where(letter.c.number == number))
    return " ".join(text_of((office.settings.spool / row.path).read_bytes()).split())


def test_an_answer_is_corrected_by_two_people_in_a_letter_that_says_so(office: TestOffice) -> None:
    case = answered(office)
    first = office.today
    office.working_day(first, 3)

    corrected = office.must(case, "correct_answer", MORE, by=VERIFIER)

    assert (corrected.state, codes_of(corrected.reasons)) == ("id_verified", ["will_correct", "copies_may_be_gone"])
    row = office.case(case)
    assert (row.open, row.closed_at, row.released_by, row.decided_by) == (True, None, None, VERIFIER)
    own = office.do(case, "fulfil", Fulfil(), by=VERIFIER)
    assert own.outcome == "refused"
    office.must(case, "fulfil", Fulfil(), by=APPROVER)
    assert states_of(office, case) == {
        "01 request_forms": "posted",
        "02 disclosure_notification": "posted",
        "03 disclosure_notification": "ordered",
    }
    office.make_letters(case, typeset=True)
    said = sheet(office, f"{case}-03")
    assert f"notification {case}-02 of {first.day} {first:%B %Y} was wrong" in said
    assert "(correction)" in said


def test_the_letter_says_so_in_japanese_too(office: TestOffice) -> None:
    case = answered(office, language=Language.JA)
    office.must(case, "correct_answer", MORE, by=VERIFIER)
    office.must(case, "fulfil", Fulfil(), by=APPROVER)

    office.make_letters(case, typeset=True)

    said = sheet(office, f"{case}-03").replace(" ", "")
    assert "個人情報開示等通知書（訂正）" in said
    assert f"（文書番号{case}-02）の内容に誤りがありました" in said
    assert "これに代わるものです" in said


def test_an_answer_that_was_granted_may_be_refused_and_the_other_way_round(office: TestOffice) -> None:
    case = answered(office)
    office.must(case, "correct_answer", NO, by=VERIFIER)
    office.must(case, "refuse", by=APPROVER)
    office.post_letters(case)
    office.must(case, "correct_answer", MORE, by=CLERK)
    done = office.must(case, "fulfil", Fulfil(), by=APPROVER)

    assert done.state == "fulfilled"
    assert view(office, case).corrects == f"{case}-03"


def test_an_answer_still_in_the_house_never_leaves_it_and_nothing_is_corrected(office: TestOffice) -> None:
    case = office.fulfilled()
    office.make_letters(case)

    told = office.must(case, "correct_answer", MORE, by=VERIFIER)
    office.must(case, "fulfil", Fulfil(), by=APPROVER)

    assert codes_of(told.reasons) == ["letter_void_now"]
    assert states_of(office, case)["02 disclosure_notification"] == "void"
    office.make_letters(case, typeset=True)
    assert "was wrong" not in sheet(office, f"{case}-03")


def test_the_law_wants_the_right_answer_and_is_told_once(office: TestOffice) -> None:
    case = answered(office)
    arrived = view(office, case).first_arrived_on
    assert arrived is not None
    office.must(case, "correct_answer", MORE, by=VERIFIER)
    assert deadlines(office, case)["appi_39"] == (1, office.calendar().start_of(arrived + timedelta(days=15)))
    office.move_to(office.calendar().opening(arrived + timedelta(days=15)))
    for _ in range(4):
        office.sweep()
    office.must(case, "fulfil", Fulfil(), by=APPROVER)
    assert overdue(office, case)

    office.post_letters(case)
    office.must(case, "correct_answer", MORE, by=VERIFIER)
    for _ in range(4):
        office.sweep()

    fired = [row.cause for row in office.ask("SELECT cause FROM history WHERE cause LIKE 'timer:appi_39:%'")]
    assert fired == ["timer:appi_39:0:1"]


def test_somebody_must_answer_a_case_that_is_open_again(office: TestOffice) -> None:
    case = answered(office)

    office.must(case, "correct_answer", MORE, by=VERIFIER)

    calendar = office.calendar()
    assert deadlines(office, case)["escalate"] == (1, calendar.opening(calendar.add_working_days(office.today, 5)))


def test_without_outcomes_all_is_to_be_decided_anew_also_who_it_is(office: TestOffice) -> None:
    case = answered(office)
    office.must(case, "correct_answer", CorrectAnswer(why="an impostor"), by=VERIFIER)
    assert office.do(case, "fulfil", Fulfil(), by=APPROVER).outcome == "refused"

    office.must(case, "unverify", Unverify(why="an impostor"), by=VERIFIER)

    assert office.case(case).state == "forms_returned"


def test_a_refusal_before_anybody_was_verified_goes_back_to_the_papers(office: TestOffice) -> None:
    case = office.returned(proven=False)
    procedural = {
        Right.DISCLOSURE: RightOutcome(outcome=OutcomeName.REFUSED, ground="identity_not_proven", explanation="No.")
    }
    office.must(case, "decide", Decide(outcomes=procedural), by=VERIFIER)
    office.must(case, "refuse", by=APPROVER)
    office.post_letters(case)

    back = office.must(case, "correct_answer", CorrectAnswer(why="the licence lay under the form"), by=VERIFIER)

    assert (back.transition, back.state) == ("correct_refusal", "forms_returned")
    assert office.do(case, "decide", GRANTED, by=VERIFIER).outcome == "refused"


def test_outcomes_that_do_not_fit_are_refused_and_the_case_stays_closed(office: TestOffice) -> None:
    case = answered(office)
    wrong = CorrectAnswer(why=WHY, outcomes={Right.HALT_USE: RightOutcome(outcome=OutcomeName.GRANTED)})

    refused = office.do(case, "correct_answer", wrong, by=VERIFIER)

    assert codes_of(refused.reasons) == ["right_undecided", "right_not_asked"]
    assert office.case(case).state == "fulfilled"


def test_the_wrong_answer_that_came_back_is_chased_no_more(office: TestOffice) -> None:
    case = answered(office)
    number = f"{case}-02"
    office.must(case, "record_return", RecordReturn(letter=number, reason=ReturnReason.MOVED))

    office.must(case, "correct_answer", MORE, by=VERIFIER)

    assert "came_back" not in deadlines(office, case)
    assert view(office, case).corrects is None


def test_a_posting_of_the_wrong_answer_that_never_was_is_taken_back_and_the_letter_is_void(office: TestOffice) -> None:
    case = answered(office)
    office.must(case, "correct_answer", MORE, by=VERIFIER)

    undone = office.must(case, "undo_posting", UndoPosting(letter=f"{case}-02", why="it lay under the desk"))

    assert codes_of(undone.reasons) == ["letter_void_now"]
    assert view(office, case).corrects is None
    office.must(case, "fulfil", Fulfil(), by=APPROVER)
    office.make_letters(case, typeset=True)
    assert "was wrong" not in sheet(office, f"{case}-03")


def test_the_history_says_what_was_decided_before_and_the_reason_is_kept(office: TestOffice) -> None:
    case = answered(office)

    office.must(case, "correct_answer", NO, by=VERIFIER)

    details = last_row(office, case).details
    assert details["were"] == {"disclosure": "granted"}
    assert details["outcomes"] == {"disclosure": "refused:harm"}
    assert details["undoes"] == transitions_of(office, case).index("fulfil") + 1


@pytest.mark.parametrize("state", ["withdrawn", "lapsed", "voided", "id_verified", "contacted"])
def test_only_an_answer_is_corrected(office: TestOffice, state: str) -> None:
    case = office.in_state(state)

    refused = office.do(case, "correct_answer", MORE, by=VERIFIER)

    assert refused.outcome == "refused"
    if state in ("withdrawn", "lapsed", "voided"):
        assert "reinstate" in say_all(refused.reasons, "en")[0]


def test_a_case_closed_by_mistake_is_not_a_wrong_answer(office: TestOffice) -> None:
    case = answered(office)

    assert office.do(case, "reinstate", TakeBack(why=WHY), by="kudo").outcome == "refused"
