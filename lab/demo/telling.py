"""Tells every story at the same time, side by side, day by day on the office's clock.

The mornings belong to the clock: at 9:30 beat and worker do what has become due. Then the day's envelopes are opened,
the staff do what the stories say, and the letters are printed, posted and, if the story wants it, come back.
"""

import re
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lab.demo.departments import choose, instruction
from lab.demo.office import OPENING, WORK, DemoOffice, Instruction
from lab.demo.returns import Pack, Returns
from lab.demo.words import say
from lab.stories import CHOICES, FOLDER, Step, Story, dated
from models.case import case
from models.history import history, micros
from models.incident import notice
from services.engine.order import Outcome
from services.intake import BadInput, load_file, parse
from workflows.engine.calendars import Calendar
from workflows.engine.numbers import RANDOM_BYTES, make_code, print_code
from workflows.letters import LetterState, RecordPosting, RecordReturn
from workflows.request.payloads import Open
from workflows.request.procedure import CLOSED, request
from workflows.words import noun, say_all

# As every form shows it: four groups of four and a check character.
_CODE = re.compile(r"Code: ((?:[0-9A-Z]{4}-){4}[0-9A-Z])")
_ARRIVALS = ("receive_forms", "reopen")
_PAPER = ("post", "print")
_UNPOSTED = (LetterState.ORDERED, LetterState.MADE, LetterState.PRINTED)


@dataclass(slots=True)
class Told:
    """One story as far as it has been told.

    ``codes`` are its form codes, a round each: read from its letters or, where the forms come back through the scanner,
    found by the scan and by nobody else. ``forms`` is the newest letter with forms, as it was printed. ``searches`` are
    the numbers of what departments are asked for it, by department.
    """

    story: Story
    contact: Open
    days: tuple[date, ...]
    number: str | None = None
    next: int = 0
    codes: list[str] = field(default_factory=list)
    broken: bool = False
    forms: Path | None = None
    searches: dict[str, str] = field(default_factory=dict)

    @property
    def case(self) -> str:
        """The number of its case, or a dash."""
        return self.number or "-"

    @property
    def comes_scanned(self) -> bool:
        """Whether the next envelope comes through the scanner."""
        arrivals = (step for step in self.story.steps[self.next :] if step.do in _ARRIVALS)
        return next((step.scan is not None for step in arrivals), False)

    def due(self, day: date) -> Step | None:
        """Return the step to take on *day*, if there is one."""
        if self.broken or self.next >= len(self.days) or self.days[self.next] > day:
            return None
        return self.story.steps[self.next]


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one day: how often each transition, how many notices; and the cases closed by then."""

    day: date
    done: Mapping[str, int]
    notices: int
    closed: int


class Telling:
    """All stories of one run, and whatever goes otherwise than they say (``deviations``)."""

    def __init__(self, office: DemoOffice, stories: Sequence[Story], out: Path, samples: Path = FOLDER) -> None:
        """Count the days of every story from the first day that has a morning left."""
        self.office = office
        self.samples = samples
        self.out = out
        self.language = office.settings.lang
        self.deviations: list[str] = []
        self.batches: list[Path] = []
        self.returns = Returns(office, office.settings.home / "returns", self.language)
        self._calendar = office.calendar
        self._zone = ZoneInfo(self._calendar.zone)
        now = office.now()
        first = now.date() if now.time() < OPENING else now.date() + timedelta(days=1)
        self.begins = self._tomorrow = self._calendar.next_open(first)
        self.tales = [_begun(one, office, days_of(one, self.begins, self._calendar)) for one in stories]
        self.ends = max(tale.days[-1] for tale in self.tales)

    def tell(self, on_day: Callable[[Day], None], until: date | None = None) -> None:
        """Live through every working day until the last story has ended, or only until a day; called again, go on."""
        while self._tomorrow <= (until or self.ends):
            today, self._tomorrow = self._tomorrow, self._calendar.add_working_days(self._tomorrow, 1)
            on_day(self._live(today))

    def go_on(self, until: date) -> None:
        """Let time pass without anybody doing anything; at its end the papers nobody needs any more are shredded."""
        day = self._calendar.add_working_days(self.ends, 1)
        while day <= until:
            self.office.move_to(day, OPENING)
            self.office.settle()
            day = self._calendar.add_working_days(day, 1)
        answered = [tale for tale in self.tales if tale.case in self.returns.cases]
        if answered and not any(tale.broken for tale in answered):
            self.office.end_copies()
        if not any(tale.broken for tale in self.tales):
            self.office.end_papers()

    # -- one day --------------------------------------------------------------------------------------------------

    def _live(self, day: date) -> Day:
        self.office.move_to(day, OPENING)
        self.office.settle()
        self.office.move_to(day, WORK)
        while due := [(tale, step) for tale in self.tales if (step := tale.due(day)) is not None]:
            for tale, step in due:
                if step.expect is not None:
                    self._expect(tale, step, day)
            self._scan([(tale, step) for tale, step in due if step.scan is not None], day)
            acts = [(tale, step) for tale, step in due if step.do not in (None, *_PAPER) and not tale.broken]
            if acts:
                self._act(acts, day)
            elif posts := [(tale, step) for tale, step in due if step.do in _PAPER]:
                self._post(posts, day)
        return self._happened(day)

    def _scan(self, arrived: Sequence[tuple[Told, Step]], day: date) -> None:
        """Put the day's envelopes through the scanner, all mixed, and note the code it found for each case."""
        packs = [
            Pack(tale.case, tale.contact, tale.forms, step.file or {}, step.scan)
            for tale, step in arrived
            if tale.forms is not None and step.scan is not None
        ]
        found = self.returns.bring(packs, day) if packs else {}
        for tale, _ in arrived:
            if tale.case in found:
                tale.codes.append(found[tale.case])
            else:
                self._break(tale, "code_not_found", day=day)

    def _expect(self, tale: Told, step: Step, day: date) -> None:
        """See that the clock did by itself what the story says it does this morning."""
        since = micros(datetime.combine(day, OPENING, self._zone))
        number = tale.number if step.of is None else tale.searches[step.of]
        struck = select(history.c.seq).join(case, case.c.id == history.c.case_id)
        if not self.office.ask(
            struck.where(case.c.number == number, history.c.transition == step.expect, history.c.at >= since)
        ):
            self._deviate(tale, "clock_silent", day=day, step=f"transition.{step.expect}")
        tale.next += 1

    def _act(self, acts: Sequence[tuple[Told, Step]], day: date) -> None:
        """Let the staff do one step of each of these stories, and see how each turned out."""
        instructions: list[Instruction] = []
        given: list[tuple[Told, Step]] = []
        for tale, step in acts:
            if step.do in CHOICES and step.of is not None:
                if wrong := choose(self.office, tale.case, tale.searches[step.of], step):
                    self._break(
                        tale, "refused_step", day=day, step=step.do, why=" ".join(say_all(wrong, self.language))
                    )
                tale.next += 1
                continue
            try:
                instructions.append(self._instruction(tale, step, day))
            except BadInput as bad:
                self._break(tale, "bad_step", day=day, step=_named(step, self.language), why=bad)
            else:
                given.append((tale, step))
        for (tale, step), outcome in zip(given, self.office.give(instructions), strict=True):
            if step.do == "ask":
                tale.searches[step.of or ""] = outcome.case
            elif step.of is None:
                tale.number = outcome.case
            if self._done(tale, _named(step, self.language), day, outcome):
                self._see_the_hold(tale, step, day)
                tale.next += 1
        self.office.settle()

    def _instruction(self, tale: Told, step: Step, day: date) -> Instruction:
        """Return the order that carries this step out. Raises BadInput."""
        name = step.do or ""
        if name == "open":
            return Instruction("open", tale.contact, step.by)
        if step.of is not None:
            return instruction(self.office, tale.case, tale.searches, step, day, self.samples)
        given: dict[str, Any] = dated({**(step.file or {}), **step.options}, day)
        if name == "returned":
            posted = [row.number for row in self.office.letters_of([tale.case]) if row.state == LetterState.POSTED]
            payload: Any = parse(RecordReturn, {"letter": posted[-1], **given}, language=self.language)
            return Instruction("record_return", payload, step.by, tale.number)
        if name in _ARRIVALS:
            given["code"] = self._code(tale, step)
        kind = request.transitions[name].payload
        payload = parse(kind, given, language=self.language, own=self.office.own_words)
        return Instruction(name, payload, step.by, tale.number)

    def _code(self, tale: Told, step: Step) -> str | None:
        """Return the code the clerk types in: from the form of this round, or whatever else the envelope held."""
        match step.code:
            case "missing":
                return None
            case "old":
                return tale.codes[-2]
            case "wrong":
                return print_code(make_code(secrets.token_bytes(RANDOM_BYTES)))
            case "foreign":
                return next(other.codes[-1] for other in self.tales if other is not tale and other.codes)
            case _:
                return tale.codes[-1]

    def _done(self, tale: Told, step: str, day: date, outcome: Outcome) -> bool:
        if outcome.outcome == "done":
            return True
        why = " ".join(say_all(outcome.reasons, self.language)) or outcome.outcome
        self._break(tale, "refused_step", day=day, step=step, why=why)
        return False

    def _see_the_hold(self, tale: Told, step: Step, day: date) -> None:
        """See that the system holds the case exactly where the story says so."""
        (row,) = self.office.ask(select(case.c.hold).where(case.c.number == tale.number))
        found = row.hold["code"] if row.hold and row.hold["by"] == "system" else None
        if found != step.held:
            wanted, there = (noun(f"hold.{code}", self.language) if code else "-" for code in (step.held, found))
            self._deviate(tale, "held_otherwise", day=day, wanted=wanted, found=there)

    # -- the post -------------------------------------------------------------------------------------------------

    def _post(self, posts: Sequence[tuple[Told, Step]], day: date) -> None:
        """Print what was made, read the codes a person would find on the forms, and take the letters to the post."""
        self.office.settle()
        printed = self.office.print_all(self.out)
        if printed.merged is not None:
            self.batches.append(printed.merged)
        rows: dict[str, list[Any]] = {}
        for row in self.office.letters_of([tale.case for tale, _ in posts]):
            if row.state == LetterState.PRINTED:
                rows.setdefault(row.case_number, []).append(row)
        instructions: list[Instruction] = []
        given: list[tuple[Told, Step]] = []
        for tale, step in posts:
            if not rows.get(tale.case):
                self._break(tale, "nothing_to_post", day=day)
            for row in rows.get(tale.case, ()) if step.do == "post" else ():
                if row.round is not None:
                    self._read_code(tale, row)
                given.append((tale, step))
                payload = parse(RecordPosting, {"letter": row.number, **step.options}, language=self.language)
                instructions.append(Instruction("record_posting", payload, step.by, tale.number))
        for (tale, step), outcome in zip(given, self.office.give(instructions), strict=True):
            self._done(tale, _named(step, self.language), day, outcome)
        for tale, _ in posts:
            tale.next += not tale.broken

    def _read_code(self, tale: Told, row: Any) -> None:
        """Read the code from the printed letter, which is the only place where it stands in clear."""
        tale.forms = self.office.settings.spool / row.path
        if tale.comes_scanned:
            return
        code = code_on(tale.forms)
        if code is None:
            self.deviations.append(say("code_unreadable", self.language, letter=row.number))
        else:
            tale.codes.append(code)

    # -- what came of it ------------------------------------------------------------------------------------------

    def _happened(self, day: date) -> Day:
        opening = datetime.combine(day, OPENING, self._zone)
        rows = self.office.ask(select(history.c.transition).where(history.c.at >= micros(opening)))
        notices = self.office.ask(select(notice.c.id).where(notice.c.at >= opening))
        closed = self.office.ask(select(case.c.id).where(case.c.state.in_(CLOSED)))
        return Day(day, Counter(row.transition for row in rows), len(notices), len(closed))

    def _break(self, tale: Told, code: str, **params: object) -> None:
        """Note a deviation after which this story cannot go on; the others do."""
        tale.broken = True
        self._deviate(tale, code, **params)

    def _deviate(self, tale: Told, code: str, **params: object) -> None:
        self.deviations.append(say(code, self.language, story=tale.story.name, case=tale.case, **params))


def _begun(story: Story, office: DemoOffice, days: tuple[date, ...]) -> Told:
    """Return a story not yet begun; what stands in the contact's file of ``today`` is the day it comes."""
    data = dated(load_file(story.contact), days[0])
    return Told(story, parse(Open, data, own=office.own_words), days)


def days_of(story: Story, begins: date, calendar: Calendar) -> tuple[date, ...]:
    """Return the day of each step of a story told from that day on."""
    days: list[date] = []
    day = begins
    for step in story.steps:
        day = calendar.add_working_days(day, step.after) if step.after else calendar.next_open(day)
        days.append(day)
    return tuple(days)


def code_on(path: Path) -> str | None:
    """Return the form code that a letter shows in print."""
    from pypdfium2 import PdfDocument

    with PdfDocument(path) as letter:
        for page in letter:
            found = _CODE.search(page.get_textpage().get_text_range())
            if found is not None:
                return found[1]
    return None


def _named(step: Step, language: str) -> str:
    name = {"post": "record_posting", "returned": "record_return"}.get(step.do or "", step.do or step.expect or "")
    return noun(f"transition.{name}", language)
