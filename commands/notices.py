"""``notices``: what the clock and the system told whom."""

from typing import Any

import click

from commands.context import call, said
from commands.office import asker, looking, writing
from commands.output import answer, coloured, columns
from commands.shape import command, option
from commands.wide import fold
from workflows.words import noun


@command("notices", words="notices.help.notices")
@option("--unread", is_flag=True, words="notices.help.notices.unread")
@option("--read", is_flag=True, words="notices.help.notices.read")
@option("--limit", type=click.IntRange(min=1), words="notices.help.notices.limit")
def notices(unread: bool, read: bool, limit: int | None) -> None:
    """Show the notices."""
    from services.reports import notices as reports

    with writing() if read else looking() as (db, office):
        found = reports.notices(db, office, call().language, unread=unread, most=limit)
        if read:
            who = asker(db, office)
            reports.mark_read(db, [notice["id"] for notice in found], who.roles, who.name, office)
    answer(found, _lines(found))


def _lines(found: list[dict[str, Any]]) -> list[str]:
    if not found:
        return [said("notices.none")]
    lines = []
    for notice in found:
        mark = coloured("*", "yellow") if notice["unread"] else " "
        role = noun(f"role.{notice['role']}", call().language)
        since = notice["first_at"][:10]
        often = said("notices.times", times=notice["times"], since=since)
        more = often if notice["times"] > 1 else ""
        lines.append(f"{mark} {notice['at'][:16].replace('T', ' ')}  {role}{more}")
        lines += [f"    {line}" for line in fold(notice["text"], columns() - 4)]
    return lines
