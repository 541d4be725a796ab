"""How the script starts: from anywhere, without activating anything, importing next to nothing for its help."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commands.context import Call
from commands.main import names
from commands.table import WRITTEN
from settings import PROJECT, load
from workflows.registry import HOMES, group_command
from workflows.request.procedure import request

SCRIPT = PROJECT / "admin.py"


def called(*arguments: str, cwd: Path | None = None, script: Path = SCRIPT, **environment: str) -> tuple[int, str, str]:
    """Call the script as a shell does and return its status, stdout and stderr."""
    done = subprocess.run(
        [str(script), *arguments],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "MADOGUCHI_LANG": "en", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


def test_it_runs_from_any_folder_and_through_links_without_activating_anything(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "office").symlink_to(SCRIPT)
    (tmp_path / "inner" / "desk").symlink_to("../office")

    answers = [
        called("--help", cwd=tmp_path),
        called("--help", cwd=tmp_path, script=tmp_path / "inner" / "desk"),
        called("--help", cwd=PROJECT, script=Path("../") / PROJECT.name / "admin.py"),
    ]

    assert [status for status, _, _ in answers] == [0, 0, 0]
    assert len({out for _, out, _ in answers}) == 1
    assert "verify-identity" in answers[0][1]


def test_it_also_runs_under_the_python_of_the_environment() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--help"], capture_output=True, text=True, check=False)

    assert done.returncode == 0
    assert "verify-identity" in done.stdout


def test_without_its_environment_it_says_what_to_do(tmp_path: Path) -> None:
    copy = tmp_path / "admin.py"
    shutil.copy(SCRIPT, copy)

    status, out, err = called("--help", script=copy)

    assert (status, out) == (2, "")
    assert "make setup" in err


def test_the_help_page_imports_neither_database_nor_queue_nor_the_procedure() -> None:
    called("--help")  # the first help page after a change makes the list of steps
    code = (
        "import sys; from commands.main import run; status = run(['--help']);"
        "print(status, sorted(sys.modules.keys() & set(sys.argv[1:])), file=sys.stderr)"
    )
    heavy = [
        "sqlalchemy",
        "celery",
        "kombu",
        "redis",
        "rich",
        "cryptography",
        "yaml",
        "workflows.engine",
        "workflows.request.procedure",
        "models",
        "services",
    ]

    done = subprocess.run(
        [sys.executable, "-c", code, *heavy], cwd=PROJECT, capture_output=True, text=True, check=False
    )

    assert done.stderr.splitlines()[-1] == "0 []"


def test_every_step_a_person_can_order_is_a_command() -> None:
    steps = [each.command for each in request.transitions.values() if each.by_staff and not each.of_another]

    assert names() == [*steps, *map(group_command, list(HOMES)[1:]), *WRITTEN]
    assert "remind" not in names()


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", sorted(names()))
def test_every_command_explains_itself_in_both_languages(
    name: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from commands.main import run

    status = run([name, "--help", "--lang", language])

    said = capsys.readouterr().out
    assert status == 0
    assert ("使い方" if language == "ja" else "Usage") in said
    assert all(option in said for option in ("--json", "--lang", "--quiet", "--as"))


def test_the_language_is_told_by_option_variable_and_locale_as_the_settings_tell_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for environment in (
        {}, {"LANG": "ja_JP.UTF-8"}, {"LANG": "C"}, {"LC_ALL": "en_GB.UTF-8", "LANG": "ja_JP.UTF-8"},
        {"MADOGUCHI_LANG": "ja", "LANG": "C"}, {"LC_MESSAGES": "ja_JP", "LANG": "de_DE"},
    ):  # fmt: skip
        for name in ("LANG", "LC_ALL", "LC_MESSAGES", "MADOGUCHI_LANG"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)

        assert Call().language == load(environment).lang

    assert Call(["list", "--lang", "ja"]).language == "ja"
    assert Call(["--lang=en", "list"]).language == "en"


def test_shell_completion_offers_commands_and_their_words() -> None:
    shell = "bash_complete"

    _, commands, _ = called(_ADMIN_PY_COMPLETE=shell, COMP_WORDS="admin.py ver", COMP_CWORD="1")
    _, words, _ = called(_ADMIN_PY_COMPLETE=shell, COMP_WORDS="admin.py void 26-000001-D --reason ", COMP_CWORD="4")

    assert commands.split() == ["plain,verify-identity"]
    assert {line.partition(",")[2] for line in words.split()} >= {"duplicate", "misdirected", "mistake"}
