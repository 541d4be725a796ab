"""``python -m counter``: the desk's process that carries out what people call by ``./admin.py``."""

import gc
import importlib
import os
import pkgutil
import sys
from functools import partial

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
    gc.collect()
    gc.freeze()
    gc.disable()
    counter.run(lambda: print(READY, flush=True))
    return 0


def preload() -> None:
    """Import everything a command may need. Nothing is opened, asked or started by that."""
    for room in ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if not found.name.startswith(NOT_HERE) and not found.name.endswith(".__main__"):
                importlib.import_module(found.name)
    for name in ("sqlalchemy.dialects.sqlite", "rich.console", "rich.progress", "zoneinfo", "yaml", "csv", "uuid"):
        importlib.import_module(name)


if __name__ == "__main__":
    sys.exit(main())
