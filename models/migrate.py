"""``python -m models.migrate``: bring the database of the settings up to this checkout, and exit.

On an embedded database that is not there it is refused (exit 5): an office is made by founding it, never by looking.
"""

import sys

from models.founding import NoOffice
from models.session import engine, migrate, reading
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
    migrate()
    return 0


if __name__ == "__main__":
    sys.exit(main())
