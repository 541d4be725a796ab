"""The desk's health, looked at from the database: what stalls is red within 30 seconds, even while every process lives.

Here is what is looked at, and in which order; what it means is in health_queues, health_waiting, health_attention and
health_place, what to run in health_lines. Nothing here talks to the broker or to another server: the caller says what
became of asking. What is no fault but must be seen (a shifted clock, a demo, an office of one) is a note.
"""

import math
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from clock import machine_now
from services.engine.office import Office
from services.reports.health_attention import attention
from services.reports.health_certificates import Seen, certificates
from services.reports.health_check import Check, existing, shown
from services.reports.health_lines import line, place
from services.reports.health_place import closed, fitness
from services.reports.health_proof import proof
from services.reports.health_queues import queues
from services.reports.health_waiting import waiting
from settings import Settings
from workflows.engine.values import Reason

__all__ = ["Check", "checks"]

LEAST_FREE = 256 * 1024**2
"""Bytes: room for the letters of a busy hour and for the database to close in order."""
LEAST_SHARE = 10
"""A file system smaller than ten times that must have a tenth of itself free."""


def checks(
    db: Connection | None,
    office: Office | None,
    settings: Settings,
    broker_fault: str | None,
    *,
    busy: bool = False,
    seen: Mapping[str, Seen] | None = None,
) -> list[Check]:
    """Return everything looked at, each fault and note with its line to run; without a database what is seen without.

    *broker_fault* is the kind of error the broker was reached with (or not), None where it answered. *busy*: the
    database is there, but somebody holds what was to be looked at. *seen*: the certificates of the servers.
    """
    where = place(settings)
    return [
        check if check.ok and not check.note else replace(check, run=line(check.detail, where))
        for check in _looked_at(db, office, settings, broker_fault, seen or {}, busy=busy)
    ]


def _looked_at(
    db: Connection | None,
    office: Office | None,
    settings: Settings,
    broker_fault: str | None,
    seen: Mapping[str, Seen],
    *,
    busy: bool,
) -> list[Check]:
    found = [_database(db, busy=busy), _broker(broker_fault)]
    if db is not None and office is not None:
        now = machine_now(db)
        found += [*queues(db, now), *waiting(db, office, now), *attention(db, office), *proof(db, office, now)]
        found += fitness(db, office)
    notes = () if office is None else _notes(office)
    return [*found, *certificates(seen, machine_now()), *_disks(settings), *notes]


def _database(db: Connection | None, *, busy: bool) -> Check:
    if db is None and busy:
        return Check("database", ok=False, detail=Reason("health.database_busy"))
    if db is None:
        return Check("database", ok=False, detail=Reason("health.database_away"))
    return Check("database", ok=True, detail=Reason("health.database", {"kind": db.dialect.name}))


def _broker(fault: str | None) -> Check:
    if fault is None:
        return Check("broker", ok=True, detail=Reason("health.broker"))
    return Check("broker", ok=False, detail=Reason("health.broker_away", {"fault": fault}))


def _disks(settings: Settings) -> Iterator[Check]:
    folders = [("disk_var", settings.var), ("disk_spool", settings.spool)]
    if not closed(settings.keys):  # else it may be mounted elsewhere alone, and its file system is another
        folders.append(("disk_keys", settings.keys))
    for name, folder in folders:
        usage = shutil.disk_usage(existing(folder))
        least = min(LEAST_FREE, usage.total // LEAST_SHARE)
        enough = usage.free >= least
        where = Path(folder).name if enough else folder  # who must make room is told the real place
        params = {"folder": str(where), "free": usage.free // 1024**2, "least": math.ceil(least / 1024**2)}
        code = "health.disk" if enough else "health.disk_full"
        yield Check(name, ok=enough, detail=Reason(code, params))


def _notes(office: Office) -> Iterator[Check]:
    """What the office was founded as: known only where its database is."""
    yield Check("residency", ok=True, detail=Reason("health.residency", {"country": office.founded.residency}))
    if office.founded.shifted:
        params = {"now": shown(office.now, office)}
        yield Check("clock", ok=True, detail=Reason("health.clock_shifted", params), note=True)
    if office.founded.demo:
        yield Check("allow_as", ok=True, detail=Reason("health.allow_as"), note=True)
    if office.founded.sole:
        yield Check("sole", ok=True, detail=Reason("health.sole"), note=True)
