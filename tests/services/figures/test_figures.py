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
from services.reports import stats, sums
from services.reports.stats import Asked
from tests.office import APPROVER, GRANTED, LEAD, REFUSED, TOKYO, VERIFIER, TestOffice
from tests.services.doctor.findings import findings
from tests.services.figures import reference
from workflows.engine.figures import months_and_days, percentile
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


def test_what_moves_while_it_is_counted_is_counted_once_more(office: TestOffice) -> None:
    case = office.opened()
    with reading(office.engine) as db:
        lot = counting.read(db, office.at(db), 10)
    office.must(case, "void", Void(reason=VoidReason.MISTAKE), by=LEAD)
    office.opened()

    assert lot.rows
    assert counting.count(office.unit, most=1) == 1
    with reading(office.engine) as db:
        assert tally.how_many(db, 10) == 1  # the other one's only
    counting.sweep(office.unit)

    like_the_histories(office)
    with reading(office.engine) as db:
        assert tally.how_many(db, 10) == 0


def test_whoever_counts_at_the_same_time_counts_nothing_twice(office: TestOffice) -> None:
    office.opened()
    unit = office.unit

    def meanwhile(db: Any, seen: Any = None) -> Any:
        if not counted_by_another:
            counted_by_another.append(counting.count(unit) or 0)
        return office.at(db, seen)

    counted_by_another: list[int] = []
    late = type(unit)(unit.begin, unit.look, meanwhile, glance=unit.glance)
    with reading(office.engine) as db:
        rounds = tally.head(db).rounds

    assert counting.count(late) in (0, None)
    assert counted_by_another == [1]
    with reading(office.engine) as db:
        assert tally.head(db).rounds == rounds + 1
    like_the_histories(office)


def test_where_much_waits_it_is_said_that_figures_are_not_whole(office: TestOffice, monkeypatch: Any) -> None:
    for _ in range(3):
        office.opened()

    monkeypatch.setattr(sums, "MOST", 2)
    before = told(office)
    counting.sweep(office.unit)
    after = told(office)

    assert (before["uncounted"], before["received"]) == (3, 0)
    assert (after["uncounted"], after["received"]) == (0, 3)


def test_another_way_of_counting_begins_anew_by_itself(office: TestOffice) -> None:
    office.fulfilled()
    counting.sweep(office.unit)
    kept = everything(office)
    office.tell("UPDATE tally_head SET form = 0")
    office.tell("UPDATE tally SET sums = '{}'")

    assert told(office)["uncounted"]
    counting.sweep(office.unit)

    assert everything(office) == kept


def test_a_recount_that_is_broken_off_is_gone_on_with_by_the_sweep_and_nobody_counts_in_between(
    office: TestOffice,
) -> None:
    for state in ("fulfilled", "voided", "forms_mailed"):
        office.in_state(state)
    counting.sweep(office.unit)
    kept = everything(office)

    def stops(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        counting.recount(office.unit, stops)
    assert counting._forget(office.unit, 1)  # a case at a time: two are counted still
    between = counting.count(office.unit), len(office.ask("SELECT 1 FROM counted")), told(office)["uncounted"]
    counting.sweep(office.unit)
    late = counting._forget(office.unit, 1)  # whoever was about to forget as well

    assert between == (None, 2, 1)
    assert not late
    assert everything(office) == kept


@pytest.mark.parametrize(
    ("harm", "finding"),
    [
        ("UPDATE tally SET sums = '{\"received\": 7}' WHERE unit = 'month'", "sums_differ"),
        ("DELETE FROM tally WHERE head = 'category'", "sums_differ"),
        ("DELETE FROM counted", "miscounted"),
        ("UPDATE counted SET entries = '{}'", "miscounted"),
    ],
)
def test_the_doctor_names_figures_that_are_not_what_the_histories_say_and_a_recount_mends_them(
    office: TestOffice, harm: str, finding: str
) -> None:
    office.in_state("refused")
    counting.sweep(office.unit)
    sound = findings(office)
    office.tell(harm)

    ill = {what for _, what in findings(office)}
    counting.recount(office.unit)

    assert sound == []
    assert finding in ill
    assert findings(office) == []
    like_the_histories(office)


def test_the_days_asked_for_are_whole_months_and_what_is_left_of_them() -> None:
    def spans(since: str | None, until: str | None) -> list[tuple[str, str, str]]:
        days = [None if day is None else date.fromisoformat(day) for day in (since, until)]
        return list(months_and_days(*days))

    assert spans(None, None) == [("month", "", "9999")]
    assert spans("2026-11-01", "2026-12-31") == [("month", "2026-11", "2026-12")]
    assert spans("2026-11-02", "2027-02-03") == [
        ("day", "2026-11-02", "2026-11-31"), ("month", "2026-12", "2027-01"), ("day", "2027-02-01", "2027-02-03"),
    ]  # fmt: skip
    assert spans("2026-11-02", "2026-11-05") == [("day", "2026-11-02", "2026-11-05")]
    assert spans("2026-12-02", "2027-01-05") == [("day", "2026-12-02", "2027-01-05")]
    assert spans("2027-01-05", "2026-11-01") == []


def test_months_are_carried_over_from_one_to_the_next(office: TestOffice) -> None:
    first = office.opened()
    office.opened()
    office.move_to((office.now or datetime.now(TOKYO)) + 40 * DAY)
    office.must(first, "void", Void(reason=VoidReason.MISTAKE), by=LEAD)

    rows = told(office, by="month")["rows"]

    flows = [[row[name] for name in ("what", "carried_over", "received", "closed", "open")] for row in rows]
    assert flows == [["2026-11", 0, 2, 0, 2], ["2026-12", 2, 0, 1, 1]]


def test_small_numbers_of_rows_are_kept_back_and_cannot_be_reckoned(office: TestOffice) -> None:
    for category in [Category.CUSTOMER] * 5 + [Category.EMPLOYEE]:
        office.opened(category=category)

    found = told(office, by="category", in_full=False)
    whole = told(office, by="category")

    assert found["received"] == 6
    assert [(row["what"], row["received"]) for row in found["rows"]] == [("customer", None), ("employee", None)]
    assert found["hidden"] > 0
    assert [(row["what"], row["received"]) for row in whole["rows"]] == [("customer", 5), ("employee", 1)]
    assert all(days["median"] is None for row in found["rows"] for days in row["days"].values())
