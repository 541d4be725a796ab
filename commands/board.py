"""``board``: the figures and what comes, as one page for a lead's wall."""

import click

from commands.context import DONE, REFUSED, call, fails, said, tongue
from commands.office import asker, lead_only, looking
from commands.output import answer
from commands.places import Place, placed
from commands.shape import command, option
from commands.stats import days


@command("board", words="board.help.board")
@option("--out", required=True, metavar="F.html", type=Place(folder=False), words="board.help.board.out")
@option("--since", metavar="DATE", words="board.help.board.since")
@option("--until", metavar="DATE", words="board.help.board.until")
@option("--days", "ahead", type=click.IntRange(min=1, max=366), default=30, words="board.help.board.days")
def board(out: str, since: str | None, until: str | None, ahead: int) -> int:
    """Write the page."""
    from services.office import caller
    from services.reports import board as reports

    first, last = days(since, until)
    if first is not None and last is not None and first > last:
        raise click.UsageError(said("stats.no_days", since=first.isoformat(), until=last.isoformat()))
    target = placed(out)
    with looking() as (db, office):
        lead_only(asker(db, office))
        found = reports.figures(db, office, first, last, ahead)
    try:
        caller.present().may_write(target)
        caller.present().write_whole(target, reports.page(found, tongue()))
    except OSError as error:
        raise fails(REFUSED, "not_written", "post.unwritable", place=target, why=tongue().why(error)) from error
    document = {"file": str(target), "language": call().language, "uncounted": found.by_month["uncounted"]}
    answer(document, [said("board.written", target=target)])
    return DONE
