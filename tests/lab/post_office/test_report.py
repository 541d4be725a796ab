"""The figures of a round trip and its words: every kind of deviation and of wear can be said, in both languages."""

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from lab.post_office import truth
from lab.post_office.fates import Corner, Machine, Ruin, Spoil, Wear
from lab.round_trip import trip
from lab.round_trip.report import BEGINS, ENDS, rows, show, write
from lab.round_trip.trip import Figures
from lab.round_trip.words import say
from settings import PROJECT
from workflows.engine.values import Language

FIGURES = Figures(
    packs=12, letters=12, files=9, pages=42, coded=40, read=38, ruined=2, forms=13, broken=2, missing=1, doubled=1,
    seconds={"drawing": 21.0, "scanning": 8.4, "letters": 6.0},
    distortions={"fax": (2, 2), "torn": (0, 2)}, fingerprint="0123456789abcdef" * 4,
)  # fmt: skip


def test_every_kind_of_deviation_has_words_in_both_languages() -> None:
    kinds = {
        kind
        for module in (truth, trip)
        for kind in re.findall(r'Deviation\(\s*"([a-z_]+)"', Path(module.__file__ or "").read_text(encoding="utf-8"))
    }

    assert len(kinds) > 12
    for kind in kinds:
        for language in Language:
            assert "26-000001-D" in say(kind, language, about="26-000001-D", wanted=1, found=2)


def test_everything_that_can_befall_a_page_is_counted_under_a_name_with_words() -> None:
    wears = [Wear(machine, turned, 2.0, True, Corner.TOP_LEFT) for machine in Machine for turned in (0, 90, 180, 270)]
    wears += [Wear(Machine.SCANNER, spoil=spoil) for spoil in Spoil] + [Wear(Machine.FAX, ruin=ruin) for ruin in Ruin]

    names = {name for wear in wears for name in wear.distortions}

    assert len(names) == len(Machine) + 3 + 3 + len(Spoil) + len(Ruin)
    assert names <= say.sentences.keys()


@pytest.mark.parametrize("language", list(Language))
def test_the_table_holds_every_figure(language: Language) -> None:
    terminal = Console(width=100, record=True, file=io.StringIO())

    show(terminal, FIGURES, 1, "abc123", 0, language)

    shown = terminal.export_text()
    assert all(value in shown for _, value in rows(FIGURES, 1, "abc123", 0))
    assert "38 / 38" in shown
    assert say("torn", language) in shown


def test_figures_replace_those_before_and_nothing_else(tmp_path: Path) -> None:
    document = tmp_path / "round-trip.md"
    document.write_text(f"# Before\n\n{BEGINS}\n\nyesterday\n\n{ENDS}\n\nAfter.\n", encoding="utf-8")

    write(document, FIGURES, 1, "abc123", 0)
    once = document.read_text(encoding="utf-8")
    write(document, FIGURES, 1, "abc123", 0)

    assert document.read_text(encoding="utf-8") == once
    assert once.startswith(f"# Before\n\n{BEGINS}\n\n| | |")
    assert once.endswith(f"\n{ENDS}\n\nAfter.\n")
    assert "yesterday" not in once
    assert "| packs sent out | 12 |" in once
    assert "| every code torn off | 2 | 0 |" in once


def test_a_document_without_a_place_for_figures_is_refused(tmp_path: Path) -> None:
    document = tmp_path / "other.md"
    document.write_text("# Something else\n", encoding="utf-8")

    with pytest.raises(ValueError, match="no place for the figures"):
        write(document, FIGURES, 1, "abc123", 0)

    assert document.read_text(encoding="utf-8") == "# Something else\n"


def test_the_document_of_the_project_has_a_place_for_figures() -> None:
    text = (PROJECT / "docs" / "round-trip.md").read_text(encoding="utf-8")

    assert 0 < text.find(BEGINS) < text.find(ENDS)
