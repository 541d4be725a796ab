"""Small numbers kept back from tables that others read: where a number is small it may point at one person. Pure.

A cell from 1 up to the threshold is kept back (primary suppression), and then as many others as it takes (complementary
suppression), so that no cell kept back can be reckoned from those shown and from the sums between them, and that those
kept back of one sum do not come to less than the threshold, nor to so much or so little that each of them is known. The
method is that of public statistics: A. Hundepool et al., Statistical Disclosure Control (2012), ch. 4. What it does not
see: tables of other days, whose difference is one case. So only a lead has such tables (`services.reports.lots`).
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

Cell = TypeVar("Cell", bound=Hashable)
_PRIME = 2_147_483_647


def kept_back(
    cells: Mapping[Cell, int],
    sums: Sequence[Mapping[Cell, int]],
    threshold: int,
    shown: AbstractSet[Cell] = frozenset(),
    rather: AbstractSet[Cell] = frozenset(),
) -> set[Cell]:
    """Return the cells that must not be shown; *shown* are those that are, however small, unless nothing else helps.

    Those that are wanted *rather* than others are kept back for the sake of another number only where no other helps.

    The numbers are not negative. ``sums`` say which cells come to nothing together ({part: 1, part: 1, whole: -1}):
    that is what others can reckon with; a cell none of them has stands alone.
    """
    hidden = {cell for cell, number in cells.items() if 0 < number < threshold and cell not in shown}
    of: dict[Cell, list[Mapping[Cell, int]]] = {}
    for one in sums:
        for cell in one:
            of.setdefault(cell, []).append(one)
    while True:
        weak = [[one for one in of.get(cell, ()) if len(one) > 1] for cell in _reckoned(hidden, sums)]
        weak += [[one] for one in sums if _little(one, cells, hidden, threshold)]
        more = {found for group in weak if (found := _next(group, cells, hidden, shown, rather)) is not None}
        if not more:
            return hidden
        hidden |= more


def _little(one: Mapping[Cell, int], cells: Mapping[Cell, int], hidden: AbstractSet[Cell], threshold: int) -> bool:
    """Whether what is kept back of a sum whose whole is shown says by how much it comes to what each of it is.

    So it does where it is little; where each can only be 1, for what is kept back is hardly ever nothing; and where all
    are small and each can only be as large as a small number is.
    """
    parts = [cells[cell] for cell, sign in one.items() if sign > 0 and cell in hidden]
    whole_shown = not any(cell in hidden for cell, sign in one.items() if sign < 0)
    if not parts or not whole_shown:
        return False
    all_small = max(parts) < threshold
    little = len(parts) < 3 and sum(parts) < threshold
    return little or sum(parts) == len(parts) or (all_small and sum(parts) == len(parts) * (threshold - 1))


def _next(
    group: Iterable[Mapping[Cell, int]],
    cells: Mapping[Cell, int],
    hidden: AbstractSet[Cell],
    shown: AbstractSet[Cell],
    rather: AbstractSet[Cell],
) -> Cell | None:
    """Return the cell of these sums that is kept back next: the least that says something; None where none is left."""
    free = [cell for one in group for cell in one if cell not in hidden]
    return min(
        free, key=lambda cell: (cell in shown, cell in rather, cells[cell] == 0, cells[cell], str(cell)), default=None
    )


def _reckoned(hidden: AbstractSet[Cell], sums: Iterable[Mapping[Cell, int]]) -> list[Cell]:
    """Return those cells kept back that follow from what is shown: the sums solved for them (Gauss and Jordan)."""
    solved: dict[Cell, dict[Cell, int]] = {}
    for one in sums:
        row = {cell: sign % _PRIME for cell, sign in one.items() if cell in hidden}
        for cell in [cell for cell in row if cell in solved]:
            _subtract(row, solved[cell], row[cell])
        if not row:
            continue
        pivot = next(iter(row))
        inverse = pow(row[pivot], -1, _PRIME)
        row = {cell: number * inverse % _PRIME for cell, number in row.items()}
        for other in solved.values():
            if pivot in other:
                _subtract(other, row, other[pivot])
        solved[pivot] = row
    return [cell for cell, row in solved.items() if len(row) == 1]


def _subtract(row: dict[Cell, int], other: Mapping[Cell, int], times: int) -> None:
    for cell, number in other.items():
        left = (row.get(cell, 0) - times * number) % _PRIME
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)
