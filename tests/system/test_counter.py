"""A call through the counter is the same call: what it prints, where, how it ends, what its terminal and signals do."""

import json
import os
import signal
import struct
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ
from typing import Any

import pytest

from desk.processes import Running
from services.office.staff import os_login
from services.returns import register
from settings import PROJECT, Settings
from tests.office import TestOffice
from tests.system.counters import Calls, counter, founded, reached, shown, terminal
from tests.talking import CTRL_C, Talk
from workflows.engine.values import Actor, Role
from workflows.request.payloads import MailForms

CONTACT = PROJECT / "samples" / "contacts" / "01-mihon-hanako.yaml"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An office of the login that runs the tests, with a few cases; nobody works on them."""
    return founded(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def running(house: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The counter of that office."""
    with counter(house, tmp_path_factory.mktemp("log") / "counter.log") as made:
        yield made


@pytest.fixture
def calls(house: Settings, running: Running, tmp_path: Path) -> Calls:
    """Calls at that office, from a folder of the test's own."""
    (tmp_path / "contact.yaml").write_bytes(CONTACT.read_bytes())
    (tmp_path / "broken.yaml").write_text("rights: [nonsense]\nsubject: {}\n", encoding="utf-8")
    (tmp_path / "contacts.csv").write_text("rights,nonsense\nx,y\n", encoding="utf-8")
    (tmp_path / "picture.jpg").write_bytes(b"no picture")
    (tmp_path / "nowhere").symlink_to("away")
    return Calls(house, tmp_path)


CALLED = [
    [],
    ["--help"],
    ["--lang", "ja", "--help"],
    ["list", "--help"],
    ["list"],
    ["--json", "list"],
    ["list", "--json", "--lang", "ja"],
    ["list", "--state", "nonsense"],
    ["no-such-command"],
    ["list", "--no-such-option", "--json"],
    ["show", "26-000001-D"],
    ["show", "26-000099-9", "--json"],
    ["show", "26-000001-X"],
    ["why", "26-000001-D", "--json"],
    ["history", "26-000002-B", "--json"],
    ["letters", "--json"],
    ["notices"],
    ["office", "--json"],
    ["staff", "list"],
    ["diagram"],
    ["plan"],
    ["inquiry", "list"],
    ["tray", "list"],
    ["fulfil", "26-000001-D", "--json", "--dry-run"],
    ["hold", "26-000001-D", "--reason", "other", "--dry-run"],
    ["open", "--file", "contact.yaml", "--dry-run"],
    ["open", "--file", "broken.yaml", "--dry-run"],
    ["open", "--file=broken.yaml", "--dry-run", "--json"],
    ["open", "--file", "missing.yaml", "--dry-run"],
    ["open", "--file", ".", "--dry-run"],
    ["open", "--dry-run"],
    ["import", "contacts.csv", "--json"],
    ["import", "missing.csv"],
    ["scan", "missing.pdf", "picture.jpg"],
    ["scan", "nowhere", "--json", "--arrived-at", "2026-11-27T09:00"],
    ["scan", "picture.jpg", "--json", "--arrived-at", "2026-11-27T09:00"],
    ["scan", "."],
    ["draft", "26-000001-D", "--out", "draft.pdf"],
    ["papers", "26-000001-D", "--out", "contact.yaml"],
    ["tray", "show", "T26-0001", "--out", "page.jpg"],
    ["print", "--out", "contact.yaml"],
    ["--as", "somebody", "list"],
    ["--as", "somebody", "hold", "26-000001-D", "--reason", "other"],
    ["bulk", "hold", "--where", "state=contacted"],
    ["list", "--due-within", "x" * 100_000],
]


@pytest.mark.parametrize("arguments", CALLED, ids=lambda arguments: " ".join(arguments)[:60] or "nothing")
def test_a_call_is_the_same_with_the_counter_and_without_it(calls: Calls, arguments: list[str]) -> None:
    with_it = calls(*arguments)
    without = calls.here(*arguments)

    assert with_it == without


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "ja_JP.UTF-8"},
        {"LC_ALL": "C"},
        {"MADOGUCHI_LANG": "ja"},
        {"MADOGUCHI_LANG": "fr"},
        {"MADOGUCHI_CLOCK": "shifted"},
        {"MADOGUCHI_ALLOW_AS": "demo"},
        {"MADOGUCHI_RESIDENCY": "nowhere"},
        {"MADOGUCHI_HOMES": "/"},
        {"MADOGUCHI_KEYS": "relative"},
        {"MADOGUCHI_DATABASE_URL": "sqlite:////nowhere/at/all"},
        {"MADOGUCHI_DATABASE_URL_FILE": "/nowhere"},
        {"COLUMNS": "40"},
    ],
    ids=str,
)
def test_what_the_environment_says_counts_as_it_does_without_the_counter(
    calls: Calls, environment: dict[str, Any]
) -> None:
    for arguments in (["list"], ["office", "--json"]):
        assert calls(*arguments, **environment) == calls.here(*arguments, **environment)


def test_a_call_reaches_the_counter_and_not_only_its_own_process(calls: Calls, house: Settings) -> None:
    # The counter's child reads the database, so the thin end can do without any of our packages.
    thin = "import sys; sys.argv[1:] = ['list']; sys.path.insert(0, sys.path[0]); from counter import client;"
    thin += f"client._directly = lambda folder: sys.exit('no counter'); client.main({str(PROJECT)!r})"
    done = subprocess.run(
        [str(PROJECT / ".venv/bin/python"), "-c", thin], cwd=PROJECT, env=calls.environment(), capture_output=True,
        text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    assert "26-000001-D" in done.stdout


def test_a_file_comes_on_standard_input(calls: Calls) -> None:
    content = CONTACT.read_bytes()

    for arguments in (["open", "--file", "-", "--dry-run"], ["open", "--file", "-", "--dry-run", "--json"]):
        assert calls(*arguments, stdin=content) == calls.here(*arguments, stdin=content)
        assert calls(*arguments, stdin=content).status == 0
    assert calls("open", "--file", "-", "--dry-run").status == 2


def test_a_reader_that_goes_away_ends_a_call_as_ever(calls: Calls) -> None:
    for hatch in ("", "MADOGUCHI_HATCH=/nowhere "):
        line = f"{hatch}{PROJECT}/admin.py --json history 26-000002-B | head -c 1; echo ${{PIPESTATUS[0]}}"
        done = subprocess.run(
            ["bash", "-c", line], cwd=calls.folder, env=calls.environment(), capture_output=True, check=False
        )
        assert (done.stdout, done.stderr) == (b"[0\n", b"")


def test_an_order_that_waits_is_interrupted_and_says_what_is_safe(calls: Calls) -> None:
    with calls.started("hold", "26-000001-D", "--reason", "other", "--wait", "600", "--json", "--key", "k-1") as call:
        reached(lambda: b'"key": "k-1"' in calls("history", "26-000001-D").out or _ordered(calls.house, "k-1"))
        call.send_signal(signal.SIGINT)
        out, _ = call.communicate(timeout=60)

    said = json.loads(out)
    assert (call.returncode, said["error"], said["key"]) == (130, "interrupted", "k-1")


def _ordered(house: Settings, key: str) -> bool:
    import sqlite3

    with sqlite3.connect(f"file:{house.var}/madoguchi.sqlite3?mode=ro", uri=True) as db:
        return db.execute("SELECT 1 FROM command WHERE key = ?", (key,)).fetchone() is not None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_call_ends_by_the_signal_it_was_sent(calls: Calls, number: signal.Signals) -> None:
    with calls.started("hold", "26-000001-D", "--reason", "other", "--wait", "600", "--key", f"k{number}") as call:
        reached(lambda: _ordered(calls.house, f"k{number}"))
        call.send_signal(number)
        call.communicate(timeout=60)

    assert call.returncode == -number


def test_a_caller_that_is_killed_leaves_no_child_behind(calls: Calls, running: Running) -> None:
    with calls.started("hold", "26-000001-D", "--reason", "other", "--wait", "600", "--key", "killed") as call:
        reached(lambda: _ordered(calls.house, "killed"))
        assert _children(running.pid)
        call.kill()

        reached(lambda: not _children(running.pid))


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()


# -- terminals -------------------------------------------------------------------------------------------------------


def test_a_terminal_has_its_width_and_its_colours(calls: Calls) -> None:
    seen = {}
    for hatch in ("", str(calls.folder / "no-hatch")):
        environment = calls.environment(TERM="xterm", **({"MADOGUCHI_HATCH": hatch} if hatch else {}))
        with terminal(["/bin/sh", "-c", 'read go; exec "$0" list', *calls.command()], calls.folder, environment) as (
            pid,
            master,
        ):
            ioctl(master, TIOCSWINSZ, struct.pack("HHHH", 20, 47, 0, 0))
            os.write(master, b"\n")
            seen[hatch] = shown(master, b"never")
            os.waitpid(pid, 0)

    assert len(set(seen.values())) == 1
    assert b"\x1b[1m" in next(iter(seen.values()))


def test_questions_are_asked_and_answered_at_the_callers_terminal(calls: Calls) -> None:
    with Talk(calls.command("open", "--dry-run", "--lang", "en"), calls.environment(), calls.folder) as said:
        said.through({"rights": "disclosure", "how it came": "post", "language": "ja", "subject, name": CTRL_C})

    assert said.status == 130
    assert "nothing was accepted" in said.seen


@pytest.mark.parametrize("here", [True, False], ids=["without a desk", "through the counter"])
def test_a_contact_is_asked_for_to_its_end_with_a_desk_and_without(calls: Calls, here: bool) -> None:
    environment = calls.environment(**({"MADOGUCHI_HATCH": str(calls.folder / "no-hatch")} if here else {}))

    with Talk(calls.command("open", "--dry-run", "--lang", "ja"), environment, calls.folder) as said:
        said.through({"氏名": "見本 花子", "生年月日": ["昨日のこと", ""], "Enterで送信": ["f", "5", ""]})

    assert said.status == 0, said.seen
    assert "何も書き込みませんでした" in said.seen or "書き込みません" in said.seen
    (left,) = calls.folder.glob("request.open*.yaml")
    assert left.stat().st_mode & 0o777 == 0o600


def test_a_picture_is_laid_at_the_callers_end_and_gone_with_the_call(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    house = founded(tmp_path / "home", back_in_the_house)
    with counter(house, tmp_path / "log"):
        there = Calls(house, tmp_path)
        with Talk(there.command("receive-forms", "--scanned", "--lang", "en"), there.environment(), tmp_path) as said:
            assert said.asked() is not None
            said.type("v")
            assert said.asked() is not None
            laid = [Path(line.strip()) for line in said.seen.splitlines() if line.strip().endswith(".jpg")]
            modes = {(one.stat().st_mode & 0o777, one.parent.stat().st_mode & 0o777) for one in laid}
            said.type("q")
            assert said.asked() is None

    assert (said.status, modes) == (0, {(0o600, 0o700)})
    assert not any(one.parent.exists() for one in laid)


def back_in_the_house(office: TestOffice) -> None:
    """Let the forms of a case be posted, come back and be scanned."""
    case = office.opened()
    office.make_letters(case, typeset=True)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())
    (path,) = (
        office.settings.spool / row.path for row in office.ask("SELECT path FROM letter") if case in (row.path or "")
    )
    register.scan([path], Actor(os_login(), frozenset({Role.LEAD})), office.unit)


def test_somebody_is_found_by_what_is_typed_at_the_callers_terminal(calls: Calls) -> None:
    with terminal(calls.command("find", "--lang", "en"), calls.folder, calls.environment()) as (pid, end):
        shown(end, b": ")
        os.write(end, b"samp\n")
        found = shown(end, b"never")
        _, status = os.waitpid(pid, 0)
    by_stdin = calls("find", "--file", "-", "--json", stdin=b"name: SAMPLE")

    assert os.waitstatus_to_exitcode(status) == 0
    assert found.count(b"Sample ") == len(json.loads(by_stdin.out)) == 2


def test_a_terminal_that_hangs_up_ends_the_call(calls: Calls, running: Running) -> None:
    with terminal(calls.command("open", "--dry-run"), calls.folder, calls.environment()) as (_, end):
        shown(end, b": ")
        assert _children(running.pid)

    reached(lambda: not _children(running.pid))


@pytest.mark.parametrize("typed", ["open --dry-run", "find", "erase 26-000001-D --why x"])
def test_a_question_may_be_ended_as_soon_as_it_is_seen(calls: Calls, typed: str) -> None:
    """Ctrl-C is typed ahead of the wait for an answer as often as not, here without pause from several at once."""
    with ExitStack() as open_ends:
        command = calls.command("--lang", "en", *typed.split())
        ends = [open_ends.enter_context(terminal(command, calls.folder, calls.environment()))[1] for _ in range(6)]
        for end in ends:
            shown(end, b": ")
            os.write(end, b"\x03")

        assert all(b"nothing was accepted" in shown(end, b"nothing was accepted") for end in ends)


SLOW_TO_STOP = """
import time
from counter import __main__, child
say = child.There.say
child.There.say = lambda self, words: (say(self, words), time.sleep(words == "stop"))
raise SystemExit(__main__.main())
"""


@pytest.mark.parametrize("slow", [False, True], ids=["", "slow"])
def test_a_call_stopped_at_a_question_leaves_the_terminal_alone_until_it_goes_on(
    house: Settings, tmp_path: Path, *, slow: bool
) -> None:
    """One that is slow to stop hears the word to go on before it stands still."""
    aside = replace(house, hatch=tmp_path / "hatch")
    with counter(aside, tmp_path / "log", SLOW_TO_STOP if slow else ""):
        _stopped_and_gone_on_with(Calls(aside, tmp_path))


def _stopped_and_gone_on_with(calls: Calls) -> None:
    shell = ["/bin/bash", "--norc", "-i"]
    environment = calls.environment(PS1="ready> ")
    with terminal(shell, calls.folder, environment) as (_, end):
        shown(end, b"ready> ")
        os.write(end, f"{PROJECT}/admin.py open --dry-run --lang en\n".encode())
        shown(end, b"]: ")
        os.write(end, b"\x1a")
        shown(end, b"ready> ")
        os.write(end, b"echo $((40+2))\n")  # were the call still reading, this would be its answer
        shown(end, b"42")
        os.write(end, b"fg\n")
        shown(end, b"open --dry-run")
        os.write(end, b"disclosure\n")
        shown(end, b"category of the person [1]: ")
        os.write(end, b"\x03")
        shown(end, b"nothing was accepted")


# -- the counter comes and goes --------------------------------------------------------------------------------------


def test_without_a_counter_the_offices_own_login_works_as_ever(house: Settings, tmp_path: Path) -> None:
    aside = replace(house, hatch=tmp_path / "hatch")
    with counter(aside, tmp_path / "log") as made:
        there = Calls(aside, tmp_path)
        before = there("list")
        os.kill(made.pid, signal.SIGKILL)
        made.wait_ended(60)
        assert (tmp_path / "hatch" / "s.sock").exists()  # a stale one

        assert there("list") == before


def test_newer_code_is_never_kept_from_a_call(house: Settings, tmp_path: Path) -> None:
    script = (
        "import sys, counter.child as child, counter.__main__ as main\n"
        "child.revision = lambda project: 1\n"  # what a child finds on the disk is not what the counter was loaded from
        "sys.exit(main.main())\n"
    )
    aside = replace(house, hatch=tmp_path / "hatch")
    with counter(aside, tmp_path / "log", script) as made:
        called = Calls(aside, tmp_path)("list")
        ended = made.wait_ended(60)

    assert called.status == 0
    assert b"26-000001-D" in called.out
    assert (ended, made.status) == (True, 0)


def test_a_counter_that_is_told_to_end_lets_a_call_say_what_it_accepted(house: Settings, tmp_path: Path) -> None:
    aside = replace(house, hatch=tmp_path / "hatch")
    with counter(aside, tmp_path / "log") as made:
        calls = Calls(aside, tmp_path)
        with calls.started(
            "hold", "26-000001-D", "--reason", "other", "--wait", "600", "--json", "--key", "end"
        ) as call:
            reached(lambda: _ordered(house, "end"))
            made.ask_to_stop()
            out, _ = call.communicate(timeout=60)
        made.wait_ended(60)

    assert (call.returncode, json.loads(out)["key"], made.status) == (130, "end", 0)


def test_a_counter_killed_in_the_middle_leaves_its_callers_the_key(house: Settings, tmp_path: Path) -> None:
    aside = replace(house, hatch=tmp_path / "hatch")
    with counter(aside, tmp_path / "log") as made:
        calls = Calls(aside, tmp_path)
        with calls.started(
            "hold", "26-000002-B", "--reason", "other", "--wait", "600", "--json", "--key", "cut"
        ) as call:
            reached(lambda: _ordered(house, "cut"))
            os.kill(made.pid, signal.SIGKILL)
            out, err = call.communicate(timeout=60)

    said = json.loads(out)
    assert (call.returncode, said["error"], said["key"]) == (5, "broken", "cut")
    assert b"--key cut" in err


def test_a_backup_lies_where_whoever_called_stands_and_not_where_the_counter_does(calls: Calls, tmp_path: Path) -> None:
    calls("backup", "--out", "made", "--keys", "apart")

    assert (tmp_path / "made" / "manifest.json").exists()
    assert (tmp_path / "apart").is_dir()
