"""Times an office writes down, in words: two weeks, ten working days."""

from workflows.office.spans import Span
from workflows.request.clauses.values import Sentence, says


def span(value: Span | tuple[int, str]) -> Sentence:
    """Return a time in words."""
    number, unit = (value.number, value.unit) if isinstance(value, Span) else value
    return says(f"said_spans.{unit}" if number != 1 else f"said_spans.one_of_{unit}", number=number)
