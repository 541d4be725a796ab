"""Which functions of ours are called, in the order of their calls, in every thread begun meanwhile."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import NamedTuple

from settings import PROJECT


class Called(NamedTuple):
    """A function of ours: its file, as the project has it, and its name."""

    file: str
    name: str


@contextmanager
def traced(seen: Callable[[Called], object]) -> Iterator[None]:
    """Tell *seen* each call of a function of ours, before the function begins."""
    known: dict[CodeType, Called | None] = {}
    ours = f"{PROJECT}/"

    def profile(frame: FrameType, event: str, _: object) -> None:
        if event != "call":
            return
        code = frame.f_code
        if code not in known:
            mine = code.co_filename.startswith(ours) and "/.venv/" not in code.co_filename
            known[code] = Called(code.co_filename.removeprefix(ours), code.co_name) if mine else None
        called = known[code]
        if called is not None:
            seen(called)

    before, of_threads = sys.getprofile(), threading.getprofile()
    threading.setprofile(profile)
    sys.setprofile(profile)
    try:
        yield
    finally:
        sys.setprofile(before)
        threading.setprofile(of_threads)
