"""The papers somebody would send who reads what a file asks for: identity documents, proofs, forms, further papers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from workflows.law import Regime
from workflows.law.law import Paper
from workflows.law.proving import ANY, NO_PHOTO, PHOTO, Slot, Way, Where
from workflows.law.values import RepresentativeKind, Right
from workflows.request.values import AddressShown, Authority, Document, Masking, Party

_HELD = (
    "drivers_licence", "my_number_card", "passport", "resident_record", "eligibility_certificate", "seal_certificate",
    "identity_card", "pension_notebook",
)  # fmt: skip
"""What people hold, in the order in which they reach for it."""


class NothingFits(Exception):
    """Nobody can hold what is asked for: the message says of what."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: by which law (as the office applies it), for which rights, where it is looked at."""

    law: Regime
    rights: tuple[Right, ...]
    where: Where
    day: date


def documents(asked: Asked, holder: Party, kind: RepresentativeKind | None) -> tuple[Document, ...]:
    """Return papers that prove who somebody is, for each rule that holds. Raises NothingFits."""
    found: dict[str, Document] = {}
    for rule in asked.law.identity_rules(kind, asked.rights, asked.where):
        for document in _first(rule.enough, asked, holder):
            found.setdefault(document.type, document)
    return tuple(found.values())


def _first(ways: Iterable[Way], asked: Asked, holder: Party) -> tuple[Document, ...]:
    for way in ways:
        filled = _filled(way, asked, holder)
        if filled is not None:
            return filled
    raise NothingFits(f"no paper of the law's table fills what is asked for {asked.where}")


def _filled(way: Way, asked: Asked, holder: Party) -> tuple[Document, ...] | None:
    """Return a different paper for each slot, the most particular slot first; None where one finds none."""
    found: dict[Slot | int, Document] = {}
    taken: set[str] = set()
    for number, slot in sorted(enumerate(way), key=lambda each: ANY in each[1].of or PHOTO in each[1].of):
        paper = next((row for row in _fitting(slot, asked) if row.code not in taken), None)
        if paper is None:
            return None
        taken.add(paper.code)
        found[number] = _document(paper, slot, asked, holder)
    return tuple(found[number] for number in range(len(way)))


def _fitting(slot: Slot, asked: Asked) -> Iterator[Paper]:
    codes = [code for code in slot.of if code not in (PHOTO, NO_PHOTO, ANY)]
    every = sorted(asked.law.documents, key=lambda code: _HELD.index(code) if code in _HELD else len(_HELD))
    for code in (*codes, *every):
        row = asked.law.paper(code, asked.day)
        if row is None or row.never or row.optional or row.second_person:
            continue
        fits = code in codes or ANY in slot.of
        fits = fits or (PHOTO in slot.of and row.photograph is not False)
        fits = fits or (NO_PHOTO in slot.of and row.photograph is not True)
        if fits and not (slot.address and row.shows_address is False):
            yield row


def _document(paper: Paper, slot: Slot, asked: Asked, holder: Party) -> Document:
    return Document(
        holder=holder,
        type=paper.code,
        masking=Masking.MASKED,
        photo=PHOTO in slot.of if paper.photograph is None else paper.photograph,
        issued_on=asked.day - timedelta(days=10),
        expires_on=asked.day + timedelta(days=900) if paper.unexpired else None,
        address=AddressShown.NONE if paper.shows_address is False else AddressShown.STATED,
        name_matches=True,
        seal_matches=True,
        original=True,
    )


def proofs(asked: Asked, kind: RepresentativeKind) -> tuple[Authority, ...]:
    """Return what proves the right to represent, the first alternative that can be shown. Raises NothingFits."""
    rule = asked.law.representative_rule(kind)
    ways = rule.proofs if rule is not None and rule.proofs else _usual(asked, kind)
    for way in ways:
        types = [slot.of[0] for slot in way]
        return tuple(_authority(code, asked) for code in types)
    raise NothingFits(f"nothing proves the right of {kind}")


def _usual(asked: Asked, kind: RepresentativeKind) -> tuple[Way, ...]:
    return tuple(
        (Slot((code,)),)
        for (of, code), rows in asked.law.proofs.items()
        if of == kind and any((row.last is None or asked.day <= row.last) for row in rows)
    )


def _authority(code: str, asked: Asked) -> Authority:
    return Authority(
        type=code,
        issued_on=asked.day - timedelta(days=10),
        masking=Masking.MASKED,
        original=True,
        seal_matches=True,
        degree=1,
    )
