import fcntl
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from desk import flower_auth
from desk.leash import RotatingLog
from desk.processes import ProcessFault, Program, Running
from settings import PROJECT


def python(tmp_path: Path, code: str, *, ready: str | None = None, grace: float = 10.0) -> Program:
    return Program(
        name="sample",
        command=[sys.executable, "-u", "-c", code],
        log=tmp_path / "sample.log",
        folder=tmp_path,
        environment=dict(os.environ),
        ready=ready,
        grace=grace,
    )


def test_it_is_ready_when_it_says_so_and_its_words_are_in_the_log(tmp_path: Path) -> None:
    program = python(tmp_path, "print('now', 'ready'); import signal; signal.pause()", ready="now ready")

    with Running(program) as running:
        running.wait_ready()

        assert running.ready
        assert psutil.pid_exists(running.pid)

    assert running.status == -signal.SIGTERM
    assert "now ready" in program.log.read_text(encoding="utf-8")
    assert program.log.stat().st_mode & 0o077 == 0


def test_one_that_ends_instead_is_reported_with_its_last_words(tmp_path: Path) -> None:
    program = python(tmp_path, "import sys; sys.exit('no cupboard')", ready="now ready")

    with Running(program) as running, pytest.raises(ProcessFault, match="no cupboard"):
        running.wait_ready()

    assert running.status == 1


def test_a_command_that_does_not_exist_is_reported_by_name(tmp_path: Path) -> None:
    program = Program(
        name="sample", command=["no-such-program"], log=tmp_path / "log", folder=tmp_path, environment={}, ready="x"
    )

    with Running(program) as running, pytest.raises(ProcessFault, match="no-such-program"):
        running.wait_ready()


def test_one_that_will_not_end_is_killed_when_its_grace_is_over(tmp_path: Path) -> None:
    code = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up'); [signal.pause() for _ in 'ab']"
    running = Running(python(tmp_path, code, ready="up", grace=0.2))
    running.wait_ready()

    running.stop()

    assert running.status == -signal.SIGKILL
    assert not psutil.pid_exists(running.pid)


CHILDREN = (
    "import subprocess, sys, signal\n"
    "sleep = [sys.executable, '-c', 'import signal; signal.signal(15, signal.SIG_IGN); signal.pause()']\n"
    "children = [subprocess.Popen(sleep), subprocess.Popen(sleep, start_new_session=True)]\n"
    "print('started', *[child.pid for child in children], 'all')\n"
    "signal.pause()\n"
)


def children_of(running: Running) -> list[int]:
    running.wait_ready()
    words = next(line for line in running.last_words().splitlines() if line.startswith("started"))
    return [int(pid) for pid in words.split()[1:-1]]


def test_nothing_a_killed_program_started_outlives_it(tmp_path: Path) -> None:
    with Running(python(tmp_path, CHILDREN, ready=" all")) as running:
        children = children_of(running)
        os.kill(running.pid, signal.SIGKILL)

        assert running.wait_ended(60)

    assert len(children) == 2
    assert [pid for pid in children if psutil.pid_exists(pid)] == []


@pytest.mark.parametrize("killed", ["owner", "leash"])
def test_nothing_outlives_a_killed_owner_or_leash(killed: str, tmp_path: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from desk.processes import Program, Running\n"
        f"program = Program(name='sample', command=[sys.executable, '-c', 'import signal; signal.pause()'],"
        f" log=Path({str(tmp_path / 'log')!r}), folder=Path('/'), environment=dict(os.environ))\n"
        "print(Running(program).wait_started(), flush=True); signal.pause()\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=PROJECT, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        program = psutil.Process(int(owner.stdout.readline()))
        leash = program.parent()
        assert leash is not None

        os.kill(owner.pid if killed == "owner" else leash.pid, signal.SIGKILL)

        program.wait(60)
        leash.wait(60)
        owner.kill()


def leash_of(running: Running) -> psutil.Process:
    leash = psutil.Process(running.wait_started()).parent()
    assert leash is not None
    return leash


def test_leashes_share_one_interpreter_and_those_of_a_killed_one_live_on(tmp_path: Path) -> None:
    waits = python(tmp_path, "import signal; print('up'); signal.pause()", ready="up")
    with Running(waits) as first, Running(waits) as second:
        server = leash_of(first).parent()
        assert server is not None
        shared = leash_of(second).parent()
        first.wait_ready()  # by now the program itself holds none of its leash's pages any more
        second.wait_ready()
        own = [leash_of(running).memory_full_info().uss for running in (first, second)]

        server.kill()
        server.wait(60)
        with Running(waits) as third:
            third.wait_ready()
            again = leash_of(third).parent()

            assert (first.ended, second.ended) == (False, False)

    assert shared == server != again
    assert max(own) < 3_000_000
    assert [running.status for running in (first, second, third)] == [-signal.SIGTERM] * 3


def test_a_name_that_is_no_unicode_reaches_the_program_as_it_is(tmp_path: Path) -> None:
    odd = os.fsdecode(b"\xb1\xb2")
    program = python(tmp_path, "import os, sys; print(os.fsencode(sys.argv[1]), 'up')", ready="up")

    with Running(replace(program, command=[*program.command, odd])) as running:
        running.wait_ended(60)

    assert r"b'\xb1\xb2'" in program.log.read_text(encoding="utf-8", errors="replace")


def test_a_lock_on_a_held_file_lasts_until_nothing_of_the_program_is_left(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    ours = os.open(path, os.O_RDWR | os.O_CREAT)
    fcntl.flock(ours, fcntl.LOCK_EX)
    code = "import os; print(*[os.path.realpath(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd')], 'up')"
    program = replace(python(tmp_path, f"{code}; import signal; signal.pause()", ready="up"), hold=(ours,))
    running = Running(program)
    running.wait_ready()
    os.close(ours)

    with path.open("rb") as other:
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        running.stop()
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)

    assert str(path) not in program.log.read_text(encoding="utf-8").split("--- ")[1]


def test_a_grown_log_is_set_aside_and_the_oldest_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.leash._LOG_BYTES", 10)
    log = RotatingLog(tmp_path / "a.log")

    for number in range(6):
        log.write(f"chunk {number} is long\n".encode())
    log.write(b"end\n")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.log", "a.log.1", "a.log.2", "a.log.3"]
    assert (tmp_path / "a.log").read_text(encoding="ascii") == "end\n"
    assert (tmp_path / "a.log.1").read_text(encoding="ascii") == "chunk 5 is long\n"


def test_flowers_password_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "flower.auth"

    first = flower_auth.credentials(path)
    path.chmod(0o644)
    second = flower_auth.credentials(path)

    assert first == second
    assert len(first.partition(":")[2]) >= 32
    assert path.stat().st_mode & 0o077 == 0
    assert [entry.name for entry in path.parent.iterdir()] == ["flower.auth"]
