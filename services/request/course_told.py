"""What `show` tells of a request under an office's own procedure, in codes and the office's own words."""

from collections.abc import Iterator
from typing import Any

from workflows.engine.calendars import Calendar
from workflows.engine.codec import to_plain
from workflows.office.afterwards import PaperKind
from workflows.request import course_clocks, delivery, papers_after, picked
from workflows.request.case import Case


def told(case: Case, calendar: Calendar) -> dict[str, Any]:
    """Return how the case began, its steps, its window, how the answer goes, the papers; else the last alone.

    ``course`` is all that was recorded; the rest is that with its names, and what is still to come.
    """
    if not case.office.digest:
        return {"papers_after": list(_papers(case, calendar))}
    goes = to_plain(delivery.going(case))
    unpaid = picked.unpaid(case, case.entered_on)
    return {
        "began": str(case.began),
        "answer_goes": {"class": goes.pop("mail_class"), **goes, "picked_unpaid": unpaid},
        "course": to_plain(case.course),
        "steps": list(_steps(case)),
        "window": _window(case),
        "papers_after": list(_papers(case, calendar)),
    }


def _steps(case: Case) -> Iterator[dict[str, Any]]:
    """Yield the steps that stand before this case's decision, opened or not, in the order of the file."""
    for step in case.office.desks.steps:
        taken = case.course.step(step.code)
        if taken is None and (not step.always or step.rights.isdisjoint(case.rights)):
            continue
        yield {
            "step": step.code,
            "said": {"ja": step.said.ja, "en": step.said.en},
            "opened_on": None if taken is None else taken.opened_on.isoformat(),
            "opened_by": None if taken is None else taken.opened_by,
            "done_on": None if taken is None or taken.done_on is None else taken.done_on.isoformat(),
            "done_by": None if taken is None else taken.done_by,
            "result": None if taken is None or taken.result is None else str(taken.result),
        }


def _window(case: Case) -> dict[str, Any] | None:
    found = None if case.course.window is None else case.office.desks.window(case.course.window)
    return None if found is None else {"window": found.code, "said": {"ja": found.said.ja, "en": found.said.en}}


def _papers(case: Case, calendar: Calendar) -> Iterator[dict[str, Any]]:
    """Yield what becomes, or became, of each kind of papers: by the file, by what somebody signed, or owed by now."""
    now = {kind for kind, _, _ in papers_after.owed(case)}
    for kind in PaperKind:
        ended, rule = case.course.ended(kind), case.office.papers.of(kind)
        lies_here = papers_after.here(case, kind)
        if ended is not None and not lies_here:
            yield {"papers": str(kind), "end": str(ended.end), "on": ended.on.isoformat(), "by": ended.by}
        elif rule is not None and lies_here and (case.office.papers.said(kind) is not None or kind in now):
            last = course_clocks.last_day_of_papers(case, kind, calendar)
            until = None if last is None else last.isoformat()
            yield {"papers": str(kind), "end": str(rule.end), "on": None, "by": None, "until": until}
