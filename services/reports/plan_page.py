"""The plan of a release, told: what this checkout's definition would do to the open cases."""

from typing import Any

from services.reports.plan import DeadlineChange, Plan
from workflows.engine.values import Reason
from workflows.tongue import Tongue


def plan_document(found: Plan) -> dict[str, Any]:
    """Return the plan as programs read it."""
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


def plan_page(found: Plan, tongue: Tongue) -> list[str]:
    """Say which cases come under the version, and what moves."""
    version, fingerprint = found.version, found.fingerprint
    known = found.recorded.get(version)
    what = tongue.tell("plan.recorded") if known == fingerprint else tongue.tell("plan.unrecorded")
    count, adopted = found.open_cases, sum(found.adopt.values())
    lines = [
        tongue.tell("plan.definition", name=found.name, version=version, fingerprint=fingerprint, what=what),
        tongue.tell("plan.adopted", count=count, adopted=adopted),
    ]
    moves = found.moves
    if adopted:
        lines.append(
            tongue.tell(
                "plan.moves",
                later=moves["later"],
                earlier=moves["earlier"],
                new=moves["new"],
                gone=moves["gone"],
                at_once=moves["at_once"],
            )
        )
    lines += [f"  {_deadline(change, tongue)}" for change in found.deadlines]
    lines += [
        f"  {tongue.noun(f'transition.{name}')} ({', '.join(parts)})" for name, parts in found.transitions.items()
    ]
    for name, waiting in found.orders.items():
        lines.append(tongue.tell("plan.lost_orders", name=name, waiting=waiting))
    return lines


def _deadline(change: DeadlineChange, tongue: Tongue) -> str:
    where = tongue.noun(f"state.{change.where}") if change.where != "case" else tongue.tell("plan.whole_case")
    how = tongue.tell(f"plan.change.{change.change}")
    return f"{where}: {change.name} {how} ({change.before or '-'} -> {change.now or '-'})"


def _refusal(code: str, found: Plan, tongue: Tongue) -> Reason:
    newest = max(found.recorded, default=found.version)
    listed = [f"{tongue.noun(f'state.{state}')} ({count})" for state, count in found.need_mapping.items()]
    return Reason(code, {"version": found.version, "newest": newest, "next": newest + 1, "states": listed})


def plan_refusals(found: Plan, tongue: Tongue) -> list[str]:
    """Say why a start would be refused."""
    return [tongue.say(_refusal(code, found, tongue)) for code in found.refusals]
