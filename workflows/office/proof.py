"""Who must prove what, with which papers: identity by place and right, and the right to represent."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workflows.law import Regime
from workflows.law.values import Right
from workflows.office.table import Fault, Table

if TYPE_CHECKING:
    from workflows.office.procedure import OfficeProcedure

KEYS: dict[str, str] = {}
"""What each key of this part means, for docs/procedure-file.md."""


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


def read(top: Table) -> ProofRules:
    """Return what the file says of identity and representation."""
    rules = top.each("identity", _identity, name="where")
    return ProofRules(
        identity=rules or (IdentityRule(),), representatives=top.each("representative", _representative, name="kind")
    )


def _identity(table: Table) -> IdentityRule:
    return IdentityRule(
        where=frozenset(table.members("where", Where, tuple(Where))),
        rights=table.rights(default=tuple(Right)),
        enough=_ways(table),
    )


def _ways(table: Table) -> tuple[tuple[tuple[str, ...], ...], ...]:
    ways = table.raw("enough")
    if not isinstance(ways, list) or not ways or not all(isinstance(way, list) and way for way in ways):
        table.refuse("office_proof.no_ways", key="enough")
        return ()
    return tuple(tuple(_slot(table, slot) for slot in way) for way in ways)


def _slot(table: Table, slot: object) -> tuple[str, ...]:
    codes = slot if isinstance(slot, list) else [slot]
    if not codes or not all(isinstance(code, str) for code in codes):
        table.refuse("office_proof.no_ways", key="enough")
        return ()
    return tuple(str(code) for code in codes)


def _representative(table: Table) -> RepresentativeRule:
    proofs = table.raw("proofs")
    if not isinstance(proofs, list) or not proofs or not all(isinstance(way, list) and way for way in proofs):
        table.refuse("office_proof.no_ways", key="proofs")
        proofs = []
    return RepresentativeRule(
        kind=table.text("kind"),
        proofs=tuple(tuple(code for proof in way for code in _slot(table, proof)) for way in proofs),
        answer_to=table.optional("answer_to"),
    )


def forbidden(whole: "OfficeProcedure", regime: Regime) -> Iterator[Fault]:
    """Yield what the law forbids of it."""
    yield from ()
