"""Deadlines on hold: moved by whole working days, the law's not at all; and the end of the hold itself."""

from tests.office import CLERK, LEAD, TestOffice, codes_of
from tests.services.armed import armed, fired, tokyo
from workflows.engine.calendars import ONE_DAY
from workflows.request.payloads import Hold, ReceiveForms
from workflows.request.steps.more_time import LONGEST_HOLD
from workflows.request.values import HoldReason


def test_a_hold_moves_the_office_s_dates_by_whole_working_days_and_the_law_s_not_at_all(office: TestOffice) -> None:
    case, code = office.mailed()
    office.must(case, "receive_forms", office.an_arrival(code))
    before = armed(office, case)

    office.move_to(tokyo(2026, 11, 10, 15, 0))
    office.must(case, "hold", Hold(reason=HoldReason.AWAITING_INFORMATION, until=tokyo(2026, 11, 13, 0, 0).date()))
    held = armed(office, case)
    office.move_to(tokyo(2026, 11, 12, 11, 0))
    office.must(case, "resume")
    resumed = armed(office, case)

    assert before["escalate"] == (1, tokyo(2026, 11, 12, 9, 30))
    assert held["escalate"] == (1, tokyo(2026, 11, 18, 9, 30))  # 10th to 13th: four working days on hold
    assert resumed["escalate"] == (1, tokyo(2026, 11, 16, 9, 30))  # 10th and 11th: two
    assert held["appi_39"] == resumed["appi_39"] == before["appi_39"]
    assert "hold_end" in held
    assert "hold_end" not in resumed


def test_a_hold_lasts_a_year_at_most_and_a_mistyped_century_is_refused(office: TestOffice) -> None:
    case, last = office.opened(), office.today + LONGEST_HOLD

    far = office.do(case, "hold", Hold(reason=HoldReason.OTHER, until=last + ONE_DAY))
    near = office.do(case, "hold", Hold(reason=HoldReason.OTHER, until=last))

    assert (codes_of(far.reasons), near.outcome) == (["hold_too_long"], "done")


def test_a_hold_ends_by_itself_after_its_last_day_and_the_lead_is_told(office: TestOffice) -> None:
    case = office.opened()
    office.must(case, "hold", Hold(reason=HoldReason.OTHER, until=tokyo(2026, 11, 13, 0, 0).date()))

    office.move_to(tokyo(2026, 11, 13, 18, 0))
    on_its_last_day = office.case(case).hold
    office.sweep()
    still = office.case(case).hold
    office.move_to(tokyo(2026, 11, 16, 9, 30))
    office.sweep()

    assert on_its_last_day is not None
    assert still is not None
    assert office.case(case).hold is None
    assert fired(office, case) == ["resume"]
    assert office.ask("SELECT role FROM notice WHERE code = 'notice.hold_ended'")[0].role == "lead"


def test_a_hold_s_end_comes_before_what_it_kept_back_on_the_same_morning(office: TestOffice) -> None:
    case = office.returned(proven=False)
    from workflows.request.payloads import AskAgain

    office.must(case, "ask_again", AskAgain())
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms")
    office.must(case, "hold", Hold(reason=HoldReason.OTHER))

    office.move_to(tokyo(2027, 6, 1, 10, 0))
    office.sweep()
    on_the_morning = fired(office, case)
    office.post_letters(case)
    office.working_day(office.today, 6)
    office.sweep()

    assert [step for step in on_the_morning if step != "escalate"] == [
        "resume",
        "remind",
    ]  # the law's dates do not wait
    assert fired(office, case)[-1] == "give_up_waiting"
    assert office.case(case).state == "forms_returned"
    assert office.case(case).hold is None
    assert office.ask("SELECT 1 FROM incident") == []


def test_a_hold_of_the_system_is_watched_and_lifted_by_the_lead_alone(office: TestOffice) -> None:
    case, _ = office.mailed()
    office.must(case, "receive_forms", ReceiveForms(arrived_at=office.now))  # type: ignore[arg-type]  # set in this office

    by_clerk = office.do(case, "resume", by=CLERK)
    by_lead = office.do(case, "resume", by=LEAD)

    assert (by_clerk.outcome, by_lead.outcome) == ("refused", "done")
    assert "hold_watch" not in armed(office, case)
