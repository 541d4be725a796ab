"""What the law itself says: the day of the request, refusals, where to turn. No office can leave it out."""

from workflows.engine.values import Language
from workflows.law.values import Right
from workflows.office.said import Said
from workflows.office.spans import of
from workflows.request import letter_lines
from workflows.request.clauses.spans import span
from workflows.request.clauses.values import Checks, Clauses, Noun, Sentence, Situation, Slip, Topic, says


def say(s: Situation) -> Clauses:
    """Yield when the request counts as made, that a refusal is explained, and where to complain."""
    first, *later = s.regime.clock_starts
    yield Topic.SENDING, says(f"said_law.clock_{first}")
    for event in later:
        yield Topic.SENDING, says(f"said_law.clock_waits_{event}")
    if s.regime.answer is not None:
        yield Topic.TIMES, says("said_law.answer_within", law=act(s), span=span(of(s.regime.answer.span)))
        for extension in s.regime.extensions:
            if extension.span is not None:
                yield Topic.TIMES, says("said_law.extended", law=act(s), span=span(of(extension.span)))
            else:
                yield Topic.TIMES, says("said_law.extended_to_a_day", law=act(s))
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


def right(s: Situation, of: Right, language: Language) -> Sentence:
    """Return a right with the article that gives it."""
    article = letter_lines.cited(s.regime.articles[of], s.regime.name, language)
    return says("published.right", right=Noun(f"right.{of}"), article=article)


def act(s: Situation) -> Said:
    """Return the name of the act."""
    return Said(ja=s.regime.law.ja, en=s.regime.law.en)
