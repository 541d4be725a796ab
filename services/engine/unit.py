"""The unit of work: how a deed begins a transaction, what the office is in it, and who is told after the commit."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, Row

from clock import Look
from models.session import glancing
from services.engine.office import Office
from services.engine.order import Outcome


def nobody(outcomes: Sequence[Outcome]) -> None:
    """Tell nobody: the sweeps find what waits."""


def unseen(effect: Row[Any], became: str) -> None:
    """Write nothing down."""


class HowItStands(Protocol):
    """Returns the office at this moment; ``seen`` is what somebody has read of it in the same transaction already."""

    def __call__(self, db: Connection, seen: Look | None = None, /) -> Office:
        """Return it."""


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """Where a deed's transactions come from; each process has one.

    ``begin`` yields a connection in a transaction, which is committed at the end of its block and rolled back when an
    error leaves it; ``look`` yields one that only reads, ``glance`` one that only reads once. ``office`` returns the
    office at that moment. ``notify`` is given what was carried out, after the commit: whoever makes letters is told of
    those that were ordered. ``outside`` is told what became of each piece of work outside (the effect's row, a word).
    """

    begin: Callable[[], AbstractContextManager[Connection]]
    look: Callable[[], AbstractContextManager[Connection]]
    office: HowItStands
    notify: Callable[[Sequence[Outcome]], None] = nobody
    glance: Callable[[], AbstractContextManager[Connection]] = glancing
    outside: Callable[[Row[Any], str], None] = unseen
