"""A bar on the terminal while something long goes on; nothing at all where nobody would see it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from commands.context import call
from commands.terminal import drawing, one_line


@contextmanager
def progress(words: str, total: int) -> Iterator[Callable[[int], None]]:
    """Yield a function that moves the bar on by so many; the bar is on stderr and goes when it is done."""
    done = 0
    with _bar(words, total) as bar:

        def advance(count: int) -> None:
            nonlocal done
            done += count
            bar(done, total)

        yield advance


@contextmanager
def _bar(words: str, total: int) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that sets the bar to (done, of how many)."""
    if call().quiet or call().json or not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    looks = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*looks, console=Console(file=drawing()), transient=True) as bar:
        task = bar.add_task(one_line(words), total=total)
        yield lambda done, of: bar.update(task, completed=done, total=of)


@contextmanager
def ticking(words: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that is told (done, of how many); the bar begins when the number is known, which may grow."""
    with ExitStack() as stack:
        bars: list[Callable[[int, int], None]] = []

        def tick(done: int, of: int) -> None:
            if not bars:
                bars.append(stack.enter_context(_bar(words, of)))
            bars[0](done, of)

        yield tick
