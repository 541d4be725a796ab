"""``import``: many first contacts from a CSV file."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import click

from commands.context import INTERRUPTED, PENDING, REFUSED, call, fails, said, tongue
from commands.office import asker, looking, own_words, staff_only, writing
from commands.output import answer, in_sentences, note
from commands.places import Place, placed
from commands.shape import command, option
from commands.telling import sentences, status
from commands.terminal import drawing

if TYPE_CHECKING:
    from pathlib import Path

    from services.engine.order import Outcome
    from services.engine.orders import Ticket
    from services.intake import Contact, Fault, Sheet
    from services.office.staff import Asker
    from services.reports.imported import Imported, Row

Tick = Callable[[int], None]


class _Import:
    """One run: what was accepted so far, or looked through, and what became of it."""

    def __init__(self, source: str, *, dry_run: bool) -> None:
        from collections import Counter

        from tasks.client import Client

        self.source, self.dry_run = source, dry_run
        self.client = Client(writing)
        self.faults: list[Fault] = []
        self.known: list[Row] = []
        self.would: list[Row] = []
        self.letters: Counter[Any] = Counter()
        self.notes: list[Fault] = []
        self._lines: dict[int, int] = {}

    @property
    def opened(self) -> int:
        return sum(outcome.outcome == "done" for outcome in self.client.outcomes.values())

    @property
    def pending(self) -> int:
        return len(self.client.tickets) - len(self.client.outcomes)

    def take(self, contacts: list["Contact"], who: "Asker") -> None:
        """Accept a chunk, or look what accepting it would do."""
        if self.dry_run:
            self._look_through(contacts, who)
        else:
            self._accept(contacts, who)

    def _accept(self, contacts: list["Contact"], who: "Asker") -> None:
        from services.intake.importing import accept_chunk

        accepted = accept_chunk(contacts, who, self.client.accept_whoever_gave)
        self.client.notify()  # it is carried out while the next one is read
        self._lines |= {ticket.command_id: contact.line for contact, ticket in accepted.placed}
        cases: dict[str, str | None] = {contact.key: ticket.case for contact, ticket in accepted.placed}
        self._sort_out(accepted, cases)

    def _look_through(self, contacts: list["Contact"], who: "Asker") -> None:
        from services.engine.order import Step
        from services.intake import Fault
        from services.intake.importing import look_through
        from services.letters import events
        from services.reports import opened
        from services.reports.imported import Row

        with looking() as (db, office):
            seen = look_through(db, contacts, who, office)
        for contact, step in seen.would:
            if isinstance(step, Step):
                new = opened.would_be(step.after)
                told = tuple(step.decision.change.told)
                self.would.append(Row(contact.line, None, "would_open", told, new))
                self.letters.update(events.counted(events.of_step(step, numbered=False)))
            else:
                self.faults.append(Fault("", " ".join(sentences(step.reasons)), contact.line))
        self._sort_out(seen, {})

    def _sort_out(self, found: Any, cases: dict[str, str | None]) -> None:
        """Take note of the rows that are no new orders: known ones, doubles, and keys of something else."""
        from services.intake import Fault
        from services.reports.imported import Row

        for contact, ticket in found.known:
            if ticket.earlier is not None and ticket.earlier.outcome != "done":
                self.faults.append(self._refused_before(contact.line, ticket))
                continue
            cases[contact.key] = ticket.case
            self.known.append(Row(contact.line, ticket.case, "known"))
        self.known += [Row(contact.line, cases.get(first.key), "known") for contact, first in found.doubled]
        self.faults += [Fault("key", said("importing.key_taken"), contact.line) for contact in found.taken]

    def _refused_before(self, line: int, ticket: "Ticket") -> "Fault":
        from services.intake import Fault

        why = " ".join(sentences(ticket.earlier.reasons if ticket.earlier is not None else ()))
        return Fault("", said("importing.refused_before", why=why), line)

    def see(self, answers: "dict[int, Outcome]") -> None:
        """Take note of what was answered."""
        from services.intake import Fault

        self.faults += [
            Fault("", " ".join(sentences(outcome.reasons)), self._lines[order])
            for order, outcome in answers.items()
            if outcome.outcome != "done"
        ]

    def told(self) -> "Imported":
        """Return what became of the file."""
        from services.intake import Fault
        from services.letters import events
        from services.reports import opened
        from services.reports.imported import Imported, Row, with_news

        refused = {one.case: one for one in self.client.outcomes.values() if one.outcome != "done"}
        again = [
            row for row in self.known if row.case in refused
        ]  # they say the same as a row that was refused just now
        self.faults += [Fault("", " ".join(sentences(refused[row.case or ""].reasons)), row.line) for row in again]
        self.known = [row for row in self.known if row.case not in refused]
        rows = [*self.known, *self.would]
        for ticket in self.client.tickets:
            outcome = self.client.outcome(ticket)
            if outcome is None or outcome.outcome == "done":
                became, reasons = ("pending", ()) if outcome is None else ("opened", outcome.reasons)
                rows.append(Row(self._lines[ticket.command_id], ticket.case, became, reasons))
        done = [outcome for outcome in self.client.outcomes.values() if outcome.outcome == "done"]
        news: dict[str, opened.Opened] = {}
        if done:
            with looking() as (db, _):
                news = opened.of_cases(db, [outcome.case for outcome in done])
                for one in events.of_outcomes(db, done).values():
                    self.letters.update(events.counted(one))
        faults = sorted(self.faults, key=lambda fault: fault.line or 0)
        return Imported(self.source, with_news(rows, news), faults, self.letters, self.dry_run)


@command("import", words="importing.help.import")
@click.argument("file", metavar="F.csv", type=Place())
@option("--out", metavar="CASES.csv", type=Place(folder=False), words="importing.help.import.out")
@option("--dry-run", is_flag=True, words="importing.help.import.dry_run")
@option("--wait", metavar="SECONDS", type=click.FloatRange(min=0), default=15.0, words="importing.help.import.wait")
def import_(file: str, out: str | None, dry_run: bool, wait: float) -> int:
    """Open many cases."""
    from services.intake.faults import gathered
    from services.office import caller
    from services.reports.imported import import_csv, import_document, import_lines

    # The script starts with the collector nearly off, for a short life; this is a long one.
    gc.set_threshold(700)
    target = None if out is None else placed(out)
    run = _Import(file, dry_run=dry_run)
    try:
        _carry_out(run, file, target, wait)
    except KeyboardInterrupt:
        count, document = len(run.client.tickets), import_document(run.told())
        raise fails(INTERRUPTED, "interrupted", "importing.interrupted", more=document, count=count) from None
    told = run.told()
    for remark in gathered(run.notes):
        note(f"{file}:{remark}")
    lines = import_lines(told, tongue(), gathered(run.faults), listed=target is not None)
    answer(import_document(told), in_sentences(lines))
    unwritten = False
    if target is not None:
        try:
            caller.present().write_whole(target, import_csv(told))
        except OSError as error:
            note(said("importing.unwritable", place=target, why=tongue().why(error)))
            unwritten = True
    if run.pending:
        note(said("importing.waiting", count=run.pending))
        return PENDING
    return status(refused=run.faults or unwritten)


def _carry_out(run: _Import, file: str, target: "Path | None", wait: float) -> None:
    """Take in the whole file and wait for what was accepted."""
    from services.intake import load_sheet
    from services.office import caller

    with looking() if run.dry_run else writing() as (db, office):
        who = asker(db, office)
        staff_only(who)
    if target is not None:
        try:
            caller.present().may_write(target)
        except OSError as error:
            raise fails(
                REFUSED, "not_written", "importing.unwritable", place=target, why=tongue().why(error)
            ) from error
    sheet = load_sheet(file, language=call().language)
    with _progress(sheet, opening=not run.dry_run) as (read, done):
        _take_all(run, sheet, who, office.keys.lookup_hash, read)
        if run.dry_run:
            return

        def seen(answers: "dict[int, Outcome]") -> None:
            run.see(answers)
            done(len(run.client.outcomes))

        run.client.wait(wait, seen)


def _take_all(run: _Import, sheet: "Sheet", who: "Asker", lookup_hash: Callable[[str, str], str], read: Tick) -> None:
    """Take in the rows, a chunk at a time; *read* is told how many of them."""
    from services.intake import Fault, read_contacts
    from services.intake.importing import CHUNK

    chunk: list[Contact] = []
    faulty: set[int | None] = set()
    rows = 0
    found = read_contacts(
        sheet, hashed=lambda row: lookup_hash("import", row), language=call().language, own=cache(own_words)
    )
    for row in found:
        if isinstance(row, Fault):
            run.faults.append(row)
            faulty.add(row.line)
            continue
        chunk.append(row)
        run.notes += row.notes
        if len(chunk) == CHUNK:
            run.take(chunk, who)
            rows += len(chunk)
            read(rows + len(faulty))
            chunk = []
    if chunk:
        run.take(chunk, who)
    read(rows + len(chunk) + len(faulty))


@contextmanager
def _progress(sheet: "Sheet", *, opening: bool) -> Iterator[tuple[Tick, Tick]]:
    """Show two bars on a terminal: rows taken in, and (*opening*) cases answered."""
    if call().json or call().quiet or not sys.stderr.isatty():
        yield (lambda _: None), (lambda _: None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rows = max(sheet.rows - 1, 1)
    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*parts, console=Console(file=drawing()), transient=True) as bars:
        reading = bars.add_task(said("importing.bar.rows"), total=rows)
        opened = bars.add_task(said("importing.bar.opened"), total=rows, visible=opening)
        yield (
            lambda count: bars.update(reading, completed=min(count, rows)),
            lambda count: bars.update(opened, completed=min(count, rows)),
        )
