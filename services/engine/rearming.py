"""The clocks of a case kept up with what is written of it outside a transition: a letter that was made, say."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row

from models import case as cases
from models.writes import Writes
from services.engine import timers
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
    if (due, name) != (locked.due_at, locked.next):
        next_moment = {"key_id": locked.id, "key_seq": locked.seq, "due_at": due, "next": name}
        writes.change(cases.case, [next_moment], more=cases.WITNESS)
    writes.send()
