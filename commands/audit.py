"""``audit``: every history and the office's log verified in one stream, signed from outside, carried away."""

from contextlib import contextmanager
from mmap import PROT_READ, mmap
from typing import TYPE_CHECKING

from commands.context import DONE, REFUSED, WRONG, Failure, fails, said, tongue
from commands.keyboard import agreed
from commands.office import looking, staff_member, unit, writing
from commands.output import answer, note
from commands.places import Place, placed
from commands.progress import ticking
from commands.shape import group, option
from commands.usage import free_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from services.audit.chains import Verified
    from services.audit.signed import Signed


@group("audit", words="audit.help.audit")
def audit() -> None:
    """Prove what was recorded."""


@audit.command("verify", words="audit.help.verify")
@option("--export", "out", metavar="F", type=Place(folder=False), words="audit.help.verify.export")
def verify(out: str | None) -> int:
    """Verify all chains of hashes."""
    from services.audit import checkpoints

    who = staff_member(lead=out is not None)
    with ticking(said("status.examined")) as tick:
        found, known = checkpoints.prove(unit(), tick) if out is None else _exported(placed(out), tick, who.name)
    document = {
        "ok": found.fault is None,
        "cases": found.cases,
        "rows": found.rows,
        "log": found.log,
        "fault": None,
        "checkpoints": {"lines": known.lines, "at": known.at or None, "pieces": known.pieces},
        "given_up": len(known.given_up),
        "export": out,
    }
    for line in _beside(known):
        note(line)
    if found.fault is None:
        answer(document, [said("audit.verifies", cases=found.cases, rows=found.rows, log=found.log)])
        return DONE
    case, reason = found.fault
    told = tongue().say(reason)
    answer({**document, "fault": {"case": case, "message": told}}, [f"{case}: {told}" if case else told])
    return REFUSED


def _beside(known: "Signed") -> list[str]:
    """Return what is to be said of the checkpoints beside the answer."""
    if not known.lines:
        return [said("audit.no_checkpoints")]
    from datetime import datetime

    from services.engine.moments import iso

    with looking() as (_, office):
        at = iso(datetime.fromisoformat(known.at), office)
    told = [said("audit.checkpoints", count=known.lines, at=at)]
    if known.pieces:
        told.append(said("audit.pieces", count=known.pieces))
    if known.given_up:
        told.append(said("audit.given_up", count=len(known.given_up)))
    return told


def _exported(target: "Path", tick: "Callable[[int, int], None]", by: str) -> "tuple[Verified, Signed]":
    """Verify everything while all of it is written to a file of the caller's, and record that it was."""
    from models import staff
    from services.audit import exporting
    from services.office import caller
    from settings import settings

    try:
        caller.present().may_write(target)
        # Written as the office, handed over as the caller.
        with exporting.drafted(settings().var) as file:
            found, known = exporting.export(unit(), file, tick, packed=target.suffix == ".gz")
            with writing() as (db, office):
                staff.log(db, office.now, "history_exported", by, {"cases": found.cases, "rows": found.rows})
            with mmap(file.fileno(), 0, prot=PROT_READ) as content:
                caller.present().write_whole(target, content)
    except OSError as error:
        raise fails(REFUSED, "not_written", "post.unwritable", place=target, why=tongue().why(error)) from error
    return found, known


@audit.command("checkpoint", words="audit.help.checkpoint")
@option("--restored", is_flag=True, words="audit.help.checkpoint.restored")
@option("--why", metavar="TEXT", words="audit.help.checkpoint.why")
@option("--yes", is_flag=True, words="audit.help.checkpoint.yes")
def checkpoint(restored: bool, why: str | None, yes: bool) -> None:
    """Sign what was recorded since the last checkpoint."""
    from services.audit import checkpoints

    who = staff_member(lead=restored)
    _together("--restored", given=restored, why=why)
    with signing():
        gone = checkpoints.missing(unit()) if restored else []
        answers = bool(gone) or (restored and checkpoints.is_cut(unit()))
        if answers:
            agreed(said("audit.sure", count=len(gone)) if gone else said("audit.sure_cut"), yes=yes)
        answered = checkpoints.Answered(tuple(gone), who.name, free_words(why or "") or "") if answers else None
        made = checkpoints.make(unit(), answered)
    document = {
        "number": None if made is None else made.number,
        "digest": None if made is None else made.digest,
        "heads": 0 if made is None else made.heads,
        "given_up": len(gone),
        "made": made is not None,
    }
    if made is None:
        answer(document, [said("audit.nothing_new")])
        return
    lines = [said("audit.made", number=made.number, heads=made.heads, path=made.path)]
    answer(document, [*lines, *([said("audit.gave_up", count=len(gone))] if gone else [])])


@audit.command("key", words="audit.help.key")
@option("--new", "anew", is_flag=True, words="audit.help.key.new")
@option("--why", metavar="TEXT", words="audit.help.key.why")
@option("--yes", is_flag=True, words="audit.help.key.yes")
def key(anew: bool, why: str | None, yes: bool) -> None:
    """Show the public half of the key that signs checkpoints."""
    from models.signing import SigningKey, as_pem
    from services.audit import checkpoints

    who = staff_member(lead=anew)
    _together("--new", given=anew, why=why)
    with looking() as (_, office):
        held = SigningKey(office.keys.folder)
    with signing():
        if anew:
            agreed(said("audit.sure_key"), yes=yes)
            public = checkpoints.change_key(unit(), who.name, free_words(why or "") or "")
        else:
            public = held.public()
    document = {"key": public, "pem": as_pem(public), "new": anew}
    answer(document, [*as_pem(public).splitlines(), said("audit.fingerprint", key=public)])


def _together(option_: str, *, given: bool, why: str | None) -> None:
    """End the call where of an option and its reason only one is given."""
    if given != (why is not None):
        raise fails(WRONG, "bad_input", "audit.needs_why", option=option_)


@contextmanager
def signing() -> "Iterator[None]":
    """End the call in a sentence where nothing can be signed or written."""
    from models.signing import SigningKeyUnfit
    from services.audit.checkpoints import CheckpointsCut

    try:
        yield
    except CheckpointsCut as cut:
        raise Failure(REFUSED, "checkpoints_cut", tongue().say(cut.reason)) from None
    except SigningKeyUnfit as unfit:
        raise Failure(REFUSED, "signing_key", tongue().say(unfit.reason)) from None
    except OSError as error:
        raise fails(REFUSED, "not_written", "audit.unwritable", why=tongue().why(error)) from error
