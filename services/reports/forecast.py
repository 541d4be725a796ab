"""What falls due on which day, which letters that will bring, and who has how much to do: from what is armed now.

Every deadline that runs has a timer for its next firing, and every job of people a term in its case's row. So this says
what happens if nobody does anything: what is done in time falls due no more, and what fires once may fire again later.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, case, func, literal, select, union_all

from models.case import OPEN, TO_DO
from models.case import case as cases
from models.timer import timer
from services.engine.office import Office
from workflows.engine.declaring import Transition
from workflows.lines import Line, Table, title
from workflows.registry import HOMES, machine
from workflows.tongue import Tongue

DAYS = 30
LATE = "late"
SORTS = ("law", "letters", "chased", "other")
"""What falls due: a date of the law, letters that go by themselves, somebody is chased, anything else."""
PEOPLE = 20
"""How many people the page names."""
Span = tuple[str, datetime | None, datetime]
"""What a day is called, and its first moment and the first one after it."""


def forecast(db: Connection, office: Office, days: int = DAYS) -> dict[str, Any]:
    """Return what is due on each of so many days from today on, and what people have to do by then."""
    today = office.calendar.today(office.now)
    until = today + timedelta(days=days)
    found = _due(db, office, today, days)
    letters: Counter[str] = Counter()
    told = []
    for day in (LATE, *(str(today + timedelta(days=n)) for n in range(days))):
        if (due := found.get(day)) is None:
            continue
        orders = _letters(due)
        letters += orders
        told.append({
            "day": day,
            "working_day": day == LATE or office.calendar.is_open(date.fromisoformat(day)),
            **_sorted(due),
            "due": dict(sorted(_by_name(due).items())),
            "letters_of": dict(sorted(orders.items())),
        })  # fmt: skip
    return {
        "from": today.isoformat(),
        "until": (until - timedelta(days=1)).isoformat(),
        "days": told,
        "letters": dict(sorted(letters.items())),
        "people": list(_people(db, office, today, until)),
    }


def _due(db: Connection, office: Office, today: date, days: int) -> dict[str, Counter[tuple[str, str]]]:
    """Return by day how many timers of each (procedure, name) are due, those late on a day of their own.

    Timers do not know their procedure, and to look each one's case up would read every open case. So all are counted as
    the first procedure's, and then those of the open cases of each other one, as an index has them, are told apart.
    """
    start = office.calendar.start_of
    spans: list[Span] = [(LATE, None, start(today))]
    spans += [
        (str(day), start(day), start(day + timedelta(days=1)))
        for day in (today + timedelta(days=n) for n in range(days))
    ]
    first, *others = HOMES
    found: dict[str, Counter[tuple[str, str]]] = {}
    for row in db.execute(union_all(*(_within(*span) for span in spans))):
        found.setdefault(row.day, Counter())[first, row.name] += row.number
    for other in others:
        for row in db.execute(_of(other, spans)):
            found.setdefault(row.day, Counter()).update({(other, row.name): row.number, (first, row.name): -row.number})
    return {day: +due for day, due in found.items()}


def _within(name: str, first: datetime | None, before: datetime) -> Select[Any]:
    query = select(literal(name).label("day"), timer.c.name, func.count().label("number"))
    query = query.where(timer.c.due_at < before) if first is None else query.where(timer.c.due_at >= first)
    return query.where(timer.c.due_at < before).group_by(timer.c.name)


def _of(definition: str, spans: Sequence[Span]) -> Select[Any]:
    """Return the question how many timers of each name the open cases of a procedure have on each of these days."""
    day = case(*((timer.c.due_at < before, literal(name)) for name, _, before in spans)).label("day")
    theirs = select(cases.c.id).where(OPEN, cases.c.definition == definition)
    each = select(day, timer.c.name).where(timer.c.case_id.in_(theirs)).subquery()
    number = func.count().label("number")
    return select(each.c.day, each.c.name, number).where(each.c.day.is_not(None)).group_by(each.c.day, each.c.name)


def _fires(definition: str, name: str) -> tuple[Transition | None, bool]:
    """Return the step a timer takes, and whether it is a date of the law; of newer code's nothing is known."""
    if definition not in HOMES:
        return None, False
    known = machine(definition)
    clock = known.clocks.get(name)
    if clock is not None:
        return known.transitions.get(clock.deadline.fires), clock.legal and not clock.warns
    every = (deadline for state in known.states.values() for deadline in state.deadlines)
    fires = next((deadline.fires for deadline in every if deadline.name == name), "")
    return known.transitions.get(fires), False


def _by_name(due: Mapping[tuple[str, str], int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (_, name), number in due.items():
        found[name] += number
    return found


def _sorted(due: Mapping[tuple[str, str], int]) -> dict[str, int]:
    found = dict.fromkeys(SORTS, 0)
    for (definition, name), number in due.items():
        step, law = _fires(definition, name)
        chases = step is not None and step.name in ("escalate", "chase")
        sort = "law" if law else "letters" if step is not None and step.letters else "chased" if chases else "other"
        found[sort] += number
    return found


def _letters(due: Mapping[tuple[str, str], int]) -> Counter[str]:
    """Return how many letters of each kind these firings order; a firing that may order one of several: the first."""
    found: Counter[str] = Counter()
    for (definition, name), number in due.items():
        step, law = _fires(definition, name)
        if step is not None and step.letters and not law:
            found[str(next(iter(step.letters)))] += number
    return found


def _people(db: Connection, office: Office, today: date, until: date) -> Iterator[dict[str, Any]]:
    """Yield what each person has to do: late, within a week, within the days asked for, in all; most first."""
    start = office.calendar.start_of
    by = {"late": office.now, "week": start(today + timedelta(days=7)), "within": start(until)}
    counts = [
        func.sum(case(((cases.c.pressing & (cases.c.press_at <= moment)), 1), else_=0)).label(name)
        for name, moment in by.items()
    ]
    query = select(cases.c.owner, func.count().label("all"), *counts).where(TO_DO).group_by(cases.c.owner)
    rows = sorted(db.execute(query), key=lambda row: (-row.late, -row.within, -row.all, row.owner or ""))
    for row in rows:
        yield {"name": row.owner, **{name: int(getattr(row, name)) for name in (*by, "all")}}


# -- as a page --------------------------------------------------------------------------------------------------------


def page(found: Mapping[str, Any], tongue: Tongue) -> Iterator[Line | Table]:
    """Say what falls due day by day, the letters, and the load of each person."""
    yield title(tongue.tell("forecast.title", since=found["from"], until=found["until"]))
    if not found["days"]:
        yield Line(tongue.tell("forecast.nothing"))
    else:
        yield Table(
            [tongue.tell("forecast.head.day"), *(tongue.tell(f"forecast.head.{sort}") for sort in SORTS)],
            [[_day(one, tongue), *(_number(one[sort]) for sort in SORTS)] for one in found["days"]],
            colours=["red" if one["day"] == LATE else "" if one["working_day"] else "grey" for one in found["days"]],
        )
    if found["letters"]:
        named = [
            tongue.tell("forecast.of_kind", kind=tongue.noun(f"letter.{kind}"), number=number)
            for kind, number in found["letters"].items()
        ]
        yield Line(tongue.tell("forecast.letters", letters=tongue.listed(named)))
    yield from _load(found["people"], tongue)


def _load(people: Sequence[Mapping[str, Any]], tongue: Tongue) -> Iterator[Line | Table]:
    if not people:
        return
    names = ("late", "week", "within", "all")
    yield Line("")
    yield Table(
        [tongue.tell("forecast.head.person"), *(tongue.tell(f"forecast.head.{name}") for name in names)],
        [
            [one["name"] or tongue.tell("forecast.nobody"), *(_number(one[name]) for name in names)]
            for one in people[:PEOPLE]
        ],
        widest=(24,),
    )
    if len(people) > PEOPLE:
        yield Line(tongue.tell("forecast.more_people", number=len(people) - PEOPLE), colour="grey")


def _day(one: Mapping[str, Any], tongue: Tongue) -> str:
    if one["day"] == LATE:
        return tongue.tell("forecast.late")
    day = date.fromisoformat(one["day"])
    return tongue.tell("forecast.day", day=one["day"], weekday=tongue.tell(f"forecast.weekday.{day.weekday()}"))


def _number(number: int) -> str:
    return f"{number:,}" if number else "-"
