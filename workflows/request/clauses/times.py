"""By when what must be there, by when what is promised, and what happens when time runs out."""

from workflows.office.times import Firmly, NotSupplied, Promised
from workflows.request.clauses.spans import span
from workflows.request.clauses.values import Checks, Clauses, Sentence, Situation, Slip, Topic, says
from workflows.request.promises import CODE_DAYS


def say(s: Situation) -> Clauses:
    """Yield what is promised, the day by which to reply, and how long a deficiency may take."""
    for promised in s.office.times.promises:
        yield Topic.TIMES, _promise(promised)
        if not promised.deficiency_counts:
            yield Topic.TIMES, says("said_times.deficiency_aside")
    if s.reply_by is not None:
        yield Topic.TIMES, says("said_times.reply_by", day=s.reply_by)
        yield Topic.TIMES, says("said_times.again")
    deficiency = s.office.times.deficiency
    if deficiency.within is not None:
        yield Topic.TIMES, says("said_times.supply_within", span=span(deficiency.within))
        yield Topic.TIMES, says(f"said_times.not_supplied_{deficiency.then.name.lower()}")
    if not s.published:
        yield Topic.TIMES, says("said_times.code_valid", days=CODE_DAYS)


def checks(s: Situation) -> Checks:
    """Yield nothing."""
    yield from ()


def slip(s: Situation) -> Slip:
    """Yield nothing."""
    yield from ()


def not_supplied(s: Situation) -> Sentence | None:
    """Return what a deficiency notice says of the end of its time; None where it names no day."""
    if s.reply_by is None:
        return None
    then = s.office.times.deficiency.then
    if then is NotSupplied.DECIDE:
        return says("said_letters.answered_on_what_is_there", day=s.reply_by)
    return says(f"said_letters.not_supplied_{then.name.lower()}", day=s.reply_by)


def _promise(promised: Promised) -> Sentence:
    since, until = says(f"said_times.since.{promised.since}"), says(f"said_times.until.{promised.until}")
    about = "about" if promised.said is Firmly.ABOUT else "within"
    if promised.least is not None:
        code, least = f"said_times.promise_{about}_range", promised.least
        return says(code, since=since, until=until, least=least, span=span(promised.span))
    return says(f"said_times.promise_{about}", since=since, until=until, span=span(promised.span))
