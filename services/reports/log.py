"""The office's log as a lead reads it: who looked at whom, who changed what in the office; of a case its steps too.

The log is read from its newest row back, as far as it takes. Whose rows and which case's are wanted is asked of the
database, which goes through a million of them in less than a second.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, Text, cast, or_, select

from models import case as cases
from models.history import history, micros, moment
from models.staff import office_event
from services.engine.moments import iso
from services.engine.office import Office
from workflows.lines import Line, Table
from workflows.tongue import Tongue

LOOKS = frozenset({
    "case_seen", "draft_made", "evidence_made", "figures_seen", "find_page_seen", "find_seen", "finds_listed",
    "history_exported", "inquiry_seen", "names_listed", "papers_seen", "people_looked_for", "tray_seen",
})  # fmt: skip
"""Rows that say that somebody saw something of people."""
CHUNK = 1000
SLACK = 3_600_000_000
"""Microseconds by which a row may be older than the one before it: its transaction began earlier."""
STEP = "step"
_ABOUT = ("case", "inquiry", "letter", "find", "tray", "name", "owner", "batch", "run", "what", "day", "key")
"""What of a row's details is said in its line, in this order."""
FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows: about a case, by somebody, looks alone, since a day; the newest *most* of them."""

    case: str | None = None
    by: str | None = None
    looks: bool = False
    since: date | None = None
    most: int = 100


def entries(db: Connection, office: Office, wanted: Wanted) -> dict[str, Any]:
    """Return ``rows``, the newest first, and whether there are ``more``."""
    found: list[dict[str, Any]] = []
    since = 0 if wanted.since is None else _from(office, wanted.since)
    for row in _newest_first(db, office, wanted):
        if row.at < since:
            if row.at < since - SLACK:
                break
            continue
        # Not asked of the database: it would take all looks there are by their index, and put them in order.
        if wanted.looks and row.what not in LOOKS:
            continue
        if wanted.case is None or _names(row.details, wanted.case):
            found.append(_event(row, office))
        if len(found) > wanted.most:
            break
    if wanted.case is not None and not wanted.looks:
        found += _steps(db, office, wanted, since)
        found.sort(key=lambda one: (one["at"], one["seq"]), reverse=True)
    return {"rows": found[: wanted.most], "more": len(found) > wanted.most}


def _newest_first(db: Connection, office: Office, wanted: Wanted) -> Iterator[Row[Any]]:
    query, before = _asked(office, wanted), None
    while True:
        rows = list(db.execute(query if before is None else query.where(office_event.c.seq < before)))
        yield from rows
        if len(rows) < CHUNK:
            return
        before = rows[-1].seq


def _asked(office: Office, wanted: Wanted) -> Select[Any]:
    event = office_event.c
    query = select(event.seq, event.at, event.what, event.actor, event.details)
    if wanted.by is not None:
        query = query.where(or_(event.actor == wanted.by, event.actor.startswith(f"{wanted.by} (by ", autoescape=True)))
    if wanted.case is not None:  # a letter's or a page's name begins with it
        query = query.where(cast(event.details, Text).contains(wanted.case, autoescape=True))
    return query.order_by(event.seq.desc()).limit(CHUNK)


def _from(office: Office, day: date) -> int:
    return micros(office.calendar.start_of(day))


def _names(details: Any, case: str) -> bool:
    """Whether details name a case, or a letter or page of it, wherever they do."""
    if isinstance(details, Mapping):
        return any(_names(one, case) for one in (*details, *details.values()))
    if isinstance(details, str):
        return details == case or details.startswith(f"{case}-")
    return isinstance(details, Sequence) and any(_names(one, case) for one in details)


def _event(row: Row[Any], office: Office) -> dict[str, Any]:
    return {
        "at": iso(moment(row.at), office),
        "seq": row.seq,
        "by": row.actor,
        "what": row.what,
        "look": row.what in LOOKS,
        "details": row.details,
    }


def _steps(db: Connection, office: Office, wanted: Wanted, since: int) -> Iterator[dict[str, Any]]:
    """Yield the steps of the case, as rows of the same kind."""
    query = select(history.c.seq, history.c.at, history.c.transition, history.c.actor).join(
        cases.case, cases.case.c.id == history.c.case_id
    )
    for row in db.execute(query.where(cases.case.c.number == wanted.case)):
        mine = wanted.by is None or row.actor == wanted.by or row.actor.startswith(f"{wanted.by} (by ")
        if mine and row.at >= since:
            details = {"case": wanted.case, "transition": row.transition, "step": row.seq}
            yield {
                "at": iso(moment(row.at), office), "seq": row.seq, "by": row.actor, "what": STEP, "look": False,
                "details": details,
            }  # fmt: skip


def page(found: Mapping[str, Any], tongue: Tongue) -> Iterator[Line | Table]:
    """Say each row in a line."""
    if not found["rows"]:
        yield Line(tongue.tell("log.none"))
        return
    yield Table(
        [tongue.tell(f"log.head.{name}") for name in ("at", "by", "what", "about")],
        [
            [one["at"][:16].replace("T", " "), one["by"], what_of(one, tongue), _about(one["details"], tongue)]
            for one in found["rows"]
        ],
        widest=(16, 14, 26),
    )
    if found["more"]:
        yield Line(tongue.tell("log.more"), colour="grey")


def what_of(one: Mapping[str, Any], tongue: Tongue) -> str:
    """Return what was done, in words; a step by its own."""
    if one["what"] == STEP:
        return tongue.noun(f"transition.{one['details']['transition']}")
    return tongue.noun(f"event.{one['what']}")


def _about(details: Mapping[str, Any], tongue: Tongue) -> str:
    said = [str(details[name]) for name in _ABOUT if isinstance(details.get(name), (str, int)) and details[name] != ""]
    for name in ("found", "cases", "finds", "searches"):
        if isinstance(details.get(name), list):
            said += _some(details[name], tongue)
    return " ".join(said)


def _some(listed: Sequence[Any], tongue: Tongue) -> Iterable[str]:
    yield from map(str, listed[:FEW])
    if len(listed) > FEW:
        yield tongue.tell("log.and_more", number=len(listed) - FEW)
