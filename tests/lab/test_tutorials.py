"""Each tutorial is carried out block by block at a real desk, and what it shows is what comes."""

from difflib import unified_diff
from pathlib import Path

import pytest

from lab.tutorials.__main__ import PAGES
from lab.tutorials.carried import reader
from lab.tutorials.page import alike, blocks, written

PAGE = """# A page

```console
$ ./admin.py status
x queue clock  no worker
$ ./admin.py today
```

```sh
not carried out
```
"""


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name.removesuffix(".md"))
def test_what_a_tutorial_shows_is_what_comes(page: Path) -> None:
    lines = page.read_text("utf-8").split("\n")

    with reader() as somebody:
        came = written(lines, somebody.follow(lines))

    assert "\n".join(unified_diff(alike(lines), alike(came), lineterm="", n=1)) == ""


def test_a_page_is_read_and_written_as_it_stands() -> None:
    (block,) = blocks(PAGE.split("\n"))

    assert [(one.line, one.shown) for one in block.typed] == [
        ("./admin.py status", ["x queue clock  no worker"]),
        ("./admin.py today", []),
    ]
    assert "\n".join(written(PAGE.split("\n"), [block])) == PAGE


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("22:44:30  desk1 started (pid 7715)", "07:01:02  desk1 started (pid 12)", True),
        ("27-000001-X: contacted", "27-000002-X: contacted", False),
        ("o queue clock        desk1@vm, 0:00:01 ago", "o queue clock        desk1@box, 0:00:19 ago", True),
        ("x queue clock        desk1@vm", "o queue clock        desk1@vm", False),
        ("1    2027-01-18 10:00  open", "1    2027-01-18 10:03  open", True),
        ("code PW63-FA1F-PZXC-4CG4-C", "code 79S0-9EJ5-1YF0-WH9N-X", True),
        ('{"desk2@vm": true, "desk1@vm": true}', '{"desk1@vm": true, "desk2@vm": true}', True),
    ],
)
def test_two_showings_differ_by_what_matters_alone(one: str, other: str, same: bool) -> None:
    assert (alike([one]) == alike([other])) is same


def test_each_page_is_there_in_both_languages_with_the_same_commands() -> None:
    for page in PAGES[::2]:
        there = page.with_name(page.name.replace(".md", ".ja.md"))
        pages = [blocks(each.read_text("utf-8").split("\n")) for each in (page, there)]
        typed = [[one.line for block in found for one in block.typed] for found in pages]

        assert [_plain(line) for line in typed[0]] == [_plain(line) for line in typed[1]]


def _plain(line: str) -> str:
    """Return a command without the reason somebody gives in their own words, their language and a number of theirs."""
    return alike([line.partition(" --why ")[0].replace("LANG=ja", "LANG=en").partition(" | grep")[0]])[0]
