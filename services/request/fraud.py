"""Patterns of fraud and mistake that only a look at other cases can show (F6 and F7).

Names, addresses and document numbers are compared by keyed hashes; nothing personal is read. What is found is handed to
the rules as a `Suspicion`; the rules hold the case for the lead. Namesakes are told apart by
`workflows.request.sameness`, families by `services.request.neighbours`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Text, and_, cast, func, or_, select

from models import person as person_table
from models.case import case
from models.evidence import evidence
from models.keys import KeyMissing
from models.person import person
from services.engine.office import Office
from services.engine.order import Order
from services.request.hashing import Marks, marks, number_hash
from services.request.loading import people
from services.request.neighbours import Known
from workflows.law.values import Nature
from workflows.request.case import Case, Suspicion
from workflows.request.kept import amended
from workflows.request.payloads import Amend, Open, ReceiveAgain, ReceiveForms
from workflows.request.sameness import Sameness
from workflows.request.values import CodeState, Document, Party, Person

REQUESTS_IN_90_DAYS = 3
CASES_PER_REPRESENTATIVE = 3
MOST_OF_A_HOUSEHOLD = 20
"""How many cases of one address `show` names, the newest."""
_COMPARED = frozenset({"name", "kana", "postcode", "address"})


def looked_up(order: Order, office: Office) -> frozenset[str] | None:
    """Return by what an order's rules find other cases, or other cases' rules what it writes; None: by everything.

    Whoever shares one of these with an order before it must see what that one wrote.
    """
    payload = order.payload
    if isinstance(payload, Open):
        people = (payload.subject, payload.representative)
        papers = () if payload.came is None else payload.came.documents
        shown = frozenset(str(number) for number in _numbered(papers, office))
        return shown.union(*(marks(who, office).looked_up for who in people if who is not None))
    if isinstance(payload, ReceiveForms):
        numbers = {number_hash(paper.type, paper.number, office) for paper in payload.documents}
        return frozenset(number for number in numbers if number is not None)
    return None if isinstance(payload, Amend) and _changes_people(payload) else frozenset()


def contacts_seen(db: Connection, contacts: Sequence[tuple[Case, Open]], office: Office) -> list[Case]:
    """Return the cases about to be opened, each with its suspicions and the subject's open cases of the same right."""
    asking = [_Asking.of(contact, office) for _, contact in contacts]
    known = Known(db, [one.people for one in asking], [one.mail_to for one in asking], office)
    since = office.now - timedelta(days=90)
    return [
        brought_seen(db, _contact_seen(blank, contact, one, known, since), contact, office)
        for (blank, contact), one in zip(contacts, asking, strict=True)
    ]


def _contact_seen(blank: Case, contact: Open, asking: "_Asking", known: Known, since: datetime) -> Case:
    namesakes = known.cases_of(Party.SUBJECT, asking.people[Party.SUBJECT])
    rights = set(contact.rights)
    recent = [row for row, are in namesakes if are is Sameness.SAME and row.opened_at >= since]
    linked = tuple(row.number for row, _ in namesakes if row.open and rights & set(row.facts["rights"]))
    found = []
    if len(recent) + 1 >= REQUESTS_IN_90_DAYS:
        found.append(Suspicion("many_requests", tuple(row.number for row in recent)))
    found += _suspicions_of(known, asking.people, asking.mail_to)
    return replace(blank, suspicions=tuple(found), linked=linked)


def change_seen(db: Connection, row: Row[Any], seen: Case, change: Amend, office: Office) -> Case:
    """Return the case whose people or address are about to change, with what the new ones make suspicious."""
    given = {Party.SUBJECT: change.subject or {}, Party.REPRESENTATIVE: change.representative or {}}
    if not row.open or not _changes_people(change):
        return seen
    known = people(row, person_table.of_cases(db, [row.id]).get(row.id, {}), office)
    after = {party: amended(known.get(party), said) for party, said in given.items() if said or party in known}
    marked, mail_to = {party: marks(who, office) for party, who in after.items()}, change.mail_to or seen.mail_to
    found = _suspicions_of(Known(db, [marked], [mail_to], office), marked, mail_to, besides=row.id)
    if _COMPARED.isdisjoint(given[Party.REPRESENTATIVE]):
        found = [suspicion for suspicion in found if suspicion.code != "busy_representative"]
    return replace(seen, suspicions=tuple(found))


def arrival_seen(
    db: Connection, row: Row[Any], seen: Case, arrival: ReceiveForms, code: CodeState, office: Office
) -> Case:
    """Return the case whose forms came back, with what its code turned out to be and the same document elsewhere."""
    numbered = _numbered(arrival.documents, office)
    others: tuple[str, ...] = ()
    if numbered:
        known = people(row, person_table.of_cases(db, [row.id]).get(row.id, {}), office)
        others = _shown_elsewhere(db, numbered, known, office, besides=row.id)
        # What is registered anew takes the place of what was registered, and is not compared with it.
        if _of_two_holders(
            db,
            row,
            [paper for paper in arrival.documents if paper.number],
            office,
            again=isinstance(arrival, ReceiveAgain),
        ):
            others = (row.number, *others)
    found = (Suspicion("same_document", others),) if others else ()
    return replace(seen, code_state=code, suspicions=found)


def brought_seen(db: Connection, blank: Case, contact: Open, office: Office) -> Case:
    """Return a case about to be opened with what its papers have in common with other cases, as of any arrival."""
    papers = () if contact.came is None else contact.came.documents
    numbered = _numbered(papers, office)
    if not numbered:
        return blank
    given = {Party.SUBJECT: contact.subject, Party.REPRESENTATIVE: contact.representative}
    known = {party: who for party, who in given.items() if who is not None}
    others = _shown_elsewhere(db, numbered, known, office)
    if len({(str(paper.holder), number_hash(paper.type, paper.number, office)) for paper in papers if paper.number}) > (
        len(numbered)
    ):
        others = (blank.number, *others)
    found = (Suspicion("same_document", others),) if others else ()
    return replace(blank, suspicions=(*blank.suspicions, *found))


def _numbered(documents: Iterable[Document], office: Office) -> dict[str | None, Document]:
    """Return the papers whose number may be kept, by its keyed hash; one number may stand on two of them."""
    return {number_hash(paper.type, paper.number, office): paper for paper in documents if paper.number}


def _shown_elsewhere(
    db: Connection,
    numbered: Mapping[str | None, Document],
    known: Mapping[Party, Person],
    office: Office,
    besides: int | None = None,
) -> tuple[str, ...]:
    """Return the other cases in which somebody else shows one of these papers.

    The same person may show the same paper again, a namesake may not; a representative's own paper is compared with the
    representative's.
    """
    query = (
        select(case.c.number, evidence.c.number_hash, person.c.party, person.c.sealed, person.c.name_hash)
        .join(evidence, evidence.c.case_id == case.c.id)
        .outerjoin(person, and_(person.c.case_id == case.c.id, person.c.party == evidence.c.holder))
        .where(evidence.c.number_hash.in_(sorted(map(str, numbered))))
        .where(evidence.c.undone_seq.is_(None))
        .order_by(case.c.id)
    )
    if besides is not None:
        query = query.where(case.c.id != besides)
    shown = [
        found.number
        for found in db.execute(query)
        if _somebody_else(found, known.get(numbered[found.number_hash].holder), office)
    ]
    return tuple(sorted(set(shown)))


def _of_two_holders(
    db: Connection, row: Row[Any], numbered: Sequence[Document], office: Office, *, again: bool
) -> bool:
    """Whether one paper is shown for the subject and for the representative of this very case."""
    shown = {(str(paper.holder), number_hash(paper.type, paper.number, office)) for paper in numbered}
    mine = select(evidence.c.holder, evidence.c.number_hash).where(evidence.c.case_id == row.id)
    mine = mine.where(evidence.c.undone_seq.is_(None))
    if again:
        newest = select(func.max(evidence.c.seq)).where(evidence.c.case_id == row.id, evidence.c.undone_seq.is_(None))
        mine = mine.where(evidence.c.seq < newest.scalar_subquery())
    before = db.execute(mine.where(evidence.c.number_hash.in_([number for _, number in shown])))
    shown |= {(one.holder, one.number_hash) for one in before}
    known = [number for _, number in shown if number is not None]
    return len(known) > len(set(known))


def linked_with(db: Connection, row: Row[Any], office: Office) -> list[str]:
    """Return the cases a case is answered together with: those found when it was opened, and those opened since.

    Those of a namesake are left out once both birth dates are known.
    """
    own = person_table.of_cases(db, [row.id]).get(row.id, {}).get(str(Party.SUBJECT))
    if own is None or own.name_hash is None:
        return list(row.facts["linked"])
    try:
        mine = marks(people(row, {own.party: own}, office)[Party.SUBJECT], office)
    except KeyMissing:  # erased at this very moment
        return list(row.facts["linked"])
    same = [person.c.name_hash.in_(sorted({*mine.names, own.name_hash}))]
    if own.reading_hash is not None:
        same.append(person.c.reading_hash == own.reading_hash)
    since = (
        select(case.c.number)
        .join(person, person.c.case_id == case.c.id)
        .where(or_(*same), person.c.party == str(Party.SUBJECT))
        # A JSON list, as both databases write it.
        .where(cast(case.c.facts["linked"], Text).like(f'%"{row.number}"%'))
        .order_by(case.c.id)
    )
    found = list(dict.fromkeys([*row.facts["linked"], *db.execute(since).scalars()]))
    if not found or own.birth_hash is None:
        return found
    others = (
        select(case.c.number)
        .join(person, person.c.case_id == case.c.id)
        .where(case.c.number.in_(found), person.c.party == str(Party.SUBJECT))
        .where(person.c.name_hash == own.name_hash, person.c.birth_hash != own.birth_hash)
    )
    namesakes = set(db.execute(others).scalars())
    return [number for number in found if number not in namesakes]


def household(db: Connection, row: Row[Any], linked: Collection[str]) -> list[str]:
    """Return the cases of other people who live where the subject of a case lives, but for those it is linked with.

    A hint for whoever reads: who bears another family name is held where letters go to one address.
    """
    own = select(person.c.address_hash).where(person.c.case_id == row.id, person.c.party == str(Party.SUBJECT))
    found = (
        select(case.c.number)
        .join(person, person.c.case_id == case.c.id)
        .where(person.c.address_hash == own.scalar_subquery(), person.c.party == str(Party.SUBJECT))
        .where(person.c.case_id != row.id, case.c.state != "voided")
        .order_by(person.c.case_id.desc())
        .limit(MOST_OF_A_HOUSEHOLD + len(linked))
    )
    others = [number for number in db.execute(found).scalars() if number not in linked]
    return sorted(others[:MOST_OF_A_HOUSEHOLD])


def _changes_people(change: Amend) -> bool:
    """Whether an amendment changes anything that is compared with other cases."""
    given = (change.subject or {}, change.representative or {})
    return change.mail_to is not None or not all(_COMPARED.isdisjoint(said) for said in given)


def _suspicions_of(
    known: Known, people: Mapping[Party, Marks], mail_to: Party, besides: int | None = None
) -> list[Suspicion]:
    """Return what the return address and the representative of a case have in common with other cases."""
    found = []
    subject, acting = people[Party.SUBJECT], people.get(Party.REPRESENTATIVE)
    if acting is not None:
        others = [row for row, _ in known.cases_of(Party.REPRESENTATIVE, acting) if row.id != besides]
        if len(others) + 1 >= CASES_PER_REPRESENTATIVE:
            found.append(Suspicion("busy_representative", tuple(row.number for row in others)))
    to = people.get(mail_to)
    if to is not None and to.kept["address_hash"] is not None:
        strangers = known.strangers_at(to, subject, mail_to, besides)
        if strangers:
            found.append(Suspicion("shared_address", strangers))
    return found


@dataclass(frozen=True, slots=True)
class _Asking:
    """The people of a first contact as they are compared, and who gets the letters."""

    people: dict[Party, Marks]
    mail_to: Party

    @classmethod
    def of(cls, contact: Open, office: Office) -> "_Asking":
        agent = contact.representative
        people = {Party.SUBJECT: marks(contact.subject, office)}
        if agent is not None:
            people[Party.REPRESENTATIVE] = marks(agent, office)
        legal = agent is not None and agent.kind is not None and agent.kind.nature is not Nature.MANDATE
        return cls(people, contact.mail_to or (Party.REPRESENTATIVE if legal else Party.SUBJECT))


def _somebody_else(other: Any, holder: Person | None, office: Office) -> bool:
    """Whether the *other* holder of a paper is another person: of another name, or born on another day.

    Both are opened: few show one paper, and each name may be the one that is written in full.
    """
    if other.sealed is None:  # erased, or never stated: nothing says that they are one
        return other.name_hash is not None
    if holder is None:
        return True
    try:
        known = people(other, {other.party: other}, office)[Party(other.party)]
    except KeyMissing:
        return False
    if known.birth_date is not None and holder.birth_date is not None and known.birth_date != holder.birth_date:
        return True
    one, two = marks(holder, office), marks(known, office)
    return one.kept["name_hash"] not in two.names and two.kept["name_hash"] not in one.names
