"""An upgrade while people work: the image of another revision takes the place of each service, one after another.

Meanwhile people give orders without a pause, each under a key of its own. A call that finds no container, or is cut off
with it, is made again under the same key until it is answered; nothing may be lost then, and nothing done twice.
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lab.compose.office import CLERK, ComposeOffice, contact
from lab.compose.stack import DrillFailed

# In the order of their replacing.
SERVICES = ("worker-commands", "worker", "beat", "flower", "metrics")
MIGRATING = ("run", "--rm", "--no-deps", "migrate")
_GIVERS = 2
_PENDING, _REFUSED, _NO_DATABASE = 4, 1, 5
_PATIENCE = 300.0
_PAUSE = 0.5


@dataclass(slots=True)
class Load:
    """People at work: what they were answered, by key."""

    office: ComposeOffice
    answered: dict[str, dict[str, Any]] = field(default_factory=dict)
    again: int = 0
    longest: float = 0.0
    faults: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _people: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        """Let them begin."""
        for number in range(_GIVERS):
            one = threading.Thread(target=self._work, args=(number,), name=f"giver {number}")
            self._people.append(one)
            one.start()

    def end(self) -> None:
        """Let each finish the case at hand, and return when all have. Raises DrillFailed with what went wrong."""
        self._over.set()
        for one in self._people:
            one.join()
        if self.faults:
            raise DrillFailed("; ".join(self.faults))

    def _work(self, number: int) -> None:
        """Open a case, put it on hold, take it off again; then the next one."""
        turn = 0
        while not self._over.is_set() and not self.faults:
            turn += 1
            key = f"roll-{number}-{turn}"
            try:
                told = json.dumps(contact(1000 * (number + 1) + turn)).encode()
                opened = self._until_answered(f"{key}-open", "open", "--file", "-", stdin=told)
                case = str(opened["case"])
                self._until_answered(f"{key}-hold", "hold", case, "--reason", "awaiting_information")
                self._until_answered(f"{key}-resume", "resume", case)
            except DrillFailed as failed:
                self.faults.append(str(failed))

    def _until_answered(self, key: str, *command: str, stdin: bytes | None = None) -> dict[str, Any]:
        """Give an order, again under its key for as long as nobody answers; return the answer."""
        began = time.monotonic()
        while True:
            said = self.office.call(CLERK, *command, "--key", key, stdin=stdin)
            answer = _read(said.out)
            if said.code == 0 and answer.get("outcome") == "done":
                break
            if said.code == _REFUSED and answer.get("outcome") == "refused":
                raise DrillFailed(f"{key}: {said.out}")
            if time.monotonic() - began > _PATIENCE:
                raise DrillFailed(f"{key}: {said.code} {said.out} {said.err}")
            with self._lock:
                self.again += 1
            time.sleep(_PAUSE)
        with self._lock:
            self.answered[key] = answer
            self.longest = max(self.longest, time.monotonic() - began)
        return answer


def roll(office: ComposeOffice, revision: str, told: Callable[[str], None]) -> Load:
    """Replace the image under load; return what people gave meanwhile. Raises DrillFailed."""
    load = Load(office)
    load.begin()
    try:
        office.stack.build(revision)
        office.stack.compose(*MIGRATING)
        for service in SERVICES:
            office.stack.replace(service)
            office.stack.await_healthy([service], 180)
            told(service)
    finally:
        load.end()
    return load


def check(office: ComposeOffice, load: Load, before: set[str]) -> list[str]:
    """Hold the database against what was answered; return the revisions that wrote. Raises DrillFailed."""
    opened = {str(answer["case"]) for key, answer in load.answered.items() if key.endswith("-open")}
    stored = set(office.sql('SELECT number FROM "case"')) - before
    office.must("cases", sorted(stored), sorted(opened))
    numbers = ", ".join(f"'{case}'" for case in sorted(opened)) or "''"
    of = f'JOIN "case" c ON c.id = case_id WHERE c.number IN ({numbers})'
    orders = office.sql(f"SELECT count(*) FROM history {of}")  # noqa: S608 - numbers of ours, for a person to read
    office.must("history", orders, [str(len(load.answered))])
    office.must("orders", office.sql("SELECT count(*) FROM command WHERE outcome IS NULL"), ["0"])
    # Each case has its pack once: made, and not yet printed.
    office.await_letters(len(opened))
    return office.sql("SELECT DISTINCT revision FROM history ORDER BY 1")


def _read(out: str) -> dict[str, Any]:
    try:
        read = json.loads(out)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
