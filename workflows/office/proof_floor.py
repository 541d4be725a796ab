"""What is refused of what an office says of identity and representation, each with the article.

Less than the law's floor is refused whatever the reason; more than the law's example wants a reason, once, in the file.
More is asked for where somebody who holds what the example names could not prove who they are without a further paper,
a fresher one, or the original; a list that is merely shorter than the law's asks for no more.
"""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from workflows.engine.values import Reason
from workflows.law import Regime
from workflows.law.law import Floor, Paper
from workflows.law.matching import Kind, fill
from workflows.law.proving import (
    ANY,
    CLASSES,
    NO_PHOTO,
    PHOTO,
    REPRESENTATIVE,
    SUBJECT,
    Age,
    IdentityRule,
    PaperRule,
    Slot,
    Way,
    Where,
)
from workflows.law.values import RepresentativeKind, Right
from workflows.office.proof_of_representatives import of_representatives
from workflows.office.table import Fault

if TYPE_CHECKING:
    from workflows.office.procedure import OfficeProcedure

DEFAULT_FLOOR = Floor(
    article="APPI 37(1), Order 12(iii)", oldest=Age(6), oldest_article="Enforcement Rule of Act 22 of 2007, 7"
)
"""Of a law whose files name none."""


def forbidden(whole: "OfficeProcedure", regime: Regime) -> Iterator[Fault]:
    """Yield what the law forbids of it."""
    from workflows.office.applied import applied  # late: it reads procedures, whose readers ask here

    under, floor = applied(regime, whole), regime.papers.floor or DEFAULT_FLOOR
    for number, rule in enumerate(whole.proof.identity, start=1):
        place = f"identity {number}"
        yield from _of_identity(rule, place, under, whole.first or date.min, floor)
        if any(_covers(before, rule) for before in whole.proof.identity[: number - 1]):
            yield _fault(place, "office_proof.never_reached")
        if rule.why is None and (more := _asks_more(rule, regime, under)):
            yield _fault(place, f"office_proof.{more}", article=floor.article)
    for number, paper in enumerate(whole.proof.papers, start=1):
        yield from _of_paper(paper, f"evidence {number} ({paper.code})", regime, floor)
        if any(before.code == paper.code for before in whole.proof.papers[: number - 1]):
            yield _fault(f"evidence {number} ({paper.code})", "office_proof.paper_twice", paper=paper.code)
    yield from of_representatives(whole, under, floor)


def _of_identity(rule: IdentityRule, place: str, regime: Regime, first: date, floor: Floor) -> Iterator[Fault]:
    """Yield ways nobody can go, and papers that are never proof, or may be too old to be one."""
    for number, way in enumerate(rule.enough, start=1):
        strange = [code for slot in way for code in slot.of if code not in CLASSES and code not in regime.documents]
        for code in dict.fromkeys(strange):
            yield _fault(place, "office_proof.not_of_this_law", paper=code, law=regime.name)
        never = [code for slot in way for code in slot.of if _is_never(code, regime)]
        for code in dict.fromkeys(never):
            yield _fault(place, "office_proof.never_proof", paper=code, article=regime.documents[code][0].article)
        kinds = [_everything(row, way) for row in _in_force(regime, first)]
        if not strange and not never and not fill(way, kinds, rule.only_one_of).is_complete:
            yield _fault(place, "office_proof.dead_way", number=number, day=first.isoformat(), article=floor.article)
    ages = [slot.within for way in rule.enough for slot in way] + [rule.undated_within]
    if any(age is not None and age.at_most_days > floor.oldest.at_most_days for age in ages):
        yield _fault(place, "office_proof.too_old", months=floor.oldest.count, article=floor.oldest_article)


def _of_paper(rule: PaperRule, place: str, regime: Regime, floor: Floor) -> Iterator[Fault]:
    rows = regime.documents.get(rule.code, ())
    if not rows:
        yield _fault(place, "office_proof.not_of_this_law", paper=rule.code, law=regime.name)
        return
    if rule.accepted and all(row.never for row in rows):
        yield _fault(place, "office_proof.never_proof", paper=rule.code, article=rows[0].article)
    if rule.within is not None and rule.within.at_most_days > floor.oldest.at_most_days:
        yield _fault(place, "office_proof.too_old", months=floor.oldest.count, article=floor.oldest_article)
    fresher = rule.within is not None and any(_is_stricter(rule.within, row.age) for row in rows)
    if rule.why is None and (fresher or (rule.original and not all(row.original for row in rows))):
        yield _fault(place, "office_proof.more_of_a_paper", paper=rule.code, article=floor.article)


def _is_never(code: str, regime: Regime) -> bool:
    return code in regime.documents and all(row.never for row in regime.documents[code])


def _in_force(regime: Regime, first: date) -> list[Paper]:
    """Return the rows a paper may be judged by under the procedure, from its first day on."""
    return [
        row
        for row in regime.papers.documents
        if not row.never and not row.optional and (row.last is None or row.last >= first)
    ]


def _everything(row: Paper, way: Way) -> Kind:
    """Return a paper at its best: fresh, original, showing an address if it can."""
    slots = {slot for slot in way if _is_of(slot, row) and not (slot.address and row.shows_address is False)}
    return Kind(row.code, frozenset(slots))


def _is_of(slot: Slot, row: Paper) -> bool:
    if row.code in slot.of or ANY in slot.of:
        return True
    return (PHOTO in slot.of and row.photograph is not False) or (NO_PHOTO in slot.of and row.photograph is not True)


def _covers(before: IdentityRule, rule: IdentityRule) -> bool:
    """Whether a rule is never reached, because the one before it always holds where it would."""
    kinds = before.of | ({word for word in rule.of if word != SUBJECT} if REPRESENTATIVE in before.of else set())
    return rule.where <= before.where and rule.rights <= before.rights and rule.of <= kinds


# ---- more than the example ------------------------------------------------------------------------------------------


def _asks_more(rule: IdentityRule, regime: Regime, under: Regime) -> str | None:
    """Return in what a rule asks for more than the law's example; None where it does not."""
    if rule.undated_within is not None:
        return "more_than_the_example"
    kind = None if SUBJECT in rule.of else RepresentativeKind.AGENT
    for place, right in product(sorted(rule.where), sorted(rule.rights)):
        for example in regime.identity_rules(kind, [Right(right)], Where(place)):
            if not all(_serves(way, rule, place, under) for way in example.enough):
                return "more_than_the_example"
    return None


def _serves(way: Way, rule: IdentityRule, place: Where, regime: Regime) -> bool:
    """Whether some of those who hold the papers of the example's *way* need no more for the rule."""
    rows = {row.code: row for row in regime.papers.documents if not row.never and not row.optional}
    fitting = [[row for row in rows.values() if _strictly(slot, row)] for slot in way]
    for papers in product(*fitting):
        if len({row.code for row in papers}) < len(papers):
            continue
        held = list(zip(way, papers, strict=True))
        for wanted in rule.enough:
            kinds = [
                Kind(row.code, frozenset(s for s in wanted if _strictly(s, row) and _no_more(s, has, row, place)))
                for has, row in held
            ]
            if len(wanted) <= len(way) and fill(wanted, kinds, rule.only_one_of).is_complete:
                return True
    return False


def _strictly(slot: Slot, row: Paper) -> bool:
    """Whether a paper is surely of a slot; one of which only its reader says whether it bears a photograph is not."""
    if row.code in slot.of or ANY in slot.of:
        return True
    return (PHOTO in slot.of and row.photograph is True) or (NO_PHOTO in slot.of and row.photograph is False)


def _no_more(wanted: Slot, has: Slot, row: Paper, place: Where) -> bool:
    """Whether a slot asks of a paper no more than the example's does, or the table."""
    if wanted.original and not (has.original or row.original or place is Where.COUNTER):
        return False
    if wanted.address and not has.address and row.shows_address is not True:
        return False
    known = has.within or row.age
    return wanted.within is None or not _is_stricter(wanted.within, known)


def _is_stricter(age: Age, known: Age | None) -> bool:
    return known is None or age.at_most_days < known.at_most_days


def _fault(place: str, code: str, **params: object) -> Fault:
    return Fault(place, Reason(code, params))
