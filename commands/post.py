"""The post room: ``letters``, ``print``, ``posted``, ``returned``, ``draft``."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, REFUSED, UNKNOWN, Failure, call, fails, said, tongue
from commands.office import asker, case_named, find_case, looking, staff_member, staff_only, unit, writing
from commands.output import answer, note, refuse, tell_faults
from commands.places import Output, Place, placed
from commands.posting import Find, give, letters_named, no_such_letter, try_out
from commands.progress import ticking
from commands.shape import command, option
from commands.telling import refusal, refused, status
from commands.usage import free_words
from workflows.engine.values import Reason
from workflows.letters import MailClass, ReturnReason
from workflows.request.procedure import request

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from services.office.staff import Asker
    from services.reports.post_page import Answer

_WAIT = {"type": click.FloatRange(min=0), "default": 10.0, "metavar": "SECONDS"}


# -- letters --------------------------------------------------------------------------------------------------------


@command("letters", words="post.help.letters")
@option("--unposted", is_flag=True, words="post.help.letters.unposted")
@option("--case", "case", metavar="CASE", words="post.help.letters.case")
@option("--limit", type=click.IntRange(min=1), words="post.help.letters.limit")
def letters(unposted: bool, case: str | None, limit: int | None) -> None:
    """List the letters."""
    from services.letters import post
    from services.reports.post_page import letters_page

    number = None if case is None else case_named(case)
    with looking() as (db, _):
        if number is not None:
            find_case(db, number)
        rows = list(post.letters(db, unposted=unposted, case=number, most=limit))
    answer(rows, letters_page(rows, tongue()))


# -- print ----------------------------------------------------------------------------------------------------------


@command("print", words="post.help.print")
@click.argument("numbers", nargs=-1, metavar="[LETTER]...")
@option("--out", metavar="DIR", type=Place(file=False), words="post.help.print.out")
@option("--again", "repeats", multiple=True, metavar="LETTER", words="post.help.print.again")
def print_(numbers: tuple[str, ...], out: str | None, repeats: tuple[str, ...]) -> int:
    """Print letters."""
    from services.letters.batches import PressBusy
    from services.letters.printing import MayNotPrint, NoSuchLetter
    from services.office import caller

    caller.present().by_itself()
    named = letters_named([*repeats, *numbers])
    output = Output(out)
    who = staff_member()
    try:
        output.must_be_writable()
        document, lines, refused = _again(named, output, who) if repeats else _print(named or None, output, who)
    except NoSuchLetter as unknown:
        raise no_such_letter(unknown.numbers) from None
    except MayNotPrint as no:
        raise refusal(no.reason, "missing_role") from None
    except PressBusy:
        raise refusal(Reason("print.press_busy")) from None
    except OSError as error:
        if output.kept:
            note(said("post.kept", place=output.made_in))
        raise _unwritable(output.folder, error) from error
    answer(document, lines)
    if refused and not call().json:
        refuse(None, refused)
    return status(refused=refused)


def _print(numbers: list[str] | None, output: Output, who: "Asker") -> "Answer":
    from dataclasses import replace

    from models.session import engine
    from services.letters.batches import files_of
    from services.letters.printing import print_letters
    from services.reports.post_page import batch_page, earlier_page

    with ticking(said("post.bar")) as tick:
        printed = print_letters(
            numbers, output.made_in, who.actor, unit(), engine(), language=call().language, tick=tick
        )
    if printed.batch is not None:
        output.hand_over(files_of(output.made_in, printed.batch))
    printed = replace(printed, merged=output.shown(printed.merged), manifest=output.shown(printed.manifest))
    for line in earlier_page(printed, tongue()):
        note(line)
    return batch_page(printed, tongue())


def _again(numbers: list[str], output: Output, who: "Asker") -> "Answer":
    from services.letters.printing import again
    from services.reports.post_page import copies_page

    made, refused = again(numbers, output.made_in, who.actor, unit())
    output.hand_over([file for _, file, _ in made])
    return copies_page([(number, output.folder / file.name, pages) for number, file, pages in made], refused, tongue())


def _unwritable(place: Path, error: OSError) -> Failure:
    return fails(REFUSED, "not_written", "post.unwritable", place=place, why=tongue().why(error))


# -- posted, returned -----------------------------------------------------------------------------------------------


@command("posted", words="post.help.posted")
@click.argument("numbers", nargs=-1, metavar="[LETTER]...")
@option("--batch", metavar="B", words="post.help.posted.batch")
@option("--on", metavar="DATE", words="transitions.option.on")
@option("--tracking", metavar="T", words="post.help.posted.tracking")
@option("--tracking-file", metavar="F.csv", type=Place(folder=False), words="post.help.posted.tracking_file")
@option("--class", "mail_class", type=click.Choice([str(kind) for kind in MailClass]), words="post.help.posted.class")
@option("--undo", is_flag=True, words="transitions.option.undo")
@option("--why", metavar="TEXT", words="post.help.posted.why")
@option("--dry-run", is_flag=True, words="transitions.option.dry_run")
@option("--key", metavar="KEY", words="transitions.option.key")
@option("--wait", **_WAIT, words="post.option.wait")
def posted(
    numbers: tuple[str, ...],
    batch: str | None,
    tracking_file: str | None,
    key: str | None,
    wait: float,
    *,
    undo: bool,
    dry_run: bool,
    **given: str | None,
) -> int:
    """Record postings, or put right what was recorded of them."""
    from services.letters import post
    from services.letters.declared import PutsNothingRight
    from services.letters.printing import NoSuchLetter
    from workflows.letters import RecordPosting

    payload = _posting(numbers, batch, tracking_file, given, undo=undo)
    named = letters_named(numbers)
    bundle = None if batch is None else batch.strip().upper()

    def named_here(db: "Connection", before: "Callable[[str], bool]") -> "list[post.Mail]":
        if not isinstance(payload, RecordPosting):
            return post.put_right(db, named, bundle, payload, answered=before)
        return post.postings(
            db, named, bundle, on=payload.on, tracking=payload.tracking, mail_class=payload.mail_class, answered=before
        )

    find: Find = named_here
    alone = bundle is None and len(set(named)) == 1
    try:
        if tracking_file is not None:
            from commands.tracked import finder

            find = finder(tracking_file, named, bundle, payload)
            alone = False
        return try_out(find) if dry_run else give(find, key=key, alone=alone, wait=wait)
    except NoSuchLetter as unknown:
        raise no_such_letter(unknown.numbers) from None
    except post.NothingPrinted:
        nothing = tongue().say(Reason("posted.nothing_printed", {"batch": bundle}))
        raise Failure(UNKNOWN, "nothing_printed", nothing) from None
    except post.NothingPosted:
        nothing = tongue().say(Reason("posted.nothing_posted", {"batch": bundle}))
        raise Failure(UNKNOWN, "nothing_posted", nothing) from None
    except PutsNothingRight:
        raise refusal(Reason("posted.puts_nothing_right")) from None


def _posting(
    numbers: tuple[str, ...], batch: str | None, tracking_file: str | None, given: dict[str, str | None], *, undo: bool
) -> Any:
    """Return what is recorded of each letter, or put right of it; ends the call with every fault of the line."""
    from services.intake import Fault
    from workflows.letters import AmendPosting, RecordPosting, UndoPosting

    given["why"] = free_words(given["why"])
    kind = UndoPosting if undo else RecordPosting if given["why"] is None else AmendPosting
    faults = []
    if bool(numbers) == (batch is not None) and not (tracking_file and not numbers):
        faults.append(Fault("LETTER", said("post.one_of_two")))
    if given["tracking"] and (batch is not None or len(set(numbers)) > 1):
        faults.append(Fault("--tracking", said("post.tracking_of_one")))
    elif given["tracking"] and tracking_file:
        faults.append(Fault("--tracking", said("post.tracking_or_file")))
    if tracking_file and kind is not RecordPosting:
        faults.append(Fault("--tracking-file", said("transitions.not_with", flag="undo" if undo else "why")))
    beside = [name for name in ("on", "tracking", "mail_class") if given[name] is not None]
    if undo:
        faults += [Fault(_option_named(name), said("transitions.not_with", flag="undo")) for name in beside]
        given = {"why": given["why"]}
    elif kind is AmendPosting and not beside:
        faults.append(Fault("--why", said("post.why_of_what")))
    return _payload(kind, faults, **{name: value for name, value in given.items() if value is not None})


@command("returned", words="post.help.returned")
@click.argument("number", metavar="LETTER")
@option(
    "--reason",
    type=click.Choice([str(reason) for reason in ReturnReason]),
    words="post.help.returned.reason",
)
@option("--on", metavar="DATE", words="transitions.option.on")
@option("--undo", is_flag=True, words="transitions.option.undo")
@option("--why", metavar="TEXT", words="transitions.option.why")
@option("--key", metavar="KEY", words="transitions.option.key")
@option("--wait", **_WAIT, words="post.option.wait")
def returned(number: str, key: str | None, wait: float, undo: bool, **given: str | None) -> int:
    """Record a return, or take it back."""
    from services.intake import Fault
    from services.letters import post
    from services.letters.declared import PutsNothingRight
    from services.letters.printing import NoSuchLetter
    from workflows.letters import RecordReturn, UndoReturn

    given["why"] = free_words(given["why"])
    own, others = (("why",), ("reason", "on")) if undo else (("reason", "on"), ("why",))
    faults = [
        Fault(_option_named(name), said("transitions.not_with", flag="undo") if undo else said("post.why_of_undo"))
        for name in others
        if given[name] is not None
    ]
    payload = _payload(UndoReturn if undo else RecordReturn, faults, **{name: given[name] for name in own})
    (named,) = letters_named([number])

    def found(db: Any, _: Any) -> list[Any]:
        if undo:
            return post.put_right(db, [named], None, payload)
        return [post.homecoming(db, named, payload.reason, payload.on)]

    try:
        return give(found, key=key, alone=True, wait=wait)
    except NoSuchLetter as unknown:
        raise no_such_letter(unknown.numbers) from None
    except PutsNothingRight:
        raise refusal(Reason("posted.puts_nothing_right")) from None


def _option_named(field: str) -> str:
    return {"mail_class": "--class"}.get(field, f"--{field}")


def _payload(kind: type[Any], faults: list[Any], **given: str | None) -> Any:
    """Return what was typed as the payload of one letter; ends the call with every fault of the line at once."""
    from services.intake import BadInput, Fault, parse

    data = {name: value for name, value in given.items() if value is not None}
    payload = None
    try:
        payload = parse(kind, {"letter": "-", **data}, language=call().language)
    except BadInput as bad:
        faults += [Fault(_option_named(fault.field), fault.message) for fault in bad.faults]
    if faults:
        raise tell_faults(faults)
    return payload


# -- draft ----------------------------------------------------------------------------------------------------------


@command("draft", words="post.help.draft")
@click.argument("case", metavar="CASE")
@option("--out", required=True, metavar="F.pdf", type=Place(folder=False), words="post.help.draft.out")
def draft(case: str, out: str) -> int:
    """Draft the answer."""
    from models import staff
    from services.letters.typesetting import TypesettingFailed, typeset
    from services.office import caller
    from services.request import drafts
    from services.request.drafts import NoDraft

    number, target = case_named(case, request.name), placed(out)
    with writing() as (db, office):
        who = asker(db, office)
        staff_only(who)
        find_case(db, number)
        content = drafts.draft(db, number, office)
        if not isinstance(content, NoDraft):
            # It shows all that the answer will: each look is recorded, as with show.
            staff.log(db, office.now, "draft_made", who.name, {"case": number})
    if isinstance(content, NoDraft):
        return refused(content.reasons, {"case": number})
    try:
        made = typeset(content)
        caller.present().write_whole(target, made.pdf)
    except TypesettingFailed as failed:
        raise Failure(REFUSED, "not_typeset", str(failed)) from None
    except OSError as error:
        raise _unwritable(target, error) from error
    answer(
        {
            "case": number,
            "file": str(target),
            "pages": made.pages,
            "language": str(content.language),
            "outcome": "done",
        },
        [said("post.draft", pages=made.pages, target=target)],
    )
    return DONE
