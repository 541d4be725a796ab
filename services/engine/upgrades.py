"""The definition and the cases that began under an older one: what a start checks, how they come under the new one.

Versions only go up. A case comes under the present version by a transition of its own, recorded like any other: when it
is touched, or when the sweep comes by. Then its deadlines are those of the new version; what had fired as often as the
former version let it is not begun anew.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from models import case as cases
from models import office
from models import retry as retries
from models.definitions import has_open_cases, newest, stranding
from services.engine import troubled
from services.engine.office import Office
from services.engine.order import Order, Outcome
from services.engine.sweep import GoOn, Work, always, bounded, run
from services.engine.transaction import carry_out as carry_out_present
from services.engine.unit import UnitOfWork
from services.engine.versions import OlderDefinition, must_be_ours, outdated
from workflows.engine.machine import BadDefinition, Machine
from workflows.engine.payloads import Adopt
from workflows.engine.values import SYSTEM
from workflows.registry import known, machine, opens, procedures

CHUNK = 300
"""How many cases one transaction brings under the new version."""

_UPGRADE = retries.retry.c.work == "upgrade"
_SHAPE = select(office.definition.c.shape).where(
    office.definition.c.name == bindparam("name"), office.definition.c.version == bindparam("version")
)
_BEHIND = (
    select(cases.case.c.id)
    .where(cases.OPEN, cases.case.c.definition == bindparam("name"), cases.case.c.version < bindparam("version"))
    .where(~select(retries.retry.c.case_id).where(retries.retry.c.case_id == cases.case.c.id, _UPGRADE).exists())
    # By the index of open cases by version: where none is behind, looking costs next to nothing.
    .order_by(cases.case.c.version, cases.case.c.id)
    .limit(bindparam("most"))
)
# Those somebody else holds are left for the next round: nobody waits, and nobody is kept from their turn.
_BEHIND_AND_FREE = _BEHIND.with_for_update(key_share=True, skip_locked=True, of=cases.case)


class StateVanished(office.DefinitionChanged):
    """Open cases stand in a state that this definition does not have, or calls closed: nobody could move them."""


# -- starting -------------------------------------------------------------------------------------------------------


def check_starts(db: Connection, now: Any) -> None:
    """Record every procedure of this code at its first start.

    Raises BadDefinition where the numbers of two procedures begin alike, and what `check_start` raises.
    """
    owners: dict[str, str] = {}
    for each in procedures():
        if (other := owners.setdefault(each.prefix, each.name)) != each.name:
            raise BadDefinition(each.name, [f"its numbers begin with {each.prefix!r}, as those of {other} do"])
    for each in procedures():
        check_start(db, each.machine, now)


def check_start(db: Connection, machine: Machine[Any], now: Any) -> None:
    """Record the definition at its first start; refuse to start where it would strand or turn back a case.

    Raises:
        DefinitionChanged: the same version was recorded in another shape.
        OlderDefinition: a newer version was in force already.
        StateVanished: open cases stand in a state that is no more.
    """
    latest = newest(db, machine.name)
    if latest is not None and latest > machine.version:
        raise OlderDefinition(
            f"version {latest} of {machine.name!r} is in force, this checkout has version {machine.version}: deploy a "
            f"newer one; to return to an older shape, declare it as version {latest + 1}"
        )
    gone = [state for state in stranding(db, machine) if has_open_cases(db, machine.name, state)]
    if gone:
        raise StateVanished(
            f"open cases stand in {', '.join(gone)}, which version {machine.version} of {machine.name!r} does not "
            "know as open: keep the state until they have left it (plan counts them)"
        )
    office.check_definition(db, machine, now)


# -- adopting -------------------------------------------------------------------------------------------------------


def brought_up(db: Connection, locked: Mapping[str, Row[Any]], here: Office) -> dict[str, Row[Any]]:
    """Return these locked cases under the present version: those behind come under it first, recorded.

    Raises:
        OlderDefinition: a case is under a newer version than this code knows; it must not be touched.
    """
    present = dict(known())
    behind = [row for row in locked.values() if row.version != present.get(row.definition)]
    if not behind:
        return dict(locked)
    for row in behind:
        must_be_ours(row)
    shapes = {under: shape_of(db, *under) for under in {(row.definition, row.version) for row in behind}}
    orders = [
        Order(
            row.number,
            "adopt",
            Adopt(
                before=row.version,
                now=present[row.definition],
                firings=firings(shapes[row.definition, row.version], row.state),
            ),
            SYSTEM,
            f"definition:{present[row.definition]}",
        )
        for row in behind
    ]
    carry_out_present(db, orders, here, locked={row.number: row for row in behind})
    return {**locked, **cases.lock(db, [row.number for row in behind])}


def carry_out(db: Connection, orders: Sequence[Order], here: Office) -> list[Outcome]:
    """Carry out these orders, at most one per case; cases that are behind come under the present version first.

    Raises what `services.engine.transaction.carry_out` and `brought_up` raise.
    """
    locked = cases.lock(db, [order.case for order in orders if not opens(order.case, order.transition)])
    return carry_out_present(db, orders, here, locked=brought_up(db, locked, here))


def sweep(unit: UnitOfWork, go_on: GoOn = always, *, most: int | None = None) -> int:
    """Bring open cases under the present version, while *go_on* says so and at most *most* batches; return how many.

    A case that will not come waits or is set aside alone: the others come, and every other deadline is fired.
    """
    return sum(run(_WORK, unit, bounded(go_on, most)))


def _claim(db: Connection, here: Office) -> list[int]:
    # Looked for each time: old code may go on opening cases under its version beside this one.
    for name, version in known():
        behind = {"name": name, "version": version, "most": CHUNK}
        ids = list(db.execute(_BEHIND_AND_FREE, behind).scalars())
        if ids and not outdated(db):
            return ids
    return troubled.due(db, "upgrade", CHUNK)


def _together(db: Connection, here: Office, ids: Sequence[int]) -> list[int]:
    locked = cases.lock_free(db, ids)
    troubled.settled(db, here, locked.values(), "upgrade")
    return [len(brought_up(db, {number: row for number, row in locked.items() if row.open}, here))]


_WORK: Work[int, int] = Work(
    claim=_claim,
    together=_together,
    put_back=partial(troubled.put_back, work="upgrade"),
    set_aside=partial(troubled.set_aside, work="upgrade", subject=lambda row: f"{row.definition} {row.version}"),
    judge=troubled.judge,
    tries=lambda _: 0,
    most_tries=1,
)


def shape_of(db: Connection, name: str, version: int) -> Mapping[str, Any]:
    """Return the shape a version had; the present one where none was recorded, so that nothing fires anew."""
    shape: Mapping[str, Any] | None = db.execute(_SHAPE, {"name": name, "version": version}).scalar_one_or_none()
    return shape if shape is not None else machine(name).shape()


def firings(shape: Mapping[str, Any], state: str) -> dict[str, int]:
    """Return how often each deadline of a state fired at most under that shape; 0 for one without end."""
    deadlines = [*shape["states"].get(state, {"deadlines": ()})["deadlines"], *shape["clocks"].values()]
    return {each["name"]: len(each["counts"]) if each["step"] is None else 0 for each in deadlines}
