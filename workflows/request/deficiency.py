"""The sentences of a deficiency notice as the office's own rule asks, and nothing that only another rule would."""

from collections.abc import Iterable, Iterator
from datetime import date

from workflows.engine.values import Reason
from workflows.law.law import in_force
from workflows.law.matching import together
from workflows.law.proving import SOURCE_WAYS, Way
from workflows.law.values import RepresentativeKind
from workflows.request import identity, proof_words, standing
from workflows.request.case import Case
from workflows.request.values import Party

_IN_FULL = {"identity.needed", "identity.needed_besides", "representation.needed"}
"""Gaps that say themselves what is to be sent."""


def told(found: Iterable[Reason], wanted: Iterable[str], case: Case, on: date) -> tuple[Reason, ...]:
    """Return the sentences of a deficiency notice of that day: what the rules found, then what a person named."""
    found = list(found)
    said = {str(reason.params["what"]) for reason in found if reason.code in _IN_FULL}
    shown = {str(reason.params["holder"]) for reason in found if reason.params.get("shows_address")}
    asked = [reason for reason in found if not (_of_address(reason) and str(reason.params.get("holder")) in shown)]
    sentences = [identity.explain_gap(reason, office=case.office) for reason in asked]
    known = {str(reason.params["what"]) for reason in found}
    named = [identity.explain_missing(what, case.regime, case.office) for what in wanted if what not in known]
    return tuple(_by_the_law(each, case, on) for each in _by_the_rule([*sentences, *named], said, case))


def _of_address(reason: Reason) -> bool:
    """Whether a gap asks for a paper that shows the address; one that another gap asks for already will do."""
    return reason.params["what"] == "address" and reason.code != "identity.address_on_record_only"


def _by_the_law(sentence: Reason, case: Case, on: date) -> Reason:
    """Return a sentence with the papers that the law of the case knows, and no other's."""
    match sentence.code:
        case "deficiency.unsigned" if not case.regime.papers.customs.seals:
            return Reason("deficiency.unsigned_signature", sentence.params)
        case "deficiency.address" | "deficiency.address_changed":
            return _address(sentence, case, on)
        case "deficiency.authority":
            return _authority(sentence, case, on)
        case _:
            return sentence


def _address(sentence: Reason, case: Case, on: date) -> Reason:
    rows = case.regime.address_papers(on)
    if not rows:
        return Reason(f"{sentence.code}_any", sentence.params)
    papers = {"ways": proof_words.rows(rows), "masking": proof_words.masking(rows)}
    return Reason(f"{sentence.code}_by", {**sentence.params, **papers})


def _authority(sentence: Reason, case: Case, on: date) -> Reason:
    """Return the proofs that the law's table has for this kind of representative."""
    kind = case.representative
    rows = [row for row in case.regime.papers.proofs if row.kind == kind and in_force(on, row.first, row.last)]
    if kind is None or not rows:
        return sentence
    params = {**sentence.params, "ways": proof_words.rows(rows)}
    if all(row.signature for row in rows):
        seals = case.regime.papers.customs.seals
        return Reason("deficiency.mandate_needed" if seals else "deficiency.mandate_signed", params)
    if kind is RepresentativeKind.MINOR:
        return Reason("deficiency.authority_relation", params)
    return Reason("deficiency.authority_needed", params)


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
