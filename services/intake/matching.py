"""Tracking numbers matched with the letters they belong to: by the letter's number, else by the order of the batch."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from services.intake.faults import BadInput, Fault
from services.intake.tracking import Tracked
from services.letters import post
from services.letters.post import Mail
from services.letters.printing import NoSuchLetter
from workflows.letters import LetterState, MailClass
from workflows.words import noun, tell


@dataclass(frozen=True, slots=True)
class Meant:
    """What was said of all the letters: their numbers or their batch, the day, and the class of post."""

    letters: Sequence[str] = ()
    batch: str | None = None
    on: date | None = None
    mail_class: MailClass | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """The orders to give, in the order of the batch; ``untracked`` are tracked classes of post without a number."""

    mails: list[Mail]
    untracked: tuple[str, ...]


def matched(
    db: Connection, rows: Sequence[Tracked], meant: Meant, answered: Callable[[str], bool], language: str
) -> Posted:
    """Return the orders that record the posting of these letters, each with its number.

    The whole list is to fit: a number without its letter, or a letter that does not wait to be posted, is a fault, and
    then nothing is ordered.

    Raises:
        BadInput: with every row that fits no letter.
        NoSuchLetter, NothingPrinted: as `services.letters.post.postings`.
    """
    named = all(row.letter is not None for row in rows)
    if not (named or meant.letters or meant.batch):
        raise BadInput([Fault("", tell("tracking.which_letters", language))])
    numbers = meant.letters if meant.letters or meant.batch else _there(db, rows, language)
    waiting = {
        row.number: row
        for row in post.wanted(db, numbers, meant.batch, answered)
        if row.state == LetterState.PRINTED or answered(row.number) or meant.batch is None
    }
    of = (
        _by_number(db, rows, waiting, meant, answered, language) if named else _by_order(rows, waiting, meant, language)
    )
    mails = [_mail(row, of.get(row.number), meant) for row in waiting.values()]
    untracked = [
        row.number
        for row in waiting.values()
        if row.number not in of and (meant.mail_class or post.planned_class(row)) is not MailClass.ORDINARY
    ]
    return Posted(mails, tuple(untracked))


def _mail(row: Row[Any], tracked: Tracked | None, meant: Meant) -> Mail:
    if tracked is None:
        return post.posting(row, on=meant.on, mail_class=meant.mail_class)
    kind = tracked.mail_class or meant.mail_class
    return post.posting(row, on=tracked.on or meant.on, tracking=tracked.tracking, mail_class=kind)


def _there(db: Connection, rows: Sequence[Tracked], language: str) -> list[str]:
    """Return the letters the list names; raises BadInput for those there are not."""
    numbers = [row.letter for row in rows if row.letter is not None]
    try:
        post.wanted(db, numbers, None)
    except NoSuchLetter as unknown:
        told = [
            Fault("letter", tell("tracking.no_such_letter", language, letter=row.letter), row.line)
            for row in rows
            if row.letter in unknown.numbers
        ]
        raise BadInput(told) from None
    return numbers


def _by_number(
    db: Connection,
    rows: Sequence[Tracked],
    waiting: Mapping[str, Row[Any]],
    meant: Meant,
    answered: Callable[[str], bool],
    language: str,
) -> dict[str, Tracked]:
    """Return the rows by the letters they name."""
    states = {row["letter"]: row for row in post.letters(db, numbers=[row.letter or "" for row in rows])}
    faults = []
    for row in rows:
        letter = row.letter or ""
        known = states.get(letter)
        if known is None:
            told = tell("tracking.no_such_letter", language, letter=letter)
        elif letter not in waiting and known["batch"] != meant.batch and meant.batch is not None:
            told = tell("tracking.not_of_batch", language, letter=letter, batch=meant.batch)
        elif letter not in waiting and meant.batch is None:
            told = tell("tracking.not_among", language, letter=letter)
        elif known["state"] != LetterState.PRINTED and not answered(letter):
            state = noun(f"letter_state.{known['state']}", language)
            told = tell("tracking.not_waiting", language, letter=letter, state=state)
        else:
            continue
        faults.append(Fault("letter", told, row.line))
    if faults:
        raise BadInput(faults)
    return {row.letter: row for row in rows if row.letter is not None}


def _by_order(
    rows: Sequence[Tracked], waiting: Mapping[str, Row[Any]], meant: Meant, language: str
) -> dict[str, Tracked]:
    """Return the rows by the letters in their order: all of them, or those that go by a tracked class of post."""
    letters = list(waiting)
    kinds = {number: meant.mail_class or post.planned_class(row) for number, row in waiting.items()}
    tracked = [number for number in letters if kinds[number] is not MailClass.ORDINARY]
    for some in (letters, tracked):
        if len(some) == len(rows):
            return dict(zip(some, rows, strict=True))
    counts = {"numbers": len(rows), "letters": len(letters), "tracked": len(tracked)}
    raise BadInput([Fault("", tell("tracking.counts_differ", language, **counts))])
