"""The tray, told: what waits in it, and what became of a page."""

from collections.abc import Sequence
from typing import Any

from services.engine.moments import iso
from services.engine.office import Office
from services.returns.sorting import Destroyed, Kept
from services.returns.tray import Waiting
from workflows.engine.values import Reason
from workflows.lines import Table
from workflows.tongue import Tongue


def page_document(one: Waiting, office: Office) -> dict[str, Any]:
    """Return a page that waits, as programs read it."""
    near = one.near
    return {
        "tray": one.number,
        "why": str(one.why),
        "arrived_at": iso(one.arrived_at, office),
        "scanned_at": iso(one.scanned_at, office),
        "age_days": one.age_days,
        "page": one.file_page,
        "half": one.half,
        "near": None if near is None else {"case": near.case, "form": str(near.form), "page": near.page},
        "overdue": one.overdue,
    }


def tray_page(found: Sequence[Waiting], office: Office, tongue: Tongue) -> list[str | Table]:
    """Say what waits, why, and which matched page lay near."""
    if not found:
        return [tongue.tell("tray.empty")]
    heads = tongue.tell("tray.heads").split()
    cells = [
        [
            f"{one.number}{'!' if one.overdue else ''}",
            str(iso(one.scanned_at, office))[5:16].replace("T", " "),
            str(one.age_days),
            f"{one.file_page}{'' if one.half is None else tongue.tell('returns.short_right')}",
            "" if one.near is None else f"{one.near.case} {one.near.form} {one.near.page}",
            tongue.say(Reason(f"returns.why_{one.why}")),
        ]
        for one in found
    ]
    return [Table(heads, cells)]


def sorted_page(done: Kept | Destroyed, tongue: Tongue) -> tuple[dict[str, Any], list[str]]:
    """Return what became of a page, as programs and as people read it."""
    if isinstance(done, Kept):
        document = {"tray": done.tray, "page": done.number, "case": done.case, "outcome": "assigned", "reason": None}
        tray, number, case = done.tray, done.number, done.case
        words = tongue.tell("tray.kept", tray=tray, case=case, number=number)
    else:
        tray, reason = done.tray, str(done.reason)
        document = {"tray": done.tray, "page": None, "case": None, "outcome": "destroyed", "reason": reason}
        why = tongue.noun(f"discard.{reason}")
        words = tongue.tell("tray.page_destroyed", tray=tray, why=why)
    return document, [words]
