"""What is asked of the ledger again and again, each by the very function that a command or a sweep calls.

`questions` names them; ``python -m lab.bench.questions HOME URL [HOME URL]`` times each in this process, on one ledger
or on two, with the ratio of the second to the first (`lab.bench.ledger` makes such ledgers). The statements of all of
them are held against the databases' plans by tests/services/test_plans.py: what is asked anew is named here.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection, Engine, Row, text

from clock import machine_now
from models import case as cases
from models import command, founding, letter_kind, mail, retry, timer
from services import bulk
from services.audit.doctor import examine
from services.ending import retention as keeping
from services.engine import counting, dead_letters, firing, orders, outbox, recounts, upgrades
from services.engine.office import Office
from services.engine.order import Order, Outcome
from services.engine.transaction import preview
from services.engine.unit import UnitOfWork
from services.letters import events, making, post, printing
from services.mail import ordering
from services.office import standstill
from services.office.staff import Asker
from services.reports import board
from services.reports import cases as of_case
from services.reports.forecast import forecast
from services.reports.health import checks
from services.reports.incidents import incidents
from services.reports.log import Wanted as Logged
from services.reports.log import entries
from services.reports.metrics import samples
from services.reports.notices import mark_read, notices
from services.reports.opened import of_case as known_of
from services.reports.stats import BY, Asked, stats
from services.reports.today import today
from services.reports.worklist import Wanted, worklist
from services.request import finding
from services.returns import arrivals, disposals, papers, retention, tray
from tests.office import LEAD, TestOffice
from workflows.engine.jobs import Todo
from workflows.engine.values import Actor, Language, Role
from workflows.law.values import Category, Right
from workflows.registry import known
from workflows.request.found_by import asked
from workflows.request.payloads import Open
from workflows.request.values import Channel, Person

MOST = 50
"""How many lines a list shows."""
ROUNDS = 15
LOTS = 3
"""How many lots of cases the doctor looks at here: every lot asks the same."""

FOUND: Mapping[str, Mapping[str, str]] = {
    "name": {"name": "見本 花子"},
    "name, no blank": {"any": "見本花子"},
    "beginning": {"name": "鈴"},
    "kana": {"kana": "すず"},
    "Latin letters": {"name": "suz"},
    "name and beginning": {"name": "見本 花"},
    "telephone": {"phone": "0001"},
    "name and telephone": {"name": "花子", "phone": "0001"},
    "mail": {"email": "case"},
    "place": {"address": "丸の内1"},
    "many who begin alike": {"email": "case0"},
    "nobody": {"any": "見知らぬ者"},
}
"""What people are looked for by -> by what `lab.bench.people` makes it find."""

Ask = Callable[[UnitOfWork], object]
EVERYBODY = Actor(LEAD, frozenset(Role))
WHOEVER = Asker("staff2", "staff2", frozenset({Role.CLERK}))


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked. ``kind``: asked (by people), swept (by the clock), or gone through (lot by lot)."""

    name: str
    kind: str
    ask: Ask


def questions(case: str) -> Iterator[Question]:
    """Yield every question; *case* is the number of a whole case."""
    yield from (Question(f"list {name}".strip(), "asked", _listed(wanted)) for name, wanted in _lists().items())
    yield from (Question(name, "asked", ask) for name, ask in _asked(case).items())
    yield from (Question(name, "swept", ask) for name, ask in _swept().items())
    yield from (Question(name, "gone through", ask) for name, ask in _gone_through().items())


def _lists() -> dict[str, Wanted]:
    day = timedelta(days=1)
    return {
        "": Wanted(most=MOST),
        "--overdue": Wanted(overdue=True, most=MOST),
        "--stalled": Wanted(stalled=True, most=MOST),
        "--due-within 1d": Wanted(due_within=day, most=MOST),
        "--owner": Wanted(owners=("staff2",), most=MOST),
        "--owner of nothing": Wanted(owners=("nobody",), most=MOST),
        **{f"--right {right}": Wanted(right=right, most=MOST) for right in Right},
        "--state forms_mailed": Wanted(states=("forms_mailed",), most=MOST),
        "--state voided": Wanted(states=("voided",), most=MOST),
        "--state lapsed": Wanted(states=("lapsed",), most=MOST),
        "--state of three": Wanted(states=("contacted", "voided", "fulfilled"), most=MOST),
        "--state, --overdue": Wanted(states=("forms_returned",), overdue=True, most=MOST),
        "--unassigned": Wanted(owners=(None,), most=MOST),
        "--mine, of two": Wanted(owners=("staff2", "staff4"), most=MOST),
        **{f"--todo {todo}": Wanted(todo=todo, most=MOST) for todo in Todo},
        "--todo, --overdue": Wanted(todo=Todo.VERIFY, overdue=True, most=MOST),
        "--todo, --owner": Wanted(todo=Todo.VERIFY, owners=("staff2",), most=MOST),
        "--todo, --unassigned": Wanted(todo=Todo.VERIFY, owners=(None,), most=MOST),
        "--owner, --due-within": Wanted(owners=("staff2",), due_within=day, most=MOST),
        "--owner, --overdue": Wanted(owners=("staff2",), overdue=True, most=MOST),
    }


def _listed(wanted: Wanted) -> Ask:
    return _look(lambda db, office: worklist(db, office, wanted))


def _look(ask: Callable[[Connection, Office], object]) -> Ask:
    def asked(unit: UnitOfWork) -> object:
        with unit.look() as db:
            return ask(db, unit.office(db))

    return asked


def _contact() -> Open:
    """Return the contact of somebody who may have asked before, and lives where others live."""
    who = Person(name="見本 花子", kana="ミホン ハナコ", address="東京都例示町1-1", birth_date=date(1980, 1, 2))
    return Open(
        rights=(Right.DISCLOSURE,),
        category=Category.CUSTOMER,
        channel=Channel.POST,
        language=Language.JA,
        subject=who,
    )


def _asked(number: str) -> dict[str, Ask]:
    def shown(db: Connection, office: Office) -> object:
        row = of_case.the_case(db, _row(db, number), office, "en")
        return row, of_case.personal(db, _row(db, number), office), dead_letters.of_case(db, number)

    def read(unit: UnitOfWork) -> object:
        with unit.look() as db:
            found = notices(db, unit.office(db), "en", unread=True, most=MOST)
        with unit.begin() as db:
            mark_read(db, [found[0]["id"]] if found else [], [Role.CLERK], "nobody", unit.office(db))
        return found

    return {
        "show": _look(shown),
        "why": _look(lambda db, office: of_case.why(db, _row(db, number), office, EVERYBODY)),
        "open --dry-run": _look(lambda db, office: preview(db, Order("-", "open", _contact(), EVERYBODY, "p"), office)),
        "history": _look(lambda db, office: of_case.history(db, _row(db, number), office)),
        "status": _look(lambda db, office: checks(db, office, office.settings, None)),
        "metrics": _look(lambda db, office: samples(db, office, checks=[], broker_up=True)),
        **{f"stats --by {by}": _look(_figures(by)) for by in BY},
        "board": _look(lambda db, office: board.figures(db, office, None, None, 30)),
        "retention --dry-run": _look(keeping.report),
        "today": _look(lambda db, office: today(db, office, WHOEVER)),
        "log": _look(lambda db, office: entries(db, office, Logged(most=MOST))),
        "log --case": _look(lambda db, office: entries(db, office, Logged(case=number, most=MOST))),
        "log --looks": _look(lambda db, office: entries(db, office, Logged(looks=True, most=MOST))),
        "notices": _look(lambda db, office: notices(db, office, "en", most=MOST)),
        "notices --unread": _look(lambda db, office: notices(db, office, "en", unread=True, most=MOST)),
        "notices --read": read,
        "letters": _look(lambda db, office: list(post.letters(db, most=MOST))),
        "letters --unposted": _look(lambda db, office: list(post.letters(db, unposted=True, most=MOST))),
        "letters --case": _look(lambda db, office: list(post.letters(db, case=number))),
        "letters of an order": _look(lambda db, office: events.of_outcomes(db, [_opened(number)])),
        "what a new case is linked to": _look(lambda db, office: known_of(db, number, office)),
        "letter-kind": _look(lambda db, office: letter_kind.held(db, ["request_forms"])),
        "incidents --open": _look(lambda db, office: incidents(db, office, only_open=True)),
        **{f"find {name}": _look(_found(said)) for name, said in FOUND.items()},
        "find by a number": _look(lambda db, office: finding.look(db, None, number, office)),
        "list --names": _look(_named),
        "requeue --all": _look(lambda db, office: dead_letters.everything(db)),
        "requeue LETTER": _look(lambda db, office: dead_letters.under(db, f"{number}-01")),
        "print": _look(lambda db, office: printing.to_print(db)),
        "disposals": _look(disposals.due),
        "returns not registered": _look(lambda db, office: papers.unregistered(db)),
        "tray": _look(tray.waiting),
        "a person's last order of a kind": _look(lambda db, office: command.last_of(db, number, "decide", "staff2")),
        "what the scanner left of a case": _look(lambda db, office: arrivals.of_case(db, _row(db, number), office)),
        "an order heard of": _look(lambda db, office: command.heard(db, 1, office.now)),
        "what became of an order": _look(lambda db, office: command.found(db, 1, office.now)),
        "orders gathered": _look(lambda db, office: command.gathered(db, 0, most=99, known=known())),
        "bulk, whether people wait": _look(lambda db, office: orders.people_wait(db)),
        "bulk, the first lot": _look(
            lambda db, office: bulk.matching(db, office, Wanted(states=("contacted",)), 0, bulk.LOOK)
        ),
        "bulk, the last lot": _look(
            lambda db, office: bulk.matching(db, office, Wanted(states=("lapsed",)), 10**7, bulk.LOOK)
        ),
    }


def _found(said: Mapping[str, str]) -> Callable[[Connection, Office], object]:
    return lambda db, office: finding.look(db, asked(said), None, office)


def _named(db: Connection, office: Office) -> object:
    lines = worklist(db, office, Wanted(most=MOST))
    return finding.names_of(db, [line["case"] for line in lines], office)


def _figures(by: str) -> Callable[[Connection, Office], object]:
    return lambda db, office: stats(db, office, Asked(since=date(2026, 2, 3), by=by))


def _opened(number: str) -> Outcome:
    return Outcome(number, "open", "done", "contacted", 1)


def _row(db: Connection, number: str) -> Row[Any]:
    row = cases.find(db, number)
    if row is None:
        raise LookupError(number)
    return row


def _swept() -> dict[str, Ask]:
    return {
        "timers.sweep": lambda unit: firing.sweep(unit, letters=False),
        "timers.sweep at night": _look(_due_at_night),
        "timers.watch_letters": lambda unit: firing.sweep(unit, letters=True),
        "timers.sweep, upgrades": lambda unit: upgrades.sweep(unit, most=1),
        "timers.sweep, recounts": lambda unit: recounts.finish(unit, most=1),
        "timers.sweep, standstill": standstill.note,
        "orders.sweep": orders.sweep,
        "orders, one heard": _look(_heard),
        "letters.sweep, given up": lambda unit: outbox.give_up(making.LETTERS, unit),
        "letters.sweep, rung for": _look(lambda db, office: outbox.to_ring(db, making.LETTERS)),
        "mail.sweep": _look(ordering.circles),
        "mail.sweep, to be sent": _look(
            lambda db, office: mail.due(db, now=machine_now(db), lease=machine_now(db), most=1)
        ),
        "figures.count": counting.sweep,
        "ending.sweep": keeping.sweep,
        "scans.watch_tray": _write(tray.tell),
        "scans.destroy_copies": retention.sweep,
        "start of a worker": _write(lambda db, office: upgrades.check_starts(db, office.now)),
    }


def _heard(db: Connection, office: Office) -> object:
    """Ask what whoever hears of one order asks: what became of it, and which others wait."""
    now = machine_now(db)
    return command.heard(db, 1, now), command.gathered(db, 1, most=MOST, known=known())


def _due_at_night(db: Connection, office: Office) -> object:
    now = machine_now(db)
    return timer.due_cases(
        db, office.now, office_open=False, letters=False, most=MOST, known=known(), waits=retry.keeps_away(now)
    )


def _write(ask: Callable[[Connection, Office], object]) -> Ask:
    def asked(unit: UnitOfWork) -> object:
        with unit.begin() as db:
            return ask(db, unit.office(db))

    return asked


class _Enough(Exception):
    """The doctor has looked at as many lots as are wanted."""


def _gone_through() -> dict[str, Ask]:
    def doctor(unit: UnitOfWork) -> None:
        looked = 0

        def tick(done: int, of: int) -> None:
            nonlocal looked
            looked += 1
            if looked > LOTS:
                raise _Enough

        with suppress(_Enough):
            list(examine(unit, files=False, tick=tick))

    return {
        "doctor --quick, a few lots": doctor,
        "forecast": _look(forecast),
        "calendar, the next cases": _look(lambda db, office: recounts.next_cases(db, 0)),
    }


# -- measuring ------------------------------------------------------------------------------------------------------


@contextmanager
def opened(home: Path, url: str) -> Iterator[tuple[UnitOfWork, str, Engine]]:
    """Yield the unit of work of a ledger that `lab.bench.ledger` made, the number of a whole case, and the engine."""
    office = TestOffice(url, home, now=None, staffed=True)
    with office.writing() as db:
        office.founded = founding.read(db)
        number = str(db.execute(text('SELECT number FROM "case" WHERE id = 3')).scalar_one())
    try:
        yield office.unit, number, office.engine
    finally:
        office.close()


def milliseconds(ledgers: Sequence[tuple[UnitOfWork, str]]) -> dict[str, list[list[float]]]:
    """Return for each question how long it took on each ledger, round by round.

    The first round, in which statements are made, does not count. The ledgers are asked in turn, so that a drift of the
    machine hits all of them.
    """
    found: dict[str, list[list[float]]] = {}
    for same in zip(*(questions(number) for _, number in ledgers), strict=True):
        took: list[list[float]] = [[] for _ in ledgers]
        for _ in range(ROUNDS + 1):
            for one, (unit, _), mine in zip(same, ledgers, took, strict=True):
                began = time.perf_counter()
                one.ask(unit)
                mine.append((time.perf_counter() - began) * 1000)
        found[same[0].name] = [mine[1:] for mine in took]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Time every question on the ledgers named, and show the ratios of the last to the first."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    with ExitStack() as stack:
        ledgers = [
            stack.enter_context(opened(Path(home), url))[:2] for home, url in zip(given[::2], given[1::2], strict=True)
        ]
        found = milliseconds(ledgers)
    table = Table("question", *(f"{what} ms" for _ in ledgers for what in ("median", "best")), "ratio", "of the best")
    for name, took in found.items():
        figures = [f"{figure:.2f}" for mine in took for figure in (statistics.median(mine), min(mine))]
        ratios = (statistics.median(took[-1]) / statistics.median(took[0]), min(took[-1]) / min(took[0]))
        table.add_row(name, *figures, *(f"{ratio:.2f}" for ratio in ratios))
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
