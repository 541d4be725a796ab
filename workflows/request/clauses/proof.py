"""Which papers prove who somebody is and whom they may represent, in words, and what to black out on them."""

from collections.abc import Sequence

from workflows.law.law import in_force
from workflows.law.proving import CLASSES, SOURCE_WAYS, Age, IdentityRule, Slot, Way
from workflows.office.applied import applied
from workflows.request.clauses.values import Both, Checks, Clauses, Group, Noun, Sentence, Situation, Slip, Topic, says


def say(s: Situation) -> Clauses:
    """Yield what proves the identity and the right to represent, and what to black out."""
    yield Topic.IDENTITY, says("said_proof.enclose")
    yield Topic.IDENTITY, rule(s)
    if not s.published:
        yield Topic.IDENTITY, says("said_proof.see_checklist")
    yield Topic.IDENTITY, says("said_proof.address")
    if s.represented:
        yield Topic.REPRESENTATIVE, says("said_proof.representative", strong=True)
        if s.kind == "agent":
            yield Topic.REPRESENTATIVE, says("said_proof.proxy")
    yield from _masking(s)


def checks(s: Situation) -> Checks:
    """Yield what to look at once more before the envelope is closed."""
    masks = _masks(s)
    if {"individual_number", "insurer_number"} & masks:
        yield Group.LAST, says("said_proof.last_blacked_out_numbers")
    else:
        yield Group.LAST, says("said_proof.last_blacked_out")
    yield Group.LAST, says("said_proof.last_address")


def slip(s: Situation) -> Slip:
    """Yield what papers are counted on the return slip."""
    yield says("said_proof.slip_identity")
    if s.kind is not None:
        yield says("said_proof.slip_representative")
        yield says("said_proof.slip_authority")


def identity_rule(s: Situation) -> IdentityRule:
    """Return the rule on identity documents that holds for what is asked, and where."""
    return applied(s.regime, s.office).identity_rules(None, s.rights, s.where)[0]


def rule(s: Situation) -> Sentence:
    """Return the rule in one sentence."""
    if identity_rule(s).enough == SOURCE_WAYS:
        return says("said_proof.rule_usual", strong=True)
    return says("said_proof.rule", strong=True, rule=short(s))


def short(s: Situation) -> Sentence:
    """Return the rule in the few words that fit into a heading."""
    ways = identity_rule(s).enough
    return says("said_proof.usual") if ways == SOURCE_WAYS else said_ways(ways)


def said_ways(ways: Sequence[Way]) -> Sentence:
    """Return alternatives of papers in one phrase; several are numbered."""
    if len(ways) == 1:
        return _way(ways[0])
    numbered = [says("said_proof.numbered", number=number, way=_way(way)) for number, way in enumerate(ways, start=1)]
    return says("said_proof.any_of", ways=numbered)


def _way(way: Way) -> Sentence:
    """Return one alternative: its papers, those of a kind counted together."""
    return says("said_proof.together", slots=[_slot(slot, way.count(slot)) for slot in dict.fromkeys(way)])


def _slot(slot: Slot, many: int) -> Sentence:
    """Return the papers that fill a slot, and what is asked of them beside what they are."""
    if len(slot.of) == 1 and slot.of[0] in CLASSES:
        code = f"said_proof.{slot.of[0]}" if many == 1 else f"said_proof.{slot.of[0]}_different"
        papers = says(code, count=many)
    elif len(slot.of) == 1:
        papers = says("said_proof.document", paper=_noun(slot.of[0]))
    else:
        papers = says("said_proof.one_of", papers=[_noun(code) for code in slot.of], count=many)
    conditions = [says("said_proof.original")] if slot.original else []
    conditions += [says("said_proof.within", age=said_age(slot.within))] if slot.within is not None else []
    conditions += [says("said_proof.with_address")] if slot.address else []
    return says("said_proof.under", papers=papers, conditions=conditions) if conditions else papers


def said_age(age: Age) -> Sentence:
    """Return how old a paper may be: 30 days, 3 months."""
    return says(f"said_proof.{age.unit}", count=age.count)


def _noun(code: str) -> Noun:
    return Noun(f"document.{code}" if code in ("other", *CLASSES) else code)


def _masks(s: Situation) -> set[str]:
    rows = [row for row in s.regime.papers.documents if not row.never and in_force(s.on, row.first, row.last)]
    return {mask for row in rows for mask in row.masks}


def _masking(s: Situation) -> Clauses:
    masks = _masks(s)
    code = "said_proof.black_out_domicile" if "registered_domicile" in masks else "said_proof.black_out"
    yield Topic.MASKING, says(code, strong=True)
    if not s.published:
        yield Topic.MASKING, says("said_proof.black_out_where")
    if "individual_number" in masks:
        yield Topic.MASKING, says("said_proof.my_number")


def other_papers(s: Situation) -> tuple[Sentence, ...]:
    """Return what stands below the table of papers: others on request, and what never counts."""
    never = [row.code for row in s.regime.papers.documents if row.never and in_force(s.on, row.first, row.last)]
    return (says("said_proof.others"), *(says("said_proof.never", paper=Both(code)) for code in dict.fromkeys(never)))
