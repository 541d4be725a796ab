"""A small machine, to be loaded and asked: a thing waits, is chased, and is closed."""

from collections.abc import Callable
from typing import Any

from workflows.engine.deadlines import every, working_days
from workflows.engine.machine import Machine
from workflows.engine.payloads import Fired
from workflows.engine.values import Role

CHASE = every(working_days(1)).do("chase")


def a_machine(**changed: Any) -> Machine[str]:
    """Return a small sound definition: waiting -> done, chased for ever; *changed* breaks it somewhere."""
    marks = dict.fromkeys(["arrived", "not arrived", "0", "1"], bool)
    machine: Machine[str] = Machine("small", version=1, conditions=marks)
    waiting = machine.state("waiting", initial=True, deadlines=changed.get("deadlines", [CHASE]))
    done = machine.state("done", closed=changed.get("closed", True))

    @machine.transition(by=[Role.CLERK], to=changed.get("opens_in", waiting))
    def begin(case: Any, p: Any, at: Any) -> str:
        return "begun"

    @machine.transition(waiting, by=[Role.CLERK], to=done, letters=changed.get("letters", []))
    def finish(case: Any, p: Any, at: Any) -> str:
        return "finished"

    @machine.transition(waiting, by=changed.get("chased_by", [Role.SYSTEM]), takes=Fired)
    def chase(case: Any, p: Any, at: Any) -> str:
        return "chased"

    extend: Callable[[Machine[str]], None] | None = changed.get("extend")
    if extend is not None:
        extend(machine)
    return machine
