"""What is kept of people to find the same ones again: keyed hashes, and what a look-up asks for.

Whoever looks asks for every key of a name (`workflows.request.naming.keys`), and finds whoever keeps one of them. What
only tells namesakes apart is hashed together with the key: of two people of different names nobody can see that they
were born on the same day.
"""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from models.keys import Keys
from services.engine.office import Office
from workflows.request import naming, paper_numbers, spelling
from workflows.request.sameness import Traits
from workflows.request.values import Person

Hashes = dict[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Marks:
    """One person as they are compared with others.

    ``names`` are the hashes of every key of the name, each with its key; the first one is kept. ``kept`` are the
    columns `models.person.LOOKED_UP`; ``said`` is what is known beside the name, as it is spelt to be compared. All
    hashes are of that ``stage`` (`models.lookups`).
    """

    called: naming.Called
    names: dict[str, str]
    kept: Hashes
    said: dict[str, str]
    stage: int

    def traits(self, name_hash: str, office: Office) -> Traits:
        """Return what is known beside the name, hashed as whoever keeps this hash of a name has it."""
        hashed = {kind: office.lookup(kind, f"{self.names[name_hash]}/{text}") for kind, text in self.said.items()}
        return Traits(address=_text(self.kept["address_hash"]), **hashed)

    @property
    def looked_up(self) -> frozenset[str]:
        """Return every hash by which this person is found, or finds others."""
        found = (*self.names, self.kept["address_hash"], self.kept["reading_hash"])
        return frozenset(str(each) for each in found if each is not None)


_MARKED: WeakKeyDictionary[Keys, WeakKeyDictionary[Person, Marks]] = WeakKeyDictionary()
"""What was hashed of people who are still in somebody's hands: one order asks several times."""


def marks(who: Person, office: Office) -> Marks:
    """Return a person as they are compared with others."""
    known = _MARKED.setdefault(office.keys, WeakKeyDictionary())
    found = known.get(who)
    if found is None or found.stage != office.stage:
        found = known[who] = _marks(who, office)
    return found


def hashes(who: Person, office: Office) -> Hashes:
    """Return the keyed hashes by which a person is found again: the columns `models.person.LOOKED_UP`."""
    return marks(who, office).kept


def _marks(who: Person, office: Office) -> Marks:
    def hashed(kind: str, text: str) -> str | None:
        return office.lookup(kind, text) if text else None

    called = naming.called(who.name, who.kana)
    # Whoever was hashed by a rule before the fourth is found by that rule's key, until their hashes are made anew.
    every = dict.fromkeys((*naming.keys(called), spelling.letters(who.name)))
    names = {office.lookup("name", key): key for key in every}
    born = who.birth_date.isoformat() if who.birth_date else ""
    said = {
        "birth": born,
        "phone": spelling.telephone(who.phone or ""),
        "email": spelling.mail(who.email or ""),
        "house": spelling.house(who.address, who.postcode) if who.address else "",
    }
    said = {kind: text for kind, text in said.items() if text}
    name, key = next(iter(names.items()))
    beside = {kind: hashed(kind, f"{key}/{text}") for kind, text in said.items()}
    kept: Hashes = {
        "name_hash": name,
        "family_hash": hashed("family", " ".join(called.family)),
        "address_hash": hashed("address", spelling.place(who.address, who.postcode) if who.address else ""),
        "reading_hash": hashed("reading", f"{called.kana}/{born}" if called.kana and born else ""),
        "birth_hash": beside.get("birth"),
        "phone_hash": beside.get("phone"),
        "email_hash": beside.get("email"),
        "house_hash": beside.get("house"),
        "spelling": spelling.RULE,
    }
    return Marks(called, names, kept, said, office.stage)


def number_hash(document_type: str, number: str | None, office: Office) -> str | None:
    """Return the keyed hash of an identity document's number: one for all papers that are numbered together."""
    compared = paper_numbers.compared(document_type, number) if number else ""
    return office.lookup("document", f"{paper_numbers.kind(document_type)}/{compared}") if compared else None


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)
