"""``staff`` and ``assign``: who may do what, and who has which case."""

import click

from commands.context import REFUSED, WRONG, Failure, call, fails, said, tongue
from commands.office import asker, case_named, find_case, lead_only, looking, no_such_person, writing
from commands.output import answer, columns
from commands.shape import command, group, option
from commands.wide import table
from workflows.engine.values import Role
from workflows.words import noun, say

_ROLES = [str(role) for role in Role if role is not Role.SYSTEM]


@group("staff", words="staff.help.staff")
def staff() -> None:
    """Who works here."""


@staff.command("add", words="staff.help.add")
@click.argument("name", metavar="NAME")
@option("--role", "roles", multiple=True, required=True, type=click.Choice(_ROLES), words="staff.help.add.role")
def add(name: str, roles: tuple[str, ...]) -> None:
    """Give a person roles."""
    from services.office import staff as services

    try:
        with writing() as (db, office):
            who = asker(db, office)
            lead_only(who)
            given = services.add(db, name, [Role(role) for role in roles], who, office.now)
    except services.BadName as bad:
        raise Failure(WRONG, "bad_name", say(bad.reason, call().language), codes=[bad.reason.code]) from None
    except services.LastLead:
        raise _last_lead(name) from None
    words = tongue().listed(noun(f"role.{role}", call().language) for role in given)
    answer({"name": name, "roles": [str(role) for role in given], "active": True}, [f"{name}: {words}"])


@staff.command("remove", words="staff.help.remove")
@click.argument("name", metavar="NAME")
def remove(name: str) -> None:
    """Take all roles from a person."""
    from services.office import staff as services

    try:
        with writing() as (db, office):
            who = asker(db, office)
            lead_only(who)
            name = services.remove(db, name, who, office.now)
    except services.NoSuchPerson:
        raise no_such_person(name) from None
    except services.LastLead:
        raise _last_lead(name) from None
    answer({"name": name, "roles": [], "active": False}, [said("staff.removed", name=name)])


@staff.command("list", words="staff.help.list")
def list_() -> None:
    """Show who works here."""
    from services.engine.moments import iso
    from services.office import staff as services
    from services.reports.words import nouns

    with looking() as (db, office):
        found = [{**one, "added_at": iso(one["added_at"], office)} for one in services.everyone(db)]
    shown = [one for one in found if one["active"]]
    rows = [[one["name"], nouns("role", one["roles"], call().language)] for one in shown]
    answer(found, table([said("staff.head.name"), said("staff.head.roles")], rows, columns()))


@command("assign", words="staff.help.assign")
@click.argument("case", metavar="CASE")
@click.argument("name", metavar="NAME")
def assign(case: str, name: str) -> None:
    """Say who has a case."""
    from services.office import staff as services

    number = case_named(case)
    try:
        with writing() as (db, office):
            who = asker(db, office)
            lead_only(who)
            find_case(db, number)
            name = services.assign(db, number, name, who, office.now)
    except services.NoSuchPerson:
        raise no_such_person(name) from None
    answer({"case": number, "owner": name}, [said("staff.assigned", number=number, name=name)])


def _last_lead(name: str) -> Failure:
    return fails(REFUSED, "last_lead", "staff.last_lead", name=name)
