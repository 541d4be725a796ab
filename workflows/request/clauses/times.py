"""By when what must be there, by when what is promised, and what happens when time runs out."""

from workflows.request.clauses.values import Checks, Clauses, Situation, Slip, Topic, says
from workflows.request.promises import CODE_DAYS


def say(s: Situation) -> Clauses:
    """Yield the day by which to reply and how long a form may be used."""
    if s.reply_by is not None:
        yield Topic.TIMES, says("said_times.reply_by", day=s.reply_by)
        yield Topic.TIMES, says("said_times.again")
    if not s.published:
        yield Topic.TIMES, says("said_times.code_valid", days=CODE_DAYS)


def slip(s: Situation) -> Slip:
    """Yield nothing."""
    yield from ()


def checks(s: Situation) -> Checks:
    """Yield nothing."""
    yield from ()
