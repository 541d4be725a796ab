"""``make letter-kills``: workers die by SIGKILL at every step between an effect and the spool, a thousand times.

A real desk (embedded broker, both workers, beat) makes a stream of letters. Traps laid for single letters
(letter_trap.py) kill the child that makes the letter, or the whole worker, at the step they name; others die at
times drawn by lot. Then everything comes to rest, and every letter must lie in the spool once, with the hash its row
says, nothing beside it, and nothing set aside. A run in which some step was never hit has failed.

KILLS and SEED are read from the environment. Half of the kills are on SQLite, half on PostgreSQL.
"""

import hashlib
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import psutil
from rich.console import Console
from sqlalchemy import select

from desk.processes import Program
from lab.bench.letter_trap import CHILD, GROUP, on_a_last_try
from lab.postgres import Postgres
from models.effect import effect
from models.letter import letter
from models.session import migrate, reading
from services.engine import orders
from services.letters.making import Step, spool_path
from settings import PROJECT
from tests.checker import assert_sound
from tests.office import CLERK
from tests.people import a_contact
from tests.system.conftest import EVERYTHING, RealDesk, bell_of

BY_LOT = "at a random moment"
AT_ONCE = 10
"""How many traps lie ready: two children work, and a worker that is killed takes some seconds to come back."""
UNTOUCHED = 1
"""How many letters are ordered beside each that has a trap."""
PATIENCE = 300.0
HASTE = 10.0
"""Longer than any letter takes, so that those in work are not taken for those of the dead twice."""
PASSED_BY = timedelta(seconds=10)
"""A trap for a letter made so long ago springs no more."""
GROUPS_AMONG = 8
"""One kill in so many is of the whole worker, which takes several times as long to come back as a child."""

Kill = tuple[str, str]
"""Where (the name of a step, or `BY_LOT`) and who."""
EVERY_KILL: tuple[Kill, ...] = tuple(
    (where, whom) for where in (*(s.name for s in Step), BY_LOT) for whom in (CHILD, GROUP)
)


class NotSound(AssertionError):
    """A promise was broken, or the run did not do what it is for."""


@dataclass
class Figures:
    """What a run did. ``recoveries`` are the seconds from each death to the killed letter's row saying "made"."""

    database: str
    kills: Counter[Kill] = field(default_factory=Counter)
    letters: int = 0
    tries: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0
    recoveries: list[float] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)


class Drill(RealDesk):
    """A desk whose effects worker dies where a trap is laid."""

    def __init__(self, url: str, home: Path) -> None:
        super().__init__(url, home)
        self.run = self.settings.run
        for name in ("traps", "sprung", "late", "spared"):
            (self.run / name).mkdir(mode=0o700, parents=True, exist_ok=True)

    def _program(self, name: str) -> Program:
        made = super()._program(name)
        return replace(made, command=[*made.command, "-I", "lab.bench.letter_trap"]) if name == "desk2" else made

    def open_cases(self, numbers: Sequence[str]) -> None:
        """Open these cases: each orders its first letter."""
        wanted = [(orders.Wanted(uuid4().hex, "open", a_contact(), CLERK, CLERK, None), one) for one in numbers]
        with self.office.writing() as db:
            tickets = orders.place_all(db, wanted, self.office.at(db))
        self.office.told += [one.key for one, _ in wanted]
        self.ring(*(bell_of(ticket) for ticket in tickets))

    def lay(self, case: str, kill: Kill) -> None:
        """Lay a trap for the first letter of a case."""
        where, whom = kill
        (self.run / "traps" / f"{case}-01.{where}").write_text(whom, encoding="ascii")

    def laid(self) -> int:
        """Return how many traps have not sprung yet."""
        return len(list((self.run / "traps").iterdir()))

    def fallen(self, folder: str) -> list[tuple[str, Kill, float]]:
        """Return the traps of one of their folders: letter, kill, and the time of death."""
        found = []
        for path in (self.run / folder).iterdir():
            number, _, where = path.name.partition(".")
            found.append((number, (where, path.read_text(encoding="ascii")), path.stat().st_mtime))
        return found

    def strike_by_lot(self, whom: str, chance: random.Random) -> float | None:
        """Kill a child or the whole worker while letters are made; None where it must not be now."""
        at_work = self.office.ask("SELECT 1 FROM effect WHERE state = 'waiting' LIMIT 1")
        if not at_work or not self.is_ready("desk2"):
            return None
        time.sleep(chance.uniform(0.0, 0.3))  # the moment is drawn by lot; that is the point
        with reading(self.office.engine) as db:
            if on_a_last_try(db):
                return None
        pid = self.lives["desk2"].wait_started()
        try:
            if whom == GROUP:
                os.killpg(pid, signal.SIGKILL)
            else:
                children = psutil.Process(pid).children()
                os.kill(chance.choice(children).pid, signal.SIGKILL)
        except (ProcessLookupError, psutil.NoSuchProcess, IndexError):
            return None
        return time.time()


STANDSTILL = 5.0
"""After so many seconds in which no kill fell, whoever is not patient does not wait for leases and bells."""


def drill(
    desk: Drill, kills: int, chance: random.Random, *, kinds: Sequence[Kill] = EVERY_KILL, patient: bool = True
) -> Figures:
    """Kill so many times, each of the *kinds* at least once, let everything come to rest, judge it; return the figures.

    Raises:
        NotSound: a letter is missing, doubled, or not what its row says; or some step was never hit.
    """
    figures = Figures(desk.office.engine.dialect.name)
    begun = time.time()
    plan, opened, by_lot = _plan(kills, kinds, chance), [], _ByLot()
    deadline = time.monotonic() + PATIENCE + kills * 10
    moved, stood = time.monotonic(), (-1, -1, -1)
    while plan or desk.laid() or by_lot.left:
        _keep_up(desk)
        stands = (len(plan), desk.laid(), len(by_lot.left))
        if stands != stood:
            moved, stood = time.monotonic(), stands
        elif not patient and time.monotonic() > moved + STANDSTILL:
            # A letter whose bells all fell with a worker is rung for after 30 s, 60 s, 120 s.
            desk.let_leases_pass()
            desk.hurry()
            moved = time.monotonic()
        plan += _taken_back(desk)
        while plan and desk.laid() < AT_ONCE:
            opened += _wave(desk, plan, by_lot)
        by_lot.strike(desk, chance)
        if time.monotonic() > deadline:
            raise NotSound(f"{desk.laid()} traps did not spring, {len(plan)} were not laid")
        time.sleep(0.01)  # traps spring in other processes
    _come_to_rest(desk, patient=patient)
    late = {number for number, _, _ in desk.fallen("late")}
    struck = [(n, (BY_LOT, k[1]) if n in late else k, at) for n, k, at in desk.fallen("sprung")]
    figures.kills = Counter(kill for _, kill, _ in [*struck, *by_lot.struck])
    figures.seconds = time.time() - begun
    _judge(desk, opened, kinds, figures)
    _measure(desk, struck, by_lot.struck, figures)
    return figures


def _plan(kills: int, kinds: Sequence[Kill], chance: random.Random) -> list[Kill]:
    """Return the kills of a run in the order they are to come: each kind once, the others by lot."""
    some = [(where, CHILD) for where, whom in EVERY_KILL if whom == CHILD]
    rest = [(chance.choice(some)[0], GROUP if chance.randrange(GROUPS_AMONG) == 0 else CHILD) for _ in range(kills)]
    plan = [*kinds, *rest][:kills]
    chance.shuffle(plan)
    return plan


def _keep_up(desk: Drill) -> None:
    """Start the worker again when it is dead, as the supervisor does."""
    if not desk.is_up("desk2"):
        desk.start("desk2", wait=False)


def _come_to_rest(desk: Drill, *, patient: bool) -> None:
    """Wait until everything ordered is made. Without patience the claims of the dead are not waited for."""
    begun = impatient_since = time.monotonic()
    while desk.unanswered() or desk.office.ask("SELECT 1 FROM effect WHERE state = 'waiting'"):
        _keep_up(desk)
        if not patient and desk.is_ready("desk2") and time.monotonic() > impatient_since:
            desk.let_leases_pass()
            desk.hurry()
            impatient_since = time.monotonic() + HASTE
        if time.monotonic() - begun > PATIENCE:
            raise NotSound("the letters were not made")
        time.sleep(0.05)  # other processes make them
    desk.settle()


def _taken_back(desk: Drill) -> list[Kill]:
    """Return the kills that were spared, came late or were passed by, to be tried again with another letter."""
    again = []
    laid = {path.name.partition(".")[0]: path for path in (desk.run / "traps").iterdir()}
    # The worker was killed for another letter between the last commit of this one and its trap.
    done = select(effect.c.subject).where(effect.c.state == "done", effect.c.done_at < datetime.now(UTC) - PASSED_BY)
    for row in desk.office.ask(done.where(effect.c.subject.in_(laid))) if laid else []:
        with suppress(FileNotFoundError):  # it has sprung after all
            laid[row.subject].rename(desk.run / "spared" / laid[row.subject].name)
    for path in (desk.run / "spared").iterdir():
        again.append((path.name.partition(".")[2], path.read_text(encoding="ascii")))
        path.unlink()
    for path in (desk.run / "late").iterdir():
        if path.stat().st_size == 0:
            whom = (desk.run / "sprung" / path.name).read_text(encoding="ascii")
            path.write_text(whom, encoding="ascii")
            again.append((path.name.partition(".")[2], whom))
    return again


@dataclass
class _ByLot:
    """The kills at random moments: those to come, and those that fell."""

    left: list[str] = field(default_factory=list)
    struck: list[tuple[str, Kill, float]] = field(default_factory=list)

    def strike(self, desk: Drill, chance: random.Random) -> None:
        """Let the next one fall, if it may."""
        if self.left and (at := desk.strike_by_lot(self.left[0], chance)) is not None:
            self.struck.append(("", (BY_LOT, self.left.pop(0)), at))


def _wave(desk: Drill, plan: list[Kill], by_lot: _ByLot) -> list[str]:
    """Take the next kill from the plan, lay its trap, and open its case and some more."""
    where, whom = plan.pop(0)
    numbers = desk.office.reserve(1 + UNTOUCHED)
    if where == BY_LOT:
        by_lot.left.append(whom)
    else:
        desk.lay(numbers[0], (where, whom))
    desk.open_cases(numbers)
    return numbers


# -- judging ------------------------------------------------------------------------------------------------------


def _judge(desk: Drill, opened: Sequence[str], kinds: Sequence[Kill], figures: Figures) -> None:
    """Hold the spool against what was ordered, by number and by hash; raise with everything that is wrong."""
    missed = [f"{where}, {whom}" for where, whom in kinds if not figures.kills[where, whom]]
    wrong = [f"no kill hit: {', '.join(missed)}"] if missed else []
    rows = {row.number: row for row in desk.office.ask(letter.select())}
    ordered = [f"{case}-01" for case in opened]
    wrong += [f"{number} was ordered and there is no such letter" for number in ordered if number not in rows]
    wrong += [f"{number} was never ordered" for number in rows.keys() - set(ordered)]
    spool = desk.settings.spool
    files = [path for path in sorted(spool.rglob("*")) if path.is_file()]
    wrong += [f"{path.name} lies in the spool" for path in files if path.suffix != ".pdf" or path.name.startswith(".")]
    owners = Counter(path.stem for path in files if path.suffix == ".pdf")
    for number, row in rows.items():
        file = spool / spool_path(number, 1)
        if owners[number] != 1 or not file.is_file():
            wrong.append(f"{number} has {owners[number]} files")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != row.sha256 or row.state != "made":
            wrong.append(f"{number} is {row.state} and its file is not the one its row names")
    hashes = Counter(row.sha256 for row in rows.values())
    wrong += [f"{count} letters have the same bytes" for count in hashes.values() if count > 1]
    aside = desk.office.ask("SELECT kind, subject, fault FROM incident")
    wrong += [f"set aside: {row.kind} {row.subject} ({row.fault})" for row in aside]
    if wrong:
        raise NotSound("\n".join(wrong))
    assert_sound(desk.office.url, spool, desk.office.told)
    figures.letters = len(rows)
    figures.tries = Counter(row.attempts for row in desk.office.ask(effect.select()))


def _measure(
    desk: Drill, struck: Sequence[tuple[str, Kill, float]], by_lot: Sequence[tuple[str, Kill, float]], figures: Figures
) -> None:
    """Find how long each death kept its letter, and how long all letters, from being made."""
    done = {row.subject: row.done_at.timestamp() for row in desk.office.ask(effect.select())}
    # After the last step the letter is made already, and its death keeps nobody.
    figures.recoveries = [done[number] - at for number, _, at in struck if done[number] > at]
    moments = sorted(done.values())
    last = max(row.ordered_at.timestamp() for row in desk.office.ask(effect.select()))
    for _, _, at in (*struck, *by_lot):
        if at > last:
            continue  # there may have been nothing left to make
        after = next((moment for moment in moments if moment > at), None)
        if after is not None:
            figures.pauses.append(after - at)


# -- the command --------------------------------------------------------------------------------------------------


def main() -> int:
    """Run on both kinds of database and print the figures."""
    kills, seed = int(os.environ.get("KILLS", "1000")), int(os.environ.get("SEED", "1"))
    said = Console(stderr=True)
    found: list[Figures] = []
    for name, share in (("sqlite", kills - kills // 2), ("postgresql", kills // 2)):
        said.print(f"{name}: {share} kills")
        with _database(name) as (url, home):
            desk = Drill(url, home)
            try:
                desk.start(*EVERYTHING)
                desk.open_the_office()
                found.append(drill(desk, share, random.Random(f"{seed} {name}")))
                said.print(report(found[-1:], seed), markup=False)
            except NotSound as broken:
                said.print(f"seed {seed}: {broken}", style="red", markup=False)
                return 1
            finally:
                desk.close()
    print(report(found, seed))
    return 0


@contextmanager
def _database(name: str) -> Iterator[tuple[str, Path]]:
    """Yield the URL of a migrated database and an empty home; both are gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="mg-"))
    (home / "var").mkdir(mode=0o700)
    try:
        if name == "sqlite":
            url = f"sqlite:///{home / 'var' / 'madoguchi.sqlite3'}"
            migrate(url)
            yield url, home
        else:
            with Postgres(fsync=True) as server:
                url = server.create()
                migrate(url)
                yield url, home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def report(found: Sequence[Figures], seed: int) -> str:
    """Return the figures as they stand in docs/reliability.md."""
    command = ["git", "describe", "--always", "--dirty"]
    revision = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False).stdout.strip()
    heads = [f"{one.database}, {whom}" for one in found for whom in ("a child", "the worker")]
    lines = [f"Seed {seed}, revision {revision or 'unknown'}.", "", f"| killed | {' | '.join(heads)} |"]
    lines.append("|---|" + "---:|" * len(heads))
    for where in (*(step.name for step in Step), BY_LOT):
        words = where if where == BY_LOT else Step[where].value
        counts = [str(one.kills[where, whom]) for one in found for whom in (CHILD, GROUP)]
        lines.append(f"| {words} | {' | '.join(counts)} |")
    lines += ["", f"| | {' | '.join(one.database for one in found)} |", "|---|" + "---:|" * len(found)]
    rows = {
        "kills": [str(one.kills.total()) for one in found],
        "letters ordered = made, each with one file of its hash": [str(one.letters) for one in found],
        "made at the first, second, third try": [
            ", ".join(str(one.tries[number]) for number in (1, 2, 3)) for one in found
        ],
        "duration": [f"{one.seconds / 60:.1f} min" for one in found],
        "until the killed letter was made, median and longest": [_spread(one.recoveries) for one in found],
        "until the next letter was made by anybody, median and longest": [_spread(one.pauses) for one in found],
    }
    lines += [f"| {what} | {' | '.join(cells)} |" for what, cells in rows.items()]
    return "\n".join(lines)


def _spread(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds):.1f} s, {max(seconds):.1f} s" if seconds else "-"


if __name__ == "__main__":
    sys.exit(main())
