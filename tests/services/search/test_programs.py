"""Departments that are programs: asked in a fence, believed nothing, and set aside by name where they fail."""

import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psutil
import pytest
from sqlalchemy import create_engine, text

from models import command, search
from models.effect import effect
from models.session import reading
from services.departments.known import departments
from services.engine import dead_letters, orders
from services.engine.handlers import deliver
from services.letters import profile
from services.office.staff import Asker, add
from services.search import finds, outgoing, program
from services.search.store import said
from settings import PROJECT
from tests.office import LEAD, MONDAY, TestOffice, codes_of
from tests.services.search.conftest import SALES
from workflows.engine.schemas import KEY, SCHEMA
from workflows.engine.values import Role
from workflows.request.values import Person
from workflows.search.payloads import Answer, Ask, PutRight
from workflows.search.values import Act, Found

Crm = Callable[..., str]
HOLDER = "crm-db"
ECHO = """
import json, sys
asked = json.load(sys.stdin)
open("person.txt", "w").write(asked["person"]["name"])
json.dump({"found": "found", "note": asked["what"][-1], "files": ["person.txt"]}, sys.stdout)
"""


ONE_FILE = 'print(\'{"found": "found", "files": ["x"]}\')'


@pytest.fixture
def crm(asking: TestOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Crm:
    """Let a program answer for the department "crm", and ask it; the number of the search comes back."""
    lead = Asker(LEAD, LEAD, frozenset({Role.LEAD}))

    def ask(source: str = "", table: str = "", timeout: int = 100, *, stands: bool = True, act: Act = Act.LOOK) -> str:
        script = tmp_path / "crm.py"
        script.write_text(source, encoding="utf-8")
        card = tmp_path / "with-crm.toml"
        how = table or f'run = ["{sys.executable}", "{script}"]\n'
        card.write_text(
            (PROJECT / "organisation.toml").read_text(encoding="utf-8")
            + f'\n[[department]]\ncode = "crm"\nja = "顧客台帳"\nen = "CRM"\nholder = "{HOLDER}"\n'
            + f"timeout_s = {timeout}\n{how}",
            encoding="utf-8",
        )
        monkeypatch.setattr(profile, "_path", lambda: card)
        if stands:
            with asking.writing() as db:
                add(db, HOLDER, [Role.HOLDER], lead, MONDAY, department="crm")
        case = asking.opened(subject=Person(name="見本 花子", postcode="100-0001", address="東京都千代田区千代田1-1"))
        return asking.must(None, "ask", Ask(case=case, department="crm", what="契約の記録", act=act)).case

    return ask


def worked(office: TestOffice, number: str, times: int = 1) -> list[str]:
    """Let the worker of effects do what waits for that search; return what became of it each time."""
    (row,) = office.ask(effect.select().where(effect.c.case_number == number, effect.c.kind == "search"))
    became = []
    for _ in range(times):
        office.tell("UPDATE effect SET claimed_at = NULL WHERE id = :id", id=row.id)
        became.append(deliver(row.id, office.unit))
    waiting = command.command.select().where(command.command.c.outcome.is_(None))
    for order in office.ask(waiting):
        with office.writing() as db:
            orders.carry_out_one(db, order.id, office.at(db))
    return became


def test_a_program_answers_as_people_do(asking: TestOffice, crm: Crm) -> None:
    number = crm(ECHO)

    became = worked(asking, number)
    row = asking.case(number)
    with reading(asking.engine) as db:
        (find,) = search.finds(db, row.id)
        content = finds.content(find, number, asking.at(db))

    assert find.name is not None
    sealed = asking.keys.get(number).open_json("find", "name", find.number, find.name)
    assert sealed == {KEY: SCHEMA, "name": "person.txt"}
    assert became == ["done"]
    assert row.state == "answered"
    assert (row.facts["answered"]["by"], row.facts["answered"]["finds"]) == (HOLDER, [find.number])
    assert content.decode() == "見本 花子"


STOPS = """
import json, os, sys
asked = json.load(sys.stdin)
json.dump({{"found": "found", "done": "stopped", "done_on": {day}, "note": os.environ["TZ"]}}, sys.stdout)
"""


@pytest.mark.parametrize("day", ['asked["today"]', '"本日"', '" Today"'])
def test_the_day_of_a_program_is_the_offices_around_midnight_too(asking: TestOffice, crm: Crm, day: str) -> None:
    number = crm(STOPS.format(day=day), act=Act.CEASE)
    early = datetime.combine(asking.today + timedelta(days=1), time(0, 30), ZoneInfo("Asia/Tokyo"))
    asking.move_to(early)  # in UTC it is the day before

    became = worked(asking, number)

    with reading(asking.engine) as db:
        note = said(asking.case(number), asking.at(db)).note
    assert (became, note) == (["done"], "Asia/Tokyo")
    assert asking.case(number).facts["answered"]["done_on"] == early.date().isoformat()


SLEEPS = "import time; time.sleep(600)"
TOO_LONG, CLOSED = "it took too long", "it closed its output and did not end"
FAILING = [
    (SLEEPS, TOO_LONG),
    ("print('x' * 3_000_000)", "its answer is too long"),
    ("raise SystemExit(3)", "it ended with 3"),
    ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "it ended with -11"),
    ("print('hello')", "its answer is no JSON"),
    ("print('[]')", "its answer is no JSON object"),
    ('print(\'{"found": "found", "rm": 1}\')', "its answer has 1 keys that mean nothing here"),
    ('print(\'{"found": "perhaps"}\')', "what it answered cannot be read"),
    ('print(\'{"found": "found", "files": ["../x"]}\')', "it names a file elsewhere"),
    ('print(\'{"found": "found", "files": ["gone.csv"]}\')', "it names a file that is not there"),
    (
        'import os\nos.symlink(\'/etc/passwd\', \'x\')\nprint(\'{"found": "found", "files": ["x"]}\')',
        "it names a file that is not there",
    ),
    ("open('{home}/elsewhere', 'w')", "it ended with 1"),
    ("x = bytearray(4 << 30)", "it ended with 1"),
    (f"import os\nos.mkdir('x')\n{ONE_FILE}", "it names something that is no file"),
    (f"import os\nos.mkfifo('x')\n{ONE_FILE}", "it names something that is no file"),
    ("print('[' * 200_000)", "its answer is no JSON"),
    ("import time\nfor n in range(12_000):\n    open(str(n), 'w').close()\ntime.sleep(600)", "it floods its folder"),
    (
        "import time\nfor n in range(6):\n    open(str(n), 'wb').write(b'x' * (60 << 20))\ntime.sleep(600)",
        "it floods its folder",
    ),
    ("import sys\nsys.stdout.buffer.write(b'\\xff{}')", "its answer is no JSON"),
    ('print(\'{"found": "found", "files": ["\\\\ud800"]}\')', "it names a file by what cannot be shown"),
    ('print(\'{"found": "found", "files": ["\\\\u001b[2J"]}\')', "it names a file by what cannot be shown"),
    ('print(\'{"found": "found", "note": "\\\\ud800"}\')', "what it answered cannot be read"),
    (
        "import os, time\nprint('{}', flush=True)\nos.close(1)\ntime.sleep(600)",
        CLOSED,
    ),
]
"""What programs do, and what is said of it."""


def failing() -> Iterator[Any]:
    """Yield every failing program on SQLite; on PostgreSQL those that never end, that end, and that send odd signs.

    The others are judged before anything of them comes to a database.
    """
    for number, (source, fault) in enumerate(FAILING):
        yield pytest.param("sqlite", source, fault, id=f"sqlite-{number}-{fault}")
        if fault in (TOO_LONG, "it ended with 3") or "\\\\u" in source:
            yield pytest.param("postgresql", source, fault, id=f"postgresql-{number}-{fault}")


@pytest.mark.parametrize(("database_url", "source", "fault"), list(failing()), indirect=["database_url"])
def test_a_program_that_fails_is_named_and_set_aside_and_others_go_on(
    asking: TestOffice, crm: Crm, home: Path, source: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Time is short where time is the fault, and long for every other: a busy machine has all of it.
    monkeypatch.setattr(program, "LINGERS", 0.1 if fault == CLOSED else 100.0)
    number = crm(source.replace("{home}", str(home)), timeout=1 if fault == TOO_LONG else 100)  # short: as above
    case = asking.opened()

    became = worked(asking, number, times=3)
    with reading(asking.engine) as db:
        dead = [one for one in dead_letters.everything(db) if one.case == number]

    assert became[-1] in ("set_aside", "gone")
    assert [one.fault for one in dead] == [fault]
    assert asking.case(number).state == "asked"
    assert asking.case(case).state == "contacted"
    assert not (home / "elsewhere").exists()


def test_what_was_set_aside_is_brought_back_when_the_program_is_mended(
    asking: TestOffice, crm: Crm, tmp_path: Path
) -> None:
    number = crm("print('hello')")
    assert worked(asking, number) == ["set_aside"]
    (tmp_path / "crm.py").write_text(ECHO, encoding="utf-8")
    with asking.writing() as db:
        office = asking.at(db)
        brought = dead_letters.requeue(db, office, dead_letters.of_case(db, number), LEAD, "mended")

    assert len(brought) == 1
    assert worked(asking, number) == ["done"]
    assert asking.case(number).state == "answered"


def test_without_somebody_who_stands_for_it_a_program_answers_nothing(asking: TestOffice, crm: Crm) -> None:
    number = crm(ECHO, stands=False)

    assert worked(asking, number) == ["set_aside"]
    with reading(asking.engine) as db:
        (dead,) = dead_letters.of_case(db, number)
    assert dead.fault == "nobody stands for the program of crm"


def test_a_question_recalled_meanwhile_is_answered_by_nobody(asking: TestOffice, crm: Crm) -> None:
    number = crm(ECHO)
    asking.must(number, "recall", PutRight(why="不要"))

    assert worked(asking, number) == ["done"]
    assert asking.case(number).state == "recalled"


def test_people_of_another_department_do_not_answer_for_a_program(asking: TestOffice, crm: Crm) -> None:
    refused = asking.do(crm(ECHO), "answer", Answer(found=Found.NOTHING_HELD), SALES)

    assert codes_of(refused.reasons) == ["search.not_yours"]


def test_what_a_program_is_asked_can_be_looked_at(asking: TestOffice, crm: Crm) -> None:
    number = crm(ECHO)
    with reading(asking.engine) as db:
        asked = outgoing.question(db, asking.case(number), departments()["crm"], asking.at(db))

    assert (asked["what"], asked["person"]["name"]) == (["契約の記録"], "見本 花子")


SQL = """
[department.sql]
url = "{url}"
[[department.sql.statement]]
name = "orders"
text = "SELECT ord, what FROM orders WHERE name = :name"
[[department.sql.statement]]
name = "calls"
text = "SELECT * FROM calls WHERE name = :name"
"""


def a_database(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as db:
        db.execute(text("CREATE TABLE orders (ord INTEGER, name TEXT, what TEXT)"))
        db.execute(text("CREATE TABLE calls (name TEXT, at TEXT)"))
        db.execute(text("INSERT INTO orders VALUES (1, '見本 花子', '茶'), (2, '見本 花子', '豆'), (3, '別人', '米')"))
    engine.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_database_answers_by_statements_of_the_office(
    asking: TestOffice, crm: Crm, kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    customers = f"sqlite:///{tmp_path}/customers.db"
    if kind == "postgresql":
        customers = request.getfixturevalue("postgres").create()
    a_database(customers)
    number = crm(table=SQL.format(url=customers))

    assert worked(asking, number) == ["done"]
    with reading(asking.engine) as db:
        rows = search.finds(db, asking.case(number).id)
        contents = [finds.content(row, number, asking.at(db)).decode() for row in rows]
    assert contents == ["ord,what\r\n1,茶\r\n2,豆\r\n"]


def test_a_statement_writes_nothing(asking: TestOffice, crm: Crm, tmp_path: Path) -> None:
    a_database(f"sqlite:///{tmp_path}/customers.db")
    wicked = SQL.format(url=f"sqlite:///{tmp_path}/customers.db").replace(
        "SELECT * FROM calls WHERE name = :name", "DELETE FROM orders WHERE name = :name"
    )
    number = crm(table=wicked)

    worked(asking, number, times=3)
    with sqlite3.connect(tmp_path / "customers.db") as db:
        kept = db.execute("SELECT count(*) FROM orders").fetchone()

    assert kept == (3,)
    assert asking.case(number).state == "asked"


LEAVES_BEHIND = """
import os, sys, time
if os.fork() == 0:
    {alone}
    if os.fork() == 0:
        time.sleep(600)
    time.sleep(600)
print('{{}}', flush=True)
{ends}
"""


@pytest.mark.parametrize("alone", ["pass", "os.setsid()", "os.setsid(); os.close(1)"])
@pytest.mark.parametrize("ends", ["time.sleep(600)", "sys.exit(0)", "os.abort()"])
def test_a_program_is_ended_with_all_it_started(alone: str, ends: str) -> None:
    mark = f"left-{uuid.uuid4().hex}"

    with suppress(program.ProgramFailed):
        program.run([sys.executable, "-c", LEAVES_BEHIND.format(alone=alone, ends=ends), mark], {}, 1)

    assert [one.pid for one in psutil.process_iter() if mark in _words(one)] == []


def test_a_program_ends_with_the_worker_that_started_it() -> None:
    mark = f"left-{uuid.uuid4().hex}"
    command = [sys.executable, "-c", SLEEPS, mark]
    asks = f"from services.search import program; program.run({command!r}, {{}}, 600)"
    with subprocess.Popen([sys.executable, "-c", asks], cwd=PROJECT, stderr=subprocess.PIPE) as worker:
        started: list[psutil.Process] = []
        while not started:
            started = [one for one in psutil.Process(worker.pid).children(recursive=True) if mark in _words(one)]
        worker.kill()

    _, left = psutil.wait_procs(started, timeout=60)

    assert left == []


def _words(process: psutil.Process) -> list[str]:
    with suppress(psutil.Error):
        return list(process.cmdline())
    return []
