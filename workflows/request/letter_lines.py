"""What stands in the letters of a request besides their words: the papers that are asked for, articles of law.

Plain functions from values to lines of text in the letter's language; nothing here knows how they are printed.
"""

import re
from dataclasses import dataclass
from datetime import date

from workflows.engine.values import Language
from workflows.law.law import Regime, in_force
from workflows.words import noun, tell

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_ACTS = ("APPI", "GDPR")
_LAW_OF_REGIME = {"jp-appi": "APPI", "eu-gdpr": "GDPR"}
_PART = re.compile(r"(?P<article>\d+(?:-\d+)*)?(?P<clauses>(?:\((?:\d+|[a-z]+)\))*)(?:-\((?P<last>[a-z]+)\))?")
_CLAUSE = re.compile(r"\((\d+|[a-z]+)\)")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of the list of papers: its name, whether it bears a photograph, and what to look out for."""

    name: str
    photograph: bool
    notes: tuple[str, ...]


def papers(regime: Regime, on: date, language: Language) -> list[PaperLine]:
    """Return the identity documents that may be enclosed with what arrives from that day on, as the table has them.

    `other` is left out where a second person must agree to it: it is worded in the letter, not offered as one of many.
    """
    lines = []
    for row in regime.papers.documents:
        if row.never or row.second_person or not in_force(on, row.first, row.last):
            continue
        notes = _masks(row.masks, language)
        notes += _conditions(row.issued_within_months, unexpired=row.unexpired, seal=row.seal, language=language)
        if row.on_card_from is not None and on >= row.on_card_from:
            notes.append(tell("letter.licence_on_chip", language))
        if row.code == "my_number_card":
            # The back shows the individual number, which nobody may collect (My Number Act 20).
            notes.append(tell("letter.front_only", language))
        lines.append(PaperLine(noun(row.code, language), row.photograph is True, tuple(notes)))
    return lines


def proofs(regime: Regime, kind: str, on: date, language: Language) -> list[PaperLine]:
    """Return the proofs of the right to represent, any one of which is to be enclosed."""
    lines = []
    for row in regime.papers.proofs:
        if row.kind == kind and in_force(on, row.first, row.last):
            conditions = _conditions(row.issued_within_months, unexpired=False, seal=False, language=language)
            notes = (*_masks(row.masks, language), *conditions)
            lines.append(PaperLine(noun(row.type, language), photograph=False, notes=notes))
    return lines


def _masks(masks: tuple[str, ...], language: Language) -> list[str]:
    if not masks:
        return []
    return [tell("letter.black_out", language, items=[noun(mask, language) for mask in masks])]


def cited(article: str, regime: str, language: Language) -> str:
    """Return an article as a letter cites it: ``33(2)(i)`` becomes 個人情報の保護に関する法律第33条第2項第1号.

    What follows ``Order`` is of the Cabinet Order made under the act, to the end: ``37(3), Order 12(iii), 13``. A
    citation in a form not known here is printed as it is given, never left out.
    """
    act = _LAW_OF_REGIME.get(regime, "APPI")
    if article.startswith(_ACTS):
        act, _, article = article.partition(" ")
    name = noun(f"act.{act}", language)
    of_act, _, of_order = article.partition(", Order ")
    of_the_act, of_the_order = (_places(part) for part in (of_act, of_order.replace("Order ", "")))
    if of_the_act is None or of_the_order is None or not of_the_act:
        return tell("letter.cited_as_given", language, act=name, article=article)
    told = _of_the_act(of_the_act, name, language)
    if not of_the_order:
        return told
    return tell("letter.cited_both", language, act=told, order=_of_the_order(of_the_order, language))


def _of_the_act(places: list[str], name: str, language: Language) -> str:
    code = "letter.cited" if _one_article(places) else "letter.cited_more"
    return tell(code, language, act=name, articles=_worded(places, language))


def _of_the_order(places: list[str], language: Language) -> str:
    code = "letter.cited_order" if _one_article(places) else "letter.cited_order_more"
    return tell(code, language, articles=_worded(places, language))


def _one_article(places: list[str]) -> bool:
    """Whether one article is named: what begins with a bracket is another paragraph of the one before."""
    return sum(not place.startswith("(") for place in places) == 1


def _places(listed: str) -> list[str] | None:
    """Return the places of a list such as ``35(2), (4)``, a blank before a bracket left out; None where one is none."""
    places = [place.replace(" (", "(") for place in listed.split(", ")] if listed else []
    known = all(_PART.fullmatch(place) for place in places) and not (places and places[0].startswith("("))
    return places if known else None


def _worded(places: list[str], language: Language) -> str:
    if language is Language.EN:
        return ", ".join(places)
    current, words = "", list[str]()
    for place in places:
        found = _PART.fullmatch(place)
        if found is not None:
            current = found["article"] or current
            words.append(_japanese_part(current, found["clauses"], found["last"]))
    return "、".join(words).removeprefix("第")  # the first one stands in the sentence


def _japanese_part(article: str, clauses: str, last: str | None) -> str:
    head, *branches = article.split("-")
    words = f"第{head}条" + "".join(f"の{branch}" for branch in branches)
    for clause in _CLAUSE.findall(clauses):
        words += _japanese_clause(clause)
    return words if last is None else f"{words}から{_japanese_clause(last)}まで"


def _japanese_clause(clause: str) -> str:
    if clause.isdigit():
        return f"第{clause}項"
    # GDPR counts its points in letters; (i) of the Japanese act is item 1 (第1号).
    return f"第{_ROMAN.index(clause) + 1}号" if clause in _ROMAN else f"({clause})"


def _conditions(months: int | None, *, unexpired: bool, seal: bool, language: Language) -> list[str]:
    notes = []
    if unexpired:
        notes.append(tell("letter.unexpired", language))
    if months is not None:
        notes.append(tell("letter.issued_within", language, months=months))
    if seal:
        notes.append(tell("letter.same_seal", language))
    return notes
