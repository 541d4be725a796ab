"""The table at the end: what happened, where the letters lie, and what to type next."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from lab.demo.departments import Asked
from lab.demo.findings import Numbers, Scans, kinds
from lab.demo.home import env_file
from lab.demo.words import say
from lab.stories import ENDS
from workflows.engine.values import Language
from workflows.law.values import Right
from workflows.request.values import LetterKind
from workflows.words import noun

_SHORT = {LetterKind.DISCLOSURE_NOTIFICATION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What of a run is not in the database."""

    home: Path
    spool: Path
    batch: Path | None
    flower: str | None
    first: date
    last: date
    days: int
    seconds: float
    example: str
    scans: Scans | None
    returns: Path
    scanned: str | None
    asked: Sequence[Asked] = ()


def tables(terminal: Console, found: Numbers, run: Run, language: str) -> None:
    """Print what happened."""
    terminal.print()
    terminal.print(_rights(found, language))
    if sum(found.rights.values()) > sum(found.cases.values()):
        terminal.print(say("several_rights", language), style="dim")
        terminal.print()
    terminal.print(_letters(found, language))
    if run.scans is not None:
        terminal.print(_scans(run.scans, language))
    if run.asked:
        terminal.print(_departments(run.asked, language))
    terminal.print(_besides(found, run, language))


def _rights(found: Numbers, language: str) -> Table:
    table = _table(say("title_rights", language))
    table.add_column(say("right", language))
    for end in ENDS:
        table.add_column(say(f"end_{end}", language), justify="right")
    table.add_column(say("total", language), justify="right")
    for right in Right:
        counts = [found.rights.get((right, end), 0) for end in ENDS]
        if any(counts):
            table.add_row(say(f"right_{right}", language), *_cells(counts), str(sum(counts)))
    counts = [found.cases.get(end, 0) for end in ENDS]
    table.add_section()
    table.add_row(say("all_cases", language), *_cells(counts), str(sum(found.cases.values())), style="bold")
    return table


def _letters(found: Numbers, language: str) -> Table:
    table = _table(say("title_letters", language))
    table.add_column(say("kind", language))
    for head in ("in_ja", "in_en", "total", "pages", "returned"):
        table.add_column(say(head, language), justify="right")
    for kind in kinds(found.posted, list(LetterKind)):
        counts = [found.posted.get((kind, spoken), 0) for spoken in Language]
        name = say(f"letter_{kind}", language) if kind in _SHORT else noun(f"letter.{kind}", language)
        more = [sum(counts), found.pages.get(kind, 0), found.returned.get(kind, 0)]
        table.add_row(name, *_cells([*counts, *more]))
    totals = [sum(count for (_, spoken), count in found.posted.items() if spoken == one) for one in Language]
    more = [sum(totals), sum(found.pages.values()), sum(found.returned.values())]
    table.add_section()
    table.add_row(say("all_letters", language), *_cells([*totals, *more]), style="bold")
    return table


def _scans(found: Scans, language: str) -> Table:
    table = _table(say("title_scans", language))
    for head in ("files", "pages", "matched", "tray", "masked", "destroyed"):
        table.add_column(say(f"scan_{head}", language), justify="right")
    counts = [found.files, found.pages, found.matched, found.tray, found.masked, found.destroyed]
    table.add_row(*_cells(counts))
    return table


def _departments(asked: Sequence[Asked], language: str) -> Table:
    table = _table(say("title_departments", language))
    table.add_column(say("department", language))
    counts = ("asked", "found", "nothing", "recalled", "reminded", "told", "files")
    for head in counts:
        table.add_column(say(f"department_{head}", language), justify="right")
    for one in asked:
        table.add_row(one.department.name(language), *_cells([getattr(one, name) for name in counts]))
    return table


def _besides(found: Numbers, run: Run, language: str) -> Table:
    table = _table(say("title_rest", language))
    table.show_header = False
    table.add_column()
    table.add_column(justify="right")
    for name, value in (
        ("row_rounds", found.several_rounds),
        ("row_held", found.held),
        ("row_notices", found.notices),
        ("row_history", found.history),
    ):
        table.add_row(say(name, language), str(value))
    table.add_row(say("row_days", language, first=run.first, last=run.last), str(run.days))
    table.add_row(say("row_time", language), str(round(run.seconds)))
    return table


def hints(terminal: Console, run: Run, language: str) -> None:
    """Print where the letters lie and what to type next."""

    def line(text: str, style: str = "") -> None:
        terminal.print(text, style=style, markup=False, soft_wrap=True)

    line(say("where", language), "bold")
    if run.batch is not None:
        line(f"{say('where_one', language)} {near(run.batch)}")
    line(f"{say('where_spool', language)} {near(run.spool)}")
    if run.scanned is not None:
        line(f"{say('where_scans', language)} {near(run.returns)}")
    line("")
    line(say("next", language), "bold")
    steps = [
        (f". {near(env_file(run.home))}", say("next_env", language)),
        (f"./admin.py history {run.example}", say("next_list", language)),
        ("./admin.py letters", say("next_letters", language)),
        ("make desk", say("next_desk", language)),
    ]
    if run.scanned is not None:
        steps.insert(3, (f"./admin.py papers {run.scanned} --out look", say("next_papers", language)))
    if run.asked:
        steps.insert(len(steps) - 1, ("./admin.py search list --all", say("next_searches", language)))
    widest = max(len(command) for command, _ in steps)
    for command, what in steps:
        line(f"  {command.ljust(widest)}  # {what}")
    line("")
    line(say("flower_then", language, address=run.flower))


def near(path: Path) -> str:
    """Return a path as it is typed from here, where that is shorter."""
    from_here = os.path.relpath(path)
    return str(path) if from_here.startswith("..") else from_here


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE, pad_edge=False, expand=False)


def _cells(counts: Sequence[int]) -> list[str]:
    return [str(count) if count else "·" for count in counts]
