"""What the answer is, to whom and how it goes, and what becomes of the papers afterwards."""

from workflows.request.clauses.values import Checks, Clauses, Situation, Slip, Topic, says


def say(s: Situation) -> Clauses:
    """Yield what the answer is and how it goes."""
    yield Topic.ANSWER, says("said_answer.sent")
    yield Topic.AFTERWARDS, says("said_answer.copies_destroyed")


def slip(s: Situation) -> Slip:
    """Yield nothing."""
    yield from ()


def checks(s: Situation) -> Checks:
    """Yield nothing: the answer asks for no paper."""
    yield from ()
