"""What the law itself says: the day of the request, refusals, where to turn. No office can leave it out."""

from workflows.office.said import Said
from workflows.request.clauses.values import Checks, Clauses, Situation, Slip, Topic, says


def say(s: Situation) -> Clauses:
    """Yield when the request counts as made, that a refusal is explained, and where to complain."""
    first, *later = s.regime.clock_starts
    yield Topic.SENDING, says(f"said_law.clock_{first}")
    for event in later:
        yield Topic.SENDING, says(f"said_law.clock_waits_{event}")
    yield Topic.ANSWER, says("said_law.refusal", law=act(s))
    yield Topic.ANSWER, says("said_law.one_notice")
    if s.published:
        for words in s.regime.appeals:
            yield Topic.COMPLAINT, says("said.own", text=Said(ja=words.ja, en=words.en))


def slip(s: Situation) -> Slip:
    """Yield nothing."""
    yield from ()


def checks(s: Situation) -> Checks:
    """Yield nothing."""
    yield from ()


def act(s: Situation) -> Said:
    """Return the name of the act."""
    return Said(ja=s.regime.law.ja, en=s.regime.law.en)
