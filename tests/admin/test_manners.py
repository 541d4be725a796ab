"""What every program a person types into is expected to answer: its version, -h, completion, what an option needs."""

import errno
import os
import shlex
import subprocess
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from commands.completion import SHELLS
from commands.output import drawn, folded
from commands.trouble import explain
from commands.wide import fold, width
from release import VERSION
from services.returns import ready
from services.returns.values import Returned
from settings import PROJECT
from tests.admin.conftest import Script, on_both
from tests.office import CLERK, TestOffice
from workflows.lines import Line
from workflows.request.returns import Next
from workflows.request.values import CodeState, FormName
from workflows.tongue import Tongue

ADMIN = PROJECT / "admin.py"


def test_the_version_is_the_one_of_the_project(script: Script) -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]

    shown, in_json = script("--version"), script("--json", "--version")

    assert (shown.status, shown.out) == (0, f"Madoguchi {VERSION}\n")
    assert in_json.json == {"version": project["version"]}


@pytest.mark.parametrize("words", [[], ["list"], ["withdraw"], ["calendar"], ["calendar", "add"]], ids=" ".join)
def test_h_is_help_everywhere(script: Script, words: list[str]) -> None:
    short, long = script(*words, "-h"), script(*words, "--help")

    assert (short.status, short.out) == (0, long.out)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_help_marks_what_a_call_must_say(script: Script, language: str) -> None:
    mark = {"ja": "（必須）", "en": "(needed)"}[language]

    def of(name: str, option: str) -> str:
        told = " ".join(script(name, "-h", "--lang", language).out.split())
        return told.rsplit(f" {option} ", 1)[1].split(" --", 1)[0]

    assert mark in of("hold", "--reason")
    assert mark not in of("hold", "--until")
    assert mark in of("void", "--reason")
    assert mark in of("requeue", "--why")


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_is_for_the_script_s_name(script: Script, shell: str) -> None:
    said = script("completion", shell)

    assert said.status == 0
    assert "admin.py" in said.out
    assert "_ADMIN_PY_COMPLETE" in said.out


def test_another_shell_is_told_which_there_are(script: Script) -> None:
    said = script("completion", "tcsh")

    assert said.status == 2
    assert "bash, zsh, fish" in said.err


@on_both
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["wi"], ["withdraw", "withdraw-bill"]),
        (["withdraw", "--how", "p"], ["post", "phone"]),
        (["completion", ""], list(SHELLS)),
        (["calendar", "a"], ["add"]),
    ],
    ids=" ".join,
)
def test_bash_completes_commands_and_their_words(fresh: Path, typed: list[str], offered: list[str]) -> None:
    words = " ".join(f"'{word}'" for word in ["./admin.py", *typed])
    line = (
        f'eval "$({ADMIN} completion bash)"; cd {PROJECT}; COMP_WORDS=({words}); COMP_CWORD={len(typed)}; '
        '_adminpy_completion ./admin.py; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    environ = {"PATH": os.environ["PATH"], "HOME": str(fresh), "MADOGUCHI_HOME": str(fresh)}

    done = subprocess.run(["bash", "-c", line], env=environ, capture_output=True, text=True, timeout=60, check=False)

    assert done.stdout.split() == offered, done.stderr


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_the_system_complains_of_is_told_in_the_language_of_the_call_with_the_real_place(
    office: TestOffice, script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    full = {"ja": "ディスクがいっぱいです", "en": "the disk is full"}[language]
    office.make_letters(office.opened())

    def no_room(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    no_room_left = script.by(CLERK, "print", "--out", str(tmp_path / "out"), "--lang", language)

    assert no_room_left.status == 1
    assert (full in no_room_left.err, str(tmp_path / "out") in no_room_left.err) == (True, True)
    assert list((tmp_path / "out").iterdir()) == [], "nothing that names a person is left there"


@pytest.mark.parametrize(("limit", "code"), [("max_page_count = 1", "disk_full"), ("query_only = 1", "reads_only")])
def test_a_database_without_room_or_that_is_only_read_is_never_called_unreachable(
    office: TestOffice, limit: str, code: str
) -> None:
    with create_engine("sqlite://").connect() as db:
        db.exec_driver_sql(f"PRAGMA {limit}")
        with pytest.raises(OperationalError) as refused:
            db.exec_driver_sql("CREATE TABLE t (x)")

    told = explain(refused.value)

    assert (told.status, told.code) == (5, code)


def test_a_disk_that_takes_nothing_is_no_fault_of_ours_and_named(office: TestOffice) -> None:
    full = explain(OSError(errno.ENOSPC, "No space left on device", "/srv/letters"))
    ours = explain(OSError(errno.EXDEV, "Invalid cross-device link"))

    assert (full.status, full.code, "/srv/letters" in full.message) == (5, "not_written", True)
    assert ours.code == "unexpected"


def test_an_error_of_the_system_without_words_of_ours_is_told_as_the_system_names_it() -> None:
    assert Tongue("ja").why(OSError(errno.ENOSPC, "No space left on device")) == "ディスクがいっぱいです"
    assert Tongue("ja").why(OSError(errno.EXDEV, "Invalid cross-device link")) == "Invalid cross-device link"
    assert Tongue("en").why(OSError("no number")) == "OSError"


def test_a_sentence_beside_the_answer_is_folded_to_the_terminal_and_a_command_to_type_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    typed = "./admin.py receive-forms 26-000017-Y --code ABCD --file forms.yaml"
    japanese = f"  この請求は保留中です。{'あ' * 60}。{typed} を実行してください。"
    english = f"  this request is on hold; {'word ' * 20}run {typed} and look again."

    for told in (japanese, english):
        lines = folded(told)

        assert [line for line in lines if width(line) > 80 or not line.startswith("  ")] == []
        assert sum(typed in line for line in lines) == 1
        assert "".join("".join(lines).split()) == "".join(told.split())
    assert folded("short") == ["short"]


@given(st.lists(st.sampled_from(["見", "本花", "子。", "一、", "（二）", "abc ", "day, "])), st.integers(8, 40))
def test_no_line_of_a_folded_text_is_longer_than_asked_for_and_nothing_is_lost(parts: list[str], columns: int) -> None:
    text = "".join(parts)

    lines = fold(text, columns)

    assert max(map(width, lines)) <= columns
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert [line for line in lines if line[:1] in "。、）,"] in ([], [""])


def test_a_head_wider_than_its_column_stands_apart_from_its_sentence() -> None:
    lines = [*drawn(Line("2027-02-09", (("納付の再度のご案内", 18),))), *drawn(Line("one", (("name", 8), ("- ", 0))))]

    assert lines == ["納付の再度のご案内 2027-02-09", "name    - one"]


def test_the_file_of_what_came_back_has_a_line_for_the_fee_that_came_with_it() -> None:
    found = Returned(
        case="26-000017-Y", state="forms_mailed", on_hold=False, next=Next.RECEIVE, code="AAAA-BBBB", pages=2, new=True,
        code_state=CodeState.GOOD, forms=(FormName.DISCLOSURE,), lacks_pages=False, absent=(),
        arrived_at=datetime.now(UTC), means=("stamps", "transfer"),
    )  # fmt: skip

    lines = ready.text(found, "receive-forms", found.arrived_at, "ja").splitlines()

    assert lines[-2:] == ["# 同封の手数料：stamps、transfer", "#fees: [{means: stamps, amount: }]"]


def test_a_line_to_paste_stays_one_command_where_the_office_lies_in_a_folder_with_a_blank() -> None:
    found = Returned(
        case="26-000017-Y", state="forms_mailed", on_hold=False, next=Next.RECEIVE, code="AAAA-BBBB", pages=2, new=True,
        code_state=CodeState.GOOD, forms=(FormName.DISCLOSURE,), lacks_pages=False, absent=(),
        arrived_at=datetime.now(UTC),
    )  # fmt: skip

    (line,) = ready.lines(found, Path("/home/sato/our office/26-000017-Y.yaml"), "en").run

    assert shlex.split(line)[-2:] == ["--file", "/home/sato/our office/26-000017-Y.yaml"]
