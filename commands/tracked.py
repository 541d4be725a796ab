"""``posted --tracking-file``: the post's list of tracking numbers, matched with the letters and recorded as a whole."""

from typing import TYPE_CHECKING, Any

from commands.context import REFUSED, Failure, call, said
from commands.office import asker, office_of
from commands.output import note, tell_faults
from commands.posting import Find
from commands.telling import codes, sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

    from services.letters.post import Mail
    from workflows.letters import RecordPosting


def finder(file: str, letters: "Sequence[str]", batch: str | None, payload: "RecordPosting") -> Find:
    """Return what finds the orders of a list; it ends the call with every fault of it.

    What it returns ends the call, too, where a letter could not be recorded: the list counts as a whole or not at all.
    """
    from services.intake import BadInput, load_sheet
    from services.intake.matching import Meant, matched
    from services.intake.tracking import read_tracking_list

    language = call().language
    try:
        rows = read_tracking_list(load_sheet(file, language=language), language=language)
    except BadInput as bad:
        raise tell_faults(bad.faults, file) from None
    meant = Meant(letters, batch, payload.on, payload.mail_class)
    told: list[bool] = []

    def find(db: "Connection", before: "Callable[[str], bool]") -> "list[Mail]":
        try:
            found = matched(db, rows, meant, before, language)
        except BadInput as bad:
            raise tell_faults(bad.faults, file) from None
        _whole(db, [mail for mail in found.mails if not before(mail.letter)])
        if found.untracked and not told:
            told.append(True)  # a second try at accepting says it no second time
            note(said("posting.untracked", letters=list(found.untracked)))
        return found.mails

    return find


def _whole(db: "Connection", mails: "Sequence[Mail]") -> None:
    """End the call where one of these would be refused."""
    from services.letters import post
    from workflows.engine.machine import Refused

    office = office_of(db)
    steps = post.foresee(db, mails, asker(db, office).actor, office)
    no: list[dict[str, Any]] = [
        {"letter": mail.letter, "case": mail.case, "reasons": sentences(step.reasons), "codes": codes(step.reasons)}
        for mail, step in zip(mails, steps, strict=True)
        if isinstance(step, Refused)
    ]
    if no:
        lines = [f"{one['letter']}: {reason}" for one in no for reason in one["reasons"]]
        message = "\n".join([*lines, said("posting.none_recorded")])
        raise Failure(REFUSED, "refused", message, refused=no, codes=[code for one in no for code in one["codes"]])
