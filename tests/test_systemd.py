"""The units of systemd beside docker-compose.yml, held against what the desk starts, and looked at by systemd."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from desk import kept
from desk.beat import turned_file
from desk.hearing import SERVES
from desk.supervisor import Desk
from settings import PROJECT, load

FOLDER = PROJECT / "deploy" / "systemd"
CODE = "/srv/madoguchi/code"
SERVICES = sorted(FOLDER.glob("*.service"))
STAYS = ("desk", "worker-commands", "worker", "beat", "flower", "metrics")
PARTS = {"worker-commands": "desk1", "worker": "desk2", "beat": "beat", "flower": "flower", "metrics": "metrics"}
"""The unit of each process of the desk."""

Unit = dict[str, list[str]]


def read(path: Path) -> Unit:
    """Return the values of each setting of a unit, in order, by ``Section.Name``."""
    found: Unit = {}
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(f"{section}.{name}", []).append(value)
    return found


def service(name: str) -> Unit:
    return read(FOLDER / f"madoguchi-{name}.service")


def command(name: str) -> list[str]:
    """Return what a unit starts, as the program sees it."""
    (line,) = service(name)["Service.ExecStart"]
    return shlex.split(line.replace("%%", "%").replace("${CHILDREN}", "2"))


def programs(home: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the modules, with their arguments, of the processes a desk starts."""
    desk = Desk(load({"MADOGUCHI_HOME": str(home), "MADOGUCHI_FLOWER_PORT": "5555"}))
    desk.settings.run.mkdir(parents=True)
    for name in SERVES:
        yield name, list(desk._worker(name).command[2:])
    yield "beat", list(desk._beat().command[2:])
    yield "flower", list(desk._flower().command[2:])
    yield "metrics", list(desk._metrics().command[2:])


def composed() -> dict[str, list[str]]:
    """Return the same of docker-compose.yml, by service."""
    services: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text("utf-8"))["services"]
    found = {}
    for name in PARTS:
        line = services[name]["command"]
        words = line if "sh" not in line else line[-1].split()
        found[name] = [word for word in words[words.index("--") + 1 :] if word != "desk.when_founded"]
    return found


def test_compose_and_systemd_start_what_the_desk_starts(home: Path) -> None:
    desk = dict(programs(home))
    # Which port, and that compose's own loopback is not the machine's, are the surroundings'.
    placed = {"--address=0.0.0.0", "--address=127.0.0.1", "--address", "0.0.0.0", "--port", "5556"}  # noqa: S104

    def told(words: list[str]) -> list[str]:
        return [word for word in words if word not in placed]

    for name, process in PARTS.items():
        words = command(name)
        assert words[: words.index("--")][:3] == [f"{CODE}/.venv/bin/python", "-m", "desk.kept"], name
        assert told(words[words.index("--") + 1 :]) == told(desk[process]), name
        assert told(composed()[name]) == told(desk[process]), name
    assert command("desk") == [f"{CODE}/.venv/bin/python", "-m", "desk"]


def test_each_parent_listens_to_what_its_program_gives() -> None:
    for name in PARTS:
        words = command(name)
        how = words[words.index("desk.kept") + 1 : words.index("--")]
        assert kept.listening(how, load({})) is not None, name
        if how[0] == "file":
            (told,) = service(name)["Service.Environment"]
            assert Path(how[1]) == turned_file(load(dict([told.split("=", 1)])).run)
    assert set(read(FOLDER / "madoguchi.target")["Unit.Wants"][0].split()) == {
        f"madoguchi-{name}.service" for name in PARTS
    }


@pytest.mark.parametrize("name", STAYS)
def test_what_stays_comes_back_when_it_dies_or_hangs(name: str) -> None:
    unit = service(name)

    assert unit["Service.Restart"] == ["always"]
    assert unit["Unit.StartLimitIntervalSec"] == ["0"]  # for ever: nobody is there at night
    assert unit["Service.Type"] == ["notify"]
    assert int(unit["Service.WatchdogSec"][0]) > 120  # seconds that one look at what is deaf may take
    assert unit["Service.KillMode"] == ["mixed"]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_nobody_is_root_and_each_writes_only_what_is_its_own(path: Path) -> None:
    unit = read(path)
    (hardening,) = FOLDER.glob("madoguchi-.service.d/*.conf")
    given_up = read(hardening)

    assert unit.get("Service.User") == ["office"] or unit["Service.DynamicUser"] == ["yes"]
    writes = set(" ".join(unit.get("Service.ReadWritePaths", [])).split())
    if path.stem.removeprefix("madoguchi-") in {"beat", "flower"}:
        assert writes == set()
        assert unit["Service.InaccessiblePaths"] == ["-/srv/madoguchi/home"]
    if path.stem.removeprefix("madoguchi-") == "metrics":
        closed = {
            each.removeprefix("-/srv/madoguchi/home/") for each in " ".join(unit["Service.InaccessiblePaths"]).split()
        }
        paper = ("evidence", "finds", "discs", "tray", "returns", "print", "scanned")
        assert closed == {"keys", *(f"var/{name}" for name in paper)}
    assert writes <= {f"/srv/madoguchi/{name}" for name in ("home", "home/var/run", "backups", "vault")}
    for setting, value in {
        "ProtectSystem": "strict", "NoNewPrivileges": "yes", "PrivateTmp": "yes", "CapabilityBoundingSet": "",
        "UMask": "0077", "RestrictNamespaces": "yes", "MemoryDenyWriteExecute": "yes",
    }.items():  # fmt: skip
        assert given_up[f"Service.{setting}"] == [value]
    assert not [name for name in unit if name in given_up]  # what is given up is taken back nowhere


def test_the_passwords_of_each_stand_in_a_file_of_its_own() -> None:
    files = {name: service(name).get("Service.EnvironmentFile", []) for name in (*STAYS, "migrate")}

    assert files["beat"] == ["/etc/madoguchi/beat.env"]
    assert files["flower"] == ["/etc/madoguchi/flower.env"]
    assert files["metrics"] == ["/etc/madoguchi/metrics.env"]
    assert files["migrate"] == ["/etc/madoguchi/owner.env"]
    assert files["worker"] == files["worker-commands"] == ["/etc/madoguchi/office.env"]
    for path in SERVICES:
        assert not re.search(r"PASSWORD|AUTH=|_URL=|://[^/]*@", path.read_text("utf-8").partition("[Unit]")[2])


def test_copies_of_keys_go_after_four_weeks_however_lately_something_in_them_was_destroyed(tmp_path: Path) -> None:
    (line,) = service("backup")["Service.ExecStartPost"]
    words = shlex.split(
        line.replace("%%", "%").replace("$$", "$").replace("/srv/madoguchi/vault", shlex.quote(str(tmp_path)))
    )
    today = datetime.now(UTC).astimezone().date()
    days = [(today - timedelta(days=ago)).isoformat() for ago in (400, 29, 27, 0)]
    for name in (*days, "elsewhere"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "kek").touch()

    subprocess.run(words, check=True)
    subprocess.run(words, check=True)

    assert {path.name for path in tmp_path.iterdir()} == {*days[2:], "elsewhere"}


def test_the_operators_page_tells_of_every_unit() -> None:
    page = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")

    for path in (*FOLDER.glob("*.timer"), *FOLDER.glob("*.target"), FOLDER / "madoguchi-desk.service"):
        assert path.name in page


ANALYZE = shutil.which("systemd-analyze")


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, with this checkout in the place of an office's."""
    copied = tmp_path / "units"
    shutil.copytree(FOLDER, copied)
    for path in copied.glob("*.service"):
        path.write_text(path.read_text("utf-8").replace(CODE, str(PROJECT)), encoding="utf-8")
    return copied


@pytest.mark.skipif(ANALYZE is None, reason="systemd is not on this machine")
def test_systemd_finds_no_fault_in_them_and_little_exposed(units: Path) -> None:
    files = sorted(str(path) for path in units.iterdir() if path.is_file())
    verify = [str(ANALYZE), "verify", "--man=no", *files]

    found = subprocess.run(verify, capture_output=True, text=True, check=False)
    ours = [line for line in found.stderr.splitlines() if "madoguchi" in line]

    assert ours == []
    for name in STAYS:
        security = [str(ANALYZE), "security", "--offline=yes", "--threshold=16", f"{units}/madoguchi-{name}.service"]
        exposed = subprocess.run(security, capture_output=True, text=True, check=False)
        assert exposed.returncode == 0, (name, exposed.stdout.splitlines()[-1:], exposed.stderr)
