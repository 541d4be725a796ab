"""What is refused of what an office says of representatives, each with the article.

Nobody acts for another because they say so: every way to prove the right holds a paper that the representative cannot
have written alone. Whoever asks after a death proves the death, and is answered themselves: nobody writes to the dead.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from workflows.engine.values import Reason
from workflows.law import Regime
from workflows.law.law import Floor, Proof
from workflows.law.matching import Kind, fill
from workflows.law.proving import SUBJECT, RepresentativeRule, Slot, Way, Where
from workflows.law.values import EVERYWHERE, Nature, RepresentativeKind
from workflows.office.answer import AnswerTo
from workflows.office.start import Way as Begins
from workflows.office.table import Fault

if TYPE_CHECKING:
    from workflows.office.procedure import OfficeProcedure


def of_representatives(whole: "OfficeProcedure", regime: Regime, floor: Floor) -> Iterator[Fault]:
    """Yield what the law forbids of it."""
    known: set[RepresentativeKind] = set()
    for number, rule in enumerate(whole.proof.representatives, start=1):
        place = f"representative {number} ({rule.kind})"
        if rule.kind in known:
            yield _fault(place, "office_proof.kind_twice", kind=str(rule.kind))
        known.add(rule.kind)
        if rule.kind.is_own and rule.said is None:
            yield _fault(place, "office_proof.kind_unnamed", kind=str(rule.kind))
        if rule.accepted:
            yield from _of_kind(rule, place, whole, regime, floor)


def _of_kind(
    rule: RepresentativeRule, place: str, whole: "OfficeProcedure", regime: Regime, floor: Floor
) -> Iterator[Fault]:
    if not rule.proofs and rule.kind not in EVERYWHERE:
        yield _fault(place, "office_proof.no_proofs", kind=str(rule.kind), article=floor.article)
    for number, way in enumerate(rule.proofs, start=1):
        for reason in _of_way(rule, number, way, regime, whole.first or date.min, floor):
            yield Fault(place, reason)
    if any(slot.within and slot.within.at_most_days > floor.oldest.at_most_days for way in rule.proofs for slot in way):
        yield _fault(place, "office_proof.too_old", months=floor.oldest.count, article=floor.oldest_article)
    if not rule.subject_identity and rule.kind is RepresentativeKind.AGENT and not rule.proofs:
        yield _fault(place, "office_proof.mandate_alone", article=floor.article)
    if rule.kind.nature is Nature.BEREAVED and _answered_to_the_dead(rule, whole):
        yield _fault(place, "office_proof.letters_to_the_dead", kind=str(rule.kind))
    if rule.consent_from is not None:
        ages = [row.age for row in regime.papers.majority]
        if rule.kind is not RepresentativeKind.MINOR or rule.consent_from >= min(ages, default=18):
            yield _fault(place, "office_proof.consent_of_nobody", age=rule.consent_from)
    if rule.degree is not None and not _kinship(rule, regime):
        yield _fault(place, "office_proof.degree_of_nothing", kind=str(rule.kind))
    if rule.where == {Where.COUNTER} and Begins.COUNTER not in whole.start.ways:
        yield _fault(place, "office_proof.no_counter", kind=str(rule.kind))
    if rule.why is None and _asks_more(rule, regime):
        yield _fault(place, "office_proof.more_than_the_example", article="Order 13, GL 3-8-7")


def _of_way(
    rule: RepresentativeRule, number: int, way: Way, regime: Regime, first: date, floor: Floor
) -> Iterator[Reason]:
    """Yield what is wrong with one alternative: papers that prove nothing, none of the subject's, none of the death."""
    types = {proof.type for proof in regime.papers.proofs}
    unknown = dict.fromkeys(code for slot in way for code in slot.of if code not in types)
    for code in unknown:
        yield Reason("office_proof.not_of_this_law", {"paper": code, "law": regime.name})
    if unknown:
        return
    rows = [row for row in regime.papers.proofs if row.last is None or row.last >= first]
    kinds = [Kind(code, frozenset(s for s in way if code in s.of)) for code in {row.type for row in rows}]
    if not fill(way, kinds).is_complete:
        yield Reason("office_proof.dead_way", {"number": number, "day": first.isoformat(), "article": floor.article})
    if rule.kind.nature is Nature.MANDATE:
        of_subject = [slot for slot in way if _all(slot, rule, regime, "of_subject")]
        if not of_subject:
            yield Reason("office_proof.no_mandate", {"number": number, "article": "APPI 37(3), Order 13(ii)"})
        elif not rule.subject_identity and len(of_subject) == 1:
            yield Reason("office_proof.mandate_alone", {"article": floor.article})
    if rule.kind.nature is Nature.BEREAVED and not any(_all(slot, rule, regime, "death") for slot in way):
        yield Reason("office_proof.no_death", {"number": number})
    if rule.kind is RepresentativeKind.BEREAVED and not any(_all(slot, rule, regime, "kinship") for slot in way):
        yield Reason("office_proof.no_kinship", {"number": number})


def _all(slot: Slot, rule: RepresentativeRule, regime: Regime, what: str) -> bool:
    """Whether each of the papers of a slot proves that."""
    rows = [regime.proof_rows(rule.kind, code) for code in slot.of]
    return all(found and all(getattr(row, what) for row in found) for found in rows)


def _kinship(rule: RepresentativeRule, regime: Regime) -> bool:
    return any(_all(slot, rule, regime, "kinship") for way in rule.proofs for slot in way)


def _answered_to_the_dead(rule: RepresentativeRule, whole: "OfficeProcedure") -> bool:
    if rule.answer_to is not None:
        return rule.answer_to == SUBJECT
    return whole.answer.to is AnswerTo.SUBJECT


def _asks_more(rule: RepresentativeRule, regime: Regime) -> bool:
    """Whether a kind of the law's own needs more papers, or fresher ones, than any one of the law's table."""
    if rule.kind not in EVERYWHERE or not rule.proofs:
        return False
    return not any(len(way) == 1 and _is_the_laws(way[0], rule.kind, regime) for way in rule.proofs)


def _is_the_laws(slot: Slot, kind: RepresentativeKind, regime: Regime) -> bool:
    found: list[Proof] = [row for code in slot.of for row in regime.proofs.get((kind, code), ())]
    return (
        bool(found)
        and not slot.original
        and (
            slot.within is None
            or any(row.age is not None and slot.within.at_most_days >= row.age.at_most_days for row in found)
        )
    )


def _fault(place: str, code: str, **params: object) -> Fault:
    return Fault(place, Reason(code, params))
