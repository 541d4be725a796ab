"""Whether somebody may act for the subject: any one paper of the table proves it (S24-S27, Order 13, APPI 37(3)).

The table is data (``[[authority]]`` and ``[[majority]]`` in ``workflows/law/evidence_*.toml``). Each proof is judged on
the day it arrived, a minor's age on the day the forms did. That the representative is who they say, and the subject
too, is asked separately (``workflows.request.identity``). No reason names a birth date: reasons stay in the history.

What must be blocked out on a proof is in the table too. ``open`` keeps it from proving anything until a masked copy
comes; where nobody wrote down what they saw, whoever verifies answers for it by name (docs/adr/0018).
"""

from calendar import isleap
from collections.abc import Collection, Iterator
from datetime import date

from workflows.engine.calendars import months_later
from workflows.engine.values import Reason
from workflows.law.law import Proof, Regime, in_force
from workflows.law.values import EVERYWHERE, RepresentativeKind
from workflows.request.values import Authority, Document, Masking


def gaps(
    kind: RepresentativeKind,
    authorities: Collection[Authority],
    regime: Regime,
    *,
    subject_birth_date: date | None,
    arrived_on: date,
    documents: Collection[Document] = (),
    overridden: Collection[str] = (),
) -> list[Reason]:
    """Return what is missing to prove the right to represent; nothing if proven.

    ``documents`` are the identity documents: the same paper may be among them, with its masking answered there. A proof
    that lacks nothing but its masking is asked to be masked, not replaced. A second person may lift what is missing of
    the proof (``authority``, ``masking:TYPE``), never that the subject is of age: parents of a grown-up represent
    nobody, and only the subject can ask or give a mandate.
    """
    if kind is RepresentativeKind.MINOR and subject_birth_date is not None:
        majority = regime.majority_on(arrived_on)
        if arrived_on >= birthday(subject_birth_date, majority.age):
            params = {"what": "authority", "age": majority.age, "arrived": arrived_on.isoformat()}
            return [Reason("representation.of_age", params)]
    if "authority" in overridden:
        return []
    found: list[Reason] = []
    if kind is RepresentativeKind.MINOR and subject_birth_date is None:
        found.append(Reason("representation.birth_date_missing", {"what": "authority"}))
    judged = [(authority, _faults(kind, authority, arrived_on, regime)) for authority in authorities]
    sound = [authority for authority, faults in judged if not faults]
    if not sound:
        accepted = _accepted_types(kind, regime, arrived_on)
        found.append(
            Reason("representation.not_proven", {"what": "authority", "kind": f"kind.{kind}", "accepted": accepted})
        )
        found += sorted((reason for _, reasons in judged for reason in reasons), key=_order)
        return found
    unmasked = [_unmasked(kind, authority, documents, arrived_on, regime, overridden) for authority in sound]
    if all(unmasked):
        found.append(min((reason for reason in unmasked if reason is not None), key=_order))
    return found


def not_taken(kind: RepresentativeKind | None, regime: Regime) -> Iterator[Reason]:
    """Yield why an office takes no request by such a representative, in its own words where it has some.

    The law's three are taken unless an office says otherwise, every other one only where it says so.
    """
    rule = None if kind is None else regime.representative_rule(kind)
    if kind is None or (kind in EVERYWHERE if rule is None else rule.accepted):
        return
    said = {} if rule is None or rule.refused is None else rule.refused.told()
    code = "representation.kind_refused" if said else "representation.kind_not_taken"
    yield Reason(code, {"kind": named(kind, regime), **({"said": said} if said else {})})


def named(kind: RepresentativeKind, regime: Regime) -> object:
    """Return how a sentence names a kind of representative: by the office's word for it, else by ours."""
    rule = regime.representative_rule(kind)
    return f"kind.{kind}" if rule is None or rule.said is None else rule.said.told()


def unanswered(
    kind: RepresentativeKind,
    authorities: Collection[Authority],
    regime: Regime,
    *,
    arrived_on: date,
    documents: Collection[Document] = (),
) -> list[str]:
    """Return the types of the proofs of which nobody wrote down whether what must be blocked out is blocked out."""
    return sorted(
        {
            authority.type
            for authority in authorities
            if (row := _row(kind, authority, authority.arrived_on or arrived_on, regime)) is not None
            and row.masks
            and authority.masking is None
            and not _copies(authority, documents, arrived_on)
        }
    )


def birthday(born: date, age: int) -> date:
    """Return the first day on which somebody is *age*.

    A year of age is complete when the day before the birthday ends; who is born on 29 February begins it on 1 March in
    other years (Act on the Calculation of Ages; Civil Code 143(2)).
    """
    year = born.year + age
    return date(year, 3, 1) if (born.month, born.day) == (2, 29) and not isleap(year) else born.replace(year=year)


def _accepted_types(kind: RepresentativeKind, regime: Regime, on: date) -> list[str]:
    rows = regime.papers.proofs
    return list(dict.fromkeys(row.type for row in rows if row.kind is kind and in_force(on, row.first, row.last)))


def _faults(kind: RepresentativeKind, authority: Authority, arrived_on: date, regime: Regime) -> list[Reason]:
    """Return all that keeps one paper from proving the right to represent."""
    on = authority.arrived_on or arrived_on
    proof = _row(kind, authority, on, regime)
    if proof is None:
        known = (kind, authority.type) in regime.proofs
        codes = ["representation.no_longer_accepted" if known else "representation.proves_nothing"]
    else:
        codes = _faults_of_row(authority, proof, on)
    params = {"what": "authority", "document": authority.type, "kind": f"kind.{kind}", "arrived": on.isoformat()}
    return [Reason(code, params) for code in codes]


def _row(kind: RepresentativeKind, authority: Authority, on: date, regime: Regime) -> Proof | None:
    rows = regime.proofs.get((kind, authority.type), ())
    return next((row for row in rows if in_force(on, row.first, row.last)), None)


def _unmasked(
    kind: RepresentativeKind,
    authority: Authority,
    documents: Collection[Document],
    arrived_on: date,
    regime: Regime,
    overridden: Collection[str],
) -> Reason | None:
    """Return that a proof with which nothing else is wrong shows what must be blocked out; None where it does not."""
    on = authority.arrived_on or arrived_on
    proof = _row(kind, authority, on, regime)
    what = f"masking:{authority.type}"
    if proof is None or not proof.masks or what in overridden or not _open(authority, documents, on):
        return None
    params = {"what": what, "document": authority.type, "arrived": on.isoformat()}
    return Reason("representation.masking_open", {**params, "items": list(proof.masks)})


def _open(authority: Authority, documents: Collection[Document], on: date) -> bool:
    """Tell whether a proof shows what must be blocked out, by its own answer or else by that of the same paper.

    An open proof is mended by a masked copy of it that came later, among the documents too.
    """
    copies = _copies(authority, documents, on)
    if authority.masking is None:
        return bool(copies) and all(copy.masking is Masking.OPEN for copy in copies)
    later = [copy for copy in copies if copy.arrived_on is not None and copy.arrived_on > on]
    return authority.masking is Masking.OPEN and all(copy.masking is Masking.OPEN for copy in later)


def _copies(authority: Authority, documents: Collection[Document], arrived_on: date) -> list[Document]:
    """Return the same paper among the identity documents, as it came with the proof or after it."""
    on = authority.arrived_on or arrived_on
    return [copy for copy in documents if copy.type == authority.type and (copy.arrived_on or on) >= on]


def _faults_of_row(authority: Authority, proof: Proof, on: date) -> list[str]:
    codes = []
    if not authority.names_match:
        codes.append("representation.names_differ")
    if proof.signature and not authority.signed:
        codes.append("representation.unsigned")
    if authority.issued_on is None:
        if proof.issued_within_months is not None:
            codes.append("representation.issue_not_recorded")
    elif authority.issued_on > on:
        codes.append("representation.issued_after_arrival")
    elif proof.issued_within_months and on > months_later(authority.issued_on, proof.issued_within_months):
        codes.append("representation.too_old")
    return codes


def _order(reason: Reason) -> tuple[str, ...]:
    return str(reason.params["document"]), reason.code, str(reason.params["arrived"])
