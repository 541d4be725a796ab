"""``assign``: in whose hands cases are, one or many at once."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from commands.context import REFUSED, said
from commands.office import asker, case_named, find_case, looking, no_such_person, staff_only, writing
from commands.output import answer, refuse
from commands.selecting import selected
from commands.shape import command, option
from commands.telling import codes, sentences, status
from workflows.engine.values import Reason

if TYPE_CHECKING:
    from services.office.hands import Given
    from services.reports.worklist import Wanted


@command("assign", words="hands.help.assign")
@click.argument("words", metavar="[CASE…] [NAME]", nargs=-1)
@option("--where", metavar="WORD,…", words="hands.help.assign.where")
@option("--none", "nobody", is_flag=True, words="hands.help.assign.none")
@option("--preview", is_flag=True, words="hands.help.assign.preview")
def assign(words: tuple[str, ...], where: str | None, nobody: bool, preview: bool) -> int:
    """Say who has a case."""
    typed, name = (words, None) if nobody else (words[:-1], words[-1] if words else None)
    if (name is None and not nobody) or bool(typed) is (where is not None):
        raise click.UsageError(said("hands.which"))
    numbers = list(dict.fromkeys(case_named(text) for text in typed))
    chosen = None if where is None else selected([where])[0]
    to, given = None, []
    for some in _batches(numbers, chosen):
        to, one = _give(some, name, preview=preview)
        given.append(one)
    if not given:
        to, _ = _give([], name, preview=True)  # nobody of that name is told of an empty selection too
    return _tell(given, to, alone=numbers[0] if len(numbers) == 1 else None, preview=preview)


def _batches(numbers: Sequence[str], chosen: "Wanted | None") -> Iterator[list[str]]:
    """Yield the cases meant, some at a time: each is one short transaction."""
    from services.bulk import matching
    from services.office.hands import CHUNK

    if chosen is None:
        for start in range(0, len(numbers), CHUNK):
            yield list(numbers[start : start + CHUNK])
        return
    after = 0
    while True:
        with looking() as (db, office):
            rows = matching(db, office, chosen, after, CHUNK)
        if not rows:
            return
        after = rows[-1].id
        yield [row.number for row in rows]


def _give(numbers: Sequence[str], name: str | None, *, preview: bool) -> "tuple[str | None, Given]":
    """Give some cases, or say what giving them would do; return to whom, as the name is written here."""
    from models import case as cases
    from services.office import hands
    from services.office.staff import NoSuchPerson, member

    try:
        with writing() as (db, office):
            who = asker(db, office)
            staff_only(who)
            to = None if name is None else member(db, name)
            locked = cases.lock(db, numbers) if numbers else {}
            for number in set(numbers) - set(locked):
                find_case(db, number)
            given = hands.give(db, list(locked.values()), to, who, office, preview=preview)
    except NoSuchPerson as unknown:
        raise no_such_person(str(unknown)) from None
    return to, given


def _tell(given: "list[Given]", to: str | None, *, alone: str | None, preview: bool) -> int:
    done = [number for one in given for number in one.cases]
    refused: list[tuple[str, Reason]] = [each for one in given for each in one.refused]
    reasons = [reason for _, reason in refused]
    lines = sentences(reasons[:20])
    if alone is not None and done:
        code = "hands.with_nobody" if to is None else "hands.assigned"
        answer({"case": alone, "owner": to}, [said(code, number=alone, name=to or "")])
        return 0
    if alone is not None:
        refuse({"error": "lead_only", "message": lines[0], "case": alone, "codes": ["missing_role"]}, lines)
        return REFUSED
    document: dict[str, Any] = {
        "owner": to,
        "count": len(done),
        "cases": done,
        "refused": [{"case": number, "message": sentences([reason])[0]} for number, reason in refused],
        "codes": codes(reasons),
        "preview": preview,
    }
    code = "hands.would" if preview else "hands.given"
    told = said(code, count=len(done), name=to or said("hands.nobody"), refused=len(refused))
    (refuse if refused else answer)(document, [told, *lines])
    return status(refused=refused)
