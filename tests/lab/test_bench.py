"""``make bench``: its arithmetic, its page, and that what it measures with works, in tiny sizes."""

import importlib
import json
import math
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from celery import Celery

from lab.bench import machine, peers, report
from lab.bench.__main__ import main
from lab.bench.bench import Bench
from lab.bench.figures import Measured, Target, brief, high, middle, spread
from lab.bench.house import SHARED_SETTINGS
from lab.bench.targets import MEASURES, TARGETS
from settings import PROJECT

RUN = report.Run("2026-11-30 01:02", "0123456789", "2 cores", {"Python": "3.11.7"}, 3)


def kept(key: str, ours: tuple[float, ...], reference: tuple[float, ...] = (), foreign: float = 0.0) -> report.Kept:
    return report.Kept(Measured(key, ours, reference), RUN.began, 0.1, foreign)


# -- arithmetic -----------------------------------------------------------------------------------------------------


def test_a_ratio_is_taken_within_its_round() -> None:
    # The machine was half as fast in the second round: both lost, and the ratio did not.
    found = Measured("P1", (60.0, 30.0, 66.0), (100.0, 50.0, 100.0))

    assert found.ratios == (0.6, 0.6, 0.66)
    assert (middle(found.ratios), spread(found.ratios)) == (0.6, "[0.600-0.660]")


def test_rounds_that_do_not_pair_have_no_ratio_and_meet_no_target() -> None:
    found = Measured("P1", (60.0, 30.0), (100.0,))

    assert found.ratios == ()
    assert found.missed(Target("work", ">= 0.6")) == math.inf


@pytest.mark.parametrize(
    ("target", "ours", "reference", "factor"),
    [
        (Target("work"), 1.0, 2.0, None),
        (Target("work", ">= 0.5"), 1.0, 2.0, 1.0),
        (Target("work", ">= 2"), 1.0, 2.0, 4.0),
        (Target("work", "<= 0.5"), 1.0, 2.0, 1.0),
        (Target("work", "<= 0.25"), 1.0, 2.0, 2.0),
        (Target("work", ours=">= 3"), 1.0, 2.0, 3.0),
        (Target("work", "<= 1", "<= 0.1"), 1.0, 2.0, 10.0),  # both must be met
        (Target("work", "<= 0.1", "<= 1"), 1.0, 2.0, 5.0),
    ],
)
def test_what_is_missed_says_by_what_factor(
    target: Target, ours: float, reference: float, factor: float | None
) -> None:
    assert Measured("P1", (ours,), (reference,)).missed(target) == factor


def test_the_part_that_a_percentile_leaves_out_is_the_highest() -> None:
    values = [float(number) for number in range(100, 0, -1)]

    assert (high(values, 0.95), high(values, 0.5), high([7.0], 0.99)) == (95.0, 50.0, 7.0)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.26412, "0.264"),
        (2.5, "2.50"),
        (849.4, "849"),
        (12345.0, "12,345"),
        (0, "0"),
        (math.inf, "-"),
        (0.004, "0.0040"),
    ],
)
def test_a_figure_has_three_digits_that_count(value: float, text: str) -> None:
    assert brief(value) == text


def test_what_is_compared_is_done_in_turn_and_each_second_round_the_other_way_about() -> None:
    done: list[str] = []
    deeds = [lambda number: done.append(f"ours {number}"), lambda number: done.append(f"theirs {number}")]

    rounds = list(Bench(3).rounds_of(deeds))

    assert rounds == [0, 1, 2]
    assert done == ["ours 0", "theirs 0", "theirs 1", "ours 1", "ours 2", "theirs 2"]


def test_processor_time_of_ours_is_no_others() -> None:
    mine, all_of_it = machine.cpu_of(os.getpid()), machine.busy()
    end = time.process_time() + 0.2
    while time.process_time() < end:
        pass

    assert machine.cpu_of(os.getpid()) - mine >= 0.15
    assert machine.busy() - all_of_it >= 0.15
    assert machine.cpu_of(0) == 0.0


def test_a_run_says_on_what_it_was_taken_in_plain_numbers() -> None:
    told = machine.versions()

    assert all(re.fullmatch(r"\d+(\.\d+)+", number) for number in told.values()), told
    assert {"Python", "Celery", "PostgreSQL", "SQLite", "broker", "DBOS"} <= told.keys()


# -- the page -------------------------------------------------------------------------------------------------------


def test_the_page_is_what_the_figures_and_the_remarks_make_of_it() -> None:
    page = (report.DOCS / "performance.md").read_text(encoding="utf-8")

    assert page == report.page(report.read(), report.remarks())


def test_every_row_of_the_targets_is_measured_by_a_module_and_every_figure_and_remark_has_a_row() -> None:
    covered = {name for names in MEASURES.values() for name in names}

    assert sorted(covered, key=lambda name: int(name[1:])) == [f"P{number}" for number in range(1, 18)]
    assert {key.split()[0] for key in TARGETS} == covered
    assert report.read().figures.keys() | report.remarks().keys() <= TARGETS.keys()
    assert all(callable(importlib.import_module(f"lab.bench.{module}").measure) for module in MEASURES)


def test_what_is_kept_is_read_again_and_what_is_measured_anew_takes_its_former_place(tmp_path: Path) -> None:
    later = report.Run("2026-12-01 01:02", "abcdef0123", "2 cores", {}, 5, "full")
    first = report.Report({}, {})
    first.add(RUN, kept("P7", (100.0, 120.0)))
    first.add(RUN, kept("P1", (60.0, 30.0), (100.0, 50.0)))
    report.write(first, tmp_path)

    second = report.read(tmp_path)
    second.add(later, report.Kept(Measured("P1", (70.0,), (100.0,), "a note"), later.began, 0.2, 0.1))
    report.write(second, tmp_path)

    assert first.figures == {**report.read(tmp_path).figures, "P1": first.figures["P1"]}
    assert report.read(tmp_path) == second
    assert list(second.runs) == [RUN.began, later.began]
    second.add(later, report.Kept(Measured("P7", (1.0,)), later.began, 0.2, 0.1))
    assert list(second.runs) == [later.began]  # nothing is left of the first


def test_the_page_says_what_is_met_what_is_missed_and_by_how_much_and_why(tmp_path: Path) -> None:
    found = report.Report({}, {})
    for one in (
        kept("P1", (30.0, 33.0, 30.0), (100.0, 100.0, 100.0)),
        kept("P1 open", (40.0,), (100.0,), foreign=1.3),
        kept("P1 singly", (80.0,)),
        kept("P8 CPU", (6.0,)),
    ):
        found.add(RUN, one)

    page = report.page(found, {"P1": "It writes more."})

    rows = {row.split(" | ")[0].removeprefix("| "): row for row in page.splitlines() if row.startswith("| P")}
    del rows["P"]  # the head of the table
    assert "| 30.0/s [30.0-33.0] | 100/s, bare Celery no-op, same settings | 0.300 [0.300-0.330] |" in rows["P1"]
    assert rows["P1"].endswith("| **missed by 2.00 x** | 0.0 |")
    assert rows["P1 open"].endswith("| 0.400 | >= 0.3 | met | 1.3 (not quiet) |")
    assert rows["P1 singly"].endswith("| for the record | - | 0.0 |")
    assert rows["P8 CPU"].endswith("| 6.00 % |  |  | <= 3 % | **missed by 2.00 x** | 0.0 |")
    assert rows["P2"].endswith("| not measured |  |")
    assert rows.keys() == TARGETS.keys()
    assert "- P1: It writes more.\n- P8 CPU: no reason is written yet.\n" in page
    assert re.search(r"- 2026-11-30 01:02 UTC, revision 0123456789, 3 rounds \(usual sizes\): P1, P1 open", page)


# -- what is compared -----------------------------------------------------------------------------------------------


def test_the_bare_application_has_every_setting_of_the_product_that_costs_or_saves_something() -> None:
    from tasks.app import app

    usual = Celery("bare").conf
    chosen = {name for name in app.conf.changes or () if app.conf[name] != usual.get(name)}
    # What it is to do, where, and what beat does: nothing of it is paid for each message.
    own = {"broker_url", "broker_read_url", "broker_write_url", "imports", "task_queues", "task_default_queue"}
    beats = {name for name in chosen if name.startswith("beat_")}

    assert chosen - own - beats <= set(SHARED_SETTINGS)
    assert {"task_acks_late", "worker_prefetch_multiplier", "broker_transport_options"} <= chosen


def test_every_package_of_a_peer_is_pinned_to_one_version() -> None:
    files = sorted(peers.FOLDER.glob("*.txt"))

    assert [file.stem for file in files] == ["dbos"]
    for file in files:
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        assert len(peers.pinned(file.stem)) == len(lines)


def test_orders_no_ops_and_decisions_are_measured_from_end_to_end_and_nothing_else_is_written(
    tmp_path: Path,
) -> None:
    before = (report.DOCS / "performance.md").stat().st_mtime_ns
    others = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
    command = [sys.executable, "-m", "lab.bench", "--small", "--only", "P1,P11", "--output", str(tmp_path)]

    # A process of its own: what it measures it makes the office of its whole process.
    ran = subprocess.run(command, cwd=PROJECT, env=others, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = json.loads((tmp_path / "performance.json").read_text(encoding="utf-8"))
    assert told["figures"].keys() == {"P1", "P1 open", "P1 singly", "P11", "P11 slowest", "P16", "P16 open"}
    assert all(value > 0 for figure in told["figures"].values() for value in figure["ours"])
    assert [run["size"] for run in told["runs"]] == ["small"]
    assert (report.DOCS / "performance.md").stat().st_mtime_ns == before


def test_what_cannot_be_measured_is_said_and_the_others_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    played = SimpleNamespace(measure=lambda bench: iter([Measured("P11", (float(bench.rounds),))]))
    monkeypatch.setitem(sys.modules, "lab.bench.played", played)
    for module in list(MEASURES):
        monkeypatch.delitem(MEASURES, module)
    monkeypatch.setitem(MEASURES, "no_such_module", ("P1",))
    monkeypatch.setitem(MEASURES, "played", ("P11",))

    status = main(["--rounds", "4", "--output", str(tmp_path)])

    assert status == 1
    assert "not measured: no_such_module" in capsys.readouterr().out
    assert report.read(tmp_path).figures["P11"].figure.ours == (4.0,)
    assert report.read(tmp_path).figures.keys() == {"P11"}
    assert main(["--only", "played", "--rounds", "2", "--output", str(tmp_path)]) == 0
    assert report.read(tmp_path).figures["P11"].figure.ours == (2.0,)
    with pytest.raises(SystemExit, match="nothing measures P99"):
        main(["--only", "P99"])
