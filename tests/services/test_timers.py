"""Deadlines: armed and disarmed with the state, fired once each, in office hours unless legal."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from models import case as cases
from models import command
from models.session import transaction
from services.engine import dead_letters, firing
from tests.office import LEAD, TestOffice
from tests.patient import patient_engine
from tests.people import a_contact
from tests.services.armed import armed, fired, tokyo
from tests.trouble import broken, keys_away, let_backoff_pass
from workflows.law.values import Right
from workflows.request.payloads import Amend, Withdraw
from workflows.request.values import ToldHow

# -- armed and disarmed -----------------------------------------------------------------------------------------------


@pytest.mark.requirement("S44")
def test_each_state_arms_its_own_deadlines_and_takes_the_others_away(office: TestOffice) -> None:
    case, code = office.mailed()
    mailed = armed(office, case)
    office.must(case, "receive_forms", office.an_arrival(code))
    returned = armed(office, case)
    office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    withdrawn = armed(office, case)

    # 2026-11-23 is a holiday and the office closes for New Year: the 40th working day is 12 January, and all of it is
    # theirs.
    assert mailed == {"remind": (1, tokyo(2026, 11, 24, 9, 30)), "lapse": (1, tokyo(2027, 1, 13, 9, 30))}
    assert returned.keys() == {"escalate", "warn", "appi_39"}
    assert returned["escalate"] == (1, tokyo(2026, 11, 12, 9, 30))
    assert (returned["warn"][1], returned["appi_39"][1]) == (tokyo(2026, 11, 19, 9, 30), tokyo(2026, 11, 24, 0, 0))
    assert withdrawn == {"papers_evidence": (1, tokyo(2026, 12, 9, 9, 30))}  # what came by post goes within 30 days


def test_the_law_s_date_is_not_counted_for_purposes_of_use(office: TestOffice) -> None:
    case, code = office.mailed(rights=(Right.PURPOSE_NOTICE,))

    office.must(case, "receive_forms", office.an_arrival(code))

    assert armed(office, case).keys() == {"escalate"}


def test_a_letter_s_clock_is_its_own_and_ends_with_its_posting(office: TestOffice) -> None:
    case = office.opened()
    office.make_letters(case)
    made = armed(office, case)
    office.must(case, "amend", Amend(why="they called"))
    amended = armed(office, case)
    office.print_letters(case)
    office.must(case, "mail_forms")

    assert made["unposted"] == amended["unposted"] == (1, tokyo(2026, 11, 10, 9, 30))
    assert "unposted" not in armed(office, case)


# -- firing -----------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("S44")
def test_a_fired_timer_makes_way_for_the_next_and_is_gone(office: TestOffice) -> None:
    case = office.opened()
    moments = []

    for _ in range(7):
        number, due = armed(office, case)["escalate"]
        moments.append((number, due.date().isoformat()))
        office.move_to(due)
        assert [outcome.transition for outcome in office.sweep()] == ["escalate"]
        assert office.sweep() == []

    # Every 2 working days, five times, then every 5; 23 November is a holiday.
    days = ["11-11", "11-13", "11-17", "11-19", "11-24", "12-01", "12-08"]
    assert moments == [(n, f"2026-{day}") for n, day in enumerate(days, start=1)]
    assert len(office.ask("SELECT 1 FROM notice WHERE code = 'notice.stalled_contacted'")) == 7


def test_a_second_early_nothing_fires(office: TestOffice) -> None:
    case = office.opened()
    _, due = armed(office, case)["escalate"]

    office.move_to(due - timedelta(seconds=1))

    assert office.sweep() == []


@pytest.mark.requirement("S44")
def test_after_an_outage_the_last_missed_firing_counts_for_all_of_them(office: TestOffice) -> None:
    case, other = office.mailed()[0], office.opened()

    office.move_to(tokyo(2027, 1, 13, 10, 0))
    office.sweep()

    assert fired(office, case) == ["remind"]
    assert office.case(case).state == "forms_mailed"
    assert fired(office, other) == ["escalate"]
    (told,) = office.ask("SELECT params FROM notice WHERE code = 'notice.stalled_contacted'")
    assert '"times": 11' in str(told.params).replace("'", '"')


@pytest.mark.requirement("S41")
@pytest.mark.parametrize(
    "closed", [(2026, 11, 24, 9, 29), (2026, 11, 24, 18, 30), (2026, 11, 28, 12, 0), (2026, 12, 29, 12, 0)]
)
def test_reminders_leave_in_office_hours_only(office: TestOffice, closed: tuple[int, ...]) -> None:
    case, _ = office.mailed()

    office.move_to(tokyo(*closed))
    by_then = office.sweep()
    office.move_to(tokyo(2027, 1, 4, 9, 30))
    office.sweep()

    assert by_then == []
    assert fired(office, case) == ["remind"]


@pytest.mark.requirement("S41")
def test_the_law_s_date_waits_for_no_office_hour(office: TestOffice) -> None:
    case, code = office.mailed()
    office.must(case, "receive_forms", office.an_arrival(code))

    office.move_to(tokyo(2026, 11, 24, 0, 0))
    at_midnight = office.sweep()

    assert [outcome.transition for outcome in at_midnight] == [
        "escalate",
        "escalate",
    ]  # the warning of day 10, and day 15
    causes = [row.cause for row in office.ask("SELECT cause FROM history WHERE actor = 'system' ORDER BY seq")]
    assert causes == ["timer:warn:0:1", "timer:appi_39:0:1"]


def test_what_once_arrived_is_never_lapsed(office: TestOffice) -> None:
    from workflows.request.payloads import AskAgain

    case = office.returned(proven=False)
    office.must(case, "ask_again", AskAgain())
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms")

    office.reminded(case, office.today)
    office.move_to(tokyo(2027, 1, 13, 9, 30))
    office.sweep()

    assert office.case(case).state == "forms_returned"
    assert fired(office, case)[-1] == "give_up_waiting"


def test_a_timer_of_a_state_the_case_has_left_fires_nothing(office: TestOffice) -> None:
    case, code = office.mailed()
    office.must(case, "receive_forms", office.an_arrival(code))
    row = office.case(case)
    values = "(:id, 2, 'remind', 1, :due, 'state', NULL, :no)"
    columns = "case_id, entry_seq, name, fire_no, due_at, scope, letter, legal"
    due: Any = datetime(2026, 11, 9, 0, 30, tzinfo=UTC)
    if office.engine.dialect.name == "sqlite":
        due = due.strftime("%Y-%m-%d %H:%M:%S.%f")
    office.tell(f"INSERT INTO timer ({columns}) VALUES {values}", id=row.id, due=due, no=False)  # noqa: S608

    outcomes = office.sweep()

    assert outcomes == []
    assert "remind" not in armed(office, case)
    assert fired(office, case) == []


def test_more_cases_than_one_batch_are_all_chased(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(firing, "BATCH", 4)
    numbers = [office.opened() for _ in range(11)]

    office.move_to(tokyo(2026, 11, 11, 9, 30))
    outcomes = office.sweep()

    assert sorted(outcome.case for outcome in outcomes) == sorted(numbers)


def test_a_poison_case_is_set_aside_and_told_of_once_while_others_are_chased(office: TestOffice) -> None:
    good, bad = office.opened(), office.opened()
    with broken(office, bad):
        office.move_to(tokyo(2026, 11, 11, 9, 30))
        outcomes = office.sweep()
        office.move_to(tokyo(2026, 11, 11, 15, 0))
        again = office.sweep()

    (told,) = office.ask("SELECT kind, case_number, subject, closed_at FROM incident")
    assert [outcome.case for outcome in outcomes] == [good]
    assert again == []
    assert tuple(told) == ("timer", bad, "escalate #1", None)
    assert len(office.ask("SELECT 1 FROM notice WHERE code = 'notice.timer_set_aside'")) == 1
    assert armed(office, bad)["escalate"] == (1, tokyo(2026, 11, 11, 9, 30))


def test_a_case_that_was_set_aside_fires_again_when_it_is_brought_back(office: TestOffice) -> None:
    bad = office.opened()
    with broken(office, bad):
        office.move_to(tokyo(2026, 11, 11, 9, 30))
        office.sweep()
    still = office.sweep()

    with office.writing() as db:
        brought = dead_letters.requeue(db, office.at(db), dead_letters.of_case(db, bad), LEAD, "the row is mended")
    outcomes = office.sweep()

    assert still == []
    assert [(one.kind, one.case) for one in brought] == [("timer", bad)]
    assert [outcome.case for outcome in outcomes] == [bad]
    assert office.ask("SELECT 1 FROM incident WHERE closed_at IS NULL") == []
    assert office.ask("SELECT 1 FROM retry") == []


def test_a_case_that_was_set_aside_is_usable_and_fires_again_once_it_has_moved(office: TestOffice) -> None:
    bad = office.opened()
    with broken(office, bad):
        office.move_to(tokyo(2026, 11, 11, 9, 30))
        office.sweep()

    office.must(bad, "amend", Amend(why="mended by hand"))
    outcomes = office.sweep()

    assert [outcome.case for outcome in outcomes] == [bad]
    assert office.ask("SELECT 1 FROM incident WHERE closed_at IS NULL") == []


def test_keys_that_are_away_let_a_deadline_wait_without_telling_anybody(office: TestOffice) -> None:
    case, _ = office.mailed()
    office.move_to(tokyo(2026, 12, 1, 9, 30))
    with keys_away(office):
        away = [office.sweep() for _ in range(4)]

    waiting = office.sweep()
    let_backoff_pass(office)
    outcomes = office.sweep()

    assert away == [[]] * 4
    assert waiting == []
    assert [outcome.transition for outcome in outcomes] == ["remind"]
    assert (office.ask("SELECT 1 FROM incident"), office.ask("SELECT 1 FROM retry")) == ([], [])
    assert case == outcomes[0].case


def test_cases_somebody_else_holds_do_not_keep_others_from_their_turn(
    postgres_url: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = TestOffice(postgres_url, home)
    monkeypatch.setattr(firing, "BATCH", 3)
    numbers = [office.opened() for _ in range(5)]
    office.move_to(tokyo(2026, 11, 11, 9, 30))
    other = patient_engine(office.url)
    with transaction(other) as db:
        cases.lock(db, numbers[:3])
        fired_now = office.sweep()
    other.dispose()

    later = office.sweep()

    assert [outcome.case for outcome in fired_now] == numbers[3:]
    assert [outcome.case for outcome in later] == numbers[:3]
    office.close()


def test_a_run_is_bounded_and_the_next_goes_on_where_it_ended(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(firing, "BATCH", 2)
    numbers = [office.opened() for _ in range(5)]
    office.move_to(tokyo(2026, 11, 11, 9, 30))

    first = firing.sweep(office.unit, lambda: False, letters=False)
    rest = office.sweep()

    assert [outcome.case for outcome in (*first, *rest)] == numbers
    assert len(first) == 2


def test_two_sweeps_at_once_fire_each_timer_once(office: TestOffice) -> None:
    numbers = [office.opened() for _ in range(12)]
    office.move_to(tokyo(2026, 11, 11, 9, 30))
    start = threading.Barrier(3)
    faults: list[BaseException] = []

    def sweep() -> None:
        own = patient_engine(office.url)
        try:
            start.wait(60)
            firing.sweep(replace(office.unit, begin=lambda: transaction(own)), letters=False)
        except BaseException as error:  # noqa: BLE001 - the test looks at it
            faults.append(error)
        finally:
            own.dispose()

    threads = [threading.Thread(target=sweep) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    office.sweep()  # one that found a case locked left it for the next
    assert faults == []
    assert [fired(office, number) for number in numbers] == [["escalate"]] * len(numbers)


# -- locks ------------------------------------------------------------------------------------------------------------


def test_sweep_and_orders_on_the_same_cases_never_deadlock(postgres_url: str, home: Any) -> None:
    office = TestOffice(postgres_url, home)
    numbers = [office.opened() for _ in range(10)]
    tickets = [office.place("amend", Amend(why="they called"), case=number) for number in reversed(numbers)]
    office.make_letters()
    office.move_to(tokyo(2026, 11, 11, 9, 30))
    faults: list[BaseException] = []
    start = threading.Barrier(4)

    def at_once(deed: Any) -> threading.Thread:
        def run() -> None:
            own = patient_engine(office.url)
            try:
                start.wait(60)
                deed(own)
            except BaseException as error:  # noqa: BLE001 - the test looks at it
                faults.append(error)
            finally:
                own.dispose()

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def order_all(own: Any) -> None:
        from services.engine import orders

        with transaction(own) as db:
            rows = command.by_ids(db, [ticket.command_id for ticket in tickets])
            orders.carry_out_all(db, list(rows.values()), office.at(db))

    def print_all(own: Any) -> None:
        with transaction(own) as db:
            cases.lock(db, list(reversed(numbers)))
            db.exec_driver_sql("UPDATE letter SET state = 'printed', printed_at = now() WHERE state = 'made'")

    deeds = [
        order_all,
        print_all,
        lambda own: firing.sweep(replace(office.unit, begin=lambda: transaction(own)), letters=False),
        lambda own: firing.sweep(replace(office.unit, begin=lambda: transaction(own)), letters=True),
    ]
    for thread in [at_once(deed) for deed in deeds]:
        thread.join(60)
    office.sweep()

    assert faults == []
    assert all(office.case(number).seq >= 3 for number in numbers)
    office.close()


def test_a_contact_dated_back_is_chased_from_today(office: TestOffice) -> None:
    case = office.opened(received_at=tokyo(2026, 11, 2, 10, 0))

    assert armed(office, case)["escalate"] == (1, tokyo(2026, 11, 11, 9, 30))
    assert office.case(case).opened_on.isoformat() == "2026-11-02"
    assert a_contact().received_at is None
