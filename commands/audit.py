"""``audit verify``: every history and the office's log, verified in one stream."""

from commands.context import DONE, REFUSED, said, tongue
from commands.office import staff_member, unit
from commands.output import answer
from commands.progress import ticking
from commands.shape import group


@group("audit", words="audit.help.audit")
def audit() -> None:
    """Prove what was recorded."""


@audit.command("verify", words="audit.help.verify")
def verify() -> int:
    """Verify all chains of hashes."""
    from services.audit import chains

    staff_member()
    with ticking(said("status.examined")) as tick, chains.one_moment(unit()) as db:
        found = chains.verify(db, tick)
    document = {"ok": found.fault is None, "cases": found.cases, "rows": found.rows, "log": found.log, "fault": None}
    if found.fault is None:
        answer(document, [said("audit.verifies", cases=found.cases, rows=found.rows, log=found.log)])
        return DONE
    case, reason = found.fault
    told = tongue().say(reason)
    answer({**document, "fault": {"case": case, "message": told}}, [f"{case}: {told}" if case else told])
    return REFUSED
