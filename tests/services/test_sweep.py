"""The one sweep loop, without a database: what is tried together, alone or not at all, put back or set aside."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest

from services.engine import sweep
from services.engine.sweep import DEATHS, HICCUPS, Work, bounded, pay, run
from services.engine.trouble import TRIES, UNTRIED, Fault, Kind, Newer, Poison
from services.engine.unit import UnitOfWork

TRANSIENT = ConnectionError("away for a moment")


class SoftTimeLimitExceeded(Exception):
    """Named as the one that ends a task whose time is over."""


@dataclass
class Bench:
    """Pieces of work by their names: the troubles they meet, how often they were tried, and all that happened."""

    waiting: list[str]
    troubles: dict[str, Exception] = field(default_factory=dict)
    tries: dict[str, int] = field(default_factory=dict)
    judged: dict[str, Fault] = field(default_factory=dict)
    deeds: list[tuple[str, ...]] = field(default_factory=list)
    faults: dict[str, Fault] = field(default_factory=dict)
    told: list[list[str]] = field(default_factory=list)
    most: int = 10
    away: Exception | None = None

    @contextmanager
    def begin(self) -> Iterator[Any]:
        """Begin a transaction and remember how it ended."""
        try:
            yield self
        except Exception:
            self.deeds.append(("rolled back",))
            raise
        self.deeds.append(("committed",))

    @property
    def unit(self) -> UnitOfWork:
        """Where the transactions come from; the office is a word."""
        return UnitOfWork(self.begin, self.begin, lambda db: f"office of {id(db)}", self.notified)  # type: ignore[arg-type]

    def notified(self, outcomes: Sequence[Any]) -> None:
        """Remember of what somebody is told: nothing is told before its commit."""
        assert self.deeds[-1] == ("committed",)
        self.told.append(list(outcomes))

    @property
    def work(self) -> Work[str, str]:
        """How the bench's kind of work is done."""
        return Work(
            claim=self.claim,
            together=self.together,
            put_back=self.put_back,
            set_aside=self.set_aside,
            judge=self.judge,
            tries=lambda item: self.tries.get(item, 0),
            outcomes=lambda came: [f"told {one}" for one in came],  # type: ignore[misc]
        )

    def judge(self, db: Any, item: str, fault: Fault) -> Fault:
        """Say what kind of trouble it really is."""
        assert db is self
        found: Fault = self.judged.get(item, fault)
        return found

    def claim(self, db: Any, office: Any) -> list[str]:
        """Take a batch."""
        assert (db, office) == (self, f"office of {id(self)}")
        taken, self.waiting = self.waiting[: self.most], self.waiting[self.most :]
        self.deeds.append(("claimed", *taken))
        return taken

    def together(self, db: Any, office: Any, items: Sequence[str]) -> list[str]:
        """Carry some out, unless one of them is in trouble."""
        assert (db, office) == (self, f"office of {id(self)}")
        self.deeds.append(("tried", *items))
        for item in items:
            if item in self.troubles:
                raise self.troubles[item]
        return [item.upper() for item in items]

    def put_back(self, db: Any, office: Any, item: str, fault: Fault) -> None:
        """Let one wait."""
        self._settled("put back", db, office, item, fault)

    def set_aside(self, db: Any, office: Any, item: str, fault: Fault) -> None:
        """Set one aside."""
        self._settled("set aside", db, office, item, fault)

    def _settled(self, how: str, db: Any, office: Any, item: str, fault: Fault) -> None:
        assert (db, office) == (self, f"office of {id(self)}")
        if self.away is not None:
            raise self.away
        self.deeds.append((how, item))
        self.faults[item] = fault

    @property
    def done(self) -> list[tuple[str, ...]]:
        """What was done to pieces of work, without the transactions."""
        return [deed for deed in self.deeds if deed[0] not in ("committed", "rolled back")]


@pytest.fixture(autouse=True)
def nothing_owed() -> Iterator[None]:
    """Leave no debt to the next test."""
    sweep._owed.clear()
    yield
    sweep._owed.clear()


# -- batch after batch ----------------------------------------------------------------------------------------------


def test_batches_are_claimed_until_nothing_waits_and_each_is_told_after_its_commit() -> None:
    bench = Bench(["a", "b", "c"], most=2)

    assert run(bench.work, bench.unit) == ["A", "B", "C"]
    assert bench.done == [("claimed", "a", "b"), ("tried", "a", "b"), ("claimed", "c"), ("tried", "c"), ("claimed",)]
    assert bench.told == [["told A", "told B"], ["told C"]]
    assert ("claimed", "a", "b") in [one for one, then in pairwise(bench.deeds) if then == ("committed",)]


def test_a_kind_of_work_of_which_nobody_is_to_be_told_tells_of_nothing() -> None:
    bench = Bench(["a"])
    work = bench.work
    silent = Work(work.claim, work.together, work.put_back, work.set_aside, work.judge, work.tries)

    assert run(silent, bench.unit) == ["A"]
    assert bench.told == [[]]
    assert silent.most_tries == TRIES


def test_who_calls_decides_between_two_batches_whether_to_go_on() -> None:
    bench = Bench(["a", "b", "c"], most=1)

    assert run(bench.work, bench.unit, lambda: False) == ["A"]
    assert run(bench.work, bench.unit, bounded(sweep.always, 1)) == ["B"]
    assert bench.waiting == ["c"]


@pytest.mark.parametrize(("most", "said"), [(1, [False, False]), (2, [True, False]), (None, [True, True, True])])
def test_a_bound_counts_batches_and_none_is_no_bound(most: int | None, said: list[bool]) -> None:
    more = bounded(sweep.always, most)

    assert [more() for _ in said] == said
    assert not bounded(lambda: False, most)()


def test_what_newer_code_must_do_is_no_reason_to_claim_again() -> None:
    bench = Bench(["a", "b"], {"a": Newer()}, most=1)

    assert run(bench.work, bench.unit) == []
    assert bench.done == [("claimed", "a"), ("tried", "a"), ("put back", "a")]
    assert bench.faults["a"].kind is Kind.NEWER


@pytest.mark.parametrize("trouble", [TRANSIENT, ValueError("nobody foresaw it"), Poison()])
def test_what_was_settled_makes_room_for_the_next_batch(trouble: Exception) -> None:
    bench = Bench(["a", "b"], {"a": trouble}, most=1)

    assert run(bench.work, bench.unit) == ["B"]


# -- who is to blame ------------------------------------------------------------------------------------------------


def test_one_of_a_batch_in_trouble_is_found_and_the_others_go_through() -> None:
    bench = Bench(["a", "b", "c"], {"b": ValueError("of b")})

    assert run(bench.work, bench.unit) == ["A", "C"]
    alone = [("tried", "a"), ("tried", "b"), ("put back", "b"), ("tried", "c")]
    assert bench.done == [("claimed", "a", "b", "c"), ("tried", "a", "b", "c"), *alone, ("claimed",)]
    assert (bench.faults["b"].kind, bench.faults["b"].at_once) == (Kind.POISON, False)
    assert "ValueError" in bench.faults["b"].text


def test_one_alone_that_fails_is_not_tried_twice() -> None:
    bench = Bench(["a"], {"a": TRANSIENT})

    assert run(bench.work, bench.unit) == []
    assert bench.done == [("claimed", "a"), ("tried", "a"), ("put back", "a"), ("claimed",)]
    assert bench.faults["a"].error is TRANSIENT


def test_what_failed_before_is_tried_alone_behind_those_that_did_not() -> None:
    bench = Bench(["a", "b", "c", "d"], tries={"a": 1, "c": 1})

    assert run(bench.work, bench.unit) == ["B", "D", "A", "C"]
    assert bench.done[1:] == [("tried", "b", "d"), ("tried", "a"), ("tried", "c"), ("claimed",)]


def test_those_of_a_failed_batch_and_those_that_failed_before_are_tried_each_alone() -> None:
    bench = Bench(["a", "b", "c"], {"b": ValueError()}, {"c": 1})

    run(bench.work, bench.unit)

    assert [deed[1:] for deed in bench.done if deed[0] == "tried"] == [("a", "b"), ("a",), ("b",), ("c",)]


# -- how often ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trouble", "tries", "how"),
    [
        (ValueError(), 0, "put back"),
        (ValueError(), TRIES - 2, "put back"),
        (ValueError(), TRIES - 1, "set aside"),
        (Poison(), 0, "set aside"),
        (TRANSIENT, TRIES - 1, "put back"),
        (Newer(), TRIES - 1, "put back"),
    ],
)
def test_what_does_not_pass_is_set_aside_at_the_last_try_or_at_once(trouble: Exception, tries: int, how: str) -> None:
    bench = Bench(["a"], {"a": trouble}, {"a": tries})

    run(bench.work, bench.unit)

    assert (how, "a") in bench.done


def test_what_ended_its_worker_as_often_as_may_be_is_set_aside_untried() -> None:
    bench = Bench(["a", "b"], tries={"a": TRIES})

    assert run(bench.work, bench.unit) == ["B"]
    assert ("tried", "a") not in bench.done
    assert bench.faults["a"] == Fault(Kind.POISON, DEATHS.format(tries=TRIES), at_once=True)
    assert ("set aside", "a") in bench.done


def test_a_judge_who_knows_better_is_asked_of_poison_alone() -> None:
    newer, transient = Fault(Kind.NEWER, "newer code's"), Fault(Kind.TRANSIENT, "not opened yet")
    bench = Bench(["a", "b", "c"], {"a": Poison(), "b": TRANSIENT}, {"c": TRIES})
    bench.judged = {"a": transient, "b": newer, "c": newer}

    run(bench.work, bench.unit)

    assert {item: (fault.kind, fault.text) for item, fault in bench.faults.items() if item != "b"} == {
        "a": (Kind.TRANSIENT, "not opened yet"),
        "c": (Kind.NEWER, "newer code's"),
    }
    assert bench.faults["b"].kind is Kind.TRANSIENT
    assert {deed for deed in bench.done if deed[0] == "set aside"} == set()


def test_poison_judged_to_be_final_at_once_is_set_aside_at_its_first_try() -> None:
    bench = Bench(["a"], {"a": ValueError()}, judged={"a": Fault(Kind.POISON, "for good", at_once=True)})

    run(bench.work, bench.unit)

    assert ("set aside", "a") in bench.done
    assert bench.faults["a"].text == "for good"


def test_a_sweep_that_only_put_back_or_set_aside_says_so_in_numbers_alone(caplog: pytest.LogCaptureFixture) -> None:
    names = [f"n{place}" for place in range(HICCUPS + 2)]
    bench = Bench(["sick", *names], {"sick": Poison("of Sato"), **dict.fromkeys(names, TRANSIENT)})

    with caplog.at_level(logging.WARNING, "services.engine.sweep"):
        came = run(bench.work, bench.unit)

    assert came == []
    assert [record.getMessage() for record in caplog.records] == [
        "put back: 0, set aside: 1",
        *["put back: 1, set aside: 0"] * (HICCUPS - 1),
        "put back: 3, set aside: 0",  # the last hiccup, and those that wait with it
    ]


def test_a_sweep_without_trouble_says_nothing_nor_one_whose_settling_was_not_written(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sound = Bench(["a", "b"])
    run(sound.work, sound.unit)
    bench = Bench(["a"], {"a": TRANSIENT}, away=OSError(5, "the database is away"))

    with pytest.raises(OSError, match="away"):
        run(bench.work, bench.unit)

    assert caplog.records == []


# -- when it is nobody's fault --------------------------------------------------------------------------------------


def test_after_so_many_hiccups_in_a_row_the_rest_is_let_go_untried() -> None:
    names = [f"n{place}" for place in range(HICCUPS + 2)]
    bench = Bench(names, dict.fromkeys(names, TRANSIENT))

    assert run(bench.work, bench.unit) == []
    assert [deed for deed in bench.done if deed[0] == "tried"][1:] == [("tried", name) for name in names[:HICCUPS]]
    assert [bench.faults[name].kind for name in names] == [Kind.TRANSIENT] * HICCUPS + [Kind.UNTRIED] * 2
    # The last hiccup and those that are let go with it are put back in one transaction.
    last = bench.deeds.index(("put back", names[HICCUPS - 1]))
    assert bench.deeds[last : last + 4] == [*(("put back", name) for name in names[HICCUPS - 1 :]), ("committed",)]


@pytest.mark.parametrize("between", [None, ValueError("its own fault")])
def test_hiccups_with_something_else_between_them_are_not_in_a_row(between: Exception | None) -> None:
    names = [f"n{place}" for place in range(2 * HICCUPS - 1)]
    bench = Bench([*names, "last"], dict.fromkeys(names, TRANSIENT))
    middle = names[HICCUPS - 1]
    del bench.troubles[middle]
    bench.troubles |= {} if between is None else {middle: between}

    assert run(bench.work, bench.unit) == [*([middle.upper()] if between is None else []), "LAST"]


def test_a_turn_that_is_over_gives_back_what_it_did_not_come_to() -> None:
    bench = Bench(["a", "b", "c"], {"a": TRANSIENT})

    assert run(bench.work, bench.unit, bounded(sweep.always, 2)) == ["B"]
    assert bench.done[2:] == [("tried", "a"), ("put back", "a"), ("tried", "b"), ("put back", "c")]
    assert bench.faults["c"] is UNTRIED


def test_the_last_of_a_turn_has_nothing_to_give_back() -> None:
    bench = Bench(["a", "b"], {"a": TRANSIENT})
    asked = []

    def go_on() -> bool:
        asked.append(len(bench.done))
        return True

    run(bench.work, bench.unit, go_on)

    # Once between the two, once after the batch.
    assert len(asked) == 2


@pytest.mark.parametrize("names", [["a"], ["a", "b"]])
def test_the_end_of_the_task_s_time_is_nobody_s_fault(names: list[str]) -> None:
    bench = Bench(names, {"a": SoftTimeLimitExceeded()})

    with pytest.raises(SoftTimeLimitExceeded):
        run(bench.work, bench.unit)
    assert bench.faults == {}
    assert len([deed for deed in bench.done if deed[0] == "tried"]) == 1


def test_the_end_of_the_task_s_time_is_let_through_where_each_is_tried_alone() -> None:
    bench = Bench(["a", "b"], {"a": SoftTimeLimitExceeded()}, {"a": 1, "b": 1})

    with pytest.raises(SoftTimeLimitExceeded):
        run(bench.work, bench.unit)
    assert bench.faults == {}


# -- what is owed ---------------------------------------------------------------------------------------------------


def test_what_cannot_be_put_back_is_owed_and_written_before_the_next_claim() -> None:
    bench = Bench(["a", "b", "c"], {"a": TRANSIENT}, {"a": 1, "b": 1, "c": 1}, away=OSError(5, "the database is away"))
    with pytest.raises(OSError, match="away"):
        run(bench.work, bench.unit)
    bench.away, bench.deeds = None, []
    bench.waiting = ["d"]

    assert run(bench.work, bench.unit) == ["D"]
    assert bench.done[:4] == [("put back", "a"), ("put back", "b"), ("put back", "c"), ("claimed", "d")]
    assert bench.faults["a"].error is TRANSIENT
    assert [bench.faults[name] for name in "bc"] == [UNTRIED, UNTRIED]
    assert sweep._owed == []


@pytest.mark.parametrize("worn", [True, False])
def test_those_that_were_to_be_tried_next_are_owed_too(worn: bool) -> None:
    troubles: dict[str, Exception] = {} if worn else {"a": TRANSIENT}
    bench = Bench(["a", "b"], troubles, {"a": TRIES if worn else 0, "b": 1}, away=OSError(5, "the database is away"))
    with pytest.raises(OSError, match="away"):
        run(bench.work, bench.unit)
    bench.away = None

    pay(bench.unit)

    assert bench.faults["b"] is UNTRIED
    assert ("set aside" if worn else "put back", "a") in bench.done


def test_a_debt_is_kept_while_the_trouble_lasts() -> None:
    bench, paid = Bench([]), list[str]()
    troubles = [TRANSIENT]

    def debt(db: Any) -> None:
        if troubles:
            raise troubles[0]
        paid.append("paid")

    sweep.owe(debt)
    sweep.owe(lambda db: paid.append("the next one"))
    with pytest.raises(ConnectionError):
        pay(bench.unit)
    troubles.clear()
    pay(bench.unit)
    pay(bench.unit)

    assert paid == ["paid", "the next one"]


def test_a_debt_that_can_never_be_paid_is_named_in_the_log_and_keeps_nobody_waiting(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bench, paid = Bench([]), list[str]()

    def debt(db: Any) -> None:
        raise KeyError("nothing of the kind")

    sweep.owe(debt)
    sweep.owe(lambda db: paid.append("paid"))
    with caplog.at_level(logging.WARNING, "services.engine.sweep"):
        pay(bench.unit)

    assert paid == ["paid"]
    (said,) = (record.getMessage() for record in caplog.records)
    assert said.startswith("a put-back could not be written: KeyError")
