"""The doctor looks at cases: history, deadlines and letters; it mends what can be derived and leaves evidence alone."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select, text, update

from clock import machine_now
from models import timer as timers
from models.case import case
from models.command import command
from models.effect import effect
from models.guards import wanted_triggers
from models.letter import letter
from models.staff import office_event
from services.audit import doctor
from tests.office import LEAD, MONDAY, VERIFIER, TestOffice
from tests.services.doctor.findings import KUDO, examined, findings
from workflows.engine.payloads import Nothing
from workflows.letters import RecordPosting
from workflows.request.payloads import Hold
from workflows.request.values import HoldReason

LISTED = (case.c.todo, case.c.todo_by, case.c.legal_at, case.c.press_at, case.c.pressing)


def mended(office: TestOffice, *numbers: str) -> list[tuple[str | None, str]]:
    return [(one.case, one.what) for one in doctor.repair(numbers, office.unit, KUDO)]


# -- a sound office -------------------------------------------------------------------------------------------------


def test_a_sound_office_has_no_finding_whatever_its_cases_went_through(office: TestOffice) -> None:
    for state in ("contacted", "forms_mailed", "forms_returned", "id_verified", "fulfilled", "refused", "withdrawn"):
        office.in_state(state)
    office.must(office.returned(), "hold", Hold(reason=HoldReason.OTHER))
    office.make_letters()
    office.must(office.returned(proven=False), "ask_again", by=VERIFIER)

    assert findings(office) == []


def test_a_case_that_was_chased_and_reminded_is_sound(one_office: TestOffice) -> None:
    one_office.mailed()
    one_office.opened()
    for day in range(1, 35):
        one_office.move_to(MONDAY + timedelta(days=day))
        while one_office.sweep():
            pass
        one_office.make_letters()
        for row in one_office.ask(select(letter).where(letter.c.state == "made")):
            case = row.number.rpartition("-")[0]
            one_office.print_letters(case)
            one_office.must(case, "record_posting", RecordPosting(letter=row.number))

    assert findings(one_office) == []


def test_a_case_on_a_hold_of_the_system_is_sound_and_after_its_end_too(one_office: TestOffice) -> None:
    case, _ = one_office.mailed()
    one_office.must(case, "receive_forms", one_office.an_arrival(None))
    held = findings(one_office)
    one_office.move_to(MONDAY + timedelta(days=9))
    one_office.must(case, "resume", Nothing(), by=LEAD)

    assert (held, findings(one_office)) == ([], [])


def test_many_cases_are_looked_at_in_lots_and_counted(one_office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        one_office.opened()
    monkeypatch.setattr(doctor, "_LOT", doctor._LOT.limit(2))
    ticks: list[tuple[int, int]] = []

    found = findings(one_office, tick=lambda done, of: ticks.append((done, of)))

    assert found == []
    assert ticks == [(0, 3), (2, 3), (3, 3)]


# -- the history ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tampering", "what"),
    [
        ("UPDATE history SET actor = 'nobody' WHERE seq = 2", {"chain_broken"}),
        ("UPDATE history SET hash = 'x' WHERE seq = 3", {"chain_broken", "head_differs"}),
        ("DELETE FROM history WHERE seq = 2", {"chain_broken", "history_gap", "history_jumps"}),
        ("DELETE FROM history WHERE seq = 3", {"state_differs", "seq_differs", "entered_seq_differs", "head_differs"}),
    ],
)
def test_a_tampered_history_is_found_and_nothing_of_the_case_is_mended(
    office: TestOffice, tampering: str, what: set[str]
) -> None:
    case, sound = office.returned(), office.opened()
    office.make_letters()
    with office.as_owner() as db:
        for statement in (tampering, "DELETE FROM timer WHERE true"):
            db.execute(text(f"{statement} AND case_id = :case_id"), {"case_id": office.case(case).id})

    found = findings(office)

    assert {finding for number, finding in found if number == case} >= what
    assert {number for number, _ in found} == {case}
    assert mended(office, case, sound) == []


def test_a_case_put_into_another_state_by_hand_is_found(office: TestOffice) -> None:
    case = office.opened()
    office.make_letters()
    office.tell("UPDATE \"case\" SET state = 'forms_returned'")

    assert (case, "state_differs") in findings(office)


def test_a_step_the_definition_does_not_know_is_found(one_office: TestOffice) -> None:
    case = one_office.opened()
    one_office.make_letters()
    with one_office.as_owner() as db:
        db.execute(text("UPDATE history SET target = 'id_verified', transition = 'mail_forms' WHERE seq = 1"))

    assert (case, "illegal_step") in findings(one_office)


def test_an_unknown_version_of_the_definition_is_found(office: TestOffice) -> None:
    case = office.opened()
    office.make_letters()
    office.tell('UPDATE "case" SET version = 99')

    assert findings(office) == [(case, "unknown_version")]


# -- deadlines ------------------------------------------------------------------------------------------------------


def stored(office: TestOffice) -> list[tuple[Any, ...]]:
    rows = office.ask(
        select(timers.timer).order_by(timers.timer.c.case_id, timers.timer.c.entry_seq, timers.timer.c.name)
    )
    return [tuple(row) for row in rows]


def test_lost_timers_are_made_anew_exactly_as_they_were(office: TestOffice) -> None:
    case = office.returned()
    office.opened()
    office.make_letters()
    office.move_to(MONDAY + timedelta(days=11))
    while office.sweep() or office.sweep(letters=True):
        pass
    before, moment = stored(office), (office.case(case).due_at, office.case(case).next)
    office.tell("DELETE FROM timer")
    office.tell('UPDATE "case" SET due_at = NULL')

    broken = findings(office)
    done = doctor.repair({number for number, _ in broken if number}, office.unit, KUDO)

    assert {what for _, what in broken} == {"no_next_moment", "due_at_differs", "missing_timer", "overdue_letter"}
    assert stored(office) == before
    assert (office.case(case).due_at, office.case(case).next) == moment
    assert {what for _, what in findings(office)} == {"overdue_letter"}
    logged = office.ask(select(office_event).where(office_event.c.what == "doctor_repaired"))
    assert [(row.actor, row.details["case"], row.details["what"]) for row in logged] == [
        (LEAD, one.case, one.what) for one in done
    ]


def test_what_a_list_would_show_otherwise_than_it_is_is_found_and_mended(office: TestOffice) -> None:
    late = office.opened()
    office.move_to(MONDAY + timedelta(days=11))
    while office.sweep() or office.sweep(letters=True):
        pass
    columns = select(case.c.number, case.c.chased, case.c.rights, *LISTED)
    before = [tuple(row) for row in office.ask(columns)]
    office.tell("""UPDATE "case" SET chased = 0, rights = '', todo = 'verify', pressing = false, press_at = NULL""")

    broken = [one for one in findings(office) if one[1] == "listed_differs"]
    first, second = mended(office, late), mended(office, late)

    assert [row[:4] for row in before] == [(late, 2, ",disclosure,", "print")]
    assert broken == [(late, "listed_differs")] * 5
    assert {what for _, what in first} == {"listed_differs"}
    assert second == []
    assert [tuple(row) for row in office.ask(columns)] == before


def test_an_orphan_timer_a_moved_one_and_a_wrong_next_moment_are_mended_once(office: TestOffice) -> None:
    case = office.opened()
    office.make_letters()
    before = stored(office)
    orphan = {"case_id": office.case(case).id, "entry_seq": 0, "name": "lapse", "fire_no": 1, "due_at": MONDAY}
    with office.writing() as db:
        db.execute(timers.timer.insert(), {**orphan, "scope": "state", "letter": None, "legal": False})
        moved = update(timers.timer).where(timers.timer.c.name == "escalate")
        db.execute(moved.values(due_at=MONDAY + timedelta(days=77)))

    broken = findings(office)
    first, second = mended(office, case), mended(office, case)

    assert broken == [(case, "due_at_differs"), (case, "orphan_timer"), (case, "misplaced_timer")]
    assert {what for _, what in first} >= {"orphan_timer", "misplaced_timer"}
    assert second == []
    assert stored(office) == before
    assert findings(office) == []


def test_a_timer_put_off_because_it_cannot_fire_stands_where_it_should(one_office: TestOffice) -> None:
    from models import incident

    case = one_office.opened()
    one_office.make_letters()
    with one_office.writing() as db:
        db.execute(update(timers.timer).where(timers.timer.c.name == "escalate").values(due_at=timers.timer.c.due_at))
        later = one_office.case(case).due_at + timedelta(hours=1)
        db.execute(update(timers.timer).where(timers.timer.c.name == "escalate").values(due_at=later))
        incident.record(db, at=MONDAY, kind="timer", case_number=case, subject="escalate #1", fault="ValueError")

    found = findings(one_office)

    assert (case, "misplaced_timer") not in found


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lost=st.sets(st.integers(0, 9), max_size=10), days=st.integers(0, 40))
def test_whatever_timers_are_lost_at_whatever_time_mending_brings_the_same_ones_back(
    one_office: TestOffice, lost: set[int], days: int
) -> None:
    # The office lives on from example to example; what is compared is before and after within each.
    one_office.returned()
    one_office.mailed()
    one_office.make_letters()
    assert one_office.now is not None
    one_office.move_to(one_office.now + timedelta(days=days))
    while one_office.sweep() or one_office.sweep(letters=True):
        pass
    before = stored(one_office)
    with one_office.writing() as db:
        for position, row in enumerate(before):
            if position % 10 in lost:
                db.execute(
                    text("DELETE FROM timer WHERE case_id = :c AND entry_seq = :e AND name = :n"),
                    {"c": row[0], "e": row[1], "n": row[2]},
                )

    broken = {number for number, what in findings(one_office, files=False) if what in doctor.MENDABLE and number}
    mended(one_office, *broken)

    assert stored(one_office) == before


# -- letters --------------------------------------------------------------------------------------------------------


def test_a_missing_and_an_altered_file_are_found(office: TestOffice) -> None:
    gone, altered = office.opened(), office.opened()
    office.make_letters()
    paths = {row.number: office.settings.spool / row.path for row in office.ask(select(letter))}
    paths[f"{gone}-01"].unlink()
    paths[f"{altered}-01"].write_bytes(paths[f"{altered}-01"].read_bytes() + b" ")

    assert findings(office) == [(gone, "file_missing"), (altered, "file_differs")]
    assert findings(office, files=False) == []


def test_a_letter_overdue_and_one_that_nothing_will_make_are_found(office: TestOffice) -> None:
    overdue = office.opened()
    office.make_letters()
    office.move_to(MONDAY + timedelta(days=1, hours=-1))
    early = findings(office)
    office.move_to(MONDAY + timedelta(days=1))
    never = office.opened()
    with office.writing() as db:
        db.execute(update(effect).where(effect.c.case_number == never).values(state="done"))

    assert early == []
    assert findings(office) == [(overdue, "overdue_letter"), (never, "letter_never_made")]


def test_an_order_for_a_letter_that_is_not_there_is_found(one_office: TestOffice) -> None:
    case = one_office.opened()
    with one_office.writing() as db:
        db.execute(update(effect).values(subject=f"{case}-09"))

    assert findings(one_office) == [(case, "effect_without_letter"), (case, "letter_never_made")]


# -- what belongs to no case ----------------------------------------------------------------------------------------


def test_an_order_and_a_letter_that_wait_for_minutes_are_stuck(office: TestOffice) -> None:
    case = office.opened()
    waiting = office.place("hold", Hold(reason=HoldReason.OTHER), case=case)
    fresh = findings(office)
    with office.as_owner() as db:
        old = machine_now(db) - timedelta(minutes=6)
        db.execute(update(command).where(command.c.id == waiting.command_id).values(placed_at=old))
        db.execute(update(effect).values(ordered_at=old))

    assert fresh == []
    assert findings(office) == [(case, "stuck_command"), (case, "stuck_letter")]


def test_a_dropped_trigger_is_found_whichever_it_is(office: TestOffice) -> None:
    names = sorted(wanted_triggers(office.engine.dialect.name))
    with office.writing() as db:
        for name in names:
            table = "" if db.dialect.name == "sqlite" else _table_of(db, name)
            db.execute(text(f"DROP TRIGGER {name}{table}"))

    found = examined(office)

    assert [one.detail.params for one in found if one.what == "trigger_missing"] == [{"trigger": n} for n in names]


def _table_of(db: Connection, trigger: str) -> str:
    named = text("SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = :name")
    return f" ON {db.execute(named, {'name': trigger}).scalar_one()}"


def test_a_trigger_that_is_disabled_or_says_something_else_is_found(office: TestOffice) -> None:
    with office.writing() as db:
        if db.dialect.name == "postgresql":
            db.execute(text("ALTER TABLE history DISABLE TRIGGER history_no_change"))
            body = "LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
            db.execute(text(f"CREATE OR REPLACE FUNCTION command_kept() RETURNS trigger {body}"))
            wanted = {"history_no_change", "command_kept", "command_kept_whole"}
        else:
            db.execute(text("DROP TRIGGER command_no_rewrite"))
            db.execute(text("CREATE TRIGGER command_no_rewrite BEFORE UPDATE ON command BEGIN SELECT 1; END"))
            wanted = {"command_no_rewrite"}

    assert {str(one.detail.params["trigger"]) for one in examined(office)} == wanted


def test_a_beat_entry_needs_its_task_and_its_queue() -> None:
    from beat_schedule import SCHEDULE
    from tasks.app import app
    from tasks.queues import QUEUES

    app.loader.import_default_modules()
    wrong = {"odd": {"task": "nobody.home", "options": {"queue": "elsewhere"}}}

    sound = list(doctor.wiring(SCHEDULE, app.tasks, QUEUES))
    found = [one.what for one in doctor.wiring(wrong, app.tasks, QUEUES)]

    assert sound == []
    assert found == ["beat_without_task", "beat_without_queue"]
