"""Rows nobody has seen: the facts of the published ones, dealt out anew. Their files load, and their main paths run."""

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from lab.procedures.__main__ import ROWS
from lab.procedures.branches import MAIN
from lab.procedures.laws import at_hand
from lab.procedures.lives import faults_of, live
from lab.procedures.page import RAN
from lab.procedures.rows import FACTS, Row, rows
from lab.procedures.writing import written
from tests.office import TestOffice
from tests.own_procedure import adopts

DEALT, LIVED = 400, 12


@cache
def dealt() -> tuple[Row, ...]:
    """Return rows each of whose facts is that of some row under a like law."""
    dice = random.Random(1)
    with at_hand():
        every = rows(ROWS)
    return tuple(_mixed(number, every, dice) for number in range(DEALT))


def _mixed(number: int, every: list[Row], dice: random.Random) -> Row:
    base = dice.choice(every)
    like = [row for row in every if row.law.split()[0] == base.law.split()[0]]
    givers = {fact: dice.choice(like) for fact in FACTS}
    return replace(
        base,
        id=f"dealt-{number}",
        said={fact: row[fact] for fact, row in givers.items() if row[fact]},
        channels=dice.choice(like).channels,
        rights=dice.choice(like).rights,
        needs=dice.choice([base, dice.choice(like)]).needs,
    )


def test_the_files_of_other_rows_load() -> None:
    refused = {row.id: faults for row in dealt() if (faults := faults_of(written(row)))}

    assert refused == {}


@pytest.mark.parametrize("number", range(LIVED))
def test_the_main_path_of_another_row_runs(number: int, sqlite_url: str, home: Path) -> None:
    read = written(dealt()[number])
    office = TestOffice(sqlite_url, home)
    adopts(office, read.text)

    lived = live(read, MAIN, office)

    office.close()
    assert lived.why == RAN
