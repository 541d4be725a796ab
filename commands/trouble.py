"""Unexpected errors: what passes is told as such, what is a fault of ours goes to a log under a reference."""

import secrets
import sys
import traceback
from datetime import UTC, datetime

from commands.context import REFUSED, UNREACHABLE, WRONG, Failure, call, said

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def explain(error: Exception) -> Failure:
    """Return the failure a user sees for *error*; a fault of ours is written to var/log/admin.log."""
    module = type(error).__module__.split(".")[0]
    if module == "services" and type(error).__name__ == "BadInput":
        from commands.output import tell_faults

        return tell_faults(getattr(error, "faults", ()))
    if module == "services" and type(error).__name__ == "BadProfile":
        ja, en = getattr(error, "ja", ""), getattr(error, "en", "")
        return Failure(WRONG, "bad_profile", said(f"{ja}。何も受け付けていません。", f"{en}. Nothing was accepted."))
    if module == "models" and type(error).__name__ == "NoOffice":
        return no_office(str(error))
    if module == "services" and type(error).__name__ == "SaysOtherwise":
        return _says_otherwise(error)
    if type(error).__name__ == "OlderDefinition":
        return _older_version()
    if type(error).__name__ == "NewerForm":
        return _older_code()
    if module == "sqlalchemy":
        away = _database(error)
        if away is not None:
            return away
    if type(error).__name__ == "SharedByMachines":
        return Failure(
            UNREACHABLE,
            "shared_by_machines",
            said(
                f"{error}。鍵と組み込みのデータベースは、処理と操作を行う1台の機械のディスクに置いてください"
                "（docs/operations.md）。何も受け付けていません。",
                f"{error} (docs/operations.md). Nothing was accepted.",
            ),
        )
    if module == "models" and type(error).__name__.startswith("Key"):
        return Failure(
            UNREACHABLE,
            "keystore",
            said(
                f"暗号鍵（keys/）を使えません: {error}。MADOGUCHI_KEYS の指す場所と権限を確かめてください。",
                f"the keystore (keys/) cannot be used: {error}. Check the folder MADOGUCHI_KEYS names and its "
                "permissions.",
            ),
        )
    # What this code does not understand may be newer code's, as for the workers.
    return _older_code() if _is_outdated() else _fault_of_ours(error)


def _is_outdated() -> bool:
    from sqlalchemy.exc import SQLAlchemyError

    from models.session import reading
    from services.engine.versions import outdated

    try:
        with reading() as db:
            return outdated(db)
    except (SQLAlchemyError, RuntimeError, OSError):
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
        return Failure(
            UNREACHABLE,
            "no_schema",
            said(
                "データベースの表が古い版のままです。.venv/bin/python -m models.migrate を一度実行してください。"
                "何も受け付けていません。",
                "the database lacks tables or columns of this version; run .venv/bin/python -m models.migrate once. "
                "Nothing was accepted.",
            ),
        )
    if type(getattr(error, "orig", None)).__name__ == "InsufficientPrivilege":
        return Failure(
            REFUSED,
            "not_permitted",
            said(
                "データベースがこのログインに許していない操作です。本人のログインでは、本人の名でしか指示できず、"
                "担当者を変えられるのは責任者（lead）だけです。何も受け付けていません。",
                "the database does not let this login do that: a personal login orders in its own name alone, and only "
                "a lead changes who works here. Nothing was accepted.",
            ),
        )
    from models.limits import contended

    if contended(error):
        return _busy()
    lost = bool(getattr(error, "connection_invalidated", False))
    if name not in ("OperationalError", "InterfaceError", "TimeoutError") and not lost:
        return None
    return unreachable()


def _older_code() -> Failure:
    return Failure(
        UNREACHABLE,
        "older_code",
        said(
            "より新しい版のプログラムが書いたものがあり、この版では読めません。"
            "新しい版（git pull、make setup）で実行してください。何も受け付けていません。",
            "newer code has written what is kept here, and this code cannot read it: run the newer release (git pull, "
            "make setup). Nothing was accepted.",
        ),
    )


def _older_version() -> Failure:
    return Failure(
        UNREACHABLE,
        "older_code",
        said(
            "手続のより新しい版が使われており、この版のプログラムは古いため、ここでは扱えません。"
            "新しい版（git pull、make setup）で実行してください。何も受け付けていません。",
            "a newer version of the procedure is in force than this code knows: run the newer release (git pull, make "
            "setup). Nothing was accepted.",
        ),
    )


def no_office(place: str) -> Failure:
    """Return the failure for a place in which no office was founded; nothing was made there."""
    return Failure(
        UNREACHABLE,
        "no_office",
        said(
            f"ここに窓口はありません: {place}。何も作っていません。場所が違うときは MADOGUCHI_HOME と "
            "MADOGUCHI_DATABASE_URL を確かめてください。新しい窓口は ./admin.py office found --lead NAME か "
            "make desk で開設します。",
            f"no office here: {place}; nothing was made. If you meant another place, check MADOGUCHI_HOME and "
            "MADOGUCHI_DATABASE_URL; a new office is founded by ./admin.py office found --lead NAME, or by make desk.",
        ),
        place=place,
    )


def _says_otherwise(error: Exception) -> Failure:
    from workflows.words import say

    reasons = [say(reason, call().language) for reason in getattr(error, "reasons", ())]
    advice = said(
        "開設のときに決めたことは変わりません。その環境変数を外してください（./admin.py office で確かめられます）。"
        "何も受け付けていません。",
        "What an office was founded as does not change: unset the variable (./admin.py office shows what it is). "
        "Nothing was accepted.",
    )
    return Failure(WRONG, "office_is_otherwise", "\n".join([*reasons, advice]), reasons=reasons)


def _busy() -> Failure:
    """Return the failure for a database in which somebody else holds what is needed."""
    return Failure(
        UNREACHABLE,
        "database_busy",
        said(
            "データベースが混み合っています。だれかが表や行をつかんだままです（開いたままの psql など）。"
            "待たずに打ち切り、この操作は書いていません。しばらくしてもう一度実行してください。二重には行いません。"
            "続くときは docs/operations.md の「A lock somebody holds」をご覧ください。",
            "the database is busy: somebody holds a table or a row (a forgotten psql, say). The command gave up "
            "waiting and did not write what it was about to. Run it again in a while; nothing is done twice. If it "
            "stays so, see 'A lock somebody holds' in docs/operations.md.",
        ),
    )


def unreachable() -> Failure:
    """Return the failure for a database that cannot be reached."""
    from settings import settings, shown

    where = shown(settings().database_url)
    return Failure(
        UNREACHABLE,
        "database_unreachable",
        said(
            f"データベース（{where}）につながりません。何も受け付けていません。サーバーが動いているか、"
            "MADOGUCHI_DATABASE_URL が正しいかを確かめてから、もう一度実行してください。",
            f"the database ({where}) cannot be reached; nothing was accepted. Check that its server runs and that "
            "MADOGUCHI_DATABASE_URL is right, then run the command again.",
        ),
    )


def _fault_of_ours(error: Exception) -> Failure:
    reference = "".join(secrets.choice(_ALPHABET) for _ in range(6))
    place = _written(error, reference)
    return Failure(
        REFUSED,
        "unexpected",
        said(
            f"思いがけない誤りが起きました（番号 {reference}）。詳しくは {place} にあります。"
            "同じ操作をもう一度行っても、二重に実行されることはありません。",
            f"something unexpected went wrong (reference {reference}); {place} has the details. "
            "Running the command again does nothing twice.",
        ),
        reference=reference,
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
        return said("上の表示", "the lines above")
    return "var/log/admin.log"
