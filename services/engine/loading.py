"""Cases read for the rules, whatever their procedures: rows, views and timers, in one statement where they are few."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from models import history, timer
from models.questions import Answers, Question, ask, by_case
from services.engine.office import Office
from services.engine.order import Loaded
from services.engine.store import store
from workflows.engine.past import past
from workflows.registry import procedure


def load(db: Connection, rows: Sequence[Row[Any]], office: Office, wanted: Collection[str] = ()) -> dict[str, Loaded]:
    """Return these cases by number, with all that the rules of the *wanted* transitions look at."""
    return loaded(rows, ask(db, questions(rows, wanted), about(rows)), office, wanted)


def about(rows: Sequence[Row[Any]]) -> dict[str, list[int]]:
    """Return of which cases the `questions` are asked."""
    return {"ids": [row.id for row in rows]}


def questions(rows: Sequence[Row[Any]], wanted: Collection[str] = ()) -> list[Question]:
    """Return what must be asked about these cases before `loaded`."""
    if not rows:
        return []
    asked = [timer.OF_CASES]
    for name, mine in _by_procedure(rows):
        asked += store(name).asks(mine, wanted)
        if looks_back(name, wanted):
            asked.append(history.OF_CASES)
    return list(dict.fromkeys(asked))


def loaded(
    rows: Sequence[Row[Any]], answers: Answers, office: Office, wanted: Collection[str] = ()
) -> dict[str, Loaded]:
    """Return these cases by number, as the answers to the `questions` tell them."""
    if not rows:
        return {}
    timers = by_case(answers[timer.OF_CASES])
    views: dict[str, tuple[Any, Any]] = {}
    for name, mine in _by_procedure(rows):
        views |= store(name).views(mine, answers, office, wanted)
        if looks_back(name, wanted):
            views |= _with_pasts(mine, views, answers, office)
    return {
        row.number: Loaded(row, _as_it_stands(row, case), timers.get(row.id, []), kept)
        for row in rows
        for case, kept in [views[row.number]]
    }


def _as_it_stands(row: Row[Any], case: Any) -> Any:
    return case if row.erased_at is None else replace(case, erased=True)


def looked_at_again(db: Connection, before: Loaded, office: Office) -> Any:
    """Return the view of a case after something was written of it beside its row and its timers."""
    mine = store(before.row.definition)
    answers = ask(db, mine.asks([before.row], ()), about([before.row]))
    return _as_it_stands(before.row, mine.views([before.row], answers, office, ())[before.row.number][0])


def looks_back(name: str, wanted: Collection[str]) -> bool:
    """Whether one of these transitions puts something right: its rules look at what the case has been through."""
    transitions = procedure(name).machine.transitions
    return any(transitions[each].looks_back for each in wanted if each in transitions)


def _with_pasts(
    rows: Sequence[Row[Any]], views: Mapping[str, tuple[Any, Any]], answers: Answers, office: Office
) -> dict[str, tuple[Any, Any]]:
    """Return the views of these cases with what each has been through, as its history tells it."""
    told = by_case(answers[history.OF_CASES])

    def day_of(micros: int) -> date:
        return office.calendar.today(history.moment(micros))

    found = {}
    for row in rows:
        case, kept = views[row.number]
        found[row.number] = (replace(case, past=past(told.get(row.id, ()), day_of)), kept)
    return found


def housed(db: Connection, loaded: Mapping[str, Loaded], office: Office) -> dict[str, Loaded]:
    """Return these cases with what lies in the house of each and nobody has registered."""
    found: dict[str, Loaded] = {}
    for name in sorted({one.row.definition for one in loaded.values()}):
        mine = {number: one for number, one in loaded.items() if one.row.definition == name}
        views = store(name).housed(db, mine, office)
        found |= {number: replace(one, case=views[number]) for number, one in mine.items()}
    return found


def _by_procedure(rows: Sequence[Row[Any]]) -> list[tuple[str, list[Row[Any]]]]:
    names = sorted({row.definition for row in rows})
    return [(name, [row for row in rows if row.definition == name]) for name in names]
