"""Departments that are programs: asked by the worker of effects, once each, and their answers ordered as people's are.

The question waits in the outbox from the step that asked it. What the program answers is sealed first and then ordered
as an answer by the member of staff who stands for it (``holder`` of the department), so the rules judge it like any
other. One that hangs, floods, dies or answers rubbish is tried a few times at most and then set aside, by name.
"""

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from models import case as cases
from models import incident, search, staff
from services.departments.known import Department, departments
from services.engine import accepting, trouble
from services.engine.office import Office
from services.engine.orders import Wanted
from services.engine.outbox import Handler
from services.engine.store import store
from services.engine.trouble import Fault, Poison
from services.engine.unit import UnitOfWork
from services.intake import BadInput, parse
from services.returns.pages import Unreadable
from services.search import finds, program, recalling
from services.search.store import said
from settings import PROJECT
from workflows.engine.numbers import case_number
from workflows.search.payloads import Answer
from workflows.tongue import Tongue

KIND = "search"
LONGEST = 600
"""Seconds a program may be given."""


class NobodyStandsForIt(Poison):
    """A program answers, and no member of staff of its department stands for it."""


def question(db: Connection, row: Row[Any], department: Department, office: Office) -> dict[str, Any]:
    """Return what a program is asked: nothing of the case but what it needs to find the person."""
    parent = db.execute(
        select(cases.case).join(search.search, search.search.c.parent_id == cases.case.c.id)
        .where(search.search.c.case_id == row.id)
    ).one()  # fmt: skip
    subject = store(parent.definition).personal(db, parent, office).get("subject", {})
    asked: dict[str, Any] = {
        "search": row.number,
        "case": parent.number,
        "act": row.facts["act"],
        "today": office.calendar.today(office.now).isoformat(),
        "by": row.facts["due_on"],
        "what": list(said(row, office).asked),
        "person": {**{name: subject.get(name) for name in _PERSON}, "case": parent.number},
    }
    return asked if department.sql is None else {**asked, "sql": dict(department.sql)}


def sample(department: Department) -> dict[str, Any]:
    """Return what a program would be asked about a person nobody is."""
    person = {"name": "Hanako Mihon", "kana": None, "birth_date": "1990-04-01", "email": "mihon@example.com",
              "phone": "03-0000-0000", "postcode": "100-0001", "address": "1-1 Chiyoda, Chiyoda-ku, Tokyo"}  # fmt: skip
    case = case_number(2026, 17)
    asked: dict[str, Any] = {
        "search": case_number(2026, 1, "S"), "case": case, "act": "look", "today": "2026-11-30",
        "by": "2026-12-07", "what": ["…"],
        "person": {**person, "case": case},
    }  # fmt: skip
    return asked if department.sql is None else {**asked, "sql": dict(department.sql)}


_PERSON = ("name", "kana", "birth_date", "email", "phone", "postcode", "address")


def command(department: Department) -> tuple[str, ...]:
    """Return what is started for a department."""
    return department.run or (sys.executable, "-I", "-c", _SQL, str(PROJECT))


_SQL = "import sys; sys.path.insert(0, sys.argv[1]); from services.search import sql; sys.exit(sql.main())"


def _ask(effect: Row[Any], office: Office, unit: UnitOfWork) -> Answer | None:
    """Ask the program and seal what it sends; None where nobody waits for its answer any more."""
    with unit.look() as db:
        row = cases.find(db, effect.case_number)
        if row is None or row.state != "asked":
            return None
        department = departments().get(row.facts["department"])
        if department is None or not department.is_program:
            return None
        _holder(db, department)
        asked = question(db, row, department, office)
    seconds = min(department.timeout_s, LONGEST)
    told = program.run(command(department), asked, seconds, office.calendar.zone)
    try:
        given = [finds.looked_into(name, content) for name, content in told.files.items()]
        answer = parse(Answer, _dated(told.answer, asked["today"]))
    except (Unreadable, BadInput):
        raise program.Rubbish("what it answered cannot be read") from None
    with unit.begin() as db:
        taken = finds.take_in(db, row, given, _holder(db, department), office) if given else []
    return replace(answer, finds=tuple(taken))


def _dated(answer: Mapping[str, Any], today: str) -> dict[str, Any]:
    """Return an answer with the day it was asked on where it says "today", in whichever language."""
    words = {word for language in ("ja", "en") for word in Tongue(language).tell("asking.words.today").split()}
    day = answer.get("done_on")
    return {**answer, "done_on": today} if isinstance(day, str) and day.strip().casefold() in words else {**answer}


def _holder(db: Connection, department: Department) -> str:
    """Return who stands for a program. Raises NobodyStandsForIt."""
    name = department.holder or ""
    row = staff.named(db, [name]).get(name)
    if row is None or not row.active or row.department != department.code:
        raise NobodyStandsForIt(department.code)
    return name


def _answered(db: Connection, effect: Row[Any], answer: Answer | None, office: Office) -> None:
    """Order the answer, in the transaction that closes the question."""
    row = cases.find(db, effect.case_number)
    if answer is None or row is None or row.state != "asked":
        return
    name = _holder(db, departments()[row.facts["department"]])
    wanted = Wanted(f"program:{effect.case_number}:{effect.id}", "answer", answer, name, name, effect.case_number)
    accepting.accept_here(db, office, [wanted])


def _judge(error: Exception) -> Fault:
    """Say of a program's failure what it was; what it wrote stays out of it."""
    fault = trouble.fault(error)
    if isinstance(error, (program.ProgramFailed, program.Rubbish)):
        return replace(fault, kind=trouble.Kind.POISON, text=str(error))
    if isinstance(error, NobodyStandsForIt):
        return replace(fault, text=f"nobody stands for the program of {error}")
    if isinstance(error, OSError):  # it is not there, or may not be started: no disk of ours is full
        return replace(fault, kind=trouble.Kind.POISON, text=f"it cannot be started: {incident.fault_of(error)}")
    return fault


HANDLERS: tuple[Handler[Any], ...] = (
    Handler(kind=KIND, do=_ask, finish=_answered, judge=_judge, lease=timedelta(seconds=LONGEST + 30)),
    recalling.HANDLER,
)
