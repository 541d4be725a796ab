"""What a person must do next in a case, kept in its row: written by whatever changes it, so that no list works it out.

It follows from the case, its letters, what lies scanned and the calendar (`workflows.engine.jobs`): `columns` says it
of a case as it stands. A step writes them with all else it writes; what changes a case outside of one (a letter
printed, a page scanned, a day of the calendar) does so by `told_anew`.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row

from models import case as cases
from services.engine.loading import load
from services.engine.office import Office
from services.engine.order import Loaded
from services.engine.timers import STANDING_STILL, Running, running
from workflows.engine.case import Case
from workflows.engine.jobs import Job, Todo, Within
from workflows.registry import known, of_number

AT_REST: Mapping[str, Any] = {"todo": None, "todo_by": None, "legal_at": None, "press_at": None, "pressing": False}
"""The same columns of a case that was erased."""


def columns(case: Case, due_at: datetime | None, office: Office) -> dict[str, Any]:
    """Return the columns of the case's row that say what is to be done and by when; *due_at* is its next moment."""
    if case.erased:
        return dict(AT_REST)
    jobs, runs = of_number(case.number).jobs, list(running(case))
    todo = jobs.next(case)
    by = None if todo is None or todo not in jobs.kinds else _by(jobs.kinds[todo], case, runs, office)
    law = min((at for _, at in legal(case, office, runs)), default=None)
    people = min((at for at in (by, law) if at is not None), default=None)
    return {
        "todo": None if todo is None else str(todo),
        "todo_by": by,
        "legal_at": law,
        **_press(todo, people, due_at),
    }


def _press(todo: Todo | None, people: datetime | None, due_at: datetime | None) -> dict[str, Any]:
    """Return by when the case presses, and whether that is a moment of people's: a job's term or a date of the law.

    Where it is nobody's turn, and the law's date is not the next thing to come, that is the clock's next moment.
    """
    if people is not None and (todo is not None or due_at is None or people <= due_at):
        return {"press_at": people, "pressing": True}
    return {"press_at": due_at, "pressing": False}


def _by(job: Job, case: Case, runs: Iterable[Running], office: Office) -> datetime | None:
    """Return the office's term of a job, the first firing of the earliest of its deadlines; None: nobody can say."""
    named = {term for term in job.terms if isinstance(term, str)}
    found = [run.due_at(1, case, office) for run in runs if run.deadline.name in named]
    for term in job.terms:
        since: date | None = getattr(case, term.since) if isinstance(term, Within) else None
        if isinstance(term, Within) and since is not None:
            found.append(office.calendar.opening(office.calendar.add_working_days(since, term.working_days)))
    return min((at for at in found if at is not None and at < STANDING_STILL), default=None)


def legal(case: Case, office: Office, runs: Iterable[Running]) -> Iterator[tuple[Running, datetime]]:
    """Yield the law's dates that run for a case with their moments, passed or not; warnings of them are none."""
    clocks = of_number(case.number).machine.clocks
    for run in runs:
        clock = clocks.get(run.deadline.name)
        if clock is None or not clock.legal or clock.warns:
            continue
        at = run.due_at(1, case, office)
        if at is not None and at < STANDING_STILL:  # what stops it has no end yet: nobody can say when
            yield run, at


def told_anew(db: Connection, rows: Iterable[Row[Any]], office: Office) -> int:
    """Write what is to be done in these cases, whose rows are locked and current; return in how many it is another."""
    versions = dict(known())
    ours = [row for row in rows if row.version <= versions.get(row.definition, 0)]  # the others are newer code's
    return written(db, load(db, ours, office), office)


def written(db: Connection, loaded: Mapping[str, Loaded], office: Office) -> int:
    """Write the same of cases that are loaded."""
    found = []
    for one in loaded.values():
        new = columns(one.case, one.row.due_at, office)
        if any(getattr(one.row, name) != value for name, value in new.items()):
            found.append({"key_id": one.row.id, "key_seq": one.row.seq, **new})
    return cases.write(db, found)
