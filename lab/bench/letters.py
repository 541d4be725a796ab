"""P7, ``make bench-letters``: letters through the real prefork worker, beside the bare typesetter on the same sources.

A desk of its own makes letters of two pages in Japanese; what is counted is from the bell to the last row that says
made, the CPU time of the worker's processes and the memory of its children meanwhile. On a shared machine the CPU time
is the steadier figure. Then each kind is typeset in this process, in turn with a bare compile of the very same source,
so that a drift of the machine hits both; at last all kinds in both languages in turn, which shares the least. Each
figure is printed as soon as it is known. ``python -m lab.bench.letters 2000`` for more letters than usual.
"""

import os
import platform
import pwd
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

import psutil
from rich.console import Console
from sqlalchemy import func, select, update

from desk.supervisor import Desk
from lab.bench.bench import Bench
from lab.bench.figures import Measured, middle
from lab.bench.house import House
from services.letters.declared import TEMPLATES
from settings import load
from workflows.engine.codec import written
from workflows.engine.values import Language
from workflows.request.letters import RequestLetter
from workflows.request.values import LetterKind

ROUNDS = 15
PATIENCE = 60.0
"""Seconds without a single letter made after which something is wrong."""


@dataclass
class Run:
    """What was seen of the worker while it made letters."""

    rates: list[float]
    """Letters a second in each third of the letters."""

    rate: float
    cold: float
    cpu: float
    """CPU seconds of the worker and its children, a letter: in the first third, and in the other two."""

    peak: float
    """The most memory (MB, PSS) any child had."""


def measure(bench: Bench) -> Iterator[Measured]:
    """Yield the figures of P7: letters a second, and the memory of the largest child."""
    count, runs = bench.size(12, 600, 2000), list[Run]()
    for _ in range(bench.rounds):
        with House(broker=False) as house:
            _prepare(count)
            with Desk(house.settings, with_flower=False) as desk:
                runs.append(_through_the_worker(desk.pids()["desk2"]))
        bench.say(f"{runs[-1].rate:.0f}/s, CPU {runs[-1].cpu * 1000:.1f} ms a letter, a child {runs[-1].peak:.0f} MB")
    cpu = middle([run.cpu for run in runs])
    yield Measured(
        "P7", tuple(run.rate for run in runs), note=f"{count} letters a round; {cpu * 1000:.1f} ms of CPU each"
    )
    yield Measured("P7 child", tuple(run.peak for run in runs))


def main() -> int:
    """Start a desk of its own, measure, and print what is found."""
    from desk.opening import open_the_office

    letters = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    say = Console(soft_wrap=True, highlight=False).print

    with tempfile.TemporaryDirectory(prefix="mg-bench-") as home:
        environ = {"MADOGUCHI_HOME": home, "MADOGUCHI_LANG": "en", "MADOGUCHI_FLOWER_PORT": "0"}
        if url := os.environ.get("MADOGUCHI_DATABASE_URL"):
            environ["MADOGUCHI_DATABASE_URL"] = url
        os.environ.update(environ)
        open_the_office(load(environ))
        say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}")
        _prepare(letters)
        with Desk(load(environ), with_flower=False) as desk:
            desk.wait_ready(60)
            run = _through_the_worker(desk.pids()["desk2"])
    thirds = ", ".join(f"{rate:.1f}" for rate in run.rates)
    say(f"{letters} letters of two pages through the worker: {run.rate:.1f}/s (by thirds {thirds})")
    say(f"CPU of the worker {run.cpu * 1000:.1f} ms a letter ({run.cold * 1000:.1f} in the first third, from cold)")
    say(f"two cores with nothing else to do would make {2 / run.cpu:.0f}/s; a child had at most {run.peak:.0f} MB")
    for kind in LetterKind:
        whole, bare = _beside_the_bare(kind)
        middle, base = statistics.median(whole), statistics.median(bare)
        say(
            f"{kind}: {middle * 1000:.1f} ms ({min(whole) * 1000:.1f} to {max(whole) * 1000:.1f}), "
            f"bare compile {base * 1000:.1f} ms: {middle / base:.2f} x"
        )
    say(f"all kinds in both languages in turn: {_in_turn() * 1000:.1f} ms a letter")
    return 0


def _prepare(count: int) -> None:
    """Open cases whose letters wait, each letter replaced by one of two pages in Japanese."""
    from models.case import reserve_numbers
    from models.effect import effect
    from models.session import transaction
    from services.engine import orders
    from services.engine.office import the_office
    from workflows.law.values import Category, Right
    from workflows.request.payloads import Open
    from workflows.request.values import Channel, Person

    who = pwd.getpwuid(os.getuid()).pw_name
    with transaction() as db:
        office = the_office(db)
        numbers = reserve_numbers(db, office.calendar.today(office.now).year, count)
        office.keys.create(numbers)
        for index, number in enumerate(numbers):
            subject = Person(name=f"見本 計測{index}", postcode="100-0001", address=f"東京都千代田区架空町{index}")
            contact = Open(
                rights=(Right.DISCLOSURE,),
                category=Category.CUSTOMER,
                channel=Channel.POST,
                language=Language.JA,
                subject=subject,
            )
            wanted = orders.Wanted(f"bench-letters-{index}", "open", contact, who, who)
            outcome = orders.carry_out_one(db, orders.place(db, wanted, number, office).command_id, office)
            if outcome is None or outcome.outcome != "done":
                raise SystemExit(f"a case could not be opened: {outcome}")
        for row in db.execute(select(effect.c.id, effect.c.case_number, effect.c.subject)).all():
            content = _like(LetterKind.DISCLOSURE_NOTIFICATION, row.subject, row.case_number)
            key = office.keys.get(row.case_number)
            sealed = key.seal_json("effect", "sealed", f"{row.subject}/1", written(content))
            # Ordered in a future no sweep looks at: each letter is rung for once, when the clock starts.
            later = office.now + timedelta(hours=1)
            db.execute(update(effect).where(effect.c.id == row.id).values(sealed=sealed, ordered_at=later))


def _like(kind: LetterKind, number: str, case: str, language: Language = Language.JA) -> RequestLetter:
    """Return a letter of that kind which differs from others of it as letters do: number, case, name and address."""
    from lab.letters_sheet import a_letter

    content = a_letter(kind, language)
    name = f"見本 {case}"
    addressee = replace(content.addressee, name=name, address=f"東京都千代田区架空町{case}")
    return replace(content, number=number, case=case, subject_name=name, addressee=addressee)


def _through_the_worker(worker: int) -> Run:
    """Ring for all letters that wait and watch the worker until they are made."""
    from models.effect import effect
    from models.session import reading
    from tasks.bell import letter_bells, ring

    with reading() as db:
        rows = db.execute(select(effect.c.id, effect.c.case_number).where(effect.c.state == "waiting")).all()
    tree = _Tree(worker)
    start, first = time.perf_counter(), len(rows)
    marks, spent, left, moved = [(start, first)], [tree.look()], first, start
    ring(letter_bells((row.case_number, row.id, 1) for row in rows))
    while left:
        time.sleep(0.1)
        with reading() as db:
            now = db.execute(select(func.count()).select_from(effect).where(effect.c.state == "waiting")).scalar_one()
        moved = time.perf_counter() if now < left else moved
        if time.perf_counter() - moved > PATIENCE:
            raise SystemExit(f"no letter was made for {PATIENCE:.0f} s; {now} of {first} are left")
        left = now
        seconds = tree.look()
        if first - left >= first * len(marks) / 3:
            marks.append((time.perf_counter(), left))
            spent.append(seconds)
    rates = [(before - after) / (later - earlier) for (earlier, before), (later, after) in pairwise(marks)]
    cold = (spent[1] - spent[0]) / (first - marks[1][1])
    warm = (spent[-1] - spent[1]) / marks[1][1]
    return Run(rates, first / (marks[-1][0] - start), cold, warm, tree.peak)


class _Tree:
    """A worker and its children: CPU time so far, that of children since replaced included, and the memory's peak."""

    def __init__(self, worker: int) -> None:
        self.worker = psutil.Process(worker)
        self.seconds: dict[int, float] = {}
        self.peak = self.weighed = 0.0

    def look(self) -> float:
        """Look once; return the CPU seconds of all processes ever seen."""
        weigh = time.monotonic() - self.weighed > 1  # reading the memory map takes as long as a letter
        if weigh:
            self.weighed = time.monotonic()
        for process in (self.worker, *self.worker.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):  # replaced meanwhile
                spent = process.cpu_times()
                self.seconds[process.pid] = spent.user + spent.system
                if process != self.worker and weigh:
                    self.peak = max(self.peak, process.memory_full_info().pss / 1e6)
        return sum(self.seconds.values())


def _beside_the_bare(kind: LetterKind) -> tuple[list[float], list[float]]:
    """Return the CPU seconds of whole letters and of bare compiles of letters alike, in turn."""
    import typst

    from services.letters import typesetting

    whole: list[float] = []
    bare: list[float] = []
    compiler = typst.Compiler(root=str(TEMPLATES), font_paths=typesetting.fonts())
    for number in range(ROUNDS + 2):
        content = _like(kind, f"26-{number:06d}-Y-01", f"26-{number:06d}-Y")
        start = time.process_time()
        typesetting.typeset(content)
        whole.append(time.process_time() - start)
        # Another letter of the same kind: of the very same one typst would remember every page.
        other = typesetting.source(_like(kind, f"27-{number:06d}-Y-01", f"27-{number:06d}-Y"))
        start = time.process_time()
        compiler.compile(input=other, format="pdf")  # type: ignore[type-var]  # its stub knows no dictionary
        bare.append(time.process_time() - start)
    return whole[2:], bare[2:]


def _in_turn() -> float:
    """Return the CPU seconds of a letter where no letter is of the kind and language of the one before."""
    from services.letters import typesetting

    every = [
        _like(kind, f"28-{number:06d}-Y-01", f"28-{number:06d}-Y", language)
        for number in range(ROUNDS // 3)
        for kind in LetterKind
        for language in Language
    ]
    start = time.process_time()
    for content in every:
        typesetting.typeset(content)
    return (time.process_time() - start) / len(every)


if __name__ == "__main__":
    sys.exit(main())
