"""Clauses put together: the guidance and the checklist of a pack, and the sentences of the other letters.

What a template prints is a `Told`: parts by name, worded, with the table of papers. A letter keeps what it was told
when it was ordered; one that was ordered before there were such parts says what the source says.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from workflows.office.publication import Place
from workflows.request import letter_lines
from workflows.request.clauses import afterwards, answer, begin, fees, law, notices, own, proof, times
from workflows.request.clauses.values import Group, Sentence, Situation, Topic, says
from workflows.request.clauses.wording import Part, Wording
from workflows.request.letter_lines import PaperLine
from workflows.request.values import LetterKind

PARTS = (begin, proof, fees, answer, law, times, afterwards)
"""Whose sentences there are; within a topic they stand in this order."""
STEPS = (Topic.FORMS, Topic.IDENTITY, Topic.REPRESENTATIVE, Topic.FURTHER, Topic.FEE, Topic.MASKING, Topic.SENDING)
"""What a person does, step by step."""
_REST = (Topic.COSTS, Topic.TIMES, Topic.AFTERWARDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What follows from the office's procedure, in the words of one letter: parts by name, and the tables of papers."""

    parts: tuple[Part, ...] = ()
    papers: tuple[PaperLine, ...] = ()
    proofs: tuple[PaperLine, ...] = ()


def of_letter(kind: LetterKind, s: Situation, wording: Wording) -> Told:
    """Return all that a letter of that kind says of the procedure."""
    parts: Iterable[Part]
    papers: tuple[PaperLine, ...] = ()
    proofs: tuple[PaperLine, ...] = ()
    match kind:
        case LetterKind.REQUEST_FORMS:
            parts = chain(_guidance(s, wording), _checklist(s, wording), _enclosed(s, wording), _slip(s, wording))
        case LetterKind.DEFICIENCY_NOTICE:
            parts = chain(_enclosed(s, wording), _slip(s, wording))
        case _:
            parts = ()
    if s.forms:
        papers = tuple(letter_lines.papers(s.regime, s.on, wording.language))
        proofs = tuple(letter_lines.proofs(s.regime, s.kind, s.on, wording.language)) if s.kind else ()
    return Told(parts=(*_notices(kind, s, wording), *parts), papers=papers, proofs=proofs)


def sentences(s: Situation) -> dict[Topic, list[Sentence]]:
    """Return every sentence by topic."""
    found: dict[Topic, list[Sentence]] = {topic: [] for topic in Topic}
    for part in PARTS:
        for topic, sentence in part.say(s):
            found[topic].append(sentence)
    return found


def checks(s: Situation) -> dict[Group, list[Sentence]]:
    """Return every line of the checklist by group."""
    found: dict[Group, list[Sentence]] = {group: [] for group in Group}
    for part in PARTS:
        for group, line in part.checks(s):
            found[group].append(line)
    found[Group.LAST] += begin.last(s)
    return found


def _guidance(s: Situation, wording: Wording) -> Iterator[Part]:
    """Yield the guidance: numbered steps, then what is worth knowing."""
    said = sentences(s)
    number = 0
    for topic in STEPS:
        if said[topic]:
            number += 1
            yield _part(f"guide.{topic}", _numbered(number, f"said.heading.{topic}"), said[topic], wording)
    yield _part("guide.answer", says("said.heading.answer"), said[Topic.ANSWER], wording)
    yield _part("guide.rest", says("said.heading.rest"), chain.from_iterable(said[topic] for topic in _REST), wording)
    if sentence := own.at(s, Place.GUIDANCE):
        yield _part("guide.own", says("said.heading.own"), sentence, wording)


def _checklist(s: Situation, wording: Wording) -> Iterator[Part]:
    """Yield the groups of the checklist; the papers stand in tables of their own."""
    lines = checks(s)
    number = 0
    for group in Group:
        if lines[group] or group is Group.IDENTITY or (group is Group.REPRESENTATIVE and s.kind is not None):
            number += 1
            heading = says(f"said.check.{group}", rule=proof.short(s))
            items = wording.texts(lines[group])
            below = wording.lines(proof.other_papers(s)) if group is Group.IDENTITY else ()
            text = wording.text(_numbered(number, heading))
            yield Part(name=f"check.{group}", heading=text, lines=below, items=items)
    if sentence := own.at(s, Place.CHECKLIST):
        yield _part("check.own", says("said.heading.own"), sentence, wording)


def _enclosed(s: Situation, wording: Wording) -> Iterator[Part]:
    """Yield the forms that lie in the envelope, by their names."""
    if s.forms:
        yield Part(
            name="enclosed", items=wording.texts(says("said_begin.form", form=begin.name(s, f)) for f in s.forms)
        )


def _slip(s: Situation, wording: Wording) -> Iterator[Part]:
    """Yield what the return slip asks to be ticked, and how the label is used."""
    ticked = [line for part in PARTS for line in part.slip(s)]
    yield Part(name="slip", lines=wording.lines([begin.label(s)]), items=wording.texts(ticked))


def _notices(kind: LetterKind, s: Situation, wording: Wording) -> Iterator[Part]:
    for name, found in notices.say(kind, s):
        yield Part(name=name, lines=wording.lines(found))


def _part(name: str, heading: Sentence, found: Iterable[Sentence], wording: Wording) -> Part:
    return Part(name=name, heading=wording.text(heading), lines=wording.lines(found))


def _numbered(number: int, heading: str | Sentence) -> Sentence:
    return says("said.numbered", number=number, heading=says(heading) if isinstance(heading, str) else heading)
