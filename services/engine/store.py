"""How a procedure's facts are kept: what the engine asks of the ``STORE`` in its ``store.py``.

Every call serves a whole batch. The engine itself reads and writes the case's row, its history, its timers, its notices
and the answers of orders.
"""

import importlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection, Row

from models.questions import Answers, Question
from models.writes import Part, Writes
from services.engine.office import Office
from services.engine.order import Loaded, Order, Step
from workflows.engine.values import Reason
from workflows.registry import HOMES


class Writer(Protocol):
    """What one batch of steps writes of a procedure's own; made before anything of the batch is written."""

    def columns(self, step: Step) -> dict[str, Any]:
        """Return the columns of the case's row that are the procedure's: facts, people who acted, sealed words."""
        ...

    def write(self, writes: Writes, ids: Mapping[str, int], rows: Mapping[str, Mapping[str, Any]]) -> Sequence[Part]:
        """Give the rest to be written, and return the parts of it whose rows are effects (``case_number``, ``id``).

        What cannot wait until all is sent is written at once (``writes.db``), a statement a kind. ``ids`` and ``rows``
        are the cases' ids and rows as they were just written, by number.
        """
        ...


class Store(Protocol):
    """What the engine asks of a procedure's store."""

    def ready(self) -> None:
        """Raise what would keep any case from being opened at present: settings of the office that cannot be used."""
        ...

    def asks(self, rows: Sequence[Row[Any]], wanted: Collection[str]) -> Sequence[Question]:
        """Return what must be asked about these cases (``ids``) beside their rows; ``wanted`` are the transitions.

        With nothing wanted, only what deadlines depend on. The engine asks it along with what it asks itself.
        """
        ...

    def views(
        self, rows: Sequence[Row[Any]], answers: Answers, office: Office, wanted: Collection[str]
    ) -> Mapping[str, tuple[Any, Any]]:
        """Return (view, whatever else was read) of these cases by number; ``answers`` may be of other cases too."""
        ...

    def meets(self, order: Order, office: Office) -> Collection[str] | None:
        """Return by what this order's rules find other cases, or other cases' rules what it writes; None: everything.

        Orders that share one of these are carried out one after another, never side by side.
        """
        ...

    def seen(self, db: Connection, asked: Sequence[tuple[Order, Loaded | None]], office: Office) -> Sequence[Any]:
        """Return the cases as the rules of these orders are to see them, with what only other cases can tell.

        None in the place of a loaded case: the order would open it.
        """
        ...

    def housed(self, db: Connection, loaded: Mapping[str, Loaded], office: Office) -> Mapping[str, Any]:
        """Return the views with what lies in the house unregistered: asked before the clock says that nothing came."""
        ...

    def under_the_law(self, db: Connection, rows: Sequence[Row[Any]], office: Office) -> Mapping[str, Any]:
        """Return the views of those of these cases in which a date of the law can run, with as little read as it takes.

        Asked for lists, of many cases at once.
        """
        ...

    def shown(self, db: Connection, loaded: Loaded, office: Office) -> Mapping[str, Any]:
        """Return what `show` says of a case beside what the engine knows: plain data, nothing personal."""
        ...

    def personal(self, db: Connection, row: Row[Any], office: Office) -> Mapping[str, Any]:
        """Return the people of a case and their words, for whoever may see them; ``erased`` where the key is gone."""
        ...

    def dates(self, case: Any, office: Office) -> Iterable[Reason]:
        """Return what `why` says of days: whose time runs until when."""
        ...

    def writer(self, db: Connection, steps: Sequence[Step], office: Office) -> Writer:
        """Return what writes these steps; what must be read or sealed for that is read now."""
        ...


@cache
def store(procedure: str) -> Store:
    """Return the store of the procedure of that name."""
    found: Store = importlib.import_module(f"{HOMES[procedure][1]}.store").STORE
    return found
