"""``make compose-drill``: the image and docker-compose.yml for real, from the build to the last volume's removal.

It builds the image, brings the stack up, founds an office, lets its people in, carries cases to their answers, replaces
every service by another revision while people work, and takes everything down. It has a project, an image and a port of
its own, so that an office on the same machine is not touched. COMPOSE names the program where it is not on PATH.
"""

import argparse
import base64
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from lab.compose import bases, doors, upgrade
from lab.compose.office import APPROVER, BACKUPS, LEAD, VAULT, ComposeOffice
from lab.compose.stack import DrillFailed, NoEngine, Stack, await_that, find_engine
from lab.compose.words import say
from settings import load

PROJECT_NAME = "madoguchi-drill"
_WAITING = ("worker-commands", "worker")
_LANGUAGE = {"MADOGUCHI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}


class Drill:
    """One run, and what it tells: each step with the seconds it took."""

    def __init__(self, stack: Stack, cases: int) -> None:
        """Take note; nothing is started yet."""
        self.stack, self.cases = stack, cases
        self.office = ComposeOffice(stack)
        self._at = time.monotonic()

    def tell(self, code: str, **params: object) -> None:
        """Print a step that is done, and how long it took."""
        now = time.monotonic()
        print(f"{now - self._at:7.1f} s  {say(code, self.stack.language, **params)}", flush=True)
        self._at = now

    def run(self) -> None:
        """Live through it. Raises DrillFailed."""
        self.bring_up()
        self.deafen()
        self.carry_cases()
        self.back_up()
        self.upgrade()
        self.examine()

    def bring_up(self) -> None:
        """Build, start, found, let people in, and try the doors."""
        self.stack.build("drill-1")
        self.tell("built")
        self.stack.up()
        self.stack.await_healthy(["database", "broker", "beat", "flower", "metrics"], 180)
        self.tell("up")
        self.office.found()
        self.stack.await_healthy(_WAITING, 120)
        self.tell("founded")
        self.office.let_in()
        self.tell("staffed", people=len(self.office.passwords))
        self.try_the_doors()
        self.tell("hardened")

    def try_the_doors(self) -> None:
        """See that each service can do only what it must, and that Flower asks for its password."""
        doors.check(self.office)
        secret = self.stack.exec("flower", "cat", "/run/madoguchi/flower_auth").out.strip()
        self.office.must("Flower", [self._flower(None), self._flower(secret)], [401, 200])
        self.office.must("metrics", "madoguchi_up 1" in self._metrics().splitlines(), True)

    def deafen(self) -> None:
        """Take the ears of every service, and see that each is started again; then somebody's order is carried out."""
        doors.deafen(self.office)
        await_that(lambda: not self.office.call(LEAD, "status").code, "status", 60, self.stack.language)
        self.tell("deafened")

    def _flower(self, secret: str | None) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.stack.port, timeout=20)
        told = {} if secret is None else {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}
        try:
            connection.request("GET", "/workers", headers=told)
            return connection.getresponse().status
        finally:
            connection.close()

    def _metrics(self) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.stack.metrics_port, timeout=30)
        try:
            connection.request("GET", "/metrics")
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def _numbers_are_well(self) -> bool:
        """Whether monitors read the same as ``status`` says, but of the keys: who asks for numbers sees none."""
        told = [line.rpartition(" ") for line in self._metrics().splitlines() if line.startswith("madoguchi_check{")]
        keys = [name for name, _, _ in told if "keys" in name]
        return bool(told) and not keys and all(value == "1" for _, _, value in told)

    def carry_cases(self) -> None:
        """Carry the cases to their answers."""
        office, count = self.office, self.cases
        senders = office.open_cases(count)
        self.tell("opened", cases=count)
        letters = office.print_and_post(count)
        self.tell("printed", letters=len(letters))
        scanned = office.return_forms(senders, letters)
        self.tell("scanned", pages=sum(form["pages"] for form in scanned["matched"]))
        self.tell("received", cases=office.receive(scanned))
        office.answer(list(senders))
        self.tell("decided", cases=count)
        self.tell("four_eyes")
        office.await_letters(count)
        office.print_and_post(count)
        states = office.sql('SELECT state, count(*) FROM "case" GROUP BY 1')
        office.must("state", states, [f"fulfilled|{count}"])
        office.must("letters", office.done(APPROVER, "letters", "--unposted"), [])
        self.tell("answered", cases=count)

    def back_up(self) -> None:
        """Sign what was recorded, and back everything up, while the workers run."""
        self.office.done(LEAD, "audit", "checkpoint")
        self.office.done(LEAD, "backup", "--out", f"{BACKUPS}/drill", "--keys", f"{VAULT}/drill")
        self.tell("backed_up")

    def upgrade(self) -> None:
        """Replace everything under load; nothing is lost."""
        before = set(self.office.sql('SELECT number FROM "case"'))
        replaced: list[str] = []
        load_ = upgrade.roll(self.office, "drill-2", replaced.append)
        services = ", ".join(replaced)
        self.tell("upgraded", services=services, orders=len(load_.answered), again=load_.again)
        revisions = upgrade.check(self.office, load_, before)
        self.office.must("revisions", revisions, ["drill-1", "drill-2"])
        self.tell("nothing_lost", revisions=", ".join(revisions))
        self.tell("longest", seconds=f"{load_.longest:.1f}")

    def examine(self) -> None:
        """Ask the product itself."""
        self.office.done(LEAD, "doctor")
        await_that(lambda: not self.office.call(LEAD, "status").code, "status", 60, self.stack.language)
        await_that(self._numbers_are_well, "metrics", 60, self.stack.language)
        self.tell("examined")

    def end(self) -> None:
        """Take it down, and see that nothing is left."""
        self.stack.down()
        self.office.must(self.stack.project, self.stack.left(), [])
        self.tell("gone")


@contextmanager
def _ended(drill: Drill, *, keep: bool) -> Iterator[None]:
    """End the drill's containers however it ends."""
    line = " ".join([*drill.stack.engine.compose, "--project-name", drill.stack.project, "down", "--volumes"])
    try:
        yield
    finally:
        if keep:
            drill.tell("kept", line=line)
        else:
            drill.end()


def main(arguments: list[str] | None = None) -> int:
    """Run the drill; 0 where all was as it must be, 1 where it was not, 2 where it cannot be run here."""
    language = load({name: value for name, value in os.environ.items() if name in _LANGUAGE}).lang
    parser = argparse.ArgumentParser(prog="python -m lab.compose", description=say("usage", language))
    parser.add_argument("--cases", type=int, default=20, help=say("cases", language))
    parser.add_argument("--keep", action="store_true", help=say("keep", language))
    asked = parser.parse_args(arguments)
    try:
        engine = find_engine(language)
        stack = Stack(engine, PROJECT_NAME, _free_port(), _free_port(), language)
        drill = Drill(stack, asked.cases)
        drill.tell("engine", engine=" ".join(engine.compose))
        if left := stack.left():
            line = " ".join([*engine.compose, "--project-name", PROJECT_NAME, "down", "--volumes"])
            raise NoEngine(say("taken", language, project=PROJECT_NAME, line=line) + f"\n  {' '.join(left)}")
        for sentence in bases.provide(engine, language):
            print(f"           {sentence}", flush=True)
        with _ended(drill, keep=asked.keep):
            drill.run()
    except NoEngine as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    except (DrillFailed, subprocess.TimeoutExpired) as failed:
        sys.stderr.write(f"{say('failed', language, why=failed)}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write(f"{say('interrupted', language)}\n")
        return 130
    return 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
