"""``scan``: returned forms from the scanner, matched, counted and kept; what to run next for each case."""

import stat
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, INTERRUPTED, REFUSED, Failure, call, fails, said, tongue
from commands.office import asker, staff_only, unit, writing
from commands.output import answer, tell_faults
from commands.places import Place
from commands.progress import ticking
from commands.shape import command, option
from commands.telling import refusal
from settings import settings
from workflows.engine.values import Reason

if TYPE_CHECKING:
    from services.engine.office import Office


@command("scan", words="scan.help.scan")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=Place())
@option("--arrived-at", metavar="TIME", words="scan.help.scan.arrived_at")
@option("--split", is_flag=True, words="scan.help.scan.split")
@option("--keep-blank", is_flag=True, words="scan.help.scan.keep_blank")
def scan(files: tuple[str, ...], arrived_at: str | None, split: bool, keep_blank: bool) -> int:
    """Register returned forms."""
    from functools import partial

    from services.reports.scans import scan_document, scan_page
    from services.returns import ready, register, room
    from services.returns.store import StoreTaken

    moment = _checked(files, arrived_at)
    with writing() as (db, office):
        who = asker(db, office)
        staff_only(who)
    try:
        with ticking(said("scan.bar")) as tick:
            found = register.scan(
                [Path(file) for file in files],
                who.actor,
                unit(),
                arrived_at=moment,
                keep_blank=keep_blank,
                tick=tick,
                read=partial(room.read, split=split),
            )
        written = {
            case.case: ready.lines(
                case,
                _laid(ready.write(office.settings.returns, case, _zone(office), call().language), new=case.new),
                call().language,
            )
            for case in found.cases
        }
    except register.MayNotScan as no:
        raise refusal(no.reason, "missing_role") from None
    except StoreTaken as taken:
        raise refusal(Reason("returns.store_taken", {"page": str(taken)})) from None
    except register.NotYetArrived:
        raise tell_faults([_fault("--arrived-at", "scan.not_yet")]) from None
    except OSError as error:
        raise _unwritable(error) from error
    except KeyboardInterrupt:
        raise fails(INTERRUPTED, "interrupted", "scan.interrupted") from None
    answer(scan_document(found, written, office, tongue()), scan_page(found, written, tongue()))
    return DONE if found.clean else REFUSED


def _checked(files: tuple[str, ...], arrived_at: str | None) -> datetime | None:
    """Return the moment typed; ends the call with everything wrong with the line at once."""
    from services.intake import BadInput, Fault, parse
    from services.office import caller
    from workflows.request.payloads import ReceiveForms

    faults, moment = [], None
    for file in dict.fromkeys(files):
        found = caller.present().look(file)
        if found is None:
            faults.append(_fault(file, "scan.no_such_file"))
        elif stat.S_ISDIR(found.mode):
            faults.append(_fault(file, "scan.is_a_folder"))
    if arrived_at is not None:
        try:
            moment = parse(ReceiveForms, {"arrived_at": arrived_at}, language=call().language).arrived_at
        except BadInput as bad:
            faults += [Fault("--arrived-at", fault.message) for fault in bad.faults]
    if faults:
        raise tell_faults(faults)
    return moment


def _fault(field: str, code: str) -> Any:
    from services.intake import Fault

    return Fault(field, said(code))


def _zone(office: "Office") -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(office.calendar.zone)


def _laid(path: Path | None, *, new: bool) -> Path | None:
    """Return the file to fill in as it can be typed where the caller stands.

    Whom the counter serves cannot enter the office's folder, and finds a copy where they stand; where nothing is *new*,
    the one from before.
    """
    from services.office import caller

    who = caller.present()
    if path is None:
        return None
    if who.is_the_office:
        here = who.folder()
        return path.relative_to(here) if path.is_relative_to(here) else path
    case = path.name.partition(".")[0]
    for number in range(1, 100):
        name = f"{case}.yaml" if number == 1 else f"{case}.{number}.yaml"
        try:
            who.leave(name, path.read_bytes())
        except FileExistsError:
            if new:
                continue
        return Path(name)
    return None


def _unwritable(error: OSError) -> Failure:
    place = error.filename or settings().var
    return fails(REFUSED, "not_written", "scan.unwritable", place=place, why=tongue().why(error))
