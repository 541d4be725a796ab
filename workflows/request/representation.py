"""Whether somebody may act for the subject: any one paper of the table proves it (S24-S27, Order 13, APPI 37(3)).

The table is data (``[[authority]]`` and ``[[majority]]`` in ``workflows/law/evidence_*.toml``). Each proof is judged on
the day it arrived, a minor's age on the day the forms did. That the representative is who they say, and the subject
too, is asked separately (``workflows.request.identity``). No reason names a birth date: reasons stay in the history.

What must be blocked out on a proof is in the table too. ``open`` keeps it from proving anything until a masked copy
comes; where nobody wrote down what they saw, whoever verifies answers for it by name (docs/adr/0018).
"""

from calendar import isleap
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from workflows.engine.values import Reason
from workflows.law.law import Proof, Regime, in_force
from workflows.law.matching import Kind, easiest, fill
from workflows.law.proving import ANY, Age, RepresentativeRule, Slot, Way, Where
from workflows.law.values import EVERYWHERE, Nature, RepresentativeKind
from workflows.request import identity, proof_words
from workflows.request.values import Authority, Document, Masking, Party

_THREE_MONTHS = Age(3)
_ANY_OF_THE_TABLE: tuple[Way, ...] = ((Slot((ANY,)),),)
"""What the law's table says: any one of the papers it has for that kind."""


def gaps(
    kind: RepresentativeKind,
    authorities: Collection[Authority],
    regime: Regime,
    *,
    subject_birth_date: date | None,
    arrived_on: date,
    documents: Collection[Document] = (),
    subjects: Collection[Document] = (),
    overridden: Collection[str] = (),
) -> list[Reason]:
    """Return what is missing to prove the right to represent; nothing if proven.

    ``documents`` are the identity documents: the same paper may be among them, with its masking answered there;
    ``subjects`` are those that still speak of the subject, which may prove a mandate where an office says so. A proof
    that lacks nothing but its masking is asked to be masked, not replaced. A second person may lift what is missing of
    the proof (``authority``, ``masking:TYPE``), never that the subject is of age: parents of a grown-up represent
    nobody, and only the subject can ask or give a mandate.
    """
    rule = regime.representative_rule(kind)
    if kind is RepresentativeKind.MINOR and subject_birth_date is not None:
        majority = regime.majority_on(arrived_on)
        if arrived_on >= birthday(subject_birth_date, majority.age):
            params = {"what": "authority", "age": majority.age, "arrived": arrived_on.isoformat()}
            return [Reason("representation.of_age", params)]
    found = list(_in_person(rule, documents, overridden))
    if "authority" in overridden:
        return found
    if kind is RepresentativeKind.MINOR and subject_birth_date is None:
        found.append(Reason("representation.birth_date_missing", {"what": "authority"}))
    ways = rule.proofs if rule is not None and rule.proofs else _ANY_OF_THE_TABLE
    if rule is not None and rule.consent_from is not None and subject_birth_date is not None:
        old_enough = arrived_on >= birthday(subject_birth_date, rule.consent_from)
        ways = tuple((*way, Slot((CONSENT,))) for way in ways) if old_enough else ways
    at = _At(kind, rule, regime, arrived_on, tuple(documents), tuple(subjects), frozenset(overridden))
    return found + _lacking(ways, authorities, at)


REGISTRATION = "lawyer_registration"
"""The number under which a lawyer, a scrivener is registered, looked up: the number itself is then written down."""


def unnumbered(kind: RepresentativeKind, authorities: Collection[Authority], *, registered: bool) -> Iterator[Reason]:
    """Yield that a registration was looked up whose number nobody wrote down: nobody could look it up once more."""
    if not registered and any(proof.type == REGISTRATION for proof in authorities):
        yield Reason("representation.number_missing", {"what": "authority", "kind": f"kind.{kind}"})


CONSENT = "minors_consent"
"""The written consent of a child who is old enough to be asked."""
SUBJECTS_DOCUMENT = "subject_document"
"""An identity document of the subject's, named among the proofs: any that was accepted as such will do."""
SUBJECTS_SEAL = "subject_seal_certificate"


@dataclass(frozen=True, slots=True)
class _At:
    """What proofs are judged by."""

    kind: RepresentativeKind
    rule: RepresentativeRule | None
    regime: Regime
    arrived_on: date
    documents: tuple[Document, ...]
    subjects: tuple[Document, ...]
    overridden: frozenset[str]


def _lacking(ways: Sequence[Way], authorities: Collection[Authority], at: _At) -> list[Reason]:
    """Return what is missing of the easiest way, then why each paper that came proves nothing; else the masking."""
    judged = [(authority, _faults(authority, at)) for authority in authorities]
    sound = [authority for authority, faults in judged if not faults]
    masked = {authority: _unmasked(authority, at) for authority in sound}
    slots = {slot for way in ways for slot in way}
    kinds = [
        Kind(
            type_,
            frozenset(s for s in slots if any(_fills(s, a) for a in sound if a.type == type_ and not masked[a])),
            frozenset(s for s in slots if any(_fills(s, a) for a in sound if a.type == type_ and masked[a])),
        )
        for type_ in sorted({authority.type for authority in sound})
    ]
    best = easiest([fill(way, _with_the_subjects(kinds, slots, at)) for way in ways])
    found: list[Reason] = []
    if not best[0].is_complete:
        found.append(_needed([filled.missing for filled in best], at))
        found += sorted((reason for _, reasons in judged for reason in reasons), key=_order)
    asked: list[Reason] = []
    for type_ in best[0].to_mask:
        reasons = (masked[a] for a in sound if a.type == type_)
        asked.append(min((reason for reason in reasons if reason is not None), key=_order))
    return found + sorted(asked, key=_order)


def _needed(ways: Sequence[Way], at: _At) -> Reason:
    accepted = _accepted_types(at.kind, at.regime, at.arrived_on)
    if at.rule is not None and (at.rule.proofs or at.rule.consent_from is not None):
        told = [tuple(Slot(tuple(accepted)) if ANY in slot.of else slot for slot in way) for way in ways]
        params = {"what": "authority", "kind": named(at.kind, at.regime), "ways": proof_words.ways(told)}
        return Reason("representation.needed", params)
    return Reason("representation.not_proven", {"what": "authority", "kind": f"kind.{at.kind}", "accepted": accepted})


def _fills(slot: Slot, authority: Authority) -> bool:
    if not {authority.type, ANY} & set(slot.of) or (slot.original and not authority.is_original):
        return False
    if slot.within is None:
        return True
    if authority.issued_on is None or authority.arrived_on is None:
        return False
    return slot.within.covers(authority.issued_on, authority.arrived_on)


def _with_the_subjects(kinds: list[Kind], slots: Collection[Slot], at: _At) -> list[Kind]:
    """Return the kinds with what the subject's own documents prove of the mandate: nothing accepted is asked twice."""
    wanted = {code for slot in slots for code in slot.of} & {SUBJECTS_DOCUMENT, SUBJECTS_SEAL}
    if not wanted:
        return kinds
    known = {kind.code for kind in kinds}
    counted = identity.accepted(Party.SUBJECT, at.subjects, at.regime, overridden=at.overridden)
    seals = [document for document in counted if document.type == "seal_certificate"]
    held = {SUBJECTS_DOCUMENT: counted, SUBJECTS_SEAL: seals}
    return [
        *kinds,
        *(
            Kind(code, frozenset(slot for slot in slots if any(_is_proof(slot, code, one) for one in held[code])))
            for code in sorted(wanted - known)
        ),
    ]


def _is_proof(slot: Slot, code: str, document: Document) -> bool:
    """Whether a document of the subject's fills a slot among the proofs."""
    if code not in slot.of or (slot.original and not document.is_original):
        return False
    if slot.within is None:
        return True
    issued, arrived = document.issued_on, document.arrived_on
    return issued is not None and arrived is not None and slot.within.covers(issued, arrived)


def _in_person(
    rule: RepresentativeRule | None, documents: Collection[Document], overridden: Collection[str]
) -> Iterator[Reason]:
    """Yield that a representative of this kind must come, where the office wants to see them, and has not come."""
    what = f"document:{Party.REPRESENTATIVE}"
    if rule is None or rule.where == frozenset(Where) or what in overridden:
        return
    theirs = [document for document in documents if document.holder is Party.REPRESENTATIVE]
    if not any(document.looked_at in rule.where for document in theirs):
        yield Reason("representation.only_there", {"what": what, "where": [f"where.{w}" for w in sorted(rule.where)]})


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


def written_to_the_dead(kind: RepresentativeKind | None, mail_to: Party) -> Iterator[Reason]:
    """Yield that letters would go to a subject who has died: whoever asks after a death is written to themselves."""
    if kind is not None and kind.nature is Nature.BEREAVED and mail_to is Party.SUBJECT:
        yield Reason("representation.letters_to_the_dead", {})


def who_must_prove(kind: RepresentativeKind | None, regime: Regime) -> Iterator[Party]:
    """Yield whose identity must be proven: the representative's, and the subject's, where no other proofs stand for it.

    A subject who has died proves nothing; the papers that prove the death are among those of the representative.
    """
    if regime.subject_proves(kind):
        yield Party.SUBJECT
    if kind is not None:
        yield Party.REPRESENTATIVE


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


def _faults(authority: Authority, at: _At) -> list[Reason]:
    """Return all that keeps one paper from proving the right to represent."""
    on = authority.arrived_on or at.arrived_on
    proof = _row(at.kind, authority, on, at.regime)
    if proof is None:
        known = (at.kind, authority.type) in at.regime.proofs
        codes = ["representation.no_longer_accepted" if known else "representation.proves_nothing"]
    else:
        codes = _faults_of_row(authority, proof, on, at.rule)
    params = {"what": "authority", "document": authority.type, "kind": named(at.kind, at.regime)}
    return [Reason(code, {**params, "arrived": on.isoformat()}) for code in codes]


def _row(kind: RepresentativeKind, authority: Authority, on: date, regime: Regime) -> Proof | None:
    return row_of(kind, authority.type, on, regime)


def row_of(kind: RepresentativeKind, type_: str, on: date, regime: Regime) -> Proof | None:
    """Return the row a proof is judged by: the law's for that kind, or any, where an office's procedure names it."""
    rows: Sequence[Proof] = regime.proofs.get((kind, type_), ())
    rule = regime.representative_rule(kind)
    named_there = rule is not None and any(type_ in slot.of for way in rule.proofs for slot in way)
    if named_there or (rule is not None and type_ == CONSENT):
        rows = regime.proof_rows(kind, type_)
    elif rule is not None and rule.proofs:
        return None
    return next((row for row in rows if in_force(on, row.first, row.last)), None)


def types_taken(kind: RepresentativeKind, regime: Regime, on: date) -> list[str]:
    """Return the proofs that may be among those of a representative, in the order of the rule or of the table."""
    rule = regime.representative_rule(kind)
    named_there = [] if rule is None else [code for way in rule.proofs for slot in way for code in slot.of]
    if not named_there:
        named_there = _accepted_types(kind, regime, on)
    consent = [CONSENT] if rule is not None and rule.consent_from is not None else []
    return [code for code in dict.fromkeys([*named_there, *consent]) if row_of(kind, code, on, regime) is not None]


def _unmasked(authority: Authority, at: _At) -> Reason | None:
    """Return that a proof with which nothing else is wrong shows what must be blocked out; None where it does not."""
    on = authority.arrived_on or at.arrived_on
    proof = _row(at.kind, authority, on, at.regime)
    what = f"masking:{authority.type}"
    if proof is None or not proof.masks or what in at.overridden or not _open(authority, at.documents, on):
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


def _faults_of_row(authority: Authority, proof: Proof, on: date, rule: RepresentativeRule | None) -> list[str]:
    codes = []
    if not authority.names_match:
        codes.append("representation.names_differ")
    if proof.signature and not authority.signed:
        codes.append("representation.unsigned")
    if proof.seal and not authority.seal_matches:
        codes.append("representation.seal_differs")
    if proof.original and not authority.is_original:
        codes.append("representation.not_original")
    if authority.issued_on is None:
        if proof.age is not None:
            codes.append("representation.issue_not_recorded")
    elif authority.issued_on > on:
        codes.append("representation.issued_after_arrival")
    elif proof.age is not None and not proof.age.covers(authority.issued_on, on):
        codes.append("representation.too_old" if proof.age == _THREE_MONTHS else "representation.past_its_age")
    return codes if rule is None else [*codes, *_faults_of_rule(authority, proof, rule)]


def _faults_of_rule(authority: Authority, proof: Proof, rule: RepresentativeRule) -> Iterator[str]:
    """Yield what an office wants of a proof beyond the table."""
    if rule.degree is not None and proof.kinship and authority.degree is None:
        yield "representation.degree_not_recorded"
    elif rule.degree is not None and proof.kinship and (authority.degree or 0) > rule.degree:
        yield "representation.too_remote"
    if authority.looked_at not in rule.where:
        yield "representation.not_shown_there"


def _order(reason: Reason) -> tuple[str, ...]:
    return str(reason.params["document"]), reason.code, str(reason.params["arrived"])
