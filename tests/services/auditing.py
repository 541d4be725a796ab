"""The recipes of docs/auditing.md, run as they stand there on an office's database."""

import io
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any, cast

from settings import PROJECT
from tests.office import TestOffice

Run = Callable[[str, str], tuple[int, str]]
"""A program and the address of its database -> how it ended, and what it said."""


def apart(program: str, url: str) -> tuple[int, str]:
    """Run a program as an auditor does: in a process that has nothing of ours."""
    line = [sys.executable, "-I", "-c", program, url]
    done = subprocess.run(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=False)
    return done.returncode, done.stdout


def here(program: str, url: str) -> tuple[int, str]:
    """Run a program as it stands in this process, which is many times quicker, and leave nothing of it."""
    out, names, argv = io.StringIO(), {"__name__": "__main__"}, sys.argv
    sys.argv = ["-c", url]
    try:
        with redirect_stdout(out):
            exec(compile(program, "<recipe>", "exec"), names)  # noqa: S102 - our own page
    except SystemExit as end:
        return 1, f"{out.getvalue()}{end.code}\n"
    finally:
        sys.argv = argv
        if "db" in names:
            cast(Any, names["db"]).close()
    return 0, out.getvalue()


def recipes(office: TestOffice, run: Run = here) -> list[tuple[int, str]]:
    """Run every recipe of the auditors' page on this office's database; return how each ended and what it said."""
    page = (PROJECT / "docs" / "auditing.md").read_text(encoding="utf-8")
    argument = office.url.removeprefix("sqlite:///")
    url = argument.replace("postgresql+psycopg://", "postgresql://")
    found = []
    for source in re.findall(r"^```python\n(.*?)^```", page, flags=re.DOTALL | re.MULTILINE):
        program = source
        if argument == office.url:
            program = re.sub(
                r"^db = .*$", "import psycopg; db = psycopg.connect(sys.argv[1])", source, flags=re.MULTILINE
            )
        found.append(run(program, url))
    return found
