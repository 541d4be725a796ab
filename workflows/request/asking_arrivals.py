"""What is proposed to a person who registers what came: the ordinary answer, and nothing that needs no answer.

What a request brings with it is asked in the same way, of a case that is only about to begin.
"""

from workflows.engine.hints import Hint, Look, Seen
from workflows.law.proving import Where
from workflows.law.values import Right
from workflows.office.money import MEASURED, Due, Fee, Means, Per, shown
from workflows.office.start import Way
from workflows.request import delivery, forms
from workflows.request.asking_papers import (
    PAPERS,
    asking,
    forms_here,
    has_a_representative,
    proof_expected,
    wants_several,
)
from workflows.request.charges import balance


def always_this(what: object) -> Hint:
    """Propose always the same."""
    return Hint(proposed=lambda seen, place: what)


def now(seen: Seen, place: str) -> str:
    """Propose the office's time."""
    return seen.now.strftime("%Y-%m-%d %H:%M")


# -- what came back -------------------------------------------------------------------------------------------------


def _began(seen: Seen) -> Way:
    return Way(seen.answers.get("began") or Way.CONTACT)


def ways(seen: Seen, place: str) -> list[str]:
    """Return by which ways a request may begin."""
    return [] if seen.case is None else [str(way) for way in seen.case.office.start.ways]


def way_to_tell(seen: Seen, place: str) -> bool:
    """Ask by which way where there are several."""
    return len(ways(seen, place)) > 1


def the_only_way(seen: Seen, place: str) -> str | None:
    """Return the only way there is where it brings forms; None: a contact, or several."""
    (only,) = ways(seen, place) if len(ways(seen, place)) == 1 else (None,)
    return None if only == Way.CONTACT else only


def comes_with_forms(seen: Seen, place: str) -> bool:
    """Whether what is opened brings its forms with it."""
    began = seen.answers.get("began") or the_only_way(seen, place)
    return began not in (None, Way.CONTACT)


def _forms_asked_for(seen: Seen, place: str) -> list[str]:
    return [str(form) for form in forms.needed(asking(seen))]


def _forms_known(seen: Seen, place: str) -> list[str]:
    return [form.code for form in seen.case.office.start.forms]


def _bears(*rights: Right) -> Look:
    return lambda seen, place: bool(forms.bearing(seen.case.office, forms_here(seen), *rights))


def _claims(*rights: Right) -> Look:
    """Return whether a form came on which one of these rights stands, with its box ticked as far as was said."""

    def claimed(seen: Seen, place: str) -> bool:
        ticked = {Right(right) for right in seen.answers.get("rights") or ()}
        return _bears(*rights)(seen, place) and (not ticked or not ticked.isdisjoint(rights))

    return claimed


_HALTED = _claims(Right.HALT_USE, Right.HALT_PROVISION)


def _wants_a_form(seen: Seen, place: str) -> bool:
    """Whether something of ours must be among what came: a voice brings nothing, and a letter may be enough."""
    return _began(seen).written and bool(seen.case.regime.own_form_required)


def _ways_it_may_come(seen: Seen, place: str) -> list[str]:
    start = seen.case.office.start
    return [str(way) for way in (Way.LETTER, *start.begins_with_forms) if way.written]


def _way_it_came(seen: Seen, place: str) -> bool:
    """Ask only where something comes in other ways than by post."""
    return any(way.looked_at is not Where.POST for way in seen.case.office.start.begins_with_forms)


def _boxes(seen: Seen, place: str) -> list[str]:
    here = forms_here(seen)
    return list(dict.fromkeys(str(right) for form in here for right in forms.rights_of(seen.case.office, form)))


def _boxes_asked_for(seen: Seen, place: str) -> list[str]:
    return [right for right in _boxes(seen, place) if right in seen.case.rights]


def _papers_known(seen: Seen, place: str) -> list[str]:
    case = asking(seen)
    always = [paper.code for paper in forms.papers_asked(case)]
    return [*always, *(word.partition(":")[2] for word in forms.circumstantial(case))]


def _papers_asked_for(seen: Seen, place: str) -> list[str]:
    return [paper.code for paper in forms.papers_asked(asking(seen))]


# -- money ----------------------------------------------------------------------------------------------------------


def is_charged(seen: Seen, place: str) -> bool:
    """Whether anything is charged."""
    return bool(seen.case.office.fees.charged)


def fee_rows(seen: Seen) -> list[Fee]:
    """Return the fees of what is asked for."""
    return [row for row in seen.case.office.fees.rows_on(seen.now.date()) if row.rights & set(asking(seen).rights)]


def _means(seen: Seen, place: str) -> list[str]:
    return list(dict.fromkeys(str(means) for row in fee_rows(seen) for means in row.by)) or [
        str(each) for each in Means
    ]


def _lacking(seen: Seen, place: str) -> str | None:
    if place != "fees[0].amount":
        return None
    open_ = balance(seen.case, seen.now.date(), (Due.WITH_FORMS,)).lacking
    return shown(open_, seen.case.office.fees.currency) if open_ else None


def _ages(seen: Seen, place: str) -> bool:
    said = seen.beside(place, "means")
    return said is not None and seen.case.office.fees.stale_from(Means(said), seen.now.date()) is not None


def counted_early(seen: Seen, place: str) -> list[str]:
    """Return by what a fee is counted that is known with the forms."""
    return sorted({str(row.per) for row in fee_rows(seen) if row.per in (Per.ITEM, Per.NAME)})


def _wants_an_envelope(seen: Seen, place: str) -> bool:
    postage = seen.case.office.fees.postage
    return postage is not None and postage.envelope


def counted_late(seen: Seen, place: str) -> list[str]:
    """Return by what a fee is counted that is known with the answer."""
    pers = {per for row in fee_rows(seen) for per in (row.per, *(rate.per for rate in row.plus))}
    return sorted(str(per) for per in pers & MEASURED)


def estimated(seen: Seen, place: str) -> list[str]:
    """Return the fees that are estimated."""
    return [row.code for row in fee_rows(seen) if row.amount is None]


def _to_be_sealed(seen: Seen) -> list[str]:
    """Return the forms here that the office wants a seal on."""
    return [str(form) for form in forms_here(seen) if forms.wants_seal(asking(seen).office, form)]


def _windows(seen: Seen, place: str) -> list[str]:
    return [] if seen.case is None else [window.code for window in seen.case.office.desks.windows]


def _offers_a_choice(seen: Seen, place: str) -> bool:
    return seen.case is not None and delivery.offers_a_choice(seen.case)


def _classes(seen: Seen, place: str) -> list[str]:
    return [str(kind) for kind in delivery.classes_offered(asking(seen))]


def _extras(seen: Seen, place: str) -> list[str]:
    return [str(extra) for extra in delivery.extras_offered(asking(seen))]


WINDOW = Hint(asked=lambda s, p: bool(_windows(s, p)), choices=_windows)
DELIVERY = Hint(asked=_offers_a_choice)

ARRIVAL: dict[str, Hint] = {
    "ReceiveForms.window": WINDOW,
    "ReceiveForms.delivery": DELIVERY,
    "ChooseDelivery.way": Hint(choices=lambda s, p: [str(way) for way in s.case.office.answer.ways]),
    "ChooseDelivery.mail_class": Hint(choices=_classes),
    "ChooseDelivery.extras": Hint(asked=lambda s, p: bool(_extras(s, p)), choices=_extras),
    "ChooseDelivery.paid": Hint(asked=lambda s, p: s.case.office.answer.chosen_if_paid),
    "ReceiveForms.arrived_at": Hint(proposed=now),
    "ReceiveForms.forms": Hint(choices=_forms_known, proposed=_forms_asked_for, needed=_wants_a_form),
    "ReceiveForms.signed": Hint(proposed=lambda s, p: True, keys=lambda s, p: [str(form) for form in forms_here(s)]),
    "ReceiveForms.sealed": Hint(
        asked=lambda s, p: bool(_to_be_sealed(s)), proposed=lambda s, p: True, keys=lambda s, p: _to_be_sealed(s)
    ),
    "ReceiveForms.rights": Hint(
        asked=lambda s, p: bool(_boxes(s, p)), choices=_boxes, proposed=_boxes_asked_for, needed=lambda s, p: True
    ),
    "ReceiveForms.documents": Hint(proposed=lambda s, p: True),
    "ReceiveForms.authority": Hint(asked=has_a_representative, proposed=proof_expected),
    "ReceiveForms.proofs": Hint(asked=wants_several, proposed=lambda s, p: True),
    "ReceiveForms.corrections": Hint(asked=_claims(Right.CORRECTION), proposed=lambda s, p: True),
    "ReceiveForms.halt": Hint(asked=_HALTED, proposed=lambda s, p: True, needed=_HALTED),
    "ReceiveForms.method": Hint(
        asked=_claims(Right.DISCLOSURE, Right.PROVISION_RECORDS), proposed=lambda s, p: "paper"
    ),
    "ReceiveForms.way": Hint(asked=_way_it_came, choices=_ways_it_may_come),
    "ReceiveForms.came_by": Hint(asked=lambda s, p: bool(s.case.office.start.inbound)),
    "ReceiveForms.papers": Hint(
        asked=lambda s, p: bool(_papers_known(s, p)), choices=_papers_known, proposed=_papers_asked_for
    ),
    "ReceiveForms.circumstances": Hint(
        asked=lambda s, p: bool(forms.circumstantial(asking(s))),
        choices=lambda s, p: [word.partition(":")[2] for word in forms.circumstantial(asking(s))],
    ),
    "ReceiveForms.fees": Hint(asked=is_charged, proposed=lambda s, p: True),
    "ReceiveForms.counts": Hint(
        asked=lambda s, p: bool(counted_early(s, p)), keys=counted_early, needed=lambda s, p: True
    ),
    "ReceiveForms.extras": Hint(asked=lambda s, p: bool(s.case.office.fees.extras)),
    "ReceiveForms.envelope": Hint(asked=_wants_an_envelope, proposed=lambda s, p: True),
    "Paid.means": Hint(choices=_means, proposed=lambda s, p: next(iter(_means(s, p)), None)),
    "Paid.amount": Hint(proposed=_lacking),
    "Paid.issued_on": Hint(asked=_ages, needed=_ages),
    **PAPERS,
}
