"""What somebody does to the counter who hangs, floods, lies or breaks off: others are served, and nothing is gained."""

import os
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from counter.calls import NotUnderstood, understood
from counter.client import MAGIC, Call, Files, compose
from counter.serving import listening
from desk.processes import Running
from settings import PROJECT, Settings, load
from tests.system.counters import Calls, connected, counter, founded, reached

SMALL = (
    "import sys, counter.serving as serving, counter.__main__ as main\n"
    "class Small(serving.Counter):\n"
    "    def __init__(self, *given):\n"
    "        super().__init__(*given, serving.Bounds({bounds}))\n"
    "main.Counter = Small\n"
    "sys.exit(main.main())\n"
)
"""A counter that is held to other bounds, so that nobody waits for minutes."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An office of the login that runs the tests, with a few cases; nobody works on them."""
    return founded(tmp_path_factory.mktemp("home"))


@contextmanager
def bounded(house: Settings, folder: Path, bounds: str) -> Iterator[tuple[Running, Calls, Settings]]:
    """Run a counter with these bounds behind a hatch of its own; yield it, calls to it, and settings that name it."""
    hatch = str(folder / "hatch")
    told = load({"MADOGUCHI_HOME": str(house.home), "MADOGUCHI_HATCH": hatch})
    with counter(told, folder / "log", SMALL.format(bounds=bounds)) as made:
        yield made, Calls(told, folder), told


def call_of(house: Settings, *arguments: str) -> Call:
    """Return a call as the script would make it."""
    return Call(str(PROJECT), str(house.home), house.home.stat(), os.geteuid(), mine=True, arguments=list(arguments))


@contextmanager
def raw(house: Settings, *arguments: str) -> Iterator[tuple[socket.socket, socket.socket, int]]:
    """Make a call by hand; yield the connection, the channel of questions, and what the call prints."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.settimeout(60)
    out, printed = os.pipe()
    nothing = os.open(os.devnull, os.O_RDONLY)
    with connected(house) as line, ours:
        words = compose(call_of(house, *arguments))
        head = MAGIC + len(words).to_bytes(4, "big")
        socket.send_fds(line, [head + words], [nothing, printed, printed, theirs.fileno()])
        theirs.close()
        os.close(printed)
        os.close(nothing)
        yield line, ours, out
    os.close(out)


def open_files(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def memory(pid: int) -> int:
    """Return how many kB a process holds."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0])


def until_closed(line: socket.socket) -> bytes:
    heard = b""
    try:
        while chunk := line.recv(4096):
            heard += chunk
    except ConnectionResetError:
        pass
    return heard


# -- talk that is none -----------------------------------------------------------------------------------------------


def test_a_hundred_megabytes_are_refused_unread(house: Settings, tmp_path: Path) -> None:
    with bounded(house, tmp_path, "") as (made, calls, told):
        before = memory(made.pid)
        with connected(told) as line:
            line.sendall(MAGIC + (100 << 20).to_bytes(4, "big"))
            assert until_closed(line) == b"too_long\n"
        with connected(told) as line, pytest.raises(OSError, match=r"Broken pipe|reset"):
            line.sendall(b"\0" * (100 << 20))

        assert memory(made.pid) < before + 20_000
        assert calls("list").status == 0


@pytest.mark.parametrize(
    "said",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        MAGIC + (5).to_bytes(4, "big") + b"hello",
        MAGIC + (3).to_bytes(4, "big") + b"hello",
        MAGIC + (0).to_bytes(4, "big"),
        MAGIC.replace(b"1", b"2"),
    ],
)
@pytest.mark.parametrize("passed", [0, 3, 4, 5, 40])
def test_rubbish_is_told_so_and_whatever_came_with_it_is_closed(
    house: Settings, shared: Running, said: bytes, passed: int
) -> None:
    before = open_files(shared.pid)
    files = [os.open(os.devnull, os.O_RDONLY) for _ in range(passed)]
    with connected(house) as line:
        socket.send_fds(line, [said], files)
        heard = until_closed(line)
    for file in files:
        os.close(file)

    assert heard == b"rubbish\n"
    reached(lambda: open_files(shared.pid) == before)


@pytest.fixture(scope="module")
def shared(house: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One counter as the desk runs it."""
    with counter(house, tmp_path_factory.mktemp("log") / "log") as made:
        yield made


@pytest.mark.parametrize("words", [b"", b"\0" * 11, b"a\0" * 11 + b"9", b"a\0" * 11 + b"9999999999"])
def test_words_that_are_no_call_are_not_understood(words: bytes) -> None:
    with pytest.raises(NotUnderstood):
        understood(words)


def test_of_an_environment_only_looks_are_taken_over(house: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    lies = {
        "LANG": "../../../evil", "TERM": "x" * 100, "LC_ALL": "ja_JP.UTF-8", "HOME": "/root", "PATH": "/evil",
        "PYTHONPATH": "/evil", "LD_PRELOAD": "/evil.so", "USER": "kudo", "LOGNAME": "kudo", "TZ": ":/etc/shadow",
    }  # fmt: skip
    for name, value in lies.items():
        monkeypatch.setenv(name, value)
    call = call_of(house, "list")
    call.mine = False

    told = understood(compose(call)).environment

    assert {name: told.get(name) for name in lies} == dict.fromkeys(lies) | {"LC_ALL": "ja_JP.UTF-8"}
    assert not any(name.startswith("MADOGUCHI_") for name in told)


# -- those who hang, and those who flood ----------------------------------------------------------------------------


def test_who_says_nothing_is_heard_for_a_while_and_no_longer(house: Settings, tmp_path: Path) -> None:
    with bounded(house, tmp_path, "saying=0.3") as (_, calls, told), connected(told) as mute, connected(told) as half:
        with suppress(BrokenPipeError):  # on a busy machine it may be over already
            half.sendall(MAGIC[:5])

        assert until_closed(mute) == b"busy\n"
        assert until_closed(half) == b"busy\n"
        assert calls("list").status == 0


def test_a_flood_of_connections_takes_nothing_from_the_office(house: Settings, tmp_path: Path) -> None:
    with bounded(house, tmp_path, "connected_of_one=5") as (made, calls, told):
        flood = [connected(told) for _ in range(50)]
        heard = [until_closed(line) for line in flood[5:]]
        served = calls("list")  # its own login carries it out itself
        for line in flood:
            line.close()
        reached(lambda: calls("list").status == 0)

        assert heard == [b"busy\n"] * 45
        assert served.status == 0
        assert open_files(made.pid) < 20


def test_calls_beyond_the_bound_wait_for_their_turn(house: Settings, tmp_path: Path) -> None:
    one = bounded(house, tmp_path, "at_once=1, at_once_of_one=1")
    with one as (made, calls, _), calls.started("open", "--file", "-", "--dry-run") as hanging:
        reached(lambda: _children(made.pid))
        with calls.started("list") as waiting:
            with pytest.raises(subprocess.TimeoutExpired):
                waiting.wait(1)  # short: it is not its turn, however long it waits
            assert hanging.stdin is not None
            hanging.stdin.close()
            hanging.stdin = None
            out, _ = waiting.communicate(timeout=60)

    assert (waiting.returncode, b"26-000001-D" in out) == (0, True)


def test_whoever_waited_too_long_is_told(house: Settings, tmp_path: Path) -> None:
    bounds = "at_once=1, at_once_of_one=1, waiting=0.3"
    with bounded(house, tmp_path, bounds) as (made, calls, told), calls.started("open", "--file", "-", "--dry-run"):
        reached(lambda: _children(made.pid))
        with raw(told, "list") as (line, _, _):
            assert until_closed(line) == b"busy\n"


def test_a_caller_that_is_gone_at_once_ends_its_own_call_only(house: Settings, shared: Running, tmp_path: Path) -> None:
    for _ in range(40):
        with raw(house, "open", "--file", "-", "--dry-run") as (line, _, _):
            line.send(b"ITHQZC" * 3)
    reached(lambda: not _children(shared.pid))

    assert not shared.ended
    with raw(house, "list") as (_, channel, _):
        assert channel.recv(100) == b"exit\x000"


def test_descriptors_sent_behind_a_call_do_not_pile_up(house: Settings, shared: Running) -> None:
    before = open_files(shared.pid)
    nothing = os.open(os.devnull, os.O_RDONLY)
    with raw(house, "import", "/dev/stdin") as (line, channel, _):
        channel.recv(100)
        for _ in range(50):
            socket.send_fds(line, [b"?"], [nothing] * 4)
        reached(lambda: open_files(shared.pid) <= before + 1)
    os.close(nothing)


def test_a_caller_that_reads_nothing_holds_up_nobody(house: Settings, shared: Running, tmp_path: Path) -> None:
    with Calls(house, tmp_path).started("--json", "diagram") as silent:  # its pipe is never read
        assert Calls(house, tmp_path)("list").status == 0  # which has its own end
        silent.kill()


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()


# -- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["nothing", "no file", "a folder", "rubbish", "gone"])
def test_a_hostile_end_that_is_asked_for_a_file_hurts_its_own_call_only(
    house: Settings, shared: Running, answer: str
) -> None:
    with raw(house, "open", "--file", "x.yaml", "--dry-run") as (line, channel, out):
        word = channel.recv(65536).split(b"\0")[0]
        while word == b"look":
            channel.send(b"yes\0")
            word = channel.recv(65536).split(b"\0")[0]
        assert word == b"open"
        if answer == "no file":
            channel.send(b"yes")
        elif answer == "a folder":
            folder = os.open("/", os.O_RDONLY)
            socket.send_fds(channel, [b"yes"], [folder])
            os.close(folder)
        elif answer == "rubbish":
            channel.send(b"\xff\0no\0-1")
        elif answer == "nothing":
            channel.send(b"no\0999999")
        if answer == "gone":
            channel.close()
            line.close()
            reached(lambda: not _children(shared.pid))
        else:
            ended = channel.recv(65536)
            assert ended == b"exit\x002"
            assert b"cannot be read" in os.read(out, 65536)


def test_the_thin_end_opens_what_was_named_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "named.yaml").write_text("x", encoding="ascii")
    (tmp_path / "other.yaml").write_text("x", encoding="ascii")
    files = Files(["open", "--file=named.yaml", "--out", "made", "26-000001-D"])

    os.close(files.done("open", ["named.yaml", "0"])[0])
    os.close(files.done("write", ["made/page.jpg"])[0])
    files.done("written", ["made/page.jpg"])
    for word in ("open", "write", "look"):
        for path in (
            "other.yaml",
            "/etc/passwd",
            "../x",
            "made/../other.yaml",
            "made/..",
            "made/../named.yaml",
            "made/a/b",
            ".",
            "named.yaml/../other.yaml",
        ):
            with pytest.raises(PermissionError):
                files.done(word, [path, "0"])

    assert (tmp_path / "made" / "page.jpg").exists()


LISTING = """
found: found
note: see /etc/passwd and other.yaml
files: [kept.pdf, "with blank.csv", ~/home.txt]
done: files: [/etc/shadow]
"""


def test_the_thin_end_reads_what_a_file_of_the_caller_lists_and_writes_nothing_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("kept.pdf", "with blank.csv", "other.yaml", "home.txt"):
        (tmp_path / name).write_text("x", encoding="ascii")
    (tmp_path / "answer.yaml").write_text(LISTING, encoding="utf-8")
    files = Files(["search", "answer", "--file", "answer.yaml"])

    for path in ("kept.pdf", str(tmp_path / "kept.pdf"), "with blank.csv", str(tmp_path / "home.txt")):
        os.close(files.done("open", [path, "0"])[0])
    for word, path in (("open", "other.yaml"), ("open", "/etc/passwd"), ("open", "/etc/shadow"), ("write", "kept.pdf")):
        with pytest.raises(PermissionError):
            files.done(word, [path, "0"])


def test_the_thin_end_only_reads_what_it_opens_for_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "named").write_text("kept", encoding="ascii")

    file, _ = Files(["named"]).done("open", ["named", str(os.O_RDWR | os.O_TRUNC | os.O_CREAT)])

    with pytest.raises(OSError, match="Bad file descriptor"):
        os.write(file, b"lost")
    os.close(file)
    assert (tmp_path / "named").read_text(encoding="ascii") == "kept"


def test_what_was_begun_and_not_finished_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files = Files(["made"])
    os.close(files.done("write", ["made"])[0])
    assert len(list(tmp_path.iterdir())) == 1

    files.drop()

    assert list(tmp_path.iterdir()) == []


def test_a_home_is_opened_only_where_the_hatch_lies_in_it(tmp_path: Path) -> None:
    home, aside = tmp_path / "home", tmp_path / "aside"
    home.mkdir(mode=0o700)

    listening(aside, home).close()
    closed = home.stat().st_mode & 0o777
    listening(home / "hatch", home).close()

    assert (closed, home.stat().st_mode & 0o777) == (0o700, 0o710)
    assert {folder.stat().st_mode & 0o777 for folder in (aside, home / "hatch")} == {0o710}


def test_the_counter_asks_the_kernel_for_the_group(tmp_path: Path) -> None:
    from counter.serving import SO_PEERGROUPS

    ours, theirs = socket.socketpair()
    with ours, theirs:
        groups = ours.getsockopt(socket.SOL_SOCKET, SO_PEERGROUPS, 1024)

    assert set(struct.unpack(f"{len(groups) // 4}I", groups)) == set(os.getgroups())
    assert sys.platform == "linux"
