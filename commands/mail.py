"""``mail``: what the desk sent to people who work here, whether it goes out, and the way back for what did not.

Where mail to a person goes is said by ``staff mail``.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from commands.context import REFUSED, fails, said, tongue
from commands.office import asker, lead_only, looking, no_such_person, staff_only, writing
from commands.output import answer, columns
from commands.shape import group, option
from commands.wide import table

if TYPE_CHECKING:
    from services.engine.office import Office

NEWEST = 20


@group("mail", words="mail.help.mail")
def mail() -> None:
    """Mail to people who work here."""


@mail.command("list", words="mail.help.list")
@option("--limit", type=click.IntRange(min=1), default=NEWEST, words="mail.help.list.limit")
def list_(limit: int) -> None:
    """Show the newest messages."""
    from models import mail as mails

    with looking() as (db, office):
        staff_only(asker(db, office))
        found = [_told(row, office) for row in mails.newest(db, limit)]
    heads = [said(f"mail.head.{name}") for name in ("ordered", "name", "kind", "state", "fault")]
    rows = [
        [one["ordered_at"][:16].replace("T", " "), one["name"], tongue().noun(f"mail_kind.{one['kind']}"),
         tongue().noun(f"mail_state.{one['state']}"), one["fault"] or ""]
        for one in found
    ]  # fmt: skip
    answer(found, table(heads, rows, columns()) if found else [said("mail.none")])


def _told(row: Any, office: "Office") -> dict[str, Any]:
    from services.engine.moments import iso

    def moment(value: datetime | None) -> str | None:
        return iso(value, office)

    return {
        "name": row.name, "kind": row.kind, "state": row.state, "ordered_at": moment(row.ordered_at),
        "ended_at": moment(row.ended_at), "next_try_at": moment(row.not_before) if row.state == "waiting" else None,
        "attempts": row.attempts, "fault": row.fault,
    }  # fmt: skip


@mail.command("test", words="mail.help.test")
@click.argument("name", metavar="NAME")
def test(name: str) -> None:
    """Order a message that says nothing but that it came."""
    from services.mail import ordering
    from services.office import staff as services

    try:
        with writing() as (db, office):
            who = asker(db, office)
            _oneself_or_lead(who, name)
            name = services.member(db, name)
            ordered = ordering.test(db, name, office)
    except services.NoSuchPerson as unknown:
        raise no_such_person(str(unknown)) from None
    except ordering.NoAddress:
        raise fails(REFUSED, "no_address", "mail.no_address", name=name) from None
    answer({"name": name, "ordered": ordered}, [said("mail.test_ordered", name=name)])


@mail.command("again", words="mail.help.again")
@click.argument("name", metavar="NAME")
def again(name: str) -> None:
    """Send what was refused once more."""
    from models import mail as mails
    from services.office import staff as services

    try:
        with writing() as (db, office):
            lead_only(asker(db, office))
            name = services.member(db, name)
            count = mails.again(db, name)
    except services.NoSuchPerson as unknown:
        raise no_such_person(str(unknown)) from None
    answer({"name": name, "again": count}, [said("mail.again", name=name, count=count)])


def _oneself_or_lead(who: Any, name: str) -> None:
    if who.staff != name:
        lead_only(who)
