"""The codes printed on forms: made once per round, kept as keyed hashes, void when forms are issued again."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, update

from models import evidence
from models.evidence import form_code
from services.engine.office import Office
from workflows.engine.numbers import RANDOM_BYTES, make_code, parse_code
from workflows.request.values import CodeState

_END = (
    update(form_code)
    .where(form_code.c.case_id == bindparam("key_case_id"), form_code.c.state == "live")
    .where(form_code.c.seq != bindparam("key_seq"))
    .values(state=bindparam("new_state"), ended_at=bindparam("now"))
)
_REVIVE = (
    update(form_code)
    .where(form_code.c.letter.in_(bindparam("letters", expanding=True)), form_code.c.state != "live")
    .values(state="live", ended_at=None)
)
_EXPIRE = (
    update(form_code)
    .where(form_code.c.case_id == bindparam("key_case_id"), form_code.c.state == "live")
    .values(expires_on=bindparam("day"))
)


def new_code(office: Office) -> tuple[str, str]:
    """Return a new code (80 random bits and a check character) and its keyed hash."""
    code = make_code(secrets.token_bytes(RANDOM_BYTES))
    return code, office.keys.lookup_hash("form_code", code)


def state_of(db: Connection, row: Row[Any], text: str | None, office: Office, *, again: bool = False) -> CodeState:
    """Return what the code on a returned form is to this case, in its present round.

    ``again``: the arrival is registered anew, and its code was used when it was registered first.
    """
    if text is None or not text.strip():
        return CodeState.MISSING
    code = parse_code(text)
    found = None if code is None else evidence.code_by_hash(db, office.keys.lookup_hash("form_code", code))
    return CodeState.WRONG if found is None else worth(row, found, office, again=again)


def worth(row: Row[Any], found: Row[Any], office: Office, *, again: bool = False) -> CodeState:
    """Return what a code the office knows is to this case, in its present round; ``again`` as of `state_of`."""
    if found.case_id != row.id:
        return CodeState.FOREIGN
    if found.state == "void":
        return CodeState.VOID
    if again and found.state == "used":
        return CodeState.GOOD
    if found.state == "used" or found.round != row.facts["rounds"]:
        return CodeState.OLD
    if found.expires_on is not None and office.calendar.today(office.now) > found.expires_on:
        return CodeState.EXPIRED
    return CodeState.GOOD


def revive(db: Connection, letters: Sequence[str]) -> None:
    """Let the codes of these mailings live again: what ended them was recorded wrongly."""
    if letters:
        db.execute(_REVIVE, {"letters": list(letters)})


def end(db: Connection, endings: Sequence[tuple[int, int, str]], now: datetime) -> None:
    """End the live codes of these cases: (case id, seq of a code ordered just now and kept, 'used' or 'void')."""
    if endings:
        rows = [{"key_case_id": i, "key_seq": seq, "new_state": state, "now": now} for i, seq, state in endings]
        db.execute(_END, rows)


def expire(db: Connection, expiries: Sequence[dict[str, Any]]) -> None:
    """Set the last day of the live codes of these cases; they were posted."""
    if expiries:
        db.execute(_EXPIRE, list(expiries))
