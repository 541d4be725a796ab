"""One case: everything about it, its deadlines explained, what is possible, who did what."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, exists, select

from models import history as histories
from models.command import command
from services.engine.loading import load
from services.engine.moments import iso
from services.engine.office import Office
from services.engine.order import Loaded
from services.engine.store import store
from services.engine.timers import STANDING_STILL, Running, running
from services.letters import letter_kinds
from services.reports.legal import legal_dates
from services.reports.words import due_name
from services.reports.worklist import Wanted, hold_of, worklist
from services.returns import papers
from workflows.engine.case import Case
from workflows.engine.deadlines import explain
from workflows.engine.values import Actor, Reason, Role
from workflows.registry import of_number
from workflows.words import say

FEW = 3
"""How many firings are listed of a deadline that would go on for ever, beyond those that are counted out."""


OF_ANY = frozenset(
    {
        "case",
        "state",
        "seq",
        "hold",
        "due_at",
        "next",
        "deadlines",
        "todo",
        "who",
        "by",
        "legal",
        "days_left",
        "overdue",
        "stalled",
        "owner",
        "opened_at",
        "closed_at",
        "definition",
        "verified_by",
        "decided_by",
        "released_by",
        "letters",
        "pages_held",
        "copies_destroyed",
    }
)
"""What `the_case` tells of a case of any procedure; the rest is its procedure's own."""


def being_opened(db: Connection, number: str) -> bool:
    """Whether the case is ordered to be opened and nobody has done so yet."""
    openers = [each.name for each in of_number(number).machine.transitions.values() if each.opens]
    waiting = exists().where(
        command.c.case_number == number, command.c.transition.in_(openers), command.c.outcome.is_(None)
    )
    return bool(db.execute(select(waiting)).scalar_one())


def the_case(db: Connection, row: Row[Any], office: Office, language: str) -> dict[str, Any]:
    """Return everything about a case that is not personal."""
    loaded = load(db, [row], office, set(of_number(row.number).machine.transitions))[row.number]
    (urgency,) = worklist(db, office, Wanted(number=row.number, states=[row.state]))
    letters = getattr(loaded.case, "letters", ())
    waiting = letter_kinds.waiting_of(db, letters)
    return {
        "case": row.number,
        "state": row.state,
        "seq": row.seq,
        "hold": hold_of(row.hold),
        "due_at": iso(row.due_at, office),
        "next": due_name(row.next, row.number),
        "deadlines": deadlines(loaded, office, language),
        "todo": row.todo,
        "who": urgency["who"],
        "by": urgency["by"],
        "legal": urgency["legal"],
        "days_left": urgency["days_left"],
        "overdue": urgency["overdue"],
        "stalled": urgency["stalled"],
        "owner": row.owner,
        "opened_at": iso(row.opened_at, office),
        "closed_at": iso(row.closed_at, office),
        "definition": f"{row.definition} {row.version}",
        "verified_by": row.verified_by,
        "decided_by": row.decided_by,
        "released_by": row.released_by,
        "letters": [
            {
                "letter": letter.number,
                "copy": letter.copy,
                "kind": str(letter.kind),
                "state": str(letter.state),
                "posted_on": None if letter.posted_on is None else letter.posted_on.isoformat(),
                "stopped": letter in waiting,
            }
            for letter in letters
        ],
        "pages_held": papers.held(db, row.id),
        "copies_destroyed": papers.destroyed(db, row.id),
        **store(row.definition).shown(db, loaded, office),
    }


def personal(db: Connection, row: Row[Any], office: Office) -> dict[str, Any]:
    """Return the people of a case and what is kept of their words; ``erased`` where the key is destroyed."""
    return dict(store(row.definition).personal(db, row, office))


# -- deadlines ------------------------------------------------------------------------------------------------------


def deadlines(loaded: Loaded, office: Office, language: str) -> list[dict[str, Any]]:
    """Return every firing to come ``{name, at, why, passed}``, the next one first; of those without end the next few.

    A legal date that has passed stays among them, as passed, for as long as what it was for is owed.
    """
    stored = {(timer.entry_seq, timer.name): timer for timer in loaded.timers}
    passed = {legal.name for legal in legal_dates(loaded.case, office) if legal.passed}
    found: list[tuple[datetime, str, Reason]] = []
    for run in running(loaded.case):
        timer = stored.get(run.key)
        if timer is not None:
            found += _firings(run, timer, loaded, office)
        elif run.deadline.name in passed and (due := run.due_at(1, loaded.case, office)) is not None:
            found.append((due, run.deadline.name, explain(run.deadline, 1, run.anchor, office.calendar)))
    found.sort(key=lambda firing: (firing[0], firing[1]))
    return [
        {
            "name": due_name(name, loaded.row.number),
            "at": iso(at, office),
            "why": say(why, language),
            "passed": name in passed,
        }
        for at, name, why in found
    ]


def _firings(run: Running, timer: Row[Any], loaded: Loaded, office: Office) -> Iterator[tuple[datetime, str, Reason]]:
    deadline = run.deadline
    last = max(len(deadline.counts), timer.fire_no - 1) + (FEW if deadline.endless else 0)
    held = run.held(loaded.case)
    today = office.calendar.today(office.now)
    for fire_no in range(timer.fire_no, last + 1):
        due = timer.due_at if fire_no == timer.fire_no else run.due_at(fire_no, loaded.case, office)
        if due is None:
            return
        due_to = explain(
            deadline, fire_no, run.anchor, office.calendar, held, today=today, promise=run.promise(loaded.case)
        )
        if fire_no == timer.fire_no and timer.put_off_until is not None and timer.put_off_until >= due:
            due_to = Reason("put_off_until", {"day": office.calendar.today(due).isoformat()})
        yield due, deadline.name, due_to
        if due >= STANDING_STILL:  # nobody can say when, nor when the ones after it are due
            return


# -- what is possible -----------------------------------------------------------------------------------------------


def why(db: Connection, row: Row[Any], office: Office, actor: Actor, only: str | None = None) -> dict[str, Any]:
    """Return what is possible now and what is missing: {possible, blocked: [(transition, reasons)], waits, dates, ...}.

    ``put_right`` says of the newest step of each kind how it is put right, should it have been recorded wrongly.

    ``stands`` is the code of how it stands, where its state alone does not say it. ``waits`` says which letters are
    kept back because their kind is stopped, ``dates`` up to which day the person may still answer and which legal
    dates have passed.

    A person who lacks a role is told so, and beside it what else would be missing for somebody who has it.
    """
    machine = of_number(row.number).machine
    case = load(db, [row], office, set(machine.transitions))[row.number].case
    possible: list[str] = []
    blocked: list[tuple[str, list[Reason]]] = []
    for transition in machine.transitions.values():
        if not transition.by_staff or transition.opens or only not in (None, transition.name):
            continue
        if only is None and transition.of_another:  # an option of another one: told where it puts something right
            continue
        unfit = transition.offered is not None and not transition.offered(case)
        if unfit and transition.only_if_offered and only is None:
            continue
        asking = office.at(actor)
        missing = machine.obstacles(case, transition, asking)
        if any(reason.code == "missing_role" for reason in missing):
            able = replace(asking, actor=Actor(actor.name, frozenset(Role) - {Role.SYSTEM}))
            missing += machine.obstacles(case, transition, able)
        if not missing and unfit:
            missing = [Reason("nothing_to_record", {"case": row.number})]
        if missing and transition.looks_back and only is None and pointless(missing):
            continue  # nothing is to be put right
        if missing:
            blocked.append((transition.command, missing))
        else:
            possible.append(transition.command)
    waits = [letter_kinds.waits(letter) for letter in letter_kinds.waiting_of(db, getattr(case, "letters", ()))]
    found = {"possible": possible, "blocked": blocked, "waits": waits, "dates": list(_dates(row, case, office))}
    of_procedure = getattr(store(row.definition), "stands", None)
    found["stands"] = None if of_procedure is None else of_procedure(case, office)
    return {**found, "put_right": list(ways_back(case)) if only is None else []}


def _dates(row: Row[Any], case: Case, office: Office) -> Iterator[Reason]:
    """Yield what the calendar says of the case: whose time runs until when, and which legal dates have passed."""
    yield from store(row.definition).dates(case, office)
    for legal in legal_dates(case, office):
        if legal.passed:
            yield Reason(f"date.{legal.name}", {"day": legal.day.isoformat(), "law": legal.article})


def ways_back(case: Case) -> Iterator[dict[str, Any]]:
    """Yield how each step of a case is put right: {seq, transition, lines}, the newest step first, one of each kind.

    What is put right by doing it again, or by a step of the ordinary way, stands among what is possible.
    """
    transitions = of_number(case.number).machine.transitions
    told: set[str] = set()
    for step in reversed(case.past.steps):
        declared = transitions.get(step.name)
        if declared is None or step.name in told:
            continue
        told.add(step.name)
        ways = [transitions[name] for name in declared.undone_by]
        lines = [
            way.line(case.number, str(step.details.get("letter", "LETTER")))
            for way in ways
            if way.looks_back and case.state in way.sources and (way.offered is None or way.offered(case))
        ]
        if lines:
            yield {"seq": step.seq, "transition": step.name, "lines": list(dict.fromkeys(lines))}


_POINTLESS = frozenset(
    {
        "no_such_way",
        "not_in_state",
        "not_on_hold",
        "regime_knows_no_extension",
        "nothing_to_record",
        "nothing_returned",
        "nothing_to_approve",
    }
)


def pointless(reasons: Iterable[Reason]) -> bool:
    """Whether nothing is missing: as the case stands, there is nothing this could be done to."""
    return any(reason.code in _POINTLESS for reason in reasons)


def waits_for_the_hold(reasons: Iterable[Reason]) -> bool:
    """Whether the hold alone is in the way, whoever asks."""
    return {reason.code for reason in reasons} - {"missing_role"} == {"on_hold"}


# -- history --------------------------------------------------------------------------------------------------------


def history(db: Connection, row: Row[Any], office: Office) -> list[dict[str, Any]]:
    """Return who did what when, by which version of the definition."""
    return [
        {
            "seq": one.seq,
            "at": iso(_moment(one.at), office),
            "transition": one.transition,
            "source": one.source,
            "target": one.target,
            "actor": one.actor,
            "cause": one.cause,
            "definition": f"{one.definition} {one.version}",
            "details": one.details,
            "hash": one.hash,
        }
        for one in histories.of_case(db, row.id)
    ]


def broken_at(db: Connection, row: Row[Any]) -> int | None:
    """Return the first row of the history that does not verify, or None where all do."""
    before, expected = "", 1
    for one in histories.of_case(db, row.id):
        told = {**{name: getattr(one, name, None) for name in histories.COVERED}, "case": row.number}
        if one.seq != expected or one.prev_hash != before or histories.chain(told) != one.hash:
            return expected
        before, expected = one.hash, expected + 1
    return None if before == row.head and expected == row.seq + 1 else expected


def _moment(micros: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
