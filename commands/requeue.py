"""``requeue`` and ``incidents``: what was set aside, and the way back."""

from typing import TYPE_CHECKING, Any

import click

from commands.context import UNKNOWN, Failure, call, said
from commands.office import asker, lead_only, looking, writing
from commands.output import answer, columns
from commands.shape import Command, Option
from commands.wide import fold
from workflows.words import noun

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from services.engine.dead_letters import Dead

LONGEST = 500


@click.command(
    "requeue",
    cls=Command,
    words="requeue.help.requeue",
    examples=(
        "./admin.py requeue 26-000017-Y-01 --why 'the font is installed'",
        "./admin.py requeue '#12' 26-000017-Y --why 'the row is mended'",
        "./admin.py requeue --all --why 'the template is mended'",
    ),
)
@click.argument("names", metavar="NAME", nargs=-1)
@click.option("--all", "everything", cls=Option, is_flag=True, words="requeue.help.requeue.all")
@click.option("--why", cls=Option, required=True, metavar="TEXT", words="requeue.help.requeue.why")
def requeue(names: tuple[str, ...], everything: bool, why: str) -> None:
    """Bring back what was set aside."""
    from services.engine import dead_letters

    if everything == bool(names):
        raise click.UsageError(said("requeue.which"))
    reason = _reason(why)
    with writing() as (db, office):
        who = asker(db, office)
        lead_only(who)
        found = dead_letters.everything(db) if everything else [one for name in names for one in _named(db, name)]
        brought = dead_letters.requeue(db, office, list(dict.fromkeys(found)), who.name, reason)
    _ring(brought)
    told = [{"kind": one.kind, "case": one.case, "subject": one.subject, "fault": one.fault} for one in brought]
    answer({"requeued": told, "count": len(told)}, _lines(brought))


@click.command(
    "incidents",
    cls=Command,
    words="requeue.help.incidents",
    examples=("./admin.py incidents --open", "./admin.py incidents --json"),
)
@click.option("--open", "only_open", cls=Option, is_flag=True, words="requeue.help.incidents.open")
def incidents(only_open: bool) -> None:
    """Show the incidents."""
    from services.engine import dead_letters
    from services.engine.moments import iso

    with looking() as (db, office):
        found = [
            {**one, "at": iso(one["at"], office), "closed_at": iso(one["closed_at"], office)}
            for one in dead_letters.incidents(db, only_open=only_open)
        ]
    lines = [line for one in found for line in _incident(one)]
    answer(found, lines or [said("requeue.no_incidents")])


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not 0 < len(reason) <= LONGEST or not reason.isprintable():
        raise click.BadParameter(
            said("requeue.bad_why", most=LONGEST),
            param_hint="--why",
        )
    return reason


def _named(db: "Connection", text: str) -> "list[Dead]":
    """Return what is set aside under a name; ends the call where nothing has that name."""
    from models import case as cases
    from services.engine import dead_letters
    from workflows.engine.numbers import parse_case_number, parse_letter_number

    order = text.strip().removeprefix("#")
    if order.isascii() and order.isdigit() and len(order) < 16:
        if dead_letters.knows_order(db, int(order)):
            return dead_letters.of_order(db, int(order))
    elif (number := parse_case_number(text)) is not None:
        found = dead_letters.of_case(db, number)
        if found or cases.find(db, number) is not None:
            return found
    else:
        plain, _, copy = text.partition(".copy")
        letter = parse_letter_number(plain)
        if letter is not None and dead_letters.knows_letter(db, letter) and (not copy or copy.isdigit()):
            return dead_letters.of_letter(db, letter, int(copy) if copy else None)
    raise Failure(
        UNKNOWN,
        "no_such_thing",
        said("requeue.no_such", text=text),
    )


def _ring(brought: "list[Dead]") -> None:
    """Ring for what came back; where the broker is away, the sweeps find it."""
    from commands.doorbell import ring
    from tasks.bell import letter_bell, order_bell

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


def _incident(one: dict[str, Any]) -> list[str]:
    state = said("requeue.open") if one["closed_at"] is None else said("requeue.closed")
    kind = noun(f"incident.{one['kind']}", call().language)
    head = f"{one['at'][:16].replace('T', ' ')}  {state}  {kind}  {one['case'] or '-'}  {one['subject']}"
    return [*fold(head, columns()), *(f"    {line}" for line in fold(one["fault"], columns() - 4))]


def set_aside_lines(found: "list[Dead]") -> list[str]:
    """Return what ``show`` and ``why`` say of what is set aside of a case, each with the line that brings it back."""
    lines = []
    for one in found:
        kind = noun(f"incident.{one.kind}", call().language)
        lines.append(said("requeue.set_aside", kind=kind, subject=one.subject, fault=one.fault, line=line_for(one)))
    return lines


def line_for(one: "Dead") -> str:
    """Return the line that brings one thing back."""
    name = f"'{one.name}'" if one.name.startswith("#") else one.name
    return f"./admin.py requeue {name} --why TEXT"


def told(found: "list[Dead]") -> list[dict[str, Any]]:
    """Return what the JSON of ``show`` and ``why`` says of what is set aside."""
    return [{"kind": one.kind, "subject": one.subject, "fault": one.fault, "run": line_for(one)} for one in found]
