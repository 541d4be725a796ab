"""``status`` and ``doctor``: whether everything runs, and whether everything stored fits together."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.context import DONE, REFUSED, UNREACHABLE, call, said, tongue
from commands.office import looking, staff_member, unit
from commands.output import answer, note
from commands.progress import ticking
from commands.shape import command, option
from workflows.words import say

if TYPE_CHECKING:
    from services.audit.doctor import Finding
    from services.reports.health import Check


@command("status", words="status.help.status")
def status() -> int:
    """Show the health of the desk."""
    from services.reports.health_page import health_page
    from settings import settings
    from tasks.certificates import seen
    from tasks.publish import ping

    found = _checks(settings(), ping(settings().broker_url), seen(settings()))
    ok = all(check.ok for check in found)
    address = _first_line(settings().flower_address)
    document = {
        "ok": ok,
        "checks": [
            {
                "name": check.name,
                "ok": check.ok,
                "detail": say(check.detail, call().language),
                "note": check.note,
                "run": check.run or None,
            }
            for check in found
        ],
        "flower": address,
        "flower_auth": str(settings().flower_auth) if settings().flower_auth.exists() else None,
    }
    answer(document, health_page(found, address, tongue()))
    if not found[0].ok:
        return UNREACHABLE
    return DONE if ok else REFUSED


def _checks(settings: Any, broker_fault: str | None, certificates: Any) -> "list[Check]":
    """Return what was found; a database that is away is a finding too, a place without an office is none."""
    from sqlalchemy.exc import SQLAlchemyError

    from commands.trouble import explain
    from services.reports.health import checks

    try:
        with looking() as (db, office):
            return checks(db, office, settings, broker_fault, seen=certificates)
    except SQLAlchemyError as error:
        failure = explain(error)
        if failure.code == "no_office":
            raise failure from error
        busy = failure.code == "database_busy"
        return checks(None, None, settings, broker_fault, busy=busy, seen=certificates)


def _first_line(file: Path) -> str | None:
    try:
        return file.read_text(encoding="ascii").strip() or None
    except OSError:
        return None


# -- doctor ---------------------------------------------------------------------------------------------------------


@command("doctor", words="status.help.doctor")
@option("--repair", is_flag=True, words="status.help.doctor.repair")
@option("--quick", is_flag=True, words="status.help.doctor.quick")
def doctor(repair: bool, quick: bool) -> int:
    """Examine what is stored."""
    from services.audit import doctor as examining
    from services.audit.page import findings, findings_page
    from services.letters.strays import REMOVABLE

    who = staff_member(lead=repair)
    found = [*_examined(files=not quick), *_wiring()]
    mended: list[Finding] = []
    if repair:
        mended = _repaired({one.case for one in found if one.what in examining.MENDABLE and one.case}, who)
    cured = {one.case for one in mended}
    left = [one for one in found if not (one.what in examining.MENDABLE and one.case in cured)]
    if repair:
        swept = _swept(found, who)
        left = [one for one in left if one not in swept]
        mended += swept
    document = {"ok": not left, "findings": findings(left, tongue()), "repaired": findings(mended, tongue())}
    answer(document, findings_page(left, mended, tongue()))
    if not repair and any(one.what in examining.MENDABLE | REMOVABLE for one in left):
        note(said("status.repairable"))
    if _procedure_differs():
        note(said("status.procedure_differs"))
    return REFUSED if left else DONE


def _procedure_differs() -> bool:
    """Whether the procedure.toml in the home is not what was adopted: no fault, for a lead may be writing it."""
    from services.office import procedure_file

    with looking() as (_, office):
        return procedure_file.standing(office) == procedure_file.DIFFERS


def _examined(*, files: bool) -> "list[Finding]":
    from services.audit.doctor import examine

    with ticking(said("status.examined")) as tick:
        return list(examine(unit(), files=files, tick=tick))


def _repaired(numbers: "set[str]", who: Any) -> "list[Finding]":
    from services.audit.doctor import repair

    with ticking(said("status.mended")) as tick:
        return repair(numbers, unit(), who.actor, tick)


def _swept(found: "list[Finding]", who: Any) -> "list[Finding]":
    """Remove what lies in the spool and belongs to nobody; return the findings that are no more."""
    from services.letters.strays import REMOVABLE, remove

    files = [str(one.detail.params["file"]) for one in found if one.what in REMOVABLE]
    gone = {one.file for one in remove(files, unit(), who.actor)}
    return [one for one in found if one.what in REMOVABLE and one.detail.params["file"] in gone]


def _wiring() -> "list[Finding]":
    from beat_schedule import SCHEDULE
    from services.audit.doctor import wiring
    from tasks.app import app
    from tasks.queues import QUEUES

    app.loader.import_default_modules()
    return list(wiring(SCHEDULE, app.tasks, QUEUES))
