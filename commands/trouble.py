"""Unexpected errors: what passes is told as such, what is a fault of ours goes to a log under a reference."""

import errno
import secrets
import sys
import traceback
from datetime import UTC, datetime

from commands.context import REFUSED, UNREACHABLE, WRONG, Failure, call, fails, said, tongue

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


_NEWER = {
    "OlderDefinition": "trouble.older_version",
    "NewerForm": "trouble.older_code",
    "ProcedureOfNewerCode": "trouble.older_code",
}
"""Errors that name newer code, and what is said of each."""
_TOLD = {
    "SharedByMachines": (UNREACHABLE, "shared_by_machines", "trouble.shared"),
    "ProcedureGone": (REFUSED, "procedure_gone", "trouble.procedure_gone"),
    "OfficeMoved": (UNREACHABLE, "office_moved", "trouble.moved"),
}
"""Errors that say a sentence of their own: how the call ends, and what is said around it."""


def explain(error: Exception) -> Failure:
    """Return the failure a user sees for *error*; a fault of ours is written to the log admin.log."""
    module = type(error).__module__.split(".")[0]
    if module == "services" and type(error).__name__ == "BadInput":
        from commands.output import tell_faults

        return tell_faults(getattr(error, "faults", ()))
    files = _bad_files(error) if module == "services" else None
    if files is not None:
        return files
    if module == "models" and type(error).__name__ == "NoOffice":
        return no_office(str(error))
    if module == "services" and type(error).__name__ == "SaysOtherwise":
        return _says_otherwise(error)
    if type(error).__name__ == "BadDefinition":
        return fails(REFUSED, "bad_definition", "trouble.bad_definition", why=error)
    if type(error).__name__ in _NEWER:
        return fails(UNREACHABLE, "older_code", _NEWER[type(error).__name__])
    if module == "sqlalchemy":
        away = _database(error)
        if away is not None:
            return away
    if type(error).__name__ in _TOLD:
        status, code, sentence = _TOLD[type(error).__name__]
        return fails(status, code, sentence, why=_told(error))
    if module == "models" and type(error).__name__.startswith("Key"):
        return fails(UNREACHABLE, "keystore", "trouble.keystore", why=_told(error))
    if (place := _of_the_place(error)) is not None:
        return place
    # What this code does not understand may be newer code's, as for the workers.
    return fails(UNREACHABLE, "older_code", "trouble.older_code") if _is_outdated() else _fault_of_ours(error)


def _bad_files(error: Exception) -> Failure | None:
    """Return the failure for files of the office's own that cannot be used; None for every other error."""
    if type(error).__name__ == "BadProfile":
        faults = said("trouble.faults_joint").join(tongue().say_all(getattr(error, "reasons", ())))
        return fails(WRONG, "bad_profile", "trouble.bad_profile", path=getattr(error, "path", ""), faults=faults)
    if type(error).__name__ == "BadLaws":
        faults = said("trouble.faults_joint").join(getattr(error, "faults", ()))
        return fails(WRONG, "bad_law", "trouble.bad_law", faults=faults)
    if type(error).__name__ == "LawGone":
        return fails(WRONG, "law_gone", "trouble.law_gone", why=_told(error))
    return None


def _told(error: Exception) -> str:
    """Return what an error says, in the language of the call where it is a sentence of ours."""
    reason = getattr(error, "reason", None)
    return str(error) if reason is None else tongue().say(reason)


def _is_outdated() -> bool:
    from sqlalchemy.exc import SQLAlchemyError

    from models.founding import NoOffice
    from models.session import reading
    from services.engine.versions import outdated

    try:
        with reading() as db:
            return outdated(db)
    except (SQLAlchemyError, RuntimeError, OSError, NoOffice):
        return False


def _database(error: Exception) -> Failure | None:
    """Return the failure for a database that is away or has no tables yet; None for errors that are ours."""
    name, text = type(error).__name__, str(getattr(error, "orig", ""))
    undefined = type(getattr(error, "orig", None)).__name__.startswith("Undefined")
    if undefined or "no such" in text or "has no" in text:
        from models.session import behind, engine, has_schema
        from settings import settings, shown

        if not has_schema(engine()):
            return no_office(shown(settings().database_url))
        if not behind(engine()):
            return None
        return fails(UNREACHABLE, "no_schema", "trouble.no_schema")
    if type(getattr(error, "orig", None)).__name__ == "InsufficientPrivilege":
        return fails(REFUSED, "not_permitted", "trouble.not_permitted")
    from models.limits import contended, has_no_room, only_reads
    from models.moving import SAID

    if SAID in text:
        return fails(UNREACHABLE, "office_moved", "trouble.moved", why=_where_to())
    if contended(error):
        return fails(UNREACHABLE, "database_busy", "trouble.busy")
    if has_no_room(error):
        return fails(UNREACHABLE, "disk_full", "trouble.full", where=_where())
    if only_reads(error):
        return fails(UNREACHABLE, "reads_only", "trouble.reads_only", where=_where())
    lost = bool(getattr(error, "connection_invalidated", False))
    if name not in ("OperationalError", "InterfaceError", "TimeoutError") and not lost:
        return None
    return unreachable()


def _where_to() -> str:
    """Return where an office went whose place refuses what is written."""
    from models import moving
    from models.session import reading

    with reading() as db:
        found = moving.find(db)
    return "" if found is None else _told(moving.said(found.state, found.place))


def no_office(place: str) -> Failure:
    """Return the failure for a place in which no office was founded; nothing was made there."""
    return fails(UNREACHABLE, "no_office", "trouble.no_office", more={"place": place}, place=place)


def _says_otherwise(error: Exception) -> Failure:
    from workflows.words import say

    reasons = [say(reason, call().language) for reason in getattr(error, "reasons", ())]
    return Failure(WRONG, "office_is_otherwise", "\n".join([*reasons, said("trouble.otherwise")]), reasons=reasons)


def unreachable() -> Failure:
    """Return the failure for a database that cannot be reached."""
    return fails(UNREACHABLE, "database_unreachable", "trouble.unreachable", where=_where())


def _where() -> str:
    from settings import settings, shown

    return shown(settings().database_url)


_OF_THE_PLACE = frozenset(
    {"ENOSPC", "EDQUOT", "EROFS", "EFBIG", "EIO", "EACCES", "EPERM", "EMFILE", "ENFILE", "ENOMEM"}
)
"""What an error of the system is called that is no fault of ours."""


def _of_the_place(error: Exception) -> Failure | None:
    """Return the failure for a disk or a file that cannot be used; None for every other error."""
    if not isinstance(error, OSError) or errno.errorcode.get(error.errno or 0) not in _OF_THE_PLACE:
        return None
    from settings import settings

    place = error.filename or settings().home
    return fails(UNREACHABLE, "not_written", "trouble.not_written", place=place, why=tongue().why(error))


def _fault_of_ours(error: Exception) -> Failure:
    reference = "".join(secrets.choice(_ALPHABET) for _ in range(6))
    place = _written(error, reference)
    return fails(
        REFUSED, "unexpected", "trouble.unexpected", more={"reference": reference}, reference=reference, place=place
    )


def _written(error: BaseException, reference: str) -> str:
    """Write where the error happened, never what it said: an error's text may carry names and addresses."""
    lines = [f"{datetime.now(UTC).isoformat()} {reference}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"  {type(seen).__module__}.{type(seen).__qualname__}")
        lines += [f"    {f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(seen.__traceback__)]
        seen = seen.__cause__
    text = "\n".join(lines) + "\n"
    try:
        from settings import settings

        log = settings().logs / "admin.log"
        if not settings().var.is_dir():  # a place without an office stays as it is
            raise FileNotFoundError(settings().var)
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        sys.stderr.write(text)
        return said("trouble.lines_above")
    return str(log)
