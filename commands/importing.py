"""``import``: many first contacts from a CSV file."""

import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from commands.context import INTERRUPTED, PENDING, call, fails, said
from commands.office import asker, staff_only, writing
from commands.output import answer, note
from commands.places import Place
from commands.shape import command, option
from commands.telling import sentences, status
from commands.terminal import drawing

if TYPE_CHECKING:
    from services.engine.order import Outcome
    from services.intake import Contact, Fault
    from services.office.staff import Asker

Tick = Callable[[int], None]


class _Import:
    """One run: what was accepted so far, and what became of it."""

    def __init__(self, source: str) -> None:
        from tasks.client import Client

        self.source = source
        self.client = Client(writing)
        self.known = 0
        self.faults: list[Fault] = []
        self.notes: list[Fault] = []
        self._lines: dict[int, int] = {}

    @property
    def opened(self) -> int:
        return sum(outcome.outcome == "done" for outcome in self.client.outcomes.values())

    @property
    def pending(self) -> int:
        return len(self.client.tickets) - len(self.client.outcomes)

    def accept(self, contacts: list["Contact"], who: "Asker") -> None:
        """Accept a chunk."""
        from services.intake import Fault
        from services.intake.importing import accept_chunk

        accepted = accept_chunk(contacts, who, self.client.accept_whoever_gave)
        self.client.notify()  # it is carried out while the next one is read
        self.known += len(accepted.known)
        self._lines |= {ticket.command_id: contact.line for contact, ticket in accepted.placed}
        self.faults += [Fault("key", said("importing.key_taken"), contact.line) for contact in accepted.taken]

    def see(self, answers: "dict[int, Outcome]") -> None:
        """Take note of what was answered."""
        from services.intake import Fault

        self.faults += [
            Fault("", " ".join(sentences(outcome.reasons)), self._lines[order])
            for order, outcome in answers.items()
            if outcome.outcome != "done"
        ]

    def document(self) -> dict[str, Any]:
        """Return the answer for programs."""
        faults = sorted(self.faults, key=lambda fault: fault.line or 0)
        listed = [{"line": fault.line, "field": fault.field, "message": fault.message} for fault in faults]
        return {"opened": self.opened, "known": self.known, "pending": self.pending, "faults": listed}

    def lines(self) -> Iterator[str]:
        """Return the answer for people."""
        from services.intake.faults import gathered

        for told in gathered(self.faults):
            yield f"{self.source}:{told}"
        yield said("importing.summary", opened=self.opened, known=self.known, faults=len(self.faults))


@command("import", words="importing.help.import")
@click.argument("file", metavar="F.csv", type=Place())
@option("--wait", metavar="SECONDS", type=click.FloatRange(min=0), default=15.0, words="importing.help.import.wait")
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

            def seen(answers: "dict[int, Outcome]") -> None:
                run.see(answers)
                done(run.opened)

            run.client.wait(wait, seen)
    except KeyboardInterrupt:
        accepted = len(run.client.tickets)
        raise fails(INTERRUPTED, "interrupted", "importing.interrupted", more=run.document(), count=accepted) from None
    from services.intake.faults import gathered

    for told in gathered(run.notes):
        note(f"{file}:{told}")
    answer(run.document(), run.lines())
    if run.pending:
        note(said("importing.waiting", count=run.pending))
        return PENDING
    return status(refused=run.faults)


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
        run.notes += row.notes
        if len(chunk) == CHUNK:
            run.accept(chunk, who)
            read(row.line)
            chunk = []
    if chunk:
        run.accept(chunk, who)
        read(chunk[-1].line)


@contextmanager
def _progress(file: str) -> Iterator[tuple[Tick, Tick]]:
    """Show two bars on a terminal: rows accepted, and cases opened."""
    if call().json or call().quiet or not sys.stderr.isatty():
        yield (lambda _: None), (lambda _: None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from services.office import caller

    try:
        with caller.reading(file) as handle, open(handle, "rb", closefd=False) as content:
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
