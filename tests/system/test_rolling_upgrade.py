"""Old and new code at once, as the operators' page rolls an upgrade: what newer code has touched, old code leaves."""

import json
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from settings import PROJECT, Settings, load
from tests import checker, checker_office
from tests.checkouts import Checkout, Said
from tests.office import CLERK, TOKYO
from tests.people import a_contact
from tests.system.conftest import RealDesk, new_desk, until
from tests.system.counters import counter
from tests.system.next_release import NEXT, RENAMED, REVISION, SECOND_LOOK, VERSION, next_release
from tests.system.people_at_work import People, Script, contact
from workflows.request.payloads import Amend
from workflows.request.procedure import request as procedure

PAGE = PROJECT / "docs" / "operations.md"
STEPS = [["hold", "--reason", "other", "--until", "2027-03-31"], ["resume"]]
NEWER_STEPS = [["hold", "--reason", "in_court", "--last-day", "2027-03-31"], ["remark", "--why", "twice asked"]]
PRESENT = Checkout(PROJECT)


def printed_steps() -> list[str]:
    """Return the lines of the page's block of the rolling upgrade."""
    section = PAGE.read_text(encoding="utf-8").partition("\n## Upgrading\n")[2]
    rolled: str = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)[1]
    return rolled.strip().splitlines()


class Rolling:
    """A desk of this release whose services are replaced, one after the other, by those of the next one."""

    def __init__(self, desk: RealDesk, folder: Path) -> None:
        self.desk = desk
        self.folder = folder
        self.settings = load({**desk.settings.environment(), "MADOGUCHI_ALLOW_AS": "demo"})
        self.people = People(self.settings, renamed=RENAMED)
        self.newer: Checkout | None = None
        self._counters = ExitStack()
        self.present = self.at_a_counter(PRESENT, "present")

    def close(self) -> None:
        """End the counters."""
        self._counters.close()

    def at_a_counter(self, checkout: Checkout, name: str) -> Script:
        """Return ./admin.py of that release with a counter of its own, as a desk of that release has one."""
        settings = replace(self.settings, hatch=self.folder.with_name(f"hatch-{name}"))
        log = self.folder.with_name(f"counter-{name}.log")
        self._counters.enter_context(counter(settings, log, project=checkout.folder))

        def script(_: Settings, *words: str, stdin: str = "") -> Said:
            return checkout.admin(settings, *words, stdin=stdin)

        return script

    def build(self) -> Checkout:
        """Make the next release; its processes are called desk3, desk4 and beat2."""
        self.newer = next_release(self.folder)
        self.desk.code = dict.fromkeys(("desk3", "desk4", "beat2"), self.newer.folder)
        return self.newer

    def old(self, *words: str, stdin: str = "") -> Said:
        """Run this release's ./admin.py as a clerk."""
        return self.present(self.settings, "--as", CLERK, "--json", *words, stdin=stdin)

    def new(self, *words: str, stdin: str = "") -> Said:
        """Run the next release's ./admin.py as a clerk."""
        assert self.people.newer is not None
        return self.people.newer(self.settings, "--as", CLERK, "--json", *words, stdin=stdin)

    def ask(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        """Return what plain SQL finds."""
        return [tuple(row) for row in self.desk.office.ask(query, **values)]

    def working_days_later(self, days: int) -> None:
        """Move the office's clock to ten o'clock, so many working days later."""
        office = self.desk.office
        day = office.calendar().add_working_days(office.today, days)
        office.move_to(datetime.combine(day, datetime.min.time(), TOKYO) + timedelta(hours=10))

    def work_goes_on(self, *names: str, orders: int = 2) -> None:
        """Wait until each of these clerks has had so many more answers."""
        before = {name: self.people.finished(name) for name in names}
        # What old code leaves alone is found by the sweep of newer code.
        until(
            lambda: all(self.people.finished(name) >= before[name] + orders for name in names),
            f"work of {names}", 150, self.desk.hurry,
        )  # fmt: skip


@pytest.fixture
def rolling(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rolling]:
    """On PostgreSQL: with SQLite there is one machine, and its upgrade stops the desk."""
    # The checker knows the procedure by heart, and learns what the next release adds to it.
    monkeypatch.setitem(checker.EDGES, "remark", {(state, state) for state in checker_office.OPEN})
    with new_desk("postgresql", request) as desk:
        desk.start("broker", "desk1", "desk2", "beat")
        desk.open_the_office()
        made = Rolling(desk, tmp_path / "newer")
        try:
            with made.people:
                yield made
        finally:
            made.close()


@pytest.mark.timeout(1800)
def test_a_rolling_upgrade_under_load_loses_nothing_and_doubles_nothing(rolling: Rolling) -> None:
    desk, people = rolling.desk, rolling.people
    for _ in range(8):
        desk.order("open", a_contact())
    build, migrate, commands, letters, rest = printed_steps()
    people.come("ito", rolling.present, STEPS)
    rolling.work_goes_on("ito")

    assert build.endswith("docker compose build")
    newer = rolling.build()
    rolling.working_days_later(2)  # what the old desk has to fire
    assert migrate.endswith("migrate")
    assert newer.python(rolling.settings, "-m", "models.migrate").status == 0
    people.newer = rolling.at_a_counter(newer, "newer")

    assert commands.endswith(" worker-commands")
    desk.start("desk3")
    people.come("mori", people.newer, NEWER_STEPS)
    with amendments(rolling):
        rolling.working_days_later(1)
        rolling.work_goes_on("ito", "mori")
    old_code_leaves_alone(rolling)
    desk.start("desk3")
    rolling.work_goes_on("ito", "mori")
    desk.stop("desk1")

    assert letters.endswith(" worker")
    desk.start("desk4")
    desk.stop("desk2")

    assert rest.endswith("beat flower metrics")
    desk.start("beat2")
    desk.stop("beat")
    rolling.work_goes_on("ito", "mori", orders=1)
    people.leave()
    rolling.working_days_later(1)
    all_is_well(rolling)


@contextmanager
def amendments(rolling: Rolling) -> Iterator[None]:
    """Let orders be accepted by old code all the time, whichever version their case has come under meanwhile."""
    cases = [number for (number,) in rolling.ask('SELECT number FROM "case" WHERE hold IS NULL ORDER BY id LIMIT 8')]
    over = threading.Event()

    def give() -> None:
        turn = 0
        while not over.wait(0.3):  # short: between two calls
            turn += 1
            rolling.desk.order("amend", Amend(why=f"call {turn}"), case=cases[turn % len(cases)], ring=turn % 3 > 0)

    giver = threading.Thread(target=give)
    giver.start()
    try:
        yield
    finally:
        over.set()
        giver.join()


def old_code_leaves_alone(rolling: Rolling) -> None:
    """Let nobody but old code work for a while, where things of newer code wait: nothing of them is touched."""
    desk = rolling.desk
    waiting = newer_things(rolling)
    before = as_they_stand(rolling, waiting)
    tell_old_commands(rolling, waiting)
    rolling.working_days_later(1)  # what newer code would fire by now

    older = desk.order("open", a_contact(), ring=False)  # found by the sweep over orders alone
    desk.answer(older)
    rolling.working_days_later(2)
    until(lambda: chased(rolling, older.case), "a deadline fired by old code")
    left = "SELECT 1 FROM effect WHERE case_number = :case AND not_before IS NOT NULL"
    until(lambda: rolling.ask(left, case=waiting["letter"]), "old code to have heard the letter's bell")
    until(lambda: desk.made(older.case), "a letter made by old code", meanwhile=desk.hurry)

    assert as_they_stand(rolling, waiting) == before


def newer_things(rolling: Rolling) -> dict[str, str]:
    """Return cases under the newer version, for which a deadline, an order, a letter waits, and one to be opened."""
    desk = rolling.desk
    desk.signal("desk2", signal.SIGSTOP)  # so that the letter waits
    told = {what: json.dumps(contact(what, 1)) for what in ("letter", "order", "opening")}
    cases = {
        what: rolling.new("open", "--file", "-", "--wait", "80", stdin=told[what]).json["case"]
        for what in ("letter", "order")
    }
    desk.stop("desk3")
    desk.signal("desk2", signal.SIGCONT)
    said = rolling.new("open", "--file", "-", "--wait", "0", stdin=told["opening"])
    held = rolling.new("hold", cases["order"], "--reason", "in_court", "--wait", "0")
    desk.order("amend", Amend(why="accepted by old code"), case=cases["order"])
    assert (said.status, held.status) == (4, 4)
    return {**cases, "opening": said.json["case"]}


def as_they_stand(rolling: Rolling, waiting: dict[str, str]) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that old code could touch of these cases."""
    mine = '(SELECT id FROM "case" WHERE number IN (:letter, :order, :opening))'
    their = "case_number IN (:letter, :order, :opening) ORDER BY id"
    asked = {
        "case": f'SELECT number, seq, version, due_at, next FROM "case" WHERE id IN {mine} ORDER BY id',  # noqa: S608
        "timer": f"SELECT * FROM timer WHERE case_id IN {mine} ORDER BY case_id, entry_seq, name",  # noqa: S608
        "order": f"SELECT id, outcome, attempts, tries, claimed_at, trouble FROM command WHERE {their}",  # noqa: S608
        "letter": f"SELECT id, state, attempts, tries, claimed_at, fault FROM effect WHERE {their}",  # noqa: S608
        "incident": "SELECT kind, case_number FROM incident",
        "retry": "SELECT * FROM retry",
    }
    return {what: rolling.ask(query, **(waiting if ":" in query else {})) for what, query in asked.items()}


def tell_old_commands(rolling: Rolling, waiting: dict[str, str]) -> None:
    """What old commands say of a newer case: which release to run, whatever is asked."""
    for words in (("show",), ("why",), ("hold", "--reason", "other"), ("resume", "--dry-run")):
        said = rolling.old(words[0], waiting["order"], *words[1:])
        assert (said.status, said.json["error"]) == (5, "older_code"), said
        assert "a newer version of the procedure is in force" in said.json["message"]
    # By itself, too, where no counter is.
    japanese = PRESENT.admin(rolling.settings, "--as", CLERK, "--json", "show", waiting["order"], "--lang", "ja")
    assert "手続のより新しい版" in japanese.json["message"]


def chased(rolling: Rolling, case: str) -> bool:
    """Whether old code has fired a deadline of the case."""
    row = 'SELECT revision FROM history JOIN "case" ON "case".id = case_id WHERE number = :case AND cause LIKE :timer'
    return any(revision != REVISION for (revision,) in rolling.ask(row, case=case, timer="timer:%"))


def all_is_well(rolling: Rolling) -> None:
    """Everything accepted was carried out once, and by whom it should be."""
    desk, ask = rolling.desk, rolling.ask
    desk.settle()
    desk.check()
    assert [kind for (kind,) in ask("SELECT kind FROM incident UNION SELECT work FROM retry")] == []
    assert ask("SELECT id FROM command WHERE outcome NOT IN ('done', 'refused')") == []
    assert ask("SELECT id FROM effect WHERE state = 'set_aside'") == []
    until(
        lambda: not ask('SELECT 1 FROM "case" WHERE open AND version < :v', v=VERSION), "every case under the version"
    )
    assert ask("SELECT version_num FROM alembic_version") == [(NEXT,)]
    wrote = ask("SELECT DISTINCT version, revision = :next FROM history ORDER BY version", next=REVISION)
    assert [(version, bool(by_next)) for version, by_next in wrote] == [(procedure.version, False), (VERSION, True)]
    assert ask("SELECT 1 FROM history WHERE cause LIKE :timer", timer=f"timer:{SECOND_LOOK}:%")
    assert ask('SELECT 1 FROM "case" WHERE urgency = 1')
    # Every timer stands where the version in force puts it, whoever had a case in hand meanwhile.
    doctor = rolling.new("doctor")
    # Nobody was at the post room.
    assert {one["what"] for one in doctor.json["findings"]} <= {"overdue_letter"}, doctor
