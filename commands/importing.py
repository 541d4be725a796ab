"""``import``: many first contacts from a CSV file."""

import gc
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, INTERRUPTED, PENDING, REFUSED, Failure, call, said
from commands.office import asker, looking, staff_only, writing
from commands.output import answer, note
from commands.shape import Command, Option
from commands.terminal import drawing
from workflows.words import say_all

if TYPE_CHECKING:
    from services.engine.orders import Ticket
    from services.intake import Contact, Fault
    from services.office.staff import Asker

RUNG_ONE_BY_ONE = 100
"""Up to so many openings get a bell each; of more, the sweep carries out hundreds at a time, in nobody's way."""

Tick = Callable[[int], None]


class _Import:
    """One run: what was accepted so far, and what became of it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.opened = self.known = 0
        self.faults: list[Fault] = []
        self.waiting: list[list[tuple[Contact, Ticket]]] = []

    @property
    def pending(self) -> int:
        return sum(map(len, self.waiting))

    def accept(self, contacts: list["Contact"], who: "Asker") -> None:
        """Accept a chunk."""
        from services.intake import Fault
        from services.intake.importing import accept

        accepted = accept(contacts, who, writing)
        self.known += len(accepted.known)
        message = said("importing.key_taken")
        self.faults += [Fault("key", message, contact.line) for contact in accepted.taken]
        if accepted.placed:
            self.waiting.append(accepted.placed)

    def look(self) -> bool:
        """See what was answered since; return whether anything was."""
        from services.intake import Fault
        from services.intake.importing import answers

        before, left = self.pending, []
        for chunk in self.waiting:
            with looking() as (db, _):
                found = answers(db, [ticket for _, ticket in chunk])
            for contact, ticket in chunk:
                done, reasons = found.get(ticket.command_id, (None, ()))
                self.opened += done is True
                if done is False:
                    self.faults.append(Fault("", " ".join(say_all(reasons, call().language)), contact.line))
            rest = [(contact, ticket) for contact, ticket in chunk if ticket.command_id not in found]
            if rest:
                left.append(rest)
        self.waiting = left
        return self.pending < before

    def document(self) -> dict[str, Any]:
        """Return the answer for programs."""
        faults = sorted(self.faults, key=lambda fault: fault.line or 0)
        listed = [{"line": fault.line, "field": fault.field, "message": fault.message} for fault in faults]
        return {"opened": self.opened, "known": self.known, "pending": self.pending, "faults": listed}

    def lines(self) -> Iterator[str]:
        """Return the answer for people."""
        for fault in sorted(self.faults, key=lambda fault: fault.line or 0):
            yield f"{self.source}:{fault}"
        yield said("importing.summary", opened=self.opened, known=self.known, faults=len(self.faults))


@click.command(
    "import",
    cls=Command,
    words="importing.help.import",
    examples=("./admin.py import contacts.csv", "./admin.py import contacts.csv --wait 60 --json"),
)
@click.argument("file", metavar="F.csv", type=click.Path())
@click.option(
    "--wait",
    cls=Option,
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    default=15.0,
    words="importing.help.import.wait",
)
def import_(file: str, wait: float) -> int:
    """Open many cases."""
    # The script starts with the collector nearly off, for a short life; this is a long one.
    gc.set_threshold(700)
    run = _Import(file)
    try:
        with writing() as (db, office):
            who = asker(db, office)
            staff_only(who)
        with _progress(file) as (read, done):
            _accept_all(run, file, who, office.keys.lookup_hash, read)
            _await(run, wait, done)
    except KeyboardInterrupt:
        raise Failure(
            INTERRUPTED,
            "interrupted",
            said("importing.interrupted", count=run.opened + run.pending),
            **run.document(),
        ) from None
    answer(run.document(), run.lines())
    if run.pending:
        note(said("importing.waiting", count=run.pending))
        return PENDING
    return REFUSED if run.faults else DONE


def _accept_all(run: _Import, file: str, who: "Asker", lookup_hash: Callable[[str, str], str], read: Tick) -> None:
    from services.intake import Fault, read_contacts
    from services.intake.importing import CHUNK

    chunk: list[Contact] = []
    rows: Iterable[Contact | Fault] = read_contacts(
        file, hashed=lambda row: lookup_hash("import", row), language=call().language
    )
    for row in rows:
        if isinstance(row, Fault):
            run.faults.append(row)
            continue
        chunk.append(row)
        if len(chunk) == CHUNK:
            run.accept(chunk, who)
            read(row.line)
            chunk = []
    if chunk:
        run.accept(chunk, who)
        read(chunk[-1].line)
    if 0 < run.pending <= RUNG_ONE_BY_ONE:
        _ring([ticket for chunk in run.waiting for _, ticket in chunk])


def _ring(tickets: list["Ticket"]) -> None:
    from commands.doorbell import ring
    from tasks.bell import order_bell

    ring([order_bell(ticket.transition, ticket.task_id, ticket.case, ticket.command_id) for ticket in tickets])


def _await(run: _Import, wait: float, done: Tick) -> None:
    """Wait for the outcomes as long as there is progress."""
    from sqlalchemy.exc import SQLAlchemyError

    until = time.monotonic() + wait
    while run.pending:
        try:
            some = run.look()
        except SQLAlchemyError:  # accepted is accepted: a database that is busy now only delays the answer
            some = False
        if some:
            until = time.monotonic() + wait
            done(run.opened)
        elif time.monotonic() >= until:
            return
        if run.pending:
            time.sleep(0.1)


@contextmanager
def _progress(file: str) -> Iterator[tuple[Tick, Tick]]:
    """Show two bars on a terminal: rows accepted, and cases opened."""
    if call().json or call().quiet or not sys.stderr.isatty():
        yield (lambda _: None), (lambda _: None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    try:
        with Path(file).open("rb") as content:
            rows = max(sum(chunk.count(b"\n") for chunk in iter(lambda: content.read(1 << 20), b"")) - 1, 1)
    except OSError:  # told with its reason by whoever reads it
        rows = 1
    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*parts, console=Console(file=drawing()), transient=True) as bars:
        reading = bars.add_task(said("importing.bar.accepted"), total=rows)
        opening = bars.add_task(said("importing.bar.opened"), total=rows)
        yield (
            lambda line: bars.update(reading, completed=min(line - 1, rows)),
            lambda opened: bars.update(opening, completed=opened),
        )
