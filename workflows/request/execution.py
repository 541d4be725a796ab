"""The second stage of an answer: the decision is told first, then the person says how, then it is carried out. Pure.

Only an office that writes it down has it (`workflows.office.execution`); its law may bound it (`Regime.choice`, 87(3)).
"""

from collections.abc import Iterator
from datetime import date

from workflows.engine.calendars import ONE_DAY
from workflows.engine.case import At
from workflows.engine.deadlines import Count
from workflows.engine.values import Reason
from workflows.law.values import OutcomeName, Right
from workflows.office.execution import Manner
from workflows.request.case import Case
from workflows.request.delivery import answered_on

_GIVES = (OutcomeName.GRANTED, OutcomeName.PARTLY)


def has(case: Case) -> bool:
    """Whether answers are carried out in a second stage."""
    return case.office.execution.within is not None


def rights(case: Case) -> tuple[Right, ...]:
    """Return the rights of a case that are carried out after the decision."""
    if not has(case):
        return ()
    return tuple(
        right
        for right, outcome in case.rights.items()
        if right in case.office.execution.rights and outcome is not None and outcome.outcome in _GIVES
    )


def choose_within(case: Case) -> Count | None:
    """Return how long the person may say in which manner; None: nobody need say so."""
    given = case.office.execution.apply_within
    return None if given is None else given.count


def waits_for_a_choice(case: Case) -> bool:
    """Whether the decision is told and the person is to say in which manner."""
    return (
        bool(rights(case))
        and choose_within(case) is not None
        and case.course.applied is None
        and case.course.carried_out is None
        and answered_on(case) is not None
    )


def since(case: Case) -> tuple[int, date] | None:
    """Return since when it is to be carried out, and the row that says so; None: it is not, or not yet, or it was."""
    told, applied = answered_on(case), case.course.applied
    if not rights(case) or case.course.carried_out is not None or told is None:
        return None
    if applied is not None:
        return applied.seq, applied.on
    return None if choose_within(case) is not None else (0, told)


def to_be_carried_out(case: Case) -> bool:
    """Whether it is the office's turn to carry it out."""
    return since(case) is not None


def application_gaps(case: Case, manner: Manner, on: date, at: At, *, excused: bool) -> Iterator[Reason]:
    """Yield what is wrong with an application: nothing was granted, no such manner, too late without an excuse."""
    told, within = answered_on(case), choose_within(case)
    if not rights(case) or within is None:
        yield Reason("nothing_to_carry_out", {"case": case.number})
    elif told is None:
        yield Reason("decision_untold", {"case": case.number})
    elif case.course.applied is not None:
        yield Reason("applied_already", {"case": case.number, "on": case.course.applied.on.isoformat()})
    elif manner not in case.office.execution.manners:
        yield _manner(case, manner)
    elif on > at.today:
        yield Reason("in_the_future", {"day": on.isoformat(), "today": at.today.isoformat()})
    elif on < told:
        yield Reason("done_too_early", {"day": on.isoformat(), "first": told.isoformat()})
    elif not excused and on > told + within.number * ONE_DAY:
        last = told + within.number * ONE_DAY
        yield Reason("applied_too_late", {"last": last.isoformat(), "day": on.isoformat()})


def carrying_gaps(case: Case, manner: Manner, on: date, at: At) -> Iterator[Reason]:
    """Yield what is wrong with the record that it was carried out."""
    found = since(case)
    if case.course.carried_out is not None:
        yield Reason("carried_out_already", {"case": case.number, "on": case.course.carried_out.on.isoformat()})
    elif found is None:
        code = "not_applied_for" if waits_for_a_choice(case) else "nothing_to_carry_out"
        yield Reason(code, {"case": case.number})
    elif manner not in case.office.execution.manners:
        yield _manner(case, manner)
    elif on > at.today:
        yield Reason("in_the_future", {"day": on.isoformat(), "today": at.today.isoformat()})
    elif on < found[1]:
        yield Reason("done_too_early", {"day": on.isoformat(), "first": found[1].isoformat()})


def _manner(case: Case, manner: Manner) -> Reason:
    known = [f"manner.{each}" for each in case.office.execution.manners]
    return Reason("manner_not_offered", {"manner": f"manner.{manner}", "known": known})
