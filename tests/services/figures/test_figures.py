"""The office's figures: kept as sums, and always those that the histories come to when they are read one by one."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models import tally
from models.session import reading
from services.engine import counting
from services.reports import stats
from services.reports.stats import Asked
from tests.office import APPROVER, GRANTED, LEAD, REFUSED, TOKYO, VERIFIER, TestOffice
from tests.services.figures import reference
from workflows.engine.figures import percentile
from workflows.law.values import Category, OutcomeName, Right, RightOutcome
from workflows.letters import ReturnReason, UndoReturn
from workflows.request.payloads import CorrectAnswer, Decide, Fulfil, Undeliverable, Void, Withdraw
from workflows.request.values import ToldHow, VoidReason

DAY = timedelta(days=1)


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on both kinds of database in turn."""
    made = TestOffice(database_url, home)
    yield made
    made.close()


def told(office: TestOffice, **asked: Any) -> dict[str, Any]:
    with reading(office.engine) as db:
        return stats.stats(db, office.at(db), Asked(**{"in_full": True, **asked}))


def like_the_histories(office: TestOffice, since: date | None = None, until: date | None = None) -> None:
    """Hold the figures against the histories, of all cases and of each row."""
    found = reference.lives(office)
    rows = {
        "category": {name: [one for one in found if one.category == name] for name in {o.category for o in found}},
        "right": {name: [one for one in found if name in one.rights] for o in found for name in o.rights},
        "regime": {"jp-appi": found},
    }
    same(told(office, since=since, until=until), reference.figures(found, since, until))
    for by, groups in rows.items():
        for row in told(office, since=since, until=until, by=by)["rows"]:
            same(
                row, reference.figures(groups[row["what"]], since, until), right=row["what"] if by == "right" else None
            )


def same(said: dict[str, Any], wanted: dict[str, Any], right: str | None = None) -> None:
    for name in (
        "received",
        "carried_over",
        "closed",
        "open",
        "endings",
        "reminders",
        "extended",
        "returns",
        "overdue",
    ):
        assert said[name] == wanted[name], name
    ours = {of: {n: number for n, number in named.items() if number} for of, named in said["outcomes"].items()}
    outcomes = {of: named for of, named in wanted["outcomes"].items() if right in (None, of)}
    assert {of: named for of, named in ours.items() if named} == outcomes
    grounds = {key: number for key, number in wanted["grounds"].items() if right in (None, key[0])}
    assert {(one["right"], one["ground"]): one["number"] for one in said["grounds"]} == grounds
    for state, days in wanted["days"].items():
        assert said["days"][state] == days, state


# -- lives, as a hand of cards: what happens to a case, and how many days go by before ---------------------------------

BOTH = (Right.DISCLOSURE, Right.PURPOSE_NOTICE)
DECIDED_BOTH = Decide(
    outcomes={
        Right.DISCLOSURE: RightOutcome(outcome=OutcomeName.NOT_HELD, ground="not_held", explanation="Nothing is held."),
        Right.PURPOSE_NOTICE: RightOutcome(outcome=OutcomeName.GRANTED),
    }
)
ENDS = ("fulfilled", "refused", "withdrawn", "voided", "corrected", "undone", "open", "back", "two", "lapsed")


def live(office: TestOffice, end: str, category: Category, days: int) -> None:
    """Let a case live, with so many days between its steps."""

    def later() -> None:
        office.move_to((office.now or datetime.now(TOKYO)) + days * DAY)

    if end == "voided":
        case = office.opened(category=category)
        later()
        office.must(case, "void", Void(reason=VoidReason.MISTAKE), by=LEAD)
    elif end == "lapsed":
        case = office.lapsed()
        later()
    elif end in ("withdrawn", "back", "open"):
        case, _ = office.mailed(category=category)
        later()
        if end == "back":
            office.must(case, "undeliverable", Undeliverable(reason=ReturnReason.MOVED))
            later()
            office.must(case, "undo_undeliverable", UndoReturn(letter=f"{case}-01", why="It was another one."))
        elif end == "withdrawn":
            office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    elif end == "two":
        case = office.opened(category=category, rights=BOTH)
        later()
    else:
        _answered(office, end, category, later)


def _answered(office: TestOffice, end: str, category: Category, later: Any) -> None:
    case = office.returned(category=category)
    later()
    office.must(case, "verify_identity", by=VERIFIER)
    later()
    if end == "refused":
        office.must(case, "decide", REFUSED, by=VERIFIER)
        office.must(case, "refuse", by=APPROVER)
        return
    office.must(case, "decide", GRANTED, by=VERIFIER)
    office.must(case, "fulfil", Fulfil(), by=APPROVER)
    if end == "fulfilled":
        return
    later()
    office.must(case, "correct_answer", CorrectAnswer(why="A page was missing."), by=VERIFIER)
    if end == "corrected":
        office.must(case, "decide", REFUSED, by=VERIFIER)
        later()
        office.must(case, "refuse", by=APPROVER)


hands = st.lists(
    st.tuples(st.sampled_from(ENDS), st.sampled_from(list(Category)), st.integers(0, 20), st.booleans()),
    min_size=1,
    max_size=3,
)


def test_the_sums_are_always_what_the_histories_come_to(office: TestOffice) -> None:
    first = office.today
    for end in ENDS:
        live(office, end, Category.CUSTOMER, 3)
    like_the_histories(office)

    @given(hands, st.integers(0, 200), st.integers(0, 200))
    @settings(max_examples=5, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    def each(hand: list[tuple[str, Category, int, bool]], since: int, until: int) -> None:
        for end, category, days, counts in hand:
            live(office, end, category, days)
            if counts:
                counting.count(office.unit, most=2)

        like_the_histories(office)
        like_the_histories(office, first + since * DAY, first + max(since, until) * DAY)

    each()
    counting.sweep(office.unit)
    like_the_histories(office)
    kept = everything(office)
    counting.recount(office.unit, lot=3)
    assert everything(office) == kept


def everything(office: TestOffice) -> dict[tuple[str, ...], dict[str, int]]:
    return {tuple(getattr(row, name) for name in tally.KEY): row.sums for row in office.ask(select(tally.tally))}


@pytest.mark.parametrize(("share", "wanted"), [(0.5, 3), (0.9, 9)])
def test_a_percentile_is_the_day_by_which_that_share_was_done(share: float, wanted: int) -> None:
    values = [1, 1, 2, 3, 3, 4, 5, 8, 9, 40]

    assert percentile({value: values.count(value) for value in values}, share) == wanted
    assert reference.nearest_rank(values, share) == wanted
    assert percentile({}, share) is None
