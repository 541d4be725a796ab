"""``tray`` and ``papers``: the scanned pages nobody could match, and the pages held of a case."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, REFUSED, UNKNOWN, Failure, call, fails, said, tongue
from commands.office import (
    asker,
    case_named,
    find_case,
    looking,
    no_such_case,
    staff_member,
    staff_only,
    unit,
    writing,
)
from commands.output import answer, tell_faults
from commands.places import Place, placed
from commands.shape import command, group, option
from commands.telling import refusal, refused
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.request.procedure import request
from workflows.request.values import FormName, Party
from workflows.words import say

if TYPE_CHECKING:
    pass

_REASONS = ("not_ours", "blank", "duplicate", "illegible", "my_number_back", "other")
_NUMBER_METAVAR = "T26-0001"


@group("tray", words="tray.help.tray")
def tray() -> None:
    """The tray."""


@tray.command("list", words="tray.help.list")
def list_() -> None:
    """List the tray."""
    from services.reports.trays import page_document, tray_page
    from services.returns import tray as deeds

    staff_member()
    deeds.clear(unit())
    with looking() as (db, office):
        found = deeds.waiting(db, office)
    answer([page_document(one, office) for one in found], tray_page(found, office, tongue()))


@tray.command("show", words="tray.help.show")
@click.argument("number", metavar=_NUMBER_METAVAR)
@option("--out", required=True, metavar="F.jpg", type=Place(folder=False), words="tray.help.show.out")
@option("--thumbnail", is_flag=True, words="tray.help.show.thumbnail")
def show(number: str, out: str, thumbnail: bool) -> int:
    """Show a page."""
    from services.office import caller
    from services.returns import sorting
    from services.returns import tray as deeds
    from services.returns.store import PageDamaged

    number, target = _named(number), placed(out)
    try:
        with writing() as (db, office):
            who = asker(db, office)
            staff_only(who)
            sorting.may_sort(who.actor)
            picture = deeds.look(db, number, who.actor, office, thumbnail=thumbnail)
        caller.present().write_whole(target, picture)
    except (deeds.NoSuchPage, deeds.NotWaiting, sorting.MayNotSort, PageDamaged) as no:
        raise _no(number, no) from None
    except OSError as error:
        raise unwritable(target, error) from error
    answer({"tray": number, "file": str(target), "thumbnail": thumbnail}, [str(target)])
    return DONE


@tray.command("assign", words="tray.help.assign")
@click.argument("number", metavar=_NUMBER_METAVAR)
@click.argument("case", metavar="CASE")
@option("--form", type=click.Choice([str(form) for form in FormName]), words="tray.help.assign.form")
@option("--page", type=click.IntRange(1, 99), words="tray.help.assign.page")
@option("--of", type=click.IntRange(1, 99), words="tray.help.assign.of")
@option("--document", metavar="TYPE", words="tray.help.assign.document")
@option("--holder", type=click.Choice([str(party) for party in Party]), words="tray.help.assign.holder")
@option("--mask", multiple=True, metavar="L,T,W,H", words="tray.help.assign.mask")
@option("--masked", is_flag=True, words="tray.help.assign.masked")
@option("--nothing-to-mask", is_flag=True, words="tray.help.assign.nothing_to_mask")
@option("--back", is_flag=True, words="tray.help.assign.back")
def assign(number: str, case: str, **given: Any) -> int:
    """Assign a page."""
    from services.intake import Fault
    from services.reports.trays import sorted_page
    from services.returns import sorting
    from services.returns import tray as deeds
    from services.returns.pages import Unreadable
    from services.returns.store import PageDamaged, StoreTaken
    from services.returns.typed import BadLine, TypedPage, read_page

    try:
        what, areas = read_page(TypedPage(**given), tongue())
    except BadLine as bad:
        raise tell_faults([Fault(option, wrong) for option, wrong in bad.faults]) from None
    number, case = _named(number), case_named(case, request.name)
    who = staff_member()
    try:
        done = sorting.assign(number, case, what, who.actor, unit(), areas=areas)
    except (deeds.NoSuchPage, deeds.NotWaiting, sorting.MayNotSort, PageDamaged) as no:
        raise _no(number, no) from None
    except Unreadable as unreadable:
        raise refusal(Reason(f"scan.{unreadable.code}")) from None
    except StoreTaken as taken:
        raise refusal(Reason("returns.store_taken", {"page": str(taken)})) from None
    except LookupError:
        raise no_such_case(case) from None
    if isinstance(done, Refused):
        return refused(done.reasons, {"tray": number})
    answer(*sorted_page(done, tongue()))
    return DONE


@tray.command("destroy", words="tray.help.destroy")
@click.argument("number", metavar=_NUMBER_METAVAR)
@option("--reason", required=True, type=click.Choice(_REASONS), words="tray.help.destroy.reason")
def destroy(number: str, reason: str) -> int:
    """Destroy a page."""
    from services.reports.trays import sorted_page
    from services.returns import sorting
    from services.returns import tray as deeds

    number = _named(number)
    who = staff_member()
    try:
        gone = sorting.destroy(number, sorting.Discard(reason), who.actor, unit())
    except (deeds.NoSuchPage, deeds.NotWaiting, sorting.MayNotSort) as no:
        raise _no(number, no) from None
    answer(*sorted_page(gone, tongue()))
    return DONE


@command("papers", words="tray.help.papers")
@click.argument("case", metavar="CASE")
@option("--out", required=True, metavar="DIR", type=Place(file=False), words="tray.help.papers.out")
def papers(case: str, out: str) -> int:
    """Look at the pages of a case."""
    from services.office import caller
    from services.returns import papers as deeds
    from services.returns.store import PageDamaged

    number, folder = case_named(case), placed(out)
    try:
        with writing() as (db, office):
            who = asker(db, office)
            staff_only(who)
            row = find_case(db, number)
            opened = list(deeds.pages(db, row, who.actor, office))
        for page in opened:
            caller.present().write_whole(folder / page.name, page.picture)
    except deeds.Erased:
        raise refusal(Reason("papers.erased", {"case": number})) from None
    except PageDamaged as no:
        raise _no(number, no) from None
    except OSError as error:
        raise unwritable(folder, error) from error
    document = [
        {"page": page.number, "sort": page.sort, "what": page.what, "file": str(folder / page.name)} for page in opened
    ]
    lines = [page["file"] for page in document] or [said("tray.no_pages", number=number)]
    answer(document, lines)
    return DONE


def _named(text: str) -> str:
    import re

    number = text.strip().upper()
    if not re.fullmatch(r"T[0-9]{2}-[0-9]{4,9}", number):
        raise _unknown(text)
    return number


# -- telling --------------------------------------------------------------------------------------------------------


def _no(number: str, no: Exception) -> Failure:
    from services.returns.sorting import MayNotSort
    from services.returns.store import PageDamaged
    from services.returns.tray import NotWaiting

    if isinstance(no, MayNotSort):
        reason = no.reason
    elif isinstance(no, NotWaiting):
        reason = Reason(f"tray.{no.state}", {"tray": number})
    elif isinstance(no, PageDamaged):
        reason = Reason("tray.damaged", {"page": number, "fault": str(no)})
    else:
        return _unknown(number)
    return refusal(reason)


def _unknown(number: str) -> Failure:
    reason = Reason("tray.no_such_page", {"tray": number})
    return Failure(UNKNOWN, "no_such_page", say(reason, call().language))


def unwritable(place: Path, error: OSError) -> Failure:
    """Return the failure for a file that cannot be written."""
    return fails(REFUSED, "not_written", "tray.unwritable", place=place, why=tongue().why(error))
