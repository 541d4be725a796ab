"""A desk that is ended in order even when somebody is impatient: the first interrupt ends the run, the rest wait."""

import signal
from types import FrameType

from desk.supervisor import Desk

_INTERRUPTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Undisturbed:
    """A desk whose end nobody interrupts: each program has its grace, and half an end would leave half a desk."""

    def __init__(self, desk: Desk) -> None:
        """Take note of the desk; it is started on entering."""
        self._desk = desk

    def __enter__(self) -> Desk:
        """Return the desk when every program is ready."""
        try:
            self._desk.start()
            self._desk.wait_ready(120)
        except BaseException:
            self.__exit__()
            raise
        return self._desk

    def __exit__(self, *_: object) -> None:
        """End every program of the desk."""
        _no_more_interrupts()
        self._desk.stop()


def end_at_the_first_interrupt() -> None:
    """Raise KeyboardInterrupt at the first signal that asks this process to end, and at no later one."""
    for number in _INTERRUPTS:
        signal.signal(number, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    _no_more_interrupts()
    raise KeyboardInterrupt


def _no_more_interrupts() -> None:
    for number in _INTERRUPTS:
        signal.signal(number, signal.SIG_IGN)
