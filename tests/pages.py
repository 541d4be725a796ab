"""Where the pages of the project lie, and what a fenced block in one looks like."""

import re
from pathlib import Path

from settings import PROJECT

DOCS = PROJECT / "docs"
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(page: Path, language: str) -> list[str]:
    """Return the fenced blocks of a page in that language."""
    return [text for found, text in FENCE.findall(page.read_text(encoding="utf-8")) if found == language]
