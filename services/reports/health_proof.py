"""Whether what is recorded is also signed: a desk that records and signs nothing proves less with every minute."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from models import checkpoint
from models.command import command
from models.history import history, moment
from models.signing import SigningKey
from services.engine.moments import iso
from services.engine.office import Office
from services.reports.health_check import Check
from workflows.engine.values import Reason

PATIENCE = timedelta(minutes=20)
"""Four checkpoints: a desk that was started a moment ago has had the time for one."""

_UNSIGNED = select(func.min(history.c.at))
FIRST = select(command.c.placed_at).order_by(command.c.id).limit(1)
"""When the first order was placed: before, there was nothing to prove and nothing to lose."""


def proof(db: Connection, office: Office, now: datetime) -> Iterator[Check]:
    """Look at the newest checkpoint and at the key that signs; *now* is the machine's time.

    What was recorded has its office time, which a drill moves by days: so the last checkpoint must be old as well.
    """
    newest = checkpoint.newest(db)
    since = db.execute(FIRST).scalar_one_or_none() if newest is None else newest.at
    unfit = SigningKey(office.keys.folder).fault()
    last = _signed(office) if newest is not None else None
    if newest is not None and last is not None and last < newest.number:
        path = str(office.settings.checkpoints / checkpoint.FILE)
        params: dict[str, object] = {"number": last, "newest": newest.number, "path": path}
        yield Check("checkpoints", ok=False, detail=Reason("audit.not_signed_after", params))
    elif unfit is not None and newest is not None:
        yield Check("checkpoints", ok=False, detail=unfit.reason)
    elif newest is None:
        late = since is not None and now - since > PATIENCE
        yield Check(
            "checkpoints", ok=not late, detail=Reason("health.signed_never" if late else "health.signed_not_yet")
        )
    else:
        oldest = db.execute(_UNSIGNED.where(history.c.at > newest.mark)).scalar_one_or_none()
        late = oldest is not None and now - newest.at > PATIENCE and office.now - moment(oldest) > PATIENCE
        params = {"number": newest.number, "at": iso(newest.at, office)}
        yield Check(
            "checkpoints", ok=not late, detail=Reason("health.signed_late" if late else "health.signed", params)
        )


def _signed(office: Office) -> int | None:
    """Return the last checkpoint in the file; None where the caller may not look at it."""
    try:
        return checkpoint.last_in(office.settings.checkpoints / checkpoint.FILE)
    except OSError:
        return None
