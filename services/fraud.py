"""Patterns of fraud and mistake that only a look at other cases can show (F6 and F7).

Names, addresses and document numbers are compared by keyed hashes; nothing personal is read. What is found is handed
to the rules as a `Suspicion`; the rules hold the case for the lead.
"""

import re
import unicodedata
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, Text, and_, cast, or_, select

from models import person as person_table
from models.case import case
from models.evidence import evidence
from models.person import person
from services.loading import people
from services.office import Office
from workflows.case import Case, Suspicion
from workflows.payloads import Amend, Open, ReceiveForms
from workflows.plain import amended
from workflows.values import CodeState, Party, Person, RepresentativeKind

REQUESTS_IN_90_DAYS = 3
CASES_PER_REPRESENTATIVE = 3
_COMPARED = frozenset({"name", "postcode", "address"})


def hashes(who: Person, office: Office) -> dict[str, str | None]:
    """Return the keyed hashes by which a person is found again."""
    family = _family_name(who)
    where = f"{_plain(who.postcode or '')} {_place(who.address)}" if who.address else ""
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
    agent = contact.representative
    people = {Party.SUBJECT: subject} if agent is None else {
        Party.SUBJECT: subject, Party.REPRESENTATIVE: hashes(agent, office)
    }  # fmt: skip
    legal = agent is not None and agent.kind is not RepresentativeKind.AGENT
    mail_to = contact.mail_to or (Party.REPRESENTATIVE if legal else Party.SUBJECT)
    found += _suspicions_of(db, people, mail_to)
    return replace(blank, suspicions=tuple(found), linked=linked)


def change_seen(db: Connection, row: Row[Any], seen: Case, change: Amend, office: Office) -> Case:
    """Return the case whose people or address are about to change, with what the new ones make suspicious."""
    given = {Party.SUBJECT: change.subject or {}, Party.REPRESENTATIVE: change.representative or {}}
    if not row.open or (change.mail_to is None and all(_COMPARED.isdisjoint(said) for said in given.values())):
        return seen
    known = people(row, person_table.of_cases(db, [row.id]).get(row.id, {}), office)
    after = {party: amended(known.get(party), said) for party, said in given.items() if said or party in known}
    found = _suspicions_of(
        db, {party: hashes(who, office) for party, who in after.items()}, change.mail_to or seen.mail_to, besides=row.id
    )
    if _COMPARED.isdisjoint(given[Party.REPRESENTATIVE]):
        found = [suspicion for suspicion in found if suspicion.code != "busy_representative"]
    return replace(seen, suspicions=tuple(found))


def arrival_seen(
    db: Connection, row: Row[Any], seen: Case, arrival: ReceiveForms, code: CodeState, office: Office
) -> Case:
    """Return the case whose forms came back, with what its code turned out to be and the same document elsewhere.

    The same person may show the same paper again; a representative's own paper is compared with the representative's.
    """
    numbered = [paper for paper in arrival.documents if paper.number]
    others: tuple[str, ...] = ()
    if numbered:
        names = {own.party: own.name_hash for own in person_table.of_cases(db, [row.id]).get(row.id, {}).values()}
        elsewhere = [
            and_(
                evidence.c.number_hash == number_hash(paper.type, paper.number, office),
                person.c.name_hash.is_distinct_from(names.get(str(paper.holder))),
            )
            for paper in numbered
        ]
        query = (
            select(case.c.number)
            .join(evidence, evidence.c.case_id == case.c.id)
            .outerjoin(person, and_(person.c.case_id == case.c.id, person.c.party == evidence.c.holder))
            .where(or_(*elsewhere), case.c.id != row.id)
            .distinct()
            .order_by(case.c.number)
        )
        others = tuple(db.execute(query).scalars())
    found = (Suspicion("same_document", others),) if others else ()
    return replace(seen, code_state=code, suspicions=found)


def linked_with(db: Connection, row: Row[Any]) -> list[str]:
    """Return the cases a case is answered together with: those found when it was opened, and those opened since."""
    own = select(person.c.name_hash).where(person.c.case_id == row.id, person.c.party == str(Party.SUBJECT))
    since = (
        select(case.c.number)
        .join(person, person.c.case_id == case.c.id)
        .where(person.c.name_hash == own.scalar_subquery(), person.c.party == str(Party.SUBJECT))
        # A JSON list, as both databases write it.
        .where(cast(case.c.linked, Text).like(f'%"{row.number}"%'))
        .order_by(case.c.id)
    )
    return list(dict.fromkeys([*row.linked, *db.execute(since).scalars()]))


def _suspicions_of(
    db: Connection, people: dict[Party, dict[str, str | None]], mail_to: Party, besides: int | None = None
) -> list[Suspicion]:
    """Return what the return address and the representative of a case have in common with other cases."""
    found = []
    subject, acting = people[Party.SUBJECT], people.get(Party.REPRESENTATIVE)
    if acting is not None:
        others = [row for row in db.execute(_cases_of(Party.REPRESENTATIVE, acting["name_hash"])) if row.id != besides]
        if len(others) + 1 >= CASES_PER_REPRESENTATIVE:
            found.append(Suspicion("busy_representative", tuple(row.number for row in others)))
    to = people.get(mail_to)
    if to is not None and to["address_hash"] is not None:
        strangers = _strangers_at(db, to, subject["family_hash"], mail_to, besides)
        if strangers:
            found.append(Suspicion("shared_address", strangers))
    return found


def _cases_of(party: Party, name_hash: str | None) -> Any:
    return (
        select(case.c.id, case.c.number, case.c.open, case.c.opened_at, case.c.rights)
        .join(person, person.c.case_id == case.c.id)
        .where(person.c.name_hash == name_hash, person.c.party == str(party), case.c.state != "voided")
        .order_by(case.c.id)
    )


def _strangers_at(
    db: Connection, to: dict[str, str | None], family_hash: str | None, mail_to: Party, besides: int | None
) -> tuple[str, ...]:
    """Return the cases of subjects of another family name whose letters go to the same address.

    One representative's letters for several subjects share an address by nature: those cases are counted instead.
    """
    subject = person.alias("subject")
    query = (
        select(case.c.number)
        .join(person, and_(person.c.case_id == case.c.id, person.c.party == case.c.mail_to))
        .join(subject, and_(subject.c.case_id == case.c.id, subject.c.party == str(Party.SUBJECT)))
        .where(person.c.address_hash == to["address_hash"], subject.c.family_hash != family_hash)
        .where(case.c.state != "voided", case.c.id != (besides or 0))
        .order_by(case.c.id)
    )
    if mail_to is Party.REPRESENTATIVE:
        query = query.where(or_(person.c.party != str(mail_to), person.c.name_hash != to["name_hash"]))
    return tuple(db.execute(query).scalars())


def _plain(text: str) -> str:
    """Return text as it is compared: compatibility forms folded, no blanks or punctuation, small letters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def _place(address: str) -> str:
    """Return an address as it is compared: 1丁目2番3号 is 1-2-3, and 1-23 is not 12-3."""
    folded = unicodedata.normalize("NFKC", address).casefold()
    folded = re.sub(r"(?<=\d)(?:丁目|番地の?|番|号(?!室)|(?:の|ー|\s+|[^\w\s])(?=\d))", "-", folded)
    kept = "".join(character for character in folded if character.isalnum() or character == "-")
    return re.sub(r"-+(?!\d)", "", re.sub(r"(?<!\d)-+", "", kept))


def _family_name(who: Person) -> str:
    """Return the family name: first in a name written in Japanese, last in any other."""
    name = unicodedata.normalize("NFKC", who.name)
    parts = name.split()
    if not parts:
        return ""
    japanese = any("぀" <= character <= "鿿" for character in name)
    return _plain(parts[0] if japanese else parts[-1])
