"""``letter-kinds``: which kinds of letters are made and printed, and the switch that stops one of them."""

from typing import TYPE_CHECKING, Any

import click

from commands.context import WRONG, Failure, call, said
from commands.office import asker, lead_only, looking, staff_only, writing
from commands.output import answer, coloured, columns
from commands.shape import Group, Option
from commands.wide import fold, table
from workflows import registry
from workflows.letters import StopReason
from workflows.words import noun

if TYPE_CHECKING:
    from services.engine.office import Office
    from services.letters.letter_kinds import Kind

_KINDS = click.Choice([str(kind) for procedure in registry.procedures() for kind in procedure.letters])


@click.group(
    "letter-kinds",
    cls=Group,
    invoke_without_command=True,
    words=(
        (
            "手紙の種類ごとに、作成と印刷を止められます。サブコマンドを省くと、種類の一覧です。\n"
            "止めた種類の手紙は、手続が進めば手配されますが、再開するまで作成も印刷もされません。ほかの仕事は続きます。"
        ),
        (
            "Stop a kind of letter whose template is wrong; without a sub-command, list the kinds.\n"
            "Letters of a stopped kind are ordered as cases go on, but neither made nor printed until it is started "
            "again. Everything else goes on."
        ),
    ),
)
@click.pass_context
def letter_kinds(context: click.Context) -> None:
    """Show the kinds, or turn the switch of one."""
    if context.invoked_subcommand is None:
        _list()


@letter_kinds.command(
    "list",
    words=("手紙の種類と、止めているかどうかの一覧です。", "The kinds of letters, and which of them are stopped."),
    examples=("./admin.py letter-kinds list", "./admin.py letter-kinds --json"),
)
def list_() -> None:
    """Show the kinds."""
    _list()


@letter_kinds.command(
    "stop",
    words=(
        (
            "一つの種類の手紙を止めます（責任者のみ）。窓口の記録に残ります。\n"
            "印刷済みの手紙は止まりません。投函の前に取り除いてください。"
        ),
        (
            "Stop one kind of letter (leads only); it is written to the office's log.\n"
            "What is printed already is not stopped: take it out of the tray before it is posted."
        ),
    ),
    examples=(
        "./admin.py letter-kinds stop disclosure_notification --reason wrong_wording",
        "./admin.py letter-kinds stop reminder --reason 'the telephone number on page 1 is the old one'",
    ),
)
@click.argument("kind", metavar="KIND", type=_KINDS)
@click.option(
    "--reason", cls=Option, required=True, metavar="TEXT",
    words=(
        f"理由（{'、'.join(StopReason)}、または自分の言葉で一行。氏名などは書かないでください）。",
        f"why: {', '.join(StopReason)}, or one line of your own words (name nobody)",
    ),
)  # fmt: skip
def stop(kind: str, reason: str) -> None:
    """Stop a kind."""
    from services.letters import letter_kinds as services

    try:
        with writing() as (db, office):
            who = asker(db, office)
            lead_only(who)
            changed = services.stop(db, kind, reason, who, office)
            now = _find(services.everything(db), kind)
    except services.BadReason:
        message = said(
            f"理由は、改行のない一行（{services.LONGEST_REASON}文字まで）で書いてください。",
            f"a reason is one line of 1 to {services.LONGEST_REASON} characters.",
        )
        raise Failure(WRONG, "bad_reason", message) from None
    _told(now, office, changed=changed)


@letter_kinds.command(
    "start",
    words=(
        (
            "止めた種類の手紙を再開します（責任者のみ）。待っていた手紙は、いまのひな形で数秒のうちに作成されます。\n"
            "止める前に作成済みだった手紙は、そのままの内容で印刷できるようになります。"
        ),
        (
            "Start a stopped kind again (leads only): what waits is made within seconds, from the present template.\n"
            "Letters that were made before the stop can be printed again as they are."
        ),
    ),
    examples=("./admin.py letter-kinds start disclosure_notification",),
)
@click.argument("kind", metavar="KIND", type=_KINDS)
def start(kind: str) -> None:
    """Start a kind."""
    from services.letters import letter_kinds as services

    with writing() as (db, office):
        who = asker(db, office)
        lead_only(who)
        before = _find(services.everything(db), kind)
        changed = services.start(db, kind, who, office)
        now = _find(services.everything(db), kind)
    _told(now, office, changed=changed, before=before)


def _find(kinds: "list[Kind]", wanted: str) -> "Kind":
    return next(kind for kind in kinds if kind.kind == wanted)


# -- telling --------------------------------------------------------------------------------------------------------


def _list() -> None:
    from services.letters import letter_kinds as services

    with looking() as (db, office):
        staff_only(asker(db, office))
        found = services.everything(db)
    heads = said("種類 状態 いつから だれが 作成待ち 印刷待ち", "kind state since by to-make to-print").split()
    rows = [_row(kind, office) for kind in found]
    documents = [_document(kind, office, call().language) for kind in found]
    reasons = [f"{one['kind']}: {one['reason_words']}" for one in documents if one["reason_words"]]
    answer(documents, [*table(heads, rows, columns()), *(line for why in reasons for line in fold(why, columns()))])


def _row(kind: "Kind", office: "Office") -> list[str]:
    document = _document(kind, office, call().language)
    since = (document["since"] or "")[:16].replace("T", " ")
    counts = [str(kind.to_be_made), str(kind.to_be_printed)] if kind.stopped else ["", ""]
    return [str(kind.kind), _state(kind), since, kind.by or "", *counts]


def _state(kind: "Kind") -> str:
    return said("停止", "stopped") if kind.stopped else said("稼働", "on")


def _document(kind: "Kind", office: "Office", language: str) -> dict[str, Any]:
    from services.letters.letter_kinds import reason_words
    from services.reports.words import iso

    reason = kind.reason if kind.stopped else None
    return {
        "kind": str(kind.kind),
        "name": noun(f"letter.{kind.kind}", language),
        "state": "stopped" if kind.stopped else "on",
        "since": iso(kind.since, office),
        "by": kind.by,
        "reason": reason,
        "reason_words": None if reason is None else noun(reason_words(reason), language),
        "to_be_made": kind.to_be_made,
        "to_be_printed": kind.to_be_printed,
    }


def _told(now: "Kind", office: "Office", *, changed: bool, before: "Kind | None" = None) -> None:
    """Say what the switch did; turning it to where it stands is no fault, but it is said who turned it."""
    document = {**_document(now, office, call().language), "changed": changed}
    name = document["name"]
    waiting = before or now
    counts = (waiting.to_be_made, waiting.to_be_printed)
    if now.stopped:
        head = said(f"{name}を止めました。", f"{name}: stopped.")
        if not changed:
            since = document["since"][:16].replace("T", " ")
            head = said(
                f"{name}は既に止まっています（{since}、{now.by}、{document['reason_words']}）。",
                f"{name}: stopped already ({since}, {now.by}: {document['reason_words']}).",
            )
        tail = said(
            f"作成待ち {counts[0]} 通、印刷待ち {counts[1]} 通が待ちます。",
            f"letters that wait to be made: {counts[0]}, to be printed: {counts[1]}.",
        )
    elif changed:
        head = said(f"{name}を再開しました。", f"{name}: started.")
        tail = said("待っている手紙はありませんでした。", "no letter waited.")
        if counts[0]:
            tail = said(
                f"作成待ちの {counts[0]} 通は、数秒のうちに作成されます。",
                f"what waited is made within seconds (letters: {counts[0]}).",
            )
        if counts[1]:
            former = said(
                f"停止前に作成された {counts[1]} 通は、印刷できるようになりました。古いひな形のままです。",
                f"What was made before the stop can be printed now, as the former template was (letters: {counts[1]}).",
            )
            tail = f"{tail} {former}" if counts[0] else former
    else:
        head, tail = said(f"{name}は止まっていません。", f"{name}: not stopped."), ""
    answer(document, [coloured(head, "bold"), *([tail] if tail else [])])
