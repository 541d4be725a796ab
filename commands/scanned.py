"""``receive-forms --scanned``: what the scanner left, registered case by case in one go.

Each case is an order of its own, so what is registered is registered, and whoever begins again goes on with the rest.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.asking import Conversation, Left, Subject
from commands.context import DONE, INTERRUPTED, PENDING, REFUSED, WRONG, call, fails, interactive, said, tongue
from commands.interview import here, tried
from commands.office import asker, case_named, find_case, looking, own_words, staff_only, writing
from commands.output import answer, drawn, note, tell_faults
from commands.places import placed
from commands.prompting import line, tell, to_type
from commands.telling import sentences
from workflows.engine.hints import Seen
from workflows.request.procedure import PROCEDURE
from workflows.request.returns import Next

if TYPE_CHECKING:
    from commands.transitions import Ways
    from services.returns.arrivals import Arrival


class Stopped(Exception):
    """The person goes on another time."""


def walk(case: str | None, out: str | None, ways: "Ways") -> int:
    """Go through what waits, or through one case of it; return the exit status."""
    if not interactive():
        raise fails(
            WRONG,
            "terminal_needed",
            "scanned.terminal",
            more={"faults": [{"line": None, "field": "--scanned", "message": said("scanned.terminal")}]},
        )
    if ways.key is not None:
        from services.intake import Fault

        raise tell_faults([Fault("--key", said("scanned.no_key"))])
    numbers = _waiting(None if case is None else case_named(case, PROCEDURE.name))
    if not numbers:
        answer([], [said("scanned.nothing")])
        return DONE
    going = _Walk(None if out is None else placed(out), ways)
    try:
        for position, number in enumerate(numbers, 1):
            going.one(number, f"{position}/{len(numbers)}")
    except Stopped:
        pass
    except (KeyboardInterrupt, click.Abort):
        raise fails(INTERRUPTED, "interrupted", "scanned.interrupted", done=going.done) from None
    return going.told(len(_waiting(None)))


def _waiting(case: str | None) -> list[str]:
    from services.returns import arrivals

    with looking() as (db, office):
        staff_only(asker(db, office))
        found = arrivals.waiting(db)
    return found if case is None else [number for number in found if number == case]


class _Walk:
    """One walk: what it has come to."""

    def __init__(self, out: Path | None, ways: "Ways") -> None:
        """Keep how orders are given; *out* is where pictures are to stay."""
        self.out, self.ways = out, ways
        self.done, self.refused, self.pending = 0, 0, 0

    def one(self, number: str, head: str) -> None:
        """Register one case, or leave it. Raises Stopped."""
        found = self._looked_up(number, head)
        while found is not None:
            typed = line(said("scanned.what"), "").casefold()
            if typed == "q":
                raise Stopped
            if typed == "s":
                return
            if typed == "v":
                self._pictures(number)
            elif typed:
                tell(f"  {said('scanned.what_how')}")
            elif self._registered(number, found):
                return

    def _looked_up(self, number: str, head: str) -> "Arrival | None":
        """Show what the scanner left of a case; None where there is nothing a person could register now."""
        from services.reports.scans import arrival_page
        from services.returns import arrivals

        with looking() as (db, office):
            row = find_case(db, number)
            found = arrivals.of_case(db, row, office)
        if found is None:  # a colleague was faster
            return None
        click.echo("", err=True)
        for piece in arrival_page(found.returned, found.forms, head, tongue()):
            for shown in drawn(piece):
                click.echo(shown, err=True)
        if found.returned.next in (Next.POST_FIRST, Next.RECEIVED_ALREADY, Next.CLOSED):
            if found.returned.next is Next.POST_FIRST:
                to_type(f"./admin.py mail-forms {number}")
            return None
        return found

    def _registered(self, number: str, found: "Arrival") -> bool:
        """Ask, and give the order; return whether the walk goes on, False where the person wants to look again."""
        from commands.ordering import Step, give
        from services.engine.loading import load
        from services.intake import parse
        from services.returns.ready import COMMANDS

        command = COMMANDS[found.returned.next].replace("-", "_")
        transition = PROCEDURE.machine.transitions[command]
        with looking() as (db, office):
            who = asker(db, office)
            view = load(db, [find_case(db, number)], office, {transition.name})[number].case
            missing = PROCEDURE.machine.obstacles(view, transition, office.at(who.actor))
            seen = Seen(view, here(office), call().language)
        if missing:
            for sentence in sentences(missing):
                tell(f"! {sentence}")
            return True
        subject = Subject(transition.payload, PROCEDURE.name, f"{number}.{transition.command}")
        talk = Conversation(subject, seen, found.answers, instructed=not self.done)
        try:
            data = talk.held(lambda data: tried(PROCEDURE, transition, number, data))
        except Left:
            return False
        step = Step(
            PROCEDURE, transition, parse(transition.payload, data, language=call().language, own=own_words), number
        )
        self._count(give(step, key=None, wait=self.ways.wait))
        for after in self._after(found):
            to_type(after)
        return True

    def _count(self, status: int) -> None:
        self.done += status in (DONE, PENDING)
        self.pending += status == PENDING
        self.refused += status == REFUSED

    def _after(self, found: "Arrival") -> Iterator[str]:
        from services.returns.ready import MISSING, ask_line

        if found.returned.next in MISSING:
            yield ask_line(found.returned, call().language)

    def _pictures(self, number: str) -> None:
        """Show where the pages of a case can be looked at: a window, or a path; each look is recorded."""
        from services.office import caller
        from services.returns import papers
        from services.returns.store import PageDamaged

        try:
            with writing() as (db, office):
                pages = list(papers.pages(db, find_case(db, number), asker(db, office).actor, office))
            for page in pages:
                if self.out is not None:
                    caller.present().write_whole(self.out / page.name, page.picture)
                    tell(f"  {self.out / page.name}")
                else:
                    place, opened = caller.present().show(page.name, page.picture)
                    tell(f"  {place}{said('scanned.window') if opened else ''}")
        except papers.Erased:
            tell(f"! {said('scanned.erased')}")
        except PageDamaged as damaged:
            tell(f"! {said('scanned.damaged', page=damaged)}")
        except OSError as error:
            tell(f"! {said('scanned.not_shown', why=tongue().why(error))}")

    def told(self, left: int) -> int:
        """Say what the walk came to, and return the exit status."""
        document: dict[str, Any] = {"registered": self.done, "refused": self.refused, "left": left}
        answer(document, [said("scanned.done", done=self.done, left=left)])
        if left:
            note(said("scanned.again"))
        return REFUSED if self.refused else PENDING if self.pending else DONE
