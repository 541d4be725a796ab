"""Nothing from outside is obeyed by a terminal: what is handed to a command comes back written out, or not at all."""

import gc
import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO, cast

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import context
from commands.main import names, root
from commands.output import answer, coloured, gathered
from commands.terminal import Screen, in_json, shown
from settings import PROJECT
from tests.admin.conftest import Script, on_both
from tests.office import CLERK, LEAD, TestOffice
from workflows.lines import Line

HOSTILE = "\x1b[31mx\x1b]0;owned\x07\x9b2J\u202egnp.exe\u2066\u200b\r\x7f\u2028"
OBEYED = "\x1b\x07\x9b\u202e\u2066\u200b\r\x7f\u2028"
SPOOF = "x\neverything runs\n\x1b[2Jy"


def commands_of(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from commands_of(found, (*path, name))
        else:
            yield (*path, name), found


assert isinstance(root, click.Group)
EVERY = dict(commands_of(root))


def calls_of(path: tuple[str, ...], command: click.Command, text: str) -> Iterator[list[str]]:
    """Yield calls of a command with the text for each argument at once, for each option, and as an unknown option."""
    yield [*path, *[text for p in command.params if isinstance(p, click.Argument)]]
    yield [*path, f"--{text}"]
    yield [*path, text, text, text]
    for option in command.params:
        if isinstance(option, click.Option) and not option.is_flag and option.name != "as_name":
            yield [
                *path,
                *["26-000017-Y" for p in command.params if isinstance(p, click.Argument)],
                option.opts[0],
                text,
            ]


def lines_of_ours(said: Any) -> list[str]:
    return [line for line in (said.out + said.err).splitlines() if line.startswith("everything runs")]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Call from a folder of the test's own: some of these names are folders that a command may make."""
    monkeypatch.chdir(tmp_path)


def test_the_walk_knows_every_command() -> None:
    assert {path[0] for path in EVERY} == set(names())
    assert len(EVERY) > len(names())


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_no_command_lets_an_argument_order_the_terminal(
    path: tuple[str, ...], script: Script, office: TestOffice
) -> None:
    if path == ("clock",):
        return  # its options end in a number or a moment before anything is said; and it would move the clock
    for text, forms in ((HOSTILE, ([], ["--json"])), (SPOOF, (["--lang", "ja"],))):
        for arguments in calls_of(path, EVERY[path], text):
            for form in forms:
                said = script.by(LEAD, *arguments, *form)

                assert not set(OBEYED) & set(said.out + said.err), (arguments, said)
                assert lines_of_ours(said) == [], (arguments, said)
                if form == ["--json"] and said.out:
                    json.loads(said.out)


def test_what_is_refused_is_repeated_written_out(script: Script, office: TestOffice, worker: None) -> None:
    assigned = script.by(LEAD, "assign", script.opened(), "\x1b[31mx")
    nothing = script.by(CLERK, "\x1b[31mx")
    case = script.by(CLERK, "show", "\x1b[31mx")

    for said in (assigned, nothing, case):
        assert "\\x1b[31mx" in said.err
        assert "\x1b" not in said.out + said.err


@pytest.mark.parametrize("name", ["a\x1b[31mb.pdf", "a\nb.pdf", "a\u202efdp.exe", "\x9b2J.pdf"])
def test_a_scanned_file_with_such_a_name_is_refused_by_its_name_written_out(
    script: Script, office: TestOffice, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(b"no picture")

    said = script.by(CLERK, "scan", str(file))
    document = script.by(CLERK, "scan", str(file), "--json")

    assert shown(name).replace("\n", "\\n") in said.out.replace("\n  ", "")
    assert not set(OBEYED) & set(said.out + said.err + document.out)
    assert [Path(one["file"]).name for one in document.json["refused"]] == [name]


def test_a_person_s_words_in_the_database_are_shown_and_not_obeyed(script: Script, office: TestOffice) -> None:
    office.tamper("UPDATE staff SET name = :name WHERE name = :old", name="\x1b]0;owned\x07kudo\nnobody", old=LEAD)

    said = script.by(CLERK, "staff", "list")

    assert "\\x1b]0;owned\\x07kudo\\nnobody" in said.out
    assert not set(OBEYED) & set(said.out)


@given(st.text(st.characters(), max_size=40))
def test_json_is_the_same_document_with_everything_escaped(text: str) -> None:
    document = in_json(json.dumps({"a": text}, ensure_ascii=False))

    assert json.loads(document)["a"].encode("utf-16", "surrogatepass") == text.encode("utf-16", "surrogatepass")
    assert not set(OBEYED) & set(document)


def test_our_own_colours_reach_the_terminal_and_a_stranger_s_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stdout", Screen(cast("TextIO", terminal)))

    sys.stdout.write(coloured("late \x1b[5m", "red") + " \x1b[32m\n")

    assert terminal.getvalue() == "\x1b[31mlate \\x1b[5m\x1b[0m \\x1b[32m\n"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("arguments", [["--json"], [], ["--quiet", "--lang", "en"]], ids=" ".join)
@pytest.mark.parametrize("many", [0, 1, 3])
@pytest.mark.parametrize("screen", [io.StringIO, _Terminal], ids=["pipe", "terminal"])
def test_a_long_answer_is_printed_as_a_short_one(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], many: int, screen: Callable[[], TextIO]
) -> None:
    rows = [{"case": f"{number}\u202e", "rights": ["a", "b"], "hold": None} for number in range(many)]
    monkeypatch.setattr(context, "_present", [context.Call(arguments)])

    def printed(show: Callable[[], None]) -> str:
        monkeypatch.setattr(sys, "stdout", screen())
        show()
        return cast("io.StringIO", sys.stdout).getvalue()

    def page(given: Iterable[Mapping[str, Any]]) -> Iterator[Line]:
        return (Line(str(one["case"])) for one in given)

    def read_and_shown() -> None:
        gathered(iter(rows), page)()

    whole = printed(lambda: answer(rows, page(rows)))

    assert printed(read_and_shown) == whole
    assert gc.isenabled()
    assert json.loads(whole) == rows if "--json" in arguments else len(whole.splitlines()) in (0, many)


@on_both
def test_on_a_real_terminal_an_argument_orders_nothing_and_colours_work(fresh: Path, office: TestOffice) -> None:
    environment = {**os.environ, "TERM": "xterm", "MADOGUCHI_LANG": "en"}

    refused = _typed(["--as", CLERK, "show", "\x1b[31mx"], environment)
    coloured_ones = _typed(["status"], environment)

    assert "\\x1b[31mx" in refused
    assert "\x1b[31mx" not in refused
    assert "\x1b[31mNOT WELL" in coloured_ones
    assert "\x1b[32mo" in coloured_ones


def _typed(arguments: list[str], environment: dict[str, str]) -> str:
    """Return what one call prints on a terminal of its own."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, str(PROJECT / "admin.py"), *arguments], stdin=theirs, stdout=theirs, stderr=theirs,
        env=environment,
    ) as process:  # fmt: skip
        os.close(theirs)
        said = b""
        try:
            while piece := os.read(ours, 4096):
                said += piece
        except OSError:  # the other end is closed: all was said
            pass
        process.wait()
    os.close(ours)
    return said.decode()
