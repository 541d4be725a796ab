"""Which papers prove who somebody is and whom they may represent, in words, and what to black out on them.

The law's tables are read as the office applies them (`workflows.office.applied`), as the rules read them.
"""

from collections.abc import Collection, Sequence

from workflows.law.law import Paper, Regime, in_force
from workflows.law.proving import (
    ANY,
    CLASSES,
    REPRESENTATIVE,
    SOURCE_WAYS,
    SUBJECT,
    Age,
    IdentityRule,
    RepresentativeRule,
    Slot,
    Way,
    Where,
)
from workflows.law.values import EVERYWHERE, Nature, RepresentativeKind
from workflows.office.applied import applied
from workflows.request.clauses.spans import span
from workflows.request.clauses.values import (
    Both,
    Checks,
    Clauses,
    Either,
    Group,
    Noun,
    Or,
    Running,
    Sentence,
    Situation,
    Slip,
    Together,
    Topic,
    only,
    says,
)


def say(s: Situation) -> Clauses:
    """Yield what proves the identity and the right to represent, and what to black out."""
    if not subject_proves(s):
        yield Topic.IDENTITY, says("said_proof.no_subject_identity")
    else:
        yield Topic.IDENTITY, says("said_proof.enclose")
        for sentence in rules_in_full(s) if s.published else rules(s):
            yield Topic.IDENTITY, sentence
        if not s.published:
            yield Topic.IDENTITY, says("said_proof.see_checklist")
        yield Topic.IDENTITY, says("said_proof.address")
    if s.published:
        yield Topic.REPRESENTATIVE, says("said_proof.representative", strong=True)
    elif s.kind is not None:
        yield from ((Topic.REPRESENTATIVE, sentence) for sentence in _represented(s, s.kind))
    yield from _masking(s)


def checks(s: Situation) -> Checks:
    """Yield what to look at once more before the envelope is closed."""
    masks = _named_masks(s)
    if {"individual_number", "insurer_number"} & masks:
        yield Group.LAST, says("said_proof.last_blacked_out_numbers")
    else:
        yield Group.LAST, says("said_proof.last_blacked_out")
    yield Group.LAST, says("said_proof.last_address")


def slip(s: Situation) -> Slip:
    """Yield what papers are counted on the return slip."""
    if subject_proves(s):
        yield says("said_proof.slip_identity")
    if s.kind is not None:
        suffix = "_bereaved" if is_bereaved(s) else ""
        yield says(f"said_proof.slip_representative{suffix}")
        yield says(f"said_proof.slip_authority{suffix}")


def subject_proves(s: Situation) -> bool:
    """Whether the subject's own identity is proven: not of one who has died, nor where other proofs stand for it.

    Whoever reads what is published may be anybody.
    """
    kind = None if s.published or s.kind is None else RepresentativeKind(s.kind)
    return _law(s).subject_proves(kind)


def is_bereaved(s: Situation) -> bool:
    """Whether whoever asks acts for nobody: the family or the heirs of one who has died."""
    return s.kind is not None and RepresentativeKind(s.kind).nature is Nature.BEREAVED


def _prover(s: Situation) -> str | None:
    """Return whose papers are told of first: the subject's (None), or those of who acts where the subject has none."""
    return None if subject_proves(s) else s.kind


# -- who somebody is --------------------------------------------------------------------------------------------------


def rules_for(s: Situation, kind: str | None) -> tuple[IdentityRule, ...]:
    """Return the rules that hold for what is asked: of the subject (None), or of a representative."""
    return _law(s).identity_rules(None if kind is None else RepresentativeKind(kind), s.rights, s.where)


def short(s: Situation) -> Sentence | str:
    """Return the rule in the few words that fit into a heading; nothing where several hold or it is long."""
    found = rules_for(s, _prover(s))
    return says("said.in_brackets", text=_enough(found[0])) if len(found) == 1 and _fits(found[0]) else ""


def _fits(rule: IdentityRule) -> bool:
    return rule.enough == SOURCE_WAYS or (len(rule.enough) == 1 and len(rule.enough[0]) < 3)


def rules(s: Situation) -> list[Sentence]:
    """Return the rules that hold for this person, each with what it is for where there are several."""
    found = rules_for(s, _prover(s))
    told: list[Sentence] = []
    for rule in found:
        if len(found) > 1:
            about = only(s, frozenset(right for right in s.rights if rule in _rules_for_right(s, right)))
            told.append(says("said_proof.rule_for", strong=True, rule=_enough(rule), only=about))
        elif rule.enough == SOURCE_WAYS:
            told.append(says("said_proof.rule_usual", strong=True))
        else:
            told.append(says("said_proof.rule", strong=True, rule=_enough(rule)))
        told += _conditions(rule)
    return told


def _rules_for_right(s: Situation, right: object) -> tuple[IdentityRule, ...]:
    """Return the rule that holds for one right."""
    return _law(s).identity_rules(None, [each for each in s.rights if each == right], s.where)


def rules_in_full(s: Situation) -> list[Sentence]:
    """Return every rule, with where, for what and of whom it holds: whoever reads the sheet may ask in any way."""
    found = s.office.proof.identity
    told: list[Sentence] = []
    for rule in found:
        about = {"rule": _enough(rule), "about": _about(rule), "only": only(s, rule.rights)}
        told.append(Sentence("said_proof.rule_where", about, strong=True))
        told += _conditions(rule)
    return told or rules(s)


def _about(rule: IdentityRule) -> Sentence | str:
    """Return of whom and where a rule holds, in brackets; an empty text where it is of everybody, everywhere."""
    everybody = {SUBJECT, REPRESENTATIVE} <= rule.of
    whom = [] if everybody else [_whom(of) for of in sorted(rule.of, key=lambda of: (of != SUBJECT, of))]
    places = [says(f"said_proof.where.{where}") for where in Where if where in rule.where and len(rule.where) < 3]
    parts = [says(code, what=what) for code, what in (("said_proof.of", whom), ("said_proof.at", places)) if what]
    return says("said_proof.about", parts=parts) if parts else ""


def _whom(of: str) -> Sentence | Noun:
    return says(f"said_proof.whom.{of}") if of in (SUBJECT, REPRESENTATIVE) else Noun(f"kind.{of}")


def _conditions(rule: IdentityRule) -> list[Sentence]:
    told = [says("said_proof.only_one_of", papers=[Noun(code) for code in sorted(group)]) for group in rule.only_one_of]
    if rule.undated_within is not None:
        told.append(says("said_proof.undated", span=said_age(rule.undated_within)))
    if rule.why is not None:
        told.append(says("said_proof.why", why=rule.why))
    return told


def _enough(rule: IdentityRule) -> Sentence:
    ways = rule.enough
    if ways == SOURCE_WAYS:
        return says("said_proof.usual")
    return said_ways(ways)


def said_ways(ways: Sequence[Way], there: Collection[str] = ()) -> Sentence:
    """Return alternatives of papers, any one of which is enough, in one phrase.

    Of the classes of papers that are *there* some were accepted already: more of them must be of another kind.
    """
    if len(ways) == 1:
        return _way(ways[0], there)
    numbered = [
        says("said_proof.numbered", number=number, way=_way(way, there)) for number, way in enumerate(ways, start=1)
    ]
    return says("said_proof.any_of", ways=Either(numbered))


def _way(way: Way, there: Collection[str] = ()) -> Sentence:
    """Return one alternative: its papers, those of a kind counted together."""
    slots = []
    for number, slot in enumerate(dict.fromkeys(way)):
        many = way.count(slot)
        if len(slot.of) == 1 and slot.of[0] in CLASSES:
            more = "_other" if slot.of[0] == ANY and number else ""
            more, different = "_more" if slot.of[0] in there else more, "_different" if many > 1 else ""
            code = f"said_proof.{slot.of[0]}{more}{different}"
            paper = says(code, count=many)
        elif len(slot.of) == 1:
            paper = says("said_proof.document", paper=_noun(slot.of[0]))
        elif many == 1:
            paper = says("said_proof.either", papers=Or(_noun(code) for code in slot.of))
        else:
            paper = says("said_proof.one_of", papers=[_noun(code) for code in slot.of], count=many)
        slots.append(_asked_of(slot, paper))
    return says("said_proof.together", slots=Together(slots))


def _asked_of(slot: Slot, paper: Sentence) -> Sentence:
    """Return a paper with what more is asked of it."""
    more: list[Sentence] = []
    if slot.original:
        more.append(says("said_proof.original"))
    if slot.within is not None:
        more.append(says("said_proof.within", span=said_age(slot.within)))
    if slot.address:
        more.append(says("said_proof.shows_address"))
    return says("said_proof.asked_of", paper=paper, more=more) if more else paper


def _noun(code: str) -> Noun:
    return Noun(f"document.{code}" if code in ("other", *CLASSES) else code)


def said_age(age: Age) -> Sentence:
    """Return how old a paper may be: 30 days, 3 months."""
    return span((age.count, str(age.unit)))


# -- for whom somebody acts -------------------------------------------------------------------------------------------


def _rule_of(s: Situation, kind: str | None) -> RepresentativeRule | None:
    return None if kind is None else _law(s).representative_rule(RepresentativeKind(kind))


def _represented(s: Situation, kind: str) -> list[Sentence]:
    """Return what a representative encloses of their own."""
    rule, same = _rule_of(s, kind), subject_proves(s) and rules_for(s, kind) == rules_for(s, None)
    told = []
    if same:
        told.append(says("said_proof.representative", strong=True))
    else:
        asked = [_enough(each) for each in rules_for(s, kind)]
        code = "said_proof.bereaved_by" if is_bereaved(s) else "said_proof.representative_by"
        told.append(says(code, strong=True, rule=asked))
    forms = [form for code in s.forms if (form := s.office.start.form(code)) is not None]
    proxy = "said_proof.proxy" if s.regime.papers.customs.seals else "said_proof.proxy_signed"
    told += [says(proxy, form=form.said) for form in forms if form.proves and form.is_for(kind)]
    return told if rule is None else [*told, *_more_of(rule)]


def acting_as(s: Situation, kind: str) -> Sentence:
    """Return what a representative is called beside their name."""
    rule = _rule_of(s, kind)
    if rule is not None and rule.said is not None:
        return says("said.text", text=rule.said)
    if kind in EVERYWHERE:
        return says(f"said_proof.acting.{kind}")
    return says("said_proof.document", paper=Noun(f"kind.{kind}"))


def _more_of(rule: RepresentativeRule) -> list[Sentence]:
    """Return what an office asks of one kind of representative beside proofs."""
    told = []
    if rule.consent_from is not None:
        told.append(says("said_proof.consent_from", age=rule.consent_from))
    if rule.degree is not None:
        told.append(says("said_proof.degree", degree=rule.degree))
    if not rule.subject_identity:
        told.append(says("said_proof.no_subject_identity"))
    if rule.where != frozenset(Where):
        places = [says(f"said_proof.where.{where}") for where in Where if where in rule.where]
        told.append(says("said_proof.only_where", where=places))
    if rule.why is not None:
        told.append(says("said_proof.why", why=rule.why))
    return told


def representatives(s: Situation) -> list[Sentence]:
    """Return each kind of representative the office takes with its proofs, then those it does not take."""
    regime = _law(s)
    named = dict.fromkeys([*EVERYWHERE, *(rule.kind for rule in regime.papers.representatives)])
    told = []
    for kind in named:
        rule = regime.representative_rule(kind)
        name = Noun(f"kind.{kind}") if rule is None or rule.said is None else rule.said
        if rule is not None and not rule.accepted:
            told.append(says("said_proof.not_taken", kind=name, why=rule.refused or ""))
            continue
        asked = [] if rule is None else _more_of(rule)
        if not regime.subject_proves(kind) and (rule is None or rule.subject_identity):
            asked.insert(0, says("said_proof.no_subject_identity"))
        more = says("said_proof.more", more=Running(asked)) if asked else ""
        told.append(says("published.proofs_of", kind=name, proofs=Either(ways_to_represent(s, kind)), more=more))
    return told


def ways_to_represent(s: Situation, kind: str) -> list[Sentence]:
    """Return the proofs of the right to represent, any one of which will do, each in a few words."""
    regime, rule = _law(s), _rule_of(s, kind)
    if rule is not None and rule.proofs:
        return [_way(way) for way in rule.proofs]
    rows = [row for row in regime.papers.proofs if row.kind == kind and in_force(s.on, row.first, row.last)]
    return [says("said_proof.document", paper=Noun(row.type)) for row in rows]


def names_ways_of_its_own(s: Situation, kind: str) -> bool:
    """Whether the office itself says what proves that kind of representation."""
    rule = _rule_of(s, kind)
    return rule is not None and bool(rule.proofs)


# -- the tables -------------------------------------------------------------------------------------------------------


def _law(s: Situation) -> Regime:
    """Return the law as the office applies it."""
    return applied(s.regime, s.office)


def papers(s: Situation) -> list[Paper]:
    """Return the identity documents that may be enclosed: all that are taken, or those alone that a rule names."""
    rows = [row for row in _law(s).papers.documents if not (row.never or row.second_person or row.optional)]
    kinds = [s.kind, None] if s.kind is not None and subject_proves(s) else [_prover(s)]
    rules = s.office.proof.identity if s.published else [rule for kind in kinds for rule in rules_for(s, kind)]
    named = {code for rule in rules for way in rule.enough for slot in way for code in slot.of}
    whole = not named or not named.isdisjoint(CLASSES)
    return [row for row in rows if in_force(s.on, row.first, row.last) and (whole or row.code in named)]


def _named_masks(s: Situation) -> set[str]:
    """Return what is blocked out on these papers and is known to everybody where they are held."""
    return {mask for row in papers(s) for mask in row.masks} & set(s.regime.papers.customs.named_masks)


def black_out(s: Situation) -> Sentence:
    """Return the reminder of a letter that asks for further papers."""
    named = "registered_domicile" in _named_masks(s)
    return says("said_letters.black_out_domicile" if named else "said_letters.black_out")


def _masking(s: Situation) -> Clauses:
    masks = _named_masks(s)
    code = "said_proof.black_out_domicile" if "registered_domicile" in masks else "said_proof.black_out"
    yield Topic.MASKING, says(code, strong=True)
    if not s.published:
        yield Topic.MASKING, says("said_proof.black_out_where")
    if "individual_number" in masks:
        yield Topic.MASKING, says("said_proof.my_number")


def hint(s: Situation) -> Sentence:
    """Return what stands on a form beside the boxes of the papers."""
    return says("said_proof.hint_domicile" if "registered_domicile" in _named_masks(s) else "said_proof.hint")


def other_papers(s: Situation) -> tuple[Sentence, ...]:
    """Return what stands below the table of papers: others on request, and what never counts."""
    never = [row.code for row in s.regime.papers.documents if row.never and in_force(s.on, row.first, row.last)]
    return (says("said_proof.others"), *(says("said_proof.never", paper=Both(code)) for code in dict.fromkeys(never)))
