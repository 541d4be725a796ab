"""``inquiry``: other inquiries, and the case that one of them may become."""

from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, INTERRUPTED, REFUSED, UNKNOWN, WRONG, Failure, call, said
from commands.office import asker, looking, staff_only, writing
from commands.output import answer, columns, refuse
from commands.shape import Group, Option
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


@click.group(
    "inquiry",
    cls=Group,
    words="inquiry.help.inquiry",
)
def inquiry() -> None:
    """Other inquiries."""


@inquiry.command(
    "add",
    words="inquiry.help.add",
    examples=("./admin.py inquiry add --file inquiry.yaml",),
    file=_FILE,
)
@click.option(
    "--file", "file", cls=Option, metavar="FILE", type=click.Path(allow_dash=True), words="transitions.option.file"
)
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
    answer(document, [said("inquiry.recorded", number=row.number)])
    return DONE


@inquiry.command(
    "list",
    words="inquiry.help.list",
    examples=("./admin.py inquiry list", "./admin.py inquiry list --all --json"),
)
@click.option("--all", "everything", cls=Option, is_flag=True, words="inquiry.help.list.all")
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
    heads = [said(f"inquiry.head.{head}") for head in ("inquiry", "state", "received_at", "channel", "case")]
    answer(lines, table(heads, rows, columns()) if rows else [said("inquiry.none")])


@inquiry.command(
    "show",
    words="inquiry.help.show",
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
    words="inquiry.help.answered",
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
    words="inquiry.help.promote",
    examples=("./admin.py inquiry promote I26-000001-D --file contact.yaml",),
    file=_CONTACT,
)
@click.argument("number", metavar="ID")
@click.option(
    "--file", "file", cls=Option, metavar="FILE", type=click.Path(allow_dash=True), words="transitions.option.file"
)
@click.option(
    "--wait", cls=Option, metavar="SECONDS", type=click.FloatRange(min=0), default=10.0, words="transitions.option.wait"
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
        message = said("inquiry.own_moment")
        raise BadInput([Fault("received_at", message, data.lines.get("received_at"))])
    return parse(Open, FileData(completed(data, row, told), data.lines), language=call().language)


def _read(file: str | None) -> Any:
    from services.intake import load_file

    if not file:
        message = said("inquiry.file_needed")
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
    from services.engine.moments import iso

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
    return said(f"inquiry.state.{state}")


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
        said("inquiry.no_such", number=number),
    )


def _interrupted(number: str) -> Failure:
    return Failure(
        INTERRUPTED,
        "interrupted",
        said("inquiry.interrupted", number=number),
    )
