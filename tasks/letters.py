"""Letters: each is made once; the sweep rings again for those whose bell was lost."""

from collections.abc import Callable, Iterable

from celery.exceptions import SoftTimeLimitExceeded

from clock import office_now
from models.session import reading, transaction
from services import effects as services
from services.office import the_office
from tasks.app import app
from tasks.bell import letter_bells, ring
from tasks.heartbeats import alive


@app.task(name="letters.make", queue="effects")
def make(case: str, effect: int) -> str:
    """Render one letter into the spool."""
    return _make(effect)


@app.task(name="letters.make_lot", queue="effects")
def make_lot(cases: list[str], effects: list[int]) -> int:
    """Render several letters, each as if it had been rung for alone; one that fails does not stop the others."""
    each(effects, _make)
    return len(effects)


def each(ids: Iterable[int], do: Callable[[int], object]) -> None:
    """Do it for each of them, and raise the first fault when all have had their turn."""
    faults: list[Exception] = []
    for one in ids:
        try:
            do(one)
        except SoftTimeLimitExceeded:  # the time of all of them is over; the sweep rings for the rest
            raise
        except Exception as fault:  # noqa: BLE001 - raised below
            faults.append(fault)
    if faults:
        raise faults[0]


def _make(effect: int) -> str:
    alive("effects")  # a heartbeat of its own would wait behind a thousand letters
    return services.make(effect, transaction, lambda db: the_office(db, office_now(db)))


@app.task(name="letters.sweep", queue="clock")
def sweep() -> int:
    """Ring for letters that wait to be made."""
    with reading() as db:
        rows = services.waiting(db)
    ring(letter_bells((row.case_number, row.id, row.attempts + 1) for row in rows))
    return len(rows)
