"""Of a first start: the office's days, and the test letter at the end."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from commands.calendar import days_may_be_refused
from commands.context import REFUSED, Failure, call, fails, said, tongue
from commands.first_steps import Step, by_the_lead, note, noted
from commands.office import asker, looking, staff_only, unit
from services.intake.beginning import Closure, Days, Part, Trial
from workflows.engine.hints import Hint, Hints

if TYPE_CHECKING:
    from services.engine.office import Office

LONGEST = 60
"""Days on which an office may close in one go; more is a slip of the pen, or two lines."""


class Calendar(Step[Days]):
    """On which days the office is closed beside Saturdays, Sundays and public holidays."""

    part = Part.CALENDAR
    kind = Days
    hints: ClassVar[Hints] = {
        "Days.year_end": Hint(proposed=lambda seen, place: True, needed=lambda seen, place: True),
        "Closure.last": Hint(proposed=lambda seen, place: seen.beside(place, "first")),
    }

    def standing(self) -> str | None:
        """Return that somebody went through it, or that days were added otherwise."""
        by_the_lead()
        if noted(self.part):
            return said("init.days_are")
        with looking() as (_, office):
            return said("init.days_are") if office.calendar.added or office.calendar.removed else None

    def objects(self, place: str, value: Any, answers: Mapping[str, Any]) -> str | None:
        """Return what is wrong with a name or a span of days."""
        around, _, name = place.rpartition(".")
        if name == "name" and not (str(value).isprintable() and len(str(value)) <= 80):
            return said("calendar.needs_name")
        if name == "first" and date.fromisoformat(str(value)) < _today():
            return said("init.day_over", day=value)
        if name != "last" or not value:
            return None
        return _span(date.fromisoformat(answers[f"{around}.first"]), date.fromisoformat(str(value)))

    def wrong(self, answer: Days) -> list[str]:
        """Return what is wrong with the spans of days."""
        found = (_span(one.first, one.last or one.first) for one in answer.closed)
        return [told for told in found if told is not None]

    def do(self, answer: Days) -> list[str]:
        """Write the days, span by span; what is so already stays so."""
        from services.office import office_days

        with looking() as (db, office):
            who = asker(db, office)
            opened = () if answer.year_end else tuple(_turn_of_the_year(office))
        changes = [office_days.Change(tuple(_days(one)), closes=True, name=one.name) for one in answer.closed]
        changes += [office_days.Change(opened, closes=False, name="")] if opened else []
        told = [said("init.year_end")] if answer.year_end else [said("init.year_end_open", days=opened)]
        for change in changes:
            with days_may_be_refused():
                office_days.carry_through(unit(), change, who.name)
        note(self.part)
        told += [
            said("init.closed", name=one.name, first=one.first, last=one.last or one.first) for one in answer.closed
        ]
        return [*told, said("init.days_later")]

    def stands(self, answer: Days) -> bool:
        """Return whether the office is closed on all these days."""
        with looking() as (_, office):
            days = [day for one in answer.closed for day in _days(one)]
            opened = [] if answer.year_end else list(_turn_of_the_year(office))
            return noted(self.part) and not opened and not any(office.calendar.is_open(day) for day in days)


def _days(one: Closure) -> Iterator[date]:
    day, last = one.first, one.last or one.first
    while day <= last:
        yield day
        day += timedelta(days=1)


def _span(first: date, last: date) -> str | None:
    if last < first or (last - first).days >= LONGEST:
        return said("init.wrong_span", first=first, last=last, most=LONGEST)
    return None


def _turn_of_the_year(office: "Office") -> Iterator[date]:
    """Yield the days of the coming turn of the year on which the office is closed for that alone."""
    from workflows.engine.calendars import CLOSINGS

    year = office.calendar.today(office.now).year
    for number in range(10):
        day = date(year, 12, 27) + timedelta(days=number)
        closing = any(each.covers(day) for each in CLOSINGS)
        free = day.weekday() > 4 or office.calendar.is_public_holiday(day)
        if closing and not free and not office.calendar.is_open(day):
            yield day


def _today() -> date:
    with looking() as (_, office):
        return office.calendar.today(office.now)


# -- the test letter ----------------------------------------------------------------------------------------------


class Letter(Step[Trial]):
    """A letter to the office's own address, which belongs to no case."""

    part = Part.LETTER
    kind = Trial
    hints: ClassVar[Hints] = {"Trial.language": Hint(proposed=lambda seen, place: seen.language)}

    def standing(self) -> str | None:
        """Return where the letter lies."""
        by_the_lead()
        found = letters()
        return None if self.replace or not noted(self.part) or not found else str(found[0][0])

    def told(self) -> Sequence[str]:
        """Say what it is."""
        return [said("init.before.letter")]

    def do(self, answer: Trial) -> list[str]:
        """Make the letter and lay it in the house's folder of what was printed."""
        from services.letters.profile import organisation
        from services.letters.typesetting import TypesettingFailed
        from services.office.caller import write_whole
        from services.request import first_letter
        from services.request.procedures_told import holding
        from settings import settings

        with looking() as (db, office):
            staff_only(asker(db, office))
            today = office.calendar.today(office.now)
            held, regime = holding(db, office, today)
        path = first_letter.place(settings(), answer.language)
        try:
            made = first_letter.made(organisation(), held, regime, today, answer.language)
            write_whole(path, made.pdf)
        except TypesettingFailed as failed:
            raise Failure(REFUSED, "not_typeset", str(failed)) from None
        except OSError as error:
            raise fails(REFUSED, "not_written", "init.not_written", path=path, why=tongue().why(error)) from error
        note(self.part)
        return []


def letters() -> list[tuple[Path, int]]:
    """Return the test letters that lie there, with their pages; that in the language of the screen first."""
    from services.request.first_letter import lying
    from settings import settings

    found = lying(settings())
    return [found[language] for language in sorted(found, key=lambda each: each != call().language)]
