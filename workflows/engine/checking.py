"""Whether a definition may be loaded: what could strand, lose or silently reopen a case is refused by name.

And the shape of a definition, which is all of it that a stored case depends on, with its fingerprint.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from workflows.engine.deadlines import Deadline
from workflows.engine.declaring import Declaration, State
from workflows.engine.values import Role


class BadDefinition(Exception):
    """The definition cannot be loaded; every fault is named."""

    def __init__(self, name: str, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"the definition {name!r} is refused: " + "; ".join(self.faults))


def faults(declared: Declaration[Any], letters: Iterable[str]) -> list[str]:
    """Return what is wrong with a definition; *letters* are the kinds that have a template in each language."""
    found = [
        *_misplaced_starts(declared),
        *_broken_ways(declared),
        *_no_way_back(declared),
        *_broken_deadlines(declared),
    ]
    known = set(letters)
    for transition in declared.transitions.values():
        found += [f"{transition.name}: no template for {kind}" for kind in transition.letters if kind not in known]
    return found


def _misplaced_starts(declared: Declaration[Any]) -> list[str]:
    starts = [state for state in declared.states.values() if state.initial]
    found = [] if len(starts) == 1 else [f"needs exactly one initial state, has {len(starts)}"]
    openers = [t for t in declared.transitions.values() if t.opens]
    found += [
        f"{t.name}: opens a case but not in the initial state"
        for t in openers
        if t.target not in starts and not t.entrance
    ]
    for t in declared.transitions.values():
        if t.entrance and (not t.opens or t.target in starts):
            found.append(f"{t.name}: is declared as an entrance, but leads from a state, or into the initial one")
        if t.entrance and t.target is not None and t.target.closed:
            found.append(f"{t.name}: lets a case begin in the closed state {t.target}")
    if all(t.entrance for t in openers):
        found += ["no transition opens a case in the initial state"] if openers else []
    return found if openers else [*found, "no transition opens a case"]


def _broken_ways(declared: Declaration[Any]) -> list[str]:
    found = []
    ways: dict[str, set[str]] = {name: set() for name in declared.states}
    for t in declared.transitions.values():
        unknown = [s for s in (*t.sources, *([t.target] if t.target is not None else [])) if s not in declared.states]
        found += [f"{t.name}: unknown state {state}" for state in unknown]
        for source in t.sources:
            if t.target is None or t.target == source or source not in declared.states:
                continue
            ways[source].add(t.target)
            if declared.states[source].closed and not t.reopens:
                found.append(f"{t.name}: leads out of the closed state {source} but is not declared as reopening")
    start = next((name for name, state in declared.states.items() if state.initial), None)
    reached, todo = set(), [start] if start is not None else []
    todo += [str(t.target) for t in declared.transitions.values() if t.entrance and t.target in declared.states]
    while todo:
        here = todo.pop()
        if here not in reached:
            reached.add(here)
            todo.extend(ways.get(here, ()))
    found += [f"{name}: cannot be reached" for name in declared.states if name not in reached]
    found += [f"{n}: a dead end" for n, state in declared.states.items() if not state.closed and not ways[n]]
    return found


def _no_way_back(declared: Declaration[Any]) -> list[str]:
    """Return where the steps that are said to put one right are none, or not possible where it leads."""
    found = []
    for t in declared.transitions.values():
        unknown = [name for name in t.undone_by if name not in declared.transitions]
        found += [f"{t.name}: is said to be undone by the unknown transition {name}" for name in unknown]
        if t.undone_by and t.stands:
            found.append(f"{t.name}: is said both to be undone and to stand")
        ways = [declared.transitions[name] for name in t.undone_by if name in declared.transitions]
        for place in (t.target,) if t.target is not None else t.sources:
            if ways and not any(place in way.sources for way in ways):
                found.append(f"{t.name}: nothing that undoes it is possible in {place}")
    return found


def _broken_deadlines(declared: Declaration[Any]) -> list[str]:
    found = []
    for state in declared.states.values():
        names = [d.name for d in state.deadlines]
        found += [f"{state}: two deadlines are named {n}" for n in sorted(set(names)) if names.count(n) > 1]
        for deadline in state.deadlines:
            found += _unfit(declared, deadline, state)
            if deadline.condition is not None and deadline.condition not in declared.conditions:
                found.append(f"{state}: nothing says what {deadline.condition!r} means")
        if state.closed and state.deadlines:
            found.append(f"{state}: a closed state has deadlines")
        if not state.closed and not _goes_on(declared, state):
            found.append(f"{state}: waits, but its deadlines do not go on until the case moves")
    for clock in declared.clocks.values():
        if clock.deadline.fires not in declared.transitions:
            found.append(f"clock {clock.deadline.name}: fires the unknown transition {clock.deadline.fires}")
    return found


def _unfit(declared: Declaration[Any], deadline: Deadline, state: State) -> list[str]:
    fired = declared.transitions.get(deadline.fires)
    if fired is None:
        return [f"{state}: the deadline {deadline.name} fires the unknown transition {deadline.fires}"]
    if state not in fired.sources:
        return [f"{state}: the deadline {deadline.name} fires {deadline.fires}, which is not possible there"]
    if Role.SYSTEM not in fired.roles:
        return [f"{state}: the deadline {deadline.name} fires {deadline.fires}, which the system may not do"]
    return []


def _goes_on(declared: Declaration[Any], state: State) -> bool:
    """Whether something stays due: a deadline without end, or ways out that cover every condition they carry."""
    leaving = []
    for deadline in state.deadlines:
        fired = declared.transitions.get(deadline.fires)
        if deadline.endless and not deadline.condition:
            return True
        if fired is not None and fired.target is not None and fired.target != state:
            leaving.append(deadline.condition)
    return _covered(leaving)


def _covered(conditions: list[str | None]) -> bool:
    """Whether two opposite conditions (``x`` and ``not x``) or an unconditional way out are among them."""
    present = set(conditions)
    return None in present or any(f"not {condition}" in present for condition in present)


# -- the shape of a definition ------------------------------------------------------------------------------------


def shape(declared: Declaration[Any]) -> dict[str, Any]:
    """Return all of the definition that a stored case depends on, as plain data."""
    return {
        "name": declared.name,
        "version": declared.version,
        "states": {
            name: {
                "initial": state.initial,
                "closed": state.closed,
                "anchor": state.anchor,
                "deadlines": [deadline.shape() for deadline in state.deadlines],
            }
            for name, state in sorted(declared.states.items())
        },
        "transitions": {
            name: {
                "sources": sorted(t.sources),
                "target": t.target,
                "roles": sorted(t.roles),
                "payload": {f.name: str(f.type) for f in fields(t.payload)},
                "on_hold": t.on_hold,
                "reopens": t.reopens,
                **({"entrance": True} if t.entrance else {}),
                "letters": sorted(t.letters),
                "unless": [guard.__name__ for guard in t.unless],
            }
            for name, t in sorted(declared.transitions.items())
        },
        "clocks": {name: clock.deadline.shape() for name, clock in sorted(declared.clocks.items())},
    }


def fingerprint(shape: Mapping[str, Any]) -> str:
    """Return a short name of a definition's shape: the same shape, the same fingerprint, on any machine."""
    text = json.dumps(shape, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
