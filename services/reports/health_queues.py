"""Whether each queue is consumed, beat rings, and the clocks of all machines agree.

A worker that is alive and consumes nothing is the fault people do not see: so each queue proves itself by a heartbeat,
a row that is written only by consuming a message of that queue.
"""

import math
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from clock import machine_now
from models import office as office_table
from services.reports.health_check import Check, age
from workflows.engine.values import Reason

QUEUES = ("commands", "clock", "effects", "bulk")
"""The queues that must be consumed; tests hold them against the application's own."""
SILENT = timedelta(seconds=27)
"""A queue without a heartbeat for so long is deaf: two did not come and the third is due, so red within 30 seconds."""
FORGOTTEN = timedelta(minutes=10)
"""A worker silent for so long beside others that beat has gone; it is no longer waited for."""
CHANCE = 1e-4
"""How likely a false alarm may be where several workers share a queue and each heartbeat goes to one of them."""
BEAT_EVERY = timedelta(seconds=10)
CLOCKS_AGREE, CLOCKS_DIFFER = timedelta(seconds=2), timedelta(seconds=60)
"""Up to the first nothing is said, up to the second it is a note; what is further off is not even nearly set."""
_BEATS: Select[Any] = select(
    office_table.heartbeat.c.queue,
    office_table.heartbeat.c.worker,
    office_table.heartbeat.c.at,
    office_table.heartbeat.c.ahead,
)


def queues(db: Connection, now: datetime) -> Iterator[Check]:
    """Look at each queue, at beat, and at the clocks; *now* by the database's clock."""
    told: list[Row[Any]] = list(db.execute(_BEATS))
    # Written before a clock was set back: for as long as that is ahead they would hide that nobody is heard any more.
    beats = [row for row in told if row.at - now <= CLOCKS_DIFFER]
    for queue in QUEUES:
        yield queue_check(queue, [row for row in beats if row.queue == queue], now)
    yield _beat([row.at for row in beats if row.queue == "clock"], now)
    yield _set_back(told, beats, now) or _clocks(beats, now, machine_now() - now)


def queue_check(queue: str, beats: Iterable[Row[Any]], now: datetime) -> Check:
    """Return whether a queue is consumed, by every worker that consumed it lately."""
    name = f"queue_{queue}"
    ages = {row.worker: now - row.at for row in beats}
    if not ages:
        return Check(name, ok=False, detail=Reason("health.queue_never", {"queue": queue}))
    freshest = min(ages, key=lambda worker: ages[worker])
    if ages[freshest] > SILENT:
        params = {"queue": queue, "worker": freshest, "age": age(ages[freshest])}
        return Check(name, ok=False, detail=Reason("health.queue_silent", params))
    known = {worker: silence for worker, silence in ages.items() if silence < FORGOTTEN}
    patience = patience_with(len(known))
    deaf = {worker: silence for worker, silence in known.items() if silence > patience}
    if deaf:
        worker = max(deaf, key=lambda one: deaf[one])
        params = {"queue": queue, "worker": worker, "age": age(deaf[worker]), "count": len(deaf)}
        return Check(name, ok=False, detail=Reason("health.worker_deaf", params))
    params = {"queue": queue, "workers": sorted(known), "age": age(ages[freshest])}
    return Check(name, ok=True, detail=Reason("health.queue", params))


def patience_with(workers: int) -> timedelta:
    """Return how long one of so many workers may be silent on a queue they share before it counts as deaf.

    Each heartbeat goes to one of them by chance; after n heartbeats a sound worker has had none with (1 - 1/k)^n.
    """
    if workers < 2:
        return SILENT
    heartbeats = math.ceil(math.log(CHANCE) / math.log(1 - 1 / workers))
    return max(SILENT, min(heartbeats * BEAT_EVERY, FORGOTTEN))


def _beat(heard: list[datetime], now: datetime) -> Check:
    # What is consumed from the queue of the clock was rung by beat: nobody else rings there.
    if not heard or now - max(heard) > SILENT:
        silence = age(now - max(heard)) if heard else "-"
        return Check("beat", ok=False, detail=Reason("health.beat_silent", {"age": silence}))
    return Check("beat", ok=True, detail=Reason("health.beat", {"age": age(now - max(heard))}))


def _set_back(told: Iterable[Row[Any]], beats: Collection[Row[Any]], now: datetime) -> Check | None:
    """Return what a clock that was set back left behind; a worker that is alive writes anew within seconds."""
    later = [row for row in told if row not in beats]
    if not later:
        return None
    newest = max(later, key=lambda row: row.at)
    params = {"who": newest.worker, "age": age(newest.at - now)}
    return Check("clocks", ok=True, detail=Reason("health.clock_back", params), note=True)


def _clocks(beats: Iterable[Row[Any]], now: datetime, own: timedelta) -> Check:
    """Whether the clocks agree, of the workers, of the database and of whoever asks: nothing here depends on it."""
    ahead = {row.worker: timedelta(milliseconds=row.ahead) for row in beats if now - row.at < FORGOTTEN}
    ahead["admin"] = own
    worst = max(ahead, key=lambda who: abs(ahead[who]))
    off = abs(ahead[worst])
    if off < CLOCKS_AGREE:
        return Check("clocks", ok=True, detail=Reason("health.clocks"))
    code = "health.clock_ahead" if ahead[worst] > timedelta(0) else "health.clock_behind"
    near = off <= CLOCKS_DIFFER
    return Check("clocks", ok=near, detail=Reason(code, {"who": worst, "age": age(off)}), note=near)
