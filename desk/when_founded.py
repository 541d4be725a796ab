"""``python -m desk.when_founded celery -A worker ...``: wait until there is an office, then become that program.

For containers, which start before anybody has founded one: there a person comes in by ``exec`` to found it. It makes
nothing, and it does not report ready meanwhile; everywhere else a worker without an office ends with the reason.
"""

import os
import sys
import time

from sqlalchemy.exc import SQLAlchemyError

from models.moving import OfficeMoved
from models.session import engine
from services.office.founding import look
from settings import settings, shown
from workflows.engine.values import Reason
from workflows.words import say

_PAUSE = 2.0


def main(program: list[str]) -> None:
    """Wait, then replace this process by ``python -m`` *program*; an office that is otherwise is for it to refuse."""
    told = False
    while not _is_founded():
        if not told:
            place = shown(settings().database_url)
            sys.stderr.write(f"{say(Reason('office.none_here', {'place': place}), settings().lang)}\n")
            told = True
        time.sleep(_PAUSE)
    engine().dispose()
    os.execv(sys.executable, [sys.executable, "-m", *program])  # noqa: S606 - no shell; what compose names


def _is_founded() -> bool:
    """Whether there is an office by now; a database that is away may have one, and one that moved says so itself."""
    try:
        return look(settings().database_url) is not None
    except OfficeMoved:
        return True
    except SQLAlchemyError:
        return False


if __name__ == "__main__":
    main(sys.argv[1:])
