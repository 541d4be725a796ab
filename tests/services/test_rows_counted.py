"""Rows of tables are counted as the program counts them in which whoever masks looks at the file."""

import pytest

from services.disclosure.parts import size_of, table_of
from workflows.disclosure import rules
from workflows.disclosure.values import Mask

HEAD, THEIRS, MINE = "name,phone", "Stranger,03-1111-1111", "Sample,03-2222-2222"


def without(row: int, content: str, kind: str) -> list[list[str | None]]:
    mask = Mask(number=1, ground="harm", by="x", row=row)
    return rules.blacked(table_of(kind, content.encode()), [mask])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("before", "row"),
    [
        (["", HEAD, ""], 4),
        ([HEAD, '"two\nlines",1'], 3),
        ([HEAD, "a\x0bb,1", "c\u2028d,2", "e\x85f,3", "g\x0ch,4"], 6),
    ],
    ids=["empty rows", "a cell of two lines", "ends that are none"],
)
def test_the_row_a_spreadsheet_shows_is_the_row_that_is_masked(before: list[str], row: int, end: str) -> None:
    content = end.join([*before, THEIRS, MINE, ""])

    found = without(row, content, "csv")

    assert found[row - 1] == [None, None]
    assert found[row] == MINE.split(",")
    assert "Stranger" not in str(found)
    assert size_of("csv", content.encode()) == (row + 1, 2)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_an_editor_shows_is_the_line_that_is_masked(end: str) -> None:
    content = end.join(["one\x0ctwo", "", "three\u2028four", THEIRS, MINE, ""])

    found = without(4, content, "txt")

    assert found == [["one two"], [""], ["three four"], [None], [MINE]]


def test_what_separates_is_told_by_the_first_line_however_it_ends() -> None:
    assert table_of("csv", b"a;b\rc;d,e\r") == [["a", "b"], ["c", "d,e"]]
