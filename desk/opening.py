"""The office a desk is to run: found as its database says, or founded in an empty place by whoever runs the desk.

``python -m desk.opening`` does it for ``python -m desk``, in a process of its own: what founding loads, all of the
office, would stay in the memory of a supervisor that has no further use for it.
"""

import sys
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from clock import machine_now
from desk.supervisor import DeskRefused
from desk.words import say, tell
from models.moving import OfficeMoved
from services.engine.office import SaysOtherwise
from services.office.founding import CannotFound, open_up
from services.office.staff import os_login
from settings import Settings, settings, shown
from workflows.tongue import Tongue
from workflows.words import say as worded
from workflows.words import say_all


class NotOpened(DeskRefused):
    """There is no office to run here; the message says why, ``status`` is the exit status."""

    def __init__(self, message: str, status: int) -> None:
        """Keep both."""
        super().__init__(message)
        self.status = status


def open_the_office(house: Settings, tell: Callable[[str], None] = lambda _sentence: None) -> None:
    """Return when there is an office that is what the environment says. Raises NotOpened."""
    try:
        founded = open_up(house, os_login(), machine_now())
    except SaysOtherwise as otherwise:
        raise NotOpened("\n".join(say_all(otherwise.reasons, house.lang)), 2) from otherwise
    except CannotFound as refusal:
        raise NotOpened(worded(refusal.reason, house.lang), 1) from refusal
    except OfficeMoved as gone:
        raise NotOpened(worded(gone.reason, house.lang), 5) from gone
    except SQLAlchemyError as error:
        raise NotOpened(say("no_database", house.lang, database=shown(house.database_url)), 5) from error
    except OSError as error:
        raise NotOpened(
            say("not_writable", house.lang, home=house.home, why=Tongue(house.lang).why(error)), 5
        ) from error
    if founded.new:
        office = founded.office
        tell(say("founded", house.lang, lead=office.lead, database=shown(house.database_url)))


def main() -> int:
    """Open the office; return 0, or what the reason on stderr calls for (desk/__main__.py)."""
    try:
        open_the_office(settings(), tell)
    except NotOpened as closed:
        sys.stderr.write(f"{closed}\n")
        return closed.status
    except KeyboardInterrupt:
        return 0  # what was half founded is founded by the next start
    return 0


if __name__ == "__main__":
    sys.exit(main())
