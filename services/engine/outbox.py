"""The outbox: what must be done outside the database, once each, is claimed, done and closed under its claim.

Which work that is nobody here knows: a `Handler` says how one kind of it is done. A claim is committed before the work
begins and counts as a try; what came of the work is written in one transaction with its closing, by whoever holds the
newest claim. Whoever comes too late (its claim grew old and another worker has claimed the same since) writes nothing
any more. So the work itself must be such that doing it again is doing it once.

Trouble that passes lets a piece of work wait with a backoff, for as long as it lasts; what can never be done, and what
ends its worker `TRIES` times, is set aside until somebody brings it back.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, func, select

from clock import looked, machine_now, machine_told
from models import case as cases
from models import effect as effects
from models import incident
from models import office as office_table
from services.engine import trouble
from services.engine.office import Office
from services.engine.rearming import clocks_kept_up
from services.engine.sweep import DEATHS, owe, pay
from services.engine.trouble import NEWER, TRIES, Fault, Kind
from services.engine.unit import UnitOfWork
from services.engine.versions import must_be_ours, outdated
from workflows.engine.schemas import FORMS
from workflows.engine.values import SYSTEM

LEASE = timedelta(seconds=30)
"""How long a claim keeps others away: longer than the process that does the work may live."""
WAITS = timedelta(seconds=5)
BATCH = 500
FIRST_RING = timedelta(seconds=30)
LAST_RING = timedelta(hours=1)
"""The bounds of how long the sweep waits before it rings for the same piece of work again."""

HEARD = select(func.max(office_table.heartbeat.c.at)).where(office_table.heartbeat.c.queue == "effects")

Result = TypeVar("Result")


class Step(StrEnum):
    """How far a piece of work has come in the outbox, in the order of the steps; the work lies between the pairs."""

    CLAIMING = "before the claim is committed"
    CLAIMED = "after the claim"
    FINISHING = "before the finish is committed"
    FINISHED = "after the finish"


class Overtaken(Exception):
    """Another worker has claimed the same work since: it is theirs now."""


@dataclass(frozen=True, slots=True)
class Handler(Generic[Result]):
    """How one kind of work is done; every row is that of the effect as it was before the claim.

    ``do`` does it, outside any transaction and perhaps for seconds; it may raise Overtaken. ``finish`` writes what came
    of it in the transaction that closes the effect, the case locked. ``kept_back`` returns the condition under which
    an effect is not to be begun now (nothing is counted), None where there is none at this moment. ``judge`` says what
    kind of trouble an error is, ``seen`` is told each step: in a drill, workers die at a given one. ``lease`` is how
    long a claim keeps others away: longer than the work may take.
    """

    kind: str
    do: Callable[[Row[Any], Office, UnitOfWork], Result]
    finish: Callable[[Connection, Row[Any], Result, Office], None]
    kept_back: Callable[[Connection], ColumnElement[bool] | None] = lambda db: None
    judge: Callable[[Exception], Fault] = trouble.fault
    seen: Callable[[Step, Row[Any]], None] = lambda step, row: None
    clocks: Callable[[Connection, Row[Any], Office], AbstractContextManager[None]] = clocks_kept_up
    lease: timedelta = LEASE


def deliver(effect_id: int, handler: Handler[Result], unit: UnitOfWork) -> str:
    """Do one piece of work; return what became of it.

    done, gone (nothing to do), stopped (kept back), taken (another worker's), later (it waits out a trouble), again
    (it failed and may be tried again), newer (newer code's) or set_aside.
    """
    pay(unit)
    with unit.begin() as db:
        row = effects.heard(db, effect_id, machine_now())
        if row is None:
            return "gone"
        office = unit.office(db, looked(row))
        became = _claim(db, row, handler, office)
    became = became or _done(row, handler, office, unit)
    unit.outside(row, became)
    return became


def _done(row: Row[Any], handler: Handler[Result], office: Office, unit: UnitOfWork) -> str:
    """Do what is claimed now; return what became of it."""
    handler.seen(Step.CLAIMED, row)
    try:
        result = handler.do(row, office, unit)
        with unit.begin() as db:
            finished = finish(db, row, handler, result, unit.office(db))
            handler.seen(Step.FINISHING, row)
    except Overtaken:
        return "taken"
    except Exception as error:
        if type(error).__name__ == "SoftTimeLimitExceeded":
            raise  # as if its worker had been killed: the claim has counted
        return fail(row, handler.judge(error), unit)
    handler.seen(Step.FINISHED, row)
    return "done" if finished else "taken"


def _claim(db: Connection, row: Row[Any], handler: Handler[Result], office: Office) -> str | None:
    """Claim an effect; return the word for why it is not to be done now, None where it is claimed."""
    now = machine_told(row)
    if row.state != "waiting" or row.kind != handler.kind:
        return "gone"
    if row.claimed_at is not None and row.claimed_at > now - handler.lease:
        return "taken"  # somebody is at it: a bell rung twice is not a second attempt
    if row.not_before is not None and row.not_before > now:
        return "later"
    if effects.matches(db, row, handler.kept_back(db)):
        return "stopped"
    if _is_newer(row, office):
        # Nothing is claimed or counted, and it is soon rung for again.
        effects.put_back(
            db, row.id, row.attempts, counted=True, later=now + WAITS, since=row.troubled_at, fault=row.fault
        )
        return "newer"
    if row.tries >= TRIES:
        _set_aside(db, row, row.attempts, DEATHS.format(tries=row.tries), office)
        return "set_aside"
    if not effects.claim(db, row, now):
        return "taken"
    handler.seen(Step.CLAIMING, row)
    return None


def _is_newer(row: Row[Any], office: Office) -> bool:
    """Whether an effect is newer code's: it has the case in hand, or sealed it in a form this code does not know."""
    try:
        must_be_ours(row)
        key = office.keys.get(row.case_number)
        FORMS.number_of(key.open_json("effect", "sealed", f"{row.subject}/{row.copy}", row.sealed))
    except NEWER:
        return True
    except Exception:  # noqa: BLE001 - judged under the claim, which counts
        return False
    return False


def finish(db: Connection, row: Row[Any], handler: Handler[Result], result: Result, office: Office) -> bool:
    """Close an effect under its claim and write what came of it; wipe what it carried.

    False, and nothing written, where the claim grew old and another worker has it now.
    """
    locked = cases.lock(db, [row.case_number])[row.case_number]
    must_be_ours(locked)  # its clocks are the newer version's
    # What became void meanwhile stays void, but under this claim: what was made of it has an owner.
    here = machine_now()
    if not effects.done(db, row, here):
        if effects.done(db, row, here, "set_aside"):  # given up while it was only slow: it is done after all
            incident.close(db, "effect", office.now, SYSTEM.name, subject=row.subject)
        elif not effects.holds(db, row):
            return False
    with handler.clocks(db, locked, office):
        handler.finish(db, row, result, office)
    return True


# -- trouble --------------------------------------------------------------------------------------------------------


def fail(row: Row[Any], fault: Fault, unit: UnitOfWork) -> str:
    """Let the effect wait, leave it for another try, or set it aside where another one cannot help."""
    try:
        with unit.begin() as db:
            return _settle(db, row, fault, unit.office(db))
    except Exception:
        owe(lambda db: _settle(db, row, fault, unit.office(db)))
        raise


def _settle(db: Connection, row: Row[Any], fault: Fault, office: Office) -> str:
    now, held = machine_now(db), row.attempts + 1
    if fault.kind is Kind.NEWER or (fault.kind is Kind.POISON and outdated(db)):
        later = now + WAITS
        effects.put_back(db, row.id, held, counted=False, later=later, since=row.troubled_at, fault=row.fault)
        return "newer"
    if fault.kind is Kind.TRANSIENT:
        later, since = trouble.later(now, row.troubled_at), row.troubled_at or now
        effects.put_back(db, row.id, held, counted=False, later=later, since=since, fault=fault.text)
        return "later"
    if not fault.at_once and row.tries + 1 < TRIES:
        return "again"  # its lease is its backoff, and the claim has counted
    _set_aside(db, row, held, fault.text, office)
    return "set_aside"


def _set_aside(db: Connection, row: Row[Any], attempts: int, fault: str, office: Office) -> bool:
    if not effects.set_aside(db, row.id, attempts, machine_now(db), fault):
        return False
    incident.record(
        db, at=office.now, kind="effect", case_number=row.case_number, subject=row.subject, fault=fault,
        cause=row.cause or "",
    )  # fmt: skip
    return True


# -- the sweep ------------------------------------------------------------------------------------------------------


def give_up(handler: Handler[Result], unit: UnitOfWork) -> int:
    """Set aside what ended its worker, killed it or outlived its time, as often as may be; return how many."""
    with unit.begin() as db:
        rows = effects.tried_out(db, handler.kind, lease=machine_now(db) - handler.lease, tries=TRIES, most=BATCH)
        office = unit.office(db)
        return sum(_set_aside(db, row, row.attempts, DEATHS.format(tries=row.tries), office) for row in rows)


def to_ring(db: Connection, handler: Handler[Result]) -> list[Row[Any]]:
    """Return effects to ring for: their bell was not answered, or the trouble they met may be over."""
    now = machine_now(db)
    return effects.waiting(
        db,
        handler.kind,
        now=now,
        before=now - WAITS,
        lease=now - handler.lease,
        heard=db.execute(HEARD).scalar_one() or datetime.min.replace(tzinfo=UTC),
        tries=TRIES,
        most=BATCH,
        unless=handler.kept_back(db),
    )


def rung(db: Connection, rows: Iterable[Row[Any]]) -> None:
    """Remember that the sweep rang for these, so that it does not ring all day for a worker that is away.

    It rings again when the queue was consumed since and the bell must have been lost, each time after twice the wait.
    """
    now = machine_now(db)
    effects.rung(
        db,
        [{"key_id": row.id, "held": row.attempts, "now": now, "again": now + _next_wait(row)} for row in rows],
    )


def _next_wait(row: Row[Any]) -> timedelta:
    if row.ring_at is None or row.notified_at is None:
        return FIRST_RING
    last: timedelta = row.ring_at - row.notified_at
    return min(2 * last, LAST_RING)
