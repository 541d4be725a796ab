"""What a case has been through, as its history tells it: for steps that put right what was recorded wrongly. Pure.

Nothing is taken out of a history. A step that takes another one back is a row of its own that names it (``undoes``),
and where it brings the case back to where it stood, it says to which stay (``back_to``): since when, and how often each
of its deadlines had fired, so that nothing counts anew and nothing is said twice.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

UNDOES, REPLACES, BACK_TO = "undoes", "replaces", "back_to"
"""Under which names a row's details say which row it takes back, which one it takes the place of, and where it leads.

Where a step that took another one back is itself taken back, that one stands again; where it took its place, both go.
"""
LAW_ANEW = "law_anew"
"""Under which name a row's details say that the law's dates count from another day than before."""


class Row(Protocol):
    """One row of a history, as far as it counts here; ``at`` are microseconds since 1970."""

    @property
    def seq(self) -> int:
        """Its number."""
        ...

    @property
    def at(self) -> int:
        """When it was written."""
        ...

    @property
    def transition(self) -> str:
        """The step."""
        ...

    @property
    def source(self) -> str | None:
        """Where the case stood."""
        ...

    @property
    def target(self) -> str:
        """Where it stands since."""
        ...

    @property
    def actor(self) -> str:
        """Whose step it is."""
        ...

    @property
    def cause(self) -> str:
        """The order or the timer."""
        ...

    @property
    def details(self) -> Mapping[str, Any]:
        """Codes and numbers."""
        ...


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay in a state: from row ``seq`` on, counted since that day; ``fired``: how often each deadline fired."""

    state: str
    seq: int
    since: date
    by: str
    fired: Mapping[str, int] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """Return it as the history row that goes back to it keeps it."""
        return {"seq": self.seq, "since": self.since.isoformat(), "fired": dict(self.fired)}


@dataclass(frozen=True, slots=True)
class Step:
    """One row that still stands."""

    seq: int
    name: str
    actor: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Past:
    """The stays of a case in their order, its steps that were not taken back, and how often each timer fired."""

    stays: tuple[Stay, ...] = ()
    steps: tuple[Step, ...] = ()
    fired: Mapping[tuple[int, str], int] = field(default_factory=dict)

    def last(self, *names: str, **details: object) -> Step | None:
        """Return the newest step of one of these names that still stands and has these details."""
        for step in reversed(self.steps):
            if step.name in names and all(step.details.get(name) == value for name, value in details.items()):
                return step
        return None

    @property
    def stay(self) -> Stay | None:
        """The stay the case is in."""
        return self.stays[-1] if self.stays else None

    def stay_in(self, *states: str, before: int) -> Stay | None:
        """Return the newest stay in one of these states that began before a row."""
        return next((stay for stay in reversed(self.stays) if stay.seq < before and stay.state in states), None)

    def before(self, step: Step | None) -> Stay | None:
        """Return the stay in which a step was taken."""
        if step is None:
            return None
        return next((stay for stay in reversed(self.stays) if stay.seq < step.seq), None)


def past(rows: Iterable[Row], day_of: Callable[[int], date]) -> Past:
    """Return what these rows, in their order, say; *day_of* gives the office's day of a row's time."""
    stays: list[Stay] = []
    fired: dict[tuple[int, str], int] = {}
    standing: dict[int, Step] = {}
    undone: dict[int, Step | None] = {}
    for row in rows:
        if row.source != row.target:
            back = row.details.get(BACK_TO) or {}
            since = date.fromisoformat(back["since"]) if back else day_of(row.at)
            stays.append(Stay(row.target, row.seq, since, row.transition, dict(back.get("fired", {}))))
        kind, _, rest = row.cause.partition(":")
        if kind == "timer":
            name, entry, fire_no = rest.split(":")
            fired[int(entry), name] = max(fired.get((int(entry), name), 0), int(fire_no))
        standing[row.seq] = Step(row.seq, row.transition, row.actor, row.details)
        if (replaced := row.details.get(REPLACES)) is not None:
            standing.pop(int(replaced), None)
        if (of := row.details.get(UNDOES)) is not None:
            undone[row.seq] = standing.pop(int(of), None)
            if (again := undone.pop(int(of), None)) is not None:
                standing[again.seq] = again
    return Past(
        tuple(_with_firings(stay, fired) for stay in stays),
        tuple(standing[seq] for seq in sorted(standing)),
        fired,
    )


def _with_firings(stay: Stay, fired: Mapping[tuple[int, str], int]) -> Stay:
    mine = {name: count for (entry, name), count in fired.items() if entry == stay.seq}
    return Stay(stay.state, stay.seq, stay.since, stay.by, {**stay.fired, **mine})
