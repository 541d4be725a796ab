"""``python -m lab.bench.scans``: what opening scans costs, beside a Python that does nothing.

Seconds by the wall clock: a start (a picture of one pixel), a page of a form, a page without a code, which is looked at
in every way. The kinds are taken in turn, so that a drift of the machine hits all of them.
"""

import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image

from services.letters.typesetting import typeset
from services.returns import room

ROUNDS = 9


def main() -> int:
    """Measure and print the medians."""
    from lab.letters_sheet import a_letter
    from workflows.engine.values import Language
    from workflows.request.values import LetterKind

    pack = typeset(a_letter(LetterKind.REQUEST_FORMS, Language.JA))
    with tempfile.TemporaryDirectory(prefix="mg-bench-") as folder:
        files = {"pixel": _white(1, 1), "blank": _white(1654, 2339), "pack": pack.pdf}
        paths = {name: Path(folder, name) for name in files}
        for name, content in files.items():
            paths[name].write_bytes(content)
        kinds: dict[str, Callable[[], object]] = {
            "python": lambda: subprocess.run([sys.executable, "-I", "-c", "pass"], check=True),
            **{name: partial(_read, path) for name, path in paths.items()},
        }
        medians = _medians(kinds)
    start = medians["pixel"]
    print(f"python -c pass        {medians['python']:.3f} s")
    print(f"start and one pixel   {start:.3f} s")
    print(f"a page of a form      {(medians['pack'] - start) / pack.pages:.3f} s ({pack.pages} in a file)")
    print(f"a page without a code {medians['blank'] - start:.3f} s")
    return 0


def _read(path: Path) -> int:
    return len(list(room.read(path)))


def _white(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (width, height), 255).save(out, "PNG")
    return out.getvalue()


def _medians(kinds: dict[str, Callable[[], object]]) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(ROUNDS):
        for name, deed in kinds.items():
            start = time.perf_counter()
            deed()
            taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


if __name__ == "__main__":
    sys.exit(main())
