"""``notices``: what the clock and the system told whom."""

from typing import Any

import click

from commands.context import call, said
from commands.office import asker, looking, writing
from commands.output import answer, coloured, columns
from commands.shape import Command, Option
from commands.wide import fold
from workflows.words import noun


@click.command(
    "notices",
    cls=Command,
    words=(
        (
            "時計とシステムからの知らせを、新しい順に示します。同じ請求・同じ理由のものは、回数とともに1行にまとめます。\n"
            "--read を付けると、自分の役割あてのものを既読にします（責任者はすべて）。"
        ),
        (
            "What the clock and the system told whom, the newest first: one line a case and reason, and how often.\n"
            "--read marks those told to a role of yours as read (a lead reads them all)."
        ),
    ),
    examples=("./admin.py notices --unread", "./admin.py notices --unread --read"),
)
@click.option("--unread", cls=Option, is_flag=True, words=("未読のものだけ。", "only those nobody has read"))
@click.option("--read", cls=Option, is_flag=True, words=("示したものを既読にします。", "mark what is shown as read"))
@click.option("--limit", cls=Option, type=click.IntRange(min=1), words=("この件数まで。", "no more than this many"))
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
        return [said("知らせはありません。", "no notices.")]
    lines = []
    for notice in found:
        mark = coloured("*", "yellow") if notice["unread"] else " "
        role = noun(f"role.{notice['role']}", call().language)
        since = notice["first_at"][:10]
        often = said(f"（{since} から {notice['times']}回）", f" (told {notice['times']} times since {since})")
        more = often if notice["times"] > 1 else ""
        lines.append(f"{mark} {notice['at'][:16].replace('T', ' ')}  {role}{more}")
        lines += [f"    {line}" for line in fold(notice["text"], columns() - 4)]
    return lines
