"""The demo, through real processes: the table, the letters, the exit status, and nothing left running."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import psutil
import pytest

from lab.demo.home import DemoRefused, env_file, fresh_home, settings_for
from lab.demo.telling import code_on, days_of
from lab.letters_sheet import a_letter
from lab.stories import FOLDER, stories
from settings import PROJECT, Settings, load
from tests.services.paper import pdf_of
from workflows.engine.calendars import Calendar
from workflows.engine.numbers import print_code
from workflows.engine.values import Language
from workflows.request.values import LetterKind

# Real processes on a machine that may be busy with other tests; alone, the slowest takes 20 s.
pytestmark = pytest.mark.timeout(1800)

StartDemo = Callable[..., subprocess.Popen[str]]


def everything_of(home: Path) -> list[psutil.Process]:
    """Return every process whose environment or command line names this home."""
    found = []
    for process in psutil.process_iter():
        try:
            told = process.environ().get("MADOGUCHI_HOME", "")
            ours = str(home) in " ".join(process.cmdline()) or told.startswith(str(home))
            if ours and process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


@pytest.fixture
def start_demo(home: Path) -> Iterator[StartDemo]:
    """Start demos in the home; what still runs at the end of the test is killed, and its leashes do the rest."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str, language: str = "en") -> subprocess.Popen[str]:
        demo = subprocess.Popen(
            [sys.executable, "-m", "lab.demo", *arguments],
            cwd=PROJECT,
            env={**os.environ, "MADOGUCHI_HOME": str(home), "MADOGUCHI_LANG": language, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(demo)
        return demo

    yield start
    for demo in started:
        if demo.poll() is None:
            demo.kill()
        demo.communicate()


def wait_until_nothing_runs(home: Path, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while left := everything_of(home):
        assert time.monotonic() < deadline, left
        time.sleep(0.1)


@pytest.mark.requirement("S43")
def test_a_short_demo_ends_every_case_as_its_story_says_and_leaves_nothing_running(
    start_demo: StartDemo, home: Path
) -> None:
    # Granted, lapsed after two reminders, an impostor who is refused, withdrawn, void; departments that are asked; and
    # one that comes through the scanner, with a copy of a card.
    demo = start_demo("--only", "01", "12", "43", "60", "61", "78", "85", "87", "88", "89", "90")

    out, errors = demo.communicate(timeout=1500)

    assert demo.returncode == 0, (out, errors)
    assert everything_of(home) == []
    table = re.search(r"^ requests +(\d+) +(\d+) +(\d+) +(\d+) +(\d+) +(\d+)", out, re.MULTILINE)
    assert table is not None
    assert [int(count) for count in table.groups()] == [6, 1, 2, 1, 1, 11]
    # asked, found, nothing, recalled, reminded, the lead told, files
    asked = {name: rest.split() for name, rest in re.findall(r"^ (Sales|Support|Ledger) +(.*)$", out, re.MULTILINE)}
    assert asked == {
        "Sales": ["2", "·", "1", "1", "·", "·", "·"],
        "Support": ["2", "2", "·", "·", "2", "1", "2"],
        "Ledger": ["1", "1", "·", "·", "·", "·", "1"],
    }
    assert re.search(r"^ reminder +2 +", out, re.MULTILINE)
    assert "http://127.0.0.1:" in out
    assert all(len(line) <= 80 for line in out.splitlines() if str(home) not in line and "http" not in line)
    posted = re.search(r"^ letters +\d+ +\S+ +(\d+)", out, re.MULTILINE)
    assert posted is not None
    spool = home / "var" / "demo" / "var" / "spool"
    assert len(list(spool.rglob("*.pdf"))) >= int(posted[1]) > 6
    assert list((home / "var" / "demo" / "out").glob("B*-0001.pdf"))
    # The copy is masked, kept until the answer and then destroyed.
    counts = re.search(r"^ files +pages .*\n.*\n +(\d+) +(\d+) +(\d+) +(\d+) +(\d+) +(\d+) *$", out, re.MULTILINE)
    assert counts is not None, out
    assert [int(count) for count in counts.groups()[1:]] == [5, 4, 1, 1, 1]
    assert len(list((home / "var" / "demo" / "returns").iterdir())) == int(counts[1])
    held = home / "var" / "demo" / "var"
    # Two pages of each form are left; of the copy neither the original nor what was masked.
    assert len([one for one in (held / "evidence").rglob("*") if one.is_file()]) == 4
    assert [one for one in (held / "tray").rglob("*") if one.is_file()] == []


def test_a_case_that_ends_otherwise_and_a_page_the_tray_does_not_give_out_are_named_and_fail_the_demo(
    start_demo: StartDemo, home: Path, tmp_path: Path
) -> None:
    samples = tmp_path / "samples"
    shutil.copytree(FOLDER, samples)
    withdrawn, copied = (samples / "stories" / f"{name}.yaml" for name in (
        "78-hayase-withdrawn-at-once", "12-hozumi-no-photograph",
    ))  # fmt: skip
    changed = withdrawn.read_text(encoding="utf-8").replace("ends: withdrawn", "ends: lapsed")
    withdrawn.write_text(changed.replace("letters: [", "letters: [reminder, "), encoding="utf-8")
    unmasked = copied.read_text(encoding="utf-8").replace("[[10, 28, 78, 6]]", "[]")
    copied.write_text(unmasked, encoding="utf-8")

    demo = start_demo("--samples", str(samples), "--only", "12", "78", language="ja")
    out, errors = demo.communicate(timeout=1500)

    assert demo.returncode == 1, (out, errors)
    assert re.search(r"78-hayase-withdrawn-at-once（.*）: 「.*」で終わるはずが「取下げ」でした", out)
    letters = re.search(r"78-hayase-withdrawn-at-once（.*）: 送った手紙は \[(.*)\] でした。\[(.+)\] のはずです", out)
    assert letters is not None, out
    assert letters[2].endswith(letters[1])
    assert letters[2] != letters[1]
    assert re.search(r"トレイの T\d\d-\d+ を請求 .* に割り当てられません", out)
    assert re.search(r"T\d\d-\d+ がトレイに残っています", out)
    assert everything_of(home) == []


def test_after_a_demo_that_is_killed_nothing_runs_and_the_next_begins_anew_until_it_is_interrupted(
    start_demo: StartDemo, home: Path
) -> None:
    first = start_demo("--only", "01")
    assert first.stdout is not None
    for line in first.stdout:
        if line.startswith("Flower"):
            break
    env_file(home / "var" / "demo").open("a", encoding="utf-8").write("# of the first\n")

    first.kill()
    wait_until_nothing_runs(home)
    second = start_demo("--only", "01", "43")
    assert second.stdout is not None
    for line in second.stdout:
        if re.match(r"\d{4}-\d\d-\d\d", line):
            break
    second.send_signal(signal.SIGINT)
    out, errors = second.communicate(timeout=1500)

    assert second.returncode == 130, (out, errors)
    assert "interrupted" in errors
    assert "Traceback" not in errors
    assert "of the first" not in env_file(home / "var" / "demo").read_text(encoding="utf-8")
    assert everything_of(home) == []


# -- its home -------------------------------------------------------------------------------------------------------


@pytest.fixture
def ours(home: Path) -> Settings:
    """The settings of a demo in a house of the test's own."""
    return settings_for(load({"MADOGUCHI_HOME": str(home), "MADOGUCHI_LANG": "en"}))


def test_a_demo_never_uses_the_database_broker_or_keys_of_its_house(home: Path) -> None:
    house = load(
        {
            "MADOGUCHI_HOME": str(home),
            "MADOGUCHI_DATABASE_URL": "postgresql://office@db.example.com/ledger",
            "MADOGUCHI_BROKER_URL": "redis://broker.example.com:6379/0",
            "MADOGUCHI_KEYS": str(home / "safe"),
        }
    )

    ours = settings_for(house)

    assert ours.home == home / "var" / "demo"
    assert ours.database_url == f"sqlite:///{ours.home}/var/madoguchi.sqlite3"
    assert ours.broker_embedded
    assert ours.keys == ours.home / "keys"


def test_the_home_of_an_earlier_demo_makes_way(ours: Settings) -> None:
    with fresh_home(ours):
        (ours.home / "ledger").touch()

    with fresh_home(ours) as folder:
        left = [path.name for path in folder.iterdir()]

    assert left == ["env.sh"]
    assert [path.name for path in ours.home.parent.iterdir() if path.name.startswith(".demo-")] == []


def test_a_folder_that_no_demo_wrote_is_left_alone(ours: Settings) -> None:
    ours.home.mkdir(parents=True)
    (ours.home / "diary").touch()

    with pytest.raises(DemoRefused, match="left alone"), fresh_home(ours):
        pass

    assert (ours.home / "diary").exists()


def test_a_link_to_somewhere_else_is_left_alone(ours: Settings, tmp_path: Path) -> None:
    ours.home.parent.mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    ours.home.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(DemoRefused), fresh_home(ours):
        pass

    assert (tmp_path / "elsewhere").is_dir()


def test_two_demos_never_share_a_home(ours: Settings) -> None:
    with fresh_home(ours):
        with pytest.raises(DemoRefused, match="another demo"), fresh_home(ours):
            pass
        signed = env_file(ours.home).exists()

    assert signed


def test_a_shell_that_reads_the_file_stands_in_the_office_of_the_demo(ours: Settings) -> None:
    asks = "from settings import settings as s; print(s().database_url, s().says.clock)"
    with fresh_home(ours):
        told = subprocess.check_output(
            ["sh", "-c", f'. {env_file(ours.home)}; exec "{sys.executable}" -c "{asks}"'],
            cwd=PROJECT,
            env={**os.environ, "MADOGUCHI_DATABASE_URL": "postgresql://office@db.example.com/ledger"},
            text=True,
        )

    assert told.split() == [ours.database_url, "shifted"]


# -- what it reads and tells ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [LetterKind.REQUEST_FORMS, LetterKind.DEFICIENCY_NOTICE])
@pytest.mark.parametrize("language", Language)
def test_the_code_is_read_from_the_printed_letter(kind: LetterKind, language: Language, tmp_path: Path) -> None:
    written = a_letter(kind, language).code
    (tmp_path / "letter.pdf").write_bytes(pdf_of(kind, language))

    code = code_on(tmp_path / "letter.pdf")

    assert written is not None
    assert code == print_code(written)


def test_the_days_of_a_story_are_working_days_from_the_first() -> None:
    calendar = Calendar()
    (story,) = [one for one in stories() if one.name.startswith("43-")]
    begins = date(2026, 12, 25)

    days = days_of(story, begins, calendar)

    assert days[0] == days[1] == begins
    assert calendar.working_days_between(begins, days[-1]) == sum(step.after for step in story.steps)
    assert all(calendar.is_open(day) for day in days)
