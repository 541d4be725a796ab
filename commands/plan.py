"""``plan``: what this checkout's definition would do to the open cases, before it is deployed."""

from typing import TYPE_CHECKING

import click

from commands.context import DONE, REFUSED, tongue
from commands.office import asker, looking, staff_only, unit
from commands.output import answer, refuse
from commands.shape import command, option
from workflows.registry import HOMES

if TYPE_CHECKING:
    pass


@command("plan", words="plan.help.plan")
@option("--procedure", type=click.Choice(list(HOMES)), default=next(iter(HOMES)), words="plan.help.plan.procedure")
def plan(procedure: str) -> int:
    """Tell before it is deployed."""
    from services.reports.plan import plan as planned
    from services.reports.plan_page import plan_document, plan_page, plan_refusals

    with looking() as (db, office):
        staff_only(asker(db, office))
    found = planned(unit(), procedure)
    reasons = plan_refusals(found, tongue())
    document = {**plan_document(found), "reasons": reasons}
    (refuse if reasons else answer)(document, [*plan_page(found, tongue()), *reasons])
    return REFUSED if reasons else DONE
