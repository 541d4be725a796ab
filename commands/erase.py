"""``erase``: the personal data of a closed case, made unreadable for good."""

import time
from typing import Any

import click

from commands.context import PENDING, fails, said
from commands.keyboard import agreed
from commands.office import case_named, find_case, looking, staff_member, unit
from commands.output import answer
from commands.shape import command, option
from commands.telling import refused
from commands.usage import free_words

PAUSE = 0.1
"""Seconds between two looks whether the workers have done it."""


@command("erase", words="erase.help.erase")
@click.argument("case", metavar="CASE")
@option("--why", required=True, metavar="TEXT", words="erase.help.erase.why")
@option("--yes", is_flag=True, words="erase.help.erase.yes")
@option("--wait", type=click.FloatRange(min=0), default=10.0, metavar="SECONDS", words="post.option.wait")
def erase(case: str, why: str, yes: bool, wait: float) -> int | None:
    """Erase a case."""
    from services.office.staff import is_personal

    who, number, reason = staff_member(lead=True), case_named(case), free_words(why) or ""
    with looking() as (db, _):
        before, personal = find_case(db, number), is_personal(db)
    if before.erased_at is None:
        agreed(said("erase.sure", case=number), yes=yes)
    document = {"case": number, "erased": True, "repeated": before.erased_at is not None}
    if personal:
        return _by_workers(document, who.name, reason, before, wait)
    from models.keys import KeystoreBusy
    from services.ending import erasing

    try:
        found = erasing.erase(unit(), number, who.name, reason)
    except KeystoreBusy:
        raise fails(PENDING, "keystore_busy", "erase.busy", case=number) from None
    if isinstance(found, list):
        return refused(found, {"case": number, "state": before.state, "seq": before.seq})
    answer(
        {**document, "cases": list(found.cases), "files": found.files, "copies": list(found.copies)},
        [
            said("erase.done", cases=list(found.cases), files=found.files),
            *(said("erase.copy_left", place=place) for place in found.copies),
        ],
    )
    return None


def _by_workers(document: dict[str, Any], by: str, why: str, before: Any, wait: float) -> int | None:
    """Let the workers do it, who may write everywhere, and wait for them."""
    from models import ending
    from services.ending import erasing

    number = document["case"]
    if against := erasing.ask(unit(), number, by, why):
        return refused(against, {"case": number, "state": before.state, "seq": before.seq})
    ring_for_the_workers()
    until = time.monotonic() + wait
    while True:
        with looking() as (db, _):
            if ending.is_done(db, number):
                break
        if time.monotonic() >= until:
            raise fails(PENDING, "pending", "erase.pending", case=number)
        time.sleep(PAUSE)
    answer({**document, "cases": [number], "files": None}, [said("erase.done_by_workers", case=number)])
    return None


def ring_for_the_workers() -> None:
    """Ring for the sweep over what is to be erased; where the broker is away, beat rings within half a minute."""
    from tasks.bell import ring
    from tasks.publish import Bell

    ring([Bell("ending.sweep", f"ending.sweep.{time.time_ns()}", "clock", {})])
