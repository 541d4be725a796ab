"""``python -m models.migrate``: bring the database of the settings up to this checkout, and exit.

The tables, and which versions of the procedures are in force: whatever runs older code leaves alone from then on what
it does not know.

On an embedded database that is not there it is refused (exit 5): an office is made by founding it, never by looking.
"""

import sys

from models.definitions import record_newer
from models.founding import NoOffice
from models.session import engine, migrate, reading, transaction
from workflows.engine.machine import BadDefinition
from workflows.registry import procedures
from workflows.words import tell


def main() -> int:
    """Migrate; return the exit status."""
    try:
        if engine().dialect.name == "sqlite":
            with reading():
                pass
    except NoOffice as nowhere:
        for language in ("ja", "en"):
            sys.stderr.write(f"{tell('office.none_here', language, place=nowhere)}\n")
        return 5
    try:
        procedures()
    except BadDefinition as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    migrate()
    with transaction() as db:
        record_newer(db)
    return 0


if __name__ == "__main__":
    sys.exit(main())
