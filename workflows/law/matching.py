"""Whether papers fill the slots of a rule: a small exact matching problem, solved exactly.

Each slot wants one paper, each KIND of paper fills one slot at most, and of some groups of kinds one alone counts. A
slot takes several kinds and a kind fits several slots, so that whoever gives the first slot the first paper that fits
may ask for one that is not needed. Here every set of slots that can be filled is looked at, and the filling that leaves
the fewest papers to be sent, and of those the fewest to be masked, is the answer. Of a group, each choice of the one
that counts is tried.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from workflows.law.proving import ANY, IdentityRule, Slot, Way


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of paper that a case has: which slots it fills as it is, and which once something on it is masked."""

    code: str
    fills: frozenset[Slot]
    fills_masked: frozenset[Slot] = frozenset()


@dataclass(frozen=True, slots=True)
class Filled:
    """One way and how far the papers go: the slots that are left, and the kinds that must be masked for the others."""

    way: Way
    missing: Way
    to_mask: tuple[str, ...]
    used: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left."""
        return not self.missing

    @property
    def other_than_used(self) -> Way:
        """The missing slots without the papers that fill others: each must be of another kind."""
        return tuple(
            replace(slot, of=left) if (left := tuple(code for code in slot.of if code not in self.used)) else slot
            for slot in self.missing
        )

    @property
    def cost(self) -> tuple[int, int]:
        """How many papers are still to be sent, and how many to be masked."""
        return len(self.missing), len(self.to_mask)


def fill(way: Way, kinds: Sequence[Kind], only_one_of: Iterable[frozenset[str]] = ()) -> Filled:
    """Return the filling that leaves the fewest slots and, of those, has the fewest papers to be masked."""
    ordered = sorted(kinds, key=lambda kind: kind.code)
    return min(
        (_filled(way, chosen) for chosen in _choices(ordered, tuple(only_one_of))), key=lambda f: (f.cost, f.used)
    )


def fillings(rule: IdentityRule, kinds: Sequence[Kind]) -> list[Filled]:
    """Return the filling of each way of a rule, in their order."""
    return [fill(way, kinds, rule.only_one_of) for way in rule.enough]


def _choices(kinds: Sequence[Kind], groups: Sequence[frozenset[str]]) -> Iterator[list[Kind]]:
    """Yield the kinds that count for each choice of the one that counts in each group."""
    have = {kind.code for kind in kinds}
    held = [sorted(group & have) for group in groups if len(group & have) > 1]
    for chosen in product(*held):
        barred = {code for group, one in zip(held, chosen, strict=True) for code in group if code != one}
        yield [kind for kind in kinds if kind.code not in barred]


def _filled(way: Way, kinds: Sequence[Kind]) -> Filled:
    """Return the best filling, kind by kind: for each set of slots that can be filled, the least that must be masked.

    A way has a few slots, so its sets of slots are few, and each is looked at once for each kind.
    """
    best: dict[frozenset[int], tuple[int, tuple[str, ...], tuple[str, ...]]] = {frozenset(): (0, (), ())}
    for kind in kinds:
        for filled, (count, masked, used) in list(best.items()):
            for number, slot in enumerate(way):
                if number in filled or slot not in kind.fills | kind.fills_masked:
                    continue
                open_ = slot not in kind.fills
                found = count + open_, (*masked, kind.code) if open_ else masked, (*used, kind.code)
                then = filled | {number}
                if then not in best or found < best[then]:
                    best[then] = found
    filled, (_, masked, used) = min(best.items(), key=lambda one: (-len(one[0]), one[1], sorted(one[0])))
    missing = tuple(slot for number, slot in enumerate(way) if number not in filled)
    return Filled(way, missing, masked, used)


# ---- what is still to be sent ---------------------------------------------------------------------------------------


def easiest(fillings: Sequence[Filled]) -> list[Filled]:
    """Return the ways worth telling, the fewest papers first: none that asks for all another does and more."""
    ordered = sorted(fillings, key=lambda filled: filled.cost)
    told: list[Filled] = []
    for filled in ordered:
        if not any(_no_harder(before.missing, filled.missing) for before in told):
            told.append(filled)
    return told


def together(rules: Sequence[Sequence[Way]]) -> list[Way]:
    """Return what is to be sent for several rules at once: one paper serves each of them where it can."""
    found: list[Way] = [()]
    for ways in rules:
        found = [_joined(one, another) for one in found for another in ways]
    told: list[Way] = []
    for way in sorted(dict.fromkeys(found), key=len):
        if not any(_no_harder(before, way) for before in told):
            told.append(way)
    return told


def _joined(one: Way, another: Way) -> Way:
    """Return the slots of both, those that one paper can fill together counted once."""
    pairs: dict[int, int] = {}
    for number in range(len(one)):
        _pair(number, one, another, pairs, set())
    paired = {number: _both(one[number], another[other]) for other, number in pairs.items()}
    rest = [slot for other, slot in enumerate(another) if other not in pairs]
    return (*(paired.get(number) or slot for number, slot in enumerate(one)), *rest)


def _pair(number: int, one: Way, another: Way, pairs: dict[int, int], seen: set[int]) -> bool:
    return _match(number, len(another), lambda n, o: _both(one[n], another[o]) is not None, pairs, seen)


def _match(number: int, others: int, fits: Callable[[int, int], bool], pairs: dict[int, int], seen: set[int]) -> bool:
    for other in range(others):
        if other in seen or not fits(number, other):
            continue
        seen.add(other)
        if other not in pairs or _match(pairs[other], others, fits, pairs, seen):
            pairs[other] = number
            return True
    return False


def _both(one: Slot, another: Slot) -> Slot | None:
    """Return the slot whose papers fill both; None where that is no list of papers."""
    if another.of in (one.of, (ANY,)):
        of = one.of
    elif one.of == (ANY,):
        of = another.of
    else:
        of = tuple(code for code in one.of if code in another.of)
    if not of:
        return None
    ages = [age for age in (one.within, another.within) if age is not None]
    return Slot(
        of,
        original=one.original or another.original,
        within=min(ages, key=lambda age: age.at_most_days, default=None),
        address=one.address or another.address,
    )


def _no_harder(one: Way, another: Way) -> bool:
    """Whether whoever has papers for *another* has them for *one*: each slot of one is met by one of the other's."""
    pairs: dict[int, int] = {}
    return len(one) <= len(another) and all(
        _match(number, len(another), lambda n, o: _as_easy(one[n], another[o]), pairs, set())
        for number in range(len(one))
    )


def _as_easy(one: Slot, another: Slot) -> bool:
    """Whether every paper that fills *another* fills *one*."""
    if not (ANY in one.of or set(another.of) <= set(one.of)):
        return False
    if (one.original and not another.original) or (one.address and not another.address):
        return False
    if one.within is None:
        return True
    return another.within is not None and another.within.at_most_days <= one.within.at_most_days
