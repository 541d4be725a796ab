"""Several questions in one statement: what each finds, in its order and with its types, is what it alone would find."""

from typing import Any

import pytest
from sqlalchemy import Row, event

from models import command, evidence, letter, person, timer
from models.questions import Question, ask, by_case
from tests.office import TestOffice

ALL = (timer.OF_CASES, letter.OF_CASES, evidence.OF_CASES, person.OF_CASES)


def _values(rows: list[Row[Any]]) -> list[tuple[tuple[str, ...], tuple[Any, ...]]]:
    return [(tuple(row._fields), tuple(row)) for row in rows]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_together_they_find_what_each_finds_alone(office: TestOffice, count: int) -> None:
    numbers = [office.verified(), office.lapsed(), office.mailed()[0]][:count]
    ids = [office.case(number).id for number in numbers]
    orders = [row.id for row in office.ask("SELECT id FROM command ORDER BY id")][:count]
    sent: list[str] = []
    event.listen(office.engine, "before_cursor_execute", lambda *given: sent.append(given[2]))

    with office.writing() as db:
        together = ask(db, (*ALL, command.UNDER_THE_LOCK), {"ids": ids, "orders": orders})
        asked = [sql for sql in sent if sql.startswith("SELECT")]
        alone = {one: ask(db, [one], {"ids": ids})[one] for one in ALL}
        stored = command.by_ids(db, orders)

    assert len(asked) == (1 if count < 3 else 5)
    assert {one: _values(together[one]) for one in ALL} == {one: _values(rows) for one, rows in alone.items()}
    assert all(alone[one] for one in ALL)
    assert {row.id: (row.outcome, row.seq, row.reasons) for row in together[command.UNDER_THE_LOCK]} == {
        row.id: (row.outcome, row.seq, row.reasons) for row in stored.values()
    }
    assert all(row.active is True and "clerk" in row.roles for row in together[command.UNDER_THE_LOCK])


def test_who_is_nobody_here_has_no_roles(office: TestOffice) -> None:
    case = office.opened()
    ticket = office.place("amend", case=case, by="a stranger")

    with office.writing() as db:
        [row] = ask(db, [command.UNDER_THE_LOCK, timer.OF_CASES], {"orders": [ticket.command_id], "ids": [-1]})[
            command.UNDER_THE_LOCK
        ]

    assert (row.roles, row.active, row.outcome) == (None, None, None)


def test_of_nothing_there_is_nothing(office: TestOffice) -> None:
    with office.writing() as db:
        assert ask(db, [], {"ids": []}) == {}
        found = ask(db, ALL, {"ids": [-1]})

    assert found == {one: [] for one in ALL}
    assert by_case([]) == {}
    assert isinstance(timer.OF_CASES, Question)
