"""The papers of a case beside the case: what each was accepted for, and whether it still counts."""

from collections.abc import Iterable, Mapping
from typing import Any

from models.keys import CaseKey
from services.request.stated import stated
from workflows.request import identity, standing
from workflows.request.case import Case
from workflows.request.kept import Former
from workflows.request.values import AddressShown, Authority, Document, Party, Person, Stated

Candidates = list[tuple[Stated, Person]]


def papers(case: Case) -> list[dict[str, Any]]:
    """Return every paper with whether it counts for the case as it stands; nothing personal is told."""
    lifted = standing.overridden(case)
    found = []
    for document in case.documents:
        now = case.stated.get(document.holder)
        fits = standing.same_person(document.judged, now)
        accepted = bool(identity.accepted(document.holder, [document], case.regime, overridden=lifted))
        shows = document.address is AddressShown.STATED and standing.same_address(document.judged, now)
        found.append({**_head("document", document), "holder": str(document.holder), "masking": str(document.masking),
                      "address": str(document.address), "still_fits": fits, "counts": fits and accepted,
                      "address_counts": fits and accepted and shows})  # fmt: skip
    fitting, _ = standing.authorities(case)
    for proof in case.authorities:
        masking = None if proof.masking is None else str(proof.masking)
        found.append({**_head("authority", proof), "holder": "representative", "masking": masking,
                      "address": None, "still_fits": proof in fitting, "counts": proof in fitting,
                      "address_counts": False})  # fmt: skip
    return found


def accepted_for(
    case: Case, people: Mapping[Party, Person], formerly: Iterable[Former], key: CaseKey
) -> list[list[dict[str, str | None]]]:
    """Return, for each of `papers`, the people it was accepted for, in words: personal data.

    What stood there before an amendment is found among what the amendments kept of it.
    """
    known: dict[Party, Candidates] = {party: [(stated(person, key), person)] for party, person in people.items()}
    for kept in formerly:
        known.setdefault(kept.party, []).append((stated(kept.person, key), kept.person))
    documents = [[_words(document.holder, document.judged, known)] for document in case.documents]
    proofs = [
        [_words(Party.SUBJECT, proof.subject, known), _words(Party.REPRESENTATIVE, proof.representative, known)]
        for proof in case.authorities
    ]
    return [*documents, *proofs]


def _head(sort: str, paper: Document | Authority) -> dict[str, Any]:
    arrived = None if paper.arrived_on is None else paper.arrived_on.isoformat()
    return {"sort": sort, "type": paper.type, "arrived_on": arrived}


def _words(party: Party, judged: Stated | None, known: Mapping[Party, Candidates]) -> dict[str, str | None]:
    told: dict[str, str | None] = {"party": str(party), "name": None, "address": None, "birth_date": None}
    if judged is None:
        return told
    for said, person in known.get(party, []):
        if said.name == judged.name:
            told["name"] = told["name"] or person.name
        if judged.address is not None and said.address == judged.address:
            told["address"] = told["address"] or person.address
        if judged.birth is not None and said.birth == judged.birth and person.birth_date is not None:
            told["birth_date"] = told["birth_date"] or person.birth_date.isoformat()
    return told
