"""The machine of the week: its desk, stopped and started, the programs of which are killed and made deaf."""

import base64
import http.client
import json
import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from desk.flower_auth import credentials
from desk.supervisor import Desk
from lab.day.recorder import Recorder, WentOtherwise
from lab.demo.undisturbed import Undisturbed
from settings import PROJECT, Settings

_PATIENCE = 180.0


class Machine:
    """One desk after another in the same home; what each says on its terminal is kept until it is shown."""

    def __init__(self, ours: Settings, recorder: Recorder) -> None:
        """Take note; nothing is started yet."""
        self.settings, self._recorder = ours, recorder
        self._said: list[str] = []
        self._kept: Undisturbed | None = None
        self.project = PROJECT
        self.desk = Desk(ours)

    def __enter__(self) -> Self:
        """Start the first desk."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End the last one."""
        self.stop()

    def bring_in(self, project: Path) -> None:
        """Let the next desk, and whatever is typed from now on, be of the release in this folder."""
        self.project = self._recorder.project = project

    def start(self) -> None:
        """Start a desk, and return when it is ready."""
        self.desk = Desk(self.settings, tell=self._said.append, project=self.project)
        self._kept = Undisturbed(self.desk)
        self._kept.__enter__()

    def stop(self) -> None:
        """End the desk that runs."""
        if self._kept is not None:
            self.desk.stop()
            self._kept = None

    def kill(self, name: str, number: signal.Signals) -> int:
        """Send a signal to one of the desk's programs; return its process id."""
        pid = self.desk.pids()[name]
        os.kill(pid, number)
        return pid

    def another_life(self, name: str, before: int) -> None:
        """Return when the program is ready in another life. Raises WentOtherwise."""
        self.until(lambda: self.desk.pids().get(name, before) != before, f"another {name}")
        self.desk.wait_ready(60)

    def until(self, reached: Callable[[], object], what: str) -> None:
        """Return once it is so. What other programs do is seen by asking alone. Raises WentOtherwise."""
        deadline = time.monotonic() + _PATIENCE
        while not reached():
            if time.monotonic() > deadline:
                raise WentOtherwise(f"not within {_PATIENCE:g} s: {what}")
            time.sleep(0.3)

    def terminal(self, *parts: str) -> None:
        """Show what the desk has said since the last time, of these programs; process ids are nobody's business."""
        said = [line for line in self._said if any(one in line for one in parts)]
        shown = [re.sub(r"\b(pid|process) \d+", r"\1 …", line) for line in said]
        self._said.clear()
        home = str(self.settings.home)
        self._recorder.page += ["```text", *(f"--- {line}".replace(home, "~/practice") for line in shown), "```", ""]

    def flower_shows(self) -> list[str]:
        """Return the workers that Flower shows, once it shows both."""
        secret = base64.b64encode(credentials(self.settings.flower_auth).encode()).decode()
        seen: list[str] = []

        def ask() -> bool:
            address = (self.desk.flower_url or "").removeprefix("http://").rstrip("/")
            connection = http.client.HTTPConnection(address, timeout=20)
            connection.request("GET", "/workers?json=1", headers={"Authorization": f"Basic {secret}"})
            rows = json.loads(connection.getresponse().read())["data"]
            seen[:] = sorted(
                f"{row['hostname'].partition('@')[0]} {'online' if row['status'] else 'off'}" for row in rows
            )
            return len(seen) == 2

        self.until(ask, "two workers in Flower")
        return seen
