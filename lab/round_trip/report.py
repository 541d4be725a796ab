"""The figures of a round trip: a table on the terminal, and the same in a document between two marks."""

from collections.abc import Iterator
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from lab.post_office.fates import Machine, Ruin, Spoil
from lab.round_trip.trip import Figures
from lab.round_trip.words import say

BEGINS, ENDS = "<!-- figures: make round-trip writes from here -->", "<!-- to here -->"
_ORDER = [
    *Machine, "turned_90", "turned_180", "turned_270", "skewed", "creased", "dog_ear", *Spoil, *Ruin,
]  # fmt: skip


def rows(figures: Figures, seed: int, revision: str, mismatched: int) -> Iterator[tuple[str, str]]:
    """Yield each figure with the key of its words."""
    yield "row_packs", f"{figures.packs:,}"
    yield "row_letters", f"{figures.letters:,}"
    yield "row_files", f"{figures.files:,}"
    yield "row_pages", f"{figures.pages:,}"
    yield "row_forms", f"{figures.forms:,}"
    yield "row_broken", f"{figures.broken:,}"
    yield "row_missing", f"{figures.missing:,}"
    yield "row_doubled", f"{figures.doubled:,}"
    yield "row_outdated", f"{figures.outdated:,}"
    yield "row_ruined", f"{figures.ruined:,}"
    yield "row_enclosed", f"{figures.enclosed:,}"
    yield "row_read", f"{figures.read:,} / {figures.coded - figures.ruined:,}"
    yield "row_mismatched", f"{mismatched:,}"
    yield "row_making", f"{figures.seconds.get('letters', 0) / max(1, figures.letters):.2f}"
    yield "row_drawing", f"{figures.seconds.get('drawing', 0) / max(1, figures.pages):.2f}"
    yield "row_scanning", f"{figures.seconds.get('scanning', 0) / max(1, figures.pages):.2f}"
    yield "row_seconds", f"{sum(figures.seconds.values()):.0f}"
    yield "row_seed", str(seed)
    yield "row_revision", revision
    yield "row_fingerprint", figures.fingerprint[:16]


def distortions(figures: Figures) -> Iterator[tuple[str, int, int]]:
    """Yield each distortion, how many pages with a code it befell, and how many of them were read."""
    for name in _ORDER:
        if name in figures.distortions:
            read, of = figures.distortions[name]
            yield name, of, read


def show(terminal: Console, figures: Figures, seed: int, revision: str, mismatched: int, language: str) -> None:
    """Print both tables."""
    table = Table(title=say("title", language), box=box.SIMPLE, show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    for name, value in rows(figures, seed, revision, mismatched):
        table.add_row(say(name, language), value)
    terminal.print(table)
    table = Table(box=box.SIMPLE)
    table.add_column(say("distortion", language))
    table.add_column(say("with_code", language), justify="right")
    table.add_column(say("were_read", language), justify="right")
    for name, of, read in distortions(figures):
        table.add_row(say(name, language), f"{of:,}", f"{read:,}")
    terminal.print(table)


def write(document: Path, figures: Figures, seed: int, revision: str, mismatched: int) -> None:
    """Put both tables into the document, in English, in place of those between the marks."""
    lines = ["| | |", "|---|---|"]
    lines += [f"| {say(name, 'en')} | {value} |" for name, value in rows(figures, seed, revision, mismatched)]
    lines += [
        "",
        f"| {say('distortion', 'en')} | {say('with_code', 'en')} | {say('were_read', 'en')} |",
        "|---|---|---|",
    ]
    lines += [f"| {say(name, 'en')} | {of:,} | {read:,} |" for name, of, read in distortions(figures)]
    text = document.read_text(encoding="utf-8")
    before, begins, rest = text.partition(BEGINS)
    _, ends, after = rest.partition(ENDS)
    if not (begins and ends):
        raise ValueError(f"{document} has no place for the figures; it needs the lines {BEGINS} and {ENDS}")
    document.write_text("\n".join([before + BEGINS, "", *lines, "", ENDS + after]), encoding="utf-8")
