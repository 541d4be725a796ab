"""Whether two people of the same name are one person (F6, F7); docs/adr/0013 and 0037 say why.

What is compared are keyed hashes: whether two are equal is all that can be told of them. A hash is None where nothing
is known (or where it was made under an earlier rule of spelling).
"""

from dataclasses import dataclass
from enum import StrEnum


class Sameness(StrEnum):
    """What two people of the same name are to each other."""

    SAME = "same"
    """Something beside the name agrees, or the name is all that is known of one of them."""
    PERHAPS = "perhaps"
    """Nothing beside the name agrees, and nothing shows that they are two."""
    ANOTHER = "another"
    """They were born on different days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What is known of a person beside the name, as keyed hashes."""

    birth: str | None = None
    address: str | None = None
    house: str | None = None
    """The address without what says which room of a house: of one name, in one house."""
    phone: str | None = None
    email: str | None = None


def sameness(one: Traits, other: Traits) -> Sameness:
    """Judge two people of the same name.

    A birth date settles it where both are known: it is the one thing nobody changes. Addresses, telephones and e-mail
    can only speak for one person, never against: people move.
    """
    if one.birth is not None and other.birth is not None:
        return Sameness.SAME if one.birth == other.birth else Sameness.ANOTHER
    pairs = ((one.address, other.address), (one.house, other.house), (one.phone, other.phone), (one.email, other.email))
    compared = [(a, b) for a, b in pairs if a is not None and b is not None]
    if any(a == b for a, b in compared):
        return Sameness.SAME
    return Sameness.PERHAPS if compared else Sameness.SAME
