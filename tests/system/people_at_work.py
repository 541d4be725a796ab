"""People who go on giving orders while the code under them is replaced, each under a key of its own.

Who is told that an order waits gives it again under its key; who is told that a newer version is in force gives it
again with the newer release, under the same key. Whatever else is answered is a fault.
"""

import json
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from settings import Settings
from tests.checkouts import Said
from tests.office import CLERK

DONE, PENDING, UNREACHABLE = 0, 4, 5
PAUSE = 1.0
"""Seconds between two orders of a clerk, who is no machine: the workers are to have time for others."""
Script = Callable[..., Said]
"""An ./admin.py of some release: settings, words, and what stands on its standard input."""


@dataclass(slots=True)
class People:
    """Clerks at work, each with a script of their own; ``newer`` is the one to turn to."""

    settings: Settings
    newer: Script | None = None
    # What the newer release calls otherwise on its command line.
    renamed: Mapping[str, str] = field(default_factory=dict)
    # Key -> what was answered at last.
    answered: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _leaving: dict[str, threading.Event] = field(default_factory=dict)
    _clerks: dict[str, threading.Thread] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Self:
        """Let nobody come yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Send everybody home, whatever has happened."""
        self._over.set()
        for name, leaving in self._leaving.items():
            leaving.set()
            self._clerks[name].join()

    def come(self, name: str, script: Script, steps: list[list[str]]) -> None:
        """Let a clerk begin: open a case, then these steps with it; again and again."""
        self._leaving[name] = threading.Event()
        self._clerks[name] = threading.Thread(target=self._work, args=(name, script, steps), name=name)
        self._clerks[name].start()

    def leave(self, *names: str) -> None:
        """Let these (or all) finish the case at hand and go. Fails with what they were told otherwise."""
        for name in names or tuple(self._clerks):
            self._leaving[name].set()
        for name in names or tuple(self._clerks):
            self._clerks[name].join()
        assert not self.faults, self.faults

    def finished(self, name: str) -> int:
        """Return how many orders of a clerk are answered. Fails with what one of them was told otherwise."""
        assert not self.faults, self.faults
        return sum(key.startswith(f"{name}-") for key in tuple(self.answered))

    def _work(self, name: str, script: Script, steps: list[list[str]]) -> None:
        turn = 0
        while not self._leaving[name].is_set() and not self.faults:
            turn += 1
            opened = self._give(f"{name}-{turn}-open", script, ["open", "--file", "-"], json.dumps(contact(name, turn)))
            for command, *words in steps if opened is not None else ():
                if self._give(f"{name}-{turn}-{command}", script, [command, opened["case"], *words]) is None:
                    break

    def _give(self, key: str, script: Script, words: list[str], stdin: str = "") -> Any:
        """Give one order until it is done and return the answer; None where something else was answered."""
        said = None
        for _ in range(30):
            if self._over.wait(PAUSE):
                return None
            said = script(self.settings, "--as", CLERK, "--json", *words, "--key", key, stdin=stdin)
            answer = said.json if said.out else {}
            outcome = str(answer.get("outcome", answer.get("error")))
            with self._lock:
                self.told[outcome] += 1
            if (said.status, outcome) == (DONE, "done"):
                self.answered[key] = answer
                return answer
            if (said.status, outcome) == (UNREACHABLE, "older_code") and self.newer not in (None, script):
                script, words = self.newer, [self.renamed.get(word, word) for word in words]
            elif said.status != PENDING:
                break
        self.faults.append(f"{key}: {said}")
        return None


def contact(name: str, turn: int) -> dict[str, Any]:
    """Return the first contact of somebody invented."""
    letters = "".join("bcdfghjklm"[int(digit)] for digit in f"{turn:03d}")
    person = {"name": f"Sample {name.capitalize()}{letters}", "postcode": "100-0001",
              "address": f"{turn}-{name} Example, Chiyoda-ku, Tokyo"}  # fmt: skip
    told = {"rights": ["disclosure"], "category": "customer", "channel": "post", "language": "en"}
    return {**told, "subject": person, "address_on_record": True}
