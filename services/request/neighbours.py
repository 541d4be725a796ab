"""Who else bears a name or lives at an address: what other cases have in common with the people of some contacts.

Names and addresses are found by their keyed hashes. Whether two people at one address may be of one family can often
not be told of hashes (a name without a blank, a family name written first or last): then the few who live there are
opened, in the worker that holds the keys, and what is learnt is yes or no.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, select

from models.case import case
from models.keys import KeyMissing
from models.person import READ, person
from services.engine.office import Office
from services.request.hashing import Marks
from workflows.request import naming, spelling
from workflows.request.sameness import Sameness, Traits, sameness
from workflows.request.values import Party

MOST_OPENED = 50
"""How many people at one address are opened, the newest; of others the hashes of both family names must tell."""

_TRAITS = (
    person.c.address_hash, person.c.birth_hash, person.c.phone_hash, person.c.email_hash, person.c.house_hash,
    person.c.spelling,
)  # fmt: skip
_CASES: Select[Any] = (
    select(case.c.id, case.c.number, case.c.open, case.c.opened_at, case.c.facts)
    .add_columns(person.c.party, person.c.name_hash, person.c.reading_hash, *_TRAITS)
    .join(person, person.c.case_id == case.c.id)
    .where(case.c.state != "voided")
    .order_by(case.c.id)
)
_NAMED = _CASES.where(person.c.name_hash.in_(bindparam("names", expanding=True)))
_READ_ALIKE = _CASES.where(person.c.reading_hash.in_(bindparam("readings", expanding=True)), READ)
_SUBJECT = person.alias("subject")
_LIVING_AT: Select[Any] = (
    select(case.c.id, case.c.number, person.c.party, person.c.name_hash, person.c.address_hash)
    .add_columns(_SUBJECT.c.family_hash, _SUBJECT.c.spelling, _SUBJECT.c.sealed)
    .select_from(case)
    .join(person, and_(person.c.case_id == case.c.id, person.c.party == case.c.facts["mail_to"].as_string()))
    .join(_SUBJECT, and_(_SUBJECT.c.case_id == case.c.id, _SUBJECT.c.party == str(Party.SUBJECT)))
    .where(person.c.address_hash.in_(bindparam("addresses", expanding=True)), case.c.state != "voided")
    .order_by(case.c.id)
)


class Known:
    """What other cases have in common with these people: three statements, however many people."""

    def __init__(
        self, db: Connection, asking: Sequence[Mapping[Party, Marks]], mail_to: Sequence[Party], office: Office
    ) -> None:
        """Read the cases of the people's names and readings, and those whose letters go where theirs go."""
        self._office = office
        everybody = [who for people in asking for who in people.values()]
        names = {name for who in everybody for name in who.names}
        readings = {str(who.kept["reading_hash"]) for who in everybody if who.kept["reading_hash"] is not None}
        to = [people.get(party) for people, party in zip(asking, mail_to, strict=True)]
        addresses = {str(who.kept["address_hash"]) for who in to if who is not None} - {"None"}
        self._named: dict[tuple[str, str], list[Row[Any]]] = {}
        for row in db.execute(_NAMED, {"names": sorted(names)}):
            self._named.setdefault((row.party, row.name_hash), []).append(row)
        self._read: dict[tuple[str, str], list[Row[Any]]] = {}
        for row in db.execute(_READ_ALIKE, {"readings": sorted(readings)}) if readings else ():
            self._read.setdefault((row.party, row.reading_hash), []).append(row)
        self._living: dict[str, list[Row[Any]]] = {}
        for row in db.execute(_LIVING_AT, {"addresses": sorted(addresses)}) if addresses else ():
            self._living.setdefault(row.address_hash, []).append(row)
        self._called: dict[str, naming.Called | None] = {}

    def cases_of(self, party: Party, who: Marks) -> list[tuple[Row[Any], Sameness]]:
        """Return the cases of people of the same name and what each is to *who*, without those of another person.

        Who is read alike and was born on the same day is the same, whatever characters are written.
        """
        found: dict[int, tuple[Row[Any], Sameness]] = {}
        for name in who.names:
            for row in self._named.get((str(party), name), ()):
                found[row.id] = row, sameness(who.traits(name, self._office), _traits(row._asdict()))
        for row in self._read.get((str(party), str(who.kept["reading_hash"])), ()):
            found[row.id] = row, Sameness.SAME
        return [found[each] for each in sorted(found) if found[each][1] is not Sameness.ANOTHER]

    def strangers_at(self, to: Marks, subject: Marks, mail_to: Party, besides: int | None) -> tuple[str, ...]:
        """Return the cases of subjects of really another family name whose letters go to the same address.

        One representative's letters for several subjects share an address by nature: those cases are counted instead.
        """
        family = subject.kept["family_hash"]
        others = [
            row
            for row in self._living.get(str(to.kept["address_hash"]), ())
            if row.id != besides
            and row.sealed is not None
            and not (mail_to is Party.REPRESENTATIVE and row.party == str(mail_to) and row.name_hash in to.names)
            and not (family is not None and row.family_hash == family and row.spelling == spelling.RULE)
        ]
        opened = {row.number for row in others[-MOST_OPENED:]}
        return tuple(
            row.number
            for row in others
            if (self._is_stranger(row, subject) if row.number in opened else None not in (family, row.family_hash))
        )

    def _is_stranger(self, row: Row[Any], subject: Marks) -> bool:
        if row.number not in self._called:
            self._called[row.number] = self._opened(row)
        other = self._called[row.number]
        return other is not None and not naming.may_be_one_family(subject.called, other)

    def _opened(self, row: Row[Any]) -> naming.Called | None:
        """Return how the subject of a case is called; None where they were erased at this very moment."""
        place = f"{row.number}/{Party.SUBJECT}"
        try:
            said = self._office.keys.get(row.number).open_json("person", "sealed", place, row.sealed)
        except KeyMissing:
            return None
        return naming.called(said["name"], said.get("kana"))


def _traits(stored: Mapping[Any, Any]) -> Traits:
    """Return what is known of a person beside the name; what was spelt by an earlier rule cannot be compared."""
    if stored["spelling"] != spelling.RULE:
        return Traits()
    return Traits(
        birth=stored["birth_hash"],
        address=stored["address_hash"],
        house=stored["house_hash"],
        phone=stored["phone_hash"],
        email=stored["email_hash"],
    )
