"""``python -m models.migrate``: bring the database of the settings up to this checkout, and exit.

The tables, and which versions of the procedures are in force: whatever runs older code leaves alone from then on what
it does not know.

On an embedded database that is not there it is refused (exit 5): an office is made by founding it, never by looking.
So it is where an office is on its way to another database, or has left: nothing is written in such a place.
"""

import sys

from models import moving
from models.definitions import record_newer
from models.founding import NoOffice, place_of
from models.session import behind, engine, migrate, reading, transaction
from workflows.engine.machine import BadDefinition
from workflows.registry import procedures
from workflows.words import tell


def main() -> int:
    """Migrate; return the exit status."""
    try:
        with reading() as db:
            move = moving.under_way(db)
    except NoOffice as nowhere:
        return _refused("office.none_here", place=nowhere)
    if move is not None:
        if move.state != moving.LEFT and behind(engine()):
            return _refused("moving.begun_by_older", place=place_of(engine().url))
        return _refused(f"moving.{move.state}", place=move.place)
    try:
        procedures()
    except BadDefinition as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    migrate()
    with transaction() as db:
        record_newer(db)
    return 0


def _refused(code: str, **params: object) -> int:
    for language in ("ja", "en"):
        sys.stderr.write(f"{tell(code, language, **params)}\n")
    return 5


if __name__ == "__main__":
    sys.exit(main())
