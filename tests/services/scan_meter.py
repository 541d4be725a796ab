"""Reads files in a small process of its own, so that what its children used can be told from what the tests use.

The kernel passes the largest memory of a parent on to the account of its children; this parent stays small.
"""

import json
import resource
import sys
from pathlib import Path

from services.returns import room
from services.returns.pages import Unreadable

SECONDS = 3
"""How long a file is computed on here, so that no test computes as long as an office would."""


def main(folder: str) -> None:
    """Write for each file of the list on standard input: the code, the pages read, computing time and peak in bytes."""
    room._START = room._START.replace("reader.main", f"walls.CPU_SECONDS = {SECONDS}; reader.main").replace(
        "import reader", "import reader, walls"
    )
    told = {}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for name in json.load(sys.stdin):
        code, pages = "read", 0
        try:
            for _page in room.read(Path(folder) / name):
                pages += 1
        except Unreadable as refusal:
            code = refusal.code
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        told[name] = {"code": code, "pages": pages, "seconds": seconds, "peak": after.ru_maxrss * 1024}
        before = after
    print(json.dumps(told))  # noqa: T201 - this is its answer
