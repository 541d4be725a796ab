"""What an order is known by: a keyed hash over who gave it, for which case, and what it says.

Under the same key the same fingerprint is the same order, given twice. And an order that no longer has the fingerprint
it was accepted with was changed in the database by somebody who has not the office's keys: it is never carried out.

A fingerprint is over the payload as it was stored, the number of its form included. Another release would write the
same payload otherwise, so where fingerprints differ the payloads themselves are compared, as today's code reads them.
"""

import hmac
import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Row

from models.keys import KeyMissing, SealBroken
from services.engine.office import Office
from workflows.engine.codec import read, to_plain
from workflows.registry import opens


def fingerprint(who: tuple[str, str, str | None], case: str, transition: str, plain: bytes, office: Office) -> str:
    """Return the fingerprint of an order; *who* is (name recorded, member of staff, the database's login)."""
    return _hashed(_said(who, case, transition, plain), office, office.stage)


def as_given(row: Row[Any], plain: bytes, office: Office) -> bool:
    """Whether a stored order still is what was accepted; *plain* is its opened payload."""
    who = (row.actor, row.staff, row.login)
    said = _said(who, row.case_number, row.transition, plain)
    if _is_one_of(row, said, office):
        return True
    # Orders from before migration 0007 named neither the member of staff nor a login, nor a case yet to be opened. To
    # make such a hash for another order takes the office's keys as well.
    case = "" if opens(row.case_number, row.transition) else row.case_number
    return row.login is None and _is_one_of(row, [row.actor, case, row.transition, plain.decode()], office)


def says(row: Row[Any], payload: Any, office: Office, compared: Callable[[Any], object] = to_plain) -> bool:
    """Whether a stored order, of whatever release, says what *payload* says, as *compared*. Raises NewerForm."""
    try:
        plain = office.keys.get(row.case_number).open("command", "sealed", row.key, row.sealed)
        return as_given(row, plain, office) and compared(read(type(payload), json.loads(plain))) == compared(payload)
    except (KeyMissing, SealBroken, ValueError):
        return False


def _is_one_of(row: Row[Any], said: list[str | None], office: Office) -> bool:
    """Whether that is what was accepted, at whichever stage of the look-ups: a fingerprint is never made anew."""
    kept = str(row.fingerprint).encode()
    stages = range(office.stage, 0, -1)
    return any(hmac.compare_digest(kept, _hashed(said, office, stage).encode()) for stage in stages)


def _said(who: tuple[str, str, str | None], case: str, transition: str, plain: bytes) -> list[str | None]:
    return [*who, case, transition, plain.decode()]


def _hashed(said: list[str | None], office: Office, stage: int) -> str:
    return office.keys.lookup_hash("order", json.dumps(said, ensure_ascii=False), stage)
