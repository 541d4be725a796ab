"""What the doctor says of the office's own laws: files that cannot be used, and cases whose law is not here."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row

from services.office import laws
from workflows.engine.values import Reason


def gone(rows: Sequence[Row[Any]]) -> dict[str, Reason]:
    """Return of which cases the law is not here, or cannot be read, and why: nothing else can be said of them."""
    named = ((row.number, row.facts.get("regime")) for row in rows)
    return {number: why for number, law in named if law is not None and (why := laws.why_gone(law, number)) is not None}


def changed(rows: Sequence[Row[Any]]) -> Iterator[tuple[str, str, Reason]]:
    """Yield the open cases under a law of the office's own whose file says something else than when they began.

    A law that is shipped changes with the program, which says so itself.
    """
    for row in rows:
        pin, name = row.facts.get("law_pin"), row.facts.get("regime")
        if pin and row.closed_at is None and not laws.is_shipped(name) and laws.regime(name).digest != pin:
            yield row.number, "law_changed", Reason("doctor.law_changed", {"law": name, "case": row.number})


def of_files() -> Iterator[tuple[None, str, Reason]]:
    """Yield every file of the office's own laws that cannot be used."""
    for file, faults in laws.faults().items():
        yield None, "bad_law", Reason("doctor.bad_law", {"file": str(file), "faults": list(faults)})
