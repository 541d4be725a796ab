"""A handful of rows on PostgreSQL, with their letters typeset: what is composed is what stands on paper."""

from pathlib import Path

import pytest

from lab.procedures.heard import heard
from lab.procedures.lives import faults_of
from lab.procedures.steps import Asking, Life
from tests.office import TestOffice
from tests.own_procedure import adopts
from tests.procedures.test_rows import READ
from tests.services.paper import text_of

FEW = ("jp-research-1", "jp-it-3", "jp-bar-1", "jp-city-1", "jp-kenpo-1")


@pytest.mark.parametrize("one", FEW)
def test_what_the_letters_of_a_row_say_stands_on_the_paper_they_are_printed_on(
    one: str, postgres_url: str, home: Path
) -> None:
    read = READ[one]
    assert faults_of(read) == ()
    office = TestOffice(postgres_url, home)
    adopts(office, read.text)

    said = [heard(content) for content in Life(office, read.text, asked=Asking(typeset=True)).whole_way()]

    spool = sorted(office.settings.spool.rglob("*.pdf"))
    printed = "".join(_squeezed(text_of(path.read_bytes())) for path in spool)
    office.close()
    assert len(spool) == len(said)
    for letter in said:
        assert letter.number in printed
        told = [line for line in letter.told if line]
        missing = [line for line in told if _squeezed(line) not in printed]
        assert missing == []


def _squeezed(text: str) -> str:
    return "".join(text.split())
