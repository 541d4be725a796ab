"""``move``: the office goes to another database, from SQLite to PostgreSQL or back, and one place lives at any time."""

from collections.abc import Callable
from typing import Any

import click

from commands.context import DONE, REFUSED, WRONG, Failure, call, fails, said
from commands.office import asker, login, looking, no_such_person
from commands.output import answer, note
from commands.places import Place
from commands.progress import ticking
from commands.shape import command, option
from workflows.words import say, say_all


@command("move", words="moving.help.move")
@option("--to", metavar="URL", words="moving.help.move.to")
@option("--to-file", "file", metavar="F", type=Place(folder=False), words="moving.help.move.to_file")
@option("--dry-run", "only_look", is_flag=True, words="moving.help.move.dry_run")
@option("--abandon", is_flag=True, words="moving.help.move.abandon")
def move(to: str | None, file: str | None, only_look: bool, abandon: bool) -> int:
    """Move the office."""
    from services.office import caller

    if not caller.present().is_the_office:
        raise fails(REFUSED, "not_the_office", "backup.not_the_office")
    caller.present().by_itself()  # the password may stand in its environment
    url = _url(to, file, needed=not abandon)
    by = _by()
    return _back(url, by) if abandon else _there(str(url), by, only_look=only_look)


def _there(url: str, by: str, *, only_look: bool) -> int:
    from services.backup.moving import move as moving
    from settings import settings

    with ticking(said("moving.bar")) as tick:
        done = _tried(lambda: moving(settings(), url, by, tick, only_look=only_look))
    faults = [] if done.fault is None else say_all([done.fault], call().language)
    document = {
        "place": done.place, "rows": done.rows, "sha256": done.digest, "repeated": done.already,
        "moved": not only_look, "faults": faults,
    }  # fmt: skip
    told = "could" if only_look else "already" if done.already else "moved"
    lines = [said(f"moving.{told}", place=done.place, rows=done.rows)]
    answer(document, [*lines, *([said("moving.faults"), *faults] if faults else [])])
    if not only_look:
        note(said("moving.then"))
    return REFUSED if faults else DONE


def _back(url: str | None, by: str) -> int:
    from services.backup.moving import abandon
    from settings import settings

    place = _tried(lambda: abandon(settings(), url, by))
    answer({"place": place, "abandoned": True}, [said("moving.abandoned", place=place)])
    return DONE


def _by() -> str:
    """Return in whose name it is recorded."""
    name = call().as_name
    if name is None:
        return login()
    from models.founding import here_or_left
    from models.moving import OfficeMoved
    from models.session import reading
    from services.office.staff import NoSuchPerson, identify

    try:
        with looking() as (db, office):
            return asker(db, office).name
    except OfficeMoved:  # the way back begins in a place that is closed
        with reading() as db:
            here = here_or_left(db)
            if here is None or not here.demo:
                raise
            try:
                return identify(db, login(), name).name
            except NoSuchPerson as unknown:
                raise no_such_person(str(unknown)) from None


def _url(to: str | None, file: str | None, *, needed: bool) -> str | None:
    """Return the URL that was named, as the settings would have it; ends the call where it is none."""
    from sqlalchemy.engine import make_url

    from settings import BadSettings, load

    if to is not None and file is not None:
        raise click.UsageError(said("moving.one_of"))
    if to is None and file is None:
        if needed:
            raise click.UsageError(said("moving.one_of"))
        return None
    name = "MADOGUCHI_DATABASE_URL"
    try:
        url = load({name: to} if to is not None else {f"{name}_FILE": str(file)}).database_url
    except BadSettings:
        raise fails(WRONG, "not_a_database", "moving.not_a_url") from None
    if to is not None and (make_url(url).password or "password" in url.partition("?")[2]):
        raise fails(WRONG, "password_shown", "moving.password_shown")
    return url


def _tried(deed: Callable[[], Any]) -> Any:
    from services.backup.sides import MoveRefused

    try:
        return deed()
    except MoveRefused as no:
        code = no.reason.code.partition(".")[2]
        raise Failure(WRONG if code in _WRONG else REFUSED, code, say(no.reason, call().language)) from None


_WRONG = ("same", "no_folder", "no_database")
