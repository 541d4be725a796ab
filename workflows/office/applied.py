"""The law's tables of papers as an office's own procedure reads them: what a case is judged by.

`applied` gives a regime whose papers, identity rules and kinds of representative are the office's where it says
something, and the law's where it does not; so whatever asks the regime asks the office too. Nothing of it can make
valid what the law's table refuses for good (a notification card, a paper out of force).
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from workflows.law.law import Paper, Papers, Regime
from workflows.law.proving import PaperRule, ProofRules, Unit
from workflows.office.answer import AnswerAddress
from workflows.office.procedure import SOURCE, OfficeProcedure


def applied(regime: Regime, office: OfficeProcedure) -> Regime:
    """Return the regime as the office applies it: the regime itself where its file says nothing of papers."""
    if office is SOURCE:
        return regime
    on_record_only = office.answer.address is AnswerAddress.ON_RECORD
    if office.proof == SOURCE.proof and not on_record_only:
        return regime
    return _applied(regime, _Known(office.proof, on_record_only))


class _Known:
    """Rules as a key: equal where they are the same ones, which is quick to tell."""

    __slots__ = ("on_record_only", "rules")

    def __init__(self, rules: ProofRules, on_record_only: bool) -> None:
        self.rules, self.on_record_only = rules, on_record_only

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Known) or self.on_record_only != other.on_record_only:
            return False
        return self.rules is other.rules or self.rules == other.rules

    def __hash__(self) -> int:
        return hash((len(self.rules.identity), len(self.rules.representatives), len(self.rules.papers)))


@lru_cache(maxsize=256)
def _applied(regime: Regime, known: _Known) -> Regime:
    rules = known.rules
    named = frozenset(_named(rules))
    said = {rule.code: rule for rule in rules.papers}
    papers = Papers(
        documents=tuple(_row(row, said.get(row.code), taken=row.code in named) for row in regime.papers.documents),
        proofs=regime.papers.proofs,
        majority=regime.papers.majority,
        masks=regime.papers.masks,
        identity=(*rules.identity, *regime.papers.identity),
        representatives=(*rules.representatives, *regime.papers.representatives),
        floor=regime.papers.floor,
        on_record_only=known.on_record_only,
    )
    return replace(regime, papers=papers)


def _named(rules: ProofRules) -> Iterator[str]:
    """Yield the papers that some rule names by their codes: an optional one is taken by that alone."""
    for rule in rules.identity:
        for way in rule.enough:
            for slot in way:
                yield from slot.of


def _row(row: Paper, rule: PaperRule | None, *, taken: bool) -> Paper:
    """Return a row of the table as the office reads it."""
    if rule is None:
        return replace(row, optional=False) if taken and row.optional else row
    if not rule.accepted:
        return replace(row, optional=True)
    row = replace(row, optional=False, original=row.original or rule.original)
    if rule.within is None:
        return row
    days = rule.within.count if rule.within.unit is Unit.DAYS else None
    months = rule.within.count if days is None else None
    return replace(row, issued_within_days=days, issued_within_months=months)
