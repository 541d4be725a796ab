"""``evidence``: the package about one case for the regulator, or whoever else is owed an account."""

from typing import TYPE_CHECKING, Any

import click

from commands.audit import signing
from commands.context import DONE, REFUSED, WRONG, fails, said, tongue
from commands.office import asker, case_named, find_case, lead_only, staff_member, staff_only, unit, writing
from commands.output import answer, note
from commands.places import Place, placed
from commands.shape import command, option
from commands.telling import refusal
from commands.usage import free_words
from workflows.engine.values import Reason

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from services.engine.office import Office
    from services.office.staff import Asker

PARTS = ("history", "letters", "decisions", "dates", "people", "searches")


@command("evidence", words="evidence.help.evidence")
@click.argument("case", metavar="CASE")
@option("--out", required=True, metavar="F.zip", type=Place(folder=False), words="evidence.help.evidence.out")
@option("--part", "parts", multiple=True, type=click.Choice(PARTS), words="evidence.help.evidence.part")
@option("--pages", is_flag=True, words="evidence.help.evidence.pages")
@option("--why", metavar="TEXT", words="evidence.help.evidence.why")
def evidence(case: str, out: str, parts: tuple[str, ...], pages: bool, why: str | None) -> int:
    """Put the package of a case together."""
    from models import staff
    from services.audit import checkpoints
    from services.audit import evidence as deeds
    from services.office import caller

    number, target = case_named(case), placed(out)
    if pages and why is None:
        raise fails(WRONG, "bad_input", "evidence.needs_why")
    staff_member(lead=True)
    reason = None if why is None else free_words(why)
    try:
        caller.present().may_write(target)
        with signing():
            # What is newest in the history is signed, too.
            checkpoints.make(unit())
            with writing() as (db, office):
                who = asker(db, office)
                staff_only(who)
                lead_only(who)
                row = find_case(db, number)
                asked = deeds.Asked(parts=parts or PARTS, by=who.name, why=reason)
                shown = _pages(db, row, who, office) if pages else {}
                made = deeds.package(db, row, office, asked, shown)
                details = {"case": number, "parts": list(asked.parts), "pages": len(shown), "why": reason}
                staff.log(db, office.now, "evidence_made", who.name, details)
        caller.present().write_whole(target, made.content)
    except deeds.LetterDiffers as differs:
        raise refusal(differs.reason) from None
    except OSError as error:
        raise fails(REFUSED, "not_written", "post.unwritable", place=target, why=tongue().why(error)) from error
    for letter in made.without:
        note(said("evidence.without", letter=letter))
    if not made.sound:
        note(said("evidence.unsound", case=number))
    document = {"case": number, "file": str(target), "files": list(made.files), "sound": made.sound}
    answer(document, [said("evidence.made", target=target, files=len(made.files))])
    return DONE


def _pages(db: "Connection", row: "Row[Any]", who: "Asker", office: "Office") -> dict[str, bytes]:
    """Return the pages held of the case, opened; that they were is recorded."""
    from services.returns import papers

    try:
        return {page.name: page.picture for page in papers.pages(db, row, who.actor, office)}
    except papers.Erased:
        raise refusal(Reason("papers.erased", {"case": row.number})) from None
