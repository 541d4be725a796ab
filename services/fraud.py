"""Patterns of fraud and mistake that only a look at other cases can show (PROCEDURE section 10, F6 and F7).

Names, addresses and document numbers are compared by keyed hashes; nothing personal is read. What is found is handed
to the rules as a `Suspicion`; the rules hold the case for the lead.
"""

import unicodedata
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, select

from models.case import case
from models.evidence import evidence
from models.person import person
from services.office import Office
from workflows.case import Case, Suspicion
from workflows.payloads import Open, ReceiveForms
from workflows.values import CodeState, Party, Person

REQUESTS_IN_90_DAYS = 3
CASES_PER_REPRESENTATIVE = 3


def hashes(who: Person, office: Office) -> dict[str, str | None]:
    """Return the keyed hashes by which a person is found again."""
    family = _family_name(who)
    where = _plain(f"{who.postcode or ''}{who.address or ''}") if who.address else ""
    return {
        "name_hash": office.keys.lookup_hash("name", _plain(who.name)),
        "family_hash": office.keys.lookup_hash("family", family),
        "address_hash": office.keys.lookup_hash("address", where) if where else None,
    }


def number_hash(document_type: str, number: str | None, office: Office) -> str | None:
    """Return the keyed hash of an identity document's number."""
    return office.keys.lookup_hash("document", f"{document_type}/{_plain(number)}") if number else None


def contact_seen(db: Connection, blank: Case, contact: Open, office: Office) -> Case:
    """Return the case about to be opened with its suspicions and the open cases of the same subject and right."""
    subject = hashes(contact.subject, office)
    same = list(db.execute(_cases_of(Party.SUBJECT, subject["name_hash"])))
    recent = [row for row in same if row.opened_at >= office.now - timedelta(days=90)]
    rights = set(contact.rights)
    linked = tuple(row.number for row in same if row.open and rights & set(row.rights))
    found = []
    if len(recent) + 1 >= REQUESTS_IN_90_DAYS:
        found.append(Suspicion("many_requests", tuple(row.number for row in recent)))
    if contact.representative is not None:
        acting = hashes(contact.representative, office)
        others = list(db.execute(_cases_of(Party.REPRESENTATIVE, acting["name_hash"])))
        if len(others) + 1 >= CASES_PER_REPRESENTATIVE:
            found.append(Suspicion("busy_representative", tuple(row.number for row in others)))
    elif subject["address_hash"] is not None:
        strangers = _strangers_at(db, subject)
        if strangers:
            found.append(Suspicion("shared_address", strangers))
    return replace(blank, suspicions=tuple(found), linked=linked)


def arrival_seen(
    db: Connection, row: Row[Any], seen: Case, arrival: ReceiveForms, code: CodeState, office: Office
) -> Case:
    """Return the case whose forms came back, with what its code turned out to be and the same document elsewhere."""
    wanted = [number_hash(paper.type, paper.number, office) for paper in arrival.documents if paper.number]
    others: tuple[str, ...] = ()
    if wanted:
        query = (
            select(case.c.number)
            .join(evidence, evidence.c.case_id == case.c.id)
            .where(evidence.c.number_hash.in_(wanted), evidence.c.case_id != row.id)
            .where(~_same_subject(row.id))
            .distinct()
            .order_by(case.c.number)
        )
        others = tuple(db.execute(query).scalars())
    found = (Suspicion("same_document", others),) if others else ()
    return replace(seen, code_state=code, suspicions=found)


def _cases_of(party: Party, name_hash: str | None) -> Any:
    return (
        select(case.c.number, case.c.open, case.c.opened_at, case.c.rights)
        .join(person, person.c.case_id == case.c.id)
        .where(person.c.name_hash == name_hash, person.c.party == str(party), case.c.state != "voided")
        .order_by(case.c.id)
    )


def _strangers_at(db: Connection, subject: dict[str, str | None]) -> tuple[str, ...]:
    """Return the cases of subjects of another family name at the same return address."""
    query = (
        select(case.c.number)
        .join(person, person.c.case_id == case.c.id)
        .where(person.c.address_hash == subject["address_hash"], person.c.party == str(Party.SUBJECT))
        .where(person.c.family_hash != subject["family_hash"], case.c.state != "voided")
        .order_by(case.c.id)
    )
    return tuple(db.execute(query).scalars())


def _same_subject(case_id: int) -> Any:
    """Whether a case is of the same subject: the same person may show the same paper twice."""
    own = select(person.c.name_hash).where(person.c.case_id == case_id, person.c.party == str(Party.SUBJECT))
    return (
        select(func.count())
        .where(person.c.case_id == case.c.id, person.c.party == str(Party.SUBJECT))
        .where(person.c.name_hash == own.scalar_subquery())
        .correlate(case)
        .scalar_subquery()
        > 0
    )


def _plain(text: str) -> str:
    """Return text as it is compared: compatibility forms folded, no blanks or punctuation, small letters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def _family_name(who: Person) -> str:
    """Return the family name: first in a name written in Japanese, last in any other."""
    parts = unicodedata.normalize("NFKC", who.name).split()
    if not parts:
        return ""
    japanese = any("぀" <= character <= "鿿" for character in who.name)
    return _plain(parts[0] if japanese else parts[-1])
