"""``python -m counter``: the desk's process that carries out what people call by ``./admin.py``."""

import gc
import importlib
import os
import pkgutil
import sys
from contextlib import redirect_stdout
from functools import partial
from io import StringIO

import journal
from commands import main as commands
from counter.child import serve
from counter.revision import revision
from counter.serving import Counter
from settings import PROJECT, load

READY = "the counter is open"
ROOMS = ("commands", "models", "services", "tasks", "workflows")
NOT_HERE = ("models.migrations", "models.migrate", "services.returns.reader", "services.returns.sight")
"""What only runs in a process of its own, and would bring libraries along that no command needs."""


def main() -> int:
    """Serve until told to end; return the exit status."""
    code = revision(str(PROJECT))
    told = load(os.environ)
    preload()
    if revision(str(PROJECT)) != code:  # an upgrade goes on at this moment
        sys.stderr.write("the code changed while it was loaded; once more\n")
        return 1
    counter = Counter(told.hatch, told.home, partial(serve, told=told, code=code))
    # Others come with their own logins; a database that knows logins of its own must see theirs, not ours.
    counter.shared = told.database_url.startswith("sqlite")
    warm()
    gc.collect()
    gc.freeze()
    gc.disable()
    journal.begin("counter")
    counter.run(lambda: journal.ready(READY))
    return 0


def preload() -> None:
    """Import everything a command may need. Nothing is opened, asked or started by that."""
    for room in ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if not found.name.startswith(NOT_HERE) and not found.name.endswith(".__main__"):
                importlib.import_module(found.name)
    for name in (
        "sqlalchemy.dialects.sqlite",
        "rich.console",
        "rich.progress",
        "yaml",
        "csv",
        "encodings.ascii",
        "phonenumbers",
    ):  # not ftfy: three megabytes for the few texts that have Latin letters beyond ASCII
        importlib.import_module(name)


def warm() -> None:
    """Ask what most calls ask, once: a child then finds the statements compiled, and the holidays known.

    Only looks, and only at what is not personal; every connection is closed before the first call.
    """
    with redirect_stdout(StringIO()):
        for page in ([], ["list"], ["hold"]):
            commands.run([*page, "--help"])
    from sqlalchemy.exc import SQLAlchemyError

    from models import case as cases
    from models import session
    from models.founding import NoOffice
    from models.moving import OfficeMoved
    from services.engine import dead_letters
    from services.engine.office import the_office
    from services.reports.cases import the_case
    from services.reports.worklist import Wanted, worklist

    try:
        with session.looking() as db:
            office = the_office(db)
            for line in worklist(db, office, Wanted(most=1)):
                row = cases.find(db, line["case"])
                if row is not None:
                    the_case(db, row, office, office.settings.lang)
                dead_letters.of_case(db, line["case"])
    except (SQLAlchemyError, NoOffice, OfficeMoved, OSError) as trouble:  # the first calls compile them, then
        sys.stderr.write(f"nothing could be looked at: {type(trouble).__name__}\n")
    session.leave_engine()


if __name__ == "__main__":
    sys.exit(main())
