"""Each published procedure as a file: what docs/procedures.md claims of a row is what happens, no more and no less.

A life is a real case on SQLite; its letters' text is held against the facts (lab.procedures.told).
"""

import re
from functools import cache
from pathlib import Path

import pytest

from lab.procedures.__main__ import PAGE, ROWS
from lab.procedures.branches import branches
from lab.procedures.file import Written
from lab.procedures.laws import at_hand
from lab.procedures.lives import trial
from lab.procedures.page import row_of
from lab.procedures.rows import rows
from lab.procedures.writing import written
from tests.office import TestOffice

with at_hand():
    READ = {row.id: written(row) for row in rows(ROWS)}


@cache
def claims() -> dict[str, str]:
    """Return the line of the page about each row."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return {match[1]: line for line in lines if (match := re.match(r"\| `([\w-]+)` \| .* \|$", line)) and "`[" in line}


@pytest.mark.parametrize("one", READ)
def test_a_row_lives_as_the_page_says(one: str, sqlite_url: str, home: Path) -> None:
    office = TestOffice(sqlite_url, home)
    try:
        tried = trial(READ[one], office)
    finally:
        office.close()

    assert row_of(tried) == claims()[one], "make procedures writes the page anew"


def test_the_page_counts_what_its_rows_say() -> None:
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(r"\*\*(\d+) of (\d+)\*\* rows", text)

    assert found is not None
    assert int(found[2]) == len(READ) == len(claims())
    assert int(found[1]) == sum(" | runs | " in line for line in claims().values())


def test_most_rows_run_by_data_alone() -> None:
    """At least 95 of 103 main paths, at least nine tenths of all published branches."""
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(r"\*\*(\d+) of \d+\*\* rows[^*]*\*\*(\d+)\*\* other[^*]*\*\*(\d+)\*\* do", text)

    assert found is not None
    assert int(found[1]) >= 95
    assert int(found[3]) >= 0.9 * int(found[2])


@pytest.mark.parametrize("one", READ)
def test_every_branch_names_the_life_that_shows_it(one: str) -> None:
    read: Written = READ[one]

    for branch in branches(read):
        assert branch.settings or branch.why
