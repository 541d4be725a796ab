"""``status`` and ``doctor``: whether everything runs, and whether everything stored fits together."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, REFUSED, UNREACHABLE, call, said
from commands.office import asker, lead_only, looking, staff_only, writing
from commands.output import answer, coloured, columns, note
from commands.progress import progress
from commands.shape import Command, Option
from commands.wide import fold, pad
from workflows.words import noun, say

if TYPE_CHECKING:
    from services.audit.doctor import Finding
    from services.reports.health import Check

_NAME_COLUMNS = 18


@click.command(
    "status",
    cls=Command,
    words="status.help.status",
    examples=("./admin.py status", "./admin.py status --json"),
)
def status() -> int:
    """Show the health of the desk."""
    from commands.doorbell import ping
    from settings import settings

    found = _checks(settings(), ping())
    ok = all(check.ok for check in found)
    address = _first_line(settings().flower_address)
    document = {
        "ok": ok,
        "checks": [
            {"name": check.name, "ok": check.ok, "detail": say(check.detail, call().language)} for check in found
        ],
        "flower": address,
        "flower_auth": str(settings().flower_auth) if settings().flower_auth.exists() else None,
    }
    answer(document, _screen(found, document))
    if not found[0].ok:
        return UNREACHABLE
    return DONE if ok else REFUSED


def _checks(settings: Any, broker_fault: str | None) -> "list[Check]":
    """Return what was found; a database that is away is a finding too, a place without an office is none."""
    from sqlalchemy.exc import SQLAlchemyError

    from commands.trouble import explain
    from services.reports.health import checks

    try:
        with looking() as (db, office):
            return checks(db, office, settings, broker_fault)
    except SQLAlchemyError as error:
        failure = explain(error)
        if failure.code == "no_office":
            raise failure from error
        return checks(None, None, settings, broker_fault, busy=failure.code == "database_busy")


def _screen(found: "list[Check]", document: dict[str, Any]) -> Iterator[str]:
    bad = sum(not check.ok for check in found)
    if bad:
        yield coloured(said("status.unwell", bad=bad), "red")
    else:
        yield coloured(said("status.well"), "green")
    room = columns() - _NAME_COLUMNS - 3
    for check in found:
        sign, colour = ("!", "yellow") if check.note else ("o", "green") if check.ok else ("x", "red")
        name = noun(f"check.{check.name}", call().language)
        head = f"{coloured(sign, colour)} {pad(name, _NAME_COLUMNS)} "
        for line in say(check.detail, call().language).split("\n"):
            for part in fold(line, room):
                yield f"{head}{part}"
                head = " " * (_NAME_COLUMNS + 3)
    if document["flower"]:
        yield f"  {pad('Flower', _NAME_COLUMNS)} {document['flower']}"


def _first_line(file: Path) -> str | None:
    try:
        return file.read_text(encoding="ascii").strip() or None
    except OSError:
        return None


# -- doctor ---------------------------------------------------------------------------------------------------------


@click.command(
    "doctor",
    cls=Command,
    words="status.help.doctor",
    examples=("./admin.py doctor", "./admin.py doctor --quick", "./admin.py doctor --repair"),
)
@click.option("--repair", cls=Option, is_flag=True, words="status.help.doctor.repair")
@click.option("--quick", cls=Option, is_flag=True, words="status.help.doctor.quick")
def doctor(repair: bool, quick: bool) -> int:
    """Examine what is stored."""
    from services.audit import doctor as examining
    from services.letters.strays import REMOVABLE

    with writing() as (db, office):
        who = asker(db, office)
        staff_only(who)
        if repair:
            lead_only(who)
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
    answer({"ok": not left, "findings": _told(left), "repaired": _told(mended)}, _lines(left, mended))
    if not repair and any(one.what in examining.MENDABLE | REMOVABLE for one in left):
        note(said("status.repairable"))
    return REFUSED if left else DONE


def _examined(*, files: bool) -> "list[Finding]":
    from models import session
    from services.audit.doctor import examine

    with _bar(said("status.examined")) as tick:
        return list(examine(session.looking, _office_of, files=files, tick=tick))


def _repaired(numbers: "set[str]", who: Any) -> "list[Finding]":
    from models.session import transaction
    from services.audit.doctor import repair

    with _bar(said("status.mended")) as tick:
        return repair(numbers, transaction, _office_of, who.actor, tick)


def _swept(found: "list[Finding]", who: Any) -> "list[Finding]":
    """Remove what lies in the spool and belongs to nobody; return the findings that are no more."""
    from models.session import transaction
    from services.letters.strays import REMOVABLE, remove

    files = [str(one.detail.params["file"]) for one in found if one.what in REMOVABLE]
    gone = {one.file for one in remove(files, transaction, _office_of, who.actor)}
    return [one for one in found if one.what in REMOVABLE and one.detail.params["file"] in gone]


def _wiring() -> "list[Finding]":
    from beat_schedule import SCHEDULE
    from services.audit.doctor import wiring
    from tasks.app import QUEUES, app

    app.loader.import_default_modules()
    return list(wiring(SCHEDULE, app.tasks, QUEUES))


def _office_of(db: Any) -> Any:
    from clock import office_now
    from services.engine.office import the_office

    return the_office(db, office_now(db))


@contextmanager
def _bar(words: str) -> Iterator[Any]:
    """Yield what is told (done, of how many); the bar begins when the number is known."""
    with ExitStack() as stack:
        state: dict[str, Any] = {"done": 0}

        def tick(done: int, of: int) -> None:
            if "advance" not in state:
                state["advance"] = stack.enter_context(progress(words, of))
            state["advance"](done - state["done"])
            state["done"] = done

        yield tick


def _told(found: "list[Finding]") -> list[dict[str, Any]]:
    return [{"case": one.case, "what": one.what, "detail": say(one.detail, call().language)} for one in found]


def _lines(left: "list[Finding]", mended: "list[Finding]") -> Iterator[str]:
    for mark, colour, listed in ((said("status.mended"), "green", mended), (said("status.found"), "red", left)):
        for one in listed:
            head = f"{one.case or '-'}  "
            for line in fold(f"{mark}: {say(one.detail, call().language)} [{one.what}]", columns() - len(head)):
                yield coloured(f"{head}{line}", colour)
                head = " " * len(head)
    if not left:
        yield coloured(said("status.fine"), "green")
