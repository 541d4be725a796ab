"""``staff`` and ``assign``: who may do what, and who has which case."""

import click

from commands.context import REFUSED, WRONG, Failure, call, said
from commands.office import asker, case_named, find_case, lead_only, looking, no_such_person, writing
from commands.output import answer, columns
from commands.shape import Command, Group, Option
from commands.wide import table
from workflows.engine.values import Role
from workflows.words import noun, say

_ROLES = [str(role) for role in Role if role is not Role.SYSTEM]


@click.group(
    "staff",
    cls=Group,
    words=("担当者と役割を管理します。", "Who works here, and in which roles."),
)
def staff() -> None:
    """Who works here."""


@staff.command(
    "add",
    words=(
        (
            "担当者に役割を与えます（責任者のみ）。\nNAME は本人のログイン名です。既にいる人の役割は、"
            "ここで指定したものに置き換わります。"
        ),
        (
            "Give a person roles (leads only).\n"
            "NAME is their login; the roles of somebody who is there already become exactly those given here."
        ),
    ),
    examples=("./admin.py staff add hanako --role clerk", "./admin.py staff add jiro --role verifier approver"),
)
@click.argument("name", metavar="NAME")
@click.option(
    "--role", "roles", cls=Option, multiple=True, required=True, type=click.Choice(_ROLES),
    words=("役割。繰り返せます。", "a role, repeatable"),
)  # fmt: skip
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
    words = said("、", ", ").join(noun(f"role.{role}", call().language) for role in given)
    answer({"name": name, "roles": [str(role) for role in given], "active": True}, [f"{name}: {words}"])


@staff.command(
    "remove",
    words=(
        "担当者の役割をすべて外します（責任者のみ）。履歴の名前は残ります。",
        "Take all roles from a person (leads only); the history keeps the name.",
    ),
    examples=("./admin.py staff remove hanako",),
)
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
    answer({"name": name, "roles": [], "active": False}, [said(f"{name}: 役割なし", f"{name}: no role any more")])


@staff.command("list", words=("担当者の一覧です。", "Who works here."), examples=("./admin.py staff list",))
def list_() -> None:
    """Show who works here."""
    from services.office import staff as services
    from services.reports.words import iso, nouns

    with looking() as (db, office):
        found = [{**one, "added_at": iso(one["added_at"], office)} for one in services.everyone(db)]
    shown = [one for one in found if one["active"]]
    rows = [[one["name"], nouns("role", one["roles"], call().language)] for one in shown]
    answer(found, table([said("名前", "name"), said("役割", "roles")], rows, columns()))


@click.command(
    "assign",
    cls=Command,
    words=("請求の担当者を決めます（責任者のみ）。", "Say who has a case (leads only)."),
    examples=("./admin.py assign 26-000017-Y hanako",),
)
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
    answer({"case": number, "owner": name}, [said(f"{number} の担当: {name}", f"{number} is now with {name}")])


def _last_lead(name: str) -> Failure:
    return Failure(
        REFUSED,
        "last_lead",
        said(
            f"{name} は最後の責任者です。先にほかの人を責任者（lead）にしてください。",
            f"{name} is the last lead; make somebody else a lead first.",
        ),
    )
