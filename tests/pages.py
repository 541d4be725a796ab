"""Where the pages of the project lie, and what a fenced block in one looks like."""

import re

from settings import PROJECT

DOCS = PROJECT / "docs"
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
