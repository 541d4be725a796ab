"""The ways in which a task may fail with an error that holds what nobody may read: see test_canaries."""

import pickle
import sys
from collections.abc import Callable
from typing import Any

CANARY = "Canary-Jane-Example"
SENTENCE = f"{CANARY} of 1-2-3 Example-cho telephoned about her illness"


class Unpicklable(Exception):
    """An error that cannot be sent from a pool's child to its parent."""

    def __init__(self, text: str, more: object) -> None:
        super().__init__(text)
        self.more = lambda: more


def _plain() -> None:
    raise ValueError(SENTENCE)


def _caused() -> None:
    try:
        raise KeyError(SENTENCE)
    except KeyError as error:
        raise RuntimeError("harmless") from error


def _in_context() -> None:
    try:
        _plain()
    finally:
        int("harmless")  # an error on the way out of an error


def _noted() -> None:
    error = ValueError("harmless")
    error.add_note(SENTENCE)
    raise error


def _grouped() -> None:
    raise ExceptionGroup(SENTENCE, [ValueError(SENTENCE), ExceptionGroup("harmless", [KeyError(SENTENCE)])])


def _unpicklable() -> None:
    raise Unpicklable(SENTENCE, SENTENCE)


def _of_a_named_class() -> None:
    raise type(SENTENCE, (Exception,), {"__module__": SENTENCE})(SENTENCE)


def _exits() -> None:
    sys.exit(SENTENCE)


def _decodes() -> None:
    SENTENCE.encode("utf-16").decode("utf-8")


def _calls_wrongly() -> None:
    _plain(**{SENTENCE: 1})  # the mistake that is meant


def _returns() -> str:
    return SENTENCE


def _from_celery() -> None:
    from celery.exceptions import Reject

    raise Reject(SENTENCE, requeue=False)


def _unreadable() -> None:
    pickle.loads(SENTENCE.encode())  # noqa: S301 - the mistake that is meant


WAYS: dict[str, Callable[[], Any]] = {
    way.__name__.removeprefix("_").replace("_", "-"): way
    for way in (
        _plain, _caused, _in_context, _noted, _grouped, _unpicklable, _of_a_named_class, _exits, _decodes,
        _calls_wrongly, _returns, _from_celery, _unreadable,
    )
}  # fmt: skip
"""How a task may fail with data in its error; the way is the second part of the task's id."""
