"""``bulk``: the same decision over many cases.

The orders are accepted a chunk at a time and rung for on the queue ``bulk``; where no worker answers, this process
carries the chunk out itself, by the same code. Either way a chunk is one short transaction, and before each one
whoever waits at the counter goes first.
"""

import gc
from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, INTERRUPTED, REFUSED, WRONG, fails, said, tongue
from commands.keyboard import agreed
from commands.office import staff_member, unit, writing
from commands.output import answer, note, refuse
from commands.progress import progress
from commands.selecting import selected
from commands.shape import Command, Group, Option, with_globals
from commands.telling import status
from commands.transitions import payload_of, payload_options
from workflows.engine.machine import Transition
from workflows.helps import help_code
from workflows.registry import main
from workflows.request.procedure import request

if TYPE_CHECKING:
    from services.bulk import BulkOrder, Run

NOT_FOR_MANY = frozenset(
    {"open", "amend", "receive_forms", "reopen", "record_posting", "record_return", "override", "approve"}
)
"""What says something of one person, envelope or letter and of no other."""
VOUCHED = frozenset({"address_on_record", "address_shown_by", "birth_date_seen"})
"""What somebody vouches for by name: they looked at that case."""


def _transitions() -> dict[str, Transition]:
    return {
        t.command: t
        for t in request.transitions.values()
        # What was recorded wrongly is looked at case by case; only forms that the post lost are sent again by the bag.
        if t.by_staff and t.sources and t.name not in NOT_FOR_MANY and (not t.looks_back or t.name == "mail_again")
    }


class Bulk(Group):
    """One command for each transition that can be meant for many cases, made when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return their names in the order of the definition."""
        return list(_transitions())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make one."""
        transition = _transitions().get(cmd_name.replace("_", "-"))
        return None if transition is None else with_globals(_made(transition))


bulk = Bulk("bulk", words="bulk.help")


def _made(transition: Transition) -> click.Command:
    def carry_out(
        where: tuple[str, ...], preview: bool, yes: bool, anew: bool, resume: str | None, **given: Any
    ) -> int:
        wanted = _wanted(transition, where, given)
        return _look(wanted) if preview else _give(wanted, yes=yes, anew=anew, resume=resume)

    return Command(
        transition.command,
        params=[*_options(), *(option for option in payload_options(main(), transition) if option.name not in VOUCHED)],
        callback=carry_out,
        words=help_code(request, transition),
        text=transition.text,
        examples=(
            f"./admin.py bulk {transition.command} --where state={transition.sources[0]},overdue --preview",
            f"./admin.py bulk {transition.command} --where owner=hanako --yes --json",
        ),
    )


def _options() -> list[click.Parameter]:
    """Return what every bulk command takes beside its transition's own options."""
    return [
        Option(["--where"], multiple=True, metavar="WORD,…", words="bulk.option.where"),
        Option(["--preview", "--dry-run"], is_flag=True, words="bulk.option.preview"),
        Option(["--yes"], is_flag=True, words="bulk.option.yes"),
        Option(["--resume"], metavar="RUN", words="bulk.option.resume"),
        Option(["--anew"], is_flag=True, words="bulk.option.anew"),
    ]


def _wanted(transition: Transition, where: tuple[str, ...], given: dict[str, Any]) -> "BulkOrder":
    """Return the order; ends the call with what is wrong, or where nobody of that name works here."""
    from services.bulk import BulkOrder

    wanted, spelling = selected(where, request.name)
    payload = payload_of(main(), transition, "", given)
    who = staff_member()
    return BulkOrder(transition.name, payload, wanted, spelling, who.name, who.staff)


# -- the counts first -----------------------------------------------------------------------------------------------


def _look(wanted: "BulkOrder") -> int:
    from services.bulk import tally
    from services.bulk_page import tally_document, tally_page

    found = tally(unit(), wanted)
    answer({**tally_document(wanted, found, tongue()), "preview": True}, tally_page(found, tongue()))
    return REFUSED if found.refused else DONE


# -- carrying out ---------------------------------------------------------------------------------------------------


def _give(wanted: "BulkOrder", *, yes: bool, anew: bool, resume: str | None) -> int:
    from services import bulk as services
    from services.bulk_page import tally_page
    from tasks.bulk_client import carry_through

    gc.set_threshold(700)  # the script starts with the collector nearly off, for a short life; this is a long one
    found = services.tally(unit(), wanted)
    for line in tally_page(found, tongue()):
        note(line)
    if not yes:
        agreed(f"{said('bulk.sure', count=found.selected)}?", yes=yes, unasked="bulk.needs_yes")
    try:
        with writing() as (db, office):
            run = services.begin(db, office, wanted, found.selected, resume=resume, anew=anew)
    except services.NoSuchRun:
        raise fails(WRONG, "no_such_run", "bulk.no_such_run", name=resume or "") from None
    if run.resumed:
        note(said("bulk.going_on", run=run.name))
    try:
        with progress(said("bulk.carrying_out"), found.selected) as advance:
            for cases in carry_through(run, wanted, writing, unit()):
                advance(cases)
    except KeyboardInterrupt:
        return _interrupted(wanted, run)
    return _end(wanted, run)


# -- the end --------------------------------------------------------------------------------------------------------


def _end(wanted: "BulkOrder", run: "Run") -> int:
    from services import bulk as services
    from services.bulk_page import run_page

    document = _results(wanted, run)
    counted = {name: document[name] for name in ("done", "refused", "set_aside", "pending")}
    with writing() as (db, office):
        services.finish(db, office, run, wanted, counted)
    failed = document["refused"] + document["set_aside"]
    (refuse if failed else answer)(document, run_page(document, tongue()))
    return status(refused=failed, pending=document["pending"])


def _interrupted(wanted: "BulkOrder", run: "Run") -> int:
    from services.bulk_page import run_summary

    document = _results(wanted, run)
    message = said("bulk.interrupted", summary=run_summary(document, tongue()), run=run.name)
    refuse({"error": "interrupted", "message": message, **document, "interrupted": True}, [message])
    return INTERRUPTED


def _results(wanted: "BulkOrder", run: "Run") -> dict[str, Any]:
    from services import bulk as services
    from services.bulk_page import run_document
    from services.letters import events

    outcomes = list(services.results(unit(), run))
    with unit().look() as db:
        letters = events.of_outcomes(db, outcomes)
    return run_document(wanted, run, outcomes, letters, tongue())
