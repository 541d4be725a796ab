"""A procedure that any release could adopt is read by every later one: its cases are under it for years."""

from pathlib import Path

import pytest

from tests.workflows.office.golden import kept
from workflows.office.reading import BadFile, parse


@pytest.mark.parametrize("path", kept(), ids=lambda path: path.stem)
def test_what_was_adopted_once_stays_readable(path: Path) -> None:
    found = parse(path.read_text(encoding="utf-8"))

    # A file no release has had yet may be taken away and made anew: python -m tests.workflows.office.golden
    assert not isinstance(found, BadFile), found.placed()
