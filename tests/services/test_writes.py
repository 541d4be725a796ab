"""What a deed writes, sent at once: the same rows, the same counts, all or nothing."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from models.command import WAITING, command
from models.incident import notice
from models.letter import letter
from models.timer import timer
from models.writes import Writes
from tests.office import MONDAY, TestOffice


def a_timer(case_id: int, number: int) -> dict[str, Any]:
    return {"case_id": case_id, "entry_seq": 90 + number, "name": "drill", "fire_no": 1, "due_at": MONDAY,
            "scope": "state", "letter": None, "legal": False}  # fmt: skip


def a_letter(case_id: int, number: int) -> dict[str, Any]:
    return {"number": f"drill-{number}", "ordinal": 70 + number, "case_id": case_id, "seq": 1, "kind": "reminder",
            "language": "ja", "round": None, "state": "void", "reply_by": None, "ordered_at": MONDAY}  # fmt: skip


def drills(office: TestOffice) -> list[Any]:
    return office.ask(select(timer).where(timer.c.name == "drill").order_by(timer.c.entry_seq))


@pytest.mark.parametrize("count", [1, 2, 5])
def test_all_kinds_at_once_are_one_statement_on_postgresql_and_tell_what_came_of_each(
    office: TestOffice,
    count: int,
) -> None:
    case = office.opened()
    case_id = office.case(case).id
    waiting = [office.place("amend", case=case).command_id for _ in range(count)]
    sent: list[str] = []
    with office.writing() as db:
        first = Writes(db)
        first.add(timer, [a_timer(case_id, number) for number in range(2 * count)])
        first.send()
        event.listen(office.engine, "before_cursor_execute", lambda *given: sent.append(given[2]))
        writes = Writes(db)
        writes.remove(timer, [key_of(case_id, number) for number in range(count)])
        put_off = [
            {**key_of(case_id, number), "due_at": MONDAY + timedelta(days=1)} for number in range(count, 2 * count)
        ]
        moved = writes.change(timer, put_off)
        claimed = writes.change(command, [{"key_id": one, "tries": 1} for one in waiting], when=WAITING)
        none = writes.change(command, [{"key_id": -1, "tries": 1}], when=WAITING)
        writes.add(notice, [])
        made = writes.add(letter, [a_letter(case_id, number) for number in range(count)], letter.c.id, letter.c.number)
        writes.send()
        number_sent = len(sent)

    kept = drills(office)
    assert (moved.count, claimed.count, none.count) == (count, count, 0)
    assert sorted(row.number for row in made.rows) == [f"drill-{number}" for number in range(count)]
    assert len({row.id for row in made.rows}) == count
    assert [(row.entry_seq, row.due_at, row.asked) for row in kept] == [
        (90 + number, MONDAY + timedelta(days=1), 0) for number in range(count, 2 * count)
    ]
    assert {row.copy for row in office.ask(select(letter).where(letter.c.number.like("drill-%")))} == {1}
    assert number_sent == (1 if office.engine.dialect.name == "postgresql" else 5)
    office.tamper("DELETE FROM letter WHERE number LIKE 'drill-%'")
    office.tamper("DELETE FROM timer WHERE name = 'drill'")
    office.tamper("UPDATE command SET tries = 0")


def key_of(case_id: int, number: int) -> dict[str, Any]:
    return {"key_case_id": case_id, "key_entry_seq": 90 + number, "key_name": "drill", "key_fire_no": 1}


def test_if_one_part_cannot_be_written_none_is(office: TestOffice) -> None:
    case_id = office.case(office.opened()).id

    def write() -> None:
        with office.writing() as db:
            writes = Writes(db)
            writes.add(timer, [a_timer(case_id, 1)])
            writes.add(letter, [a_letter(-1, 1)])  # of a case there is not
            writes.send()

    with pytest.raises(IntegrityError):
        write()

    assert drills(office) == []


def test_what_is_sent_is_not_sent_again(office: TestOffice) -> None:
    case_id = office.case(office.opened()).id
    with office.writing() as db:
        writes = Writes(db)
        writes.send()
        writes.add(timer, [a_timer(case_id, 1)])
        writes.send()
        writes.send()

    assert len(drills(office)) == 1
    office.tamper("DELETE FROM timer WHERE name = 'drill'")
