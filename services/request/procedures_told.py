"""What the office's own procedures say to whoever asks: the one of a day, and what another one would change."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row

from models import adopted
from services.engine.office import Office
from services.letters import own_texts
from services.letters.profile import usual_regime
from services.office import adopting, laws, procedure_file, procedures
from services.office.adopting import Wanted
from services.office.procedure_file import Text
from services.office.procedure_values import Compared, Open, Shown
from services.office.procedures import NO_DIGEST, Version
from services.request import own_procedure
from workflows.law import Regime
from workflows.office import SOURCE, OfficeProcedure
from workflows.office.reading import BadFile, parse
from workflows.request.states import request


def shown(db: Connection, office: Office, day: date, language: str) -> Shown:
    """Return what holds on a day, and which versions there are."""
    rows = adopted.everything(db)
    version = procedures.counting(office.adopted, day)
    own, regime = holding(db, office, day)
    return Shown(
        at=day.isoformat(),
        in_force=_in_force(version, rows, office),
        says=own_procedure.sentences(own, regime, day, language),
        values=own_procedure.values(own),
        versions=[_plain(row, office, _standing(row, office, day)) for row in rows],
        home=procedure_file.standing(office),
        kept=_open(db),
    )


def holding(db: Connection, office: Office, day: date) -> tuple[OfficeProcedure, Regime]:
    """Return the procedure that counts on a day, and the law it is under."""
    version = procedures.counting(office.adopted, day)
    own = SOURCE if version is None else procedures.read(db, version.digest)
    return own, laws.regime(_law(version))


def wanted(file: Text, first: date | None) -> Wanted | BadFile:
    """Return what a file asks for, or everything that is wrong with it: also what no letter could print."""
    found = adopting.wanted(file.text, usual_regime(), first, file.name)
    unprintable = own_texts.faults(file.text)
    if not unprintable:
        return found
    return BadFile(file.name, (*(found.faults if isinstance(found, BadFile) else ()), *unprintable))


def compared(db: Connection, what: Wanted, office: Office, language: str) -> Compared:
    """Return what *what* would change for cases that begin from its day on, and which open ones keep theirs."""
    version = procedures.counting(office.adopted, what.first)
    before = SOURCE if version is None else procedures.read(db, version.digest)
    now = _of_text(what.text)
    old = own_procedure.sentences(before, laws.regime(_law(version)), what.first, language)
    new = own_procedure.sentences(now, laws.regime(what.regime or usual_regime()), what.first, language)
    return Compared(
        first=what.first.isoformat(),
        regime=what.regime,
        digest=what.digest,
        before=NO_DIGEST if version is None else version.digest,
        differs=own_procedure.differences(old, new),
        values=own_procedure.changed(own_procedure.values(before), own_procedure.values(now)),
        kept=_open(db),
        stands=adopting.standing(what, office) is not None,
        objection=adopting.objection(db, what, office),
    )


def _of_text(text: str) -> OfficeProcedure:
    found = parse(text) if text else SOURCE
    if isinstance(found, BadFile):
        raise ValueError("only what was read before is compared")
    return found


def _law(version: Version | None) -> str:
    return (version.regime if version is not None else "") or usual_regime()


def _in_force(version: Version | None, rows: list[Row[Any]], office: Office) -> dict[str, Any]:
    if version is None:
        return {"first": None, "regime": "", "digest": "", "adopted_at": None, "adopted_by": None}
    return _plain(next(row for row in rows if row.number == version.number), office, "in_force")


def _plain(row: Row[Any], office: Office, standing: str) -> dict[str, Any]:
    return {
        "number": row.number,
        "first": row.first.isoformat(),
        "regime": row.regime,
        "digest": row.digest,
        "adopted_at": row.adopted_at.astimezone(ZoneInfo(office.calendar.zone)).isoformat(timespec="seconds"),
        "adopted_by": row.adopted_by,
        "standing": standing,
    }


def _standing(row: Row[Any], office: Office, day: date) -> str:
    """Return what a version is on a day: in_force, coming, over, or replaced before it ever counted."""
    versions = procedures.versions(office.adopted)
    last = max(one.number for one in versions if one.first == row.first)
    if row.number != last:
        return "replaced"
    version = procedures.counting(office.adopted, day)
    if version is not None and version.number == row.number:
        return "in_force"
    return "coming" if row.first > day else "over"


def _open(db: Connection) -> list[Open]:
    """Return how many open cases keep which procedure, those of the source's first."""
    found: dict[str, dict[str, int]] = {}
    for row in adopted.open_cases(db, request.name):
        found.setdefault(row.digest or NO_DIGEST, {})[row.state] = row.cases
    order = list(request.states)
    return [
        Open(digest, dict(sorted(states.items(), key=lambda each: order.index(each[0]) if each[0] in order else 99)))
        for digest, states in sorted(found.items())
    ]
