"""Loading the times of a law: what each key of its tables becomes, and what cannot be a time."""

from collections.abc import Collection

from workflows.engine.calendars import HOLIDAYS_OF
from workflows.engine.deadlines import Count, Unit
from workflows.law.reading import Table
from workflows.law.times import (
    Appeal,
    Choice,
    Counting,
    Event,
    Extension,
    LegalTime,
    Stop,
    StoppedBy,
)
from workflows.law.values import ExtendReason, Right

NONE = Appeal(article="", ja="", en="")
LENGTHS = {"days": Unit.CALENDAR_DAYS, "working_days": Unit.WORKING_DAYS, "months": Unit.MONTHS}


def length(table: Table, before: str = "", *, required: bool = True) -> Count | None:
    """Return a length of time given as exactly one of days, working_days and months, each *before* a prefix."""
    keys = {f"{before}{key}": unit for key, unit in LENGTHS.items()}
    given = [(table.number(key), unit) for key, unit in keys.items() if key in table]
    if len(given) == 1 and given[0][0] is not None:
        return Count(given[0][0], given[0][1])
    if len(given) > 1 or (required and not given):
        table.fault(f"needs exactly one of {', '.join(keys)}")
    return None


def events(table: Table, key: str, default: Collection[Event] = ()) -> tuple[Event, ...]:
    """Return what a time counts from: one event, or a list of which the latest counts."""
    return tuple(Event(word) for word in table.word_or_words(key, list(Event), default))


def legal_time(top: Table, key: str, starts: Collection[Event], counting: Counting | None) -> LegalTime | None:
    """Return the time in the table of that name; None where the law has none."""
    table = top.table(key, required=False)
    if table is None:
        return None
    rights = table.words("rights", list(Right), list(Right))
    time = LegalTime(
        article=table.text("article"),
        span=length(table) or Count(1, Unit.MONTHS),
        counts_from=events(table, "from", starts),
        rights=frozenset(Right(word) for word in rights),
        articles={Right(name): article for name, article in table.texts("articles", list(Right)).items()},
        counting=counting,
        stops=tuple(_stop(row) for row in table.rows("stop", "by")),
        warn_after=table.number("warn_after_days"),
    )
    if not time.counts_from:
        table.fault("nothing says from when it counts: write clock_starts, or from")
    table.finish()
    return time


def counting(top: Table) -> Counting | None:
    """Return the rule by which the law's periods are counted; None where the file names none."""
    table = top.table("counting", required=False)
    if table is None:
        return None
    rule = Counting(
        article=table.text("article"),
        ja=table.text("ja"),
        en=table.text("en"),
        moves_on=table.flag("moves_on"),
        holidays=table.optional_text("holidays", HOLIDAYS_OF) or "",
    )
    table.finish()
    return rule


def _stop(table: Table) -> Stop:
    first, last = table.days()
    found = Stop(
        article=table.text("article"),
        by=table.word("by", StoppedBy) or StoppedBy.DEFICIENCY,
        first=first,
        last=last,
        first_day=table.flag("first_day"),
        last_day=table.flag("last_day"),
        rights=frozenset(Right(word) for word in table.words("rights", list(Right), list(Right))),
    )
    table.finish()
    return found


def extensions(top: Table, answer: LegalTime | None) -> tuple[Extension, ...]:
    """Return the ways of taking more time: one table, or a list of them, no reason in two."""
    tables = top.table_or_rows("extension")
    found = []
    for table in tables:
        found.append(_extension(table))
        twice = [reason for each in found[:-1] for reason in each.reasons if reason in found[-1].reasons]
        if twice:
            table.fault(f"{', '.join(twice)} stands in another extension already; one reason gives one length")
        if answer is None:
            table.fault("there is no [answer], so there is no time to extend")
        table.finish()
    return tuple(found)


def _extension(table: Table) -> Extension:
    named = table.flag("office_names_the_day")
    span = length(table, required=not named)
    if named and span is not None:
        table.fault("the office names the day, so no length is given beside it")
    return Extension(
        article=table.text("article"),
        span=span,
        reasons=tuple(ExtendReason(word) for word in table.words("reasons", list(ExtendReason))),
        times=table.number("times") or 1,
        notice_within=length(table, "notice_within_", required=False),
        articles={Right(name): article for name, article in table.texts("articles", list(Right)).items()},
    )


def appeal(top: Table, key: str, *, required: bool = True) -> Appeal | None:
    """Return to whom somebody may turn who disagrees."""
    table = top.table(key, required=required)
    if table is None:
        return None
    found = Appeal(
        article=table.text("article"),
        ja=table.text("ja"),
        en=table.text("en"),
        within=length(table, "within_", required=False),
    )
    table.finish()
    return found


def choice(top: Table) -> Choice | None:
    """Return within what time the person chooses in which manner data is disclosed; None where nothing is chosen."""
    table = top.table("choice", required=False)
    if table is None:
        return None
    found = Choice(article=table.text("article"), span=length(table) or Count(1, Unit.CALENDAR_DAYS))
    table.finish()
    return found
