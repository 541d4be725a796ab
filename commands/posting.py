"""What goes into the post and comes back: one order for each letter, accepted together, waited for, told one by one."""

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from commands.context import DONE, INTERRUPTED, PENDING, REFUSED, WRONG, Failure, call, joint, said
from commands.office import asker, looking, writing
from commands.output import answer, note, refuse
from commands.progress import progress
from workflows.engine.values import Reason
from workflows.words import noun, say, say_all

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from services.engine.order import Outcome
    from services.engine.orders import Ticket, Wanted
    from services.letters.post import Mail

RUNG_ONE_BY_ONE = 100
"""Up to so many orders get a bell each; of more, the sweep carries out hundreds at a time, in nobody's way."""

Find = Callable[["Connection", Callable[[str], bool]], list["Mail"]]
"""(connection, was this very call made for that letter before) -> the orders to give."""


@dataclass
class _Call:
    """One call: its letters, their tickets, and what is known of them."""

    mails: list["Mail"] = field(default_factory=list)
    tickets: list["Ticket"] = field(default_factory=list)
    outcomes: dict[int, "Outcome"] = field(default_factory=dict)

    @property
    def waiting(self) -> list["Ticket"]:
        return [ticket for ticket in self.tickets if ticket.command_id not in self.outcomes]


def give(find: Find, *, key: str | None, alone: bool, wait: float) -> int:
    """Give the orders *find* names, wait for their outcomes, tell them, and return the exit status."""
    run = _Call()
    try:
        _accept(run, find, key, alone=alone)
        _ring(run)
        _await(run, wait)
    except KeyboardInterrupt:
        raise Failure(
            INTERRUPTED,
            "interrupted",
            said("posting.interrupted", count=len(run.tickets)),
        ) from None
    from sqlalchemy.exc import SQLAlchemyError

    try:
        return _tell(run)
    except SQLAlchemyError:
        note(said("posting.unread", count=len(run.tickets)))
        return PENDING


def _accept(run: _Call, find: Find, key: str | None, *, alone: bool) -> None:
    """Write all orders down in one transaction, or find those that are there under their keys."""
    from services.engine import orders
    from services.letters import post

    own = key or uuid.uuid4().hex
    try:
        with writing() as (db, office):
            who = asker(db, office)

            def before(letter: str) -> bool:
                return key is not None and post.was_ordered(db, post.key_for(key, letter, alone=alone))

            mails = find(db, before)
            wanted = [_wanted(mail, who, post.key_for(own, mail.letter, alone=alone)) for mail in mails]
            known = {one.key: ticket for one in wanted if (ticket := orders.known(db, one, office)) is not None}
            new = [(one, mail.case) for one, mail in zip(wanted, mails, strict=True) if one.key not in known]
            placed = orders.place_all(db, new, office) if new else []
            fresh = {one.key: ticket for (one, _), ticket in zip(new, placed, strict=True)}
        run.mails = mails
        run.tickets = [known.get(one.key) or fresh[one.key] for one in wanted]
    except orders.KeyTaken:
        raise Failure(
            WRONG,
            "key_taken",
            said("posting.key_taken", key=key),
        ) from None
    run.outcomes = {ticket.command_id: ticket.earlier for ticket in run.tickets if ticket.earlier is not None}


def _wanted(mail: "Mail", who: Any, key: str) -> "Wanted":
    from services.engine.orders import Wanted

    return Wanted(key, mail.transition, mail.payload, who.name, who.staff, mail.case)


def _ring(run: _Call) -> None:
    from commands.doorbell import ring
    from tasks.bell import order_bell

    waiting = run.waiting
    if 0 < len(waiting) <= RUNG_ONE_BY_ONE:
        ring([order_bell(one.transition, one.task_id, one.case, one.command_id) for one in waiting])


def _await(run: _Call, wait: float) -> None:
    """Wait as long as outcomes come in, and so many seconds more."""
    from sqlalchemy.exc import SQLAlchemyError

    from services.letters import post

    pause = 0.002
    with progress(said("posting.bar"), len(run.tickets)) as bar:
        bar(len(run.outcomes))
        until = time.monotonic() + wait
        while waiting := run.waiting:
            try:
                with looking() as (db, _):
                    found = post.outcomes(db, [ticket.command_id for ticket in waiting])
            except SQLAlchemyError:  # accepted is accepted: a database that is busy now only delays the answer
                found = {}
            run.outcomes |= found
            bar(len(found))
            if found:
                until = time.monotonic() + wait
            elif time.monotonic() >= until:
                return
            if run.waiting:
                time.sleep(pause)
                pause = min(pause * 1.5, 0.1)


# -- telling --------------------------------------------------------------------------------------------------------


def _tell(run: _Call) -> int:
    from services.letters import letter_kinds, post
    from workflows.letters import RecordPosting

    with looking() as (db, _):
        rows = {row["letter"]: row for row in post.letters(db, numbers=[mail.letter for mail in run.mails])}
        stopped = {str(kind.kind) for kind in letter_kinds.stopped(db)}
    told = [
        {
            **rows[mail.letter],
            **_outcome(ticket, run.outcomes.get(ticket.command_id)),
            "kind_stopped": rows[mail.letter]["kind"] in stopped,
        }
        for mail, ticket in zip(run.mails, run.tickets, strict=True)
    ]
    refused = [row for row in told if row["outcome"] == "refused"]
    answer(told, [_line(row) for row in told if row["outcome"] != "refused"])
    if refused and not call().json:
        refuse(None, [f"{row['letter']}: {reason}" for row in refused for reason in row["reasons"]])
    posted = {mail.letter for mail in run.mails if isinstance(mail.payload, RecordPosting)}
    for kind in sorted({row["kind"] for row in told if row["kind_stopped"] and row["letter"] in posted}):
        note(say(Reason("posted.stopped_kind", {"kind": f"letter.{kind}"}), call().language))
    if run.waiting:
        note(said("posting.waiting", count=len(run.waiting)))
    return REFUSED if refused else PENDING if run.waiting else DONE


def _outcome(ticket: "Ticket", outcome: "Outcome | None") -> dict[str, Any]:
    if outcome is None:
        return {"outcome": "pending", "case_state": None, "seq": None, "repeated": ticket.repeated, "reasons": [],
                "codes": []}  # fmt: skip
    return {
        "outcome": "done" if outcome.outcome == "done" else "refused",
        "case_state": outcome.state,
        "seq": outcome.seq,
        "repeated": ticket.repeated,
        "reasons": say_all(outcome.reasons, call().language),
        "codes": list(dict.fromkeys(reason.code for reason in outcome.reasons)),
    }


def _line(row: dict[str, Any]) -> str:
    if row["outcome"] == "pending":
        return said("posting.accepted", letter=row["letter"])
    state = noun(f"letter_state.{row['state']}", call().language)
    case = noun(f"state.{row['case_state']}", call().language)
    again = said("posting.repeated") if row["repeated"] else ""
    return f"{row['letter']}: {state}{again}  {row['case']}: {case}"


def letters_named(texts: Sequence[str]) -> list[str]:
    """Return the letter numbers that were typed, as we write them; ends the call naming all that are none."""
    from workflows.engine.numbers import parse_letter_number

    numbers = [parse_letter_number(text) for text in texts]
    wrong = [text for text, number in zip(texts, numbers, strict=True) if number is None]
    if wrong:
        raise no_such_letter(wrong)
    return [number for number in numbers if number is not None]


def no_such_letter(numbers: Sequence[str]) -> Failure:
    """Return the failure for numbers no letter has."""
    from commands.context import UNKNOWN

    listed = joint().join(numbers)
    return Failure(
        UNKNOWN,
        "no_such_letter",
        said("posting.no_such_letter", listed=listed),
        letters=list(numbers),
    )
