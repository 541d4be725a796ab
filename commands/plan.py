"""``plan``: what this checkout's definition would do to the open cases, before it is deployed."""

from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, REFUSED, call, said
from commands.office import asker, looking, staff_only
from commands.output import answer, refuse
from commands.shape import Command, Option
from workflows.engine.values import Reason
from workflows.registry import HOMES
from workflows.words import noun, say

if TYPE_CHECKING:
    from services.engine.office import Office
    from services.reports.plan import DeadlineChange, Plan


@click.command(
    "plan",
    cls=Command,
    words="plan.help.plan",
    examples=("./admin.py plan", "./admin.py plan --json"),
)
@click.option(
    "--procedure",
    cls=Option,
    type=click.Choice(list(HOMES)),
    default=next(iter(HOMES)),
    words="plan.help.plan.procedure",
)
def plan(procedure: str) -> int:
    """Tell before it is deployed."""
    from clock import office_now
    from models import session
    from services.engine.office import the_office
    from services.reports.plan import plan as planned

    def office_of(db: Any) -> "Office":
        return the_office(db, office_now(db))

    with looking() as (db, office):
        staff_only(asker(db, office))
    found = planned(session.looking, office_of, procedure)
    reasons = [_refusal(code, found) for code in found.refusals]
    document = {**_document(found), "reasons": [say(reason, call().language) for reason in reasons]}
    (refuse if reasons else answer)(document, [*_lines(found), *document["reasons"]])
    return REFUSED if reasons else DONE


def _document(found: "Plan") -> dict[str, Any]:
    return {
        "definition": found.name,
        "version": found.version,
        "fingerprint": found.fingerprint,
        "recorded": [{"version": version, "fingerprint": print_} for version, print_ in found.recorded.items()],
        "starts": not found.refusals,
        "codes": found.refusals,
        "open": found.open_cases,
        "adopted": sum(found.adopt.values()),
        "adopted_from": {str(version): count for version, count in sorted(found.adopt.items())},
        "need_mapping": found.need_mapping,
        "orders_without_transition": found.orders,
        "deadlines_moved": {name: found.moves[name] for name in ("later", "earlier", "new", "gone", "at_once")},
        "deadlines": [
            {"where": d.where, "name": d.name, "change": d.change, "before": d.before, "now": d.now}
            for d in found.deadlines
        ],
        "transitions": found.transitions,
    }


def _lines(found: "Plan") -> list[str]:
    version, fingerprint = found.version, found.fingerprint
    known = found.recorded.get(version)
    what = said("plan.recorded") if known == fingerprint else said("plan.unrecorded")
    count, adopted = found.open_cases, sum(found.adopt.values())
    lines = [
        said("plan.definition", name=found.name, version=version, fingerprint=fingerprint, what=what),
        said("plan.adopted", count=count, adopted=adopted),
    ]
    moves = found.moves
    if adopted:
        lines.append(
            said(
                "plan.moves",
                later=moves["later"],
                earlier=moves["earlier"],
                new=moves["new"],
                gone=moves["gone"],
                at_once=moves["at_once"],
            )
        )
    lines += [f"  {_deadline(change)}" for change in found.deadlines]
    lines += [
        f"  {noun(f'transition.{name}', call().language)} ({', '.join(parts)})"
        for name, parts in found.transitions.items()
    ]
    for name, waiting in found.orders.items():
        lines.append(said("plan.lost_orders", name=name, waiting=waiting))
    return lines


def _deadline(change: "DeadlineChange") -> str:
    where = noun(f"state.{change.where}", call().language) if change.where != "case" else said("plan.whole_case")
    return (
        f"{where}: {change.name} {said(f'plan.change.{change.change}')} ({change.before or '-'} -> {change.now or '-'})"
    )


def _refusal(code: str, found: "Plan") -> Reason:
    newest = max(found.recorded, default=found.version)
    listed = [f"{noun(f'state.{state}', call().language)} ({count})" for state, count in found.need_mapping.items()]
    return Reason(code, {"version": found.version, "newest": newest, "next": newest + 1, "states": listed})
