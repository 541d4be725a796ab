"""docs/procedure-file.md is made from the keys the readers ask for; each has its meaning, each refusal a bad file."""

import importlib
import pkgutil

import pytest

from lab.procedure_file_doc import TARGET, TITLES, meanings, page, undocumented
from tests.workflows.office.golden import lacking
from tests.workflows.office.test_bad_files import BAD
from workflows import words
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


SAID_ELSEWHERE = {"office_file.too_big", "office_file.no_utf8", "office_file.no_glyph"}
"""What the bytes of a file say, or our fonts: tests/admin/test_procedure.py."""


def test_every_refusal_there_is_has_its_bad_file() -> None:
    known = {
        code
        for module in pkgutil.iter_modules(words.__path__)
        if module.name.startswith("office_")
        for code in importlib.import_module(f"workflows.words.{module.name}").SENTENCES
    }

    # one that is left needs a file in tests/workflows/office/bad_files.txt
    assert known - {bad.code for bad in BAD.values()} - SAID_ELSEWHERE == set()
    assert len(BAD) >= 50


def test_every_key_and_every_word_is_kept_in_some_file() -> None:
    assert lacking() == set(), "run .venv/bin/python -m tests.workflows.office.golden"
