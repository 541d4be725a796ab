"""A letter that is typeset for ever: it ends alone, by the death of the process it holds, and the others are made."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from beat_schedule import SCHEDULE
from models.effect import effect
from services.engine import dead_letters, outbox
from services.engine.trouble import TRIES
from services.letters import making
from tasks.bell import LOT, letter_bells
from tasks.letters import make, make_lot
from tests.office import LEAD
from tests.people import a_contact
from tests.system.conftest import RealDesk, until


@pytest.fixture
def trapped(desk: RealDesk) -> Iterator[RealDesk]:
    """A desk whose letters can be made endless."""
    desk.kill("desk2")
    desk.loaded["desk2"] = ["-I", "tests.system.endless"]
    desk.start("desk2")
    yield desk
    desk.loaded.clear()
    desk.kill("desk2")
    desk.start("desk2")


# How a process ends does not depend on the kind of database; what its end costs the letter is tested on both with the
# outbox.
@pytest.mark.parametrize("real_desk", ["sqlite"], indirect=True)
def test_an_endless_letter_is_set_aside_and_those_of_its_lot_are_made(trapped: RealDesk) -> None:
    trapped.stop("desk2")
    numbers = [trapped.must(None, "open", a_contact()).case for _ in range(LOT + 4)]
    trap = trapped.settings.run / "endless" / f"{numbers[1]}-01"
    trap.parent.mkdir(exist_ok=True)
    trap.touch()
    mine = effect.c.case_number.in_(numbers)
    rows = trapped.office.ask(select(effect).where(mine).order_by(effect.c.id))
    trapped.redis().delete("effects")
    trapped.ring(*letter_bells((row.case_number, row.id, 1) for row in rows))

    trapped.start("desk2")
    others = [number for number in numbers if number != numbers[1]]
    until(lambda: all(trapped.made(number) for number in others), "the others' letters", 90, trapped.hurry)
    while not (told := trapped.office.ask("SELECT fault FROM incident WHERE case_number = :c", c=numbers[1])):
        trapped.let_leases_pass()
        (row,) = trapped.office.ask(select(effect).where(effect.c.subject == trap.name))
        until(partial(has_gone_on, trapped, row), "its next try", meanwhile=trapped.hurry)
    trap.unlink()
    with trapped.office.writing() as db:
        dead_letters.requeue(db, trapped.office.at(db), dead_letters.of_case(db, numbers[1]), LEAD, "it ends now")

    until(lambda: trapped.made(numbers[1]), "the letter that was endless", meanwhile=trapped.hurry)
    (state,) = trapped.office.ask(select(effect.c.state).where(effect.c.subject == trap.name))
    assert [row.fault for row in told] == [f"its worker died of it {TRIES} times"]
    assert state.state == "done"


def has_gone_on(desk: RealDesk, before: Any) -> bool:
    """Whether somebody has tried a letter again since, or given it up."""
    (row,) = desk.office.ask(select(effect).where(effect.c.id == before.id))
    return bool(row.tries > before.tries or row.state == "set_aside")


def test_three_deaths_take_less_than_two_minutes() -> None:
    sweep = timedelta(seconds=SCHEDULE["letters to be made"]["schedule"])
    ended = timedelta(seconds=making.SECONDS)

    longest = TRIES * (outbox.LEASE + sweep)

    assert make.time_limit == make_lot.time_limit == making.SECONDS
    assert ended < outbox.LEASE
    assert longest <= timedelta(seconds=120)
