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
_WAIT_WORDS = (
    "進みがなくなってから待つ秒数（既定は10）。",
    "how many seconds without progress to wait (10 if left out)",
)
_KEY_WORDS = (
    "この操作の鍵。同じ鍵でもう一度実行しても、二重には行いません。",
    "a key of your own: the same key never does it twice",
)
_ON_WORDS = ("日付（2026-11-24 の形）。省けば今日。", "the day, like 2026-11-24; today if left out")
_OUT_WORDS = ("出力先のフォルダー（既定は var/print）。", "the folder to write into (var/print if left out)")


# -- letters --------------------------------------------------------------------------------------------------------


@click.command(
    "letters",
    cls=Command,
    words=(
        "手紙の一覧です。--unposted を付けると、まだ投函されていないものだけを示します。",
        "The letters and where they stand; --unposted shows those still in the house.",
    ),
    examples=("./admin.py letters --unposted", "./admin.py letters --case 26-000017-Y"),
)
@click.option("--unposted", cls=Option, is_flag=True, words=("未投函のものだけ。", "only those not yet posted"))
@click.option("--case", "case", cls=Option, metavar="CASE", words=("この請求のもの。", "only those of this case"))
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
        return [said("手紙はありません。", "no letters.")]
    language = call().language
    heads = said("手紙 状態 投函日 言語 ページ 束 種類", "letter state posted lang. pages batch kind").split()
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
    words=(
        (
            "作成済みの手紙を、一つの PDF（束）にまとめます。番号を省くと、未印刷のものすべてです。\n"
            "束の横に、一通ずつの PDF と一覧（人が読むものと JSON）を置きます。印刷した手紙は二度と束に入りません。\n"
            "もう一枚必要なときは --again を使います。各ページに「再印刷」の印が付き、記録されます。"
        ),
        (
            "Put the letters that were made into one PDF, a batch; all that were not printed yet if none is named.\n"
            "Beside it lie the single letters and a manifest, for people and as JSON. No letter is in two batches.\n"
            "For a second print use --again: each page is marked as a reprint, and it is recorded."
        ),
    ),
    examples=(
        "./admin.py print --out ~/print",
        "./admin.py print 26-000017-Y-01 --out ~/print",
        "./admin.py print --again 26-000017-Y-01",
    ),
)
@click.argument("numbers", nargs=-1, metavar="[LETTER]...")
@click.option("--out", cls=Option, metavar="DIR", type=click.Path(file_okay=False), words=_OUT_WORDS)
@click.option(
    "--again", "repeats", cls=Option, multiple=True, metavar="LETTER",
    words=("もう一度、印を付けて印刷する手紙。", "a letter to print once more, marked"),
)  # fmt: skip
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
                bars.append(stack.enter_context(progress(said("手紙", "letters"), of)))
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
    lines = [said("印刷する手紙はありません。", "there is nothing to print.")]
    if printed.batch is not None:
        lines = [
            said(
                f"{printed.batch}: {printed.letters} 通、{printed.pages} ページ\n  {printed.merged}\n"
                f"投函したら: ./admin.py posted --batch {printed.batch}",
                f"{printed.batch}: {printed.letters} letters, {printed.pages} pages\n  {printed.merged}\n"
                f"Once posted: ./admin.py posted --batch {printed.batch}",
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
        said(
            f"{place} に書き込めません（{error.strerror}）。書き込めるフォルダーを --out に指定して、"
            "もう一度実行してください。",
            f"{place} cannot be written ({error.strerror}); name a folder with room to write into with --out and run "
            "it again.",
        ),
    )


# -- posted, returned -----------------------------------------------------------------------------------------------


@click.command(
    "posted",
    cls=Command,
    words=(
        "手紙を投函したことを記録します。今回の書式を投函すると、請求は「書式送付済み」に進みます。",
        "Record that letters went into the post; the posting of a round's forms moves the case to forms_mailed.",
    ),
    examples=(
        "./admin.py posted --batch B26-0001",
        "./admin.py posted 26-000017-Y-01 --on 2026-11-24 --tracking 1234-5678 --class simple_registered",
    ),
)
@click.argument("numbers", nargs=-1, metavar="[LETTER]...")
@click.option("--batch", cls=Option, metavar="B", words=("この束のすべて。", "everything in this batch"))
@click.option("--on", cls=Option, metavar="DATE", words=_ON_WORDS)
@click.option("--tracking", cls=Option, metavar="T", words=("追跡番号。", "the post's tracking number"))
@click.option(
    "--class", "mail_class", cls=Option, type=click.Choice([str(kind) for kind in MailClass]),
    words=("郵便の種類。省けば普通郵便。", "class of mail; ordinary if left out"),
)  # fmt: skip
@click.option("--key", cls=Option, metavar="KEY", words=_KEY_WORDS)
@click.option("--wait", cls=Option, words=_WAIT_WORDS, **_WAIT)
def posted(numbers: tuple[str, ...], batch: str | None, key: str | None, wait: float, **given: str | None) -> int:
    """Record postings."""
    from services.intake import Fault
    from services.letters import post
    from services.letters.printing import NoSuchLetter
    from workflows.letters import RecordPosting

    faults = []
    if bool(numbers) == (batch is not None):
        message = said("手紙の番号か --batch のどちらか一方が必要です。", "give letters or --batch, one of the two.")
        faults.append(Fault("LETTER", message))
    if given["tracking"] and (batch is not None or len(set(numbers)) > 1):
        message = said("追跡番号は一通ごとに記録してください。", "belongs to one letter; record that one alone.")
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
    words=(
        "郵便で戻ってきた手紙を記録します。今回の書式なら、請求は「連絡受付」に戻り、書式コードは無効になります。",
        "Record a letter that came back; a round's forms bring the case back to contacted and void their code.",
    ),
    examples=("./admin.py returned 26-000017-Y-01 --reason moved",),
)
@click.argument("number", metavar="LETTER")
@click.option(
    "--reason", cls=Option, required=True, type=click.Choice([str(reason) for reason in ReturnReason]),
    words=("戻ってきた理由。", "why it came back"),
)  # fmt: skip
@click.option("--on", cls=Option, metavar="DATE", words=_ON_WORDS)
@click.option("--key", cls=Option, metavar="KEY", words=_KEY_WORDS)
@click.option("--wait", cls=Option, words=_WAIT_WORDS, **_WAIT)
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
    words=(
        "いまの決定で回答がどうなるかを PDF にします。番号はなく、各ページに「下書き」の透かしが入ります。",
        "Write the answer as it would be now into a PDF: without a number, DRAFT across each page.",
    ),
    examples=("./admin.py draft 26-000017-Y --out draft.pdf",),
)
@click.argument("case", metavar="CASE")
@click.option("--out", cls=Option, required=True, metavar="F.pdf", type=click.Path(dir_okay=False), words=(
    "書き出す PDF。", "the PDF to write"))  # fmt: skip
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
        [said(f"下書き（{made.pages} ページ）: {target}", f"draft ({made.pages} pages): {target}")],
    )
    return DONE
