"""What of a rule on identity is still missing: the rule that holds, the papers that fill it, what is to be sent. Pure.

Which rule holds depends on what is asked for, on whose identity it is about, and on where the papers were looked at.
Papers count under the rule of the place where they were looked at; those shown at the counter, where their owner stood
beside them, under that of the post too. It is enough that one of the rules is satisfied.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from workflows.law.law import SOURCE_RULE, Paper, Regime
from workflows.law.matching import Filled, Kind, easiest, fillings, together
from workflows.law.proving import ANY, NO_PHOTO, PHOTO, SOURCE_WAYS, IdentityRule, Slot, Way, Where
from workflows.law.values import RepresentativeKind, Right
from workflows.request.values import AddressShown, Document

Counted = list[tuple[Document, Paper]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a proof of identity is for: the rights asked for, whose identity (None: the subject's), and where."""

    rights: tuple[Right, ...] = tuple(Right)
    kind: RepresentativeKind | None = None
    where: Where = Where.POST


EVERYTHING = Asked()


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is still to be sent: ``ways``, any one of them, the fewest papers first; none: nothing but the masking.

    ``unfit`` are papers of the table that fill no slot, with the code that says why. ``by_the_source``: the rule is
    the source's. ``have`` are the kinds of papers that count for the rest of
    them, and ``classes`` what these are: of a class that is there the next one must be of another kind.
    """

    ways: tuple[Way, ...] = ()
    to_mask: tuple[tuple[Document, Paper], ...] = ()
    unfit: tuple[tuple[str, Document], ...] = ()
    by_the_source: bool = True
    have: tuple[str, ...] = ()
    classes: frozenset[str] = frozenset()


def lacking(counted: Counted, pending: Counted, regime: Regime, asked: Asked) -> Lacking:
    """Return what is still missing, the least there is; of rules of several places that of the place it is asked at."""
    found: list[tuple[tuple[int, int, int], bool, Lacking]] = []
    for places, rules in _rules(regime, asked):
        then = [pair for pair in pending if _counts_in(pair[0], places)]
        one = _of_rules(rules, [pair for pair in counted if _counts_in(pair[0], places)], then)
        if not one.ways and not one.to_mask:
            return one
        papers = min((len(way) for way in one.ways), default=0)
        found.append(((papers, len(one.to_mask), len(found)), asked.where in places, one))
    complete = [one for one in found if not one[0][0]]  # masking alone is less than any paper, wherever it was
    here = [one for one in found if one[1]]
    return min(complete or here or found, key=lambda one: one[0])[2]


def _rules(regime: Regime, asked: Asked) -> Iterator[tuple[frozenset[Where], tuple[IdentityRule, ...]]]:
    """Yield the rules that hold, each with the places where they do."""
    by_rules: dict[tuple[int, ...], tuple[set[Where], tuple[IdentityRule, ...]]] = {}
    for place in Where:
        rules = regime.identity_rules(asked.kind, asked.rights, place)
        key = tuple(sorted(id(rule) for rule in rules))
        by_rules.setdefault(key, (set(), rules))[0].add(place)
    for places, rules in by_rules.values():
        yield frozenset(places), rules


def _counts_in(document: Document, places: frozenset[Where]) -> bool:
    return document.looked_at in places or (document.looked_at is Where.COUNTER and Where.POST in places)


def _of_rules(rules: Sequence[IdentityRule], counted: Counted, pending: Counted) -> Lacking:
    """Return what is missing of all these rules at once."""
    counted, pending = list(counted), list(pending)
    masked: list[tuple[Document, Paper]] = []
    ways: list[list[Way]] = []
    have: set[str] = set()
    for rule in rules:
        best = easiest(fillings(rule, _kinds(rule, counted, pending)))
        if best[0].cost == (0, 0):
            continue
        fewest = [filled for filled in best if len(filled.missing) == len(best[0].missing)]
        if not best[0].is_complete:
            ways.append([filled.other_than_used for filled in best])
            have |= {code for filled in best for code in filled.used}
        else:
            fewest = fewest[:1]
        wanted = _wanted(rule, fewest, pending)
        masked += wanted
        counted += wanted  # what is masked for one rule serves the next
        pending = [pair for pair in pending if pair not in wanted]
    return Lacking(
        ways=tuple(together(ways)) if ways else (),
        to_mask=tuple(masked),
        unfit=tuple(_unfit(rules, counted)) if ways else (),
        by_the_source=all(_is_the_sources(rule) for rule in rules),
        have=tuple(sorted(have)),
        classes=_classes([pair for pair in [*counted, *pending] if pair[0].type in have]),
    )


def _classes(papers: Counted) -> frozenset[str]:
    return frozenset({ANY, *(PHOTO if has_photograph(*pair) else NO_PHOTO for pair in papers)})


def _is_the_sources(rule: IdentityRule) -> bool:
    return rule is SOURCE_RULE or (rule.enough == SOURCE_WAYS and not rule.only_one_of and rule.undated_within is None)


def _kinds(rule: IdentityRule, counted: Counted, pending: Counted) -> list[Kind]:
    slots = {slot for way in rule.enough for slot in way}
    codes = sorted({document.type for document, _ in [*counted, *pending]})
    return [Kind(code, _filled(slots, rule, counted, code), _filled(slots, rule, pending, code)) for code in codes]


def _filled(slots: Iterable[Slot], rule: IdentityRule, papers: Counted, code: str) -> frozenset[Slot]:
    of_kind = [pair for pair in papers if pair[0].type == code]
    return frozenset(slot for slot in slots if any(_why_not(slot, rule, *pair) is None for pair in of_kind))


def _wanted(rule: IdentityRule, best: Sequence[Filled], pending: Counted) -> Counted:
    """Return the papers to be masked, one of each kind that is needed."""
    codes = sorted({code for filled in best for code in filled.to_mask})
    found: Counted = []
    for code in codes:
        slots = {slot for filled in best if code in filled.to_mask for slot in filled.way}
        fitting = [
            pair
            for pair in pending
            if pair[0].type == code and any(_why_not(slot, rule, *pair) is None for slot in slots)
        ]
        found += fitting[:1]
    return found


def _unfit(rules: Sequence[IdentityRule], counted: Counted) -> Iterator[tuple[str, Document]]:
    """Yield the papers of the table that fill no slot of any rule, with what is wrong with them there."""
    for document, paper in counted:
        whys = [_why_not(slot, rule, document, paper) for rule in rules for way in rule.enough for slot in way]
        if None not in whys:
            yield min((why for why in whys if why is not None), key=_PLAINEST.index), document


_PLAINEST = (
    "identity.not_original",
    "identity.issue_not_recorded",
    "identity.older_than_asked",
    "identity.shows_no_address",
    "identity.not_of_the_rule",
)
"""Why a paper fills no slot, what is nearest to filling one first."""


def _why_not(slot: Slot, rule: IdentityRule, document: Document, paper: Paper) -> str | None:
    """Return why a paper does not fill a slot; None where it does."""
    if not _is_of(slot, document, paper):
        return "identity.not_of_the_rule"
    if slot.address and not shows_stated_address(document, paper):
        return "identity.shows_no_address"
    undated = rule.undated_within if document.expires_on is None else None
    for age in (slot.within, undated):
        if age is not None and document.issued_on is None:
            return "identity.issue_not_recorded"
        if age is not None and not age.covers(document.issued_on or date.min, document.arrived_on or date.max):
            return "identity.older_than_asked"
    return "identity.not_original" if slot.original and not document.is_original else None


def _is_of(slot: Slot, document: Document, paper: Paper) -> bool:
    if document.type in slot.of or ANY in slot.of:
        return True
    return (PHOTO if has_photograph(document, paper) else NO_PHOTO) in slot.of


def may_fill(slot: Slot, paper: Paper) -> bool:
    """Whether a paper of that row can be one that a slot takes, whatever its reader says of it."""
    if paper.code in slot.of or ANY in slot.of:
        return True
    return (PHOTO in slot.of and paper.photograph is not False) or (
        NO_PHOTO in slot.of and paper.photograph is not True
    )


def has_photograph(document: Document, paper: Paper) -> bool:
    """Tell whether a document counts as one with a photograph.

    A card that usually has one and shows none (a small child's) counts as a document without; a paper that never has
    one cannot gain it by what is recorded.
    """
    if paper.photograph is None:
        return document.photo is True
    return paper.photograph and document.photo is not False


def shows_stated_address(document: Document, paper: Paper) -> bool:
    """Whether it is evidence of the address the person stated."""
    return document.address is AddressShown.STATED and address_is_evidence(document, paper)


def address_is_evidence(document: Document, paper: Paper) -> bool:
    """Whether an address on it is evidence of where somebody lives: one its holder wrote in is none."""
    if paper.shows_address is False or document.address is AddressShown.HANDWRITTEN:
        return False
    if paper.address_issued_before is None:
        return True
    return document.issued_on is not None and document.issued_on < paper.address_issued_before
