"""``backup`` and ``restore``: the office as it is at one moment, and the way back into an empty place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from commands.context import DONE, REFUSED, UNREACHABLE, WRONG, Failure, call, fails, said, tongue
from commands.office import asker, login, looking, unit
from commands.output import answer, note
from commands.places import Place
from commands.progress import ticking
from commands.shape import command, option
from workflows.words import say_all


@command("backup", words="backup.help.backup")
@option("--out", required=True, metavar="DIR", type=Place(file=False), words="backup.help.backup.out")
@option("--keys", metavar="DIR", type=Place(file=False), words="backup.help.backup.keys")
def backup(out: str, keys: str | None) -> int:
    """Back the office up."""
    from clock import machine_now
    from services.backup.taking import take

    _by_the_office()
    place = _place(out)
    apart = place.with_name(f"{place.name}.keys") if keys is None else _place(keys)
    with looking() as (db, office):
        who = asker(db, office)
    with ticking(said("backup.bar")) as tick:
        taken = _tried(place, lambda: take(unit(), place, apart, who.name, machine_now(), tick))
    faults = [] if taken.fault is None else say_all([taken.fault], call().language)
    document = {
        "backup": str(taken.folder), "keys": str(taken.keys), "made_at": taken.made_at.isoformat(timespec="seconds"),
        "identity": taken.identity, "files": len(taken.files), "bytes": taken.size, "rows": sum(taken.rows.values()),
        "missing": taken.missing, "faults": faults,
    }  # fmt: skip
    figures = {"files": len(taken.files), "mib": -(-taken.size // 2**20), "rows": document["rows"]}
    answer(
        document,
        [
            said("backup.made", place=taken.folder, **figures),
            said("backup.keys_apart", place=taken.keys),
            *([said("backup.missing", letters=taken.missing)] if taken.missing else []),
            *faults,
        ],
    )
    return REFUSED if faults or taken.missing else DONE


@command("restore", words="backup.help.restore")
@click.argument("folder", metavar="DIR", type=Place(file=False))
@option("--keys", metavar="DIR", type=Place(file=False), words="backup.help.restore.keys")
@option("--former-keys", "former", metavar="DIR", type=Place(file=False), words="backup.help.restore.former_keys")
@option("--leap", type=click.IntRange(1, 1_000_000), metavar="N", words="backup.help.restore.leap")
def restore(folder: str, keys: str | None, former: str | None, leap: int | None) -> int:
    """Bring a backup back."""
    from clock import machine_now
    from services.backup import restoring
    from settings import settings

    _by_the_office()
    place = _place(folder)
    apart = place.with_name(f"{place.name}.keys") if keys is None else _place(keys)
    with ticking(said("backup.bar")) as tick:
        came = _tried(
            settings().home,
            lambda: restoring.restore(
                settings(), place, apart, former=None if former is None else _place(former),
                leap=leap or restoring.LEAP, by=login(), now=machine_now(), tick=tick,
            )
        )  # fmt: skip
    erased, left = _erased_since()
    document = {
        "restored": came.backup, "made_at": came.made_at.isoformat(timespec="seconds"), "files": came.files,
        "leap": came.leap, "repeated": came.already, "erased": erased, "unreadable": left,
    }  # fmt: skip
    told = "backup.restored_already" if came.already else "backup.restored"
    lines = [said(told, at=document["made_at"], files=came.files, leap=came.leap)]
    lines += [said("backup.erased_again", cases=erased)] if erased else []
    lines += [said("backup.unreadable", cases=left)] if left else []
    answer(document, lines)
    note(said("backup.then"))
    return DONE


def _erased_since() -> tuple[list[str], list[str]]:
    """Erase again what was erased since the backup; return that, and open cases nobody can read any more."""
    from services.backup import restoring
    from services.ending import erasing

    with looking() as (db, office):
        closed, still_open = restoring.unreadable(db, office.keys.folder)
    for number in closed:
        erasing.erase(unit(), number, login(), "restored: it was erased since the backup", anyway=True)
    return closed, still_open


def _by_the_office() -> None:
    """End the call where somebody else than the office's own login would have files of the office written."""
    from services.office import caller

    if not caller.present().is_the_office:
        raise fails(REFUSED, "not_the_office", "backup.not_the_office")


def _place(text: str) -> Path:
    """Return the place as whoever calls sees it: a desk's counter, which may carry this out, stands elsewhere."""
    from services.office import caller

    who = caller.present()
    return who.folder() / who.placed(text)


def _tried(place: Path, deed: Callable[[], Any]) -> Any:
    from models.keys import KeystoreBusy
    from models.wrapping import KeystoreDamaged
    from services.backup.taking import BackupRefused

    try:
        return deed()
    except BackupRefused as no:
        sentences = say_all(no.reasons, call().language)
        status = WRONG if no.reasons[0].code in _WRONG else REFUSED
        code = no.reasons[0].code.rpartition(".")[2]
        raise Failure(status, code, " ".join(sentences), codes=[one.code for one in no.reasons]) from None
    except (KeystoreBusy, KeystoreDamaged):
        raise
    except OSError as error:
        raise fails(
            UNREACHABLE, "not_written", "backup.not_written", place=error.filename or place, why=tongue().why(error)
        ) from error


_WRONG = ("backup.not_empty", "backup.inside", "backup.not_apart", "backup.no_backup")
