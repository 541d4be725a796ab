"""What goes into the post and comes back: one order for each letter, accepted together, waited for, told one by one."""

import uuid
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from commands.context import INTERRUPTED, PENDING, UNKNOWN, WRONG, Failure, call, fails, said, tongue
from commands.office import asker, looking, writing
from commands.output import answer, in_sentences, note, refuse
from commands.progress import progress
from commands.telling import codes, result, sentences, status
from workflows.engine.values import Reason
from workflows.words import noun, say

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from services.letters.post import Mail
    from tasks.client import Client
    from workflows.letters import LetterFate

Find = Callable[["Connection", Callable[[str], bool]], list["Mail"]]
"""(connection, was this very call made for that letter before) -> the orders to give."""


def give(find: Find, *, key: str | None, alone: bool, wait: float) -> int:
    """Give the orders *find* names, wait for their outcomes, tell them, and return the exit status."""
    from sqlalchemy.exc import SQLAlchemyError

    from tasks.client import Client

    client = Client(writing)
    try:
        mails = _accept(client, find, key, alone=alone)
        client.notify()
        with progress(said("posting.bar"), len(client.tickets)) as bar:
            bar(len(client.outcomes))
            client.wait(wait, lambda found: bar(len(found)))
    except KeyboardInterrupt:
        raise fails(INTERRUPTED, "interrupted", "posting.interrupted", count=len(client.tickets)) from None
    try:
        return _tell(client, mails)
    except SQLAlchemyError:
        note(said("posting.unread", count=len(client.tickets)))
        return PENDING


def try_out(find: Find) -> int:
    """Say what the orders *find* names would do: the same decisions, nothing written."""
    from services.engine.order import Step
    from services.letters import events, post
    from services.reports.letter_events import events_document, events_lines

    with looking() as (db, office):
        who = asker(db, office)
        mails = find(db, lambda _: False)
        rows = {row["letter"]: row for row in post.letters(db, numbers=[mail.letter for mail in mails])}
        steps = post.foresee(db, mails, who.actor, office)
    told, lines, refused = [], [], []
    for mail, step in zip(mails, steps, strict=True):
        row: dict[str, Any] = {**rows[mail.letter], **result(mail.case, None, state="case_state"), "dry_run": True}
        row |= {"tracking": getattr(mail.payload, "tracking", None), "letters": []}
        if isinstance(step, Step):
            letters = events.of_step(step)
            row |= {"outcome": "done", "case_state": str(step.decision.target), "letters": events_document(letters)}
            lines += [_would(row, step.decision.change.fates), *events_lines(letters, tongue(), foreseen=True)]
        else:
            row |= {"outcome": "refused", "reasons": sentences(step.reasons), "codes": codes(step.reasons)}
            refused += [f"{mail.letter}: {reason}" for reason in row["reasons"]]
        told.append(row)
    answer(told, in_sentences([*lines, said("posting.nothing_written")]))
    if refused and not call().json:
        refuse(None, refused)
    return status(refused=refused)


def _would(row: dict[str, Any], fates: "Sequence[LetterFate]") -> str:
    """Say what would become of the letter and of its case; a letter whose record is put right keeps its state."""
    language = call().language
    letter = next((str(fate.state) for fate in fates if fate.number == row["letter"]), row["state"])
    tracking = f"  {row['tracking']}" if row["tracking"] else ""
    words = noun(f"letter_state.{letter}", language), noun(f"state.{row['case_state']}", language)
    return f"{row['letter']}: {words[0]}{tracking}  {row['case']}: {words[1]}"


def _accept(client: "Client", find: Find, key: str | None, *, alone: bool) -> "list[Mail]":
    """Write all orders down in one transaction, or find those that are there under their keys; return their letters."""
    from services.engine.orders import KeyTaken, Wanted
    from services.letters import post

    own = key or uuid.uuid4().hex
    mails: list[Mail] = []

    def wanted(db: Any, office: Any) -> list[Wanted]:
        who = asker(db, office)

        def before(letter: str) -> bool:
            return key is not None and post.was_ordered(db, post.key_for(key, letter, alone=alone))

        mails[:] = find(db, before)
        return [
            Wanted(
                post.key_for(own, mail.letter, alone=alone),
                mail.transition,
                mail.payload,
                who.name,
                who.staff,
                mail.case,
            )
            for mail in mails
        ]

    try:
        client.accept(wanted)
    except KeyTaken:
        raise fails(WRONG, "key_taken", "posting.key_taken", key=key) from None
    return mails


def _tell(client: "Client", mails: "Sequence[Mail]") -> int:
    from services.letters import events, letter_kinds, post
    from services.reports.letter_events import events_document, events_lines
    from workflows.letters import RecordPosting

    outcomes = [client.outcome(ticket) for ticket in client.tickets]
    with looking() as (db, _):
        rows = {row["letter"]: row for row in post.letters(db, numbers=[mail.letter for mail in mails])}
        stopped = {str(kind.kind) for kind in letter_kinds.stopped(db)}
        steps = events.of_outcomes(db, outcomes)
    brought = [events.of_outcome(steps, outcome) for outcome in outcomes]
    told = [
        {
            **rows[mail.letter],
            **result(mail.case, outcome, repeated=ticket.repeated, state="case_state"),
            "kind_stopped": rows[mail.letter]["kind"] in stopped,
            "letters": events_document(letters),
        }
        for mail, ticket, outcome, letters in zip(mails, client.tickets, outcomes, brought, strict=True)
    ]
    refused = [row for row in told if row["outcome"] == "refused"]
    lines = [
        line
        for row, letters in zip(told, brought, strict=True)
        if row["outcome"] != "refused"
        for line in (_line(row), *events_lines(letters, tongue()))
    ]
    answer(told, in_sentences(lines))
    if refused and not call().json:
        refuse(None, [f"{row['letter']}: {reason}" for row in refused for reason in row["reasons"]])
    posted = {mail.letter for mail in mails if isinstance(mail.payload, RecordPosting)}
    for kind in sorted({row["kind"] for row in told if row["kind_stopped"] and row["letter"] in posted}):
        note(say(Reason("posted.stopped_kind", {"kind": f"letter.{kind}"}), call().language))
    waiting = len(client.waiting)
    if waiting:
        note(said("posting.waiting", count=waiting))
    return status(refused=refused, pending=waiting)


def _line(row: dict[str, Any]) -> str:
    if row["outcome"] == "pending":
        return said("posting.accepted", letter=row["letter"])
    state = noun(f"letter_state.{row['state']}", call().language)
    case = noun(f"state.{row['case_state']}", call().language)
    again = said("posting.repeated") if row["repeated"] else ""
    return f"{row['letter']}: {state}{again}  {row['case']}: {case}"


def letters_named(texts: Sequence[str]) -> list[str]:
    """Return the letter numbers that were typed, as we write them; ends the call naming all that are none."""
    from workflows.engine.numbers import mistyped, parse_letter_number

    numbers = [parse_letter_number(text) for text in texts]
    wrong = [text for text, number in zip(texts, numbers, strict=True) if number is None]
    if wrong and all(map(mistyped, wrong)):
        raise fails(UNKNOWN, "no_such_letter", "posting.mistyped", more={"letters": wrong}, listed=wrong)
    if wrong:
        raise no_such_letter(wrong)
    return [number for number in numbers if number is not None]


def no_such_letter(numbers: Sequence[str]) -> Failure:
    """Return the failure for numbers no letter has."""
    found = list(numbers)
    return fails(UNKNOWN, "no_such_letter", "posting.no_such_letter", more={"letters": found}, listed=found)
