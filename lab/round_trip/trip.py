"""The round trip itself: requests opened, letters made by real workers, posted, filled in, scanned back, compared.

What the office does it does through its own doors: orders, workers, the print run, the scan. What people, post and
machines do is the virtual post office's part (``lab.post_office``); between the two there are PDF files and pictures.
"""

import os
import shutil
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import time as hour
from datetime import timedelta
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path

from sqlalchemy import select

from lab.demo.office import DemoOffice, Instruction, Stuck
from lab.post_office.fates import ROUND_TRIP, Envelope, Odds, Piece, fate, mixed_up
from lab.post_office.filling import Wish
from lab.post_office.people import papers_of, request_of
from lab.post_office.stacks import Made, Source, Stack, make, piece_of, stacked
from lab.post_office.truth import Deviation, Truth, by_distortion, deviations, fingerprint, read_rightly
from lab.round_trip.words import say
from models.case import case
from services.returns.values import Scanned
from workflows.engine.values import Role
from workflows.law.values import Right
from workflows.letters import LetterState, RecordPosting, RecordReturn, ReturnReason
from workflows.request.payloads import Amend, Open
from workflows.request.values import CodeState

Progress = Callable[[str, int, int], None]
"""Told what is being done (a key of the words), how much of it is done, and of how much."""

MAILS = 3
"""On so many days the post brings returns."""
# One person in seven encloses a copy of an identity paper; reading a page without any code takes ten times as long.
_ENCLOSES = 7
_AT_ONCE = 25
_PATIENCE = 120.0
_LOOK_AGAIN = 0.2
_MORNING, _WORK = hour(9, 30), hour(11, 0)


@dataclass(slots=True)
class Figures:
    """What a run counted and measured; seconds are those of the wall clock on this machine."""

    packs: int = 0
    letters: int = 0
    files: int = 0
    pages: int = 0
    coded: int = 0
    read: int = 0
    enclosed: int = 0
    ruined: int = 0
    forms: int = 0
    broken: int = 0
    missing: int = 0
    doubled: int = 0
    outdated: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    distortions: dict[str, tuple[int, int]] = field(default_factory=dict)
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class _Sender:
    """Somebody with a case of theirs: what they asked for, the letter they answer, and whether that is an old one."""

    case: str
    asked: Open
    piece: Piece
    source: Source
    outdated: bool


class RoundTrip:
    """One run of so many packs under one seed."""

    def __init__(self, office: DemoOffice, packs: int, seed: int, progress: Progress, odds: Odds = ROUND_TRIP) -> None:
        """Take note; nothing is done yet."""
        self.office = office
        self.packs, self.seed, self.odds = packs, seed, odds
        self.figures = Figures(packs=packs)
        self.wrong: list[Deviation] = []
        self._progress = progress
        self._pictures = office.settings.home / "returns"
        self._made: list[Made] = []
        self._pool = draughtsmen()

    def run(self) -> Figures:
        """Live through it. ``wrong`` holds afterwards whatever was not as it should be."""
        try:
            return self._lived()
        except BaseException:
            self._pool.shutdown(wait=False, cancel_futures=True)
            for child in active_children():
                child.terminate()  # what they draw is wanted by nobody any more
            raise
        finally:
            self._pool.shutdown()

    def _lived(self) -> Figures:
        asked = self._opened()
        self._letters(1)
        senders = list(self._senders(asked))
        self._send_again([one for one in senders if one.outdated])
        envelopes = [envelope for one in senders for envelope in fate(self.seed, one.piece, self.odds).envelopes]
        # The first envelope comes on the first of the days, the last on the last.
        envelopes.sort(key=lambda one: (one.day, one.piece))
        size = -(-len(envelopes) // MAILS)
        for number in range(MAILS):
            if brought := envelopes[number * size : (number + 1) * size]:
                self._a_mail(number + 1, senders, brought)
        self._nothing_moved(senders)
        self.figures.fingerprint = fingerprint(self._made)
        return self.figures

    # -- out ----------------------------------------------------------------------------------------------------------

    def _opened(self) -> dict[str, Open]:
        """Open the requests; return them by the numbers they got."""
        begins = self.office.calendar.next_open(self.office.now().date() + timedelta(days=1))
        self.office.move_to(begins, _WORK)
        wanted = [request_of(self.seed, index, begins) for index in range(self.packs)]
        done = self._give("opening", [Instruction("open", one, Role.CLERK) for one in wanted])
        return dict(zip(done, wanted, strict=True))

    def _give(self, doing: str, instructions: Sequence[Instruction]) -> list[str]:
        """Give orders, some at a time, and return their cases; one that is not carried out is a deviation."""
        cases: list[str] = []
        with self._timed(doing):
            for start in range(0, len(instructions), _AT_ONCE):
                for outcome in self.office.give(instructions[start : start + _AT_ONCE]):
                    cases.append(outcome.case or "")
                    if outcome.outcome != "done":
                        codes = ", ".join(reason.code for reason in outcome.reasons)
                        self.wrong.append(Deviation("refused_order", f"{outcome.case} {doing}: {codes}"))
                self._progress(doing, len(cases), len(instructions))
        return cases

    def _letters(self, round_number: int) -> None:
        """Wait until the workers have made every letter; print them, and take those of this round to the post."""
        name = self.office.settings.lang
        with self._timed("letters"):
            self._await_letters(name)
        self.office.print_all(self.office.settings.home / "out")
        rows = [row for row in self.office.letters_of(self._all_cases()) if row.state == LetterState.PRINTED]
        self.figures.letters += len(rows)
        posting = [
            Instruction("record_posting", RecordPosting(letter=row.number), Role.CLERK, row.case_number)
            for row in rows
            if row.round == round_number
        ]
        self._give("posting", posting)

    def _await_letters(self, language: str) -> None:
        fresh = (LetterState.ORDERED, LetterState.MADE)
        of = sum(row.state in fresh for row in self.office.letters_of(self._all_cases()))
        left, changed = self.office.unmade(), time.monotonic()
        while left:
            self._progress("letters", of - left, of)
            # Workers are other processes: what they have done is seen in the database alone.
            time.sleep(_LOOK_AGAIN)
            now = self.office.unmade()
            if now != left:
                left, changed = now, time.monotonic()
            elif time.monotonic() - changed > _PATIENCE:
                raise Stuck(say("stuck", language, letters=left, logs=self.office.settings.logs))
        self._progress("letters", of, of)

    def _all_cases(self) -> list[str]:
        return [row.number for row in self.office.ask(select(case.c.number))]

    def _senders(self, asked: Mapping[str, Open]) -> Iterator[_Sender]:
        """Yield everybody who got a letter, with what must come back of it as the letter itself shows it."""
        today = self.office.now().date()
        paths = {row.case_number: self.office.settings.spool / row.path for row in self.office.letters_of(list(asked))}
        for index, (number, request) in enumerate(asked.items()):
            papers = papers_of(self.seed, index) if index % _ENCLOSES == 0 else ()
            piece = piece_of(number, paths[number], papers)
            envelopes = fate(self.seed, piece, self.odds).envelopes
            wish = Wish(
                language=request.language,
                subject=request.subject,
                representative=request.representative,
                rights=request.rights,
                day=today + timedelta(days=3),
                forms=tuple(piece.forms),
                documents=papers or ("drivers_licence",),
                signed=all(envelope.signed for envelope in envelopes),
                electronic=Right.DISCLOSURE in request.rights and index % 5 == 0,
            )
            outdated = any(envelope.outdated for envelope in envelopes)
            yield _Sender(number, request, piece, Source(paths[number], wish), outdated)

    def _send_again(self, senders: Sequence[_Sender]) -> None:
        """Let the post bring these letters back, so that their codes are void, and send others in their place.

        The addressee finds the first letter after all, and answers that.
        """
        self.figures.outdated = len(senders)
        if not senders:
            return
        rows = {row.case_number: row.number for row in self.office.letters_of([one.case for one in senders])}
        returns = [
            Instruction(
                "record_return",
                RecordReturn(letter=rows[one.case], reason=ReturnReason.UNKNOWN_ADDRESS),
                Role.CLERK,
                one.case,
            )
            for one in senders
        ]
        self._give("returning", returns)
        amends = [Instruction("amend", _moved(one.asked), Role.CLERK, one.case) for one in senders]
        self._give("amending", amends)
        self._letters(2)

    # -- back ---------------------------------------------------------------------------------------------------------

    def _a_mail(self, number: int, senders: Sequence[_Sender], envelopes: Sequence[Envelope]) -> None:
        """Let a day's returns arrive, be scanned, and hold what the scan says against what lies there."""
        day = self.office.calendar.add_working_days(self.office.now().date(), 2)
        self.office.move_to(day, _MORNING)
        self.office.settle()
        self.office.move_to(day, _WORK)
        opened = mixed_up(self.seed, envelopes, self.odds)
        pages = [page for envelope in opened for page in envelope.pages]
        folder = self._pictures / f"mail-{number}"
        folder.mkdir(parents=True)
        stacks = stacked(self.seed, pages, f"mail-{number}")
        with self._timed("drawing"):
            made = self._drawn(stacks, {one.case: one.source for one in senders}, folder)
        here = {page.piece for page in pages}
        truth = Truth.of(
            [one.piece for one in senders if one.case in here],
            made,
            {one.case: CodeState.VOID for one in senders if one.outdated},
        )
        with self._timed("scanning"):
            scanned = self._scan([one.path for one in made])
        found = deviations(truth, scanned)
        self.wrong += found
        self._scan_again(made, scanned)
        self._count(truth, scanned, made)
        self._made += made
        if not found:
            shutil.rmtree(folder)

    def _drawn(self, stacks: Sequence[Stack], sources: Mapping[str, Source], folder: Path) -> list[Made]:
        """Draw every file, in as many processes as there are processors."""
        jobs = [
            self._pool.submit(make, one, {page.piece: sources[page.piece] for page in one.pages}, self.seed, folder)
            for one in stacks
        ]
        for number, _ in enumerate(as_completed(jobs), 1):
            self._progress("drawing", number, len(jobs))
        return [job.result() for job in jobs]

    def _scan(self, files: Sequence[Path]) -> Scanned:
        return self.office.scan(files, lambda done, of: self._progress("scanning", done, of))

    def _scan_again(self, made: Sequence[Made], first: Scanned) -> None:
        """Scan the smallest file once more: every page of it must be known, and nothing be counted twice."""
        again = min(made, key=lambda one: (len(one.stack.pages), one.path.name))
        second = self.office.scan([again.path], lambda _done, _of: None)
        if len(second.known) != len(again.stack.pages):
            self.wrong.append(Deviation("not_known_again", again.path.name, len(again.stack.pages), len(second.known)))
        before = {(one.case, one.form): (one.missing, one.doubled) for one in first.matched}
        for one in second.matched:
            if before.get((one.case, one.form)) != (one.missing, one.doubled):
                self.wrong.append(Deviation("counted_twice", f"{one.case} {one.form}"))

    def _count(self, truth: Truth, scanned: Scanned, made: Sequence[Made]) -> None:
        figures, read = self.figures, read_rightly(truth, scanned)
        figures.files += len(made)
        figures.pages += len(truth.pages)
        figures.coded += sum(page.leaf.coded for page in truth.pages.values())
        figures.read += len(read)
        figures.ruined += sum(page.wear.ruin is not None for page in truth.pages.values())
        figures.enclosed += sum(not page.leaf.coded for page in truth.pages.values())
        forms = truth.forms.values()
        figures.forms += len(forms)
        figures.broken += sum(bool(form.missing or form.doubled) for form in forms)
        figures.missing += sum(len(form.missing) for form in forms)
        figures.doubled += sum(len(form.doubled) for form in forms)
        for name, (good, of) in by_distortion(truth, read).items():
            before = figures.distortions.get(name, (0, 0))
            figures.distortions[name] = (before[0] + good, before[1] + of)

    def _nothing_moved(self, senders: Sequence[_Sender]) -> None:
        """See that scanning moved no case: that is a person's order."""
        states = Counter(row.state for row in self.office.ask(select(case.c.state)))
        if states != Counter({"forms_mailed": len(senders)}):
            self.wrong.append(Deviation("case_moved", ", ".join(sorted(states)), len(senders), states["forms_mailed"]))
        for found in self.office.examine():
            self.wrong.append(Deviation("doctor", f"{found.case or '-'} {found.what}"))

    def _timed(self, doing: str) -> "_Timed":
        return _Timed(self.figures.seconds, doing)


def draughtsmen() -> ProcessPoolExecutor:
    """Return the processes that draw: started, never forked, when the first picture is wanted, and gone with us."""
    return ProcessPoolExecutor(mp_context=get_context("spawn"), initializer=die_with_the_parent)


def die_with_the_parent() -> None:
    """Leave an interrupt at the terminal to the parent, and end when it is gone, for whatever reason."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _moved(asked: Open) -> Amend:
    """Return the amendment by which everybody of this request lives next door."""
    subject = {"address": f"{asked.subject.address} (2)"}
    if asked.representative is None:
        return Amend(why="moved", subject=subject)
    return Amend(why="moved", subject=subject, representative={"address": f"{asked.representative.address} (2)"})


class _Timed:
    """Adds the seconds inside it to a table."""

    def __init__(self, table: dict[str, float], name: str) -> None:
        self._table, self._name, self._began = table, name, 0.0

    def __enter__(self) -> None:
        self._began = time.monotonic()

    def __exit__(self, *_: object) -> None:
        self._table[self._name] = self._table.get(self._name, 0.0) + time.monotonic() - self._began
