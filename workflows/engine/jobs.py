"""What a person must do next in a case: declared by its procedure, asked by lists, `show` and the day's page.

`Jobs.next` says of a case whose turn it is: a job of people, or nobody's, where the case waits for the person outside
or for the clock. It is pure and looks at nothing but the case, so what lists store of it follows from the case alone.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from workflows.engine.machine import Machine
from workflows.engine.values import Role


class Todo(StrEnum):
    """The next job of people in a case, in the order of a clerk's day. Outside checks know these words."""

    REGISTER = "register"
    PRINT = "print"
    POST = "post"
    VERIFY = "verify"
    DECIDE = "decide"
    RELEASE = "release"
    HOLD = "hold"
    NOTICE = "notice"
    SEARCH = "search"
    STEP = "step"
    HAND_OVER = "hand_over"
    CARRY_OUT = "carry_out"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Within:
    """A term no deadline has: so many working days after the day that field of the case names."""

    working_days: int
    since: str


@dataclass(frozen=True, slots=True)
class Job:
    """One kind of job: who may do it, and by when the office wants it done.

    ``terms`` are names of deadlines, of the state or clocks: by the first firing of the earliest that runs the job
    should be done, since from then on the clock chases whoever has it. ``not_by`` are the columns of the case that name
    who may not do it: four eyes.
    """

    by: tuple[Role, ...]
    terms: tuple[str | Within, ...] = ()
    not_by: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who may do it: the lead may do what the others may."""
        return (*self.by, *(() if Role.LEAD in self.by else (Role.LEAD,)))


def nobodys(case: Any) -> Todo | None:
    """Return the next job where a procedure declares none."""
    return None


@dataclass(frozen=True, slots=True)
class Jobs:
    """The jobs of a procedure: which is next in a case (None: nobody's turn), and what each is."""

    next: Callable[[Any], Todo | None] = nobodys
    kinds: Mapping[Todo, Job] = field(default_factory=dict)

    def faults(self, machine: Machine[Any]) -> Iterator[str]:
        """Yield what is wrong with the declaration: roles of the clock, terms that no deadline has."""
        known = {deadline.name for state in machine.states.values() for deadline in state.deadlines} | set(
            machine.clocks
        )
        for todo, job in self.kinds.items():
            if not job.by or Role.SYSTEM in job.by:
                yield f"the job {todo}: people do it, so name their roles"
            for term in job.terms:
                if isinstance(term, str) and term not in known:
                    yield f"the job {todo}: no deadline is called {term}"
