"""Inquiries, told: how each stands, and the list of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from services.engine.moments import iso
from services.engine.office import Office
from workflows.lines import Table
from workflows.tongue import Tongue


def line_of(row: Row[Any], office: Office) -> dict[str, Any]:
    """Return how an inquiry stands, as programs read it. No personal data."""
    return {
        "inquiry": row.number,
        "state": row.state,
        "received_at": iso(row.received_at, office),
        "channel": row.channel,
        "language": row.language,
        "case": row.case_number,
        "recorded_by": row.recorded_by,
    }


def inquiries_page(lines: Sequence[Mapping[str, Any]], tongue: Tongue) -> list[str | Table]:
    """Say how each of them stands."""
    if not lines:
        return [tongue.tell("inquiry.none")]
    rows = [
        [
            line["inquiry"],
            state_words(line["state"], tongue),
            line["received_at"][:16].replace("T", " "),
            tongue.noun(f"channel.{line['channel']}"),
            line["case"] or "",
        ]
        for line in lines
    ]
    heads = [
        tongue.tell("inquiry.head.inquiry"),
        tongue.tell("inquiry.head.state"),
        tongue.tell("inquiry.head.received_at"),
        tongue.tell("inquiry.head.channel"),
        tongue.tell("inquiry.head.case"),
    ]
    return [Table(heads, rows)]


def state_words(state: str, tongue: Tongue) -> str:
    """Return the words for the state of an inquiry."""
    return tongue.tell(f"inquiry.state.{state}")
