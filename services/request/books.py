"""What a step writes into the books: the entries it added to a case's account, and those it took back."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.engine.office import Office
from services.engine.order import Step
from workflows.request.account import Entry, What


def booked(step: Step, case_id: int, office: Office) -> Iterator[dict[str, Any]]:
    """Yield the rows of a step; none where no money moved."""
    before, after = step.before.account, step.after.account
    if before.entries is after.entries or before.entries == after.entries:
        return
    base = {
        "case_id": case_id,
        "seq": step.after.seq,
        "currency": step.after.office.fees.currency,
        "at": office.now,
        "actor": step.order.actor.name,
    }
    known = {entry.no: entry for entry in before.entries}
    for entry in after.entries:
        was = known.get(entry.no)
        if entry.not_taken is not None:
            continue
        if was is None:
            yield from _rows(entry, base, str(entry.what), 1)
        elif was.undone is None and entry.undone is not None:
            yield from _rows(entry, base, "taken_back", -1)


def _rows(entry: Entry, base: Mapping[str, Any], kind: str, sign: int) -> Iterator[dict[str, Any]]:
    given = -1 if entry.what is What.REFUND else 1
    for label, amount in entry.covers.items():
        yield {
            **base,
            "entry": entry.no,
            "label": label,
            "kind": kind,
            "means": str(entry.means),
            "amount": sign * given * amount,
            "on_day": entry.on,
        }
