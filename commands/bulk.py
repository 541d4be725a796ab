"""``bulk``: the same decision over many cases.

The orders are accepted a chunk at a time and rung for on the queue ``bulk``; where no worker answers, this process
carries the chunk out itself, by the same code. Either way a chunk is one short transaction, and before each one
whoever waits at the counter goes first.
"""

import gc
import time
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from commands.bulk_where import read_where
from commands.context import DONE, INTERRUPTED, PENDING, REFUSED, WRONG, Failure, call, interactive, said
from commands.office import asker, looking, staff_only, writing
from commands.output import answer, note, refuse
from commands.progress import progress
from commands.shape import Command, Group, Option, with_globals
from commands.steps import help_code
from commands.transitions import payload_of, payload_options
from workflows.engine.machine import Transition
from workflows.request.procedure import request
from workflows.words import noun, say, say_all

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from services.bulk import BulkOrder, Chunk, Run, Tally
    from services.engine.office import Office
    from services.engine.order import Outcome

ANSWERED_WITHIN = 2.0
"""After so many seconds without an answer this process carries a chunk out itself: before the sweep would (3 s)."""
LONGEST_PAUSE = 2.0
"""So long, in seconds, a chunk waits at most for the people at the counter."""
LOOK = 0.02
NOT_FOR_MANY = frozenset(
    {"open", "amend", "receive_forms", "reopen", "record_posting", "record_return", "override", "approve"}
)
"""What says something of one person, envelope or letter and of no other."""
VOUCHED = frozenset({"address_on_record", "address_shown_by", "birth_date_seen"})
"""What somebody vouches for by name: they looked at that case."""


def _transitions() -> dict[str, Transition]:
    return {t.command: t for t in request.transitions.values() if t.by_staff and t.name not in NOT_FOR_MANY}


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
        params=[*_options(), *(option for option in payload_options(transition) if option.name not in VOUCHED)],
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
        Option(["--preview"], is_flag=True, words="bulk.option.preview"),
        Option(["--yes"], is_flag=True, words="bulk.option.yes"),
        Option(["--resume"], metavar="RUN", words="bulk.option.resume"),
        Option(["--anew"], is_flag=True, words="bulk.option.anew"),
    ]


def _wanted(transition: Transition, where: tuple[str, ...], given: dict[str, Any]) -> "BulkOrder":
    """Return the order; ends the call with what is wrong, or where nobody of that name works here."""
    from services.bulk import BulkOrder

    wanted, spelling = read_where(where)
    payload = payload_of(transition, "", given)
    with writing() as (db, office):
        who = asker(db, office)
        staff_only(who)
    return BulkOrder(transition.name, payload, wanted, spelling, who.name, who.staff)


def _office_of(db: "Connection") -> "Office":
    from clock import office_now
    from services.engine.office import the_office

    return the_office(db, office_now(db))


# -- the counts first -----------------------------------------------------------------------------------------------


def _look(wanted: "BulkOrder") -> int:
    from models import session
    from services.bulk import tally

    found = tally(session.looking, _office_of, wanted)
    answer({**_counts(wanted, found), "preview": True}, _told(found))
    return REFUSED if found.refused else DONE


def _counts(wanted: "BulkOrder", found: "Tally") -> dict[str, Any]:
    return {
        "transition": wanted.transition,
        "where": wanted.where,
        "selected": found.selected,
        "done": found.done,
        "refused": found.refused,
        "states": dict(found.states),
        "reasons": [
            {
                "code": code,
                "count": count,
                "examples": [
                    {"case": case, "reason": say(reason, call().language)} for case, reason in found.examples[code]
                ],
            }
            for code, count in found.reasons.most_common()
        ],
    }


def _told(found: "Tally") -> list[str]:
    language = call().language
    lines = [said("bulk.counted", count=found.selected, done=found.done, refused=found.refused)]
    lines += [f"  {count:>6}  -> {noun(f'state.{state}', language)}" for state, count in found.states.most_common()]
    for code, count in found.reasons.most_common():
        case, reason = found.examples[code][0]
        lines.append(said("bulk.example", count=count, reason=say(reason, language), case=case))
    return lines


# -- carrying out ---------------------------------------------------------------------------------------------------


def _give(wanted: "BulkOrder", *, yes: bool, anew: bool, resume: str | None) -> int:
    from models import session
    from services import bulk as services

    gc.set_threshold(700)  # the script starts with the collector nearly off, for a short life; this is a long one
    found = services.tally(session.looking, _office_of, wanted)
    for line in _told(found):
        note(line)
    if not yes:
        _confirm(found)
    try:
        with writing() as (db, office):
            run = services.begin(db, office, wanted, found.selected, resume=resume, anew=anew)
    except services.NoSuchRun:
        raise _no_such_run(resume or "") from None
    if run.resumed:
        note(said("bulk.going_on", run=run.name))
    try:
        with progress(said("bulk.carrying_out"), found.selected) as advance:
            for chunk in _chunks(run, wanted):
                advance(chunk.cases)
    except KeyboardInterrupt:
        return _interrupted(wanted, run)
    return _end(wanted, run)


def _confirm(found: "Tally") -> None:
    if not interactive():
        raise Failure(
            WRONG,
            "not_confirmed",
            said("bulk.needs_yes"),
        )
    question = said("bulk.sure", count=found.selected)
    click.confirm(f"{question}?", abort=True, err=True)


def _chunks(run: "Run", wanted: "BulkOrder") -> "Iterator[Chunk]":
    """Carry the run out and yield each chunk when it is done."""
    from services import bulk as services

    after, alone = 0, False
    while True:
        _people_first()
        with writing() as (db, office):
            chunk = services.place(db, office, run, wanted, after)
        if chunk is None:
            return
        if not chunk.empty and (alone or not _answered(run, chunk)):
            alone = True
            _carry_out(run, chunk)
        after = chunk.after
        yield chunk


def _people_first() -> None:
    """Let those at the counter go first, but not for ever: an order may wait for something else."""
    from services.bulk import people_wait

    until = time.monotonic() + LONGEST_PAUSE
    while time.monotonic() < until:
        with looking() as (db, _):
            if not people_wait(db):
                return
        time.sleep(LOOK)


def _answered(run: "Run", chunk: "Chunk") -> bool:
    """Ring for a chunk and wait a little; False where no worker carried it out."""
    from commands.doorbell import ring
    from services.bulk import waits
    from tasks.bell import bulk_bell

    if not ring([bulk_bell(run.name, chunk.first, chunk.last)]):
        return False
    until = time.monotonic() + ANSWERED_WITHIN
    while time.monotonic() < until:
        time.sleep(LOOK)
        with looking() as (db, _):
            if not waits(db, run.name, chunk):
                return True
    return False


def _carry_out(run: "Run", chunk: "Chunk") -> None:
    from commands.doorbell import ring
    from models.session import transaction
    from services import bulk as services
    from tasks.bell import letter_bells

    outcomes = services.carry_out(transaction, _office_of, run.name, chunk.first, chunk.last)
    ring(list(letter_bells((outcome.case, effect, 1) for outcome in outcomes for effect in outcome.effects)))


# -- the end --------------------------------------------------------------------------------------------------------


def _end(wanted: "BulkOrder", run: "Run") -> int:
    from services import bulk as services

    document, outcomes = _results(wanted, run)
    counted = {name: document[name] for name in ("done", "refused", "set_aside", "pending")}
    with writing() as (db, office):
        services.finish(db, office, run, wanted, counted)
    lines = [
        f"{o.case}: {' '.join(say_all(o.reasons, call().language))}"
        for o in outcomes
        if o is not None and o.outcome != "done"
    ]
    lines.append(_summary(document))
    failed = document["refused"] + document["set_aside"]
    (refuse if failed else answer)(document, lines)
    if failed:
        return REFUSED
    return PENDING if document["pending"] else DONE


def _interrupted(wanted: "BulkOrder", run: "Run") -> int:
    document, _ = _results(wanted, run)
    message = said("bulk.interrupted", summary=_summary(document), run=run.name)
    refuse({"error": "interrupted", "message": message, **document, "interrupted": True}, [message])
    return INTERRUPTED


def _results(wanted: "BulkOrder", run: "Run") -> "tuple[dict[str, Any], list[Outcome | None]]":
    from models import session
    from services import bulk as services

    outcomes = list(services.results(session.looking, run))
    answered = [outcome for outcome in outcomes if outcome is not None]
    counted = Counter(outcome.outcome for outcome in answered)
    reasons = Counter(code for o in answered if o.outcome != "done" for code in {r.code for r in o.reasons})
    document = {
        "run": run.name,
        "resumed": run.resumed,
        "transition": wanted.transition,
        "where": wanted.where,
        "selected": run.cases,
        "done": counted["done"],
        "refused": counted["refused"],
        "set_aside": counted["set_aside"],
        "pending": len(outcomes) - len(answered),
        "interrupted": False,
        "reasons": dict(reasons.most_common()),
        "items": [_item(outcome) for outcome in answered],
    }
    return document, outcomes


def _item(outcome: "Outcome") -> dict[str, Any]:
    return {
        "case": outcome.case,
        "outcome": outcome.outcome,
        "state": outcome.state,
        "seq": outcome.seq,
        "reasons": say_all(outcome.reasons, call().language),
        "codes": list(dict.fromkeys(reason.code for reason in outcome.reasons)),
    }


def _summary(document: dict[str, Any]) -> str:
    done, refused = document["done"], document["refused"]
    aside, pending = document["set_aside"], document["pending"]
    more = said("bulk.aside", aside=aside) if aside else ""
    more += said("bulk.pending", pending=pending) if pending else ""
    return said("bulk.summary", done=done, refused=refused, more=more)


def _no_such_run(name: str) -> Failure:
    return Failure(
        WRONG,
        "no_such_run",
        said("bulk.no_such_run", name=name),
    )
