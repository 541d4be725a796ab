"""Bad files: each fault is named with its place and says what would work; several are told at once.

The files stand in bad_files.txt; every refusal there is has one (tests/lab/test_procedure_file_doc.py).
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.workflows.office.test_reading import REGIMES, told
from workflows.office.reading import BadFile, read_procedure

FILE = Path(__file__).parent / "bad_files.txt"
FIRST = "from = 2026-12-01\n"


class Bad(NamedTuple):
    """A file that is wrong: its text, where that is told, words of the sentence, the code of the refusal."""

    text: str
    place: str
    words: str
    code: str


def bad_files() -> dict[str, Bad]:
    """Return the files by what is wrong with them."""
    found = {}
    for one in FILE.read_text(encoding="utf-8").split("\n=== ")[1:]:
        name, head, text = one.split("\n", 2)
        place, said, code = head.split(" | ")
        whole = name.startswith("!")
        found[name.removeprefix("!")] = Bad(text if whole else FIRST + text, place.removeprefix("-"), said, code)
    return found


BAD = bad_files()


@pytest.mark.parametrize("bad", BAD.values(), ids=list(BAD))
def test_each_fault_is_named_with_its_place_and_says_what_would_work(bad: Bad) -> None:
    faults = told(bad.text)

    where = f"procedure.toml, {bad.place}" if bad.place else "procedure.toml"
    assert [fault for fault in faults if fault.startswith(where) and bad.words in fault], faults
    assert bad.code in codes(bad.text)


def codes(text: str) -> list[str]:
    """Return the codes of what is wrong with a text."""
    found = read_procedure(text, "procedure.toml", REGIMES)
    assert isinstance(found, BadFile)
    return [fault.reason.code for fault in found.faults]


def test_what_is_wrong_in_several_parts_is_told_at_once() -> None:
    text = """
from = "soon"
regim = "jp-appi"
[start]
ways = ["pigeon"]
[[form]]
code = "request"
rights = "all"
ja = "請求書"
[[fee]]
rights = ["disclosure"]
by = ["gold"]
[answer]
class = "by_hand"
[[times.promise]]
within = { fortnights = 1 }
from = "arrival"
[[step]]
code = "committee"
ja = "審査会"
en = "Committee"
"""

    found = [fault.removeprefix("procedure.toml") for fault in told(text)]

    for place in (
        ": from is",
        ": regim is",
        ", start: ways",
        ", form 1 (request): en is missing",
        ", fee 1 (gold): amount is missing",
        ", fee 1 (gold): by names",
        ", answer: class",
        ", times, promise 1 (arrival): within",
        ", step 1 (committee): within",
    ):
        assert [fault for fault in found if fault.startswith(place)], place


def test_what_the_law_forbids_in_several_parts_is_told_at_once() -> None:
    several = ("a fee under the GDPR", "a promise later than the law's time", "a request that lapses under the GDPR")
    text = "".join(BAD[name].text.removeprefix(FIRST).removeprefix('regime = "eu-gdpr"\n') for name in several)

    found = codes(f'{FIRST}regime = "eu-gdpr"\n{text}')

    assert {BAD[name].code for name in several} <= set(found)
