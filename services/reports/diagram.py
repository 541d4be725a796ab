"""The procedure as a Mermaid diagram, made from its definition, with the cases that stand in each state."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from models.case import case
from services.engine.office import Office
from workflows.engine.machine import Machine
from workflows.words import listed, noun, tell


@dataclass(frozen=True, slots=True)
class Standing:
    """How many cases stand in a state, and for how many days in the median; None for closed states."""

    count: int
    median_days: float | None


def standings(db: Connection, office: Office, machine: Machine[Any]) -> dict[str, Standing]:
    """Return how many cases stand in each state and how long they have."""
    today = office.calendar.today(office.now)
    ages: dict[str, list[tuple[int, int]]] = {state: [] for state in machine.states}
    query = select(case.c.state, case.c.entered_on, func.count()).where(case.c.definition == machine.name)
    for state, entered_on, count in db.execute(query.group_by(case.c.state, case.c.entered_on)):
        ages.setdefault(state, []).append(((today - entered_on).days, count))
    return {
        state: Standing(
            sum(count for _, count in found),
            None if not found or machine.states[state].closed else _median(sorted(found)),
        )
        for state, found in ages.items()
    }


def _median(ages: list[tuple[int, int]]) -> float:
    """Return the median of sorted ages, each with how often it occurs."""
    total = sum(count for _, count in ages)
    middle = []
    for position in {(total - 1) // 2, total // 2}:
        passed = 0
        for age, count in ages:
            passed += count
            if passed > position:
                middle.append(age)
                break
    return sum(middle) / len(middle)


def mermaid(machine: Machine[Any], language: str, standing: dict[str, Standing] | None = None) -> str:
    """Return the diagram as text; with *standing* each state shows its cases."""
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f'    state "{_label(name, language, standing)}" as {name}' for name in machine.states]
    ways: dict[tuple[str, str], list[str]] = {}
    stays: dict[str, list[str]] = {}
    for transition in machine.transitions.values():
        word = noun(f"transition.{transition.name}", language)
        if transition.opens:
            ways.setdefault(("[*]", str(transition.target)), []).append(word)
        for source in transition.sources:
            if transition.target is None or transition.target == source:
                stays.setdefault(str(source), []).append(word)
            else:
                ways.setdefault((str(source), str(transition.target)), []).append(word)
    lines += [f"    {source} --> {target}: {listed(words, language)}" for (source, target), words in ways.items()]
    lines += [f"    {name} --> [*]" for name, state in machine.states.items() if state.closed]
    for name, words in stays.items():
        lines += [f"    note right of {name}", f"        {listed(words, language)}", "    end note"]
    return "\n".join(lines)


def _label(name: str, language: str, standing: dict[str, Standing] | None) -> str:
    word = noun(f"state.{name}", language)
    if standing is None:
        return word
    here = standing[name]
    if here.median_days is None:
        return tell("diagram.counted", language, state=word, count=here.count)
    return tell("diagram.aged", language, state=word, count=here.count, days=here.median_days)
