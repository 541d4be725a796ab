"""What a procedure is declared of: states, clocks and transitions, and what may come of asking about one.

The values do nothing. A `Declaration` collects them; `workflows.engine.checking` says whether it can be loaded,
`workflows.engine.machine` asks it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from typing import Any, Generic, Protocol, Self, TypeAlias, TypeVar

from workflows.engine import case as cases
from workflows.engine.deadlines import NOTHING, Count, Deadline, Promise
from workflows.engine.payloads import Nothing
from workflows.engine.spans import Span
from workflows.engine.values import Actor, Reason, Role

Written = TypeVar("Written")
BodyT = TypeVar("BodyT", bound="Body")
Guard: TypeAlias = Callable[[Any, Any], Iterable[Reason]]
"""(case, circumstances) -> what is missing; a guard looks at the case alone, never at the payload."""
Body: TypeAlias = Callable[[Any, Any, Any], "Any | Refused"]
"""(case, payload, circumstances) -> what is written, or Refused for what only the payload can tell."""


class State(str):
    """One place a case can stand in; equal to its stored name.

    A state that is not closed waits: something must always be due in it. ``anchor`` names the day of the case from
    which its deadlines count.
    """

    __slots__ = ("anchor", "closed", "deadlines", "initial")
    initial: bool
    closed: bool
    deadlines: tuple[Deadline, ...]
    anchor: str

    def __new__(
        cls,
        name: str,
        *,
        initial: bool = False,
        closed: bool = False,
        deadlines: Iterable[Deadline] = (),
        anchor: str = "entered_on",
    ) -> Self:
        """Return the state of that name."""
        state = str.__new__(cls, name)
        state.initial, state.closed, state.deadlines, state.anchor = initial, closed, tuple(deadlines), anchor
        return state


@dataclass(frozen=True, slots=True)
class Start:
    """One run of a clock: ``entry`` tells two runs of the same clock apart, ``since`` is the day it counts from.

    ``letter`` is the number of the letter it belongs to; such a run is swept apart from the case's. ``span`` or
    ``count`` is how long this run is, for a clock declared to be as long as the case says: a count is counted as a
    declared deadline is, a span brings its own way of counting.
    """

    entry: int
    since: date
    letter: str | None = None
    span: Span | None = None
    count: Count | None = None


Starts = Callable[[Any], Iterable[Start]]
"""(case) -> each run of a clock that is on now."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Deadlines that belong to the case, a hold or a letter and not to a state: they run on whatever state it is in.

    ``legal``: the law's own date, or (``warns``) a word before it. ``stops``: whether days on hold stop it; the end of
    a hold and a letter on the table do not wait for a hold to pass. ``named``: it is shown by its own name and not by
    what it does.
    """

    deadline: Deadline
    starts: Starts
    legal: bool = False
    warns: bool = False
    stops: bool = True
    named: bool = False

    def over(self, start: Start) -> Deadline:
        """Return the deadline of one run."""
        if start.count is not None:
            return replace(self.deadline, unit=start.count.unit, counts=(start.count.number,))
        return self.deadline if start.span is None else self.deadline.over(start.span)


class Circumstances(Protocol):
    """The least the core must know about the moment: who asks."""

    @property
    def actor(self) -> Actor:
        """Who asks, with their roles now."""
        ...


@dataclass(frozen=True, slots=True)
class Refused:
    """The rules say no; the reasons say what would work."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Decision(Generic[Written]):
    """The rules say yes: where the case goes and what is written with it."""

    transition: str
    source: str | None
    target: str
    change: Written


@dataclass(frozen=True, slots=True)
class Transition:
    """One declared transition. ``target`` is None where the case stays; ``becomes`` may hand over to another one.

    ``undone_by`` names the steps that put it right where it was recorded wrongly, ``stands`` says why it needs none.
    ``looks_back``: its rules look at what the case has been through. ``typed`` is how staff type it, where that is not
    its own name (``receive-forms --again``). ``entrance``: it makes a case that begins in another state than the
    initial one. ``only_if_offered``: where it is not offered, nobody is told why not unless they ask for it.
    """

    name: str
    sources: tuple[State, ...]
    target: State | None
    roles: tuple[Role, ...]
    payload: type[Any]
    body: Body
    unless: tuple[Guard, ...]
    on_hold: bool
    reopens: bool
    becomes: Callable[[Any, Any], str | None] | None
    sees: Callable[[Any, Any, Any], Any] | None
    offered: Callable[[Any], bool] | None
    letters: tuple[str, ...]
    text: str
    undone_by: tuple[str, ...] = ()
    stands: str = ""
    looks_back: bool = False
    typed: str = ""
    entrance: bool = False
    only_if_offered: bool = False

    @property
    def opens(self) -> bool:
        """Whether this transition makes the case."""
        return not self.sources

    @property
    def by_staff(self) -> bool:
        """Whether a person can order it."""
        return any(role is not Role.SYSTEM for role in self.roles)

    @property
    def command(self) -> str:
        """The name on the command line."""
        return self.name.replace("_", "-")

    @property
    def of_another(self) -> bool:
        """Whether it is typed as another command, with an option that says which one is meant."""
        return bool(self.typed) and self.typed.split()[0] != self.command

    def line(self, case: str, letter: str = "LETTER") -> str:
        """Return how it is typed after ./admin.py, for that case or letter."""
        needed = [f.name for f in fields(self.payload) if f.default is MISSING and f.default_factory is MISSING]
        own = f"{self.command} CASE{' --why' if needed == ['why'] else ''}"
        return (self.typed or own).replace("CASE", case).replace("LETTER", letter)

    @property
    def needs_payload(self) -> bool:
        """Whether the order must carry something: any field of the payload without a default."""
        return any(f.default is MISSING and f.default_factory is MISSING for f in fields(self.payload))


class Declaration(Generic[Written]):
    """What a procedure has declared so far: its states, then its clocks and transitions, in that order."""

    def __init__(
        self,
        name: str,
        *,
        version: int,
        change: Callable[..., Any] = cases.Change,
        after: Callable[[Any, str, Any, Any], Any] = cases.after,
        conditions: Mapping[str, Callable[[Any], bool]] | None = None,
        promise: Callable[[Any], Promise] = lambda _: NOTHING,
        counted: Callable[[Any, Deadline], Deadline] = lambda _, deadline: deadline,
        first: Iterable[str] = (),
    ) -> None:
        """Name a procedure.

        ``change`` is the type of what its transitions write (a subclass of `workflows.engine.case.Change`), ``after``
        returns a case as it stands once a change is written, ``conditions`` say what the marks of conditional deadlines
        mean, ``promise`` what letters have promised of the deadlines of the present state, ``counted`` a deadline of it
        as it counts for that case. ``first`` names the clocks that fire before whatever else is due: the end of a hold
        before what the hold kept back.
        """
        self.name = name
        self.version = version
        self.change = change
        self.after = after
        self.conditions = dict(conditions or {})
        self.promise = promise
        self.counted = counted
        self.first = frozenset(first)
        self.states: dict[str, State] = {}
        self.transitions: dict[str, Transition] = {}
        self.clocks: dict[str, Clock] = {}
        self.fingerprint = ""

    def state(
        self,
        name: str,
        *,
        initial: bool = False,
        closed: bool = False,
        deadlines: Iterable[Deadline] = (),
        anchor: str = "entered_on",
    ) -> State:
        """Declare a state."""
        declared = State(name, initial=initial, closed=closed, deadlines=deadlines, anchor=anchor)
        self.states[name] = declared
        return declared

    def clock(
        self, deadline: Deadline, *, legal: bool = False, warns: bool = False, stops: bool = True, named: bool = False
    ) -> Callable[[Starts], Clock]:
        """Declare a clock of the case; decorates the function that says whether and since when it runs."""

        def declare(starts: Starts) -> Clock:
            declared = Clock(deadline, starts, legal, warns, stops, named)
            self.clocks[deadline.name] = declared
            return declared

        return declare

    def transition(
        self,
        *sources: State,
        by: Iterable[Role],
        to: State | None = None,
        takes: type[Any] = Nothing,
        unless: Iterable[Guard] = (),
        on_hold: bool = False,
        reopens: bool = False,
        becomes: Callable[[Any, Any], str | None] | None = None,
        sees: Callable[[Any, Any, Any], Any] | None = None,
        offered: Callable[[Any], bool] | None = None,
        letters: Iterable[str] = (),
        undone_by: Iterable[str] = (),
        stands: str = "",
        looks_back: bool = False,
        typed: str = "",
        entrance: bool = False,
        only_if_offered: bool = False,
    ) -> Callable[[BodyT], BodyT]:
        """Declare a transition; decorates its body, whose name is the transition's and whose docstring is its help.

        ``unless`` are guards that need no payload, ``becomes`` names the transition this one is for a given payload,
        ``sees`` returns the case as guards and body are to see it where the order itself states something (what a
        verifier vouches for), ``offered`` says whether it is worth naming among what is possible (what it refuses, the
        payload decides). ``undone_by`` names the steps that put it right, ``stands`` says why it needs none.
        """

        def declare(body: BodyT) -> BodyT:
            name = str(body.__name__).rstrip("_")
            self.transitions[name] = Transition(
                name,
                tuple(sources),
                to,
                tuple(by),
                takes,
                body,
                tuple(unless),
                on_hold,
                reopens,
                becomes,
                sees,
                offered,
                tuple(str(letter) for letter in letters),
                " ".join((body.__doc__ or "").split()),
                tuple(undone_by),
                stands,
                looks_back,
                typed,
                entrance,
                only_if_offered,
            )
            return body

        return declare
