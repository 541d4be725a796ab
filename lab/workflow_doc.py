"""``python -m lab.workflow_doc``: write docs/workflow.md from the procedure as declared; a test keeps it true."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from services.reports.diagram import mermaid
from settings import PROJECT
from workflows.engine.deadlines import Deadline, Unit
from workflows.engine.machine import State, Transition
from workflows.request.procedure import CLOSED, OPEN, request
from workflows.words import noun

TARGET = PROJECT / "docs" / "workflow.md"

HEAD = """\
# The procedure, as it is declared

Made from [`workflows/request/procedure.py`](../workflows/request/procedure.py) by `.venv/bin/python -m
lab.workflow_doc`; do not edit. A test fails when the two differ. What the words mean: [the glossary](glossary.md).
States and clocks stand in [`states.py`](../workflows/request/states.py), transitions in
[`steps/`](../workflows/request/steps), a file for each phase of the work.
"""
UNITS = {
    Unit.WORKING_DAYS: "working days",
    Unit.CALENDAR_DAYS: "calendar days (the law's)",
    Unit.MONTHS: "months (the law's)",
}
ANCHORS = {"entered_on": "the day it came there", "posted_on": "the posting day"}


def page() -> str:
    """Return the page."""
    parts = [
        HEAD,
        f"Definition `{request.name}`, version {request.version}, fingerprint `{request.fingerprint}`.\n",
        f"```mermaid\n{mermaid(request, 'en')}\n```\n",
        _section("States", _states()),
        _section("Transitions", _transitions()),
        _section("What must be true first", _guards()),
        _section("Clocks of the case", _clocks()),
        _section("How each is put right", _ways_back()),
    ]
    return "\n".join(parts)


def _section(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"## {title}", "", *lines, ""])


def _states() -> Iterator[str]:
    yield "| state | 日本語 | kind | becomes due |"
    yield "|---|---|---|---|"
    for name, state in request.states.items():
        kind = "first" if state.initial else "closed" if state.closed else "open"
        due = "<br>".join(_deadline(deadline, state) for deadline in state.deadlines) or "-"
        yield f"| `{name}` | {noun(f'state.{name}', 'ja')} | {kind} | {due} |"


def _deadline(deadline: Deadline, state: State) -> str:
    name = "" if deadline.name == deadline.fires else f" ({deadline.name})"
    condition = f", if {deadline.condition}" if deadline.condition else ""
    theirs = "; that whole day is theirs, so when the office opens next" if deadline.whole_day else ""
    grace = (
        "" if deadline.grace is None else f"; {deadline.grace} working days after a reminder was posted at the least"
    )
    return f"`{deadline.fires}`{name}: {_counts(deadline)} after {ANCHORS[state.anchor]}{condition}{theirs}{grace}"


def _counts(deadline: Deadline) -> str:
    counts = [str(count) for count in deadline.counts]
    listed = counts[0] if len(counts) == 1 else f"{', '.join(counts[:-1])} and {counts[-1]}"
    unit = UNITS[deadline.unit]
    if deadline.counts == (1,):
        unit = unit.replace("days", "day").replace("months", "month")
    step = "" if deadline.step is None else f", then every {deadline.step}"
    return f"{listed} {unit}{step}"


def _transitions() -> Iterator[str]:
    yield "| transition | 日本語 | from -> to | who | letters | what |"
    yield "|---|---|---|---|---|---|"
    for name, transition in request.transitions.items():
        letters = ", ".join(noun(f"letter.{letter}", "en") for letter in sorted(transition.letters)) or "-"
        yield (
            f"| `{name}` | {noun(f'transition.{name}', 'ja')} | {_way(transition)} | {', '.join(transition.roles)}"
            f" | {letters} | {transition.text}{_beside(transition)} |"
        )


def _way(transition: Transition) -> str:
    if transition.opens:
        return f"- -> {transition.target}"
    sources = set(transition.sources)
    if sources == {*OPEN, *CLOSED}:
        where = "any"
    elif sources == set(OPEN):
        where = "any open"
    elif sources == set(CLOSED):
        where = "any closed"
    else:
        where = ", ".join(str(source) for source in transition.sources)
    return f"{where}, stays" if transition.target is None else f"{where} -> {transition.target}"


def _beside(transition: Transition) -> str:
    notes = []
    if transition.on_hold:
        notes.append("possible on hold")
    if transition.reopens:
        notes.append("reopens a closed case")
    return f" ({'; '.join(notes)})" if notes else ""


def _guards() -> Iterator[str]:
    yield "| transition | condition | meaning |"
    yield "|---|---|---|"
    for name, transition in request.transitions.items():
        for guard in transition.unless:
            meaning = " ".join((guard.__doc__ or "").partition("\n\n")[0].split())
            yield f"| `{name}` | {guard.__name__.replace('_', ' ')} | {meaning} |"
    yield ""
    yield "What only the order itself can tell (a day, an outcome, a code) is looked at by the transition's body."


def _clocks() -> Iterator[str]:
    yield "They run whatever state the case stands in. Office deadlines stand still on hold; the law's never do."
    yield ""
    yield "| clock | fires | when | runs |"
    yield "|---|---|---|---|"
    for name, clock in request.clocks.items():
        runs = " ".join((clock.starts.__doc__ or "").split())
        when = f"after {_counts(clock.deadline)}" if clock.deadline.counts else "as the law of the case says"
        yield f"| `{name}` | `{clock.deadline.fires}` | {when} | {runs} |"


def _ways_back() -> Iterator[str]:
    yield "Should it have been recorded wrongly ([ADR 43](adr/0043-put-right.md)). A test tries each in every state."
    yield ""
    yield "| transition | put right by | typed |"
    yield "|---|---|---|"
    for name, transition in request.transitions.items():
        ways = [request.transitions[way] for way in transition.undone_by]
        names = ", ".join(f"`{way.name}`" for way in ways) or f"nothing: {transition.stands}"
        lines = dict.fromkeys(f"`{way.line('CASE')}`" for way in ways)
        yield f"| `{name}` | {names} | {'<br>'.join(lines) or '-'} |"


def main(target: Path = TARGET) -> int:
    """Write the page."""
    target.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
