"""Figures for whoever is no lead: whole lots of whole months, so that no two answers differ by one person."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine

from models import tally
from services.engine import counting
from services.reports import stats
from services.reports.lots import InLots, months_over, whole_months
from services.reports.stats import Asked
from services.reports.sums import Sums

LOT = 5
FIRST = date(2026, 1, 1)
MONTHS = [(date(2026, month, 1), months_over(date(2026 + month // 12, month % 12 + 1, 1))) for month in range(1, 13)]
ENDS = ("fulfilled", "refused", "withdrawn")
RIGHTS = ("disclosure", "correction", "halt_use")
SPANS = [(since, until) for since, until in product([None, *(m[0] for m in MONTHS)], [m[1] for m in MONTHS])
         if since is None or since <= until]  # fmt: skip

Life = tuple[int, int, str, str]
lives = st.lists(
    st.tuples(st.integers(0, 364), st.integers(0, 60), st.sampled_from(ENDS), st.sampled_from(RIGHTS)), max_size=60
)


@pytest.fixture(scope="module")
def nothing_kept() -> Iterator[Connection]:
    """A database in which no sum is kept: everything waits."""
    engine = create_engine("sqlite://")
    with engine.connect() as db:
        tally.tally.create(db)
        yield db
    engine.dispose()


def sums_of(people: list[Life]) -> counting.Sums:
    sums: counting.Sums = {}
    for came, took, end, right in people:
        ended = FIRST + timedelta(days=came + took)
        counted = [(FIRST + timedelta(days=came), "received"), (ended, f"closed:{end}"), (ended, f"days:all:{took}"),
                   (ended, f"outcome:{right}:{'refused' if end == 'refused' else 'granted'}")]  # fmt: skip
        for (day, what), head in product(counted, (("all", ""), ("right", right))):
            for unit, span in (("day", day.isoformat()), ("month", day.isoformat()[:7])):
                sums.setdefault(("request", head[0], unit, span, head[1]), Counter())[what] += 1
    return sums


def numbers(told: dict[str, Any]) -> dict[tuple[str, ...], int]:
    """Return every number of a row, by its name."""
    found: dict[tuple[str, ...], int] = {(name,): told[name] for name in (*stats.FLOWS, *stats.PLAIN) if name in told}
    found |= {("ended", name): number for name, number in told["endings"].items()}
    return found | {(of, name): n for of, by_name in told["outcomes"].items() for name, n in by_name.items()}


def answer(sums: Sums, asked: Asked) -> dict[tuple[str, ...], int]:
    """Return every number of an answer, by its row and its name."""
    told = stats._of_procedure(sums, "request", asked, asked.by, LOT if asked.in_lots else 1)
    found = {("", *name): number for name, number in numbers(told).items()}
    for row in told["rows"]:
        found |= {(row["what"], *name): number for name, number in numbers(row).items()}
    return found


@given(lives)
@settings(max_examples=8, deadline=None)
def test_no_two_answers_differ_by_less_than_a_lot(nothing_kept: Connection, people: list[Life]) -> None:
    waiting = sums_of(people)
    in_lots, exact = InLots(nothing_kept, waiting, 0, LOT), Sums(nothing_kept, waiting, 0)
    told: set[int] = {0}

    for (since, until), by in product(SPANS[::4], (None, "right", "month")):
        lots = answer(in_lots, Asked(since, until, by, in_lots=True))
        true = answer(exact, Asked(since, until, by, in_full=True))
        told |= set(lots.values())
        for name, number in lots.items():
            if name[-1] in ("carried_over", "open"):  # what came, less what went: off by both
                assert abs(number - true.get(name, 0)) <= 2 * (LOT - 1), name
            else:
                assert abs(number - true.get(name, 0)) < LOT, name

    assert {(one - other) % LOT for one in told for other in told} == {0}
    assert None not in told


def test_one_person_who_completes_no_lot_changes_no_answer(nothing_kept: Connection) -> None:
    others: list[Life] = [(day * 9, 10, "fulfilled", "disclosure") for day in range(22)]
    with_her = sums_of([*others, (180, 10, "refused", "correction")])

    for (since, until), by in product(SPANS[::2], (None, "right", "month")):
        asked = Asked(since, until, by, in_lots=True)
        assert answer(InLots(nothing_kept, sums_of(others), 0, LOT), asked) == answer(
            InLots(nothing_kept, with_her, 0, LOT), asked
        )


def test_months_add_up_to_their_span(nothing_kept: Connection) -> None:
    sums = InLots(nothing_kept, sums_of([(day * 3, 7, "fulfilled", "disclosure") for day in range(120)]), 0, LOT)

    months = stats._of_procedure(sums, "request", Asked(None, MONTHS[-1][1], "month", in_lots=True), "month", LOT)

    assert sum(row["received"] for row in months["rows"]) == months["received"] == 120
    assert [row["what"] for row in months["rows"]] == [f"2026-{month:02}" for month in range(1, 13)]
    assert all(
        row["open"] == after["carried_over"] for row, after in zip(months["rows"], months["rows"][1:], strict=False)
    )


def test_a_month_that_is_not_over_and_parts_of_months_are_not_told() -> None:
    over = months_over(date(2026, 12, 1))

    assert over == date(2026, 11, 30)
    assert whole_months(None, None, over)
    assert whole_months(date(2026, 11, 1), over, over)
    assert not whole_months(date(2026, 11, 2), over, over)
    assert not whole_months(date(2026, 11, 1), date(2026, 11, 29), over)
    assert not whole_months(date(2026, 12, 1), None, over)
    assert not whole_months(None, date(2026, 12, 31), over)


def test_days_and_money_are_told_of_two_lots_at_least(nothing_kept: Connection) -> None:
    few, many = (sums_of([(day, 7, "fulfilled", "disclosure") for day in range(number)]) for number in (9, 10))
    asked = Asked(None, MONTHS[3][1], None, in_lots=True)
    many["request", "all", "month", "2026-01", ""].update({"fees:JPY": 10, "fee:JPY": 3000})

    told = [
        stats._of_procedure(InLots(nothing_kept, sums, 0, LOT), "request", asked, None, LOT) for sums in (few, many)
    ]

    assert [one["days"]["all"]["median"] for one in told] == [None, 7]
    assert told[1]["fees"] == {}
