"""``inquiry``: other inquiries, and the case that one of them may become."""

from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, INTERRUPTED, UNKNOWN, WRONG, Failure, call, fails, interactive, said, tongue
from commands.office import asker, looking, staff_only, writing
from commands.output import answer, note
from commands.places import Place
from commands.shape import group, option
from commands.telling import refused, result
from workflows.engine.machine import Refused
from workflows.request.payloads import Open

if TYPE_CHECKING:
    from sqlalchemy import Row


@group("inquiry", words="inquiry.help.inquiry")
def inquiry() -> None:
    """Other inquiries."""


@inquiry.command("add", words="inquiry.help.add")
@option("--file", "file", metavar="FILE", type=Place(dash=True), words="transitions.option.file")
def add(file: str | None) -> int:
    """Record an inquiry."""
    from services.reports.inquiries import line_of
    from services.request import inquiries
    from workflows.request.payloads import Inquiry

    payload = _parsed(Inquiry, _told(file))
    with writing() as (db, office):
        who = asker(db, office)
        staff_only(who)
    row = inquiries.add(writing, payload, who)
    if isinstance(row, Refused):
        return refused(row.reasons, result(None, None))
    document = line_of(row, office)
    answer(document, [said("inquiry.recorded", number=row.number)])
    return DONE


@inquiry.command("list", words="inquiry.help.list")
@option("--all", "everything", is_flag=True, words="inquiry.help.list.all")
def list_(everything: bool) -> None:
    """Show inquiries."""
    from models import inquiry as inquiries
    from services.reports.inquiries import inquiries_page, line_of

    with looking() as (db, office):
        staff_only(asker(db, office))
        lines = [line_of(row, office) for row in inquiries.everything(db, open_only=not everything)]
    answer(lines, inquiries_page(lines, tongue()))


@inquiry.command("show", words="inquiry.help.show")
@click.argument("number", metavar="ID")
def show(number: str) -> None:
    """Show an inquiry."""
    from models import staff
    from services.reports.inquiries import line_of, state_words
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
        raise fails(UNKNOWN, "no_such_inquiry", "inquiry.no_such", number=number) from None
    plain = {} if told is None else to_plain(told)
    document = {**line_of(row, office), "about": plain.get("about"), "person": plain.get("person")}
    person = [f"{name}: {value}" for name, value in (document["person"] or {}).items()]
    answer(document, [f"{row.number}: {state_words(row.state, tongue())}", *person, "", document["about"] or ""])


@inquiry.command("answered", words="inquiry.help.answered")
@click.argument("number", metavar="ID")
def answered(number: str) -> None:
    """Close an inquiry."""
    from services.reports.inquiries import line_of, state_words
    from services.request import inquiries

    number = _named(number)
    try:
        with writing() as (db, office):
            who = asker(db, office)
            staff_only(who)
            row = inquiries.answered(db, number, who, office)
    except inquiries.NoSuchInquiry:
        raise fails(UNKNOWN, "no_such_inquiry", "inquiry.no_such", number=number) from None
    answer(line_of(row, office), [f"{row.number}: {state_words(row.state, tongue())}"])


@inquiry.command("promote", words="inquiry.help.promote")
@click.argument("number", metavar="ID")
@option("--file", "file", metavar="FILE", type=Place(dash=True), words="transitions.option.file")
@option("--wait", metavar="SECONDS", type=click.FloatRange(min=0), default=10.0, words="transitions.option.wait")
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
            return refused(promoted.reasons, result(None, None))
        return follow(promoted.ticket, promoted.key, wait)
    except inquiries.NoSuchInquiry:
        raise fails(UNKNOWN, "no_such_inquiry", "inquiry.no_such", number=number) from None
    except KeyboardInterrupt:
        raise fails(INTERRUPTED, "interrupted", "inquiry.interrupted", number=number) from None


def _told(file: str | None) -> Any:
    """Return what the file says of an inquiry; where there is none, a person at a terminal is asked instead."""
    from commands.interview import inquiry_asked

    asked = None if file else inquiry_asked()
    return _read(file) if asked is None else asked


def _contact(file: str | None, row: "Row[Any]", told: Any) -> Any:
    """Return the first contact as the file and the inquiry tell it together."""
    from services.intake import BadInput, Fault, FileData
    from services.request.inquiries import completed

    data = _asked_of(row, told) if not file and interactive() else _read(file)
    if data.get("received_at") is not None:
        message = said("inquiry.own_moment")
        raise BadInput([Fault("received_at", message, data.lines.get("received_at"))])
    whole = FileData(completed(data, row, told), data.lines, data.cut)
    return _parsed(Open, whole)


def _parsed(kind: type[Any], data: Any) -> Any:
    """Return the payload; what was read otherwise than it was written is said."""
    from services.intake import Fault, parse

    notes: list[Fault] = []
    payload = parse(kind, data, language=call().language, notes=notes)
    for told in notes:
        note(str(told))
    return payload


def _asked_of(row: "Row[Any]", told: Any) -> Any:
    """Ask what a file would hold, with what the inquiry knows already proposed; its time is the inquiry's own."""
    from commands.interview import contact_asked
    from services.intake import FileData
    from services.intake.questions import places
    from services.request.inquiries import completed

    before = completed({}, row, told)
    before.pop("received_at")
    asked = contact_asked(Open, row.number, known={"received_at": None}, before=places(before))
    return FileData(asked, {})


def _read(file: str | None) -> Any:
    from services.intake import load_file

    if not file:
        message = said("inquiry.file_needed")
        raise Failure(WRONG, "file_needed", message, faults=[{"line": None, "field": "--file", "message": message}])
    return load_file(file, language=call().language)


def _named(text: str) -> str:
    from workflows.engine.numbers import mistyped, parse_inquiry_number

    number = parse_inquiry_number(text)
    if number is None and mistyped(text):
        raise fails(UNKNOWN, "no_such_inquiry", "office.mistyped", text=text)
    if number is None:
        raise fails(UNKNOWN, "no_such_inquiry", "inquiry.no_such", number=text)
    return number
