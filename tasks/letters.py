"""Letters: each is made once; the sweep rings again for those whose bell was lost."""

from clock import office_now
from models.session import reading, transaction
from services import effects
from services.office import the_office
from tasks.app import app
from tasks.bell import letter_bell, ring
from tasks.heartbeats import alive


@app.task(name="letters.make", queue="effects")
def make(case: str, effect: int) -> str:
    """Render one letter into the spool."""
    alive("effects")  # a heartbeat of its own would wait behind a thousand letters
    return effects.make(effect, transaction, lambda db: the_office(db, office_now(db)))


@app.task(name="letters.sweep", queue="clock")
def sweep() -> int:
    """Ring for letters that wait to be made."""
    with reading() as db:
        rows = effects.waiting(db)
    ring(letter_bell(row.case_number, row.id, row.attempts + 1) for row in rows)
    return len(rows)
