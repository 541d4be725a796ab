"""What this checkout's definition would do to the open cases, told before it is deployed.

The deadlines are counted as adopting itself would set them, case by case, so that plan and deed cannot differ.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, func, select

from models import case as cases
from models.command import command
from models.definitions import recorded
from services.engine import timers
from services.engine.loading import load
from services.engine.office import Office
from services.engine.order import Loaded
from services.engine.unit import UnitOfWork
from services.engine.upgrades import firings, shape_of
from workflows.engine.machine import Machine
from workflows.registry import machine, of_number

LOOK = 300

_STATES = (
    select(cases.case.c.state, func.count())
    .where(cases.case.c.open, cases.case.c.definition == bindparam("name"))
    .group_by(cases.case.c.state)
)
_WAITING = select(command.c.case_number, command.c.transition).where(command.c.outcome.is_(None))


@dataclass(frozen=True, slots=True)
class DeadlineChange:
    """One deadline that the new definition has, has not, or counts otherwise; ``where`` is a state or "case"."""

    where: str
    name: str
    change: str
    before: str | None
    now: str | None


@dataclass(slots=True)
class Plan:
    """What a start of this checkout would find and do.

    ``refusals`` are codes: no start where there is any. ``need_mapping`` counts open cases in states that are no more,
    ``orders`` waiting orders of transitions that are no more. ``moves`` counts timers: later, earlier, new, gone, and
    at_once for those that would fire at once.
    """

    name: str
    version: int
    fingerprint: str
    recorded: dict[int, str]
    open_cases: int = 0
    adopt: Counter[int] = field(default_factory=Counter)
    need_mapping: dict[str, int] = field(default_factory=dict)
    orders: dict[str, int] = field(default_factory=dict)
    moves: Counter[str] = field(default_factory=Counter)
    deadlines: list[DeadlineChange] = field(default_factory=list)
    transitions: dict[str, list[str]] = field(default_factory=dict)

    @property
    def refusals(self) -> list[str]:
        """Why a start would be refused."""
        newest = max(self.recorded, default=self.version)
        return [
            code
            for code, holds in (
                ("older_definition", newest > self.version),
                ("definition_changed", self.recorded.get(self.version, self.fingerprint) != self.fingerprint),
                ("state_vanished", bool(self.need_mapping)),
            )
            if holds
        ]


def plan(unit: UnitOfWork, procedure: str) -> Plan:
    """Return what a start of this checkout would find and do with a procedure; nothing is written."""
    now = machine(procedure)
    with unit.look() as db:
        versions = recorded(db, now.name)
        found = Plan(now.name, now.version, now.fingerprint, {row.version: row.fingerprint for row in versions})
        states: dict[str, int] = {row[0]: row[1] for row in db.execute(_STATES, {"name": now.name})}
        found.open_cases = sum(states.values())
        found.need_mapping = {
            state: count
            for state, count in sorted(states.items())
            if state not in now.states or now.states[state].closed
        }
        waiting = Counter(
            row.transition for row in db.execute(_WAITING) if of_number(row.case_number).name == procedure
        )
        found.orders = {name: count for name, count in sorted(waiting.items()) if name not in now.transitions}
    _count_moves(unit, now, found)
    # The migration has recorded the present version already: what open cases are under is what it is held against.
    older = [row for row in versions if row.version < now.version]
    known = older if found.adopt and older else versions
    former = known[-1].shape if known else now.shape()
    found.deadlines = list(deadline_changes(former, now.shape()))
    found.transitions = transition_changes(former, now.shape())
    return found


def _count_moves(unit: UnitOfWork, now: Machine[Any], found: Plan) -> None:
    """Count, over all open cases that would come under the version, what becomes of their timers."""
    after = 0
    query = select(cases.case).where(
        cases.case.c.open, cases.case.c.definition == now.name, cases.case.c.version < now.version
    )
    while True:
        with unit.look() as db:
            rows = list(db.execute(query.where(cases.case.c.id > after).order_by(cases.case.c.id).limit(LOOK)))
            if not rows:
                return
            found.adopt.update(row.version for row in rows)
            here = unit.office(db)
            shapes = {version: shape_of(db, now.name, version) for version in {row.version for row in rows}}
            movable = [row for row in rows if row.state not in found.need_mapping]
            for loaded in load(db, movable, here).values():
                _count(loaded, shapes[loaded.row.version], here, found.moves)
        after = rows[-1].id


def _count(loaded: Loaded, former: Mapping[str, Any], here: Office, moves: Counter[str]) -> None:
    rows = timers.Rows()
    earlier = firings(former, loaded.row.state)
    timers.rearm(rows, loaded.row.id, loaded.timers, loaded.case, loaded.case, here, earlier=earlier)
    was = {(row.entry_seq, row.name): row.due_at for row in loaded.timers}
    for move in rows.moved:
        moves["later" if move["due_at"] > was[move["key_entry_seq"], move["key_name"]] else "earlier"] += 1
    moves["gone"] += len(rows.gone)
    moves["new"] += len(rows.new)
    at_once = [row["due_at"] for row in rows.moved] + [row["due_at"] for row in rows.new]
    moves["at_once"] += sum(1 for due in at_once if due <= here.now)


# -- comparing shapes -----------------------------------------------------------------------------------------------


def deadline_changes(former: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[DeadlineChange]:
    """Yield the deadlines that two shapes of a definition do not have in common."""
    places = list(dict.fromkeys([*former["states"], *now["states"]]))
    for state in places:
        old = {d["name"]: d for d in former["states"].get(state, {"deadlines": []})["deadlines"]}
        new = {d["name"]: d for d in now["states"].get(state, {"deadlines": []})["deadlines"]}
        yield from _compared(state, old, new)
    yield from _compared("case", former["clocks"], now["clocks"])


def _compared(where: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[DeadlineChange]:
    for name in dict.fromkeys([*old, *new]):
        before, after = old.get(name), new.get(name)
        if before != after:
            told = (None if each is None else said_of(each) for each in (before, after))
            yield DeadlineChange(where, name, _change(before, after), *told)


def _change(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """Return new, gone, longer, shorter, or changed where neither word tells it all."""
    if before is None or after is None:
        return "new" if before is None else "gone"
    if any(before[name] != after[name] for name in ("fires", "unit", "at_opening", "condition")):
        return "changed"
    if len(before["counts"]) != len(after["counts"]) or (before["step"] is None) != (after["step"] is None):
        return "changed"
    pairs = [*zip(before["counts"], after["counts"], strict=True), (before["step"] or 0, after["step"] or 0)]
    signs = {(new > old) - (new < old) for old, new in pairs} - {0}
    return {1: "longer", -1: "shorter"}[signs.pop()] if len(signs) == 1 else "changed"


def said_of(deadline: Mapping[str, Any]) -> str:
    """Return a deadline's counts in short: ``2, 4, 6 working_days, then every 5``."""
    counts = ", ".join(str(count) for count in deadline["counts"])
    step = "" if deadline["step"] is None else f", then every {deadline['step']}"
    return f"{counts} {deadline['unit']}{step}"


def transition_changes(former: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the transitions that are new, gone or changed, each with what of it changed."""
    old, new = former["transitions"], now["transitions"]
    changes: dict[str, list[str]] = {}
    for name in dict.fromkeys([*old, *new]):
        if name not in old or name not in new:
            changes[name] = ["new" if name in new else "gone"]
        elif old[name] != new[name]:
            changes[name] = [part for part in new[name] if old[name].get(part) != new[name][part]]
    return changes
