"""What an order is known by: a keyed hash over who gave it, for which case, and what it says.

Under the same key the same fingerprint is the same order, given twice. And an order that no longer has the fingerprint
it was accepted with was changed in the database by somebody who has not the office's keys: it is never carried out.
"""

import hmac
import json
from typing import Any

from sqlalchemy import Row

from services.office import Office


def fingerprint(who: tuple[str, str, str | None], case: str, transition: str, plain: bytes, office: Office) -> str:
    """Return the fingerprint of an order; *who* is (name recorded, member of staff, the database's login)."""
    said = [*who, case, transition, plain.decode()]
    return office.keys.lookup_hash("order", json.dumps(said, ensure_ascii=False))


def as_given(row: Row[Any], plain: bytes, office: Office) -> bool:
    """Whether a stored order still is what was accepted; *plain* is its opened payload."""
    now = fingerprint((row.actor, row.staff, row.login), row.case_number, row.transition, plain, office)
    return hmac.compare_digest(str(row.fingerprint).encode(), now.encode())
