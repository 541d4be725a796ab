"""The office's figures kept as sums: cases that moved are counted anew, by one hand at a time and never in their steps.

What a case counts for is a pure matter (`workflows.engine.figures`). Reading comes first, outside of any lock; then the
sums are changed in one short transaction, unless somebody else counted meanwhile: then that one did the work. A step
that is taken meanwhile leaves its own mark, so that its case is counted once more.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from models import booking, history, letter, many, tally
from models.case import case as cases
from services.engine.office import Office
from services.engine.unit import UnitOfWork
from workflows.engine.figures import ALL, EVER, FORM, Counted, Figures, counted
from workflows.registry import HOMES, procedure

_HOW_MANY = select(func.count()).select_from(cases)

LOT = 500
"""How many cases are counted in one transaction."""
ANEW = -1
"""What stands in place of the way of counting while everything is forgotten: no way."""
LOTS = 20
"""How many lots follow one bell: what is left waits for the next one."""

Key = tuple[str, str, str, str, str]
"""Where a sum stands: procedure, head, unit, span, value (`models.tally.KEY`)."""
Sums = dict[Key, Counter[str]]
Tick = Callable[[int, int], None]

_ROWS: Select[Any] = select(cases.c.id, cases.c.definition, cases.c.seq, cases.c.opened_on, cases.c.facts).where(
    cases.c.id.in_(bindparam("ids", expanding=True))
)


@dataclass(slots=True)
class Lot:
    """Cases read to be counted, as they stood after so many ``rounds``: what becomes of the sums, and of the rows."""

    rounds: int
    marks: Sequence[Row[Any]]
    known: Collection[int] = ()
    rows: list[dict[str, Any]] = field(default_factory=list)
    sums: Sums = field(default_factory=dict)


def sweep(unit: UnitOfWork, lots: int = LOTS) -> int:
    """Count what waits, as far as so many lots; return how many cases were counted."""
    if not _ready(unit, lots):
        return 0
    done = 0
    for _ in range(lots):
        number = count(unit)
        if not number:
            break
        done += number
    return done


def recount(unit: UnitOfWork, tick: Tick = lambda done, of: None, lot: int = 10 * LOT) -> int:
    """Count every case anew from its history; return how many. Whoever reads meanwhile is told that it goes on.

    All of it in short transactions: broken off, it is gone on with by the sweep.
    """
    with unit.begin() as db:
        _begin_anew(db)
        total = db.execute(_HOW_MANY).scalar_one()
    done = 0
    tick(0, total)
    while _forget(unit, lot):
        pass
    while (number := count(unit, lot)) is None or number:
        done += number or 0
        tick(min(done, total), total)
    return done


def count(unit: UnitOfWork, most: int = LOT) -> int | None:
    """Count so many cases of those that wait; return how many, None where somebody else counted meanwhile."""
    with unit.look() as db:
        lot = read(db, unit.office(db), most)
    if not lot.rows:
        return 0
    with unit.begin() as db:
        head = tally.head(db, lock=True)
        if (head.rounds, head.form) != (lot.rounds, FORM):
            return None
        _write_sums(db, lot.sums)
        new = [row for row in lot.rows if row["case_id"] not in lot.known]
        if new:
            many.add(db, tally.counted, new)
        many.change(db, tally.counted, [_keyed(row) for row in lot.rows if row["case_id"] in lot.known])
        many.remove(db, tally.uncounted, [{"key_case_id": row.case_id, "key_seq": row.seq} for row in lot.marks])
        tally.turn(db, head.rounds + 1, FORM)
    return len(lot.rows)


def read(db: Connection, office: Office, most: int) -> Lot:
    """Return what counting so many cases changes; nothing is written."""
    rounds = tally.head(db).rounds
    ids = tally.waiting(db, most)
    if not ids:
        return Lot(rounds, ())
    lot = Lot(rounds, tally.marks(db, ids))
    known = tally.known(db, ids)
    lot.known = known.keys()
    for row, now in counted_now(db, office, ids):
        lot.rows.append({"case_id": row.id, "seq": row.seq, **stored(now)})
        add(lot.sums, row.definition, now.heads, _plain(now))
        if (before := known.get(row.id)) is not None:
            add(lot.sums, row.definition, before.heads, before.entries, sign=-1)
    return lot


def counted_now(db: Connection, office: Office, ids: Collection[int]) -> Iterable[tuple[Row[Any], Counted]]:
    """Yield these cases (``id``, ``definition``, ``seq``) with what each counts for."""
    rows = list(db.execute(_ROWS, {"ids": list(ids)}))
    pasts = _by_case(db.execute(history.OF_CASES.alone, {"ids": list(ids)}))
    booked = _by_case(booking.of_cases(db, ids))
    left = letter.that_left(db, ids)
    for row in rows:
        steps = [step for step in pasts.get(row.id, ()) if step.seq <= row.seq]
        now = what_counts(row, steps, [one for one in booked.get(row.id, ()) if one.seq <= row.seq], office)
        yield row, replace(now, ever={**now.ever, **left.get(row.id, {})})


def what_counts(row: Row[Any], steps: Sequence[Row[Any]], booked: Iterable[Row[Any]], office: Office) -> Counted:
    """Return what a case counts for, by its row, its history and what was booked of it."""
    closed, late, own = _rules(row.definition)
    found = counted(
        row.opened_on, row.facts, steps, closed=closed, late=late, own=own,
        day_of=lambda at: office.calendar.today(history.moment(at)),
    )  # fmt: skip
    entries = Counter(found.entries)
    for one in booked:
        entries[one.on_day, f"fee:{one.currency}"] += one.amount
        entries[one.on_day, f"fees:{one.currency}"] += 1
    return Counted(found.heads, entries, found.ever)


@cache
def _rules(name: str) -> tuple[frozenset[str], frozenset[str], Figures]:
    """Return which states of a procedure are closed, which deadlines say that a case is late, and its own figures."""
    if name not in HOMES:  # newer code's
        return frozenset(), frozenset(), Figures()
    found = procedure(name)
    closed = frozenset(name for name, state in found.machine.states.items() if state.closed)
    law = {clock for clock, each in found.machine.clocks.items() if each.legal and not each.warns}
    return closed, frozenset(law) | found.figures.late, found.figures


def _by_case(rows: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found


# -- sums -----------------------------------------------------------------------------------------------------------


def stored(now: Counted) -> dict[str, Any]:
    """Return what a case counts for as it is kept."""
    return {"heads": [list(head) for head in now.heads], "entries": _plain(now)}


def _plain(now: Counted) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {EVER: dict(now.ever)}
    for (day, what), number in now.entries.items():
        if number:
            found.setdefault(day.isoformat(), {})[what] = number
    return found


def add(
    sums: Sums,
    definition: str,
    heads: Iterable[Sequence[str]],
    entries: Mapping[str, Mapping[str, int]],
    sign: int = 1,
) -> None:
    """Add to *sums* what a case counts for, under each of its heads, by day and by month; without a day once."""
    for head, value in heads:
        for day, counts in entries.items():
            if day == EVER and head != ALL:
                continue
            for unit, span in (("ever", EVER),) if day == EVER else (("day", day), ("month", day[:7])):
                into = sums.setdefault((definition, head, unit, span, value), Counter())
                for what, number in counts.items():
                    into[what] += sign * number


def _write_sums(db: Connection, sums: Sums) -> None:
    """Add these to the sums that are stored; a row in which nothing is left goes."""
    places: dict[tuple[str, str, str], set[str]] = {}
    for definition, head, unit, span, _ in (key for key, change in sums.items() if any(change.values())):
        places.setdefault((definition, head, unit), set()).add(span)
    there = {
        tuple(getattr(row, name) for name in tally.KEY): Counter(row.sums)
        for place, spans in places.items()
        for row in tally.of_spans(db, *place, spans)
    }
    added, changed, gone = [], [], []
    for key, change in sums.items():
        if not any(change.values()):
            continue
        before = there.get(key, Counter())
        after = {what: number for what in {*before, *change} if (number := before[what] + change[what])}
        found = {f"key_{name}": value for name, value in zip(tally.KEY, key, strict=True)}
        if key not in there:
            added.append({**dict(zip(tally.KEY, key, strict=True)), "sums": after})
        elif after:
            changed.append({**found, "sums": after})
        else:
            gone.append(found)
    if added:
        many.add(db, tally.tally, added)
    many.change(db, tally.tally, changed)
    many.remove(db, tally.tally, gone)


def _keyed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"key_case_id": row["case_id"], **{name: row[name] for name in ("seq", "heads", "entries")}}


def _begin_anew(db: Connection) -> None:
    """Forget every sum; nobody counts until what the cases count for is forgotten too."""
    head = tally.head(db, lock=True)
    tally.forget_sums(db)
    tally.turn(db, head.rounds + 1, ANEW)


def _forget(unit: UnitOfWork, most: int) -> bool:
    """Forget what so many cases count for; False when nothing of it is left, or somebody else counts again already."""
    with unit.look() as db:
        some = tally.to_forget(db, most)
    with unit.begin() as db:
        head = tally.head(db, lock=True)
        if head.form != ANEW:
            return False
        if some is None:
            tally.turn(db, head.rounds + 1, FORM)
        else:
            tally.forget(db, *some)
    return some is not None


def _ready(unit: UnitOfWork, lots: int) -> bool:
    """Whether cases may be counted: what a release before counted otherwise is forgotten first, some lots now."""
    with unit.look() as db:
        form = tally.head(db).form
    if form not in (FORM, ANEW):
        with unit.begin() as db:
            _begin_anew(db)
    return form == FORM or not all(_forget(unit, 10 * LOT) for _ in range(lots))
