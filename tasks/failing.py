"""How a task fails: with a code and the place, never with a text. Names and addresses stand in the texts of errors.

What a task raises reaches logs, events, Flower and its API in clear; so nothing leaves a task but `TaskFailed`.
"""

import re
from collections.abc import Iterator
from typing import Any

from celery import Task

from models.incident import fault_of

MOST = 8
"""How many errors of a chain are named."""
_A_CLASS = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,79}")
_A_WORD = re.compile(r"[a-z_]{1,40}")


class TaskFailed(Exception):
    """A task failed; the text is the classes of the errors and the lines they came from."""


class IdsOnly(Task[..., Any]):
    """A task whose failures show in Flower as codes: exception texts and return values are seen there in clear."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Carry the task out; raise TaskFailed with a code for whatever it raises, without that error itself.

        It is raised after the error is left behind, so that neither cause nor context nor note goes with it.
        """
        try:
            result = super().__call__(*args, **kwargs)
            return result if _tells_nothing(result) else type(result).__name__
        except MemoryError:
            failed: BaseException = MemoryError()  # Celery ends the process over it, and is right
        # Celery's own Reject, Ignore and Retry carry texts too, and nothing of ours raises them: the sweeps try again.
        except Exception as error:  # noqa: BLE001 - all of them: that is what it is for
            failed = TaskFailed(code_of(error))
        except SystemExit as end:
            # A worker's own end is a class of Celery's; a library that calls exit() must not take the worker with it.
            if type(end) is not SystemExit:
                raise
            failed = TaskFailed(code_of(end))
        raise failed


def code_of(error: BaseException) -> str:
    """Return the classes and places of an error and of those behind it: ``KeyError at orders.py:12 < ValueError``."""
    return " < ".join(_named(one) for one in _chain(error))


def _named(error: BaseException) -> str:
    kind = type(error).__name__
    place = fault_of(error).removeprefix(kind)
    return f"{kind if _A_CLASS.fullmatch(kind) else 'Error'}{place}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error, then what it came from and what it holds; each once, the most telling ones only."""
    waiting, seen = [error], set[int]()
    while waiting and len(seen) < MOST:
        one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        behind = [one.__cause__, one.__context__]
        held = one.exceptions if isinstance(one, BaseExceptionGroup) else ()
        waiting += [other for other in (*behind, *held) if other is not None]


def _tells_nothing(result: Any) -> bool:
    """Whether a result may be seen by everybody: nothing, a number, a word of ours."""
    return result is None or isinstance(result, int) or (isinstance(result, str) and bool(_A_WORD.fullmatch(result)))
