"""The one sweep loop: claim a bounded batch, try it together, else one by one, put back or set aside, go on.

Orders, deadlines, upgrades, recounts and bulk runs are each a `Work`; letters, which are made in processes that can be
killed, settle what became of them by the same rules (`services.engine.outbox`). Whoever calls decides between two
batches whether to go on: a sweep is bounded, and the worker's heartbeat and people's orders come in between.
"""

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from sqlalchemy import Connection

from models.limits import contended
from services.engine import trouble
from services.engine.office import Office
from services.engine.order import Outcome
from services.engine.trouble import UNTRIED, Fault, Kind
from services.engine.unit import UnitOfWork

logger = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")

GoOn = Callable[[], bool]

HICCUPS = 3
"""After so many transient troubles in a row, tried one by one, the rest is let go as if nothing had been: it is not
their fault, and those in trouble wait now, so that the next round begins behind them."""
DEATHS = "its worker died of it {tries} times"


def always() -> bool:
    """Go on until nothing is left."""
    return True


def bounded(go_on: GoOn, most: int | None) -> GoOn:
    """Return *go_on* that says no after *most* batches (None: without a bound)."""
    left = [most]

    def more() -> bool:
        if left[0] is not None:
            left[0] -= 1
            if left[0] <= 0:
                return False
        return go_on()

    return more


@dataclass(frozen=True, slots=True)
class Work(Generic[T, R]):
    """One kind of work that sweeps do. Every callable gets the transaction and the office at that moment.

    ``claim`` returns a bounded batch and never waits for a lock; it is committed before the work begins, so it carries
    a lease (a claim in the row) or counts on ``together`` to lock and look again. ``together`` carries out some or one
    of them. ``put_back`` lets one wait: transient with a backoff and nothing counted, poison counted as a try, newer
    and untried as if nothing had been. ``set_aside`` is for good: dead letter, one incident, one notice. ``judge`` may
    know better what kind of trouble it was, ``tries`` says how often one failed in earnest before this claim.
    ``outcomes`` are those of what came of it that somebody is to be notified of, after the commit.
    """

    claim: Callable[[Connection, Office], Sequence[T]]
    together: Callable[[Connection, Office, Sequence[T]], list[R]]
    put_back: Callable[[Connection, Office, T, Fault], None]
    set_aside: Callable[[Connection, Office, T, Fault], None]
    judge: Callable[[Connection, T, Fault], Fault]
    tries: Callable[[T], int]
    most_tries: int = trouble.TRIES
    outcomes: Callable[[list[R]], Sequence[Outcome]] = lambda _: ()


def run(work: Work[T, R], unit: UnitOfWork, go_on: GoOn = always) -> list[R]:
    """Do the work that waits, batch after batch, while *go_on* says so; return what came of it.

    Raises what keeps even the putting back from being written (a database that is away): the claims grow old by
    themselves, and what this process owes is written first when it comes again.
    """
    done: list[R] = []
    while True:
        pay(unit)
        with unit.begin() as db:
            items = work.claim(db, unit.office(db))
        if not items:
            return done
        came, settled = _Turn(work, unit, go_on).take(items)
        done += came
        if not (came or settled) or not go_on():
            return done


def take(work: Work[T, R], unit: UnitOfWork, items: Sequence[T]) -> list[R]:
    """Do one batch that is claimed already, to its end; return what came of it. Raises what `run` raises."""
    return _Turn(work, unit, always).take(items)[0]


class _Turn(Generic[T, R]):
    """One batch on its way."""

    def __init__(self, work: Work[T, R], unit: UnitOfWork, go_on: GoOn) -> None:
        self._work = work
        self._unit = unit
        self._go_on = go_on
        self._settled = 0

    def take(self, items: Sequence[T]) -> tuple[list[R], int]:
        """Return what came of a batch, and how many of it were put back or set aside."""
        work, done = self._work, list[R]()
        tried = [item for item in items if work.tries(item) > 0]
        worn = [item for item in tried if work.tries(item) >= work.most_tries]
        # Whatever ended an earlier try may have been another one of its batch: so now each alone.
        alone = [item for item in tried if item not in worn]
        fresh = [item for item in items if item not in tried]
        if fresh:
            try:
                done += self._try(fresh)
            except Exception as error:  # noqa: BLE001 - one of them is to blame: find it, let the others through
                _let_through(error)
                if len(fresh) > 1:
                    alone = [*fresh, *alone]
                else:
                    self._settle([(fresh[0], trouble.fault(error))], alone)
        for item in worn:
            died = Fault(Kind.POISON, DEATHS.format(tries=work.tries(item)), at_once=True)
            self._settle([(item, died)], alone)
        return done + self._one_by_one(alone), self._settled

    def _one_by_one(self, items: list[T]) -> list[R]:
        done: list[R] = []
        hiccups = 0
        for position, item in enumerate(items):
            rest = items[position + 1 :]
            try:
                done += self._try([item])
                hiccups = 0
            except Exception as error:  # noqa: BLE001 - whatever it is, it is judged and others go on
                _let_through(error)
                fault = trouble.fault(error)
                hiccups = hiccups + 1 if fault.kind is Kind.TRANSIENT else 0
                if hiccups >= HICCUPS:
                    self._settle([(item, fault), *((one, UNTRIED) for one in rest)])
                    return done
                self._settle([(item, fault)], rest)
            if rest and not self._go_on():
                self._settle([(one, UNTRIED) for one in rest])
                return done
        return done

    def _try(self, items: Sequence[T]) -> list[R]:
        with self._unit.begin() as db:
            came = self._work.together(db, self._unit.office(db), items)
        self._unit.notify(self._work.outcomes(came))
        return came

    def _settle(self, faults: list[tuple[T, Fault]], rest: Sequence[T] = ()) -> None:
        aside = 0
        try:
            with self._unit.begin() as db:
                for item, fault in faults:
                    judged, final = self._settle_one(db, self._unit.office(db), item, fault)
                    # What waits for newer code, or was not come to, is no reason to claim another batch.
                    self._settled += judged.kind in (Kind.TRANSIENT, Kind.POISON)
                    aside += final
        except Exception:
            for item, fault in (*faults, *((one, UNTRIED) for one in rest)):
                owe(partial(self._settle_later, item, fault))
            raise
        # A sweep that did nothing else answers that nothing was done, and its task says nothing (tasks/silent.py).
        logger.warning("put back: %d, set aside: %d", len(faults) - aside, aside)

    def _settle_later(self, item: T, fault: Fault, db: Connection) -> None:
        self._settle_one(db, self._unit.office(db), item, fault)

    def _settle_one(self, db: Connection, office: Office, item: T, fault: Fault) -> tuple[Fault, bool]:
        """Put back or set aside; return the fault as it was judged, and whether it was set aside."""
        work = self._work
        judged = work.judge(db, item, fault) if fault.kind is Kind.POISON else fault
        final = judged.kind is Kind.POISON and (judged.at_once or work.tries(item) + 1 >= work.most_tries)
        if final:
            work.set_aside(db, office, item, judged)
        else:
            work.put_back(db, office, item, judged)
        return judged, final


DEBT_WAITS = 30.0
"""So many seconds nobody tries again to write what somebody else's lock keeps from being written."""

_Debt = Callable[[Connection], object]
_owed: list[_Debt] = []
_not_before = [0.0]


def owe(debt: _Debt) -> None:
    """Remember what could not be written, until `pay`."""
    _owed.append(debt)


def pay(unit: UnitOfWork) -> None:
    """Write what could not be written earlier: a try counted for trouble that passes must be taken back.

    What somebody else's lock keeps from being written waits: it must not keep everybody's orders from their turn.
    """
    if time.monotonic() < _not_before[0]:
        return
    while _owed:
        try:
            with unit.begin() as db:
                _owed[0](db)
        except Exception as error:
            if contended(error):
                _not_before[0] = time.monotonic() + DEBT_WAITS
                return
            if trouble.kind_of(error) is Kind.TRANSIENT:
                raise
            # Nothing to be written any more: a debt that cannot be paid must not keep everything else from its turn.
            logger.warning("a put-back could not be written: %s", trouble.fault(error).text)
        with suppress(IndexError):
            _owed.pop(0)


def _let_through(error: Exception) -> None:
    """Raise again what ends the whole task: the time of all of them is over."""
    if type(error).__name__ == "SoftTimeLimitExceeded":
        raise error
