"""``tray`` and ``papers``: the scanned pages nobody could match, and the pages held of a case."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, REFUSED, UNKNOWN, Failure, call, said
from commands.office import asker, case_named, find_case, looking, no_such_case, staff_only, writing
from commands.output import answer, columns, refuse, tell_faults
from commands.shape import Command, Group, Option
from commands.wide import table
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.request.values import FormName, Party
from workflows.words import noun, say, say_all

if TYPE_CHECKING:
    from services.intake import Fault
    from services.returns.pages import Area
    from services.returns.sorting import FormPage, PaperPage
    from services.returns.tray import Waiting

_REASONS = ("not_ours", "blank", "duplicate", "illegible", "my_number_back", "other")
_NUMBER_METAVAR = "T26-0001"


@click.group(
    "tray",
    cls=Group,
    words="tray.help.tray",
)
def tray() -> None:
    """The tray."""


@tray.command(
    "list",
    words="tray.help.list",
    examples=("./admin.py tray list",),
)
def list_() -> None:
    """List the tray."""
    from models.session import transaction
    from services.returns import tray as deeds

    with writing() as (db, office):
        staff_only(asker(db, office))
    deeds.clear(transaction, _office_of)
    with looking() as (db, office):
        found = deeds.waiting(db, office)
    answer([_listed(one, office) for one in found], _table(found, office))


def _listed(one: "Waiting", office: Any) -> dict[str, Any]:
    from services.engine.moments import iso

    near = one.near
    return {
        "tray": one.number,
        "why": str(one.why),
        "arrived_at": iso(one.arrived_at, office),
        "scanned_at": iso(one.scanned_at, office),
        "age_days": one.age_days,
        "page": one.file_page,
        "near": None if near is None else {"case": near.case, "form": str(near.form), "page": near.page},
        "overdue": one.overdue,
    }


def _table(found: "list[Waiting]", office: Any) -> list[str]:
    if not found:
        return [said("tray.empty")]
    from services.engine.moments import iso

    heads = said("tray.heads").split()
    cells = [
        [
            f"{one.number}{'!' if one.overdue else ''}",
            str(iso(one.scanned_at, office))[5:16].replace("T", " "),
            str(one.age_days),
            str(one.file_page),
            "" if one.near is None else f"{one.near.case} {one.near.form} {one.near.page}",
            say(Reason(f"returns.why_{one.why}"), call().language),
        ]
        for one in found
    ]
    return table(heads, cells, columns())


@tray.command(
    "show",
    words="tray.help.show",
    examples=("./admin.py tray show T26-0001 --out page.jpg", "./admin.py tray show T26-0001 --thumbnail --out s.jpg"),
)
@click.argument("number", metavar=_NUMBER_METAVAR)
@click.option(
    "--out", cls=Option, required=True, metavar="F.jpg", type=click.Path(dir_okay=False), words="tray.help.show.out"
)
@click.option("--thumbnail", cls=Option, is_flag=True, words="tray.help.show.thumbnail")
def show(number: str, out: str, thumbnail: bool) -> int:
    """Show a page."""
    from services.letters.batches import write_whole
    from services.returns import sorting
    from services.returns import tray as deeds
    from services.returns.store import PageDamaged

    number, target = _named(number), Path(out).expanduser()
    try:
        with writing() as (db, office):
            who = asker(db, office)
            staff_only(who)
            sorting.may_sort(who.actor)
            picture = deeds.look(db, number, who.actor, office, thumbnail=thumbnail)
        write_whole(target, picture)
    except (deeds.NoSuchPage, deeds.NotWaiting, sorting.MayNotSort, PageDamaged) as no:
        raise _no(number, no) from None
    except OSError as error:
        raise unwritable(target, error) from error
    answer({"tray": number, "file": str(target), "thumbnail": thumbnail}, [str(target)])
    return DONE


@tray.command(
    "assign",
    words="tray.help.assign",
    examples=(
        "./admin.py tray assign T26-0001 26-000017-Y --form disclosure --page 2",
        "./admin.py tray assign T26-0002 26-000017-Y --document resident_record --holder subject --mask 10,40,80,6",
        "./admin.py tray assign T26-0003 26-000017-Y --document drivers_licence --holder subject --nothing-to-mask",
    ),
)
@click.argument("number", metavar=_NUMBER_METAVAR)
@click.argument("case", metavar="CASE")
@click.option("--form", cls=Option, type=click.Choice([str(form) for form in FormName]), words="tray.help.assign.form")
@click.option("--page", cls=Option, type=click.IntRange(1, 99), words="tray.help.assign.page")
@click.option("--of", cls=Option, type=click.IntRange(1, 99), words="tray.help.assign.of")
@click.option("--document", cls=Option, metavar="TYPE", words="tray.help.assign.document")
@click.option(
    "--holder", cls=Option, type=click.Choice([str(party) for party in Party]), words="tray.help.assign.holder"
)
@click.option("--mask", cls=Option, multiple=True, metavar="L,T,W,H", words="tray.help.assign.mask")
@click.option("--masked", cls=Option, is_flag=True, words="tray.help.assign.masked")
@click.option("--nothing-to-mask", cls=Option, is_flag=True, words="tray.help.assign.nothing_to_mask")
@click.option("--back", cls=Option, is_flag=True, words="tray.help.assign.back")
def assign(number: str, case: str, **given: Any) -> int:
    """Assign a page."""
    from models.session import transaction
    from services.returns import sorting
    from services.returns import tray as deeds
    from services.returns.pages import Unreadable
    from services.returns.store import PageDamaged, StoreTaken

    what, areas = _wanted(**given)
    number, case = _named(number), case_named(case)
    with writing() as (db, office):
        who = asker(db, office)
        staff_only(who)
    try:
        done = sorting.assign(number, case, what, who.actor, transaction, _office_of, areas=areas)
    except (deeds.NoSuchPage, deeds.NotWaiting, sorting.MayNotSort, PageDamaged) as no:
        raise _no(number, no) from None
    except Unreadable as unreadable:
        reason = Reason(f"scan.{unreadable.code}")
        raise Failure(REFUSED, unreadable.code, say(reason, call().language), codes=[reason.code]) from None
    except StoreTaken as taken:
        reason = Reason("returns.store_taken", {"page": str(taken)})
        raise Failure(REFUSED, "store_taken", say(reason, call().language), codes=[reason.code]) from None
    except LookupError:
        raise no_such_case(case) from None
    if isinstance(done, Refused):
        return _refused(number, done)
    return _told(done)


@tray.command(
    "destroy",
    words="tray.help.destroy",
    examples=("./admin.py tray destroy T26-0001 --reason blank",),
)
@click.argument("number", metavar=_NUMBER_METAVAR)
@click.option("--reason", cls=Option, required=True, type=click.Choice(_REASONS), words="tray.help.destroy.reason")
def destroy(number: str, reason: str) -> int:
    """Destroy a page."""
    from models.session import transaction
    from services.returns import sorting
    from services.returns import tray as deeds

    number = _named(number)
    with writing() as (db, office):
        who = asker(db, office)
        staff_only(who)
    try:
        return _told(sorting.destroy(number, sorting.Discard(reason), who.actor, transaction, _office_of))
    except (deeds.NoSuchPage, deeds.NotWaiting, sorting.MayNotSort) as no:
        raise _no(number, no) from None


@click.command(
    "papers",
    cls=Command,
    words="tray.help.papers",
    examples=("./admin.py papers 26-000017-Y --out ~/look",),
)
@click.argument("case", metavar="CASE")
@click.option(
    "--out", cls=Option, required=True, metavar="DIR", type=click.Path(file_okay=False), words="tray.help.papers.out"
)
def papers(case: str, out: str) -> int:
    """Look at the pages of a case."""
    from services.letters.batches import write_whole
    from services.returns import papers as deeds
    from services.returns.store import PageDamaged

    number, folder = case_named(case), Path(out).expanduser()
    try:
        with writing() as (db, office):
            who = asker(db, office)
            staff_only(who)
            row = find_case(db, number)
            opened = list(deeds.pages(db, row, who.actor, office))
        for page in opened:
            write_whole(folder / page.name, page.picture)
    except deeds.Erased:
        reason = Reason("papers.erased", {"case": number})
        raise Failure(REFUSED, "erased", say(reason, call().language), codes=[reason.code]) from None
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


# -- reading what was typed -----------------------------------------------------------------------------------------


def _wanted(
    *,
    form: str | None,
    page: int | None,
    of: int | None,
    document: str | None,
    holder: str | None,
    mask: tuple[str, ...],
    masked: bool,
    nothing_to_mask: bool,
    back: bool,
) -> "tuple[FormPage | PaperPage, list[Area]]":
    """Return what the page is and what to black out; ends the call with every fault of the line at once."""
    from services.intake import Fault
    from services.returns.sorting import FormPage, Masked, PaperPage

    faults: list[Fault] = []

    def wrong(field: str, code: str) -> None:
        faults.append(Fault(field, said(code)))

    if (form is None) is (document is None):
        wrong("--form", "tray.form_or_document")
    elif form is not None and page is None:
        wrong("--page", "tray.page_needed")
    elif document is not None and holder is None:
        wrong("--holder", "tray.holder_needed")
    if page is not None and of is not None and page > of:
        wrong("--of", "tray.of_too_small")
    if sum([bool(mask), masked, nothing_to_mask]) > 1:
        wrong("--mask", "tray.one_answer_to_masking")
    areas = [area for text in mask if (area := _area(text, faults)) is not None]
    if faults:
        raise tell_faults(faults)
    if form is not None:
        return FormPage(FormName(form), page or 1, of), areas
    answered = Masked.MASKED if masked else Masked.NOT_SHOWN if nothing_to_mask else None
    return PaperPage((document or "").replace("-", "_"), Party(holder or Party.SUBJECT), answered, back), areas


def _area(text: str, faults: "list[Fault]") -> "Area | None":
    from services.intake import Fault
    from services.returns.pages import Area

    try:
        left, top, width, height = (float(part) / 100 for part in text.split(","))
    except ValueError:
        left = top = width = height = -1.0
    inside = 0 <= left < 1 and 0 <= top < 1 and 0 < width <= 1 and 0 < height <= 1
    if not inside or left + width > 1.000001 or top + height > 1.000001:
        message = said("tray.bad_area", text=text)
        faults.append(Fault("--mask", message))
        return None
    return Area(left, top, width, height)


def _named(text: str) -> str:
    import re

    number = text.strip().upper()
    if not re.fullmatch(r"T[0-9]{2}-[0-9]{4,9}", number):
        raise _unknown(text)
    return number


# -- telling --------------------------------------------------------------------------------------------------------


def _told(done: Any) -> int:
    from services.returns.sorting import Kept

    if isinstance(done, Kept):
        document = {"tray": done.tray, "page": done.number, "case": done.case, "outcome": "assigned", "reason": None}
        words = said("tray.kept", tray=done.tray, case=done.case, number=done.number)
    else:
        reason = str(done.reason)
        document = {"tray": done.tray, "page": None, "case": None, "outcome": "destroyed", "reason": reason}
        why = noun(f"discard.{reason}", call().language)
        words = said("tray.page_destroyed", tray=done.tray, why=why)
    answer(document, [words])
    return DONE


def _refused(number: str, decision: Refused) -> int:
    sentences = say_all(decision.reasons, call().language)
    codes = list(dict.fromkeys(reason.code for reason in decision.reasons))
    refuse({"tray": number, "outcome": "refused", "reasons": sentences, "codes": codes}, sentences)
    return REFUSED


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
    return Failure(REFUSED, reason.code.rpartition(".")[2], say(reason, call().language), codes=[reason.code])


def _unknown(number: str) -> Failure:
    reason = Reason("tray.no_such_page", {"tray": number})
    return Failure(UNKNOWN, "no_such_page", say(reason, call().language))


def _office_of(db: Any) -> Any:
    from clock import office_now
    from services.engine.office import the_office

    return the_office(db, office_now(db))


def unwritable(place: Path, error: OSError) -> Failure:
    """Return the failure for a file that cannot be written."""
    return Failure(
        REFUSED,
        "not_written",
        said("tray.unwritable", place=place, why=error.strerror),
    )
