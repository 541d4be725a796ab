"""Why a mutant may survive (survivors.toml, written by people), and the page that says how the last runs ended."""

import platform
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from lab.bench.mutants import Mutant
from lab.bench.subjects import SUBJECTS, path_of
from settings import PROJECT

REASONS = PROJECT / "lab" / "bench" / "survivors.toml"
PAGE = PROJECT / "docs" / "mutation.md"


ROW = re.compile(r"^\| \[`([a-z._]+)`\]\(\S+\) \|((?: \d+ \|){5}) [\d.]+ \| (.+) \|$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Row:
    """One module's figures: ``killed`` counts those that hung, too; ``stated`` is the day and revision of its run."""

    module: str
    mutants: int
    tried: int
    killed: int
    hung: int
    survived: int
    stated: str

    @property
    def percent(self) -> float:
        """How many of a hundred that were tried are killed, never rounded up."""
        return self.killed * 1000 // self.tried / 10


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


def page(rows: Sequence[Row]) -> str:
    """Return docs/mutation.md."""
    return "\n".join([HEAD, *_table(rows), "", _summed(rows), "", "## Survivors", "", SURVIVORS, *listed(read()), ""])


def listed(reasons: Sequence[Reason]) -> Iterator[str]:
    """Yield the lines that list the survivors with their reasons, by module."""
    for module in dict.fromkeys(reason.module for reason in reasons):
        yield from ("", f"### {module}")
        for reason in (reason for reason in reasons if reason.module == module):
            yield from ("", f"`{reason.place}`: {reason.reason}", "", "```diff")
            yield from (f"-{line}" for line in reason.was.splitlines())
            yield from (f"+{line}" for line in reason.now.splitlines())
            yield "```"


def rows_of(text: str) -> dict[str, Row]:
    """Return the rows of a page's table by module."""
    found = {}
    for name, counts, stated in ROW.findall(text):
        mutants, tried, killed, hung, survived = (int(count) for count in re.findall(r"\d+", counts))
        found[name] = Row(name, mutants, tried, killed, hung, survived, stated)
    return found


def write_rows(rows: Sequence[Row]) -> None:
    """Write the page with these rows in the place of their modules' former ones; the other modules keep theirs."""
    known = rows_of(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    known |= {row.module: row for row in rows}
    PAGE.write_text(page([known[name] for name in SUBJECTS if name in known]), encoding="utf-8")


def stated() -> str:
    """Return the day and the revision of a run, and whether what it tried stands in no revision yet."""
    return f"{datetime.now(UTC).date()}, {_revision()}"


def _table(rows: Sequence[Row]) -> Iterator[str]:
    yield "| module | mutants | tried | killed | of these hung | survived | killed of 100 | measured |"
    yield "|---|---|---|---|---|---|---|---|"
    for row in rows:
        counts = f"{row.mutants} | {row.tried} | {row.killed} | {row.hung} | {row.survived}"
        yield f"| [`{row.module}`](../{path_of(row.module)}) | {counts} | {row.percent:.1f} | {row.stated} |"


def _summed(rows: Sequence[Row]) -> str:
    tried, made = sum(row.tried for row in rows), sum(row.mutants for row in rows)
    tools = f"mutmut {version('mutmut')}, Python {platform.python_version()}"
    return f"{tried} of {made} mutants tried, made by the operators of {tools}."


def _revision() -> str:
    def said(*arguments: str) -> str:
        command = [shutil.which("git") or "git", *arguments]
        return subprocess.check_output(command, cwd=PROJECT, text=True, stderr=subprocess.DEVNULL).strip()

    try:
        here = said("rev-parse", "--short=10", "HEAD")
    except subprocess.CalledProcessError:
        return "no revision"
    changed = said("status", "--porcelain", "--", "workflows", "models", "services", "tests")
    return here + (" with changes" if changed else "")


HEAD = """\
# Mutation testing

Written by `make mutation`; do not edit. Would the tests notice a fault in the rules, or in the engine? Each mutant is a
module with one small fault: a comparison turned, a number one higher, an argument left out, a word misspelt. The
module's own tests (the table stands in [`lab/bench/subjects.py`](../lab/bench/subjects.py)) run with it in the real
module's place, in a fresh process, so that what runs at import is mutated too. Tests of both kinds of database run on
SQLite alone; those that run on PostgreSQL alone, such as the tests of row locks, come last. Killed: a test fails, the
module cannot be imported, or the tests take more than ten times the processor time they need or ten minutes (hung).
Why it is done this way: [ADR 0012](adr/0012-mutation-testing.md).

`make mutation` tries every mutant of every module. `make mutation SAMPLE=50` tries only fifty of each, at even
distances in the order of the source and so always the same: where fewer are *tried* than there are *mutants*, the row
tells of such a sample, and what a whole run would find is not known. A row stays until its module is tried again, and
says when that was and at which revision. Survivors may be tried again alone when tests were added (`--survivors`); what
fewer tests have killed is not. Of `guards` only what decides over grounds is tried.
"""
SURVIVORS = """\
What no test noticed, each with the reason why it may live. The reasons are in
[`lab/bench/survivors.toml`](../lab/bench/survivors.toml); a survivor without one fails the run, and so does a reason
for what no longer survives."""
