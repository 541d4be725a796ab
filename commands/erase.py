"""``erase``: the personal data of a closed case, made unreadable for good."""

import click

from commands.context import PENDING, fails, interactive, said
from commands.keyboard import sure
from commands.office import case_named, find_case, looking, staff_member, unit
from commands.output import answer
from commands.shape import command, option
from commands.telling import refused
from commands.usage import free_words


@command("erase", words="erase.help.erase")
@click.argument("case", metavar="CASE")
@option("--why", required=True, metavar="TEXT", words="erase.help.erase.why")
@option("--yes", is_flag=True, words="erase.help.erase.yes")
def erase(case: str, why: str, yes: bool) -> int | None:
    """Erase a case."""
    from models.keys import KeystoreBusy
    from services.ending import erasing

    who, number, reason = staff_member(lead=True), case_named(case), free_words(why) or ""
    with looking() as (db, _):
        before = find_case(db, number)
    if interactive() and not yes and before.erased_at is None:
        sure(said("erase.sure", case=number))
    try:
        found = erasing.erase(unit(), number, who.name, reason)
    except KeystoreBusy:
        raise fails(PENDING, "keystore_busy", "erase.busy", case=number) from None
    if isinstance(found, list):
        return refused(found, {"case": number, "state": before.state, "seq": before.seq})
    document = {
        "case": number,
        "erased": True,
        "cases": list(found.cases),
        "files": found.files,
        "repeated": before.erased_at is not None,
    }
    answer(document, [said("erase.done", cases=list(found.cases), files=found.files)])
    return None
