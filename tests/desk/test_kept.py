"""What runs in a container or under systemd has a small parent, which starts it again when it lives and is deaf."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from clock import machine_now
from desk import kept
from desk.signs import SILENT, YOUNG, Signs, touched
from services.office.founding import establish
from settings import PROJECT, Settings, load
from tests.desk.test_supervisor import wait_for

KEPT = """
import sys
from desk.hearing import Hearing
from desk.kept import Kept, WorkerEars
from settings import settings

# Without patience its own bells are all it goes by: whoever hears answers them long before.
hearing = Hearing(settings(), patience=1, answer=4, every=0.25)
sys.exit(Kept(sys.argv[1:], WorkerEars("desk2", settings(), hearing), every=0.25, grace=1).run())
"""
WORKER = (
    "desk.when_founded", "desk.celery_command", "-A", "worker", "worker", "--pool", "prefork", "-c", "1",
    "-Q", "effects,bulk", "-n", "desk2@%h", "--without-gossip", "--without-mingle",
)  # fmt: skip


@pytest.fixture
def house(home: Path, broker_url: str) -> Settings:
    told = {"MADOGUCHI_HOME": str(home), "MADOGUCHI_LANG": "en", "MADOGUCHI_BROKER_URL": broker_url}
    made = load(told)
    establish(made, "kudo", "kudo", machine_now())
    return made


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    """What systemd listens on."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(60)
        yield listening


def children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def test_a_worker_that_was_stopped_is_ended_and_started_again_and_hears(
    house: Settings, manager: socket.socket, tmp_path: Path
) -> None:
    environment = {**os.environ, **house.environment(), "NOTIFY_SOCKET": str(tmp_path / "notify")}
    line = [sys.executable, "-c", KEPT, *WORKER]
    parent = subprocess.Popen(line, cwd=PROJECT, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        assert parent.stderr is not None
        heard = {manager.recv(100) for _ in range(2)}
        while b"READY=1" not in heard:
            heard.add(manager.recv(100))
        (before,) = children(parent.pid)
        pool = children(before)
        os.kill(before, signal.SIGSTOP)  # alive, its connections open, and deaf
        said = next(line for line in parent.stderr if "gives no sign of work" in line)
        wait_for(lambda: children(parent.pid) not in ([], [before]), 60)
        (after,) = children(parent.pid)
        wait_for((house.run / "ready-desk2").exists, 60)
        wait_for((house.run / "heard-desk2-effects").exists, 60)
        ended = [not Path(f"/proc/{pid}").exists() for pid in (before, *pool)]
        parent.terminate()
        status = parent.wait(60)
    finally:
        left = psutil.Process(parent.pid).children(recursive=True) if parent.poll() is None else []
        for one in left:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        parent.kill()
        parent.communicate()

    assert heard == {b"READY=1", b"WATCHDOG=1"}
    assert str(before) in said
    assert after != before
    assert pool
    assert all(ended)
    assert status == 0


@pytest.mark.parametrize(("code", "status"), [("raise SystemExit(3)", 3), ("import os; os.kill(os.getpid(), 9)", 137)])
def test_what_ends_by_itself_ends_its_parent_with_its_status(tmp_path: Path, code: str, status: int) -> None:
    (tmp_path / "ending.py").write_text(code, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}

    ended = subprocess.run(
        [sys.executable, "-m", "desk.kept", "file", "/none", "--", "ending"],
        cwd=PROJECT, env=environment, check=False, timeout=60,
    )  # fmt: skip

    assert ended.returncode == status


class Leaving:
    """Ears of a program whose parent is told to end at one moment, in its first life."""

    def __init__(self, moment: str) -> None:
        self.moment, self.lives = moment, 0
        self.kept: kept.Kept

    def begin(self) -> None:
        self.lives += 1
        if self.moment == "before it is there":
            self.kept._hand_on(signal.SIGTERM, None)

    def is_deaf(self, pid: int) -> bool:
        self.kept._hand_on(signal.SIGTERM, None)
        return True

    def is_ready(self) -> bool:
        return False


@pytest.mark.parametrize("moment", ["before it is there", "while it is found deaf"])
def test_who_is_told_to_end_starts_nothing_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    (tmp_path / "staying.py").write_text("import time; time.sleep(120)", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    ears = Leaving(moment)
    ears.kept = kept.Kept(["staying"], ears, every=0.01)
    try:
        status = ears.kept.run()
    finally:
        for number, hears in before.items():
            signal.signal(number, hears)

    assert (status, ears.lives) == (128 + signal.SIGTERM, 1)


@pytest.mark.parametrize("line", [[], ["worker", "desk1"], ["worker", "desk9", "--", "x"], ["file", "f", "--"]])
def test_a_line_that_is_not_understood_says_what_would_be(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert kept.main(line) == 2
    assert "worker NAME | file PATH | page URL" in capsys.readouterr().err


def test_what_gives_no_sign_is_deaf_and_is_given_more_time_at_its_start() -> None:
    alive = True
    signs = Signs(lambda: alive)

    living = [signs.look() for _ in range(100)]
    alive = False
    silent = [signs.look() for _ in range(SILENT)]
    signs.forgive(new_life=True)
    young = [signs.look() for _ in range(YOUNG)]

    assert not any(living)
    assert silent == [False] * (SILENT - 1) + [True]
    assert young == [False] * (YOUNG - 1) + [True]


def test_a_file_is_a_sign_only_where_it_was_touched_since(tmp_path: Path) -> None:
    file = tmp_path / "ready-beat"
    sign = touched(file)

    absent = sign()
    file.touch()
    seen = [sign(), sign()]
    os.utime(file, (1, 1))  # a clock that was put back is a sign, too
    back = sign()

    assert (absent, seen, back) == (False, [True, False], True)


def test_nothing_is_deaf_while_the_broker_is_away_and_what_cannot_be_helped_is_started_less_often() -> None:
    now, there = 0.0, False
    ears = kept.SignEars(lambda: False, lambda: there, lambda: now)
    moments = []

    away = [ears.is_deaf(1) for _ in range(500)]
    there = True
    for _ in range(1000):
        now += 5
        if ears.is_deaf(1):
            moments.append(now)
            ears.begin()

    pauses = [after - before for before, after in pairwise(moments)]
    assert not any(away)
    assert pauses[:4] == [YOUNG * 5, YOUNG * 5, 240, 480]
    assert pauses[4] == 900
