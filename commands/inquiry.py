"""``inquiry``: other inquiries, and the case that one of them may become."""

from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, INTERRUPTED, REFUSED, UNKNOWN, WRONG, Failure, call, said
from commands.office import asker, looking, staff_only, writing
from commands.output import answer, columns, refuse
from commands.shape import Group, Option
from commands.transition_words import OPTIONS
from commands.wide import table
from workflows.engine.machine import Refused
from workflows.words import noun, say_all

if TYPE_CHECKING:
    from sqlalchemy import Row

    from services.engine.office import Office

_FILE = """\
channel: phone                          # * post | phone | email | visit
language: ja                            # * ja | en
about: 自分の情報をどう使っているか知りたい。    # *
received_at: 2026-11-20T10:15
person: {name: 見本 花子, phone: 03-0000-0000}"""
_CONTACT = """\
rights: [purpose_notice]                # *
category: customer                      # *
subject: {name: 見本 花子, postcode: 100-0001, address: 東京都千代田区千代田1-1}
# all else as for open; channel, language and person are the inquiry's unless given,
# the time of first contact is always the inquiry's"""

_HEADS = (
    ("問合せ", "inquiry"),
    ("状態", "state"),
    ("最初の連絡", "first contact"),
    ("方法", "channel"),
    ("請求", "case"),
)


@click.group(
    "inquiry",
    cls=Group,
    words=(
        "開示等の請求ではない問合せ。請求だと分かれば、最初の連絡の日時のまま請求にできます。",
        "Inquiries other than requests; one that turns out to be a request becomes a case and keeps its first contact.",
    ),
)
def inquiry() -> None:
    """Other inquiries."""


@inquiry.command(
    "add",
    words=("問合せを記録します。", "Record an inquiry."),
    examples=("./admin.py inquiry add --file inquiry.yaml",),
    file=_FILE,
)
@click.option("--file", "file", cls=Option, metavar="FILE", type=click.Path(allow_dash=True), words=OPTIONS["file"])
def add(file: str | None) -> int:
    """Record an inquiry."""
    from services.intake import parse
    from services.request import inquiries
    from workflows.request.payloads import Inquiry

    payload = parse(Inquiry, _read(file), language=call().language)
    with writing() as (db, office):
        who = asker(db, office)
        staff_only(who)
    row = inquiries.add(writing, payload, who)
    if isinstance(row, Refused):
        return _refused(row)
    document = _line(row, office)
    answer(document, [said(f"{row.number}: 記録しました。", f"{row.number}: recorded.")])
    return DONE


@inquiry.command(
    "list",
    words=("未了の問合せの一覧です。", "Inquiries that are open."),
    examples=("./admin.py inquiry list", "./admin.py inquiry list --all --json"),
)
@click.option(
    "--all", "everything", cls=Option, is_flag=True, words=("終わったものも示します。", "those that are closed too")
)
def list_(everything: bool) -> None:
    """Show inquiries."""
    from models import inquiry as inquiries

    with looking() as (db, office):
        staff_only(asker(db, office))
        lines = [_line(row, office) for row in inquiries.everything(db, open_only=not everything)]
    rows = [
        [line["inquiry"], _state(line["state"]), line["received_at"][:16].replace("T", " "),
         noun(f"channel.{line['channel']}", call().language), line["case"] or ""]
        for line in lines
    ]  # fmt: skip
    heads = [said(*words) for words in _HEADS]
    answer(lines, table(heads, rows, columns()) if rows else [said("問合せはありません。", "no inquiries.")])


@inquiry.command(
    "show",
    words=("問合せの内容を示します。見たことは記録されます。", "What an inquiry says; each look is recorded."),
    examples=("./admin.py inquiry show I26-000001-D",),
)
@click.argument("number", metavar="ID")
def show(number: str) -> None:
    """Show an inquiry."""
    from models import staff
    from services.request import inquiries
    from workflows.engine.codec import to_plain

    number = _named(number)
    try:
        with writing() as (db, office):
            who = asker(db, office)
            staff_only(who)
            row, told = inquiries.opened(db, number, office)
            staff.log(db, office.now, "inquiry_seen", who.name, {"inquiry": number})
    except inquiries.NoSuchInquiry:
        raise _unknown(number) from None
    plain = {} if told is None else to_plain(told)
    document = {**_line(row, office), "about": plain.get("about"), "person": plain.get("person")}
    person = [f"{name}: {value}" for name, value in (document["person"] or {}).items()]
    answer(document, [f"{row.number}: {_state(row.state)}", *person, "", document["about"] or ""])


@inquiry.command(
    "answered",
    words=(
        "問合せに答え、請求にはならないことを記録します。",
        "Record that an inquiry was answered and needs no case.",
    ),
    examples=("./admin.py inquiry answered I26-000001-D",),
)
@click.argument("number", metavar="ID")
def answered(number: str) -> None:
    """Close an inquiry."""
    from services.request import inquiries

    number = _named(number)
    try:
        with writing() as (db, office):
            who = asker(db, office)
            staff_only(who)
            row = inquiries.answered(db, number, who, office)
    except inquiries.NoSuchInquiry:
        raise _unknown(number) from None
    answer(_line(row, office), [f"{row.number}: {_state(row.state)}"])


@inquiry.command(
    "promote",
    words=(
        "問合せを請求にします。\n最初の連絡の日時は問合せのものです。何度実行しても、請求は一つだけです。",
        "Make an inquiry a case.\nThe time of first contact is the inquiry's. Asked for twice, it opens one case.",
    ),
    examples=("./admin.py inquiry promote I26-000001-D --file contact.yaml",),
    file=_CONTACT,
)
@click.argument("number", metavar="ID")
@click.option("--file", "file", cls=Option, metavar="FILE", type=click.Path(allow_dash=True), words=OPTIONS["file"])
@click.option(
    "--wait", cls=Option, metavar="SECONDS", type=click.FloatRange(min=0), default=10.0, words=OPTIONS["wait"]
)
def promote(number: str, file: str | None, wait: float) -> int:
    """Open a case."""
    from commands.ordering import follow
    from services.request import inquiries

    number = _named(number)
    try:
        with writing() as (db, office):
            who = asker(db, office)
            staff_only(who)
            row, told = inquiries.opened(db, number, office)
            before = inquiries.promotion(db, number)
        promoted: Any = before or inquiries.promote(writing, number, _contact(file, row, told), who)
        if isinstance(promoted, Refused):
            return _refused(promoted)
        return follow(promoted.ticket, promoted.key, wait)
    except inquiries.NoSuchInquiry:
        raise _unknown(number) from None
    except KeyboardInterrupt:
        raise _interrupted(number) from None


def _contact(file: str | None, row: "Row[Any]", told: Any) -> Any:
    """Return the first contact as the file and the inquiry tell it together."""
    from services.intake import BadInput, Fault, FileData, parse
    from services.request.inquiries import completed
    from workflows.request.payloads import Open

    data = _read(file)
    if data.get("received_at") is not None:
        message = said("問合せの日時が使われます。書かないでください。", "the inquiry's own counts; leave it out.")
        raise BadInput([Fault("received_at", message, data.lines.get("received_at"))])
    return parse(Open, FileData(completed(data, row, told), data.lines), language=call().language)


def _read(file: str | None) -> Any:
    from services.intake import load_file

    if not file:
        message = said("--file FILE が必要です（- なら標準入力）。", "--file FILE is needed (- reads standard input).")
        raise Failure(WRONG, "file_needed", message, faults=[{"line": None, "field": "--file", "message": message}])
    return load_file(file, language=call().language)


def _named(text: str) -> str:
    from workflows.engine.numbers import parse_inquiry_number

    number = parse_inquiry_number(text)
    if number is None:
        raise _unknown(text)
    return number


# -- telling --------------------------------------------------------------------------------------------------------


def _line(row: "Row[Any]", office: "Office") -> dict[str, Any]:
    from services.reports.words import iso

    return {
        "inquiry": row.number,
        "state": row.state,
        "received_at": iso(row.received_at, office),
        "channel": row.channel,
        "language": row.language,
        "case": row.case_number,
        "recorded_by": row.recorded_by,
    }


def _state(state: str) -> str:
    words = {"open": ("未了", "open"), "promoted": ("請求になった", "promoted"), "answered": ("回答済み", "answered")}
    return said(*words[state])


def _refused(decision: Refused) -> int:
    sentences = say_all(decision.reasons, call().language)
    codes = list(dict.fromkeys(reason.code for reason in decision.reasons))
    refuse(
        {
            "case": None,
            "state": None,
            "seq": None,
            "outcome": "refused",
            "repeated": False,
            "reasons": sentences,
            "codes": codes,
        },
        sentences,
    )
    return REFUSED


def _unknown(number: str) -> Failure:
    return Failure(
        UNKNOWN,
        "no_such_inquiry",
        said(
            f"{number} という問合せはありません（番号は I26-000001-D の形です）。"
            "./admin.py inquiry list --all で確かめてください。",
            f"there is no inquiry {number} (they look like I26-000001-D); "
            "./admin.py inquiry list --all shows all of them.",
        ),
    )


def _interrupted(number: str) -> Failure:
    return Failure(
        INTERRUPTED,
        "interrupted",
        said(
            f"中断しました。もう一度実行すれば結果が分かります。{number} から開かれる請求は一つだけです。",
            f"interrupted; the same call finds out what became of it, and {number} opens one case only.",
        ),
    )
