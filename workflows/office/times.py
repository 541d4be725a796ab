"""By when the office promises what, beyond the law's own times."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflows.law import Regime
from workflows.office.table import Fault, Table

if TYPE_CHECKING:
    from workflows.office.procedure import OfficeProcedure

KEYS: dict[str, str] = {}
"""What each key of this part means, for docs/procedure-file.md."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """What the office promises beyond the law's own times; nothing: no promise."""


def read(top: Table) -> Times:
    """Return what the file says of times."""
    return Times()


def forbidden(whole: "OfficeProcedure", regime: Regime) -> Iterator[Fault]:
    """Yield what the law forbids of it."""
    yield from ()
