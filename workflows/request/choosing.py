"""What is chosen when a request comes or its forms do: its window, and how its person wants the answer. Pure.

The same may be said later (move-window, choose-delivery): there is one place for each, and the later word counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from workflows.engine.case import Tell
from workflows.engine.values import Reason
from workflows.request import delivery, picked
from workflows.request.account import Account
from workflows.request.case import Case
from workflows.request.course import Course
from workflows.request.course_payloads import ChooseDelivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What becomes of a case by what was chosen: its course, its account, who hears of it, what is said and kept."""

    course: Course
    account: Account
    notices: tuple[Tell, ...] = ()
    told: tuple[Reason, ...] = ()
    details: dict[str, object] = field(default_factory=dict)

    def facts(self, case: Case) -> dict[str, object]:
        """Return what of it is new to the case."""
        new: dict[str, object] = {}
        if self.course != case.course:
            new["course"] = self.course
        return new if self.account == case.account else {**new, "account": self.account}


def unfit(case: Case, window: str | None, wish: ChooseDelivery | None) -> Iterator[Reason]:
    """Yield why that cannot be chosen: the office's procedure has no such window, or does not offer it."""
    if window is not None and case.office.desks.window(window) is None:
        yield Reason("window_unknown", {"word": window, "known": [each.code for each in case.office.desks.windows]})
    if wish is not None:
        yield from delivery.choice_fits(case, wish)


def chosen(case: Case, window: str | None, wish: ChooseDelivery | None, today: date) -> Choice:
    """Return what becomes of the case by a choice that fits; the case says what it is asked for."""
    course, account = case.course, case.account
    notices: tuple[Tell, ...] = ()
    details: dict[str, object] = {}
    if window is not None and window != course.window:
        course, notices, details = replace(course, window=window), told_of(case, window), {"window": window}
    if wish is not None:
        said, account = picked.recorded(case, wish)
        course = replace(course, chosen=said)
        details["delivery"] = [str(each) for each in (wish.way, wish.mail_class, *wish.extras) if each is not None]
    told = () if wish is None else tuple(picked.told_unpaid(replace(case, account=account), today))
    return Choice(course=course, account=account, notices=notices, told=told, details=details)


def told_of(case: Case, window: str) -> tuple[Tell, ...]:
    """Return who hears that a window has a case now, as the office says."""
    found = case.office.desks.window(window)
    told = Reason("notice.window", {"case": case.number, "window": window})
    return tuple(Tell(role, told) for role in (() if found is None else found.told))
