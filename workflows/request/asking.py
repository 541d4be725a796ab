"""What is proposed to a person who is asked in place of a file: the ordinary answer, and nothing that needs no answer.

Which papers are offered, and what of each is asked (its days, its address, its masking), stands in the law's table of
papers; which outcome may name which ground, in its rules. A proposal is taken by Enter and judged like anything typed.
"""

from collections.abc import Iterable, Mapping

from workflows.engine.hints import Hint, Hints, Seen, never
from workflows.law.values import OutcomeName, RepresentativeKind, Right, RightOutcome
from workflows.request import rights
from workflows.request.asking_arrivals import (
    ARRIVAL,
    DELIVERY,
    WINDOW,
    always_this,
    comes_with_forms,
    counted_late,
    estimated,
    now,
    the_only_way,
    way_to_tell,
    ways,
)
from workflows.request.put_right import ARRIVALS
from workflows.request.representation import REGISTRATION
from workflows.request.values import Party

_YES = frozenset({OutcomeName.GRANTED, OutcomeName.PARTLY})
_SENT = frozenset({*_YES, OutcomeName.ALTERNATIVE})
# -- a first contact ------------------------------------------------------------------------------------------------


def _of_the_subject(seen: Seen, place: str) -> object:
    return seen.answers.get(f"subject.{place.rpartition('.')[2]}")


def _represented(seen: Seen, place: str) -> bool:
    return bool(seen.answers.get("representative?"))


def _mail_goes_to(seen: Seen, place: str) -> str:
    agent = seen.answers.get("representative.kind") == RepresentativeKind.AGENT
    return str(Party.SUBJECT if agent else Party.REPRESENTATIVE)


def _represents_a_minor(seen: Seen, place: str) -> bool:
    return not place.startswith("representative.")


def _is_registered(seen: Seen, place: str) -> bool:
    """Whether a representative is asked for who proves their right by a number in a register."""
    if not place.startswith("representative."):
        return False
    kind = seen.beside(place, "kind")
    if seen.case is None:
        return bool(kind == RepresentativeKind.LAWYER)
    rules = seen.case.office.proof.representatives
    proofs = [way for rule in rules if str(rule.kind) == str(kind) for way in rule.proofs]
    return any(REGISTRATION in slot.of for way in proofs for slot in way)


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


_DECISION: dict[str, Hint] = {
    "Decide.outcomes": Hint(keys=_rights_of_the_case),
    "Decide.counts": Hint(asked=lambda s, p: bool(counted_late(s, p)), keys=counted_late, needed=lambda s, p: True),
    "Decide.estimates": Hint(asked=lambda s, p: bool(estimated(s, p)), keys=estimated, needed=lambda s, p: True),
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
    "RightOutcome.method": "method", "Way": "began", "Inbound": "inbound",
    "RightOutcome.ground": "ground", "PackOut": "pack", "StepResult": "step_result",
    "DeliveryWay": "way", "MailClass": "mail_class", "MailExtra": "mail_extra",
    "Manner": "manner", "PaperKind": "paper_kind", "PapersEnd": "papers_end",
    "Means": "means", "Per": "unit",
}  # fmt: skip
"""Under which group the words stand for what is offered, by what is offered; papers and parties stand alone."""

HINTS: Hints = {
    "Open.rights": always_this([str(Right.DISCLOSURE)]),
    "Open.category": always_this("customer"),
    "Open.began": Hint(asked=way_to_tell, choices=ways, proposed=lambda s, p: ways(s, p)[0], implied=the_only_way),
    "Open.channel": Hint(asked=lambda s, p: not comes_with_forms(s, p), proposed=lambda s, p: "phone"),
    "Open.language": always_this("ja"),
    "Open.received_at": Hint(asked=lambda s, p: not comes_with_forms(s, p), proposed=now),
    "Open.mail_to": Hint(asked=_represented, proposed=_mail_goes_to),
    "Open.regime": Hint(asked=never),
    "Open.came": Hint(asked=comes_with_forms),
    "Open.window": WINDOW,
    "Open.delivery": DELIVERY,
    "Inquiry.channel": always_this("phone"),
    "Inquiry.language": always_this("ja"),
    "Inquiry.received_at": Hint(proposed=now),
    "representative.postcode": Hint(proposed=_of_the_subject),
    "representative.address": Hint(proposed=_of_the_subject),
    "representative.country": Hint(proposed=_of_the_subject),
    "Person.country": always_this("JP"),
    "Person.birth_date": Hint(asked=_represents_a_minor),
    "Person.registration": Hint(asked=_is_registered),
    "Amend": Hint(picks=True),
    **ARRIVAL,
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
