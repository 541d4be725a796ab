"""``retention``: what of closed cases is to be erased, what is held, what comes; and erasing what is due now."""

from typing import Any

from commands.context import DONE, PENDING, said, tongue
from commands.office import asker, lead_only, looking, staff_member, staff_only, unit, writing
from commands.output import answer, note
from commands.progress import ticking
from commands.shape import command, option


@command("retention", words="retention.help.retention")
@option("--dry-run", is_flag=True, words="retention.help.retention.dry_run")
@option("--adopt", is_flag=True, words="retention.help.retention.adopt")
def retention(dry_run: bool, adopt: bool) -> int:
    """Show what is due, and erase it."""
    if adopt:
        _adopt(dry_run=dry_run)
    status = DONE
    erased: list[str] = []
    if not dry_run and not adopt:
        staff_member(lead=True)
        erased, status = _swept()
    with looking() as (db, office):
        staff_only(asker(db, office))
        document = {**_report(db, office), "erased": erased, "dry_run": dry_run or adopt}
    from services.reports.retention_page import retention_page

    answer({**document, "held": _worded(document["held"])}, retention_page(document, tongue()))
    return status


def _report(db: Any, office: Any) -> dict[str, Any]:
    from services.ending import retention as services

    return services.report(db, office)


def _worded(held: list[dict[str, Any]]) -> list[dict[str, Any]]:
    from commands.telling import codes, sentences

    return [{**one, "against": sentences(one["against"]), "codes": codes(one["against"])} for one in held]


def _adopt(*, dry_run: bool) -> None:
    from services.ending import retention as services

    if dry_run:
        return
    with writing() as (db, office):
        who = asker(db, office)
        lead_only(who)
        _, changed = services.adopt(db, who.name, office)
    note(said("retention.adopted" if changed else "retention.adopted_already"))


def _swept() -> tuple[list[str], int]:
    """Erase until nothing is due; under a personal login of the database the workers do it."""
    from services.ending import retention as services
    from services.office.staff import is_personal

    with looking() as (db, _):
        personal = is_personal(db)
    if personal:
        from commands.erase import ring_for_the_workers

        ring_for_the_workers()
        note(said("retention.by_workers"))
        return [], PENDING
    erased: list[str] = []
    with ticking(said("retention.bar")) as tick:
        while gone := services.sweep(unit()):
            erased += gone
            tick(len(erased), len(erased))
    return erased, DONE
