"""``python -m models.migrate``: bring the database of the settings up to this checkout, and exit.

On an embedded database that is not there it is refused (exit 5): an office is made by founding it, never by looking.
"""

import sys

from models.founding import NoOffice
from models.session import engine, migrate, reading


def main() -> int:
    """Migrate; return the exit status."""
    try:
        if engine().dialect.name == "sqlite":
            with reading():
                pass
    except NoOffice as nowhere:
        sys.stderr.write(
            f"{nowhere}: ここに窓口はありません。./admin.py office found --lead NAME で開設できます。\n"
            f"{nowhere}: no office here; ./admin.py office found --lead NAME founds one.\n"
        )
        return 5
    migrate()
    return 0


if __name__ == "__main__":
    sys.exit(main())
