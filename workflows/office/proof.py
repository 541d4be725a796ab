"""Who must prove what, with which papers: identity by place and right, and the right to represent."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.law.values import Right


class Where(StrEnum):
    """Where papers are looked at."""

    POST = "post"
    COUNTER = "counter"
    ELECTRONIC = "electronic"


PHOTO, NO_PHOTO, ANY = "photo", "no_photo", "any"
"""Slots that any paper of the regime's table may fill which bears a photograph, bears none, or either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRule:
    """Alternatives, any one of which proves who somebody is; each a list of slots for different papers.

    A slot is PHOTO, NO_PHOTO, ANY, the code of a document, or several codes of which one will do.
    """

    where: frozenset[Where] = frozenset(Where)
    rights: frozenset[Right] = frozenset(Right)
    enough: tuple[tuple[tuple[str, ...], ...], ...] = (((PHOTO,),), ((NO_PHOTO,), (NO_PHOTO,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentativeRule:
    """What proves one kind of representation: alternatives, each a list of proofs that must all be there."""

    kind: str
    proofs: tuple[tuple[str, ...], ...]
    answer_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRules:
    """All that is said of papers; nothing: the source's rule and the regime's tables."""

    identity: tuple[IdentityRule, ...] = (IdentityRule(),)
    representatives: tuple[RepresentativeRule, ...] = ()
