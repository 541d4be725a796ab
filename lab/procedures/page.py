"""docs/procedures.md: what of the published procedures the keys of procedure.toml express, and what of it runs."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lab.procedures.branches import MAIN, Branch, branches
from lab.procedures.file import Written

TEST = "tests/procedures/test_rows.py::test_a_row_lives_as_the_page_says"
COMMAND = "make procedures"
RAN = "runs"

HEAD = """\
# Published procedures, as procedure.toml

Made by `{command}` from facts of published procedures; do not edit. A test fails when a row does not do what stands
here. A row is the procedure one office published, as facts. Out of the facts alone a file is written
(`lab/procedures`), loaded, adopted, and cases are lived through under it, from first contact to answer; what the
letters say is held against the facts. `make procedures ROWS=FILE PAGE=FILE` does the same for any other file of rows.
"""


@dataclass(frozen=True, slots=True)
class Tried:
    """One row: its file, what is wrong with the file, and what became of each life (RAN, or why it did not)."""

    read: Written
    faults: tuple[str, ...]
    lives: Mapping[str, str]

    def shown(self, branch: Branch) -> bool:
        """Tell whether a branch is expressed and lived through."""
        return bool(branch.settings) and self.lives.get(branch.life) == RAN

    @property
    def runs(self) -> bool:
        """Tell whether the main path does."""
        return self.lives.get(MAIN) == RAN


def page(tried: Sequence[Tried]) -> str:
    """Return the page."""
    main = sum(one.runs for one in tried)
    every = [(one, branch) for one in tried for branch in branches(one.read)]
    done = sum(one.shown(branch) for one, branch in every)
    part = f"{100 * done / len(every):.1f} %" if every else "-"
    lines = [
        HEAD.format(command=COMMAND),
        f"**{main} of {len(tried)}** rows live through their main path by data alone. Of the **{len(every)}** other",
        "published branches (each further way, each asker beside the person, each capability a row needs)",
        f"**{done}** do: {part}.",
        "",
        *_needs(every),
        "",
        *_what_is_missing(tried),
        "## Each row",
        "",
        f"The test of a row is `{TEST}[ID]`.",
        "",
        "| row | settings | main path | branches | not yet, and why | test |",
        "|---|---|---|---|---|---|",
        *(row_of(one) for one in tried),
        "",
        "## What was assumed",
        "",
        "Where the passage does not tell what a file must say, a value stands for it. It is no fact of that office.",
        "",
        *_assumed(tried),
        "",
        "## What was not read",
        "",
        "Words of the facts that no parser understood; nothing of them is in the file.",
        "",
        *_unread(tried),
    ]
    return "\n".join(lines) + "\n"


def _needs(every: Sequence[tuple[Tried, Branch]]) -> Iterator[str]:
    total: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for one, branch in every:
        kind = branch.name if branch.name.startswith("need ") else branch.name.split()[0]
        total[kind] += 1
        done[kind] += one.shown(branch)
    yield "| branch | published | run |"
    yield "|---|---|---|"
    for kind, count in sorted(total.items(), key=lambda each: (-each[1], each[0])):
        yield f"| {kind.replace('need ', '')} | {count} | {done[kind]} |"


def _what_is_missing(tried: Sequence[Tried]) -> Iterator[str]:
    not_run = [one.read.row.id for one in tried if not one.runs]
    if not_run:
        yield f"Main paths that do not run: {', '.join(f'`{each}`' for each in not_run)}."
        yield ""


def row_of(one: Tried) -> str:
    """Return the line of one row."""
    every = branches(one.read)
    shown = [branch for branch in every if one.shown(branch)]
    settings = ", ".join(f"`{key}`" for key in one.read.values if key != "from")
    return (
        f"| `{one.read.row.id}` | {settings} | {'runs' if one.runs else 'no'} | {len(shown)} of {len(every)} "
        f"| {_cell(_why_not(one, every))} | `[{one.read.row.id}]` |"
    )


def _why_not(one: Tried, every: Sequence[Branch]) -> str:
    if one.faults:
        return "the file is refused: " + "; ".join(one.faults)
    told = [] if one.runs else [f"main: {one.lives.get(MAIN, 'not tried')}"]
    told += [
        f"{branch.name}: {branch.why or one.lives.get(branch.life, 'not tried')}"
        for branch in every
        if not one.shown(branch)
    ]
    return "; ".join(told) or "-"


def _assumed(tried: Sequence[Tried]) -> Iterator[str]:
    by_text: dict[str, list[str]] = {}
    for one in tried:
        for text in dict.fromkeys(one.read.assumed):
            by_text.setdefault(text, []).append(one.read.row.id)
    yield "| assumption | rows |"
    yield "|---|---|"
    for text, ids in sorted(by_text.items(), key=lambda each: -len(each[1])):
        yield f"| {_cell(text)} | {', '.join(ids)} |"


def _unread(tried: Sequence[Tried]) -> Iterator[str]:
    yield "| row | words |"
    yield "|---|---|"
    for one in tried:
        if one.read.unread:
            yield f"| `{one.read.row.id}` | {_cell('; '.join(dict.fromkeys(one.read.unread)))} |"


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ")
