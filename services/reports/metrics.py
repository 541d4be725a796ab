"""What monitors read of the office: numbers, with words of ours as labels. Nothing here names a case or a person.

Each metric is one line of `METRICS`; what it means is `metrics.NAME` of the words. Every number comes from an index or
from sums that are kept, so that a million cases cost no more than a thousand; what is read by counting is what waits.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, case, func, select

from clock import machine_now
from models import checkpoint, dropped, incident, letter, letter_kind, mail, retry, tally
from models import office as office_table
from models.base import Moment
from models.command import SET_ASIDE as ORDERS_SET_ASIDE
from models.command import WAITING as ORDERS_WAIT
from models.command import command
from models.effect import SET_ASIDE as EFFECTS_SET_ASIDE
from models.effect import WAITING as EFFECTS_WAIT
from models.effect import effect
from release import VERSION, code_revision
from services.ending import copies
from services.engine.office import Office
from services.engine.orders import LEASE as ORDERS_LEASE
from services.engine.outbox import LEASE as EFFECTS_LEASE
from services.reports.health_check import Check
from services.reports.health_place import CLOSED
from services.reports.health_queues import FORGOTTEN, QUEUES
from services.reports.health_waiting import KEPT_BACK, overdue
from workflows.registry import HOMES, procedure

UNCOUNTED = 10_001
"""So many steps that wait to be counted are counted; what is more is as bad."""
NEVER = math.inf
"""The age of what there is none of: a backup that nobody made is older than any limit."""


class Metric(NamedTuple):
    """What a metric is: ``gauge`` or ``counter``, and the names of its labels."""

    kind: str
    labels: tuple[str, ...] = ()


METRICS: Mapping[str, Metric] = {
    "madoguchi_up": Metric("gauge"),
    "madoguchi_info": Metric("gauge", ("version", "revision")),
    "madoguchi_database_up": Metric("gauge"),
    "madoguchi_broker_up": Metric("gauge"),
    "madoguchi_check": Metric("gauge", ("check",)),
    "madoguchi_orders_waiting": Metric("gauge"),
    "madoguchi_oldest_order_age_seconds": Metric("gauge"),
    "madoguchi_timer_lag_seconds": Metric("gauge", ("deadlines",)),
    "madoguchi_outbox": Metric("gauge", ("state",)),
    "madoguchi_outbox_oldest_age_seconds": Metric("gauge", ("state",)),
    "madoguchi_set_aside": Metric("gauge", ("kind",)),
    "madoguchi_incidents_open": Metric("gauge", ("kind",)),
    "madoguchi_troubled": Metric("gauge", ("kind",)),
    "madoguchi_leases": Metric("gauge", ("kind", "state")),
    "madoguchi_messages_dropped_today": Metric("gauge"),
    "madoguchi_queue_length": Metric("gauge", ("queue",)),
    "madoguchi_queue_heard_age_seconds": Metric("gauge", ("queue",)),
    "madoguchi_workers": Metric("gauge", ("queue",)),
    "madoguchi_transitions_total": Metric("counter", ("procedure", "transition")),
    "madoguchi_cases": Metric("gauge", ("procedure", "state")),
    "madoguchi_searches": Metric("gauge", ("state",)),
    "madoguchi_letters": Metric("gauge", ("state",)),
    "madoguchi_steps_uncounted": Metric("gauge"),
    "madoguchi_mail": Metric("gauge", ("state",)),
    "madoguchi_mail_oldest_age_seconds": Metric("gauge"),
    "madoguchi_backup_age_seconds": Metric("gauge"),
    "madoguchi_checkpoint_age_seconds": Metric("gauge"),
    "madoguchi_answered_in_seconds": Metric("gauge"),
}
"""Every metric there is, in the order they are told in."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One number: the metric's name, the values of its labels in order, and the value."""

    name: str
    value: float
    labels: tuple[str, ...] = ()


def _counts(table: Any, since: Any, where: Any, lease: timedelta, now: datetime) -> Any:
    """Return the question how many wait, since when, how many are claimed, and how many of those for too long."""
    return select(
        func.count().label("waiting"),
        func.min(since, type_=Moment).label("since"),
        func.count(table.c.claimed_at).label("claimed"),
        func.count(case((table.c.claimed_at <= now - lease, 1))).label("expired"),
    ).where(where)


def _troubled(table: Any) -> tuple[Any, Any]:
    """Return what to ask beside: how many wait for trouble to pass, and since when."""
    since = func.min(table.c.troubled_at, type_=Moment)
    return func.count(table.c.troubled_at).label("troubled"), since.label("troubled_since")


_ORDERS_SET_ASIDE = select(func.count()).where(ORDERS_SET_ASIDE)
_EFFECTS_SET_ASIDE: Any = select(func.count(), func.min(effect.c.ordered_at, type_=Moment)).where(EFFECTS_SET_ASIDE)
_CASES = select(retry.retry.c.dead, func.count().label("number")).group_by(retry.retry.c.dead)
_INCIDENTS = (
    select(incident.incident.c.kind, func.count().label("number"))
    .where(incident.STILL_OPEN)
    .group_by(incident.incident.c.kind)
)
_IN_HOUSE = (
    select(letter.letter.c.state, func.count().label("number")).where(letter.UNPOSTED).group_by(letter.letter.c.state)
)
_BEATS = select(office_table.heartbeat.c.queue, office_table.heartbeat.c.at)
INCIDENTS = ("order", "effect", "timer", "upgrade", "recount", "message", "letter")
IN_HOUSE, LEFT = ("ordered", "made", "printed"), ("posted", "returned", "void")


def samples(
    db: Connection | None,
    office: Office | None,
    *,
    checks: list[Check],
    broker_up: bool,
    lengths: Mapping[str, int] | None = None,
    took: Callable[[], float] = lambda: 0.0,
) -> list[Sample]:
    """Return every number; without a database those that are known without it.

    *checks* is what `services.reports.health.checks` found, *lengths* how many messages lie in each queue, *took* says
    the seconds spent so far.
    """
    up = db is not None and office is not None
    found = [
        Sample("madoguchi_up", float(up and broker_up)),
        Sample("madoguchi_info", 1, (VERSION, code_revision())),
        Sample("madoguchi_database_up", float(up)),
        Sample("madoguchi_broker_up", float(broker_up)),
        *_checks(checks),
        *(Sample("madoguchi_queue_length", number, (queue,)) for queue, number in (lengths or {}).items()),
    ]
    if db is not None and office is not None:
        now = machine_now(db)
        found += [*_orders(db, now), *_timers(db, office), *_outbox(db, now), *_mail(db, now)]
        found += [*_set_aside(db), *_queues(db, now), *_sums(db), *_proof(db, now)]
        today = dropped.of_day(db, office.calendar.today(office.now))
        found.append(Sample("madoguchi_messages_dropped_today", sum(today.values())))
    found.append(Sample("madoguchi_answered_in_seconds", took()))
    order = {name: place for place, name in enumerate(METRICS)}
    return sorted(found, key=lambda one: order[one.name])


def _checks(checks: list[Check]) -> Iterator[Sample]:
    """Yield 1 for each check of `status` that is well, 0 for one that is not; a name that is told twice is one.

    Nothing of what this login may not look at: a monitor would read that it is well.
    """
    well: dict[str, bool] = {}
    for check in checks:
        if check.detail.code == CLOSED:
            continue
        well[check.name] = well.get(check.name, True) and check.ok
    yield from (Sample("madoguchi_check", float(ok), (name,)) for name, ok in well.items())


def _age(now: datetime, since: datetime | None, none: float = 0.0) -> float:
    return none if since is None else max(0.0, (now - since).total_seconds())


def _leases(kind: str, row: Any) -> Iterator[Sample]:
    yield Sample("madoguchi_leases", row.claimed - row.expired, (kind, "held"))
    yield Sample("madoguchi_leases", row.expired, (kind, "expired"))


def _orders(db: Connection, now: datetime) -> Iterator[Sample]:
    asked = _counts(command, command.c.placed_at, ORDERS_WAIT, ORDERS_LEASE, now)
    row = db.execute(asked.add_columns(*_troubled(command))).one()
    yield Sample("madoguchi_orders_waiting", row.waiting)
    yield Sample("madoguchi_oldest_order_age_seconds", _age(now, row.since))
    yield Sample("madoguchi_troubled", row.troubled, ("order",))
    yield from _leases("order", row)


def _timers(db: Connection, office: Office) -> Iterator[Sample]:
    late = overdue(db, office)
    for which in ("legal", "all"):
        lag = late[which][0].total_seconds() if which in late else 0.0
        yield Sample("madoguchi_timer_lag_seconds", max(0.0, lag), (which,))


def _outbox(db: Connection, now: datetime) -> Iterator[Sample]:
    """Yield what is to be done outside. A letter of a kind that somebody stopped is kept back: it ages for nobody."""
    stopped = letter_kind.stopped(db)
    asked = _counts(effect, effect.c.ordered_at, EFFECTS_WAIT, EFFECTS_LEASE, now).add_columns(*_troubled(effect))
    row = db.execute(asked.where(~KEPT_BACK) if stopped else asked).one()
    aside, oldest = db.execute(_EFFECTS_SET_ASIDE).one()
    numbers = {
        "waiting": row.waiting - row.troubled,
        "troubled": row.troubled,
        "kept_back": sum(ordered for ordered, _ in letter_kind.held(db, stopped).values()),
        "set_aside": aside,
    }
    ages = {"waiting": row.since, "troubled": row.troubled_since, "set_aside": oldest}
    yield from (Sample("madoguchi_outbox", number, (state,)) for state, number in numbers.items())
    yield from (Sample("madoguchi_outbox_oldest_age_seconds", _age(now, at), (state,)) for state, at in ages.items())
    yield Sample("madoguchi_troubled", row.troubled, ("effect",))
    yield from _leases("effect", row)
    lying = {one.state: one.number for one in db.execute(_IN_HOUSE)}
    yield from (Sample("madoguchi_letters", lying.get(state, 0), (state,)) for state in IN_HOUSE)


def _mail(db: Connection, now: datetime) -> Iterator[Sample]:
    table = mail.mail
    row = db.execute(_counts(table, table.c.ordered_at, mail.WAITING, mail.LEASE, now)).one()
    yield Sample("madoguchi_mail", row.waiting, ("waiting",))
    yield Sample("madoguchi_mail", sum(mail.refused(db).values()), ("refused",))
    yield Sample("madoguchi_mail_oldest_age_seconds", _age(now, row.since))
    yield from _leases("mail", row)


def _set_aside(db: Connection) -> Iterator[Sample]:
    cases = {row.dead: row.number for row in db.execute(_CASES)}
    yield Sample("madoguchi_set_aside", db.execute(_ORDERS_SET_ASIDE).scalar_one(), ("order",))
    yield Sample("madoguchi_set_aside", db.execute(_EFFECTS_SET_ASIDE).one()[0], ("effect",))
    yield Sample("madoguchi_set_aside", cases.get(True, 0), ("case",))
    yield Sample("madoguchi_troubled", cases.get(False, 0), ("case",))
    open_ = {row.kind: row.number for row in db.execute(_INCIDENTS)}
    yield from (Sample("madoguchi_incidents_open", open_.get(kind, 0), (kind,)) for kind in INCIDENTS)


def _queues(db: Connection, now: datetime) -> Iterator[Sample]:
    beats = list(db.execute(_BEATS))
    for queue in QUEUES:
        ages = [_age(now, row.at) for row in beats if row.queue == queue]
        yield Sample("madoguchi_queue_heard_age_seconds", min(ages, default=NEVER), (queue,))
        yield Sample("madoguchi_workers", sum(age < FORGOTTEN.total_seconds() for age in ages), (queue,))


def _sums(db: Connection) -> Iterator[Sample]:
    """Yield what is counted as sums, once a minute: steps by their names, cases by their states, letters that left."""
    yield Sample("madoguchi_steps_uncounted", tally.how_many(db, UNCOUNTED))
    known = tally.ever(db, list(HOMES))
    for name in HOMES:
        sums, machine = known.get(name, {}), procedure(name).machine
        for step in machine.transitions:
            yield Sample("madoguchi_transitions_total", sums.get(f"step:{step}", 0), (name, step))
        for state in machine.states:
            yield Sample("madoguchi_cases", sums.get(f"state:{state}", 0), (name, state))
            if name == "search":
                yield Sample("madoguchi_searches", sums.get(f"state:{state}", 0), (state,))
    for state in LEFT:
        yield Sample("madoguchi_letters", sum(sums.get(f"letter:{state}", 0) for sums in known.values()), (state,))


def _proof(db: Connection, now: datetime) -> Iterator[Sample]:
    made, signed = copies.made(db), checkpoint.newest(db)
    yield Sample("madoguchi_backup_age_seconds", _age(now, made[-1][0] if made else None, NEVER))
    yield Sample("madoguchi_checkpoint_age_seconds", _age(now, None if signed is None else signed.at, NEVER))
