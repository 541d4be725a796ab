"""What people state of themselves, as commitments: evidence is compared with these, never with the words.

Each is keyed with the case's own key, so that it says nothing once that key is destroyed, and equal commitments of two
cases say nothing about one person. Text is committed to as it is compared (workflows.request.spelling): another
spelling of the same address is the same address.
"""

from collections.abc import Mapping
from dataclasses import replace

from models.keys import CaseKey
from workflows.request import spelling
from workflows.request.kept import amended
from workflows.request.values import Party, Person, Stated

_ADDRESS = frozenset({"address", "postcode", "country"})


def stated(person: Person, key: CaseKey) -> Stated:
    """Return the commitments of one person."""
    address = f"{spelling.place(person.address, person.postcode)}/{person.country or 'JP'}" if person.address else ""
    born = person.birth_date.isoformat() if person.birth_date is not None else ""
    return Stated(
        name=_commitment(key, "name", spelling.letters(person.name)),
        address=_commitment(key, "address", address),
        birth=_commitment(key, "birth", born),
    )


def after_amendment(
    before: Mapping[Party, Stated],
    people: Mapping[Party, Person],
    given: Mapping[Party, Mapping[str, object]],
    key: CaseKey,
) -> dict[Party, Stated]:
    """Return what the people would state with the keys *given* in place of theirs.

    Only what was given is committed to anew: a rule of spelling that changes later makes no paper stale by itself.
    """
    found = dict(before)
    for party, changes in given.items():
        if not changes:
            continue
        now = stated(amended(people.get(party), changes), key)
        old = before.get(party)
        found[party] = now if old is None else replace(
            old,
            name=now.name if "name" in changes else old.name,
            address=old.address if _ADDRESS.isdisjoint(changes) else now.address,
            birth=now.birth if "birth_date" in changes else old.birth,
        )  # fmt: skip
    return found


def _commitment(key: CaseKey, what: str, text: str) -> str | None:
    return key.commitment(f"stated/{what}/{text}".encode())[:32] if text else None
