"""The papers nobody needs any more, as sheets to tick and sign: none is left out, the head comes again on each."""

from typing import Any

import pytest
from pypdfium2 import PdfDocument

from services.reports.disposals_sheet import sheet
from tests.services.paper import text_of
from workflows.tongue import Tongue

FOUND: list[dict[str, Any]] = [
    {
        "case": f"26-{serial:06d}-Y",
        "what": "evidence",
        "end": "destroyed",
        "since": "2026-11-09",
        "by": "2026-12-09",
        "overdue": serial < 3,
        "list": 57,
    }
    for serial in range(1, 61)
]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ["本人確認書類", "廃棄", "処分した日", "責任者の署名"]),
        ("en", ["identity documents", "Done on", "Signed (lead)"]),
    ],
)
def test_each_paper_has_its_row_and_each_sheet_its_head(language: str, words: list[str]) -> None:
    made = sheet(FOUND, "2026-11-30", Tongue(language))

    text = text_of(made)
    with PdfDocument(made) as document:
        sheets = len(document)
    assert [one["case"] for one in FOUND if one["case"] not in text] == []
    assert [word for word in words if word not in text] == []
    assert sheets > 1
    assert "bulk end-papers --where list=57 --what evidence --end destroyed" in text
    assert text.count(Tongue(language).tell("disposals.sheet.head_since")) == sheets


def test_without_papers_it_is_one_sheet_that_says_so() -> None:
    with PdfDocument(sheet([], "2026-11-30", Tongue("en"))) as document:
        assert len(document) == 1
