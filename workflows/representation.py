"""Whether somebody may act for the subject: any one paper of the table proves it (S24-S26, Order 13, APPI 37(3)).

The table is data (``[[authority]]`` and ``[[majority]]`` in ``workflows/regimes/evidence_*.toml``). Each proof is
judged on the day it arrived, a minor's age on the day the forms did. That the representative is who they say, and the
subject too, is asked separately (``workflows.identity``). No reason names a birth date: reasons stay in the history.
"""

from calendar import isleap
from collections.abc import Collection
from datetime import date

from workflows.regimes.law import Proof, Regime, in_force, months_later
from workflows.values import Authority, Reason, RepresentativeKind


def gaps(
    kind: RepresentativeKind,
    authorities: Collection[Authority],
    regime: Regime,
    *,
    subject_birth_date: date | None,
    arrived_on: date,
    overridden: Collection[str] = (),
) -> list[Reason]:
    """Return what is missing to prove the right to represent; nothing if proven.

    A second person may lift what is missing of the proof (``authority``), never that the subject is of age: parents of
    a grown-up represent nobody, and only the subject can ask or give a mandate.
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
    faults = [_faults(kind, authority, arrived_on, regime) for authority in authorities]
    if all(faults):
        accepted = _accepted_types(kind, regime, arrived_on)
        found.append(
            Reason("representation.not_proven", {"what": "authority", "kind": f"kind.{kind}", "accepted": accepted})
        )
        found += sorted((reason for reasons in faults for reason in reasons), key=_order)
    return found


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
    rows = regime.proofs.get((kind, authority.type), ())
    proof = next((row for row in rows if in_force(on, row.first, row.last)), None)
    if proof is None:
        codes = ["representation.no_longer_accepted" if rows else "representation.proves_nothing"]
    else:
        codes = _faults_of_row(authority, proof, on)
    params = {"what": "authority", "document": authority.type, "kind": f"kind.{kind}", "arrived": on.isoformat()}
    return [Reason(code, params) for code in codes]


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
