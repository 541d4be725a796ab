"""A second version of the procedure: what a start refuses, what the plan tells, and how cases come under it."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from models import history
from models.office import DefinitionChanged, definition
from models.session import reading
from models.timer import timer
from services.engine import dead_letters, firing, recounts, upgrades
from services.engine.upgrades import StateVanished
from services.engine.versions import OlderDefinition
from services.letters import making, typesetting
from services.office import office_days
from services.reports.plan import Plan, plan
from tests.checker import assert_sound
from tests.office import LEAD, MONDAY, TOKYO, TestOffice, broken, let_backoff_pass
from workflows.engine.deadlines import Deadline, after, then, working_days
from workflows.engine.machine import State, fingerprint
from workflows.letters import LetterContent
from workflows.request.payloads import Amend, Hold
from workflows.request.procedure import ARRIVED, NOT_ARRIVED, chase, ends_their_time, request
from workflows.request.values import HoldReason

TENTH, FIFTEENTH, TWENTIETH = date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 8)
"""Working days after MONDAY; 2026-11-23 is a holiday."""


@pytest.fixture(autouse=True)
def _at_version_1() -> Iterator[None]:
    """Begin each story under version 1, whichever the present one is; a test may undo what it deployed itself."""
    with pytest.MonkeyPatch.context() as before:
        before.setattr(request, "version", 1)
        before.setattr(request, "fingerprint", fingerprint(request.shape()))
        yield


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on each kind of database in turn, begun under version 1."""
    made = TestOffice(database_url, home)
    start(made)
    yield made
    made.close()


@pytest.fixture
def one_office(sqlite_url: str, home: Path) -> Iterator[TestOffice]:
    """An office where the database does not matter, begun under version 1."""
    made = TestOffice(sqlite_url, home)
    start(made)
    yield made
    made.close()


def start(office: TestOffice) -> None:
    """Do what a worker does first."""
    with office.writing() as db:
        upgrades.check_start(db, request, MONDAY)


Deploy = Callable[..., None]


@pytest.fixture
def deploy(monkeypatch: pytest.MonkeyPatch) -> Deploy:
    """Put a version of the procedure with other deadlines or fewer states in the place of the present one."""

    def become(version: int = 2, *, without: str = "", **deadlines: list[Deadline]) -> None:
        monkeypatch.setattr(request, "version", version)
        states = dict(request.states)
        for name, own in deadlines.items():
            before = states[name]
            state = State(name, initial=before.initial, deadlines=own, anchor=before.anchor)
            states[name] = state
        states.pop(without, None)
        # A new dictionary: a key put back into the old one would stand last in it, and in the page made from it.
        monkeypatch.setattr(request, "states", states)
        monkeypatch.setattr(request, "fingerprint", fingerprint(request.shape()))

    return become


def later(*days: int) -> list[Deadline]:
    """Return the deadlines of forms_mailed with other days for its reminders and no lapse of its own."""
    reminders = after(*(working_days(count) for count in days)).do("remind").after_reminders(working_days(5))
    return [reminders, ends_their_time("lapse").when(NOT_ARRIVED), chase(first=50, then_every=5)]


def looking(office: TestOffice) -> Callable[[], AbstractContextManager[Connection]]:
    return lambda: reading(office.engine)


def planned(office: TestOffice) -> Plan:
    return plan(office.unit, "request")


def at_opening(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), tzinfo=TOKYO)


def transitions_of(office: TestOffice, case: str) -> list[str]:
    rows = office.ask(
        select(history.history).where(history.history.c.case_id == office.case(case).id).order_by(history.history.c.seq)
    )
    return [row.transition for row in rows]


def timers_of(office: TestOffice, case: str) -> dict[str, tuple[int, datetime]]:
    rows = office.ask(select(timer).where(timer.c.case_id == office.case(case).id))
    return {row.name: (row.fire_no, row.due_at) for row in rows}


def test_a_case_comes_under_the_new_version_before_anything_else_happens_to_it(
    office: TestOffice, deploy: Deploy
) -> None:
    case = office.opened()
    deploy(contacted=[chase(first=4, then_every=4)])

    office.must(case, "hold", Hold(reason=HoldReason.OTHER))

    assert transitions_of(office, case) == ["open", "adopt", "hold"]
    assert (office.case(case).version, office.case(case).entered_seq) == (2, 1)
    office.make_letters()
    assert_sound(office.url, office.settings.spool)


def test_the_sweep_brings_every_open_case_under_the_new_version_once(office: TestOffice, deploy: Deploy) -> None:
    open_, closed = [office.opened() for _ in range(3)], office.in_state("voided")
    deploy(contacted=[chase(first=4, then_every=4)])
    start(office)

    done = [upgrades.sweep(office.unit) for _ in range(3)]

    assert done == [3, 0, 0]
    assert {office.case(case).version for case in open_} == {2}
    assert [transitions_of(office, case).count("adopt") for case in (*open_, closed)] == [1, 1, 1, 0]
    assert {timers_of(office, case)["escalate"][1] for case in open_} == {at_opening(date(2026, 11, 13))}


def test_a_deadline_moves_to_where_the_new_version_puts_it_and_its_count_goes_on(
    office: TestOffice, deploy: Deploy
) -> None:
    case, _ = office.mailed()
    office.move_to(at_opening(TENTH))
    office.sweep()
    office.post_letters(case)
    deploy(forms_mailed=later(10, 15))

    upgrades.sweep(office.unit)
    office.move_to(at_opening(FIFTEENTH))
    office.sweep()
    office.sweep()

    history_ = Counter(transitions_of(office, case))
    assert (history_["remind"], history_["adopt"]) == (2, 1)
    assert "remind" not in timers_of(office, case)


def test_what_fired_as_often_as_it_might_is_not_begun_anew_and_one_firing_more_is_the_next(
    office: TestOffice, deploy: Deploy
) -> None:
    same, _ = office.mailed()
    for day in (TENTH, TWENTIETH):
        office.move_to(at_opening(day))
        office.sweep()
        office.post_letters(same)
    deploy(forms_mailed=later(10, 20, 30))

    upgrades.sweep(office.unit)

    assert timers_of(office, same)["remind"][0] == 3
    assert transitions_of(office, same).count("remind") == 2


def test_a_firing_that_the_new_version_does_not_know_is_dropped_and_a_new_deadline_is_armed(
    office: TestOffice, deploy: Deploy
) -> None:
    case, _ = office.mailed()
    office.move_to(at_opening(TENTH))
    office.sweep()
    deploy(forms_mailed=later(10))

    upgrades.sweep(office.unit)

    assert timers_of(office, case).keys() == {"lapse", "escalate"}
    assert timers_of(office, case)["escalate"][0] == 1


def test_the_plan_tells_exactly_what_adopting_then_does(office: TestOffice, deploy: Deploy) -> None:
    office.opened()
    for _ in range(3):
        office.mailed()
    before = {(row.case_id, row.entry_seq, row.name): row.due_at for row in office.ask(select(timer))}
    deploy(forms_mailed=later(12, 24), contacted=[chase(first=1, then_every=2)])

    found = planned(office)
    upgrades.sweep(office.unit)

    now = {(row.case_id, row.entry_seq, row.name): row.due_at for row in office.ask(select(timer))}
    kept = before.keys() & now.keys()
    assert (found.open_cases, found.adopt, found.refusals) == (4, {1: 4}, [])
    assert found.moves["later"] == sum(1 for key in kept if now[key] > before[key]) == 3
    assert found.moves["earlier"] == sum(1 for key in kept if now[key] < before[key]) == 1
    assert found.moves["new"] == len(now.keys() - before.keys()) == 3
    assert found.moves["gone"] == len(before.keys() - now.keys()) == 0


def test_the_plan_names_each_deadline_that_is_longer_shorter_new_or_gone(
    one_office: TestOffice, deploy: Deploy
) -> None:
    deploy(
        contacted=[chase(first=4, then_every=4)],
        forms_returned=[
            then(working_days(2), then_every=working_days(2), times=5, at_last=working_days(5)).do("escalate")
        ],
        forms_mailed=later(10, 20),
    )

    changes = {(change.where, change.name): change.change for change in planned(one_office).deadlines}

    assert changes == {
        ("contacted", "escalate"): "longer",
        ("forms_returned", "escalate"): "shorter",
        ("forms_mailed", "escalate"): "new",
        ("forms_mailed", "give_up_waiting"): "gone",
    }


def test_the_plan_says_what_it_means_for_open_cases_that_the_last_day_becomes_theirs(
    office: TestOffice, deploy: Deploy
) -> None:
    present = list(request.states["forms_mailed"].deadlines)
    former = after(working_days(40)).do
    deploy(
        forms_mailed=[
            after(working_days(10), working_days(20)).do("remind"),
            former("lapse").when(NOT_ARRIVED),
            former("give_up_waiting").when(ARRIVED),
        ]
    )
    start(office)
    case, _ = office.mailed()
    before = timers_of(office, case)
    deploy(3, forms_mailed=present)

    found = planned(office)
    upgrades.sweep(office.unit)

    changes = {change.name: change.change for change in found.deadlines}
    assert changes == {"remind": "changed", "lapse": "changed", "give_up_waiting": "changed"}
    assert (found.moves["later"], found.moves["earlier"], found.moves["gone"]) == (1, 0, 0)
    now = timers_of(office, case)
    assert now["lapse"][1] > before["lapse"][1] == at_opening(date(2027, 1, 12))
    assert now["lapse"][1] == at_opening(date(2027, 1, 13))
    assert now["remind"] == before["remind"]


def test_the_same_version_changes_nothing(one_office: TestOffice) -> None:
    one_office.opened()

    found = planned(one_office)

    assert (found.refusals, found.adopt, found.moves, found.deadlines, found.transitions) == ([], {}, {}, [], {})
    assert upgrades.sweep(one_office.unit) == 0


def refusal(office: TestOffice) -> type[Exception] | None:
    """Return what a worker's start would be refused with."""
    try:
        start(office)
    except DefinitionChanged as error:
        return type(error)
    return None


def test_another_shape_under_the_same_version_does_not_start(one_office: TestOffice, deploy: Deploy) -> None:
    deploy(1, contacted=[chase(first=4, then_every=4)])

    assert planned(one_office).refusals == ["definition_changed"]
    assert refusal(one_office) is DefinitionChanged


def test_a_version_without_the_state_of_an_open_case_does_not_start(one_office: TestOffice, deploy: Deploy) -> None:
    one_office.returned()
    deploy(2, without="forms_returned")

    found = planned(one_office)

    assert (found.refusals, found.need_mapping) == (["state_vanished"], {"forms_returned": 1})
    assert refusal(one_office) is StateVanished
    assert [row.version for row in one_office.ask(select(definition))] == [1]


def test_a_version_without_a_state_in_which_nobody_stands_starts(one_office: TestOffice, deploy: Deploy) -> None:
    one_office.opened()
    deploy(2, without="forms_returned")

    assert planned(one_office).refusals == []
    assert refusal(one_office) is None


def test_an_older_version_does_not_start_and_never_touches_a_newer_case(
    one_office: TestOffice, deploy: Deploy, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = one_office.opened()
    deploy(2, contacted=[chase(first=4, then_every=4)])
    start(one_office)
    upgrades.sweep(one_office.unit)
    monkeypatch.undo()

    assert planned(one_office).refusals == ["older_definition"]
    assert refusal(one_office) is OlderDefinition
    with pytest.raises(OlderDefinition):
        one_office.do(case, "hold", Hold(reason=HoldReason.OTHER))
    assert one_office.case(case).version == 2


def test_the_plan_counts_orders_that_nobody_could_carry_out_any_more(
    one_office: TestOffice, deploy: Deploy, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = one_office.opened()
    one_office.place("hold", Hold(reason=HoldReason.OTHER), case=case)
    left = {name: one for name, one in request.transitions.items() if name != "hold"}
    monkeypatch.setattr(request, "transitions", left)
    deploy(2)

    found = planned(one_office)

    assert found.orders == {"hold": 1}
    assert found.transitions == {"hold": ["gone"]}


def test_a_timer_due_at_the_moment_of_the_change_fires_under_the_new_version_only(
    one_office: TestOffice, deploy: Deploy
) -> None:
    case, _ = one_office.mailed()
    deploy(forms_mailed=later(12, 20))
    one_office.move_to(at_opening(TENTH) + timedelta(minutes=1))

    one_office.sweep()

    assert transitions_of(one_office, case)[-1] == "adopt"
    assert timers_of(one_office, case)["remind"] == (1, at_opening(date(2026, 11, 26)))


# -- one that will not come, and code that is too old ---------------------------------------------------------------


def incidents(office: TestOffice) -> list[tuple[str, str]]:
    return [(row.kind, row.case_number) for row in office.ask("SELECT kind, case_number FROM incident")]


def test_a_case_that_cannot_be_upgraded_is_set_aside_alone_and_every_deadline_of_the_others_fires(
    office: TestOffice, deploy: Deploy
) -> None:
    good, bad = office.opened(), office.opened()
    deploy(contacted=[chase(first=4, then_every=4)])
    start(office)
    with broken(office, bad):
        come = [upgrades.sweep(office.unit) for _ in range(3)]
        office.move_to(at_opening(date(2026, 11, 16)))
        fired = [outcome.case for outcome in office.sweep()]
        told = incidents(office)
    still = (upgrades.sweep(office.unit), office.sweep())

    with office.writing() as db:
        dead_letters.requeue(db, office.at(db), dead_letters.of_case(db, bad), LEAD, "the row is mended")
    back = upgrades.sweep(office.unit)
    fired_then = [outcome.case for outcome in office.sweep()]

    assert (come, fired) == ([1, 0, 0], [good])
    assert told == [("upgrade", bad)]
    assert still == (0, [])
    assert (back, fired_then) == (1, [bad])
    assert office.ask("SELECT 1 FROM incident WHERE closed_at IS NULL") == []
    assert office.ask("SELECT 1 FROM retry") == []


def test_an_upgrade_that_meets_trouble_that_passes_waits_and_tells_nobody(office: TestOffice, deploy: Deploy) -> None:
    case = office.opened()
    deploy(contacted=[chase(first=4, then_every=4)])
    start(office)
    hiccups = [0]

    @contextmanager
    def busy() -> Iterator[Connection]:
        with office.writing() as db:
            yield db
            if db.execute(select(history.history).where(history.history.c.transition == "adopt")).first():
                hiccups[0] += 1
                raise TimeoutError("the disk is away")

    away = upgrades.sweep(replace(office.unit, begin=busy))
    let_backoff_pass(office)
    come = upgrades.sweep(office.unit)

    assert (away, come) == (0, 1)
    assert hiccups[0] == 1
    assert incidents(office) == []
    assert transitions_of(office, case) == ["open", "adopt"]


def test_old_code_leaves_cases_orders_and_letters_of_newer_code_as_they_are(
    office: TestOffice, deploy: Deploy, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer, older = office.opened(), office.opened()
    monkeypatch.setattr(firing, "BATCH", 1)  # what is left alone takes nobody's place
    with monkeypatch.context() as new_code:
        new_code.setattr(request, "version", 2)
        new_code.setattr(request, "fingerprint", fingerprint(request.shape()))
        start(office)
        office.must(newer, "amend", Amend(why="by newer code"))
    waiting = [office.place("amend", Amend(why="they called"), case=case) for case in (newer, older)]
    unknown = office.place("launch", Amend(why="they called"), case=older)
    office.tamper("UPDATE command SET placed_at = '2026-01-01 00:00:00'")
    letter = office.ask("SELECT * FROM effect WHERE case_number = :case", case=newer)[0]
    office.move_to(at_opening(date(2026, 11, 16)))
    before = (office.case(newer), timers_of(office, newer))

    def not_known_here(_: LetterContent) -> typesetting.Typeset:
        raise TypeError("unexpected keyword argument")

    outcomes, fired = office.sweep_orders(), office.sweep()
    come = upgrades.sweep(office.unit)
    made = making.make(letter.id, office.unit, not_known_here)
    counted = office.ask("SELECT id, outcome, attempts, tries FROM command WHERE outcome IS NULL ORDER BY id")
    effect = office.ask("SELECT state, tries FROM effect WHERE id = :id", id=letter.id)[0]

    assert [{outcome.case for outcome in done} for done in (outcomes, fired)] == [{older}, {older}]
    assert come == 0
    assert (office.case(newer), timers_of(office, newer)) == before
    assert [(row.id, row.tries) for row in counted] == [(waiting[0].command_id, 0), (unknown.command_id, 0)]
    assert counted[0].attempts == 0
    assert (made, effect.state, effect.tries) == ("newer", "waiting", 0)
    assert incidents(office) == []
    assert office.ask("SELECT 1 FROM retry") == []


def test_newer_code_carries_out_what_old_code_left(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    case = office.opened()
    with monkeypatch.context() as new_code:
        new_code.setattr(request, "version", 2)
        new_code.setattr(request, "fingerprint", fingerprint(request.shape()))
        start(office)
        office.must(case, "hold", Hold(reason=HoldReason.OTHER))
    office.place("amend", Amend(why="they called"), case=case)
    office.tamper("UPDATE command SET placed_at = '2026-01-01 00:00:00' WHERE outcome IS NULL")
    by_old = office.sweep_orders()

    monkeypatch.setattr(request, "version", 2)
    by_new = office.sweep_orders()

    assert by_old == []
    assert [outcome.outcome for outcome in by_new] == ["done"]


def under_the_next(office: TestOffice, case: str) -> None:
    """Let newer code bring the case under its version."""
    with pytest.MonkeyPatch.context() as new_code:
        new_code.setattr(request, "version", 2)
        new_code.setattr(request, "fingerprint", fingerprint(request.shape()))
        start(office)
        office.must(case, "amend", Amend(why="by newer code"))


def test_a_letter_of_a_case_that_newer_code_has_in_hand_is_not_even_claimed(office: TestOffice) -> None:
    case = office.opened()
    under_the_next(office, case)

    became = office.make_letters(case)

    assert became == ["newer"]
    (row,) = office.ask("SELECT state, attempts, tries, claimed_at FROM effect")
    assert tuple(row) == ("waiting", 0, 0, None)


def test_a_letter_made_while_newer_code_took_its_case_moves_none_of_its_deadlines(office: TestOffice) -> None:
    case = office.opened()
    (letter,) = office.ask("SELECT id FROM effect")
    before = []

    def taken_meanwhile(_: LetterContent) -> typesetting.Typeset:
        under_the_next(office, case)
        office.tell("UPDATE timer SET due_at = :due", due="2026-11-10 00:30:00+00:00")  # where its version puts it
        before.append((office.case(case), timers_of(office, case)))
        return typesetting.Typeset(b"%PDF", 1, "0" * 64)

    became = making.make(letter.id, office.unit, taken_meanwhile)

    assert became == "newer"
    assert (office.case(case), timers_of(office, case)) == before[0]
    (row,) = office.ask("SELECT state, tries FROM effect")
    assert tuple(row) == ("waiting", 0)


def test_a_case_that_old_code_opens_beside_newer_code_comes_under_the_version_too(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.opened()
    with monkeypatch.context() as new_code:
        new_code.setattr(request, "version", 2)
        new_code.setattr(request, "fingerprint", fingerprint(request.shape()))
        start(office)
        come = [upgrades.sweep(office.unit) for _ in range(2)]
    by_old_code = office.opened()
    monkeypatch.setattr(request, "version", 2)

    then = upgrades.sweep(office.unit)

    assert (come, then) == ([1, 0], 1)
    assert [office.case(number).version for number in (case, by_old_code)] == [2, 2]


def test_a_change_of_the_calendar_is_left_to_newer_code_where_it_runs(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _ = office.mailed()
    with monkeypatch.context() as new_code:
        new_code.setattr(request, "version", 2)
        new_code.setattr(request, "fingerprint", fingerprint(request.shape()))
        start(office)
        office.must(case, "hold", Hold(reason=HoldReason.OTHER))
        office.must(case, "resume")
    day = office_days.Change((TENTH,), closes=True, name="創立記念日")
    with office.writing() as db:
        office_days._written(db, office.at(db), day, LEAD)

    finished = recounts.finish(office.unit)
    monkeypatch.setattr(request, "version", 2)
    then = recounts.finish(office.unit)

    assert (finished, then) == (False, True)
    assert timers_of(office, case)["remind"][1] == at_opening(date(2026, 11, 25))
