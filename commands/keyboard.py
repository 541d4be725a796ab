"""The one way to hear somebody at the terminal: ask, and wait so that Ctrl-C, Ctrl-Z and hanging up are never missed.

Python's own ``input`` looks for signals, and then waits for a line: a Ctrl-C that comes between the two is noticed only
when the next line ends. Here the wait itself ends with a signal, whenever it came.

Everything goes to standard error: what a command answers stands alone on standard output.
"""

import os
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click


def typed(prompt: str) -> str:
    """Ask once and return the line that was typed, without the spaces around it. Raises click.Abort at its end."""
    from services.office import caller

    with caller.present().at_a_question(), _woken_by_signals() as woken:
        click.echo(f"{prompt}: ", nl=False, err=True)
        try:
            _wait_for_a_line(woken)
            line = sys.stdin.readline()
        except KeyboardInterrupt:
            raise click.Abort from None
    if not line:
        raise click.Abort
    return line.strip()


def sure(question: str) -> None:
    """Ask whether to go on. Raises click.Abort unless the answer is yes, in either language; Enter alone is no."""
    from commands.context import said

    while True:
        answer = typed(f"{question} [y/N]")
        if means(answer, "asking.words.yes"):
            return
        if not answer or means(answer, "asking.words.no"):
            raise click.Abort
        click.echo(said("asking.yes_or_no"), err=True)


def agreed(question: str, *, yes: bool, unasked: str = "asking.needs_yes") -> None:
    """Go on with what cannot be undone only where somebody says so: ``--yes``, or the answer to the *question*.

    Raises click.Abort where the answer is no, and the failure of a wrong command line, in the sentence *unasked*, where
    there is nobody to ask.
    """
    from commands.context import WRONG, fails, interactive

    if yes:
        return
    if not interactive():
        raise fails(WRONG, "not_confirmed", unasked)
    sure(question)


def means(answer: str, code: str) -> bool:
    """Whether a word is one of those that mean this, in either language, whichever the screen's is."""
    from commands.context import LANGUAGES
    from workflows.words import tell as told

    return answer.casefold() in [word for language in LANGUAGES for word in told(code, language).split()]


@contextmanager
def _woken_by_signals() -> Iterator[int]:
    """Yield a descriptor that can be read as soon as a signal came."""
    woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    before = signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    try:
        yield woken
    finally:
        signal.set_wakeup_fd(before)
        os.close(woken)
        os.close(wake)


def _wait_for_a_line(woken: int) -> None:
    """Wait until the terminal has a line; what else stands in its place is read as it comes."""
    if not sys.stdin.isatty():
        return
    ears = select.poll()
    ears.register(sys.stdin.fileno(), select.POLLIN)
    ears.register(woken, select.POLLIN)
    while True:
        heard = [number for number, _ in ears.poll()]
        if woken in heard:
            os.read(woken, 100)  # its handler has run by the next line
        elif heard:
            return
