"""The post room: ``letters``, ``print``, ``posted``, ``returned``, ``draft``."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, REFUSED, UNKNOWN, Failure, call, said
from commands.office import asker, case_named, find_case, looking, staff_only, writing
from commands.output import answer, columns, note, refuse, tell_faults
from commands.posting import give, letters_named, no_such_letter
from commands.progress import progress
from commands.shape import Command, Option
from commands.wide import table
from workflows.engine.values import Reason
from workflows.letters import MailClass, ReturnReason
from workflows.words import noun, say, say_all

if TYPE_CHECKING:
    from services.letters.printing import Printed
    from services.office.staff import Asker

_WAIT = {"type": click.FloatRange(min=0), "default": 10.0, "metavar": "SECONDS"}

# -- letters --------------------------------------------------------------------------------------------------------


@click.command(
    "letters",
    cls=Command,
    words="post.help.letters",
    examples=("./admin.py letters --unposted", "./admin.py letters --case 26-000017-Y"),
)
@click.option("--unposted", cls=Option, is_flag=True, words="post.help.letters.unposted")
@click.option("--case", "case", cls=Option, metavar="CASE", words="post.help.letters.case")
def letters(unposted: bool, case: str | None) -> None:
    """List the letters."""
    from services.letters import post

    number = None if case is None else case_named(case)
    with looking() as (db, _):
        if number is not None:
            find_case(db, number)
        rows = list(post.letters(db, unposted=unposted, case=number))
    answer(rows, _table(rows))


def _table(rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return [said("post.none")]
    language = call().language
    heads = said("post.heads").split()
    cells = [
        [
            row["letter"] if row["copy"] == 1 else f"{row['letter']} ({row['copy']})",
            noun(f"letter_state.{row['state']}", language),
            row["posted_at"] or "",
            row["language"],
            str(row["pages"] or ""),
            row["batch"] or "",
            noun(f"letter.{row['kind']}", language),
        ]
        for row in rows
    ]
    return table(heads, cells, columns())


# -- print ----------------------------------------------------------------------------------------------------------


@click.command(
    "print",
    cls=Command,
    words="post.help.print",
    examples=(
        "./admin.py print --out ~/print",
        "./admin.py print 26-000017-Y-01 --out ~/print",
        "./admin.py print --again 26-000017-Y-01",
    ),
)
@click.argument("numbers", nargs=-1, metavar="[LETTER]...")
@click.option("--out", cls=Option, metavar="DIR", type=click.Path(file_okay=False), words="post.help.print.out")
@click.option(
    "--again",
    "repeats",
    cls=Option,
    multiple=True,
    metavar="LETTER",
    words="post.help.print.again",
)
def print_(numbers: tuple[str, ...], out: str | None, repeats: tuple[str, ...]) -> int:
    """Print letters."""
    from services.letters.batches import PressBusy
    from services.letters.printing import MayNotPrint, NoSuchLetter

    named = letters_named([*repeats, *numbers])
    folder = _folder(out)
    with writing() as (db, office):
        who = asker(db, office)
        staff_only(who)
    try:
        return _again(named, folder, who) if repeats else _print(named or None, folder, who)
    except NoSuchLetter as unknown:
        raise no_such_letter(unknown.numbers) from None
    except MayNotPrint as refusal:
        raise _no("missing_role", refusal.reason) from None
    except PressBusy:
        raise _no("press_busy", Reason("print.press_busy")) from None
    except OSError as error:
        raise _unwritable(folder, error) from error


def _folder(out: str | None) -> Path:
    from settings import settings

    return settings().var / "print" if out is None else Path(out).expanduser()


def _print(numbers: list[str] | None, folder: Path, who: "Asker") -> int:
    from models.session import engine, transaction
    from services.letters.printing import print_letters

    with _ticking() as tick:
        printed = print_letters(
            numbers, folder, who.actor, transaction, _office_of, engine(), language=call().language, tick=tick
        )
    return _told(printed)


@contextmanager
def _ticking() -> Iterator[Any]:
    """Yield what shows how many letters are done; how many there are is known only when the first one is."""
    with ExitStack() as stack:
        bars: list[Any] = []

        def tick(done: int, of: int) -> None:
            if not bars:
                bars.append(stack.enter_context(progress(said("post.bar"), of)))
            bars[0](1)

        yield tick


def _office_of(db: Any) -> Any:
    from clock import office_now
    from services.engine.office import the_office

    return the_office(db, office_now(db))


def _told(printed: "Printed") -> int:
    language = call().language
    for one in printed.earlier:
        params = {"batch": one.batch, "letters": one.letters, "file": str(one.merged)}
        note(say(Reason(f"print.earlier_{one.became}", params), language))
    document = {
        "batch": printed.batch,
        "letters": printed.letters,
        "pages": printed.pages,
        "merged": _path(printed.merged),
        "manifest": _path(printed.manifest),
        "refused": [_refusal(one.letter, one.reason) for one in printed.refused],
        "earlier": [
            {"batch": one.batch, "became": one.became, "merged": str(one.merged), "letters": one.letters}
            for one in printed.earlier
        ],
    }
    lines = [said("post.nothing_to_print")]
    if printed.batch is not None:
        lines = [
            said(
                "post.printed", batch=printed.batch, letters=printed.letters, pages=printed.pages, merged=printed.merged
            )
        ]
    answer(document, lines)
    if printed.refused and not call().json:
        refuse(None, [say(one.reason, language) for one in printed.refused])
    return REFUSED if printed.refused else DONE


def _again(numbers: list[str], folder: Path, who: "Asker") -> int:
    from models.session import transaction
    from services.letters.printing import again

    made, refused = again(numbers, folder, who.actor, transaction, _office_of)
    document = {
        "batch": None,
        "letters": len(made),
        "pages": sum(pages for _, _, pages in made),
        "merged": str(made[0][1]) if len(made) == 1 else None,
        "manifest": None,
        "copies": [{"letter": number, "file": str(file), "pages": pages} for number, file, pages in made],
        "refused": [_refusal(one.letter, one.reason) for one in refused],
    }
    answer(document, [str(file) for _, file, _ in made])
    if refused and not call().json:
        refuse(None, [say(one.reason, call().language) for one in refused])
    return REFUSED if refused else DONE


def _refusal(letter: str, reason: Reason) -> dict[str, Any]:
    return {"letter": letter, "reasons": [say(reason, call().language)], "codes": [reason.code]}


def _path(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _no(code: str, reason: Reason) -> Failure:
    return Failure(REFUSED, code, say(reason, call().language), codes=[reason.code])


def _unwritable(place: Path, error: OSError) -> Failure:
    return Failure(
        REFUSED,
        "not_written",
        said("post.unwritable", place=place, why=error.strerror),
    )


# -- posted, returned -----------------------------------------------------------------------------------------------


@click.command(
    "posted",
    cls=Command,
    words="post.help.posted",
    examples=(
        "./admin.py posted --batch B26-0001",
        "./admin.py posted 26-000017-Y-01 --on 2026-11-24 --tracking 1234-5678 --class simple_registered",
    ),
)
@click.argument("numbers", nargs=-1, metavar="[LETTER]...")
@click.option("--batch", cls=Option, metavar="B", words="post.help.posted.batch")
@click.option("--on", cls=Option, metavar="DATE", words="transitions.option.on")
@click.option("--tracking", cls=Option, metavar="T", words="post.help.posted.tracking")
@click.option(
    "--class",
    "mail_class",
    cls=Option,
    type=click.Choice([str(kind) for kind in MailClass]),
    words="post.help.posted.class",
)
@click.option("--key", cls=Option, metavar="KEY", words="transitions.option.key")
@click.option("--wait", cls=Option, words="post.option.wait", **_WAIT)
def posted(numbers: tuple[str, ...], batch: str | None, key: str | None, wait: float, **given: str | None) -> int:
    """Record postings."""
    from services.intake import Fault
    from services.letters import post
    from services.letters.printing import NoSuchLetter
    from workflows.letters import RecordPosting

    faults = []
    if bool(numbers) == (batch is not None):
        message = said("post.one_of_two")
        faults.append(Fault("LETTER", message))
    if given["tracking"] and (batch is not None or len(set(numbers)) > 1):
        message = said("post.tracking_of_one")
        faults.append(Fault("--tracking", message))
    payload = _payload(RecordPosting, faults, **given)
    named = letters_named(numbers)
    bundle = None if batch is None else batch.strip().upper()
    try:
        return give(
            lambda db, before: post.postings(
                db, named, bundle, on=payload.on, tracking=payload.tracking, mail_class=payload.mail_class,
                answered=before,
            ),
            key=key,
            alone=bundle is None and len(set(named)) == 1,
            wait=wait,
        )  # fmt: skip
    except NoSuchLetter as unknown:
        raise no_such_letter(unknown.numbers) from None
    except post.NothingPrinted:
        nothing = say(Reason("posted.nothing_printed", {"batch": bundle}), call().language)
        raise Failure(UNKNOWN, "nothing_printed", nothing) from None


@click.command(
    "returned",
    cls=Command,
    words="post.help.returned",
    examples=("./admin.py returned 26-000017-Y-01 --reason moved",),
)
@click.argument("number", metavar="LETTER")
@click.option(
    "--reason",
    cls=Option,
    required=True,
    type=click.Choice([str(reason) for reason in ReturnReason]),
    words="post.help.returned.reason",
)
@click.option("--on", cls=Option, metavar="DATE", words="transitions.option.on")
@click.option("--key", cls=Option, metavar="KEY", words="transitions.option.key")
@click.option("--wait", cls=Option, words="post.option.wait", **_WAIT)
def returned(number: str, key: str | None, wait: float, **given: str | None) -> int:
    """Record a return."""
    from services.letters import post
    from services.letters.printing import NoSuchLetter
    from workflows.letters import RecordReturn

    payload = _payload(RecordReturn, [], **given)
    (named,) = letters_named([number])
    try:
        return give(
            lambda db, _: [post.homecoming(db, named, payload.reason, payload.on)], key=key, alone=True, wait=wait
        )
    except NoSuchLetter as unknown:
        raise no_such_letter(unknown.numbers) from None


def _payload(kind: type[Any], faults: list[Any], **given: str | None) -> Any:
    """Return what was typed as the payload of one letter; ends the call with every fault of the line at once."""
    from services.intake import BadInput, Fault, parse

    data = {name: value for name, value in given.items() if value is not None}
    payload = None
    try:
        payload = parse(kind, {"letter": "-", **data}, language=call().language)
    except BadInput as bad:
        names = {"mail_class": "--class"}
        faults += [Fault(names.get(fault.field, f"--{fault.field}"), fault.message) for fault in bad.faults]
    if faults:
        raise tell_faults(faults)
    return payload


# -- draft ----------------------------------------------------------------------------------------------------------


@click.command(
    "draft",
    cls=Command,
    words="post.help.draft",
    examples=("./admin.py draft 26-000017-Y --out draft.pdf",),
)
@click.argument("case", metavar="CASE")
@click.option(
    "--out", cls=Option, required=True, metavar="F.pdf", type=click.Path(dir_okay=False), words="post.help.draft.out"
)
def draft(case: str, out: str) -> int:
    """Draft the answer."""
    from models import staff
    from services.letters import batches
    from services.letters.typesetting import TypesettingFailed, typeset
    from services.request import drafts
    from services.request.drafts import NoDraft

    number, target = case_named(case), Path(out).expanduser()
    with writing() as (db, office):
        who = asker(db, office)
        staff_only(who)
        find_case(db, number)
        content = drafts.draft(db, number, office)
        if not isinstance(content, NoDraft):
            # It shows all that the answer will: each look is recorded, as with show.
            staff.log(db, office.now, "draft_made", who.name, {"case": number})
    if isinstance(content, NoDraft):
        sentences = say_all(content.reasons, call().language)
        codes = [reason.code for reason in content.reasons]
        refuse({"case": number, "outcome": "refused", "reasons": sentences, "codes": codes}, sentences)
        return REFUSED
    try:
        made = typeset(content)
        batches.write_whole(target, made.pdf)
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
