"""Patterns of fraud and mistake that only a look at other cases can show (F6 and F7).

Names, addresses and document numbers are compared by keyed hashes; nothing personal is read. What is found is handed to
the rules as a `Suspicion`; the rules hold the case for the lead. Namesakes are told apart by
`workflows.request.sameness`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, Row, Select, Text, and_, bindparam, cast, func, or_, select

from models import person as person_table
from models.case import case
from models.evidence import evidence
from models.keys import Keys
from models.person import person
from services.engine.office import Office
from services.engine.order import Order
from services.request.loading import people
from workflows.law.values import RepresentativeKind
from workflows.request import paper_numbers, spelling
from workflows.request.case import Case, Suspicion
from workflows.request.kept import amended
from workflows.request.payloads import Amend, Open, ReceiveAgain, ReceiveForms
from workflows.request.sameness import Sameness, Traits, sameness
from workflows.request.values import CodeState, Document, Party, Person

REQUESTS_IN_90_DAYS = 3
CASES_PER_REPRESENTATIVE = 3
_COMPARED = frozenset({"name", "postcode", "address"})


Hashes = dict[str, str | int | None]


_HASHED: WeakKeyDictionary[Keys, WeakKeyDictionary[Person, Hashes]] = WeakKeyDictionary()
"""What was hashed of people who are still in somebody's hands: one order asks several times."""


def hashes(who: Person, office: Office) -> Hashes:
    """Return the keyed hashes by which a person is found again: the columns `models.person.LOOKED_UP`.

    What only tells namesakes apart is hashed together with the name: of two people of different names nobody can see
    that they were born on the same day.
    """
    known = _HASHED.setdefault(office.keys, WeakKeyDictionary())
    found = known.get(who)
    if found is None:
        found = known[who] = _hashes(who, office)
    return found


def _hashes(who: Person, office: Office) -> Hashes:
    name = spelling.letters(who.name)

    def hashed(kind: str, text: str) -> str | None:
        return office.keys.lookup_hash(kind, text) if text else None

    def of_this_name(kind: str, text: str) -> str | None:
        return hashed(kind, f"{name}/{text}" if text else "")

    return {
        "name_hash": office.keys.lookup_hash("name", name),
        "family_hash": office.keys.lookup_hash("family", spelling.family_name(who.name)),
        "address_hash": hashed("address", spelling.place(who.address, who.postcode) if who.address else ""),
        "birth_hash": of_this_name("birth", who.birth_date.isoformat() if who.birth_date else ""),
        "phone_hash": of_this_name("phone", spelling.telephone(who.phone or "")),
        "email_hash": of_this_name("email", spelling.mail(who.email or "")),
        "spelling": spelling.RULE,
    }


def number_hash(document_type: str, number: str | None, office: Office) -> str | None:
    """Return the keyed hash of an identity document's number: one for all papers that are numbered together."""
    compared = paper_numbers.compared(document_type, number) if number else ""
    return office.keys.lookup_hash("document", f"{paper_numbers.kind(document_type)}/{compared}") if compared else None


def looked_up(order: Order, office: Office) -> frozenset[str] | None:
    """Return by what an order's rules find other cases, or other cases' rules what it writes; None: by everything.

    Whoever shares one of these with an order before it must see what that one wrote.
    """
    payload = order.payload
    if isinstance(payload, Open):
        people = (payload.subject, payload.representative)
        found = {
            hashes(who, office)[name] for who in people if who is not None for name in ("name_hash", "address_hash")
        }
        return frozenset(str(each) for each in found if each is not None)
    if isinstance(payload, ReceiveForms):
        numbers = {number_hash(paper.type, paper.number, office) for paper in payload.documents}
        return frozenset(number for number in numbers if number is not None)
    return None if isinstance(payload, Amend) and _changes_people(payload) else frozenset()


def contacts_seen(db: Connection, contacts: Sequence[tuple[Case, Open]], office: Office) -> list[Case]:
    """Return the cases about to be opened, each with its suspicions and the subject's open cases of the same right."""
    asking = [_Asking.of(contact, office) for _, contact in contacts]
    known = _Known(db, [one.people for one in asking], [one.mail_to for one in asking])
    since = office.now - timedelta(days=90)
    return [
        _contact_seen(blank, contact, one, known, since) for (blank, contact), one in zip(contacts, asking, strict=True)
    ]


def _contact_seen(blank: Case, contact: Open, asking: "_Asking", known: "_Known", since: datetime) -> Case:
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
    hashed, mail_to = {party: hashes(who, office) for party, who in after.items()}, change.mail_to or seen.mail_to
    found = _suspicions_of(_Known(db, [hashed], [mail_to]), hashed, mail_to, besides=row.id)
    if _COMPARED.isdisjoint(given[Party.REPRESENTATIVE]):
        found = [suspicion for suspicion in found if suspicion.code != "busy_representative"]
    return replace(seen, suspicions=tuple(found))


def arrival_seen(
    db: Connection, row: Row[Any], seen: Case, arrival: ReceiveForms, code: CodeState, office: Office
) -> Case:
    """Return the case whose forms came back, with what its code turned out to be and the same document elsewhere.

    The same person may show the same paper again, a namesake may not; a representative's own paper is compared with the
    representative's.
    """
    numbered = [paper for paper in arrival.documents if paper.number]
    others: tuple[str, ...] = ()
    if numbered:
        known = person_table.of_cases(db, [row.id]).get(row.id, {})
        elsewhere = [
            and_(
                evidence.c.number_hash == number_hash(paper.type, paper.number, office),
                _somebody_else(known.get(str(paper.holder))),
            )
            for paper in numbered
        ]
        query = (
            select(case.c.number)
            .join(evidence, evidence.c.case_id == case.c.id)
            .outerjoin(person, and_(person.c.case_id == case.c.id, person.c.party == evidence.c.holder))
            .where(or_(*elsewhere), case.c.id != row.id, evidence.c.undone_seq.is_(None))
            .distinct()
            .order_by(case.c.number)
        )
        others = tuple(db.execute(query).scalars())
        # What is registered anew takes the place of what was registered, and is not compared with it.
        if _of_two_holders(db, row, numbered, office, again=isinstance(arrival, ReceiveAgain)):
            others = (row.number, *others)
    found = (Suspicion("same_document", others),) if others else ()
    return replace(seen, code_state=code, suspicions=found)


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


def linked_with(db: Connection, row: Row[Any]) -> list[str]:
    """Return the cases a case is answered together with: those found when it was opened, and those opened since.

    Those of a namesake are left out once both birth dates are known.
    """
    mine = and_(person.c.case_id == row.id, person.c.party == str(Party.SUBJECT))
    own, born = select(person.c.name_hash).where(mine), select(person.c.birth_hash).where(mine)
    since = (
        select(case.c.number)
        .join(person, person.c.case_id == case.c.id)
        .where(person.c.name_hash == own.scalar_subquery(), person.c.party == str(Party.SUBJECT))
        # A JSON list, as both databases write it.
        .where(cast(case.c.facts["linked"], Text).like(f'%"{row.number}"%'))
        .order_by(case.c.id)
    )
    found = list(dict.fromkeys([*row.facts["linked"], *db.execute(since).scalars()]))
    if not found:
        return []
    others = (
        select(case.c.number)
        .join(person, person.c.case_id == case.c.id)
        .where(case.c.number.in_(found), person.c.party == str(Party.SUBJECT))
        .where(person.c.name_hash == own.scalar_subquery(), person.c.birth_hash != born.scalar_subquery())
    )
    namesakes = set(db.execute(others).scalars())
    return [number for number in found if number not in namesakes]


def _changes_people(change: Amend) -> bool:
    """Whether an amendment changes anything that is compared with other cases."""
    given = (change.subject or {}, change.representative or {})
    return change.mail_to is not None or not all(_COMPARED.isdisjoint(said) for said in given)


def _suspicions_of(
    known: "_Known", people: dict[Party, Hashes], mail_to: Party, besides: int | None = None
) -> list[Suspicion]:
    """Return what the return address and the representative of a case have in common with other cases."""
    found = []
    subject, acting = people[Party.SUBJECT], people.get(Party.REPRESENTATIVE)
    if acting is not None:
        others = [row for row, _ in known.cases_of(Party.REPRESENTATIVE, acting) if row.id != besides]
        if len(others) + 1 >= CASES_PER_REPRESENTATIVE:
            found.append(Suspicion("busy_representative", tuple(row.number for row in others)))
    to = people.get(mail_to)
    if to is not None and to["address_hash"] is not None:
        strangers = known.strangers_at(to, subject["family_hash"], mail_to, besides)
        if strangers:
            found.append(Suspicion("shared_address", strangers))
    return found


@dataclass(frozen=True, slots=True)
class _Asking:
    """The people of a first contact as they are compared, and who gets the letters."""

    people: dict[Party, Hashes]
    mail_to: Party

    @classmethod
    def of(cls, contact: Open, office: Office) -> "_Asking":
        agent = contact.representative
        people = {Party.SUBJECT: hashes(contact.subject, office)}
        if agent is not None:
            people[Party.REPRESENTATIVE] = hashes(agent, office)
        legal = agent is not None and agent.kind is not RepresentativeKind.AGENT
        return cls(people, contact.mail_to or (Party.REPRESENTATIVE if legal else Party.SUBJECT))


class _Known:
    """What other cases have in common with these people: two statements, however many people."""

    def __init__(self, db: Connection, asking: Sequence[dict[Party, Hashes]], mail_to: Sequence[Party]) -> None:
        names = {who["name_hash"] for people in asking for who in people.values()}
        to = [people.get(party) for people, party in zip(asking, mail_to, strict=True)]
        addresses = {who["address_hash"] for who in to if who is not None} - {None}
        self._named: dict[tuple[str, str], list[Row[Any]]] = {}
        for row in db.execute(_NAMED, {"names": sorted(map(str, names))}):
            self._named.setdefault((row.party, row.name_hash), []).append(row)
        self._living: dict[str, list[Row[Any]]] = {}
        for row in db.execute(_LIVING_AT, {"addresses": sorted(map(str, addresses))}) if addresses else ():
            self._living.setdefault(row.address_hash, []).append(row)

    def cases_of(self, party: Party, who: Hashes) -> list[tuple[Row[Any], Sameness]]:
        """Return the cases of people of the same name and what each is to *who*, without those of another person."""
        asking = _traits(who)
        rows = self._named.get((str(party), str(who["name_hash"])), [])
        judged = [(row, sameness(asking, _traits(row._asdict()))) for row in rows]
        return [(row, are) for row, are in judged if are is not Sameness.ANOTHER]

    def strangers_at(
        self, to: Hashes, family_hash: str | int | None, mail_to: Party, besides: int | None
    ) -> tuple[str, ...]:
        """Return the cases of subjects of another family name whose letters go to the same address.

        One representative's letters for several subjects share an address by nature: those cases are counted instead.
        """
        return tuple(
            row.number
            for row in self._living.get(str(to["address_hash"]), ())
            if row.id != besides
            and row.family_hash not in (None, family_hash)
            and not (mail_to is Party.REPRESENTATIVE and row.party == str(mail_to) and row.name_hash == to["name_hash"])
        )


_TRAITS = (person.c.address_hash, person.c.birth_hash, person.c.phone_hash, person.c.email_hash, person.c.spelling)
_NAMED: Select[Any] = (
    select(case.c.id, case.c.number, case.c.open, case.c.opened_at, case.c.facts)
    .add_columns(person.c.party, person.c.name_hash, *_TRAITS)
    .join(person, person.c.case_id == case.c.id)
    .where(person.c.name_hash.in_(bindparam("names", expanding=True)), case.c.state != "voided")
    .order_by(case.c.id)
)
_SUBJECT = person.alias("subject")
_LIVING_AT: Select[Any] = (
    select(case.c.id, case.c.number, person.c.party, person.c.name_hash, person.c.address_hash, _SUBJECT.c.family_hash)
    .select_from(case)
    .join(person, and_(person.c.case_id == case.c.id, person.c.party == case.c.facts["mail_to"].as_string()))
    .join(_SUBJECT, and_(_SUBJECT.c.case_id == case.c.id, _SUBJECT.c.party == str(Party.SUBJECT)))
    .where(person.c.address_hash.in_(bindparam("addresses", expanding=True)), case.c.state != "voided")
    .order_by(case.c.id)
)


def _traits(stored: Mapping[Any, Any]) -> Traits:
    """Return what is known of a person beside the name; what was spelt by an earlier rule cannot be compared."""
    if stored["spelling"] != spelling.RULE:
        return Traits()
    return Traits(
        birth=stored["birth_hash"],
        address=stored["address_hash"],
        phone=stored["phone_hash"],
        email=stored["email_hash"],
    )


def _somebody_else(holder: Row[Any] | None) -> ColumnElement[bool]:
    """Return whether a person is not *holder*: of another name, or born on another day."""
    if holder is None:
        return person.c.name_hash.is_not(None)
    another_name = person.c.name_hash.is_distinct_from(holder.name_hash)
    return another_name if holder.birth_hash is None else or_(another_name, person.c.birth_hash != holder.birth_hash)
