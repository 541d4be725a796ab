"""The round trip as a command, through real processes: what it says, what it writes, and nothing left running."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from lab.round_trip.report import BEGINS, ENDS
from settings import PROJECT
from tests.lab.test_demo import everything_of

pytestmark = pytest.mark.timeout(1800)

StartTrip = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start_trip(home: Path) -> Iterator[StartTrip]:
    """Start round trips in the home; what still runs at the end of the test is killed."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str, language: str = "en") -> subprocess.Popen[str]:
        trip = subprocess.Popen(
            [sys.executable, "-m", "lab.round_trip", *arguments],
            cwd=PROJECT,
            env={**os.environ, "MADOGUCHI_HOME": str(home), "MADOGUCHI_LANG": language, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(trip)
        return trip

    yield start
    for trip in started:
        if trip.poll() is None:
            trip.kill()
        trip.communicate()


def test_a_small_round_trip_finds_everything_writes_its_figures_and_leaves_nothing(
    start_trip: StartTrip, home: Path, tmp_path: Path
) -> None:
    report = tmp_path / "figures.md"
    report.write_text(f"{BEGINS}\n{ENDS}\n", encoding="utf-8")

    trip = start_trip("--packs", "2", "--seed", "3", "--report", str(report), language="ja")
    out, errors = trip.communicate(timeout=1500)

    assert trip.returncode == 0, (out, errors)
    assert "取り違え 0 件" in out
    assert "| packs sent out | 2 |" in report.read_text(encoding="utf-8")
    assert "| mismatched | 0 |" in report.read_text(encoding="utf-8")
    assert everything_of(home) == []
    # Nobody's invented papers are left lying about.
    assert [path.name for path in (home / "var" / "round-trip").rglob("*.pdf") if "out" not in path.parts] == []


def test_an_interrupted_round_trip_ends_its_desk_and_its_draughtsmen(start_trip: StartTrip, home: Path) -> None:
    trip = start_trip("--packs", "2")
    assert trip.stdout is not None
    for line in trip.stdout:
        if line.startswith("returns drawn"):
            break

    trip.send_signal(signal.SIGINT)
    out, errors = trip.communicate(timeout=1500)

    assert trip.returncode == 130, (out, errors)
    assert "interrupted" in errors
    assert "Traceback" not in errors
    assert everything_of(home) == []


DRAWS = """
import os, sys
from lab.round_trip.trip import draughtsmen
pool = draughtsmen()
print(pool.submit(os.getpid).result(), flush=True)
sys.stdin.read()
"""


def test_the_draughtsmen_of_a_round_trip_that_is_killed_end_with_it() -> None:
    # That its desk does is seen at a demo that is killed: both hold it on the same leashes.
    with subprocess.Popen(
        [sys.executable, "-c", DRAWS], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as trip:
        assert trip.stdout is not None
        draughtsman = psutil.Process(int(trip.stdout.readline()))

        trip.kill()

    draughtsman.wait(60)
