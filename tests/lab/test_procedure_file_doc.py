"""docs/procedure-file.md is made from the keys the readers ask for, and each key is told what it means."""

import pytest

from lab.procedure_file_doc import TARGET, TITLES, meanings, page, undocumented
from workflows.office.declared import declared
from workflows.office.reading import PARTS


def test_the_page_is_as_the_readers_are() -> None:
    assert TARGET.read_text(encoding="utf-8") == page(), "run .venv/bin/python -m lab.procedure_file_doc"


@pytest.mark.parametrize("part", PARTS)
def test_every_key_of_a_part_is_told_what_it_means(part: str) -> None:
    assert undocumented(declared()[part], meanings(PARTS[part].KEYS)) == []


@pytest.mark.parametrize("part", PARTS)
def test_no_key_is_told_of_that_nobody_asks_for(part: str) -> None:
    keys = declared()[part]

    assert [place for place in meanings(PARTS[part].KEYS) if place not in keys] == []


def test_every_part_has_its_title() -> None:
    assert TITLES.keys() == PARTS.keys()
