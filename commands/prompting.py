"""One question at the terminal: what is offered, what Enter takes, the way back, and what is wrong with an answer.

Everything goes to standard error: what a command answers stands alone on standard output.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import click

from commands.context import call, said
from commands.keyboard import means, typed
from services.intake.questions import Question, Sort, Wrong, read_answer
from services.intake.text import half_width


class Back(Exception):
    """The person wants the question before this one."""


def is_back(answer: str) -> bool:
    """Whether the person wants the question before."""
    return means(answer, "asking.words.back")


def line(text: str, proposed: str = "") -> str:
    """Ask for one line and return it, *proposed* where it is empty. Raises click.Abort where the terminal ends it."""
    return typed(f"{text} [{proposed}]" if proposed else text) or proposed


def tell(text: str) -> None:
    """Say something between the questions."""
    from commands.output import columns
    from commands.wide import fold

    for part in fold(text, columns()):
        click.echo(part, err=True)


def to_type(text: str) -> None:
    """Show a line to run, to be copied as it is however long it is."""
    from commands.output import drawn
    from workflows.lines import typed as line_to_type

    for part in drawn(line_to_type(text)):
        click.echo(part, err=True)


def item(head: str, text: str) -> None:
    """Say something after a number; what does not fit on the line goes on below the text."""
    from commands.output import LEAST, columns
    from commands.wide import fold

    for part in fold(text, max(columns() - len(head), LEAST)):
        click.echo(f"{head}{part}", err=True)
        head = " " * len(head)


def moment_shown(value: str) -> str:
    """Return a moment as a person writes it; a zone that is not the office's stays."""
    return value.replace("T", " ").removesuffix("+09:00").removesuffix(":00") if len(value) > 16 else value


def answered(
    question: Question,
    label: str,
    proposed: Any,
    now: datetime,
    words: Callable[[str], str],
    judged: Callable[[Any], None] = lambda _: None,
) -> Any:
    """Ask until the answer can be taken, and return it as a file holds it; None where it was left empty. Raises Back.

    *words* says what a choice is called; *now* is the office's time, for ``today``; *judged* raises Wrong for an answer
    that is well written and cannot be.
    """
    if question.choices and not question.gate:
        tell(f"{label}:")
        for number, word in enumerate(question.choices, 1):
            click.echo(f"  {number}  {words(word)} ({word})", err=True)
    shown = _shown(question, proposed)
    while True:
        given = line(label, shown)
        if is_back(given):
            raise Back
        try:
            taken = _taken(question, given, now)
            judged(taken)
            return taken
        except Wrong as wrong:
            tell(f"  {wrong}")


def _shown(question: Question, proposed: Any) -> str:
    """Return what Enter takes as it is shown: of choices their numbers."""
    if question.sort is Sort.FLAG:
        return "" if proposed is None else "y" if proposed else "n"
    if proposed is None:
        return ""
    given = [str(item) for item in proposed] if isinstance(proposed, list | tuple) else [str(proposed)]
    if question.choices:
        return " ".join(str(question.choices.index(one) + 1) for one in given if one in question.choices)
    return moment_shown(given[0]) if question.sort is Sort.MOMENT else "; ".join(given)


def _taken(question: Question, typed: str, now: datetime) -> Any:
    """Return what was typed as a file holds it. Raises Wrong."""
    if not typed or means(typed, "asking.words.empty"):
        if question.needed or question.gate:
            raise Wrong(said("asking.needed"))
        return False if question.sort is Sort.FLAG else None
    read = read_answer(question, _meant(question, typed, now), call().language)
    if read in (None, "", []) and question.needed:
        raise Wrong(said("asking.needed"))
    return read


def _meant(question: Question, typed: str, now: datetime) -> Any:
    sort = question.sort
    if sort is Sort.FLAG:
        return _yes_or_no(typed)
    if sort is Sort.CHOICES:
        return list(_chosen(typed, question.choices))
    if sort is Sort.CHOICE:
        (one, *more) = _chosen(typed, question.choices)
        if more:
            raise Wrong(said("asking.only_one"))
        return one
    if sort is Sort.TEXTS:
        return [part.strip() for part in typed.split(";") if part.strip()]
    return _on_the_day(typed, now, moment=sort is Sort.MOMENT) if sort in (Sort.DAY, Sort.MOMENT) else typed


def _yes_or_no(typed: str) -> bool:
    for code, meant in (("asking.words.yes", True), ("asking.words.no", False)):
        if means(typed, code):
            return meant
    raise Wrong(said("asking.yes_or_no"))


def _chosen(typed: str, choices: Sequence[str]) -> Iterator[str]:
    """Yield what numbers and words stand for, each once. Raises Wrong for one that stands for nothing."""
    found: dict[str, None] = {}
    for part in re.findall(r"[\w-]+", half_width(typed)):
        word = part if part in choices else part.replace("-", "_")
        if part.isdecimal() and 0 < int(part) <= len(choices):
            found[choices[int(part) - 1]] = None
        elif word in choices:
            found[word] = None
        else:
            raise Wrong(said("asking.not_offered", typed=part, most=len(choices)))
    if not found:
        raise Wrong(said("asking.needed"))
    yield from found


def _on_the_day(typed: str, now: datetime, *, moment: bool) -> str:
    """Return a day or time with the words for today and yesterday put into figures; everything else as it is."""
    first, _, rest = typed.partition(" ")
    if moment and means(typed, "asking.words.now"):
        return now.isoformat(timespec="minutes")
    for code, days in (("asking.words.today", 0), ("asking.words.yesterday", 1)):
        if means(first, code):
            day = (now - timedelta(days=days)).date().isoformat()
            return f"{day} {rest.strip()}".strip()
    return typed
