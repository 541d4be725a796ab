"""What is proposed to a person who is asked about a search in place of a file.

Files that come with an answer are named on the command line (``--attach``): nobody asks for their numbers.
"""

from collections.abc import Sequence

from workflows.engine.hints import Hint, Hints, Seen, never
from workflows.search.values import Act, Found


def _departments(seen: Seen, place: str) -> Sequence[str]:
    return list(seen.case.departments)


def _as_typed(seen: Seen, place: str) -> object:
    return seen.answers.get(place)


def _acted(seen: Seen, place: str) -> bool:
    """Whether the department was asked to do something, and there was something to do it to."""
    found = seen.answers.get("found")
    return seen.case.act.acts and found is not None and Found(found).something


HINTS: Hints = {
    "Ask.case": Hint(asked=never, implied=_as_typed),
    "Ask.department": Hint(choices=_departments),
    "Ask.act": Hint(proposed=lambda s, p: str(Act.LOOK)),
    "Answer.finds": Hint(asked=never),
    "Answer.done": Hint(asked=_acted, needed=_acted),
    "Answer.done_on": Hint(asked=_acted, needed=_acted, proposed=lambda s, p: s.now.date().isoformat()),
}
"""Of the steps a person is asked about in place of a file."""

NOUNS = {"Act": "act", "Found": "found"}
"""Under which group the words stand for what is offered."""
