"""What became of orders, told: the same words of it in every document, for people, and as an exit status."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from commands.context import DONE, PENDING, REFUSED, Failure, call
from commands.output import refuse
from workflows.engine.values import Reason
from workflows.words import say, say_all

if TYPE_CHECKING:
    from services.engine.order import Outcome


def sentences(reasons: Iterable[Reason]) -> list[str]:
    """Return one sentence for each reason in the language of the call, doubles left out."""
    return say_all(reasons, call().language)


def codes(reasons: Iterable[Reason]) -> list[str]:
    """Return the codes of the reasons, each once."""
    return list(dict.fromkeys(reason.code for reason in reasons))


def result(
    case: str | None, outcome: "Outcome | None", *, repeated: bool = False, state: str = "state"
) -> dict[str, Any]:
    """Return what became of an order as every document has it; ``None``: it waits. *state* names the case's state."""
    reasons = outcome.reasons if outcome is not None else ()
    return {
        "case": case,
        state: outcome.state if outcome is not None else None,
        "seq": outcome.seq if outcome is not None else None,
        "outcome": "pending" if outcome is None else "done" if outcome.outcome == "done" else "refused",
        "repeated": repeated,
        "reasons": sentences(reasons),
        "codes": codes(reasons),
    }


def refused(reasons: Sequence[Reason], document: dict[str, Any], more: Sequence[str] = ()) -> int:
    """Tell that a rule says no: the document with its reasons, a line for each and *more*; return the exit status."""
    lines = sentences(reasons)
    refuse({**document, "outcome": "refused", "reasons": lines, "codes": codes(reasons)}, [*lines, *more])
    return REFUSED


def refusal(reason: Reason, code: str = "", *, status: int = REFUSED) -> Failure:
    """Return the failure for a reason; its code is the reason's last word unless told otherwise."""
    return Failure(status, code or reason.code.rpartition(".")[2], say(reason, call().language), codes=[reason.code])


def status(*, refused: object, pending: object = False) -> int:
    """Return the exit status of a call with many items: one refused counts for all, then one that waits."""
    return REFUSED if refused else PENDING if pending else DONE
