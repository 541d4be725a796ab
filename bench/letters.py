"""``make bench-letters``: letters through the real prefork worker, beside the bare typesetter on the same sources.

A desk of its own makes letters of two pages in Japanese; what is counted is from the bell to the last row that says
made, and the memory of the worker's children meanwhile. Then each kind is typeset in this process, in turn with a bare
compile of the very same source, so that a drift of the machine hits both.
"""

import os
import platform
import pwd
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

import psutil
from rich.console import Console
from rich.table import Table
from sqlalchemy import select, update

from bench.latency import opened
from services.typst_source import TEMPLATES
from settings import load
from workflows.plain import to_plain
from workflows.values import Language, LetterContent, LetterKind

LETTERS = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
ROUNDS = 30


def main() -> int:
    """Start a desk of its own, measure, and print the tables."""
    from desk.supervisor import Desk

    with tempfile.TemporaryDirectory(prefix="mg-bench-") as home:
        environ = {"MADOGUCHI_HOME": home, "MADOGUCHI_LANG": "en", "MADOGUCHI_FLOWER_PORT": "0"}
        if url := os.environ.get("MADOGUCHI_DATABASE_URL"):
            environ["MADOGUCHI_DATABASE_URL"] = url
        os.environ.update(environ)
        with Desk(load(environ), with_flower=False):
            opened(environ)  # the first order makes whoever runs this a member of staff
        _prepare(LETTERS)
        with Desk(load(environ), with_flower=False) as desk:
            rate, peak = _through_the_worker(desk.pids()["desk2"])
    kinds = {kind: _beside_the_bare(kind) for kind in LetterKind}
    _show(rate, peak, kinds)
    return 0


def _prepare(count: int) -> None:
    """Open cases whose letters wait, each letter replaced by one of two pages in Japanese."""
    from clock import office_now
    from models.case import reserve_numbers
    from models.effect import effect
    from models.session import transaction
    from services import orders
    from services.office import the_office
    from workflows.payloads import Open
    from workflows.values import Category, Channel, Person, Right

    who = pwd.getpwuid(os.getuid()).pw_name
    with transaction() as db:
        office = the_office(db, office_now(db))
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
            sealed = key.seal_json("effect", "sealed", f"{row.subject}/1", to_plain(content))
            db.execute(update(effect).where(effect.c.id == row.id).values(sealed=sealed))


def _like(kind: LetterKind, number: str, case: str) -> LetterContent:
    """Return a letter of that kind which differs from others of it as letters do: number, case, name and address."""
    from desk.letters_sheet import a_letter

    content = a_letter(kind, Language.JA)
    name = f"見本 {case}"
    addressee = replace(content.addressee, name=name, address=f"東京都千代田区架空町{case}")
    return replace(content, number=number, case=case, subject_name=name, addressee=addressee)


def _through_the_worker(worker: int) -> tuple[float, float]:
    """Return letters a second, and the most memory (MB, PSS) any child had meanwhile."""
    from models.effect import effect
    from models.session import reading
    from tasks.bell import letter_bell, ring

    waiting = select(effect.c.id, effect.c.case_number).where(effect.c.state == "waiting")
    with reading() as db:
        rows = db.execute(waiting).all()
    # The sweep may have rung for some already: what counts is how many become fewer, from here on.
    start, first = time.perf_counter(), len(rows)
    ring(letter_bell(row.case_number, row.id) for row in rows)
    peak = 0.0
    while True:
        with reading() as db:
            left = len(db.execute(waiting).all())
        for child in psutil.Process(worker).children(recursive=True):
            with suppress(psutil.NoSuchProcess):  # replaced meanwhile
                peak = max(peak, child.memory_full_info().pss / 1e6)
        if not left:
            return first / (time.perf_counter() - start), peak
        time.sleep(0.2)


def _beside_the_bare(kind: LetterKind) -> tuple[list[float], list[float]]:
    """Return the CPU seconds of whole letters and of bare compiles of letters alike, in turn."""
    import typst

    from services import typesetting

    whole: list[float] = []
    bare: list[float] = []
    fonts = typesetting.fonts()
    for number in range(ROUNDS + 1):
        content = _like(kind, f"26-{number:06d}-Y-01", f"26-{number:06d}-Y")
        start = time.process_time()
        typesetting.typeset(content)
        whole.append(time.process_time() - start)
        # Another letter of the same kind: of the very same one typst would remember every page.
        other = typesetting.source(_like(kind, f"27-{number:06d}-Y-01", f"27-{number:06d}-Y"))
        start = time.process_time()
        typst.Compiler(input=other, root=str(TEMPLATES), font_paths=fonts).compile(format="pdf")
        bare.append(time.process_time() - start)
    return whole[1:], bare[1:]


def _show(rate: float, peak: float, kinds: Mapping[LetterKind, tuple[list[float], list[float]]]) -> None:
    table = Table(title=f"Letters, {os.cpu_count()} cores, Python {platform.python_version()}")
    for title in ("what", "CPU ms", "p95", "bare compile", "ratio"):
        table.add_column(title, justify="left" if title == "what" else "right")
    for kind, (whole, bare) in kinds.items():
        middle, base = statistics.median(whole), statistics.median(bare)
        late = sorted(whole)[int(len(whole) * 0.95)]
        table.add_row(kind, *(f"{s * 1000:.1f}" for s in (middle, late, base)), f"{middle / base:.2f} x")
    Console().print(table)
    Console().print(f"{LETTERS} letters of two pages through the worker: {rate:.1f}/s; a child at most {peak:.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
