"""The kept figures held against what they are sums of: what each case counts for, by its own history."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row

from models import tally
from services.engine import counting
from services.engine.office import Office
from workflows.engine.figures import FORM
from workflows.engine.values import Reason

Told = tuple[str | None, str, Reason]
LOT = 2_000
"""How many cases come from the database at a time."""


def of_cases(db: Connection, rows: Sequence[Row[Any]], office: Office) -> dict[int, list[tuple[str, Reason]]]:
    """Return (what, sentence) of those of these cases that count for something else than their histories say.

    A case that waits to be counted is none of them.
    """
    if tally.head(db).form != FORM:
        return {}
    ids = [row.id for row in rows]
    waits = {row.case_id for row in tally.marks(db, ids)}
    known = tally.known(db, ids)
    found: dict[int, list[tuple[str, Reason]]] = {}
    for row, now in counting.counted_now(db, office, [one for one in ids if one not in waits]):
        kept, wanted = known.get(row.id), {"seq": row.seq, **counting.stored(now)}
        if kept is None or {name: getattr(kept, name) for name in wanted} != wanted:
            found[row.id] = [("miscounted", Reason("doctor.miscounted"))]
    return found


def of_sums(db: Connection) -> Iterator[Told]:
    """Yield that the sums are not those of the cases, if so; *db* shows one moment."""
    if tally.head(db).form != FORM:
        return
    wanted: counting.Sums = {}
    for row in tally.everything_counted(db, LOT):
        counting.add(wanted, row.definition, row.heads, row.entries)
    kept = {tuple(getattr(row, name) for name in tally.KEY): Counter(row.sums) for row in tally.all_sums(db)}
    differ = sorted(key for key in {*wanted, *kept} if wanted.get(key, Counter()) != kept.get(key, Counter()))
    if differ:
        params = {"sums": len(differ), "first": " ".join(differ[0])}
        yield None, "sums_differ", Reason("doctor.sums_differ", params)
