"""The sources as trees, for the tests that read them: each file is parsed once in a process, whoever looks at it."""

import ast
from functools import cache
from pathlib import Path


@cache
def tree(path: Path) -> ast.Module:
    """Return the tree of a file; it is everybody's, and nobody changes it."""
    return ast.parse(path.read_text(encoding="utf-8"))
