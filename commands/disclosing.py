"""What departments found goes out or not: ``papers``, ``page``, ``mask``, ``unmask``, ``enclose``, ``withhold``."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, UNKNOWN, Failure, call, fails, said, tongue
from commands.office import asker, case_named, find_case, looking, staff_member, unit, writing
from commands.output import answer, refuse, tell_faults
from commands.places import Place, placed
from commands.shape import command, option
from commands.telling import codes, refusal, refused, sentences, status
from workflows.engine.machine import Refused
from workflows.engine.values import Reason, Role
from workflows.lines import Line

if TYPE_CHECKING:
    from services.disclosure.treating import Standing
    from services.office.staff import Asker
    from services.returns.pages import Area
    from workflows.disclosure.values import Mask

_FIND = "F26-000001"


@command("papers", words="disclosing.help.papers")
@click.argument("case", metavar="CASE")
def papers(case: str) -> int:
    """List what departments found for a case."""
    from services.disclosure import looking
    from services.disclosure.pages import list_page

    number = case_named(case, "request")
    with writing() as (db, office):
        who = _looker(asker(db, office))
        found = looking.papers(db, find_case(db, number), who.actor, office)
    answer([looking.document(one) for one in found], list_page(found, number, tongue()))
    return DONE


@command("page", words="disclosing.help.page")
@click.argument("find", metavar=_FIND)
@click.argument("page", type=click.IntRange(1, 9999))
@option("--out", required=True, metavar="F.jpg", type=Place(folder=False), words="disclosing.option.out")
@option("--grid", is_flag=True, words="disclosing.option.grid")
@option("--as-sent", is_flag=True, words="disclosing.option.as_sent")
def page(find: str, page: int, out: str, grid: bool, as_sent: bool) -> int:
    """Write a page as a picture."""
    from services.disclosure import looking
    from services.office import caller
    from services.returns import room
    from services.returns.typed import COLUMNS, ROWS

    number, target = _number(find), placed(out)

    def deed() -> bytes:
        with writing() as (db, office):
            who = _looker(asker(db, office))
            picture = looking.page(db, number, page, who.actor, office, outgoing=as_sent)
        return room.grid(picture, COLUMNS, ROWS) if grid else picture

    caller.present().write_whole(target, _tried(number, deed))
    answer({"find": number, "page": page, "out": str(target), "as_sent": as_sent}, [str(target)])
    return DONE


@command("mask", words="disclosing.help.mask")
@click.argument("find", metavar=_FIND)
@option("--ground", required=True, metavar="GROUND", words="disclosing.option.ground")
@option("--page", type=click.IntRange(1, 9999), words="disclosing.option.page")
@option("--mask", "areas", multiple=True, metavar="L,T,W,H|CELLS", words="disclosing.option.mask")
@option("--draw", is_flag=True, words="disclosing.option.draw")
@option("--row", "rows", multiple=True, type=click.IntRange(1), words="disclosing.option.row")
@option("--column", "columns", multiple=True, type=click.IntRange(1), words="disclosing.option.column")
def mask(
    find: str, ground: str, page: int | None, areas: tuple[str, ...], draw: bool, rows: tuple[int, ...],
    columns: tuple[int, ...],
) -> int:  # fmt: skip
    """Black out part of a file."""
    from services.disclosure import parts, treating
    from services.disclosure.looking import page as look_at

    number, who = _number(find), _looker(staff_member())
    black = _typed(page, areas, rows or columns, draw=draw)
    if draw:
        from commands.drawing import drawn

        def look() -> bytes:
            with writing() as (db, office):
                return look_at(db, number, page or 1, who.actor, office, outgoing=False, drawing=True)

        black = _tried(number, lambda: drawn(f"{number} / {page or 1}", look))
    given = parts.masks_from(black, page or 1, ground, who.name) if black else _cells(rows, columns, ground)
    return _treated(number, lambda: treating.mask(number, given, who.actor, unit()))


def _typed(page: int | None, areas: tuple[str, ...], cells: object, *, draw: bool) -> "list[Area]":
    """Return the areas that were typed; ends the call where what was typed does not go together."""
    from services.intake import Fault
    from services.returns.typed import area_of

    if sum(map(bool, (areas, cells, draw))) != 1:
        raise tell_faults([Fault("--mask", said("disclosing.one_way"))])
    if page is None and not cells:
        raise tell_faults([Fault("--page", said("disclosing.page_needed"))])
    if page is not None and cells:
        raise tell_faults([Fault("--page", said("disclosing.page_of_pictures"))])
    found = [area_of(text) for text in areas]
    faults = [
        Fault("--mask", said("tray.bad_area", text=text))
        for text, area in zip(areas, found, strict=True)
        if area is None
    ]
    if faults:
        raise tell_faults(faults)
    return [area for area in found if area is not None]


def _cells(rows: tuple[int, ...], columns: tuple[int, ...], ground: str) -> "list[Mask]":
    """Return rows, columns, or where both were typed the cells in which they cross."""
    from workflows.disclosure.values import Mask

    return [
        Mask(number=0, ground=ground, by="", row=row, column=column)
        for row in rows or (None,)
        for column in columns or (None,)
    ]


@command("unmask", words="disclosing.help.unmask")
@click.argument("find", metavar=_FIND)
@click.argument("masks", nargs=-1, type=click.IntRange(1), metavar="[MASK]...")
def unmask(find: str, masks: tuple[int, ...]) -> int:
    """Lift masks."""
    from services.disclosure import treating

    number, who = _number(find), staff_member()
    return _treated(number, lambda: treating.unmask(number, masks, who.actor, unit()))


@command("enclose", words="disclosing.help.enclose")
@click.argument("finds", nargs=-1, required=True, metavar=f"{_FIND}...")
@option("--undo", is_flag=True, words="disclosing.option.undo")
def enclose(finds: tuple[str, ...], undo: bool) -> int:
    """Let files go out."""
    from services.disclosure import treating

    who = staff_member()
    deed = treating.undecide if undo else treating.enclose
    return _each(finds, lambda number: deed(number, who.actor, unit()))


@command("withhold", words="disclosing.help.withhold")
@click.argument("finds", nargs=-1, required=True, metavar=f"{_FIND}...")
@option("--ground", metavar="GROUND", words="disclosing.option.ground")
@option("--undo", is_flag=True, words="disclosing.option.undo")
def withhold(finds: tuple[str, ...], ground: str | None, undo: bool) -> int:
    """Hold files back."""
    from services.disclosure import treating
    from services.intake import Fault

    who = staff_member()
    if (ground is None) is not undo:
        raise tell_faults([Fault("--ground", said("disclosing.ground_or_undo"))])
    if ground is None:
        return _each(finds, lambda number: treating.undecide(number, who.actor, unit()))
    return _each(finds, lambda number: treating.withhold(number, ground, who.actor, unit()))


@command("disc", words="disclosing.help.disc")
@click.argument("case", metavar="CASE")
@option("--out", required=True, metavar="DIR", type=Place(file=False), words="disclosing.option.disc_out")
@option("--again", is_flag=True, words="disclosing.option.again")
def disc(case: str, out: str, again: bool) -> int:
    """Write what goes onto the disc of an answer."""
    from services.office import caller
    from services.request import discs

    number = case_named(case, "request")
    with looking() as (db, _):
        name = discs.newest(db, find_case(db, number)) or number
    folder = placed(out) / name
    try:
        with writing() as (db, office):
            who = asker(db, office)
            if not who.actor.may_act_as([Role.CLERK]):
                raise refusal(Reason("missing_role", {"roles": [f"role.{Role.CLERK}"]}))
            given = discs.hand_out(db, find_case(db, number), str(folder), who.name, office, again=again)
    except discs.NoDisc as no:
        raise refusal(Reason(f"disclosing.{no.code}", {"case": number})) from None
    for file, content in given.files.items():
        caller.present().write_whole(folder / file, content)
    document = {"case": number, "letter": given.letter, "out": str(folder), "files": list(given.files)}
    answer({**document, "sha256": given.sha256, "time": given.time}, [str(folder / file) for file in given.files])
    return DONE


# -- telling --------------------------------------------------------------------------------------------------------


def _looker(who: "Asker") -> "Asker":
    """Return who asks; ends the call where they may not see what was found."""
    from services.disclosure import treating

    for reason in treating.may_look(who.actor):
        raise refusal(reason)
    return who


def _each(finds: tuple[str, ...], deed: "Callable[[str], Standing | Refused]") -> int:
    """Do it with each file, in their order, and tell what became of each; one that may not be keeps no other back."""
    numbers = list(dict.fromkeys(map(_number, finds)))
    if len(numbers) == 1:
        return _treated(numbers[0], lambda: deed(numbers[0]))
    documents: list[dict[str, Any]] = []
    lines: list[str | Line] = []
    no: list[str] = []
    for number in numbers:
        try:
            done = _tried(number, partial(deed, number))
        except Failure as failure:
            documents.append({"find": number, "outcome": "refused", "reasons": [failure.message], **failure.more})
            no.append(f"{number}: {failure.message}")
            continue
        if isinstance(done, Refused):
            told = sentences(done.reasons)
            documents.append({"find": number, "outcome": "refused", "reasons": told, "codes": codes(done.reasons)})
            no += [f"{number}: {sentence}" for sentence in told]
            continue
        document, words = _told(number, done)
        documents.append(document)
        lines += words
    answer(documents, lines)
    if no and not call().json:
        refuse(None, no)
    return status(refused=no)


def _treated(number: str, deed: "Callable[[], Standing | Refused]") -> int:
    done = _tried(number, deed)
    if isinstance(done, Refused):
        return refused(done.reasons, {"find": number})
    answer(*_told(number, done))
    return DONE


def _told(number: str, done: "Standing") -> "tuple[dict[str, Any], list[str | Line]]":
    """Return how a file stands now, for programs and for people."""
    from services.disclosure import looking
    from services.disclosure.pages import mask_line

    treatment = done.treatment
    state = "undecided" if treatment.choice is None else str(treatment.choice)
    masks = [looking.mask_document(each) for each in treatment.masks]
    document = {"find": number, "case": done.case, "state": state, "ground": treatment.ground, "masks": masks}
    head = said("disclosing.stands", find=number, state=said(f"disclosing.state.{state}"))
    return document, [head, *(mask_line(number, each, tongue()) for each in treatment.masks)]


def _tried(number: str, deed: "Callable[[], Any]") -> Any:
    """Return what a deed gives; whatever forbids it ends the call with its reason."""
    from models.keys import KeyMissing
    from services.disclosure.looking import NoPages
    from services.disclosure.treating import NoSuchFind
    from services.returns.pages import Unreadable
    from services.returns.store import PageDamaged

    try:
        return deed()
    except NoSuchFind:
        raise fails(UNKNOWN, "no_such_find", "disclosing.no_such_find", find=number) from None
    except NoPages:
        raise refusal(Reason("disclosing.no_pages", {"find": number})) from None
    except KeyMissing:
        raise refusal(Reason("disclosing.erased", {"find": number})) from None
    except Unreadable as unreadable:
        raise refusal(Reason(f"scan.{unreadable.code}")) from None
    except PageDamaged as damaged:
        raise refusal(Reason("tray.damaged", {"page": number, "fault": str(damaged)})) from None
    except LookupError as missing:
        raise refusal(Reason("disclosing.page_not_there", {"find": number, "page": str(missing)})) from None


def _number(text: str) -> str:
    """Return a file's number as it is stored."""
    return text.strip().upper()


COMMANDS: Mapping[str, click.Command] = {
    "papers": papers,
    "page": page,
    "mask": mask,
    "unmask": unmask,
    "enclose": enclose,
    "withhold": withhold,
    "disc": disc,
}
