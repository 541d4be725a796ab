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
        papers, proofs = _papers(s, wording), _proofs(s, wording)
    acting = (Part(name="acting", heading=wording.text(proof.acting_as(s, s.kind))),) if s.kind is not None else ()
    return Told(parts=(*acting, *_notices(kind, s, wording), *parts), papers=papers, proofs=proofs)


def of_sheet(s: Situation, wording: Wording) -> Told:
    """Return all that the published sheet says."""
    return Told(parts=tuple(_sheet(s, wording)), papers=_papers(s, wording))


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
            heading = _of_whom(s, topic)
            yield _part(f"guide.{topic}", _numbered(number, f"said.heading.{heading}"), said[topic], wording)
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
            heading = says(f"said.check.{_of_whom(s, group)}", rule=proof.short(s))
            items = wording.items(lines[group])
            below = wording.lines(_below(s)) if group is Group.IDENTITY else ()
            text = wording.text(_numbered(number, heading))
            name = f"check.{group}"
            if group is Group.IDENTITY and not proof.subject_proves(s):
                name = "check.identity_of_representative"
            yield Part(name=name, heading=text, lines=below, items=items)
    if sentence := own.at(s, Place.CHECKLIST):
        yield _part("check.own", says("said.heading.own"), sentence, wording)


def _of_whom(s: Situation, part: Topic | Group) -> str:
    """Return by which heading a part goes: the bereaved represent nobody."""
    of_other = part in (Topic.REPRESENTATIVE, Group.REPRESENTATIVE)
    return "bereaved" if of_other and proof.is_bereaved(s) else str(part)


def _below(s: Situation) -> list[Sentence]:
    """Return what stands below the table of papers: the rule, where the heading has no room for it, and others."""
    return [*([] if proof.short(s) else proof.rules(s)), *proof.other_papers(s)]


def _papers(s: Situation, wording: Wording) -> tuple[PaperLine, ...]:
    said = {rule.code: rule for rule in s.office.proof.papers}
    return tuple(letter_lines.paper(row, s.on, wording.language, said.get(row.code)) for row in proof.papers(s))


def _proofs(s: Situation, wording: Wording) -> tuple[PaperLine, ...]:
    """Return what proves the right to represent: the office's ways, else the rows of the table with their notes."""
    if s.kind is None:
        return ()
    if proof.names_ways_of_its_own(s, s.kind):
        ways = wording.items(proof.ways_to_represent(s, s.kind))
        return tuple(PaperLine(name=way, photograph=False, notes=()) for way in ways)
    return tuple(letter_lines.proofs(s.regime, s.kind, s.on, wording.language))


def _enclosed(s: Situation, wording: Wording) -> Iterator[Part]:
    """Yield the forms that lie in the envelope, by their names, and what of the procedure stands on them."""
    if s.forms:
        rule = wording.text(says("said.text", text=proof.short(s)))
        yield Part(name="rule", heading=rule, lines=wording.lines([proof.hint(s)]))
        yield Part(name="electronic", lines=wording.lines([answer.electronic(s, sent=False)]))
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


_MERGED = {Topic.FEE: (Topic.FEE, Topic.COSTS)}
"""What stands under one heading of the published sheet."""


def _sheet(s: Situation, wording: Wording) -> Iterator[Part]:
    said = sentences(s)
    rights = [law.right(s, each, wording.language) for each in s.rights if each in s.regime.rights]
    yield Part(name="sheet.rights", heading=wording.text(says("published.rights")), items=wording.items(rights))
    items = {
        Topic.FORMS: begin.listed(s),
        Topic.REPRESENTATIVE: proof.representatives(s),
    }
    below = {Topic.IDENTITY: proof.other_papers(s)}
    for topic in (topic for topic in Topic if topic is not Topic.COSTS):
        found = [*chain.from_iterable(said[each] for each in _MERGED.get(topic, (topic,))), *below.get(topic, ())]
        if found or items.get(topic):
            lines, listed = wording.lines(found), wording.items(items.get(topic, ()))
            heading = wording.text(says(f"said.sheet.{topic}"))
            yield Part(name=f"sheet.{topic}", heading=heading, lines=lines, items=listed)
    if sentence := own.at(s, Place.SHEET):
        yield _part("sheet.own", says("said.heading.own"), sentence, wording)


def _part(name: str, heading: Sentence, found: Iterable[Sentence], wording: Wording) -> Part:
    return Part(name=name, heading=wording.text(heading), lines=wording.lines(found))


def _numbered(number: int, heading: str | Sentence) -> Sentence:
    return says("said.numbered", number=number, heading=says(heading) if isinstance(heading, str) else heading)
