import fcntl
import http.client
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from desk.beat import turned_file
from desk.flower_auth import credentials
from desk.processes import ProcessFault, Program, Running
from desk.signs import YOUNG
from desk.supervisor import Desk, DeskRefused, Post
from settings import PROJECT, Settings
from tests.desk.conftest import next_life

MakeDesk = Callable[..., Desk]


def everything_of(home: Path, project: Path) -> list[psutil.Process]:
    """Return every process of a desk: what names its home, writes there, or works in its project's folder."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if (
                str(home) in " ".join(process.cmdline())
                or process.environ().get("MADOGUCHI_HOME") == str(home)
                or process.cwd() == str(project)
                or any(file.path.startswith(str(home)) for file in process.open_files())
            ):
                found.append(process)
    return [process for process in found if process.status() != psutil.STATUS_ZOMBIE and process.pid != os.getpid()]


def send(house: Settings, stub_project: Path, word: str) -> None:
    """Send one task through the stub application, as another program would."""
    subprocess.run(
        [sys.executable, "-c", f"import worker; worker.note.delay({word!r})"],
        cwd=stub_project,
        env={**os.environ, **house.environment(), "PYTHONPATH": str(PROJECT)},
        check=True,
    )


def wait_for(reached: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.02)


def test_a_desk_starts_everything_carries_out_a_task_and_leaves_nothing_running(
    make_desk: MakeDesk, house: Settings, stub_project: Path
) -> None:
    desk = make_desk(with_flower=True)

    with desk:
        names = list(desk.pids())
        send(house, stub_project, "hello")
        wait_for((house.home / "noted").exists)

    assert names == ["broker", "desk1", "desk2", "beat", "metrics", "flower"]
    assert (house.home / "migrated").exists()
    assert everything_of(house.home, stub_project) == []
    assert not list(house.run.glob("ready-*"))


@pytest.mark.requirement("S28")
def test_flower_asks_for_the_password_and_listens_on_this_machine_only(make_desk: MakeDesk, house: Settings) -> None:
    with make_desk(with_flower=True) as desk:
        pid = desk.pids()["flower"]
        listening = [c.laddr.ip for c in psutil.Process(pid).net_connections() if c.status == psutil.CONN_LISTEN]
        address = house.flower_address.read_text(encoding="ascii").strip()
        port = int(address.rstrip("/").rpartition(":")[2])
        user_and_password = credentials(house.flower_auth)

        def status_with(headers: dict[str, str]) -> int:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/workers", headers=headers)
            return connection.getresponse().status

        refused = status_with({})
        admitted = status_with({"Authorization": f"Basic {b64encode(user_and_password.encode()).decode()}"})
        command_line = " ".join(psutil.Process(pid).cmdline())

    assert listening == ["127.0.0.1"]
    assert (refused, admitted) == (401, 200)
    assert address == desk.flower_url
    assert stat.S_IMODE(house.flower_auth.stat().st_mode) == 0o600
    assert user_and_password.partition(":")[2] not in command_line


def test_a_worker_that_is_killed_comes_back_at_once_and_leaves_no_pool_children(make_desk: MakeDesk) -> None:
    said: list[str] = []
    with make_desk(said=said) as desk:
        killed = desk.pids()["desk2"]
        pool = psutil.Process(killed).children()
        os.kill(killed, signal.SIGKILL)

        back = next_life(desk, "desk2", after=killed)
        _, alive = psutil.wait_procs(pool, timeout=60)

        assert back == desk.pids()["desk2"] != killed
        assert len(pool) == 2
        assert alive == []
    assert [line for line in said if line.startswith("desk2 ended (signal 9)")]


def test_the_broker_comes_back_with_what_was_queued(make_desk: MakeDesk, house: Settings, stub_project: Path) -> None:
    with make_desk() as desk:
        worker, broker = desk.pids()["desk2"], desk.pids()["broker"]
        os.kill(worker, signal.SIGSTOP)
        send(house, stub_project, "kept")
        wait_for(lambda: any(b"worker.note" in part.read_bytes() for part in house.broker_data.rglob("*.aof")))
        os.kill(broker, signal.SIGKILL)
        next_life(desk, "broker", after=broker)
        os.kill(worker, signal.SIGCONT)

        wait_for((house.home / "noted").exists)


def test_a_program_that_cannot_live_is_named_with_the_end_of_its_log(make_desk: MakeDesk, stub_project: Path) -> None:
    (stub_project / "worker.py").write_text("raise RuntimeError('the cupboard is bare')\n", encoding="utf-8")
    desk = make_desk()
    desk.start()

    with pytest.raises(ProcessFault, match="the cupboard is bare"):
        desk.wait_ready(60)


def test_a_life_that_is_too_long_in_beginning_is_ended_before_the_next(
    house: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.run.mkdir(parents=True)
    waits = [sys.executable, "-c", "import signal; signal.pause()"]
    program = Program(name="slow", command=waits, log=tmp_path / "log", folder=tmp_path, environment=dict(os.environ))
    post, started = Post("slow", lambda: program, lambda _: True), Running.wait_started
    monkeypatch.setattr(Running, "wait_started", lambda life: started(life, -1.0))  # as where it has taken a minute

    with pytest.raises(ProcessFault, match="did not start"):
        Desk(house)._begin(post)

    assert post.running is not None
    assert post.running.ended


def test_a_database_that_cannot_be_migrated_stops_the_desk_before_any_worker(
    make_desk: MakeDesk, house: Settings, stub_project: Path
) -> None:
    (stub_project / "models" / "migrate.py").write_text("raise SystemExit('no such table')\n", encoding="utf-8")

    with pytest.raises(DeskRefused, match="no such table"):
        make_desk().start()

    assert everything_of(house.home, stub_project) == []


def test_a_second_desk_in_the_same_home_is_refused_and_the_first_stays_whole(
    make_desk: MakeDesk, house: Settings
) -> None:
    with make_desk(with_flower=True) as first:
        second = make_desk()

        with pytest.raises(DeskRefused, match=f"process {os.getpid()}"):
            second.start()
        second.stop()

        assert house.flower_address.exists()
        assert (house.run / "ready-desk1").exists()
        assert len(first.pids()) == 6


def test_a_desk_that_is_killed_takes_everything_with_it_and_frees_the_home(house: Settings, stub_project: Path) -> None:
    script = (
        "import signal; from pathlib import Path; from settings import settings; from desk.supervisor import Desk\n"
        f"desk = Desk(settings(), project=Path({str(stub_project)!r}), with_flower=False, with_counter=False,"
        f" environment={{'PYTHONPATH': {str(PROJECT)!r}}})\n"
        "desk.start(); desk.wait_ready(); print('ready', flush=True); signal.pause()\n"
    )
    environment = {**os.environ, **house.environment(), "PYTHONPATH": str(PROJECT)}
    owner = subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    assert owner.stdout.readline() == "ready\n"
    started = everything_of(house.home, stub_project)

    owner.kill()
    owner.wait()
    owner.stdout.close()
    _, alive = psutil.wait_procs(started, timeout=60)

    assert len(started) >= 11  # the owner, four leashes, broker, both workers, two children, beat
    assert alive == []
    assert everything_of(house.home, stub_project) == []
    with (house.run / "desk.lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_flower_takes_another_port_where_the_usual_one_is_taken(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(with_flower=True)
    desk.settings = replace(desk.settings, flower_port=None)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        usual = taken.getsockname()[1]
        monkeypatch.setattr("desk.supervisor.PREFERRED_FLOWER_PORT", usual)

        with desk:
            address = desk.flower_url

    assert address is not None
    assert not address.endswith(f":{usual}/")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_desk_in_a_terminal_ends_cleanly_on(number: int, house: Settings, stub_project: Path) -> None:
    script = (
        "import sys; from pathlib import Path; import desk.__main__ as main, desk.supervisor as supervisor\n"
        f"make = supervisor.Desk; stub = Path({str(stub_project)!r})\n"
        f"main.Desk = lambda *a, **k: make(*a, with_counter=False, project=stub, **k,"
        f" environment={{'PYTHONPATH': {str(PROJECT)!r}}})\n"
        "sys.exit(main.main(['--no-flower']))\n"
    )
    environment = {**os.environ, **house.environment(), "PYTHONPATH": str(PROJECT)}
    terminal = subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True)
    assert terminal.stdout is not None
    lines = []
    for line in terminal.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            terminal.send_signal(number)

    assert terminal.wait(60) == 0
    assert "everything has ended" in lines[-1]
    assert everything_of(house.home, stub_project) == []


def test_a_beat_that_stands_still_is_started_again(house: Settings, stub_project: Path) -> None:
    said: list[str] = []

    def tell(sentence: str) -> None:
        said.append(sentence)
        if "gives no sign" in sentence:
            os.kill(before, signal.SIGCONT)  # so that it ends when it is told to, not by its leash ten seconds on

    desk = Desk(
        house, environment={"PYTHONPATH": str(PROJECT)}, with_flower=False, with_counter=False, project=stub_project,
        tell=tell,
    )  # fmt: skip
    with desk:
        before = desk.pids()["beat"]
        wait_for(turned_file(house.run).exists)
        os.kill(before, signal.SIGSTOP)
        for _ in range(YOUNG):
            desk._give_up_a_still_beat()
        after = next_life(desk, "beat", after=before)
        keeps = desk.keeps

    assert after != before
    assert keeps
    assert [line for line in said if "gives no sign" in line and str(before) in line]
