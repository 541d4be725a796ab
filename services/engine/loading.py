"""Cases read for the rules, whatever their procedures: rows, views and timers, a statement a table."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from models import history, timer
from services.engine.office import Office
from services.engine.order import Loaded
from services.engine.store import store
from workflows.engine.past import Past, past
from workflows.registry import procedure


def load(db: Connection, rows: Sequence[Row[Any]], office: Office, wanted: Collection[str] = ()) -> dict[str, Loaded]:
    """Return these cases by number, with all that the rules of the *wanted* transitions look at."""
    if not rows:
        return {}
    timers = timer.of_cases(db, [row.id for row in rows])
    views: dict[str, tuple[Any, Any]] = {}
    for name in sorted({row.definition for row in rows}):
        mine = [row for row in rows if row.definition == name]
        views |= store(name).views(db, mine, office, wanted)
        if looks_back(name, wanted):
            pasts = _pasts(db, mine, office)
            views |= {
                row.number: (replace(views[row.number][0], past=pasts[row.id]), views[row.number][1]) for row in mine
            }
    return {row.number: Loaded(row, views[row.number][0], timers.get(row.id, []), views[row.number][1]) for row in rows}


def looks_back(name: str, wanted: Collection[str]) -> bool:
    """Whether one of these transitions puts something right: its rules look at what the case has been through."""
    transitions = procedure(name).machine.transitions
    return any(transitions[each].looks_back for each in wanted if each in transitions)


def _pasts(db: Connection, rows: Sequence[Row[Any]], office: Office) -> dict[int, Past]:
    told = history.of_cases(db, [row.id for row in rows])

    def day_of(micros: int) -> date:
        return office.calendar.today(history.moment(micros))

    return {row.id: past(told.get(row.id, ()), day_of) for row in rows}


def housed(db: Connection, loaded: Mapping[str, Loaded], office: Office) -> dict[str, Loaded]:
    """Return these cases with what lies in the house of each and nobody has registered."""
    found: dict[str, Loaded] = {}
    for name in sorted({one.row.definition for one in loaded.values()}):
        mine = {number: one for number, one in loaded.items() if one.row.definition == name}
        views = store(name).housed(db, mine, office)
        found |= {number: replace(one, case=views[number]) for number, one in mine.items()}
    return found
