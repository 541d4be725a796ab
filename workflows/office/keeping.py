"""How long the office keeps what it need not keep: personal data of closed cases, prints in clear, mail to staff.

Written in ``[retention]`` of organisation.toml, and in force once a lead adopted it: a slip of the finger in a file
must destroy nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any

from workflows.engine.calendars import months_later
from workflows.engine.values import Reason

BOUNDS: dict[str, tuple[int, int]] = {
    "personal_data_months": (1, 120), "printed_days": (1, 90), "mail_days": (2, 365),
}  # fmt: skip
"""The least and the most of each. Nobody keeps a name for longer than ten years (APPI 22: without delay)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """The office's periods: months from a case's end, days since nothing of a batch waits, since a mail's order."""

    personal_data_months: int = 36
    printed_days: int = 7
    mail_days: int = 90

    @property
    def plain(self) -> dict[str, int]:
        """The periods as they are stored and shown."""
        return asdict(self)


USUAL = Keeping()
"""What holds where the office says nothing."""


def read(given: object) -> Keeping | list[Reason]:
    """Return the periods a table says, or everything that is wrong with it; what is left out is the default."""
    if not isinstance(given, Mapping):
        return [Reason("keeping.no_table")]
    if faults := list(_faults(given)):
        return faults
    return Keeping(**given)


def _faults(given: Mapping[str, Any]) -> Iterator[Reason]:
    known = [field.name for field in fields(Keeping)]
    for name, value in given.items():
        if name not in known:
            yield Reason("keeping.unknown", {"name": name, "known": ", ".join(known)})
            continue
        least, most = BOUNDS[name]
        if type(value) is not int or not least <= value <= most:
            yield Reason("keeping.out_of_bounds", {"name": name, "value": repr(value), "least": least, "most": most})


def ends_on(closed: date, keeping: Keeping) -> date:
    """Return the last day on which the personal data of a case closed on that day is kept."""
    return months_later(closed, keeping.personal_data_months)


def is_due(closed: date, today: date, keeping: Keeping) -> bool:
    """Whether the personal data of a case closed on that day is to be erased."""
    return today > ends_on(closed, keeping)


def latest_closed(today: date, keeping: Keeping) -> date:
    """Return the last day on which a case was closed that is due: all closed before are, none closed later."""
    day = months_later(today, -keeping.personal_data_months) + timedelta(days=3)  # months are of different lengths
    while not is_due(day, today, keeping):
        day -= timedelta(days=1)
    return day


def prints_end_on(settled: date, keeping: Keeping) -> date:
    """Return the last day on which prints stay of which nothing waits any more since that day."""
    return settled + timedelta(days=keeping.printed_days)
