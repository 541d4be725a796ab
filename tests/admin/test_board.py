"""The board: one page that loads nothing, is read aloud as well as seen, and says what `stats` and `forecast` say."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.admin.conftest import Script
from tests.office import CLERK, LEAD, TestOffice
from workflows.law.values import Category


class Page(HTMLParser):
    """What stands in a page: its tags with their attributes, and the cells of each table."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.tables: list[list[list[str]]] = []
        self._in_cell = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        self._in_cell = tag in ("td", "th")
        if self._in_cell:
            self.tables[-1][-1].append("")

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.tables[-1][-1][-1] += data.strip()


@pytest.fixture
def lived(office: TestOffice) -> TestOffice:
    """The office after a few cases."""
    for _ in range(3):
        office.in_state("fulfilled")
    for state in ("refused", "forms_mailed", "forms_mailed", "forms_returned"):
        office.in_state(state)
    office.opened(category=Category.EMPLOYEE)
    return office


def made(script: Script, folder: Path, language: str) -> Page:
    file = folder / f"{language}.html"
    said = script.by(LEAD, "board", "--out", str(file), "--lang", language)
    assert said.status == 0, said
    return Page(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_loads_nothing_and_can_be_read_aloud(
    script: Script, lived: TestOffice, tmp_path: Path, language: str
) -> None:
    page = made(script, tmp_path, language)

    attributes = [(name, value) for _, given in page.tags for name, value in given.items()]
    assert {tag for tag, _ in page.tags} & {"script", "img", "link", "iframe", "object", "embed", "use"} == set()
    assert not [name for name, _ in attributes if name in ("src", "href", "srcset", "data") or name.startswith("on")]
    ids = [value for name, value in attributes if name == "id"]
    named = [value for name, value in attributes if name == "aria-labelledby" for value in (value or "").split()]
    assert len(ids) == len(set(ids))
    assert set(named) <= set(ids)
    charts = [given for tag, given in page.tags if tag == "svg" and given.get("role") == "img"]
    assert len(charts) >= 3
    assert all(given.get("aria-labelledby") for given in charts)
    assert all(given.get("role") == "img" or "hidden" in " ".join(given) or "focusable" in given
               for tag, given in page.tags if tag == "svg")  # fmt: skip
    assert [given["lang"] for tag, given in page.tags if tag == "html"] == [language]
    assert len(page.tables) >= len(charts)


def test_the_tables_say_what_the_figures_say_and_small_numbers_are_kept_back(
    script: Script, lived: TestOffice, tmp_path: Path
) -> None:
    page = made(script, tmp_path, "en")
    told = script.by(LEAD, "stats", "--by", "month", "--json").json

    months = next(table for table in page.tables if table[0][0] == "month")
    assert [row[1:3] for row in months[1:]] == [
        ["*" if row[name] is None else str(row[name]) for name in ("received", "closed")] for row in told["rows"]
    ]
    ends = next(table for table in page.tables if table[0][:2] == ["right", "granted"])
    assert ends[1][0] == "disclosure"
    assert ends[1][-1] == "*"


def test_every_bar_is_as_long_as_its_number(script: Script, lived: TestOffice, tmp_path: Path) -> None:
    file = tmp_path / "board.html"
    script.by(LEAD, "board", "--out", str(file), "--lang", "en")
    text = file.read_text(encoding="utf-8")

    load = re.search(r'aria-labelledby="load-title.*?</svg>', text, re.DOTALL)
    assert load is not None
    widths = [float(width) for width in re.findall(r'<rect[^>]*width="([\d.]+)" height="14"', load[0])]
    late, to_come = widths[0], widths[1]
    people = script.by(LEAD, "forecast", "--json").json["people"][0]
    assert (
        late == 0
        if people["late"] == 0
        else late / (late + to_come) == pytest.approx(people["late"] / people["all"], abs=0.01)
    )


def test_a_board_is_for_a_lead_and_days_are_days(script: Script, office: TestOffice, tmp_path: Path) -> None:
    out = str(tmp_path / "board.html")

    assert script.by(CLERK, "board", "--out", out).status == 1
    assert script.by(LEAD, "board").status == 2
    assert script.by(LEAD, "board", "--out", out, "--since", "soon").status == 2
    assert script.by(LEAD, "board", "--out", out, "--since", "2027-02-01", "--until", "2027-01-01").status == 2
    assert script.by(LEAD, "board", "--out", str(tmp_path)).status == 2
    assert not (tmp_path / "board.html").exists()
    assert script.by(LEAD, "board", "--out", out).status == 0
