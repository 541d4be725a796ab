"""Why a mutant may survive (survivors.toml, written by people), and the page that says how the last run ended."""

import platform
import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from lab.bench.mutants import Mutant
from settings import PROJECT

REASONS = PROJECT / "lab" / "bench" / "survivors.toml"
PAGE = PROJECT / "docs" / "mutation.md"


@dataclass(frozen=True, slots=True)
class Row:
    """One module's figures; ``killed`` counts those that hung, too."""

    module: str
    mutants: int
    killed: int
    hung: int
    survived: int

    @property
    def percent(self) -> float:
        """How many of a hundred are killed, never rounded up."""
        return self.killed * 1000 // self.mutants / 10


@dataclass(frozen=True, slots=True)
class Reason:
    """One survivor and why it may live."""

    module: str
    place: str
    was: str
    now: str
    reason: str

    @property
    def name(self) -> tuple[str, str, str]:
        """The name of the mutant it speaks of."""
        return self.place, self.was, self.now


def read() -> list[Reason]:
    """Return every reason, in the order of the file; an incomplete one is refused."""
    rows = tomllib.loads(REASONS.read_text(encoding="utf-8")).get("survivor", [])
    return [
        Reason(row["module"], row["place"], row["was"].strip("\n"), row["now"].strip("\n"), row["reason"].strip())
        for row in rows
    ]


def as_toml(module: str, mutant: Mutant) -> str:
    """Return a survivor as an entry for the file, its reason still to be written."""
    lines = ["[[survivor]]", f'module = "{module}"', f'place = "{mutant.place}"']
    lines += [f"{name} = '''\n{text}'''" for name, text in (("was", mutant.was), ("now", mutant.now))]
    return "\n".join([f"# line {mutant.line} survives without a reason:", *lines, 'reason = ""', ""])


def page(rows: Sequence[Row], ran: str) -> str:
    """Return docs/mutation.md."""
    return "\n".join([HEAD, *_table(rows), "", ran, "", "## Survivors", "", SURVIVORS, *listed(read()), ""])


def listed(reasons: Sequence[Reason]) -> Iterator[str]:
    """Yield the lines that list the survivors with their reasons, by module."""
    for module in dict.fromkeys(reason.module for reason in reasons):
        yield from ("", f"### {module}")
        for reason in (reason for reason in reasons if reason.module == module):
            yield from ("", f"`{reason.place}`: {reason.reason}", "", "```diff")
            yield from (f"-{line}" for line in reason.was.splitlines())
            yield from (f"+{line}" for line in reason.now.splitlines())
            yield "```"


def write_page(rows: Sequence[Row], seconds: float, jobs: int) -> None:
    """Write the page of a whole run."""
    PAGE.write_text(page(rows, _how_it_ran(rows, seconds, jobs)), encoding="utf-8")


def _table(rows: Sequence[Row]) -> Iterator[str]:
    yield "| module | mutants | killed | of these hung | survived | killed of 100 |"
    yield "|---|---|---|---|---|---|"
    for row in rows:
        name = f"[`{row.module}`](../workflows/{row.module.replace('.', '/')}.py)"
        yield f"| {name} | {row.mutants} | {row.killed} | {row.hung} | {row.survived} | {row.percent:.1f} |"


def _how_it_ran(rows: Sequence[Row], seconds: float, jobs: int) -> str:
    total, tool, day = sum(row.mutants for row in rows), version("mutmut"), datetime.now(UTC).date()
    return (
        f"{total} mutants by the operators of mutmut {tool}, Python {platform.python_version()}, on {day}, at\n"
        f"revision {_revision()}: {seconds / 60:.0f} minutes, summed over the modules, at most {jobs} trials of a "
        "module at a time."
    )


def _revision() -> str:
    def said(*arguments: str) -> str:
        command = [shutil.which("git") or "git", *arguments]
        return subprocess.check_output(command, cwd=PROJECT, text=True).strip()

    changed = said("status", "--porcelain", "--", "workflows", "tests")
    return said("rev-parse", "--short=10", "HEAD") + (" with changes" if changed else "")


HEAD = """\
# Mutation testing

Written by `make mutation`; do not edit. Would the tests notice a fault in the rules? Each mutant is a module with one
small fault: a comparison turned, a number one higher, an argument left out, a word misspelt. The module's own tests
(the table stands in [`lab/bench/subjects.py`](../lab/bench/subjects.py)) run with it in the real module's place, in a
fresh process, so that what runs at import is mutated too. Killed: a test fails, the module cannot be imported, or the
tests take more than ten times the processor time they need (hung). Of
`request.guards` only what decides over grounds is tried.
Why it is done this way: [ADR 0012](adr/0012-mutation-testing.md).
"""
SURVIVORS = """\
What no test noticed, each with the reason why it may live. The reasons are in
[`lab/bench/survivors.toml`](../lab/bench/survivors.toml); a survivor without one fails the run, and so does a reason
for what no longer survives."""
