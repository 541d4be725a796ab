"""The containers of docker-compose.yml as a drill drives them: Docker with its compose, or Podman with podman-compose.

Every command is the one of docs/operations.md. Podman before 4.6 cannot wait for a health check, and without systemd
it runs none: there the drill asks for them itself, and starts the services in the order that the file says.
"""

import json
import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from lab.compose.words import say
from settings import PROJECT

REPLACING = ("up", "--detach", "--no-deps", "--force-recreate")
PROGRAM_VARIABLE = "COMPOSE"
_LABELS = ("com.docker.compose.project", "io.podman.compose.project")
_LOOK_AGAIN = 0.5
# A build over a slow line, a letter that waits for its turn.
_PATIENCE = 1800.0


class DrillFailed(RuntimeError):
    """What the drill saw is not what must be; the message says what."""


class NoEngine(RuntimeError):
    """No program here can run a compose file."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, object]:
        """The answer of ``--json``."""
        read: dict[str, object] = json.loads(self.out)
        return read


@dataclass(frozen=True, slots=True)
class Engine:
    """The two programs: ``container`` runs single containers, ``compose`` the file."""

    container: tuple[str, ...]
    compose: tuple[str, ...]

    @property
    def is_podman(self) -> bool:
        """Whether health checks and order are the drill's own business."""
        return Path(self.container[0]).name == "podman"

    def run(self, *arguments: str, stdin: bytes | None = None, check: bool = True) -> Said:
        """Run a command on containers."""
        return _run([*self.container, *arguments], os.environ, stdin, check=check)


def find_engine(language: str) -> Engine:
    """Return what is here: what COMPOSE names, Docker where its server answers, else Podman. Raises NoEngine."""
    named = shlex.split(os.environ.get(PROGRAM_VARIABLE, ""))
    if named:
        kind = "podman" if "podman" in Path(named[0]).name else "docker"
        return Engine((kind,), tuple(named))
    if shutil.which("docker") and _works("docker", "info") and _works("docker", "compose", "version"):
        return Engine(("docker",), ("docker", "compose"))
    if shutil.which("podman") and shutil.which("podman-compose"):
        return Engine(("podman",), ("podman-compose",))
    raise NoEngine(say("no_engine", language))


@dataclass(slots=True)
class Stack:
    """One project of the compose file, apart from every other by its name, its image and its two ports."""

    engine: Engine
    project: str
    port: int
    metrics_port: int
    language: str
    revision: str = "drill-1"
    built: set[str] = field(default_factory=set)

    @property
    def image(self) -> str:
        """The name of the drill's own image, so that an office's on this machine stays what it is."""
        return f"localhost/{self.project}"

    @property
    def environment(self) -> dict[str, str]:
        """What the compose file is read with: nothing that this shell says about another office."""
        mine = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
        told = {"IMAGE": self.image, "FLOWER_PORT": str(self.port), "REVISION": self.revision}
        told["METRICS_PORT"] = str(self.metrics_port)
        return {**mine, **told, "MADOGUCHI_LANG": self.language, "PYTHONUNBUFFERED": "1"}

    def compose(
        self,
        *arguments: str,
        stdin: bytes | None = None,
        told: Mapping[str, str] | None = None,
        check: bool = True,
    ) -> Said:
        """Run compose on the file; *told* are variables that an exec hands on."""
        command = [*self.engine.compose, "--project-name", self.project, *arguments]
        return _run(command, {**self.environment, **(told or {})}, stdin, check=check)

    def exec(
        self,
        service: str,
        *command: str,
        stdin: bytes | None = None,
        options: Sequence[str] = (),
        told: Mapping[str, str] | None = None,
        check: bool = True,
    ) -> Said:
        """Run a command inside a service's container; *told* are variables of this side that *options* hand on.

        podman-compose starts a Python and asks Podman half a dozen things before it says ``podman exec``: two seconds
        of a core for each call. There the drill says it itself.
        """
        if not self.engine.is_podman:
            return self.compose("exec", "-T", *options, service, *command, stdin=stdin, told=told, check=check)
        line = [*self.engine.container, "exec", "--interactive", *options, f"{self.project}_{service}_1", *command]
        return _run(line, {**self.environment, **(told or {})}, stdin, check=check)

    def build(self, revision: str) -> None:
        """Build the image of this revision, once for all services."""
        self.revision = revision
        self.compose("build", "worker-commands")
        self.built.add(self.engine.run("inspect", "--format", "{{.Id}}", self.image).out.strip())

    def up(self, services: Sequence[str] = (), *, scale: str = "worker=2") -> None:
        """Bring it up as documented; where the engine cannot wait, service after service."""
        if not self.engine.is_podman:
            self.compose("up", "--detach", "--scale", scale, *services)
            return
        for group in (
            ["secrets"],
            ["database", "broker"],
            ["migrate"],
            ["worker-commands", "worker", "beat", "flower", "metrics"],
        ):
            if wanted := [name for name in group if not services or name in services]:
                self.compose("up", "--detach", "--no-build", "--no-deps", "--scale", scale, *wanted)
            if group == ["database", "broker"] and wanted:
                self.await_healthy(wanted, 120)
            if group in (["secrets"], ["migrate"]) and wanted:
                self.await_done(group[0], 120)

    def replace(self, service: str, *, scale: str = "worker=2") -> None:
        """Put a container of the image as it is now in the place of each one of this service."""
        self.compose(*REPLACING, "--scale", scale, service)

    # -- looking ------------------------------------------------------------------------------------------------------

    def containers(self, service: str | None = None) -> list[str]:
        """Return the ids of this project's containers, of one service or of all."""
        chosen = ["--filter", f"label={self._label}={self.project}"]
        if service is not None:
            chosen += ["--filter", f"label=com.docker.compose.service={service}"]
        return self.engine.run("ps", "--all", "--quiet", "--no-trunc", *chosen).out.split()

    def await_healthy(self, services: Iterable[str], seconds: float) -> None:
        """Return when every container of these services is healthy. Raises DrillFailed."""
        for service in services:
            await_that(partial(self._are_healthy, service), f"{service}: healthy", seconds, self.language)

    def await_done(self, service: str, seconds: float) -> None:
        """Return when a one-shot has ended well. Raises DrillFailed."""
        form = "{{.State.Status}} {{.State.ExitCode}}"

        def ended() -> bool:
            (one,) = self.containers(service)
            return self.engine.run("inspect", "--format", form, one).out.split() == ["exited", "0"]

        await_that(ended, f"{service}: exited 0", seconds, self.language)

    def _are_healthy(self, service: str) -> bool:
        containers = self.containers(service)
        return bool(containers) and all(map(self._is_healthy, containers))

    def _is_healthy(self, container: str) -> bool:
        if self.engine.is_podman:
            return self.engine.run("healthcheck", "run", container, check=False).code == 0
        form = "{{.State.Health.Status}}"
        return self.engine.run("inspect", "--format", form, container).out.strip() == "healthy"

    @property
    def _label(self) -> str:
        return _LABELS[self.engine.is_podman]

    # -- the end ------------------------------------------------------------------------------------------------------

    def down(self) -> None:
        """Take everything down, data and image too."""
        self.compose("down", "--volumes", check=False)
        # A container that its engine was just starting again outlives that, and keeps its volumes with it.
        if containers := self.containers():
            self.engine.run("rm", "--force", "--volumes", *containers, check=False)
        for kind in ("volume", "network"):
            for name in self._named(kind):
                self.engine.run(kind, "rm", name, check=False)
        for image in self._images():
            self.engine.run("rmi", "--force", image, check=False)
        self.built.clear()

    def left(self) -> list[str]:
        """Return whatever of this project is still there."""
        return [*self.containers(), *self._named("volume"), *self._named("network"), *self._images()]

    def _named(self, kind: str) -> list[str]:
        return self.engine.run(kind, "ls", "--quiet", "--filter", f"label={self._label}={self.project}").out.split()

    def _images(self) -> list[str]:
        named = self.engine.run("images", "--quiet", self.image).out.split()
        return [*named, *(one for one in self.built if self.engine.run("inspect", one, check=False).code == 0)]


def await_that(reached: Callable[[], object], what: str, seconds: float, language: str) -> None:
    """Return once *reached* says so. What containers do is seen by asking alone. Raises DrillFailed."""
    deadline = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > deadline:
            raise DrillFailed(say("too_slow", language, seconds=round(seconds), what=what))
        time.sleep(_LOOK_AGAIN)


def _works(*command: str) -> bool:
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def _run(command: Sequence[str], environment: Mapping[str, str], stdin: bytes | None, *, check: bool) -> Said:
    """Run a program in the project's folder; what it says goes into the error where it must succeed and does not."""
    done = subprocess.run(
        command, cwd=PROJECT, env=dict(environment), input=stdin if stdin is not None else b"",
        capture_output=True, check=False, timeout=_PATIENCE,
    )  # fmt: skip
    said = Said(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
    if check and said.code:
        language = environment.get("MADOGUCHI_LANG") or "en"
        told = "\n".join(f"  {line}" for line in f"{said.out}\n{said.err}".strip().splitlines()[-15:])
        raise DrillFailed(say("command_failed", language, line=shlex.join(command), status=said.code, said=told))
    return said
