"""The sentences of a deficiency notice as the office's own rule asks, and nothing that only another rule would."""

from collections.abc import Iterable, Iterator

from workflows.engine.values import Reason
from workflows.law.matching import together
from workflows.law.proving import SOURCE_WAYS, Way
from workflows.request import identity, proof_words, standing
from workflows.request.case import Case
from workflows.request.values import Party

_IN_FULL = {"identity.needed", "representation.needed"}
"""Gaps that say themselves what is to be sent."""


def told(found: Iterable[Reason], wanted: Iterable[str], case: Case) -> tuple[Reason, ...]:
    """Return the sentences of a deficiency notice: what the rules found in its own words, then what a person named."""
    found = list(found)
    said = {str(reason.params["what"]) for reason in found if reason.code in _IN_FULL}
    sentences = [identity.explain_gap(reason, office=case.office) for reason in found]
    known = {str(reason.params["what"]) for reason in found}
    named = [identity.explain_missing(what, case.regime, case.office) for what in wanted if what not in known]
    return tuple(_by_the_rule([*sentences, *named], said, case))


def _by_the_rule(sentences: Iterable[Reason], said: set[str], case: Case) -> Iterator[Reason]:
    """Yield the sentences, those that say what the source asks for by what this office does."""
    for sentence in sentences:
        what = str(sentence.params.get("what", ""))
        ways = _ways(what, case) if sentence.code in ("deficiency.document", "deficiency.authority") else ()
        if not ways:
            yield sentence
        elif what not in said:
            said.add(what)
            code = "deficiency.needed" if sentence.code == "deficiency.document" else "deficiency.authority_needed"
            yield Reason(code, {**sentence.params, "ways": proof_words.ways(ways)})


def _ways(what: str, case: Case) -> tuple[Way, ...]:
    """Return all ways of the rule that a word of ``ask-again`` is about; none where it is the source's."""
    if what == "authority":
        rule = None if case.representative is None else case.regime.representative_rule(case.representative)
        return () if rule is None else rule.proofs
    holder = Party(what.partition(":")[2])
    asked = standing.asked_of(case, holder)
    rules = case.regime.identity_rules(asked.kind, asked.rights, asked.where)
    if len(rules) == 1 and rules[0].enough == SOURCE_WAYS:
        return ()
    return tuple(together([rule.enough for rule in rules]))
