"""``requeue`` and ``incidents``: what was set aside, and the way back."""

from typing import TYPE_CHECKING

import click

from commands.context import UNKNOWN, fails, said, tongue
from commands.office import asker, lead_only, looking, writing
from commands.output import answer
from commands.shape import command, option

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from services.engine.dead_letters import Dead

LONGEST = 500


@command("requeue", words="requeue.help.requeue")
@click.argument("names", metavar="NAME", nargs=-1)
@option("--all", "everything", is_flag=True, words="requeue.help.requeue.all")
@option("--why", required=True, metavar="TEXT", words="requeue.help.requeue.why")
def requeue(names: tuple[str, ...], everything: bool, why: str) -> None:
    """Bring back what was set aside."""
    from services.engine import dead_letters

    if everything == bool(names):
        raise click.UsageError(said("requeue.which"))
    reason = one_line(why)
    with writing() as (db, office):
        who = asker(db, office)
        lead_only(who)
        found = dead_letters.everything(db) if everything else [one for name in names for one in _named(db, name)]
        brought = dead_letters.requeue(db, office, list(dict.fromkeys(found)), who.name, reason)
    _ring(brought)
    told = [{"kind": one.kind, "case": one.case, "subject": one.subject, "fault": one.fault} for one in brought]
    answer({"requeued": told, "count": len(told)}, _lines(brought))


@command("incidents", words="requeue.help.incidents")
@option("--open", "only_open", is_flag=True, words="requeue.help.incidents.open")
def incidents(only_open: bool) -> None:
    """Show the incidents."""
    from services.reports.incidents import incidents as report
    from services.reports.incidents import incidents_page

    with looking() as (db, office):
        found = report(db, office, only_open=only_open)
    answer(found, incidents_page(found, tongue()))


def one_line(text: str) -> str:
    """Return why, as the log keeps it: one line; ends the call where it is none."""
    reason = " ".join(text.split())
    if not 0 < len(reason) <= LONGEST or not reason.isprintable():
        raise click.BadParameter(
            said("requeue.bad_why", most=LONGEST),
            param_hint="--why",
        )
    return reason


def _named(db: "Connection", text: str) -> "list[Dead]":
    """Return what is set aside under a name; ends the call where nothing has that name."""
    from services.engine import dead_letters

    found = dead_letters.under(db, text)
    if found is None:
        raise fails(UNKNOWN, "no_such_thing", "requeue.no_such", text=text)
    return found


def _ring(brought: "list[Dead]") -> None:
    """Ring for what came back; where the broker is away, the sweeps find it."""
    from tasks.bell import letter_bell, order_bell, ring

    bells = []
    for one in brought:
        if one.kind == "order":
            transition = one.subject.partition(" ")[0]
            task = f"{one.case}.{transition.replace('_', '-')}.requeued-{one.id}"
            bells.append(order_bell(transition, task, one.case or "", one.id))
        elif one.kind == "effect":
            bells.append(letter_bell(one.case or "", one.id))
    ring(bells)


def _lines(brought: "list[Dead]") -> list[str]:
    if not brought:
        return [said("requeue.nothing_there")]
    return [said("requeue.back", case=one.case or '-', subject=one.subject)
            for one in brought]  # fmt: skip
