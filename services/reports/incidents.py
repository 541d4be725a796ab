"""What was set aside, told: the incidents, and of one case the line that brings each thing back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from services.engine import dead_letters
from services.engine.dead_letters import Dead
from services.engine.moments import iso
from services.engine.office import Office
from workflows.lines import Line, item
from workflows.tongue import Tongue


def incidents(db: Connection, office: Office, *, only_open: bool) -> list[dict[str, Any]]:
    """Return the incidents, the newest first."""
    return [
        {**one, "at": iso(one["at"], office), "closed_at": iso(one["closed_at"], office)}
        for one in dead_letters.incidents(db, only_open=only_open)
    ]


def incidents_page(found: Sequence[Mapping[str, Any]], tongue: Tongue) -> Iterator[Line]:
    """Say each incident and its fault."""
    if not found:
        yield Line(tongue.tell("requeue.no_incidents"))
    for one in found:
        state = tongue.tell("requeue.open") if one["closed_at"] is None else tongue.tell("requeue.closed")
        when = one["at"][:16].replace("T", " ")
        yield Line(f"{when}  {state}  {_kind(one['kind'], tongue)}  {one['case'] or '-'}  {one['subject']}")
        yield item(one["fault"], 4)


def set_aside(found: Sequence[Dead]) -> list[dict[str, Any]]:
    """Return what of a case is set aside, each with the line that brings it back."""
    return [{"kind": one.kind, "subject": one.subject, "fault": one.fault, "run": line_for(one)} for one in found]


def set_aside_page(found: Sequence[Dead], tongue: Tongue) -> Iterator[Line]:
    """Say what of a case is set aside, each with the line that brings it back."""
    for one in found:
        kind, subject, fault, line = _kind(one.kind, tongue), one.subject, one.fault, line_for(one)
        yield Line(
            tongue.tell("requeue.set_aside", kind=kind, subject=subject, fault=fault, line=line),
            colour="red",
        )


def line_for(one: Dead) -> str:
    """Return the line that brings one thing back."""
    name = f"'{one.name}'" if one.name.startswith("#") else one.name
    return f"./admin.py requeue {name} --why TEXT"


def _kind(kind: str, tongue: Tongue) -> str:
    return tongue.noun(f"incident.{kind}")
