"""``procedure``: the office's own published procedure: what holds, what a file would change, and adopting it."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, REFUSED, UNKNOWN, Failure, call, fails, said, tongue
from commands.office import asker, lead_only, looking, staff_only, writing
from commands.output import answer, note, refuse, tell_faults
from commands.places import Place, placed
from commands.shape import group, option

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from services.engine.office import Office
    from services.office.adopting import Wanted
    from services.office.procedure_values import Compared


@group("procedure", words="procedure.help.procedure")
def procedure() -> None:
    """The office's own procedure."""


# -- show -----------------------------------------------------------------------------------------------------------


@procedure.command("show", words="procedure.help.show")
@option("--at", metavar="DAY", words="procedure.help.show.at")
def show(at: str | None) -> None:
    """Show what holds."""
    from services.reports.procedure_page import procedure_document, procedure_page
    from services.request.procedures_told import shown

    day = _day(at, "--at")
    with looking() as (db, office):
        staff_only(asker(db, office))
        found = shown(db, office, day or office.calendar.today(office.now), call().language)
    answer(procedure_document(found), procedure_page(found, tongue()))


# -- check ----------------------------------------------------------------------------------------------------------


@procedure.command("check", words="procedure.help.check")
@click.argument("file", metavar="[FILE]", required=False, type=Place(folder=False, dash=True))
@option("--from", "first", metavar="DAY", words="procedure.help.adopt.from")
def check(file: str | None, first: str | None) -> None:
    """Say what is wrong with a file, or what it would change."""
    from services.reports.procedure_page import compared_document, compared_page

    day = _day(first, "--from")
    with looking() as (db, office):
        staff_only(asker(db, office))
        found = _compared(db, _of_file(file, day, office), office)
    answer(compared_document(found, tongue()), compared_page(found, tongue()))
    if found.objection and not found.stands:
        note(tongue().say(found.objection))


# -- adopt ----------------------------------------------------------------------------------------------------------


@procedure.command("adopt", words="procedure.help.adopt")
@click.argument("file", metavar="[FILE]", required=False, type=Place(folder=False, dash=True))
@option("--from", "first", metavar="DAY", words="procedure.help.adopt.from")
@option("--source", is_flag=True, words="procedure.help.adopt.source")
@option("--again", metavar="SHA256", words="procedure.help.adopt.again")
@option("--dry-run", is_flag=True, words="procedure.help.adopt.dry_run")
def adopt(file: str | None, first: str | None, source: bool, again: str | None, dry_run: bool) -> int:
    """Adopt a file, or go back."""
    from services.office import adopting

    if sum((file is not None, source, again is not None)) > 1:
        raise _wrong("FILE", "procedure.one_of")
    day = _day(first, "--from")
    with writing() as (db, office):
        who = asker(db, office)
        lead_only(who)
        if source:
            what = adopting.Wanted("", day or office.calendar.today(office.now), "")
        elif again is not None:
            what = _stored(db, again, day, office)
        else:
            what = _of_file(file, day, office)
        found = _compared(db, what, office)
        if not dry_run and not found.stands and found.objection is None:
            adopting.adopt(db, what, who, office)
    return _told(found, dry_run=dry_run)


def _told(found: "Compared", *, dry_run: bool) -> int:
    from services.reports.procedure_page import SHORT, compared_document, compared_page

    document = {
        **compared_document(found, tongue()),
        "adopted": not dry_run,
        "repeated": found.stands,
        "dry_run": dry_run,
    }
    if found.stands:
        answer(document, [said("procedure.stands", first=found.first)])
        return DONE
    if found.objection is not None:
        refuse({**document, "adopted": False}, [tongue().say(found.objection)])
        return REFUSED
    named = found.digest[:SHORT] or said("procedure.source")
    head = "procedure.would_be_adopted" if dry_run else "procedure.adopted"
    answer(document, [said(head, procedure=named, first=found.first), "", *compared_page(found, tongue())])
    return DONE


# -- publish --------------------------------------------------------------------------------------------------------


@procedure.command("publish", words="procedure.help.publish")
@option("--out", required=True, metavar="DIR", type=Place(file=False), words="procedure.help.publish.out")
@option("--at", metavar="DAY", words="procedure.help.publish.at")
def publish(out: str, at: str | None) -> None:
    """Make what the office puts on its wall and its website."""
    from services.letters.profile import organisation
    from services.letters.typesetting import TypesettingFailed
    from services.office import caller
    from services.reports.procedure_page import SHORT
    from services.request import publishing
    from services.request.procedures_told import holding

    folder, given = placed(out), _day(at, "--at")
    with looking() as (db, office):
        staff_only(asker(db, office))
        day = given or office.calendar.today(office.now)
        held, regime = holding(db, office, day)
    try:
        files = publishing.publish(held, regime, organisation(), day)
        for name, content in files.items():
            caller.present().write_whole(folder / name, content)
    except TypesettingFailed as failed:
        raise Failure(REFUSED, "not_typeset", str(failed)) from None
    except OSError as error:
        raise _wrong("--out", "procedure.unwritable", folder=out, why=tongue().why(error)) from None
    first = held.first.isoformat() if held.first is not None else None
    named = said("procedure.source") if first is None else held.digest[:SHORT]
    document = {
        "at": day.isoformat(),
        "first": first,
        "digest": held.digest,
        "out": out,
        "files": sorted(files),
    }
    answer(document, [said("procedure.published", procedure=named, at=day, out=out), *(f"  {name}" for name in files)])


# -- what is meant ----------------------------------------------------------------------------------------------------


def _of_file(file: str | None, day: date | None, office: "Office") -> "Wanted":
    """Return what a file asks for; ends the call with everything that is wrong with it."""
    from services.office import procedure_file
    from services.request import procedures_told
    from workflows.office.reading import BadFile

    try:
        found = procedure_file.read(file, office.settings)
    except OSError as error:
        where = file or str(procedure_file.at_home(office.settings))
        raise _wrong(where, "procedure.unreadable", why=tongue().why(error)) from None
    wanted = found if isinstance(found, BadFile) else procedures_told.wanted(found, day)
    if isinstance(wanted, BadFile):
        from services.intake.faults import Fault

        raise tell_faults([Fault(place, tongue().say(reason)) for place, reason in wanted.placed()])
    return wanted


def _stored(db: "Connection", named: str, day: date | None, office: "Office") -> "Wanted":
    """Return a text that was adopted before, to be adopted again."""
    from models import adopted
    from services.office import adopting

    rows = {row.digest: row for row in adopted.everything(db) if row.digest and row.digest.startswith(named.lower())}
    if len(named) < 4 or len(rows) != 1:
        raise fails(UNKNOWN, "no_such_procedure", "procedure.no_such", digest=named)
    (row,) = rows.values()
    return adopting.Wanted(row.text, day or office.calendar.today(office.now), row.regime)


def _compared(db: "Connection", what: "Wanted", office: "Office") -> "Compared":
    from services.request.procedures_told import compared

    return compared(db, what, office, call().language)


def _day(text: str | None, place: str) -> date | None:
    """Return the day that was typed; ends the call where it is none."""
    from services.intake.scalars import BAD, Reading, read_day

    if text is None:
        return None
    reading = Reading(call().language)
    day: Any = read_day(text, place, reading)
    if day is BAD:
        raise tell_faults(reading.faults)
    found: date = day
    return found


def _wrong(place: str, code: str, **params: object) -> Exception:
    from services.intake.faults import Fault

    return tell_faults([Fault(place, said(code, **params))])
