"""Small numbers kept back: nothing kept back can be reckoned, and nothing is kept back without need."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.suppressing import kept_back

Cell = tuple[int, int]


def a_table(rows: Sequence[Sequence[int]]) -> tuple[dict[Cell, int], list[dict[Cell, int]]]:
    """Return the cells of a table with its sums at the end of each row and column, and what these say."""
    full = [[*row, sum(row)] for row in rows]
    full.append([sum(column) for column in zip(*full, strict=True)])
    cells = {(r, c): number for r, row in enumerate(full) for c, number in enumerate(row)}
    last_row, last_column = len(full) - 1, len(full[0]) - 1
    sums = [{**{(r, c): 1 for c in range(last_column)}, (r, last_column): -1} for r in range(len(full))]
    sums += [{**{(r, c): 1 for r in range(last_row)}, (last_row, c): -1} for c in range(len(full[0]))]
    return cells, sums


def reckoned(hidden: set[Cell], sums: Sequence[Mapping[Cell, int]]) -> set[Cell]:
    """Return what follows from the sums, by fractions and whole rows: another way than the product's."""
    names = sorted(hidden)
    rows = [[Fraction(one.get(name, 0)) for name in names] for one in sums]
    done = 0
    for column in range(len(names)):
        pivot = next((r for r in range(done, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [number / rows[done][column] for number in rows[done]]
        for r, row in enumerate(rows):
            if r != done and row[column]:
                rows[r] = [a - row[column] * b for a, b in zip(row, rows[done], strict=True)]
        done += 1
    alone = [[n for n, number in enumerate(row) if number] for row in rows]
    return {names[found[0]] for found in alone if len(found) == 1}


tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0, 0, 1, 2, 3, 5, 9, 40]), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(tables, st.integers(1, 5))
@settings(max_examples=300, deadline=None)
def test_nothing_kept_back_follows_from_what_is_shown(rows: list[list[int]], threshold: int) -> None:
    cells, sums = a_table(rows)
    total = max(cells)

    hidden = kept_back(cells, sums, threshold, shown={total})

    assert {cell for cell, number in cells.items() if 0 < number < threshold} - {total} <= hidden
    if hidden != set(cells):  # where all of it is kept back there is nothing to reckon with
        assert reckoned(hidden, sums) == set()


@given(tables)
def test_nothing_is_kept_back_where_no_number_is_small(rows: list[list[int]]) -> None:
    cells, sums = a_table(rows)

    assert kept_back(cells, sums, threshold=1) == set()


def test_what_is_left_of_a_sum_does_not_tell_each_of_two_small_numbers() -> None:
    cells: dict[Any, int] = {"a": 1, "b": 1, "c": 7, "d": 20, "all": 29}
    sums = [{"a": 1, "b": 1, "c": 1, "d": 1, "all": -1}]

    hidden = kept_back(cells, sums, 3, shown={"all"})

    assert hidden == {"a", "b", "c"}
    possible = [
        found for found in product(range(1, 10), repeat=3) if sum(found) == 29 - cells["d"]
    ]  # what somebody who knows all that is shown must reckon with
    assert len({found[0] for found in possible}) > 3


def test_the_least_that_says_something_goes_with_a_number_that_would_follow() -> None:
    cells: dict[Any, int] = {"refused": 2, "withdrawn": 4, "lapsed": 0, "fulfilled": 30, "all": 36}
    sums = [{"refused": 1, "withdrawn": 1, "lapsed": 1, "fulfilled": 1, "all": -1}]

    assert kept_back(cells, sums, 3, shown={"all"}) == {"refused", "withdrawn"}


@given(st.lists(st.integers(1, 6), min_size=1, max_size=5), st.integers(2, 5))
def test_whoever_knows_that_none_kept_back_is_nothing_learns_none_of_them(numbers: list[int], threshold: int) -> None:
    cells: dict[Any, int] = {**dict(enumerate(numbers)), "all": sum(numbers)}
    parts_of: dict[Any, int] = dict.fromkeys(range(len(numbers)), 1)
    sums = [{**parts_of, "all": -1}]

    hidden = kept_back(cells, sums, threshold, shown={"all"})

    parts = sorted(cell for cell in hidden if cell != "all")
    if parts and "all" not in hidden:
        left = sum(cells[part] for part in parts)
        most = threshold - 1 if all(cells[part] < threshold for part in parts) else left
        possible = [found for found in product(range(1, most + 1), repeat=len(parts)) if sum(found) == left]
        assert all(len({found[n] for found in possible}) > 1 for n in range(len(parts)))


def test_three_grounds_of_three_refusals_are_not_told_by_their_sum() -> None:
    cells: dict[Any, int] = {"harm": 1, "record": 1, "other": 1, "refused": 3, "granted": 20, "all": 23}
    sums = [{"harm": 1, "record": 1, "other": 1, "refused": -1}, {"refused": 1, "granted": 1, "all": -1}]

    hidden = kept_back(cells, sums, 3, shown={"all"})

    assert hidden == {"harm", "record", "other", "refused", "granted"}


def test_two_numbers_as_large_as_small_ones_can_be_are_not_told_by_their_sum() -> None:
    cells: dict[Any, int] = {"a": 2, "b": 2, "c": 9, "all": 13}
    sums = [{"a": 1, "b": 1, "c": 1, "all": -1}]

    assert kept_back(cells, sums, 3, shown={"all"}) == {"a", "b", "c"}
