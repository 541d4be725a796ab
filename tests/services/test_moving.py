"""An office moves to another database: every row goes over as it is, one place lives, and what breaks off goes on."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import JSON, Table, insert, inspect, select

from models import moving as move_marks
from models import staff
from models.base import Moment
from models.guards import present_triggers, wanted_triggers
from models.session import reading
from services.audit import chains, checkpoints, doctor
from services.backup import moving as moves
from services.backup.sides import MoveRefused
from services.backup.tables import tables
from settings import PROJECT
from tests.office import LEAD, TestOffice
from tests.services.moved import Blank, at, blank, code, content, elsewhere, lives, plain, there, without
from tests.services.scans_fakes import Scanner
from tests.services.search.conftest import asking, departments
from tests.services.test_nothing_is_left import lived_through
from workflows.engine.numbers import case_number

__all__ = ["asking", "blank", "departments", "elsewhere", "plain", "there"]


def test_an_office_goes_there_and_comes_back_row_for_row(
    asking: TestOffice, scanner: Scanner, blank: Blank, elsewhere: str
) -> None:
    case, other, _ = lived_through(asking, scanner)
    assert checkpoints.make(asking.unit) is not None
    before, kind = content(asking.url), asking.engine.dialect.name

    gone = moves.move(asking.settings, elsewhere, LEAD)
    there = at(asking, elsewhere)
    assert (gone.fault, gone.rows) == (None, sum(map(len, before.values())))
    assert without(content(elsewhere)) == without(before)
    with reading(there.engine) as db:
        assert present_triggers(db) == wanted_triggers(db.dialect.name)
    assert checkpoints.prove(there.unit)[0].fault is None
    assert list(doctor.examine(there.unit)) == []
    number = there.opened()
    assert number == case_number(2026, 1 + max(int(each[3:9]) for each in (case, other)))
    there.make_letters(number)
    worked = content(elsewhere)
    back = blank(kind)
    moves.move(there.settings, back, LEAD)
    here = at(asking, back)

    assert without(content(back)) == without(worked)
    assert list(doctor.examine(here.unit)) == []
    here.in_state("withdrawn")
    told = here.ask(select(staff.office_event.c.details).where(staff.office_event.c.what == "office_moved"))
    assert told[0].details["sha256"] == gone.digest
    assert [lives(url) for url in (asking.url, elsewhere, back)] == [False, False, True]
    there.close()
    here.close()


def fill_every_table(office: TestOffice) -> None:
    """Write a row into each table that has none, whatever it is: of a table nobody has thought of here, too."""
    ids = {"case": office.case(office.opened()).id}
    said: dict[str, Any] = {
        "legal_hold.lifted_at": None, "tray_case.tray": "T26-0001", "letter_kind.kind": "acknowledgement",
    }  # fmt: skip
    with office.as_owner() as db:
        for table in tables():
            if db.execute(select(table).limit(1)).first() is None:
                row = {c.name: said.get(f"{table.name}.{c.name}", a_value(table, c.name, ids)) for c in table.c}
                db.execute(insert(table), row)
                ids[table.name] = row.get("id")


def a_value(table: Table, name: str, ids: dict[str, Any]) -> Any:
    column = table.c[name]
    for key in column.foreign_keys:
        if key.column.name == "id":
            return ids.get(key.column.table.name, 1)
    if isinstance(column.type, JSON):
        return {"b": ["値", 1.5, None], "a": "\u0000"}
    made = {bool: True, int: 1, bytes: b"\x00\xff\n\\x", date: date(2026, 2, 28), str: "値 'x' \\N\t\n𠮷"}
    if isinstance(column.type, Moment):
        return datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    return made[column.type.python_type]


def test_no_table_and_no_kind_of_value_is_forgotten(plain: TestOffice, there: str) -> None:
    fill_every_table(plain)
    with reading(plain.engine) as db:
        there_are = set(inspect(db).get_table_names()) - {"alembic_version", "moving"}
    before = content(plain.url)

    assert set(before) == there_are
    assert [name for name, rows in before.items() if not rows] == []
    moves.move(plain.settings, there, LEAD)

    assert without(content(there)) == without(before)


def test_the_code_alone_knows_every_table_there_is() -> None:
    """What a move brings over is what `load_tables` has imported, not what a test happened to."""
    alone = "from models.session import load_tables; print(*sorted(load_tables().tables))"
    known = subprocess.run([sys.executable, "-c", alone], cwd=PROJECT, capture_output=True, text=True, check=True)
    declared = set()
    for path in (PROJECT / "models").glob("*.py"):
        declared |= set(re.findall(r'= Table\(\s*"(\w+)"', path.read_text(encoding="utf-8")))

    assert declared <= set(known.stdout.split())


# -- broken off -----------------------------------------------------------------------------------------------------

DEATHS: dict[str, tuple[Any, str, int, bool]] = {
    # whose, what, at which call, before it is carried out (else after)
    "closed": (moves, "_leave", 1, False),
    "tables made": (moves, "_arrive", 1, False),
    "a table half way": (moves, "fill", 9, False),
    "another one": (move_marks, "note_done", 20, False),
    "rows compared": (moves, "compared", 9, True),
    "left": (move_marks, "turn", 1, False),
    "about to live": (moves, "fill_plainly", 1, False),
    "about to say so": (chains, "verify", 1, False),
}


def killed(deed: Callable[[], Any], owner: Any, name: str, nth: int, *, before: bool) -> None:
    """Carry a deed out in a process that SIGKILL ends at that call."""
    child = os.fork()
    if not child:
        real, calls = getattr(owner, name), iter(range(1, 10_000))

        def dying(*arguments: Any, **more: Any) -> Any:
            if next(calls) == nth and before:
                os.kill(os.getpid(), signal.SIGKILL)
            done = real(*arguments, **more)
            if next(calls_done) == nth:
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        calls_done = iter(range(1, 10_000))
        setattr(owner, name, dying)
        try:
            deed()
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_a_move_killed_at_any_moment_goes_on_and_two_places_never_live(plain: TestOffice, there: str) -> None:
    plain.make_letters(plain.opened())
    before = content(plain.url)
    for moment, (owner, name, nth, first) in DEATHS.items():
        killed(lambda: moves.move(plain.settings, there, LEAD), owner, name, nth, before=first)
        assert not lives(plain.url), moment
        assert not lives(there), moment

    moves.move(plain.settings, there, LEAD)

    assert without(content(there)) == without(before)
    assert lives(there)
    assert moves.move(plain.settings, there, LEAD).already
    told = at(plain, there)
    assert len(told.ask("SELECT 1 FROM office_event WHERE what = 'office_moved'")) == 1
    assert list(doctor.examine(told.unit)) == []
    told.close()


@pytest.mark.parametrize("moment", ["closed", "a table half way", "about to live"])
def test_a_move_killed_on_the_way_can_be_broken_off(plain: TestOffice, there: str, moment: str) -> None:
    plain.opened()
    before = content(plain.url)
    owner, name, nth, first = DEATHS[moment]
    killed(lambda: moves.move(plain.settings, there, LEAD), owner, name, nth, before=first)

    if moment == "about to live":  # nobody but the new place itself can say that it does not live
        with pytest.raises(MoveRefused) as refused:
            moves.abandon(plain.settings, None, LEAD)
        assert code(refused) == "name_it"
    moves.abandon(plain.settings, there if moment == "about to live" else None, LEAD)

    assert without(content(plain.url)) == without(before)
    assert not lives(there)
    plain.opened()


def test_a_move_is_taken_back_until_somebody_worked_in_the_new_place(plain: TestOffice, there: str) -> None:
    case = plain.opened()
    before = content(plain.url)
    moves.move(plain.settings, there, LEAD)
    killed(lambda: moves.abandon(plain.settings, there, LEAD), moves, "_clear", 1, before=True)
    assert [lives(url) for url in (plain.url, there)] == [False, False]
    with pytest.raises(MoveRefused) as undoing:
        moves.move(plain.settings, there, LEAD)
    moves.abandon(plain.settings, there, LEAD)

    assert code(undoing) == "undoing_first"
    assert without(content(plain.url)) == without(before)
    assert [lives(url) for url in (plain.url, there)] == [True, False]
    moves.move(plain.settings, there, LEAD)  # the place is blank again
    new = at(plain, there)
    new.make_letters(case)
    with pytest.raises(MoveRefused) as refused:
        moves.abandon(plain.settings, there, LEAD)
    assert code(refused) == "written_there"
    assert [lives(url) for url in (plain.url, there)] == [False, True]
    new.opened()
    with pytest.raises(MoveRefused) as back:
        moves.move(new.settings, plain.url, LEAD)
    assert code(back) == "left_place"
    new.close()


def test_a_byte_that_is_not_the_same_there_is_named(
    plain: TestOffice, there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain.opened()
    plain.opened()
    real = moves._Moving._bring
    spoils = [
        ("UPDATE person SET sealed = :sealed WHERE case_id = 2", {"sealed": b"other"}),
        ("DELETE FROM history WHERE case_id = 2 AND seq = 1", {}),
    ]

    def spoil(self: Any) -> None:
        real(self)
        if spoils:
            deed, values = spoils.pop()
            there_is = at(plain, there)
            there_is.tamper(deed, **values)
            there_is.close()

    monkeypatch.setattr(moves._Moving, "_bring", spoil)
    named = []
    for _ in range(2):
        with pytest.raises(MoveRefused) as refused:
            moves.move(plain.settings, there, LEAD)
        params = refused.value.reason.params
        named.append((code(refused), params["table"], str(params["row"]).split("/")[0], params["column"]))
        assert not lives(there)

    moves.move(plain.settings, there, LEAD)

    assert named == [("missing", "history", "2", ""), ("differs", "person", "2", "sealed")]
    assert lives(there)
