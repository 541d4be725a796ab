"""The declarative core: a procedure is declared once, checked when it is loaded, and asked by one pure function.

A `Machine` holds states, transitions and clocks. `Machine.decide` answers what one transition would do to one case, or
why it may not; it reads nothing but its arguments and writes nothing, so preview, ``why``, bulk, the sweep and the real
transition cannot differ. The core knows no procedure: one of them is `workflows.request.procedure`.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import partial, update_wrapper
from typing import Any, Generic, Protocol, Self, TypeAlias, TypeVar

from workflows.engine import case as cases
from workflows.engine.deadlines import NOTHING, Deadline, Promise
from workflows.engine.payloads import Adopt, Nothing, Recount
from workflows.engine.values import Actor, Reason, Role

Written = TypeVar("Written")
BodyT = TypeVar("BodyT", bound="Body")
Guard: TypeAlias = Callable[[Any, Any], Iterable[Reason]]
"""(case, circumstances) -> what is missing; a guard looks at the case alone, never at the payload."""
Body: TypeAlias = Callable[[Any, Any, Any], "Any | Refused"]
"""(case, payload, circumstances) -> what is written, or Refused for what only the payload can tell."""


class BadDefinition(Exception):
    """The definition cannot be loaded; every fault is named."""

    def __init__(self, name: str, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"the definition {name!r} is refused: " + "; ".join(self.faults))


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

    ``letter`` is the number of the letter it belongs to; such a run is swept apart from the case's.
    """

    entry: int
    since: date
    letter: str | None = None


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
    """One declared transition. ``target`` is None where the case stays; ``becomes`` may hand over to another one."""

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
    def needs_payload(self) -> bool:
        """Whether the order must carry something: any field of the payload without a default."""
        return any(f.default is MISSING and f.default_factory is MISSING for f in fields(self.payload))


class Machine(Generic[Written]):
    """A procedure: declare states, then clocks and transitions, then call `check` once."""

    def __init__(
        self,
        name: str,
        *,
        version: int,
        change: Callable[..., Any] = cases.Change,
        after: Callable[[Any, str, Any, Any], Any] = cases.after,
        conditions: Mapping[str, Callable[[Any], bool]] | None = None,
        promise: Callable[[Any], Promise] = lambda _: NOTHING,
        first: Iterable[str] = (),
    ) -> None:
        """Name a procedure.

        ``change`` is the type of what its transitions write (a subclass of `workflows.engine.case.Change`), ``after``
        returns a case as it stands once a change is written, ``conditions`` say what the marks of conditional deadlines
        mean, ``promise`` what letters have promised of the deadlines of the present state. ``first`` names the clocks
        that fire before whatever else is due: the end of a hold before what the hold kept back.
        """
        self.name = name
        self.version = version
        self.change = change
        self.after = after
        self.conditions = dict(conditions or {})
        self.promise = promise
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
    ) -> Callable[[BodyT], BodyT]:
        """Declare a transition; decorates its body, whose name is the transition's and whose docstring is its help.

        ``unless`` are guards that need no payload, ``becomes`` names the transition this one is for a given payload,
        ``sees`` returns the case as guards and body are to see it where the order itself states something (what a
        verifier vouches for), ``offered`` says whether it is worth naming among what is possible (what it refuses, the
        payload decides).
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
            )
            return body

        return declare

    # -- asking -------------------------------------------------------------------------------------------------

    def decide(self, case: Any, name: str, payload: Any, at: Circumstances) -> "Decision[Written] | Refused":
        """Return what the transition would do to the case now, or why it may not. Pure."""
        transition = self.resolve(case, name, payload)
        if transition.sees is not None and case.state in transition.sources:
            case = transition.sees(case, payload, at)
        missing = self.obstacles(case, transition, at, on_hold=self.transitions[name].on_hold)
        if missing:
            return Refused(tuple(missing))
        answer = transition.body(case, payload, at)
        if isinstance(answer, Refused):
            return answer
        source = None if transition.opens else case.state
        target = transition.target if transition.target is not None else (source or "")
        return Decision(transition.name, source, target, answer)

    def resolve(self, case: Any, name: str, payload: Any) -> Transition:
        """Return the transition meant: recording the posting of a round's mailing, say, IS mail_forms."""
        transition = self.transitions[name]
        if transition.becomes is not None:
            other = transition.becomes(case, payload)
            if other is not None:
                return self.transitions[other]
        return transition

    def obstacles(self, case: Any, transition: Transition, at: Circumstances, *, on_hold: bool = False) -> list[Reason]:
        """Return what forbids the transition whatever its payload: state, hold, role, then its guards.

        ``on_hold`` says that the order may be given on hold under the name it was given by.
        """
        if not transition.opens and case.state not in transition.sources:
            return [self._misplaced(case, transition, at)]
        if not transition.opens and case.on_hold and not (transition.on_hold or on_hold):
            return [Reason("on_hold", {"case": case.number, "possible": self.possible(case, at)})]
        if not at.actor.may_act_as(transition.roles):
            return [Reason("missing_role", {"roles": [f"role.{role}" for role in transition.roles]})]
        if transition.opens:
            return []
        return [reason for guard in transition.unless for reason in guard(case, at)]

    def possible(self, case: Any, at: Circumstances) -> list[str]:
        """Return the commands staff could give now, as far as the case alone can tell, whoever may give them."""
        found = []
        for transition in self.transitions.values():
            if transition.by_staff and not transition.opens and case.state in transition.sources:
                held_back = case.on_hold and not transition.on_hold
                unfit = transition.offered is not None and not transition.offered(case)
                if (
                    not held_back
                    and not unfit
                    and not any(True for guard in transition.unless for _ in guard(case, at))
                ):
                    found.append(transition.command)
        return found

    def _misplaced(self, case: Any, transition: Transition, at: Circumstances) -> Reason:
        possible = self.possible(case, at)
        where = {"case": case.number, "source": f"state.{case.state}", "possible": possible}
        if transition.target is None or transition.target == case.state:
            return Reason("not_in_state", {**where, "command": transition.command})
        return Reason("no_such_way", {**where, "target": f"state.{transition.target}"})

    # -- loading ------------------------------------------------------------------------------------------------

    def check(self, letters: Iterable[str] = ()) -> None:
        """Refuse a definition that could strand, lose or silently reopen a case; then fix its fingerprint.

        ``letters`` are the kinds of letter that have a template in each language. The engine's own steps, which every
        procedure has, are declared here unless the procedure did.
        """
        self._declare_engines_steps()
        faults = [*self._misplaced_starts(), *self._broken_ways(), *self._broken_deadlines()]
        known = set(letters)
        for transition in self.transitions.values():
            faults += [f"{transition.name}: no template for {kind}" for kind in transition.letters if kind not in known]
        if faults:
            raise BadDefinition(self.name, faults)
        self.fingerprint = fingerprint(self.shape())

    def _declare_engines_steps(self) -> None:
        for step, payload in ((recount, Recount), (adopt, Adopt)):
            if step.__name__ not in self.transitions:
                body: Body = partial(step, self.change)
                self.transition(*self.states.values(), by=[Role.SYSTEM], takes=payload, on_hold=True)(
                    update_wrapper(body, step)
                )

    def _misplaced_starts(self) -> list[str]:
        starts = [state for state in self.states.values() if state.initial]
        faults = [] if len(starts) == 1 else [f"needs exactly one initial state, has {len(starts)}"]
        openers = [t for t in self.transitions.values() if t.opens]
        faults += [f"{t.name}: opens a case but not in the initial state" for t in openers if t.target not in starts]
        return faults if openers else [*faults, "no transition opens a case"]

    def _broken_ways(self) -> list[str]:
        faults = []
        ways: dict[str, set[str]] = {name: set() for name in self.states}
        for t in self.transitions.values():
            unknown = [s for s in (*t.sources, *([t.target] if t.target is not None else [])) if s not in self.states]
            faults += [f"{t.name}: unknown state {state}" for state in unknown]
            for source in t.sources:
                if t.target is None or t.target == source or source not in self.states:
                    continue
                ways[source].add(t.target)
                if self.states[source].closed and not t.reopens:
                    faults.append(f"{t.name}: leads out of the closed state {source} but is not declared as reopening")
        start = next((name for name, state in self.states.items() if state.initial), None)
        reached, todo = set(), [start] if start is not None else []
        while todo:
            here = todo.pop()
            if here not in reached:
                reached.add(here)
                todo.extend(ways.get(here, ()))
        faults += [f"{name}: cannot be reached" for name in self.states if name not in reached]
        faults += [f"{n}: a dead end" for n, state in self.states.items() if not state.closed and not ways[n]]
        return faults

    def _broken_deadlines(self) -> list[str]:
        faults = []
        for state in self.states.values():
            names = [d.name for d in state.deadlines]
            faults += [f"{state}: two deadlines are named {n}" for n in sorted(set(names)) if names.count(n) > 1]
            for deadline in state.deadlines:
                faults += self._unfit(deadline, state)
                if deadline.condition is not None and deadline.condition not in self.conditions:
                    faults.append(f"{state}: nothing says what {deadline.condition!r} means")
            if state.closed and state.deadlines:
                faults.append(f"{state}: a closed state has deadlines")
            if not state.closed and not self._goes_on(state):
                faults.append(f"{state}: waits, but its deadlines do not go on until the case moves")
        for clock in self.clocks.values():
            if clock.deadline.fires not in self.transitions:
                faults.append(f"clock {clock.deadline.name}: fires the unknown transition {clock.deadline.fires}")
        return faults

    def _unfit(self, deadline: Deadline, state: State) -> list[str]:
        fired = self.transitions.get(deadline.fires)
        if fired is None:
            return [f"{state}: the deadline {deadline.name} fires the unknown transition {deadline.fires}"]
        if state not in fired.sources:
            return [f"{state}: the deadline {deadline.name} fires {deadline.fires}, which is not possible there"]
        if Role.SYSTEM not in fired.roles:
            return [f"{state}: the deadline {deadline.name} fires {deadline.fires}, which the system may not do"]
        return []

    def _goes_on(self, state: State) -> bool:
        """Whether something stays due: a deadline without end, or ways out that cover every condition they carry."""
        leaving = []
        for deadline in state.deadlines:
            fired = self.transitions.get(deadline.fires)
            if deadline.endless and not deadline.condition:
                return True
            if fired is not None and fired.target is not None and fired.target != state:
                leaving.append(deadline.condition)
        return _covered(leaving)

    def shape(self) -> dict[str, Any]:
        """Return all of the definition that a stored case depends on, as plain data."""
        return {
            "name": self.name,
            "version": self.version,
            "states": {
                name: {
                    "initial": state.initial,
                    "closed": state.closed,
                    "anchor": state.anchor,
                    "deadlines": [deadline.shape() for deadline in state.deadlines],
                }
                for name, state in sorted(self.states.items())
            },
            "transitions": {
                name: {
                    "sources": sorted(t.sources),
                    "target": t.target,
                    "roles": sorted(t.roles),
                    "payload": {f.name: str(f.type) for f in fields(t.payload)},
                    "on_hold": t.on_hold,
                    "reopens": t.reopens,
                    "letters": sorted(t.letters),
                    "unless": [guard.__name__ for guard in t.unless],
                }
                for name, t in sorted(self.transitions.items())
            },
            "clocks": {name: clock.deadline.shape() for name, clock in sorted(self.clocks.items())},
        }


# -- the engine's own steps, which every procedure has -----------------------------------------------------------


def recount(change: Callable[..., Any], case: Any, p: Recount, at: Any) -> Any:
    """Move the deadlines to where a changed office calendar puts them."""
    if not p.moved:
        return Refused((Reason("nothing_moves", {"case": case.number}),))
    moved = [
        {
            "timer": timer.name,
            "entry": timer.entry_seq,
            "fire_no": timer.fire_no,
            "was": timer.was.isoformat(),
            "now": timer.now.isoformat(),
            "why": [timer.why.code, dict(timer.why.params)],
        }
        for timer in p.moved
    ]
    return change(details={"event": p.event, "moved": moved})


def adopt(change: Callable[..., Any], case: Any, p: Adopt, at: Any) -> Any:
    """Bring the case under the present version of the procedure: its deadlines become those of that version."""
    return change(details={"from": p.before, "to": p.now})


def _covered(conditions: list[str | None]) -> bool:
    """Whether two opposite conditions (``x`` and ``not x``) or an unconditional way out are among them."""
    present = set(conditions)
    return None in present or any(f"not {condition}" in present for condition in present)


def fingerprint(shape: Mapping[str, Any]) -> str:
    """Return a short name of a definition's shape: the same shape, the same fingerprint, on any machine."""
    text = json.dumps(shape, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
