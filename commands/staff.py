"""``staff``: who works here, in which roles, who is away, and what whoever leaves has to hand over."""

from typing import TYPE_CHECKING, Any

import click

from commands.context import REFUSED, WRONG, Failure, call, fails, said, tongue
from commands.office import asker, lead_only, looking, no_such_person, staff_only, writing
from commands.output import answer, columns, tell_faults
from commands.shape import group, option
from commands.wide import table
from workflows.engine.values import Role
from workflows.words import noun, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from services.office.hands import Has
    from services.office.staff import Asker

_ROLES = [str(role) for role in Role if role is not Role.SYSTEM]


@group("staff", words="staff.help.staff")
def staff() -> None:
    """Who works here."""


@staff.command("add", words="staff.help.add")
@click.argument("name", metavar="NAME")
@option("--role", "roles", multiple=True, required=True, type=click.Choice(_ROLES), words="staff.help.add.role")
@option("--department", metavar="CODE", words="staff.help.add.department")
def add(name: str, roles: tuple[str, ...], department: str | None) -> None:
    """Give a person roles."""
    from services.letters.profile import department_codes
    from services.office import staff as services

    if department is not None and department not in (known := department_codes()):
        raise fails(WRONG, "no_department", "staff.no_department", department=department, known=known)
    try:
        with writing() as (db, office):
            who = asker(db, office)
            lead_only(who)
            given = services.add(db, name, [Role(role) for role in roles], who, office.now, department=department)
    except services.BadRoles as bad:
        raise Failure(WRONG, "bad_roles", say(bad.reason, call().language), codes=[bad.reason.code]) from None
    except services.BadName as bad:
        raise Failure(WRONG, "bad_name", say(bad.reason, call().language), codes=[bad.reason.code]) from None
    except services.LastLead:
        raise _last_lead(name) from None
    words = tongue().listed(noun(f"role.{role}", call().language) for role in given)
    document: dict[str, Any] = {"name": name, "roles": [str(role) for role in given], "active": True}
    if department is not None:
        document["department"] = department
    answer(document, [f"{name}: {words}" + (f" ({department})" if department else "")])


@staff.command("remove", words="staff.help.remove")
@click.argument("name", metavar="NAME")
@option("--to", metavar="NAME", words="staff.help.remove.to")
@option("--to-nobody", is_flag=True, words="staff.help.remove.to_nobody")
def remove(name: str, to: str | None, to_nobody: bool) -> None:
    """Take all roles from a person."""
    from services.office import absences, hands
    from services.office import staff as services

    if to is not None and to_nobody:
        raise click.UsageError(said("staff.one_successor"))
    try:
        with writing() as (db, office):
            who = asker(db, office)
            lead_only(who)
            name = services.member(db, name)
            successor = None if to is None else services.member(db, to)
            has = hands.has(db, name)
            if successor == name or (has.cases and successor is None and not to_nobody):
                raise _wants_a_successor(name, has)
            services.remove(db, name, who, office.now)
            moved = hands.move_all(db, name, successor, who, office)
            alone = absences.gone(db, name)
    except services.NoSuchPerson as unknown:
        raise no_such_person(str(unknown)) from None
    except services.LastLead:
        raise _last_lead(name) from None
    document = {"name": name, "roles": [], "active": False, "moved": moved, "to": successor, "without": alone}
    lines = [said("staff.removed", name=name)]
    if moved:
        lines.append(said("staff.moved", count=moved, name=successor or said("hands.nobody")))
    if alone:
        lines.append(said("staff.without_substitute", names=alone))
    answer(document, lines)


def _wants_a_successor(name: str, has: "Has") -> Failure:
    """Return the failure that says what somebody who is to leave has."""
    todos = tongue().listed(
        said(
            "staff.of_kind", kind=said("staff.waiting") if todo is None else tongue().noun(f"todo.{todo}"), count=count
        )
        for todo, count in has.todos.items()
    )
    more = said("staff.unreleased", count=has.unreleased) if has.unreleased else ""
    return fails(
        REFUSED, "successor_wanted", "staff.successor_wanted", more={"has": has.document()},
        name=name, count=has.cases, todos=todos, unreleased=more,
    )  # fmt: skip


@staff.command("away", words="staff.help.away")
@click.argument("name", metavar="NAME")
@option("--substitute", required=True, metavar="NAME", words="staff.help.away.substitute")
@option("--from", "first", metavar="DATE", words="staff.help.away.from")
@option("--until", "last", metavar="DATE", words="staff.help.away.until")
def away(name: str, substitute: str, first: str | None, last: str | None) -> None:
    """Let somebody stand in for a person."""
    from services.office import absences
    from services.office import staff as services

    begins, ends = _day(first, "--from"), _day(last, "--until")
    try:
        with writing() as (db, office):
            who = asker(db, office)
            _oneself_or_lead(who, services.member(db, name))
            today = office.calendar.today(office.now)
            found = absences.away(db, name, substitute, begins or today, ends, who, office)
    except services.NoSuchPerson as unknown:
        raise no_such_person(str(unknown)) from None
    except absences.NoSubstitute as same:
        raise fails(WRONG, "no_substitute", "staff.no_substitute", name=str(same)) from None
    except absences.EndsBeforeItBegins:
        raise fails(WRONG, "bad_input", "staff.ends_too_early") from None
    answer(found, [_away_words(found)])


@staff.command("back", words="staff.help.back")
@click.argument("name", metavar="NAME")
def back(name: str) -> None:
    """Lift an absence."""
    from services.office import absences
    from services.office import staff as services

    try:
        with writing() as (db, office):
            who = asker(db, office)
            _oneself_or_lead(who, services.member(db, name))
            name = absences.back(db, name, who, office)
    except services.NoSuchPerson as unknown:
        raise no_such_person(str(unknown)) from None
    except absences.NotAway as here:
        raise fails(REFUSED, "not_away", "staff.not_away", name=str(here)) from None
    answer({"name": name, "away": None}, [said("staff.back", name=name)])


def _oneself_or_lead(who: "Asker", name: str) -> None:
    staff_only(who)
    if who.staff != name:
        lead_only(who)


def _day(text: str | None, place: str) -> "date | None":
    """Return a day that was typed; ends the call where it is none."""
    from services.intake.scalars import Reading, read_day

    if text is None:
        return None
    reading = Reading(call().language)
    day: date | None = read_day(text, place, reading)
    if reading.faults:
        raise tell_faults(reading.faults)
    return day


def _away_words(found: "Mapping[str, Any]") -> str:
    code = "staff.away_open" if found["until"] is None else "staff.away"
    return said(
        code, name=found["name"], first=found["from"], until=found["until"] or "", substitute=found["substitute"]
    )


@staff.command("mail", words="staff.help.mail")
@click.argument("name", metavar="NAME")
@click.argument("address", metavar="[ADDRESS]", required=False)
@option("--none", "nowhere", is_flag=True, words="staff.help.mail.none")
@option("--language", type=click.Choice(["ja", "en"]), words="staff.help.mail.language")
def mail(name: str, address: str | None, nowhere: bool, language: str | None) -> None:
    """Say where mail to a person goes."""
    from services.office import staff as services
    from settings import is_address

    if (address is None) != nowhere:
        raise click.UsageError(said("staff.mail.which"))
    if address is not None and not is_address(address):
        raise fails(WRONG, "bad_address", "staff.mail.bad_address")
    try:
        with writing() as (db, office):
            who = asker(db, office)
            if who.staff != name:
                lead_only(who)
            name = services.mailed(db, name, address, None if nowhere else language, who, office.now)
    except services.NoSuchPerson as unknown:
        raise no_such_person(str(unknown)) from None
    code = "staff.mail.none" if address is None else "staff.mail.goes"
    answer({"name": name, "email": address, "language": language}, [said(code, name=name, address=address or "")])


@staff.command("list", words="staff.help.list")
def list_() -> None:
    """Show who works here."""
    from services.engine.moments import iso
    from services.office import absences
    from services.office import staff as services
    from services.reports.words import nouns

    with looking() as (db, office):
        away = {row.name: absences.told(row) for row in absences.everybody(db, office.calendar.today(office.now))}
        found = [
            {**one, "added_at": iso(one["added_at"], office), "away": away.get(one["name"])}
            for one in services.everyone(db)
        ]
    shown = [one for one in found if one["active"]]
    rows = [[one["name"], nouns("role", one["roles"], call().language)] for one in shown]
    heads = [said("staff.head.name"), said("staff.head.roles")]
    if any(one["department"] for one in shown):  # an office that asks nobody needs no column for it
        heads.append(said("staff.head.department"))
        rows = [[*row, _department(one["department"])] for row, one in zip(rows, shown, strict=True)]
    answer(found, [*table(heads, rows, columns()), *(_away_words(one["away"]) for one in shown if one["away"])])


def _department(code: str | None) -> str:
    """Return the name of a department and its code; one the office no longer names has only that."""
    from services.departments.known import departments

    known = departments().get(code or "")
    return code or "" if known is None else f"{known.name(call().language)} ({code})"


def _last_lead(name: str) -> Failure:
    return fails(REFUSED, "last_lead", "staff.last_lead", name=name)
