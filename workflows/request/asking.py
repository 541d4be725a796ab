"""What is proposed to a person who is asked in place of a file: the ordinary answer, and nothing that needs no answer.

Which papers are offered, and what of each is asked (its days, its address, its masking), stands in the law's table of
papers; which outcome may name which ground, in its rules. A proposal is taken by Enter and judged like anything typed.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from workflows.engine.hints import Hint, Hints, Seen, never
from workflows.law.law import Paper, Proof
from workflows.law.proving import IdentityRule, RepresentativeRule, Slot, Where
from workflows.law.values import OutcomeName, RepresentativeKind, Right, RightOutcome
from workflows.office.money import MEASURED, Due, Fee, Means, Per, shown
from workflows.request import rights
from workflows.request.charges import balance
from workflows.request.enough import may_fill
from workflows.request.put_right import ARRIVALS
from workflows.request.representation import row_of, types_taken
from workflows.request.values import AddressShown, FormName, Masking, Party

_YES = frozenset({OutcomeName.GRANTED, OutcomeName.PARTLY})
_SENT = frozenset({*_YES, OutcomeName.ALTERNATIVE})
_NUMBERED = frozenset({
    "drivers_licence", "driving_record_certificate", "passport", "residence_card",
    "special_permanent_resident_certificate",
})  # fmt: skip
"""The papers whose number may be kept, as a keyed hash."""


def _is(what: object) -> Hint:
    """Propose always the same."""
    return Hint(proposed=lambda seen, place: what)


# -- a first contact ------------------------------------------------------------------------------------------------


def _now(seen: Seen, place: str) -> str:
    return seen.now.strftime("%Y-%m-%d %H:%M")


def _of_the_subject(seen: Seen, place: str) -> object:
    return seen.answers.get(f"subject.{place.rpartition('.')[2]}")


def _represented(seen: Seen, place: str) -> bool:
    return bool(seen.answers.get("representative?"))


def _mail_goes_to(seen: Seen, place: str) -> str:
    agent = seen.answers.get("representative.kind") == RepresentativeKind.AGENT
    return str(Party.SUBJECT if agent else Party.REPRESENTATIVE)


def _represents_a_minor(seen: Seen, place: str) -> bool:
    return not place.startswith("representative.")


# -- what came back -------------------------------------------------------------------------------------------------


def _forms_asked_for(seen: Seen, place: str) -> list[str]:
    return [str(form) for form in rights.forms_for(seen.case.rights, seen.case.representative)]


def _forms_here(seen: Seen) -> list[FormName]:
    return [FormName(form) for form in seen.answers.get("forms") or ()]


def _came(form: FormName) -> Hint:
    return Hint(
        asked=lambda seen, place: form in _forms_here(seen), proposed=lambda seen, place: True, needed=lambda s, p: True
    )


def _boxes(seen: Seen, place: str) -> list[str]:
    here = _forms_here(seen)
    return [str(right) for form in here for right in rights.rights_of_form(form)]


def _boxes_asked_for(seen: Seen, place: str) -> list[str]:
    return [right for right in _boxes(seen, place) if right in seen.case.rights]


def _arrived(seen: Seen) -> date:
    try:
        return datetime.fromisoformat(str(seen.answers.get("arrived_at"))).date()
    except ValueError:
        return seen.now.date()


def _papers(seen: Seen, place: str) -> list[str]:
    on, table = _arrived(seen), seen.case.regime.documents
    return [
        code
        for code in table
        if (row := seen.case.regime.paper(code, on)) is not None and not row.never and not row.optional
    ]


def _paper(seen: Seen, place: str) -> Paper | None:
    kind = seen.beside(place, "type")
    return None if kind is None else seen.case.regime.paper(str(kind), _arrived(seen))


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
    case = seen.case
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
    kind = seen.case.representative
    return None if kind is None else seen.case.regime.representative_rule(kind)


def _wants_several(seen: Seen, place: str) -> bool:
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


def _has_a_representative(seen: Seen, place: str) -> bool:
    return seen.case.representative is not None


def _proofs(seen: Seen, place: str) -> list[str]:
    kind = seen.case.representative
    return [] if kind is None else types_taken(kind, seen.case.regime, _arrived(seen))


def _proof(seen: Seen, place: str) -> Proof | None:
    kind, said = seen.case.representative, seen.beside(place, "type")
    return None if kind is None or said is None else row_of(kind, str(said), _arrived(seen), seen.case.regime)


def _proof_has(name: str) -> Hint:
    def wanted(seen: Seen, place: str) -> bool:
        proof = _proof(seen, place)
        return proof is not None and bool(getattr(proof, name))

    return Hint(asked=wanted, needed=wanted, proposed=lambda s, p: True if name == "signature" else None)


def _proof_expected(seen: Seen, place: str) -> bool:
    return not seen.case.authorities and FormName.PROXY not in _forms_here(seen)


# -- money ----------------------------------------------------------------------------------------------------------


def _is_charged(seen: Seen, place: str) -> bool:
    return bool(seen.case.office.fees.charged)


def _rows(seen: Seen) -> list[Fee]:
    return [row for row in seen.case.office.fees.rows_on(seen.now.date()) if row.rights & set(seen.case.rights)]


def _means(seen: Seen, place: str) -> list[str]:
    return list(dict.fromkeys(str(means) for row in _rows(seen) for means in row.by)) or [str(each) for each in Means]


def _lacking(seen: Seen, place: str) -> str | None:
    if place != "fees[0].amount":
        return None
    open_ = balance(seen.case, seen.now.date(), (Due.WITH_FORMS,)).lacking
    return shown(open_, seen.case.office.fees.currency) if open_ else None


def _ages(seen: Seen, place: str) -> bool:
    said = seen.beside(place, "means")
    return said is not None and seen.case.office.fees.stale_from(Means(said), seen.now.date()) is not None


def _counted_early(seen: Seen, place: str) -> list[str]:
    return sorted({str(row.per) for row in _rows(seen) if row.per in (Per.ITEM, Per.NAME)})


def _wants_an_envelope(seen: Seen, place: str) -> bool:
    postage = seen.case.office.fees.postage
    return postage is not None and postage.envelope


def _counted_late(seen: Seen, place: str) -> list[str]:
    pers = {per for row in _rows(seen) for per in (row.per, *(rate.per for rate in row.plus))}
    return sorted(str(per) for per in pers & MEASURED)


def _estimated(seen: Seen, place: str) -> list[str]:
    return [row.code for row in _rows(seen) if row.amount is None]


# -- the decision ---------------------------------------------------------------------------------------------------


def _right(place: str) -> Right:
    return Right(place.split(".")[1])


def _rights_of_the_case(seen: Seen, place: str) -> list[str]:
    return [str(right) for right in seen.case.rights]


def _decided_in(seen: Seen) -> str:
    """Return the state in which the case is decided; of an answer that is corrected, the one it goes back to."""
    case = seen.case
    if case.state == "refused":
        return "forms_returned" if case.verified_by is None else "id_verified"
    return "id_verified" if case.state == "fulfilled" else str(case.state)


def _outcomes(seen: Seen, place: str) -> list[str]:
    possible = seen.case.regime.rights[_right(place)].outcomes
    return [str(one) for one in possible if _decided_in(seen) != "forms_returned" or one is OutcomeName.REFUSED]


def _ordinary_outcome(seen: Seen, place: str) -> str:
    return _outcomes(seen, place)[0]


def _outcome(seen: Seen, place: str) -> OutcomeName | None:
    said = seen.beside(place, "outcome")
    return None if said is None else OutcomeName(said)


def _grounds(seen: Seen, place: str) -> list[str]:
    outcome = _outcome(seen, place)
    if outcome is None:
        return []
    on = seen.now.date()
    return rights.grounds_for(_right(place), outcome, seen.case.regime, state=_decided_in(seen), on=on)


def _needs_a_ground(seen: Seen, place: str) -> bool:
    early = _decided_in(seen) == "forms_returned"
    return early or _outcome(seen, place) in seen.case.regime.outcomes.ground


def _needs_an_explanation(seen: Seen, place: str) -> bool:
    outcome = _outcome(seen, place)
    if outcome is None:
        return False
    said = RightOutcome(outcome=outcome, method=seen.beside(place, "method"))
    return rights.explains(_right(place), said, seen.case.regime, seen.case.method)


def _encloses(seen: Seen, place: str) -> bool:
    return rights.discloses(_right(place)) and _outcome(seen, place) in _SENT


def _confirmed_twice(seen: Seen, place: str) -> bool:
    outcome = _outcome(seen, place)
    return outcome is not None and rights.needs_confirmation(_right(place), outcome)


def _another_law(seen: Seen, place: str) -> bool:
    ground = seen.case.regime.grounds.get(str(seen.beside(place, "ground")))
    return ground is not None and ground.needs == "procedure"


def _changed_otherwise(seen: Seen, place: str) -> bool:
    return seen.case.regime.rights[_right(place)].states_change and _outcome(seen, place) in _YES


def _has_a_method(seen: Seen, place: str) -> bool:
    return _encloses(seen, place) and seen.case.method is not None


def all_granted(asked: Iterable[Right], enclosures: int | None) -> dict[str, object]:
    """Return what a file of ``decide`` holds where every right is granted; *enclosures* go with what is disclosed."""
    told: dict[str, dict[str, object]] = {}
    for right in asked:
        told[str(right)] = {"outcome": str(OutcomeName.GRANTED)}
        if enclosures is not None and rights.discloses(right):
            told[str(right)]["enclosures"] = enclosures
    return {"outcomes": told}


def _when(asked: object, **more: object) -> Hint:
    return Hint(asked=asked, needed=asked, **more)  # type: ignore[arg-type]


def _implied(asked: object, value: object, proposed: object = None) -> Hint:
    """Ask only then; else it is *value*."""
    return Hint(asked=asked, implied=lambda s, p: value, proposed=lambda s, p: proposed)  # type: ignore[arg-type]


_ARRIVAL: dict[str, Hint] = {
    "ReceiveForms.arrived_at": Hint(proposed=_now),
    "ReceiveForms.forms": Hint(proposed=_forms_asked_for, needed=lambda s, p: True),
    "ReceiveForms.signed": Hint(proposed=lambda s, p: True, keys=lambda s, p: [str(form) for form in _forms_here(s)]),
    "ReceiveForms.rights": Hint(
        asked=lambda s, p: bool(_boxes(s, p)), choices=_boxes, proposed=_boxes_asked_for, needed=lambda s, p: True
    ),
    "ReceiveForms.documents": Hint(proposed=lambda s, p: True),
    "ReceiveForms.authority": Hint(asked=_has_a_representative, proposed=_proof_expected),
    "ReceiveForms.proofs": Hint(asked=_wants_several, proposed=lambda s, p: True),
    "ReceiveForms.corrections": Hint(
        asked=lambda s, p: FormName.CORRECTION in _forms_here(s), proposed=lambda s, p: True
    ),
    "ReceiveForms.halt": _came(FormName.HALT),
    "ReceiveForms.method": Hint(
        asked=lambda s, p: FormName.DISCLOSURE in _forms_here(s), proposed=lambda s, p: "paper"
    ),
    "ReceiveForms.fees": Hint(asked=_is_charged, proposed=lambda s, p: True),
    "ReceiveForms.counts": Hint(
        asked=lambda s, p: bool(_counted_early(s, p)), keys=_counted_early, needed=lambda s, p: True
    ),
    "ReceiveForms.extras": Hint(asked=lambda s, p: bool(s.case.office.fees.extras)),
    "ReceiveForms.envelope": Hint(asked=_wants_an_envelope, proposed=lambda s, p: True),
    "Paid.means": Hint(choices=_means, proposed=lambda s, p: next(iter(_means(s, p)), None)),
    "Paid.amount": Hint(proposed=_lacking),
    "Paid.issued_on": Hint(asked=_ages, needed=_ages),
    "Document.holder": _implied(_has_a_representative, str(Party.SUBJECT), str(Party.SUBJECT)),
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
    "Document.name_matches": _is(True),
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
    "Authority.names_match": _is(True),
    "Authority.rights": Hint(asked=lambda s, p: s.beside(p, "type") == "proxy_statement"),
}

_DECISION: dict[str, Hint] = {
    "Decide.outcomes": Hint(keys=_rights_of_the_case),
    "Decide.counts": Hint(asked=lambda s, p: bool(_counted_late(s, p)), keys=_counted_late, needed=lambda s, p: True),
    "Decide.estimates": Hint(asked=lambda s, p: bool(_estimated(s, p)), keys=_estimated, needed=lambda s, p: True),
    "CorrectAnswer.outcomes": Hint(keys=_rights_of_the_case),
    "RightOutcome.outcome": Hint(choices=_outcomes, proposed=_ordinary_outcome),
    "RightOutcome.ground": _when(_needs_a_ground, choices=_grounds),
    "RightOutcome.explanation": _when(_needs_an_explanation),
    "RightOutcome.enclosures": _when(_encloses, proposed=lambda s, p: 1),
    "RightOutcome.confirmed": _when(_confirmed_twice),
    "RightOutcome.method": Hint(asked=_has_a_method, proposed=lambda s, p: s.case.method),
    "RightOutcome.procedure": _when(_another_law),
    "RightOutcome.changed": Hint(asked=_changed_otherwise),
    "RightOutcome.measure": _when(lambda s, p: _outcome(s, p) is OutcomeName.ALTERNATIVE),
    "RightOutcome.passed_to": Hint(asked=_confirmed_twice),
}

NOUNS = {
    "Right": "right", "FormName": "form", "Category": "category", "Channel": "channel", "Language": "language",
    "RepresentativeKind": "kind", "Masking": "masking", "AddressShown": "address", "OutcomeName": "outcome",
    "Halt.measure": "measure", "Halt.reason": "halt_reason", "ReceiveForms.method": "method",
    "RightOutcome.method": "method", "RightOutcome.ground": "ground", "PackOut": "pack",
    "Means": "means", "Per": "unit",
}  # fmt: skip
"""Under which group the words stand for what is offered, by what is offered; papers and parties stand alone."""

HINTS: Hints = {
    "Open.rights": _is([str(Right.DISCLOSURE)]),
    "Open.category": _is("customer"),
    "Open.channel": _is("phone"),
    "Open.language": _is("ja"),
    "Open.received_at": Hint(proposed=_now),
    "Open.mail_to": Hint(asked=_represented, proposed=_mail_goes_to),
    "Open.regime": Hint(asked=never),
    "Inquiry.channel": _is("phone"),
    "Inquiry.language": _is("ja"),
    "Inquiry.received_at": Hint(proposed=_now),
    "representative.postcode": Hint(proposed=_of_the_subject),
    "representative.address": Hint(proposed=_of_the_subject),
    "representative.country": Hint(proposed=_of_the_subject),
    "Person.country": _is("JP"),
    "Person.birth_date": Hint(asked=_represents_a_minor),
    "Amend": Hint(picks=True),
    **_ARRIVAL,
    **_DECISION,
}
"""Of the steps a person is asked about in place of a file."""

PUTS_RIGHT: Mapping[str, tuple[str, ...]] = {
    "receive_again": ARRIVALS,
    "correct_answer": ("decide", "correct_answer", "correct_refusal"),
}
"""The steps that say anew what one of others said: what the newest of those was told is proposed."""
SAID_EACH_TIME = frozenset({"why", "code"})
"""What of it is not: the reason is another one, and the code stays as it was where none is given."""
