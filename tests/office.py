"""An office for tests: a database, keys and a clock that the test sets, and what a clerk does in one line each.

The deeds are the product's own; only the printer and the post are played here. Every subject is invented and lives at
an address of its own, so that no two cases look like one person's.
"""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Row, event, insert, select, text, update

import clock
from models import case as cases
from models import command, founding
from models.effect import effect
from models.founding import Founding
from models.letter import letter
from models.session import engine_for, glancing, reading, transaction
from models.staff import log, staff
from services.engine import firing, orders, todos
from services.engine.office import Office, calendar
from services.engine.order import Outcome
from services.engine.trouble import Fault, Kind
from services.engine.unit import UnitOfWork
from services.letters import making, typesetting
from services.office import staff as people
from settings import Settings, load
from tests import lent, prepared
from tests.patient import patient_engine
from tests.people import a_contact, a_licence
from workflows.engine.calendars import Calendar
from workflows.engine.codec import read
from workflows.engine.payloads import Nothing
from workflows.engine.values import Reason, Role
from workflows.law.values import OutcomeName, Right, RightOutcome
from workflows.letters import RecordPosting
from workflows.office.afterwards import PaperKind, PapersEnd
from workflows.registry import procedures
from workflows.request.course_payloads import EndPapers
from workflows.request.letters import RequestLetter
from workflows.request.payloads import Decide, Fulfil, MailForms, ReceiveForms
from workflows.request.values import FormName

TOKYO = ZoneInfo("Asia/Tokyo")
MONDAY = datetime(2026, 11, 9, 10, 0, tzinfo=TOKYO)
"""A Monday at ten with no holiday for two weeks."""

CLERK, VERIFIER, APPROVER, LEAD = "sato", "tanaka", "mori", "kudo"
STAFF = {CLERK: ["clerk"], VERIFIER: ["verifier"], APPROVER: ["approver"], LEAD: ["lead"]}


def a_founding(moment: datetime, *, shifted: bool = False, **what: Any) -> Founding:
    """Return what an office of the tests is founded as: what the environment says, and for the rest the defaults."""
    says = load({name: value for name, value in os.environ.items() if name.startswith("MADOGUCHI_")}).says
    values: dict[str, Any] = {
        "demo": bool(says.demo),
        "clock": says.clock or ("shifted" if shifted else "system"),
        "sole": bool(says.sole),
        "residency": says.residency or "JP",
    }
    return Founding(founded_at=moment, founded_by=LEAD, lead=LEAD, **{**values, **what})


class TestOffice:
    """One office at ``now``; ``now`` is None where the database's own clock counts (a desk of real processes)."""

    __test__ = False
    young: Any = None  # what tests.prepared knows of it

    def __init__(
        self, url: str, home: Path, now: datetime | None = MONDAY, *, staffed: bool = False, **what: Any
    ) -> None:
        """Found it as the environment says; *what* (demo, sole, ...) says otherwise."""
        self.url = url
        self.now = now
        self.settings: Settings = load({"MADOGUCHI_HOME": str(home), "MADOGUCHI_DATABASE_URL": url})
        self.keys, shared = prepared.keystore(self.settings)
        self.engine: Engine = lent.shared(patient_engine(url))
        self.told: list[str] = []
        moment = datetime(2026, 4, 1, tzinfo=UTC)
        mark = self.keys.lookup_hash(*founding.KEYS_MARK)
        self.founded = a_founding(moment, shifted=now is None, **{"keys": mark, **what})
        if staffed:  # the database has people in it already
            return
        prepared.founded(self, lambda: self._found(moment), shared=shared)

    def _found(self, moment: datetime) -> None:
        with self.writing() as db:
            if not db.execute(text("SELECT 1 FROM founding")).first():  # else another login founded it
                founding.write(db, self.founded)
            if db.dialect.name == "postgresql":
                # The tests' own login is the service's: nobody.
                login = str(db.execute(text("SELECT session_user")).scalar_one())
                founding.note_service_login(db, login, "database", moment)
            rows = [{"name": name, "roles": roles} for name, roles in STAFF.items()]
            db.execute(insert(staff), [{**r, "active": True, "added_at": moment, "added_by": "kudo"} for r in rows])
            for row in reversed(rows):  # the lead first, who lets the others in
                log(db, moment, "staff_added", LEAD, row)

    def close(self) -> None:
        """Let go of the database."""
        lent.let_go(self.engine)

    # -- time and transactions ------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection in a writing transaction."""
        with transaction(self.engine) as db:
            yield db

    @property
    def unit(self) -> UnitOfWork:
        """The unit of work of this office; nobody is notified."""
        return UnitOfWork(self.writing, lambda: reading(self.engine), self.at, glance=lambda: glancing(self.engine))

    def at(self, db: Connection, seen: clock.Look | None = None) -> Office:
        """Return the office as it is now."""
        found, ticking = seen or clock.look(db), self.now is None
        own = (self.keys, self.settings, self.founded, ticking)
        return Office(self.now or found.now, calendar(found.days), *own, found.adopted, found.checkpoint, found.stage)

    def ask(self, statement: Any, **values: Any) -> list[Row[Any]]:
        """Return what a query finds; a string is plain SQL."""
        with reading(self.engine) as db:
            return list(db.execute(text(statement) if isinstance(statement, str) else statement, values))

    def tell(self, statement: str, **values: Any) -> None:
        """Carry out one statement of plain SQL."""
        with self.writing() as db:
            db.execute(text(statement), values)

    @contextmanager
    def as_owner(self) -> Iterator[Connection]:
        """Write as whoever owns the database can: past triggers and foreign keys, which hold again afterwards."""
        if self.engine.dialect.name == "postgresql":
            with self.writing() as db:
                db.execute(text("SET LOCAL session_replication_role = replica"))
                yield db
            return
        owner = engine_for(self.url)
        event.listen(owner, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys = OFF"))
        with transaction(owner) as db:
            kept = list(db.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")))
            for row in kept:
                db.execute(text(f"DROP TRIGGER {row.name}"))
            yield db
            for row in kept:
                db.exec_driver_sql(row.sql)
        owner.dispose()

    def write_facts(self, case: str, **facts: Any) -> None:
        """Write something into what is kept of a case, past every rule."""
        kept = {**self.case(case).facts, **facts}
        self.tell('UPDATE "case" SET facts = :facts WHERE number = :number', facts=json.dumps(kept), number=case)

    def give_roles(self, name: str, *roles: Role) -> None:
        """Let the lead give a person exactly these roles; none: the person leaves."""
        lead = people.Asker(LEAD, LEAD, frozenset({Role.LEAD}))
        with self.writing() as db:
            now = self.at(db).now
            people.add(db, name, roles, lead, now) if roles else people.remove(db, name, lead, now)

    def set_aside(self, db: Connection, order: int, fault: str) -> None:
        """Set an order aside as the sweep does that claimed it last."""
        row = command.by_ids(db, [order])[order]
        orders.set_aside(db, self.at(db), orders.Claimed(row, row.attempts), Fault(Kind.POISON, fault))

    def tamper(self, statement: str, **values: Any) -> None:
        """Carry out one statement of plain SQL as the owner of the database."""
        with self.as_owner() as db:
            db.execute(text(statement), values)

    def move_to(self, moment: datetime) -> None:
        """Move the office's clock forward to that moment."""
        if self.now is not None:
            self.now = moment
            return
        with self.writing() as db:
            clock.advance(db, moment - clock.office_now(db))

    def case(self, number: str) -> Row[Any]:
        """Return a case's row."""
        with reading(self.engine) as db:
            row = cases.find(db, number)
        assert row is not None, f"there is no case {number}"
        return row

    # -- orders -----------------------------------------------------------------------------------------------------

    def place(
        self, transition: str, payload: Any = None, by: str = CLERK, case: str | None = None, key: str | None = None
    ) -> orders.Ticket:
        """Accept an order and remember that it was acknowledged. An opening gets its number reserved."""
        wanted = orders.Wanted(key or uuid4().hex, transition, payload or Nothing(), by, by, case)
        number = case or self.reserve(prefix=_prefix_of(transition))[0]
        with self.writing() as db:
            ticket = orders.place(db, wanted, number, self.at(db))
        self.told.append(wanted.key)
        return ticket

    def reserve(self, count: int = 1, prefix: str = "") -> list[str]:
        """Take case numbers and make their keys."""
        with self.writing() as db:
            numbers = cases.reserve_numbers(db, 2026, count, prefix)
        self.keys.create(numbers)
        return numbers

    def carry_out(self, ticket: orders.Ticket) -> Outcome:
        """Carry out an accepted order here and now, without any worker."""
        with self.writing() as db:
            outcome = orders.carry_out_one(db, ticket.command_id, self.at(db))
        assert outcome is not None
        return outcome

    def do(self, case: str | None, transition: str, payload: Any = None, by: str = CLERK) -> Outcome:
        """Accept an order and carry it out at once."""
        return self.carry_out(self.place(transition, payload, by, case))

    def must(self, case: str | None, transition: str, payload: Any = None, by: str = CLERK) -> Outcome:
        """Do it, and insist that it was done."""
        outcome = self.do(case, transition, payload, by)
        assert outcome.outcome == "done", outcome
        return outcome

    def sweep(self, *, letters: bool = False) -> list[Outcome]:
        """Fire everything that is due."""
        return firing.sweep(self.unit, letters=letters)

    def sweep_orders(self) -> list[Outcome]:
        """Carry out every order whose bell was not answered."""
        return orders.sweep(self.unit)

    # -- letters ------------------------------------------------------------------------------------------------------

    def make_letters(self, case: str | None = None, *, typeset: bool = False) -> list[str]:
        """Make every letter that waits; return what became of each.

        Typesetting takes a hundred times as long as all the rest, so every letter is the same sheet, unless the test is
        about paper.
        """
        waiting = select(effect.c.id, effect.c.subject, effect.c.copy).where(effect.c.state == "waiting")
        if case is not None:
            waiting = waiting.where(effect.c.case_number == case)
        rows = self.ask(waiting.order_by(effect.c.id))
        how = typesetting.typeset if typeset else prepared.one_for_all
        return [making.make(row.id, self.unit, how) for row in rows]

    def print_letters(self, case: str) -> None:
        """Play the printer: everything made of this case is printed."""
        with self.writing() as db:
            ids = select(cases.case.c.id).where(cases.case.c.number == case).scalar_subquery()
            db.execute(
                update(letter)
                .where(letter.c.case_id == ids, letter.c.state == "made")
                .values(state="printed", printed_at=self.at(db).now)
            )
            todos.told_anew(db, cases.lock(db, [case]).values(), self.at(db))

    def code_of(self, case: str) -> str | None:
        """Return the form code of a letter not yet made, as its effect carries it."""
        sealed = select(effect).where(effect.c.case_number == case, effect.c.state == "waiting")
        for row in self.ask(sealed.order_by(effect.c.id.desc())):
            place = f"{row.subject}/{row.copy}"
            content = read(RequestLetter, self.keys.get(case).open_json("effect", "sealed", place, row.sealed))
            if content.code is not None:
                return content.code
        return None

    def printed_code(self, case: str) -> str:
        """Return the form code that stands on the newest mailing in the spool."""
        from tests.services.paper import text_of

        paths = select(letter.c.path).join(cases.case, cases.case.c.id == letter.c.case_id)
        rows = self.ask(paths.where(cases.case.c.number == case, letter.c.round.is_not(None)).order_by(letter.c.id))
        said = text_of((self.settings.spool / rows[-1].path).read_bytes())
        found = re.search(r"([0-9A-Z]{4}-){4}[0-9A-Z]", said)
        assert found is not None, said
        return found[0]

    # -- a case on its way ----------------------------------------------------------------------------------------

    @prepared.remembered
    def opened(self, **changes: Any) -> str:
        """Return a case in contacted."""
        return self.must(None, "open", a_contact(**changes)).case

    @prepared.remembered
    def mailed(self, **changes: Any) -> tuple[str, str]:
        """Return a case in forms_mailed, posted today, and its form code."""
        case = self.opened(**changes)
        code = self.code_of(case)
        assert code is not None
        self.make_letters(case)
        self.print_letters(case)
        self.must(case, "mail_forms", MailForms())
        return case, code

    @prepared.remembered
    def returned(self, *, proven: bool = True, **changes: Any) -> str:
        """Return a case in forms_returned, with proof of identity unless told otherwise."""
        case, code = self.mailed(**changes)
        self.must(case, "receive_forms", self.an_arrival(code, proven=proven))
        return case

    @prepared.remembered
    def verified(self, **changes: Any) -> str:
        """Return a case in id_verified."""
        case = self.returned(**changes)
        self.must(case, "verify_identity", by=VERIFIER)
        return case

    @prepared.remembered
    def decided(self, **changes: Any) -> str:
        """Return a case in id_verified with everything granted."""
        case = self.verified(**changes)
        self.must(case, "decide", GRANTED, by=VERIFIER)
        return case

    @prepared.remembered
    def fulfilled(self, **changes: Any) -> str:
        """Return a case in fulfilled."""
        case = self.decided(**changes)
        self.must(case, "fulfil", Fulfil(), by=APPROVER)
        return case

    @prepared.remembered
    def lapsed(self) -> str:
        """Return a case in lapsed, after two reminders that were posted; the clock moves on by two months and more."""
        case, _ = self.mailed()
        posted = self.today
        self.reminded(case, posted)
        self.working_day(posted, 41)
        self.sweep()
        assert self.case(case).state == "lapsed"
        return case

    def reminded(self, case: str, posted: date, days: Iterable[int] = (10, 20)) -> None:
        """Live through the reminders of a case posted on that day; each is printed and posted the day it is made."""
        for number in days:
            self.working_day(posted, number)
            self.sweep()
            self.post_letters(case)

    def working_day(self, since: date, number: int, hour: time = time(10)) -> None:
        """Move to that hour of the n-th working day after a day."""
        day = self.calendar().add_working_days(since, number)
        self.move_to(datetime.combine(day, hour, TOKYO))

    def post_letters(self, case: str) -> list[str]:
        """Make, print and post every letter of a case that waits; return the numbers posted."""
        self.make_letters(case)
        self.print_letters(case)
        rows = self.ask(
            select(letter.c.number)
            .join(cases.case, cases.case.c.id == letter.c.case_id)
            .where(cases.case.c.number == case, letter.c.state == "printed")
            .order_by(letter.c.id)
        )
        for row in rows:
            self.must(case, "record_posting", RecordPosting(letter=row.number))
        return [row.number for row in rows]

    def shred(self, case: str) -> None:
        """Sign for it that what came on paper to prove who they are is destroyed."""
        self.must(case, "end_papers", EndPapers(what=PaperKind.EVIDENCE, end=PapersEnd.DESTROYED))

    @prepared.remembered
    def in_state(self, state: str) -> str:
        """Return a case that has come to stand in this state."""
        if state == "contacted":
            return self.opened()
        if state == "forms_mailed":
            return self.mailed()[0]
        ways: dict[str, Callable[[], str]] = {
            "forms_returned": self.returned,
            "id_verified": self.verified,
            "fulfilled": self.fulfilled,
            "lapsed": self.lapsed,
        }
        if state in ways:
            return ways[state]()
        from workflows.request.payloads import Void, Withdraw
        from workflows.request.values import ToldHow, VoidReason

        if state == "withdrawn":
            case = self.opened()
            self.must(case, "withdraw", Withdraw(on=self.today, how=ToldHow.PHONE))
        elif state == "voided":
            case = self.opened()
            self.must(case, "void", Void(reason=VoidReason.MISTAKE), by=LEAD)
        else:
            case = self.verified()
            self.must(case, "decide", REFUSED, by=VERIFIER)
            self.must(case, "refuse", by=APPROVER)
        return case

    def calendar(self) -> Calendar:
        """Return the office's calendar."""
        with reading(self.engine) as db:
            return calendar(clock.look(db).days)

    @property
    def today(self) -> date:
        """The day in the office."""
        if self.now is not None:
            return self.now.astimezone(TOKYO).date()
        with reading(self.engine) as db:
            return clock.office_now(db).astimezone(TOKYO).date()

    def an_arrival(self, code: str | None, *, proven: bool = True) -> ReceiveForms:
        """Return what comes back in the envelope now."""
        with reading(self.engine) as db:
            now = self.at(db).now
        return ReceiveForms(
            arrived_at=now,
            forms=(FormName.DISCLOSURE,),
            code=code,
            pages=2,
            signed={FormName.DISCLOSURE: True},
            documents=(a_licence(),) if proven else (),
        )


def _prefix_of(opening: str) -> str:
    """Return what the numbers of the procedure begin with whose cases are opened so."""
    return next(each.prefix for each in procedures() if opening in each.machine.transitions)


GRANTED = Decide(outcomes={Right.DISCLOSURE: RightOutcome(outcome=OutcomeName.GRANTED, enclosures=3)})
REFUSED = Decide(
    outcomes={
        Right.DISCLOSURE: RightOutcome(
            outcome=OutcomeName.REFUSED, ground="harm", explanation="Another person would be put in danger."
        )
    }
)


def codes_of(reasons: Iterable[Reason]) -> list[str]:
    """Return the codes of reasons."""
    return [reason.code for reason in reasons]
