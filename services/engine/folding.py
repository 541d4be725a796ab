"""A case's history folded: what its rows alone say of where the case stands, and the first place where they break."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row

from models import history
from workflows.engine.past import BACK_TO
from workflows.engine.values import SYSTEM, Reason, Role

Shapes = Mapping[tuple[str, int], Mapping[str, Any]]
"""(name, version) of a definition -> its shape, as it was recorded."""


@dataclass(slots=True)
class Folded:
    """What the history says. ``fired`` counts the firings of each timer, by (entry, name)."""

    seq: int = 0
    state: str = ""
    entered_seq: int = 0
    head: str = ""
    adopted_seq: int = 0
    fired: dict[tuple[int, str], int] = field(default_factory=dict)
    faults: list[tuple[str, Reason]] = field(default_factory=list)


def fold(number: str, rows: Sequence[Row[Any]], shapes: Shapes) -> Folded:
    """Return where the case stands after these rows, in their order, and every fault in them.

    A fault is (what, sentence): the chain is reported once, at its first bad row, since every row after it hangs on it.
    """
    folded = Folded()
    broken = False
    for row in rows:
        where = {"seq": row.seq}
        if row.seq != folded.seq + 1:
            folded.faults.append(("history_gap", Reason("doctor.history_gap", {**where, "after": folded.seq})))
        if not broken and (row.prev_hash != folded.head or _hash(number, row) != row.hash):
            broken = True
            folded.faults.append(("chain_broken", Reason("doctor.chain_broken", where)))
        if (row.source or "") != folded.state:
            params = {**where, "source": row.source or "-", "before": folded.state or "-"}
            folded.faults.append(("history_jumps", Reason("doctor.history_jumps", params)))
        if not _allowed(row, shapes):
            params = {**where, "transition": row.transition, "source": row.source or "-", "target": row.target}
            folded.faults.append(("illegal_step", Reason("doctor.illegal_step", params)))
        if not _by_somebody(row, shapes):
            params = {**where, "transition": row.transition, "actor": row.actor, "cause": row.cause}
            folded.faults.append(("not_the_clock", Reason("doctor.not_the_clock", params)))
        _take(folded, row)
    return folded


def _take(folded: Folded, row: Row[Any]) -> None:
    if row.target != folded.state:
        folded.entered_seq = row.seq
    if row.transition == "adopt":
        folded.adopted_seq = row.seq
    folded.seq, folded.state, folded.head = row.seq, row.target, row.hash
    if (back := row.details.get(BACK_TO)) is not None:  # what had fired there has fired
        folded.fired |= {(row.seq, name): count for name, count in back["fired"].items()}
    kind, _, rest = row.cause.partition(":")
    if kind == "timer":
        name, entry, fire_no = rest.split(":")
        key = (int(entry), name)
        folded.fired[key] = max(folded.fired.get(key, 0), int(fire_no))


def _hash(number: str, row: Row[Any]) -> str:
    return history.chain({**row._mapping, "case": number})  # noqa: SLF001 - SQLAlchemy's own public name for a row as a mapping


def _by_somebody(row: Row[Any], shapes: Shapes) -> bool:
    """Whether a row that no order caused was written by the clock, and is a step that is the clock's to take."""
    if row.cause.startswith("order:"):
        return True
    step = shapes.get((row.definition, row.version), {}).get("transitions", {}).get(row.transition)
    return bool(row.actor == SYSTEM.name and (step is None or Role.SYSTEM in step["roles"]))


def _allowed(row: Row[Any], shapes: Shapes) -> bool:
    """Whether the step is one of the definition it was made under; of an unknown one nothing can be said."""
    shape = shapes.get((row.definition, row.version))
    if shape is None:
        return True
    step = shape["transitions"].get(row.transition)
    if step is None:
        return False
    if not step["sources"]:
        return row.source is None and row.target == step["target"]
    return row.source in step["sources"] and row.target == (step["target"] or row.source)
