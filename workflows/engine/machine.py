"""The declarative core: a procedure is declared once, checked when it is loaded, and asked by one pure function.

A `Machine` holds states, transitions and clocks (`workflows.engine.declaring`). `Machine.decide` answers what one
transition would do to one case, or why it may not; it reads nothing but its arguments and writes nothing, so preview,
``why``, bulk, the sweep and the real transition cannot differ. `Machine.check` refuses what could strand a case
(`workflows.engine.checking`). The core knows no procedure: one of them is `workflows.request.procedure`.
"""

from collections.abc import Iterable
from functools import partial, update_wrapper
from typing import Any

from workflows.engine import checking
from workflows.engine.checking import BadDefinition, fingerprint
from workflows.engine.declaring import (
    Body,
    Circumstances,
    Clock,
    Decision,
    Declaration,
    Refused,
    Start,
    State,
    Transition,
    Written,
)
from workflows.engine.own_steps import adopt, recount
from workflows.engine.payloads import Adopt, Recount
from workflows.engine.values import Reason, Role

# All that a procedure is declared with, and whoever asks it needs, comes from here.
__all__ = [
    "BadDefinition",
    "Circumstances",
    "Clock",
    "Decision",
    "Machine",
    "Refused",
    "Start",
    "State",
    "Transition",
    "fingerprint",
]


class Machine(Declaration[Written]):
    """A procedure: declare states, then clocks and transitions, then call `check` once; from then on it is asked."""

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
        """Return the commands staff could give now, as far as the case alone can tell, whoever may give them.

        What is typed as an option of another one is left out.
        """
        found = []
        for transition in self.transitions.values():
            if transition.of_another:
                continue
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

    def check(self, letters: Iterable[str] = ()) -> None:
        """Refuse a definition that could strand, lose or silently reopen a case; then fix its fingerprint.

        ``letters`` are the kinds of letter that have a template in each language. The engine's own steps, which every
        procedure has, are declared here unless the procedure did.
        """
        self._declare_engines_steps()
        faults = checking.faults(self, letters)
        if faults:
            raise BadDefinition(self.name, faults)
        self.fingerprint = fingerprint(self.shape())

    def shape(self) -> dict[str, Any]:
        """Return all of the definition that a stored case depends on, as plain data."""
        return checking.shape(self)

    def _declare_engines_steps(self) -> None:
        for step, payload in ((recount, Recount), (adopt, Adopt)):
            if step.__name__ not in self.transitions:
                body: Body = partial(step, self.change)
                stands = "it follows from the calendar and the version alone, and comes again with the next change"
                self.transition(*self.states.values(), by=[Role.SYSTEM], takes=payload, on_hold=True, stands=stands)(
                    update_wrapper(body, step)
                )
