"""docs/performance.json, which keeps every figure's values with the run they come from, and the page made from it."""

import json
import math
import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lab.bench.figures import Measured, brief, middle, spread
from lab.bench.machine import QUIET
from lab.bench.targets import MEASURES, TARGETS
from release import code_revision
from settings import PROJECT

DOCS = PROJECT / "docs"
REMARKS = PROJECT / "lab" / "bench" / "remarks.toml"


@dataclass(frozen=True, slots=True)
class Run:
    """Where and when figures were taken, with what."""

    began: str
    """Day and time in UTC."""

    revision: str
    machine: str
    versions: Mapping[str, str]
    rounds: int
    size: str = "usual"


@dataclass(frozen=True, slots=True)
class Kept:
    """A figure as it is kept: with its run, the load when it began, and how many cores others used meanwhile."""

    figure: Measured
    run: str
    load: float
    foreign: float

    @property
    def quiet(self) -> bool:
        """Whether the machine was ours."""
        return self.foreign <= QUIET


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is kept: the runs by the moment they began, and the figures by their keys."""

    runs: dict[str, Run]
    figures: dict[str, Kept]

    def add(self, run: Run, kept: Kept) -> None:
        """Put a figure in the place of its former one; runs of which no figure is left go."""
        self.figures[kept.figure.key] = kept
        self.runs[run.began] = run
        left = {one.run for one in self.figures.values()}
        for began in [began for began in self.runs if began not in left]:
            del self.runs[began]


def read(folder: Path = DOCS) -> Report:
    """Return what is kept in a folder; nothing where nothing was measured yet."""
    file = folder / "performance.json"
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    figures = {}
    for key, kept in told.get("figures", {}).items():
        figure = Measured(key, tuple(kept["ours"]), tuple(kept["reference"]), kept["note"])
        figures[key] = Kept(figure, kept["run"], kept["load"], kept["foreign"])
    return Report({run["began"]: Run(**run) for run in told.get("runs", [])}, figures)


def write(report: Report, folder: Path = DOCS) -> None:
    """Keep the figures, and write the page that tells of them."""
    figures = {
        key: {
            "ours": [round(value, 6) for value in kept.figure.ours],
            "reference": [round(value, 6) for value in kept.figure.reference],
            "note": kept.figure.note,
            "run": kept.run,
            "load": round(kept.load, 2),
            "foreign": round(kept.foreign, 2),
        }
        for key, kept in sorted(report.figures.items(), key=lambda item: list(TARGETS).index(item[0]))
    }
    folder.mkdir(parents=True, exist_ok=True)
    told = {"runs": [asdict(report.runs[began]) for began in sorted(report.runs)], "figures": figures}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / "performance.json").write_text(f"{text}\n", encoding="utf-8")
    (folder / "performance.md").write_text(page(read(folder), remarks()), encoding="utf-8")


def remarks() -> dict[str, str]:
    """Return why what is missed is missed, by the figures' keys, as people wrote it."""
    return dict(tomllib.loads(REMARKS.read_text(encoding="utf-8")))


def revision() -> str:
    """Return which code is measured, and whether it stands in no revision yet."""
    command = [shutil.which("git") or "git", "status", "--porcelain", "--untracked-files=no", "--", ":!docs"]
    asked = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    return code_revision()[:10] + (" with changes" if asked.returncode == 0 and asked.stdout.strip() else "")


# -- the page -------------------------------------------------------------------------------------------------------


def page(report: Report, why: Mapping[str, str]) -> str:
    """Return docs/performance.md."""
    lines = [HEAD, *_table(report), "", *_missed(report, why), "", *_runs(report), "", *_how(), "", CARRIED_OVER, ""]
    return "\n".join(lines)


def _table(report: Report) -> Iterator[str]:
    yield "| P | what | ours | beside | ratio [spread] | target | met | others |"
    yield "|---|---|---|---|---|---|---|---|"
    for key, target in TARGETS.items():
        kept = report.figures.get(key)
        if kept is None:
            cells = (key, target.what, "", target.reference, "", target.goal or "for the record", "not measured", "")
            yield f"| {' | '.join(cells)} |"
            continue
        figure, unit = kept.figure, target.unit if target.unit.startswith("/") else f" {target.unit}"
        ours = f"{brief(middle(figure.ours))}{unit} {spread(figure.ours)}".strip()
        beside = f"{brief(middle(figure.reference))}{unit}, {target.reference}" if figure.reference else ""
        ratio = f"{brief(middle(figure.ratios))} {spread(figure.ratios)}".strip() if figure.ratios else ""
        others = f"{kept.foreign:.1f}{'' if kept.quiet else ' (not quiet)'}"
        what = f"{target.what} ({figure.note})" if figure.note else target.what
        cells = (key, what, ours, beside, ratio, target.goal or "for the record", verdict(kept), others)
        yield f"| {' | '.join(cells)} |"


def verdict(kept: Kept) -> str:
    """Say whether a figure's target is met, and by what factor it is missed."""
    factor = kept.figure.missed(TARGETS[kept.figure.key])
    if factor is None:
        return "-"
    if factor <= 1:
        return "met"
    return "**missed**" if math.isinf(factor) else f"**missed by {brief(factor)} x**"


def _missed(report: Report, why: Mapping[str, str]) -> Iterator[str]:
    missed = [key for key, kept in report.figures.items() if (kept.figure.missed(TARGETS[key]) or 1) > 1]
    yield "## What is missed, and why"
    yield ""
    if not missed:
        yield "Nothing of what was measured."
    for key in missed:
        yield f"- {key}: {why.get(key, 'no reason is written yet.')}"


def _runs(report: Report) -> Iterator[str]:
    yield "## The runs"
    yield ""
    if not report.runs:
        yield "None yet: `make bench` has not been run on a machine that has nothing else to do."
    for began, run in sorted(report.runs.items()):
        keys = [key for key, kept in report.figures.items() if kept.run == began]
        with_what = ", ".join(f"{name} {number}" for name, number in run.versions.items())
        load = max((report.figures[key].load for key in keys), default=0.0)
        yield (
            f"- {began} UTC, revision {run.revision}, {run.rounds} rounds ({run.size} sizes): {', '.join(keys)}. "
            f"{run.machine}; {with_what}. Load of the last minute before each, what went before it in the run "
            f"included: at most {load:.1f}."
        )


def _how() -> Iterator[str]:
    yield "## How each is measured"
    yield ""
    for module, covered in MEASURES.items():
        yield f"- {' and '.join(covered)}: [`lab/bench/{module}.py`](../lab/bench/{module}.py)"


HEAD = """\
# Performance

Written by `make bench`; do not edit (the reasons stand in [`lab/bench/remarks.toml`](../lab/bench/remarks.toml)). Every
figure is taken through what people use: real workers, a real broker, a real database with fsync on, all guarantees
kept. Rates of a shared machine differ by a factor of two from minute to minute, so what counts are ratios taken within
one round of one run: what is compared is measured in turn, each second round the other way about. Shown are the median
of the rounds and, in brackets, the least and the most. CPU is of worker, database and broker together. *Others* is how
many cores were used by something else meanwhile: above 0.2 the machine was not quiet, and rates are not to be believed.
A row stays until it is measured anew.
"""
CARRIED_OVER = """\
## What is carried over

Fides (P13) needs a warehouse, four services and gigabytes of memory, and is not run here. Its figures are those taken
once by the customer on two cores of the same kind: 12 trivial privacy requests a second, 0.19 s each, 270 to 300 MB a
worker (Fides 2.86). A request there does more work than ours on its way to id_verified: it reaches into the databases
it was connected to. The ratio is no race of engines; it says how many requests an office gets through."""
