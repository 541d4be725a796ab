"""What stands in the letters of a request besides their words: the papers that are asked for, articles of law.

Plain functions from values to lines of text in the letter's language; nothing here knows how they are printed.
"""

from dataclasses import dataclass
from datetime import date

from workflows import law
from workflows.engine.values import Language
from workflows.law import citing
from workflows.law.law import Paper, Regime, in_force
from workflows.law.proving import Age, PaperRule
from workflows.words import noun, tell


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
    rows = (row for row in regime.papers.documents if not (row.never or row.second_person or row.optional))
    return [paper(row, on, language) for row in rows if in_force(on, row.first, row.last)]


def paper(row: Paper, on: date, language: Language, rule: PaperRule | None = None) -> PaperLine:
    """Return one row of the table, with what an office says of it."""
    notes = _masks(row.masks, language)
    notes += _conditions(row.age, unexpired=row.unexpired, seal=row.seal, language=language)
    if row.original:
        notes.append(tell("letter.original", language))
    if row.on_card_from is not None and on >= row.on_card_from:
        notes.append(tell("letter.licence_on_chip", language))
    if row.front_only:
        notes.append(tell("letter.front_only", language))
    notes += [said[language] for said in (rule.said, rule.why) if said is not None] if rule is not None else []
    return PaperLine(noun(row.code, language), row.photograph is True, tuple(notes))


def proofs(regime: Regime, kind: str, on: date, language: Language) -> list[PaperLine]:
    """Return the proofs of the right to represent, any one of which is to be enclosed."""
    lines = []
    for row in regime.papers.proofs:
        if row.kind == kind and in_force(on, row.first, row.last):
            conditions = _conditions(row.age, unexpired=False, seal=False, language=language)
            notes = (*_masks(row.masks, language), *conditions)
            lines.append(PaperLine(noun(row.type, language), photograph=False, notes=notes))
    return lines


def _masks(masks: tuple[str, ...], language: Language) -> list[str]:
    if not masks:
        return []
    return [tell("letter.black_out", language, items=[noun(mask, language) for mask in masks])]


def appeals(regime: Regime, language: Language, *, promised: bool) -> str:
    """Return to whom somebody may turn who disagrees: as the law says, or where *promised*, to the office."""
    if promised:
        return tell("letter.appeal_to_us", language)
    return ("" if language is Language.JA else " ").join(each[language] for each in regime.appeals)


def under(regime: Regime, language: Language, *, promised: bool) -> str:
    """Return under what an answer is told: the law, or the office's own procedure."""
    return tell("letter.own_procedure", language) if promised else regime.law[language]


def basis(article: str, regime: str, language: Language) -> str:
    """Return under what somebody is answered: an article, or the office's own promise where the law says nothing."""
    return cited(article, regime, language) if article else tell("letter.own_promise", language)


def cited(article: str, regime: str, language: Language) -> str:
    """Return an article as a letter cites it: ``33(2)(i)`` becomes 個人情報の保護に関する法律第33条第2項第1号.

    A citation in a form not known (`workflows.law.citing`) is printed as it is given, never left out.
    """
    told = [_cited(one, language) for one in citing.citations(article, law.regime(regime).acts)]
    return told[0] if len(told) == 1 else tell("letter.cited_and", language, first=told[:-1], last=told[-1])


def _cited(one: citing.Cited, language: Language) -> str:
    if one.places is None:
        return tell("letter.cited_as_given", language, act=one.act[language], article=one.given)
    more = "" if citing.one_article(one.places) else "_more"
    code = f"letter.cited_{one.act.unit}{more}"
    act = tell(code, language, act=one.act[language], articles=one.worded(one.places, language))
    if not one.of_order:
        return act
    more = "" if citing.one_article(one.of_order) else "_more"
    order = tell(f"letter.cited_order{more}", language, articles=one.worded(one.of_order, language))
    return tell("letter.cited_both", language, act=act, order=order)


def _conditions(age: Age | None, *, unexpired: bool, seal: bool, language: Language) -> list[str]:
    notes = []
    if unexpired:
        notes.append(tell("letter.unexpired", language))
    if age is not None:
        notes.append(tell(f"letter.issued_within_{age.unit}", language, count=age.count))
    if seal:
        notes.append(tell("letter.same_seal", language))
    return notes
