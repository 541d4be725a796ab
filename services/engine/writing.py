"""A batch of decided transitions written to the tables: the cases first, and then all the rest."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from models import case as cases
from models import history, tally
from models.incident import notice
from models.writes import Part, Writes
from services.engine import timers, todos, urgency
from services.engine.office import Office
from services.engine.order import LostRace, Step
from services.engine.store import Writer, store
from workflows.engine.case import Change
from workflows.engine.past import BACK_TO, REPLACES, UNDOES
from workflows.engine.payloads import Adopt
from workflows.registry import of_number


def write(writes: Writes, steps: Sequence[Step], office: Office) -> list[Part]:
    """Write the cases of decided transitions, at most one per case, and give the rest to be written.

    Returns what the effects they order will be, once all is sent: ``case_number`` and ``id``.

    Raises:
        LostRace: a case changed under its lock; nothing may be committed.
    """
    if not steps:
        return []
    db = writes.db
    by_procedure: dict[str, list[Step]] = {}
    for step in steps:
        by_procedure.setdefault(of_number(step.after.number).name, []).append(step)
    writers = {name: store(name).writer(db, mine, office) for name, mine in by_procedure.items()}
    heads = {step.after.number: _history_row(step, office) for step in steps}
    rows = {
        step.after.number: _case_row(step, heads[step.after.number], writers[name], office)
        for name, mine in by_procedure.items()
        for step in mine
    }
    ids = {step.after.number: step.loaded.row.id for step in steps if step.loaded is not None}
    timer_rows = _rearm(steps, ids, rows, office)
    new = [rows[step.after.number] for step in steps if step.loaded is None]
    if new:
        ids |= cases.add(db, new)
    moved = _moved(steps, rows)
    lost = len(moved) - cases.write(db, moved)
    if lost:  # what follows would only fail in words that hide the reason
        raise LostRace(f"{lost} of {len(steps)} cases")
    history.append(writes, [{**_without_case(head), "case_id": ids[number]} for number, head in heads.items()])
    writes.add(tally.uncounted, [{"case_id": ids[number], "seq": head["seq"]} for number, head in heads.items()])
    timer_rows.write(writes, ids)
    writes.add(notice, _notices(steps, ids, office))
    return [part for writer in writers.values() for part in writer.write(writes, ids, rows)]


def _case_row(step: Step, head: Mapping[str, Any], writer: Writer, office: Office) -> dict[str, Any]:
    """Return the columns of the case as they are after the step."""
    after, loaded = step.after, step.loaded
    machine = of_number(after.number).machine
    state = machine.states[after.state]
    closed_at = office.now if state.closed else None
    if loaded is not None and state.closed and step.before.state == after.state:
        closed_at = loaded.row.closed_at
    new = {"number": after.number, "definition": machine.name, "opened_at": office.now}
    return {
        **({**new, "facts": {}, "letters": 0, "sole": False} if loaded is None else {}),
        **cases.core_columns(after),
        "head": head["hash"],
        "head_at": head["at"],
        "version": machine.version,
        "open": not state.closed,
        "closed_at": closed_at,
        **urgency.marks(None if loaded is None else loaded.row, after, step.order.cause),
        **writer.columns(step),
    }


def _moved(steps: Sequence[Step], rows: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what is written of cases there were: their keys, and the columns that change in any of them."""
    known = [(step.loaded.row, rows[step.after.number]) for step in steps if step.loaded is not None]
    changed = {name for row, new in known for name, value in new.items() if value != getattr(row, name)}
    return [
        {"key_id": row.id, "key_seq": row.seq, **{name: value for name, value in new.items() if name in changed}}
        for row, new in known
    ]


def _rearm(
    steps: Sequence[Step], ids: Mapping[str, int], rows: Mapping[str, dict[str, Any]], office: Office
) -> timers.Rows:
    """Return what changes in the timers, and put each case's next moment and job into its row.

    A new case has no id yet; its timers get it when they are written.
    """
    found = timers.Rows()
    for step in steps:
        order, number = step.order, step.after.number
        due, name = timers.rearm(
            found,
            ids.get(number, 0),
            step.loaded.timers if step.loaded is not None else [],
            step.before if step.loaded is not None else None,
            step.after,
            office,
            order if order.timer is not None else None,
            order.payload.firings if isinstance(order.payload, Adopt) else None,
            asked=order.timer is not None and step.decision.transition != order.transition,
            back_to=step.decision.change.back_to,
        )
        rows[number].update(due_at=due, next=name, **todos.columns(step.after, due, office))
    return found


def _history_row(step: Step, office: Office) -> dict[str, Any]:
    number, order, machine = step.after.number, step.order, of_number(step.after.number).machine
    row: dict[str, Any] = {
        "form": history.FORM,
        "case": number,
        "seq": step.after.seq,
        # Never before the row it follows, whatever another machine's clock said then.
        "at": max(history.micros(office.now), 0 if step.loaded is None else step.loaded.row.head_at),
        "transition": step.decision.transition,
        "source": step.decision.source,
        "target": str(step.after.state),
        "actor": order.actor.name,
        "cause": order.cause,
        "definition": machine.name,
        "version": machine.version,
        "revision": office.settings.code_revision,
        # Through JSON once, so that what is hashed is what will be read back.
        "details": json.loads(json.dumps(_details(step.decision.change))),
        "commitment": None if order.plain is None else office.keys.get(number).commitment(order.plain),
        "prev_hash": "" if step.loaded is None else step.loaded.row.head,
    }
    row["hash"] = history.chain(row)
    return row


def _details(change: Change) -> Mapping[str, object]:
    """Return what a history row says beside the step: of one that puts something right, also what it takes back."""
    details = dict(change.details)
    if change.undoes is not None:
        details[UNDOES] = change.undoes
    if change.replaces is not None:
        details[REPLACES] = change.replaces
    if change.back_to is not None:
        details[BACK_TO] = change.back_to.told()
    return details


def _notices(steps: Sequence[Step], ids: Mapping[str, int], office: Office) -> list[dict[str, Any]]:
    return [
        {
            "case_id": ids[step.after.number],
            "case_number": step.after.number,
            "seq": step.after.seq,
            "role": str(tell.role),
            "code": tell.reason.code,
            "params": dict(tell.reason.params),
            "at": office.now,
        }
        for step in steps
        for tell in step.decision.change.notices
    ]


def _without_case(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "case"}
