"""Health checks for containers: ``python -m desk.alive file SECONDS PATH...`` and ``python -m desk.alive page URL``.

A worker touches its file with each heartbeat it sends, beat its schedule with each bell: a process that hangs stops
doing so. Asking a worker by ``inspect ping`` costs half a second of CPU and is answered while nothing is consumed.
"""

import http.client
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit


def touched_within(seconds: float, paths: list[Path]) -> bool:
    """Whether any of these files changed in the last *seconds*."""
    changed = [path.stat().st_mtime for path in paths if path.exists()]
    return bool(changed) and time.time() - max(changed) < seconds


def answers(url: str) -> bool:
    """Whether a page of this machine answers with 200."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=5)
    try:
        connection.request("GET", parts.path or "/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def main(arguments: list[str]) -> int:
    """Return 0 where it is alive, 1 where it is not, 2 where the question is not understood."""
    match arguments:
        case ["file", seconds, *paths] if paths:
            return 0 if touched_within(float(seconds), [Path(path) for path in paths]) else 1
        case ["page", url]:
            return 0 if answers(url) else 1
        case _:
            sys.stderr.write("python -m desk.alive file SECONDS PATH... | page URL\n")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
