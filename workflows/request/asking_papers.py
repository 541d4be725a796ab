"""What is asked of the papers that came, in place of a file: what the law's table, or the office's rule, judges by."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from workflows.engine.hints import Hint, Hints, Seen
from workflows.law.law import Paper, Proof
from workflows.law.proving import IdentityRule, RepresentativeRule, Slot, Where
from workflows.law.values import RepresentativeKind, Right
from workflows.request import forms
from workflows.request.case import Case
from workflows.request.enough import may_fill
from workflows.request.representation import row_of, types_taken
from workflows.request.values import AddressShown, FormName, Masking, Party

_NUMBERED = frozenset({
    "drivers_licence", "driving_record_certificate", "passport", "residence_card",
    "special_permanent_resident_certificate",
})  # fmt: skip
"""The papers whose number may be kept, as a keyed hash."""
_YES = Hint(proposed=lambda seen, place: True)


def asking(seen: Seen) -> Case:
    """Return the case that is asked about; of one that is opened, as the answers so far say it."""
    case: Case = seen.case
    if case.state:
        return case
    kind = seen.answers.get("representative.kind")
    rights = dict.fromkeys(Right(right) for right in seen.answers.get("rights") or ())
    return replace(case, rights=rights, representative=None if kind is None else RepresentativeKind(kind))


def forms_here(seen: Seen) -> list[FormName]:
    """Return the forms that are said to have come."""
    return [FormName(form) for form in seen.answers.get("forms") or ()]


def arrived(seen: Seen) -> date:
    """Return the day on which they are said to have come."""
    try:
        return datetime.fromisoformat(str(seen.answers.get("arrived_at"))).date()
    except ValueError:
        return seen.now.date()


def _papers(seen: Seen, place: str) -> list[str]:
    on, table = arrived(seen), seen.case.regime.documents
    return [
        code
        for code in table
        if (row := seen.case.regime.paper(code, on)) is not None and not row.never and not row.optional
    ]


def _paper(seen: Seen, place: str) -> Paper | None:
    kind = seen.beside(place, "type")
    return None if kind is None else seen.case.regime.paper(str(kind), arrived(seen))


def _first_paper(seen: Seen, place: str) -> str | None:
    return "drivers_licence" if "drivers_licence" in _papers(seen, place) else None


def _paper_says(what: str) -> Hint:
    """Ask for a day only of papers that are judged by it."""

    def wanted(seen: Seen, place: str) -> bool:
        paper = _paper(seen, place)
        if paper is None:
            return True
        if what == "expires_on":
            return paper.unexpired
        dated = paper.issued_from or paper.age or paper.address_issued_before
        return bool(dated) or _is_dated_by_a_rule(seen, paper)

    return Hint(asked=wanted, needed=lambda seen, place: _paper(seen, place) is not None)


def _slots(seen: Seen) -> Iterator[tuple[IdentityRule, Slot]]:
    """Yield the slots of every rule on identity that may hold for the case."""
    case = asking(seen)
    for kind in (None, case.representative) if case.representative is not None else (None,):
        for place in Where:
            for rule in case.regime.identity_rules(kind, case.rights, place):
                yield from ((rule, slot) for way in rule.enough for slot in way)


def _is_dated_by_a_rule(seen: Seen, paper: Paper) -> bool:
    return any(
        (slot.within and may_fill(slot, paper)) or (rule.undated_within and not paper.unexpired)
        for rule, slot in _slots(seen)
    )


def _wants_the_original(seen: Seen, place: str) -> bool:
    paper = _paper(seen, place)
    if paper is None:
        return False
    return paper.original or any(slot.original and may_fill(slot, paper) for _, slot in _slots(seen))


def _rule(seen: Seen) -> RepresentativeRule | None:
    kind = asking(seen).representative
    return None if kind is None else seen.case.regime.representative_rule(kind)


def wants_several(seen: Seen, place: str) -> bool:
    """Whether the office asks for more than one proof."""
    rule = _rule(seen)
    return rule is not None and (rule.consent_from is not None or any(len(way) > 1 for way in rule.proofs))


def _has_an_age(seen: Seen, place: str) -> bool:
    proof, rule = _proof(seen, place), _rule(seen)
    by_rule = rule is not None and any(
        slot.within and seen.beside(place, "type") in slot.of for way in rule.proofs for slot in way
    )
    return by_rule or (proof is not None and proof.age is not None)


def _wants_the_degree(seen: Seen, place: str) -> bool:
    proof, rule = _proof(seen, place), _rule(seen)
    return proof is not None and proof.kinship and rule is not None and rule.degree is not None


def _wants_the_original_proof(seen: Seen, place: str) -> bool:
    proof, rule = _proof(seen, place), _rule(seen)
    by_rule = rule is not None and any(
        slot.original and seen.beside(place, "type") in slot.of for way in rule.proofs for slot in way
    )
    return by_rule or (proof is not None and proof.original)


def _needs_masking(seen: Seen, place: str) -> bool:
    paper = _paper(seen, place)
    return paper is None or bool(paper.masks)


def has_a_representative(seen: Seen, place: str) -> bool:
    """Whether somebody acts for the subject."""
    return asking(seen).representative is not None


def _proofs(seen: Seen, place: str) -> list[str]:
    kind = asking(seen).representative
    return [] if kind is None else types_taken(kind, seen.case.regime, arrived(seen))


def _proof(seen: Seen, place: str) -> Proof | None:
    kind, said = asking(seen).representative, seen.beside(place, "type")
    return None if kind is None or said is None else row_of(kind, str(said), arrived(seen), seen.case.regime)


def _proof_has(name: str) -> Hint:
    def wanted(seen: Seen, place: str) -> bool:
        proof = _proof(seen, place)
        return proof is not None and bool(getattr(proof, name))

    return Hint(asked=wanted, needed=wanted, proposed=lambda s, p: True if name == "signature" else None)


def proof_expected(seen: Seen, place: str) -> bool:
    """Whether a proof of the right to represent is likely to have come."""
    return not seen.case.authorities and set(forms.mandates(seen.case.office)).isdisjoint(forms_here(seen))


def _implied(asked: object, value: object, proposed: object = None) -> Hint:
    """Ask only then; else it is *value*."""
    return Hint(asked=asked, implied=lambda s, p: value, proposed=lambda s, p: proposed)  # type: ignore[arg-type]


PAPERS: Hints = {
    "Document.holder": _implied(has_a_representative, str(Party.SUBJECT), str(Party.SUBJECT)),
    "Document.type": Hint(choices=_papers, proposed=_first_paper),
    "Document.photo": Hint(
        asked=lambda s, p: (paper := _paper(s, p)) is None or paper.photograph is not False,
        proposed=lambda s, p: True,
    ),
    "Document.issued_on": _paper_says("issued_on"),
    "Document.expires_on": _paper_says("expires_on"),
    "Document.address": Hint(
        asked=lambda s, p: (paper := _paper(s, p)) is None or paper.shows_address is not False,
        proposed=lambda s, p: str(AddressShown.STATED),
    ),
    "Document.name_matches": _YES,
    "Document.seal_matches": Hint(asked=lambda s, p: (paper := _paper(s, p)) is not None and paper.seal),
    "Document.masking": _implied(_needs_masking, str(Masking.NOT_SHOWN)),
    "Document.number": Hint(asked=lambda s, p: s.beside(p, "type") in _NUMBERED),
    "Document.original": Hint(asked=_wants_the_original, proposed=lambda s, p: True),
    "Authority.type": Hint(choices=_proofs, proposed=lambda s, p: next(iter(_proofs(s, p)), None)),
    "Authority.issued_on": Hint(asked=_has_an_age, needed=_has_an_age),
    "Authority.seal_matches": _proof_has("seal"),
    "Authority.degree": Hint(asked=_wants_the_degree, needed=_wants_the_degree),
    "Authority.original": Hint(asked=_wants_the_original_proof, proposed=lambda s, p: True),
    "Authority.masking": _proof_has("masks"),
    "Authority.signed": _proof_has("signature"),
    "Authority.names_match": _YES,
    "Authority.rights": Hint(asked=lambda s, p: s.beside(p, "type") == "proxy_statement"),
}
"""Of each paper, by its field."""
