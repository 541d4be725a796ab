"""The clocks of a case kept up with what is written of it outside a transition: a letter that was made, say."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row

from models import case as cases
from models.writes import Writes
from services.engine import timers, todos
from services.engine.loading import load, looked_at_again
from services.engine.office import Office


@contextmanager
def clocks_kept_up(db: Connection, locked: Row[Any], office: Office) -> Iterator[None]:
    """Start and stop the clocks of a case, whose row is *locked*, for whatever the block writes."""
    before = load(db, [locked], office)[locked.number]
    yield
    now = looked_at_again(db, before, office)
    rows, writes = timers.Rows(), Writes(db)
    due, name = timers.rearm(rows, locked.id, before.timers, before.case, now, office)
    rows.write(writes)
    changed = {"due_at": due, "next": name, **todos.columns(now, due, office)}
    if any(getattr(locked, column) != value for column, value in changed.items()):
        row = {"key_id": locked.id, "key_seq": locked.seq, **changed}
        writes.change(cases.case, [row], more=cases.WITNESS)
    writes.send()
