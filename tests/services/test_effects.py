"""Letters made once: whoever dies where, one file lies under each number and the row knows its hash."""

import errno
import hashlib
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from clock import machine_now
from models import effect as effect_rows
from models import office as office_table
from models.session import transaction
from services.engine import dead_letters, once, outbox, trouble
from services.engine.trouble import TRIES, Fault, Kind
from services.letters import making, typesetting
from services.reports import health
from tests.office import LEAD, TestOffice
from tests.patient import patient_engine
from tests.people import a_person
from tests.trouble import let_backoff_pass
from workflows.letters import LetterContent
from workflows.request.payloads import Withdraw
from workflows.request.values import ToldHow

_STORED = "%Y-%m-%d %H:%M:%S.%f"


def effect_of(office: TestOffice, case: str) -> Any:
    return office.ask("SELECT * FROM effect WHERE case_number = :case ORDER BY id DESC", case=case)[0]


def letter_of(office: TestOffice, number: str) -> Any:
    return office.ask("SELECT * FROM letter WHERE number = :number", number=number)[0]


def sheet_of(office: TestOffice, case: str) -> Path:
    return office.settings.spool / making.spool_path(f"{case}-01", 1)


def make(office: TestOffice, effect_id: int) -> str:
    return making.make(effect_id, office.unit)


def age(office: TestOffice, seconds: float, column: str) -> None:
    """Let that much time pass since letters were ordered or claimed."""
    then = datetime.now(UTC) - timedelta(seconds=seconds)
    moment = then if office.engine.dialect.name == "postgresql" else then.strftime(_STORED)
    office.tell(f"UPDATE effect SET {column} = :then", then=moment)  # noqa: S608


def test_a_letter_is_made_once_and_what_its_order_carried_is_wiped(office: TestOffice) -> None:
    case = office.opened()
    effect = effect_of(office, case)

    first, second = make(office, effect.id), make(office, effect.id)

    row = letter_of(office, f"{case}-01")
    sheet = sheet_of(office, case)
    assert (first, second) == ("made", "gone")
    assert (row.state, row.sha256) == ("made", hashlib.sha256(sheet.read_bytes()).hexdigest())
    assert effect_of(office, case).sealed is None
    assert [path.name for path in sheet.parent.iterdir()] == [f"{case}-01.pdf"]
    assert sheet.stat().st_mode & 0o077 == 0


def test_a_file_of_ours_that_lies_there_already_is_taken_as_made(office: TestOffice) -> None:
    case = office.opened()
    effect = effect_of(office, case)
    make(office, effect.id)
    sheet = sheet_of(office, case)
    written = sheet.stat().st_ino
    office.tell("UPDATE letter SET state = 'ordered', made_at = NULL, sha256 = NULL, path = NULL")
    office.tell("UPDATE effect SET state = 'waiting', claimed_at = NULL, sealed = :sealed", sealed=effect.sealed)

    made = make(office, effect.id)

    assert made == "made"
    assert sheet.stat().st_ino == written
    assert letter_of(office, f"{case}-01").sha256 == hashlib.sha256(sheet.read_bytes()).hexdigest()


def test_another_letter_under_our_number_is_never_sent_in_its_place(office: TestOffice) -> None:
    case, other = office.opened(), office.opened()
    make(office, effect_of(office, other).id)
    sheet = sheet_of(office, case)
    sheet.parent.mkdir(parents=True, exist_ok=True)
    sheet.write_bytes(sheet_of(office, other).read_bytes())

    made = make(office, effect_of(office, case).id)

    assert made == "set_aside"
    assert letter_of(office, f"{case}-01").state == "ordered"
    assert sheet.read_bytes() == sheet_of(office, other).read_bytes()


def test_what_a_killed_writer_left_of_a_letter_goes_when_the_letter_is_made(tmp_path: Path) -> None:
    left = tmp_path / ".letter.pdf.0123456789abcdef"
    left.write_bytes(b"half a let")

    assert once.write_once(tmp_path / "letter.pdf", b"whole")

    assert [path.name for path in tmp_path.iterdir()] == ["letter.pdf"]


def test_a_name_in_the_spool_is_never_written_over(tmp_path: Path) -> None:
    target = tmp_path / "26" / "000" / "26-000017-Y-01.pdf"

    first, second = once.write_once(target, b"first"), once.write_once(target, b"second")

    assert (first, second) == (True, False)
    assert target.read_bytes() == b"first"
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_many_writers_of_one_name_leave_one_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "letter.pdf"
    start = threading.Barrier(8)
    won: list[bytes] = []

    def write(n: int) -> None:
        content = bytes([n]) * 100_000
        start.wait(60)
        if once.write_once(target, content):
            won.append(content)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert [target.read_bytes()] == won
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_letter_made_by_two_workers_at_once_is_one_letter(office: TestOffice) -> None:
    case = office.opened()
    effect = effect_of(office, case)
    start = threading.Barrier(2)
    said: list[str] = []

    def worker() -> None:
        own = patient_engine(office.url)
        start.wait(60)
        said.append(making.make(effect.id, replace(office.unit, begin=lambda: transaction(own))))
        own.dispose()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert said.count("made") == 1
    assert set(said) <= {"made", "taken", "gone"}
    assert effect_of(office, case).attempts == 1


def test_a_letter_made_void_before_it_was_made_is_never_made(office: TestOffice) -> None:
    case = office.opened()
    effect = office.ask("SELECT id FROM effect WHERE case_number = :case", case=case)[0]
    office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))

    made = make(office, effect.id)

    assert made == "gone"
    assert letter_of(office, f"{case}-01").state == "void"
    assert not sheet_of(office, case).exists()


def test_a_letter_made_void_while_it_is_typeset_stays_void_and_its_file_has_an_owner(office: TestOffice) -> None:
    case = office.opened()
    with office.writing() as db:
        row = effect_rows.heard(db, effect_of(office, case).id, machine_now())
        assert row is not None
        assert effect_rows.claim(db, row, datetime.now(UTC))
        here = office.at(db)
    sheet = making.render(row, here, office.unit)
    office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))

    with office.writing() as db:
        outbox.finish(db, row, making.LETTERS, sheet, office.at(db))

    letter = letter_of(office, f"{case}-01")
    assert (letter.state, letter.path, letter.sha256) == ("void", sheet.path, sheet.sha256)
    assert office.ask("SELECT state FROM effect WHERE id = :id", id=row.id)[0].state == "void"


def test_a_worker_that_comes_too_late_writes_nothing(office: TestOffice) -> None:
    case = office.opened()
    with office.writing() as db:
        row = effect_rows.heard(db, effect_of(office, case).id, machine_now())
        assert row is not None
        assert effect_rows.claim(db, row, datetime.now(UTC) - timedelta(seconds=61))
    make(office, row.id)
    made = letter_of(office, f"{case}-01")

    with office.writing() as db:
        other = making.Made("26/000/other.pdf", "0" * 64, 9)
        finished = outbox.finish(db, row, making.LETTERS, other, office.at(db))
    failed = outbox.fail(row, Fault(Kind.POISON, "too late", at_once=True), office.unit)

    assert not finished
    assert letter_of(office, f"{case}-01") == made
    assert (failed, effect_of(office, case).state) == ("set_aside", "done")
    assert office.ask("SELECT 1 FROM incident") == []


def test_a_slow_last_attempt_is_not_lost_when_its_letter_was_set_aside(office: TestOffice) -> None:
    case = office.opened()
    office.tell("UPDATE effect SET tries = :tried", tried=TRIES - 1)
    with office.writing() as db:
        row = effect_rows.heard(db, effect_of(office, case).id, machine_now())
        assert row is not None
        assert effect_rows.claim(db, row, datetime.now(UTC) - timedelta(seconds=61))
        here = office.at(db)
    sheet = making.render(row, here, office.unit)
    given_up = make(office, row.id)

    with office.writing() as db:
        finished = outbox.finish(db, row, making.LETTERS, sheet, office.at(db))

    assert (given_up, finished) == ("set_aside", True)
    assert office.ask("SELECT 1 FROM incident WHERE closed_at IS NULL") == []
    assert (effect_of(office, case).state, effect_of(office, case).sealed) == ("done", None)
    assert letter_of(office, f"{case}-01").state == "made"


def test_a_letter_that_cannot_be_printed_is_set_aside_at_once_and_says_nothing_personal(office: TestOffice) -> None:
    unprintable = "Sample \U000f0000"
    case = office.opened(subject=a_person(name=unprintable))

    made = make(office, effect_of(office, case).id)

    effect = effect_of(office, case)
    (told,) = office.ask("SELECT kind, case_number, subject, fault FROM incident")
    assert (made, effect.state, letter_of(office, f"{case}-01").state) == ("set_aside", "set_aside", "ordered")
    assert (told.kind, told.case_number, told.subject) == ("effect", case, f"{case}-01")
    assert "Sample" not in told.fault
    assert effect.sealed is not None  # once the cause is mended, it can still be made


def test_a_spool_that_cannot_be_written_lets_letters_wait_until_it_can(office: TestOffice) -> None:
    case = office.opened()
    office.settings.var.mkdir(parents=True, exist_ok=True)
    office.settings.spool.write_text("a file stands where the folder should be", encoding="utf-8")
    said = []
    for _ in range(5):
        said += [make(office, effect_of(office, case).id) for _ in range(2)]
        let_backoff_pass(office)
    waits = effect_of(office, case)

    office.settings.spool.unlink()
    made = make(office, waits.id)

    assert said == ["later"] * 10
    assert (waits.state, waits.tries) == ("waiting", 0)
    assert "ENOTDIR" in waits.fault
    assert office.ask("SELECT 1 FROM incident") == []
    assert made == "made"


def test_a_full_disk_lets_a_letter_wait_and_is_told_by_status(office: TestOffice) -> None:
    case = office.opened()

    def full(_: LetterContent) -> typesetting.Typeset:
        raise OSError(errno.ENOSPC, "No space left on device")

    effect = effect_of(office, case)
    tried = making.make(effect.id, office.unit, full)
    at_once = make(office, effect.id)
    with office.writing() as db:
        found = {one.name: one for one in health.checks(db, office.at(db), office.settings, None)}
    let_backoff_pass(office)
    age(office, 6, "ordered_at")
    with office.writing() as db:
        rung_for = [row.id for row in outbox.to_ring(db, making.LETTERS)]
    made = make(office, effect.id)

    assert (tried, at_once, made) == ("later", "later", "made")
    assert not found["letters"].ok
    assert "ENOSPC" in str(found["letters"].detail.params)
    assert rung_for == [effect.id]


def test_the_wait_grows_with_what_was_waited_and_ends_at_a_minute() -> None:
    now = datetime(2026, 11, 9, tzinfo=UTC)

    waits = [trouble.later(now, now - timedelta(seconds=s)) - now for s in (0, 5, 20, 59, 3600)]

    assert [wait.total_seconds() for wait in waits] == [5, 5, 20, 59, 60]
    assert trouble.later(now, None) - now == timedelta(seconds=5)


def test_a_letter_that_cannot_be_made_comes_back_when_its_cause_is_mended(office: TestOffice) -> None:
    case = office.opened()

    def wrong(_: LetterContent) -> typesetting.Typeset:
        raise typesetting.TypesettingFailed("the template is wrong")

    tried = []
    for _ in range(3):
        tried.append(making.make(effect_of(office, case).id, office.unit, wrong))
        age(office, 31, "claimed_at")
    gone = make(office, effect_of(office, case).id)
    with office.writing() as db:
        dead = dead_letters.of_letter(db, f"{case}-01", None)
        dead_letters.requeue(db, office.at(db), dead, LEAD, "the template is mended")
    made = make(office, effect_of(office, case).id)

    assert (tried, gone) == (["again", "again", "set_aside"], "gone")
    assert [one.name for one in dead] == [f"{case}-01"]
    assert made == "made"
    assert effect_of(office, case).requeued == 1
    assert office.ask("SELECT 1 FROM incident WHERE closed_at IS NULL") == []
    (logged,) = office.ask("SELECT actor, details FROM office_event WHERE what = 'requeued'")
    assert logged.actor == LEAD
    assert "the template is mended" in str(logged.details)


def test_a_letter_that_ends_its_worker_is_given_up_after_three_times_whoever_rings(office: TestOffice) -> None:
    case, other = office.opened(), office.opened()
    deadly = effect_of(office, case)
    given_up = []
    for _ in range(3):
        with office.writing() as db:
            row = effect_rows.heard(db, deadly.id, machine_now())
            assert row is not None
            assert effect_rows.claim(db, row, datetime.now(UTC))  # and then its process is killed
        age(office, 31, "claimed_at")
        given_up.append(outbox.give_up(making.LETTERS, office.unit) if row.tries < 2 else 0)
    age(office, 31, "ordered_at")
    with office.writing() as db:
        rung_for = [row.id for row in outbox.to_ring(db, making.LETTERS)]
    last = outbox.give_up(making.LETTERS, office.unit)

    assert (given_up, last) == ([0, 0, 0], 1)
    assert rung_for == [effect_of(office, other).id]
    assert effect_of(office, case).state == "set_aside"
    assert len(office.ask("SELECT 1 FROM incident WHERE kind = 'effect'")) == 1


def test_what_was_tried_before_waits_behind_what_was_not(office: TestOffice) -> None:
    tried, fresh = office.opened(), office.opened()
    age(office, 60, "ordered_at")
    office.tell("UPDATE effect SET tries = 1 WHERE case_number = :case", case=tried)

    with office.writing() as db:
        order = [row.case_number for row in outbox.to_ring(db, making.LETTERS)]

    assert order == [fresh, tried]


def test_the_sweep_rings_again_only_after_its_queue_was_heard_of_and_each_time_later(office: TestOffice) -> None:
    case = office.opened()
    age(office, 6, "ordered_at")

    def rings() -> int:
        with office.writing() as db:
            rows = outbox.to_ring(db, making.LETTERS)
            outbox.rung(db, rows)
        return len(rows)

    def worker_is_heard() -> None:
        with office.writing() as db:
            office_table.beat(db, "effects", "desk2@here", machine_now(db))

    def let_pass(seconds: float) -> None:
        with office.writing() as db:
            row = effect_rows.heard(db, effect_of(office, case).id, machine_now())
            assert row is not None
            earlier = timedelta(seconds=seconds)
            rung_at = {"notified_at": row.notified_at - earlier, "ring_at": row.ring_at - earlier}
            db.execute(update(effect_rows.effect).values(rung_at))
            (heard,) = db.execute(select(office_table.heartbeat.c.at)).one()
            db.execute(update(office_table.heartbeat).values(at=heard - earlier))

    worker_is_heard()
    first = rings()
    dead_for_a_day = 0
    for _ in range(24):
        let_pass(3600)
        dead_for_a_day += rings()
    worker_is_heard()
    back, at_once = rings(), rings()
    let_pass(31)
    worker_is_heard()
    too_early = rings()
    let_pass(30)
    then = rings()

    assert (first, dead_for_a_day, back, at_once, too_early, then) == (1, 0, 1, 0, 0, 1)


def test_the_bell_is_rung_again_when_nobody_answered_and_a_claim_keeps_others_away(office: TestOffice) -> None:
    case = office.opened()

    def waiting_after(seconds: float, column: str) -> list[int]:
        age(office, seconds, column)
        with office.writing() as db:
            return [row.id for row in outbox.to_ring(db, making.LETTERS)]

    effect = effect_of(office, case)
    found = [waiting_after(1, "ordered_at"), waiting_after(6, "ordered_at")]
    with office.writing() as db:
        row = effect_rows.heard(db, effect.id, machine_now())
        assert row is not None
        claims = [effect_rows.claim(db, row, datetime.now(UTC)) for _ in range(2)]
    found += [waiting_after(1, "claimed_at"), waiting_after(31, "claimed_at")]

    assert found == [[], [effect.id], [], [effect.id]]
    assert claims == [True, False]


@pytest.mark.requirement("S20")
def test_the_same_content_gives_the_same_file_in_another_office(office: TestOffice, tmp_path: Path) -> None:
    case = office.opened()
    with office.writing() as db:
        row = effect_rows.heard(db, effect_of(office, case).id, machine_now())
        here = office.at(db)
    assert row is not None
    first = making.render(row, here, office.unit)
    sheet_of(office, case).unlink()

    second = making.render(row, here, office.unit)

    assert first == second
