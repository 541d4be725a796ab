"""``tray`` and ``papers``: the scanned pages nobody could match, and the pages held of a case."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
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
from commands.output import answer, refuse, tell_faults
from commands.places import Place, placed
from commands.shape import command, group, option
from commands.telling import codes, refusal, refused, sentences, status
from services.returns.pages import WHOLE
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.request.procedure import request
from workflows.request.values import Party
from workflows.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.returns.sorting import Destroyed, Kept

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
@option("--grid", is_flag=True, words="tray.help.show.grid")
def show(number: str, out: str, thumbnail: bool, grid: bool) -> int:
    """Show a page."""
    from services.intake import Fault
    from services.office import caller
    from services.returns import room, sorting
    from services.returns import tray as deeds
    from services.returns.pages import Unreadable
    from services.returns.store import PageDamaged
    from services.returns.typed import COLUMNS, ROWS

    if thumbnail and grid:
        raise tell_faults([Fault("--grid", said("tray.grid_too_small"))])
    (number,), target = _named([number]), placed(out)
    try:
        with writing() as (db, office):
            who = asker(db, office)
            staff_only(who)
            sorting.may_sort(who.actor)
            picture = deeds.look(db, number, who.actor, office, thumbnail=thumbnail)
        caller.present().write_whole(target, room.grid(picture, COLUMNS, ROWS) if grid else picture)
    except (deeds.NoSuchPage, deeds.NotWaiting, sorting.MayNotSort, PageDamaged) as no:
        raise _no(number, no) from None
    except Unreadable as unreadable:
        raise refusal(Reason(f"scan.{unreadable.code}")) from None
    except OSError as error:
        raise unwritable(target, error) from error
    answer({"tray": number, "file": str(target), "thumbnail": thumbnail, "grid": grid}, [str(target)])
    return DONE


@tray.command("assign", words="tray.help.assign")
@click.argument("numbers", nargs=-1, required=True, metavar=f"{_NUMBER_METAVAR}...")
@click.argument("case", metavar="CASE")
@option("--form", metavar="FORM", words="tray.help.assign.form")
@option("--page", type=click.IntRange(1, 99), words="tray.help.assign.page")
@option("--of", type=click.IntRange(1, 99), words="tray.help.assign.of")
@option("--document", metavar="TYPE", words="tray.help.assign.document")
@option("--holder", type=click.Choice([str(party) for party in Party]), words="tray.help.assign.holder")
@option("--mask", multiple=True, metavar="L,T,W,H|CELLS", words="tray.help.assign.mask")
@option("--draw", is_flag=True, words="tray.help.assign.draw")
@option("--masked", is_flag=True, words="tray.help.assign.masked")
@option("--nothing-to-mask", is_flag=True, words="tray.help.assign.nothing_to_mask")
@option("--back", is_flag=True, words="tray.help.assign.back")
def assign(numbers: tuple[str, ...], case: str, **given: Any) -> int:
    """Assign pages."""
    from services.intake import Fault
    from services.returns import sorting
    from services.returns.sorting import FormPage
    from services.returns.typed import BadLine, TypedPage, read_page

    named = _named(numbers)
    try:
        first, areas = read_page(TypedPage(**given), tongue(), pages=len(named))
    except BadLine as bad:
        raise tell_faults([Fault(option, wrong) for option, wrong in bad.faults]) from None
    case = case_named(case, request.name)
    who = staff_member()

    def deed(number: str, place: int) -> "Kept | Destroyed | Refused":
        what = replace(first, page=first.page + place) if isinstance(first, FormPage) else first
        masks = areas
        if given["draw"]:
            from commands.drawing import drawn_in_tray

            against = sorting.against(number, case, what, who.actor, unit(), areas=[WHOLE])
            if against:
                return Refused(against)
            masks = drawn_in_tray(number, who)
        return sorting.assign(number, case, what, who.actor, unit(), areas=masks)

    try:
        return _each(named, deed)
    except LookupError:
        raise no_such_case(case) from None


@tray.command("destroy", words="tray.help.destroy")
@click.argument("numbers", nargs=-1, required=True, metavar=f"{_NUMBER_METAVAR}...")
@option("--reason", required=True, type=click.Choice(_REASONS), words="tray.help.destroy.reason")
def destroy(numbers: tuple[str, ...], reason: str) -> int:
    """Destroy pages."""
    from services.returns import sorting

    named, who = _named(numbers), staff_member()
    return _each(named, lambda number, _: sorting.destroy(number, sorting.Discard(reason), who.actor, unit()))


def _each(numbers: list[str], deed: "Callable[[str, int], Kept | Destroyed | Refused]") -> int:
    """Do it with each page, in their order, and tell what became of each; one that may not be keeps no other back."""
    from services.reports.trays import sorted_page
    from services.returns import tray as deeds

    if len(numbers) > 1:  # a slip in one number, and none is touched
        with looking() as (db, _):
            missing = [number for number in numbers if not deeds.is_known(db, number)]
        if missing:
            raise _unknown(", ".join(missing))
    documents: list[dict[str, Any]] = []
    lines: list[str] = []
    no: list[str] = []
    for place, number in enumerate(numbers):
        try:
            done = _one(number, partial(deed, number, place))
        except Failure as failure:
            if len(numbers) == 1 or failure.code in {"missing_role", "interrupted"}:
                raise
            documents.append({"tray": number, "outcome": "refused", "reasons": [failure.message], **failure.more})
            no.append(f"{number}: {failure.message}")
            continue
        if isinstance(done, Refused):
            if len(numbers) == 1:
                return refused(done.reasons, {"tray": number})
            told = sentences(done.reasons)
            documents.append({"tray": number, "outcome": "refused", "reasons": told, "codes": codes(done.reasons)})
            no += [f"{number}: {sentence}" for sentence in told]
            continue
        document, words = sorted_page(done, tongue())
        documents.append(document)
        lines += words
    answer(documents[0] if len(numbers) == 1 else documents, lines)
    if no and not call().json:
        refuse(None, no)
    return status(refused=no)


def _one(number: str, deed: "Callable[[], Kept | Destroyed | Refused]") -> "Kept | Destroyed | Refused":
    """Do it with one page; whatever forbids it is a failure with its reason."""
    from services.returns import sorting
    from services.returns import tray as deeds
    from services.returns.pages import Unreadable
    from services.returns.store import PageDamaged, StoreTaken

    try:
        return deed()
    except (deeds.NoSuchPage, deeds.NotWaiting, sorting.MayNotSort, PageDamaged) as no:
        raise _no(number, no) from None
    except Unreadable as unreadable:
        raise refusal(Reason(f"scan.{unreadable.code}")) from None
    except StoreTaken as taken:
        raise refusal(Reason("returns.store_taken", {"page": str(taken)})) from None


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


def _named(texts: Sequence[str]) -> list[str]:
    """Return the numbers that were typed, each once; ends the call where one of them is none."""
    from services.returns.typed import read_numbers

    numbers, wrong = read_numbers(texts)
    if wrong:
        raise _unknown(", ".join(wrong))
    return numbers


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
