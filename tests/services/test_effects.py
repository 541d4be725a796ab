"""Letters made once: whoever dies where, one file lies under each number and the row knows its hash."""

import hashlib
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from models import effect as effect_rows
from models.session import engine_for, transaction
from services import effects, once
from tests.office import TestOffice, a_person
from workflows.payloads import Withdraw
from workflows.values import ToldHow


def effect_of(office: TestOffice, case: str) -> Any:
    return office.ask("SELECT * FROM effect WHERE case_number = :case ORDER BY id DESC", case=case)[0]


def letter_of(office: TestOffice, number: str) -> Any:
    return office.ask("SELECT * FROM letter WHERE number = :number", number=number)[0]


def sheet_of(office: TestOffice, case: str) -> Path:
    return office.settings.spool / effects.spool_path(f"{case}-01", 1)


def make(office: TestOffice, effect_id: int) -> str:
    return effects.make(effect_id, office.writing, office.at)


def age(office: TestOffice, seconds: float, column: str) -> None:
    """Let that much time pass since letters were ordered or claimed."""
    then = datetime.now(UTC) - timedelta(seconds=seconds)
    moment = then if office.engine.dialect.name == "postgresql" else then.strftime("%Y-%m-%d %H:%M:%S.%f")
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
        start.wait(20)
        if once.write_once(target, content):
            won.append(content)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert [target.read_bytes()] == won
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_letter_made_by_two_workers_at_once_is_one_letter(office: TestOffice) -> None:
    case = office.opened()
    effect = effect_of(office, case)
    start = threading.Barrier(2)
    said: list[str] = []

    def worker() -> None:
        own = engine_for(office.url)
        start.wait(20)
        said.append(effects.make(effect.id, lambda: transaction(own), office.at))
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
        row = effect_rows.one(db, effect_of(office, case).id)
        assert row is not None
        here = office.at(db)
    path, sha256, pages = effects._render(row, here)
    office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))

    with office.writing() as db:
        effects._finish(db, row, path, sha256, pages, office.at(db))

    letter = letter_of(office, f"{case}-01")
    assert (letter.state, letter.path, letter.sha256) == ("void", path, sha256)
    assert office.ask("SELECT state FROM effect WHERE id = :id", id=row.id)[0].state == "void"


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


def test_a_spool_that_cannot_be_written_is_tried_three_times(office: TestOffice) -> None:
    case = office.opened()
    office.settings.var.mkdir(parents=True, exist_ok=True)
    office.settings.spool.write_text("a file stands where the folder should be", encoding="utf-8")
    said = []

    for _ in range(4):
        said += [make(office, effect_of(office, case).id) for _ in range(2)]
        age(office, 61, "claimed_at")

    office.settings.spool.unlink()
    assert said == ["again", "taken", "again", "taken", "set_aside", "gone", "gone", "gone"]
    assert len(office.ask("SELECT 1 FROM incident WHERE kind = 'effect'")) == 1


def test_the_bell_is_rung_again_when_nobody_answered_and_a_claim_keeps_others_away(office: TestOffice) -> None:
    case = office.opened()

    def waiting_after(seconds: float, column: str) -> list[int]:
        age(office, seconds, column)
        with office.writing() as db:
            return [row.id for row in effects.waiting(db)]

    effect = effect_of(office, case)
    found = [waiting_after(1, "ordered_at"), waiting_after(6, "ordered_at")]
    with office.writing() as db:
        row = effect_rows.one(db, effect.id)
        assert row is not None
        claims = [effect_rows.claim(db, row, datetime.now(UTC)) for _ in range(2)]
    found += [waiting_after(1, "claimed_at"), waiting_after(61, "claimed_at")]

    assert found == [[], [effect.id], [], [effect.id]]
    assert claims == [True, False]


@pytest.mark.requirement("S20")
def test_the_same_content_gives_the_same_file_in_another_office(office: TestOffice, tmp_path: Path) -> None:
    case = office.opened()
    with office.writing() as db:
        row = effect_rows.one(db, effect_of(office, case).id)
        here = office.at(db)
    assert row is not None
    _, first, _ = effects._render(row, here)
    sheet_of(office, case).unlink()

    _, second, _ = effects._render(row, here)

    assert first == second
