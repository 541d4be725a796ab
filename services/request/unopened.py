"""A request that came by a way the office does not take: kept as an inquiry, with the words it is to be answered by.

It is no case, and it is not lost: it stands among the inquiries until somebody has told its person what the office does
accept (`inquiry answered`), or it becomes a case after all (`inquiry promote`), with the time it first came.
"""

from collections.abc import Sequence

from services.office.staff import Asker
from services.request import inquiries
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.request.payloads import Inquiry, Open
from workflows.words import listed, noun, say, tell

BY_A_CLOSED_WAY = frozenset({"way_not_accepted", "way_not_open"})


def inquiry_of(payload: object, reasons: Sequence[Reason]) -> Inquiry | None:
    """Return as what inquiry a refused request is kept; None where it was refused for something else."""
    why = next((reason for reason in reasons if reason.code in BY_A_CLOSED_WAY), None)
    return None if why is None or not isinstance(payload, Open) else _inquiry(payload, why)


def kept(transaction: inquiries.Transactions, inquiry: Inquiry, who: Asker) -> str | None:
    """Record it and return its number; None where that cannot be (it would have come in the future)."""
    row = inquiries.add(transaction, inquiry, who)
    return None if isinstance(row, Refused) else str(row.number)


def _inquiry(payload: Open, why: Reason) -> Inquiry:
    """Return what is kept: who asked for what, and why it was not taken, in the language of the person."""
    language = str(payload.language)
    rights = listed((noun(f"right.{right}", language) for right in payload.rights), language)
    about = [tell("inquiry.of_a_request", language, rights=rights), say(why, language), payload.note or ""]
    return Inquiry(
        channel=payload.channel,
        language=payload.language,
        about="\n".join(filter(None, about)),
        received_at=payload.received_at or (None if payload.came is None else payload.came.arrived_at),
        person=payload.representative or payload.subject,
    )
