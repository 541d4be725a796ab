"""What is proposed to a person who is asked in place of a file: the ordinary answer, and nothing that needs no answer.

Which papers are offered, and what of each is asked (its days, its address, its masking), stands in the law's table of
papers; which outcome may name which ground, in its rules. A proposal is taken by Enter and judged like anything typed.
"""

from collections.abc import Iterable, Mapping

from workflows.engine.hints import Hint, Hints, Seen, never
from workflows.law.values import OutcomeName, RepresentativeKind, Right, RightOutcome
from workflows.office.money import MEASURED, Due, Fee, Means, Per, shown
from workflows.request import rights
from workflows.request.asking_papers import PAPERS, forms_here, has_a_representative, proof_expected, wants_several
from workflows.request.charges import balance
from workflows.request.put_right import ARRIVALS
from workflows.request.values import FormName, Party

_YES = frozenset({OutcomeName.GRANTED, OutcomeName.PARTLY})
_SENT = frozenset({*_YES, OutcomeName.ALTERNATIVE})


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


def _came(form: FormName) -> Hint:
    return Hint(
        asked=lambda seen, place: form in forms_here(seen), proposed=lambda seen, place: True, needed=lambda s, p: True
    )


def _boxes(seen: Seen, place: str) -> list[str]:
    here = forms_here(seen)
    return [str(right) for form in here for right in rights.rights_of_form(form)]


def _boxes_asked_for(seen: Seen, place: str) -> list[str]:
    return [right for right in _boxes(seen, place) if right in seen.case.rights]


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


_ARRIVAL: dict[str, Hint] = {
    "ReceiveForms.arrived_at": Hint(proposed=_now),
    "ReceiveForms.forms": Hint(proposed=_forms_asked_for, needed=lambda s, p: True),
    "ReceiveForms.signed": Hint(proposed=lambda s, p: True, keys=lambda s, p: [str(form) for form in forms_here(s)]),
    "ReceiveForms.rights": Hint(
        asked=lambda s, p: bool(_boxes(s, p)), choices=_boxes, proposed=_boxes_asked_for, needed=lambda s, p: True
    ),
    "ReceiveForms.documents": Hint(proposed=lambda s, p: True),
    "ReceiveForms.authority": Hint(asked=has_a_representative, proposed=proof_expected),
    "ReceiveForms.proofs": Hint(asked=wants_several, proposed=lambda s, p: True),
    "ReceiveForms.corrections": Hint(
        asked=lambda s, p: FormName.CORRECTION in forms_here(s), proposed=lambda s, p: True
    ),
    "ReceiveForms.halt": _came(FormName.HALT),
    "ReceiveForms.method": Hint(asked=lambda s, p: FormName.DISCLOSURE in forms_here(s), proposed=lambda s, p: "paper"),
    "ReceiveForms.fees": Hint(asked=_is_charged, proposed=lambda s, p: True),
    "ReceiveForms.counts": Hint(
        asked=lambda s, p: bool(_counted_early(s, p)), keys=_counted_early, needed=lambda s, p: True
    ),
    "ReceiveForms.extras": Hint(asked=lambda s, p: bool(s.case.office.fees.extras)),
    "ReceiveForms.envelope": Hint(asked=_wants_an_envelope, proposed=lambda s, p: True),
    "Paid.means": Hint(choices=_means, proposed=lambda s, p: next(iter(_means(s, p)), None)),
    "Paid.amount": Hint(proposed=_lacking),
    "Paid.issued_on": Hint(asked=_ages, needed=_ages),
    **PAPERS,
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
