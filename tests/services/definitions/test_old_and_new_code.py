"""A case that cannot be upgraded is set aside alone; code that is too old leaves newer cases as they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from models import definitions, history, migrate, session
from services.engine import dead_letters, firing, recounts, upgrades
from services.letters import making, typesetting
from services.office import office_days
from services.reports.plan import plan
from settings import settings
from tests.office import LEAD, TestOffice
from tests.services.definitions.versions import TENTH, Deploy, at_opening, start, timers_of, transitions_of
from tests.trouble import broken, let_backoff_pass
from workflows.engine.machine import fingerprint
from workflows.letters import LetterContent
from workflows.request.payloads import Amend, Hold
from workflows.request.procedure import request
from workflows.request.states import chase
from workflows.request.values import HoldReason


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


def test_from_the_migration_on_old_code_leaves_alone_what_only_newer_code_knows(
    office: TestOffice, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.opened()
    monkeypatch.setenv("MADOGUCHI_HOME", str(home))
    monkeypatch.setenv("MADOGUCHI_DATABASE_URL", office.url)
    settings.cache_clear()
    session.forget_engines()
    with monkeypatch.context() as new_code:  # a release without a migration, none of whose workers has started
        new_code.setattr(request, "version", 2)
        new_code.setattr(request, "fingerprint", fingerprint(request.shape()))
        done = (migrate.main(), migrate.main())
    session.engine().dispose()
    settings.cache_clear()
    session.forget_engines()
    by_newer_code = office.place("launch", Amend(why="they called"), case=case)
    office.tamper("UPDATE command SET placed_at = '2026-01-01 00:00:00'")

    outcomes = office.sweep_orders()
    office.must(case, "amend", Amend(why="old code goes on with what it knows"))

    assert done == (0, 0)
    assert outcomes == []
    (left,) = office.ask("SELECT outcome, tries FROM command WHERE id = :id", id=by_newer_code.command_id)
    assert (left.outcome, left.tries) == (None, 0)
    assert incidents(office) == []
    with office.writing() as db:
        assert [row.version for row in definitions.recorded(db, "request")] == [1, 2]


def test_a_definition_that_no_worker_would_start_under_is_not_recorded_by_the_migration(
    office: TestOffice, deploy: Deploy
) -> None:
    office.opened()
    deploy(without="contacted")

    with office.writing() as db:
        definitions.record_newer(db)
        versions = [row.version for row in definitions.recorded(db, "request")]

    assert versions == [1]


def test_plan_says_the_same_before_and_after_the_migration(office: TestOffice, deploy: Deploy) -> None:
    office.opened()
    deploy(contacted=[chase(first=4, then_every=4)])

    before = plan(office.unit, "request")
    with office.writing() as db:
        definitions.record_newer(db)
    after = plan(office.unit, "request")

    assert before.deadlines != []
    assert after.deadlines == before.deadlines
    assert (after.adopt, after.refusals, list(after.recorded)) == (before.adopt, [], [1, 2])


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
