"""The demo's hands in its office: who works there, its clock, orders given in bulk, and waiting for them.

Orders are placed as the admin script places them, accepted in the database and rung for; worker and beat do the rest.
"""

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as hour
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, and_, func, select

import clock
from lab.demo.words import say
from lab.stories import Colleague
from models.case import case
from models.command import command
from models.effect import effect
from models.letter import letter
from models.scan import scan_page
from models.search import find
from models.session import engine, reading, transaction
from models.timer import timer
from services.audit.doctor import Finding, examine
from services.disclosure import treating
from services.engine.office import Office, calendar, the_office
from services.engine.order import Outcome
from services.engine.orders import Wanted
from services.engine.unit import UnitOfWork
from services.letters.printing import Printed, print_letters
from services.office import procedures
from services.office import staff as staffing
from services.office.founding import move_clock
from services.request import discs
from services.returns import disposals, sorting
from services.returns.pages import Area
from services.returns.register import scan
from services.returns.values import Scanned
from services.search import finds
from settings import Settings
from tasks.bell import ring
from tasks.client import Client
from tasks.publish import Bell
from workflows.disclosure.values import Mask
from workflows.engine.calendars import Calendar
from workflows.engine.machine import Refused
from workflows.engine.values import Reason, Role
from workflows.office.afterwards import PaperKind, PapersEnd
from workflows.request.course_payloads import EndPapers

OPENING = hour(9, 30)
# The clerks' hour: after the morning's envelopes, and whatever the clock ordered at 9:30 is made by then.
WORK = hour(11, 0)

_PATIENCE = 120.0
_FIRST_LOOK, _LONGEST_LOOK = 0.01, 0.1
"""Seconds between two looks at what others work on: the first ones, and at most."""

_ORDERS_WAITING = select(func.count()).where(command.c.outcome.is_(None))
_COPIES_LEFT = select(func.count()).where(
    scan_page.c.sort == "document",
    scan_page.c.cleared_at.is_(None),
    scan_page.c.case_id.in_(select(case.c.id).where(case.c.state.in_(["fulfilled", "refused"]))),
)
_LETTERS_WAITING = select(func.count()).where(effect.c.state == "waiting")


class Stuck(RuntimeError):
    """What should have been carried out still waits; the message says where to look."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One order to be given: which transition of which case, by whom, with what. An opening has no case yet.

    ``prefix`` is of the procedure that is opened, ``department`` the one whose holder gives the order.
    """

    transition: str
    payload: Any
    by: Role
    case: str | None = None
    prefix: str = ""
    department: str | None = None


class DemoOffice:
    """The office of a running desk, seen from this process."""

    def __init__(self, ours: Settings) -> None:
        """Take note; nothing is written yet."""
        self.settings = ours
        self._login = staffing.os_login()
        self._people: dict[Role | str, staffing.Asker] = {}

    # -- transactions ---------------------------------------------------------------------------------------------

    @contextmanager
    def looking(self) -> Iterator[tuple[Connection, Office]]:
        """Yield a connection for looking, and the office as it is."""
        with reading() as db:
            yield db, the_office(db)

    @contextmanager
    def writing(self) -> Iterator[tuple[Connection, Office]]:
        """Yield a connection inside one transaction, and the office as it is."""
        with transaction() as db:
            yield db, the_office(db)

    def ask(self, statement: Select[Any]) -> list[Row[Any]]:
        """Return what a query finds."""
        with reading() as db:
            return list(db.execute(statement))

    def own_words(self, group: str) -> frozenset[str]:
        """Return the words of the office's own procedure beside ours: its forms, its further papers."""
        with self.looking() as (db, office):
            return procedures.words(db, office.adopted, group)

    # -- people and time ------------------------------------------------------------------------------------------

    def engage(self, colleagues: Sequence[Colleague]) -> None:
        """Whoever runs the demo founded its office and is the lead; then the invented colleagues begin."""
        with self.writing() as (db, office):
            founder = staffing.identify(db, self._login, None)
            for one in colleagues:
                if one.login != founder.staff:
                    staffing.add(db, one.login, [one.role], founder, office.now, department=one.department)
            for one in colleagues:
                self._people[one.department or one.role] = staffing.identify(db, self._login, one.login)

    @property
    def calendar(self) -> Calendar:
        """The office's calendar."""
        with reading() as db:
            return calendar(clock.look(db).days)

    def now(self) -> datetime:
        """Return the office's time in the office's zone."""
        with self.looking() as (_, office):
            return office.now.astimezone(ZoneInfo(office.calendar.zone))

    def move_to(self, day: date, at: hour) -> None:
        """Move the clock forward to that hour of that day; an hour that is past stays past."""
        with self.writing() as (db, office):
            by = datetime.combine(day, at, ZoneInfo(office.calendar.zone)) - office.now
            if by > timedelta(0):
                move_clock(db, by, office.now, self._login)

    # -- orders ---------------------------------------------------------------------------------------------------

    def give(self, instructions: Sequence[Instruction]) -> list[Outcome]:
        """Give these orders in one go, wait until the worker has answered all, and return the outcomes in order."""
        if not instructions:
            return []
        client = Client(self.writing)
        client.accept(lambda db, office: [self._wanted(one) for one in instructions])
        client.notify()
        if not client.wait(_PATIENCE):
            with self.looking() as (db, office):
                raise self._stuck(_waiting(db, office))
        return [client.outcomes[ticket.command_id] for ticket in client.tickets]

    def _wanted(self, one: Instruction) -> Wanted:
        who = self._people[one.department or one.by]
        return Wanted(uuid.uuid4().hex, one.transition, one.payload, who.name, who.staff, one.case, one.prefix)

    def choose(self, search: str, masks: Sequence[Mask], by: Role) -> list[Reason]:
        """Mask what was found by a search, or without *masks* let it go out; return why not."""
        who, wrong = self._people[by].actor, list[Reason]()
        found = select(find.c.number).join(case, case.c.id == find.c.case_id).where(case.c.number == search)
        for row in self.ask(found):
            done = treating.mask(row.number, masks, who, _UNIT) if masks else treating.enclose(row.number, who, _UNIT)
            wrong += done.reasons if isinstance(done, Refused) else ()
        return wrong

    def write_disc(self, number: str, by: Role) -> list[Reason]:
        """Write what goes onto the disc of an answer beside the printed letters; return why not."""
        try:
            with self.writing() as (db, office):
                (row,) = db.execute(select(case).where(case.c.number == number))
                folder = self.settings.var / "print" / (discs.newest(db, row) or number)
                given = discs.hand_out(db, row, str(folder), self._people[by].name, office, again=False)
        except discs.NoDisc as no:
            return [Reason(f"disclosing.{no.code}", {"case": number})]
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in given.files.items():
            (folder / name).write_bytes(content)
        return []

    def take_in(self, number: str, files: Sequence[Path], department: str) -> list[str]:
        """Seal files a department sends with its answer, as its holder does; return their numbers."""
        with self.writing() as (db, office):
            (row,) = db.execute(select(case).where(case.c.number == number))
            given = [finds.looked_into(file.name, file.read_bytes()) for file in files]
            return finds.take_in(db, row, given, self._people[department].name, office)

    # -- letters --------------------------------------------------------------------------------------------------

    def print_all(self, folder: Path) -> Printed:
        """Print every letter that was made, as the clerk does: one merged PDF, the single letters, the manifest."""
        clerk = self._people[Role.CLERK].actor
        return print_letters(None, folder, clerk, _UNIT, engine(), language=self.settings.lang)

    def unmade(self) -> int:
        """Return how many letters wait to be made."""
        with reading() as db:
            return int(db.execute(_LETTERS_WAITING).scalar_one())

    def scan(self, files: Sequence[Path], tick: Callable[[int, int], None]) -> Scanned:
        """Put returned forms through the scanner, as the clerk does; *tick* is told how many files are done."""
        return scan(files, self._people[Role.CLERK].actor, _UNIT, tick=tick)

    def assign(
        self, tray: str, case: str, what: sorting.FormPage | sorting.PaperPage, areas: Sequence[Area] = ()
    ) -> sorting.Kept | sorting.Destroyed | Refused:
        """Put a page of the tray to a case, as the clerk does who looked at it; *areas* are burnt black for good."""
        clerk = self._people[Role.CLERK].actor
        return sorting.assign(tray, case, what, clerk, _UNIT, areas=areas)

    def end_copies(self) -> None:
        """Return when the sweep has destroyed the copies of all answered cases; it is rung for, not waited for."""
        ring([Bell("scans.destroy_copies", uuid.uuid4().hex, "clock", {})])
        self._wait(lambda db, _: not db.execute(_COPIES_LEFT).scalar_one())

    def end_papers(self) -> list[Outcome]:
        """Sign, as the clerk does, for all papers whose case needs them no more: shredded, or sent back."""
        with self.looking() as (db, office):
            owed = disposals.due(db, office)
        return self.give(
            [
                Instruction(
                    "end_papers",
                    EndPapers(what=PaperKind(one["what"]), end=PapersEnd(one["end"])),
                    Role.CLERK,
                    one["case"],
                )
                for one in owed
            ]
        )

    def letters_of(self, numbers: Sequence[str]) -> list[Row[Any]]:
        """Return the letters of these cases in the order they were ordered."""
        columns = (letter, case.c.number.label("case_number"))
        return self.ask(
            select(*columns)
            .join(case, case.c.id == letter.c.case_id)
            .where(case.c.number.in_(numbers))
            .order_by(letter.c.case_id, letter.c.ordinal, letter.c.copy)
        )

    def examine(self) -> Iterator[Finding]:
        """Yield everything stored that contradicts something else stored."""
        return examine(_UNIT)

    # -- waiting --------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Return when nothing is due, no order is unanswered and no letter waits to be made. Raises Stuck."""
        with self.looking() as (db, office):
            due = _waiting(db, office)[0]
        if due:  # the clock leapt: its sweep is rung for, and no two seconds a day are waited for beat to do it
            ring([Bell("timers.sweep", uuid.uuid4().hex, "clock", {})])
        self._wait(lambda db, office: not any(_waiting(db, office)))

    def _wait(self, reached: Any) -> None:
        # What other processes do is seen in the database alone: there is nothing to be woken by.
        deadline, pause = time.monotonic() + _PATIENCE, _FIRST_LOOK
        while True:
            with self.looking() as (db, office):
                if reached(db, office):
                    return
                if time.monotonic() > deadline:
                    raise self._stuck(_waiting(db, office))
            time.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_LOOK)

    def _stuck(self, waiting: tuple[int, int, int]) -> Stuck:
        timers, unanswered, unmade = waiting
        return Stuck(
            say(
                "stuck",
                self.settings.lang,
                seconds=round(_PATIENCE),
                timers=timers,
                orders=unanswered,
                letters=unmade,
                logs=self.settings.logs,
            )
        )


def _waiting(db: Connection, office: Office) -> tuple[int, int, int]:
    """Return how many deadlines are due, orders unanswered and letters unmade."""
    due = timer.c.due_at <= office.now
    if not office.calendar.in_hours(office.now):
        due = and_(due, timer.c.legal)
    timers = db.execute(select(func.count()).select_from(timer).where(due)).scalar_one()
    return timers, db.execute(_ORDERS_WAITING).scalar_one(), db.execute(_LETTERS_WAITING).scalar_one()


_UNIT = UnitOfWork(transaction, reading, the_office)
